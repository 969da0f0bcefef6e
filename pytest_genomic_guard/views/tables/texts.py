"""Which tables a text holds: decided by its content, never by its name alone."""

from __future__ import annotations

import re

from pytest_genomic_guard.views.tables import delimited, fixed
from pytest_genomic_guard.views.tables.table import Page

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.tables.table import DataTable

    Trail = tuple[str, ...]

_BLANK = re.compile(rb"^[ \t\r]*(?:```[^\n]*)?$|\Z", re.MULTILINE)
_DIGIT = re.compile(rb"\d")
_MARKUP = re.compile(rb"<(?:table|tr)\b", re.IGNORECASE)


def read(text: bytes, artifact: Artifact, trail: Trail, name: bytes) -> Iterator[DataTable]:
    """Yield the tables of a text."""
    text = text.removeprefix(b"\xef\xbb\xbf")
    if b"\r" in text and b"\n" not in text:
        text = text.replace(b"\r", b"\n")
    if text.lstrip()[:1] in {b"{", b"["} or name.endswith((b".json", b".ndjson", b".jsonl")):
        from pytest_genomic_guard.views.tables import records  # noqa: PLC0415 - for JSON only

        found = records.find(text, artifact, trail)
        if found is not None:
            yield from found
            return
    page = Page(text, artifact, trail)
    leave_out = b""
    if _MARKUP.search(text) or b"-|" in text or b"|-" in text or b"|:" in text or b"-+-" in text or b"| -" in text:
        from pytest_genomic_guard.views.tables import markup  # noqa: PLC0415 - for what looks like it only

        for table in (*markup.html(page), *markup.markdown(page)):
            leave_out = b"|"
            yield table
    whole = delimited.find(page, (0, len(text)), leave_out)
    if whole:
        yield whole
        return
    from pytest_genomic_guard.views.tables import literals, sql  # noqa: PLC0415 - after the cheaper one

    told = [*sql.find(text, artifact, trail), *literals.find(page)]
    yield from told or _parts(page, leave_out)


def _parts(page: Page, leave_out: bytes) -> Iterator[DataTable]:
    """Yield the table that a text of blanks is, or else those that the parts between blank lines are."""
    text = page.data
    whole = None if leave_out else fixed.find(page, (0, len(text)))
    if whole:
        yield whole
        return
    start = 0
    for blank in _BLANK.finditer(text):
        span = start, blank.start()
        start = blank.end() + 1
        if span[1] - span[0] > 3 and (span[0] or span[1] < len(text)) and _promising(text, span):
            table = delimited.find(page, span, leave_out) or fixed.find(page, span)
            if table:
                yield table


def _promising(text: bytes, span: tuple[int, int]) -> bool:
    """Tell by its last two lines whether a part can be a table: most parts of a long text are prose, and are not tried."""
    last = text.rfind(b"\n", span[0], span[1] - 1)
    before = text.rfind(b"\n", span[0], max(span[0], last))
    if min(last, before) < 0 or not _DIGIT.search(text, before, span[1]):
        return False
    one, two = text[before + 1 : last], text[last + 1 : span[1]]
    if any(sign in one and sign in two and one.count(sign) == two.count(sign) for sign in delimited.DELIMITERS) or b'"' in one:
        return True
    return len(one.split()) == len(two.split()) or (b"  " in one and b"  " in two)
