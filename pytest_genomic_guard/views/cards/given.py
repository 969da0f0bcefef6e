"""Fields of structured cards whose key names a section: what stands there needs no words that say of what it speaks.

`limitations: Scores fall by a third in windows with repeats` is a statement of limitations, and in a text without a heading
it would be any sentence. Figures and tests are asked for all the same: see `sections`.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.cards.nouns import Status, Why

# Keys, without case and what joins words, that mean a section alone; sections with figures are judged by those
_SECTION_KEYS = {
    "intended-use": regex(r"(?:primary)?intended\w*|(?:data)?usecases?|users|uses"),
    "out-of-scope": regex(r"(?!\w*+:)\w*outofscope\w*|prohibiteduses?|datauserestrictions?"),
    "training-data": regex(r"trainedon|trainingdata\w*|datasource|developmentdata\w*|datasets?"),
    "limitations": regex(r"\w*(?:limitations?|tradeoffs?|bias(?:es)?|ethicalconsiderations?)|bias(?:input|model|output)|warnings?"),
    "oversight": regex(r"humanoversight|oversight"),
}
_PIECES = 40  # of one field that are looked at
_LEAST = 3  # words of a statement
_NOTHING = regex(
    r"(?i)\b(?:no|none|without|not (?:any|known)|zero|un(?:known|tested|documented|specified))\b"
    r"(?:[^.;\n]{0,40}\b(?:limit\w*|bias\w*|risks?|issues?|problems?|concerns?|weakness\w*)\b|\W*$)"
)
_AGAINST = regex(r"(?i)\W{0,8}(?:not|never|do not|don't|must not|should not|cannot|no)\b")
_UNTOLD = regex(
    r"(?i)\b(?:not|never|cannot|un(?:known|specified|documented|available|disclosed))\b|"
    r"\b(?:proprietary|confidential|internal|private|undisclosed)(?: \w{1,20}){0,3}\W*$"
)
# Where data come from: a number of them, an address, an accession, or a name in the midst of a sentence
_SOURCE = regex(r"\d|https?://|(?<=[\w,] )[A-Z][\w-]*[A-Z]|(?<=[a-z,] )[A-Z][a-z]{2}")


def names(key: str, section: str) -> bool:
    """Tell whether a key means a section by itself."""
    return section in _SECTION_KEYS and _SECTION_KEYS[section].fullmatch(re.sub(r"^\w{1,8}:|[^a-z:]", "", key.lower())) is not None


def judged(section: str, text: str, why: Why) -> tuple[Status, Why]:
    """Judge a field with such a key, that by its words alone states nothing: each of its sentences counts as it stands."""
    if any(_says(section, each) for each in _pieces(text)):
        return "stated", ""
    return "mentioned", why


def _pieces(text: str) -> Iterator[str]:
    found = re.split(r"\n+|(?<=[.!?;])\s+", text[:20_000])
    yield from (each.strip() for each in found[:_PIECES])


def _says(section: str, piece: str) -> bool:
    """Tell whether a sentence is content of a section, and not one of the ways of saying nothing."""
    from pytest_genomic_guard.views.cards import states, templates  # noqa: PLC0415 - where there is a card only
    from pytest_genomic_guard.views.cards.sections import hollow  # noqa: PLC0415 - as above

    if states.fewer(piece, _LEAST) or states.state(piece) or states.defers(piece) or _label(piece):
        return False
    if section in hollow.JUDGED and hollow.says_again(section, piece.lower()):
        return False
    if templates.known(" ".join(re.findall(r"[a-z0-9]+", piece.lower()))) or states.field(section, piece)[1] not in {"word", ""}:
        return False
    if section == "training-data":
        return bool(_SOURCE.search(piece)) and not _UNTOLD.search(piece)
    if section == "intended-use":
        return not _AGAINST.match(piece)
    return not _NOTHING.search(piece)


def _label(piece: str) -> bool:
    """Tell whether a line is of a key and a value that says nothing."""
    return re.search(r"(?i):\s{0,4}(?:n/?a|none|null|unknown|tb[ad]|todo|-*)\s*$", piece) is not None
