"""Columnar files that were made to harm, and a process that decodes them and dies, hangs, or says what it must not."""

from __future__ import annotations

import datetime
import decimal
import io
import os
import struct
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from _rowtables import columns, figures, files
from pyarrow import parquet

from pytest_genomic_guard.evidence import frames, rowarrow, rowchild, rowtables, rowwire
from pytest_genomic_guard.metrics.nouns import Unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WANTED: Any = {"score": "number", "g": "label"}
GIVEN: dict[str, list[Any]] = {"score": [0.25, 1.5], "g": ["EUR", "AFR"]}
FILES = {name: data for name, data in files(GIVEN).items() if name.endswith(("parquet", "feather", "arrows"))}
BROKEN = "could not be decoded"
HELLO = r"""
import os, struct, sys, time, signal
out = sys.stdout.buffer
def say(kind, data=b""):
    out.write(struct.pack("<BI", ord(kind), len(data)) + data)
    out.flush()
header = struct.pack("<III", 2, 5, 1) + b"scoreg"
def hear(count):
    return sys.stdin.buffer.read(count)
def job():
    hear(1)
    return hear(struct.unpack("<I", hear(4))[0])
"""


STAND_INS: list[str] = []


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    yield
    if STAND_INS:  # which must meet no other test
        rowchild.close()
        STAND_INS.clear()


