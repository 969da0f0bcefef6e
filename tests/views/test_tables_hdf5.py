"""HDF5 files as h5py writes them, of the oldest and the newest form, and as pandas and AnnData lay theirs out."""

from __future__ import annotations

import functools
import io
import pickle
from typing import TYPE_CHECKING, Any

import h5py
import numpy
import pytest
from _schemas import COLUMNS, damaged, is_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.views import formats, tables

if TYPE_CHECKING:
    from collections.abc import Callable

FORMS: list[Any] = ["earliest", "latest", ("v108", "v108")]
FORM_NAMES = ["earliest", "latest", "v108"]


def written(fill: Callable[[Any], object], form: Any = "earliest", **options: Any) -> bytes:
    """Return a file that `fill` filled."""
    out = io.BytesIO()
    with h5py.File(out, "w", libver=form, **options) as file:
        fill(file)
    return out.getvalue()


def names(data: bytes) -> list[str]:
    """Return the names in a file that is recognised."""
    assert formats.identify(data[: 64 << 10]) == ("HDF5", "partial")
    found = tables.schema_of("HDF5", data)
    assert len(set(found)) == len(found)
    return list(found)


def _study(file: Any) -> None:
    """Fill a file with groups, links of all kinds, compound and other types."""
    people = file.create_group("people")
    people["patient_id"] = [1, 2]
    people["größe"] = numpy.array([b"m", b"f"])
    people["soft"] = h5py.SoftLink("/people")
    people["outer"] = h5py.ExternalLink("other.h5", "/x")
    people["again"] = people["patient_id"]
    inner = [("x", "f4"), ("y", "i8", (2, 3))]
    kinds = [
        ("birth_date", "S10"),
        ("place", inner),
        ("code", h5py.enum_dtype({"no": 0, "yes": 1})),
        ("note", h5py.string_dtype()),
        ("many", h5py.vlen_dtype("i4")),
        ("true", "?"),
        ("opaque", "V7"),
        ("complex", "c16"),
        ("last", "f2"),
    ]
    file.create_dataset("table", shape=(3,), dtype=kinds)
    file["type"] = numpy.dtype([("named_member", "i4")])
    file.create_dataset("typed", shape=(1,), dtype=file["type"])
    file.create_dataset("packed", data=numpy.zeros((100, 100)), chunks=(10, 10), compression="gzip")
    file["packed"].attrs["unit"] = "kg"


TARGETS = {"/", "/people"}  # of soft links, which stand among the names; told apart by what names them
STUDY = {"people", "patient_id", "größe", "soft", "outer", "again", "table", "birth_date", "place", "place.x", "place.y", "code"}
STUDY |= {"note", "many", "true", "opaque", "complex", "complex.r", "complex.i", "last", "type", "named_member", "typed", "packed"}


@pytest.mark.parametrize("form", FORMS, ids=FORM_NAMES)
def test_study(form: Any) -> None:
    """All names of groups, datasets, links and members are found, and nothing else: no values, no members of enumerations."""
    found = names(written(_study, form))
    assert set(found) == STUDY
    assert found.index("birth_date") < found.index("place") < found.index("last")


@pytest.mark.parametrize("order", [False, True])
def test_order_is_tracked(order: bool) -> None:  # noqa: FBT001 - parametrized
    """Groups that keep the order of their members have further fields."""

    def fill(file: Any) -> None:
        group = file.create_group("group", track_order=order)
        for each in range(100):
            group[f"column_{each}"] = each

    assert set(names(written(fill, track_order=order))) == {"group", *(f"column_{each}" for each in range(100))}


@pytest.mark.parametrize("count", [1, 8, 9, 300, 6000])
@pytest.mark.parametrize("form", FORMS, ids=FORM_NAMES)
def test_large_groups(form: Any, count: int) -> None:
    """Groups of every size are read, over trees of tables, and heaps of which the blocks have blocks."""

    def fill(file: Any) -> None:
        for each in range(count):
            file[f"a_column_with_a_name_that_is_long_{each}" * 3] = h5py.SoftLink("/")
        file.create_group("last")["patient_id"] = 1

    wanted = {f"a_column_with_a_name_that_is_long_{each}" * 3 for each in range(count)}
    assert set(names(written(fill, form))) == wanted | {"last", "patient_id"}


@pytest.mark.parametrize("form", FORMS, ids=FORM_NAMES)
def test_deleted(form: Any) -> None:
    """Members that stand between those that were deleted are found."""

    def fill(file: Any) -> None:
        for each in range(40):
            file[f"column_{each}"] = each
        for each in range(0, 40, 2):
            del file[f"column_{each}"]

    assert set(names(written(fill, form))) >= {f"column_{each}" for each in range(1, 40, 2)}


@pytest.mark.parametrize("form", FORMS, ids=FORM_NAMES)
def test_anndata(form: Any) -> None:
    """Columns of a frame are datasets of a group, of which an attribute has the order."""

    def fill(file: Any) -> None:
        people = file.create_group("obs")
        people.attrs["encoding-type"] = "dataframe"
        people.attrs["_index"] = "_index"
        people.attrs["column-order"] = ["sex", "patient_id", "only_in_the_attribute"]
        people["_index"] = ["a value"]
        people["patient_id"] = ["a value"]
        people.create_group("sex")["categories"] = ["a value"]

    assert set(names(written(fill, form))) == {"obs", "sex", "patient_id", "only_in_the_attribute", "_index", "categories"}


