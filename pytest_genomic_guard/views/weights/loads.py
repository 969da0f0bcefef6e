"""What loading a file of pickles would do, judged up to its end or to where it breaks. Nothing is imported, built or called."""

from __future__ import annotations

from pytest_genomic_guard.model import View
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.views.bounds import HEAD, HELD
from pytest_genomic_guard.views.pickles import OPENERS
from pytest_genomic_guard.views.weights import names
from pytest_genomic_guard.views.weights.follow import Call, Global, Machine
from pytest_genomic_guard.views.weights.lists import THROUGH
from pytest_genomic_guard.views.weights.opcodes import Broken, Source, step
from pytest_genomic_guard.views.weights.rest import running, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from pytest_genomic_guard.model import Artifact, Fact, Stream
    from pytest_genomic_guard.views.decode import Part
    from pytest_genomic_guard.views.streams import Peek

    Break = Literal["", "cut", "opcode", "argument", "stack", "array", "steps"]

STEPS = 10_000_000  # opcodes of one file, those of pickles in it too
_DEPTH = 6  # pickles in pickles
_LABELS = 64  # entries of our lists that are kept
_NAMES = 100_000  # different names of which is known whether they were met before
_TORCH = 0x1950A86A20F9469CFC6C  # torch/serialization.py, MAGIC_NUMBER: the first of five pickles, before its storages
_IMPORTS = frozenset({"subimport", "dynamic_subimport", "_import_module"})
_FIRST = 1 << 20  # bytes that are kept for those who ask what it is
_FAMILY = 300  # names that are kept for them


class Loads(View):
    """Pickles that follow each other. Labels are entries of our lists; names of the file's own are counted only."""

    runs: tuple[str, ...] = ()  # what could run anything
    code: tuple[str, ...] = ()  # what builds functions whose code is in the file
    unknown: int = 0  # different names that are in no list
    made: int = 0  # names that are put together while loading
    calls: int = 0
    opcodes: int = 0
    pickles: int = 0
    inside: int = 0  # pickles in pickles
    broken: Break = ""
    trailing: int = 0  # bytes behind the last pickle
    behind: tuple[str, ...] = ()  # what could run anything, behind the place where it breaks
    names: tuple[tuple[str, str], ...] = ()  # the first that it looks up, module and name: they stay in memory
    begins: bytes = b""  # its beginning, of one that could be weights

    def facts(self) -> Iterator[Fact]:
        """Yield the model that it is, where its names are those of a library of models."""
        if not self.names or self.trail[-1:] != ("pickle",):
            return iter(())
        from pytest_genomic_guard.views.models import pickled  # noqa: PLC0415 - for pickles that look something up

        return pickled.told(self)


def read(part: Part, stream: Peek) -> Loads:
    """Judge content that begins as a pickle of protocol 2 to 5; what cannot be held is read once more."""
    data = stream.peek(HELD + 1)
    if len(data) <= HELD:
        found = of(BytesStream(data), part.artifact, part.trail)
    else:
        again = part.open()
        try:
            found = of(again, part.artifact, part.trail)
        finally:
            again.close()
    return found.replace(begins=data[:_FIRST]) if found.names else found


def of(stream: Stream, artifact: Artifact, trail: tuple[str, ...]) -> Loads:
    """Judge pickles."""
    tally = _Tally()
    tally.all(Source(stream))
    return tally.view(artifact, (*trail, "pickle"))


