"""Names of models as people spell them alike, and the heading of a card as a number by which such a name is known again."""

from __future__ import annotations

import re
import zlib

from pytest_genomic_guard._regex import regex

_APART = regex(r"[^a-z0-9]+")
_ABOUT = regex(r"(?i)(?:model|system)[ -]?card[ \t]*(?:(?:for|of)[ \t]+(?:the[ \t]+)?|[:-][ \t]*)?")
_HEADING = regex(
    rb"^(?:#[ \t]+(?P<mark>[^\n]{1,200})|<h1[^>\n]{0,200}>(?P<tag>[^<\n]{1,200})|(?P<line>[^\n]{1,200})\n=+[ \t]*$)", re.MULTILINE
)
_BEFORE = 16 << 10  # bytes in which a card has its heading


def slug(name: str) -> str:
    """Return a name without what people spell differently: case and signs."""
    return _APART.sub("", name.lower())


def titled(name: str) -> int:
    """Return the number by which a name is known; 0 for none."""
    return zlib.crc32(slug(name).encode()) if slug(name) else 0


def of_heading(body: bytes) -> int:
    """Return the number of the first heading of a text, without the words that it is a model's card; 0 where it has none."""
    found = _HEADING.search(body, 0, _BEFORE)
    if found is None:
        return 0
    text = (found["mark"] or found["tag"] or found["line"]).decode("utf-8", "replace").strip(" \t\r#*`_")
    return titled(_ABOUT.sub("", text).rpartition("/")[2])
