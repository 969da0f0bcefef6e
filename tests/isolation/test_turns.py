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
    entry = Memory({b"x": b""}).entries()[0]
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
