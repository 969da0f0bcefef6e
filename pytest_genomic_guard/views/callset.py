"""Files that are variant calls: VCF, whole or without its first lines, and BCF2 (VCFv4.3, sections 1 and 6.2)."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Location, Unreadable
from pytest_genomic_guard.views import origin
from pytest_genomic_guard.views.bounds import HEAD, HEADER, NAMES
from pytest_genomic_guard.views.frames import line_end
from pytest_genomic_guard.views.rows import COLUMNS, FIXED, fields, people, site
from pytest_genomic_guard.views.variants import VariantCalls

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.streams import Peek

_BLANK_OR_MARK = b"\xef\xbb\xbf \t\r\n"
# What stands after five columns as a VCF has them in PLINK 2's tables about variants (afreq, glm, pvar and their like).
_NO_CALLS = regex(
    rb"[\t ](?:PROVISIONAL_REF\?|A1|ALT_FREQS|REF_FREQ|ALT1_FREQ|OBS_CT|ALT_CTS|TEST|BETA|OR|HOM_REF_CT|HOM_A1_CT|MISSING_CT|F_MISS"
    rb"|CM)(?=[\t \r\n]|$)"
)
_CALLS = regex(rb"[\t ](?:QUAL|FILTER|INFO|FORMAT)(?=[\t \r\n]|$)")
_PLACED = regex(rb"\s*+[^\s#]{1,100}+\s++\d")  # how a row of calls begins: most texts end here
_COLUMN_LINE = regex(rb"(?:\xef\xbb\xbf)?[ ]*" + COLUMNS)


def _column_line(head: bytes) -> re.Match[bytes] | None:
    """Find the column line, by the word that it begins with: most texts have none, and a header can be long."""
    at = head.find(b"#CHROM")
    while at >= 0:
        found = _COLUMN_LINE.match(head, head.rfind(b"\n", 0, at) + 1)
        if found:
            return found
        at = head.find(b"#CHROM", line_end(head, at))
    return None


def whole(stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> VariantCalls | None:
    """Return the calls when the text in `stream` is a VCF, with or without its meta-information or its column line."""
    head = stream.peek(HEAD)
    begin = len(head) - len(head.lstrip(_BLANK_OR_MARK))
    if not head.startswith(b"#", begin):
        return _headless(stream, begin, artifact, trail)
    head, found = _header(stream, head)
    if found is None or not _only_comments(head, begin, found.start()):
        return None
    own = head[found.start() : line_end(head, found.start())]
    if _NO_CALLS.search(own) and not _CALLS.search(own):
        return None
    line = head.count(b"\n", 0, found.start()) + 1
    view = _columns(head, found.start(), artifact, trail, line)
    after = line_end(head, found.start()) + 1
    if not view.samples:  # the column line may be cut short; the first row is not
        found_people = people(_line(stream, after))
        view = view.replace(samples=found_people, rows=min(found_people, 1))
    return _with_origin(view, head[begin : found.start()], _rows(stream, after))


def _with_origin(view: VariantCalls, header: bytes, rows: Sequence[bytes]) -> VariantCalls:
    """Return calls with what header and first rows say of them; where no person has a column, with those inside INFO."""
    if not view.samples:
        count, names = origin.inside_info(rows)
        if not count:
            return view
        view = view.replace(inside=True, rows=count, samples=len(names) or 1, names=tuple(names))
    return view.replace(species=origin.species(header, rows), source=origin.simulator(header), blocks=origin.has_blocks(rows))


def _rows(stream: Peek, begin: int) -> list[bytes]:
    """Return the whole lines of the first 64 KiB from `begin` on, or the first one cut off."""
    body = stream.peek(begin + HEAD)[begin : begin + HEAD]
    return (body[: body.rfind(b"\n") + 1] or body).splitlines()


def bcf(stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> VariantCalls:
    """Return the calls of a BCF2 by the VCF header that it holds. Raises `Unreadable`."""
    start = stream.peek(9)
    if len(start) < 9:
        raise Unreadable("truncated")
    length = int.from_bytes(start[5:9], "little")
    if length > HEADER:
        raise Unreadable("too-large")
    header = stream.peek(9 + length)[9 : 9 + length]
    if len(header) < length:
        raise Unreadable("truncated")
    found = _column_line(header)
    if found is None:
        raise Unreadable("corrupt")
    view = _columns(header, found.start(), artifact, trail, header.count(b"\n", 0, found.start()) + 1)
    return _with_origin(view, header, []).replace(format="BCF")


def _headless(stream: Peek, begin: int, artifact: Artifact, trail: tuple[str, ...]) -> VariantCalls | None:
    """Return the calls when the first line is a row with calls."""
    head = stream.peek(begin + 1)
    if not _PLACED.match(head, begin) or not site(fields(head[begin : begin + HEAD].partition(b"\n")[0])):
        return None
    found = people(_line(stream, begin))
    if not found:
        return None
    at = Location(path=artifact.path, trail=trail, line=head.count(b"\n", 0, begin) + 1, column=1)
    view = VariantCalls(artifact=artifact, trail=trail, format="VCF", setting="file", samples=found, at=at, rows=1)
    return _with_origin(view, b"", _rows(stream, begin))


def _header(stream: Peek, head: bytes) -> tuple[bytes, re.Match[bytes] | None]:
    """Look ahead until the column line is complete, the comments end, or the bound is reached; return it too."""
    size = len(head)
    while True:
        found = _column_line(head)
        if found and head.find(b"\n", found.start()) >= 0:
            return head, found
        last = head.rfind(b"\n") + 1
        if (not found and head[last : last + 1] not in {b"#", b""}) or size >= HEADER:
            return head, found
        size *= 4
        longer = stream.peek(size)
        if len(longer) == len(head):
            return head, found
        head = longer


def _line(stream: Peek, begin: int) -> bytes:
    """Look ahead until the line at `begin` is complete, and return it; a line may hold a million people."""
    size = begin + HEAD
    while True:
        head = stream.peek(size)
        end = head.find(b"\n", begin)
        if end >= 0 or len(head) < size or size >= HEADER:
            return head[begin : end if end >= 0 else len(head)]
        size *= 4


def _only_comments(head: bytes, begin: int, end: int) -> bool:
    if head.startswith(b"#", begin) and head.count(b"\n#", begin, end) + 1 == head.count(b"\n", begin, end):
        return True  # the last line feed is that before `end`
    return all(line.startswith(b"#") or not line.strip() for line in head[begin:end].split(b"\n"))


def _columns(head: bytes, at: int, artifact: Artifact, trail: tuple[str, ...], line: int) -> VariantCalls:
    names = fields(head[at : line_end(head, at)])[FIXED:]
    return VariantCalls(
        artifact=artifact,
        trail=trail,
        format="VCF",
        setting="file",
        samples=len(names),
        at=Location(path=artifact.path, trail=trail, line=line, column=1),
        names=tuple(names[:NAMES]),
    )
