"""``uv.lock`` (docs.astral.sh/uv, lock versions 1, revisions 0 to 3, read 2026-11).

The graph is whole: each package names what it needs, with the extras and the markers of each edge. The project, the members of
its workspace and folders beside it are packages without a registry; what they need directly is what the groups hold.
"""

from __future__ import annotations

from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError, list_in, table_in
from pytest_genomic_guard.views.licences.manifests.entries import EDGES, entries, known, tables, words
from pytest_genomic_guard.views.licences.manifests.groups import scope_of
from pytest_genomic_guard.views.licences.manifests.pep508 import loose, normal
from pytest_genomic_guard.views.licences.manifests.toml import Cursor, load_lock
from pytest_genomic_guard.views.licences.nouns import Group, Locked, Manifest, Requirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.views.licences.manifests.toml import Lines
    from pytest_genomic_guard.views.licences.nouns import Scope

# What stands in a lock that has no package: of a script, or of a workspace, that requires nothing.
_BESIDE = (
    *("version", "revision", "requires-python", "resolution-markers", "supported-markers", "required-markers"),
    *("conflicts", "options", "manifest"),
)
_OWN = ("editable", "virtual", "directory")  # sources that are folders


def read(data: bytes, path: bytes) -> Manifest | None:  # noqa: ARG001 - all readers are called alike
    """Return all packages, with the groups of the project and of the members of its workspace."""
    table, lines = load_lock(data)
    if not known(table, "package", _BESIDE, table.get("version") if table.get("version") == 1 else None):
        raise DamagedError
    packages = entries(table, "package", lines, EDGES)
    reader = _Reader(lines)
    locked = [reader.package(*each) for each in packages]
    reader.beside(table.get("manifest"))
    return Manifest(
        form="uv.lock",
        ecosystem="python",
        lock=True,
        name=_root([each for each, _, _ in packages]),
        groups=tuple(reader.groups),
        packages=tuple(locked),
    )


def _root(packages: list[dict[str, Any]]) -> str:
    """Return the name of the project whose lock it is."""
    for each in packages:
        source = each.get("source")
        if isinstance(source, dict) and any(source.get(key) == "." for key in _OWN):
            return normal(each["name"])
    return ""


class _Reader:
    """Reads packages one by one and gathers the groups of those that are the project's."""

    def __init__(self, lines: Lines) -> None:
        self.groups: list[Group] = []
        self._lines = lines
        self._nodes = 0

    def package(self, entry: dict[str, Any], start: int, end: int) -> Locked:
        """Return one package; of one that is a folder, note what it needs directly."""
        cursor = Cursor(self._lines, start, end) if start >= 0 else None
        requires = self._requirements(entry.get("dependencies"), cursor)
        extras = self._table(entry.get("optional-dependencies"), cursor)
        source = table_in(entry.get("source"))
        own = any(key in source for key in _OWN)
        if own:
            self._group("", "runtime", requires)
            for name, each in extras:
                self._group(name, scope_of(name), each)
            for name, each in self._table(entry.get("dev-dependencies"), cursor):
                self._group(name, scope_of(name), each)
        forks = words(entry.get("resolution-markers"))
        return Locked(
            name=normal(entry["name"]),
            version=loose(entry.get("version")),
            requires=requires,
            extras=extras,
            marker=" or ".join(f"({each})" for each in forks) if len(forks) > 1 else "".join(forks),
            line=self._lines.line(start),
            own=own,
        )

    def beside(self, manifest: Any) -> None:
        """Note what is asked for beside any package: groups of a root that is no project, requirements of a script."""
        manifest = table_in(manifest)
        cursor = Cursor(self._lines, self._lines.table("manifest"))
        self._group("", "runtime", self._requirements(manifest.get("requirements"), cursor))
        for name, each in self._table(manifest.get("dependency-groups"), cursor):
            self._group(name, scope_of(name), each)

    def _group(self, name: str, scope: Scope, requires: tuple[Requirement, ...]) -> None:
        if requires:
            self.groups.append(Group(name=name, scope=scope, requires=requires))

    def _table(self, table: Any, cursor: Cursor | None) -> tuple[tuple[str, tuple[Requirement, ...]], ...]:
        return tuple((normal(name), self._requirements(value, cursor)) for name, value in tables(table).items())

    def _requirements(self, value: Any, cursor: Cursor | None) -> tuple[Requirement, ...]:
        found = list_in(value, dict)
        self._nodes += len(found) + 1
        if self._nodes > NODES:
            raise TooLargeError
        if any(not isinstance(each.get("name"), str) for each in found):
            raise DamagedError
        return tuple(_edge(each, cursor) for each in found)


def _edge(entry: dict[str, Any], cursor: Cursor | None) -> Requirement:
    """Return an edge; its version stands there only where the lock holds several of the package."""
    name, extra, marker = entry["name"], entry.get("extra", entry.get("extras")), entry.get("marker")
    version = loose(entry.get("version"))
    return Requirement(
        name=normal(name),
        specifier=f"=={version}" if version else loose(entry.get("specifier")),
        extras=tuple(sorted(normal(each) for each in extra if isinstance(each, str))) if isinstance(extra, list) else (),
        marker=marker if isinstance(marker, str) else "",
        line=cursor.line(f'name = "{name}"') if cursor is not None else 0,
    )
