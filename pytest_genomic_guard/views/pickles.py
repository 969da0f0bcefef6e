"""Pickles, read opcode by opcode with ``pickletools``: what they would import, and the texts in them. Nothing is ever unpickled."""

from __future__ import annotations

from pytest_genomic_guard.model import Unreadable, View
from pytest_genomic_guard.views.bounds import HELD
from pytest_genomic_guard.views.text import Joiner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.streams import Peek
    from pytest_genomic_guard.views.tables import DataTable
    from pytest_genomic_guard.views.text import Text

STEPS = 10_000_000  # opcodes of one file
_PROTOCOL = 0x80
# First bytes of pickles without a mark: opcodes that need nothing below them, and a mark of the first two protocols
OPENERS = frozenset(bytes([each]) for each in b"IJKMLSTUBCNVXFG])}(c\x80\x82\x83\x84\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x95\x96\x97")
_LETTERS = 64 << 10  # characters of texts that are joined into one
_CALLS = frozenset({"REDUCE", "BUILD", "INST", "OBJ", "NEWOBJ", "NEWOBJ_EX"})
_MARK = object()
_UNKNOWN = "?"
_NAME = 1000  # characters of a name; a longer one that is made again and again takes any memory


class Pickle(View):
    """Pickles that follow each other: their opcodes, and the names that loading them would look up, as ``module name``, in order.

    A name that is made while loading is ``?``. Names are of the file's own making: compare them with a list, and show none.
    """

    protocol: int
    opcodes: int
    names: tuple[str, ...]
    calls: int  # opcodes that would call something


def looks_like(head: bytes) -> bool:
    """Tell whether bytes begin as pickles of protocol 2 to 5 do; older ones have no mark, and are text or unknown binary."""
    return len(head) > 2 and head[0] == _PROTOCOL and 2 <= head[1] <= 5


def read(stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Iterator[Pickle | Text | DataTable]:
    """Yield the pickle, its texts, the tables that its arrays are. Raises `Unreadable` then: too-large, corrupt, trailing-data."""
    data = stream.peek(HELD + 1)
    if len(data) > HELD:
        raise Unreadable("too-large")
    trail = (*trail, "pickle")
    found = _Reader(trail)
    reason = found.read(data)
    yield Pickle(
        artifact=artifact, trail=trail, protocol=data[1], opcodes=found.opcodes, names=tuple(found.names), calls=found.calls
    )
    text = found.texts.text(artifact, trail)
    if text:
        yield text
    if found.roots:
        from pytest_genomic_guard.views.arrays_in_pickles import tables  # noqa: PLC0415 - for pickles only

        yield from tables(found.roots, artifact, trail)
    if reason:
        raise Unreadable(reason)


class _Reader:
    """Goes over the opcodes once, with a stack of which only the texts are known."""

    def __init__(self, trail: tuple[str, ...]) -> None:
        self.opcodes = self.calls = 0
        self.names: list[str] = []
        self.roots: list[object] = []  # what the pickles are, as far as it is data
        self.texts = Joiner()
        self._trail = trail
        self._stack: list[Any] = []
        self._memo: dict[int, Any] = {}
        self._pending: list[str] = []
        self._length = 0

    def read(self, data: bytes) -> str | None:
        """Read all that follow each other; return the reason why that ended early, or None."""
        import io  # noqa: PLC0415 - pickles are rare
        import pickletools  # noqa: PLC0415 - as above

        from pytest_genomic_guard.views.pickled import Machine  # noqa: PLC0415 - as above

        at, reason = 0, None
        stream = io.BytesIO(data)
        machine = Machine(stream)
        self.roots = machine.roots
        try:
            while at < len(data) and data[at] == _PROTOCOL:
                self._stack, self._memo = [], {}
                machine.begin()
                for opcode, argument, _position in pickletools.genops(stream):
                    self._take(opcode, argument)
                    machine.take(opcode.name, argument)
                    at = stream.tell()
        except (ValueError, OverflowError, MemoryError, IndexError):  # also UnicodeError; a stack that is empty is an IndexError
            reason = "corrupt"
        except Unreadable as error:
            reason = error.reason
        self._flush()
        return reason or ("trailing-data" if data[at:].strip(b"\0") else None)

    def _take(self, opcode: Any, argument: Any) -> None:
        name = opcode.name
        self.opcodes += 1
        if self.opcodes > STEPS:
            raise Unreadable("too-large")
        self.calls += name in _CALLS
        if name in {"GLOBAL", "INST"}:
            self.names.append(str(argument))
        elif name == "STACK_GLOBAL":
            pair = self._stack[-2:]
            self.names.append(" ".join(each if isinstance(each, str) and len(each) <= _NAME else _UNKNOWN for each in pair))
        if name in {"PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"}:
            self._memo[len(self._memo) if name == "MEMOIZE" else int(argument)] = self._stack[-1]
        elif name in {"GET", "BINGET", "LONG_BINGET"}:
            self._stack.append(self._memo.get(int(argument)))
        elif name == "DUP":
            self._stack.append(self._stack[-1])
        else:
            self._move(opcode, self._text(name, argument))

    def _move(self, opcode: Any, pushed: object) -> None:
        """Take from the stack what an opcode takes, and push what it gives: `pushed`, or something unknown."""
        before = [each.name for each in opcode.stack_before]
        if "mark" in before:
            while self._stack.pop() is not _MARK:
                pass
            before = before[: before.index("mark")]
        for _each in before:
            self._stack.pop()
        self._stack += [_MARK if each.name == "mark" else pushed for each in opcode.stack_after]

    def _text(self, name: str, argument: Any) -> str | None:
        """Return what an opcode pushes when that is a text, and keep it to be read."""
        if isinstance(argument, (bytes, bytearray)) and "BYTES" in name:
            self._keep(bytes(argument).decode("utf-8", "replace"))
        elif isinstance(argument, str) and ("UNICODE" in name or "STRING" in name or "BYTES" in name):
            self._keep(argument)
            return argument
        return None

    def _keep(self, text: str) -> None:
        self._pending.append(text)
        self._length += len(text)
        if self._length > _LETTERS:
            self._flush()

    def _flush(self) -> None:
        if self._pending:
            self.texts.add("\n".join(self._pending), self._trail, "output")
        self._pending, self._length = [], 0
