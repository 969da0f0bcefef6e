"""People in messages and exports whose fields have codes or are asked as questions: read by `listing`, judged as tables are.

Unlike what people list (`listed`), these have a form of their own, so that they are read in JSON, XML, programs and binary data.
"""

from __future__ import annotations

import re
from itertools import accumulate

from pytest_genomic_guard.views.health import codedhints, declared, listed, tables, words
from pytest_genomic_guard.views.health.listing import answers, coded, listings
from pytest_genomic_guard.views.tables.table import DataTable, Page, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.model import Rule
    from pytest_genomic_guard.views.health.listing.listings import Listing
    from pytest_genomic_guard.views.text import Segment, Text

_BEFORE, _LONGEST = 8 << 10, 512 << 10  # bytes before a match that are read; of one reading
_SPOKEN = 2  # fields that speak of people
# A definition of a form, not what somebody answered; or a template of a message
_TEMPLATE = re.compile(r"\{\{|\{%|<xsl:|<%")
# LIS2-A2, field 12 of a header: T is training, D debugging, Q quality control
_TEST = re.compile(r"(?:^|\n|\r|\x02[0-7]?)H\|[^|\r\n]{1,4}(?:\|[^|\r\n]{0,80}){9}\|[TDQ](?:\||\s|\Z)")
_MADE_UP = b"# synthetic: generator=training mode of an analyser\n"


def tables_in(text: Text, known: Sequence[object]) -> Iterator[DataTable]:
    """Yield what messages and exports tell of people's health, unless the tables `known` of the same segment say it as well."""
    for rule in codedhints.RULES:
        done = 0
        for start, _end in text.matches(rule) if rule.name in text.hits else ():
            segment = text.segment(start)
            if start < done or segment.context == "markup":
                continue
            low = max(segment.start, done, text.data.rfind(b"\n", 0, max(segment.start, start - _BEFORE)) + 1)
            done = min(text.end(segment), low + _LONGEST)
            told = {
                found.what
                for each in known
                if isinstance(each, DataTable) and each.trail == segment.trail and (found := tables.of(each))
            }
            for table in _read(text, rule, segment, (low, done)):
                health = tables.of(table)
                if health and health.what not in told and listed.enough(health):
                    yield table


def _read(text: Text, rule: Rule, segment: Segment, span: tuple[int, int]) -> Iterator[DataTable]:
    raw = text.data[span[0] : span[1]]
    shown = raw.decode("utf-8", "replace").replace("\r\n", "\n")
    if rule is codedhints.QUESTION and b'\\"' in raw:
        shown = shown.replace('\\"', '"')
    if _TEMPLATE.search(shown):
        return
    reader = answers.read if rule is codedhints.QUESTION else coded.READERS[rule.name]
    above = text.locate(span[0]).line or 1
    begins = list(accumulate(map(len, raw.splitlines(keepends=True)), initial=span[0]))
    lead = declared.head(text, segment)
    if rule is codedhints.ANALYSER and _TEST.search(shown):
        lead = _MADE_UP
    page = Page(raw, text.artifact, segment.trail)
    for listing in listings.together(reader(shown)):
        at = begins[min(listing.rows[0][0], len(begins) - 1)]
        if text.begin <= at < text.owned and _speaks(listing):
            found = page.table("literal", listing.names, _Rows(listing, above))
            yield found.replace(claimed=True, around=raw[:_LONGEST], lead=lead)


def _speaks(listing: Listing) -> bool:
    found = [words.named(name) for name in listing.names]
    return sum(1 for each in found if each.identity or each.context or each.person) >= _SPOKEN


class _Rows(Source):
    """The records of a listing, each with its line in the file."""

    def __init__(self, listing: Listing, above: int) -> None:
        super().__init__(lambda: ((above + line, row) for line, row in listing.rows))
