r"""Count what the checks of participant ids say of folders, against the plain expression for a number of seven digits.

    python benchmarks/id_lists.py FOLDER...

The expression is `\b[1-6]\d{6}\b`, what a hook of a lab would look for, over the same files: those that git tracks, or all of a
plain folder. Printed are, for each folder, files, files and lines that the expression flags, findings of each check by outcome, and
where they are; a notebook's saved output counts as it stands in the file for the one, and as it is shown for the other.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

_PLAIN = re.compile(rb"\b[1-6]\d{6}\b")
_CODES = "GEN501,GEN502,GEN503"


def main() -> int:
    """Scan each folder and print a line, then the sums and the ratio."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    total: Counter[str] = Counter()
    print(f"{'folder':28} {'files':>7} {'regex files':>12} {'regex lines':>12} {'fail':>5} {'warn':>5} {'note':>5}")
    for name in sys.argv[1:]:
        folder = Path(name).resolve()
        files, lines, number = _flagged(folder)
        findings = _findings(folder)
        outcomes = Counter(each["outcome"] for each in findings)
        told = (outcomes["fail"], outcomes["warn"], outcomes["note"])
        print(f"{folder.name:28} {number:7} {files:12} {lines:12} {told[0]:5} {told[1]:5} {told[2]:5}")
        for each in findings:
            place = f"{each['path']}:{each['line']}" if each["line"] else each["path"]
            print(f"    {each['code']} {each['outcome']} {place} {', '.join(each['trail'])}: {each['message']}")
        total += Counter({"files": number, "regex files": files, "regex lines": lines, **outcomes})
    told_files = total["fail"] + total["warn"]
    print(f"{total['files']} files: the expression flags {total['regex files']} of them, {total['regex lines']} lines;")
    print(f"the checks fail {total['fail']}, warn {total['warn']}, note {total['note']}")
    print(f"{1000 * told_files / max(1, total['files']):.2f} failures and warnings per 1000 files, expression", end=" ")
    print(
        f"{1000 * total['regex files'] / max(1, total['files']):.1f} files; one to {total['regex files'] / max(1, told_files):.0f}"
    )
    return 0


def _flagged(folder: Path) -> tuple[int, int, int]:
    """Return how many files and lines the expression flags, of how many files."""
    listed = subprocess.run(["git", "-C", str(folder), "ls-files", "-z"], capture_output=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        paths = [folder / name for name in listed.stdout.decode("utf-8", "surrogateescape").split("\0") if name]
    else:
        paths = [path for path in folder.rglob("*") if ".git" not in path.parts]
    files = lines = number = 0
    for path in paths:
        if path.is_symlink() or not path.is_file():
            continue
        number += 1
        data = path.read_bytes()
        hits = len({data.count(b"\n", 0, found.start()) for found in _PLAIN.finditer(data)}) if len(data) < 1 << 20 else 0
        hits = hits or sum(1 for line in data.split(b"\n") if _PLAIN.search(line))
        files += bool(hits)
        lines += hits
    return files, lines, number


def _findings(folder: Path) -> list[dict[str, Any]]:
    """Return what the checks say."""
    command = [sys.executable, "-m", "pytest_genomic_guard", "scan", ".", "--select", _CODES, "--format", "json", "--no-cache"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode not in {0, 1, 3}:
        raise SystemExit(done.stderr.decode("utf-8", "replace"))
    found: list[dict[str, Any]] = [each for each in json.loads(done.stdout)["findings"] if each["code"].startswith("GEN5")]
    return found


if __name__ == "__main__":
    sys.exit(main())
