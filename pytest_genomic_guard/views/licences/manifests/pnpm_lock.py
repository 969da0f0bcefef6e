"""``pnpm-lock.yaml``, lockfile versions 5 to 9 (pnpm/spec, "lockfile", read 2026-11). No licences."""

from __future__ import annotations

import re

from pytest_genomic_guard.views.licences.manifests import package_json, yamls
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError
from pytest_genomic_guard.views.licences.manifests.ecosystems import version as release
from pytest_genomic_guard.views.licences.nouns import Group, Locked, Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.manifests.yamls import Yaml
    from pytest_genomic_guard.views.licences.nouns import Requirement, Scope

# ``/name/1.2.3_peer`` (5), ``/name@1.2.3(peer)`` (6), ``name@1.2.3`` (9); of a scope the name has a slash of its own
_KEY = re.compile(r"/?(?P<name>(?:@[^@/\s]{1,100}+/)?[^@/\s]{1,214}+)[@/](?P<version>[^(_\s]{1,200}+).{0,4000}")
_VERSIONS = range(5, 10)
_TABLES: tuple[tuple[str, str, Scope], ...] = (
    ("dependencies", "", "runtime"),
    ("optionalDependencies", "optional", "extra"),
    ("devDependencies", "dev", "dev"),
)


def read(data: bytes, path: bytes) -> Manifest | None:  # noqa: ARG001 - all readers are called alike
    """Return the packages of a lock. Raises `DamagedError`."""
    document, top = yamls.lock(data)
    fields: list[dict[str, Yaml]] = []
    listed: list[tuple[str, Yaml]] = []
    for each in (top, *(document.table(more) for more in document.more)):  # pnpm 11 puts what it needs itself into one of its own
        _part(document, each, fields, listed)
    if len(listed) > NODES:
        raise TooLargeError
    found: dict[tuple[str, str], Locked] = {}
    unread = []
    for key, node in listed:
        package = _package(document, key, node)
        if package is None:
            unread.append(yamls.line(node))
            continue
        before = found.setdefault((package.name, package.version), package)
        if before is not package:
            names = {each.name for each in before.requires}
            more = tuple(each for each in package.requires if each.name not in names)
            found[package.name, package.version] = before.replace(
                requires=(*before.requires, *more), groups=tuple(sorted({*before.groups, *package.groups}))
            )
    groups = tuple(each for each in (_group(document, fields, *table) for table in _TABLES) if each.requires)
    return Manifest(
        form="pnpm-lock.yaml", ecosystem="node", lock=True, groups=groups, packages=tuple(found.values()), unread=tuple(unread)
    )


def _part(document: yamls.Document, top: dict[str, Yaml], fields: list[dict[str, Yaml]], listed: list[tuple[str, Yaml]]) -> None:
    """Take the importers and the packages of one document."""
    importers = document.table(top.get("importers"))
    snapshots, packages = document.table(top.get("snapshots")), document.table(top.get("packages"))
    if "lockfileVersion" not in top or not (importers or packages or yamls.whole(top["lockfileVersion"]) in _VERSIONS):
        raise DamagedError
    fields += [document.table(each) for each in importers.values()] or [top]
    listed += (snapshots or packages).items()


def _group(document: yamls.Document, importers: list[dict[str, Yaml]], table: str, name: str, scope: Scope) -> Group:
    found: dict[str, Requirement] = {}
    for importer in importers:
        for key, node in document.table(importer.get(table)).items():
            fields = document.fields(node)
            version = yamls.text(fields.get("version")) or yamls.text(node)
            rule = yamls.text(fields.get("specifier"))
            each = None if version.startswith(("link:", "file:")) else package_json.requirement(key, rule, yamls.line(node))
            if each is not None:
                found.setdefault(each.name, each)
    return Group(name=name, scope=scope, requires=tuple(found.values()))


def _package(document: yamls.Document, key: str, node: Yaml) -> Locked | None:
    """Return one package; the address of one that is no release is not kept."""
    fields = document.table(node)
    told = _KEY.fullmatch(key)
    name = yamls.text(fields.get("name")) or (told["name"] if told is not None else "")
    version = yamls.text(fields.get("version")) or (told["version"] if told is not None else "")
    if package_json.NAME.fullmatch(name) is None:
        return None
    asked = {}
    for table in ("dependencies", "optionalDependencies"):
        for other, rule in document.table(fields.get(table)).items():
            text = yamls.text(rule)
            alias = _KEY.fullmatch(text) if "@" in text.partition("(")[0] or text.startswith("/") else None
            each = package_json.requirement(
                alias["name"] if alias is not None else other, text.partition("(")[0].partition("_")[0], yamls.line(rule)
            )
            if each is not None:
                asked[each.name] = each
    dev = yamls.text(fields.get("dev"))
    groups = (
        ("dev",)
        if dev == "true"
        else ("optional",)
        if yamls.text(fields.get("optional")) == "true"
        else ("",)
        if dev == "false"
        else ()
    )
    own = version.startswith(("file:", "link:"))
    return Locked(
        name=name.lower(),
        version=release(version),
        ecosystem="node",
        requires=tuple(asked.values()),
        groups=groups,
        line=yamls.line(node),
        own=own,
    )
