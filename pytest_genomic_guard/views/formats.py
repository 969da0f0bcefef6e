"""Binary formats by their first bytes, and what is done with each.

`opaque`: no check reads what it is for; its printable runs pass the rules, and it is counted. `partial`: it can hold tables or
people; its printable runs are read, its values are not. `packed`: one compressed content, and `archive`: further files, both of
which are decoded. `container`: it holds content that this version does not open; a Gap.
"""

from __future__ import annotations

import zlib

from pytest_genomic_guard.views.bounds import DICTIONARY
from pytest_genomic_guard.views.streams import GZIP, encoding, is_plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Handling = Literal["opaque", "partial", "packed", "archive", "container"]

SHEBANG = 512  # bytes of a first line that names an interpreter

# (offset, first bytes, format, handling). Sources: the formats' own specifications, read through file(1)'s public magic.
_MAGIC: tuple[tuple[int, bytes, str, Handling], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "PNG", "opaque"),
    (0, b"\xff\xd8\xff", "JPEG", "opaque"),
    (0, b"GIF87a", "GIF", "opaque"),
    (0, b"GIF89a", "GIF", "opaque"),
    (0, b"II*\0", "TIFF", "opaque"),
    (0, b"MM\0*", "TIFF", "opaque"),
    (0, b"II+\0\x08\0\0\0", "TIFF", "opaque"),
    (0, b"MM\0+\0\x08\0\0", "TIFF", "opaque"),
    (0, b"\0\0\1\0", "ICO", "opaque"),
    (8, b"WEBP", "WebP", "opaque"),
    (8, b"WAVE", "WAV", "opaque"),
    (8, b"AVI ", "AVI", "opaque"),
    (4, b"ftyp", "MP4", "opaque"),
    (0, b"\x1aE\xdf\xa3", "Matroska", "opaque"),
    (0, b"OggS", "Ogg", "opaque"),
    (0, b"fLaC", "FLAC", "opaque"),
    (0, b"ID3", "MP3", "opaque"),
    (0, b"wOFF", "WOFF", "opaque"),
    (0, b"wOF2", "WOFF2", "opaque"),
    (0, b"\0\1\0\0\0", "TrueType", "opaque"),
    (0, b"OTTO", "OpenType", "opaque"),
    (0, b"\x7fELF", "ELF", "opaque"),
    (0, b"\xcf\xfa\xed\xfe", "Mach-O", "opaque"),
    (0, b"\xca\xfe\xba\xbe", "Java class or Mach-O", "opaque"),
    (0, b"\0asm", "WebAssembly", "opaque"),
    (0, b"\xde\x12\x04\x95", "gettext catalogue", "opaque"),
    (0, b"TBI\1", "tabix index", "opaque"),
    (0, b"CSI\1", "CSI index", "opaque"),
    (0, b"BAI\1", "BAM index", "opaque"),
    (0, b"\x1aA'C", "2bit sequence", "opaque"),
    (0, b"C'A\x1a", "2bit sequence", "opaque"),
    (0, b"%PDF-", "PDF", "partial"),
    (0, b"BAM\1", "BAM", "partial"),
    (0, b"CRAM\2", "CRAM", "partial"),
    (0, b"CRAM\3", "CRAM", "partial"),
    (0, b"CRAM\4", "CRAM", "partial"),
    (16, b"bgen", "BGEN", "partial"),
    *((0, b"\x6c\x1b" + bytes([mode]), "PGEN", "partial") for mode in (2, 3, 4, 0x10, 0x11, 0x20, 0x21, 0x30, 0x31)),
    *((0, magic, "GENO", "partial") for magic in (b"GENO ", b"TGENO ")),
    (0, b"COREARRAY", "GDS", "partial"),
    (0, b"\x89KAS\r\n\x1a\n", "tree sequence", "partial"),
    (0, b"IDAT", "IDAT", "partial"),
    *((0, b"gtc" + bytes([version]), "GTC", "partial") for version in (3, 4, 5)),
    (0, b"\x40\0\0\0\4\0\0\0", "CEL", "partial"),
    (0, b"\x3b\1", "CEL", "partial"),
    *((0, b"\x41\0\0\0" + bytes([version]) + b"\0\0\0", "CEL", "partial") for version in (1, 2)),
    (0, b"ABIF", "ABIF", "partial"),
    (0, b"PAR1", "Parquet", "partial"),
    (0, b"FEA1", "Feather", "partial"),
    (0, b"ARROW1", "Arrow", "partial"),
    (0, b"\x89HDF\r\n\x1a\n", "HDF5", "partial"),
    (0, b"SQLite format 3\0", "SQLite", "partial"),
    (0, b"\x93NUMPY", "npy", "partial"),
    (128, b"DICM", "DICOM", "partial"),
    *((344, magic, "NIfTI", "partial") for magic in (b"n+1\0", b"ni1\0")),
    *((4, magic + b"\0\r\n\x1a\n", "NIfTI", "partial") for magic in (b"n+2", b"ni2")),
    (0, b"NRRD000", "NRRD", "partial"),
    (0, b"\0" * 12 + b"\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\0\x09\xc7\x31\x8c\x18\x1f\x10\x11", "SAS7BDAT", "partial"),
    *((0, b"HEADER RECORD*******" + name + b"HEADER RECORD!!!!!!!", "SAS XPORT", "partial") for name in (b"LIBRARY ", b"LIBV8   ")),
    (0, b"<stata_dta><header><release>", "Stata", "partial"),
    *((0, b"X\n\0\0\0" + bytes([version]), "RDS", "partial") for version in (2, 3)),
    *((0, b"B\n" + version, "RDS", "partial") for version in (b"\2\0\0\0", b"\3\0\0\0", b"\0\0\0\2", b"\0\0\0\3")),
    *((0, b"RD%c%d\n%c\n" % (form, version, form), "RData", "partial") for form in b"XB" for version in (2, 3)),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE2 document", "partial"),
    (0, b"PK\3\4", "zip", "archive"),
    (0, b"PK\5\6", "zip", "archive"),
    (0, b"PK\7\x08PK", "zip", "archive"),
    (0, GZIP, "gzip", "packed"),
    *((0, b"BZh%d1AY&" % level, "bzip2", "packed") for level in range(1, 10)),  # no text, however short it is cut
    (0, b"BZh", "bzip2", "packed"),
    (0, b"\xfd7zXZ\0", "xz", "packed"),
    (0, b"(\xb5/\xfd", "zstd", "packed"),
    *((0, bytes([low]) + b"\x2a\x4d\x18", "zstd", "packed") for low in range(0x50, 0x60)),
    (0, b"7z\xbc\xaf'\x1c", "7z", "archive"),
    (257, b"ustar\0", "tar", "archive"),
    (257, b"ustar  \0", "tar", "archive"),
    (0, b"Rar!\x1a\7", "RAR", "container"),
    (0, b"LZIP\1", "lzip", "container"),
    (0, b"\x04\x22\x4d\x18", "lz4", "container"),
    (0, b"\x1f\x9d", "compress", "container"),
    (0, b"MSCF\0\0\0\0", "CAB", "container"),
)

