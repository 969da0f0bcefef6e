"""Records in brackets as programs print them, and fields with values in a line of a log.

Dictionaries, objects and structures of Python, Ruby, PHP, JavaScript, Go, Rust and Java; `key=value`. One pass over words and
brackets; nothing is run.
"""

from __future__ import annotations

import re
from itertools import groupby

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health.listing.listings import LONGEST, MOST, Entry, Listing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.health.listing.listings import Pairs

_DEEP = 60  # brackets in brackets
_FEWEST = 3  # fields of a record, values of a row
_STRING = r"[ub]?(?:\"(?:[^\"\\\n]++|\\.)*+\"|'(?:[^'\\\n]++|\\.)*+')"
_TOKEN = regex(
    rf"(?P<sign>\s++)|(?P<key>\[[\"']?[\w .:-]{{1,60}}[\"']?\](?=\s{{0,4}}=>)|{_STRING}(?=\s{{0,8}}(?:=>|:|->))"
    r"|[:@$]?[A-Za-z_\x80-\uffff][\w.-]{0,60}+(?=[ ]{0,8}(?:=>|=(?!=)|:(?![:/\\]))))[ \t]{0,8}(?:=>|->|=|:)"
    rf"|(?P<string>{_STRING})|(?P<open>[\[({{]|\#?<(?=[A-Z][\w.:]{{0,60}}[ ]))|(?P<close>[\])}}>])|(?P<comma>[,;])"
    r"|(?P<word>[^\s,;{}()\[\]\"'<>=]++(?:'[A-Za-z][^\s,;{}()\[\]\"'<>=]*+)*+)|(?P<other>.)",
    re.DOTALL,
)
_CLOSE = {"[": "]", "(": ")", "{": "}", "<": ">", "#<": ">"}
_DATES = frozenset({"date", "datetime", "timestamp", "localdate"})
_LENGTHS = frozenset({"string", "str"})  # PHP says how long a text is before it
_QUOTES = "\"'"


class _Frame:
    """What stands in one bracket, or in one line outside of all."""

    __slots__ = ("close", "key", "line", "name", "pairs", "parts", "pause", "rows", "values")

    def __init__(self, close: str, name: str, line: int) -> None:
        self.close, self.name, self.line = close, name, line
        self.pairs: Pairs = []
        self.values: list[str] = []
        self.rows: list[tuple[int, tuple[str, ...]]] = []
        self.key: str | None = None
        self.parts: list[str] = []
        self.pause = False

    def end(self) -> None:
        """End a value."""
        text = " ".join(self.parts)[:LONGEST].strip()
        if self.key is not None:
            if len(self.pairs) < MOST:
                self.pairs.append((self.key, text))
        elif text or self.pause:
            self.values.append(text)
        self.parts, self.pause = [], False

    def add(self, text: str) -> None:
        """Add to the value; what follows a comma without a key belongs to it."""
        if self.pause:
            self.end_value()
        self.parts.append(text)

    def end_value(self) -> None:
        """Act on a comma: a list begins its next value, and a record waits for a key."""
        if self.key is None:
            self.end()
        else:
            self.parts.append(",")
            self.pause = False


def read(text: str) -> Iterator[Entry | Listing]:
    """Yield the records of a text, and rows of values without names."""
    yield from _read(text)
    if text.count('\\"') >= 2 * _FEWEST:  # the same again, in a string
        yield from _read(text.replace('\\"', "\0").replace('"', " ").replace("\0", '"'))


def _read(text: str) -> Iterator[Entry | Listing]:  # noqa: PLR0912 - one branch a kind of word
    line = 0
    stack = [_Frame("", "", 0)]
    for token in _TOKEN.finditer(text):
        kind, word = token.lastgroup, token[0]
        top = stack[-1]
        if kind == "sign":
            feeds = word.count("\n")
            line += feeds
            if feeds and len(stack) == 1:
                rows, top.rows = top.rows, []
                yield from _done(stack.pop(), None)
                stack.append(_Frame("", "", line))
                stack[0].rows = rows  # those of lines that follow each other
        elif kind == "key":
            yield from _keyed(top, _plain(token["key"]), line)
        elif kind == "open":
            if len(stack) < _DEEP:
                stack.append(_Frame(_CLOSE[word], top.parts[-1] if word == "(" and top.parts and not top.pause else "", line))
        elif kind == "close":
            if any(each.close == word for each in stack[1:]):
                while stack[-1].close != word:
                    yield from _done(stack.pop(), stack[-1])
                yield from _done(stack.pop(), stack[-1])
        elif kind == "comma":
            if top.pause:
                top.end_value()
            top.pause = True
        elif kind in {"string", "word"}:
            top.add(_plain(word) if kind == "string" else word)
    while stack:
        frame = stack.pop()
        yield from _done(frame, stack[-1] if stack else None)


def _keyed(frame: _Frame, key: str, line: int) -> Iterator[Entry]:
    """Begin a field; one that there is already begins another record."""
    if frame.key is not None:
        frame.end()
    else:
        frame.parts, frame.pause, frame.line = [], False, frame.line if frame.pairs else line
    frame.key = None
    if any(key == each for each, _value in frame.pairs):
        if len(frame.pairs) >= _FEWEST:
            yield Entry(line=frame.line, pairs=tuple(frame.pairs))
        frame.pairs, frame.line = [], line
    frame.key = key


def _done(frame: _Frame, around: _Frame | None) -> Iterator[Entry | Listing]:
    """End a bracket: a record is given, or is a part of the record around it; anything else is a value there."""
    if frame.parts or frame.key is not None or frame.pause:
        frame.pause = frame.pause and frame.key is None and bool(frame.parts)
        frame.end()
    if frame.rows:
        yield from _rows(frame)
    if frame.pairs:
        inner = around is not None and around.close and around.key is not None
        known = {key for key, _value in around.pairs} if around else set()
        own = [(f"{around.key}.{key}" if around and inner else key, value) for key, value in frame.pairs]
        if around and inner and known.isdisjoint(key for key, _value in own) and not around.parts:
            around.pairs += own[: max(0, MOST - len(around.pairs))]
        elif len(frame.pairs) >= _FEWEST:
            yield Entry(line=frame.line, pairs=tuple(frame.pairs))
        return
    if around is None or not frame.values:
        return
    name = frame.name.rpartition(".")[2].lower()
    if name in _DATES and len(frame.values) >= _FEWEST and all(map(str.isdigit, frame.values[:_FEWEST])):
        around.parts[-1:] = ["-".join(each.zfill(2) for each in frame.values[:_FEWEST])]
    elif name in _LENGTHS:
        around.parts[-1:] = []
    elif len(frame.values) >= _FEWEST and around.key is None and not frame.name and len(around.rows) < 10 * MOST:
        around.rows.append((frame.line, tuple(frame.values)))
    else:
        if frame.name:
            around.parts[-1:] = []
        around.add(", ".join(frame.values))


def _rows(frame: _Frame) -> Iterator[Listing]:
    """Yield rows that are as wide as those beside them."""
    for width, those in groupby(frame.rows, key=lambda row: len(row[1])):
        rows = tuple(those)
        if len(rows) > 1:
            yield Listing(names=("",) * width, rows=rows)


def _plain(word: str) -> str:
    word = word.strip().strip("[]").lstrip(":@$")
    if word[:1] in {"u", "b"} and word[1:2] in _QUOTES:
        word = word[1:]
    return word[1:-1] if len(word) > 1 and word[0] in _QUOTES and word[-1] == word[0] else word
