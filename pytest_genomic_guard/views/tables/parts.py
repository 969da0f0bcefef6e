"""The parts of a text between blank lines, of which few can be a table: the last two lines of most tell that they are none."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.tables import lists, printed
from pytest_genomic_guard.views.tables.delimited import DELIMITERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Part = tuple[int, int, str, bool]  # from where to where, the readers that can know it, and whether it may be printed

_PROMPT = rb"(?:\$|>>>|%|[\w.-]{1,40}+@[\w.-]{1,40}[: ][^\n$#]{0,80}[$#]) [^\n]*+"  # a command in what a terminal showed
_LINE = rb"(?:" + _PROMPT + rb"|[ \t\r]*+(?:```[^\n]*+)?+)"
_LINES = rb"(?:" + _LINE + rb"(?:\n|\Z))++"
_BLANK = regex(rb"\n" + _LINES)
# The same, or the beginning of a line as a printed table has it: what stands above a part's first line is never the second
_SHOWN = regex(rb"\n(?:" + _LINES + rb"|(" + printed.LABEL + rb"))")
_TOP = regex(rb"(?:" + _LINE + rb"\n)*+")
_DIGIT = regex(rb"\d")
_NO_SIGNS = bytes(set(range(256)) - set(b"".join(DELIMITERS)))


def find(text: bytes, *, labels: bool) -> Iterator[Part]:
    """Yield the parts that a reader may know; with `labels`, those too in which a line below the first begins with one."""
    top = _TOP.match(text)
    start = top.end() if top else 0
    shown = False
    for found in (_SHOWN if labels else _BLANK).finditer(text):
        end, after = found.span()
        if found.lastindex:
            shown = shown or end >= start
            continue
        if end - start > 3 and ((ways := _ways(text, start, end)) or shown):
            yield start, end, ways, shown
        start, shown = after, False
    if len(text) - start > 3 and ((ways := _ways(text, start, len(text)) if start else "") or shown):
        yield start, len(text), ways, shown


def _ways(text: bytes, start: int, end: int) -> str:
    """Return the readers that can know a part, by its last two lines: most parts of a long text are prose."""
    last = text.rfind(b"\n", start, end - 1)
    before = text.rfind(b"\n", start, last) if last > start else -1
    if before < 0 or not _DIGIT.search(text, before, end):
        return ""
    one, two = text[before + 1 : last], text[last + 1 : end]
    signs = one.translate(None, _NO_SIGNS)
    ways = "d" if b'"' in one or any(signs.count(sign) == two.count(sign) for sign in set(signs)) else ""
    words = len(two.split())
    if (words > 1 and len(one.split()) == words) or (b"  " in one.strip() and b"  " in two.strip()):
        ways += "f"
    return ways + ("l" if words == 1 and text.count(b"\n", start, end) >= lists.FEWEST - 1 else "")
