"""The tables of Poetry in ``pyproject.toml``, of Poetry 1 and 2 (python-poetry.org/docs/pyproject, read 2026-11).

A requirement is a rule of versions, a table, or a list of tables for different platforms. An optional one is not installed
unless an extra asks for it, so it stands in the extras that name it and nowhere else.
"""

from __future__ import annotations

from pytest_genomic_guard.views.licences.manifests.entries import strings
from pytest_genomic_guard.views.licences.manifests.groups import scope_of
from pytest_genomic_guard.views.licences.manifests.pep508 import loose, normal
from pytest_genomic_guard.views.licences.manifests.toml import Cursor
from pytest_genomic_guard.views.licences.nouns import Group, Requirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.views.licences.manifests.toml import Lines
    from pytest_genomic_guard.views.licences.nouns import Scope

_ALTERNATIVES = 64  # of one requirement


def groups(table: dict[str, Any], lines: Lines) -> list[Group]:
    """Return the groups of ``tool.poetry``."""
    found: list[Group] = []
    start = lines.table("tool", "poetry", "dependencies")
    main = requirements(table.get("dependencies"), lines, start)
    _add(found, "", "runtime", [each for each, optional in main if not optional])
    asked = table.get("extras")
    spare = {each.name: each for each, optional in main if optional}
    used: set[str] = set()
    for name, names in asked.items() if isinstance(asked, dict) else ():
        plain = strings(names)
        wanted = [normal(each) for each in plain]
        used.update(wanted)
        of_extra = [each for each, _ in main if each.name in wanted]
        told = {each.name for each in of_extra}
        cursor = Cursor(lines, lines.key(name, lines.table("tool", "poetry", "extras")))
        of_extra += [Requirement(name=normal(each), line=cursor.line(f'"{each}"')) for each in plain if normal(each) not in told]
        _add(found, normal(name), scope_of(name), of_extra)
    _add(found, "optional", "extra", [each for name, each in spare.items() if name not in used])
    start = lines.table("tool", "poetry", "dev-dependencies")
    _add(found, "dev", "dev", [each for each, _ in requirements(table.get("dev-dependencies"), lines, start)])
    group = table.get("group")
    for name, value in group.items() if isinstance(group, dict) else ():
        start = lines.table("tool", "poetry", "group", name, "dependencies")
        each_of = requirements(value.get("dependencies") if isinstance(value, dict) else None, lines, start)
        _add(found, normal(name), "runtime" if name == "main" else scope_of(name), [each for each, _ in each_of])
    return found


def _add(found: list[Group], name: str, scope: Scope, requires: list[Requirement]) -> None:
    if requires:
        found.append(Group(name=name, scope=scope, requires=tuple(requires)))


def requirements(table: Any, lines: Lines | None = None, start: int = 0, end: int = -1) -> list[tuple[Requirement, bool]]:
    """Return the requirements of a table and whether each is optional; ``python`` is none."""
    found: list[tuple[Requirement, bool]] = []
    cursor = None if lines is None else Cursor(lines, start, end)
    for name, rule in table.items() if isinstance(table, dict) else ():
        if normal(name) == "python":
            continue
        line = 0 if cursor is None else cursor.key(name)
        alternatives = (rule[:_ALTERNATIVES] if isinstance(rule, list) else [rule]) or [""]
        found += [_requirement(name, each, line) for each in alternatives]
    return found


def _requirement(name: str, rule: Any, line: int) -> tuple[Requirement, bool]:
    """Return one requirement: of a table only what tells no address."""
    if not isinstance(rule, dict):
        return Requirement(name=normal(name), specifier=loose(rule), line=line), False
    extras = rule.get("extras")
    marker = rule.get("markers")
    asked = tuple(sorted({normal(each) for each in strings(extras)}))
    read = Requirement(
        name=normal(name),
        specifier=loose(rule.get("version")),
        extras=asked,
        marker=marker if isinstance(marker, str) else "",
        line=line,
    )
    return read, rule.get("optional") is True
