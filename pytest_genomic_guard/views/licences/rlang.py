"""The licences of R packages as SPDX, after "Writing R Extensions" 1.1.2 (R 4.2 to 4.5) and ``share/licenses/license.db`` of R.

Alternatives stand between ``|``; each is a name with or without versions, ``Unlimited``, ``file LICENSE``, or a name with
``+ file LICENSE``, which completes a template (MIT, BSD) or restricts the licence further. ``tools:::analyze_license`` is the
oracle of the tests. What is not of this grammar, and much on GitHub is not, is read as an expression or as prose.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

# Families: versions that exist, as numbers and as they stand in SPDX, and whether SPDX can say "or later" of them.
_FAMILIES: dict[str, tuple[str, tuple[str, ...], bool]] = {
    "gpl": ("GPL-", ("1.0", "2.0", "3.0"), True),
    "lgpl": ("LGPL-", ("2.0", "2.1", "3.0"), True),
    "agpl": ("AGPL-", ("1.0", "3.0"), True),
    "apache": ("Apache-", ("1.0", "1.1", "2.0"), False),
    "artistic": ("Artistic-", ("1.0", "2.0"), False),
    "cecill": ("CECILL-", ("1.0", "1.1", "2.0", "2.1"), False),
    "mpl": ("MPL-", ("1.0", "1.1", "2.0"), False),
    "epl": ("EPL-", ("1.0", "2.0"), False),
    "eupl": ("EUPL-", ("1.0", "1.1", "1.2"), False),
    "cpl": ("CPL-", ("1.0",), False),
    "bsl": ("BSL-", ("1.0",), False),  # Boost, not Business Source
    "lpl": ("LPL-", ("1.0", "1.02"), False),
}
# Names and abbreviations of license.db, in small letters and with single blanks, to a family.
_NAMES = {
    "gpl": "gpl",
    "gnu general public license": "gpl",
    "gnu gpl": "gpl",
    "lgpl": "lgpl",
    "gnu library general public license": "lgpl",
    "gnu lesser general public license": "lgpl",
    "agpl": "agpl",
    "gnu affero general public license": "agpl",
    "apache license": "apache",
    "apache software license": "apache",
    "apache": "apache",
    "artistic license": "artistic",
    "artistic": "artistic",
    "cecill": "cecill",
    "mpl": "mpl",
    "mozilla public license": "mpl",
    "epl": "epl",
    "eclipse public license": "epl",
    "eupl": "eupl",
    "european union public license": "eupl",
    "cpl": "cpl",
    "common public license": "cpl",
    "bsl": "bsl",
    "boost software license": "bsl",
    "lpl": "lpl",
    "lucent public license": "lpl",
}
# Of a name without a version any may be picked. What SPDX can say of that, or the version that is meant in practice.
_ANY = {
    "gpl": "GPL-1.0-or-later",
    "lgpl": "LGPL-2.0-or-later",
    "agpl": "AGPL-3.0-or-later",
    "apache": "Apache-2.0",
    "artistic": "Artistic-1.0 OR Artistic-2.0",
    "cecill": "CECILL-2.0",
    "mpl": "MPL-1.0 OR MPL-1.1 OR MPL-2.0",
    "epl": "EPL-1.0 OR EPL-2.0",
    "eupl": "EUPL-1.1 OR EUPL-1.2",
    "cpl": "CPL-1.0",
    "bsl": "BSL-1.0",
    "lpl": "LPL-1.02",
}
_WHOLE = {
    "mit": "MIT",
    "mit license": "MIT",
    "bsd": "BSD-3-Clause",  # license.db: "Modified BSD License"
    "modified bsd license": "BSD-3-Clause",
    "bsd_3_clause": "BSD-3-Clause",
    "bsd 3-clause license": "BSD-3-Clause",
    "bsd_2_clause": "BSD-2-Clause",
    "bsd 2-clause license": "BSD-2-Clause",
    "freebsd": "BSD-2-Clause",
    "freebsd license": "BSD-2-Clause",
    "zlib": "Zlib",
    "zlib license": "Zlib",
    "cc0": "CC0-1.0",
    "unlimited": "LicenseRef-Unlimited",
    "acm": "LicenseRef-ACM",
    "acm-1998": "LicenseRef-ACM",
    "acm software license agreement": "LicenseRef-ACM",
}
_CC = regex(r"cc[ -]by(?P<terms>(?:-(?:nc|nd|sa)){0,2}+)[ -](?P<version>[1-4]\.0)")
_CC_LONG = regex(
    r"creative commons attribution(?P<terms>(?:-(?:sharealike|noncommercial|noderivs|noderivatives)){0,2}+)"
    r" (?P<version>[1-4]\.0) international license"
)
_TERMS = {"sharealike": "SA", "noncommercial": "NC", "noderivs": "ND", "noderivatives": "ND"}
_VERSIONED = regex(
    r"(?P<name>[a-z][a-z ]{0,60}?)(?: ?, ?version | version | ?v(?=[0-9])| |-)(?P<version>[0-9]{1,2}+(?:\.[0-9]{1,3}+){0,2}+)"
)
_BOUND = regex(r"(?P<name>[a-z][a-z ]{0,60}?) ?\((?P<rules>[^()]{1,100})\)")
_RULE = regex(r" ?(?P<mark><=|>=|==|!=|<|>|=) ?(?P<version>[0-9]{1,2}+(?:[.-][0-9]{1,3}+){0,3}+) ?")
_FILE = regex(r"file ['\"]?(?P<name>[A-Za-z0-9][A-Za-z0-9_./-]{0,100})['\"]?", re.IGNORECASE)
_MOST = 400  # characters; the longest on CRAN has 120


def expression(text: str) -> str:
    """Return the SPDX expression of the ``License`` field of a DESCRIPTION, or nothing where it names none that is known.

    Of alternatives those that are known are left: an unknown one can only widen the choice.
    """
    if len(text) > _MOST:
        return ""
    pieces = [piece for piece in (_alternative(each) for each in text.split("|")) if piece]
    return " OR ".join(dict.fromkeys(pieces))


def files(text: str) -> tuple[str, ...]:
    """Return the files of the package that the field refers to, such as ``LICENSE``."""
    pieces = [part.strip() for each in text[:_MOST].split("|") for part in each.split("+")]
    found = (_FILE.fullmatch(" ".join(piece.split())) for piece in pieces)
    return tuple(dict.fromkeys(each["name"] for each in found if each is not None))


def _alternative(text: str) -> str:
    """Return the expression of one alternative."""
    named = [part for part in (" ".join(each.split()) for each in text.split("+")) if part and _FILE.fullmatch(part) is None]
    if len(named) > 1 or not named:  # ``GPLv2+`` ends with the mark of a file and has none
        return _elsewhere(" ".join(text.split())) if named else ""
    if "+" in text and text.rstrip().endswith("+"):
        return _elsewhere(" ".join(text.split()))
    return _named(named[0])


def _named(text: str) -> str:
    """Return the expression of a licence's name with or without versions."""
    return _strict(text) or _either(text) or _elsewhere(text)


