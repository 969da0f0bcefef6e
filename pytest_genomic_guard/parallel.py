"""Scan on several processors: children that are forked after everything is prepared, each with a git process of its own.

Parts of the input (`parts`) wait in one pipe, the large first and the small last, and whoever is done takes the next. Only what a
scan yields comes back, over a pipe between our own processes: findings, facts, gaps, and sample ids for masking; of an artifact
that gave nothing, a number. What a child that died had taken is scanned here.
"""

from __future__ import annotations

import functools
import gc
import os
import pickle
import select
import selectors
import signal
import struct
import time
import warnings

from pytest_genomic_guard.isolation.process import dismiss
from pytest_genomic_guard.outcomes import Outcomes, short
from pytest_genomic_guard.parts import planned, typical

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from pytest_genomic_guard.engine import Engine
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.parts import Order
    from pytest_genomic_guard.scanned import Empty

    Tick = Callable[[int, int], None]

_EVERY = 0.2  # seconds after which a child tells how far it is
_IDLE = 2.0  # seconds that a decoder waits for another file: to start one takes a tenth of that
_TASK, _HEAD = struct.Struct("=I"), struct.Struct("=Q")


def processors() -> int:
    """Return how many processors this process may use, at most eight."""
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(here, 8)


def spread(engine: Engine, entries: Sequence[Artifact], jobs: int, tick: Tick) -> Outcomes:
    """Return what each entry gave, in order; `tick` is told now and then how many artifacts and bytes are done."""
    results = Outcomes(entries)
    done = _Done(tick)
    first = typical(entries, jobs)
    for at in first:  # what these load is there for all children, once
        _here(engine, entries[at], at, results, done)
    order = planned(entries, jobs, first)
    missing = set(range(len(order.parts)))
    dismiss(0)  # those decoders of this process are not for its children
    children, give_back = _Children(), _giver()
    try:
        children.begin(lambda tasks, to: _serve(engine, order, tasks, to, give_back), len(order.parts), jobs)
        for child, message in children.messages():
            number, files, size, found, identifiers = message or (None, 0, 0, (), ())
            done.now(child, files, size, over=number is not None)
            if number is None:
                continue
            missing.remove(number)
            engine.identifiers.update(identifiers)
            for at, each in zip(order.numbers[slice(*order.parts[number])], found, strict=True):
                results.put(at, each)
    finally:
        children.end()
    for number in sorted(missing):  # a child died, or what it found cannot be sent: done again here, where it is told
        for at in order.numbers[slice(*order.parts[number])]:
            _here(engine, entries[at], at, results, done)
    return results


def _here(engine: Engine, entry: Artifact, at: int, results: Outcomes, done: _Done) -> None:
    """Scan one artifact in this process."""
    results.put(at, short(entry, engine.scan(entry)))
    done.now(0, 1, entry.size or 0, over=True)


class _Done:
    """How much is done: by parts that are over, and by each child of the one that it is at."""

    def __init__(self, tick: Tick) -> None:
        self._tick = tick
        self._over = (0, 0)
        self._open: dict[int, tuple[int, int]] = {}

    def now(self, child: int, files: int, size: int, *, over: bool) -> None:
        """Take how far a child is in its part; one that died has done nothing of it."""
        if over:
            self._over = self._over[0] + files, self._over[1] + size
        self._open[child] = (0, 0) if over else (files, size)
        self._tick(*(before + sum(some) for before, some in zip(self._over, zip(*self._open.values(), strict=True), strict=True)))


