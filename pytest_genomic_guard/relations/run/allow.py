"""Comments that allow a finding on their line: ``genomic-guard: allow[CODE] reason`` after a comment sign.

Those of detect-secrets (``pragma: allowlist secret``, and ``nextline``; detect_secrets/filters/allowlist.py, 1.5.0) and of gitleaks
(``gitleaks:allow``; README, 8.30) allow credentials, so that a repository that has them need not write them anew.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.policy import FOREIGN
from pytest_genomic_guard.relations.run.facts import AllowComment, AllowVoid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from pytest_genomic_guard.model import Finding
    from pytest_genomic_guard.views.text import Text

_ANCHOR = b"genomic-guard: allow["
_PRAGMAS = tuple(b"pragma:" + blank + word for blank in (b"", b" ") for word in (b"allowlist", b"whitelist"))
_GITLEAKS = b"gitleaks:allow"
_PRAGMA = rb"pragma: ?(?:allowlist([ -]nextline)?|whitelist)[ -]secret\b"
ALLOW = Rule(
    name="allow-comment",
    anchors=(_ANCHOR, *_PRAGMAS, _GITLEAKS),
    pattern=rb"genomic-guard: allow\[|gitleaks:allow\b|" + _PRAGMA,
)
_LONGEST = 512
# Patterns are compiled where the anchor stands, which is in hardly any file.
# The sign of a comment; one right after a quotation mark is text about such a comment, as in a manual or a test.
_SIGN = rb"(?:\A|[^`'\"\\])(?:\#|//|--|%|;|/\*|<!--)[ \t]*\Z"
_REST = rb"([^\]\r\n]{0,200})\][ \t]*([^\r\n]*)"
_CODE = r"[A-Z]{3,4}[0-9]{3}"
_END = rb"[ \t]*(?:\*/|-->)[ \t]*\Z"
_LETTER = rb"[^\W\d_]|[\x80-\xff]"


def comments(text: Text) -> Iterator[AllowComment]:
    """Yield what the comments of source allow: of a file as it lies there, and of the cells of a notebook; not of outputs."""
    for at, _end in text.matches(ALLOW):
        segment = text.segment(at)
        source = segment.context in {"source", "prose"} or (segment.context == "file" and not segment.trail)
        start = max(text.data.rfind(b"\n", max(0, at - _LONGEST), at) + 1, segment.start, at - _LONGEST)
        if not text.data.startswith(_ANCHOR, at):
            if source and re.search(_SIGN, text.data[start:at]):
                yield from _foreign(text, at, text.data[start:at])
            continue
        found = re.match(_REST, text.data[at + len(_ANCHOR) : min(text.end(segment), at + 2 * _LONGEST)])
        if source and found and re.search(_SIGN, text.data[start:at]):
            reason = re.sub(_END, b"", found[2])
            for code in found[1].decode("utf-8", "replace").split(","):
                known = re.fullmatch(_CODE, code.strip())
                yield AllowComment(
                    at=text.locate(at), code=known[0] if known else "", reasoned=re.search(_LETTER, reason) is not None
                )


def _foreign(text: Text, at: int, before: bytes) -> Iterator[AllowComment]:
    """Yield what a comment of another tool allows; one for the next line stands alone on its own, as there."""
    place = text.locate(at)
    found = re.match(_PRAGMA, text.data[at : at + _LONGEST])
    if found and found[1]:
        if re.search(rb"\w", before) or place.line is None:
            return
        place = place.replace(line=place.line + 1)
    yield AllowComment(at=place, code=FOREIGN, reasoned=True, foreign=True)


class Allowances:
    """The comments of a run, and which of them excused something."""

    def __init__(self, found: Iterable[AllowComment]) -> None:
        """Take all comments."""
        self._comments = list(found)
        self._by_place: dict[tuple[bytes, tuple[str, ...], int | None, str], list[AllowComment]] = {}
        for comment in self._comments:
            if comment.reasoned:
                at = comment.at
                self._by_place.setdefault((at.path, at.trail, at.line, comment.code), []).append(comment)
        self._used: set[AllowComment] = set()

    def cover(self, finding: Finding) -> bool:
        """Tell whether a comment stands on a line of the finding and names its code; it counts as used then."""
        at = finding.location
        if not self._by_place or at.line is None:
            return False
        lines = range(at.line, (at.end or at.line) + 1)
        codes = (finding.code, FOREIGN) if finding.code.startswith(FOREIGN) else (finding.code,)
        used = [each for line in lines for code in codes for each in self._by_place.get((at.path, at.trail, line, code), ())]
        self._used.update(used)
        return bool(used)

    def void(self, known: Collection[str], chosen: Collection[str], takes: Callable[[str], bool]) -> Iterator[AllowVoid]:
        """Yield the comments that allow nothing; of codes that do not run nothing is known."""
        for comment in self._comments:
            if comment.foreign:
                continue
            if comment.code not in known:
                yield AllowVoid(at=comment.at, why="unknown")
            elif not takes(comment.code):
                yield AllowVoid(at=comment.at, why="refused")
            elif not comment.reasoned:
                yield AllowVoid(at=comment.at, why="unreasoned")
            elif comment.code in chosen and comment not in self._used:
                yield AllowVoid(at=comment.at, why="unused")