def scripted(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let a script stand in for the process."""
    rowchild.close()
    STAND_INS.append(script)
    monkeypatch.setattr(rowchild, "command", lambda: [sys.executable, "-I", "-c", HELLO + script])


def packed(table: Any, **options: Any) -> bytes:
    """Return a table as Parquet."""
    out = io.BytesIO()
    parquet.write_table(table, out, **options)
    return out.getvalue()


def streamed(table: Any) -> bytes:
    """Return a table as a stream of Arrow."""
    out = io.BytesIO()
    with pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table)
    return out.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_cut_files(name: str) -> None:
    """A file that ends early, wherever: no row of it is invented."""
    data = FILES[name]
    for end in range(8, len(data) - 8, max(1, len(data) // 40)):
        try:
            table = rowtables.table(data[:end], name, WANTED)
        except Unusable:
            continue
        assert name.endswith("arrows")  # a stream may end between batches
        assert table.rows in {0, 2}


def test_cut_footer() -> None:
    """A Parquet file whose footer is cut, longer than the file, or has nothing in it."""
    data = FILES["rows.parquet"]
    size = struct.unpack("<I", data[-8:-4])[0]
    for footer in (
        data[-8 - size : -8 - size // 2] + struct.pack("<I", size - size // 2),
        struct.pack("<I", 0xFFFFFFFF),
        struct.pack("<I", len(data)),
        b"\0" * size + struct.pack("<I", size),
    ):
        with pytest.raises(Unusable):
            rowtables.table(data[: -8 - size] + footer + b"PAR1", "a.parquet", WANTED)


@pytest.mark.parametrize("claim", [b"\xff\xff\xff\xff\x0f", b"\xff\xff\xff\xff\xff\xff\xff\xff\x7f", b"\x80\x80\x80\x80\x08"])
def test_lengths_in_a_footer(claim: bytes) -> None:
    """Lengths of any size, at each place of the footer: a table or unusable, and the process is ready for the next file."""
    data = FILES["rows.parquet"]
    size = struct.unpack("<I", data[-8:-4])[0]
    footer = data[-8 - size : -8]
    for at in range(0, size, max(1, size // 60)):
        made = footer[:at] + claim + footer[at + len(claim) :]
        try:
            rowtables.table(data[: -8 - size] + made + struct.pack("<I", len(made)) + b"PAR1", "a.parquet", WANTED)
        except Unusable as error:
            assert len(str(error)) < 200  # noqa: PT017 - a table is as good
    assert rowtables.table(data, "a.parquet", WANTED).rows == 2


def test_rows_without_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file of very many rows: no more of them are taken than the bound."""
    nothing = pa.RecordBatch.from_arrays([pa.nulls(1 << 24), pa.nulls(1 << 24)], names=["score", "g"])
    out = io.BytesIO()
    with pa.ipc.new_stream(out, nothing.schema) as writer:
        for _ in range(64):
            writer.write_batch(nothing)
    data = out.getvalue()  # 2**30 rows
    assert len(data) < 20_000
    monkeypatch.setattr(rowarrow, "_HARMLESS", 64 << 20)
    with pytest.raises(Unusable, match="expand further than the bound"):
        rowtables.table(data, "a.arrows", {"g": "label"})
    with pytest.raises(Unusable, match=r"'score' is empty in row 1$"):
        rowtables.table(data, "a.arrows", WANTED)
    same = pa.table(
        {"score": pa.array(np.zeros(20_000_000, np.int8)), "g": pa.array(["EUR"]).take(pa.array(np.zeros(20_000_000, int)))}
    )
    small = packed(same, compression="zstd")
    assert len(small) < 1 << 20
    with pytest.raises(Unusable, match="expand further than the bound"):
        rowtables.table(small, "a.parquet", WANTED)


def test_memory_that_a_file_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """A compressed buffer that claims to be huge takes no memory of ours, nor any of the process beyond its limit."""
    out = io.BytesIO()
    table = pa.table({"score": np.zeros(100_000), "g": ["EUR"] * 100_000})
    with pa.ipc.new_stream(out, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)
    data = out.getvalue()
    claimed = struct.pack("<q", 800_000)
    assert data.count(claimed) >= 1
    for size in (1 << 50, 1 << 62, -2, 5 << 30):
        with pytest.raises(Unusable):
            rowtables.table(data.replace(claimed, struct.pack("<q", size)), "a.arrows", WANTED)
    assert rowtables.table(data, "a.arrows", WANTED).rows == 100_000
    monkeypatch.setattr(rowwire, "CELL", 10)  # in this process, not in the other: there the bound is 16 MiB
    with pytest.raises(Unusable, match="longer than 16 MiB"):
        rowtables.table(streamed(pa.table({"g": ["x" * (17 << 20)]})), "a.arrows", {"g": "label"})


def test_long_texts_come_in_more_blocks() -> None:
    """Rows that are too long together come in several blocks, each of its own; what is asked for of them is the same."""
    words = [f"{number}" + "x" * (1 << 20) for number in range(80)]
    found = rowtables.kinds(packed(pa.table({"note": words, "n": list(range(80))})), "a.parquet")
    assert (found["note"].labels, found["n"].kind) == (80, "number")


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "could not be started"),
        ("raise ImportError", "could not be started"),
        ("say('N')", r"pytest-genomic-guard\[tables\]"),
        ("say('R'); os.close(0); time.sleep(0.2); os.abort()", BROKEN),
        ("say('R'); job(); os.kill(os.getpid(), signal.SIGSEGV)", BROKEN),
        ("say('R'); job(); say('A', struct.pack('<QI', 0, 9)); hear(13); os.abort()", BROKEN),
        ("say('R'); job(); say('A', b'123'); time.sleep(99)", BROKEN),
        ("say('R'); job(); out.write(b'H' + b'\\xff' * 4); out.flush(); time.sleep(99)", BROKEN),
        ("say('R'); job(); out.write(b'H\\x09\\0\\0\\0abc'); out.flush(); os.abort()", BROKEN),
        ("say('R'); job(); say('H', b''); time.sleep(99)", BROKEN),
        ("say('R'); job(); say('H', b'\\xff\\xff\\xff\\xff'); time.sleep(99)", "more than 100,000 columns"),
        ("say('R'); job(); say('H', struct.pack('<II', 1, 2) + b'\\xff\\xff'); time.sleep(99)", "damaged"),
        ("say('R'); job(); say('F', b'text of the file'); time.sleep(99)", "damaged"),
        ("say('R'); job(); say('F', b'm'); time.sleep(99)", "memory"),
        ("say('R'); job(); say('B', b''); time.sleep(99)", BROKEN),
    ],
)
def test_a_process_that_fails(script: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that dies or breaks the rules is told as that; nothing that it says is shown."""
    scripted(monkeypatch, script)
    with pytest.raises(Unusable, match=message) as raised:
        rowtables.header(FILES["rows.parquet"], "a.parquet")
    assert "text of the file" not in str(raised.value)


COLUMN = "b'd\\0' + struct.pack('<2d', 1, 2)"
LABELS = "struct.pack('<II', 1, 1) + b'x'"
CODED = "b'C' + struct.pack('<2i', 0, 0) + struct.pack('<I', 1) + b'T\\0' + struct.pack('<I', 1) + b'x'"


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (f"struct.pack('<I', 2) + {COLUMN}", "damaged"),  # a column less
        (f"struct.pack('<I', 2) + {COLUMN} + {CODED} + b'1'", "damaged"),
        (f"struct.pack('<I', 3) + {COLUMN} + {CODED}", "damaged"),
        (f"struct.pack('<I', 0xffffffff) + {COLUMN} + {CODED}", "damaged"),
        (f"struct.pack('<I', 2) + {COLUMN} + {CODED.replace('0, 0', '0, 1')}", "damaged"),  # a code of no value
        (f"struct.pack('<I', 2) + {COLUMN} + {CODED.replace('0, 0', '0, -2')}", "damaged"),
        (f"struct.pack('<I', 2) + {COLUMN} + {CODED}".replace("1) + b'T", "0xffffffff) + b'T"), "damaged"),
        (f"struct.pack('<I', 2) + {COLUMN} + {CODED}".replace("b'x'", "b'\\xff'"), "damaged"),
        (f"struct.pack('<I', 2) + {COLUMN} + b'?\\0\\1'", "damaged"),
        (f"struct.pack('<I', 2) + {COLUMN} + b'z\\0'", "damaged"),
        (f"struct.pack('<I', 2) + {COLUMN} + b'O\\0'", "no plain value in row 1"),
        (
            f"struct.pack('<I', 2) + {COLUMN.replace('1, 2', '1, float(chr(110)+chr(97)+chr(110))')} + {CODED}",
            "finite number in row 2",
        ),
        ("b'\\0' * 4 + b'd\\0' + b'C' + struct.pack('<I', 0) + b'T\\0'", BROKEN),  # no rows, again and again
    ],
)
def test_blocks_that_are_none(block: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what a process says nothing is believed: counts, codes, lengths and texts are held against each other."""
    scripted(monkeypatch, f"say('R'); job(); say('H', header); say('.'); job()\nwhile True: say('B', {block})")
    with pytest.raises(Unusable, match=message):
        rowtables.table(FILES["rows.parquet"], "a.parquet", WANTED)


def test_more_rows_than_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A block of more rows than were asked for."""
    block = f"struct.pack('<I', 2) + {COLUMN} + {CODED}"
    scripted(monkeypatch, f"say('R'); job(); say('H', header); say('.'); job(); say('B', {block}); say('.')")
    assert rowtables.table(FILES["rows.parquet"], "a.parquet", WANTED).rows == 2
    rowchild.close()
    with pytest.raises(Unusable, match=BROKEN):
        list(rowtables.chunks(FILES["rows.parquet"], "a.parquet", WANTED, rows=1))


@pytest.mark.parametrize(
    "what", ["time.sleep(600)", "\nwhile True: pass", "\nwhile True: say('A', struct.pack('<QI', 1 << 63, 9)); hear(4)"]
)
def test_a_process_that_hangs(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that takes its time is ended, with what it forked."""
    ids = tmp_path / "ids"
    note = f"open({str(ids)!r}, 'a').write(str(os.getpid()) + ' ')"
    scripted(monkeypatch, f"say('R'); job()\nif hasattr(os, 'fork'): os.fork()\n{note}; {what}".replace("; \n", "\n"))
    monkeypatch.setattr(rowchild, "SECONDS", 1)
    with pytest.raises(Unusable, match=BROKEN):
        rowtables.header(FILES["rows.parquet"], "a.parquet")
    for number in ids.read_text().split():
        gone(int(number))


def gone(number: int) -> None:
    """Wait until a process is no more, or is only waited for by nobody."""
    for _attempt in range(200):
        try:
            with open(f"/proc/{number}/stat") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return
        except OSError:
            return
        time.sleep(0.1)
    raise AssertionError("still there")


def test_one_process_for_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are decoded by processes forked from one, damaged ones between them; two that are read side by side have one each."""
    rowchild.close()
    plain, started = rowchild.command, []

    def command() -> list[str]:
        started.append(1)
        return plain()

    monkeypatch.setattr(rowchild, "command", command)
    for name, data in FILES.items():
        assert rowtables.table(data, name, WANTED).columns["g"].labels == ("AFR", "EUR")
        with pytest.raises(Unusable):
            rowtables.table(data[:9], name, WANTED)
    assert len(started) == 1
    given = columns(2000)
    data = files(given)["rows.parquet"]
    both = zip(*(rowtables.chunks(data, "a.parquet", {"score": "number"}, rows=300) for _ in "ab"), strict=True)
    for one, other in both:
        assert one.columns["score"].numbers.tolist() == other.columns["score"].numbers.tolist()
    assert len(started) == 2
    next(rowtables.chunks(data, "a.parquet", {"score": "number"}, rows=300))  # nobody reads on: it ends
    assert rowtables.table(data, "a.parquet", {"score": "number"}).rows == 2000


ODD: dict[str, Any] = {
    "nulls": pa.array([1.5, None, 2.5]),
    "whole": pa.array([2**63 + 5, 1, None], pa.uint64()),
    "half": pa.array(np.array([0.5, 1, 2], np.float16)),
    "truths": pa.array([True, None, False]),
    "words": pa.array(["x", None, "é ü"], pa.large_string()),
    "bytes": pa.array([b"x", None, b"\xff"]),
    "fixed": pa.array([b"ab", None, b"cd"], pa.binary(2)),
    "money": pa.array([decimal.Decimal("0.1"), None, decimal.Decimal("12.5")]),
    "days": pa.array([None, datetime.date(2020, 1, 1), None]),
    "times": pa.array([None, 1, 2], pa.timestamp("ns", "UTC")),
    "lists": pa.array([[1], None, [2]]),
    "records": pa.array([{"a": 1}, {"a": 2}, None]),
    "nothing": pa.nulls(3),
    "codes": pa.DictionaryArray.from_arrays(pa.array([3, None, 0], pa.uint8()), ["a", "b", "c", "d", "e"]),
    "numbers": pa.DictionaryArray.from_arrays(pa.array([1, 0, 1], pa.int16()), [0.5, 2.0]),
    "days by code": pa.DictionaryArray.from_arrays(pa.array([0, 0, 0]), pa.array([datetime.date(2020, 1, 1)])),
}


@pytest.mark.parametrize("kind", ["number", "truth", "label", "key"])
@pytest.mark.parametrize("name", ODD)
def test_values_of_any_type(name: str, kind: Any) -> None:
    """Whatever a column holds, a file of it gives what the same column in memory gives, or the same complaint."""
    table = pa.table({name: ODD[name]})
    said: list[list[Any]] = []
    reads: tuple[Callable[[], Any], ...] = (
        lambda: frames.table(table, {name: kind}),
        lambda: rowtables.table(streamed(table), "a.arrows", {name: kind}),
        lambda: rowtables.table(packed(table), "a.parquet", {name: kind}),
    )
    for read in reads:
        try:
            found = read()
            codes = found.columns[name].codes
            said.append(figures(found) if kind != "key" else [codes.tolist().index(code) for code in codes])  # which ids are equal
        except Unusable as error:
            said.append([(str(error),)])
    assert said[1] == said[2]
    assert said[0] == said[1]


def test_runs() -> None:
    """An array of runs is decoded row by row, of the rows that are asked for alone."""
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["EUR", "AFR"]))
    table = rowtables.table(streamed(pa.table({"g": runs})), "a.arrows", {"g": "label"})
    assert [table.columns["g"].labels[code] for code in table.columns["g"].codes] == ["EUR", "EUR", "AFR"]


def test_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process gets none of the environment, and no file of ours."""
    monkeypatch.setenv("MARK_OF_THE_ENVIRONMENT", "x")
    seen = tmp_path / "seen"
    probe = "os.listdir('/proc/self/fd') if os.path.isdir('/proc/self/fd') else []"
    scripted(monkeypatch, f"open({str(seen)!r}, 'w').write(repr((sorted(os.environ), os.getcwd(), {probe})))")
    (tmp_path / "a.parquet").write_bytes(FILES["rows.parquet"])
    with (tmp_path / "a.parquet").open("rb") as file, pytest.raises(Unusable):
        rowtables.header(file, "a.parquet")
    text = seen.read_text()
    assert "MARK_OF_THE_ENVIRONMENT" not in text
    assert repr(os.path.abspath(os.sep)) in text
    assert text.count("'5'") == 0  # the three pipes, the listing, and the note itself
