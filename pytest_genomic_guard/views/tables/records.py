"""Records in JSON: lines of objects, lists of them at any depth, and the five layouts that pandas writes."""

from __future__ import annotations

import json
import re
from array import array
from itertools import islice, pairwise

from pytest_genomic_guard.views.frames import line_end
from pytest_genomic_guard.views.tables.roles import known
from pytest_genomic_guard.views.tables.table import CELLS, DataTable, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.tables.table import Format, Numbered

    Trail = tuple[str, ...]

_DEPTH = 4  # of objects in a record that become columns, such as name.0.family
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\[\s\S])*+"?|[\[{}\]]')
_LINE = 1 << 22  # bytes of a first line that is tried on its own


def find(text: bytes, artifact: Artifact, trail: Trail) -> list[DataTable] | None:
    """Return the tables of a JSON text; None when it is no JSON."""
    if _in_lines(text):
        columns = _Columns()
        whole = True
        for _line, value in _lines(text):
            whole = whole and value is not None
            columns.add(value)
        if not columns.rows:
            return None
        make = columns.maker(lambda: ((line, value) for line, value in _lines(text) if value is not None))
        return [columns.table(artifact, trail, "ndjson", Source(make), complete=whole)]
    try:
        document = _load(text)
    except (ValueError, RecursionError):  # what is no JSON, or deeper than any record, is read as text
        return None
    return list(_Walk(text, artifact, trail).tables(document))


