"""Values of columnar and statistical files: what asks the child process that reads them, and trusts nothing of what it says.

What it gives is kept in memory, compressed; nothing is written. One child a kind waits for further files: it forks for each, see
`values`, and `isolation` for how it is started and ended.
"""

from __future__ import annotations

import importlib.machinery
import os
import site
import sys
from functools import cache

from pytest_genomic_guard.isolation.limits import MORE
from pytest_genomic_guard.isolation.process import Process, Timer, Waiting, dismiss
from pytest_genomic_guard.isolation.turns import turn
from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views import bounds
from pytest_genomic_guard.views.tables.spool import Spool
from pytest_genomic_guard.views.tables.table import DataTable
from pytest_genomic_guard.views.tables.values import DONE, FAILED, HEADER, LENGTH, READERS, READY

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
_LARGE = "by_arrow"  # its library takes 50 MB, and a file as much again ...
_SMALL = 1 << 20  # ... but one that is shorter, which takes less time than to start a process for it
_PIECE = 1 << 20
_IDLE = 2  # processes that wait for further files
_SOON = 60.0  # seconds that these may wait for one


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
    found, reason = _read(kind, stream, artifact)
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


class _Child(Process):
    """A process that reads files of one kind."""

    def __init__(self, kind: str) -> None:
        try:
            super().__init__(command(kind))
        except OSError:
            raise Unreadable("view-failed") from None
        self._ready = False

    def read(self, stream: Stream) -> tuple[Spool, str]:
        """Return what it gives of a file, and what was wrong, if anything. Raises what the stream raises, and too-large."""
        spool = Spool()
        with Timer(self, bounds.CHILD_SECONDS):
            try:
                self._feed(stream)
                return spool, self._hear(spool)
            except BaseException:  # Ctrl-C, too: what it does now is for nobody
                self.kill()
                raise

    def _feed(self, stream: Stream) -> None:
        left = bounds.HELD
        there = self._told(MORE)
        while part := stream.read(_PIECE):
            left -= len(part)
            if left < 0:
                raise Unreadable("too-large")
            there = there and self._told(LENGTH.pack(len(part)) + part)
        if there:
            self._told(LENGTH.pack(0))

    def _told(self, data: bytes) -> bool:
        """Tell whether it took some bytes; one that died does not, and what it said before is still to be heard."""
        try:
            self.put(data)
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
        head = self.out.read(HEADER.size)
        if len(head) < HEADER.size:
            return 0, b""
        kind, size = HEADER.unpack(head)
        if size > 2 * bounds.CHILD_RECORD:
            raise ValueError
        data = self.out.read(size)
        if len(data) < size:
            raise ValueError
        return kind, data


_waiting = Waiting(_IDLE)
close = _waiting.close


def command(kind: str) -> list[str]:
    """Return what starts a child."""
    return [sys.executable, "-I", "-m", "pytest_genomic_guard.views.tables.values", kind]


def _read(kind: str, stream: Stream, artifact: Artifact) -> tuple[list[Spooled], str]:
    mine = READERS[kind] != _LARGE or (artifact.size is not None and artifact.size <= _SMALL) or turn.take()
    process = _waiting.taken(kind) or _Child(kind)
    try:
        spool, reason = process.read(stream)
    finally:
        if process.alive() and mine and not turn.wanted():
            _waiting.keep(process, kind)
        else:
            process.end()
            dismiss(_SOON)  # which gives the turn back once none is left
    return spool.tables, reason
