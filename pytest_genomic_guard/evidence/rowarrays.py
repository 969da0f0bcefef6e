"""Arrays of numpy, one (npy) or an archive of them (npz), as columns and as matrices. What would be a pickle is never loaded.

Sizes are held against the file before anything is made of them: a header can claim what it likes, and a small archive can expand to
anything. What is not compressed is mapped and not read.
"""

from __future__ import annotations

import contextlib
import struct
import zipfile
import zlib

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.evidence.rowformats import one_of
from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, BinaryIO

    from pytest_genomic_guard.metrics.nouns import Kind

_HEADER = 1 << 16  # bytes of an array's header; that of a structured array of 1,000 fields has 30 kB
_MEMBERS = 100_000
_HARMLESS = 256 << 20  # bytes to which a member may expand whatever its own size
_RATIO = 200  # beyond that; an array of zeros has 1000, scores have less than 10
_UNPACKED = 16 << 30  # bytes of one array that has to be unpacked whole
_PIECE = 1 << 20
_LOCAL = struct.Struct("<4s22xHH")  # of a local header: its mark, and the lengths of the name and of what is beside it


class Laid(Record):
    """Where an array lies: its type and shape, and where its bytes begin in the file; of a compressed member that is not known."""

    dtype: Any
    shape: tuple[int, ...]
    fortran: bool
    offset: int
    member: Any = None  # zipfile.ZipInfo


class ArrayFile:
    """An npy or npz file."""

    def __init__(self, file: BinaryIO, form: str) -> None:
        """Read the headers. Raises `Unusable`."""
        self._file = file
        self._zip = None
        if form == "npy":
            self._laid = {"": self._npy()}
        else:
            self._zip = _archive(file)
            self._laid = {name: self._inside(info) for name, info in _members(self._zip).items()}
        only = self._laid.get("")
        self._fields = only.dtype.names if only and only.dtype.names else None
        self.header: tuple[str, ...] = self._fields or tuple(
            name for name, each in self._laid.items() if name and _column(each.shape)
        )

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Return the shapes of the arrays by name; that of an npy file has none."""
        return {name: each.shape for name, each in self._laid.items()}

    def matrix(self, key: str) -> Any:
        """Return an array of plain numbers, mapped where it can be. Raises `Unusable`."""
        name = one_of(tuple(self._laid), key) if key in self._laid or not self._only() else 0
        laid = list(self._laid.values())[name]
        if laid.dtype.kind not in "biuf":
            raise Unusable(f"the array {key!r} holds no plain numbers")
        return self._whole(laid)

    def blocks(self, wanted: Mapping[str, Kind], rows: int) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield rows of arrays that are as long as each other, or of the fields of a structured one."""
        for name in wanted:
            one_of(self.header, name)
        if self._fields:
            array = self._whole(self._laid[""]).reshape(-1)
            parts = {name: array[name] for name in wanted}
            if any(part.ndim > 1 for part in parts.values()):
                raise Unusable("a column of the structured array is itself an array")
            yield from _slices(parts, rows)
            return
        lengths = {self._laid[name].shape[0] for name in wanted}
        if len(lengths) > 1:
            raise Unusable(
                "the arrays are not of one length: " + ", ".join(f"{name} {self._laid[name].shape[0]:,}" for name in wanted)
            )
        yield from self._rows(wanted, rows, lengths.pop() if lengths else 0)

    def _rows(self, wanted: Mapping[str, Kind], rows: int, length: int) -> Iterator[tuple[int, dict[str, Any]]]:
        import numpy as np  # noqa: PLC0415 - evidence is read for gates alone

        with contextlib.ExitStack() as stack:
            mapped = {name: self._whole(self._laid[name]).reshape(-1) for name in wanted if not self._packed(self._laid[name])}
            packed = {name: stack.enter_context(self._unpacked(self._laid[name])) for name in wanted if name not in mapped}
            for first in range(0, length, rows):
                count = min(rows, length - first)
                found = {name: each[first : first + count] for name, each in mapped.items()}
                for name, stream in packed.items():
                    dtype = self._laid[name].dtype
                    found[name] = np.frombuffer(_exactly(stream, count * dtype.itemsize), dtype)
                yield count, {name: _bytes(found[name]) for name in wanted}

    def _only(self) -> bool:
        return len(self._laid) == 1

    def _packed(self, laid: Laid) -> bool:
        return laid.member is not None and laid.member.compress_type != zipfile.ZIP_STORED

    def _npy(self) -> Laid:
        self._file.seek(0)
        laid = _laid(self._file)
        size = self._file.seek(0, 2)
        _fits(laid, size - laid.offset)
        return laid

    def _inside(self, info: zipfile.ZipInfo) -> Laid:
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} or info.flag_bits & 1:
            raise Unusable("the archive is encrypted, or compressed by a method that numpy does not use")
        if info.file_size > _HARMLESS and info.file_size > _RATIO * max(1, info.compress_size):
            raise Unusable("an array of the archive expands further than the bound")
        assert self._zip is not None  # noqa: S101 - it is an archive
        try:
            with self._zip.open(info) as member:
                laid = _laid(member)
        except _DAMAGES:
            raise Unusable("the archive is damaged") from None
        _fits(laid, info.file_size - laid.offset)
        start = laid.offset
        if info.compress_type == zipfile.ZIP_STORED:
            if info.compress_size != info.file_size:
                raise Unusable("the archive is damaged")
            start += self._begin(info)
        return laid.replace(member=info, offset=start)

    def _begin(self, info: zipfile.ZipInfo) -> int:
        """Return where the bytes of a stored member begin. Raises `Unusable`."""
        self._file.seek(info.header_offset)
        head = self._file.read(30)
        if len(head) < 30:
            raise Unusable("the archive is damaged")
        _mark, name, extra = _LOCAL.unpack(head)
        begin = info.header_offset + 30 + int(name) + int(extra)
        if begin + info.file_size > self._file.seek(0, 2):
            raise Unusable("the archive is damaged")
        return begin

    @contextlib.contextmanager
    def _unpacked(self, laid: Laid) -> Iterator[Any]:
        """Open a compressed member at its first value."""
        assert self._zip is not None  # noqa: S101 - it is an archive
        with self._zip.open(laid.member) as stream:
            _exactly(stream, laid.offset)
            yield stream

    def _whole(self, laid: Laid) -> Any:
        import numpy as np  # noqa: PLC0415 - as above

        count = _count(laid.shape)
        order: Any = "F" if laid.fortran else "C"
        if not count:
            return np.zeros(laid.shape, laid.dtype)
        if self._packed(laid):
            size = count * laid.dtype.itemsize
            if size > _UNPACKED:
                raise Unusable(
                    "an array of the archive is too large to be unpacked; write it with numpy.savez, not savez_compressed"
                )
            with self._unpacked(laid) as stream:
                return np.frombuffer(_exactly(stream, size), laid.dtype).reshape(laid.shape, order=order)
        if hasattr(self._file, "getbuffer"):
            return np.frombuffer(self._file.getbuffer(), laid.dtype, count, laid.offset).reshape(laid.shape, order=order)
        try:
            return np.memmap(self._file, laid.dtype, "r", laid.offset, laid.shape, order)
        except (OSError, ValueError, AttributeError):  # a file that cannot be mapped
            self._file.seek(laid.offset)
            return np.frombuffer(_exactly(self._file, count * laid.dtype.itemsize), laid.dtype).reshape(laid.shape, order=order)


