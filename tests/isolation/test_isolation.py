"""Processes that decode: the limits that they take."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(sys.platform != "linux", reason="Linux keeps all of these limits, others some")
def test_limits(tmp_path: Path) -> None:
    """Once it has its limits, the process opens no file, writes to none, leaves no core, and has little memory."""
    kept = tmp_path / "kept"
    script = f"""
import os, resource, sys
from pytest_genomic_guard.isolation import limits
kept = open({str(kept)!r}, "wb", 0)
limits.limit(5, 2 << 30)
signs = []
for attempt in (lambda: open("/etc/hostname"), lambda: kept.write(b"x"), lambda: bytearray(4 << 30), lambda: os.pipe()):
    try:
        attempt()
    except (OSError, MemoryError):
        signs.append("refused")
print(*signs, resource.getrlimit(resource.RLIMIT_CORE)[1] <= 1, resource.getrlimit(resource.RLIMIT_CPU)[0])
"""
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["refused"] * 4 + ["True", "5"]
    assert not kept.stat().st_size