_ZLIB = frozenset({b"x\x01", b"x\x5e", b"x\x9c", b"x\xda"})  # RFC 1950: a window of 32 KiB, four levels, no dictionary
_LAYOUTS = frozenset({b"\2\0\0\0", b"\3\0\0\0", b"\0\0\0\2", b"\0\0\0\3"})  # of SPSS, in either order of bytes
_OLDEST = frozenset({b"131840", b"197888"})  # versions of R that read serialised data of version 2 and 3: 2.3.0, 3.5.0

_TAR = 512  # bytes of a header of tar
_TEXTUAL = tuple(each for each in _MAGIC if is_plain(each[1]) and not each[1].rstrip().isalnum())
_PRINTED = tuple(each[1] for each in _TEXTUAL)
_LIKELY: dict[bytes, tuple[tuple[int, bytes, str, Handling], ...]] = {}  # those that content with a first byte can be


def identify(head: bytes) -> tuple[str, Handling] | None:
    """Return the format that `head` begins, with its handling, or None.

    Letters alone do not make a binary file: a table whose first cell is ``OTTO`` is text. A tar archive begins with the name of
    its first member, which can look like any of them, so its checksum is asked first.
    """
    return of_text(head) if is_plain(head) else of_data(head)


def of_text(head: bytes) -> tuple[str, Handling] | None:
    """Return what text begins that is plain: of the formats that have a mark, few have one without any control character."""
    if len(head) >= _TAR and head[148:156].strip(b" 01234567") == b"" and is_header(head[:_TAR]):
        return "tar", "archive"
    if head.startswith(_PRINTED):
        return next((name, handling) for offset, magic, name, handling in _TEXTUAL if head.startswith(magic, offset))
    if head[:1] in b"\x08\x5c" or head.startswith((b"A\n", b"RDA")):  # what fields behind them decide
        found = _by_fields(head)
        return (found, "partial") if found else None
    return None


def of_data(head: bytes) -> tuple[str, Handling] | None:
    """Return what any content begins."""
    if head[148:156].strip(b"\0 01234567") == b"" and is_header(head[:_TAR]):
        return "tar", "archive"
    if head.startswith(b"#!") and head[:SHEBANG].partition(b"\n")[2].startswith(b"PK\3\4"):
        return "zip", "archive"  # a program of Python in one file
    first = head[:1]
    if first not in _LIKELY:
        _LIKELY[first] = tuple(each for each in _MAGIC if each[0] or each[1].startswith(first))
    for offset, magic, name, handling in _LIKELY[first]:
        if head.startswith(magic, offset) and not (magic.rstrip().isalnum() and encoding(head)):
            return name, handling
    if first in b"x]" and (packed := _by_unpacking(head)):
        return packed, "packed"
    found = _by_fields(head)
    return (found, "opaque" if found == "MP3" else "partial") if found else None


