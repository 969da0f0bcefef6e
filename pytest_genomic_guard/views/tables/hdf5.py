"""Names in HDF5 files ("HDF5 File Format Specification", 3.0): groups, datasets, members of compound types, columns in attributes.

Groups of all ages are read, with links in a local heap, in the header of the object, or in a fractal heap; there, names of what was
deleted can remain, in the file as here. Objects stand anywhere, so all of the file is needed, up to `bounds.HELD`; of what is cut,
the names are returned that can be reached.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.tables import h5heaps, h5types
from pytest_genomic_guard.views.tables.h5types import Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 1 << 20  # names
_MESSAGES = 1 << 20
_SPACE, _TYPE, _LINK, _LINKS, _LAYOUT, _ATTRIBUTE, _CONTINUED, _TABLE = 1, 3, 6, 2, 8, 12, 16, 17
_AXIS = re.compile(r"axis0|block\d+_items|columns_level\d+|axis0_level\d+")  # where pandas has names of columns as values
_SOFT = 2  # kind of an entry that leads to another name
_DEEPEST = 4  # dimensions that are told
_LONGEST = 4096  # bytes of a name


def read(head: bytes) -> list[str]:
    """Return all names, each once, in the order in which a walk from the root finds them."""
    return shaped(head)[0]


def shaped(head: bytes) -> tuple[list[str], dict[str, tuple[int, ...]]]:
    """Return all names, and the shapes of the arrays among them, of several with one name that of the first."""
    found = _File(head)
    try:
        found.walk()
    except (ValueError, IndexError):
        found.cut = True
    if found.cut:
        for name in h5heaps.names(head, _MOST - len(found.names)):
            found.names[name.decode("utf-8", "replace")] = None
    return list(found.names), found.shapes


class _File:
    """Objects that were found and are still to be read, each once; the bytes to be read are limited to some times the file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.names: dict[str, None] = {}
        self.shapes: dict[str, tuple[int, ...]] = {}
        self.cut = False
        self._todo: list[tuple[int, str]] = []
        self._seen: set[int] = set()
        self._left = 4 * len(data) + (1 << 16)
        self._messages = 0
        self._blocks: dict[int, list[int]] | None = None
        self._texts: dict[int, dict[int, tuple[int, int]]] = {}

    def walk(self) -> None:
        """Read all that can be reached. Raises `ValueError` when that is too much."""
        start = Reader(self.data, 8)
        version = start.number(1)
        if version > 3:
            raise ValueError("no such version")
        sizes = self.data[13:15] if version < 2 else self.data[9:11]
        self._offset, self._length = sizes
        if not {self._offset, self._length} <= {2, 4, 8}:
            raise ValueError("no such size")
        start.at = {0: 24, 1: 28}.get(version, 12)
        self._base = start.number(self._offset)
        start.skip((4 if version < 2 else 2) * self._offset)
        self._reach(start.number(self._offset), "")
        while self._todo:
            at, name = self._todo.pop()
            try:
                self._object(at, name)
            except (ValueError, IndexError):
                if self._left < 0 or self._messages > _MESSAGES or len(self.names) >= _MOST:
                    raise
                self.cut = True

    def _reach(self, address: int, name: str) -> None:
        """Have an object read later on; those after it stand below it."""
        if address + self._base not in self._seen and address != 256**self._offset - 1:
            self._todo.append((address + self._base, name))

    def _once(self, at: int, cost: int) -> bool:
        """Tell whether something is read for the first time, and count its bytes."""
        self._left -= max(cost, 16)
        if self._left < 0:
            raise ValueError("parts overlap")
        new = at not in self._seen
        self._seen.add(at)
        return new

    def _name(self, name: bytes) -> str:
        if len(self.names) >= _MOST:
            raise ValueError("too many names")
        text = name.decode("utf-8", "replace")
        if text:
            self.names[text] = None
        return text

    def _object(self, at: int, name: str) -> None:
        """Read the messages of one object."""
        if not self._once(at, 16):
            return
        known = _Object(name)
        first = len(self._todo)
        for kind, message in self._all_messages(at):
            try:
                self._message(kind, message, known)
            except (ValueError, IndexError):
                if self._left < 0 or len(self.names) >= _MOST:
                    raise
                self.cut = True
        self._todo[first:] = self._todo[first:][::-1]
        if known.values and known.width:
            begin, size = known.values
            for each in range(begin, min(begin + size, len(self.data)), known.width):
                self._name(self.data[each : each + known.width].rstrip(b"\0 "))

    def _all_messages(self, at: int) -> Iterator[tuple[int, Reader]]:
        """Yield the messages of a header, and of the blocks in which it goes on."""
        new = self.data.startswith(b"OHDR", at)
        header = Reader(self.data, at + (4 if new else 0))
        if header.number(1) != (2 if new else 1):
            raise ValueError("no header")
        flags = 0
        if new:
            flags = header.number(1)
            header.skip((16 if flags & 0x20 else 0) + (4 if flags & 0x10 else 0))
            size = header.number(1 << (flags & 3))
        else:
            header.skip(7)
            size = header.number(4)
            header.skip(4)
        chunks = [(header.at, size)]
        while chunks:
            begin, size = chunks.pop()
            if not self._once(-1 - begin, size):
                continue
            chunk = Reader(self.data, begin, begin + size)
            self.cut |= begin + size > len(self.data)
            while chunk.left() >= (4 if new else 8):
                self._messages += 1
                if self._messages > _MESSAGES:
                    raise ValueError("too many messages")
                kind, length = chunk.number(1 if new else 2), chunk.number(2)
                shared = chunk.number(1) & 2
                chunk.skip((2 if flags & 4 else 0) if new else 3)
                message = Reader(self.data, chunk.at, chunk.at + length)
                chunk.skip(length)
                if kind == _CONTINUED:
                    where, many = self._base + message.number(self._offset), message.number(self._length)
                    chunks.append((where + 4, many - 8) if new else (where, many))
                elif not shared:  # a shared type is an object of its own
                    yield kind, message

    def _message(self, kind: int, message: Reader, known: _Object) -> None:
        if kind == _LINK:
            self._link(message)
        elif kind == _LINKS:
            message.skip(1)
            message.skip(8 if message.number(1) & 1 else 0)
            self._dense(message.number(self._offset))
        elif kind == _TABLE:
            self._table(message.number(self._offset), message.number(self._offset))
        elif kind == _SPACE:
            version, rank, _flags = (message.number(1) for _each in range(3))
            message.skip(5 if version == 1 else 1)
            if known.name and rank <= _DEEPEST:
                self.shapes.setdefault(known.name, tuple(message.number(self._length) for _each in range(rank)))
        elif kind == _TYPE:
            members, known.width = h5types.members(message)
            for member in members:
                self._name(member)
        elif kind == _ATTRIBUTE:
            for column in h5types.columns(message, self._global, self._offset):
                self._name(column)
        elif kind == _LAYOUT and _AXIS.fullmatch(known.name) and message.number(1) >= 3 and message.number(1) == 1:
            known.values = (self._base + message.number(self._offset), message.number(self._length))

    def _link(self, message: Reader) -> None:
        """Read a link in its new form: its name, and where it leads."""
        if message.number(1) != 1:
            raise ValueError("no link")
        flags = message.number(1)
        if flags & 0xE0:
            raise ValueError("no link")
        kind = message.number(1) if flags & 8 else 0
        message.skip((8 if flags & 4 else 0) + (1 if flags & 16 else 0))
        name = self._name(message.take(message.number(1 << (flags & 3))))
        if kind:
            message.skip(message.number(2))  # soft, or to another file
        else:
            self._reach(message.number(self._offset), name)

    def _dense(self, address: int) -> None:
        """Read links in the blocks of a fractal heap, one behind the other; what was freed there is passed over."""
        at = address + self._base
        if address == 256**self._offset - 1:
            return
        if not self.data.startswith(b"FRHP", at):
            raise ValueError("no heap")
        if not self._once(at, 16):
            return
        header = Reader(self.data, at + 9)
        sums = header.number(1) & 2
        header.skip(4 + 10 * self._length + 2 * self._offset)
        width, smallest, largest, bits = (header.number(size) for size in (2, self._length, self._length, 2))
        if self._blocks is None:
            self._blocks = h5heaps.blocks(self.data, self._offset)
        for block in self._blocks.get(address, []):
            before = Reader(self.data, block + 5 + self._offset)
            place = before.number((bits + 7) // 8)
            size = h5heaps.block_size(place, width * smallest, smallest, largest)
            size = min(size, len(self.data))
            self._once(-1 - block, size)
            self._links(Reader(self.data, before.at + (4 if sums else 0), block + size))

    def _links(self, body: Reader) -> None:
        """Read links that follow each other; what was freed between them is passed over."""
        while (at := self.data.find(b"\1", body.at, body.end)) >= 0:
            body.at = at
            try:
                self._link(body)
            except (ValueError, IndexError):
                self._messages += 1
                if len(self.names) >= _MOST or self._messages > _MESSAGES:
                    raise
                body.at = at + 1

    def _table(self, tree: int, heap: int) -> None:
        """Read links in their old form: a tree of tables, of which the names stand in a local heap."""
        header = Reader(self.data, self._base + heap + 8)
        size = header.number(self._length)
        header.skip(self._length)
        names = Reader(self.data, self._base + header.number(self._offset))
        names.end = min(names.end, names.at + size)
        nodes = [tree]
        while nodes:
            at = nodes.pop() + self._base
            if self.data.startswith(b"SNOD", at):
                count = Reader(self.data, at + 6).number(2)
                if self._once(at, 40 * count):
                    self._entries(Reader(self.data, at + 8), count, names)
            elif self.data.startswith(b"TREE", at):
                count = Reader(self.data, at + 6).number(2)
                step = self._offset + self._length
                if self._once(at, step * count):
                    body = Reader(self.data, at + 8 + 2 * self._offset)
                    children = [self._child(body) for _each in range(min(count, body.left() // step))]
                    nodes += children[::-1]
            else:
                self.cut = True

    def _child(self, body: Reader) -> int:
        body.skip(self._length)
        return body.number(self._offset)

    def _entries(self, table: Reader, count: int, names: Reader) -> None:
        for _each in range(count):
            begin, address = names.at + table.number(self._offset), table.number(self._offset)
            kind = table.number(4)
            table.skip(20)
            stop = self.data.find(b"\0", begin, min(names.end, begin + _LONGEST))
            name = self._name(self.data[begin:stop]) if stop > 0 else ""
            if kind != _SOFT:
                self._reach(address, name)

    def _global(self, address: int, index: int) -> bytes:
        """Return a text of variable length."""
        if address not in self._texts:
            self._texts[address], size = h5heaps.texts(self.data, address + self._base, self._length)
            self._once(-1 - address - self._base, size)
        at, size = self._texts[address].get(index, (0, 0))
        return self.data[at : at + min(size, _LONGEST)]


class _Object:
    """What is known of an object while its messages are read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.width = 0  # of a text
        self.values: tuple[int, int] | None = None  # where they stand, if they are names of columns
