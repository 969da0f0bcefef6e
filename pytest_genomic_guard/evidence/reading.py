"""Bounded reading of files that others wrote: a pipe, a device or a folder is no file, and nothing here raises."""

from __future__ import annotations

import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Marks = tuple[int, int, int, int]

ENTRIES = 200_000  # of one folder; the site folder of a large environment has fewer than a thousand
_HOW = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def piece(path: bytes, most: int) -> bytes | None:
    """Return a file's first bytes, at most `most`; None where it is no plain file or cannot be read."""
    try:
        number = os.open(path, _HOW)
    except (OSError, ValueError):
        return None
    try:
        found = os.fstat(number)
        if not stat.S_ISREG(found.st_mode):
            return None
        wanted = min(found.st_size, most)
        data = os.read(number, wanted)
        while len(data) < wanted and (more := os.read(number, wanted - len(data))):
            data += more
    except OSError:
        return None
    else:
        return data
    finally:
        os.close(number)


def whole(path: bytes, most: int) -> bytes | None:
    """Return a file that has at most `most` bytes; None as `piece`, and where it has more."""
    data = piece(path, most + 1)
    return None if data is None or len(data) > most else data


def inside(folder: bytes) -> Iterator[os.DirEntry[bytes]]:
    """Yield what a folder holds, nothing where it cannot be read."""
    try:
        with os.scandir(folder) as found:
            for count, entry in enumerate(found):
                if count >= ENTRIES:
                    return
                yield entry
    except (OSError, ValueError):
        return


def is_folder(entry: os.DirEntry[bytes]) -> bool:
    """Tell whether an entry is a folder, links followed."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def marks(path: bytes) -> Marks:
    """Return what changes when a file or a folder is written again or replaced; zeros where it is not there.

    Whoever writes a file can set its time and keep its size; the time of its last change of any kind (ctime) nobody sets.
    """
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return 0, 0, 0, 0
    return found.st_mtime_ns, found.st_size, found.st_ctime_ns, found.st_ino