def _load(text: bytes) -> Any:
    """Parse JSON; numbers stay as they are written, and a repeated key keeps all of its values."""
    return json.loads(
        text.decode("utf-8", "replace"), object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    return {key if number == 0 else f"{key}#{number}": value for number, (key, value) in _numbered(pairs)}


def _numbered(pairs: list[tuple[str, Any]]) -> Iterator[tuple[int, tuple[str, Any]]]:
    seen: dict[str, int] = {}
    for key, value in pairs:
        seen[key] = seen.get(key, -1) + 1
        yield seen[key], (key, value)


def _in_lines(text: bytes) -> bool:
    """Tell whether the first two lines are an object or list each."""
    found = at = 0
    while at < len(text) and found < 2:
        end = line_end(text, at)
        line = text[at:end].strip()
        at = end + 1
        if line:
            if len(line) > _LINE or line[:1] + line[-1:] not in {b"{}", b"[]"} or _line(line) is None:
                return False
            found += 1
    return found == 2


def _line(line: bytes) -> Any:
    try:
        return _load(line)
    except (ValueError, RecursionError):
        return None


def _lines(text: bytes) -> Iterator[tuple[int, Any]]:
    at, number = 0, 0
    while at < len(text):
        end = line_end(text, at)
        line = text[at:end].strip()
        at, number = end + 1, number + 1
        if line:
            yield number, _line(line)


class _Columns:
    """The columns of records, in the order in which their names turn up, within the bound for cells that are filled up."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.rows = self._cells = 0
        self._whole = True

    def add(self, value: Any) -> None:
        """Take the columns of one more record."""
        self.rows += 1
        for name, _cell in _flat(value):
            self._cells += 1
            if name not in self.names:
                if (len(self.names) + 1) * self.rows > CELLS + 2 * self._cells:
                    self._whole = False
                else:
                    self.names[name] = len(self.names)
        self._whole = self._whole and not _deep(value)

    def maker(self, values: Any) -> Any:
        """Return what makes the rows of records, given what makes pairs of a line and a record."""
        width = len(self.names)
        if width * self.rows > 4 * CELLS + 4 * self._cells:  # narrow at first, wide at the end
            self._whole = False

        def make() -> Numbered:
            for line, value in values():
                flat = list(_flat(value))
                row = [""] * (width if self._whole else min(width, 4 * len(flat) + 64))
                for name, cell in flat:
                    at = self.names.get(name, width)
                    if at < len(row):
                        row[at] = cell
                yield line, tuple(row)

        return make

    def table(self, artifact: Artifact, trail: Trail, form: Format, source: Source, *, complete: bool = True) -> DataTable:
        """Return the table."""
        whole = complete and self._whole
        return DataTable(artifact=artifact, trail=trail, format=form, header=tuple(self.names), source=source, complete=whole)


def _text(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else str(value).lower()


def _items(value: Any) -> Iterable[tuple[str, Any]]:
    """Return the parts of an object or list with their keys or numbers."""
    if isinstance(value, dict):
        return value.items()
    return ((str(number), each) for number, each in enumerate(value))


def _flat(value: Any, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the scalars of a record with dotted names."""
    if not isinstance(value, (dict, list)):
        yield prefix, _text(value)
        return
    for key, each in _items(value):
        name = f"{prefix}.{key}" if prefix else key
        if not isinstance(each, (dict, list)):
            yield name, _text(each)
        elif depth < _DEPTH:
            yield from _flat(each, name, depth + 1)


def _deep(value: Any, depth: int = 0) -> bool:
    """Tell whether a record is deeper than its columns go."""
    if not isinstance(value, (dict, list)):
        return False
    return depth > _DEPTH or any(_deep(each, depth + 1) for _key, each in _items(value))


class _Walk:
    """Goes through a document once, in its order, and numbers its brackets, so that a row's line can be found in the text."""

    def __init__(self, text: bytes, artifact: Artifact, trail: Trail) -> None:
        self._text, self._artifact, self._trail = text, artifact, trail
        self._opened: tuple[array[int], array[int]] | None = None

    def tables(self, document: Any) -> Iterator[DataTable]:
        """Yield the outermost tables."""
        pending: list[tuple[Any, bool]] = [(document, False)]
        brackets = -1
        while pending:
            value, inside = pending.pop()
            brackets += 1
            if not inside and value:
                table = self._rows(value, brackets) if isinstance(value, list) else self._layout(value, brackets)
                inside = table is not None
                if table:
                    yield table
            children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
            pending += reversed([(each, inside) for each in children if isinstance(each, (dict, list))])

    def _places(self, bracket: int) -> Iterator[int]:
        """Yield the lines at which the objects or lists in a bracket begin, by its number among all that open."""
        if self._opened is None:
            self._opened = _opened(self._text)
        lines, depths = self._opened
        for inner in range(bracket + 1, len(lines) if bracket >= 0 else 0):
            if depths[inner] <= depths[bracket]:
                return
            if depths[inner] == depths[bracket] + 1:
                yield lines[inner]

    def _table(self, values: Iterable[Any], bracket: int) -> DataTable:
        """Return records as a table."""
        columns = _Columns()
        values = list(values)
        for value in values:
            columns.add(value)
        source = Source(columns.maker(lambda: ((0, value) for value in values)), lambda: self._places(bracket))
        return columns.table(self._artifact, self._trail, "json", source)

    def _plain(self, header: Iterable[Any], rows: Any, bracket: int) -> DataTable:
        """Return lists of cells as a table."""
        names = tuple(_text(name) if not isinstance(name, (dict, list)) else "" for name in header)
        source = Source(lambda: ((0, tuple(_scalars(row))) for row in rows), lambda: self._places(bracket))
        return DataTable(artifact=self._artifact, trail=self._trail, format="json", header=names, source=source)

    def _rows(self, value: list[Any], bracket: int) -> DataTable | None:
        objects = sum(1 for each in value if isinstance(each, dict))
        if objects * 2 > len(value):
            return self._table(value, bracket)
        if len(value) > 1 and all(isinstance(each, list) and len(each) > 1 for each in value):
            width = len(value[0])
            if all(len(each) == width and not any(isinstance(cell, (dict, list)) for cell in each) for each in value):
                return self._plain([""] * width, value, bracket)
        return None

    def _layout(self, value: Mapping[str, Any], bracket: int) -> DataTable | None:
        """Return what pandas calls split, columns, index or list."""
        names, data = value.get("columns"), value.get("data")
        if isinstance(names, list) and isinstance(data, list) and data and all(isinstance(row, list) for row in data):
            return self._plain(names, data, -1)
        parts = list(value.values())
        if all(isinstance(part, dict) for part in parts) and parts[0]:
            if _by_column(value):
                labels = {label: None for part in parts for label in part}
                if len(labels) * len(parts) > CELLS + 2 * sum(map(len, parts)):
                    return None
                return self._plain(value, [[part.get(label) for part in parts] for label in labels], -1)
            return self._table(parts, bracket) if len(parts) > 1 and _alike(parts) else None
        if len(parts) > 1 and all(isinstance(part, list) and len(part) == len(parts[0]) > 1 for part in parts):
            return self._plain(value, list(zip(*parts, strict=True)), -1)
        return None


def _scalars(row: Iterable[Any]) -> Iterator[str]:
    for cell in row:
        yield "" if isinstance(cell, (dict, list)) else _text(cell)


def _alike(parts: list[Any]) -> bool:
    """Tell whether neighbours among objects share a key."""
    return all(not one.keys().isdisjoint(other) for one, other in islice(pairwise(parts), 20))


def _by_column(value: Mapping[str, Any]) -> bool:
    """Tell whether objects in an object are columns of rows, and not rows of columns."""
    first = next(iter(value.values()))
    inner = list(islice(first, 20))
    outer = list(islice(value, 20))
    if all(map(str.isdigit, inner)) or not all(map(str.isdigit, outer)):
        same = all(part.keys() == first.keys() for part in islice(value.values(), 20))
        return same and (all(map(str.isdigit, inner)) or any(map(known, outer))) and not any(map(known, inner))
    return False


def _opened(text: bytes) -> tuple[array[int], array[int]]:
    """Return line and depth of every bracket that opens."""
    lines, depths = array("Q"), array("Q")
    depth, line, last = 0, 1, 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in {b"{", b"["}:
            line += text.count(b"\n", last, token.start())
            last = token.start()
            depth += 1
            lines.append(line)
            depths.append(depth)
        elif sign in {b"}", b"]"}:
            depth -= 1
    return lines, depths
