"""Notices of GNU licences: what grants one, and what merely speaks of one."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

BODY = b"everyone is permitted to copy and distribute verbatim copies"  # how every GNU text goes on after its title

_WORDS = b"public license"
_SAID = b"gnu|affero|lesser|library|general"  # before them, in whatever order they are written
_KIND = regex(rb"\b(?:%b)(?: (?:or )?(?:%b)){0,5} $" % (_SAID, _SAID))
_SHORTLY = regex(rb"([al]?)gpl(?: ?v| version)? ?(?:(\d)(?: (\d))?)?(?![a-z\d])")
_GRANT = regex(
    rb"\b(?:under|covered by|subject to|licensed|license|licensed as|is|are) (?:the )?"
    rb"(?:terms (?:and conditions )?(?:and restrictions )?of )?(?:either )?(?:the )?(?:license )?(?:version \d (?:\d )?of )?"
    rb"(?:the )?(?:gnu )?$"
)
_BEFORE = regex(rb"version (\d)(?: (\d))? of (?:the )?(?:gnu )?$")
_AFTER = regex(rb"^(?: [a-z]+){0,10}? (?:v |version |v)(\d)(?: (\d))?\b|^ (\d)(?: (\d))?\b")
_LATER = regex(rb"any later version|or later|or newer|or any later|\d \d? ?plus")
_NONE = regex(
    rb"compatible|friendly|not (?:under|licensed|covered|gpl)|instead of|rather than|unlike|other than|avoid|incompatib|except for"
    rb"|\bfaq\b|gplwrapper|\bcan be (?:combined|included|linked)"
    rb"|\bordinary\b|(?:previously|formerly|originally) (?:\w++ )?under|software that is licensed under|relicensed|examples? of"
)
_OTHER = regex(
    rb"mutually exclusive|\beither (?!version)|alternatively|dual(?:ly)? licens|your choice|choice of (?:the )?licen| ftl or "
    rb"|at your option (?!any)"
    rb"|(?:mit|bsd|apache(?: 2 0)?|license|lgpl|mpl) or (?:under )?(?:the )?(?:terms of )?(?:the )?(?:gnu )?(?:lesser )?$"
)
_COPY = regex(rb"(?:see|copy of|copies of) (?:the )?$")
_SHORT = 1500  # bytes of a plain text in which every mention is taken for a grant
_MOST = 100  # mentions that are looked at: a text that speaks of it more often says nothing new


def notices(text: bytes) -> Iterator[tuple[int, int, str, bool, bool]]:
    """Find the notices of a plain text that put a work under a GNU licence, and whether it is offered beside others."""
    found = [*_spelt(text), *_shortened(text)]
    pointed = [_COPY.search(text, max(0, start - 40), start) is not None for start, *_ in found]
    for (start, end, kind, numbers), copy in zip(found, pointed, strict=True):
        if (
            copy
            and kind == "GPL"
            and any(not each and one[2] in ("LGPL", "AGPL") for one, each in zip(found, pointed, strict=True))
        ):
            continue  # "see the GNU General Public License for more details" ends a notice of the Lesser GPL, too
        before, after = text[max(0, start - 200) : start], text[end : end + 160]
        if _NONE.search(before[-70:]) or _NONE.search(after[:40]):
            continue
        if len(text) > _SHORT and not _GRANT.search(before):
            continue
        yield start, end, _named(kind, numbers, before, after), False, bool(_OTHER.search(before))


def _spelt(text: bytes) -> Iterator[tuple[int, int, str, tuple[bytes, bytes]]]:
    """Find the name in full."""
    at = text.find(_WORDS)
    for _ in range(_MOST):
        if at < 0:
            return
        found = _KIND.search(text, max(0, at - 60), at)
        said = found[0] if found else b""
        if found and said != b"library ":
            kind = "AGPL" if b"affero" in said else "LGPL" if b"lesser" in said or b"library" in said else "GPL"
            yield found.start(), at + len(_WORDS), kind, (b"", b"")
        at = text.find(_WORDS, at + len(_WORDS))


def _shortened(text: bytes) -> Iterator[tuple[int, int, str, tuple[bytes, bytes]]]:
    """Find the abbreviation; without a version only in a short text."""
    at = text.find(b"gpl")
    for _ in range(_MOST):
        if at < 0:
            return
        start = at - 1 if at and text[at - 1] in b"al" else at
        match = _SHORTLY.match(text, start) if start == 0 or text[start - 1] in b" \x01" else None
        if match and (match[2] or len(text) <= _SHORT):
            kind = {b"a": "AGPL", b"l": "LGPL"}.get(match[1], "AGPL" if text[max(0, start - 7) : start] == b"affero " else "GPL")
            yield start, match.end(), kind, (match[2] or b"", match[3] or b"")
        at = text.find(b"gpl", at + 3)


def _named(kind: str, numbers: tuple[bytes, bytes], before: bytes, after: bytes) -> str:
    """Return the id that a notice names."""
    major, minor = numbers
    if not major:
        found = _BEFORE.search(before) or _AFTER.search(after)
        if found:
            major, minor = found[1] or found[found.re.groups - 1] or b"", found[2] or found[found.re.groups] or b""
    number = major.decode()
    known = number in {"AGPL": ("1", "3"), "LGPL": ("2", "3"), "GPL": ("1", "2", "3")}[kind]
    later = "or-later" if not known or _LATER.search(after[:140]) else "only"
    number = number if known else {"AGPL": "3", "LGPL": "2"}.get(kind, "1")
    return f"{kind}-{number}.{'1' if kind == 'LGPL' and number == '2' and minor == b'1' else '0'}-{later}"
