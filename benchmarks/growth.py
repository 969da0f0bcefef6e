"""How the cost of a scan grows: with files, bytes, findings, commits and rules. Curves, and the exponent of each.

    python benchmarks/growth.py [--files N] [--bytes N] [--findings N] [--commits N] [--rounds N] [--only WORD] [--limit S]
                                [--json FILE]

Each curve goes up by tens to its greatest, which is 10,000 files, 10 MB in one file of each kind, 10,000 findings and 1,000 commits
unless said otherwise (`--files 1000000` and `--bytes 1000000000` are for a quiet hour, and 10 GB of disk). All is made anew, the
same in every run. The scan is cold, `--no-cache`, in one process, and what counts is the time of its processor, which other work on
the machine disturbs least. What the first point takes is taken off the others, of which those that take a quarter more stand clear
of noise; a line is laid through the logarithms of these: its slope is the exponent. Beyond 1.15, through three points or more, the
growth is called superlinear. A step between two neighbours beyond 1.3 is named too. `--only` takes a word of a curve's name.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

import _grown
from _machine import machine, versions
from _measure import Command, Run, measure
from _timing import QUIET
from _trees import commit, make

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Made = Callable[[Path, int], object]

SUPERLINEAR, STEP, NOISE = 1.15, 1.3, 0.05
_SCAN = [sys.executable, "-I", "-m", "pytest_genomic_guard", "scan", "--jobs", "1", "--format", "json:{out}"]
_CODES = """
import json
from pytest_genomic_guard.registry import Plan, Registry
codes = [code for code in Registry().entries if not code.startswith("RUN")]
shares = [[codes[first::step] for first in range(step)] for step in (16, 8, 4, 2, 1)]
print(json.dumps([[[",".join(part), len(Plan(Registry(), selections=[part]).rules())] for part in some] for some in shares]))
"""


class Curve:
    """Points of one kind of growth."""

    def __init__(self, name: str, unit: str) -> None:
        """Begin without any."""
        self.name, self.unit = name, unit
        self.points: list[dict[str, Any]] = []

    def add(self, size: int, run: Run) -> bool:
        """Take a point; return whether the next is worth it."""
        taken = {"x": size, "seconds": run.seconds, "processor": run.processor, "peak": run.peak, "found": run.found}
        self.points.append({name: round(value, 4) if isinstance(value, float) else value for name, value in taken.items()})
        self.points[-1] |= {"note": run.note} if run.note else {}
        return not run.note

    def _beyond(self) -> list[tuple[float, float]]:
        """Return the logarithms of what each point has beyond the first, in size and time, where that can be told from noise."""
        some = [(point["x"], point["processor"]) for point in self.points if "note" not in point]
        x0, y0 = some[0] if some else (0, 0.0)
        return [(math.log(x - x0), math.log(y - y0)) for x, y in some[1:] if y - y0 > max(NOISE, y0 / 4)]

    def exponent(self) -> float | None:
        """Return the slope of the line through the logarithms, by least squares."""
        points = self._beyond()
        if len(points) < 2:
            return None
        middle, height = (sum(values) / len(points) for values in zip(*points, strict=True))
        slope: float = sum((x - middle) * (y - height) for x, y in points) / sum((x - middle) ** 2 for x, _ in points)
        return slope

    def steepest(self) -> float | None:
        """Return the greatest slope between two neighbours."""
        return max(((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in itertools.pairwise(self._beyond())), default=None)

    def plain(self) -> dict[str, Any]:
        """Return it for JSON."""
        exponent, steepest = self.exponent(), self.steepest()
        return {
            "name": self.name,
            "unit": self.unit,
            "points": self.points,
            "exponent": exponent and round(exponent, 3),
            "steepest": steepest and round(steepest, 3),
            "superlinear": exponent is not None and exponent > SUPERLINEAR and len(self._beyond()) > 2,
        }


def main() -> int:
    """Grow, print, write; return 1 when something grows faster than in line."""
    given = _arguments()
    told: dict[str, Any] = {"machine": machine(), "versions": versions(), "curves": []}
    print("; ".join(f"{name}: {value}" for part in ("machine", "versions") for name, value in told[part].items()))
    for curve in _curves(given):
        told["curves"].append(curve.plain())
        _print(told["curves"][-1])
        if given.json:
            given.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return int(any(curve["superlinear"] for curve in told["curves"]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name, usual in (("files", 10_000), ("bytes", 10_000_000), ("findings", 10_000), ("commits", 1000), ("rounds", 1)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--only", default="")
    parser.add_argument("--limit", type=float, default=3600)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def _curves(given: argparse.Namespace) -> Iterator[Curve]:
    """Yield each curve as soon as it is there."""
    tens: list[tuple[str, str, Made, int, int, list[str]]] = [
        ("files", "files", make, 100, given.files, ["."]),
        *((f"bytes: {name}", "bytes", made, 1000, given.bytes, ["."]) for name, made in _grown.SIZES.items()),
        ("findings in one file", "findings", _grown.in_one, 1, given.findings, ["."]),
        ("findings in many files", "findings", _grown.in_many, 10, given.findings, ["."]),
        ("commits", "commits", _grown.history, 10, given.commits, ["--history"]),
    ]
    for name, unit, made, least, greatest, what in tens:
        if given.only in name and least <= greatest:
            curve = Curve(name, unit)
            sizes = [least * 10**power for power in range(round(math.log10(greatest / least)) + 1)]
            all(curve.add(size, _taken(made, size, what, given)) for size in sizes)
            yield curve
    if given.only in "rules":
        yield _rules(given)


def _taken(made: Made, size: int, what: list[str], given: argparse.Namespace) -> Run:
    """Make what is scanned in a folder of its own, scan it, and return the least of the runs."""
    with tempfile.TemporaryDirectory() as at:
        folder = Path(at)
        made(folder, size)
        if what == ["."]:
            commit(folder)
        return _least(Command("scan", "ours", [*_SCAN, "--no-cache", *what], folder, findings=_found), given)


def _least(command: Command, given: argparse.Namespace) -> Run:
    runs = [measure(command, given.limit, watch=not number) for number in range(given.rounds)]
    return min(runs, key=lambda run: (bool(run.note), run.processor))._replace(peak=runs[0].peak)


def _rules(given: argparse.Namespace) -> Curve:
    """Scan the same plausible files with a sixteenth of the codes, an eighth, and so on.

    A point is the mean of all shares of that size, so that each stands for every code once: a few codes bring readers of tables or
    programs with them, and in one share or another these come sooner or later.
    """
    asked = subprocess.run([sys.executable, "-c", _CODES], env=QUIET, capture_output=True, text=True, check=True)
    curve = Curve("rules", "rules")
    with tempfile.TemporaryDirectory() as at:
        folder = Path(at)
        make(folder, min(2000, given.files))
        commit(folder)
        for shares in json.loads(asked.stdout):
            scans = [[*_SCAN, "--no-cache", "--select", codes, "."] for codes, _rules in shares]
            runs = [_least(Command("scan", "ours", scan, folder, findings=_found), given) for scan in scans]
            curve.add(round(fmean(rules for _codes, rules in shares)), _mean(runs))
    return curve


def _mean(runs: list[Run]) -> Run:
    """Return what one of these takes on average; the findings are those of all."""
    failed = next((run for run in runs if run.note), None)
    seconds, processor = (fmean(getattr(run, name) for run in runs) for name in ("seconds", "processor"))
    found = sum(run.found or 0 for run in runs)
    return failed or runs[0]._replace(seconds=seconds, processor=processor, peak=max(run.peak or 0 for run in runs), found=found)


def _found(report: bytes) -> int:
    return len(json.loads(report)["findings"])


def _print(curve: dict[str, Any]) -> None:
    exponent = (
        "too little to say" if curve["exponent"] is None else f"exponent {curve['exponent']:.2f}, steepest {curve['steepest']:.2f}"
    )
    mark = "   SUPERLINEAR" if curve["superlinear"] else "   a steep step" if (curve["steepest"] or 0) > STEP else ""
    print(f"\n{curve['name']}: {exponent}{mark}")
    for point in curve["points"]:
        peak = f"{point['peak']:6.0f} MB" if point["peak"] else ""
        print(
            f"  {point['x']:>13,} {curve['unit']:9} {point['seconds']:9.3f} s {point['processor']:9.3f} s CPU {peak} "
            f"{point['found'] if point['found'] is not None else '-':>7} findings {point.get('note', '')}",
            flush=True,
        )


if __name__ == "__main__":
    raise SystemExit(main())