def _by_unpacking(head: bytes) -> str | None:
    """Name compressed data with a header but no mark, as joblib and ``xz --format=lzma`` write it, by unpacking its beginning."""
    if head[:2] in _ZLIB and encoding(head) is None:
        try:
            zlib.decompressobj().decompress(head, SHEBANG)
        except zlib.error:
            return None
        return "zlib"
    size = head[5:13]
    if head[:1] == b"]" and head[1:3] == b"\0\0" and len(size) == 8 and (size == b"\xff" * 8 or not any(size[5:])):
        import lzma  # noqa: PLC0415 - met rarely

        try:
            lzma.LZMADecompressor(lzma.FORMAT_ALONE, DICTIONARY).decompress(head, SHEBANG)
        except lzma.LZMAError as error:
            return "lzma" if "limit" in str(error) else None  # a fixed message of the library, passed to nobody
        return "lzma"
    return None


def _by_fields(head: bytes) -> str | None:
    """Name a format whose first bytes are too few to tell, or are what a text could begin with, by the fields after them."""
    if head[:4] in {b"$FL2", b"$FL3"} and head[64:68] in _LAYOUTS:
        return "SPSS"
    if head[16:20] == b"\0\0\0\0" and head[5:8] == b"\0\0\0" and _is_bgen(head):
        return "BGEN"
    if head[:1] in b"\0\2\x08\x5c\xff" and (image := _by_scan(head)):
        return image
    words = 5 if head.startswith((b"RDA2\n", b"RDA3\n")) else 0
    if head.startswith((b"A\n2\n", b"A\n3\n"), words):  # so does a column named A
        lines = head[words : words + 64].split(b"\n", 4)
        name = "RData" if words else "RDS"
        return name if len(lines) > 4 and lines[2].isdigit() and lines[3] in _OLDEST else None
    if len(head) > 3 and 102 <= head[0] <= 115 and head[1] in {1, 2, 0 if head[0] == 102 else 1} and head[2] == 1:
        label = 10 if head[0] > 102 else 8
        stamp = label + (81 if head[0] > 105 else 32)
        texts = [head[label:stamp], head[stamp : stamp + 18]][: 2 if head[0] > 104 else 1]
        return "Stata" if any(head[4:6]) and all(map(_is_text, texts)) else None
    return None


def _is_bgen(head: bytes) -> bool:
    """Tell whether all fields of a BGEN without its mark agree."""
    from pytest_genomic_guard.views.genomic.bgen import unmarked  # noqa: PLC0415 - few files come this far

    return unmarked(head)


def _by_scan(head: bytes) -> str | None:
    """Name what has no mark: DICOM without its preamble, Analyze 7.5, MGH, MP3 without a title; their fields must agree."""
    if len(head) >= 284 and head[:2] == b"\0\0" and head[:4] == b"\0\0\0\1":
        sides = [int.from_bytes(head[at : at + 4], "big") for at in (4, 8, 12, 16)]
        kind = int.from_bytes(head[20:24], "big")
        return (
            "MGH" if all(0 < side < 2048 for side in sides) and kind in {0, 1, 3, 4} and head[28:30] in {b"\0\0", b"\0\1"} else None
        )
    if len(head) >= 348 and head[:4] in {b"\x5c\1\0\0", b"\0\0\1\x5c"} and head[38:39] == b"r":
        return "Analyze"
    if head[:1] == b"\xff":
        from pytest_genomic_guard.views.health.captions import is_mpeg  # noqa: PLC0415 - as above

        return "MP3" if is_mpeg(head) else None
    from pytest_genomic_guard.views.health.elements import unmarked  # noqa: PLC0415 - as above

    return "DICOM" if unmarked(head) else None


def _is_text(field: bytes) -> bool:
    """Tell whether a field holds characters up to a zero byte, and that one."""
    text, end, _rest = field.partition(b"\0")
    return bool(end) and min(text, default=32) >= 32


def is_header(block: bytes) -> bool:
    """Tell whether a block is the header of a member of a tar archive, by the sum of its bytes; the oldest have no other mark."""
    field = block[148:156].strip(b"\0 ")
    if len(block) < 512 or not 0 < len(field) < 8 or field.strip(b"01234567"):
        return False
    rest = block[:148] + b" " * 8 + block[156:]
    return int(field, 8) in {sum(rest), sum(rest) - 256 * sum(byte > 127 for byte in rest)}
