"""Names of columns in what R's ``saveRDS`` and ``save`` serialise, in each encoding ("R Internals", 1.8, and serialize.c).

`names` of lists and data frames are returned, and variables of a file of `save`; row names, names of vectors and values are not.
The names of a data frame stand after its columns, so all of the file is needed, unpacked, up to `bounds.HELD`; what is cut there
has the names that stand before that place.
"""

from __future__ import annotations

import array
import contextlib
import struct

from pytest_genomic_guard.views.tables.rwords import Binary, Words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_MOST = 1 << 20  # names
_STEPS = 1 << 21  # items other than texts and numbers
_DEPTH = 10_000  # items that are open at the same time
_LATIN1 = 0x4000  # a flag of a text

# Kinds of items.
_SYMBOL, _PAIRS, _ENVIRONMENT, _TEXT, _TEXTS, _LIST, _EXPRESSION, _CODE, _POINTER, _WEAK, _S4 = (
    1,
    2,
    4,
    9,
    16,
    19,
    20,
    21,
    22,
    23,
    25,
)
_CHAINED = frozenset({3, 5, 6, 17})  # closures, promises, calls and dots are made as lists of pairs are
_NUMBERS = {10: 1, 13: 1, 14: 2, 15: 4, 24: 0}  # words of 4 bytes to an element; bytes are none of them
_SINGLES = frozenset({254, 253, 252, 251, 250, 242, 241})  # NULL, the global environment and their like
_SPACES = frozenset({247, 248, 249})  # environments by their name
_REFERENCE, _COMPACT = 255, 238
_HAS_ATTRIBUTES, _HAS_TAG = 0x200, 0x400
_BACK, _AGAIN = 243, 244
_CALLS_WITH = frozenset({239, 240})  # with attributes
_CALLS = frozenset({_PAIRS, 6, _AGAIN, *_CALLS_WITH})

# What an item is to the one around it.
_PLAIN, _NAMES, _ATTRIBUTES, _TOP = range(4)


def read(head: bytes) -> list[str]:
    """Return the names of all lists, in order, and the variables; both where they stand."""
    found = _Walk()
    with contextlib.suppress(ValueError, IndexError, struct.error):  # names before a cut or damage stay
        found.walk(head)
    return found.names


