"""Tables that R and Python code holds as literals: vectors by name in a data frame, lists of rows, lists of records.

Nothing is run. Code is cut into words and brackets; a bracket whose parts have the shape of a table is one.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.tables.table import CELLS, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.tables.table import DataTable, Numbered, Page

    Value = "str | Group"

_WORDS = 1 << 20  # of all literals of a text together
_DEPTH = 100  # of brackets in brackets
_BEGIN = re.compile(
    rb"(?:\b(?:DataFrame|Table|data\.frame|data_frame|tibble|tribble|data\.table|structure|list)\s{0,9}\("
    rb"|(?:=|<-|return|:)[ \t]{0,9}[\[{(])"
)
_TOKEN = re.compile(
    rb"#[^\n]*+|\s++|[rbfuRBFU]{0,2}(?:\"(?:[^\"\\\n]++|\\[\s\S])*+\"?|'(?:[^'\\\n]++|\\[\s\S])*+'?)|`[^`\n]*+`?"
    rb"|[-+]?\.?\d[\w.]*+(?:(?<=[eE])[-+]\d++)?+|~?[^\W\d][\w.]*+|<-|[()\[\]{},:=;]|[\s\S]"
)
_CLOSE = {b"(": b")", b"[": b"]", b"{": b"}"}
_ESCAPE = re.compile(r"\\([\"'\\])")
_MISSING = frozenset({"None", "NA", "NA_character_", "NA_integer_", "NA_real_", "NULL", "NaN"})
_OTHER = frozenset({"class", "row.names", "index", "columns", "levels", "names", ".Names", ".Label", "dtype"})
_FRAMES = frozenset({"DataFrame", "data.frame", "data_frame", "tibble", "data.table", "Table", "from_dict", "structure"})


class Group:
    """A bracket with its parts; `call` is the name before it."""

    __slots__ = ("at", "call", "items", "odd")

    def __init__(self, at: int, call: str) -> None:
        """Begin with no parts."""
        self.at, self.call = at, call
        self.items: list[tuple[str | None, str | Group]] = []
        self.odd = False  # a part is an expression


class _Reader:
    """Reads brackets into groups, within one bound for the whole text."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.left = _WORDS

    def group(self, at: int, call: str) -> tuple[Group | None, int]:
        """Return the group whose bracket is at `at` with the offset behind it; None when it is never closed."""
        top = Group(at, call)
        stack: list[tuple[Group, bytes]] = [(top, _CLOSE[self._data[at : at + 1]])]
        pending: list[str | Group] = []
        keys: list[str | None] = [None]
        held: list[list[str | Group]] = []
        for token in _TOKEN.finditer(self._data, at + 1):
            word = token[0]
            if word.isspace() or word[:1] == b"#":
                continue
            self.left -= 1
            if self.left < 0:
                return None, len(self._data)
            if word in _CLOSE:
                if len(stack) >= _DEPTH:
                    return None, token.end()
                last = pending.pop() if pending and isinstance(pending[-1], str) and word == b"(" else ""
                held.append(pending)
                inner = Group(token.start(), last if isinstance(last, str) else "")
                stack.append((inner, _CLOSE[word]))
                keys.append(None)
                pending = []
            elif word in {b")", b"]", b"}"}:
                if word != stack[-1][1]:
                    return None, token.end()
                group = _part(stack.pop()[0], keys.pop(), pending)
                if not stack:
                    return top, token.end()
                pending = [*held.pop(), group]
            elif word in {b",", b";"}:
                _part(stack[-1][0], keys[-1], pending)
                keys[-1], pending = None, []
            elif word in {b"=", b":"} and len(pending) == 1 and isinstance(pending[0], str) and keys[-1] is None:
                keys[-1], pending = pending[0], []
            else:
                pending.append(_word(word))
        return None, len(self._data)


def _part(group: Group, key: str | None, pending: list[str | Group]) -> Group:
    """End a part of a group."""
    if pending or key is not None:
        group.odd = group.odd or len(pending) != 1
        group.items.append((key, pending[-1] if pending else ""))
    return group


def _word(word: bytes) -> str:
    text = word.decode("utf-8", "replace")
    quote = text.lstrip("rbfuRBFU")[:1]
    if quote in {"'", '"', "`"} and quote:
        inner = text[text.index(quote) + 1 :].removesuffix(quote)
        return _ESCAPE.sub(r"\1", inner) if "\\" in inner else inner
    if text[:1].isdigit() or text[:1] in "+-.":
        return text.removesuffix("L")
    return "" if text in _MISSING else text


