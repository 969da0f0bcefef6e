"""The packages of a lock in TOML: tables of one name, each with its place."""

from __future__ import annotations

from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.views.licences.manifests.toml import Lines

_EDGES = ("dependencies", "optional-dependencies", "dev-dependencies", "extras")


def entries(table: dict[str, Any], key: str, lines: Lines) -> list[tuple[dict[str, Any], int, int]]:
    """Return the packages that have a name, each with the offsets of its header and of the next, -1 where they are not known.

    Raises `DamagedError` where there are too many.
    """
    value = table.get(key, [])
    if not isinstance(value, list):
        raise DamagedError
    starts = lines.headers(key)
    if len(starts) != len(value):
        starts = [-1] * len(value)
    ends = [*starts, -1][1:]
    found = []
    nodes = 0
    for each, start, end in zip(value, starts, ends, strict=True):
        if isinstance(each, dict) and isinstance(each.get("name"), str):
            nodes += 1 + sum(len(each[name]) for name in _EDGES if isinstance(each.get(name), (list, dict)))
            found.append((each, start, end))
    if nodes > NODES:
        raise DamagedError
    return found


def strings(value: Any) -> list[str]:
    """Return the strings of a list, none of what is no list."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
