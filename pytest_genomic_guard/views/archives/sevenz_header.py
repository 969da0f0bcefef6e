"""The header of a 7z archive: which streams are packed how, and which files are in them."""

from __future__ import annotations

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.bounds import MEMBERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_END, _HEADER, _ARCHIVE, _ADDITIONAL, _MAIN, _FILES, _PACK, _UNPACK, _SUBSTREAMS = range(9)
_SIZE, _CRC, _FOLDER, _UNPACK_SIZE, _NUMBER, _EMPTY = 9, 10, 11, 12, 13, 14
_NAMES = 17
_CODERS = 32  # steps of one folder, and streams of one step


class Coder:
    """A step of unpacking."""

    def __init__(self, method: bytes, properties: bytes, inputs: int, outputs: int) -> None:
        """Take the method's bytes, and what it needs to be told."""
        self.method, self.properties, self.inputs, self.outputs = method, properties, inputs, outputs


class Folder:
    """Packed streams that are unpacked together, and what they hold."""

    def __init__(self, coders: list[Coder], bonds: list[tuple[int, int]], ends: list[int]) -> None:
        """Take the coders, the bonds between their inputs and outputs, and the inputs that are packed streams."""
        self.coders, self.bonds, self.ends = coders, bonds, ends
        self.sizes: list[int] = []
        self.start = 0
        self.packed: list[int] = []
        self.crc: int | None = None
        self.parts: list[tuple[int, int | None]] = []  # size and checksum of what it holds

    @property
    def size(self) -> int:
        """Return how many bytes come out: the size of the output that no coder takes in."""
        taken = {output for _input, output in self.bonds}
        return next((size for output, size in enumerate(self.sizes) if output not in taken), 0)

    def chain(self) -> Iterator[tuple[Coder, int]]:
        """Yield coders and what each makes, from the packed stream upwards. Raises `Unreadable` when they are no chain."""
        if len(self.ends) != 1 or any(coder.inputs != 1 or coder.outputs != 1 for coder in self.coders):
            known_aes = any(coder.method.startswith(b"\6\xf1") for coder in self.coders)
            raise Unreadable("encrypted" if known_aes else "method")
        takes = {output: taker for taker, output in self.bonds}
        at: int | None = self.ends[0]
        for _coder in self.coders:
            if at is None:
                raise Unreadable("corrupt")
            yield self.coders[at], self.sizes[at]
            at = takes.get(at)
        if at is not None:
            raise Unreadable("corrupt")


class File:
    """A member with content."""

    def __init__(self, number: int, name: bytes, size: int, crc: int | None) -> None:
        """Take its ordinal, a name that gives hints, and what the archive tells of its content."""
        self.number, self.name, self.size, self.crc = number, name, size, crc


class Header:
    """Folders, and the names of the files in the order of their contents."""

    def __init__(self, folders: list[Folder], names: list[tuple[int, bytes]]) -> None:
        """Take the folders, and ordinal and name of each file that has content. Raises `Unreadable` when they do not match."""
        self.folders = folders
        if sum(len(folder.parts) for folder in folders) != len(names):
            raise Unreadable("corrupt")
        rest = iter(names)
        self._files = {id(each): [File(*next(rest), size, crc) for size, crc in each.parts] for each in folders}

    def files(self, folder: Folder) -> list[File]:
        """Return the files in a folder."""
        return self._files[id(folder)]


