"""Records in JSON: lines of objects, lists of them at any depth, and the five layouts that pandas writes."""

from __future__ import annotations

import json
from array import array
from itertools import islice, pairwise

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.frames import line_end
from pytest_genomic_guard.views.tables import nested
from pytest_genomic_guard.views.tables.columns import Columns, shown
from pytest_genomic_guard.views.tables.plain import blocks
from pytest_genomic_guard.views.tables.roles import known
from pytest_genomic_guard.views.tables.table import CELLS, DataTable, Source, is_site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from pytest_genomic_guard.model import Artifact

    Trail = tuple[str, ...]

_TOKEN = regex(rb'"(?:[^"\\]++|\\[\s\S])*+"?|[\[{}\]]')
_STRING = regex(rb'"(?:[^"\\]++|\\[\s\S])*+"[ \t\r\n]*+(:)?')
_LAYOUT = b" \t\r\n"  # without it, a sign of a key is a quote and a colon, which may stand in a string too
_OTHER = {b"{": b"}", b"[": b"]"}
_NEAR = 4096  # bytes in which a text begins or ends, where not all of them are blank
_API = frozenset({"openapi", "swagger", "$defs"})
_KEPT = 1 << 21  # bytes of lines whose values are kept
_LINE = 1 << 22  # bytes of a first line that is tried on its own


def find(text: bytes, artifact: Artifact, trail: Trail) -> list[DataTable] | None:
    """Return the tables of a JSON text; None when it is no JSON."""
    if _in_lines(text):
        columns = Columns()
        whole = True
        kept: list[tuple[int, Any]] | None = [] if len(text) <= _KEPT else None
        for line, value in _lines(text):
            whole = whole and value is not None
            columns.add(value)
            if kept is not None and value is not None:
                kept.append((line, value))
        if not columns.rows:
            return None
        make = columns.maker(lambda: kept or ((line, value) for line, value in _lines(text) if value is not None))
        table = columns.table(artifact, trail, "ndjson", Source(make), complete=whole)
        values = (value for _line, value in (kept or _lines(text))) if nested.can(text) else ()
        return [*nested.beside([table], values, artifact, trail)]
    if not _ends(text):
        return None
    try:
        document = _load(text)
    except (ValueError, RecursionError):  # what is no JSON, or deeper than any record, is read as text
        return None
    return list(_Walk(text, artifact, trail).tables(document))


def _ends(text: bytes) -> bool:
    """Tell whether a text that opens a bracket ends with its other one: of one that is cut, no values are made to find that out."""
    first, last = text[:_NEAR].lstrip(_LAYOUT)[:1], text[-_NEAR:].rstrip(_LAYOUT)[-1:]
    return not first or not last or first not in _OTHER or last == _OTHER[first]


def _load(text: bytes) -> Any:
    """Parse JSON; numbers stay as they are written, and a repeated key keeps all of its values.

    Objects are made of their pairs only where a key is repeated: of many keys, a list takes as much memory again.
    """
    held, kept = text.decode("utf-8", "replace"), 0

    def count(value: dict[str, Any]) -> dict[str, Any]:
        nonlocal kept
        kept += len(value)
        return value

    found = json.loads(held, object_hook=count, parse_int=str, parse_float=str, parse_constant=str)
    if kept == text.translate(None, _LAYOUT).count(b'":') or kept == sum(1 for name in _STRING.finditer(text) if name[1]):
        return found
    del found
    return json.loads(held, object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str)


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
    found: list[bytes] = []
    at = 0
    while at < len(text) and len(found) < 2:
        end = line_end(text, at)
        line = text[at:end].strip()
        at = end + 1
        if line:
            if len(line) > _LINE or line[:1] + line[-1:] not in {b"{}", b"[]"}:
                return False
            found.append(line)
    return len(found) == 2 and all(_line(line) is not None for line in found)


def _line(line: bytes) -> Any:
    try:
        return _load(line)
    except (ValueError, RecursionError):
        return None


