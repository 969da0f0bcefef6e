"""Which values of JSON are the columns of a table: records, arrays of one length beside each other, and what Bokeh writes."""

from __future__ import annotations

from pytest_genomic_guard.views.typed import Numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    Table = tuple[list[str], list[list[str]]]  # names, and the cells of each column
    Arrays = dict[int, list[tuple[str, Any]]]  # by length

SCALARS = {str, bool, int, float, type(None)}
_DEPTH = 4  # of objects whose values become columns of the record or the arrays around them
_WIDTH = 1000  # columns that an array of arrays may become
_SHORT = 2  # items of a list that is one cell, such as a place on a map; more may be a column
_NAMES = ("columns", "names", "colnames", "headers", "header", "fields")
_WORDS = {True: "true", False: "false", None: ""}


def word(value: Any) -> str:
    """Return a scalar as JSON spells it; nothing for null."""
    return value if isinstance(value, str) else _WORDS[value] if value is None or isinstance(value, bool) else str(value)


def entries(item: dict[str, Any]) -> dict[str, Any] | None:
    """Return what Bokeh means by a map; None when it is none."""
    pairs = item.get("entries")
    if item.get("type") != "map" or len(item) != 2 or not isinstance(pairs, list):
        return None
    if not all(isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) for pair in pairs):
        return None
    found = {key: value for key, value in pairs}  # noqa: C416 - `dict` would take a pair of anything
    return found if len(found) == len(pairs) else None


def records(items: list[dict[str, Any]]) -> Table | None:
    """Return a list of objects as a table; None when they share too few keys, or hold more than cells."""
    flat = items
    if any(type(value) in {dict, list} for item in items for value in item.values()):
        flat = []
        for item in items:
            cells = _flat(item)
            if cells is None:
                return None
            flat.append(cells)
    names = list(dict.fromkeys(name for item in flat for name in item))
    if len(names) * len(flat) > 3 * sum(map(len, flat)):
        return None
    return names, [[word(item.get(name)) for item in flat] for name in names]


def _flat(item: dict[str, Any]) -> dict[str, str] | None:
    """Return an object whose values are cells; None when one is too deep or long for that."""
    found: dict[str, str] = {}
    pending = [("", item, 0)]
    while pending:
        prefix, part, depth = pending.pop()
        for key, value in part.items():
            name = f"{prefix}{key}"
            if isinstance(value, dict) and depth < _DEPTH and value and "dtype" not in value:
                pending.append((f"{name}.", value, depth + 1))
            elif type(value) in SCALARS:
                if name in found:
                    return None
                found[name] = word(value)
            elif isinstance(value, list) and len(value) <= _SHORT and set(map(type, value)) <= SCALARS and name not in found:
                found[name] = ", ".join(map(word, value))
            elif value != {}:
                return None
            else:
                found.setdefault(name, "")
    return found


def parallel(item: dict[str, Any], beside: dict[str, Any], least: int) -> tuple[list[Table], dict[str, Any]]:
    """Return the tables that arrays of one length make, those of objects inside among them, and the rest of an object.

    `beside` is the object itself, of which `item` may be a part: names of columns are looked up there.
    """
    arrays: Arrays = {}
    for name, value in item.items():
        if isinstance(value, (list, Numbers)) and len(value) >= least and _width(value):
            arrays.setdefault(len(value), []).append((name, value))
    if not arrays:
        return [], item
    rest: dict[str, Any] = {}
    taken = {name for found in arrays.values() for name, _value in found}
    for name, value in item.items():
        if isinstance(value, dict):
            rest[name] = _inner(value, f"{name}.", arrays, 1)
        elif name not in taken:
            rest[name] = value
    tables: list[Table] = []
    for found in arrays.values():
        names, cells = [], []
        for name, value in found:
            for label, column in _columns(beside, name, value):
                names.append(label)
                cells.append(column)
        if len(names) > 1:
            tables.append((names, cells))
        else:
            rest |= dict(found)
    return tables, rest


def _inner(item: dict[str, Any], prefix: str, arrays: Arrays, depth: int) -> dict[str, Any]:
    """Move arrays of a known length to those of the object around it; return what is left."""
    rest: dict[str, Any] = {}
    for name, value in item.items():
        if isinstance(value, list) and len(value) in arrays and set(map(type, value)) <= SCALARS:
            arrays[len(value)].append((f"{prefix}{name}", value))
        elif isinstance(value, dict) and depth < _DEPTH:
            rest[name] = _inner(value, f"{prefix}{name}.", arrays, depth + 1)
        else:
            rest[name] = value
    return rest


def _width(value: list[Any] | Numbers) -> int:
    """Return how many columns an array is; 0 when it is none."""
    if isinstance(value, Numbers):
        return value.width if value.width <= _WIDTH else 0
    kinds = set(map(type, value))
    if kinds <= SCALARS:
        return 1
    widths = set(map(len, value)) if kinds == {list} else set()
    if len(widths) != 1 or not 0 < max(widths) <= _WIDTH:
        return 0
    return max(widths) if all(set(map(type, row)) <= SCALARS for row in value) else 0


def _columns(item: dict[str, Any], name: str, value: list[Any] | Numbers) -> Iterator[tuple[str, list[str]]]:
    """Yield the columns of an array with their names: its own, or those that stand beside it."""
    if isinstance(value, Numbers):
        cells = value.columns()
    elif isinstance(value[0], list):
        cells = [list(map(word, column)) for column in zip(*value, strict=True)]
    else:
        cells = [list(map(word, value))]
    if len(cells) == 1:
        yield name, cells[0]
        return
    given = next((item[key] for key in _NAMES if isinstance(item.get(key), list) and len(item[key]) == len(cells)), None)
    for number, column in enumerate(cells, 1):
        label = word(given[number - 1]) if given and type(given[number - 1]) in SCALARS else ""
        yield label or f"{name} {number}", column