def find(page: Page) -> Iterator[DataTable]:
    """Yield the outermost tables of a text."""
    data = page.data
    reader = _Reader(data)
    end = 0
    for begin in _BEGIN.finditer(data):
        at = begin.end() - 1
        if at < end:
            continue
        call = data[begin.start() : at].strip().decode("utf-8", "replace")
        group, end = reader.group(at, call)
        if group:
            yield from _tables(group, page)
        if reader.left < 0:
            return


def _tables(top: Group, page: Page) -> Iterator[DataTable]:
    pending: list[tuple[Group, tuple[str, ...]]] = [(top, ())]
    while pending:
        group, names = pending.pop()
        found = _columns(group) or _rows(group, names) or _tribble(group)
        if found:
            header, rows = found
            yield page.table("literal", header, _source(page, rows))
            continue
        under = next((tuple(cells) for key, value in group.items if key == "columns" and (cells := _vector(value))), ())
        pending += reversed([(value, under) for _key, value in group.items if isinstance(value, Group)])


def _source(page: Page, rows: list[tuple[int, tuple[str, ...]]]) -> Source:
    def make() -> Numbered:
        for at, row in rows:
            yield page.line(at), row

    return Source(make)


def _vector(value: str | Group) -> list[str] | None:
    """Return the scalars of a list, also where calls such as ``factor(c(...))`` stand around it."""
    for _wrapper in range(4):
        if not isinstance(value, Group):
            return None
        inner = value.items[0][1] if value.items else ""
        if not (value.call and isinstance(inner, Group)):
            break
        value = inner
    if not isinstance(value, Group) or value.odd or value.call == "list":
        return None
    cells = [cell for _key, cell in value.items if isinstance(cell, str)]
    return cells if len(cells) == len(value.items) else None


def _columns(group: Group) -> tuple[tuple[str, ...], list[tuple[int, tuple[str, ...]]]] | None:
    """Return a table of named vectors that are equally long; further arguments of a frame may stand among them."""
    frame = group.call in _FRAMES
    parts = [(key, value) for key, value in group.items if key and key not in _OTHER] if frame else group.items
    vectors = [(key, cells) for key, value in parts if key and (cells := _vector(value)) and len(cells) > 1]
    length = len(vectors[0][1]) if vectors else 0
    vectors = [each for each in vectors if len(each[1]) == length]
    if len(vectors) < (1 if frame else 2) or (not frame and len(vectors) < len(group.items)):
        return None
    header = tuple(str(key) for key, _cells in vectors)
    return header, [(group.at, row) for row in zip(*(cells for _key, cells in vectors), strict=True)]


def _rows(group: Group, names: tuple[str, ...]) -> tuple[tuple[str, ...], list[tuple[int, tuple[str, ...]]]] | None:
    """Return a table of lists or records as rows."""
    parts = [value for _key, value in group.items if isinstance(value, Group) and value.items and not value.odd]
    if (
        len(parts) < 2
        or len(parts) < len(group.items)
        or any(isinstance(cell, Group) for part in parts for _key, cell in part.items)
    ):
        return None
    if all(key for part in parts for key, _cell in part.items):
        keys = dict.fromkeys(key for part in parts for key, _cell in part.items if key)
        if len(keys) * len(parts) > CELLS:
            return None
        records = [dict(part.items) for part in parts]
        return tuple(keys), [
            (part.at, tuple(str(each.get(key, "")) for key in keys)) for part, each in zip(parts, records, strict=True)
        ]
    width = len(parts[0].items)
    if width < 2 or (len(parts) < 3 and len(names) != width) or any(len(part.items) != width for part in parts):
        return None
    header = names if len(names) == width else ("",) * width
    return header, [(part.at, tuple(str(cell) for _key, cell in part.items)) for part in parts]


def _tribble(group: Group) -> tuple[tuple[str, ...], list[tuple[int, tuple[str, ...]]]] | None:
    """Return the table of ``tribble(~a, ~b, 1, 2)``."""
    cells = [value for _key, value in group.items if isinstance(value, str)]
    header = [cell[1:] for cell in cells if cell.startswith("~")]
    width = len(header)
    if group.call != "tribble" or not width or not all(cell.startswith("~") for cell in cells[:width]):
        return None
    body = cells[width:]
    return tuple(header), [(group.at, tuple(body[at : at + width])) for at in range(0, len(body) - width + 1, width)]
