"""Base64 that stands in text, in data URIs too: found in one pass, and decoded where its beginning is of a format that is read.

Pictures without metadata, fonts and what has no known format are passed over, as the formats that no check reads are.
"""

from __future__ import annotations

from binascii import Error, a2b_base64

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.bounds import BASE64, EMBEDDED
from pytest_genomic_guard.views.health import glimpse
from pytest_genomic_guard.views.streams import encoding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.streams import Spent
    from pytest_genomic_guard.views.text import Text

    Place = tuple[tuple[str, ...], int]
    Found = tuple[Place, bytes | str]

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_CLASS = bytes(97 if byte in _ALPHABET or byte in b"-_" else 32 for byte in range(256))
_LEAST = b"a" * 60  # the shortest full line that a program writes; PEM has 64, MIME 76
_BREAK = regex(rb"(?:\\r)?\\n|\r?\n[ \t]*")  # between the lines of one text, in JSON too
_CLOSE = regex(rb"={0,2}[ \t]*(?:[\r\n\"'<\\)]|\Z)")  # after the last line of a wrapped text
_ESCAPE = regex(rb"\\[rn]|\s+")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
# What is read when it stands in text, by its first bytes: packed data, BCF, PLINK, BAM, CRAM, tables, pickles.
_READ = (
    *(b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0", b"(\xb5/\xfd", b"PK\3\4", b"7z\xbc\xaf'\x1c", b"BCF\2", b"\x6c\x1b\1", b"BAM\1"),
    *(b"CRAM\2", b"CRAM\3", b"%PDF-", b"PAR1", b"FEA1", b"ARROW1", b"\x89HDF\r\n\x1a\n", b"SQLite format 3\0", b"\x93NUMPY"),
    *(b"\x6c\x1b\2", b"\x6c\x1b\x10", b"\x6c\x1b\x11"),
    *(
        b"\x80\2",
        b"\x80\3",
        b"\x80\4\x95",
        b"\x80\5\x95",
        b"X\n\0\0\0",
        b"r\1\1",
        b"r\2\1",
        b"s\1\1",
        b"s\2\1",
        b"ABIF\0",
        b"x\x9c",
    ),
    *(b"\x0bMSH", b"IDAT", b"gtc\3", b"gtc\4", b"gtc\5", b"\x40\0\0\0\4\0\0\0", b"\x3b\1\0\0", b"\x41\0\0\0\1\0\0\0"),
)
_MESSAGES = (b"TVNIf", b"C01TSHx")  # of an HL7 v2 message, which is short: `MSH|`, and the same behind the VT of MLLP
_INNER = b"bgen"  # of BGEN, behind four numbers
_DICOM = b"ESUNN"  # of DICM, which begins 171 characters from the beginning, behind a preamble that is noughts, or a TIFF's head
_GROUPS, _ELEMENTS = (b"\x08\0", b"\2\0"), 1024  # DICOM without a preamble; bytes by which it is told
_PREAMBLES, _PREAMBLE = (b"AAAAAAAAAAAA", b"SUkq", b"TU0A"), 171
_BEGINS = (b"AAAAAAAAAAAA", b"AgA")  # of DICOM, where few other runs that begin with this letter are of interest
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
_TEXT = {*b"\t\n\r", *range(32, 127), *range(0xC2, 0xF5)}  # what UTF-8 begins with
_FIRST = frozenset(
    _ALPHABET[byte >> 2] for byte in _TEXT | {magic[0] for magic in (*_READ, *glimpse.STARTS)} | {0xFF, 0xFE}
) | frozenset(b"_")
_PARTS = 10_000  # of one artifact
_BASES = b"ACGTUNacgtun"  # a sequence: sixteen quartets of these letters alone are the base64 of no text and no format
_SHOWN = 64  # characters by which a run is told ...
_GLANCE = 12  # ... and those that are looked at first


def may(data: bytes) -> bool:
    """Tell whether a text has as many characters of base64 in a row as a line of it has at least."""
    return _LEAST in data.translate(_CLASS)


class Embedded:
    """Finds base64 in the windows of one text, in order; a run that a window cuts is finished by the next one."""

    def __init__(self, spent: Spent) -> None:
        """Begin; what is decoded counts in `spent`."""
        self._spent = spent
        self._rest = b""
        self._place: Place = ((), 1)
        self._text: Text | None = None
        self._at = self._line = 0

    def feed(self, text: Text) -> Iterator[Found]:
        """Return each part: the trail and line where it begins, and its bytes, or the reason for which it was not decoded."""
        piece = text.data if text.owned - text.begin == len(text.data) else text.data[text.begin : text.owned]
        return self._scan(text, piece, last=text.whole)

    def finish(self, text: Text | None = None) -> Iterator[Found]:
        """Return what `text`, or what is left of the last window, ends with."""
        return self._scan(text, text.data[text.begin : text.owned] if text else b"", last=True)

    def _scan(self, text: Text | None, piece: bytes, *, last: bool) -> Iterator[Found]:
        data = self._rest + piece
        if not data:
            return
        shift = (text.begin if text else 0) - len(self._rest)
        self._text, self._at, self._line = text, 0, 0
        classes = data.translate(_CLASS)
        at = 0
        while (at := classes.find(_LEAST, at)) >= 0:
            end = classes.find(b" ", at)
            end = len(data) if end < 0 else end
            if (data[at] not in _FIRST and not data.startswith(_BEGINS, at)) or not _readable(data, at, end):
                at = end
                continue
            end = _whole(data, classes, at, end)
            if not last and end >= len(data):
                if len(data) - at <= EMBEDDED:
                    break
                yield self._where(at + shift), "too-large"
            elif (
                end - at >= BASE64 or data.startswith(_MESSAGES, at) or (not at and not data[end:].strip(b"=\r\n "))
            ):  # or the text is nothing else
                yield self._where(at + shift), self._decoded(data[at:end])
            at = end
        if last:
            self._rest = b""
            return
        if at < 0:
            at = max(classes.rfind(b" ") + 1, len(data) - len(_LEAST))
        self._place = self._where(at + shift) if at < len(data) else self._place
        self._rest = data[at:]

    def _where(self, at: int) -> Place:
        """Return trail and line of an offset; those asked for later stand later."""
        text = self._text
        if text is None or at < text.begin:
            return self._place
        segment = text.segment(at)
        if self._at <= segment.start:
            self._at, self._line = segment.start, segment.line
        self._line += text.data.count(b"\n", self._at, at)
        self._at = at
        return segment.trail, self._line

    def _decoded(self, run: bytes) -> bytes | str:
        spent = self._spent
        spent.embedded += len(run)
        spent.parts += 1
        if spent.embedded > EMBEDDED:
            return "too-large"
        return "too-many" if spent.parts > _PARTS else _bytes(_ESCAPE.sub(b"", run))


def _readable(data: bytes, at: int, end: int) -> bool:
    """Tell by its first characters whether a run is of a format that is read."""
    begin = a2b_base64(data[at : at + _GLANCE].translate(_URL_SAFE))
    if begin.translate(None, _CONTROL) != begin and b"\0" not in begin and not begin.startswith(_READ):
        return False  # a third of a line is enough to tell most of what is none, such as sequences and digests
    if data.startswith(_PREAMBLES, at) and _ESCAPE.sub(b"", data[at : at + 2 * _PREAMBLE]).startswith(_DICOM, _PREAMBLE):
        return True
    if not data[at : min(end, at + _SHOWN)].strip(_BASES):
        return False
    head = _bytes(data[at : min(end, at + _SHOWN)])
    if head.startswith(glimpse.STARTS):
        return glimpse.told(_begin(data, at, glimpse.LOOKED))
    if head.startswith(_READ) or head[16:20] == _INNER or (head.startswith(_GROUPS) and _is_data_set(data, at)):
        return True
    return _is_text(head)


def _is_text(head: bytes) -> bool:
    """Tell whether the first bytes of a run are of a text, in UTF-8 or wider."""
    try:
        head.decode()
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:
            return encoding(head) not in {None, "bytes"}
    return len(head.translate(None, _CONTROL)) == len(head) or encoding(head) not in {None, "bytes"}


def _is_data_set(data: bytes, at: int) -> bool:
    """Tell whether a run is DICOM without its preamble, and not numbers of which the first is 2 or 8."""
    from pytest_genomic_guard.views.health.elements import unmarked  # noqa: PLC0415 - few runs begin like this

    head = _begin(data, at, _ELEMENTS)
    return (head[2:4] != b"\0\0" or head[4:6] == b"UL" or head[4:8] == b"\4\0\0\0") and unmarked(head)


def _begin(data: bytes, at: int, size: int) -> bytes:
    """Return the first bytes of a run, whose lines may be broken."""
    run = _ESCAPE.sub(b"", data[at : at + size * 3 // 2])
    return _bytes(run[: len(run) - len(run.lstrip(_ALPHABET + b"-_"))])[:size]


def _whole(data: bytes, classes: bytes, at: int, end: int) -> int:
    """Return where the text ends that has its first line up to `end`: lines as long as the first one, and a shorter last one."""
    width, lines = end - at, 1
    while gap := _BREAK.match(data, end):
        begin = gap.end()
        if begin == len(data):
            return begin
        after = classes.find(b" ", begin)
        after = len(data) if after < 0 else after
        if after - begin != width:
            close = _CLOSE.match(data, after) if 0 < after - begin < width and lines > 1 else None
            padded = close and (after - begin + data.count(b"=", after, close.end())) % 4 == 0
            return after if padded else end  # anything else is a word on the next line
        end, lines = after, lines + 1
    return end


def _bytes(run: bytes) -> bytes:
    """Decode base64 of either alphabet, with or without its padding."""
    run = run.translate(_URL_SAFE)
    run = run[: len(run) - 1] if len(run) % 4 == 1 else run
    try:
        return a2b_base64(run + b"=" * (-len(run) % 4))
    except Error:
        raise Unreadable("corrupt") from None
