"""``package.json`` (docs.npmjs.com, "package.json", npm 11, read 2026-11).

Folders and members of the workspace (``file:``, ``link:``, ``workspace:``, ``portal:``) are the project's own; an alias
(``npm:name@rule``) is the package that it stands for.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.manifests import jsons, pep508
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError
from pytest_genomic_guard.views.licences.manifests.ecosystems import spoken
from pytest_genomic_guard.views.licences.nouns import Group, Manifest, Requirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.views.licences.nouns import Scope

NAME = regex(r"(?:@[A-Za-z0-9~_.-]{1,100}+/)?[A-Za-z0-9~_.()'!*-]{1,213}+")
_ALIAS = regex(r"npm:(?P<name>(?:@[A-Za-z0-9~_.-]{1,100}+/)?[A-Za-z0-9~_.-]{1,213}+)(?:@(?P<rule>.{1,200}))?")
_OWN = ("file:", "link:", "workspace:", "portal:", "./", "../", "/", "~/")
_TABLES: tuple[tuple[str, str, Scope], ...] = (
    ("dependencies", "", "runtime"),
    ("optionalDependencies", "optional", "extra"),
    ("peerDependencies", "peer", "extra"),
    ("devDependencies", "dev", "dev"),
)


def read(data: bytes, path: bytes) -> Manifest | None:
    """Return what a package.json asks for; those in ``node_modules`` are of others. Raises `DamagedError`."""
    if b"node_modules/" in path:
        return None
    document, text = jsons.load(data)
    groups = of_tables(document, jsons.lines(text))
    licence = of(document)
    if not groups and not licence and not jsons.word(document, "name"):
        return None
    return Manifest(
        form="package.json", ecosystem="node", name=jsons.word(document, "name").lower(), licence=licence, groups=groups
    )


def of(entry: dict[str, Any]) -> str:
    """Return the licence of an entry: ``license``, or the ``licenses`` of old."""
    return spoken(entry.get("license")) or spoken(entry.get("licenses")) or spoken(entry.get("licence"))


def of_tables(document: dict[str, Any], lines: dict[str, int]) -> tuple[Group, ...]:
    """Return the groups of a package.json, or of the entry of a lock that repeats it."""
    found = []
    for key, name, scope in _TABLES:
        asked = document.get(key) or {}  # people write an empty list, and npm takes it
        if not isinstance(asked, dict):
            raise DamagedError
        if len(asked) > NODES:
            raise TooLargeError
        requires = tuple(each for each in (requirement(*item, lines.get(item[0], 0)) for item in asked.items()) if each is not None)
        if requires:
            found.append(Group(name=name, scope=scope, requires=requires))
    return tuple(found)


def requirement(name: str, rule: object, line: int = 0) -> Requirement | None:
    """Return one entry of a table, None for what is the project's own or no name."""
    text = rule.strip() if isinstance(rule, str) else ""
    alias = _ALIAS.fullmatch(text)
    if alias is not None:
        name, text = alias["name"], alias["rule"] or ""
    if text.startswith(_OWN) or NAME.fullmatch(name) is None:
        return None
    return Requirement(name=name.lower(), specifier=pep508.loose(text), line=line)
