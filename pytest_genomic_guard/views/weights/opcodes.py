"""The opcodes of pickles, one after another, out of a stream of any length: what they are called, and what stands behind them.

`pickletools` reads what Python itself writes and stops elsewhere: at a name that is not ASCII, at a number in another spelling.
A loader goes on there. So this reader takes what CPython's loader in C takes (python/cpython ``Modules/_pickle.c``, whose table of
opcodes was read on 2026-11-22), holds no more of an argument than can matter, and says where it ends and why.
"""

from __future__ import annotations

from pytest_genomic_guard.model import Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_genomic_guard.model import Stream

KEPT = 1 << 20  # bytes of one argument that are kept; what follows them is passed over
_LINE = 4 << 10  # bytes of a line that are kept
_PIECE = 1 << 18


class Broken(Exception):  # noqa: N818 - what a pickle is, and no error of ours
    """A loader would stop here; `args` says why: cut, opcode or argument."""


class Source:
    """Bytes that are taken in order."""

    def __init__(self, stream: Stream) -> None:
        """Read `stream`."""
        self._stream, self._data, self._here, self._ended = stream, b"", 0, False
        self._before = 0

    @property
    def at(self) -> int:
        """Return how many bytes were taken."""
        return self._before + self._here

    def peek(self, size: int) -> bytes:
        """Return the next bytes, fewer at the end; data that cannot be read on end there."""
        while len(self._data) - self._here < size and not self._ended:
            try:
                part = self._stream.read(max(_PIECE, size))
            except Unreadable:
                part = b""
            self._ended = not part
            self._before += self._here
            self._data, self._here = self._data[self._here :] + part, 0
        return self._data[self._here : self._here + size]

    def take(self, size: int) -> bytes:
        """Take bytes, of which no more than `KEPT` are returned. Raises `Broken`."""
        data = self._data[self._here : self._here + size]
        if len(data) == size <= KEPT:
            self._here += size
            return data
        data = self.peek(min(size, KEPT))
        self._here += len(data)
        left = size - len(data)
        while left > 0:
            part = len(self.peek(min(left, _PIECE)))
            if not part:
                raise Broken("cut")
            self._here += part
            left -= part
        return data

    def line(self) -> bytes:
        """Take a line, of which the beginning is returned, without its end. Raises `Broken`."""
        kept = b""
        while True:
            end = self._data.find(b"\n", self._here)
            stop = len(self._data) if end < 0 else end
            kept += self._data[self._here : min(stop, self._here + _LINE - len(kept))]
            self._here = stop
            if end >= 0:
                self._here += 1
                return kept.removesuffix(b"\r")
            if not self.peek(1):
                raise Broken("cut")


def step(source: Source) -> tuple[str, object]:
    """Take one opcode: its name, and its argument, None where that is nothing to know. Raises `Broken`."""
    code = source.take(1)
    known = _OPCODES.get(code)
    if known is None:
        raise Broken("opcode")
    name, kind = known
    return name, kind(source) if kind else None


def _counted(width: int, *, text: bool = False, signed: bool = False) -> Callable[[Source], object]:
    def read(source: Source) -> object:
        size = int.from_bytes(source.take(width), "little", signed=signed)
        if size < 0:
            raise Broken("argument")
        data = source.take(size)
        return data.decode("utf-8", "surrogatepass" if size <= KEPT else "replace") if text else data

    def guarded(source: Source) -> object:
        try:
            return read(source)
        except UnicodeDecodeError:
            raise Broken("argument") from None

    return guarded if text else read


def _whole(width: int, *, signed: bool = False) -> Callable[[Source], object]:
    return lambda source: int.from_bytes(source.take(width), "little", signed=signed)


def _nothing(width: int) -> Callable[[Source], object]:
    def read(source: Source) -> object:
        source.take(width)
        return None

    return read


def _long(width: int) -> Callable[[Source], object]:
    def read(source: Source) -> object:
        size = int.from_bytes(source.take(width), "little", signed=width > 1)
        if size < 0:
            raise Broken("argument")
        data = source.take(size)
        return int.from_bytes(data, "little", signed=True) if len(data) <= 16 else None

    return read


def _pair(source: Source) -> object:
    try:
        return source.line().decode(), source.line().decode()
    except UnicodeDecodeError:
        raise Broken("argument") from None


def _number(source: Source) -> object:
    line = source.line().strip().removesuffix(b"L")
    digits = line[1:] if line[:1] in {b"+", b"-"} else line
    if not digits.isdigit():
        if digits[:2].lower() in {b"0x", b"0o", b"0b"}:
            return None
        raise Broken("argument")
    return int(line) if len(line) <= 18 else None


