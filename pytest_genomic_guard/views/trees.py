"""Any value of JSON as text: records and parallel arrays as tables with tabs, everything else as lines. Nothing is left out.

Numbers are expected as they were spelled, which is text already; nothing is recursive, as JSON can be nested a thousand deep.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views import columns, html
from pytest_genomic_guard.views.text import Joiner
from pytest_genomic_guard.views.typed import Decoder, Numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.views.text import Context

    Trail = tuple[str, ...]

_ONE_LINE = {9: " ", 10: " ", 13: " "}
_KEPT = 4  # values that are told once
_COLOUR = regex(r"\x1b\[[0-9;?]{0,40}[@-~]")  # ECMA-48, 8.3.117: select graphic rendition, and its like
_LEAST = 3  # rows that make parallel arrays a table


def loads(text: str) -> Any:
    """Parse JSON; numbers stay as they are spelled, repeated keys keep all values. Raises ValueError, RecursionError."""
    import json  # noqa: PLC0415 - a hook on a commit without any does not need it

    return json.loads(text, object_pairs_hook=every, parse_int=str, parse_float=str, parse_constant=str)


def every(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object with all of its values."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    found, seen = {}, 0
    for key, value in pairs:
        while key in found:  # the keys made here are longer every time
            seen += 1
            key = f"{key}#{seen}"  # noqa: PLW2901 - the name that is still free
        found[key] = value
    return found


class Pieces(Joiner):
    """Texts in one buffer; what comes from the same place goes on with its lines."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self._lines: dict[Trail, int] = {}

    def add(self, text: str, trail: Trail, context: Context) -> None:
        """Add a text with its place; what programs printed without the colours, which stand inside words and between them."""
        text = _COLOUR.sub("", text) if "\x1b[" in text else text
        super().add(text, trail, context)
        line = self._lines.get(trail, 1)
        if line > 1:
            self._segments[-1] = self._segments[-1].replace(line=line)
        self._lines[trail] = line + text.count("\n") + 1


class Trees:
    """Tells values of JSON, each at its place."""

    def __init__(self, out: Pieces, context: Context = "output") -> None:
        """Take where the texts go."""
        self.out, self._context = out, context
        self._decoder = Decoder()
        self._told: list[Any] = []

    def once(self, value: Any, trail: Trail) -> None:
        """Add a value that many others repeat, with its tables among the lines; one that was told before is there already."""
        try:
            known = value in self._told
        except RecursionError:  # nested deeper than values can be compared
            known = False
        if not known:
            self._told = [value, *self._told[: _KEPT - 1]]
            self.tell(value, trail, apart=False)

    def tell(self, value: Any, trail: Trail, word: str = "table", *, apart: bool = True) -> None:
        """Add a value: what is a table apart, as `word` and its number, or at `trail` when it is all; the rest as lines."""
        telling = _Telling(self._decoder, value)
        telling.run()
        for number, (root, text) in enumerate(telling.tables, 1):
            if apart:
                self.out.add(text, trail if root else (*trail, f"{word} {number}"), self._context)
            else:
                telling.lines += ("", text, "")
        if telling.lines:
            self.out.add("\n".join(telling.lines), trail, self._context)


