"""Which line of a repository's ``.gitattributes`` gives a path to git-lfs: that line is how a person finds the rule."""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.policy.globs import Glob

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    _Rule = tuple[int, Callable[[str], bool], bool]  # line, what tells whether a path is meant, whether it goes to git-lfs

_NAME = b".gitattributes"
_BYTES = 1 << 20  # of one file
_LONGEST = 2048  # bytes of a line that git takes
_LOOKS = 1 << 20  # patterns that are tried in one run; nobody has so many


class Place(Record):
    """A line, 0 where there is none, of the file at the top, or of the one in the folder some levels above the file's own."""

    line: int
    above: int | None = None  # None: the top


class Attributes:
    """The rules of all ``.gitattributes`` of one snapshot about the attribute ``filter``."""

    def __init__(self, read: Callable[[bytes, int], bytes]) -> None:
        """Take what reads the first bytes of a file of the snapshot. It may raise `Unreadable`."""
        self._read = read
        self._files: dict[bytes, list[_Rule]] = {}
        self._macros = {b"lfs": False}
        self._left = _LOOKS

    def lfs(self, path: bytes) -> Place | None:
        """Return the line that gives a path to git-lfs; None where looking for it takes too long."""
        folder = path.rpartition(b"/")[0]
        self._rules(b"")  # macros are defined at the top
        above = 0
        while True:
            relative = _text(path[len(folder) + 1 :] if folder else path)
            for line, pattern, given in self._rules(folder):
                self._left -= 1
                if self._left < 0:
                    return None
                if pattern(relative):
                    return Place(line=line if given else 0, above=above if folder else None)
            if not folder:
                return Place(line=0)
            folder, above = folder.rpartition(b"/")[0], above + 1

    def _rules(self, folder: bytes) -> list[_Rule]:
        """Return the rules of one file, the last line first: that is the one which counts."""
        if folder not in self._files:
            try:
                data = self._read(folder + b"/" * bool(folder) + _NAME, _BYTES)
            except Unreadable:
                data = b""
            self._files[folder] = list(self._parsed(data, top=not folder))[::-1]
        return self._files[folder]

    def _parsed(self, data: bytes, *, top: bool) -> Iterator[_Rule]:
        for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
            found = re.match(rb"[ \t]*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s#\"]\S*))[ \t]+(\S.*)", line[:_LONGEST])
            if not found or len(line) >= _LONGEST:
                continue
            pattern, given = found[1] or found[2], self._given(found[3])
            if given is None:
                continue
            if pattern.startswith(b"[attr]"):
                if top:
                    self._macros[pattern.removeprefix(b"[attr]")] = given
                continue
            try:
                yield number, _pattern(_text(pattern)), given
            except ValueError:
                continue

    def _given(self, attributes: bytes) -> bool | None:
        """Tell whether attributes give a file to git-lfs, or take it away; None where they do neither."""
        given: bool | None = None
        for each in attributes.split():
            name = (each[1:] if each[:1] in {b"-", b"!"} else each).partition(b"=")[0]
            if not re.fullmatch(rb"[A-Za-z0-9_.][A-Za-z0-9_.-]*", name):
                return None  # git drops such a line
            if name == b"filter":
                given = each == b"filter=lfs"
            elif self._macros.get(each):
                given = True
        return given


def _pattern(pattern: str) -> Callable[[str], bool]:
    """Return what tells whether a pattern of git is about a path below its folder. Raises ValueError."""
    if pattern.endswith("/"):
        raise ValueError("about folders, which have no content")
    plain = re.sub(r"\\(.)", r"[\1]", pattern.replace("[[:space:]]", " "))
    plain = re.sub(r"\*\*+", _stars, plain)
    glob = Glob(plain.removeprefix("/"))
    return glob.match if "/" in plain else lambda path: glob.match(path.rpartition("/")[2])


def _stars(found: re.Match[str]) -> str:
    """Return several stars as git means them: across folders only where they stand alone between two slashes, or at an end."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return "**" if len(found[0]) == 2 and before in {"", "/"} and after in {"", "/"} else "*"


def _text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")
