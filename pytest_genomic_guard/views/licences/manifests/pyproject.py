"""``pyproject.toml``: PEP 621, PEP 735 and the tables of Poetry, PDM, uv, Hatch, flit and setuptools.

After the specifications of packaging.python.org and the documentation of the tools, read 2026-11.

What a build needs (``build-system.requires``) is in no wheel: a group ``build-system`` of scope dev.
"""

from __future__ import annotations

from pytest_genomic_guard.views.licences.manifests import poetry
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError, table_in
from pytest_genomic_guard.views.licences.manifests.entries import tables, words
from pytest_genomic_guard.views.licences.manifests.groups import is_dev, scope_of
from pytest_genomic_guard.views.licences.manifests.pep508 import normal, parse
from pytest_genomic_guard.views.licences.manifests.toml import Cursor, load
from pytest_genomic_guard.views.licences.nouns import Group, Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.views.licences.manifests.toml import Lines
    from pytest_genomic_guard.views.licences.nouns import Requirement, Scope

_LICENCE = 512  # characters of a licence that can still be its name


def read(data: bytes, path: bytes) -> Manifest | None:  # noqa: ARG001 - all readers are called alike
    """Return the groups of a project; None for a file that configures tools and requires nothing."""
    table, lines = _loaded(data)
    reader = _Reader(table, lines)
    reader.project()
    reader.tools()
    reader.build()
    return reader.manifest()


def _loaded(data: bytes) -> tuple[dict[str, Any], Lines]:
    try:
        return load(data)
    except DamagedError:
        from pytest_genomic_guard.views.licences.manifests import toml11  # noqa: PLC0415 - uv reads TOML 1.1, tomllib does not

        return toml11.load(data)


def texts(value: Any) -> list[str]:
    """Return the strings of a list."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def table_of(value: Any, *keys: str) -> dict[str, Any]:
    """Return a table in tables, an empty one where there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _asked(value: Any, *keys: str) -> dict[str, Any]:
    """Return a table in tables, an empty one where there is none. Raises `DamagedError` where one of them is no table."""
    for key in keys:
        value = table_in(table_in(value).get(key))
    return table_in(value)


def licence_of(value: Any, classifiers: Any) -> str:
    """Return a licence as declared: an expression, a name, or the one classifier of a licence."""
    if isinstance(value, dict):
        value = value.get("text")
    if isinstance(value, str) and value.strip():
        return value.strip()[:_LICENCE]
    told = [each.rpartition("::")[2].strip() for each in texts(classifiers) if each.startswith("License ::")]
    return told[0][:_LICENCE] if len(told) == 1 else ""


