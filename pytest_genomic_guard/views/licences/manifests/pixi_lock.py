"""``pixi.lock``, versions 1 to 7 (conda/rattler, crate ``rattler_lock`` and its snapshots, read 2026-11).

Since version 4 the packages of each environment and platform are addresses (``conda:``, ``pypi:``) of entries of one list; before,
that list is all. Entries of conda carry the licence that their recipe declares, entries of PyPI none. A source folder
(``conda: ./`` or ``pypi: ./``) is the project's own. Environments are the groups: that named ``default`` is the runtime.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.licences.manifests import conda_explicit, matchspec, pep508, yamls
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError
from pytest_genomic_guard.views.licences.manifests.ecosystems import spoken, version
from pytest_genomic_guard.views.licences.nouns import Locked, Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.manifests.yamls import Yaml
    from pytest_genomic_guard.views.licences.nouns import Ecosystem, Requirement

_SDIST = re.compile(
    r"/(?P<name>[A-Za-z0-9][A-Za-z0-9._-]{0,127})-(?P<version>[0-9][A-Za-z0-9.+!_]{0,98})\.(?:tar\.gz|zip|tar\.bz2)(?:[?#]|$)"
)
_FLAT = re.compile(rb"\s*+version: [4-9]\nenvironments:\n[a-z]")
_VERSIONS = range(1, 8)
_KEYS = ("conda", "pypi", "conda_source")


def read(data: bytes, path: bytes) -> Manifest | None:
    """Return the packages of a lock. Raises `DamagedError`."""
    if b"@EXPLICIT" in data[:4096]:  # ``.conda-lock`` has both
        return conda_explicit.read(data, path)
    if _FLAT.match(data) is not None:
        return _flat(data)
    if not path.endswith(b".lock") and not (b"version" in data and b"package" in data):  # any text beside the locks of a folder
        return None
    document, top = yamls.lock(data)
    listed = top.get("packages", top.get("package"))
    if listed is None or "version" not in top or document.more or not ("environments" in top or "package" in top):
        raise DamagedError
    groups = _groups(document, top.get("environments"))
    items = document.listed(listed)
    if not items and yamls.whole(top["version"]) not in _VERSIONS:
        raise DamagedError
    if len(items) > NODES:
        raise TooLargeError
    found: dict[tuple[str, str, str, str, bool], Locked] = {}
    unread = []
    for item in items:
        package = _package(document, item, groups)
        if package is None:
            unread.append(yamls.line(item))
            continue
        key = (package.name, package.version, package.ecosystem, package.licence, package.own)
        before = found.get(key)
        found[key] = package if before is None else _both(before, package)
    return Manifest(form="pixi.lock", ecosystem="conda", lock=True, packages=tuple(found.values()), unread=tuple(unread))


def _flat(data: bytes) -> Manifest:
    """Read a lock that lost its indentation, as those in ``.conda-lock`` folders of nf-core modules did. Raises `DamagedError`."""
    text = data.decode("utf-8", "replace")
    if len(data) > yamls.MOST:
        raise DamagedError
    start = text.rfind("\npackages:\n")
    if start < 0:
        raise DamagedError
    before = text.count("\n", 0, start + 1)
    found: dict[str, Locked] = {}
    unread: list[int] = []
    address, licence, begun = "", "", 0
    for number, each in enumerate((*text[start + 1 :].split("\n"), "- conda: "), before + 1):
        if each.startswith(("- conda: ", "- pypi: ")):
            held = matchspec.archive(address)
            if held is None:
                unread += [begun] if begun else []
            else:
                found[address] = Locked(
                    name=held[0], version=held[1], ecosystem="conda", licence=spoken(licence), groups=("",), line=begun
                )
            address, licence, begun = each.partition(": ")[2].strip(), "", number
        elif each.startswith("license: "):
            licence = each.partition(": ")[2].strip().strip("'\"")
    return Manifest(form="pixi.lock", ecosystem="conda", lock=True, packages=tuple(found.values()), unread=tuple(unread))


def _groups(document: yamls.Document, environments: Yaml) -> dict[str, set[str]]:
    """Return the environments that each address is in."""
    found: dict[str, set[str]] = {}
    for name, environment in document.table(environments).items():
        group = "" if name == "default" else name[:100]
        for listed in document.table(document.table(environment).get("packages")).values():
            for item in document.listed(listed):
                for key, value in document.table(item).items():
                    if key in _KEYS:
                        found.setdefault(yamls.text(value), set()).add(group)
    return found


def _package(document: yamls.Document, item: Yaml, groups: dict[str, set[str]]) -> Locked | None:
    """Return one entry of the list."""
    fields = document.fields(item)
    kind = yamls.text(fields.get("kind")) or yamls.text(fields.get("manager"))
    key = next((each for each in _KEYS if each in fields), "pypi" if kind in {"pypi", "pip"} else "conda")
    ecosystem: Ecosystem = "python" if key == "pypi" else "conda"
    address = yamls.text(fields.get(key)) or yamls.text(fields.get("url")) or yamls.text(fields.get("path"))
    built_from = document.fields(fields.get("source"))  # of version 7: a folder or a repository
    own = bool(address) and "://" not in address and "git" not in built_from and "url" not in built_from
    name, release = _named(fields, address, ecosystem)
    if not name:
        return None
    return Locked(
        name=name,
        version=version(release),
        ecosystem=ecosystem,
        requires=_requires(document, fields, ecosystem),
        groups=tuple(sorted(groups.get(address, ()))),
        licence=spoken(yamls.text(fields.get("license"))) if ecosystem == "conda" else "",
        line=yamls.line(item),
        own=own,
    )


def _named(fields: dict[str, Yaml], address: str, ecosystem: Ecosystem) -> tuple[str, str]:
    name, release = yamls.text(fields.get("name")), yamls.text(fields.get("version"))
    if ecosystem == "conda":
        held = matchspec.archive(address)
        if not name and held is None:  # version 7: ``name[hash] @ folder`` for what is built from source
            asked = matchspec.parse(address.partition("[")[0].partition(" @")[0]) if " @ " in address else None
            return (asked.name if asked is not None else "", release)
        return (name.lower() or (held[0] if held else ""), release or (held[1] if held else ""))
    if not name:
        named = pep508.named_by_address(address)
        source = _SDIST.search(address[-400:])
        if named is not None:
            return named.name, release or named.specifier.removeprefix("==")
        name, release = (source["name"], release or source["version"]) if source else ("", "")
    return (pep508.normal(name) if name else "", release)


def _requires(document: yamls.Document, fields: dict[str, Yaml], ecosystem: Ecosystem) -> tuple[Requirement, ...]:
    listed = fields.get("requires_dist") if ecosystem == "python" else fields.get("depends")
    if listed is None:
        listed = fields.get("dependencies")
        if listed is not None and listed.id == "mapping":  # of versions 1 to 3, for PyPI
            listed = None
    parse = pep508.parse if ecosystem == "python" else matchspec.parse
    found = (parse(each.value, yamls.line(each)) for each in document.listed(listed) if each.id == "scalar")
    return tuple(each for each in found if each is not None and not each.name.startswith("__"))


def _both(one: Locked, other: Locked) -> Locked:
    """Return the package that two platforms have, with the requirements of both."""
    names = {each.name for each in one.requires}
    more = tuple(each for each in other.requires if each.name not in names)
    return one.replace(groups=tuple(sorted({*one.groups, *other.groups})), requires=(*one.requires, *more))
