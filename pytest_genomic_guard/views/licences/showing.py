"""What of a package may be shown: names and versions are public, but they come from files, where anything can stand."""

from __future__ import annotations

import re
from functools import lru_cache

# PEP 508 names, with the scope of npm and the dots of R; 60 characters hold all but one in 100,000 names of PyPI
_NAME = re.compile(r"(?:@[a-z0-9~][a-z0-9._~-]{0,38}/)?[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,58}[A-Za-z0-9])?")
_VERSION = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.+!_:-]{0,38}[A-Za-z0-9])?")
_DIGITS = re.compile(r"\d{7,}")
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{2}|\d{4}|\d{6})?")  # and a time
_RUN = re.compile(r"[A-Za-z0-9]{16,}")
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
    return version if plain and not _drawn(version) else "?"


def _fits(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and not _DIGITS.search(name) and not _drawn(name)


def _drawn(text: str) -> bool:
    """Tell whether it may be a token: by a vendor's format, or by letters and digits without a break, mixed as nobody names things.

    Names of packages are written in lower case, which takes a token's form from it: therefore the second.
    """
    for run in _RUN.findall(text) if len(text) >= 16 else ():
        if len(re.findall(r"\d+", run)) >= 3 and sum(map(str.isalpha, run)) >= 3:
            return True
    if len(text) < 16:  # the shortest format of a vendor that is told by its form alone is longer
        return False
    from pytest_genomic_guard.views.secrets.vendors import named  # noqa: PLC0415 - for long names only

    return bool(named(text.encode("utf-8", "replace")))
