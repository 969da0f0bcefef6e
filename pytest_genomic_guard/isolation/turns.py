"""Whose turn it is to have a large process: of those that scan together one at a time has one, as each of them takes memory.

The turn is a lock on a file without a name, which ends with whoever has it, however that ends. It is asked for, and not forced:
who waits says so, who has it then gives it back between two files, but not before it was worth to have started a process, and
nobody waits for longer than some seconds.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

fcntl: Any = None
with suppress(ImportError):  # Windows, where nothing is forked
    fcntl = import_module("fcntl")

_TURN, _WANTED = 0, 1  # offsets in the file
_PATIENCE = 5.0  # seconds: who has the turn may be at a file that takes long, or wait for whoever waits for it ...
_LESS = 0.2  # ... and is then not waited for as long at each further file
_LEAST = 1.0  # seconds that a turn may last, some times of what it takes to start a process
_PAUSE = 0.01


class Turn:
    """A turn that processes take which were forked after it was shared; before that, everybody has it."""

    def __init__(self) -> None:
        """Begin with nobody to share it with."""
        self._file = -1
        self._holder = 0  # the process that has it: a forked one has no lock of its parent
        self._since, self._late = 0.0, False  # when it came, or whether it did not

    def share(self) -> None:
        """Share it with what is forked from now on."""
        if fcntl is None or self._file >= 0:
            return
        try:
            if hasattr(os, "memfd_create"):
                self._file = os.memfd_create("turn")
            else:
                import tempfile  # noqa: PLC0415 - elsewhere than on Linux

                self._file, name = tempfile.mkstemp()
                os.unlink(name)
        except OSError:
            return  # then all have one at once

    def take(self, patience: float | None = None) -> bool:
        """Wait for the turn, for some seconds at most; tell whether it came."""
        if self._file < 0 or self._holder == os.getpid():
            return True
        until = time.monotonic() + (patience if patience is not None else _LESS if self._late else _PATIENCE)
        said = False
        while True:
            said = said or self._lock(_WANTED)
            came = said and self._lock(_TURN)  # one after the other: who has just given it back stands behind who waits
            if came or time.monotonic() >= until:
                break
            time.sleep(_PAUSE)
        if said:
            self._unlock(_WANTED)
        self._holder, self._since, self._late = os.getpid() if came else 0, time.monotonic(), not came
        return came

    def wanted(self) -> bool:
        """Tell whether this process has the turn, and that for a while, and another one waits for it."""
        if self._file < 0 or self._holder != os.getpid() or time.monotonic() < self._since + _LEAST:
            return False
        if not self._lock(_WANTED):
            return True
        self._unlock(_WANTED)
        return False

    def give(self) -> None:
        """Give it back, if this process has it."""
        if self._file >= 0 and self._holder == os.getpid():
            self._unlock(_TURN)
        self._holder = 0

    def _lock(self, at: int) -> bool:
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, at)
        except OSError:
            return False
        return True

    def _unlock(self, at: int) -> None:
        with suppress(OSError):
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, at)


turn = Turn()
