"""Raw cells: what stands for no value, what a value is called, and which values a column holds."""

from __future__ import annotations

import unicodedata
from numbers import Number

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_NULLS = ("NoneType", "NAType", "NaTType")  # what stands for no value, in Python and in pandas
_WHOLE = 1e15  # below it a float64 without a fraction is the integer that it was made from
_LAST = 0x10FFFF  # the greatest character
_HEAD = 1000  # values that tell what a column holds


class Coded(Record):
    """A column as codes into its distinct values, which may repeat or go unused; a negative code is a missing value."""

    codes: Any
    values: Sequence[Any]


def no_number(cells: list[Any]) -> tuple[int, str]:
    """Return the first cell that is no number, and what it is."""
    for at, cell in enumerate(cells):
        if null(cell) or (isinstance(cell, (str, bytes)) and not cell.strip()):
            return at, "is empty"
        try:
            float(cell)
        except OverflowError:
            return at, "holds no finite number"
        except (TypeError, ValueError):
            return at, "holds no number"
        if isinstance(cell, (str, bytes)) and "_" in str(cell):
            return at, "holds no number"
    raise AssertionError("a cell is none")


def truths(raw: Any) -> bool:
    """Tell whether a raw column begins with true or false as a value of its own, and no word or number."""
    if isinstance(raw, Coded):
        raw = list(raw.values)
    return kind_of(type(next((cell for cell in raw[:_HEAD] if not null(cell)), None))) == "truth"


def cells(raw: Any) -> Any:
    """Return a raw column as an array of plain numbers or bytes, or as a list."""
    if isinstance(raw, Coded):
        return [raw.values[code] if code >= 0 else None for code in raw.codes.tolist()]
    if isinstance(raw, list) or raw.dtype.kind not in "OU":
        return raw
    if raw.dtype.kind == "U" and raw.nbytes and (raw.astype(raw.dtype.newbyteorder("=")).view("u4") > _LAST).any():
        raise Unusable("an array of texts is damaged: it holds what is no character")  # of which Python makes no text
    return raw.tolist()


def marks(cells: Any) -> Any:
    """Return an array as it is fastest compared: texts of few letters as one number each."""
    import numpy as np  # noqa: PLC0415 - as above

    return cells.astype("S8").view(np.uint64) if cells.dtype.kind == "S" and cells.dtype.itemsize <= 8 else cells


def factored(cells: Any) -> tuple[list[Any], Any]:
    """Return the distinct values and where each row finds its own among them. Raises TypeError for what has no hash."""
    import numpy as np  # noqa: PLC0415 - as above

    if not isinstance(cells, list):
        found, inverse = np.unique(marks(cells), return_inverse=True)
        return (found if found.dtype.kind == cells.dtype.kind else found.view("S8")).tolist(), inverse
    known: dict[Any, int] = {}
    codes = [known.setdefault(cell, len(known)) for cell in cells]
    return list(known), np.array(codes, np.int64)


def kind_of(kind: type) -> str:
    """Return the class of a type: null, text, truth, number or other."""
    if kind.__name__ in _NULLS:
        return "null"
    if issubclass(kind, (str, bytes)):
        return "text"
    if issubclass(kind, bool) or kind.__name__ in {"bool", "bool_"}:  # numpy's is no subclass
        return "truth"
    return "number" if issubclass(kind, Number) and not issubclass(kind, complex) else "other"


def null(cell: Any) -> bool:
    """Tell whether a cell stands for no value."""
    return type(cell).__name__ in _NULLS or (isinstance(cell, Number) and cell != cell)  # noqa: PLR0124 - that is how nan is told


def text(value: Any) -> str | None:
    """Return what a value is called as a label or an id; None where it is missing."""
    if null(value):
        return None
    if isinstance(value, (str, bytes)):
        text = value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value)
        return text.strip() or None
    if kind_of(type(value)) == "truth":
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    number = float(value)
    return str(int(number)) if abs(number) < _WHOLE and number == int(number) else repr(number)


def printable(text: str) -> bool:
    """Tell whether a text holds no control and no format character."""
    return text.isprintable() or not any(unicodedata.category(each)[0] == "C" for each in text)
