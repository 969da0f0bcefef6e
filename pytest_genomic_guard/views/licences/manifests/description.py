"""``DESCRIPTION`` of R packages, and of projects that borrow it ("Writing R Extensions" 1.1.1 and 1.1.3, R 4.5, read 2026-11).

``Depends``, ``Imports`` and ``LinkingTo`` are what it runs with; ``Suggests``, ``Enhances`` and ``Config/Needs/*`` are for those
who work on it. R and the packages that are part of it are no third parties.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, TooLargeError
from pytest_genomic_guard.views.licences.manifests.ecosystems import spoken
from pytest_genomic_guard.views.licences.nouns import Group, Manifest, Requirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = regex(r"[A-Za-z][A-Za-z0-9._]{0,199}")
# Priority "base": they are R.
BASE = frozenset(
    (
        "R",
        "base",
        "compiler",
        "datasets",
        "grDevices",
        "graphics",
        "grid",
        "methods",
        "parallel",
        "splines",
        "stats",
        "stats4",
        "tcltk",
        "tools",
        "utils",
    )
)
_FIELD = regex(r"(?P<key>[A-Za-z][A-Za-z0-9_/.@-]{0,80})[ \t]*:(?P<value>.*)", re.DOTALL)
_ASKED = regex(r"(?P<name>[A-Za-z][A-Za-z0-9._]{0,199})\s*(?:\(\s*(?P<mark>[<>=!]{1,2})\s*(?P<version>[0-9][0-9.-]{0,60}+)\s*\))?")
_RUNTIME = ("Depends", "Imports", "LinkingTo")
_DEV = ("Suggests", "Enhances")
_OPTIONAL = "Config/Needs/"
_OF_R = frozenset(("Package", "Type", "Imports", "Depends", "Suggests"))


def read(data: bytes, path: bytes) -> Manifest | None:  # noqa: ARG001 - all readers are called alike
    """Return what a DESCRIPTION asks for and its licence, None for a text without fields of R. Raises `DamagedError`."""
    fields = _fields(data)
    if _OF_R.isdisjoint(fields) or (len(fields) == 1 and "Package" not in fields):
        return None
    unread: list[int] = []
    runtime = [each for key in _RUNTIME for each in _asked(fields.get(key), unread)]
    optional = [key for key in fields if key.startswith(_OPTIONAL)]
    dev = [each for key in (*_DEV, *optional) for each in _asked(fields.get(key), [] if key in optional else unread)]
    name = fields["Package"][0].strip() if "Package" in fields else ""
    found = [Group(requires=tuple(_once(runtime)))]
    if dev:
        found.append(Group(name="suggests", scope="dev", requires=tuple(_once(dev))))
    return Manifest(
        form="DESCRIPTION",
        ecosystem="r",
        name=name if NAME.fullmatch(name) else "",
        licence=spoken(fields["License"][0]) if "License" in fields else "",
        groups=tuple(found),
        unread=tuple(unread),
    )


def requirements(text: str) -> Iterator[Requirement]:
    """Yield the requirements of a field, such as ``R (>= 3.5), methods, Rcpp (>= 1.0)``."""
    return _asked((text, 0), [])


def _fields(data: bytes) -> dict[str, tuple[str, int]]:
    """Return the fields of the first record, each with its line; a line that begins with a blank goes on with the one before."""
    lines = data.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
    if len(lines) > NODES:
        raise TooLargeError
    found: dict[str, tuple[str, int]] = {}
    key, kept, begun = "", [""], 0
    for number, each in enumerate(lines, 1):
        if each[:1] in {" ", "\t"}:
            kept.append(each)
            continue
        if key:
            found.setdefault(key, ("\n".join(kept), begun))
        field = _FIELD.fullmatch(each)
        key = field["key"] if field is not None else ""
        kept, begun = [field["value"] if field is not None else ""], number
        if not each.strip() and found:
            return found
    if key:
        found.setdefault(key, ("\n".join(kept), begun))
    return found


def _asked(field: tuple[str, int] | None, unread: list[int]) -> Iterator[Requirement]:
    if field is None:
        return
    text, begun = field
    number = begun
    pieces = text.split(",")
    if len(pieces) > NODES:
        raise TooLargeError
    for piece in pieces:
        at = number + len(piece[: len(piece) - len(piece.lstrip())].split("\n")) - 1
        number += piece.count("\n")
        word = piece.strip()
        if not word:
            continue
        found = _ASKED.fullmatch(word)
        if found is None:
            unread.append(at if begun else 0)
        elif found["name"] not in BASE:
            rule = f"{found['mark']}{found['version']}" if found["version"] else ""
            yield Requirement(name=found["name"], specifier=rule, line=at if begun else 0)


def _once(requires: list[Requirement]) -> list[Requirement]:
    """Return each name once: what is imported is often linked to as well."""
    found: dict[str, Requirement] = {}
    for each in requires:
        found.setdefault(each.name, each)
    return list(found.values())
