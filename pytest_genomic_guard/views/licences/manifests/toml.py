"""TOML of other people, with the lines on which it says things.

tomllib tells no lines. They are found by a scan of the text after it was parsed: the n-th header ``[[package]]`` is the n-th
package, and a requirement is looked for from the header of its table on, as it is written (with its quotes escaped where the
string has to), each from behind the one before it, then from the header again, then by its name alone. A line that is not
found is 0; a wrong line is possible only where a file says the same twice, and both lines then say so.
"""

from __future__ import annotations

import bisect
import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.manifests.damaged import MOST, PACKAGES, DamagedError, TooLargeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# The time that tomllib takes for a key grows with the square of its parts.
_KEYS = regex(r"""(?<![A-Za-z0-9_.-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]{0,64}+"|'[^'\n]{0,64}+')[ \t]*+\.[ \t]*+){100}""")
# Files of a locked package, one a line: nine tenths of a lock, and nothing in them is for us. They are written by the tools
# that write locks, one inline table a line, so that they can be passed over before tomllib looks at each of their characters.
_ENTRY = (
    r"\{ ?(?:url|file) = \"[^\"\\\n]*+\""
    r"(?:, (?:hash|size|upload-time|upload_time|path|name|url) = (?:\"[^\"\\\n]*+\"|[0-9][0-9TZ:.-]*+))*+"
    r"(?:, hashes = \{ ?[a-z0-9]++ = \"[0-9a-f]*+\" ?\})? ?\}"
)
_LOCK = 12 << 20  # bytes of a lock without its archives: tomllib takes some seconds for them; the largest that was met has 1 MB
_ARCHIVES = regex(rf"^(?:[ ]{{2,8}}{_ENTRY},?|sdist = {_ENTRY}|wheels = \[{_ENTRY}\])$", re.MULTILINE)


def load(data: bytes) -> tuple[dict[str, Any], Lines]:
    """Return the document and the place of its words. Raises `DamagedError`, which says nothing of the content."""
    import tomllib  # noqa: PLC0415 - a run without TOML needs none

    if len(data) > MOST:
        raise TooLargeError
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        if _KEYS.search(text) is not None:
            raise DamagedError
        return tomllib.loads(text), Lines(text)
    except (ValueError, RecursionError):
        raise DamagedError from None


def load_lock(data: bytes) -> tuple[dict[str, Any], Lines]:
    """Return a lock without the files of its packages, the lines of which are left empty.

    Raises `DamagedError`, and `TooLargeError` before tomllib spends its time on a lock that is larger than any that is met.
    """
    if len(data) > MOST or data.count(b"[[package") > PACKAGES:
        raise TooLargeError
    try:
        short = _ARCHIVES.sub("", data.decode("utf-8-sig").replace("\r\n", "\n")).encode()
    except ValueError:
        raise DamagedError from None
    if len(short) > _LOCK:
        raise TooLargeError
    try:
        return load(short)
    except DamagedError:
        if len(data) > _LOCK:
            raise
        return load(data)


class Lines:
    """Where a text says something."""

    def __init__(self, text: str) -> None:
        """Keep the text; its lines are counted when the first is asked for."""
        self.text = text
        self._ends: list[int] | None = None

    def line(self, offset: int) -> int:
        """Return the line of an offset, 0 for none."""
        if offset < 0:
            return 0
        if self._ends is None:
            self._ends = [found.start() for found in re.finditer("\n", self.text)]
        return bisect.bisect_left(self._ends, offset) + 1

    def table(self, *keys: str) -> int:
        """Return the offset of the header of a table, -1 where it is not written as one."""
        names = r"[ \t]*\.[ \t]*".join(rf"""["']?{re.escape(key)}["']?""" for key in keys)
        found = re.search(rf"^[ \t]*\[{{1,2}}[ \t]*{names}[ \t]*\]", self.text, re.MULTILINE)
        return found.start() if found else -1

    def key(self, name: str, start: int) -> int:
        """Return the offset of a key at the beginning of a line behind another offset, or that offset."""
        found = re.compile(rf"""^[ \t]*["']?{re.escape(name)}["']?[ \t]*[.=]""", re.MULTILINE).search(self.text, max(start, 0))
        return found.start() if found else start

    def headers(self, name: str) -> list[int]:
        """Return the offsets of ``[[name]]``."""
        return [found.start() for found in re.finditer(rf"^[ \t]*\[\[[ \t]*{re.escape(name)}[ \t]*\]\]", self.text, re.MULTILINE)]


_MISSES = 64  # strings that are not found, after which no more are looked for


class Cursor:
    """Finds the strings of one list, each behind the one before it."""

    def __init__(self, lines: Lines, start: int, end: int = -1) -> None:
        """Look between two offsets only."""
        self._lines = lines
        self._start = self._at = max(start, 0)
        self._end = len(lines.text) if end < 0 else end
        self._misses = 0

    def line(self, value: str, name: str = "") -> int:
        """Return the line of a string, found as written, escaped or by the name at its beginning."""
        return self._first((value, value.replace("\\", "\\\\").replace('"', '\\"'), name))

    def key(self, name: str) -> int:
        """Return the line of a key that stands at the beginning of its line."""
        return self._first((f"\n{name} ", f"\n{name}=", f'\n"{name}"', f"\n{name}.", name))

    def _first(self, needles: tuple[str, ...]) -> int:
        text = self._lines.text
        if self._misses > _MISSES:
            return 0
        for needle in needles:
            if not needle:
                continue
            for start in (self._at, self._start):
                found = text.find(needle, start, self._end)
                if found >= 0:
                    self._at = found + len(needle)
                    return self._lines.line(found + needle.startswith("\n"))
        self._misses += 1
        return 0