class _Telling:
    """One value on its way into text."""

    def __init__(self, decoder: Decoder, value: Any) -> None:
        self._decoder, self._root = decoder, value
        self.lines: list[str] = []
        self.tables: list[tuple[bool, str]] = []  # whether it is all of the value, and its text
        self._pending: list[tuple[str, Any]] = [("", value)]

    def run(self) -> None:
        """Tell it all, in order."""
        while self._pending:
            key, item = self._pending.pop()
            if isinstance(item, str):
                self._string(key, item)
            elif isinstance(item, dict):
                self._object(key, item)
            elif isinstance(item, list):
                self._list(key, item)
            elif isinstance(item, Numbers):
                self.lines += (key, item.text())
            elif key or item is not None:
                self.lines.append(f"{key}: {columns.word(item)}" if key else columns.word(item))

    def _string(self, key: str, text: str) -> None:
        if "<t" in text:
            self.lines += (key,) if key else ()
            for kind, piece, _attributes in html.parts(text):
                if kind == "table":
                    self.tables.append((False, piece))
                else:
                    self.lines.append(piece)
            self.lines.append(html.attributes(text))
        elif "\n" in text or "\t" in text:
            self.lines += (key, "", text, "")  # lines that stand alone can be rows
        else:
            self.lines.append(f"{key}: {text}" if key else text)

    def _object(self, key: str, item: dict[str, Any]) -> None:
        entries = columns.entries(item)
        item = item if entries is None else entries
        numbers = self._array(item)
        if isinstance(numbers, Numbers):
            self._pending.append((key, numbers))
            return
        if key:
            self.lines.append(key)
        inner = {name: self._array(each) for name, each in item.items() if type(each) not in columns.SCALARS}
        said = [f"{name}: {columns.word(each)}" for name, each in item.items() if name not in inner]
        text = "\n".join(said)
        if "<t" in text or "\t" in text or text.count("\n") >= len(said):
            inner = {name: inner.get(name, each) for name, each in item.items()}
        elif said:
            self.lines.append(text)
        found, rest = columns.parallel(inner, item, _LEAST) if inner else ([], inner)
        for names, cells in found:
            self._table(names, cells, root=item is self._root)
        self._pending += [(name, rest[name]) for name in reversed(rest)]

    def _array(self, value: Any) -> Any:
        """Return what a value stands for: the numbers of a typed array, whose base64 is told too where it can be more."""
        numbers = self._decoder.read(value) if isinstance(value, dict) and "dtype" in value else None
        if not numbers:
            return value
        if numbers[1]:
            self._pending.append(("", numbers[1]))
        return numbers[0]

    def _list(self, key: str, item: list[Any]) -> None:
        kinds = set(map(type, item))
        if kinds <= columns.SCALARS:
            self._scalars(key, item)
            return
        if kinds == {dict} and len(item) > 1:
            found = columns.records(item)
            if found:
                self.lines += (key,) if key else ()
                self._table(*found, root=item is self._root)
                return
        if kinds == {list} and all(set(map(type, row)) <= columns.SCALARS for row in item):
            rows = ["\t".join(map(columns.word, row)) for row in item]
            if not any(row.count("\t") >= max(1, len(cells)) or "\n" in row for row, cells in zip(rows, item, strict=True)):
                self.lines += (key, *rows, "")
                return
        self._pending += [("", each) for each in reversed(item)]
        if key:
            self.lines.append(key)

    def _scalars(self, key: str, item: list[Any]) -> None:
        texts = list(map(columns.word, item))
        joined = "\n".join(texts)
        if "<t" in joined:
            self._pending += [("", each) for each in reversed(texts)]
            self.lines += (key,) if key else ()
        elif len(texts) > 1 and texts[0].endswith("\n") and all(each.endswith("\n") for each in texts[:-1]):
            self._string(key, "".join(texts))  # the lines of one text, as notebooks write it
        else:
            self.lines += (key, joined) if key else (joined,)

    def _table(self, names: list[str], cells: list[list[str]], *, root: bool) -> None:
        """Add a table; a cell with several lines is told on its own as well."""
        clean = []
        for column in cells:
            joined = "\x00".join(column)
            if "\n" in joined or "\t" in joined or "\r" in joined:
                self._pending += [("", each) for each in reversed(column) if "\n" in each or "\t" in each or "\r" in each]
                column = [each.translate(_ONE_LINE) for each in column]  # noqa: PLW2901 - what a row can hold of it
            clean.append(column)
        header = "\t".join(name.translate(_ONE_LINE) for name in names)
        self.lines += [name for name in names if "\n" in name or "\t" in name or "\r" in name]
        rows = map("\t".join, zip(*clean, strict=True))
        self.tables.append((root, "\n".join((header, *rows))))
