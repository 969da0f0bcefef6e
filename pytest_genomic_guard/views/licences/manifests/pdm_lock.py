"""``pdm.lock`` (pdm-project.org, lock versions 3 to 4.5, and real locks, read 2026-11).

A package with extras is a second entry of its name, with ``extras`` and what they add. Groups stand there where the lock was
made with ``inherit_metadata``.
"""

from __future__ import annotations

from pytest_genomic_guard.views.licences.manifests.damaged import DamagedError, table_in
from pytest_genomic_guard.views.licences.manifests.entries import EDGES, entries, known, words
from pytest_genomic_guard.views.licences.manifests.pep508 import loose, normal, parse
from pytest_genomic_guard.views.licences.manifests.toml import Cursor, load_lock
from pytest_genomic_guard.views.licences.nouns import Locked, Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.views.licences.manifests.toml import Lines
    from pytest_genomic_guard.views.licences.nouns import Requirement

_VERSIONS = ("2", "3.", "4.")  # that can have no package


def read(data: bytes, path: bytes) -> Manifest | None:  # noqa: ARG001 - all readers are called alike
    """Return all packages, each with its extras."""
    table, lines = load_lock(data)
    about = table_in(table.get("metadata"))
    version = next((each for each in (about.get("lock_version"), table.get("lock-version")) if isinstance(each, str)), "")
    if not known(table, "package", ("metadata", "lock-version"), version if version.startswith(_VERSIONS) else None):
        raise DamagedError
    found: dict[tuple[str, str, str], Locked] = {}
    for entry, start, end in entries(table, "package", lines, EDGES):
        _add(found, entry, _edges(entry, lines, start, end), lines.line(start))
    return Manifest(form="pdm.lock", ecosystem="python", lock=True, packages=tuple(found.values()))


def _edges(entry: dict[str, Any], lines: Lines, start: int, end: int) -> tuple[Requirement, ...]:
    cursor = Cursor(lines, start, end) if start >= 0 else None
    found = []
    for value in words(entry.get("dependencies")):
        each = parse(value, cursor.line(value) if cursor is not None else 0)
        if each is not None:
            found.append(each)
    return tuple(found)


def _add(found: dict[tuple[str, str, str], Locked], entry: dict[str, Any], edges: tuple[Requirement, ...], line: int) -> None:
    """Add a package, or its extras to what is known of it."""
    name, version, marker = normal(entry["name"]), loose(entry.get("version")), entry.get("marker")
    extras = tuple(normal(each) for each in words(entry.get("extras")))
    groups = tuple("" if each == "default" else normal(each) for each in words(entry.get("groups")))
    rule = marker if isinstance(marker, str) else ""
    own_edges = tuple(each for each in edges if each.name != name) if extras else edges
    key = (name, version, rule)
    same = next((each for each in found if each[:2] == key[:2]), key) if extras else key
    known = found.get(same)
    if known is None:
        known = Locked(name=name, version=version, groups=groups, marker=rule, line=line, own="editable" in entry or _folder(entry))
    if extras:
        known = known.replace(extras=(*known.extras, *((extra, own_edges) for extra in extras)))
    else:
        known = known.replace(requires=edges, line=line)
    found[same] = known.replace(groups=tuple(dict.fromkeys((*known.groups, *groups))))


def _folder(entry: dict[str, Any]) -> bool:
    path = entry.get("path")
    return isinstance(path, str) and not path.endswith((".whl", ".gz", ".zip", ".bz2"))
