"""SAS, SPSS and Stata files by pyreadstat, from memory. Runs in the child process alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pyreadstat

from pytest_genomic_guard.views import bounds
from pytest_genomic_guard.views.tables.cells import blocks, cell, of_array
from pytest_genomic_guard.views.tables.values import Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_genomic_guard.views.tables.values import Sink

_MEMBER = b"HEADER RECORD*******MEMB"  # begins one of the tables of a transport file, in both versions
_CARD = 80
_SAV = (b"$FL2", b"$FL3")


def read(data: bytes, kind: str, sink: Sink) -> None:
    """Give the table of a file, or those of a SAS transport file."""
    readers: dict[str, Any] = {
        "SAS7BDAT": pyreadstat.read_sas7bdat,
        "SAS XPORT": pyreadstat.read_xport,
        "SPSS": pyreadstat.read_sav if data.startswith(_SAV) else pyreadstat.read_por,
        "Stata": pyreadstat.read_dta,
    }
    for part in _members(data) if kind == "SAS XPORT" else [data]:
        _one(readers[kind], part, sink)


def _members(data: bytes) -> list[bytes]:
    """Return each table of a transport file as a file of its own: the library reads the first one only."""
    if len(data) % _CARD:
        raise ValueError("cut")
    starts: list[int] = []
    at = data.find(_MEMBER)
    while at >= 0 and len(starts) < bounds.CHILD_TABLES:
        if at % _CARD == 0:
            starts.append(at)
        at = data.find(_MEMBER, at + _CARD)
    if len(starts) < 2:
        return [data]
    return [data[: starts[0]] + data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]


def _one(reader: Callable[..., Any], data: bytes, sink: Sink) -> None:
    _none, about = _tried(reader, data, metadataonly=True)
    names = about.column_names
    width = len(names)
    if not width:
        return
    if width > bounds.CHILD_COLUMNS:
        sink.give([""], (), 0)
        raise Unsupported
    most = bounds.CHILD_CELLS // width
    values, about = _tried(reader, data, row_limit=most + 1)
    labels: Mapping[str, Mapping[Any, str]] = about.variable_value_labels
    arrays = [np.asarray(values[name]) for name in names]
    columns = [(name, _getter(array, labels.get(name, {}))) for name, array in zip(names, arrays, strict=True)]
    sink.give(names, blocks(max(map(len, arrays)), columns), most * width)


def _tried(reader: Callable[..., Any], data: bytes, **options: Any) -> tuple[Any, Any]:
    """Read; once more without dates where one is beyond the range of Python, and in Latin-1 where texts are not what they say."""
    extra: dict[str, Any]
    for extra in ({}, {"disable_datetime_conversion": True}, {"encoding": "LATIN1"}):
        try:
            result: tuple[Any, Any] = reader(io.BytesIO(data), output_format="dict", **options, **extra)
        except (OverflowError, ValueError, pyreadstat.ReadstatError, pyreadstat.PyreadstatError):
            continue
        return result
    raise ValueError("damaged")


def _getter(array: np.ndarray[Any, Any], labels: Mapping[Any, str]) -> Callable[[int, int], list[str]]:
    """Return what gives the cells of a column: words for the values that have some, nothing for what is missing."""

    def cells(first: int, after: int) -> list[str]:
        part = array[first:after]
        texts = _texts(part)
        if labels:
            return [str(labels.get(value, text)) for value, text in zip(part.tolist(), texts, strict=True)]
        return texts

    return cells


def _texts(part: np.ndarray[Any, Any]) -> list[str]:
    if part.dtype.kind == "f":
        return ["" if text == "nan" else text for text in of_array(part)]
    if part.dtype.kind == "O":
        return ["" if isinstance(value, float) and value != value else cell(value) for value in part.tolist()]  # noqa: PLR0124 - NaN
    return of_array(part)
