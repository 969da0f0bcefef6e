"""Time a scan of many small files against reading the first 64 KiB of each.

    python benchmarks/tree.py [FILES [ROUNDS]]

The files, 100,000 unless said otherwise, are made of random words with sizes as repositories have them (median 1.1 kB), and
committed to a repository in a temporary folder; they are the same for every run. The commands run in turn, each in a process of
its own.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from _timing import rounds

_READ = """
import os, sys
for name in sys.stdin.buffer.read().split(b"\\0"):
    if name:
        file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        os.read(file, 65536)
        os.close(file)
"""
_SUFFIXES = ("py", "md", "txt", "json", "yml", "csv", "R")


def main() -> int:
    """Make the files, time, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        size = _make(root, count)
        names = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout
        scan = [sys.executable, "-I", "-m", "pytest_genomic_guard", "scan", ".", "--no-cache"]
        commands = {
            "bare Python": [sys.executable, "-I", "-c", "pass"],
            "read": [sys.executable, "-I", "-c", _READ],
            "scan, one process": [*scan, "--jobs", "1"],
            "scan": scan,
        }
        timed = rounds(commands, root, times, stdin=names)
    print(f"Python {sys.version.split()[0]}, pytest-genomic-guard {version('pytest-genomic-guard')}, {os.cpu_count()} cores")
    print(f"{count} files, {size / 1e6:.0f} MB, {times} rounds")
    floor = timed["read"].least
    for name, each in timed.items():
        print(f"{name:18} least {each.least:9.1f} ms   median {each.median:9.1f} ms   {each.least / floor:6.1f} x read")
    return 0


def _make(root: Path, count: int) -> int:
    """Write and commit the files; return their size."""
    chance = random.Random(count)  # noqa: S311 - the same files in every run
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) for _ in range(3000)]
    total = 0
    for number in range(count):
        folder = root / f"d{number // 1000}" / f"e{number // 100 % 10}"
        folder.mkdir(parents=True, exist_ok=True)
        size = min(60_000, int(chance.lognormvariate(7, 1.2)))
        lines = ["  ".join(chance.choices(words, k=10)) for _ in range(max(1, size // 75))]
        text = "\n".join(lines) + "\n"
        total += (folder / f"f{number}.{chance.choice(_SUFFIXES)}").write_text(text)
    settings = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "gc.auto=0"]
    for command in (["init", "-q"], ["add", "-A"], [*settings, "commit", "-qm", "files"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    return total


if __name__ == "__main__":
    raise SystemExit(main())
