"""Tables that R and Python code holds as literals: vectors by name in a data frame, lists of rows, lists of records.

Nothing is run. Code is cut into words and brackets; a bracket whose parts have the shape of a table is one.
"""

from __future__ import annotations

from heapq import merge

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.tables import nested as deep
from pytest_genomic_guard.views.tables.brackets import COMMA, Group, Reader, S, W
from pytest_genomic_guard.views.tables.table import CELLS, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pytest_genomic_guard.views.tables.table import DataTable, Numbered, Page

_LONG = 1 << 23  # bytes of a text of which no copy is made
_DEEP = 24  # brackets in brackets that are looked at for genotypes
_NOTHING = frozenset({"", "None", "NA", "NULL", "NaN"})
_LEAST = 5  # values of a vector that is a table of its own
# A bracket whose first parts look like data: scalars in a row, a bracket with such, or one with a key; a call that makes a frame.
_BEGIN = regex(
    rb"[\[({]" + W + rb"(?:" + S + rb"(?:((?:" + COMMA + S + rb"){4})|" + W + rb":" + W + rb"(?:[\w.]{1,20}\()?[\[({])"
    rb"|(?:c|list|tuple|dict)?[\[({]" + W + rb"(?:" + S + W + rb"[,:]|[A-Za-z_][\w.]*+[ ]?=[ ]?" + S + rb"))"
)
# Where that may be in a text whose brackets are all written alike: one sign is faster to find than each of three.
_ALIKE = bytes.maketrans(b"({", b"[[")
_FIRST = rb"\[(?=[\s#\"'+\-.\d\[NTtFfcldrbuRBU])"
_MAYBE = regex(_FIRST + _BEGIN.pattern.replace(rb"[\[({]", rb"\[").replace(rb"}\(", rb"}\[").removeprefix(rb"\["))
_MAKERS = {  # by how they end: each is a search through the whole text
    b"rame": (b"DataFrame", b"data.frame", b"data_frame"),
    b"ibble": (b"tibble", b"tribble"),
    **{word: (word,) for word in (b"Table", b"data.table", b"structure", b"list")},
}
_WORD = frozenset(bytes((each,)) for each in range(128) if chr(each).isalnum() or chr(each) == "_")
_OPENS = regex(rb"\s{0,9}\(")
_NAMED = regex(W + rb"(?:[\w.]++|`[^`\n]*+`|\"[^\"\n]*+\"|'[^'\n]*+')" + W + rb"=(?!=)" + W + rb"[\w.]*+[\[(]")
_OTHER = frozenset({"class", "row.names", "index", "columns", "levels", "names", ".Names", ".Label", "dtype"})
_FRAMES = frozenset({"DataFrame", "data.frame", "data_frame", "tibble", "data.table", "Table", "from_dict", "structure"})
_FRAME_CALLS = _FRAMES | {"tribble", "list"}
_VECTORS = frozenset(
    {"c", "array", "asarray", "Series", "Index", "factor", "set", "frozenset", "list", "tuple", "unique", "sort", "sorted"}
    | {"as.character", "as.factor", "as.integer", "as.numeric"}
)
_LAST_WORD = regex(rb"[\w.]++\Z")
_LAST_NAME = regex(rb"(?:([\w.]++)|[\"'`]([^\"'`\n]++)[\"'`]\]{0,2}+)(?:\s*+:\s*+[\w.]++(?:\[[^=\n]{1,80}\])?+)?+\s*+\Z")