class _Children:
    """Forked processes that scan parts; none is left after the end, whatever happens."""

    def __init__(self) -> None:
        self._pids: dict[int, int] = {}  # by the pipe from it
        self._to, self._tasks = -1, b""  # the pipe to all, and what is to be said there
        self._ignored = False  # whether this process ignored its children before

    def begin(self, work: Callable[[int, int], None], parts: int, jobs: int) -> None:
        """Fork so many, or as many as there can be; none, where nobody could wait for them or tell them anything."""
        self._tasks = b"".join(map(_TASK.pack, range(parts)))
        if not self._waited():
            return
        try:
            tasks, self._to = os.pipe()
        except OSError:
            return
        # Ctrl-C waits until every child is known. What is frozen no collection of a child writes to: its pages stay shared.
        masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        gc.freeze()
        try:
            for _job in range(min(jobs, parts)):
                self._fork(masked, lambda to: work(tasks, to))
        except OSError:
            pass  # no more are to be had
        finally:
            gc.unfreeze()
            os.close(tasks)
            signal.pthread_sigmask(signal.SIG_SETMASK, masked)

    def _waited(self) -> bool:
        """See to it that children can be waited for, and return whether they can: of a parent that ignores them none is left."""
        if signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN:
            try:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            except ValueError:
                return False  # this is not the main thread
            self._ignored = True
        return True

    def _fork(self, masked: set[Any], work: Callable[[int], None]) -> None:
        out, to = os.pipe()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # other threads hold no lock that a child takes
                child = os.fork()
        except OSError:
            os.close(out)
            os.close(to)
            raise
        if child:
            os.close(to)
            self._pids[out] = child
            return
        status = 1
        try:
            for number in (signal.SIGINT, signal.SIGTERM):  # a terminal sends Ctrl-C to all: end at once, without a traceback
                if signal.getsignal(number) is not signal.SIG_IGN:
                    signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, masked)
            for other in (
                self._to,
                out,
                *self._pids,
            ):  # so that there is nothing to read, and nobody to write to, without the parent
                os.close(other)
            work(to)
            status = 0
        finally:
            os._exit(status)

    def messages(self) -> Iterator[tuple[int, Any]]:
        """Tell what there is to do, and yield what comes, with whom it comes from; None from one that has ended."""
        with selectors.PollSelector() as selector:  # which takes no descriptor itself
            for pipe in self._pids:
                selector.register(pipe, selectors.EVENT_READ)
            if self._pids:
                selector.register(self._to, selectors.EVENT_WRITE)
            while selector.get_map():
                for key, _events in selector.select():
                    if key.fd == self._to:
                        if not self._fed():
                            selector.unregister(key.fd)
                            self._close()
                        continue
                    message = _received(key.fd)
                    if message is None:
                        selector.unregister(key.fd)
                    yield key.fd, message

    def _fed(self) -> bool:
        """Say so much of what there is to do as has room; return whether there is more, and somebody who hears it."""
        try:
            said = os.write(self._to, self._tasks[: select.PIPE_BUF])
        except OSError:
            return False
        self._tasks = self._tasks[said:]
        return bool(self._tasks)

    def _close(self) -> None:
        """Say no more."""
        if self._to >= 0:
            os.close(self._to)
            self._to = -1

    def end(self) -> None:
        """End those that are left."""
        masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self._close()
            for child in self._pids.values():
                os.kill(child, signal.SIGKILL)  # not reaped yet, so that nobody else has the number
            for pipe, child in self._pids.items():
                os.close(pipe)
                os.waitpid(child, 0)
            if self._ignored:
                signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, masked)


def _giver() -> Callable[[], object]:
    """Return what gives the memory back that is free, which malloc keeps between others; elsewhere than in glibc, nothing does."""
    try:
        import ctypes  # noqa: PLC0415 - for large inputs only

        return functools.partial(ctypes.CDLL(None).malloc_trim, 0)
    except (ImportError, OSError, AttributeError, MemoryError):
        return lambda: None


def _serve(engine: Engine, order: Order, tasks: int, to: int, give_back: Callable[[], object]) -> None:
    """Scan parts until there is none left, and tell what they gave."""
    after = time.monotonic() + _EVERY
    while task := os.read(tasks, _TASK.size):
        number: int = _TASK.unpack(task)[0]
        entries = order.part(number)
        engine.identifiers.clear()
        engine.expect(entries)
        found: list[Any] = []
        size = 0
        known: dict[Empty, Empty] = {}  # one of each kind: sent once
        for files, entry in enumerate(entries, 1):
            told = short(entry, engine.scan(entry))
            found.append(known.setdefault(told, told) if type(told) is tuple else told)
            size += entry.size or 0
            if time.monotonic() >= after:
                after = time.monotonic() + _EVERY
                _send(to, (None, files, size, (), ()))
                dismiss(_IDLE)
                give_back()
        _send(to, (number, len(entries), size, found, engine.identifiers))


def _send(to: int, message: object) -> None:
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    rest = memoryview(_HEAD.pack(len(data)) + data)
    while rest:
        rest = rest[os.write(to, rest) :]


def _received(pipe: int) -> Any:
    """Return the next message of a child that this process forked; None where there will be none, or it is no message."""
    head = _read(pipe, _HEAD.size)
    data = _read(pipe, _HEAD.unpack(head)[0]) if head else b""
    try:
        return pickle.loads(data) if data else None  # noqa: S301 - see above  # genomic-guard: allow[COD101] from our own child
    except Exception:  # noqa: BLE001 - a record that cannot be made again
        return None


def _read(pipe: int, size: int) -> bytes:
    """Return so many bytes; none where the other end closes before."""
    parts = list[bytes]()
    while size and (part := os.read(pipe, size)):
        parts.append(part)
        size -= len(part)
    return b"" if size else b"".join(parts)
