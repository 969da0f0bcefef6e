"""Writers of columnar and statistical files, each by a library of its own, and reading through the parent of the child process."""

from __future__ import annotations

import io
import os
import tempfile
import warnings
from typing import TYPE_CHECKING, Any

import h5py
import numpy
import pandas
import pyarrow
import pyreadstat
import rdata
from _tables import artifact
from pyarrow import feather, ipc, parquet

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.views.tables import child

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytest_genomic_guard.views.tables import DataTable

    Rows = Sequence[tuple[str, int, float]]

NAMES = ("label", "count", "share")


def read(kind: str, data: bytes) -> tuple[list[DataTable], str]:
    """Return the tables of a file, and the reason at the end, if there is one."""
    found: list[DataTable] = []
    try:
        for each in child.tables(kind, BytesStream(data), artifact(), ("gzip",)):
            found.append(each)  # noqa: PERF402 - what came before the error is kept
    except Unreadable as error:
        return found, error.reason
    return found, ""


def cells(table: DataTable) -> list[tuple[str, ...]]:
    """Return all rows; twice made, they are the same."""
    rows = list(table.rows())
    assert rows == list(table.rows())
    return rows


def _columns(rows: Rows) -> dict[str, list[Any]]:
    return {name: [row[at] for row in rows] for at, name in enumerate(NAMES)}


def _arrow(rows: Rows) -> pyarrow.Table:
    kinds = [pyarrow.string(), pyarrow.int64(), pyarrow.float64()]
    columns = _columns(rows)
    return pyarrow.table([pyarrow.array(columns[name], kind) for name, kind in zip(NAMES, kinds, strict=True)], names=list(NAMES))


def _records(rows: Rows) -> Any:
    return numpy.array([tuple(row) for row in rows], dtype=[("label", "U24"), ("count", "i8"), ("share", "f8")])


def _parquet(rows: Rows) -> bytes:
    out = io.BytesIO()
    parquet.write_table(_arrow(rows), out, row_group_size=3, compression="zstd")
    return out.getvalue()


def _feather(version: int) -> Callable[[Rows], bytes]:
    def write(rows: Rows) -> bytes:
        out = io.BytesIO()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the first version is read for those who have it still
            feather.write_feather(_arrow(rows), out, version=version)
        return out.getvalue()

    return write


def _ipc(maker: Any) -> Callable[[Rows], bytes]:
    def write(rows: Rows) -> bytes:
        out = io.BytesIO()
        table = _arrow(rows)
        with maker(out, table.schema) as writer:
            writer.write_table(table, max_chunksize=4)
        return out.getvalue()

    return write


def _npy(rows: Rows) -> bytes:
    out = io.BytesIO()
    numpy.save(out, _records(rows))
    return out.getvalue()


def _npz(rows: Rows) -> bytes:
    out = io.BytesIO()
    records = _records(rows)
    numpy.savez_compressed(out, **{name: records[name] for name in NAMES})
    return out.getvalue()


def hdf5(fill: Callable[[h5py.File], object], **options: Any) -> bytes:
    """Return a file that is filled by a function."""
    out = io.BytesIO()
    with h5py.File(out, "w", **options) as file:
        fill(file)
    return out.getvalue()


def _group(rows: Rows) -> bytes:
    columns = _columns(rows)

    def fill(file: h5py.File) -> None:
        group = file.create_group("deep/er", track_order=True)
        group.create_dataset("label", data=[text.encode() for text in columns["label"]], dtype=h5py.string_dtype())
        group.create_dataset("count", data=numpy.array(columns["count"], "i8"), chunks=(2,), maxshape=(None,), compression="gzip")
        group.create_dataset("share", data=numpy.array(columns["share"], "f8"), chunks=(5,), maxshape=(None,))

    return hdf5(fill, track_order=True)


def by_path(write: Callable[[str], object]) -> bytes:
    """Return what a writer that needs a path writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x")
        write(path)
        with open(path, "rb") as file:
            return file.read()


def _stats(writer: Callable[..., object]) -> Callable[[Rows], bytes]:
    return lambda rows: by_path(lambda path: writer(pandas.DataFrame(_columns(rows)), path))


def _frame(rows: Rows) -> Any:
    columns = _columns(rows)
    frame = pandas.DataFrame(
        {"label": pandas.Series(columns["label"], dtype=object), **{name: columns[name] for name in NAMES[1:]}}
    )
    return frame.astype({"count": "int32"})


def _rds(rows: Rows) -> bytes:
    return by_path(lambda path: rdata.write_rds(path, _frame(rows), compression=None))


def _rda(rows: Rows) -> bytes:
    return by_path(lambda path: rdata.write_rda(path, {"people": _frame(rows)}, compression=None))


WRITERS: dict[str, tuple[str, Callable[[Rows], bytes]]] = {
    "parquet": ("Parquet", _parquet),
    "feather": ("Feather", _feather(2)),
    "feather-1": ("Feather", _feather(1)),
    "arrow-file": ("Arrow", _ipc(ipc.new_file)),
    "arrow-stream": ("Arrow", _ipc(ipc.new_stream)),
    "npy": ("npy", _npy),
    "npz": ("npz", _npz),
    "hdf5": ("HDF5", _group),
    "sav": ("SPSS", _stats(pyreadstat.write_sav)),
    "dta": ("Stata", _stats(pyreadstat.write_dta)),
    "xport": ("SAS XPORT", _stats(pyreadstat.write_xport)),
    "rds": ("RDS", _rds),
    "rda": ("RData", _rda),
}
