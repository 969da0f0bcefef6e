"""``yarn.lock``: version 1 (classic.yarnpkg.com, "yarn.lock"), and the YAML of Yarn 2 to 4 (yarnpkg.com), both read 2026-11.

It has no licences.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.licences.manifests import package_json, yamls
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError
from pytest_genomic_guard.views.licences.manifests.ecosystems import version as release
from pytest_genomic_guard.views.licences.nouns import Locked, Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.nouns import Requirement

_HEAD = re.compile(r'"?(?P<name>@?[^@"\s,]{1,214})@(?P<rule>[^",\n]{0,300})')
_PAIR = re.compile(r'[ ]{2,8}"?(?P<name>[^"\s]{1,214})"? "?(?P<rule>[^"\n]{0,300})"?')


def read(data: bytes, path: bytes) -> Manifest | None:  # noqa: ARG001 - all readers are called alike
    """Return the packages of a lock. Raises `DamagedError`."""
    unread: list[int] = []
    if b"__metadata:" in data:
        packages = _berry(data, unread)
    elif b"# yarn lockfile v1" in data[:400]:
        packages = _classic(data, unread)
    else:
        raise DamagedError
    return Manifest(form="yarn.lock", ecosystem="node", lock=True, packages=packages, unread=tuple(unread))


def _classic(data: bytes, unread: list[int]) -> tuple[Locked, ...]:
    """Return the entries of version 1: a line that is not indented begins one."""
    blocks: list[list[tuple[int, str]]] = []
    for number, each in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        if not each.strip() or each.startswith("#"):
            continue
        if not each.startswith(" "):
            blocks.append([])
        if blocks:
            blocks[-1].append((number, each))
    if len(blocks) > NODES:
        raise TooLargeError
    read = [(_entry(block), block[0][0]) for block in blocks]
    unread += [line for entry, line in read if entry is None]
    return tuple(entry for entry, _ in read if entry is not None)


def _entry(block: list[tuple[int, str]]) -> Locked | None:
    """Return one package, with what it requires: pairs indented by four under ``dependencies``."""
    begun, first = block[0]
    head = _HEAD.match(first)
    if head is None:
        return None
    alias = package_json.requirement(head["name"], head["rule"]) if head["rule"].startswith("npm:") else None
    name = alias.name if alias is not None else head["name"]
    version, inside = "", False
    asked: dict[str, Requirement] = {}
    for number, each in block[1:]:
        if not each.startswith("   "):
            inside = each.strip() in {"dependencies:", "optionalDependencies:"}
            if each.strip().startswith("version "):
                version = each.strip()[8:].strip('"')
            continue
        pair = _PAIR.fullmatch(each) if inside else None
        required = package_json.requirement(pair["name"], pair["rule"], number) if pair is not None else None
        if required is not None:
            asked[required.name] = required
    if package_json.NAME.fullmatch(name) is None:
        return None
    own = head["rule"].startswith(("file:", "link:"))
    return Locked(
        name=name.lower(), version=release(version), ecosystem="node", requires=tuple(asked.values()), line=begun, own=own
    )


def _berry(data: bytes, unread: list[int]) -> tuple[Locked, ...]:
    document, _ = yamls.lock(data)
    top = document.root
    if len(top.value) > NODES:
        raise TooLargeError
    found = []
    for key, node in top.value:
        if key.value == "__metadata":
            continue
        fields = document.table(node)
        resolution = _HEAD.match(yamls.text(fields.get("resolution")) or (key.value if key.id == "scalar" else ""))
        if "version" not in fields or resolution is None:
            unread.append(yamls.line(key))
            continue
        own = yamls.text(fields.get("linkType")) == "soft" or resolution["rule"].startswith("workspace:")
        asked = {}
        for table in ("dependencies", "optionalDependencies"):
            for name, rule in document.table(fields.get(table)).items():
                each = package_json.requirement(name, yamls.text(rule).removeprefix("npm:"), yamls.line(rule))
                if each is not None:
                    asked[each.name] = each
        version = release(yamls.text(fields["version"]))
        found.append(
            Locked(
                name=resolution["name"].lower(),
                version=version,
                ecosystem="node",
                requires=tuple(asked.values()),
                line=yamls.line(key),
                own=own,
            )
        )
    return tuple(found)
