"""What a pickle builds, as far as data go: lists, dictionaries, and calls that are never made, each kept with its arguments."""

# ruff: noqa: SLF001 - the steps stand in a table below the machine whose they are
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, BinaryIO

_MOST = 3_000_000  # opcodes that are followed, and things that are kept
DIMENSIONS = 64  # of an array; numpy allows no more
_MARK = object()
_TAKEN = 256 << 20  # bytes of an array that may stand behind its wrapper, and of all bytes that are made from texts
_NAME = 1000  # characters of a module and of a name


class Name:
    """A name that loading would look up, as ``module name``."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        """Take it."""
        self.text = text


class Made:
    """A call that loading would make."""

    __slots__ = ("args", "call", "raw", "state")

    def __init__(self, call: object, args: object) -> None:
        """Take what is called, and with what."""
        self.call = call.text if isinstance(call, Name) else ""
        self.args: tuple[Any, ...] = args if isinstance(args, tuple) else ()
        self.state: Any = None
        self.raw: Any = None  # bytes that follow a wrapper of joblib, or the object in a pickle that does


class Machine:
    """Follows opcodes with a stack of data. What it cannot follow ends it; nothing is imported or called."""

    def __init__(self, stream: BinaryIO, *, inside: bool = False) -> None:
        """Take the stream of the opcodes, of which joblib's arrays are skipped; `inside` such an array there is no other."""
        self._stream, self._inside = stream, inside
        self._left = _MOST
        self._bytes = _TAKEN
        self.alive = True
        self.roots: list[object] = []
        self.begin()

    def begin(self) -> None:
        """Begin a pickle."""
        self._stack: list[Any] = []
        self._memo: dict[int, Any] = {}

    def take(self, name: str, argument: Any) -> None:
        """Follow one opcode."""
        if not self.alive:
            return
        self._left -= 1
        try:
            self._take(name if self._left > 0 else "", argument)
        except (ValueError, IndexError, TypeError, KeyError, AttributeError, OverflowError, MemoryError):
            self.alive = False
            self._stack, self._memo = [], {}

    def _take(self, name: str, argument: Any) -> None:
        if not name:
            raise ValueError
        step = _STEPS.get(name)
        if step:
            step(self)
        elif name in _EMPTY:
            self._stack.append(_EMPTY[name]())
        elif name in _PUT:
            self._memo[len(self._memo) if name == "MEMOIZE" else int(argument)] = self._stack[-1]
        elif name in _GET:
            self._stack.append(self._memo[int(argument)])
        elif name in _CONSTANT:
            self._stack.append(_CONSTANT[name])
        elif name == "GLOBAL":
            self._stack.append(Name(str(argument)))
        elif name == "INST":
            self._stack.append(Made(Name(str(argument)), tuple(self._marked())))
        elif name == "STOP":
            self.roots.append(self._stack.pop())
        elif name in _UNKNOWN:
            self._stack.append(None)
        elif name not in _NOTHING:
            self._stack.append(argument)

    def _marked(self) -> list[Any]:
        """Return what stands above the last mark."""
        at = len(self._stack) - 1
        while self._stack[at] is not _MARK:
            at -= 1
            if at < 0:
                raise IndexError
        found = self._stack[at + 1 :]
        del self._stack[at:]
        return found

    def _mark(self) -> None:
        self._stack.append(_MARK)

    def _tuple(self, count: int = -1) -> None:
        if count < 0:
            self._stack.append(tuple(self._marked()))
        else:
            found = tuple(self._stack[-count:])
            del self._stack[-count:]
            self._stack.append(found)

    def _append(self, items: list[Any]) -> None:
        last = self._stack[-1]
        if isinstance(last, list):
            last += items

    def _set(self, items: list[Any]) -> None:
        last = self._stack[-1]
        pairs = zip(items[::2], items[1::2], strict=True)
        if isinstance(last, dict):
            last.update((key, value) for key, value in pairs if isinstance(key, (str, int, float, bytes, type(None))))
        elif isinstance(last, Made):
            state = last.raw if isinstance(last.raw, dict) else {}
            state.update((key, value) for key, value in pairs if isinstance(key, (str, int, float, bytes, type(None))))
            last.raw = state

    def _global(self) -> None:
        name, module = self._stack.pop(), self._stack.pop()
        known = isinstance(module, str) and isinstance(name, str) and max(len(module), len(name)) <= _NAME
        self._stack.append(Name(f"{module} {name}" if known else "?"))

    def _reduce(self, *, more: bool = False) -> None:
        if more:
            self._stack.pop()
        args, call = self._stack.pop(), self._stack.pop()
        made = Made(call, args)
        if made.call == "_codecs encode" and made.args and isinstance(made.args[0], str):
            self._bytes -= len(made.args[0])  # one text can be asked for again and again
            if self._bytes < 0:
                raise ValueError
            self._stack.append(made.args[0].encode("latin-1"))  # bytes in protocol 2
        else:
            self._stack.append(made)

    def _build(self) -> None:
        state = self._stack.pop()
        made = self._stack[-1]
        if isinstance(made, Made):
            made.state = state
            if made.call.endswith(" NumpyArrayWrapper"):
                made.raw = self._behind(state)

    def _behind(self, state: dict[str, Any]) -> object:
        """Return the bytes of an array that joblib writes behind its wrapper, between two opcodes."""
        size = width(state["dtype"])
        if self._inside or len(state["shape"]) > DIMENSIONS:
            raise ValueError
        if state.get("numpy_array_alignment_bytes") is not None and size:
            self._stream.read(self._stream.read(1)[0])
        if not size:
            return self._nested()
        for length in state["shape"]:
            if not isinstance(length, int) or not 0 <= length <= _TAKEN:
                raise ValueError
            size *= length
        if size > _TAKEN:
            raise ValueError
        return self._stream.read(size)

    def _nested(self) -> object:
        """Return the object of a pickle inside, as joblib writes arrays of objects."""
        import pickletools  # noqa: PLC0415 - as in `pickles`

        inner = Machine(self._stream, inside=True)
        for opcode, argument, _position in pickletools.genops(self._stream):
            inner.take(opcode.name, argument)
            self._left -= 1
            if self._left < 0:
                raise ValueError
        return inner.roots[0] if inner.roots else None

    def _object(self) -> None:
        items = self._marked()
        self._stack.append(Made(items[0], tuple(items[1:])))

    def _forget(self) -> None:
        self._marked()

    def _pop(self) -> None:
        self._stack.pop()

    def _dup(self) -> None:
        self._stack.append(self._stack[-1])

    def _dict(self) -> None:
        items = self._marked()
        self._stack.append({})
        self._set(items)

    def _one(self) -> None:
        self._append([self._stack.pop()])

    def _item(self) -> None:
        value, key = self._stack.pop(), self._stack.pop()
        self._set([key, value])


