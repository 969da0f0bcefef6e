"""Files that were made to harm: nothing is unpickled, nothing is made of what a header claims, and memory stays bounded."""

from __future__ import annotations

import io
import json
import pickle
import struct
import tracemalloc
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from pytest_genomic_guard.evidence import rowmatrices, rowtables
from pytest_genomic_guard.metrics.nouns import Unusable

if TYPE_CHECKING:
    from pathlib import Path

WANTED: Any = {"score": "number"}


def unpickled() -> None:
    """Tell that something was unpickled."""
    raise SystemExit("unpickled")


class Bomb:
    """What does something when it is unpickled."""

    def __reduce__(self) -> Any:
        """Return the call."""
        return unpickled, ()


def npz(**members: bytes) -> bytes:
    """Return an archive with members as they are, compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.npy", data)
    return out.getvalue()


def npy(header: str, data: bytes = b"") -> bytes:
    """Return an array with a header as it is."""
    text = header.encode() + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + data


def claimed(count: int, kind: str = "<f8") -> str:
    """Return the header of an array that claims so many values."""
    return repr({"descr": kind, "fortran_order": False, "shape": (count,)})


def test_pickles() -> None:
    """An array of objects is refused by its header, in each form; a pickle by its first bytes."""
    out, archive = io.BytesIO(), io.BytesIO()
    np.save(out, np.array([Bomb()], dtype=object), allow_pickle=True)
    np.savez(archive, score=np.array([Bomb()], dtype=object))
    mixed = io.BytesIO()
    np.save(mixed, np.array([(1.0, Bomb())], dtype=[("score", "f8"), ("other", "O")]), allow_pickle=True)
    for data in (out.getvalue(), archive.getvalue(), mixed.getvalue()):
        for name in ("a.npz", "a.npy"):
            with pytest.raises(Unusable, match="pickle"):
                rowtables.table(data, name, WANTED)
            with pytest.raises(Unusable, match="pickle"):
                rowmatrices.matrix(data, name, "score")
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(Unusable, match="pickle"):
            rowtables.table(pickle.dumps(Bomb(), protocol), "a.csv", WANTED)


@pytest.mark.parametrize("count", [2**60, 2**63, 10**30, -1, 11])
def test_headers_that_claim(count: int) -> None:
    """A header that claims more than there is, or less than nothing."""
    data = npy(claimed(count), b"\0" * 80)
    for name, each in ("a.npy", data), ("a.npz", npz(score=data)):
        with pytest.raises(Unusable, match=r"shorter|damaged"):
            rowmatrices.matrix(each, name, "" if name == "a.npy" else "score")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "{",
        "{}",
        "[" * 5000,
        "(" * 60000,
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)" + " " * 60000,
        "__import__('os')",
    ],
)
def test_headers_of_any_text(header: str) -> None:
    """A header is read as a literal, of bounded length and depth."""
    for name, each in ("a.npy", npy(header)), ("a.npz", npz(score=npy(header))):
        with pytest.raises(Unusable, match="header"):
            rowtables.header(each, name)


def test_archives_that_expand() -> None:
    """A member that expands beyond the bound is refused before it is unpacked; one that says less than it has is damaged."""
    zeros = 1 << 20
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("score.npy", "w", force_zip64=True) as member:
        member.write(npy(claimed(400 * zeros // 8)))
        for _ in range(400):
            member.write(bytes(zeros))
    tracemalloc.start()
    with pytest.raises(Unusable, match="expands"):
        rowtables.table(out.getvalue(), "a.npz", WANTED)
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()
    whole = bytearray(npz(score=npy(claimed(1000), bytes(8000))))
    at = whole.index(b"PK\x01\x02") + 24
    whole[at : at + 4] = struct.pack("<I", 900)  # the size in the directory
    with pytest.raises(Unusable, match=r"damaged|shorter"):
        rowtables.table(bytes(whole), "a.npz", WANTED)


@pytest.mark.parametrize("kind", ["<U2", ">U2"])
def test_characters_that_are_none(kind: str) -> None:
    """A text of numbers beyond all characters is told, and the columns beside it are read."""
    made = np.zeros(3, [("g", kind), ("score", "f8")])
    made["g"] = ["a", "\U0010ffff", "é"]
    out = io.BytesIO()
    np.save(out, made)
    data = out.getvalue()
    assert rowtables.kinds(data, "a.npy")["score"].kind == "number"
    greatest = struct.pack(f"{kind[0]}I", 0x10FFFF)
    assert data.count(greatest) == 1
    data = data.replace(greatest, struct.pack(f"{kind[0]}I", 0x110000))
    with pytest.raises(Unusable, match="no character"):
        rowtables.table(data, "a.npy", {"g": "label"})
    found = rowtables.kinds(data, "a.npy")
    assert (found["g"].kind, found["score"].kind) == (None, "number")


def test_archives_with_two_of_a_name() -> None:
    """Two members of one name: which of them counts depends on the reader."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("score.npy", npy(claimed(1), bytes(8)))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("score.npy", npy(claimed(1), bytes(8)))
    with pytest.raises(Unusable, match="two of one name"):
        rowtables.header(out.getvalue(), "a.npz")


