"""Literals of R and Python as brackets with their parts. Nothing is run: text is cut into words and brackets."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import overload

    Item = tuple[str | None, "str | Group"]

WORDS = 1 << 22  # of all literals of a text together
_KEPT = 1 << 14  # different words that are kept
_DEPTH = 100  # of brackets in brackets
S = (
    rb"(?:[rbuRBU]?(?:\"(?:[^\"\\\n]++|\\[\s\S])*+\"|'(?:[^'\\\n]++|\\[\s\S])*+')"
    rb"|[-+]?\.?\d[\w.]*+(?:(?<=[eE])[-+]\d++)?+|(?:NA(?:_\w++)?+|N[aA]N|None|NULL|[Tt]rue|[Ff]alse|TRUE|FALSE)\b)"
)
W = rb"(?:\s++|#[^\n]{0,200}+(?=\n)){0,8}+"  # blanks and comments: bounded, as it is tried at every bracket
COMMA = W + rb"," + W
_FLAT = regex(rb"((?:" + W + S + W + rb",)*+" + W + rb"(?:" + S + W + rb")?+)([\])}])")
_CELL = regex(rb"#[^\n]*+|(" + S + rb")")
_KEY = rb"(?:" + S + rb"|`[^`\n]*+`|[A-Za-z_.][\w.]*+)"
_ITEM = W + _KEY + W + rb"[:=]" + W + S + W
_PAIRS = regex(rb"((?:" + _ITEM + rb",)*+(?:" + _ITEM + rb"|" + W + rb"))([\])}])")
_PAIR = regex(rb"#[^\n]*+|(" + _KEY + rb")" + W + rb"[:=]" + W + rb"(" + S + rb")")
_TOKEN = regex(  # behind blanks and comments; none at the end
    rb"(?:#[^\n]*+|\s++)*+([rbfuRBFU]{0,2}(?:\"(?:[^\"\\\n]++|\\[\s\S])*+\"?|'(?:[^'\\\n]++|\\[\s\S])*+'?)|`[^`\n]*+`?"
    rb"|[-+]?\.?\d[\w.]*+(?:(?<=[eE])[-+]\d++)?+|~?[^\W\d][\w.]*+|<-|[()\[\]{},:=;]|[\s\S])"
)
# Scalars behind a comma or a bracket, some with a key, each with its comma: most parts of a record are such.
_NAMED = rb"(?:(" + S + rb"|`[^`\n]*+`|[A-Za-z_][\w.]*+)" + W + rb"[:=]" + W + rb")?+"
_SCALARS = regex(rb"(?:" + W + _NAMED.replace(rb"(" + S, rb"(?:" + S) + S + W + rb",)++")
_SCALAR = regex(rb"#[^\n]*+|" + _NAMED + rb"(" + S + rb")")
_CLOSE = {b"(": b")", b"[": b"]", b"{": b"}"}
_ESCAPE = regex(r"\\([\"'\\])")
_MISSING = frozenset({"None", "NA", "NA_character_", "NA_integer_", "NA_real_", "NULL", "NaN"})


class Parts(Sequence["Item"]):
    """The parts of a bracket with their keys, which are made into pairs when they are asked for."""

    __slots__ = ("_cells", "_names")

    def __init__(self, names: tuple[str | None, ...] | None, cells: tuple[str | Group, ...]) -> None:
        """Take the keys, if there are any, and the parts."""
        self._names, self._cells = names, cells

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._cells)

    def __iter__(self) -> Iterator[Item]:
        """Return all, each with its key."""
        return zip(repeat(None) if self._names is None else self._names, self._cells)  # noqa: B905 - the first may have no end

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, at: int) -> Item: ...
        @overload
        def __getitem__(self, at: slice) -> Sequence[Item]: ...

    def __getitem__(self, at: int | slice) -> Item | Sequence[Item]:
        """Return one."""
        return (None if self._names is None else self._names[at], self._cells[at]) if isinstance(at, int) else list(self)[at]


class Group:
    """A bracket with its parts; `call` is the name before it. There are millions, so that keys and parts are a row each."""

    __slots__ = ("at", "call", "cells", "names", "odd")

    def __init__(
        self, at: int, call: str, names: tuple[str | None, ...] | None, cells: tuple[str | Group, ...], *, odd: bool = False
    ) -> None:
        """Take the keys, None where no part has one, and the parts."""
        self.at, self.call, self.names, self.cells = at, call, names, cells
        self.odd = odd  # a part is an expression

    @property
    def items(self) -> Parts:
        """Return the parts, each with its key."""
        return Parts(self.names, self.cells)


class _Open:
    """A bracket that is not closed yet."""

    __slots__ = ("at", "call", "cells", "names", "odd")

    def __init__(self, at: int, call: str) -> None:
        """Begin with no parts."""
        self.at, self.call, self.odd = at, call, False
        self.names: list[str | None] = []
        self.cells: list[str | Group] = []

    def end(self, key: str | None, pending: list[str | Group]) -> None:
        """End a part."""
        if pending or key is not None:
            self.odd = self.odd or len(pending) != 1
            self.names.append(key)
            self.cells.append(pending[-1] if pending else "")

    def closed(self) -> Group:
        """Return it with what it holds."""
        names = None if self.names.count(None) == len(self.names) else tuple(self.names)
        return Group(self.at, self.call, names, tuple(self.cells), odd=self.odd)


class Reader:
    """Reads brackets into groups, within one bound for the whole text."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._told: dict[bytes, str] = {}  # by how a word is written: most stand in a text many times
        self._rows: dict[tuple[str, ...], tuple[str, ...]] = {}  # keys, which most records share
        self.left = WORDS

    def _word(self, word: bytes) -> str:
        """Return a word as it is meant."""
        told = self._told.get(word)
        if told is None:
            if len(self._told) >= _KEPT:
                self._told.clear()
            told = self._told[word] = _word(word)
        return told

    def flat(self, at: int, call: str) -> tuple[Group, int] | None:
        """Return the group of scalars, or of keys with scalars, whose bracket is at `at`, with the offset behind it."""
        close, word = _CLOSE[self._data[at : at + 1]], self._word
        found, names = _FLAT.match(self._data, at + 1), None
        if found:
            cells = tuple([word(cell) for cell in _CELL.findall(found[1]) if cell])
        else:
            found = _PAIRS.match(self._data, at + 1)
            if found:
                pairs = [pair for pair in _PAIR.findall(found[1]) if pair[1]]
                names, cells = self._row(tuple([word(key) for key, _cell in pairs])), tuple([word(cell) for _key, cell in pairs])
        if not found or found[2] != close:
            return None
        self.left -= len(cells)
        return Group(at, call, names, cells), found.end()

    def _row(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return keys, as those of one record before where they are the same."""
        if len(self._rows) >= _KEPT:
            self._rows.clear()
        return self._rows.setdefault(names, names)

    def _scalars(self, at: int, group: _Open) -> int:
        """Take the scalars that stand together where a part begins, as words; return the offset behind them."""
        found = _SCALARS.match(self._data, at)
        if not found or self.left <= found.end() - at:
            return at
        word = self._word
        for key, cell in _SCALAR.findall(found[0]):
            if cell:
                self.left -= 4 if key else 2  # with their signs
                group.names.append(word(key) if key else None)
                group.cells.append(word(cell))
        return found.end()

    def group(self, at: int, call: str) -> tuple[Group | None, int]:
        """Return the group whose bracket is at `at` with the offset behind it; None when it is never closed.

        Beyond the bound, what was read so far is returned, and `left` is negative.
        """
        flat = self.flat(at, call)
        if flat:
            return flat
        stack: list[tuple[_Open, bytes]] = [(_Open(at, call), _CLOSE[self._data[at : at + 1]])]
        pending: list[str | Group] = []
        keys: list[str | None] = [None]
        held: list[list[str | Group]] = []
        at = self._scalars(at + 1, stack[-1][0])
        while token := _TOKEN.match(self._data, at):
            word, at = token[1], token.end()
            self.left -= 1
            if self.left < 0:
                break
            if word in _CLOSE:
                if len(stack) >= _DEPTH:
                    return None, at
                last = pending.pop() if pending and isinstance(pending[-1], str) and word == b"(" else ""
                name = last if isinstance(last, str) else ""
                flat = self.flat(at - 1, name)
                if flat:
                    pending.append(flat[0])
                    at = flat[1]
                    continue
                held.append(pending)
                stack.append((_Open(at - 1, name), _CLOSE[word]))
                keys.append(None)
                pending = []
                at = self._scalars(at, stack[-1][0])
            elif word in {b")", b"]", b"}"}:
                if word != stack[-1][1]:
                    return None, at
                inner = stack.pop()[0]
                inner.end(keys.pop(), pending)
                if not stack:
                    return inner.closed(), at
                pending = [*held.pop(), inner.closed()]
            elif word in {b",", b";"}:
                stack[-1][0].end(keys[-1], pending)
                keys[-1], pending = None, []
                at = self._scalars(at, stack[-1][0])
            elif word in {b"=", b":"} and len(pending) == 1 and isinstance(pending[0], str) and keys[-1] is None:
                keys[-1], pending = pending[0], []
            else:
                pending.append(self._word(word))
        return (_closed(stack, keys, held) if self.left < 0 else None), len(self._data)


def _closed(stack: list[tuple[_Open, bytes]], keys: list[str | None], held: list[list[str | Group]]) -> Group:
    """End all that is open, at the bound; the part that is cut is left out."""
    group = stack.pop()[0].closed()
    while stack:
        keys.pop()
        pending = [*held.pop(), group]
        outer = stack.pop()[0]
        outer.end(keys[-1], pending)
        group = outer.closed()
    return group


def _word(word: bytes) -> str:
    text = word.decode("utf-8", "replace")
    if text[0] in "\"'" and text[-1] == text[0] and "\\" not in text and len(text) > 1:
        return text[1:-1]
    quote = text.lstrip("rbfuRBFU")[:1]
    if quote in {"'", '"', "`"} and quote:
        inner = text[text.index(quote) + 1 :].removesuffix(quote)
        return _ESCAPE.sub(r"\1", inner) if "\\" in inner else inner
    if text[:1].isdigit() or text[:1] in "+-.":
        return text.removesuffix("L")
    return "" if text in _MISSING else text
