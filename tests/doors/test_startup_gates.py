"""What a run of pytest imports where gates are, and where none are: numpy comes with the first figure that is computed."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from _precommit import Scratch, environment

if TYPE_CHECKING:
    from pathlib import Path

POLICY = b'version: 1\nfairness: {sepsis: {data: rows.csv, groups: [ancestry], bounds: {tpr.difference: "<= 0.5"}}}\n'
ROWS = b"ancestry,y_true,y_pred\n" + b"AFR,1,1\nEUR,1,1\nAFR,1,0\nEUR,1,0\n" * 50
# Others' plugins stay away, as some import numpy. One stands in the process that runs the tests; one in that of the scan, which
# nothing of the repository reaches.
_IN_PYTEST = "import sys\n\ndef pytest_unconfigure():\n    print('NUMPY', 'numpy' in sys.modules)\n"
_IN_SCAN = """
import sys
from pytest_genomic_guard.cli.main import main
try:
    status = main(["scan"])
except SystemExit as error:
    status = error.code
print("NUMPY", "numpy" in sys.modules)
"""


def _repository(root: Path, *, gate: bool) -> Scratch:
    found = Scratch(root)
    found.stage("conftest.py", _IN_PYTEST.encode())
    found.stage("test_mine.py", b"def test_mine():\n    pass\n")
    found.stage(".gitignore", b"rows.csv\n__pycache__/\n")
    found.stage(".genomic-guard.yaml", POLICY if gate else b"version: 1\n")
    found.write("rows.csv", ROWS)
    return found


def _brings_numpy(command: list[str], found: Scratch) -> bool:
    done = subprocess.run(
        command, cwd=found.root, env=environment(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1"), capture_output=True, text=True, check=False
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("NUMPY")]
    assert len(lines) == 1, done.stdout + done.stderr
    return lines[0].endswith("True")


@pytest.mark.parametrize("gate", [False, True])
def test_numpy_comes_with_a_gate(tmp_path: Path, *, gate: bool) -> None:
    """Without a gate neither the tests' process nor the scan imports numpy; with one the scan does, and the tests' does not."""
    found = _repository(tmp_path / "repository", gate=gate)
    tests = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "pytest_genomic_guard.pytest_plugin",
        "--genomic-guard",
    ]
    assert not _brings_numpy(tests, found)
    assert _brings_numpy([sys.executable, "-I", "-c", _IN_SCAN], found) == gate
