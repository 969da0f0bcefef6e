"""Arrays of pyarrow as the bytes that `rowwire` reads. Runs in the process of `rowdecoder` alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pytest_genomic_guard.evidence import rowwire
from pytest_genomic_guard.evidence.rowwire import LENGTH, TooLong

_WORDS = ("string", "large_string", "string_view")
_PLAIN = (
    *_WORDS,
    "binary",
    "large_binary",
    "binary_view",
    "fixed_size_binary",
    "integer",
    "floating",
    "boolean",
    "decimal",
    "null",
)


def column(array: Any, kind: str) -> list[bytes]:
    """Return an array as `rowwire` has it; `kind` tells what will be made of it."""
    while isinstance(array, pa.ExtensionArray):
        array = array.storage
    if pa.types.is_run_end_encoded(array.type):
        array = pc.run_end_decode(array)
    coded = pa.types.is_dictionary(array.type)
    if kind in {"label", "key"} and (coded or _is(array.type)):
        return _coded(array if coded else array.dictionary_encode())
    return _cells(array.dictionary_decode() if coded else array)


def _coded(array: Any) -> list[bytes]:
    """Return codes into no more values than there are rows."""
    codes, values = array.indices.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False), array.dictionary
    if len(values) > len(codes):
        used, codes = np.unique(codes, return_inverse=True)
        gone = int(bool(len(used)) and used[0] < 0)
        codes, values = codes - gone, values.take(pa.array(used[gone:]))
    return [bytes((rowwire.CODES,)), codes.astype("<i4").tobytes(), LENGTH.pack(len(values)), *_cells(values)]


def _cells(array: Any) -> list[bytes]:
    """Return values."""
    gone = array.is_null().to_numpy(zero_copy_only=False).tobytes() if array.null_count else b""
    letter, parts = _values(array)
    return [bytes((letter, bool(gone))), gone, *parts]


def _values(array: Any) -> tuple[int, list[bytes]]:
    of = array.type
    if not _is(of):
        return rowwire.OTHERS, []
    if pa.types.is_null(of):
        return ord("?"), [bytes(len(array))]
    if pa.types.is_decimal(of):
        return ord("d"), [np.array([float(each or 0) for each in array.to_pylist()], "<f8").tobytes()]
    if pa.types.is_integer(of) or pa.types.is_floating(of) or pa.types.is_boolean(of):
        empty = pa.scalar(False if pa.types.is_boolean(of) else 0).cast(of)
        found = (array.fill_null(empty) if array.null_count else array).to_numpy(zero_copy_only=False)
        letter = next(letter for letter, kind in rowwire.NUMBERS.items() if np.dtype(kind) == found.dtype)
        return letter, [np.ascontiguousarray(found).data.cast("B").tobytes()]
    return (rowwire.TEXTS if _is(of, _WORDS) else rowwire.BYTES), _texts(array)


def _texts(array: Any) -> list[bytes]:
    flat = array.cast(pa.large_binary())
    flat = flat.fill_null(b"") if flat.null_count else flat
    if not len(flat):
        return []
    _there, places, data = flat.buffers()
    ends = np.frombuffer(places, np.int64)[flat.offset : flat.offset + len(flat) + 1]
    lengths = np.diff(ends)
    if lengths.max() > rowwire.CELL:
        raise TooLong
    return [lengths.astype("<u4").tobytes(), data[ends[0] : ends[-1]].to_pybytes() if data is not None else b""]


def _is(of: Any, names: tuple[str, ...] = _PLAIN) -> bool:
    """Tell whether a type is one of some, else of numbers or texts, or has no values; older libraries have fewer."""
    tests = (getattr(pa.types, f"is_{name}", None) for name in names)
    return any(test(of) for test in tests if test is not None)
