"""``package-lock.json`` and ``npm-shrinkwrap.json``, versions 1 to 3 (docs.npmjs.com, "package-lock.json", npm 11, read 2026-11).

Versions 2 and 3 list every folder of ``node_modules`` with the licence that its package declares; version 1 is a tree without.
"""

from __future__ import annotations

from pytest_genomic_guard.views.licences.manifests import jsons, package_json
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError, table_in
from pytest_genomic_guard.views.licences.manifests.ecosystems import version as release
from pytest_genomic_guard.views.licences.nouns import Locked, Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.views.licences.nouns import Requirement

_VERSIONS = ("1", "2", "3")
_FOLDER = "node_modules/"
_REQUIRED = ("dependencies", "optionalDependencies", "peerDependencies", "requires")


def read(data: bytes, path: bytes) -> Manifest | None:  # noqa: ARG001 - all readers are called alike
    """Return the packages of a lock. Raises `DamagedError`."""
    document, text = jsons.load(data)
    if not _known(document):
        raise DamagedError
    lines = jsons.lines(text)
    listed = jsons.held(document, "packages")
    unread: list[int] = []
    found = _flat(listed, lines, unread) if listed else _tree(document, lines, unread)
    root = jsons.held(listed, "")
    for key in (*_REQUIRED, "devDependencies"):
        jsons.held(root, key)
    return Manifest(
        form="package-lock.json",
        ecosystem="node",
        lock=True,
        name=jsons.word(document, "name").lower(),
        licence=package_json.of(root),
        groups=package_json.of_tables(root, lines),
        packages=tuple(found.values()),
        unread=tuple(unread),
    )


def _known(document: dict[str, Any]) -> bool:
    """Tell whether a lock has packages where they are read, or none: in a version that is known, or in the first, without one."""
    if document.get("packages") or document.get("dependencies"):
        return True
    told = document.get("lockfileVersion")
    if told is None:
        return "name" in document and not any(isinstance(each, dict | list) for each in document.values())
    return told in _VERSIONS


def _flat(listed: dict[str, Any], lines: dict[str, int], unread: list[int]) -> dict[tuple[str, str, bool], Locked]:
    """Return what ``packages`` lists, by folder."""
    if len(listed) > NODES:
        raise TooLargeError
    found: dict[tuple[str, str, bool], Locked] = {}
    for folder, entry in listed.items():
        table_in(entry)
        if not folder or entry is None:
            continue
        own = _FOLDER not in folder or entry.get("link") is True
        name = jsons.word(entry, "name") or folder.rpartition(_FOLDER)[2]
        if entry.get("link") is not True:  # a link leads to a folder that is listed itself
            _add(found, name, entry, lines.get(folder, 0), unread, own=own)
    return found


def _tree(document: dict[str, Any], lines: dict[str, int], unread: list[int]) -> dict[tuple[str, str, bool], Locked]:
    """Return what the tree of version 1 holds."""
    found: dict[tuple[str, str, bool], Locked] = {}
    left = [document]
    count = 0
    while left:
        for name, entry in jsons.held(left.pop(), "dependencies").items():
            count += 1
            if count > NODES:
                raise TooLargeError
            if not isinstance(entry, dict):
                raise DamagedError
            own = jsons.word(entry, "version").startswith("file:")
            _add(found, name, entry, lines.get(name, 0), unread, own=own)
            left.append(entry)
    return found


def _add(  # noqa: PLR0913 - what is told of one folder
    found: dict[tuple[str, str, bool], Locked], name: str, entry: dict[str, Any], line: int, unread: list[int], *, own: bool
) -> None:
    """Add a package, or the groups of one more folder of it."""
    version = jsons.word(entry, "version", 100)
    alias = package_json.requirement(name, version)
    if version.startswith("npm:") and alias is not None:
        name, version = alias.name, alias.specifier
    if package_json.NAME.fullmatch(name) is None:
        unread.append(line)
        return
    key = (name.lower(), release(version), own)
    groups = _groups(entry)
    before = found.get(key)
    if before is not None:
        found[key] = before.replace(
            groups=tuple(sorted({*before.groups, *groups})), licence=before.licence or package_json.of(entry)
        )
        return
    found[key] = Locked(
        name=key[0],
        version=key[1],
        ecosystem="node",
        requires=_requires(entry),
        groups=groups,
        licence=package_json.of(entry),
        line=line,
        own=own,
    )


def _groups(entry: dict[str, Any]) -> tuple[str, ...]:
    """Return why a package is there; ``devOptional`` is both."""
    if entry.get("devOptional") is True:
        return ("dev", "optional")
    if entry.get("dev") is True:
        return ("dev",)
    if entry.get("optional") is True:
        return ("optional",)
    return ("peer",) if entry.get("peer") is True else ("",)


def _requires(entry: dict[str, Any]) -> tuple[Requirement, ...]:
    found: dict[str, Requirement] = {}
    for key in _REQUIRED:
        if isinstance(entry.get(key), bool):  # ``"requires": true``
            continue
        for name, rule in jsons.held(entry, key).items():  # in version 1, ``dependencies`` are what lies in the folder
            each = package_json.requirement(name, rule) if isinstance(rule, str) else None
            if each is not None:
                found.setdefault(each.name, each)
    return tuple(found.values())
