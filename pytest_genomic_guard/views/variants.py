"""Variant calls as VCF writes them, and where they stand in a text that as a whole is something else (VCFv4.3, section 1).

The question is always the same: are there columns for people? A file with eight columns lists sites; whatever stands after
FORMAT belongs to somebody. `callset` reads files that are calls.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.model import Location, Rule, View
from pytest_genomic_guard.views.bounds import NAMES
from pytest_genomic_guard.views.frames import NOT_NAMES, SPLIT, TABLE, line_end, tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from pytest_genomic_guard.views.text import Segment, Text

    # file: the artifact is a call set; output: a saved output shows calls; quoted: calls stand in other text
    Setting = Literal["file", "output", "quoted"]

FIXED = 9  # CHROM POS ID REF ALT QUAL FILTER INFO FORMAT
COLUMNS = rb"#CHROM[\t ]+POS[\t ]+ID[\t ]+REF[\t ]+ALT(?![^\s])"
_ALLELE = rb"(?:[ACGTNacgtn.]*[\[\]][^\s,\[\]]{1,100}[\[\]][ACGTNacgtn.]*|<[^\s<>,]{1,100}>|[ACGTNacgtn*.]+)"
ALTERNATES = _ALLELE + rb"(?:," + _ALLELE + rb")*"

_SEPARATOR = rb"[" + SPLIT + rb"]"
_GAP = _SEPARATOR + rb"{1,80}+"
# between bars, as Markdown writes cells, a phased call cannot be told from two cells
_DIPLOID = rb"(?:\d{1,3}|\.)(?:/|(?<!\|[\d.])(?<!\|\d\d)\|)(?:\d{1,3}|\.)"

HEADER_LINE = Rule(
    name="vcf-columns",
    anchors=(b"#CHROM",),
    pattern=COLUMNS + rb"(?:[\t ]+[^\s]+){3}[\t ]+FORMAT[\t ]+[^\s\\]+",
)
GENOTYPES = Rule(
    name="vcf-genotypes",
    anchors=(b"GT\t", b"GT ", b"GT,", b'GT"', b"GT'", b"GT:", b"GT|"),
    pattern=rb"(?<=" + _SEPARATOR + rb")GT(?::[A-Za-z]\w{0,19}){0,40}" + _GAP + _DIPLOID + rb"(?![\w./|])",
)
RULES = (HEADER_LINE, GENOTYPES, TABLE)

_CELL = re.compile(rb"(?<=" + _SEPARATOR + rb")" + _DIPLOID + rb"(?=[:\s" + SPLIT + rb"\])]|$)")
_ID = rb"[^\s" + SPLIT + rb"]{1,200}+"
# position, id or not, reference and alternate allele, anything: what stands in a row before its FORMAT
_BEFORE = re.compile(
    rb"(?:^|" + _SEPARATOR + rb")\d{1,10}+" + _GAP + rb"(?:" + _ID + rb"(?:;" + _ID + rb"){0,8}" + _GAP + rb")?"
    rb"[ACGTNacgtn*]++(?:\.\.\.)?" + _GAP + ALTERNATES + _SEPARATOR
)  # fmt: skip
_FORMAT_COLUMN = re.compile(rb"(?<![^\s" + SPLIT + rb"])FORMAT(?![^\s" + SPLIT + rb"])")
_LETTER = re.compile(rb"[0-9A-Za-z]")  # none: a blank line, the rule under column names, or dots for rows left out
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}##fileformat=VCF")  # a VCF whose column line is damaged
_NEAR = 64 << 10


class VariantCalls(View):
    """Variant calls: the format, how many people have a column, and how many rows of genotypes were seen.

    `names` are the sample names, kept only to mask paths that repeat them.
    """

    format: Literal["VCF", "BCF"]
    setting: Setting
    samples: int
    at: Location
    names: tuple[bytes, ...] = ()
    rows: int = 0

    def locate(self, start: int = 0, end: int | None = None) -> Location:  # noqa: ARG002 - the contract of a view
        """Return the place of the column line, or of the first row."""
        return self.at

    def identifiers(self) -> Iterator[bytes]:
        """Yield the sample names."""
        return iter(self.names)


def quoted(text: Text) -> Iterator[VariantCalls]:
    """Yield the calls that stand in a text which as a whole is something else, one view for each segment."""
    seen: dict[int, _Quotation] = {}
    for rule in RULES:
        for start, _end in text.matches(rule):
            segment = text.segment(start)
            found = seen.get(segment.start) or seen.setdefault(segment.start, _Quotation(text, segment))
            found.hits[rule.name].append(start)
    for _start, quotation in sorted(seen.items()):
        view = quotation.view()
        if view:
            yield view


class _Quotation:
    """What stands in one segment: column lines, calls after their FORMAT, printed tables. No byte is looked at for every hit."""

    def __init__(self, text: Text, segment: Segment) -> None:
        self._text, self._segment = text, segment
        self.hits: dict[str, list[int]] = {rule.name: [] for rule in RULES}
        self._rows: dict[int, int] = {}  # where a row begins, and its length

    def view(self) -> VariantCalls | None:
        """Return the calls, or None where there are none, or only a column line in what is no output."""
        data = self._text.data
        headers = self.hits[HEADER_LINE.name]
        columns = fields(data[headers[0] : line_end(data, headers[0])]) if headers else []
        names = [name for name in columns[FIXED:] if name not in NOT_NAMES]
        samples = max(len(names), self._genotypes())
        for table in tables(data, self.hits[TABLE.name], self._text.end(self._segment)):
            samples = max(samples, table.samples)
            names += table.names
            for at in table.rows:
                self._rows.setdefault(at, line_end(data, at) - at)
        output = self._segment.context == "output"
        if not self._rows and not (output and names):
            return None
        mostly = self._segment.context in {"file", "binary"} and sum(self._rows.values()) * 2 >= len(data)
        mostly |= self._segment.context == "file" and self._segment.line == 1 and _DECLARED.match(data) is not None
        return VariantCalls(
            artifact=self._text.artifact,
            trail=self._segment.trail,
            format="VCF",
            setting="output" if output else "file" if mostly else "quoted",
            samples=samples,
            at=self._text.locate(headers[0] if headers else min(self._rows)),
            names=tuple(names[:NAMES]),
            rows=len(self._rows),
        )

    def _genotypes(self) -> int:
        """Keep the rows among the hits, and return the greatest number of calls in one of them."""
        data, hits = self._text.data, self.hits[GENOTYPES.name]
        most = end = 0
        is_row = in_table = False
        for start, after in zip(hits, [*hits, len(data)][1:], strict=True):
            if start >= end:
                least = max(end, start - _NEAR, self._segment.start)
                at = data.rfind(b"\n", least, start) + 1 or least
                in_table = (is_row and at - end < _NEAR and not _LETTER.search(data, end, at)) or self._under_format(at)
                end = line_end(data, start)
            is_row = in_table or _BEFORE.search(data, at, start) is not None
            if is_row:
                self._rows[at] = min(after, end) - at
                most = max(most, sum(1 for _call in _CELL.finditer(data, start, min(after, end))))
            at = start  # what comes before this hit is no part of a further row in the same line
        return most

    def _under_format(self, at: int) -> bool:
        """Tell whether the line above, but for rules and blank lines, has a column FORMAT."""
        data, least = self._text.data, max(self._segment.start, at - _NEAR)
        for _line in range(4):
            stop = at - 1
            if stop <= least:
                return False
            at = data.rfind(b"\n", least, stop) + 1 or least
            if _LETTER.search(data, at, stop):
                return _FORMAT_COLUMN.search(data, at, stop) is not None
        return False


def fields(line: bytes) -> list[bytes]:
    """Split a line at tabs, as the format wants, or at blanks where an editor has replaced the tabs."""
    line = line.lstrip(b" ").rstrip(b"\t \r\n\0")
    return line.split(b"\t") if b"\t" in line else line.split()
