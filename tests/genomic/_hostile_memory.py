"""How much memory a scan takes beyond what its process had before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

LIMIT = 400  # MB
_METER = """
import importlib, resource, sys
sys.path.insert(0, sys.argv[1])
make = getattr(importlib.import_module(sys.argv[2]), sys.argv[3])
from pytest_genomic_guard.testing import scan
data = make(int(sys.argv[5]))[sys.argv[4]]
scan({b"y": b"a b c"})
unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit
report = scan({b"x": data})
assert not [gap for gap in report.gaps if gap.reason in {"view-failed", "check-failed"}]
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit - before)
"""


def grown(module: str, function: str, name: str, size: int) -> int:
    """Scan what a function makes, in a process of its own; return by how many MB that one grew."""
    words = [sys.executable, "-c", _METER, os.fspath(Path(__file__).parent), module, function, name, str(size)]
    return int(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
