"""Time the scan of a whole history against git alone: listing its objects, and handing out its blobs.

    python benchmarks/history.py REPOSITORY [ROUNDS]

The floor is `git rev-list --objects --all` and one `git cat-file --batch --buffer` over its blobs, one after the other, their
output thrown away. Both run in turn, each in processes of their own, with the files in the cache of the operating system.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from _peers import FLOOR
from _timing import rounds


def main() -> int:
    """Scan once for what there is, then time; return the status of a scan that could not be done."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    folder = Path(sys.argv[1]).resolve()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    scan = [sys.executable, "-I", "-m", "pytest_genomic_guard", "scan", "--history", "--format"]
    first = subprocess.run([*scan, "json"], cwd=folder, capture_output=True, check=False)
    if first.returncode not in {0, 1, 3}:
        sys.stderr.buffer.write(first.stderr)
        return first.returncode
    scanned = json.loads(first.stdout)["scanned"]
    commits = subprocess.run(["git", "rev-list", "--all", "--count"], cwd=folder, capture_output=True, text=True, check=True).stdout
    commands = {
        "git alone": [sys.executable, "-I", "-c", FLOOR],
        "scan, one process": [*scan, "text", "--jobs", "1"],
        "scan": [*scan, "text"],
    }
    times = rounds(commands, folder, count)
    print(f"Python {sys.version.split()[0]}, pytest-genomic-guard {version('pytest-genomic-guard')}, {os.cpu_count()} cores")
    print(f"{int(commits)} commits, {scanned['files']} blobs, {scanned['bytes'] / 1e6:.0f} MB, {count} rounds")
    floor = times["git alone"].least
    for name, each in times.items():
        print(f"{name:18} least {each.least:9.1f} ms   median {each.median:9.1f} ms   {each.least / floor:6.2f} x git alone")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
