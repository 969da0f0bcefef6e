"""``pixi.toml`` and ``[tool.pixi]`` of a pyproject.toml (pixi.sh, "pixi manifest reference", read 2026-11).

The tables of a feature are groups of its name; what is built with, or hosted for a build, is for those who work on the project.
Requirements of PyPI are in groups whose name ends with ``pip``.
"""

from __future__ import annotations

from pytest_genomic_guard.views.licences.manifests import groups, matchspec, pep508, toml11
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, TooLargeError, table_in
from pytest_genomic_guard.views.licences.manifests.ecosystems import named, spoken
from pytest_genomic_guard.views.licences.nouns import Group, Manifest, Requirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pytest_genomic_guard.views.licences.manifests.toml import Lines
    from pytest_genomic_guard.views.licences.nouns import Scope

_CONDA = ("dependencies", "run-dependencies")
_BUILD = ("host-dependencies", "build-dependencies", "dev")
_PYPI = "pypi-dependencies"
_OWN = ("path", "editable", "workspace")


def read(data: bytes, path: bytes) -> Manifest | None:  # noqa: ARG001 - all readers are called alike
    """Return what a pixi.toml asks for. Raises `DamagedError`."""
    document, lines = toml11.load(data)
    about = _table(document, "workspace") or _table(document, "project") or _table(document, "package")
    found = requested(document, lines, ())
    if not about and not found:
        return None
    name, licence = about.get("name"), about.get("license")
    return Manifest(
        form="pixi.toml",
        ecosystem="conda",
        name=pep508.normal(name[:200]) if isinstance(name, str) else "",
        licence=spoken(licence),
        groups=found,
    )


def requested(document: dict[str, Any], lines: Lines, prefix: tuple[str, ...]) -> tuple[Group, ...]:
    """Return the groups of a manifest of pixi, whose tables stand below a prefix such as ``tool.pixi``."""
    for key in prefix:
        document = _table(document, key)
    found: dict[tuple[str, Scope], list[Requirement]] = {}
    _collect(document, lines, prefix, "", found)
    for feature, table in _table(document, "feature").items():
        _collect(table_in(table), lines, (*prefix, "feature", feature), pep508.normal(feature[:100]), found)
    _collect(_table(document, "package"), lines, (*prefix, "package"), "", found)
    if sum(map(len, found.values())) > NODES:
        raise TooLargeError
    return tuple(Group(name=name, scope=scope, requires=tuple(each)) for (name, scope), each in found.items())


def _collect(
    table: dict[str, Any],
    lines: Lines,
    prefix: tuple[str, ...],
    group: str,
    found: dict[tuple[str, Scope], list[Requirement]],
) -> None:
    """Add the requirements of a table and of the platforms in it."""
    scope: Scope = groups.scope_of(group) if group else "runtime"
    places = [(table, prefix)]
    places += [(table_in(each), (*prefix, "target", name)) for name, each in _table(table, "target").items()]
    for place, keys in places:
        for key in (*_CONDA, *_BUILD, _PYPI):
            asked = _table(place, key)
            if not asked:
                continue
            of_scope: Scope = "dev" if key in _BUILD else scope
            name = named(group, "pip") if key == _PYPI else group or ("build" if key in _BUILD else "")
            parse: Callable[[str], Requirement | None] = pep508.parse if key == _PYPI else matchspec.parse
            start = lines.table(*keys, key)
            kept = found.setdefault((name, of_scope), [])
            kept += [each for each in (_requirement(*item, parse, lines, start) for item in asked.items()) if each is not None]


def _requirement(
    name: str, rule: object, parse: Callable[[str], Requirement | None], lines: Lines, start: int
) -> Requirement | None:
    """Return one entry of a table, None for a folder: that is the project's own."""
    fields = rule if isinstance(rule, dict) else {"version": rule}
    if any(fields.get(key) for key in _OWN):
        return None
    parsed = parse(name)
    if parsed is None:
        return None
    extras = fields.get("extras")
    line = lines.line(lines.key(name, start)) if start >= 0 else 0
    asked = tuple(sorted(pep508.normal(each) for each in extras if isinstance(each, str))) if isinstance(extras, list) else ()
    return parsed.replace(specifier=pep508.loose(fields.get("version")), extras=asked, line=line)


def _table(document: dict[str, Any], key: str) -> dict[str, Any]:
    return table_in(document.get(key))
