"""Of processes that scan together, one at a time has a large decoder, and nobody waits for ever."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import pytest

from pytest_genomic_guard.isolation import turns
from pytest_genomic_guard.isolation.process import Waiting, dismiss
from pytest_genomic_guard.isolation.turns import Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(not hasattr(os, "fork") or turns.fcntl is None, reason="nothing is forked here")


@pytest.fixture
def turn() -> Iterator[Turn]:
    """Return a turn that is shared."""
    made = Turn()
    made.share()
    yield made
    os.close(made._file)  # noqa: SLF001 - nobody else ends it


def _forked(work: Callable[[int], object]) -> tuple[int, int]:
    """Return a process that does some work, and the pipe on which it tells what it likes."""
    out, to = os.pipe()
    child = os.fork()
    if not child:
        try:
            work(to)
        finally:
            os._exit(0)
    os.close(to)
    return child, out


def _holding(turn: Turn) -> Callable[[int], None]:
    def work(to: int) -> None:
        os.write(to, b"+" if turn.take() else b"-")
        time.sleep(60)

    return work


def _ended(child: int, out: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(out)


def test_without_others_everybody_has_it() -> None:
    """It costs nothing, and nobody waits."""
    turn = Turn()
    assert turn.take()
    assert not turn.wanted()
    turn.give()


def test_one_has_it_until_it_ends(turn: Turn) -> None:
    """Who is killed has it no more; who would wait too long goes on without it."""
    child, out = _forked(_holding(turn))
    try:
        assert os.read(out, 1) == b"+"
        assert not turn.take(0.05)
        assert not turn.wanted()
    finally:
        _ended(child, out)
    assert turn.take(0.05)
    assert turn.take(0.05)  # which it has already
    turn.give()


def test_who_has_it_is_told_that_another_one_waits(turn: Turn) -> None:
    """It is wanted while one waits, and comes once it is given back."""
    assert turn.take()
    assert not turn.wanted()
    child, out = _forked(_holding(turn))
    try:
        until = time.monotonic() + 30
        while not turn.wanted():
            assert time.monotonic() < until
            time.sleep(0.01)
        turn.give()
        assert os.read(out, 1) == b"+"
        assert not turn.take(0)
    finally:
        _ended(child, out)


def _waited_for(turn: Turn, patience: float) -> tuple[int, int]:
    """Return a process that waits for a turn, once it does."""

    def waiting(to: int) -> None:
        os.write(to, b"." if turn._lock(turns._WANTED) else b"-")  # noqa: SLF001 - as `take` begins
        os.write(to, b"+" if turn.take(patience) else b"-")
        time.sleep(60)

    child, out = _forked(waiting)
    assert os.read(out, 1) == b"."
    return child, out


def test_a_turn_lasts_for_a_while(turn: Turn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else two processes with many files would start another decoder for each of them."""
    monkeypatch.setattr(turns, "_LEAST", 1000)
    assert turn.take()
    child, out = _waited_for(turn, 60)
    try:
        assert not turn.wanted()
        monkeypatch.setattr(turns, "_LEAST", 0)
        assert turn.wanted()
    finally:
        _ended(child, out)


def test_who_gave_it_back_stands_behind_who_waits(turn: Turn) -> None:
    """Else the one that looks now and then would hardly ever find it free."""
    assert turn.take()
    child, out = _waited_for(turn, 60)
    try:
        os.kill(child, signal.SIGSTOP)
        os.waitpid(child, os.WUNTRACED)  # from when on it does nothing
        turn.give()
        assert turn._lock(turns._TURN)  # noqa: SLF001 - nobody has it ...
        turn.give()
        turn._unlock(turns._TURN)  # noqa: SLF001
        assert not turn.take(0)
        os.kill(child, signal.SIGCONT)
        assert os.read(out, 1) == b"+"
    finally:
        _ended(child, out)


