"""``poetry.lock`` of Poetry 1 and 2 (lock versions 1.0 to 2.1; python-poetry.org and real locks, read 2026-11).

Which group a package belongs to stands there as ``category`` (1.0, 1.1) or ``groups`` (2.1); 2.0 does not say. What the project
itself requires is in ``pyproject.toml`` alone. A package of extras is ``optional`` and listed in the main group all the same; which
extras those are says the table ``extras``, by the packages that each names directly.
"""

from __future__ import annotations

from pytest_genomic_guard.views.licences.manifests.entries import entries, strings
from pytest_genomic_guard.views.licences.manifests.pep508 import loose, normal, parse
from pytest_genomic_guard.views.licences.manifests.poetry import requirements
from pytest_genomic_guard.views.licences.manifests.toml import load_lock
from pytest_genomic_guard.views.licences.nouns import Locked, Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.views.licences.manifests.toml import Lines
    from pytest_genomic_guard.views.licences.nouns import Requirement

_STEPS = 200_000  # of all extras together


def read(data: bytes, path: bytes) -> Manifest | None:  # noqa: ARG001 - all readers are called alike
    """Return all packages."""
    table, lines = load_lock(data)
    found = list(entries(table, "package", lines))
    by_extra = _by_extra(table.get("extras"), {normal(each["name"]): each for each, _, _ in found})
    locked = tuple(_package(each, lines, start, end, by_extra) for each, start, end in found)
    return Manifest(form="poetry.lock", ecosystem="python", lock=True, packages=locked)


def _by_extra(table: Any, packages: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    """Return the extras of the project that lead to each optional package."""
    found: dict[str, list[str]] = {}
    steps = 0
    for extra, values in table.items() if isinstance(table, dict) else ():
        asked = [parse(each) for each in strings(values)]
        todo = [each.name for each in asked if each is not None]
        known = {*todo}
        while todo and steps < _STEPS:
            entry = packages.get(todo.pop())
            if entry is None or entry.get("optional") is not True:
                continue
            found.setdefault(normal(entry["name"]), []).append(normal(extra))
            edges = entry.get("dependencies")
            new = {normal(name) for name in edges} - known if isinstance(edges, dict) else set()
            steps += 1 + len(new)
            known |= new
            todo += sorted(new)
    return found


def _package(entry: dict[str, Any], lines: Lines, start: int, end: int, by_extra: dict[str, list[str]]) -> Locked:
    """Return one package; an edge that only an extra needs is optional, and stands in the extra."""
    edges = requirements(entry.get("dependencies"), lines, start, end) if start >= 0 else requirements(entry.get("dependencies"))
    source = entry.get("source")
    groups, marker = _where(entry)
    if entry.get("optional") is True:
        others = [each for each in groups if each]
        extras = by_extra.get(normal(entry["name"]), [])
        groups = tuple(dict.fromkeys((*others, *(extras or ([] if others else ["optional"])))))
    return Locked(
        name=normal(entry["name"]),
        version=loose(entry.get("version")),
        requires=tuple(each for each, optional in edges if not optional),
        extras=_extras(entry.get("extras"), [each for each, _ in edges]),
        groups=groups,
        marker=marker,
        line=lines.line(start),
        own=isinstance(source, dict) and source.get("type") == "directory",
    )


def _where(entry: dict[str, Any]) -> tuple[tuple[str, ...], str]:
    """Return the groups in which a package is wherever they are installed, and the marker by which it is needed at all.

    Since Poetry 2 markers can be a table by group: in such a group what asks for the package says it, with its own marker.
    """
    groups, markers = _groups(entry), entry.get("markers")
    if not isinstance(markers, dict):
        return groups, markers if isinstance(markers, str) else ""
    marked = {normal(name): text for name, text in markers.items() if isinstance(text, str)}
    always = tuple(each for each in groups if (each or "main") not in marked)
    return always, "" if always else " or ".join(f"({text})" for text in dict.fromkeys(marked.values()))


def _groups(entry: dict[str, Any]) -> tuple[str, ...]:
    return tuple("" if each == "main" else normal(each) for each in strings(entry.get("groups", [entry.get("category")])))


def _extras(table: Any, edges: list[Requirement]) -> tuple[tuple[str, tuple[Requirement, ...]], ...]:
    """Return what each extra adds: the edge that the lock has for it, which knows more than the words of the metadata."""
    known: dict[str, Requirement] = {}
    for each in edges:
        known.setdefault(each.name, each)
    found = []
    for name, values in table.items() if isinstance(table, dict) else ():
        asked = [parse(each) for each in strings(values)]
        found.append((normal(name), tuple(known.get(each.name, each) for each in asked if each is not None)))
    return tuple(found)
