"""Time what is said of the licences of an environment of 300 distributions: against pip-licenses, and against reading metadata.

    python benchmarks/licences.py [ROUNDS]

The environment is generated: metadata with a description, a licence file, a record and some source files for each distribution.
All commands run in turn within each round, so that a busy machine disturbs all alike; the figures are the least and the median of
the rounds. "cold" remembers nothing, "warm" knows the environment and judges anew, "unchanged" is a scan in which
nothing changed, "not licences" one of another family, for what every scan takes.
The bars: a warm list in 500 ms, an unchanged scan 100 ms over bare Python, and each faster than pip-licenses.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from _timing import Timed, git, rounds, script

BAR_LIST_MS, BAR_SCAN_MS = 500, 100
COUNT, SOURCES = 300, 20
LICENCES = (
    ("License-Expression: MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy of this software"),
    ("License: BSD\nClassifier: License :: OSI Approved :: BSD License", "Redistribution and use in source and binary forms"),
    ("License-Expression: Apache-2.0", "Apache License\nVersion 2.0, January 2004"),
    ("Classifier: License :: OSI Approved :: MIT License", "Permission is hereby granted, free of charge, to any person"),
    ("License: MPL-2.0", "Mozilla Public License Version 2.0"),
)
METADATA = """
import importlib.metadata, sys
for each in importlib.metadata.distributions(path=[sys.argv[1]]):
    said = each.metadata
    said["Name"], said["License"], said["License-Expression"], said.get_all("Classifier"), each.version, each.requires
"""


def project(root: Path) -> Path:
    """Make a repository that requires 300 distributions, all of them installed beside it; return the site folder."""
    git(root, "init", "--quiet")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", root / ".venv"], check=True)
    (site,) = (root / ".venv").glob("lib/python*/site-packages")
    for number in range(COUNT):
        distribution(site, number)
    (root / ".gitignore").write_text(".venv/\n", encoding="utf-8")
    wanted = json.dumps([f"package-{number}" for number in range(10)])
    (root / "pyproject.toml").write_text(f'[project]\nname = "study"\nversion = "1"\ndependencies = {wanted}\n', encoding="utf-8")
    git(root, "add", "--all")
    return site


def distribution(site: Path, number: int) -> None:
    """Write one distribution, which requires some of those after it."""
    head, text = LICENCES[number % len(LICENCES)]
    info, package = site / f"package_{number}-1.{number}.dist-info", site / f"package_{number}"
    (info / "licenses").mkdir(parents=True)
    package.mkdir()
    requires = [f"Requires-Dist: package-{after} >=1" for after in range(number + 1, min(number + 11, COUNT), 2)]
    requires += [f'Requires-Dist: package-{number // 2} >=1; extra == "more"', "Provides-Extra: more"]
    lines = ["Metadata-Version: 2.4", f"Name: package-{number}", f"Version: 1.{number}", head, *requires]
    (info / "METADATA").write_text("\n".join([*lines, "", "A line of the description.\n" * 200]), encoding="utf-8")
    (info / "licenses" / "LICENSE").write_text(f"{text}\n" + "More words of a licence.\n" * 40, encoding="utf-8")
    names = [f"package_{number}/part{part}.py" for part in range(SOURCES)]
    for name in names:
        (site / name).write_text('"""A module."""\n' + "value = 1\n" * 100, encoding="utf-8")
    record = [*names, f"{info.name}/METADATA", f"{info.name}/licenses/LICENSE", f"{info.name}/RECORD"]
    (info / "RECORD").write_text("".join(f"{name},sha256=x,1\n" for name in record), encoding="utf-8")


def main() -> int:
    """Run, print, and return 1 when a bar is missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "study"
        root.mkdir()
        site = project(root)
        own = [sys.executable, "-I", "-m", "pytest_genomic_guard"]
        kept = ["env", f"XDG_CACHE_HOME={folder}/cache"]
        none = ["env", f"XDG_CACHE_HOME={os.devnull}/none"]
        commands = {
            "bare Python": [sys.executable, "-I", "-c", "pass"],
            "list, cold": [*none, *own, "licences", "list"],
            "list, warm": [*kept, *own, "licences", "list"],
            "scan, unchanged": [*kept, *own, "scan", "--select", "LIC"],
            "scan, not licences": [*kept, *own, "scan", "--select", "SEC"],
            "importlib.metadata": [sys.executable, "-I", "-c", METADATA, str(site)],
            "pip-licenses": [script("pip-licenses"), "--python", str(root / ".venv" / "bin" / "python"), "--format=json"],
        }
        told = subprocess.run(commands["list, warm"], cwd=root, capture_output=True, text=True, check=True)
        if told.stdout.count("package-") != COUNT:
            raise SystemExit("not all packages were seen")
        times = rounds(commands, root, count)
    return report(times, count)


def report(times: dict[str, Timed], count: int) -> int:
    """Print the figures and hold them against the bars, by the least times."""
    print(f"Python {sys.version.split()[0]}, pip-licenses {version('pip-licenses')}, {COUNT} distributions, {count} rounds")
    peer = times["pip-licenses"].least
    for name, timed in times.items():
        print(f"{name:20} least {timed.least:8.1f} ms   median {timed.median:8.1f} ms   of pip-licenses {timed.least / peer:6.3f}")
    over = times["scan, unchanged"].least - times["bare Python"].least
    print(f"unchanged scan over bare Python {over:8.1f} ms   (bar {BAR_SCAN_MS})")
    share = times["scan, unchanged"].least - times["scan, not licences"].least
    print(f"of it for licences alone        {share:8.1f} ms")
    print(f"warm list                       {times['list, warm'].least:8.1f} ms   (bar {BAR_LIST_MS})")
    held = over <= BAR_SCAN_MS and times["list, warm"].least <= BAR_LIST_MS
    return 0 if held and max(times["list, warm"].least, times["scan, unchanged"].least) < peer else 1


if __name__ == "__main__":
    raise SystemExit(main())
