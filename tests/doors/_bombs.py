"""Compressed data and archives that were made to hurt: each maker writes one file, and needs little memory itself."""

from __future__ import annotations

import gzip
import io
import lzma
import os
import tarfile
import zipfile
import zlib
from struct import pack
from typing import TYPE_CHECKING

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

UNSEEN = "UNSEEN"  # stands in every odd name, and may stand in no output
_LOCAL = "<4s5H3L2H"
_RECORD = "<4s6H3L5H2L"


def leak(variants: int = 40) -> bytes:
    """Return a call set of two people that no other test has."""
    return samples.vcf(samples=2, variants=variants)


# Compressed


def zeros_in_gzip(path: Path) -> None:
    """Write 200 MB of zeros, a thousand times smaller."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    with path.open("wb") as out:
        for _each in range(200):
            out.write(packer.compress(bytes(1_000_000)))
        out.write(packer.flush())


def gzip_in_gzip(path: Path) -> None:
    """Write them packed twice: a million to one."""
    zeros_in_gzip(path)
    path.write_bytes(gzip.compress(path.read_bytes()))


def zeros_in_zlib(path: Path) -> None:
    """Write zeros as joblib packs what it saves."""
    path.write_bytes(zlib.compress(bytes(80 << 20), 9))


def zeros_in_lzma(path: Path) -> None:
    """Write zeros as a stream without a mark."""
    path.write_bytes(lzma.compress(bytes(80 << 20), lzma.FORMAT_ALONE, preset=0))


def text_in_gzip(path: Path, size: int) -> None:
    """Write text of a size as members of a gzip file, with a leak at its end."""
    block = samples.prose(400_000)
    member = gzip.compress(block, 1)
    with path.open("wb") as out:
        for _each in range(size // len(block)):
            out.write(member)
        out.write(gzip.compress(leak()))


def dictionary(path: Path) -> None:
    """Write an xz stream whose block header asks for a dictionary of a gibibyte, with the checksum that belongs to it."""
    data = bytearray(lzma.compress(samples.prose(60)))
    at = data.index(b"\x21\x01", 12)
    data[at + 2] = 36
    size = (data[12] + 1) * 4
    data[12 + size - 4 : 12 + size] = pack("<L", zlib.crc32(data[12 : 12 + size - 4]))
    path.write_bytes(data)


# Archives


def _zip(path: Path, parts: Sequence[tuple[bytes, bytes, int, int, int]], offsets: Sequence[int], body: bytes) -> None:
    """Write `body` and a directory of (name, packed, method, crc, size)."""
    records = []
    for (name, packed, method, crc, size), offset in zip(parts, offsets, strict=True):
        fields = (20, 20, 0, method, 0, 33, crc, len(packed), size, len(name), 0, 0, 0, 0, 0, offset)
        records.append(pack(_RECORD, b"PK\1\2", *fields) + name)
    listed = b"".join(records)
    short = min(len(parts), 0xFFFF)
    end64 = pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, len(parts), len(parts), len(listed), len(body))
    locator = pack("<4sLQL", b"PK\6\7", 0, len(body) + len(listed), 1)
    end = pack("<4s4H2LH", b"PK\5\6", 0, 0, short, short, min(len(listed), 2**32 - 1), len(body), 0)
    with path.open("wb") as out:
        for part in (body, listed, end64 + locator if short == 0xFFFF else b"", end):
            out.write(part)


def _header(name: bytes, packed: int, method: int, crc: int, size: int) -> bytes:
    return pack(_LOCAL, b"PK\3\4", 20, 0, method, 0, 33, crc, packed, size, len(name), 0) + name


def many_members(path: Path, count: int, content: bytes = b"") -> None:
    """Write a zip archive with so many members of the same content, and a leak as the last one."""
    last = leak()
    one = _header(b"a", len(content), 0, zlib.crc32(content), len(content)) + content
    parts = [(b"a", content, 0, zlib.crc32(content), len(content))] * (count - 1)
    parts.append((b"z", last, 0, zlib.crc32(last), len(last)))
    body = one * (count - 1) + _header(b"z", len(last), 0, zlib.crc32(last), len(last)) + last
    _zip(path, parts, [len(one) * at for at in range(count)], body)


def overlapping(path: Path) -> None:
    """Write members of which each holds the next one's header and all that follows it, as Fifield's bomb does."""
    content = bytes(2_000_000)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    parts, headers = [], []
    for number in range(250, 0, -1):
        name = b"%06d" % number
        parts.append((name, packed, 8, zlib.crc32(content), len(content)))
        headers.append(_header(name, len(packed), 8, zlib.crc32(content), len(content)))
        quoted = headers[-1]
        body = quoted + packed
        content = quoted + content
        packed = b"\0" + pack("<2H", len(quoted), len(quoted) ^ 0xFFFF) + body
    step = len(headers[-1]) + 5
    _zip(path, parts[::-1], [step * at for at in range(len(parts))], body)


def _odd_names() -> Iterator[bytes]:
    yield from (
        b"../../%b.vcf",
        b"/etc/%b.vcf",
        b"..\\..\\%b.vcf",
        b"C:\\%b.vcf",
        b"a\0%b.vcf",
        b"%b\xff\xfe\xe4.vcf",
        b"\x1b[31m%b",
    )
    yield b"%b" + b"x" * 60_000
    yield b"%b/" * 5_000
    yield b"-rf %b"


NAMES = tuple(name.replace(b"%b", UNSEEN.encode()) for name in _odd_names())


def odd_names_in_zip(path: Path) -> None:
    """Write a zip archive whose members have names that lead out of it, break off, or are no text."""
    body, offsets, parts = b"", [], []
    for name in NAMES:
        data = leak()
        offsets.append(len(body))
        parts.append((name, data, 0, zlib.crc32(data), len(data)))
        body += _header(name, len(data), 0, zlib.crc32(data), len(data)) + data
    _zip(path, parts, offsets, body)


def odd_names_in_tar(path: Path) -> None:
    """Write a tar archive with such names, with GNU's long ones."""
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT, encoding="utf-8", errors="surrogateescape") as archive:
        for name in NAMES:
            data = leak()
            member = tarfile.TarInfo(os.fsdecode(name.rstrip(b"/")))
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


def links_in_tar(path: Path) -> None:
    """Write links that lead to each other, to themselves, and out of the archive, and then a leak."""
    with tarfile.open(path, "w") as archive:
        for name, target, kind in (
            ("a", "b", tarfile.SYMTYPE),
            ("b", "a", tarfile.SYMTYPE),
            ("c", "c", tarfile.SYMTYPE),
            ("d", "/etc/passwd", tarfile.SYMTYPE),
            ("e", "/etc/passwd", tarfile.LNKTYPE),
            ("f", "../beside.vcf", tarfile.LNKTYPE),
            ("g", "g", tarfile.LNKTYPE),
            ("h", "", tarfile.FIFOTYPE),
            ("i", "", tarfile.CHRTYPE),
        ):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, target
            archive.addfile(member)
        data = leak()
        member = tarfile.TarInfo("d")  # what programs would write through the link
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))


def encrypted_member(path: Path) -> None:
    """Write two members, the first with the mark of encryption."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.vcf", leak())
        archive.writestr("b.vcf", leak())
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
