"""Arrays of numpy, one or an archive of them, without pickles. Runs in the child process alone."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib import format as npy

from pytest_genomic_guard.views import bounds
from pytest_genomic_guard.views.tables.cells import blocks, by_length, calls, leaves, of_array, paired
from pytest_genomic_guard.views.tables.values import Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pytest_genomic_guard.views.tables.cells import Column
    from pytest_genomic_guard.views.tables.values import Sink

    Array = np.ndarray[Any, Any]


def read(data: bytes, kind: str, sink: Sink) -> None:
    """Give one array as a table, or those of an archive: vectors of one length together, each other array alone."""
    if kind == "npy":
        give(_array(data), sink)
        return
    archive = zipfile.ZipFile(io.BytesIO(data))
    vectors: list[tuple[int, Column]] = []
    others: list[Array] = []
    labels: list[tuple[str, Array]] = []
    left = bounds.CHILD_BLOCK
    lost = False
    for info in archive.infolist()[: bounds.CHILD_NODES]:
        left -= info.file_size
        if left < 0:
            raise Unsupported
        if not info.filename.endswith(".npy"):
            continue
        try:
            array = _array(archive.read(info))
        except Unsupported:
            lost = True
            continue
        if array.ndim == 1 and not array.dtype.names:
            name = info.filename.removesuffix(".npy")
            vectors.append((len(array), (name, _getter(array))))
            labels += [(name, array)] if array.dtype.kind in "SU" else []
        else:
            others.append(array)
    for array in others:
        give(array, sink, labels)
    for length, columns in by_length(vectors):
        sink.give([name for name, _get in columns], blocks(length, columns))
    if lost:
        raise Unsupported


def _labels(labels: Iterable[tuple[str, Array]], length: int) -> tuple[str, list[str]] | None:
    """Return the one array of names, all different, that is as long as an axis: what it is called, and the names."""
    found = [(name, array) for name, array in labels if len(array) == length]
    for name, array in found if length <= bounds.CHILD_COLUMNS else ():
        names = of_array(array)
        if len(set(names)) == length:
            return name, names
    return None


def give(array: Array, sink: Sink, labels: Sequence[tuple[str, Array]] = ()) -> None:
    """Give an array of one or two dimensions; one of more only where it holds texts, as rows of its first one.

    `labels` are arrays of names beside it: those as long as one of its axes are the names of its columns, and of its rows.
    """
    if array.dtype.names:
        array = array.reshape(-1)
        columns = [(name, _getter(take(array))) for name, take in leaves(array.dtype)]
        sink.give([name for name, _get in columns], blocks(len(array), columns))
        return
    if paired(array) and array.shape[1] <= bounds.CHILD_COLUMNS:
        pairs: list[Column] = [("", _pairs(array[:, at])) for at in range(array.shape[1])]
        _named(array, pairs, sink, labels, bounds.CHILD_MATRIX)
        return
    if array.ndim > 2 and array.dtype.kind not in "SUO":
        return  # images and weights are no tables
    if array.ndim != 2:
        array = array.reshape(len(array) if array.ndim else 1, -1)
    width = array.shape[1]
    if width > bounds.CHILD_COLUMNS:
        sink.give([""], (), 0)
        raise Unsupported
    columns = [("", _getter(array[:, at])) for at in range(width)]
    _named(array, columns, sink, labels, bounds.CHILD_MATRIX if array.dtype.kind in "biufc" else bounds.CHILD_CELLS)


def _named(array: Array, columns: list[Column], sink: Sink, labels: Sequence[tuple[str, Array]], most: int) -> None:
    """Give a matrix with the names of its axes, as far as there are any."""
    header = [""] * len(columns)
    rows, names = _labels(labels, array.shape[0]), _labels(labels, array.shape[1])
    if names and array.shape[0] != array.shape[1]:
        header = names[1]
    if rows and len(columns) < bounds.CHILD_COLUMNS:
        kept = rows[1]
        columns = [("", lambda first, after: kept[first:after]), *columns]
        header = [rows[0], *header]
    sink.give(header, blocks(len(array), columns), most)


def _array(data: bytes) -> Array:
    """Return an array over its bytes; one of objects would be a pickle, which is never loaded."""
    stream = io.BytesIO(data)
    version = npy.read_magic(stream)
    reader = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, fortran, kind = reader(stream, max_header_size=1 << 20)
    if kind.hasobject:
        raise Unsupported
    count = 1
    for length in shape:
        count *= length
    if count < 0 or stream.tell() + count * kind.itemsize > len(data):
        raise ValueError("shorter than it says")
    array = np.frombuffer(data, kind, count, stream.tell()) if count and kind.itemsize else np.zeros(0, kind)
    return array.reshape(shape, order="F" if fortran else "C") if array.size else np.zeros(0, kind)


def _pairs(array: Array) -> Callable[[int, int], list[str]]:
    return lambda first, after: calls(array[first:after])


def _getter(array: Array) -> Callable[[int, int], list[str]]:
    return lambda first, after: of_array(array[first:after])
