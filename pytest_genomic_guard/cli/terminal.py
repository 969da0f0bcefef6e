"""What a person at a terminal gets besides the text: colours, and progress of long work. Without a terminal there is neither."""

from __future__ import annotations

import os
import re
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

_HEAD = re.compile(r"^(?:(?:[A-Z]{3,4}[0-9]{3}|gate) .*)$", re.MULTILINE)
_VERDICT = re.compile(r"^(PASS|FAIL|INCOMPLETE)(?=  \d+ fail, .*\n?\Z)", re.MULTILINE)
_COLOURS = {"PASS": "32", "FAIL": "31", "INCOMPLETE": "33"}
_AFTER = 2.0  # seconds in which nothing is shown
_EVERY = 0.2


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
    """One line on stderr that counts artifacts, from the third second on; taken away again at the end."""

    def __init__(self) -> None:
        """Look at stderr once."""
        self._live = lively(sys.stderr)
        self._count, self._next, self._shown = 0, time.monotonic() + _AFTER, False

    def tick(self) -> None:
        """Count one artifact."""
        self._count += 1
        if self._live and time.monotonic() >= self._next:
            self._next, self._shown = time.monotonic() + _EVERY, True
            self._say(f"\r\x1b[Kgenomic-guard: file {self._count}")

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            self._say("\r\x1b[K")

    def _say(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):
            self._live = False  # nobody is there any more