def _lines(text: bytes) -> Iterator[tuple[int, Any]]:
    """Yield the value of each line that is not blank: many lines are parsed as one list where each of them is a value."""
    number = 1
    for low, high in blocks(text, 0, len(text)):
        lines = text[low:high].split(b"\n")
        filled = [(at, stripped) for at, line in enumerate(lines, number) if (stripped := line.strip())]
        number += len(lines)
        if all(line[:1] + line[-1:] in {b"{}", b"[]"} for _at, line in filled):
            values = _line(b"[" + b",".join(line for _at, line in filled) + b"]")
            if values is not None and len(values) == len(filled):
                yield from ((at, value) for (at, _text_of), value in zip(filled, values, strict=True))
                continue
        yield from ((at, _line(line)) for at, line in filled)


class _Walk:
    """Goes through a document once, in its order, and numbers its brackets, so that a row's line can be found in the text."""

    def __init__(self, text: bytes, artifact: Artifact, trail: Trail) -> None:
        self.shown, self._artifact, self._trail = text, artifact, trail
        self._opened: tuple[array[int], array[int]] | None = None

    def tables(self, document: Any) -> Iterator[DataTable]:
        """Yield the outermost tables, and the genotypes that stand deeper than they go."""
        found = list(self._outermost(document))
        if isinstance(document, dict) and not _API.isdisjoint(document):
            found = [table.replace(claimed=True) for table in found]  # examples of an interface
        yield from nested.beside(
            found, (document,) if not self.shown or nested.may(self.shown) else (), self._artifact, self._trail
        )

    def _outermost(self, document: Any) -> Iterator[DataTable]:
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
            self._opened = _opened(self.shown)
        lines, depths = self._opened
        for inner in range(bracket + 1, len(lines) if bracket >= 0 else 0):
            if depths[inner] <= depths[bracket]:
                return
            if depths[inner] == depths[bracket] + 1:
                yield lines[inner]

    def _table(self, values: Iterable[Any], bracket: int) -> DataTable:
        """Return records as a table."""
        columns = Columns()
        values = list(values)
        for value in values:
            columns.add(value)
        source = Source(columns.maker(lambda: ((0, value) for value in values)), lambda: self._places(bracket))
        return columns.table(self._artifact, self._trail, "json", source)

    def _plain(self, header: Iterable[Any], rows: Any, bracket: int) -> DataTable:
        """Return lists of cells as a table."""
        names = tuple(shown(name) if not isinstance(name, (dict, list)) else "" for name in header)
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

    def _layout(self, value: Mapping[str, Any], bracket: int) -> DataTable | None:  # noqa: PLR0911 - one a layout
        """Return what pandas calls split, columns, index or list."""
        names, data = value.get("columns"), value.get("data")
        if isinstance(names, list) and isinstance(data, list) and data and all(isinstance(row, list) for row in data):
            return self._plain(names, data, -1)
        parts = list(value.values())
        if _sites(value):
            labels = {label: None for part in parts if isinstance(part, dict) for label in part}
            if not labels and not any(isinstance(part, (dict, list)) for part in parts):
                return self._plain(("", ""), value.items(), -1)
            if labels and len(labels) * len(parts) <= CELLS:
                rows = [[key, *(part.get(label) for label in labels)] for key, part in value.items() if isinstance(part, dict)]
                return self._plain(("", *labels), rows, -1)
        if all(isinstance(part, dict) for part in parts) and parts[0]:
            if _listed(parts):
                return self._table([{"id": key, **part} for key, part in value.items()], bracket)
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
        yield "" if isinstance(cell, (dict, list)) else shown(cell)


def _sites(value: Mapping[str, Any]) -> bool:
    """Tell whether the keys of an object name genetic variants: no column has the name of each, and they are cells too."""
    keys = list(islice(value, 20))
    return len(value) > 1 and sum(map(is_site, keys)) * 10 >= 8 * len(keys)


def _listed(parts: list[Any]) -> bool:
    """Tell whether objects hold one or two texts under each of the same keys, as typing of both chromosomes has it."""
    some = [each for part in parts[:20] for each in part.values()]
    pairs = all(isinstance(each, list) and 0 < len(each) <= 2 and isinstance(each[0], str) for each in some)
    return pairs and len(parts) > 1 and _alike(parts)


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