def _either(text: str) -> str:
    """Return alternatives with ``or`` between them, as many write them, where each is a name of its own."""
    pieces = re.split(r" or | OR ", text)
    found = [_strict(piece) for piece in pieces]
    return " OR ".join(dict.fromkeys(found)) if len(pieces) > 1 and all(found) else ""


def _strict(text: str) -> str:
    """Return the expression of a name of the grammar, or nothing."""
    low = text.lower()
    if low in _WHOLE or low in _NAMES:
        return _WHOLE.get(low) or _ANY[_NAMES[low]]
    if low.startswith("part of r "):
        return "GPL-2.0-only OR GPL-3.0-only"  # as R itself
    commons = _CC.fullmatch(low) or _CC_LONG.fullmatch(low)
    if commons is not None:
        terms = [_TERMS.get(term, term.upper()) for term in commons["terms"].split("-") if term]
        return "-".join(("CC-BY", *terms, commons["version"]))
    bound = _BOUND.fullmatch(low)
    if bound is not None and bound["name"] in _NAMES:
        return _bounded(_NAMES[bound["name"]], bound["rules"])
    versioned = _VERSIONED.fullmatch(low)
    if versioned is not None and versioned["name"] in _NAMES:
        return _bounded(_NAMES[versioned["name"]], "==" + versioned["version"])
    return ""


def _bounded(family: str, rules: str) -> str:
    """Return the versions of a family for which all rules hold."""
    parsed = [_RULE.fullmatch(rule) for rule in rules.split(",")]
    prefix, known, later = _FAMILIES[family]
    held = [
        each
        for each in known
        if all(rule is not None and _holds(_key(each), rule["mark"], _key(rule["version"])) for rule in parsed)
    ]
    if not held:  # a version that is still to come, or never was: of the family all the same
        return f"{prefix}{known[-1]}-or-later" if later else ""
    marks = {rule["mark"] for rule in parsed if rule is not None}
    if later and marks <= {">=", ">"}:
        return f"{prefix}{held[0]}-or-later"
    return " OR ".join(f"{prefix}{each}-only" if later else prefix + each for each in held)


def _key(version: str) -> tuple[int, ...]:
    numbers = [int(each) for each in version.replace("-", ".").split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()  # 2.0 is 2
    return tuple(numbers)


def _holds(version: tuple[int, ...], mark: str, bound: tuple[int, ...]) -> bool:
    if mark in {"==", "="}:
        return version == bound
    if mark == "!=":
        return version != bound
    if mark in {">=", ">"}:
        return version > bound or (mark == ">=" and version == bound)
    return version < bound or (mark == "<=" and version == bound)


def _elsewhere(text: str) -> str:
    """Return what a text outside the grammar says, as an expression or as prose."""
    from pytest_genomic_guard.views.licences.expression import canonical  # noqa: PLC0415 - few need it
    from pytest_genomic_guard.views.licences.prose import named  # noqa: PLC0415 - few need it

    return canonical(text) or named(text)