@pytest.mark.parametrize("form", FORMS, ids=FORM_NAMES)
def test_pandas_table(form: Any) -> None:
    """Columns that are stored together have their names in an attribute, as a pickle."""

    def fill(file: Any) -> None:
        table = file.create_group("df").create_dataset(
            "table", (2,), dtype=[("index", "i8"), ("values_block_0", "f8", (2,)), ("x", "S3")]
        )
        table.attrs["values_block_0_kind"] = numpy.bytes_(pickle.dumps(["patient_id", "größe"], protocol=0))
        table.attrs["index_kind"] = numpy.bytes_(b"integer")
        file["df"].attrs["data_columns"] = numpy.bytes_(pickle.dumps(["x"], protocol=0))

    assert set(names(written(fill, form))) == {"df", "table", "index", "values_block_0", "x", "patient_id", "größe"}


@pytest.mark.parametrize("form", FORMS, ids=FORM_NAMES)
def test_pandas_fixed(form: Any) -> None:
    """Names of columns are values of the first axis; those of rows, which are of the second, are not returned."""

    def fill(file: Any) -> None:
        group = file.create_group("df")
        group["axis0"] = numpy.array([b"patient_id", b"sex"])
        group["axis1"] = numpy.array([b"row_person_1", b"row_person_2"])
        group["block0_items"] = numpy.array([b"patient_id"])
        group["block0_values"] = numpy.zeros((2, 1))

    found = names(written(fill, form))
    assert set(found) == {"df", "axis0", "axis1", "block0_items", "block0_values", "patient_id", "sex"}


def test_cut_file() -> None:
    """Names in the first bytes of a long file are found, though what they name lies beyond."""

    def fill(file: Any) -> None:
        for name in COLUMNS:
            file[name] = numpy.zeros(10_000)

    data = written(fill)
    assert set(names(data[: len(data) // 4])) == set(COLUMNS)


@pytest.mark.parametrize("free", [1, 20])
def test_heap_of_a_lost_group(free: int) -> None:
    """Names in a heap are found when the group is lost, up to what is free in it, if there is something."""
    text = b"patient_id\0sex\0".ljust(20, b"\0") + b"what was\0"
    heap = b"HEAP\0\0\0\0" + b"".join(value.to_bytes(8, "little") for value in (len(text), free, 80)) + text
    wanted = {"patient_id", "sex", "what was"} if free == 1 else {"patient_id", "sex"}
    assert set(names(_superblock(1 << 40) + heap)) == wanted


@functools.cache
def samples() -> list[bytes]:
    """Return one file a form."""

    def fill(file: Any) -> None:
        _study(file)
        group = file.create_group("group")
        for each in range(30):
            group[f"c{each}"] = h5py.SoftLink("/")
        group.attrs["column-order"] = COLUMNS

    return [written(fill, form) for form in FORMS]


def _compact(data: bytes) -> bytes:
    """Return the first bytes, in which there is more to damage."""
    return data[:8192]


def test_cut_anywhere() -> None:
    """A file that ends early has some of its names."""
    for data in samples():
        whole = set(names(data))
        for place in range(0, len(data), 97):
            assert {name for name in tables.schema_of("HDF5", data[:place]) if "\ufffd" not in name} <= whole | TARGETS


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 30))
def test_any_damage(seed: int, count: int) -> None:
    """Bytes that are changed anywhere raise nothing, and cost no more than their number."""
    data = samples()[seed % len(FORMS)]
    assert is_linear("HDF5", damaged(_compact(data) if seed % 5 else data, seed, count))


@given(
    st.binary(max_size=400),
    st.sampled_from([b"\0\0\0\0\0\x08\x08\0" + bytes(80), b"\2\x08\x08\0" + bytes(24) + b"\x30" + bytes(11) + b"OHDR\2\0\xff"]),
)
def test_any_bytes(data: bytes, head: bytes) -> None:
    """Any bytes have names, or none."""
    assert is_linear("HDF5", b"\x89HDF\r\n\x1a\n" + head + data)


def _superblock(root: int) -> bytes:
    return b"\x89HDF\r\n\x1a\n\2\x08\x08\0" + bytes(24) + root.to_bytes(8, "little") + bytes(4)


@pytest.mark.parametrize("count", [500, 2000])
def test_overlapping_objects(count: int) -> None:
    """Objects that lie within each other are not read in full each time."""
    start = 48
    links = b""
    for each in range(count):
        links += (
            b"\6"
            + (13).to_bytes(2, "little")
            + b"\0"
            + b"\1\0\2"
            + b"%02x" % (each % 256)
            + (start + 17 * each).to_bytes(8, "little")
        )
    body = b"OHDR\2\2" + len(links).to_bytes(4, "little") + links
    data = _superblock(start) + body * 2
    assert is_linear("HDF5", data)


def test_loops() -> None:
    """A header that goes on in itself, and a group that holds itself, end."""
    again = b"\x10" + (16).to_bytes(2, "little") + b"\0" + (48).to_bytes(8, "little") + (64).to_bytes(8, "little")
    link = b"\6" + (15).to_bytes(2, "little") + b"\0" + b"\1\0\4self" + (48).to_bytes(8, "little")
    body = again + link
    data = _superblock(48) + b"OHDR\2\0" + bytes([len(body)]) + body + bytes(4)
    assert tables.schema_of("HDF5", data) == ("self",)


@pytest.mark.parametrize("unit", [b"FHDB\0", b"HEAP\0\0\0\0", b"\1", b"\1\xff", b"TREE", b"OHDR\2"])
def test_many_marks(unit: bytes) -> None:
    """Marks of structures, again and again, cost no more than their bytes."""
    for data in samples():
        assert is_linear("HDF5", data + unit * 4000)
        assert is_linear("HDF5", data[:600] + unit * 4000)