def test_a_stored_member_that_lies_elsewhere() -> None:
    """A directory that points beyond the file is damaged."""
    out = io.BytesIO()
    np.savez(out, score=np.zeros(50))
    data = bytearray(out.getvalue())
    at = data.index(b"PK\x01\x02")
    for place in (20, 24):  # both sizes
        data[at + place : at + place + 4] = struct.pack("<I", 1 << 30)
    with pytest.raises(Unusable, match=r"damaged|header"):
        rowtables.table(bytes(data), "a.npz", WANTED)


@pytest.mark.parametrize(
    "data",
    [
        b"score\n1\n\x001\n",
        b"\0\0\0\0",
        b"sco\0re\n1\n",
        b"score,a\n" + b"1," + b"x" * (17 << 20) + b"\n",
        b"x" * (17 << 20),
        b"score\n" + b"1\n" * 5 + b"1" * (17 << 20),
        b'score,a\n"' + b"1" * (1 << 18) + b'",2\n',
        b'score,a\n1,"' + b"x\n" * (1 << 20),
        b"," * 100_001 + b"\n",
    ],
    ids=["nul", "nuls", "nul in the header", "long line", "long header", "long end", "long cell", "open quote", "columns"],
)
def test_text_without_bounds(data: bytes) -> None:
    """NUL, rows and cells without end, and more columns than a table has."""
    for name in ("a.csv", "a.tsv"):
        with pytest.raises(Unusable):
            rowtables.table(data, name, WANTED)


@pytest.mark.parametrize(
    "data",
    [
        b'{"score": 1, "score": 2}',
        b"[" * 100_000,
        b'{"score": ' + b"9" * 10_000 + b"}",
        b"1",
        b"[1]",
        b'{"score": 1}\n[2]\n{',
        b'{"score": {"a": 1}}\n{"score": 1}',
        b'{"score": ' + b" " * (17 << 20) + b"1}",
        b"\xff\xfe\x00",
    ],
)
def test_json_of_any_shape(data: bytes) -> None:
    """Repeated keys, depth, digits without end, and what is no object."""
    for name in ("a.jsonl", "a.json"):
        with pytest.raises(Unusable):
            rowtables.table(data, name, WANTED)


def test_columns_twice_in_other_formats() -> None:
    """A column that is there twice is no column in Arrow either."""
    table = pa.table([pa.array([1.0]), pa.array([2.0])], names=["score", "score"])
    out = io.BytesIO()
    parquet.write_table(table, out)
    with pytest.raises(Unusable, match="more than one column 'score'"):
        rowtables.table(out.getvalue(), "a.parquet", WANTED)


class Endless(io.RawIOBase):
    """A file of many rows that is nowhere whole."""

    def __init__(self, head: bytes, part: bytes, times: int) -> None:
        """Take its beginning, and what is repeated behind it."""
        self._head, self._part, self._size = head, part, len(head) + len(part) * times
        self._at = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be read again."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go somewhere."""
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Give what comes next."""
        head, part, at = self._head, self._part, self._at
        if at < len(head):
            data = head[at : at + len(buffer)]
        else:
            begin = (at - len(head)) % len(part)
            data = part[begin : begin + min(len(buffer), self._size - at)]
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


@pytest.mark.parametrize("quoted", [False, True])
def test_streams_take_little_memory(quoted: bool) -> None:  # noqa: FBT001
    """What is held of a long file is a chunk of it."""
    row = b'"1",0.25,EUR\n' if quoted else b"1,0.25,EUR\n"
    file = io.BufferedReader(Endless(b"y,score,g\n", row * 4096, 600 if not quoted else 60))
    rows = 0
    tracemalloc.start()
    for chunk in rowtables.chunks(file, "a.csv", {"score": "number", "g": "label"}, rows=1 << 16):
        rows += chunk.rows
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows == 4096 * (600 if not quoted else 60)
    assert peak < 40 << 20


def test_a_large_packed_column_is_streamed(tmp_path: Path) -> None:
    """A compressed column is unpacked chunk by chunk."""
    luck = np.random.default_rng()
    np.savez_compressed(tmp_path / "a.npz", score=luck.random(1 << 22).astype(np.float16), g=luck.integers(0, 3, 1 << 22, np.int8))
    total = 0
    tracemalloc.start()
    with (tmp_path / "a.npz").open("rb") as file:
        for chunk in rowtables.chunks(file, "a.npz", {"score": "number", "g": "label"}, rows=1 << 16):
            total += chunk.rows
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == 1 << 22
    assert peak < 12 << 20  # the columns are 12 MiB as they are, and 48 MiB as numbers and codes


def test_json_lines_are_streamed() -> None:
    """Objects are held some thousands at a time."""
    row = json.dumps({"score": 0.25, "g": "EUR"}).encode() + b"\n"
    file = io.BufferedReader(Endless(b"", row * 1024, 60))
    tracemalloc.start()
    rows = sum(chunk.rows for chunk in rowtables.chunks(file, "a.jsonl", {"score": "number", "g": "label"}))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows == 1024 * 60
    assert peak < 16 << 20  # all of them take 30 MiB
