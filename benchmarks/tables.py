"""Time the table readers over invented text of many kinds, against a named peer over the same bytes in the same run.

    python benchmarks/tables.py [FOLDER]

A table costs what finding it, asking for the roles of its columns, and counting one column whole cost together; the bar is 20 ms a
megabyte. Text without a table costs what it takes to see that. The peers are csv.reader, pandas.read_csv (when pandas is installed)
and json.loads: they parse alone, with the form given. With a folder, the files in it are read too, by the ends of their names.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import random
import sys
import time
from typing import TYPE_CHECKING

from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.views.streams import encoding
from pytest_genomic_guard.views.tables import from_text
from pytest_genomic_guard.views.tables.roles import roles, validate

if TYPE_CHECKING:
    from collections.abc import Callable

BAR = 20  # milliseconds a megabyte
NAMES = ["person", "born", "group", "weight"]
ENTRY = Memory({b"x": b""}).entries()[0]


def rows(count: int) -> list[list[str]]:
    """Return invented rows."""
    return [
        [f"N{7 * each:06}", f"{1930 + each % 60}-0{1 + each % 9}-1{each % 10}", "ab"[each % 2], f"{50 + each % 70}.5"]
        for each in range(count)
    ]


def written(count: int, *, quoted: bool) -> bytes:
    """Return rows as the csv module writes them."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator="\n").writerows([NAMES, *rows(count)])
    return out.getvalue().encode()


def cases() -> dict[str, tuple[bytes, str]]:
    """Return texts of about a megabyte, each with its peer."""
    draw = random.Random(3)  # noqa: S311 - the same text in every run
    cells = rows(12_000)
    records = [dict(zip(NAMES, row, strict=True)) for row in cells]
    wide = [[f"N{row}", *draw.choices("012", k=2000)] for row in range(250)]
    html = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>\n" for row in cells)
    bars = "".join(f"| {' | '.join(row)} |\n" for row in [NAMES, ["---"] * 4, *cells])
    prose = "A text of no kind, with commas; and (here and there) a number such as 17.\nIt goes on, as texts do.\n\n"
    code = "def area(width, height):\n    total = width * height + 1\n    return [total, 0]\n\n\n"
    bases = "".join(f">chr{each}\n{''.join(draw.choices('ACGT', k=60))}\n" for each in range(14_000))
    return {
        "csv": (written(38_000, quoted=False), "csv.reader"),
        "csv, all quoted": (written(28_000, quoted=True), "csv.reader"),
        "csv, words quoted": (
            b"".join(b'"%s","%s","%s",%s\n' % tuple(cell.encode() for cell in row) for row in rows(30_000)),
            "csv.reader",
        ),
        "tsv, 2,001 columns": ("\n".join("\t".join(row) for row in wide).encode(), "csv.reader"),
        "blanks": ("".join("  ".join(cell.ljust(10) for cell in row) + "\n" for row in rows(22_000)).encode(), "csv.reader"),
        "one value a line": ("".join(f"{draw.randint(10**6, 10**7 - 1)}\n" for _id in range(130_000)).encode(), "csv.reader"),
        "JSON records": (json.dumps(records).encode(), "json.loads"),
        "JSON lines": ("".join(json.dumps(record) + "\n" for record in records).encode(), "json.loads"),
        "HTML": (f"<table><tr><th>{'<th>'.join(NAMES)}</tr>\n{html}</table>".encode(), "csv.reader"),
        "Markdown": (f"# T\n\n{bars}\nEnd.\n".encode(), "csv.reader"),
        "prose": (prose.encode() * 10_000, ""),
        "code": (code.encode() * 12_000, ""),
        "minified code": (b"a=function(b,c){return b(c,1)};" * 33_000, ""),
        "FASTA": (bases.encode(), ""),
    }


def peers() -> dict[str, Callable[[bytes], object]]:
    """Return what parses, by its name."""
    found: dict[str, Callable[[bytes], object]] = {
        "csv.reader": lambda data: list(csv.reader(io.StringIO(data.decode()))),
        "json.loads": lambda data: [json.loads(line) for line in data.splitlines()],
    }
    if importlib.util.find_spec("pandas"):
        import pandas  # noqa: PLC0415 - where it is installed

        found["pandas.read_csv"] = lambda data: pandas.read_csv(io.BytesIO(data))
    return found


def judged(data: bytes) -> int:
    """Judge the tables of a text, and return how many there are."""
    number = 0
    for number, table in enumerate(from_text(data, ENTRY, ()), 1):  # noqa: B007 - the last number is the count
        found = roles(table)
        column = next((at for at, role in enumerate(found) if role), 0)
        validate(table, column, found[column] or "person-id" if found else "person-id")
    return number


def timed(work: Callable[[bytes], object], data: bytes, times: int = 5) -> float:
    """Return the least time of some runs, in milliseconds."""
    best = float("inf")
    for _run in range(times):
        begun = time.perf_counter()
        work(data)
        best = min(best, time.perf_counter() - begun)
    return best * 1e3


def folder(at: str) -> None:
    """Print how fast the files below a folder are read, by the ends of their names."""
    by: dict[str, tuple[int, float, int]] = {}
    for path, folders, names in os.walk(at):
        folders[:] = sorted(each for each in folders if each != ".git")
        for name in sorted(names):
            where = os.path.join(path, name)
            if os.path.islink(where) or not os.path.isfile(where):
                continue
            with open(where, "rb") as file:
                data = file.read()
            if encoding(data[:4096]) == "bytes":
                begun = time.perf_counter()
                tables = sum(1 for _table in from_text(data, ENTRY, (), name.encode("utf-8", "replace")))
                size, taken, found = by.get(os.path.splitext(name)[1], (0, 0.0, 0))
                by[os.path.splitext(name)[1]] = (size + len(data), taken + time.perf_counter() - begun, found + tables)
    for end, (size, taken, found) in sorted(by.items(), key=lambda each: -each[1][1])[:10]:
        print(f"{end or 'none':12} {size / 1e6:8.2f} MB {size / 1e6 / max(taken, 1e-9):7.1f} MB/s {found:6} tables")


def main() -> int:
    """Run, print, and return 1 when a bar is missed."""
    others = peers()
    missed = False
    for name, (data, peer) in cases().items():
        judged(data[: 1 << 12])
        ours = timed(judged, data)
        size = len(data) / 1e6
        missed |= ours > BAR * size
        wanted = [peer, "pandas.read_csv"] if name.startswith("csv") else [peer]
        told = [f"{ours / timed(others[other], data):.2f} x {other}" for other in wanted if other in others]
        print(f"{name:20} {size:5.2f} MB {ours:7.1f} ms {ours / size:7.1f} ms/MB  {', '.join(told)}")
    if len(sys.argv) > 1:
        folder(sys.argv[1])
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())
