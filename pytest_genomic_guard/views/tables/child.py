"""Values of columnar and statistical files: what asks the child process that reads them, and trusts nothing of what it says.

The child runs isolated in the system's root, with next to no environment and no open file but its pipes. What it gives is kept
in memory, compressed; nothing is written. One child a kind waits for further files: it forks for each, see `values`.
"""

from __future__ import annotations

import atexit
import importlib.machinery
import os
import signal
import site
import subprocess
import sys
import threading
from functools import cache

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views import bounds
from pytest_genomic_guard.views.tables.spool import Spool
from pytest_genomic_guard.views.tables.table import DataTable
from pytest_genomic_guard.views.tables.values import DONE, FAILED, HEADER, LENGTH, MORE, READERS, READY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Artifact, Stream
    from pytest_genomic_guard.views.tables.spool import Spooled

_LIBRARIES = {
    "by_arrow": ("pyarrow",),
    "by_hdf5": ("h5py",),
    "by_numpy": ("numpy",),
    "by_readstat": ("pyreadstat",),
    "by_r": ("rdata",),
    "by_pdf": ("pypdf",),
}
_PIECE = 1 << 20
_IDLE = 2  # processes that wait for further files
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


@cache
def available(kind: str) -> bool:
    """Tell whether a kind can be read: its library is where an isolated process finds it, wherever this one would look besides."""
    if kind not in READERS or not sys.executable:
        return False
    if site.ENABLE_USER_SITE and os.path.abspath(__file__).startswith(os.path.abspath(site.getusersitepackages()) + os.sep):
        return False
    places = site.getsitepackages()
    return all(importlib.machinery.PathFinder.find_spec(name, places) for name in _LIBRARIES[READERS[kind]])


def tables(kind: str, stream: Stream, artifact: Artifact, trail: tuple[str, ...]) -> Iterator[DataTable]:
    """Yield the tables of a file, then raise what was wrong, if anything: a table cut short by that is not `complete`.

    Raises `Unreadable`: too-large (for `bounds.HELD`); corrupt, also where the process died, or took too much memory or time;
    view-failed, where the library could not be loaded; and what the stream raises.
    """
    found, reason = _read(kind, stream)
    for number, each in enumerate(found, 1):
        yield DataTable(
            artifact=artifact,
            trail=(*trail, kind.lower(), f"table {number}"),
            format="columnar",
            header=each.header,
            source=each.source(),
            complete=each.complete,
        )
    if reason:
        raise Unreadable(reason)


class _Child:
    """A process that reads files of one kind, one after another."""

    def __init__(self, kind: str) -> None:
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                command(kind),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=os.path.abspath(os.sep),
                env={**_SET, **kept},
                process_group=0 if hasattr(os, "killpg") else None,
            )
        except OSError:
            raise Unreadable("view-failed") from None
        self._ready = self._ended = False

    def read(self, stream: Stream) -> tuple[Spool, str]:
        """Return what it gives of a file, and what was wrong, if anything. Raises what the stream raises, and too-large."""
        timer = threading.Timer(bounds.CHILD_SECONDS, self.kill)
        timer.daemon = True
        timer.start()
        spool = Spool()
        try:
            self._feed(stream)
            return spool, self._hear(spool)
        except BaseException:  # Ctrl-C, too: what it does now is for nobody
            self.kill()
            raise
        finally:
            timer.cancel()
            timer.join()

    def alive(self) -> bool:
        """Tell whether it waits for a file."""
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
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                assert pipe is not None  # noqa: S101 - both were asked for
                pipe.close()
            except OSError:
                continue
        self._process.wait()

    def _feed(self, stream: Stream) -> None:
        left = bounds.HELD
        there = self._put(MORE)
        while part := stream.read(_PIECE):
            left -= len(part)
            if left < 0:
                raise Unreadable("too-large")
            there = there and self._put(LENGTH.pack(len(part)) + part)
        if there:
            self._put(LENGTH.pack(0))

    def _put(self, data: bytes) -> bool:
        """Tell whether it took some bytes; one that died does not, and what it said before is still to be heard."""
        try:
            assert self._process.stdin is not None  # noqa: S101 - as above
            self._process.stdin.write(data)
            self._process.stdin.flush()
        except OSError:
            return False
        return True

    def _hear(self, spool: Spool) -> str:
        """Take its records up to the last one; return what was wrong."""
        if not self._ready:
            if self._record() != (READY, b""):
                self.kill()
                return "view-failed"
            self._ready = True
        try:
            while True:
                kind, data = self._record()
                if kind in {DONE, FAILED}:
                    return "" if kind == DONE else "corrupt"
                spool.take(kind, data)
        except ValueError:
            self.kill()
            return "corrupt"

    def _record(self) -> tuple[int, bytes]:
        """Return the next record; an empty one at the end. Raises `ValueError` for one that is too long, or cut."""
        assert self._process.stdout is not None  # noqa: S101 - as above
        head = self._process.stdout.read(HEADER.size)
        if len(head) < HEADER.size:
            return 0, b""
        kind, size = HEADER.unpack(head)
        if size > 2 * bounds.CHILD_RECORD:
            raise ValueError
        data = self._process.stdout.read(size)
        if len(data) < size:
            raise ValueError
        return kind, data


_waiting: dict[tuple[int, str], _Child] = {}  # by the process that started it, too: a forked one must not use its pipes


def command(kind: str) -> list[str]:
    """Return what starts a child."""
    return [sys.executable, "-I", "-m", "pytest_genomic_guard.views.tables.values", kind]


def _read(kind: str, stream: Stream) -> tuple[list[Spooled], str]:
    key = os.getpid(), kind
    process = _waiting.pop(key, None)
    if process and not process.alive():
        process.end()
        process = None
    process = process or _Child(kind)
    try:
        spool, reason = process.read(stream)
    finally:
        if process.alive():
            _keep(key, process)
        else:
            process.end()
    return spool.tables, reason


def _keep(key: tuple[int, str], process: _Child) -> None:
    own = [each for each in _waiting if each[0] == key[0]]
    for each in own[: len(own) + 1 - _IDLE]:
        _waiting.pop(each).end()
    _waiting[key] = process


def close() -> None:
    """End the processes that wait for further files."""
    for key in [each for each in _waiting if each[0] == os.getpid()]:
        _waiting.pop(key).end()


atexit.register(close)
