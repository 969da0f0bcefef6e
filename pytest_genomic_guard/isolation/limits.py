"""What a process that decodes takes upon itself: limits, an end with whoever asks, and a forked process for each file.

A file that breaks its process, or takes it over, meets no other file. It opens no file, writes none, and leaves no core.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

resource: Any = None
with suppress(ImportError):  # Windows: what it takes is bounded by work and by time only
    resource = import_module("resource")

MORE = b"+"  # before a file
_WATCH = 0.5  # seconds
_fork: Any = getattr(os, "fork", None)


def limit(seconds: int, memory: int, files: int = 0) -> None:
    """Take limits: no core that would hold values (1 stands for none, where a program takes it, too), no file opened or written."""
    if resource is None:
        return
    for name, most in (
        ("RLIMIT_CORE", 1),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CPU", seconds),
        ("RLIMIT_AS", memory),
        ("RLIMIT_NOFILE", files),
    ):
        which = getattr(resource, name, None)
        if which is None:
            continue
        try:
            hard = resource.getrlimit(which)[1]
            least = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(which, (least, least))
        except (OSError, ValueError):  # macOS refuses some; the others hold
            continue


def without_pandas() -> None:
    """Keep libraries from loading pandas, where it is, to make what nobody asks for."""
    sys.meta_path.insert(0, _WithoutPandas())


def watch() -> None:
    """End all processes of this group once the one that asks is gone; a forked process has no such timer."""
    parent = os.getppid()

    def look(_number: int, _frame: FrameType | None) -> None:
        if os.getppid() != parent:
            os.killpg(0, signal.SIGKILL)

    if hasattr(signal, "setitimer") and hasattr(os, "getpgrp") and os.getpgrp() == os.getpid():
        signal.signal(signal.SIGALRM, look)
        signal.setitimer(signal.ITIMER_REAL, _WATCH, _WATCH)


def serve(decode: Callable[[], None]) -> int:
    """Decode files until the input ends, each in a forked process (where there is no fork, one file); return the exit status."""
    while os.read(0, 1) == MORE:
        if _fork is None:
            decode()
            return 0
        child = _fork()
        if not child:
            status = 1
            try:
                decode()
                status = 0
            finally:
                os._exit(status)
        if os.waitpid(child, 0)[1]:
            return 1  # what was not read of its file would be taken for the next one
    return 0


class _WithoutPandas:
    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        """Find all but pandas elsewhere."""
        if name == "pandas":
            raise ModuleNotFoundError(name=name)
