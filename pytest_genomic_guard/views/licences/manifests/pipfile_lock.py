"""``Pipfile.lock`` (pipenv.pypa.io, pipfile-spec 6, read 2026-11): packages of ``default``, ``develop`` and further categories.

It has no edges. What is required directly stands in ``Pipfile``.
"""

from __future__ import annotations

from pytest_genomic_guard.views.licences.manifests import jsons
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError, table_in
from pytest_genomic_guard.views.licences.manifests.pep508 import loose, normal
from pytest_genomic_guard.views.licences.manifests.toml import Cursor, Lines
from pytest_genomic_guard.views.licences.nouns import Locked, Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAMES = {"default": "", "packages": "", "develop": "dev", "dev-packages": "dev"}


def read(data: bytes, path: bytes) -> Manifest | None:  # noqa: ARG001 - all readers are called alike
    """Return all packages; one of several categories once, with all of them."""
    table, text = jsons.load(data)
    if not table:
        raise DamagedError
    lines = Lines(text)
    found: dict[tuple[str, str], Locked] = {}
    for category, packages in table.items():
        if category == "_meta":
            continue
        cursor = Cursor(lines, text.find(f'"{category}": {{'))
        for name, entry in table_in(packages).items():
            _add(found, NAMES.get(category, normal(category)), name, entry, cursor.line(f'"{name}": {{'))
            if len(found) > NODES:
                raise TooLargeError
    return Manifest(form="Pipfile.lock", ecosystem="python", lock=True, packages=tuple(found.values()))


def _add(found: dict[tuple[str, str], Locked], group: str, name: str, entry: Any, line: int) -> None:
    if not isinstance(entry, dict | str):
        raise DamagedError
    told = entry if isinstance(entry, dict) else {"version": entry}
    marker = told.get("markers")
    version = loose(told.get("version")).removeprefix("==").strip()
    each = Locked(
        name=normal(name),
        version=version,
        groups=(group,),
        marker=marker if isinstance(marker, str) else "",
        line=line,
        own=isinstance(told.get("path"), str),
    )
    known = found.get((each.name, version))
    found[each.name, version] = each if known is None else known.replace(groups=tuple(dict.fromkeys((*known.groups, group))))
