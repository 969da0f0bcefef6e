"""Archives made by independent writers of the standard library, and 7z archives made by a writer of our own."""

from __future__ import annotations

import io
import lzma
import tarfile
import zipfile
import zlib
from struct import pack
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Files = Mapping[str, bytes]


def zipped(files: Files, method: int = zipfile.ZIP_DEFLATED, *, piped: bool = False) -> bytes:
    """Return a zip archive; `piped` writes data descriptors, as a program does that cannot go back."""
    out = _Pipe() if piped else io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


class _Pipe(io.BytesIO):
    """A file in which nobody can go back."""

    def seekable(self) -> bool:
        """Tell that it cannot be done."""
        return False

    def seek(self, *_place: object) -> int:
        """Refuse."""
        raise OSError

    def tell(self) -> int:
        """Refuse."""
        raise OSError


def tarred(files: Files, form: int = tarfile.PAX_FORMAT, more: Mapping[str, str] | None = None) -> bytes:
    """Return a tar archive; `more` are pax headers of each member."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.pax_headers = len(data), dict(more or {})
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


class Coder(NamedTuple):
    """A step of packing in 7z: its number, its properties, and what lzma calls it."""

    method: bytes
    properties: bytes
    step: Mapping[str, int]


LZMA1 = Coder(b"\3\1\1", bytes([93]) + pack("<L", 1 << 20), {"id": lzma.FILTER_LZMA1, "dict_size": 1 << 20})
LZMA2 = Coder(b"\x21", bytes([16]), {"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20})
DELTA = Coder(b"\3", bytes([2]), {"id": lzma.FILTER_DELTA, "dist": 3})
X86 = Coder(b"\3\3\1\3", b"", {"id": lzma.FILTER_X86})
ARM = Coder(b"\3\3\5\1", b"", {"id": lzma.FILTER_ARM})


def number(value: int) -> bytes:
    """Return a number as 7z writes it."""
    for more in range(8):
        if value < 1 << 7 * (more + 1):
            return bytes([0xFF00 >> more & 0xFF | value >> 8 * more]) + (value & (1 << 8 * more) - 1).to_bytes(more, "little")
    return b"\xff" + value.to_bytes(8, "little")


def sevenz(  # noqa: PLR0913 - the choices of a writer
    files: Files,
    coders: Sequence[Coder] = (LZMA2,),
    packed: bytes | None = None,
    *,
    nested: bool = False,
    solid: bool = True,
    gap: int = 0,
) -> bytes:
    """Return a 7z archive in one folder or in one for each file.

    `packed` is the content when the coder is none of lzma's; `nested` packs the header; `gap` bytes stand before it.
    """
    full = {name: data for name, data in files.items() if data}
    groups = [list(full)] if solid else [[name] for name in full]
    streams = [_raw(b"".join(full[name] for name in group), coders) if packed is None else packed for group in groups]
    sizes = [[len(full[name]) for name in group] for group in groups]
    counts = b"\x0d" + b"".join(number(len(group)) for group in groups)
    parts = b"\x09" + b"".join(number(size) for group in sizes for size in group[:-1])
    sums = b"\x0a\1" + b"".join(pack("<L", zlib.crc32(full[name])) for group in groups for name in group)
    info = _streams(0, streams, coders, [sum(group) for group in sizes]) + b"\x08" + counts + parts + sums + b"\0\0"
    names = b"\0" + b"".join(name.encode("utf-16-le") + b"\0\0" for name in files)
    empty = _bits([not data for data in files.values()])
    listed = number(len(files)) + b"\x0e" + number(len(empty)) + empty + b"\x11" + number(len(names)) + names + b"\0"
    header = b"\1\4" + info + b"\5" + listed + b"\0"
    body = b"".join(streams) + bytes(range(1, gap + 1))
    if nested:
        small = _raw(header, (LZMA1,))
        outer = b"\x17" + _streams(len(body), [small], (LZMA1,), [len(header)], zlib.crc32(header)) + b"\0"
        body, header = body + small, outer
    start = pack("<QQL", len(body), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf'\x1c\0\4" + pack("<L", zlib.crc32(start)) + start + body + header


def _raw(data: bytes, coders: Sequence[Coder]) -> bytes:
    """Pack; the code filters stand before LZMA, and 7z's LZMA has no end mark, which a raw one of Python lacks too."""
    return lzma.compress(data, lzma.FORMAT_RAW, filters=[dict(coder.step) for coder in coders])


def _streams(start: int, streams: Sequence[bytes], coders: Sequence[Coder], sizes: Sequence[int], crc: int | None = None) -> bytes:
    packs = b"\6" + number(start) + number(len(streams)) + b"\x09" + b"".join(number(len(each)) for each in streams) + b"\0"
    steps = b"".join(
        bytes([len(coder.method) | 32 * bool(coder.properties)])
        + coder.method
        + (number(len(coder.properties)) + coder.properties if coder.properties else b"")
        for coder in coders
    )
    bonds = b"".join(number(at) + number(at + 1) for at in range(len(coders) - 1))
    folder = number(len(coders)) + steps + bonds
    outputs = b"".join(number(size) for size in sizes for _coder in coders)
    told = b"" if crc is None else b"\x0a\1" + pack("<L", crc)
    return packs + b"\7\x0b" + number(len(sizes)) + b"\0" + folder * len(sizes) + b"\x0c" + outputs + told + b"\0"


def _bits(flags: Sequence[bool]) -> bytes:
    out = bytearray((len(flags) + 7) // 8)
    for at, flag in enumerate(flags):
        out[at // 8] |= 0x80 >> at % 8 if flag else 0
    return bytes(out)
