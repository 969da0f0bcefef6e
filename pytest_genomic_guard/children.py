"""Children: forked processes that take tasks from one pipe, and tell what they found over one each."""

from __future__ import annotations

import gc
import os
import pickle
import selectors
import signal
import struct
import warnings
from collections import deque

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    Task = tuple[int, int, int]

_TASK, _HEAD = struct.Struct("=IHH"), struct.Struct("=Q")
_AHEAD = 4  # tasks for each child that are told before others are over


class Children:
    """Forked processes that do tasks; none is left after the end, whatever happens."""

    def __init__(self) -> None:
        self._pids: dict[int, int] = {}  # by the pipe from it
        self._to = -1  # the pipe to all ...
        self._tasks: deque[Task] = deque()  # ... and what is to be said there
        self._ahead, self._lost = 0, False  # tasks that were told and are not over; whether one has ended
        self._ignored = False  # whether this process ignored its children before

    def begin(self, work: Callable[[Iterator[Task], int], None], jobs: int) -> None:
        """Fork so many, or as many as there can be; none, where nobody could wait for them or tell them anything."""
        if not self._waited():
            return
        try:
            tasks, self._to = os.pipe()
        except OSError:
            return
        os.set_blocking(self._to, False)
        # Ctrl-C waits until every child is known. What is frozen no collection of a child writes to: its pages stay shared.
        masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        gc.freeze()
        try:
            for _job in range(jobs):
                self._fork(masked, lambda to: work(_asked(tasks), to))
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
            # Without the parent there is nothing to read, and nobody to write to
            for other in (self._to, out, *self._pids):
                os.close(other)
            work(to)
            status = 0
        finally:
            os._exit(status)

    def messages(
        self, tasks: Iterable[Task], waiting: Callable[[], bool], meanwhile: Callable[[], object]
    ) -> Iterator[tuple[int, Any]]:
        """Tell what there is to do, and yield what comes, with whom it comes from; None from one that has ended.

        As long as there may be more to do, children wait. Once one has died, nobody waits: nobody knows what it was at. Where all
        that there is to do is known, this process does something else `meanwhile`, once, after it has told them.
        """
        self._tasks.extend(tasks)
        with selectors.PollSelector() as selector:  # which takes no descriptor itself
            for pipe in self._pids:
                selector.register(pipe, selectors.EVENT_READ)
            self._say(more=waiting())
            if self._pids and not waiting():
                meanwhile()
            while selector.get_map():
                for key, _events in selector.select():
                    message = _received(key.fd)
                    if message is None:
                        selector.unregister(key.fd)
                        self._lost = True
                    yield key.fd, message
                    self._say(more=waiting() and not self._lost)

    def more(self, tasks: Sequence[Task], *, answered: bool) -> None:
        """Take what is to be done before other tasks, and whether a task is over."""
        self._ahead -= answered
        self._tasks.extendleft(reversed(tasks))

    def _say(self, *, more: bool) -> None:
        """Tell the next tasks: all that there is room for, or where more may go before them, a few ahead of what is done."""
        while self._to >= 0 and self._tasks and (not more or self._ahead < _AHEAD * len(self._pids)):
            try:
                os.write(self._to, _TASK.pack(*self._tasks[0]))
            except BlockingIOError:
                return
            except OSError:  # nobody is left who hears it
                self._tasks.clear()
                more = False
                break
            self._tasks.popleft()
            self._ahead += 1
        if not self._tasks and not more:
            self._close()

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


def _asked(tasks: int) -> Iterator[Task]:
    """Yield the tasks that nobody else has taken, until there are no more."""
    while task := os.read(tasks, _TASK.size):
        yield _TASK.unpack(task)


def send(to: int, message: object) -> None:
    """Tell the parent."""
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
