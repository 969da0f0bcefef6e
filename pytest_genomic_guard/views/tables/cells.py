"""Values of arrays as the text that a person would see. Runs in the child process alone: numpy is imported here."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Cells = list[str]
    Column = tuple[str, Callable[[int, int], Cells]]  # its name, and what gives the cells of some rows

STEP = 1 << 14  # rows that are made at once
_AT_ONCE = 1 << 18  # cells, likewise
_FEW = 256  # numbers of which it does not pay to see which are alike


def step(width: int) -> int:
    """Return how many rows of a table are made at once."""
    return max(1, min(STEP, _AT_ONCE // max(1, width)))


def number(text: str) -> str:
    """Return a number without the ``.0`` that only its type, and no person, put there."""
    return text.removesuffix(".0")


def shown(data: bytes) -> str:
    """Return bytes as text where they are text, else in hexadecimal."""
    data = data.rstrip(b"\0")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("latin-1")
        return text if all(each.isprintable() or each in "\t\r\n" for each in text) else data.hex()
    return data.hex() if "\0" in text else text


def cell(value: Any) -> str:  # noqa: PLR0911 - one a type
    """Return any value."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (bytes, bytearray)):
        return shown(bytes(value))
    if isinstance(value, float):
        return number(repr(float(value)))
    if isinstance(value, datetime.datetime):
        return moment(value.isoformat())
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, np.generic):
        return of_array(np.asarray(value).reshape(1))[0]
    if isinstance(value, np.ndarray):
        return cell(value.tolist())
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(value, default=cell, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def moment(text: str) -> str:
    """Return a date and time in ISO form, as short as it can be said: what stands at midnight is a date."""
    if text == "NaT":
        return ""
    head, dot, rest = text.partition(".")
    text = head + dot + rest.rstrip("0") if rest.rstrip("0") else head
    return text.removesuffix("T00:00:00")


def of_array(array: np.ndarray[Any, Any]) -> Cells:  # noqa: PLR0911 - one a kind of type
    """Return the values of an array of one dimension."""
    kind = array.dtype.kind
    if kind in "iub":
        return list(map(str, array.tolist()))
    if kind == "f":
        return _floats(array)
    if kind == "U":
        return list(map(str, array.tolist()))
    if kind == "S":
        return list(map(shown, array.tolist()))
    if kind == "M":
        return list(map(moment, np.datetime_as_string(array).tolist()))
    if kind == "m":
        return ["" if text == "NaT" else text for text in map(str, array)]
    if kind == "V":
        return [bytes(value).hex() for value in array]
    return list(map(cell, array.tolist()))


def _floats(array: np.ndarray[Any, Any]) -> Cells:
    """Return numbers; where many are alike, each different one is written once."""
    size = array.dtype.itemsize
    if len(array) > _FEW and size in {2, 4, 8}:
        bits, at = np.unique(np.ascontiguousarray(array).view(f"u{size}"), return_inverse=True)  # by bits: -0.0 is not 0.0
        if len(bits) < len(array) // 2:
            found: Cells = np.array(_written(bits.view(array.dtype)), dtype=object)[at].tolist()
            return found
    return _written(array)


def _written(array: np.ndarray[Any, Any]) -> Cells:
    return list(map(number, map(repr, array.tolist()) if array.dtype.itemsize == 8 else array.astype("U64").tolist()))


def calls(array: np.ndarray[Any, Any]) -> Cells:
    """Return pairs of alleles, one a row, as calls are written; negative ones are missing."""
    return ["./." if one < 0 else f"{one}/{two}" for one, two in array.astype("i8").tolist()]


def paired(array: Any) -> bool:
    """Tell whether an array, by its shape and type, can hold the two alleles of people at variants."""
    return len(array.shape) == 3 and array.shape[2] == 2 and array.shape[1] > 1 and array.dtype.kind in "iub"


def by_length(columns: Iterable[tuple[int, Column]]) -> Iterator[tuple[int, list[Column]]]:
    """Yield columns that are equally long together, with their length: they are one table in every format that has none itself."""
    tables: dict[int, list[Column]] = {}
    for length, column in columns:
        tables.setdefault(length, []).append(column)
    yield from tables.items()


def blocks(length: int, columns: Sequence[Column], rows: int = 0) -> Iterator[list[Cells]]:
    """Yield the cells of columns, some rows at a time."""
    rows = rows or step(len(columns))
    for start in range(0, length, rows):
        yield [get(start, min(length, start + rows)) for _name, get in columns]


def leaves(kind: np.dtype[Any], name: str = "") -> Iterator[tuple[str, Callable[[np.ndarray[Any, Any]], np.ndarray[Any, Any]]]]:
    """Yield the names of the plain fields of a type, and how they are taken from an array of it."""
    if kind.names:
        for field in kind.names:
            for inner, take in leaves(kind[field], f"{name}.{field}" if name else field):
                yield inner, _field(field, take)
    elif kind.subdtype:
        base, shape = kind.subdtype
        for at in range(int(np.prod(shape, dtype=object))):
            for inner, take in leaves(base, name):
                yield inner, _item(at, take)
    else:
        yield name, lambda array: array


def _field(name: str, take: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda array: take(array[name])


def _item(at: int, take: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda array: take(array.reshape(len(array), -1)[:, at])