def bare(stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Loads | None:
    """Judge content that could be a pickle without a mark, None where it is none: most are not after a few opcodes.

    It is one where it can be followed to its end, or up to a call of what could run anything.
    """
    sure = _strict(stream.peek(HEAD))
    if sure is None:
        sure = _strict(stream.peek(HELD))
    found = of(BytesStream(stream.peek(HELD)), artifact, trail) if sure else None
    if found and found.names:
        return found.replace(begins=stream.peek(HEAD)[:_FIRST])
    return found if found and found.made else None


def _strict(data: bytes) -> bool | None:
    """Tell whether data is a pickle, or begins as one that could run anything; None where it is cut before that shows."""
    source, tally, machine = Source(BytesStream(data)), _Tally(deep=False), Machine()
    name = ""
    try:
        while not (machine.odd or name in {"PERSID", "BINPERSID"}):  # who loads bare pickles has no ids for that
            machine = Machine() if name == "STOP" else machine
            name = tally.one_step(source, machine)
            if name == "STOP" and not source.peek(HEAD).strip():
                return _fine(machine)
            # a list of words can begin "(import", "os"
            if (name == "STOP" or machine.calls) and _fine(machine) and tally.runs.keys() - {THROUGH}:
                return True
    except Broken as error:
        return None if error.args[0] == "cut" and len(data) >= HEAD else False
    return False


def _fine(machine: Machine) -> bool:
    return not machine.odd


class _Tally:
    """What was met in one file."""

    def __init__(self, *, deep: bool = True) -> None:
        self.runs: dict[str, None] = {}
        self.code: dict[str, None] = {}
        self.behind: dict[str, None] = {}
        self._unknown: set[tuple[str, str]] = set()
        self._judged: dict[tuple[str, str], tuple[str, str]] = {}
        self.made = self.calls = self.opcodes = self.pickles = self.inside = self.trailing = 0
        self.broken: Break = ""
        self._depth = 0 if deep else _DEPTH  # at which no pickle is looked for in bytes: each would be read twice at every level
        self._arrays = 0  # of objects, in each other
        self._plain = False  # what follows was followed to its end already: asking before each pickle would be quadratic

    def view(self, artifact: Artifact, trail: tuple[str, ...]) -> Loads:
        """Return it."""
        return Loads(
            artifact=artifact,
            trail=trail,
            runs=tuple(self.runs),
            code=tuple(self.code),
            unknown=len(self._unknown),
            names=tuple(list(self._judged)[:_FAMILY]),
            behind=tuple(each for each in self.behind if each not in self.runs),
            **{name: getattr(self, name) for name in ("made", "calls", "opcodes", "pickles", "inside", "broken", "trailing")},
        )

    def all(self, source: Source) -> None:
        """Judge pickles up to the last, and what is behind it."""
        legacy = 0
        try:
            while self._begins(source) and legacy < 5:
                top = self._one(source)
                legacy = legacy + 1 if legacy or (self.pickles == 1 and top == _TORCH) else 0
        except Broken as error:
            self.broken = error.args[0]
        if legacy < 5:
            self._sweep(source)

    def _begins(self, source: Source) -> bool:
        """Tell whether a pickle follows: the first one always; a further one where it has a mark, or reads as one."""
        head = source.peek(2)
        if not self.pickles or (head[:1] == b"\x80" and head[1:2] <= b"\5"):
            return bool(head)
        self._plain = bool(head.strip(b"\0\n")) and (self._plain or bool(_strict(source.peek(HELD))))
        return self._plain

    def _one(self, source: Source) -> object:
        machine = Machine()
        self.pickles += not self._depth and not self._arrays
        try:
            while self.one_step(source, machine) != "STOP":
                pass
        finally:
            self.calls += machine.calls
            self.broken = self.broken or ("stack" if machine.odd else "")
        return machine.top

    def one_step(self, source: Source, machine: Machine) -> str:
        """Follow one opcode, and judge what it looks up or calls. Raises `Broken`."""
        name, argument = step(source)
        self.opcodes += 1
        if self.opcodes > STEPS:
            raise Broken("steps")
        if machine.found:
            machine.found = []
        machine.take(name, argument)
        for each in machine.found:
            if isinstance(each, Global):
                self._looked(each)
            else:
                self._called(each)
        if isinstance(argument, bytes) and len(argument) > 3:
            self._nested(argument)
        if name == "BUILD" and isinstance(machine.top, Call) and isinstance(machine.top.state, dict):
            self._array(source, machine.top)
        return name

    def _looked(self, found: Global) -> None:
        if not found.module:
            self.made += found.name == "made"
            if found.name != "made":
                self._unknown.add(("", found.name))
            return
        kind, label = self._judge(found)
        if label == "builtins.getattr" or (kind == "code" and found.name in _IMPORTS):
            return  # what it is called with tells
        if kind == "runs" and len(self.runs) < _LABELS:
            self.runs[label] = None
        elif kind == "code":
            self.code[label] = None
        elif kind == "unknown" and len(self._unknown) < _NAMES:
            self._unknown.add((found.module, found.name))

    def _judge(self, found: Global) -> tuple[str, str]:
        key = found.module, found.name
        known = self._judged.get(key)
        if known is None:
            known = names.judge(*key)
            if len(self._judged) < _NAMES:
                self._judged[key] = known
        return known

    def _called(self, made: Call) -> None:
        given = made.args
        for each in given:  # a function that is handed on is called with what nobody knows
            if isinstance(each, Global) and self._judge(each)[1] == "builtins.getattr":
                self.runs["builtins.getattr"] = None
        called = made.called
        if called is None:
            return
        kind, label = self._judge(called)
        first = given[0] if given else None
        if label == "builtins.getattr":
            name = given[1] if len(given) > 1 else None
            if not isinstance(name, str) or names.reached(name) or not isinstance(first, (Call, Global)):
                self.runs[label] = None
        elif kind == "code" and called.name in _IMPORTS:
            module = names.imported(first) if isinstance(first, str) else "import"
            (self.runs if module else self.code)[module or label] = None

    def _nested(self, data: bytes) -> None:
        """Judge bytes in a pickle that are one themselves: who loads the outer one may load them."""
        marked = data[0] == 0x80 and data[1] <= 5
        if self._depth >= _DEPTH or not (marked or (len(data) < HEAD and data[:1] in OPENERS and _strict(data))):
            return
        self._depth += 1
        self.inside += 1
        broken, plain, source = self.broken, self._plain, Source(BytesStream(data))
        self._plain = not marked
        try:
            while source.peek(1) and self._begins(source):
                self._one(source)
        except Broken as error:
            if error.args[0] == "steps":
                raise
        self._depth -= 1
        self.broken, self._plain = broken, plain  # what is in it counts; bytes that only begin so are many

    def _array(self, source: Source, made: Call) -> None:
        """Pass over the array that joblib writes behind its wrapper (joblib/numpy_pickle.py); one of objects is a pickle."""
        called, state = made.called, made.state
        if not called or called.name != "NumpyArrayWrapper" or not isinstance(state, dict) or "dtype" not in state:
            return
        wide = width(state["dtype"])
        shape = state.get("shape")
        if wide is None or not isinstance(shape, tuple) or not all(isinstance(each, int) and each >= 0 for each in shape):
            raise Broken("array")
        if not wide:
            self._arrays += 1
            if self._arrays > _DEPTH:
                raise Broken("array")
            self._one(source)
            self._arrays -= 1
            return
        if isinstance(state.get("numpy_array_alignment_bytes"), int):
            source.take(source.take(1)[0])
        for each in shape:
            wide *= each
            if wide > 1 << 50:
                raise Broken("array")
        source.take(wide)

    def _sweep(self, source: Source) -> None:
        """Look behind the last pickle, or the break, for names that could run anything, as they would stand in a pickle."""
        data = source.peek(HELD)
        rest = data.strip(b"\0\n")
        self.trailing = len(data) if rest and not self.broken else 0
        for label in running(data) if rest else ():
            if len(self.behind) < _LABELS:
                self.behind[label] = None


def objects(data: bytes, artifact: Artifact, trail: tuple[str, ...]) -> Iterator[Loads]:
    """Yield what loading an array of numpy would do, where its values are objects: a pickle stands behind its header."""
    if data[:6] != b"\x93NUMPY":
        return
    size = 2 if data[6:7] == b"\1" else 4
    end = 8 + size + int.from_bytes(data[8 : 8 + size], "little")
    if b"O" in data[8 + size : end] and len(data) > end:
        yield of(BytesStream(data[end:]), artifact, (*trail, "objects"))
