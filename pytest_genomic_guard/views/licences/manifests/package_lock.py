"""``package-lock.json`` and ``npm-shrinkwrap.json``, versions 1 to 3 (docs.npmjs.com, "package-lock.json", npm 11, read 2026-11).

Versions 2 and 3 list every folder of ``node_modules`` with the licence that its package declares; version 1 is a tree without.
"""

from __future__ import annotations

from pytest_genomic_guard.views.licences.manifests import jsons, package_json
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError
from pytest_genomic_guard.views.licences.manifests.ecosystems import version as release
from pytest_genomic_guard.views.licences.nouns import Locked, Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.views.licences.nouns import Requirement

_FOLDER = "node_modules/"
_REQUIRED = ("dependencies", "optionalDependencies", "peerDependencies", "requires")


def read(data: bytes, path: bytes) -> Manifest | None:  # noqa: ARG001 - all readers are called alike
    """Return the packages of a lock. Raises `DamagedError`."""
    document, text = jsons.load(data)
    if "lockfileVersion" not in document and "packages" not in document and "dependencies" not in document:
        return None
    lines = jsons.lines(text)
    listed = jsons.table(document, "packages")
    found = _flat(listed, lines) if listed else _tree(document, lines)
    root = listed.get("") if listed else None
    root = root if isinstance(root, dict) else {}
    return Manifest(
        form="package-lock.json",
        ecosystem="node",
        lock=True,
        name=jsons.word(document, "name").lower(),
        licence=package_json.of(root),
        groups=package_json.of_tables(root, lines),
        packages=tuple(found.values()),
    )


def _flat(listed: dict[str, Any], lines: dict[str, int]) -> dict[tuple[str, str, bool], Locked]:
    """Return what ``packages`` lists, by folder."""
    if len(listed) > NODES:
        raise DamagedError
    found: dict[tuple[str, str, bool], Locked] = {}
    for folder, entry in listed.items():
        if not folder or not isinstance(entry, dict):
            continue
        own = _FOLDER not in folder or entry.get("link") is True
        name = jsons.word(entry, "name") or folder.rpartition(_FOLDER)[2]
        if entry.get("link") is not True:  # a link leads to a folder that is listed itself
            _add(found, name, entry, lines.get(folder, 0), own=own)
    return found


def _tree(document: dict[str, Any], lines: dict[str, int]) -> dict[tuple[str, str, bool], Locked]:
    """Return what the tree of version 1 holds."""
    found: dict[tuple[str, str, bool], Locked] = {}
    left = [document]
    count = 0
    while left:
        for name, entry in jsons.table(left.pop(), "dependencies").items():
            count += 1
            if count > NODES:
                raise DamagedError
            if isinstance(entry, dict):
                own = jsons.word(entry, "version").startswith("file:")
                _add(found, name, entry, lines.get(name, 0), own=own)
                left.append(entry)
    return found


def _add(found: dict[tuple[str, str, bool], Locked], name: str, entry: dict[str, Any], line: int, *, own: bool) -> None:
    """Add a package, or the groups of one more folder of it."""
    version = jsons.word(entry, "version", 100)
    alias = package_json.requirement(name, version)
    if version.startswith("npm:") and alias is not None:
        name, version = alias.name, alias.specifier
    if package_json.NAME.fullmatch(name) is None:
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
        for name, rule in jsons.table(entry, key).items():
            each = package_json.requirement(name, rule) if isinstance(rule, str) else None
            if each is not None:
                found.setdefault(each.name, each)
    return tuple(found.values())