def find(page: Page) -> Iterator[tuple[DataTable, tuple[int, int]]]:
    """Yield the outermost tables of a text, each with the place of the literal that holds it."""
    data = page.data
    reader = Reader(data)
    end = 0
    for at, nested in _places(data):
        if at < end:
            continue
        call, name = _before(data, at)
        if not name and call not in _FRAME_CALLS and not nested:
            continue
        group, end = reader.group(at, call)
        cut = reader.left < 0
        found = list(_tables(group, page, complete=not cut)) if group and nested else []
        if group and nested and deep.can(data[at:end]) and (genotypes := _deep(group, found, page)):
            found.append(genotypes)
        cells = _vector(group) if group and not found and name else None
        if group and cells and len(cells) >= _LEAST:
            found = [page.table("literal", (name,), _source(page, [(group.at, (cell,)) for cell in cells]), complete=not cut)]
        if cut and not found:  # what follows is not read: the text says so by a table without rows
            found = [page.table("literal", (), _source(page, []), complete=False)]
        for table in found:
            yield table, (at, end)
        if cut:
            return


def _places(data: bytes) -> Iterator[tuple[int, bool]]:
    """Yield the offsets of brackets that may hold data, in their order, and whether these may be more than a vector."""
    yield from merge(_begun(data), [(at, True) for at in _frames(data)])


def _begun(data: bytes) -> Iterator[tuple[int, bool]]:
    """Yield the same of brackets whose first parts look like data."""
    at = 0
    while len(data) > _LONG and (found := _BEGIN.search(data, at)):  # slower, and without a copy
        yield found.start(), found[1] is None
        at = found.end()
    if len(data) > _LONG:
        return
    alike = data.translate(_ALIKE)
    while maybe := _MAYBE.search(alike, at):
        at = maybe.start()
        if found := _BEGIN.match(data, at):
            yield at, found[1] is None
            at = found.end() - 1
        at += 1


def _frames(data: bytes) -> list[int]:
    """Return the offsets of the brackets of calls that make a frame."""
    found: list[int] = []
    for last, words in _MAKERS.items():
        at = data.find(last)
        while at >= 0:
            end = at + len(last)
            word = next((each for each in words if data.startswith(each, end - len(each)) and end >= len(each)), b"")
            opened = None if not word or data[end - len(word) - 1 : end - len(word)] in _WORD else _OPENS.match(data, end)
            if opened and (word != b"list" or _NAMED.match(data, opened.end())):
                found.append(opened.end() - 1)
            at = data.find(last, end)
    return sorted(found)


def _before(data: bytes, at: int) -> tuple[str, str]:
    """Return the call that a bracket belongs to, and the name that it is assigned to, also through calls that make a vector."""
    text = data[max(0, at - 200) : at].rstrip()
    call = ""
    if data[at : at + 1] == b"(":
        word = _LAST_WORD.search(text[-60:])
        if word and word[0] != b"return":
            call = word[0].decode("utf-8", "replace")
            call = call if call in _FRAME_CALLS else call.rpartition(".")[2] if "as." not in call else call
            text = text[: len(text) - len(word[0])].rstrip()
            if call not in _FRAME_CALLS and call not in _VECTORS:
                return call, ""
    for _wrapper in range(3):
        word = _LAST_WORD.search(text[-61:-1].rstrip()) if text.endswith(b"(") else None
        wrapper = word[0].decode("utf-8", "replace") if word else ""
        if not word or not (wrapper in _VECTORS or wrapper.rpartition(".")[2] in _VECTORS):
            break
        text = text[:-1].rstrip()[: -len(word[0])].rstrip()
    sign = text[-2:]
    if sign in {b"==", b"!=", b">=", b"<="} or not (sign[-1:] in {b"=", b":"} or sign == b"<-"):
        return call, ""
    name = _LAST_NAME.search(text.removesuffix(b"=").removesuffix(b"<-").removesuffix(b":").rstrip(b" \t+<"))
    return call, (name[1] or name[2]).decode("utf-8", "replace") if name else ""


def _tables(top: Group, page: Page, *, complete: bool) -> Iterator[DataTable]:
    pending: list[tuple[Group, tuple[str, ...]]] = [(top, ())]
    while pending:
        group, names = pending.pop()
        found = _columns(group) or _rows(group, names) or _tribble(group)
        if found:
            header, rows = found
            yield page.table("literal", header, _source(page, rows), complete=complete)
            continue
        under = next((tuple(cells) for key, value in group.items if key == "columns" and (cells := _vector(value))), ())
        pending += reversed([(value, under) for _key, value in group.items if isinstance(value, Group)])


