"""What can still be read of a repository in which git itself gives up: objects one by one, each that fails counted."""

from __future__ import annotations

import os
import re
import stat

from pytest_genomic_guard.sources.git import git, started
from pytest_genomic_guard.sources.objects import MOST, gathered

TYPE_CHECKING = False
if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_genomic_guard.sources.objects import Objects

    Line = bytes  # id, kind, size and path, as `gathered` takes them; of what cannot be read an id and a word

_HELD = 64 << 20  # bytes of a commit or tree that is read
_PATH = 1 << 20  # bytes of a path
_TREE, _SUBMODULE = 0o040000, 0o160000
_LINK = re.compile(rb"^(?:parent|object) ([0-9a-f]{40}(?:[0-9a-f]{24})?)$", re.MULTILINE)
_ROOT = re.compile(rb"^tree ([0-9a-f]{40}(?:[0-9a-f]{24})?)$", re.MULTILINE)
_LOGGED = re.compile(rb"[0-9a-f]{40,64} [0-9a-f]{40,64} ")
_DATE = re.compile(rb"^committer [^\n]*> (\d{1,12}) ", re.MULTILINE)


def walked(root: bytes, tips: Iterable[str], without: Iterable[str]) -> Objects:
    """Return what `tips` reach and `without` do not, as far as objects can be read; the others are counted."""
    reader = _Reader(root)
    try:
        return gathered(_Walk(reader).lines([tip.encode() for tip in tips], [each.encode() for each in without]))
    finally:
        reader.close()


def logged(root: bytes) -> list[str]:
    """Return what reflogs name, by their lines; git itself reads none where one of these objects is damaged. Raises `GitError`."""
    found: dict[str, None] = {}
    for option in ("--git-dir", "--git-common-dir"):
        place = os.path.join(root, git(root, "rev-parse", option).removesuffix(b"\n"), b"logs")
        for folder, _folders, files in os.walk(place):
            for name in files:
                _lines(os.path.join(folder, name), found)
    return list(found)


def _lines(path: bytes, found: dict[str, None]) -> None:
    """Add the ids in a reflog; a link, or what is no file, is none."""
    try:
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return
    with os.fdopen(opened, "rb") as file:
        if stat.S_ISREG(os.fstat(opened).st_mode):
            while (line := file.readline(_PATH)) and len(found) < MOST:
                if ids := _LOGGED.match(line):
                    found.update(dict.fromkeys(each.decode() for each in ids[0].split() if each.strip(b"0")))


class _Walk:
    """One walk; an object is met once."""

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader
        self._seen: set[bytes] = set()

    def lines(self, tips: Sequence[bytes], without: Sequence[bytes]) -> Iterator[Line]:
        """Yield commits and tags, then all that their trees hold and those of `without` do not."""
        known = [tree for _time, line, tree in self._commits(without) if tree and b" commit " in line]
        for each in known:
            for _line in self._tree(each, b""):
                pass
        found = list(self._commits(tips))
        found.sort(key=lambda each: -each[0])  # the newest first, as git has it
        yield from (line for _time, line, _tree in found)
        for _time, _line, each in found:
            yield from self._tree(each, b"") if each else ()

    def _commits(self, tips: Sequence[bytes]) -> Iterator[tuple[int, Line, bytes]]:
        """Yield time, line and tree of what is reached from commit to commit and from tag to object."""
        waiting = list(reversed(tips))
        while waiting:
            name = waiting.pop()
            if name in self._seen or len(self._seen) > 4 * MOST:
                continue
            kind, size = self._reader.kind(name)
            if kind == b"tree":
                yield 0, b"%b tree 0 " % name, name
                continue
            self._seen.add(name)
            if kind == b"blob":
                yield 0, b"%b blob %d " % (name, size), b""
                continue
            body = self._reader.content(name) if kind in {b"commit", b"tag"} and size <= _HELD else None
            if body is None:
                yield 0, name + b" missing", b""
                continue
            head = body.partition(b"\n\n")[0]
            date, tree = _DATE.search(head), _ROOT.search(head)
            yield int(date[1]) if date else 0, b"%b %b %d " % (name, kind, size), tree[1] if tree and kind == b"commit" else b""
            waiting += reversed(_LINK.findall(head))

    def _tree(self, tree: bytes, path: bytes) -> Iterator[Line]:
        """Yield what a tree holds that was not met before."""
        waiting = [(tree, path)]
        while waiting:
            name, path = waiting.pop()
            if name in self._seen or len(self._seen) > 4 * MOST:
                continue
            self._seen.add(name)
            kind, size = self._reader.kind(name)
            if kind == b"blob":
                yield b"%b blob %d %b" % (name, size, path)
                continue
            body = self._reader.content(name) if kind == b"tree" and size <= _HELD and len(path) <= _PATH else None
            if body is None:
                yield name + b" missing"
                continue
            within = path + b"/" if path else b""
            for entry in _entries(body, len(name) // 2):
                if entry is None:
                    yield name + b" damaged"
                elif entry[0] != _SUBMODULE:
                    waiting.append((entry[2], within + entry[1]))


def _entries(body: bytes, width: int) -> Iterator[tuple[int, bytes, bytes] | None]:
    """Yield mode, name and id of each entry of a tree; None where it cannot be read any further."""
    at = 0
    while at < len(body):
        space = body.find(b" ", at)
        end = body.find(b"\0", space + 1)
        mode = body[at:space]
        if space < 0 or end < 0 or end + width >= len(body) + 1 or not mode or mode.strip(b"01234567") or len(mode) > 12:
            yield None
            return
        at = end + 1 + width
        yield int(mode, 8), body[space + 1 : end], body[end + 1 : at].hex().encode()


class _Reader:
    """Answers for one object at a time, by processes that are started anew where they die of a damaged one."""

    def __init__(self, root: bytes) -> None:
        self._root = root
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def kind(self, name: bytes) -> tuple[bytes, int]:
        """Return kind and size of an object; an empty kind for what is not here."""
        return self._asked("--batch-check", name)

    def content(self, name: bytes) -> bytes | None:
        """Return a commit, tag or tree, None where it cannot be read."""
        _kind, size = self._asked("--batch", name)
        out = self._running["--batch"].stdout if _kind else None
        body = out.read(size + 1) if out else b""
        if len(body) == size + 1 and body.endswith(b"\n"):
            return body[:-1]
        self._end("--batch")
        return None

    def close(self) -> None:
        """End the processes."""
        for option in list(self._running):
            self._end(option)

    def _asked(self, option: str, name: bytes) -> tuple[bytes, int]:
        try:
            if option not in self._running:
                self._running[option] = started(self._root, "cat-file", option)
            process = self._running[option]
            assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - pipes, for the type checker
            process.stdin.write(name + b"\n")
            process.stdin.flush()
            told = process.stdout.readline().split(b" ")
        except OSError:
            told = []
        if len(told) == 3 and told[2].strip().isdigit():
            return told[1], int(told[2])
        if len(told) != 2:
            self._end(option)
        return b"", 0

    def _end(self, option: str) -> None:
        process = self._running.pop(option, None)
        if process is not None:
            process.kill()
            process.communicate()
