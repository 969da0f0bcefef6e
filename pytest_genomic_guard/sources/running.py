"""Git commands that are read while they print: of a large history, or a hostile one, nothing is held that need not be."""

from __future__ import annotations

import subprocess
import threading

from pytest_genomic_guard.sources.git import MEMORY, GitError, failed, started

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

PART = 1 << 16
_LINE = 1 << 20  # bytes of a line: no name of a file is longer


class Running:
    """A git command that is read while it prints, and while another thread writes to it what is `given`."""

    def __init__(self, root: bytes, *arguments: str, given: Iterable[bytes] = (), memory: int | None = MEMORY) -> None:
        """Start it. Raises `GitError`."""
        try:
            self._process = started(root, *arguments, errors=subprocess.PIPE, memory=memory)
        except OSError:
            raise GitError("git could not be started") from None
        self._command = arguments[0]
        to, out, errors = self._process.stdin, self._process.stdout, self._process.stderr
        assert to is not None and out is not None and errors is not None  # noqa: S101, PT018 - pipes, for the type checker
        self.out: IO[bytes] = out
        self.errors = b""  # the first of what it complains of; all, once `parts` is through
        threading.Thread(target=_feed, args=(to, given), daemon=True).start()
        self._complaints = threading.Thread(target=self._listen, args=(errors,), daemon=True)
        self._complaints.start()

    def parts(self) -> Iterator[bytes]:
        """Yield all that it prints. Raises `GitError` at the end of it, where it failed."""
        try:
            while part := self.out.read1(PART):  # type: ignore[attr-defined]  # a BufferedReader
                yield part
            code = self._process.wait()
            self._complaints.join()
            if code:
                raise failed(self._command, code, self.errors)
        finally:
            self.close()

    def pieces(self, end: bytes) -> Iterator[bytes]:
        """Yield what it prints, cut at an `end` each. Raises `GitError` as `parts` does, and for what no end follows."""
        rest = b""
        for part in self.parts():
            piece, found, rest = (rest + part).rpartition(end)
            if len(rest) > _LINE:
                self.close()
                raise GitError("this repository has a path of more than 1 MiB, which no system can hold")
            if found:
                yield piece
        if rest:
            yield rest

    def split(self, end: bytes) -> Iterator[bytes]:
        """Yield what it prints up to each `end`. Raises `GitError` as `pieces` does."""
        for piece in self.pieces(end):
            yield from piece.split(end)

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        self.out.close()

    def _listen(self, errors: IO[bytes]) -> None:
        with errors:
            while part := errors.read(PART):
                self.errors = (self.errors + part)[:PART]


def _feed(to: IO[bytes], given: Iterable[bytes]) -> None:
    """Write to a process until it takes no more."""
    try:
        with to:
            for part in given:
                to.write(part)
    except (OSError, ValueError):
        return  # it has ended, which whoever reads from it sees
    finally:
        if hasattr(given, "close"):
            given.close()
