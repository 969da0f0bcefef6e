"""A gate over a columnar file: what parses it in C is not in the process that scans."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pyarrow as pa
from _gate import BAD, GOOD, POLICY, ROWS, fairness, rows, write
from pyarrow import parquet

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = (
    "import sys\nfrom pytest_genomic_guard.cli.main import main\n"
    "code = main(['scan', '--format', 'json', sys.argv[1]])\n"
    "print([name for name in ('pyarrow', 'pandas') if name in sys.modules], file=sys.stderr)"
)


def test_no_pyarrow_where_a_scan_runs(tmp_path: Path) -> None:
    """Rows as Parquet are judged as those of csv are, and pyarrow is not imported by who scans them."""
    for name, given in ("good", GOOD), ("bad", BAD):
        text = rows(given)
        records = list(csv.DictReader(io.StringIO(text)))
        table = pa.table({key: [record[key] for record in records] for key in records[0]})
        out = io.BytesIO()
        parquet.write_table(table, out)
        said = []
        for end, data in ("csv", text.encode()), ("parquet", out.getvalue()):
            folder = tmp_path / name / end
            folder.mkdir(parents=True)
            policy = fairness().replace(ROWS, f"rows.{end}")
            write(folder, {POLICY: policy})
            (folder / f"rows.{end}").write_bytes(data)
            done = subprocess.run([sys.executable, "-I", "-c", PROGRAM, str(folder)], capture_output=True, check=False)
            assert done.stderr.decode().strip().splitlines()[-1] == "[]"
            (gate,) = json.loads(done.stdout)["gates"]
            said.append(
                (gate["verdict"], gate["value"], gate["low"], gate["high"]) if "low" in gate else (gate["verdict"], gate["value"])
            )
        assert said[0] == said[1]
        assert said[0][0] == ("pass" if name == "good" else "fail")
