"""The process that decodes files of rows: what starts it, serves it the parts of a file that it asks for, and ends it.

A parser in C that meets a hostile file may do anything: it runs isolated in the system's root, with next to no environment and no
open file but its pipes, and nothing that it says is trusted. One process waits for further files: it forks for each.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from time import monotonic

from pytest_genomic_guard.evidence import rowwire
from pytest_genomic_guard.evidence.rowwire import HEAD, LENGTH, PLACE
from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, BinaryIO

DIED = "the file could not be decoded: the process that reads it died, or took too much memory or time"
DAMAGED = "the file is damaged, or holds something that pyarrow does not read"
_NEEDED = "reading Parquet, Feather and Arrow needs pyarrow: pip install 'pytest-genomic-guard[tables]'"
_START = "the process that reads Parquet, Feather and Arrow could not be started: is the package installed?"
_FAILURES = {
    b"d": DAMAGED,
    b"l": f"the file has a cell that is longer than {rowwire.CELL >> 20} MiB, or a row or header than {rowwire.FRAME >> 20} MiB",
    b"m": "the file could not be decoded in the memory that it may take",
}
SECONDS = 60  # that may be waited for a file in whole ...
_PACE = 4 << 20  # ... and one more for each so many of its bytes
_KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH")  # what Windows, and libraries of a cluster's modules, need
_SET = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # the others take addresses far beyond what they use
    "LC_ALL": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


def command() -> list[str]:
    """Return what starts a process."""
    return [sys.executable, "-I", "-m", "pytest_genomic_guard.evidence.rowdecoder"]


def records(file: BinaryIO, **job: Any) -> Iterator[tuple[int, bytes]]:
    """Yield what is said of a seekable file. Raises `Unusable`: it cannot be decoded, or the process died, or took too long."""
    import json  # noqa: PLC0415 - for files of these formats alone
    from importlib.util import find_spec  # noqa: PLC0415 - as above

    if find_spec("pyarrow") is None:  # which finds it, and loads nothing of it
        raise Unusable(_NEEDED)
    size = file.seek(0, 2)
    left = float(SECONDS + size // _PACE)
    data = json.dumps({**job, "size": size, "seconds": int(left) + 1}).encode()
    process = _taken()
    through = False
    try:
        process.put(rowwire.MORE + LENGTH.pack(len(data)) + data)
        while True:
            begin = monotonic()
            kind, data = process.hear(file, size, left)
            left -= monotonic() - begin
            if kind in {rowwire.DONE, rowwire.FAILED}:
                through = True
                if kind == rowwire.DONE:
                    return
                raise Unusable(_FAILURES.get(data, DAMAGED))
            yield kind, data
    finally:
        if through and hasattr(os, "fork") and process.alive():  # without forks it ends after one file
            _keep(process)
        else:
            process.end()


class _Child:
    """A process that decodes files, one after another."""

    def __init__(self) -> None:
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=os.path.abspath(os.sep),
                env={**_SET, **kept},
                process_group=0 if hasattr(os, "killpg") else None,
            )
        except OSError:
            raise Unusable(_START) from None
        to, out = self._process.stdin, self._process.stdout
        assert to is not None and out is not None  # noqa: S101, PT018 - pipes, for the type checker
        self._to, self._out = to, out
        self._ended = False
        kind = 0
        try:
            with _Timer(self, SECONDS):
                kind = self._record()[0]
        except Unusable:
            pass  # it ended before it could say so
        finally:
            if kind != rowwire.READY:
                self.end()
        if kind != rowwire.READY:
            raise Unusable(_NEEDED if kind == rowwire.MISSING else _START)

    def put(self, data: bytes) -> None:
        """Say something. Raises `Unusable` where it has died."""
        try:
            self._to.write(data)
            self._to.flush()
        except OSError:
            raise Unusable(DIED) from None

    def hear(self, file: BinaryIO, size: int, seconds: float) -> tuple[int, bytes]:
        """Return the next record, once it has got what it asks for. Raises `Unusable`."""
        with _Timer(self, seconds):
            while True:
                kind, data = self._record()
                if kind != rowwire.ASK:
                    return kind, data
                self._answer(file, size, data)

    def _answer(self, file: BinaryIO, size: int, asked: bytes) -> None:
        if len(asked) != PLACE.size:
            raise Unusable(DIED)
        place, count = PLACE.unpack(asked)
        try:
            file.seek(min(place, size))
            part = file.read(min(count, rowwire.PIECE))
        except OSError:
            raise Unusable("the file could not be read") from None
        self.put(LENGTH.pack(len(part)))
        self.put(part)

    def _record(self) -> tuple[int, bytes]:
        head = self._out.read(HEAD.size)
        if len(head) < HEAD.size:
            raise Unusable(DIED)
        kind, size = HEAD.unpack(head)
        if size > rowwire.FRAME:
            raise Unusable(DIED)
        data = self._out.read(size)
        if len(data) < size:
            raise Unusable(DIED)
        return kind, data

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
        self.kill()
        for pipe in (self._to, self._out):
            try:
                pipe.close()
            except OSError:
                continue
        self._process.wait()


class _Timer:
    """Ends a process that takes longer."""

    def __init__(self, process: _Child, seconds: float) -> None:
        self._timer = threading.Timer(max(seconds, 0), process.kill)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()


_waiting: dict[int, _Child] = {}  # by the process that started it: a forked one must not use its pipes


def _taken() -> _Child:
    process = _waiting.pop(os.getpid(), None)
    if process is not None and not process.alive():
        process.end()
        process = None
    return process or _Child()


def _keep(process: _Child) -> None:
    before = _waiting.pop(os.getpid(), None)
    if before is not None:
        before.end()
    _waiting[os.getpid()] = process


def close() -> None:
    """End the process that waits for further files."""
    process = _waiting.pop(os.getpid(), None)
    if process is not None:
        process.end()


atexit.register(close)
