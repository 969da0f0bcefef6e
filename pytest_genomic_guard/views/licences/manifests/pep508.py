"""Requirements of Python packages as people write them.

After PEP 508 and what pip accepts besides (dependency specifiers, packaging.python.org, read 2026-11).

``packaging`` is the oracle of the tests and not used here: it takes longer to import than a lock takes to read, refuses the
specifiers of old releases (``>=2.7.*``), and a name that can be told is worth more than a rule that is kept.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.nouns import Requirement

_LONGEST = 200  # characters of a name
_TEXT = 1 << 15  # characters of a requirement
_RUNS = regex(r"[-_.]+")
# A name may end with an underscore for packaging, though not for PEP 508.
_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,198}[A-Za-z0-9_])?(?![A-Za-z0-9._-]*[A-Za-z0-9_])"
_HEAD = regex(rf"\s*+(?P<name>{_NAME})\s*+(?:\[(?P<extras>[^\][]{{0,2000}})\])?\s*+")
_CLAUSE = r"(?:===[ \t]*+[^\s;),]*+|(?:[<>=!~]=|[<>])[ \t]*+[A-Za-z0-9.*+!_-]++)"
_SPECIFIER = regex(rf"\s*+\(?(?P<specifier>[ \t]*+(?:{_CLAUSE}[ \t]*+,?[ \t]*+)*+)\)?\s*+")
_SAFE = regex(r"[A-Za-z0-9.*+!<>=~_, \t-]*+")  # ``===`` takes any word, which could be an address
_ADDRESS = regex(r"@\s*+\S++\s*+")
# What a specifier of Poetry, Pipfile or conda may be made of; anything else is an address or a mistake, and is not kept.
_LOOSE = regex(r"[A-Za-z0-9.*+!<>=~^,|_ -]{1,200}")
_FRAGMENT = regex(rf"[#&]egg=(?P<name>{_NAME})(?:\[(?P<extras>[^\][]{{0,2000}})\])?")
_WHEEL = regex(
    r"(?:^|[/\\])(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._]{0,198}[A-Za-z0-9])?)-(?P<version>[0-9][A-Za-z0-9.+!_]{0,98})(?:-[A-Za-z0-9._+]{1,200}){2,5}\.whl(?:[?#]|$)"
)


def normal(name: str) -> str:
    """Return the name of a package, an extra or a group as PEP 503 compares it."""
    if len(name) > _LONGEST or not name.isprintable():  # no name that anybody gave; it is shown, so it may not be anything
        name = "".join(each if each.isprintable() else "?" for each in name[:_LONGEST])
    return _RUNS.sub("-", name).lower()


def extras_of(text: str | None) -> tuple[str, ...]:
    """Return the extras in brackets."""
    return tuple(sorted({normal(extra.strip()) for extra in (text or "").split(",") if extra.strip()}))


def loose(specifier: object) -> str:
    """Return a version rule of another grammar than PEP 440 as written, or nothing where it cannot be one."""
    if not isinstance(specifier, str):
        return ""
    text = specifier.strip()
    return text if text != "*" and _LOOSE.fullmatch(text) else ""


def parse(text: str, line: int = 0, via: tuple[str, ...] = ()) -> Requirement | None:
    """Return the requirement that a text is, None where no name can be told."""
    if len(text) > _TEXT:
        return None
    head = _HEAD.match(text)
    if head is None:
        return named_by_address(text, line)
    rest, specifier = text[head.end() :], ""
    address = _ADDRESS.match(rest)
    if address is not None:
        rest = rest[address.end() :]
    else:
        rule = _SPECIFIER.match(rest)
        if rule is not None:
            specifier = rule["specifier"].strip().rstrip(",").rstrip()
            specifier = specifier if _SAFE.fullmatch(specifier) else ""
            rest = rest[rule.end() :]
    rest = rest.strip()
    if rest and not rest.startswith(";"):
        return named_by_address(text, line)
    return Requirement(
        name=normal(head["name"]),
        specifier=specifier,
        extras=extras_of(head["extras"]),
        marker=rest[1:].strip(),
        line=line,
        via=via,
    )


def named_by_address(text: str, line: int = 0) -> Requirement | None:
    """Return the requirement that an address or a path names: by ``#egg=``, or by the file name of a wheel."""
    fragment = _FRAGMENT.search(text)
    if fragment is not None:
        return Requirement(name=normal(fragment["name"]), extras=extras_of(fragment["extras"]), line=line)
    words = text.split(None, 1)
    wheel = _WHEEL.search(words[0]) if words else None
    if wheel is None:
        return None
    marker = words[1].lstrip().removeprefix(";").strip() if len(words) > 1 and words[1].lstrip().startswith(";") else ""
    return Requirement(name=normal(wheel["name"]), specifier=f"=={wheel['version']}", marker=marker, line=line)
