"""What of a package may be shown: names and versions are public, but they come from files, where anything can stand."""

from __future__ import annotations

import re
from functools import lru_cache

from pytest_genomic_guard._regex import regex

# PEP 508 names, with the scope of npm and the dots of R; 60 characters hold all but one in 100,000 names of PyPI
_NAME = regex(r"(?:@[a-z0-9~][a-z0-9._~-]{0,38}/)?[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,58}[A-Za-z0-9])?")
_VERSION = regex(r"[A-Za-z0-9](?:[A-Za-z0-9.+!_:-]{0,38}[A-Za-z0-9])?")
_DIGITS = regex(r"\d{7,}")
_DAY = regex(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{2}|\d{4}|\d{6})?")  # and a time
# Alibaba dates its services (pypi.org and npmjs.com, 2026-11): alibabacloud-ecs20140526
_DATED = regex(r"(?:alibabacloud[-_]|@alicloud/)[a-z0-9_-]{0,30}[a-z]20\d{6}(?:[-_]py2)?")
_RUN = regex(r"[A-Za-z0-9]{16,}")
_WORDS = regex(r"[A-Za-z0-9._-]+")
_OWN = "LicenseRef-"
_HIDDEN = "a package that is not named here"


@lru_cache(4096)
def shown(name: str) -> str:
    """Return a name of a package, an extra or a group as a message may have it; what cannot be one is not quoted."""
    return name if _fits(name) else _HIDDEN


@lru_cache(4096)
def shown_step(text: str) -> str:
    """Return a step of a path, ``scanpy[leiden]``, as a message may have it."""
    name, bracket, extra = text.partition("[")
    extras = [each if _fits(each) else "..." for each in extra.removesuffix("]").split(",")]
    return shown(name) + (f"[{','.join(extras)}]" if bracket else "")


@lru_cache(4096)
def shown_version(version: str) -> str:
    """Return a version as a message may have it: a long run of digits must be a day."""
    plain = _VERSION.fullmatch(version) and all(_DAY.fullmatch(run) for run in _DIGITS.findall(version))
    return version if plain and not telling(version) else "?"


@lru_cache(4096)
def shown_expression(text: str) -> str:
    """Return an SPDX expression as a report may have it: what stands behind LicenseRef is anybody's."""
    if _OWN not in text:
        return text
    return "".join(word if _public(word) else f"{_OWN}not-shown" for word in re.split(r"([\s()]+)", text))


@lru_cache(4096)
def telling(text: str) -> bool:
    """Tell whether a token, or a number by which a person may be known, may stand in words of a file; days are no such thing."""
    return any(_tells(word) for word in _WORDS.findall(text))


def _public(word: str) -> bool:
    """Tell whether a word of an expression is an operator, an id of a public list, or a name that may be shown."""
    if not word.startswith(_OWN) or _fits(word.removeprefix(_OWN)):
        return True
    from pytest_genomic_guard.views.licences import classes  # noqa: PLC0415 - for the few that look odd

    return word.lower() in classes.KNOWN or classes.listed(word.lower()) is not None


def _fits(name: str) -> bool:
    if not _NAME.fullmatch(name) or any(map(_tells, _WORDS.findall(name))):
        return False
    if not any(map(str.isdigit, name)) or _DATED.fullmatch(name):
        return True
    from pytest_genomic_guard.views.licences import disguised  # noqa: PLC0415 - as below

    return not _DIGITS.search(name) and not disguised.personal(disguised.folded(name))


def _tells(word: str) -> bool:
    """Tell whether a word may be a token: by a vendor's format, or by letters and digits mixed as nobody names things.

    Names of packages are written in lower case, and their separators as one: the formats are asked with both left open.
    """
    digits = sum(map(str.isdigit, word))
    for run in _RUN.findall(word) if len(word) >= 16 else ():
        if len(re.findall(r"\d+", run)) >= 3 and sum(map(str.isalpha, run)) >= 3:
            return True
    if not digits and len(word) < 16:  # most names; the shortest format of a vendor that is told by its form alone is longer
        return False
    from pytest_genomic_guard.views.licences import disguised  # noqa: PLC0415 - for long names, and those with numbers

    plain = disguised.folded(word)
    return bool(digits and disguised.known(plain)) or disguised.token(plain)