def _float(source: Source) -> object:
    line = source.line().strip()
    if not line or line.strip(b"+-.0123456789eEinfatyINFATY_"):
        raise Broken("argument")
    return None


def _quoted(source: Source) -> object:
    line = source.line().strip()
    if len(line) < 2 or line[:1] != line[-1:] or line[:1] not in {b"'", b'"'}:
        if len(line) < _LINE:
            raise Broken("argument")
        return None
    text = line[1:-1]
    if b"\\" in text:
        import codecs  # noqa: PLC0415 - few have any

        try:
            text = codecs.escape_decode(text)[0]
        except ValueError:
            raise Broken("argument") from None
    return text.decode("latin-1")


def _raw_text(source: Source) -> object:
    line = source.line()
    return line.decode("raw-unicode-escape", "replace") if b"\\" in line else line.decode("latin-1")


def _any_line(source: Source) -> object:
    source.line()
    return None


def _latin(width: int, *, signed: bool) -> Callable[[Source], object]:
    read = _counted(width, signed=signed)

    def decoded(source: Source) -> object:
        data = read(source)
        return data.decode("latin-1") if isinstance(data, bytes) else None

    return decoded


_OPCODES: dict[bytes, tuple[str, Callable[[Source], object] | None]] = {
    b"I": ("INT", _number),
    b"J": ("BININT", _whole(4, signed=True)),
    b"K": ("BININT1", _whole(1)),
    b"M": ("BININT2", _whole(2)),
    b"L": ("LONG", _number),
    b"\x8a": ("LONG1", _long(1)),
    b"\x8b": ("LONG4", _long(4)),
    b"S": ("STRING", _quoted),
    b"T": ("BINSTRING", _latin(4, signed=True)),
    b"U": ("SHORT_BINSTRING", _latin(1, signed=False)),
    b"B": ("BINBYTES", _counted(4)),
    b"C": ("SHORT_BINBYTES", _counted(1)),
    b"\x8e": ("BINBYTES8", _counted(8)),
    b"\x96": ("BYTEARRAY8", _counted(8)),
    b"\x97": ("NEXT_BUFFER", None),
    b"\x98": ("READONLY_BUFFER", None),
    b"N": ("NONE", None),
    b"\x88": ("NEWTRUE", None),
    b"\x89": ("NEWFALSE", None),
    b"V": ("UNICODE", _raw_text),
    b"\x8c": ("SHORT_BINUNICODE", _counted(1, text=True)),
    b"X": ("BINUNICODE", _counted(4, text=True)),
    b"\x8d": ("BINUNICODE8", _counted(8, text=True)),
    b"F": ("FLOAT", _float),
    b"G": ("BINFLOAT", _nothing(8)),
    b"]": ("EMPTY_LIST", None),
    b"a": ("APPEND", None),
    b"e": ("APPENDS", None),
    b"l": ("LIST", None),
    b")": ("EMPTY_TUPLE", None),
    b"t": ("TUPLE", None),
    b"\x85": ("TUPLE1", None),
    b"\x86": ("TUPLE2", None),
    b"\x87": ("TUPLE3", None),
    b"}": ("EMPTY_DICT", None),
    b"d": ("DICT", None),
    b"s": ("SETITEM", None),
    b"u": ("SETITEMS", None),
    b"\x8f": ("EMPTY_SET", None),
    b"\x90": ("ADDITEMS", None),
    b"\x91": ("FROZENSET", None),
    b"0": ("POP", None),
    b"2": ("DUP", None),
    b"(": ("MARK", None),
    b"1": ("POP_MARK", None),
    b"g": ("GET", _number),
    b"h": ("BINGET", _whole(1)),
    b"j": ("LONG_BINGET", _whole(4)),
    b"p": ("PUT", _number),
    b"q": ("BINPUT", _whole(1)),
    b"r": ("LONG_BINPUT", _whole(4)),
    b"\x94": ("MEMOIZE", None),
    b"\x82": ("EXT1", _whole(1)),
    b"\x83": ("EXT2", _whole(2)),
    b"\x84": ("EXT4", _whole(4)),
    b"c": ("GLOBAL", _pair),
    b"\x93": ("STACK_GLOBAL", None),
    b"R": ("REDUCE", None),
    b"b": ("BUILD", None),
    b"i": ("INST", _pair),
    b"o": ("OBJ", None),
    b"\x81": ("NEWOBJ", None),
    b"\x92": ("NEWOBJ_EX", None),
    b"\x80": ("PROTO", _whole(1)),
    b".": ("STOP", None),
    b"\x95": ("FRAME", _nothing(8)),
    b"P": ("PERSID", _any_line),
    b"Q": ("BINPERSID", None),
}
