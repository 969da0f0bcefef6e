"""Python in files, notebooks and archives as syntax trees: parsed once, and only where a rule of a selected check matched.

The cells of a notebook are one program: a name that one cell imports is used by the next ones. Magics are blanked with statements
of the same length, so that lines and columns stay. What does not parse is left out line by line; the rest is judged all the same,
and the coverage says that something was not read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, islice

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Covered, Location, View

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Mapping, Sequence

    from pytest_genomic_guard.views.code.versions import Cells, Versions
    from pytest_genomic_guard.views.text import Segment, Text

FORMAT = "Python"
_SUFFIXES = (b".py", b".pyw", b".pyi", b".wsgi", b".smk", b".pyx", b"snakefile", b"sconstruct", b"sconscript", b".sage", b".ipy")
_SHEBANG = regex(rb"#![^\n]{0,80}\bpython")
_SHOWN = 64 << 10  # bytes by which a text without a name is told
_LIKE = regex(rb"^(?:from[ \t]+[\w.]+[ \t]+import[ \t]|import[ \t]+[a-z_][\w.]*|def[ \t]+\w+\(|class[ \t]+\w+[(:])", re.MULTILINE)
_LEAST = 2  # such lines
_LONGEST = 4 << 20  # bytes of one program
_SIGNS, _MOST = ",;\n(=:.[{<>", 1 << 18  # between words outside of strings; each can stand for a kilobyte of a tree and more
_STRINGS = regex(  # and comments; what is not closed goes on to its end. Not those that hold expressions
    r"#[^\n]*+|(?<![fF])(?<![fF][rR])(?:\"\"\"(?:[^\"\\]++|\\[\s\S]|\"(?!\"\"))*+(?:\"\"\"|\Z)|'''(?:[^'\\]++|\\[\s\S]|'(?!''))*+(?:'''|\Z)"
    r"|\"(?:[^\"\\\n]++|\\[\s\S])*+\"?|'(?:[^'\\\n]++|\\[\s\S])*+'?)"
)
_TRIES = 12  # times its own length that may be parsed to find what parses
_FREE = 1 << 20
_LINE = regex(r"\r\n?|\n")
_OTHER = regex(r"\s*%%(?!time\b|timeit\b|capture\b|prun\b|python3?\b|writefile[^\n]*\.py\b|memit\b|mprun\b|script[^\n]*python)")
_MAGIC = regex(r"([ \t]*)(?:[\w.,\[\]'\" \t]{1,200}?=[ \t]*)?(?:%{1,2}[A-Za-z_]|!|\?|[\w.]+\?{1,2}[ \t]*$)")
_TIMED = regex(r"([ \t]*)(%{1,2}(?:time|timeit|prun|memit|mprun|lprun)(?:[ \t]+-\w+(?:[ \t]+\d+)?){0,9}[ \t]+)(?=[^\s-])")
_PRINT = regex(r"^([ \t]*(?:[^#'\"\n]{0,200}:[ \t]*)?)print (?![ \t]*[(=])", re.MULTILINE)
_INSIDE = frozenset(("", " ", "\t", ")", "]", "}", "#", "\\"))
_GOES_ON = regex(r"\\|(?:else|elif|except|finally)\b")  # with the statement before
_EXCEPT = regex(r"^([ \t]*except) ([\w.() ,]{1,200}?),[ \t]*(\w+)[ \t]*:", re.MULTILINE)


class Source(Record):
    """One file or cell: where it begins in the text, where its lines do, and its tree."""

    start: int
    lines: tuple[int, ...]  # offsets in the text
    tree: ast.Module
    source: str
    lost: tuple[int, ...] = ()  # 1-based lines that did not parse


class Python(View):
    """A program, in the order in which it runs: a file, or all code cells of a notebook."""

    text: Text
    sources: tuple[Source, ...]
    hits: Mapping[str, Sequence[tuple[int, int]]] = {}  # a frozen record's default, never written to
    shared: dict[str, object]  # what one check has found out of the trees, for the others

    def offset(self, source: Source, node: ast.AST) -> int:
        """Return where in the text a node begins."""
        line = min(max(1, getattr(node, "lineno", 1)), len(source.lines))
        end = source.lines[line] if line < len(source.lines) else len(self.text.data)
        return max(source.start, min(source.lines[line - 1] + getattr(node, "col_offset", 0), end - 1))

    def at(self, source: Source, node: ast.AST) -> Location:
        """Return the place of a node, up to the line on which it ends."""
        first = self.offset(source, node)
        last = int(getattr(node, "end_lineno", 0) or getattr(node, "lineno", 1) or 1)
        end = source.lines[last - 1] + 1 if last <= len(source.lines) else first + 1
        return self.text.locate(first, max(end, first + 1))

    def locate(self, start: int = 0, end: int | None = None) -> Location:
        """Return line and column of a span of the text."""
        return self.text.locate(start, end)


def within(text: Text, rules: frozenset[str]) -> Iterator[Python | Covered]:
    """Yield the Python of a text in which a rule matched, and that some of it could not be read."""
    if rules.isdisjoint(text.hits):
        return
    segments = [segment for segment in text.segments if _is_python(text, segment)]
    if not segments:
        return
    if not text.whole or len(text.data) > 4 * _LONGEST:
        yield Covered(level="partial", format=FORMAT)  # longer than any program that people write
        return
    notebook = segments[0].context == "source"
    sources, shared = _read(text, segments)
    yield Python(artifact=text.artifact, trail=text.trail, text=text, sources=sources, hits=text.hits, shared=shared)
    whole = sum(not source.lost for source in sources)
    if any(_missed(text, source, rules) for source in sources) and (not notebook or 2 * whole > len(sources)):
        yield Covered(level="partial", format=FORMAT)


_last: list[tuple[Text, tuple[Source, ...], dict[str, object]]] = []  # checks and relations ask for the same text


def _read(text: Text, segments: Sequence[Segment]) -> tuple[tuple[Source, ...], dict[str, object]]:
    """Return the trees of a text, and what was found out of them by whoever asked for it before."""
    import warnings  # noqa: PLC0415 - a hook on a commit without such code does not need it

    if not _last or _last[0][0] is not text:
        with warnings.catch_warnings():  # they quote what is written
            warnings.simplefilter("ignore")
            used: set[int] = set()
            sources = tuple(source for segment in segments if (source := _source(text, segment, used)))
        _last[:] = [(text, sources, {})]
    return _last[0][1:]


def _missed(text: Text, source: Source, rules: frozenset[str]) -> bool:
    """Tell whether a rule matched on a line that did not parse."""
    if not source.lost:
        return False
    lost = set(source.lost)
    spans = (start for name in rules.intersection(text.hits) for start, _end in text.hits[name])
    return any(source.start <= start and bisect_right(source.lines, start) in lost for start in spans)


def _is_python(text: Text, segment: Segment) -> bool:
    """Tell whether a segment is Python: code of a notebook, a file by name or first line, a member of an archive by its lines."""
    if segment.context == "source":
        return True
    if segment.context != "file":
        return False
    if not segment.trail and text.artifact.path.lower().endswith(_SUFFIXES):
        return True
    head = text.data[segment.start : min(text.end(segment), segment.start + _SHOWN)]
    if _SHEBANG.match(head):
        return True
    return bool(segment.trail) and sum(1 for _each in zip(_LIKE.finditer(head), range(_LEAST), strict=False)) == _LEAST


def _source(text: Text, segment: Segment, used: set[int]) -> Source | None:
    written: Text = getattr(text, "original", text)  # escapes that were made tabs and line feeds for tables are none in a program
    data = written.data[segment.start : text.end(segment)]
    if not data.strip():
        return None
    code = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\0", " ").replace("\ufeff", " ")
    starts = list(accumulate(map(len, data.splitlines(keepends=True)), initial=segment.start))
    if not data.endswith((b"\n", b"\r")):
        del starts[-1]
    if segment.context == "source" and _OTHER.match(code):
        return None
    if segment.context == "source":
        tree, lost = _before()[1].parsed(code, used, lambda cell: parsed(cell, magics=True))
    elif segment.trail:
        tree, lost = parsed(code)
    else:
        whole, line = _version(text.artifact.path, code)
        tree, lost = (whole, ()) if whole is not None else _mended(code, line)
    return Source(start=segment.start, lines=tuple(starts), tree=tree, source=code, lost=lost)


_kept: list[tuple[Versions, Cells]] = []


def _before() -> tuple[Versions, Cells]:
    """Return what was parsed before."""
    from pytest_genomic_guard.views.code import versions  # noqa: PLC0415 - trees, for programs only

    if not _kept:
        _kept.append((versions.Versions(), versions.Cells()))
    return _kept[0]


def _version(path: bytes, code: str) -> tuple[ast.Module | None, int]:
    """Return the tree of a file, of which the version before may have been parsed a moment ago, or the line with the error."""
    versions = _before()[0]
    tree = None if len(code) > _LONGEST or _dense(code) else versions.tree(path, code, lambda part: _try(part)[0])
    tree, line = (tree, 0) if tree is not None else _try(code)
    if tree is not None:
        versions.add(path, code, tree)
    return tree, line


def parsed(code: str, *, magics: bool = False) -> tuple[ast.Module, tuple[int, ...]]:
    """Return the tree of as much as parses, and the 1-based lines that do not. Never raises for what is written there."""
    tree, line = _try(code)
    if tree is None and magics:
        code = _LINE.sub("\n", code)
        code = _blanked(code)
        tree, line = _try(code)
    return (tree, ()) if tree is not None else _mended(code, line)


def _mended(code: str, number: int) -> tuple[ast.Module, tuple[int, ...]]:
    """Return what is left of a program that does not parse as a whole, first at a line, and the lines that are left out."""
    import ast  # noqa: PLC0415 - as above

    if _dense(code):
        return ast.Module(body=[], type_ignores=[]), tuple(range(1, code.count("\n") + 2))
    written = code
    code = _PRINT.sub(r"\1print,", _LINE.sub("\n", code))  # Python 2, which is read for what it calls
    code = _EXCEPT.sub(r"\1 (\2, \3):", code)
    lines, lost = code.split("\n"), dict[int, None]()
    done: list[ast.stmt] = []  # of the lines before `first`, which parse by themselves
    first = 0
    known = number if code == written else 0
    left = _TRIES * len(code) + _FREE
    while left > 0:
        tree, number = _try("\n" * first + "\n".join(lines[first:])) if not known else (None, known)
        known = 0
        if tree is not None:
            return ast.Module(body=[*done, *tree.body], type_ignores=[]), tuple(sorted(at + 1 for at in lost))
        left -= len(code) + 1000  # as if it were parsed from its beginning
        at = low = min(max(0, number - 1), len(lines) - 1)
        if at in lost or not lines[at].strip():
            low = _drop(lines, at, lost)
        else:
            lost[at] = None
            lines[at] = _statement(lines[at])
        begins = next((line for line in islice(lines, first, None) if line.strip() and line[0] != "#"), "")
        if low < first or _GOES_ON.match(begins):
            done, first = [], 0
        begin = _beginning(lines, low, first)
        head = _try("\n" * first + "\n".join(lines[first:begin]) + "\n")[0] if begin > first else None
        if head is not None:
            done, first = [*done, *head.body], begin
    return ast.Module(body=[], type_ignores=[]), tuple(range(1, len(lines) + 1))


def _beginning(lines: list[str], at: int, least: int) -> int:
    """Return the line with which the statement of the top level begins in which a line stands, as far as lines tell that."""
    while at > least and (lines[at][:1] in _INSIDE or _GOES_ON.match(lines[at]) or lines[at - 1].endswith("\\")):
        at -= 1
    return at


def _dense(code: str) -> bool:
    """Tell whether a program is no text that people write: a megabyte of it can be a gigabyte as a tree."""

    def signs(text: str) -> int:
        return sum(map(text.count, _SIGNS))

    return len(code) > _MOST and signs(code) > _MOST and signs(_STRINGS.sub("", code)) > _MOST


def _try(code: str) -> tuple[ast.Module | None, int]:
    """Return the tree, or the line at which there is none."""
    import ast  # noqa: PLC0415 - as above

    if len(code) > _LONGEST or _dense(code):
        return None, 1
    try:
        return ast.parse(code), 0
    except SyntaxError as error:
        return None, error.lineno or 1
    except (ValueError, RecursionError, MemoryError, OverflowError):
        return None, 1


def _blanked(code: str) -> str:
    """Replace magics and commands of a shell by statements that do nothing; what a magic times or profiles is kept."""
    lines = code.split("\n")
    going = False
    for at, line in enumerate(lines):
        timed = None if going else _TIMED.match(line)
        if timed:
            lines[at] = timed[1] + "if 1:".ljust(len(timed[2])) + line[timed.end() :]  # as long, so that columns stay
        elif going or _MAGIC.match(line):
            lines[at] = "" if going else _statement(line)
            going = line.endswith("\\")
    return "\n".join(lines)


def _statement(line: str) -> str:
    """Return a statement that does nothing, as far in and as long as a line."""
    indent = len(line) - len(line.lstrip())
    rest = len(line) - indent
    return line[:indent] + ("pass" if rest >= 4 else "0" if rest else "").ljust(rest)


def _drop(lines: list[str], at: int, lost: dict[int, None]) -> int:
    """Empty the statement of the top level in which a line stands; return the line with which it begins."""
    first = last = at
    while first and (not lines[first].strip() or lines[first][0] in " \t)]}#"):
        first -= 1
    while last + 1 < len(lines) and (not lines[last + 1].strip() or lines[last + 1][0] in " \t)]}#"):
        last += 1
    if all(not line.strip() for line in lines[first : last + 1]):
        first, last = 0, len(lines) - 1  # the error is not where it shows: nothing is left to tell
    for number in range(first, last + 1):
        if lines[number].strip():
            lost[number] = None
        lines[number] = ""
    return first
