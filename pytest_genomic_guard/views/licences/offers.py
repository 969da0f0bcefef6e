"""A text that offers several licences to choose from, and names them in a list: "any of the following licences", "tri-licensed"."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SETTLES = regex(
    rb"(?:dual|tri|tripl[ey]|multi)(?:ly)? ?licens|(?:any|one|either) (?:one )?of"
    rb" (?:the |these |following |two |three |four |several ){1,4}(?:\w++ )?licenses|choice of (?:the |one of the )?licen"
    rb"|choose (?:one|any|either|between|which)|pick (?:one|any|either)|discretion of the user"
)
_LIST = 700  # bytes that such a list can have
_ENDS = regex(
    rb"third part|bundle|incorporat|(?:includes|contains|portions|parts of)\b|(?:commercial|proprietary) (?:licens|terms"
    rb"|agreement|options?)|not required"
)
_OTHERS = regex(rb"third part|3rd party|bundle|vendored|incorporat")
# Of each family: words that name it, and which one it is where no mark says more.
_FAMILIES = (
    (regex(rb"\bmit (?:license|or\b|and\b|\d|x11|apache|gpl|bsd)|(?:the|or|and|under) mit\b"), "MIT"),
    (regex(rb"\bbsd\b"), "BSD-3-Clause"),
    (regex(rb"\bapache (?:license|software|2|v2|or\b)"), "Apache-2.0"),
    (regex(rb"\bmozilla public|\bmpl\b"), "MPL-2.0"),
    (regex(rb"\beclipse public|\bepl\b"), "EPL-2.0"),
    (regex(rb"\bartistic license"), "Artistic-2.0"),
    (regex(rb"\bisc license"), "ISC"),
    (regex(rb"(?:lesser|library) (?:gnu )?(?:general )?public license|\blgpl"), "LGPL-2.1-or-later"),
    (regex(rb"affero (?:gnu )?(?:general )?public license|\bagpl"), "AGPL-3.0-or-later"),
    (regex(rb"(?<!lesser )(?<!library )(?<!affero )general public license|\bgpl"), "GPL-2.0-or-later"),
)


def named(head: bytes, marks: Sequence[tuple[int, int, str, bool, bool]]) -> list[str]:
    """Return the licences that the head of a plain text offers by name, one a family; none where it offers none."""
    said = SETTLES.search(head)
    if not said or _OTHERS.search(head, 0, said.start()) or any(told and start < said.start() for start, _, _, told, _ in marks):
        return []  # what stands behind a text of its own, or a word on others, is said of something within
    ends = _ENDS.search(head, said.end(), said.end() + _LIST)
    until = ends.start() if ends else said.end() + _LIST
    if ends and ends[0].startswith((b"commercial", b"proprietary")):
        return []  # free terms beside those that are sold: the free ones hold
    found: dict[str, str] = {}
    for start, _, name, _, _ in marks:
        if said.start() <= start < until and name.partition("-")[0] in _KNOWN:
            found.setdefault(name.partition("-")[0], name)
    for pattern, name in _FAMILIES:
        if pattern.search(head, said.start(), until):
            found.setdefault(name.partition("-")[0], name)
    return list(found.values())


_KNOWN = frozenset(name.partition("-")[0] for _, name in _FAMILIES)
