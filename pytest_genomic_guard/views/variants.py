"""Variant calls as VCF writes them, and where they stand in a text that as a whole is something else (VCFv4.3, section 1).

The question is always the same: are there columns for people? A file with eight columns lists sites; whatever stands after
FORMAT belongs to somebody. `callset` reads files that are calls, `rows` knows their lines.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Location, Rule, View
from pytest_genomic_guard.views import origin
from pytest_genomic_guard.views.bounds import NAMES
from pytest_genomic_guard.views.frames import NOT_NAMES, SPLIT, TABLE, line_end, tables
from pytest_genomic_guard.views.rows import ALTERNATES, COLUMNS, FIXED, fields, people

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from pytest_genomic_guard.views.genomic.seen import Species
    from pytest_genomic_guard.views.text import Segment, Text

    # file: the artifact is a call set; output: a saved output shows calls; quoted: calls stand in other text
    Setting = Literal["file", "output", "quoted"]

_SEPARATOR = rb"[" + SPLIT + rb"]"
_GAP = _SEPARATOR + rb"{1,80}+"
# between bars, as Markdown writes cells, a phased call cannot be told from two cells
_DIPLOID = rb"(?:\d{1,3}|\.)(?:/|(?<!\|[\d.])(?<!\|\d\d)\|)(?:\d{1,3}|\.)"
_KEYS = rb"(?::[A-Za-z]\w{0,19}){0,40}"

HEADER_LINE = Rule(
    name="vcf-columns",
    anchors=(b"#CHROM",),
    pattern=COLUMNS + rb"(?:[\t ]+[^\s]+){3}[\t ]+FORMAT[\t ]+[^\s\\]+",
)
GENOTYPES = Rule(  # diploid calls after their FORMAT, whatever separates the columns
    name="vcf-genotypes",
    anchors=(b"GT\t", b"GT ", b"GT,", b'GT"', b"GT'", b"GT:", b"GT|", b"GT;", b"GT\xe2"),
    pattern=rb"(?<=" + _SEPARATOR + rb")GT" + _KEYS + _GAP + _DIPLOID + rb"(?![\w./|])",
)
ROW = Rule(  # where a line between tabs may be a row of calls, likelihoods or dosages of any ploidy
    name="vcf-row",
    anchors=tuple(before + key for before in (b"\t", b":") for key in (b"GT", b"DS", b"GP", b"GL", b"PL", b"HDS")),
    pattern=rb"[\t:][A-Z]{2,3}" + _KEYS + rb" ?\t[\d.]",
)
RULES = (HEADER_LINE, GENOTYPES, ROW, TABLE)

_CELL = regex(rb"(?<=" + _SEPARATOR + rb")" + _DIPLOID + rb"(?=[:\s" + SPLIT + rb"\])]|$)")
_ID = rb"[^\s" + SPLIT + rb"]{1,200}+"
# position, id or not, reference and alternate allele, anything: what stands in a row before its FORMAT
_BEFORE = regex(
    rb"(?:^|" + _SEPARATOR + rb")\d{1,10}+" + _GAP + rb"(?:" + _ID + rb"(?:;" + _ID + rb"){0,8}" + _GAP + rb")?"
    rb"[ACGTNacgtn*]++(?:\.\.\.)?" + _GAP + rb"(?:" + ALTERNATES + rb")" + _SEPARATOR
)  # fmt: skip
_WORD = regex(rb"[^\s" + SPLIT + rb"]+")
_LETTER = regex(rb"[0-9A-Za-z]")  # none: a blank line, the rule under column names, or dots for rows left out
_MARGIN = regex(rb"[\s>*#/+|'\"\[(-]*")  # what quotes, comments and lists put before a line
_MARGINS = b" \t>*#/+|'\"[("
_FORMAT = regex(rb"(?<=" + _SEPARATOR + rb")(?:GT|DS|GP|GL|PL|HDS)(?=" + _SEPARATOR + rb"|:)")  # what follows is of people
_NO_TEXT = regex(rb"[\0-\x08\x0e-\x1f]")
_DECLARED = regex(rb"(?:\xef\xbb\xbf)?\s{0,99}##fileformat=VCF")  # a VCF whose column line is damaged
_FENCE = (b"```", b"~~~")
_NEAR = 64 << 10
_CERTAIN = 30  # rows from which even source code says more of people than of itself
_ENDS = "py r rmd qmd md rst js ts java c cc cpp h hpp go rs pl pm sh jl rb scala groovy nf smk wdl cwl tex yml yaml"
_SOURCE = tuple(b"." + end.encode() for end in _ENDS.split())
_HEADER, _ROWS = 1 << 20, 500  # bytes of comments and rows that are asked for a species


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
    inside: bool = False  # people have no columns; calls stand in INFO
    blocks: bool = False  # a gVCF: rows for stretches without variants too
    species: Species = ""  # by its contigs
    source: str = ""  # the simulator that its header names

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
            if segment.context == "markup":
                continue
            found = seen.get(segment.start) or seen.setdefault(segment.start, _Quotation(text, segment))
            found.hits[rule.name].append(start)
    for _start, quotation in sorted(seen.items()):
        view = quotation.view()
        if view:
            yield view


class _Quotation:
    """What stands in one segment: column lines, rows, printed tables. No byte is looked at for every hit."""

    def __init__(self, text: Text, segment: Segment) -> None:
        self._text, self._segment = text, segment
        self.hits: dict[str, list[int]] = {rule.name: [] for rule in RULES}
        self._rows: dict[int, int] = {}  # where a row begins, and its length
        self._names: list[bytes] = []
        self._samples = 0
        self._first: int | None = None  # the first column line that counts
        self._heads = 0  # bytes of meta-information and column lines
        self._strict = False

    def view(self) -> VariantCalls | None:
        """Return the calls, or None where there are none, or only a column line in what is neither output nor mostly a VCF."""
        data = self._text.data
        self._headers()
        self._full_rows()
        self._samples = max(self._samples, self._genotypes())
        for table in tables(data, self.hits[TABLE.name], self._text.end(self._segment)):
            self._samples = max(self._samples, table.samples)
            self._names += table.names
            for at in table.rows:
                self._rows.setdefault(at, line_end(data, at) - at)
        output = self._segment.context == "output"
        header, rows = self._origin()
        mostly = self._mostly() and "pdf" not in self._segment.trail  # of a page, the half may be an example
        if not self._rows and not (self._names and (output or mostly)):
            return None
        return VariantCalls(
            artifact=self._text.artifact,
            trail=self._segment.trail,
            format="VCF",
            setting="output" if output else "file" if mostly else "quoted",
            samples=self._samples,
            at=self._text.locate(min(self._rows) if self._first is None else self._first),
            names=tuple(self._names[:NAMES]),
            rows=self._sites(),
            blocks=origin.has_blocks(rows),
            species=origin.species(header, rows),
            source=origin.simulator(header),
        )

    def _sites(self) -> int:
        """Return how many rows are of different sites: tests of a program expect the same few over and over."""
        data = self._text.data
        return len(
            {_FORMAT.split(data[at : at + min(length, _NEAR)].lstrip(_MARGINS), maxsplit=1)[0] for at, length in self._rows.items()}
        )

    def _origin(self) -> tuple[bytes, list[bytes]]:
        """Return the comments above the first column line, and the first rows."""
        data, end = self._text.data, self._segment.start if self._first is None else self._first
        rows = [data[at : at + length] for at, length in sorted(self._rows.items())[:_ROWS]]
        return data[max(self._segment.start, end - _HEADER) : end], rows

    def _mostly(self) -> bool:
        """Tell whether the artifact is a VCF with something around it, rather than a text that quotes one."""
        if self._segment.context not in {"file", "binary"}:
            return False
        start, end = self._segment.start, self._text.end(self._segment)
        if self._segment.line == 1 and _DECLARED.match(self._text.data, start):
            return True
        if self._sites() < _CERTAIN and self._text.artifact.path.lower().endswith(_SOURCE):
            return False  # a test, or a guide, of which the example is the longest part
        enough = self._strict or self._heads or len(self._rows) > 2
        return bool(enough) and (self._heads + sum(self._rows.values())) * 2 >= end - start

    def _headers(self) -> None:
        """Take the column lines: a line between tabs, or one between blanks with a row under it that has a field for each."""
        data, done = self._text.data, self._segment.start
        for start in self.hits[HEADER_LINE.name]:
            begin = data.rfind(b"\n", max(done, start - _NEAR), start) + 1 or max(done, start - _NEAR)
            end = line_end(data, start)
            quote = data[start - 1 : start] if start else b""
            if quote in {b"'", b'"'}:  # a list of lines on one line
                end = max(data.find(quote, start, end), 0) or end
            if self._segment.context == "binary" and (stop := _NO_TEXT.search(data, start, end)):
                end = stop.start()  # strings that follow each other with lengths between them, and no line feed
            columns = fields(data[start:end])
            if start < done or not (_MARGIN.fullmatch(data, begin, start) or b"\t" in data[start:end]):
                continue
            below = fields(data[end + 1 : line_end(data, end + 1)])
            if b"\t" not in data[start:end] and not 0 <= len(below) - len(columns) <= 1:  # a printed row has a label
                continue
            names = [name for name in columns[FIXED:] if name not in NOT_NAMES]
            self._first = start if self._first is None else self._first
            self._names += names
            self._samples = max(self._samples, len(names))
            self._heads += self._block(begin, done, end) if begin == start else 0
            done = end

    def _block(self, begin: int, least: int, end: int) -> int:
        """Return the length of a column line with the comments above it; 0 when they are fenced, as Markdown quotes a text."""
        data = self._text.data
        while begin > least:
            above = data.rfind(b"\n", least, begin - 1) + 1 or least
            if data[above : above + 1] != b"#":
                return 0 if data.startswith(_FENCE, above) else end - begin
            begin = above
        return end - begin

    def _full_rows(self) -> None:
        """Keep the lines that are rows by the grammar of the format."""
        data, end = self._text.data, -1
        for start in self.hits[ROW.name]:
            if start < end:
                continue
            least = max(end, start - _NEAR, self._segment.start)
            at = data.rfind(b"\n", least, start) + 1 or least
            end = line_end(data, start)
            samples = people(data[at:end])
            if samples:
                self._strict = True
                self._rows[at] = end - at
                self._samples = max(self._samples, samples)

    def _genotypes(self) -> int:
        """Keep the rows among the hits, and return the greatest number of calls in one of them."""
        data, hits = self._text.data, self.hits[GENOTYPES.name]
        most = end = 0
        is_row = in_table = False
        for start, after in zip(hits, [*hits, len(data)][1:], strict=True):
            if start >= end:
                least = max(end, start - _NEAR, self._segment.start)
                at = data.rfind(b"\n", least, start) + 1 or least
                in_table = (is_row and at - end < _NEAR and not _LETTER.search(data, end, at)) or self._under_format(at, start)
                end = line_end(data, start)
            is_row = in_table or _BEFORE.search(data, at, start) is not None
            if is_row:
                self._rows.setdefault(at, min(after, end) - at)
                most = max(most, sum(1 for _call in _CELL.finditer(data, start, min(after, end))))
            at = start  # what comes before this hit is no part of a further row in the same line
        return most

    def _under_format(self, at: int, start: int) -> bool:
        """Tell whether the line above, but for rules and blank lines, has FORMAT over what is at `start`; rows may have labels."""
        data, least = self._text.data, max(self._segment.start, at - _NEAR)
        place = len(_WORD.findall(data, at, start))
        for _line in range(4):
            stop = at - 1
            if stop <= least:
                return False
            at = data.rfind(b"\n", least, stop) + 1 or least
            if _LETTER.search(data, at, stop):
                words = _WORD.findall(data, at, stop)
                return b"FORMAT" in words and 0 <= place - words.index(b"FORMAT") <= 2
        return False