class _Reader:
    """Gathers the groups of one file."""

    def __init__(self, table: dict[str, Any], lines: Lines) -> None:
        self._table = table
        self._lines = lines
        self._project = _asked(table, "project")
        self._tool = _asked(table, "tool")
        self._groups: list[Group] = []
        self._includes: list[str] = []
        self._unread: list[int] = []
        self._dynamic = False
        self._nodes = 0

    def manifest(self) -> Manifest | None:
        """Return what was gathered."""
        poetry_table = table_of(self._tool, "poetry")
        flit = table_of(self._tool, "flit", "metadata")
        names = [each.get("name") for each in (self._project, poetry_table)] + [flit.get("dist-name"), flit.get("module")]
        name = next((normal(each) for each in names if isinstance(each, str)), "")
        own = self._project or poetry_table or flit
        licence = licence_of(own.get("license"), own.get("classifiers"))
        if not (name or licence or self._groups or self._includes or self._dynamic or self._unread):
            return None
        return Manifest(
            form="pyproject.toml",
            ecosystem="python",
            name=name,
            licence=licence,
            groups=tuple(self._groups),
            includes=tuple(dict.fromkeys(self._includes)),
            unread=tuple(self._unread),
            dynamic=self._dynamic,
        )

    def _list(self, value: Any, start: int, name: str, scope: Scope) -> None:
        """Add a group that is a list of requirements."""
        self._group(name, scope, self._requirements(words(value), start))

    def _requirements(self, values: list[str], start: int) -> list[Requirement]:
        self._nodes += len(values)
        if self._nodes > NODES:
            raise TooLargeError
        found, cursor = [], Cursor(self._lines, start)
        for value in values:
            line = cursor.line(value, value.split(";")[0].strip())
            each = parse(value.removeprefix("-e ").strip(), line)
            if each is not None:
                found.append(each)
            elif not value.strip().startswith((".", "/", "-e .", "file:")):
                self._unread.append(line)
        return found

    def _group(self, name: str, scope: Scope, found: list[Requirement]) -> None:
        if found:
            self._groups.append(Group(name=name, scope=scope, requires=tuple(found)))

    def project(self) -> None:
        """Read the tables of the standards."""
        lines = self._lines
        start = lines.table("project")
        self._list(self._project.get("dependencies"), lines.key("dependencies", start), "", "runtime")
        extras = tables(self._project.get("optional-dependencies"))
        start = max(lines.table("project", "optional-dependencies"), start)
        for name, value in extras.items():
            self._list(value, lines.key(name, start), normal(name), scope_of(name))
        dynamic = words(self._project.get("dynamic"))
        if "dependencies" in dynamic or "optional-dependencies" in dynamic:
            self._computed(dynamic)
        groups = tables(self._table.get("dependency-groups"))
        start = lines.table("dependency-groups")
        named = {normal(name): name for name in groups}
        for name in groups:
            self._group(normal(name), scope_of(name), self._dependency_group(name, groups, named, start))

    def _dependency_group(self, name: str, groups: dict[str, Any], named: dict[str, str], start: int) -> list[Requirement]:
        """Return a group of PEP 735 with all that it includes, each group once: one may include itself."""
        found: list[Requirement] = []
        waiting, seen = [name], {name}
        while waiting:
            each = waiting.pop()
            value = groups[each]
            found += self._requirements(texts(value), self._lines.key(each, start))
            for item in value:
                if isinstance(item, str):
                    continue
                wanted = item.get("include-group") if isinstance(item, dict) else None
                other = named.get(normal(wanted)) if isinstance(wanted, str) else None
                if other is None:
                    raise DamagedError
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return found

    def _computed(self, dynamic: list[str]) -> None:
        """Note where requirements come from that stand elsewhere: files that the build reads, or a program."""
        tables = table_of(self._tool, "setuptools", "dynamic")
        hooks = table_of(self._tool, "hatch", "metadata", "hooks", "requirements_txt")
        told = [tables.get("dependencies") if "dependencies" in dynamic else None, hooks if "dependencies" in dynamic else None]
        if "optional-dependencies" in dynamic:
            for source in (tables.get("optional-dependencies"), hooks.get("optional-dependencies")):
                told += [value for name, value in source.items() if not is_dev(name)] if isinstance(source, dict) else []
        for value in told:
            files = (value.get("file") or value.get("files") or value.get("filename")) if isinstance(value, dict) else value
            self._includes += [files] if isinstance(files, str) else texts(files)
        elsewhere = self._includes or table_of(self._tool, "poetry", "dependencies")
        self._dynamic = "dependencies" in dynamic and not elsewhere

    def tools(self) -> None:
        """Read the tables of the tools."""
        lines, tool = self._lines, self._tool
        table = _asked(tool, "poetry")
        for key in ("dependencies", "dev-dependencies", "extras"):
            _asked(table, key)
        for name in _asked(table, "group"):
            _asked(table, "group", name, "dependencies")
        self._groups += poetry.groups(table, lines)
        start = lines.table("tool", "pdm", "dev-dependencies")
        for name, value in _asked(tool, "pdm", "dev-dependencies").items():
            self._list(value, lines.key(name, start), normal(name), "dev")
        start = lines.key("dev-dependencies", lines.table("tool", "uv"))
        self._list(_asked(tool, "uv").get("dev-dependencies"), start, "dev", "dev")
        for name, value in _asked(tool, "hatch", "envs").items():
            for key in ("dependencies", "extra-dependencies"):
                start = lines.key(key, lines.table("tool", "hatch", "envs", name))
                self._list(table_in(value).get(key), start, normal(name), "dev")
        flit = _asked(tool, "flit", "metadata")
        start = lines.table("tool", "flit", "metadata")
        self._list(flit.get("requires"), lines.key("requires", start), "", "runtime")
        start = lines.table("tool", "flit", "metadata", "requires-extra")
        for name, value in tables(flit.get("requires-extra")).items():
            self._list(value, lines.key(name, start), normal(name), scope_of(name))

        if isinstance(tool.get("pixi"), dict):
            self._pixi()

    def _pixi(self) -> None:
        """Read the tables of pixi: what conda brings is in groups whose name ends with ``:conda``."""
        from pytest_genomic_guard.views.licences.manifests import pixi_toml  # noqa: PLC0415 - few projects use it

        for group in pixi_toml.requested(self._table, self._lines, ("tool", "pixi")):
            before, _, last = group.name.rpartition(":")
            name = before if last == "pip" else f"{group.name or 'pixi'}:conda"
            self._group(name, group.scope, list(group.requires))

    def build(self) -> None:
        """Read what a build needs."""
        start = self._lines.table("build-system")
        value = _asked(self._table, "build-system").get("requires")
        self._list(value, self._lines.key("requires", start), "build-system", "dev")
