"""The process that decodes files of rows: what starts it, serves it the parts of a file that it asks for, and ends it.

Nothing that it says is trusted. One process waits for further files: it forks for each. See `isolation`.
"""

from __future__ import annotations

import os
import sys
from time import monotonic

from pytest_genomic_guard.evidence import rowwire
from pytest_genomic_guard.evidence.rowwire import HEAD, LENGTH, PLACE
from pytest_genomic_guard.isolation.limits import MORE
from pytest_genomic_guard.isolation.process import Process, Timer, Waiting
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
    process = _waiting.taken() or _Child()
    through = False
    try:
        process.put(MORE + LENGTH.pack(len(data)) + data)
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
            _waiting.keep(process)
        else:
            process.end()


class _Child(Process):
    """A process that decodes files, one after another."""

    def __init__(self) -> None:
        try:
            super().__init__(command())
        except OSError:
            raise Unusable(_START) from None
        kind = 0
        try:
            with Timer(self, SECONDS):
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
            super().put(data)
        except OSError:
            raise Unusable(DIED) from None

    def hear(self, file: BinaryIO, size: int, seconds: float) -> tuple[int, bytes]:
        """Return the next record, once it has got what it asks for. Raises `Unusable`."""
        with Timer(self, seconds):
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
        head = self.out.read(HEAD.size)
        if len(head) < HEAD.size:
            raise Unusable(DIED)
        kind, size = HEAD.unpack(head)
        if size > rowwire.FRAME:
            raise Unusable(DIED)
        data = self.out.read(size)
        if len(data) < size:
            raise Unusable(DIED)
        return kind, data


_waiting = Waiting(1)
close = _waiting.close
