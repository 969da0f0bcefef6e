"""Time a scan of many small files against reading the first 64 KiB of each, without a cache and in a second run that has one.

    python benchmarks/tree.py [FILES [ROUNDS]]

The files, 100,000 unless said otherwise, are plausible texts (Python, Markdown, prose, configuration, tables of counts, R) with
sizes as repositories have them (median 1.1 kB), committed to a repository in a temporary folder; they are the same for every run.
The commands run in turn, each in a process of its own. The status is 1 when a bar is missed: a scan without a cache, with a process
for each processor, takes no more than five times the reading, and one with a cache no more than half a second.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from _timing import QUIET, rounds
from _trees import commit, make

if TYPE_CHECKING:
    from _timing import Timed

BAR_READ, BAR_CACHED_MS = 5, 500
_MANY = 0.001  # of the files can have a finding; more, and the texts are not what they are meant to be
_READ = """
import os, sys
for name in sys.stdin.buffer.read().split(b"\\0"):
    if name:
        file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        os.read(file, 65536)
        os.close(file)
"""
_SCAN = [sys.executable, "-I", "-m", "pytest_genomic_guard", "scan", "."]


def main() -> int:
    """Make the files, time, print; return 1 when a bar is missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "tree")
        size = make(root, count)
        commit(root)
        names = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout
        # `rounds` runs all once before it counts, which fills the cache
        cached = ["env", f"XDG_CACHE_HOME={folder}/cache", *_SCAN]
        _harmless(root, count)
        commands = {
            "bare Python": [sys.executable, "-I", "-c", "pass"],
            "read": [sys.executable, "-I", "-c", _READ],
            "no cache, one process": [*_SCAN, "--no-cache", "--jobs", "1"],
            "no cache": [*_SCAN, "--no-cache"],
            "cached, one process": [*cached, "--jobs", "1"],
            "cached": cached,
        }
        timed = rounds(commands, root, times, stdin=names)
    print(f"Python {sys.version.split()[0]}, pytest-genomic-guard {version('pytest-genomic-guard')}, {os.cpu_count()} cores")
    print(f"{count} files, {size / 1e6:.0f} MB, {times} rounds")
    return _report(timed)


def _harmless(root: Path, count: int) -> None:
    """See that the scan reads all files and finds next to nothing in them."""
    command = [*_SCAN, "--no-cache", "--format", "json"]
    told = json.loads(subprocess.run(command, cwd=root, env=QUIET, capture_output=True, check=False).stdout)
    if told["scanned"]["files"] != count or len(told["findings"]) > count * _MANY:
        raise SystemExit(f"{told['scanned']['files']} of {count} files were scanned, {len(told['findings'])} findings")


def _report(timed: dict[str, Timed]) -> int:
    floor = timed["read"].least
    for name, each in timed.items():
        print(f"{name:22} least {each.least:9.1f} ms   median {each.median:9.1f} ms   {each.least / floor:6.1f} x read")
    share, kept = timed["no cache"].least / floor, timed["cached"].least
    print(f"no cache over read {share:8.1f}      (bar {BAR_READ})")
    print(f"cached             {kept:8.1f} ms   (bar {BAR_CACHED_MS})")
    return 0 if share <= BAR_READ and kept <= BAR_CACHED_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
