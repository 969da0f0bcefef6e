"""Licences whose first words do not tell which one of a family they are, and words that restrict any licence."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

NAMES = {"GCC": "GPL-3.0-or-later WITH GCC-exception-3.1", "Perl": "Artistic-1.0-Perl OR GPL-1.0-or-later"}

_STUB = 200  # bytes up to which a body is only its first words: the rest was not as expected

# Of a family: words of the body, and which member has them; the last is taken where none is found.
_MEMBERS = {
    "BSD": (
        (b"no express or implied licenses to any party s patent rights", "BSD-3-Clause-Clear"),
        (b"all advertising materials mentioning", "BSD-4-Clause"),
        (b"endorse or promote products", "BSD-3-Clause"),
        (b"neither the name", "BSD-3-Clause"),
        (b"in binary form must", "BSD-2-Clause"),
        (b"", "BSD-1-Clause"),
    ),
    "MIT": ((b"used for good not evil", "JSON"), (b"copyright notice", "MIT"), (b"notice shall be", "MIT"), (b"", "MIT-0")),
    "ISC": ((b"appear in all copies", "ISC"), (b"", "0BSD")),
}
_SHORT = {"BSD": "BSD-2-Clause", "MIT": "MIT", "ISC": "ISC"}

_CREATIVE = regex(
    rb"(?:attribution|cc by)((?: non ?commercial| nc| share ?alike| sa| no ?deriv[a-z]{0,20}+| nd){0,3})"
    rb"(?: license)? (?:v |version )?(\d) (\d)"
)
_RESTRICTS = regex(
    rb"non ?commercial (?:\w++ ){0,3}?"
    rb"(?:uses?\b|research|academic|purposes?|education|evaluation|basis|license|only|entit|organi|institution)"
    rb"|academic (?:\w++ ){0,4}?(?:use|purposes?|research) only|research (?:use|purposes?) only"
    rb"|(?:solely|only) for (?:academic|research|educational)|educational research and (?:not for profit|non ?profit)"
    rb"|(?:not be|may not) used? (?:\w++ ){0,4}?(?:for|in) (?:any )?commercial|commercial use requires"
    rb"|for (?:\w++ ){0,3}?(?:non ?profit|not for profit) (?:\w++ ){0,3}?(?:use|purposes?|research)\b"
    rb"|commercial (?:use|purposes?|exploitation) (?:\w++ ){0,5}?"
    rb"(?:is|are) (?:strictly |expressly )?(?:prohibited|not permitted|not allowed|forbidden|excluded)"
    rb"|commercial (?:purposes? )?(?:users?|uses?|purposes?|entit\w++|organi[sz]ations?|parties) (?:\w++ ){0,3}?"
    rb"(?:must|needs?|ha(?:s|ve) to|requires?|are required|should contact|should obtain|contact)\b"
    rb"|(?:academic|research|educational) (?:and|or) (?:\w++ ){0,1}?(?:non ?profit|not for profit|non ?commercial)"
    rb"|(?:non ?profit|not for profit) (?:and |or )?(?:academic|research|educational)"
    rb"|(?:only|free|free of charge) (?:for|to) academic|academic (?:and|or) (?:\w++ ){0,2}?(?:users|researchers) only"
    rb"|(?:not|never|forbidden|prohibited) (?:\w++ ){0,2}?(?:used? )?(?:it )?(?:for|in) (?:any )?commercial (?:use|purposes?"
    rb"|products?|appl)"
    rb"|scientific research purposes? only|(?:internal|own) research (?:use|purposes?) only"
)
_FREE = regex(
    rb"commercial (?:and|or|as well as|and or|purposes or|use or|use and|academic)? ?(?:for )?$|commercial (?:\w++ )?(?:and|or) $"
)
_SAID = regex(rb"(?:developed|designed|intended|meant|built|created|written|validated) (?:\w++ ){0,3}?for (?:\w++ ){0,2}$")
_CLINICAL = regex(rb" (?:\w++ ){0,12}?(?:clinical|diagnos\w++|medical)")
_ANCHORS = (b"noncommercial", b"non commercial", b"commercial use", b"academic", b"research", b"for commercial", b"in commercial")


def closer(name: str, body: bytes) -> str:
    """Return the id of a text by the name of its row and what follows its first words."""
    members = _MEMBERS.get(name)
    if members is None:
        return NAMES.get(name, name)
    return next(member for words, member in members if words in body) if len(body) > _STUB else _SHORT[name]


def creative(text: bytes) -> Iterator[tuple[int, int, str]]:
    """Find licences of Creative Commons."""
    for start in (*places(text, b"attribution"), *places(text, b"cc by")):
        match = _CREATIVE.match(text, start)
        if match:
            said = match[1].replace(b" ", b"")
            parts = ["CC-BY"]
            if b"nc" in said or b"noncommercial" in said:
                parts.append("NC")
            if b"nd" in said or b"noderiv" in said:
                parts.append("ND")
            elif b"sa" in said or b"sharealike" in said:
                parts.append("SA")
            yield start, match.end(), f"{'-'.join(parts)}-{match[2].decode()}.{match[3].decode()}"


def restricted(text: bytes) -> Iterator[tuple[int, int]]:
    """Find words that restrict the use to what is not commercial."""
    for word in _ANCHORS:
        for at in places(text, word):
            match = _RESTRICTS.search(text, max(0, at - 60), at + 100)
            if match and not _FREE.search(text, max(0, match.start() - 30), match.start()) and not _disclaimed(text, match):
                yield match.start(), match.end()


def _disclaimed(text: bytes, match: re.Match[bytes]) -> bool:
    """Tell whether words are no term: "for research use only" of makers of no medical device, of an article that is cited."""
    if b"article is copyright" in text[max(0, match.start() - 60) : match.start()]:  # in the README of the IJG's libjpeg
        return True
    if not match[0].startswith(b"research ") or not match[0].endswith(b" only"):
        return False
    before = _SAID.search(text, max(0, match.start() - 60), match.start())
    return before is not None and _CLINICAL.match(text, match.end()) is not None


def places(text: bytes, words: bytes) -> Iterator[int]:
    """Return where words stand, beginning a word, up to a hundred times."""
    at = text.find(words)
    for _ in range(100):
        if at < 0:
            return
        if at == 0 or text[at - 1] in b" \x01":
            yield at
        at = text.find(words, at + len(words))
