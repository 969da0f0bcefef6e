"""Archives that differ from what the usual writers make, each in one way."""

from __future__ import annotations

import io
import lzma
import tarfile
import zipfile

from _archives import Coder, sevenz


def flip(data: bytes, at: int) -> bytes:
    """Change some bits of the byte at `at`."""
    return data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]


def flagged(data: bytes, flag: int) -> bytes:
    """Set a flag in every header of a zip archive."""
    out = bytearray(data)
    for magic, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = -1
        while (at := data.find(magic, at + 1)) >= 0:
            out[at + offset] |= flag
    return bytes(out)


def method(data: bytes, method: int) -> bytes:
    """Name another method in both headers of a zip archive of one member."""
    out = bytearray(data)
    out[8] = out[data.index(b"PK\1\2") + 10] = method
    return bytes(out)


def zip64(files: dict[str, bytes]) -> bytes:
    """Return a zip archive whose sizes and places stand in the fields of ZIP64."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(data)
    data = out.getvalue()
    end = data.rindex(b"PK\5\6")
    count, size, offset = (
        int.from_bytes(data[a:b], "little") for a, b in ((end + 10, end + 12), (end + 12, end + 16), (end + 16, end + 20))
    )
    wide = [value.to_bytes(8, "little") for value in (44, count, count, size, offset)]
    end64 = b"PK\6\6" + wide[0] + b"\x2d\0\x2d\0" + bytes(8) + b"".join(wide[1:])
    locator = b"PK\6\7" + bytes(4) + end.to_bytes(8, "little") + b"\1\0\0\0"
    return data[:end] + end64 + locator + b"PK\5\6" + bytes(4) + b"\xff" * 12 + bytes(2)


def prefixed(before: bytes, files: dict[str, bytes]) -> bytes:
    """Return a zip archive after a line, with offsets from the beginning of the file, as ``zipapp`` writes it."""
    out = io.BytesIO()
    out.write(before)
    with zipfile.ZipFile(out, "a") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def realigned(data: bytes) -> bytes:
    """Put zeros between the member and the directory of a zip archive."""
    at = data.index(b"PK\1\2")
    end = data.rindex(b"PK\5\6")
    return data[:at] + bytes(64) + data[at : end + 16] + (at + 64).to_bytes(4, "little") + data[end + 20 :]


def between(files: dict[str, bytes]) -> bytes:
    """Return a zip archive with data between its members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
            assert archive.fp
            archive.fp.write(b"hidden")
            archive.start_dir = archive.fp.tell()
    return out.getvalue()


def twice(content: bytes) -> bytes:
    """Return a zip archive that lists its only member twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", content)
        archive.filelist.append(archive.filelist[0])
    return out.getvalue()


def v7(data: bytes) -> bytes:
    """Take the magic out of a ustar archive's headers, and sum them up again."""
    out = bytearray(data)
    at = -1
    while (at := data.find(b"ustar", at + 1)) >= 0:
        begin = at - 257
        out[at : begin + 512] = bytes(255)
        out[begin + 148 : begin + 156] = b" " * 8
        out[begin + 148 : begin + 156] = b"%06o\0 " % sum(out[begin : begin + 512])
    return bytes(out)


def base256(data: bytes) -> bytes:
    """Write the size of the first member in base 256."""
    out = bytearray(data)
    out[124:136] = b"\x80" + int(data[124:135], 8).to_bytes(11, "big")
    out[148:156] = b" " * 8
    out[148:156] = b"%06o\0 " % sum(out[:512])
    return bytes(out)


def with_links(files: dict[str, bytes]) -> bytes:
    """Return a tar archive that begins with links, a device, a FIFO and a folder."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            member = tarfile.TarInfo("odd")
            member.type, member.linkname = kind, "../../../etc/passwd"
            archive.addfile(member)
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def huge7z() -> bytes:
    """Return an archive that announces 4 GiB of content and of dictionary."""
    wide = {"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}
    data = sevenz({"a": bytes(1 << 28)}, [Coder(b"\x21", bytes([40]), wide)], lzma.compress(b"", lzma.FORMAT_RAW, filters=[wide]))
    assert len(data) < 999
    return data
