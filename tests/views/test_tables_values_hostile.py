"""Files that want more than to be read, and child processes that die, hang, or say what they must not."""

from __future__ import annotations

import io
import pickle
from typing import TYPE_CHECKING, Any

import h5py
import numpy
import pyarrow
import pytest
from _columnar import WRITERS, cells, hdf5, read
from _tables import artifact
from pyarrow import ipc, parquet

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.views import bounds
from pytest_genomic_guard.views.tables import child

if TYPE_CHECKING:
    from pathlib import Path

MARK = "marker-of-another-file"
GOOD = WRITERS["npy"][1]([("label", 1, 2.5)])


class Payload:
    """Pickled, it makes a file when it is loaded."""

    def __init__(self, path: Path) -> None:
        """Take the path."""
        self.path = str(path)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what is called."""
        return open, (self.path, "w")


def test_pickles_are_not_loaded(tmp_path: Path) -> None:
    """Arrays of objects are pickles: numpy would run what they hold, the child does not, and says that something is missing."""
    marker = tmp_path / "ran"
    objects = numpy.array([Payload(marker)], dtype=object)
    one, several = io.BytesIO(), io.BytesIO()
    numpy.save(one, objects)
    numpy.savez(several, good=numpy.arange(2), bad=objects)
    for kind, data in (("npy", one.getvalue()), ("npz", several.getvalue())):
        tables, reason = read(kind, data)
        assert not reason
        assert not marker.exists()
        assert not tables[-1].complete
        if kind == "npz":
            assert (tables[0].header, cells(tables[0])) == (("good",), [("0",), ("1",)])
    pickle.loads(pickle.dumps(objects))[0].close()  # noqa: S301 - our own: it does run when it is loaded
    assert marker.exists()


def test_pickle_in_an_attribute(tmp_path: Path) -> None:
    """Names of columns that pandas pickles are taken from the texts in it; nothing of it is carried out."""
    marker = tmp_path / "ran"

    def fill(file: h5py.File) -> None:
        table = file.create_dataset("table", data=numpy.zeros(2, dtype=[("values", "f8", (1,))]))
        table.attrs["values_kind"] = numpy.bytes_(pickle.dumps([Payload(marker)], 0))

    (table,), reason = read("HDF5", hdf5(fill))
    assert (reason, cells(table)) == ("", [("0",), ("0",)])
    assert not marker.exists()


def test_nothing_outside_a_file_is_read(tmp_path: Path) -> None:
    """Datasets of HDF5 that lie in other files, in three ways, are not read; the library alone would read them."""
    other, raw = tmp_path / "other.h5", tmp_path / "raw"
    raw.write_text(MARK)
    with h5py.File(other, "w") as file:
        file["data"] = list(MARK.encode())

    def fill(file: h5py.File) -> None:
        file["link"] = h5py.ExternalLink(str(other), "/data")
        file["soft"] = h5py.SoftLink("/link")
        file.create_dataset("stored", (len(MARK),), "S1", external=[(str(raw), 0, len(MARK))])
        layout = h5py.VirtualLayout(shape=(len(MARK),), dtype="i8")
        layout[:] = h5py.VirtualSource(str(other), "data", shape=(len(MARK),))
        file.create_virtual_dataset("virtual", layout)
        file["own"] = [1, 2]

    data = hdf5(fill)
    (tmp_path / "x.h5").write_bytes(data)
    with h5py.File(tmp_path / "x.h5") as file:
        assert [file[name][0] for name in ("link", "soft", "virtual")] == [ord(MARK[0])] * 3
        assert b"".join(file["stored"][:]) == MARK.encode()
    tables, reason = read("HDF5", data)
    assert not reason
    assert [(table.header, cells(table)) for table in tables] == [(("own",), [("1",), ("2",)]), (("",), [])]
    assert not tables[-1].complete


def test_circles() -> None:
    """Groups that hold each other are visited once."""

    def fill(file: h5py.File) -> None:
        inner = file.create_group("a/b")
        inner["up"] = file["a"]
        inner["values"] = [1]

    tables, reason = read("HDF5", hdf5(fill))
    assert (reason, [cells(table) for table in tables]) == ("", [[("1",)]])


def bomb() -> bytes:
    """Return a Parquet file in which a long text stands once, and a row for each of two million times that it is used."""
    words = pyarrow.DictionaryArray.from_arrays(numpy.zeros(1 << 21, "i4"), pyarrow.array(["x" * 4000]))
    out = io.BytesIO()
    parquet.write_table(pyarrow.table({"a": words}), out, compression="zstd")
    return out.getvalue()


def test_bomb_of_repeated_values() -> None:
    """A small file of 8 GB of text gives the rows up to the bound, and says that there are more."""
    data = bomb()
    assert len(data) < 1 << 20
    (table,), reason = read("Parquet", data)
    assert not reason
    assert not table.complete
    assert 1000 < sum(1 for _row in table.rows()) <= bounds.CHILD_OUTPUT // 4000


@pytest.mark.parametrize("kind", ["Arrow", "HDF5", "npy"])
def test_bomb_of_sizes(kind: str) -> None:
    """A file that claims 2**40 rows, or as many as its format allows, gives what the bounds allow, or a reason."""
    if kind == "Arrow":
        out = io.BytesIO()
        array = pyarrow.RunEndEncodedArray.from_arrays(pyarrow.array([(1 << 31) - 1], pyarrow.int32()), pyarrow.array(["x" * 64]))
        with ipc.new_file(out, pyarrow.schema([("a", array.type)])) as writer:
            writer.write_batch(pyarrow.record_batch([array], names=["a"]))
        data = out.getvalue()
    elif kind == "HDF5":
        data = hdf5(lambda file: file.create_dataset("a", (1 << 40, 1), "i1", chunks=(1 << 20, 1)))
    else:
        out = io.BytesIO()
        numpy.lib.format.write_array_header_1_0(out, {"descr": "<i8", "fortran_order": False, "shape": (1 << 40,)})
        data = out.getvalue()
    assert len(data) < 1 << 16
    tables, reason = read(kind, data)
    assert reason == "corrupt" or [table.complete for table in tables] == [False]


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the bound is told as too large, and the next one is read."""
    monkeypatch.setattr(bounds, "HELD", 1000)
    with pytest.raises(Unreadable, match="too-large"):
        list(child.tables("npy", BytesStream(bytes(1001)), artifact(), ()))
    assert cells(read("npy", GOOD)[0][0]) == [("label", "1", "2.5")]


def test_stream_that_fails() -> None:
    """What is wrong with the bytes on their way is told as such, and the next file is read."""

    class Broken:
        def read(self, _size: int, /) -> bytes:
            raise Unreadable("truncated")

        def close(self) -> None:
            """Hold nothing."""

    with pytest.raises(Unreadable, match="truncated"):
        list(child.tables("npy", Broken(), artifact(), ()))
    assert cells(read("npy", GOOD)[0][0]) == [("label", "1", "2.5")]
