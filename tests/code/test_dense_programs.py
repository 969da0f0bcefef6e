"""Programs of which a megabyte is a gigabyte as a tree are not parsed, and that is told."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_genomic_guard.views.code import python

if TYPE_CHECKING:
    from pathlib import Path

CALL = "import os\nos.system(given)\n"
DENSE = ["a\n", "a;", "a=1\n", "f()\n", "a.b\n", "a[1]\n", "f(a=1)\n", "lambda:0\n", "x = [" + "a," * 90 + "]\n"]
DENSE += ['x = [f"{a}{a}"]\n']


def _times(part: str, size: int) -> str:
    return part * (size // len(part)) + "\n"


@pytest.mark.parametrize("part", DENSE)
def test_what_is_dense_is_not_parsed(part: str) -> None:
    """Nothing of it is known, line by line, and it takes no time."""
    code = _times(part, 3 << 20)
    tree, lost = python.parsed(code)
    assert not tree.body
    assert len(lost) == code.count("\n") + 1


@pytest.mark.parametrize(
    "quiet",
    [
        'x = """' + "1,2\n" * 400_000 + '"""\n',
        "x = '" + ".,=" * 200_000 + "'\n",
        "# a, b, c\n" * 100_000,
        'y = r"\\d"\n' + "pass\n" * 90_000,
    ],
    ids=["triple", "single", "comments", "long"],
)
def test_signs_in_strings_and_comments_do_not_count(quiet: str) -> None:
    """Data that a program holds as a text make no large tree."""
    tree, lost = python.parsed(quiet + CALL)
    assert not lost
    assert len(tree.body) >= 2


def test_strings_that_are_not_closed_are_looked_at_once() -> None:
    """Quotes and strokes in any number: each sign is taken once. Were it again at each quote, this would take hours."""
    for part in ('"""\\', "'\\", '"\\"', "\\'''\n", 'f"', "'''\"", '\\"""\n'):
        tree, lost = python.parsed(_times(part + ",", 3 << 20))
        assert lost or tree.body


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process tells its own peak without that of whoever began it")
def test_memory_and_report(tmp_path: Path) -> None:
    """A scan of four megabytes takes little, and says that the program was read in part."""
    (tmp_path / "large.py").write_text(CALL + _times("a\n", (4 << 20) - 100), encoding="utf-8")
    code = (
        "from pytest_genomic_guard.cli.main import main\n"
        "try: main(['scan', '--jobs', '1', '--no-cache', '--format', 'json:report.json', 'large.py'])\n"
        "except SystemExit: pass\n"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[-1]) < 400 << 10
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert "RUN102" in {finding["code"] for finding in report["findings"]}
