"""Time a scan of a folder against reading its files.

    python benchmarks/scan.py FOLDER [ROUNDS]

Reading is what no scanner can avoid: each file is opened and read once, in this order, without looking at it. Both run in turn,
each in a process of its own, with the files in the cache of the operating system after a first round that does not count.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from _timing import rounds

_READ = """
import os, sys
for name in sys.stdin.buffer.read().split(b"\\0"):
    try:
        file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        continue
    while os.read(file, 1 << 20):
        pass
    os.close(file)
"""


def main() -> int:
    """Scan once for what there is, then time; return the status of the scan when it could not be done."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    folder = Path(sys.argv[1]).resolve()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    scan = [sys.executable, "-I", "-m", "pytest_genomic_guard", "scan", ".", "--format"]
    first = subprocess.run([*scan, "json"], cwd=folder, capture_output=True, check=False)
    if first.returncode not in {0, 1, 3}:
        sys.stderr.buffer.write(first.stderr)
        return first.returncode
    scanned = json.loads(first.stdout)["scanned"]
    names = _files(folder)
    commands = {
        "bare Python": [sys.executable, "-I", "-c", "pass"],
        "read": [sys.executable, "-I", "-c", _READ],
        "scan": [*scan, "text"],
    }
    times = rounds(commands, folder, count, stdin=names)
    floor = times["bare Python"].median
    size = scanned["bytes"] / 1e6
    print(f"Python {sys.version.split()[0]}, pytest-genomic-guard {version('pytest-genomic-guard')}, {count} rounds, one process")
    print(f"{scanned['files']} files, {size:.1f} MB, {os.cpu_count()} cores, of which one is used")
    for name in ("read", "scan"):
        timed = times[name]
        speed = size / max(1e-6, (timed.median - floor) / 1e3)
        print(f"{name:8} least {timed.least:9.1f} ms   median {timed.median:9.1f} ms   {speed:8.1f} MB/s beyond start-up")
    print(f"scan over read: {times['scan'].median / times['read'].median:.1f}")
    return 0


def _files(folder: Path) -> bytes:
    """Return the names that a scan of the folder sees, each followed by a zero byte: tracked and untracked, not ignored."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listed, cwd=folder, capture_output=True, check=False)
    if done.returncode == 0:
        return done.stdout
    found = [os.fsencode(os.path.join(at, name)) for at, _folders, names in os.walk(folder) for name in names]
    return b"".join(name + b"\0" for name in found)


if __name__ == "__main__":
    raise SystemExit(main())