class _Reader:
    """Bytes of a header, taken in order; every count in it is bounded by what is left. Raises `Unreadable`."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, size: int) -> bytes:
        if size > len(self._data) - self._at:
            raise Unreadable("corrupt")
        self._at += size
        return self._data[self._at - size : self._at]

    def rest(self) -> bytes:
        return self.take(len(self._data) - self._at)

    def byte(self) -> int:
        return self.take(1)[0]

    def number(self) -> int:
        """Return a number: the leading ones of its first byte tell how many bytes follow, the rest of it is the highest part."""
        first = self.byte()
        mask, value = 0x80, 0
        for index in range(8):
            if not first & mask:
                return value | (first & (mask - 1)) << 8 * index
            value |= self.byte() << 8 * index
            mask >>= 1
        return value

    def count(self, most: int = MEMBERS) -> int:
        number = self.number()
        if number > most:
            raise Unreadable("too-many")
        return number

    def bits(self, count: int) -> list[bool]:
        data = self.take((count + 7) // 8)
        return [bool(data[at // 8] & 0x80 >> at % 8) for at in range(count)]

    def defined(self, count: int) -> list[bool]:
        return [True] * count if self.byte() else self.bits(count)

    def checksums(self, count: int) -> list[int | None]:
        return [int.from_bytes(self.take(4), "little") if told else None for told in self.defined(count)]

    def expect(self, kind: int) -> None:
        if self.number() != kind:
            raise Unreadable("corrupt")


def packed(data: bytes) -> Header:
    """Return what a packed header says: one folder, which holds the header."""
    reader = _Reader(data)
    reader.byte()
    folders = _streams(reader)
    if len(folders) != 1 or len(folders[0].packed) != 1:
        raise Unreadable("corrupt")
    return Header(folders, [(1, b"")] * len(folders[0].parts))


def header(data: bytes) -> Header:
    """Return what a header says; an empty one belongs to an empty archive. Raises `Unreadable`."""
    reader = _Reader(data)
    if not data:
        return Header([], [])
    reader.expect(_HEADER)
    kind = reader.number()
    if kind == _ARCHIVE:
        while (size := reader.number()) != _END:
            reader.take(reader.number() if size else 0)
        kind = reader.number()
    if kind == _ADDITIONAL:
        raise Unreadable("method")  # no program writes it
    folders: list[Folder] = []
    if kind == _MAIN:
        folders = _streams(reader)
        kind = reader.number()
    names: list[tuple[int, bytes]] = []
    if kind == _FILES:
        names = _names(reader)
        kind = reader.number()
    if kind != _END:
        raise Unreadable("corrupt")
    return Header(folders, names)


def _streams(reader: _Reader) -> list[Folder]:
    start = 0
    sizes: list[int] = []
    folders: list[Folder] = []
    while (kind := reader.number()) != _END:
        if kind == _PACK:
            start, sizes = _packs(reader)
        elif kind == _UNPACK:
            folders = _unpacks(reader)
        elif kind == _SUBSTREAMS:
            _substreams(reader, folders)
        else:
            raise Unreadable("corrupt")
    at = 0
    for folder in folders:
        folder.parts = folder.parts if folder.parts or folder.crc == -1 else [(folder.size, folder.crc)]
        folder.crc = None if folder.crc == -1 else folder.crc
        folder.start, folder.packed = start, sizes[at : at + len(folder.ends)]
        if len(folder.packed) != len(folder.ends):
            raise Unreadable("corrupt")
        at += len(folder.ends)
        start += sum(folder.packed)
    if at != len(sizes):
        raise Unreadable("corrupt")
    return folders


def _packs(reader: _Reader) -> tuple[int, list[int]]:
    start, count = reader.number(), reader.count()
    sizes: list[int] = []
    while (kind := reader.number()) != _END:
        if kind == _SIZE:
            sizes = [reader.number() for _each in range(count)]
        elif kind == _CRC:
            reader.checksums(count)
        else:
            raise Unreadable("corrupt")
    return start, sizes


def _unpacks(reader: _Reader) -> list[Folder]:
    reader.expect(_FOLDER)
    count = reader.count()
    if reader.byte():
        raise Unreadable("method")  # kept elsewhere; no program writes it
    folders = [_folder(reader) for _each in range(count)]
    reader.expect(_UNPACK_SIZE)
    for folder in folders:
        folder.sizes = [reader.number() for coder in folder.coders for _output in range(coder.outputs)]
    while (kind := reader.number()) != _END:
        if kind != _CRC:
            raise Unreadable("corrupt")
        for folder, crc in zip(folders, reader.checksums(count), strict=True):
            folder.crc = crc
    return folders


def _folder(reader: _Reader) -> Folder:
    coders = []
    for _each in range(reader.count(_CODERS)):
        flags = reader.byte()
        method = reader.take(flags & 15)
        inputs, outputs = (reader.count(_CODERS), reader.count(_CODERS)) if flags & 16 else (1, 1)
        coders.append(Coder(method, reader.take(reader.number()) if flags & 32 else b"", inputs, outputs))
    inputs, outputs = sum(coder.inputs for coder in coders), sum(coder.outputs for coder in coders)
    if not outputs or outputs - 1 > inputs:
        raise Unreadable("corrupt")
    bonds = [(reader.number(), reader.number()) for _each in range(outputs - 1)]
    free = inputs - len(bonds)
    bound = {taker for taker, _output in bonds}
    ends = [at for at in range(inputs) if at not in bound] if free == 1 else [reader.number() for _each in range(free)]
    if len(ends) != free or any(at >= inputs for at in (*ends, *bound)):
        raise Unreadable("corrupt")
    return Folder(coders, bonds, ends)


def _substreams(reader: _Reader, folders: list[Folder]) -> None:
    kind = reader.number()
    counts = [1] * len(folders)
    if kind == _NUMBER:
        counts = [reader.count() for _folder in folders]
        kind = reader.number()
    if sum(counts) > MEMBERS:
        raise Unreadable("too-many")
    sizes: list[list[int]] = []
    for folder, count in zip(folders, counts, strict=True):
        own = [reader.number() for _each in range(count - 1)] if kind == _SIZE else []
        if count:
            own.append(folder.size - sum(own))
        if len(own) != count or (own and own[-1] < 0):
            raise Unreadable("corrupt")
        sizes.append(own)
    if kind == _SIZE:
        kind = reader.number()
    unknown = sum(count for folder, count in zip(folders, counts, strict=True) if count != 1 or folder.crc is None)
    told: list[int | None] = [None] * unknown
    while kind != _END:
        if kind != _CRC:
            raise Unreadable("corrupt")
        told = reader.checksums(unknown)
        kind = reader.number()
    rest = iter(told)
    for folder, own in zip(folders, sizes, strict=True):
        known = len(own) == 1 and folder.crc is not None
        folder.parts = [(size, folder.crc if known else next(rest)) for size in own]
        folder.crc = folder.crc if own else -1  # it holds nothing, and is not to be taken for one part


def _names(reader: _Reader) -> list[tuple[int, bytes]]:
    """Return ordinal and name of the files that have content."""
    count = reader.count()
    names, empty = [b""] * count, [False] * count
    while (kind := reader.number()) != _END:
        inner = _Reader(reader.take(reader.number()))
        if kind == _EMPTY:
            empty = inner.bits(count)
        elif kind == _NAMES:
            if inner.byte():
                raise Unreadable("method")
            names = _strings(inner.rest(), count)
    return [(number, name) for number, (name, none) in enumerate(zip(names, empty, strict=True), 1) if not none]


def _strings(data: bytes, count: int) -> list[bytes]:
    names = data.decode("utf-16-le", "replace").split("\0")
    if len(names) != count + 1 or names[-1]:
        raise Unreadable("corrupt")
    return [name.encode("utf-8", "replace") for name in names[:-1]]
