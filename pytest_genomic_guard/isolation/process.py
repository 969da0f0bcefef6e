"""A process that decodes: how it is started, served through pipes, and ended, and those that wait for further work.

A parser in C that meets a hostile file may do anything: it runs isolated in the system's root, with next to no environment and no
open file but its pipes, and whoever starts it trusts nothing of what it says.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import threading
import time

from pytest_genomic_guard.isolation.turns import turn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH")  # what Windows, and libraries of a cluster's modules, need
_SET = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # the others take addresses far beyond what they use
    "HDF5_PLUGIN_PATH": "",
    "HDF5_PLUGIN_PRELOAD": "::",  # no filters from files
    "HDF5_USE_FILE_LOCKING": "FALSE",
    "LC_ALL": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


class Process:
    """A process with a pipe to it and one from it."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it. Raises `OSError`."""
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603 - our own modules, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=os.path.abspath(os.sep),
            env={**_SET, **kept},
            process_group=0 if hasattr(os, "killpg") else None,
        )
        to, out = self._process.stdin, self._process.stdout
        assert to is not None and out is not None  # noqa: S101, PT018 - pipes, for the type checker
        self.to, self.out = to, out
        self._ended = False

    def put(self, data: bytes) -> None:
        """Say something. Raises `OSError` where it has died."""
        self.to.write(data)
        self.to.flush()

    def alive(self) -> bool:
        """Tell whether it waits for work."""
        return not self._ended and self._process.poll() is None

    def kill(self) -> None:
        """End it at once, with what it forked."""
        self._ended = True
        try:
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        except OSError:
            return

    def end(self) -> None:
        """End it, and release what it holds here."""
        if self._process.poll() is None:
            self.kill()
        self._ended = True
        for pipe in (self.to, self.out):
            try:
                pipe.close()
            except OSError:
                continue
        self._process.wait()


class Timer:
    """Ends a process that takes longer."""

    def __init__(self, process: Process, seconds: float) -> None:
        """Wait for some seconds from when it is entered."""
        self._timer = threading.Timer(max(seconds, 0), process.kill)
        self._timer.daemon = True

    def __enter__(self) -> None:
        """Begin to wait."""
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        """Wait no longer."""
        self._timer.cancel()
        self._timer.join()


class Waiting:
    """Processes that wait for further work, up to a number of them, each under what it is good for."""

    def __init__(self, most: int) -> None:
        """Keep `most`, and end them when this process ends."""
        self._most = most
        self._kept: dict[tuple[int, str], Process] = {}  # by the process that started it, too: a forked one must not use its pipes
        self._since: dict[tuple[int, str], float] = {}  # when each began to wait
        _all.append(self)
        atexit.register(self.close)

    def taken(self, kind: str = "") -> Any:
        """Return one that is alive, which is then kept no more, or None."""
        process = self._kept.pop((os.getpid(), kind), None)
        if process is not None and not process.alive():
            process.end()
            return None
        return process

    def keep(self, process: Process, kind: str = "") -> None:
        """Keep one for later, in the place of the oldest where there are too many."""
        key = os.getpid(), kind
        own = [each for each in self._kept if each[0] == key[0]]
        old = [each for each in own if each == key] or own[: len(own) + 1 - self._most]
        for each in old:
            self._kept.pop(each).end()
        self._kept[key], self._since[key] = process, time.monotonic()

    def close(self, seconds: float = 0) -> None:
        """End those that wait for so long already."""
        before = time.monotonic() - seconds
        for key in [each for each in self._kept if each[0] == os.getpid() and self._since[each] <= before]:
            self._kept.pop(key).end()

    def __bool__(self) -> bool:
        """Tell whether any waits that this process started."""
        return any(each[0] == os.getpid() for each in self._kept)


_all: list[Waiting] = []


def dismiss(seconds: float) -> None:
    """End what waits for work for so long already, or at all where another process wants its turn: each takes memory."""
    seconds = 0 if turn.wanted() else seconds
    for waiting in _all:
        waiting.close(seconds)
    if not any(_all):
        turn.give()
