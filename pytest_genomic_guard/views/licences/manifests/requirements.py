"""Lists of requirements that pip reads, and what pip-compile, uv, Poetry and ``pip freeze`` write in that form.

After pip.pypa.io/reference/requirements-file-format, read 2026-11.

A list is a lock where it says for whom each package is there (``# via``), where a resolver names itself at the top, or where
every line has a hash, which pip takes for all or none. What is required directly is then what the project or a list of it is
named as the parent of, and whatever no chain of parents leads to. Other lists are what is required directly, pinned or not.
Lists of constraints (``constraints.txt``) require nothing; their pins are kept as packages. Lists that conda wrote under such a
name are read as what they are.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.manifests import compiled
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError
from pytest_genomic_guard.views.licences.manifests.groups import of_path
from pytest_genomic_guard.views.licences.manifests.pep508 import named_by_address, parse
from pytest_genomic_guard.views.licences.nouns import Group, Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.licences.nouns import Requirement

_BOMS = ((b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_COMMENT = regex(r"(?:^|(?<=\s))#.*$")
_INCLUDE = regex(r"(?P<option>-[rc]|--requirements?|--constraints?)(?:[ \t=]+|(?=[^ \t-]))(?P<path>.+)")
_EDITABLE = regex(r"(?:-e|--editable)(?:[ \t=]+|(?=[^ \t-]))(?P<what>.+)")
_OPTIONS = regex(r"\s(?:--?[A-Za-z][A-Za-z-]{0,40}(?:[ =]|$))")
_HASH = regex(r"\s--hash[ =]")
_LOCAL = regex(r"(?:\.{1,2}(?:[/\\\[]|$)|[/\\~]|[A-Za-z]:[\\/]|file:|\$\{?[A-Za-z_])")
_CONDA = regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}=[^=<>~!\s]{1,100}=[^=\s]{1,200}")
_LINE = 1 << 16  # characters of a line that is still looked at


def read(data: bytes, path: bytes) -> Manifest | None:
    """Return the list; None where the file has a name such as ``data_requirements.txt`` and is prose."""
    text = _decoded(data)
    name = path.rpartition(b"/")[2].lower()
    if text.lstrip().startswith("@EXPLICIT") or re.search(r"^@EXPLICIT[ \t]*$", text, re.MULTILINE):
        from pytest_genomic_guard.views.licences.manifests import conda_explicit  # noqa: PLC0415 - rare

        return conda_explicit.read(text.encode(), path)
    reader = _Reader()
    for line, words, comment in _lines(text):
        reader.take(line, words, comment)
    if reader.conda > len(reader.found):
        from pytest_genomic_guard.views.licences.manifests import conda_explicit  # noqa: PLC0415 - rare

        return conda_explicit.read(text.encode(), path)
    if not name.startswith((b"requirement", b"constraint")) and len(reader.unread) > len(reader.found) + len(reader.includes) + len(
        reader.limits
    ):
        return None
    if not (reader.found or reader.includes or reader.limits or reader.unread):
        return None
    return _manifest(reader, text, path, constraints=b"constraint" in name)


def _decoded(data: bytes) -> str:
    """Return the text as pip decodes it: PowerShell writes what ``pip freeze`` says in UTF-16."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(codec)
            except ValueError:
                raise DamagedError from None
    if b"\0" in data[:4096]:
        raise DamagedError
    try:
        return data.decode("utf-8-sig")
    except ValueError:
        return data.decode("latin-1")


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Return lines as pip joins them, each with the number of its first and with its comment."""
    held, start = "", 0
    for number, raw in enumerate(text.splitlines(), 1):
        comment = _COMMENT.search(raw[:_LINE])
        words = raw[: comment.start()] if comment is not None else raw[:_LINE]
        if words.rstrip().endswith("\\") and len(held) < _LINE:
            held, start = held + words.rstrip()[:-1] + " ", start or number
            continue
        yield start or number, (held + words).strip(), comment[0] if comment is not None else ""
        held, start = "", 0
    if held.strip():
        yield start, held.strip(), ""


class _Reader:
    """Takes a list line by line."""

    def __init__(self) -> None:
        self.found: list[Requirement] = []
        self.parents: list[list[str]] = []  # of each of them, as ``# via`` names them
        self.includes: list[str] = []
        self.limits: list[str] = []
        self.unread: list[int] = []
        self.hashed = 0
        self.conda = 0
        self._via = compiled.Via()

    def take(self, line: int, words: str, comment: str) -> None:
        """Take one line."""
        if words:
            if len(self.found) + len(self.unread) + len(self.includes) + len(self.limits) > NODES:
                raise TooLargeError
            before = len(self.found)
            self._words(line, words)
            self._via.open(self.parents[-1] if len(self.found) > before else None)
        if comment:
            self._via.comment(comment)
        elif not words:
            self._via.open(None)

    def _words(self, line: int, words: str) -> None:
        include, editable = _INCLUDE.fullmatch(words), _EDITABLE.fullmatch(words)
        if include is not None:
            self._include(line, include["path"].strip().strip("\"'"), limits="c" in include["option"])
        elif editable is not None:
            self._address(line, editable["what"].strip().strip("\"'"))
        elif not words.startswith("-"):
            options = _OPTIONS.search(words)
            self._requirement(line, words[: options.start()] if options is not None else words, words)

    def _include(self, line: int, path: str, *, limits: bool) -> None:
        """Note another list; one that lies elsewhere than in the repository is not read, and its address not kept."""
        if "://" in path or path.startswith(("/", "~", "$")) or not path.isprintable():
            self.unread.append(line)
        else:
            (self.limits if limits else self.includes).append(path.replace("\\", "/"))

    def _address(self, line: int, what: str) -> None:
        each = (parse(what, line) if " @ " in what else None) or named_by_address(what, line)
        if each is not None:
            self._add(each)
        elif not _LOCAL.match(what) and "://" in what:
            self.unread.append(line)

    def _requirement(self, line: int, words: str, whole: str) -> None:
        if _CONDA.fullmatch(words):
            self.conda += 1
            self.unread.append(line)
            return
        each = parse(words, line)
        if each is not None:
            self.hashed += _HASH.search(whole) is not None
            self._add(each)
        elif not _LOCAL.match(words):
            self.unread.append(line)

    def _add(self, each: Requirement) -> None:
        self.found.append(each)
        self.parents.append([])


def _manifest(reader: _Reader, text: str, path: bytes, *, constraints: bool) -> Manifest:
    """Return what the lines say together."""
    found = [each.replace(via=tuple(via)) if via else each for each, via in zip(reader.found, reader.parents, strict=True)]
    told = compiled.resolved(text) or any(reader.parents) or (0 < len(found) == reader.hashed)
    lock = told and not constraints
    group, scope = of_path(path)
    direct = compiled.direct(found) if lock else [] if constraints else found
    return Manifest(
        form="requirements",
        ecosystem="python",
        lock=lock,
        groups=(Group(name=group, scope=scope, requires=tuple(direct)),) if direct else (),
        packages=compiled.packages(found, group) if lock or constraints else (),
        includes=() if constraints else tuple(dict.fromkeys(reader.includes)),
        limits=tuple(dict.fromkeys((*reader.limits, *reader.includes) if constraints else reader.limits)),
        unread=tuple(reader.unread),
    )