def width(kind: object) -> int:
    """Return the bytes of one value of a dtype; 0 for objects. Raises `ValueError` for what is no plain type."""
    text = kind.args[0] if isinstance(kind, Made) and kind.call.endswith(" dtype") and kind.args else ""
    if not isinstance(text, str) or len(text) < 2 or text[0] not in "biufSUO?" or not text[1:].isdigit():
        raise ValueError
    return 0 if text[0] == "O" else int(text[1:]) * (4 if text[0] == "U" else 1)


_STEPS: dict[str, Callable[[Machine], None]] = {
    "MARK": Machine._mark,
    "TUPLE": Machine._tuple,
    "TUPLE1": lambda machine: machine._tuple(1),
    "TUPLE2": lambda machine: machine._tuple(2),
    "TUPLE3": lambda machine: machine._tuple(3),
    "LIST": lambda machine: machine._stack.append(machine._marked()),
    "DICT": Machine._dict,
    "APPEND": Machine._one,
    "APPENDS": lambda machine: machine._append(machine._marked()),
    "SETITEM": Machine._item,
    "SETITEMS": lambda machine: machine._set(machine._marked()),
    "ADDITEMS": Machine._forget,
    "FROZENSET": lambda machine: machine._stack.append(machine._marked()),
    "STACK_GLOBAL": Machine._global,
    "REDUCE": Machine._reduce,
    "NEWOBJ": Machine._reduce,
    "NEWOBJ_EX": lambda machine: machine._reduce(more=True),
    "BUILD": Machine._build,
    "OBJ": Machine._object,
    "POP": Machine._pop,
    "POP_MARK": Machine._forget,
    "DUP": Machine._dup,
    "BINPERSID": lambda machine: machine._stack.__setitem__(-1, None),
}
_EMPTY: dict[str, Callable[[], object]] = {"EMPTY_LIST": list, "EMPTY_DICT": dict, "EMPTY_TUPLE": tuple, "EMPTY_SET": list}
_CONSTANT = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False}
_PUT = frozenset({"PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"})
_GET = frozenset({"GET", "BINGET", "LONG_BINGET"})
_UNKNOWN = frozenset({"PERSID", "EXT1", "EXT2", "EXT4", "NEXT_BUFFER"})
_NOTHING = frozenset({"PROTO", "FRAME", "READONLY_BUFFER"})
