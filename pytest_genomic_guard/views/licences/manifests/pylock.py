"""``pylock.toml`` and ``pylock.NAME.toml`` (PEP 751, read 2026-11).

Edges are optional there and rare: uv, pip and PDM write none or some. A package of a group or an extra alone says so in its
marker (``'test' in dependency_groups``); without such words the lock does not tell for whom a package is, unless it declares
groups or extras, and then it is for all.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.licences.manifests.damaged import DamagedError, list_in
from pytest_genomic_guard.views.licences.manifests.entries import EDGES, entries
from pytest_genomic_guard.views.licences.manifests.groups import is_dev
from pytest_genomic_guard.views.licences.manifests.pep508 import loose, normal
from pytest_genomic_guard.views.licences.manifests.toml import load_lock
from pytest_genomic_guard.views.licences.nouns import Locked, Manifest, Requirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_FOR = re.compile(r"""["']([A-Za-z0-9._-]{1,200})["']\s{1,8}(not\s{1,8})?in\s{1,8}(?:dependency_groups|extras)\b""")


def read(data: bytes, path: bytes) -> Manifest | None:
    """Return all packages."""
    table, lines = load_lock(data)
    if "packages" not in table:  # the standard requires it
        raise DamagedError
    told = bool(table.get("dependency-groups") or table.get("extras"))
    parts = path.rpartition(b"/")[2].decode("utf-8", "replace").split(".")
    named = normal(parts[1]) if len(parts) == 3 else ""
    always = ("",) if told else (named,) if named and is_dev(named) else ()
    locked = tuple(_package(each, lines.line(start), always) for each, start, _ in entries(table, "packages", lines, EDGES))
    return Manifest(form="pylock.toml", ecosystem="python", lock=True, packages=locked)


def _package(entry: dict[str, Any], line: int, always: tuple[str, ...]) -> Locked:
    marker = entry.get("marker") if isinstance(entry.get("marker"), str) else ""
    named = [each for each in list_in(entry.get("dependencies"), dict) if isinstance(each.get("name"), str)]
    return Locked(
        name=normal(entry["name"]),
        version=loose(entry.get("version")),
        requires=tuple(_edge(each, line) for each in named),
        groups=_groups(marker or "", always),
        marker=marker or "",
        line=line,
        own=isinstance(entry.get("directory"), dict),
    )


def _edge(entry: dict[str, Any], line: int) -> Requirement:
    version = loose(entry.get("version"))
    return Requirement(name=normal(entry["name"]), specifier=f"=={version}" if version else "", line=line)


def _groups(marker: str, always: tuple[str, ...]) -> tuple[str, ...]:
    """Return the groups and extras that a marker asks for; one that asks for the absence of a group tells nothing."""
    found = _FOR.findall(marker)
    if any(negated for _, negated in found):
        return ()
    return tuple(dict.fromkeys(normal(name) for name, _ in found)) or always