# What zipfile and zlib raise for an archive that is damaged, encrypted or of another make.
_DAMAGES = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError)


def _archive(file: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except _DAMAGES:
        raise Unusable("the archive is damaged") from None


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = [info for info in archive.infolist() if info.filename.endswith(".npy")]
    found = {info.filename.removesuffix(".npy"): info for info in infos}
    if len(infos) > _MEMBERS or len(found) != len(infos) or "" in found:
        raise Unusable("the archive holds no arrays by name, or two of one name")
    return found


def _laid(stream: Any) -> Laid:
    """Read the header of an array. Raises `Unusable`."""
    from tokenize import TokenError  # noqa: PLC0415 - as below

    from numpy.lib import format as npy  # noqa: PLC0415 - evidence is read for gates alone

    readers = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
    try:
        reader = readers.get(npy.read_magic(stream))
        if reader is None:  # the third has names beyond Latin-1
            raise Unusable("an array is of a version of the format that is not read")
        shape, fortran, dtype = reader(stream, max_header_size=_HEADER)
        offset = stream.tell()
    except (*_DAMAGES, TokenError, TypeError, SyntaxError, MemoryError, OverflowError):
        raise Unusable("an array has a header that is damaged or too large") from None
    if dtype.hasobject:
        raise Unusable("an array holds Python objects, which would be loaded as a pickle: write plain numbers and texts")
    return Laid(dtype=dtype, shape=shape, fortran=fortran, offset=offset)


def _fits(laid: Laid, size: int) -> None:
    if any(length < 0 for length in laid.shape) or _count(laid.shape) * laid.dtype.itemsize > size:
        raise Unusable("an array is shorter than its header says")


def _count(shape: tuple[int, ...]) -> int:
    count = 1
    for length in shape:
        count *= length
    return count


def _column(shape: tuple[int, ...]) -> bool:
    return len(shape) == 1 or (len(shape) == 2 and shape[1] == 1)


def _slices(parts: Mapping[str, Any], rows: int) -> Iterator[tuple[int, dict[str, Any]]]:
    length = len(next(iter(parts.values()), ()))
    for first in range(0, length, rows):
        yield min(rows, length - first), {name: _bytes(each[first : first + rows]) for name, each in parts.items()}


def _bytes(array: Any) -> Any:
    """Return texts in ASCII as bytes, which are compared four times as fast."""
    import numpy as np  # noqa: PLC0415 - as above

    width = array.dtype.itemsize // 4
    if array.dtype.kind != "U" or not width:
        return array
    signs = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("="), copy=False)).view(np.uint32)
    return signs.astype(np.uint8).view(f"S{width}") if signs.max(initial=0) < 128 else array


def _exactly(stream: Any, size: int) -> bytearray:
    """Read some bytes. Raises `Unusable` where there are fewer."""
    found = bytearray(size)
    view = memoryview(found)
    at = 0
    try:
        while at < size and (part := stream.read(min(_PIECE, size - at))):
            view[at : at + len(part)] = part
            at += len(part)
    except _DAMAGES:
        at = -1
    if at != size:
        raise Unusable("the archive is damaged")
    return found