class _Walk:
    """Goes over the items once, with a stack of what is to be done next."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._symbols = array.array("q")  # where the text of each reference stands, -1 for what is no symbol
        self._todo: list[tuple[Callable[[int, int], None], int, int]] = []
        self._steps = 0

    def walk(self, head: bytes) -> None:
        """Read what is there. Raises `ValueError` at its end or damage."""
        at = 5 if head.startswith(b"RD") else 0
        form = head[at : at + 2]
        order = "<" if form == b"B\n" and head[at + 2] else ">"
        self._in: Binary | Words = Words(head, at + 2) if form == b"A\n" else Binary(head, at + 2, order)
        version = self._in.number()
        self._in.number()
        self._in.number()
        if version not in {2, 3}:
            raise ValueError("no version that has a table")
        if version == 3:
            self._in.text()  # the encoding of texts that say none
        self._items(1, _TOP if at else _PLAIN)
        while self._todo:
            step, number, context = self._todo.pop()
            self._steps += 1
            if self._steps > _STEPS or len(self._todo) > _DEPTH:
                raise ValueError("too much")
            step(number, context)

    def _items(self, count: int, context: int) -> None:
        """Have items read before all that waits already."""
        if count > 0:
            self._todo.append((self._item, count, context))

    def _item(self, count: int, context: int) -> None:
        self._items(count - 1, context)
        flags = self._in.number()
        kind = flags & 255
        if kind in _CHAINED or (kind == _PAIRS and context in {_PLAIN, _NAMES}):
            self._items(2 + bool(flags & _HAS_ATTRIBUTES) + bool(flags & _HAS_TAG), context if context == _NAMES else _PLAIN)
        elif kind == _PAIRS:
            self._todo.append((self._pair, flags, context))
            self._items(bool(flags & _HAS_ATTRIBUTES), _PLAIN)
        elif kind == _SYMBOL:
            self._symbol()
        elif kind == _REFERENCE:
            if not flags >> 8:
                self._in.number()
        elif kind == _COMPACT:
            self._compact(context)
        elif kind not in _SINGLES:
            self._whole(kind, bool(flags & _HAS_ATTRIBUTES), context)

    def _whole(self, kind: int, attributes: bool, context: int) -> None:  # noqa: FBT001 - a flag of the format
        """Read an item whose attributes follow it."""
        self._items(attributes and kind != _ENVIRONMENT, _ATTRIBUTES if kind == _LIST else _PLAIN)
        if kind in {_LIST, _EXPRESSION}:
            self._items(self._length(), context if context == _NAMES else _PLAIN)
        elif kind == _TEXTS:
            self._in.texts(self._length(), self._keep if context == _NAMES else None)
        elif kind in _NUMBERS:
            self._in.numbers(self._length(), _NUMBERS[kind])
        elif kind in {_TEXT, 7, 8}:  # the others are functions of R, by their name
            self._in.text()
        elif kind == _CODE:
            self._in.number()
            self._code(0, 0)
        elif kind != _S4:
            self._place(kind)

    def _place(self, kind: int) -> None:
        """Read what later items refer to: an environment, a pointer, a weak reference."""
        self._symbols.append(-1)
        if kind == _ENVIRONMENT:
            self._in.number()
            self._items(4, _PLAIN)  # the last are its attributes
        elif kind == _POINTER:
            self._items(2, _PLAIN)
        elif kind in _SPACES:
            self._in.number()
            self._in.texts(self._length(), None)
        elif kind != _WEAK:
            raise ValueError("no such item")

    def _compact(self, context: int) -> None:
        """Read a vector that is stored as something else (ALTREP): its class, that, and its attributes."""
        if self._in.number() & 255 != _PAIRS:
            raise ValueError("no class")
        name = self._tag()
        self._items(1, _ATTRIBUTES if name == b"wrap_list" else _PLAIN)
        self._items(1, context if context == _NAMES else _PLAIN)
        self._items(1, _PLAIN)

    def _pair(self, flags: int, context: int) -> None:
        """Read one attribute, or variable, and then the others."""
        tag = self._tag() if flags & _HAS_TAG else b""
        self._items(1, context)
        if context == _TOP:
            self._keep(0, tag)
        self._items(1, _NAMES if context == _ATTRIBUTES and tag == b"names" else _PLAIN)

    def _tag(self) -> bytes:
        """Read a symbol, or a reference to one."""
        flags = self._in.number()
        if flags & 255 == _SYMBOL:
            return self._symbol()
        if flags & 255 in _SINGLES:
            return b""
        index = flags >> 8 or self._in.number()
        if flags & 255 != _REFERENCE or index < 1:
            raise ValueError("no symbol")
        at, self._in.at = self._in.at, self._symbols[index - 1]
        text = self._in.text() if self._in.at >= 0 else b""
        self._in.at = at
        return text

    def _symbol(self) -> bytes:
        self._in.number()
        self._symbols.append(self._in.at)
        return self._in.text()

    def _length(self) -> int:
        count = self._in.number()
        if count == -1:
            count = self._in.number() << 32 | self._in.number() & 0xFFFFFFFF
        if count < 0:
            raise ValueError("no length")
        return count

    def _keep(self, flags: int, text: bytes) -> None:
        if len(self.names) >= _MOST:
            raise ValueError("too many names")
        if text:
            self.names.append(text.decode("latin-1" if flags & _LATIN1 else "utf-8", "replace"))

    # Code that was compiled: numbers, then constants, of which calls have a form of their own.

    def _code(self, _count: int, _context: int) -> None:
        self._todo.append((self._constants, 0, 0))
        self._items(1, _PLAIN)

    def _constants(self, _count: int, _context: int) -> None:
        self._todo.append((self._constant, self._in.number(), 0))

    def _constant(self, count: int, _context: int) -> None:
        """Read one of what is left of the constants, or of the two parts of a call."""
        if count < 1:
            return
        self._todo.append((self._constant, count - 1, 0))
        kind = self._in.number()
        if kind == _CODE:
            self._code(0, 0)
        elif kind == _BACK:
            self._in.number()
        elif kind in _CALLS:
            if kind == _AGAIN:
                self._in.number()
                kind = self._in.number()
            self._todo.append((self._constant, 2, 0))
            self._items(2 if kind in _CALLS_WITH else 1, _PLAIN)
        else:
            self._items(1, _PLAIN)