def test_who_waited_in_vain_waits_less(turn: Turn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process that is at one file for long does not stop this one at each of its own; a turn that comes sets that back."""
    child, out = _forked(_holding(turn))
    now = [0.0]
    waits: list[float] = []

    def slept(seconds: float) -> None:
        now[0] += seconds

    try:
        assert os.read(out, 1) == b"+"
        monkeypatch.setattr(time, "monotonic", lambda: now[0])
        monkeypatch.setattr(time, "sleep", slept)
        for _file in range(3):
            before = now[0]
            assert not turn.take()
            waits.append(now[0] - before)
        assert waits[0] > 10 * waits[1]
        assert waits[1] == pytest.approx(waits[2])
    finally:
        monkeypatch.undo()
        _ended(child, out)
    assert turn.take()
    assert not turn._late  # noqa: SLF001 - the next wait is a long one


def test_short_files_wait_for_no_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What starting a process for takes longer than reading it is read beside others; what is large, or may be, is not."""
    from pytest_genomic_guard.sources.files import BytesStream  # noqa: PLC0415 - as below
    from pytest_genomic_guard.sources.memory import Memory  # noqa: PLC0415 - as below
    from pytest_genomic_guard.views.tables import child  # noqa: PLC0415 - as below

    class Reading:
        """A decoder."""

        def alive(self) -> bool:
            return True

        def end(self) -> None:
            pass

        def read(self, _stream: object) -> tuple[object, str]:
            return self, ""

        tables = ()

    asked: list[bool] = []

    def take(_self: Turn) -> bool:
        asked.append(True)
        return True

    monkeypatch.setattr(Turn, "take", take)
    monkeypatch.setattr(child, "_waiting", Waiting(2))
    monkeypatch.setattr(child, "_Child", lambda _kind: Reading())
    entry = Memory({b"x": b""}).entries()[0]
    try:
        for size, count in ((None, 1), (0, 1), (1 << 20, 1), ((1 << 20) + 1, 2), (1 << 30, 3)):
            assert not list(child.tables("Parquet", BytesStream(b""), entry.replace(size=size), ()))
            assert len(asked) == count
        assert not list(child.tables("RDS", BytesStream(b""), entry.replace(size=1 << 30), ()))
        assert len(asked) == 3
    finally:
        child._waiting.close()  # noqa: SLF001 - its own


def test_a_forked_process_has_not_what_its_parent_has(turn: Turn) -> None:
    """A lock is not inherited."""
    assert turn.take()
    child, out = _forked(lambda to: os.write(to, b"+" if turn.take(0) else b"-"))
    try:
        assert os.read(out, 1) == b"-"
    finally:
        _ended(child, out)


def test_the_turn_goes_with_the_last_that_waits(turn: Turn, monkeypatch: pytest.MonkeyPatch) -> None:
    """A decoder that waits for files keeps it; all are ended for another process that wants it."""
    from pytest_genomic_guard.isolation import process  # noqa: PLC0415 - its own state

    ended: list[bool] = []

    class Idle:
        def end(self) -> None:
            ended.append(True)

    monkeypatch.setattr(process, "turn", turn)
    monkeypatch.setattr(process, "_all", [])
    waiting = Waiting(2)
    waiting.keep(Idle(), "a")  # type: ignore[arg-type]  # what is asked of one
    assert turn.take()
    dismiss(60)
    assert not ended
    monkeypatch.setattr(turn, "wanted", lambda: True)
    dismiss(60)
    assert ended
    child, out = _forked(lambda to: os.write(to, b"+" if turn.take(0) else b"-"))
    try:
        assert os.read(out, 1) == b"+"
    finally:
        _ended(child, out)


def test_one_decoder_at_a_time_reads(turn: Turn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes that read tables in turn start, and end, one each after the other."""
    pyarrow = pytest.importorskip("pyarrow")
    from pytest_genomic_guard.isolation import process  # noqa: PLC0415 - its own state
    from pytest_genomic_guard.sources.files import BytesStream  # noqa: PLC0415 - as above
    from pytest_genomic_guard.sources.memory import Memory  # noqa: PLC0415 - as above
    from pytest_genomic_guard.views.tables import child  # noqa: PLC0415 - as above

    parquet = pytest.importorskip("pyarrow.parquet")
    sink = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.table({"a": [1, 2]}), sink)
    data = sink.getvalue().to_pybytes()
    entry = Memory({b"x": b""}).entries()[0].replace(size=1 << 24)
    for module in (process, child):
        monkeypatch.setattr(module, "turn", turn)
    monkeypatch.setattr(turns, "_PATIENCE", 60)
    out, to = os.pipe()
    began, ended = process.Process.__init__, process.Process.end

    def begin(self: process.Process, command: list[str]) -> None:
        os.write(to, b"(")
        began(self, command)

    def end(self: process.Process) -> None:
        ended(self)
        os.write(to, b")")

    monkeypatch.setattr(process.Process, "__init__", begin)
    monkeypatch.setattr(process.Process, "end", end)

    def work(_to: int) -> None:
        for _file in range(3):
            assert len(list(child.tables("Parquet", BytesStream(data), entry, ()))) == 1
            dismiss(60)
        dismiss(0)

    for each in [_forked(work) for _process in range(2)]:
        os.waitpid(each[0], 0)
        os.close(each[1])
    os.close(to)
    told = b"".join(iter(lambda: os.read(out, 100), b""))
    os.close(out)
    assert told.replace(b"()", b"") == b""
    assert len(told) >= 4
