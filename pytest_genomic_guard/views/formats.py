"""Binary formats by their first bytes, and what is done with each.

`opaque`: no text rule or table can be in it, or no check reads it; counted. `partial`: it can hold tables or people; its printable
runs are read, its values are not. `packed`: one compressed content, and `archive`: further files, both of which are decoded.
`container`: it holds content that this version does not open; a Gap.
"""

from __future__ import annotations

from pytest_genomic_guard.views.streams import GZIP, encoding

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
    (16, b"bgen", "BGEN", "partial"),
    *((0, b"\x6c\x1b" + bytes([mode]), "PGEN", "partial") for mode in (2, 3, 4, 0x10, 0x11)),
    (0, b"IDAT", "IDAT", "partial"),
    (0, b"PAR1", "Parquet", "partial"),
    (0, b"FEA1", "Feather", "partial"),
    (0, b"ARROW1", "Arrow", "partial"),
    (0, b"\x89HDF\r\n\x1a\n", "HDF5", "partial"),
    (0, b"SQLite format 3\0", "SQLite", "partial"),
    (0, b"\x93NUMPY", "npy", "partial"),
    (128, b"DICM", "DICOM", "partial"),
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


def identify(head: bytes) -> tuple[str, Handling] | None:
    """Return the format that `head` begins, with its handling, or None.

    Letters alone do not make a binary file: a table whose first cell is ``OTTO`` is text. A tar archive begins with the name of
    its first member, which can look like any of them, so its checksum is asked first.
    """
    if head[148:156].strip(b"\0 01234567") == b"" and is_header(head[:512]):
        return "tar", "archive"
    if head.startswith(b"#!") and head[:SHEBANG].partition(b"\n")[2].startswith(b"PK\3\4"):
        return "zip", "archive"  # a program of Python in one file
    for offset, magic, name, handling in _MAGIC:
        if head.startswith(magic, offset) and not (magic.isalnum() and encoding(head)):
            return name, handling
    return None


def is_header(block: bytes) -> bool:
    """Tell whether a block is the header of a member of a tar archive, by the sum of its bytes; the oldest have no other mark."""
    field = block[148:156].strip(b"\0 ")
    if len(block) < 512 or not 0 < len(field) < 8 or field.strip(b"01234567"):
        return False
    rest = block[:148] + b" " * 8 + block[156:]
    return int(field, 8) in {sum(rest), sum(rest) - 256 * sum(byte > 127 for byte in rest)}
