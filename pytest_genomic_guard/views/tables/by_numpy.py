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
    from collections.abc import Callable

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
            vectors.append((len(array), (info.filename.removesuffix(".npy"), _getter(array))))
        else:
            give(array, sink)
    for length, columns in by_length(vectors):
        sink.give([name for name, _get in columns], blocks(length, columns))
    if lost:
        raise Unsupported


def give(array: Array, sink: Sink) -> None:
    """Give an array of one or two dimensions; one of more only where it holds texts, as rows of its first one."""
    if array.dtype.names:
        array = array.reshape(-1)
        columns = [(name, _getter(take(array))) for name, take in leaves(array.dtype)]
        sink.give([name for name, _get in columns], blocks(len(array), columns))
        return
    if paired(array) and array.shape[1] <= bounds.CHILD_COLUMNS:
        pairs: list[Column] = [("", _pairs(array[:, at])) for at in range(array.shape[1])]
        sink.give([""] * len(pairs), blocks(len(array), pairs), bounds.CHILD_MATRIX)
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
    sink.give([""] * width, blocks(len(array), columns), bounds.CHILD_MATRIX if array.dtype.kind in "biufc" else bounds.CHILD_CELLS)


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
