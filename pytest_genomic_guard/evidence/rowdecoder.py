"""What decodes Parquet, Feather and Arrow with pyarrow: a process of its own, started by `rowchild` as a module.

It imports the library, then waits. Each file gets a process forked from it, which takes its limits, asks for the parts of the file
that it needs, and gives columns. See `rowwire` for what it says, `isolation` for the rest.
"""

from __future__ import annotations

import io
import json
import os
import sys
import warnings
from contextlib import suppress
from importlib import import_module

from pytest_genomic_guard.evidence import rowwire
from pytest_genomic_guard.evidence.rowwire import HEAD, LENGTH, PIECE, TooLong
from pytest_genomic_guard.isolation import limits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

pa: Any = None
encoded: Any = None
with suppress(ImportError):  # an extra: whoever asks is told
    pa = import_module("pyarrow")
    encoded = import_module("pytest_genomic_guard.evidence.rowencoded")

_THRIFT = 64 << 20  # bytes that a Parquet file's own description may ask for


class _Asked(io.RawIOBase):
    """A file whose parts are asked for."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be read anywhere."""
        return True

    def tell(self) -> int:
        """Return the place."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        self._at = max(0, (0, self._at, self._size)[whence] + offset)
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        """Return what the file has from here on."""
        left = max(0, self._size - self._at)
        left = left if size is None or size < 0 else min(left, size)
        parts = []
        while left:
            _say(rowwire.ASK, rowwire.PLACE.pack(self._at, min(left, PIECE)))
            part = _heard(LENGTH.unpack(_heard(LENGTH.size))[0])
            if not part:
                break  # the file became shorter
            parts.append(part)
            self._at += len(part)
            left -= len(part)
        return b"".join(parts)


def _say(kind: int, *parts: bytes) -> None:
    out = sys.stdout.buffer
    out.write(HEAD.pack(kind, sum(map(len, parts))))
    for part in parts:
        out.write(part)
    out.flush()


def _heard(size: int) -> bytes:
    parts = []
    while size:
        part = os.read(0, size)
        if not part:
            raise SystemExit(1)  # whoever asked is gone
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _header(source: Any, form: str) -> None:
    found = [name.encode() for name in _opened(source, form, {}, 1)[0].names]
    if sum(map(len, found)) + LENGTH.size * (len(found) + 1) > rowwire.FRAME:
        raise TooLong
    _say(rowwire.HEADER, rowwire.named(found))


def _blocks(source: Any, form: str, wanted: Mapping[str, str], rows: int) -> None:
    for batch in _opened(source, form, wanted, rows)[1]:
        places = [batch.schema.get_field_index(name) for name in wanted]
        if min(places, default=0) < 0:
            raise ValueError
        for first in range(0, batch.num_rows, rows):
            part = batch.slice(first, rows)
            _block([part.column(place) for place in places], list(wanted.values()), part.num_rows)


def _block(arrays: list[Any], kinds: list[str], rows: int) -> None:
    """Send rows, in two blocks where one would be too long."""
    parts = [LENGTH.pack(rows)]
    for array, kind in zip(arrays, kinds, strict=True):
        parts += encoded.column(array, kind)
        if sum(map(len, parts)) > rowwire.FRAME:
            break
    else:
        _say(rowwire.BLOCK, *parts)
        return
    if rows == 1:
        raise TooLong
    half = rows // 2
    _block([array[:half] for array in arrays], kinds, half)
    _block([array[half:] for array in arrays], kinds, rows - half)


def _opened(source: Any, form: str, wanted: Mapping[str, str], rows: int) -> tuple[Any, Iterator[Any]]:
    """Return the schema, and the batches of some columns."""
    source.seek(0)
    if form == "parquet":
        bounds = {"thrift_string_size_limit": _THRIFT, "thrift_container_size_limit": _THRIFT >> 4}
        file = pa.parquet.ParquetFile(source, pre_buffer=False, **bounds)
        labels = [name for name, kind in wanted.items() if kind in {"label", "key"}]
        coded = [name for name in labels if not pa.types.is_nested(file.schema_arrow.field(name).type)]
        if coded:
            file = pa.parquet.ParquetFile(source, metadata=file.metadata, read_dictionary=coded, pre_buffer=False, **bounds)
        return file.schema_arrow, file.iter_batches(rows, columns=list(wanted), use_threads=False) if wanted else iter(())
    options = pa.ipc.IpcReadOptions(use_threads=False)
    if form == "stream":
        stream = pa.ipc.open_stream(source, options=options)
        return stream.schema, _checked(iter(stream))
    file = pa.ipc.open_file(source, options=options)
    schema = file.schema
    if wanted:
        options.included_fields = sorted(schema.get_field_index(name) for name in wanted)
        source.seek(0)
        file = pa.ipc.open_file(source, options=options)
    return schema, _checked(file.get_batch(number) for number in range(file.num_record_batches))


def _checked(batches: Iterator[Any]) -> Iterator[Any]:
    """Yield batches whose offsets lead nowhere else."""
    for batch in batches:
        batch.validate(full=True)
        yield batch


def _serve() -> None:
    """Decode one file. Of an error only a letter is told: its text may quote a value."""
    job = json.loads(_heard(LENGTH.unpack(_heard(LENGTH.size))[0]))
    limits.limit(job["seconds"], rowwire.MEMORY)
    failure = _decoded(_Asked(job["size"]), job)
    _say(rowwire.FAILED if failure else rowwire.DONE, failure)


def _decoded(source: Any, job: Mapping[str, Any]) -> bytes:
    try:
        if job["wanted"] is None:
            _header(source, job["form"])
        else:
            _blocks(source, job["form"], job["wanted"], job["rows"])
    except TooLong:
        return b"l"
    except MemoryError:
        return b"m"
    except Exception:  # noqa: BLE001 - whatever a library raises of damaged content
        return b"d"
    return b""


def _warm() -> None:
    """Read something of our own: what the library loads when it is first used must be there before no file can be opened."""
    for each in ("parquet", "ipc", "compute"):
        import_module(f"pyarrow.{each}")
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    numbers = pa.array([1, None])
    table = pa.table(
        {"a": numbers, "b": pa.array(["b", None]), "c": numbers.cast(pa.decimal128(20, 1)), "d": pa.array([{"e": 1}] * 2)}
    )
    encoded.column(pa.array(["f", "g"]).dictionary_encode()[:1], "label")
    packed, stream = pa.BufferOutputStream(), pa.BufferOutputStream()
    pa.parquet.write_table(table, packed)
    with pa.ipc.new_stream(stream, table.schema) as writer:
        writer.write_table(table)
    for form, out in ("parquet", packed), ("stream", stream):
        file = io.BytesIO(out.getvalue().to_pybytes())
        for kind in ("label", "number"):
            for batch in _opened(file, form, dict.fromkeys(table.schema.names, kind), 2)[1]:
                for column in batch.columns:
                    encoded.column(column, kind)


def main() -> int:
    """Serve files until the input ends, each in a process of its own."""
    warnings.simplefilter("ignore")
    if encoded is None:
        _say(rowwire.MISSING)
        return 0
    limits.without_pandas()
    _warm()
    limits.watch()
    _say(rowwire.READY)
    return limits.serve(_serve)


if __name__ == "__main__":
    raise SystemExit(main())
