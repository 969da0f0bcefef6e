"""The packages of a lock in TOML: tables of one name, each with its place."""

from __future__ import annotations

from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError, list_in, table_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from pytest_genomic_guard.views.licences.manifests.toml import Lines

# What the edges of a package are in the locks of uv, PDM and the standard; otherwise they are as Poetry has them.
EDGES: Mapping[str, type] = {"dependencies": list, "optional-dependencies": dict, "dev-dependencies": dict, "extras": list}
_POETRY: Mapping[str, type] = {"dependencies": dict, "extras": dict}
_POETRYS = ("metadata", "extras", "package")  # what its lock has


def known(table: dict[str, Any], key: str, beside: tuple[str, ...], version: object) -> bool:
    """Tell whether a lock has the shape that is read here: a list of packages, or no package at all in a version that is known.

    A lock of a later version that keeps its packages under another name would seem to have none.
    """
    return isinstance(table.get(key), list) or (key not in table and version is not None and not table.keys() - set(beside))


def entries(
    table: dict[str, Any], key: str, lines: Lines, edges: Mapping[str, type] | None = None
) -> list[tuple[dict[str, Any], int, int]]:
    """Return the packages, each with the offsets of its header and of the next, -1 where they are not known.

    Raises `TooLargeError` where there are too many, `DamagedError` where one has no name, or edges of another kind.
    """
    if edges is None and not known(table, key, _POETRYS, table_in(table.get("metadata")) or None):
        raise DamagedError
    value = list_in(table.get(key), dict)
    starts = lines.headers(key)
    if len(starts) != len(value):
        starts = [-1] * len(value)
    ends = [*starts, -1][1:]
    found = []
    nodes = 0
    for each, start, end in zip(value, starts, ends, strict=True):
        if not isinstance(each.get("name"), str):
            raise DamagedError
        held = [(each[name], kind) for name, kind in (edges or _POETRY).items() if name in each]
        if any(not isinstance(edge, kind) for edge, kind in held):
            raise DamagedError
        nodes += 1 + sum(len(edge) for edge, _ in held)
        found.append((each, start, end))
    if nodes > NODES:
        raise TooLargeError
    return found


def tables(value: Any) -> dict[str, list[Any]]:
    """Return a table of lists, an empty one for none. Raises `DamagedError` for anything else."""
    return {name: list_in(each) for name, each in table_in(value).items()}


def words(value: Any) -> list[str]:
    """Return a list of strings, an empty one for none. Raises `DamagedError` for anything else."""
    return list_in(value, str)


def strings(value: Any) -> list[str]:
    """Return the strings of a list, none of what is no list."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
