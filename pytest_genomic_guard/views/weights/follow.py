"""Follows the opcodes of a pickle with as little of its data as is needed to know what it would call. Nothing is built or called.

Where a loader would stop, a machine notes it and goes on: what was there before was done by then.
"""

# ruff: noqa: SLF001 - the steps stand in a table below the machine whose they are
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

NAME = 1000  # characters of a text that are kept
_SMALL = 32  # things in one of which the parts are known
_MEMO = 1_000_000  # things that are kept to be asked for again
_STACK = 8_000_000
_MARK = object()
LOST = object()  # a thing that is not known for want of room


class Global:
    """What a loader looks up."""

    __slots__ = ("module", "name")

    def __init__(self, module: str, name: str) -> None:
        """Take both."""
        self.module, self.name = module, name


class Call:
    """What a loader calls, with what."""

    __slots__ = ("args", "callee", "state")

    def __init__(self, callee: object, args: object) -> None:
        """Take both."""
        self.callee, self.args = callee, args if isinstance(args, tuple) else ()
        self.state: object = None

    @property
    def called(self) -> Global | None:
        """Return the name that is called, where it is one."""
        return self.callee if isinstance(self.callee, Global) else None


class Machine:
    """The stack and the memo of one pickle."""

    def __init__(self) -> None:
        """Begin."""
        self._stack: list[Any] = []
        self._memo: dict[int, Any] = {}
        self.odd = False  # a loader would have stopped
        self.calls = 0
        self.found: list[Global | Call] = []  # what the last opcode looks up or calls

    def take(self, name: str, argument: object) -> None:
        """Follow one opcode."""
        step = _STEPS.get(name)
        if step:
            step(self)
        elif name in _PUT:
            self._put(argument)
        elif name in _GET:
            known = isinstance(argument, int) and argument in self._memo
            self.odd = self.odd or not (known or len(self._memo) >= _MEMO)
            self._push(self._memo[argument] if known else LOST if len(self._memo) >= _MEMO else None)  # type: ignore[index]
        elif name in _LOOKED:
            self._look(name, argument)
        elif isinstance(argument, str):
            self._push(argument if len(argument) <= NAME else LOST)
        elif name not in _NOTHING:
            self._push(argument if isinstance(argument, int) else _FIXED.get(name))

    @property
    def top(self) -> object:
        """Return what a pickle that ended is."""
        return self._stack[-1] if self._stack else None

    def _push(self, value: object) -> None:
        if len(self._stack) < _STACK:
            self._stack.append(value)
        else:
            self.odd = True

    def _pop(self) -> Any:
        if not self._stack or self._stack[-1] is _MARK:
            self.odd = True
            return None
        return self._stack.pop()

    def _put(self, argument: object) -> None:
        at = argument if isinstance(argument, int) else len(self._memo)
        if not self._stack or at < 0:
            self.odd = True
        elif len(self._memo) < _MEMO or at in self._memo:
            self._memo[at] = self._stack[-1]

    def _marked(self) -> list[Any]:
        """Return what stands above the last mark."""
        at = len(self._stack) - 1
        while at >= 0 and self._stack[at] is not _MARK:
            at -= 1
        self.odd = self.odd or at < 0
        found = self._stack[at + 1 :]
        del self._stack[max(0, at) :]
        return found

    def _look(self, name: str, argument: object) -> None:
        module, attribute = argument if isinstance(argument, tuple) else ("", "")
        found = Global(module, attribute)
        if name == "INST":
            made = Call(found, _few(self._marked()))
            self.calls += 1
            self.found = [found, made]
            self._push(made)
        else:
            self.found = [found]
            self._push(found)

    def _global(self) -> None:
        name, module = self._pop(), self._pop()
        if isinstance(module, str) and isinstance(name, str):
            found = Global(module, name)
        else:
            found = Global("", "lost" if module is LOST or name is LOST else "made")
        self.found = [found]
        self._push(found)

    def _extension(self) -> None:
        self.found = [Global("", "extension")]
        self._push(None)

    def _reduce(self, *, more: bool = False) -> None:
        if more:
            self._pop()
        args, callee = self._pop(), self._pop()
        self._called(callee, args)

    def _called(self, callee: object, args: object) -> None:
        self.calls += 1
        made = Call(callee, args)
        self.found = [made]
        self._push(made)

    def _object(self) -> None:
        items = self._marked()
        self.odd = self.odd or not items
        self._called(items[0] if items else None, _few(items[1:]))

    def _build(self) -> None:
        state, made = self._pop(), self._stack[-1] if self._stack else None
        self.calls += 1
        if isinstance(made, Call):
            made.state = state

    def _set(self, items: list[Any]) -> None:
        last = self._stack[-1] if self._stack else None
        self.odd = self.odd or not self._stack or len(items) % 2 == 1
        if isinstance(last, dict) and len(last) + len(items) <= 2 * _SMALL:
            last.update((key, value) for key, value in zip(items[::2], items[1::2], strict=False) if isinstance(key, str))

    def _item(self) -> None:
        value, key = self._pop(), self._pop()
        self._set([key, value])

    def _dict(self) -> None:
        items = self._marked()
        self._push({})
        self._set(items)

    def _tuple(self, count: int) -> None:
        items = [self._pop() for _each in range(count)]
        self._push(tuple(reversed(items)))

    def _away(self) -> None:
        """Take what is on top, a mark, too."""
        if self._stack:
            self._stack.pop()
        else:
            self.odd = True

    def _dup(self) -> None:
        self._push(self._stack[-1] if self._stack else None)

    def _persistent(self) -> None:
        self._pop()
        self._push(None)

    def _needs(self) -> None:
        """Note whether what something was added to is not there."""
        self.odd = self.odd or not self._stack


