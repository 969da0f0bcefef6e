"""Compare what bandit and the checks of code say of the Python files of folders, line by line.

    python benchmarks/bandit_superset.py FOLDER...

For each test of bandit that is about what machine learning does (loading, downloads, running of text and commands, archives,
certificates, SQL, hashes, addresses) it prints how many findings of medium or high severity there are, and on how many of their
lines one of ours stands, too. The others are printed with their places; docs/code.md states what is corrected on purpose.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

_NAMES = "B102 B113 B202 B301 B302 B303 B306 B307 B310 B314 B318 B323 B324 B501 B506 B507 B601 B602 B604 B605 B608 B609 B614 B615"
_TESTS = frozenset(_NAMES.split(" "))


def main() -> int:
    """Compare each folder and print the sums."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    theirs, both, rest = Counter[str](), Counter[str](), list[str]()
    ours = Counter[str]()
    for name in sys.argv[1:]:
        folder = Path(name).resolve()
        lines = _ours(folder)
        ours.update(code for codes in lines.values() for code in codes)
        for finding in _bandit(folder):
            path = str(Path(finding["filename"]).resolve().relative_to(folder))
            test = finding["test_id"]
            theirs[test] += 1
            span = {finding["line_number"], *finding["line_range"]}
            if any((path, line) in lines for line in span):
                both[test] += 1
            else:
                rest.append(f"{test} {folder.name}/{path}:{finding['line_number']}: {_line(folder / path, finding['line_number'])}")
    print(f"{'test':6} {'bandit':>7} {'ours too':>9}")
    for test in sorted(theirs):
        print(f"{test:6} {theirs[test]:7} {both[test]:9}")
    print(f"{'all':6} {sum(theirs.values()):7} {sum(both.values()):9}")
    print("ours by code:", dict(sorted(ours.items())))
    print("\n".join(sorted(rest)))
    return 0


def _line(path: Path, number: int) -> str:
    lines = path.read_text("utf-8", "replace").splitlines()
    return lines[number - 1].strip()[:160] if number <= len(lines) else ""


def _bandit(folder: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "bandit", "-r", str(folder), "-f", "json", "-q", "-ll"]
    done = subprocess.run(command, check=False, capture_output=True)
    return [each for each in json.loads(done.stdout)["results"] if each["test_id"] in _TESTS]


def _ours(folder: Path) -> dict[tuple[str, int], list[str]]:
    """Return the codes by path and line."""
    command = [
        sys.executable,
        "-m",
        "pytest_genomic_guard",
        "scan",
        str(folder),
        "--select",
        "COD1",
        "--format",
        "json",
        "--no-cache",
    ]
    done = subprocess.run(command, check=False, capture_output=True, cwd=folder)
    found: dict[tuple[str, int], list[str]] = {}
    for each in json.loads(done.stdout)["findings"]:
        if each["line"] and each["path"].endswith(".py"):
            found.setdefault((each["path"], each["line"]), []).append(each["code"])
    return found


if __name__ == "__main__":
    sys.exit(main())
