"""Blobs, streamed out of one ``git cat-file --batch``: one after another, or asked for in advance where the order is known."""

from __future__ import annotations

import os
import threading
from collections import deque

from pytest_genomic_guard._snapshot import BytesStream
from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.sources.git import BUFFER, GitError, started

TYPE_CHECKING = False
if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterable
    from typing import IO

# Bytes that git may take for one. It streams what is stored whole; of what is stored as the difference from something else it
# holds both at once, so that of these more than about 120 MiB cannot be read, where the system knows limits.
_MEMORY = 288 << 20
_LARGE = 64 << 20  # bytes of a blob from which it is taken for too large when git fails before its first byte
_FEW = 32  # blobs whose ids any pipe takes at once
_DRAIN = 8 << 20  # a blob left half read: up to here draining it is cheaper than a new process


class Blobs:
    """One ``git cat-file --batch`` process that streams blobs, started on first use."""

    def __init__(self, root: bytes) -> None:
        """Read objects of the repository at `root`."""
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None
        # Asked for after each blob. No ref can be called so, hence git answers at once that it is missing, and that answer says
        # that the blob is over: of a damaged object git may send fewer bytes than it announced, and go on as if nothing were.
        self._end = b".." + os.urandom(12).hex().encode()
        self._current: BlobStream | None = None
        self._asked: deque[str] = deque()  # in advance, and not opened yet
        self._told = False  # whether the process knows of these
        self._other: Blobs | None = None  # for what is opened out of that order
        self._owner = os.getpid()

    def begin(self) -> None:
        """Start the process, which takes time, before the first blob is needed."""
        try:
            self._pipes()
        except Unreadable:
            return  # as whoever opens a blob will see

    def expect(self, blobs: Iterable[str]) -> None:
        """Ask for blobs that will be opened in this order, so that git reads while others are looked at."""
        self._here()
        if self._asked:  # somebody did not open what was announced
            self.close()
        self._asked, self._told = deque(blobs), False

    def open(self, blob: str) -> BlobStream | BytesStream:
        """Stream one blob; the one opened before is finished first. Raises `Unreadable`."""
        self._here()
        ahead = bool(self._asked) and self._asked[0] == blob
        if self._asked and not ahead:  # once more, or out of order
            self._other = self._other or Blobs(self._root)
            return self._other.open(blob)
        if self._current is not None:
            self._current.close()
        to, out = self._pipes()
        if ahead:
            self._asked.popleft()
        else:
            _write(to, [blob], self._end)
        return self._begun(out)

    def _here(self) -> None:
        """After a fork, begin anew: the process belongs to the parent, and two readers would mix their blobs."""
        if self._owner != os.getpid():
            self._owner, self._process, self._current, self._other = os.getpid(), None, None, None
            self._asked, self._told = deque(), False

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        """Return the pipes to and from the process; a new one is asked for all that is expected."""
        if self._process is None:
            try:
                self._process = started(self._root, "cat-file", "--batch", memory=_MEMORY)
            except (OSError, GitError):
                raise Unreadable("unreadable") from None
        to, out = self._process.stdin, self._process.stdout
        assert to is not None and out is not None  # noqa: S101, PT018 - both are pipes, for the type checker
        if self._asked and not self._told:
            self._told, asked = True, list(self._asked)
            if len(asked) <= _FEW:
                _write(to, asked, self._end)
            else:
                threading.Thread(target=_write, args=(to, asked, self._end), daemon=True).start()
        return to, out

    def _begun(self, out: IO[bytes]) -> BlobStream | BytesStream:
        try:
            header = out.readline().split()
        except OSError:
            header = []
        if len(header) != 3 or header[1] != b"blob":
            if not header or header[-1] != b"missing" or not out.readline():
                self._end_process()
            raise Unreadable("missing-object")
        size, end = int(header[2]), self._end + b" missing\n"
        whole = size + 1 + len(end)
        if whole <= BUFFER and len(out.peek()) >= whole:  # type: ignore[attr-defined]  # a BufferedReader
            data = out.read(whole)
            if data.endswith(b"\n" + end):
                return BytesStream(data[:size])
            self._end_process()
            raise Unreadable("missing-object")
        self._current = BlobStream(self, out, size, end)
        return self._current

    def released(self) -> None:
        """Forget the current stream."""
        self._current = None

    def broken(self) -> None:
        """End a process whose answers cannot be trusted any more; the next blob gets a new one."""
        self._end_process()

    def close(self) -> None:
        """End all processes."""
        self._asked.clear()
        self._end_process()
        if self._other is not None:
            self._other.close()

    def _end_process(self) -> None:
        self._current, self._told = None, False
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _write(to: IO[bytes], blobs: Iterable[str], end: bytes) -> None:
    """Ask for blobs, each followed by what git answers at once."""
    try:
        for blob in blobs:
            to.write(b"%b\n%b\n" % (blob.encode(), end))
        to.flush()
    except (OSError, ValueError):
        return  # the process has ended, which whoever reads from it sees


class BlobStream:
    """The content of one blob."""

    def __init__(self, owner: Blobs, out: object, size: int, end: bytes) -> None:
        """Read `size` bytes from the batch process; `end` is what follows them, after a line feed."""
        self._owner = owner
        self._read = out.read1  # type: ignore[attr-defined]  # a BufferedReader; its type needs an import that costs start-up
        self.size = self._left = size
        self._end = end
        self._last = b""  # the last bytes that came
        self._open = True

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        if not self._open:
            return b""
        if not self._left:
            self._finish()
            return b""
        part = self._take(min(size, self._left))
        self._left -= len(part)
        if not part or self._last == self._end:
            raise self._damaged()
        return part

    def close(self) -> None:
        """Take what is left out of the pipe, so that the next blob can be asked for."""
        if self._open and self._left > _DRAIN:
            self._open = False
            self._owner.broken()
        try:
            while self._open:
                self.read(_DRAIN)
        except Unreadable:
            return  # nobody wants the rest; the next blob gets a new process

    def _take(self, size: int) -> bytes:
        part: bytes = self._read(size)
        length = len(self._end)
        self._last = part[-length:] if len(part) >= length else (self._last + part)[-length:]
        return part

    def _finish(self) -> None:
        """Take the end that follows the content, and nothing else than that."""
        found, wanted = b"", b"\n" + self._end
        while len(found) < len(wanted) and self._last != self._end:
            part = self._take(len(wanted) - len(found))
            if not part:
                break
            found += part
        if found != wanted:
            raise self._damaged()
        self._open = False
        self._owner.released()

    def _damaged(self) -> Unreadable:
        """End the process: it has died, or sent fewer bytes than it announced."""
        self._open = False
        self._owner.broken()
        return Unreadable("too-large" if self._left == self.size > _LARGE else "missing-object")
