"""Parquet, Feather and Arrow by pyarrow. Runs in the child process alone."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import feather, ipc, parquet

from pytest_genomic_guard.views import bounds
from pytest_genomic_guard.views.tables.cells import cell, of_array, shown, step
from pytest_genomic_guard.views.tables.values import Sink, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FIRST = b"FEA1"  # the first version of Feather; the second is Arrow
_FILE = b"ARROW1"
_UNNAMED = "__index_level_"  # what pandas calls an index without a name

pa.set_cpu_count(1)
pa.set_io_thread_count(1)


def read(data: bytes, kind: str, sink: Sink) -> None:
    """Give the one table of a file."""
    source = pa.BufferReader(data)
    try:
        if kind == "Parquet":
            _parquet(source, sink)
        elif data.startswith(_FIRST):
            table = feather.read_table(source, use_threads=False, memory_map=False)
            _give(table.schema, iter(table.to_batches()), sink)
        else:
            reader = _batches(source, file=data.startswith(_FILE))
            _give(next(reader), reader, sink)
    except pa.ArrowNotImplementedError:
        raise Unsupported from None


def _parquet(source: Any, sink: Sink) -> None:
    file = parquet.ParquetFile(source, memory_map=False, pre_buffer=False)
    schema = file.schema_arrow
    batches = file.iter_batches(batch_size=step(len(schema)), use_threads=False)
    _give(schema, batches, sink)


def _give(schema: Any, batches: Iterator[Any], sink: Sink) -> None:
    """Give a table, the index of pandas as its first columns as everywhere else: Arrow has it behind all others."""
    names = schema.names
    index = [at for at, name in enumerate(names) if name in _index(schema.metadata or {})]
    order = [*index, *(at for at in range(len(names)) if at not in set(index))] if index else []
    if index:
        names = ["" if at in index and names[at].startswith(_UNNAMED) else names[at] for at in order]
    sink.give(names, _blocks(batches, sink, order[: bounds.CHILD_COLUMNS]))


def _index(metadata: dict[bytes, bytes]) -> set[str]:
    """Return the names of the columns that pandas says are the index."""
    try:
        found = json.loads(metadata.get(b"pandas", b"{}"))
        return {name for name in found["index_columns"] if isinstance(name, str)}
    except (ValueError, LookupError, TypeError, RecursionError):
        return set()


def _batches(source: Any, *, file: bool) -> Iterator[Any]:
    """Yield the schema, then the batches, each checked: an offset that leads elsewhere is found here."""
    options = ipc.IpcReadOptions(use_threads=False)
    if not file:
        stream = ipc.open_stream(source, options=options)
        yield stream.schema
        batches = iter(stream)
    else:
        opened = ipc.open_file(source, options=options)
        yield opened.schema
        batches = (opened.get_batch(number) for number in range(opened.num_record_batches))
    for batch in batches:
        batch.validate(full=True)
        yield batch


def _blocks(batches: Iterator[Any], sink: Sink, order: Sequence[int]) -> Iterator[list[list[str]]]:
    """Yield cells; `order` says which columns in what order, none of it that they are as they come."""
    dictionaries: dict[int, tuple[Any, list[str]]] = {}
    for batch in batches:
        every = batch.columns
        columns = [every[at] for at in order] if order else every[: bounds.CHILD_COLUMNS]
        rows = step(len(columns))
        for start in range(0, batch.num_rows, rows):
            yield [_column(each.slice(start, rows), sink, dictionaries, at) for at, each in enumerate(columns)]


def _column(array: Any, sink: Sink, dictionaries: dict[int, tuple[Any, list[str]]], at: int) -> list[str]:
    """Return the cells of a column. `dictionaries` keeps those of the last dictionary of each."""
    while isinstance(array, pa.ExtensionArray):
        array = array.storage
    if pa.types.is_run_end_encoded(array.type):
        array = pc.run_end_decode(array)
    if pa.types.is_dictionary(array.type):
        words = array.dictionary
        kept = dictionaries.get(at)
        if kept is None or not kept[0].equals(words):
            kept = dictionaries[at] = words, _column(words, sink, {}, 0)
        return ["" if number is None else kept[1][number] for number in array.indices.to_pylist()]
    try:
        return _plain(array)
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid, ValueError, OverflowError):
        sink.lose()
        return [""] * len(array)


def _plain(array: Any) -> list[str]:  # noqa: PLR0911 - one a kind of type
    kind = array.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return _filled(array, of_array(pc.fill_null(array, 0).to_numpy(zero_copy_only=False)))
    if pa.types.is_timestamp(kind):
        return _filled(array, _moments(array.view(pa.int64()), kind.unit))
    if pa.types.is_date64(kind):
        return _filled(array, _moments(array.view(pa.int64()), "ms"))
    if pa.types.is_date32(kind):
        return _filled(array, _moments(array.view(pa.int32()), "D"))
    if pa.types.is_duration(kind):
        return _filled(array, _moments(array.view(pa.int64()), kind.unit, "timedelta64"))
    if pa.types.is_time64(kind):
        return list(map(cell, array.cast(pa.string()).to_pylist()))
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        try:
            return [value or "" for value in array.to_pylist()]
        except UnicodeDecodeError:
            return [shown(value or b"") for value in array.cast(pa.large_binary()).to_pylist()]
    return list(map(cell, array.to_pylist()))


def _moments(array: Any, unit: str, kind: str = "datetime64") -> list[str]:
    values = pc.fill_null(array, 0).to_numpy(zero_copy_only=False).astype(np.int64)
    return of_array(values.view(f"{kind}[{unit}]"))


def _filled(array: Any, cells: list[str]) -> list[str]:
    if not array.null_count:
        return cells
    return [text if there else "" for text, there in zip(cells, array.is_valid().to_pylist(), strict=True)]


def _warm() -> None:
    """Read something of our own: what the library loads when it is first used must be there before no file can be opened."""
    table = pa.table(
        {"number": pa.array([1, None]), "nested": [{"text": ["a"]}, None], "word": pa.array(["b", "b"]).dictionary_encode()}
    )
    made = pa.BufferOutputStream()
    parquet.write_table(table, made)
    read(made.getvalue().to_pybytes(), "Parquet", Sink(io.BytesIO()))


_warm()