def _deep(group: Group, tables: list[DataTable], page: Page) -> DataTable | None:
    """Return the genotypes of people that stand deeper in a bracket than tables go."""
    return deep.within(tables, (_value(group),), page.artifact, page.trail, "literal", line=page.line(group.at))


def _value(value: str | Group | None, depth: int = 0) -> Any:
    """Return a bracket as an object or a list."""
    if not isinstance(value, Group):
        return None if value in _NOTHING else value
    if depth > _DEEP or (value.odd and not value.call):
        return None
    if value.call and len(value.items) == 1 and isinstance(value.items[0][1], Group) and value.items[0][0] is None:
        return _value(value.items[0][1], depth + 1)
    if value.items and all(key is not None for key, _part in value.items):
        return {key: _value(part, depth + 1) for key, part in value.items}
    return [_value(part, depth + 1) for _key, part in value.items]


def _source(page: Page, rows: list[tuple[int, tuple[str, ...]]]) -> Source:
    def make() -> Numbered:
        for at, row in rows:
            yield page.line(at), row

    return Source(make)


def _vector(value: str | Group) -> tuple[str, ...] | None:
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
    cells: tuple[Any, ...] = value.cells
    return None if Group in set(map(type, cells)) else cells


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
    labels = _labels([value for key, value in parts if key and isinstance(value, Group)])
    if labels and len(labels) == length:
        return ("", *header), [(group.at, row) for row in zip(labels, *(cells for _key, cells in vectors), strict=True)]
    return header, [(group.at, row) for row in zip(*(cells for _key, cells in vectors), strict=True)]


def _labels(parts: list[Group]) -> tuple[str, ...]:
    """Return the keys that all objects share which are the columns of a table; none where they have no keys, or different ones."""
    keys = tuple(key or "" for key, _part in parts[0].items) if parts else ()
    return keys if all(keys) and all(tuple(key for key, _part in each.items) == keys for each in parts) else ()


def _rows(group: Group, names: tuple[str, ...]) -> tuple[tuple[str, ...], list[tuple[int, tuple[str, ...]]]] | None:
    """Return a table of lists or records as rows."""
    parts = [value for value in group.cells if isinstance(value, Group) and value.cells and not value.odd]
    if len(parts) < 2 or len(parts) < len(group.cells) or any(isinstance(cell, Group) for part in parts for cell in part.cells):
        return None
    rows = dict.fromkeys(part.names or ("",) for part in parts)
    if all(map(all, rows)):
        keys = tuple(dict.fromkeys(key for row in rows for key in row if key))
        return (keys, [(part.at, _row(part, keys)) for part in parts]) if len(keys) * len(parts) <= CELLS else None
    width = len(parts[0].cells)
    if width < 2 or (len(parts) < 3 and len(names) != width) or any(len(part.cells) != width for part in parts):
        return None
    header = names if len(names) == width else ("",) * width
    return header, [(part.at, _row(part, part.names)) for part in parts]


def _row(record: Group, keys: tuple[str | None, ...] | None) -> tuple[str, ...]:
    """Return the scalars of a record under some keys; the very same where its own are these."""
    cells: tuple[Any, ...] = record.cells
    if record.names == keys:
        return cells
    given = dict(record.items)
    return tuple([str(given.get(key, "")) for key in keys or ()])


def _tribble(group: Group) -> tuple[tuple[str, ...], list[tuple[int, tuple[str, ...]]]] | None:
    """Return the table of ``tribble(~a, ~b, 1, 2)``."""
    cells = [value for _key, value in group.items if isinstance(value, str)]
    header = [cell[1:] for cell in cells if cell.startswith("~")]
    width = len(header)
    if group.call != "tribble" or not width or not all(cell.startswith("~") for cell in cells[:width]):
        return None
    body = cells[width:]
    return tuple(header), [(group.at, tuple(body[at : at + width])) for at in range(0, len(body) - width + 1, width)]
