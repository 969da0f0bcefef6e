"""What a person at a terminal gets besides the text: colours, and progress of long work. Without a terminal there is neither."""

from __future__ import annotations

import math
import os
import re
import sys
import time

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

_HEAD = regex(r"^(?:(?:[A-Z]{3,4}[0-9]{3}|gate) .*)$", re.MULTILINE)
_VERDICT = regex(r"^(PASS|FAIL|INCOMPLETE)(?=  \d+ fail, .*\n?\Z)", re.MULTILINE)
_COLOURS = {"PASS": "32", "FAIL": "31", "INCOMPLETE": "33"}
_AFTER = 2.0  # seconds in which nothing is shown
_EVERY = 0.2
_SMOOTH = 10.0  # seconds over which the pace is taken
_FILE = 8 << 10  # bytes that take as long as a file besides its own


def lively(stream: TextIO | None) -> bool:
    """Tell whether a stream is a terminal that takes colours and a line that is written over, and nobody asked for neither."""
    environ = os.environ
    if environ.get("NO_COLOR") or environ.get("CI") or environ.get("TERM") == "dumb":
        return False
    if os.name == "nt" and not (environ.get("WT_SESSION") or environ.get("ANSICON") or environ.get("TERM")):
        return False  # an old console shows the codes themselves
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False  # it is closed


def tinted(text: str) -> str:
    """Return a text report with its headings bold and its verdict coloured."""
    text = _HEAD.sub("\x1b[1m\\g<0>\x1b[0m", text)
    return _VERDICT.sub(lambda found: f"\x1b[1;{_COLOURS[found[1]]}m{found[1]}\x1b[0m", text)


class Progress:
    """One line on stderr with artifacts, bytes and the time that is left, from the third second on; taken away at the end."""

    def __init__(self) -> None:
        """Look at stderr once."""
        self._live = lively(sys.stderr)
        self._next, self._shown = time.monotonic() + _AFTER, False
        self._begun = self._last = self._done = self._rate = 0.0  # since the first line: before, modules were loaded

    def tick(self, files: int, size: int, of: int, total: int) -> None:
        """Take how many artifacts and bytes are done, of how many."""
        if not self._live or (now := time.monotonic()) < self._next:
            return
        # a file takes time besides that of its bytes, and the small ones come last
        done, whole = size + files * _FILE, total + of * _FILE
        if self._shown:
            passed = now - self._last
            share = max(passed / (now - self._begun), 1 - math.exp(-passed / _SMOOTH))
            self._rate += share * (max(0, done - self._done) / passed - self._rate)
        else:
            self._begun = now
        self._last, self._done = now, done
        left = f", {_clock((whole - done) / self._rate)} left" if self._rate and files < of else ""
        self._next, self._shown = now + _EVERY, True
        text = f"genomic-guard: {files:,} of {of:,} files, {size / 1e6:,.1f} of {total / 1e6:,.1f} MB{left}"
        self._say(f"\r{text[: _columns() - 1]}\x1b[K")  # written over and not wiped before, so that nothing flickers

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            self._shown = False
            self._say("\r\x1b[K")

    def _say(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):
            self._live = False  # nobody is there any more


def _clock(seconds: float) -> str:
    minutes, second = divmod(math.ceil(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def _columns() -> int:
    """Return how wide the terminal is: a longer line would wrap, and its first part stay behind."""
    try:
        return os.get_terminal_size(2).columns or 80
    except OSError:
        return 80
