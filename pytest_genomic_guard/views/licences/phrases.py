"""The table of names that `prose` looks words up in: families with versions, names without, and words that name nothing."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences import classes, spellings
from pytest_genomic_guard.views.licences.trove import TROVE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# Said around names: they name nothing and do not make a field unreadable.
_NOISE = """license under terms of is are released distributed available this project package code see in for by text file full
version v and/or conditions software free open source foss floss libre opensource osi approved with as to it its all be may use used
itself from details more information info at on www http https org com html txt md rst copying copyright notice redistribution
included please read refer following both your own work general standard rights reserved c permissive copyleft style like compatible
compliant approved llc inc ltd corp corporation university institute contributors authors author team developers core parts some
portions other which that part main library module scripts documentation docs data except where noted unless stated otherwise
spdx identifier international unported universal deed public dedication intl generic attribution"""

# id in lower case: alone it may be any word; as a whole field it is a name, except for these
_WORDS = frozenset({"intel", "fair", "doc", "nokia", "plexus", "cube", "sl", "magaz", "copyright", "other", "ntp", "fbm", "barr"})

_PIECE = regex(
    r"(?:licenseref|additionref|documentref)-[a-z0-9.:\-]{1,100}|>=|<=|[a-z]+(?:\+\+)?|\d+(?:\.\d+)*+\+?|[()/|,;&+<>=\n]"
)
_SPELT = regex(r"li[cs]en[cs]\w{0,4}|lisc?ens[ei]\w{0,3}|licens\w{0,4}")
_KEPT = regex(r"unlicen[cs]ed")
_GONE = frozenset({"the", "a", "an", "s"})
_SAME = str.maketrans({"\u2019": "'", "\u2018": "'", "\u2013": "-", "\u2014": "-", "\u2011": "-", "\u00e9": "e", "_": "-"})


def pieces(text: str) -> list[str]:
    """Give the words, numbers and separators of a text, lower case, spellings of "licence" made one."""
    found: list[str] = []
    for hit in _PIECE.finditer(text.lower().translate(_SAME)):
        word = hit[0]
        if word in _GONE:
            continue
        if _SPELT.fullmatch(word) and not _KEPT.fullmatch(word):
            word = "license"
        found.append(word)
    return found


class Family:
    """A licence with versions: how its id is written, which versions there are, what it is without one."""

    __slots__ = ("key", "plain", "template", "versions")

    def __init__(self, key: str, template: str, versions: str, plain: str) -> None:
        self.key, self.template, self.versions, self.plain = key, template, tuple(versions.split()), plain


def _rows(table: str) -> Iterator[str]:
    """Yield the rows of a table, those that go on over several lines made one."""
    row = ""
    for line in table.strip().splitlines():
        if not line.startswith(" ") and row:
            yield row
            row = ""
        row += " " + line.strip()
    yield row


def _tables() -> tuple[dict[str, Family | str], int]:
    """Names as joined pieces to a family or an id, and the most pieces of a name."""
    found: dict[str, Family | str] = {}
    for name, _ in classes.KNOWN.values():
        joined = pieces(name)
        if len(joined) > 1 or "licenseref" in name.lower():
            found[" ".join(joined)] = name
    for line in _rows(spellings.NAMES):
        target, _, names = line.strip().partition(": ")
        for name in names.split(";"):
            found[" ".join(pieces(name))] = target
    for line in _rows(spellings.FAMILIES):
        key, template, versions, plain, names = (part.strip() for part in line.split(" | ", 4))
        family = Family(key, template, versions, plain)
        for name in names.split(";"):
            found.setdefault(" ".join(pieces(name)), family)
    found |= _commons()
    for name, meant in TROVE.items():
        told = meant.startswith(("GPL", "LGPL", "AGPL", "GFDL", "Apache")) and " OR " not in meant  # families tell them
        if meant and " " in name and not told:
            found.setdefault(" ".join(pieces(name)), meant)
    return found, max(len(name.split()) for name in found)


def _commons() -> dict[str, Family | str]:
    """Give the Creative Commons licences in the spellings of their parts."""
    found: dict[str, Family | str] = {}
    spelled = {
        "": ("",),
        "-NC": (" nc", " noncommercial", " non commercial"),
        "-SA": (" sa", " sharealike", " share alike"),
        "-ND": (" nd", " noderivatives", " no derivatives", " noderivs", " no derivs"),
    }
    for first in ("", "-NC"):
        for second in ("", "-SA", "-ND"):
            template = f"CC-BY{first}{second}"
            family = Family(template.lower(), template + "-{}", "1.0 2.0 2.5 3.0 4.0", f"{template}-4.0")
            for start in (
                "cc by",
                "creative commons by",
                "creative commons attribution",
                "cc attribution",
                "creative commons cc by",
            ):
                for middle in spelled[first]:
                    for last in spelled[second]:
                        found[f"{start}{middle}{last}"] = family
                        found[f"{start}{middle}{last} license"] = family
    return found


NOISE = frozenset(_NOISE.split())
WORDS = _WORDS
TABLE, LONGEST = _tables()
