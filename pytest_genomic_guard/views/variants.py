"""Variant calls as VCF writes them: whole files, BCF headers, and rows shown in other text (VCFv4.3, section 1).

The question is always the same: are there columns for people? A file with eight columns lists sites; whatever stands after
FORMAT belongs to somebody.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.model import Location, Rule, Unreadable, View
from pytest_genomic_guard.views.bounds import HEAD, HEADER, NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.streams import Peek
    from pytest_genomic_guard.views.text import Segment, Text

    # file: the artifact is a call set; output: a saved output shows calls; quoted: calls stand in other text
    Setting = Literal["file", "output", "quoted"]

FIXED = 9  # CHROM POS ID REF ALT QUAL FILTER INFO FORMAT
_BLANK_OR_MARK = b"\xef\xbb\xbf \t\r\n"
_COLUMNS = rb"#CHROM[\t ]+POS[\t ]+ID[\t ]+REF[\t ]+ALT(?![^\s])"
_CHROM_LINE = re.compile(rb"^[ ]*" + _COLUMNS, re.MULTILINE)
_ALLELES = rb"[ACGTNacgtn*]+"
_ALTERNATES = rb"(?:[ACGTNacgtn*.,]+|<[\w:*]+>[\w:*<>,]*|[\w\[\]:.,]+)"
_CALL = rb"[0-9.]{1,3}(?:[/|][0-9.]{1,3})*"
_ROW = re.compile(
    rb"[\w.:*-]{1,100}(?P<s>\t| +)\d{1,10}(?P=s)\S+(?P=s)" + _ALLELES + rb"(?P=s)" + _ALTERNATES
    + rb"(?P=s)[\d.eE+-]+(?P=s)[^\t\n]*?(?P=s)[^\t\n]*?(?P=s)(?P<format>[A-Za-z_][\w.]*(?::[A-Za-z_][\w.]*)*)(?P=s)"
    rb"(?P<cell>[^\t\n ]+)"
)  # fmt: skip
_SEPARATOR = rb"[\t ,;|\"']"

HEADER_LINE = Rule(
    name="vcf-columns",
    anchors=(b"#CHROM",),
    pattern=_COLUMNS + rb"(?:[\t ]+[^\s]+){3}[\t ]+FORMAT[\t ]+[^\s\\]+",
)
GENOTYPES = Rule(
    name="vcf-genotypes",
    anchors=tuple(before + b"GT" + after for before in (b"\t", b" ", b",", b'"') for after in (b"\t", b" ", b",", b'"', b":")),
    pattern=_SEPARATOR
    + rb"GT(?::[A-Za-z]\w{0,19}){0,40}"
    + _SEPARATOR
    + rb"{1,80}[0-9.]{1,3}[/|][0-9.]{1,3}(?![0-9./|])",
)
RULES = (HEADER_LINE, GENOTYPES)

_CELL = re.compile(_SEPARATOR + rb"([0-9.]{1,3}[/|][0-9.]{1,3})(?=[:\s,;|\"']|$)")
_BEFORE = re.compile(
    rb"(?:^|[\t ,;|\"'])\d{1,10}"
    + _SEPARATOR + rb"{1,80}(?:[^\s,;|]{1,200}" + _SEPARATOR + rb"{1,80})?"
    + _ALLELES + _SEPARATOR + rb"{1,80}" + _ALTERNATES + _SEPARATOR
)  # fmt: skip
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

    def locate(self, start: int = 0, end: int | None = None) -> Location:
        """Return the place of the column line, or of the first row."""
        return self.at

    def identifiers(self) -> Iterator[bytes]:
        """Yield the sample names."""
        return iter(self.names)


def whole(stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> VariantCalls | None:
    """Return the calls when the text in `stream` is a VCF, with or without its meta-information or its column line."""
    head = stream.peek(HEAD)
    begin = len(head) - len(head.lstrip(_BLANK_OR_MARK))
    if head.startswith(b"#", begin):
        head = _header(stream, head)
        found = _CHROM_LINE.search(head)
        if found is None or not _only_comments(head, begin, found.start()):
            return None
        line = head.count(b"\n", 0, found.start()) + 1
        return _columns(head, found.start(), artifact, trail, line)
    row = _ROW.match(head, begin)
    if row is None or not _plausible(row["format"], row["cell"]):
        return None
    end = head.find(b"\n", begin)
    fields = _fields(head[begin : len(head) if end < 0 else end])
    line = head.count(b"\n", 0, begin) + 1
    at = Location(path=artifact.path, trail=trail, line=line, column=1)
    return VariantCalls(
        artifact=artifact, trail=trail, format="VCF", setting="file", samples=max(1, len(fields) - FIXED), at=at, rows=1
    )


def bcf(stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> VariantCalls:
    """Return the calls of a BCF2 by the VCF header that it holds (VCFv4.3, 6.2). Raises `Unreadable`."""
    start = stream.peek(9)
    if len(start) < 9:
        raise Unreadable("truncated")
    length = int.from_bytes(start[5:9], "little")
    if length > HEADER:
        raise Unreadable("too-large")
    header = stream.peek(9 + length)[9 : 9 + length]
    if len(header) < length:
        raise Unreadable("truncated")
    found = _CHROM_LINE.search(header)
    if found is None:
        raise Unreadable("corrupt")
    view = _columns(header, found.start(), artifact, trail, header.count(b"\n", 0, found.start()) + 1)
    return view.replace(format="BCF")


def quoted(text: Text) -> Iterator[VariantCalls]:
    """Yield the calls that stand in a text which as a whole is something else, one view for each segment."""
    found: dict[int, list[tuple[int, int]]] = {}
    headers: dict[int, tuple[int, int]] = {}
    segments: dict[int, Segment] = {}
    for start, end in text.matches(HEADER_LINE):
        segment = text.segment(start)
        segments[segment.start] = segment
        headers.setdefault(segment.start, (start, end))
    for start, _end in text.matches(GENOTYPES):
        begin = text.data.rfind(b"\n", max(0, start - _NEAR), start) + 1
        if _BEFORE.search(text.data, begin, start + 1) or text.data.rfind(b"FORMAT", max(0, begin - _NEAR), begin) >= 0:
            segment = text.segment(start)
            segments[segment.start] = segment
            found.setdefault(segment.start, []).append((begin, start))
    for key, segment in sorted(segments.items()):
        rows = found.get(key, [])
        if rows or segment.context == "output":
            yield _quotation(text, segment, rows, headers.get(key))


def _quotation(text: Text, segment: Segment, rows: list[tuple[int, int]], header: tuple[int, int] | None) -> VariantCalls:
    names: tuple[bytes, ...] = ()
    if header:
        # a frame's column line may begin with the index; the rule's match begins at #CHROM
        line = text.data[header[0] : _line_end(text.data, header[0])]
        names = tuple(name for name in _fields(line)[FIXED:] if name)
    calls = 0
    size = 0
    for begin, start in rows:
        end = _line_end(text.data, start)
        size += end - begin
        calls = max(calls, sum(1 for _ in _CELL.finditer(text.data, start, end)))
    at = text.locate(header[0] if header else rows[0][0])
    mostly = segment.context in {"file", "binary"} and size * 2 >= len(text.data)
    setting: Setting = "output" if segment.context == "output" else "file" if mostly else "quoted"
    return VariantCalls(
        artifact=text.artifact,
        trail=segment.trail,
        format="VCF",
        setting=setting,
        samples=max(calls, len(names)),
        at=at,
        names=names[:NAMES],
        rows=len(rows),
    )


def _header(stream: Peek, head: bytes) -> bytes:
    """Look ahead until the column line is complete, the comments end, or the bound is reached."""
    size = len(head)
    while True:
        found = _CHROM_LINE.search(head)
        if found and head.find(b"\n", found.start()) >= 0:
            return head
        last = head.rfind(b"\n") + 1
        if (not found and head[last : last + 1] not in {b"#", b""}) or size >= HEADER:
            return head
        size *= 4
        longer = stream.peek(size)
        if len(longer) == len(head):
            return head
        head = longer


def _only_comments(head: bytes, begin: int, end: int) -> bool:
    return all(line.startswith(b"#") or not line.strip() for line in head[begin:end].split(b"\n"))


def _columns(head: bytes, at: int, artifact: Artifact, trail: tuple[str, ...], line: int) -> VariantCalls:
    names = _fields(head[at : _line_end(head, at)])[FIXED:]
    return VariantCalls(
        artifact=artifact,
        trail=trail,
        format="VCF",
        setting="file",
        samples=len(names),
        at=Location(path=artifact.path, trail=trail, line=line, column=1),
        names=tuple(names[:NAMES]),
    )


def _line_end(data: bytes, at: int) -> int:
    end = data.find(b"\n", at)
    return len(data) if end < 0 else end


def _fields(line: bytes) -> list[bytes]:
    """Split a line at tabs, as the format wants, or at blanks where an editor has replaced the tabs."""
    line = line.strip(b" \r\n\0")
    return line.split(b"\t") if b"\t" in line else line.split()


def _plausible(keys: bytes, cell: bytes) -> bool:
    """Tell whether a FORMAT column and the first sample's column fit each other."""
    names, values = keys.split(b":"), cell.rstrip(b"\r").split(b":")
    if len(values) > len(names):
        return False
    if names[0] == b"GT":
        return re.fullmatch(_CALL, values[0]) is not None
    return all(re.fullmatch(rb"[\d.,eE+-]+", value) for value in values) and all(name.isupper() for name in names)
