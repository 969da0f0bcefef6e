"""Literals of R and Python as brackets with their parts. Nothing is run: text is cut into words and brackets."""

from __future__ import annotations

import re

WORDS = 1 << 22  # of all literals of a text together
_KEPT = 1 << 14  # different words that are kept
_DEPTH = 100  # of brackets in brackets
S = (
    rb"(?:[rbuRBU]?(?:\"(?:[^\"\\\n]++|\\[\s\S])*+\"|'(?:[^'\\\n]++|\\[\s\S])*+')"
    rb"|[-+]?\.?\d[\w.]*+(?:(?<=[eE])[-+]\d++)?+|(?:NA(?:_\w++)?+|N[aA]N|None|NULL|[Tt]rue|[Ff]alse|TRUE|FALSE)\b)"
)
W = rb"(?:\s++|#[^\n]{0,200}+(?=\n)){0,8}+"  # blanks and comments: bounded, as it is tried at every bracket
COMMA = W + rb"," + W
_FLAT = re.compile(rb"((?:" + W + S + W + rb",)*+" + W + rb"(?:" + S + W + rb")?+)([\])}])")
_CELL = re.compile(rb"#[^\n]*+|(" + S + rb")")
_KEY = rb"(?:" + S + rb"|`[^`\n]*+`|[A-Za-z_.][\w.]*+)"
_ITEM = W + _KEY + W + rb"[:=]" + W + S + W
_PAIRS = re.compile(rb"((?:" + _ITEM + rb",)*+(?:" + _ITEM + rb"|" + W + rb"))([\])}])")
_PAIR = re.compile(rb"#[^\n]*+|(" + _KEY + rb")" + W + rb"[:=]" + W + rb"(" + S + rb")")
_TOKEN = re.compile(  # behind blanks and comments; none at the end
    rb"(?:#[^\n]*+|\s++)*+([rbfuRBFU]{0,2}(?:\"(?:[^\"\\\n]++|\\[\s\S])*+\"?|'(?:[^'\\\n]++|\\[\s\S])*+'?)|`[^`\n]*+`?"
    rb"|[-+]?\.?\d[\w.]*+(?:(?<=[eE])[-+]\d++)?+|~?[^\W\d][\w.]*+|<-|[()\[\]{},:=;]|[\s\S])"
)
# Scalars behind a comma or a bracket, some with a key, each with its comma: most parts of a record are such.
_NAMED = rb"(?:(" + S + rb"|`[^`\n]*+`|[A-Za-z_][\w.]*+)" + W + rb"[:=]" + W + rb")?+"
_SCALARS = re.compile(rb"(?:" + W + _NAMED.replace(rb"(" + S, rb"(?:" + S) + S + W + rb",)++")
_SCALAR = re.compile(rb"#[^\n]*+|" + _NAMED + rb"(" + S + rb")")
_CLOSE = {b"(": b")", b"[": b"]", b"{": b"}"}
_ESCAPE = re.compile(r"\\([\"'\\])")
_MISSING = frozenset({"None", "NA", "NA_character_", "NA_integer_", "NA_real_", "NULL", "NaN"})


class Group:
    """A bracket with its parts; `call` is the name before it."""

    __slots__ = ("at", "call", "items", "odd")

    def __init__(self, at: int, call: str) -> None:
        """Begin with no parts."""
        self.at, self.call = at, call
        self.items: list[tuple[str | None, str | Group]] = []
        self.odd = False  # a part is an expression


class Reader:
    """Reads brackets into groups, within one bound for the whole text."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._told: dict[bytes, str] = {}  # by how a word is written: most stand in a text many times
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
        close = _CLOSE[self._data[at : at + 1]]
        group = Group(at, call)
        found = _FLAT.match(self._data, at + 1)
        if found:
            word = self._word
            group.items = [(None, word(cell)) for cell in _CELL.findall(found[1]) if cell]
        else:
            found = _PAIRS.match(self._data, at + 1)
            if found:
                group.items = [(self._word(key), self._word(cell)) for key, cell in _PAIR.findall(found[1]) if cell]
        if not found or found[2] != close:
            return None
        self.left -= len(group.items)
        return group, found.end()

    def _scalars(self, at: int, group: Group) -> int:
        """Take the scalars that stand together where a part begins, as words; return the offset behind them."""
        found = _SCALARS.match(self._data, at)
        if not found or self.left <= found.end() - at:
            return at
        word = self._word
        for key, cell in _SCALAR.findall(found[0]):
            if cell:
                self.left -= 4 if key else 2  # with their signs
                group.items.append((word(key) if key else None, word(cell)))
        return found.end()

    def group(self, at: int, call: str) -> tuple[Group | None, int]:
        """Return the group whose bracket is at `at` with the offset behind it; None when it is never closed.

        Beyond the bound, what was read so far is returned, and `left` is negative.
        """
        flat = self.flat(at, call)
        if flat:
            return flat
        stack: list[tuple[Group, bytes]] = [(Group(at, call), _CLOSE[self._data[at : at + 1]])]
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
                stack.append((Group(at - 1, name), _CLOSE[word]))
                keys.append(None)
                pending = []
                at = self._scalars(at, stack[-1][0])
            elif word in {b")", b"]", b"}"}:
                if word != stack[-1][1]:
                    return None, at
                group = _part(stack.pop()[0], keys.pop(), pending)
                if not stack:
                    return group, at
                pending = [*held.pop(), group]
            elif word in {b",", b";"}:
                _part(stack[-1][0], keys[-1], pending)
                keys[-1], pending = None, []
                at = self._scalars(at, stack[-1][0])
            elif word in {b"=", b":"} and len(pending) == 1 and isinstance(pending[0], str) and keys[-1] is None:
                keys[-1], pending = pending[0], []
            else:
                pending.append(self._word(word))
        return (_closed(stack, keys, held) if self.left < 0 else None), len(self._data)


def _closed(stack: list[tuple[Group, bytes]], keys: list[str | None], held: list[list[str | Group]]) -> Group:
    """End all that is open, at the bound; the part that is cut is left out."""
    group = stack.pop()[0]
    while stack:
        keys.pop()
        pending = [*held.pop(), group]
        group = _part(stack.pop()[0], keys[-1], pending)
    return group


def _part(group: Group, key: str | None, pending: list[str | Group]) -> Group:
    """End a part of a group."""
    if pending or key is not None:
        group.odd = group.odd or len(pending) != 1
        group.items.append((key, pending[-1] if pending else ""))
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