def _few(items: list[Any]) -> tuple[Any, ...]:
    return tuple(items[:_SMALL])


def _append(machine: Machine) -> None:
    machine._pop()
    machine._needs()


def _appends(machine: Machine) -> None:
    machine._marked()
    machine._needs()


def _listed(machine: Machine) -> None:
    machine._marked()
    machine._push(None)


def _unmarked(machine: Machine) -> None:
    machine._marked()


_STEPS: dict[str, Callable[[Machine], None]] = {
    "MARK": lambda machine: machine._push(_MARK),
    "TUPLE": lambda machine: machine._push(_few(machine._marked())),
    "TUPLE1": lambda machine: machine._tuple(1),
    "TUPLE2": lambda machine: machine._tuple(2),
    "TUPLE3": lambda machine: machine._tuple(3),
    "EMPTY_TUPLE": lambda machine: machine._push(()),
    "EMPTY_DICT": lambda machine: machine._push({}),
    "LIST": _listed,
    "FROZENSET": _listed,
    "DICT": Machine._dict,
    "APPEND": _append,
    "APPENDS": _appends,
    "ADDITEMS": _appends,
    "SETITEM": Machine._item,
    "SETITEMS": lambda machine: machine._set(machine._marked()),
    "STACK_GLOBAL": Machine._global,
    "REDUCE": Machine._reduce,
    "NEWOBJ": Machine._reduce,
    "NEWOBJ_EX": lambda machine: machine._reduce(more=True),
    "BUILD": Machine._build,
    "OBJ": Machine._object,
    "POP": Machine._away,
    "POP_MARK": _unmarked,
    "DUP": Machine._dup,
    "BINPERSID": Machine._persistent,
    "EXT1": Machine._extension,
    "EXT2": Machine._extension,
    "EXT4": Machine._extension,
}
_PUT = frozenset({"PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"})
_GET = frozenset({"GET", "BINGET", "LONG_BINGET"})
_LOOKED = frozenset({"GLOBAL", "INST"})
_NOTHING = frozenset({"PROTO", "FRAME", "READONLY_BUFFER", "STOP"})
_FIXED: dict[str, object] = {"NEWTRUE": True, "NEWFALSE": False}
