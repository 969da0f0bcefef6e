"""Time the statistics of gates against their bars, and against the peers that compute the same, in one run.

    python benchmarks/gates.py [PART ...] [--rows N] [--rounds N]

The parts are fairness, stream, rmia, lira, ranks and pytest; each runs in a process of its own, as memory is measured too. Times
are the processor's, the least of the rounds, which other work on the machine disturbs least; those of pytest are the clock's. What
a peer takes too long for is measured on less and scaled, and the line says so. `--rows` is for the stream: 100,000,000 unless told.
The bars: 30 ms for a million rows of ten groups with all pairs and 1,000 resamples; 3 s for the stream; 50 ms and 200 MB over the
imports for RMIA of 50,000 people against 50,000 with 64 models; 20 ms for LiRA of 50,000 people with 256 models.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from _timing import git, rounds

if TYPE_CHECKING:
    from collections.abc import Callable

BAR_FAIRNESS_MS, BAR_STREAM_S, BAR_RMIA_MS, BAR_RMIA_MB, BAR_LIRA_MS = 30, 3, 50, 200, 20
ROWS, GROUPS, RESAMPLES = 1_000_000, 10, 1_000
PEOPLE, DENSE, LOOPED, SCORES = 50_000, 5_000, 500, 1_000_000
LABELS = np.array([b"AFR", b"AMI", b"AMR", b"ASJ", b"EAS", b"FIN", b"MID", b"NFE", b"OTH", b"SAS"])
RATE = 0.001
_PIECE = 1 << 20


def cpu(do: Callable[[], Any], count: int) -> tuple[float, Any]:
    """Return the processor's least time in ms, and what was computed."""
    least, found = float("inf"), None
    for _round in range(count):
        start = time.process_time()
        found = do()
        least = min(least, (time.process_time() - start) * 1e3)
    return least, found


def held() -> float:
    """Return the most memory that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def told(name: str, taken: float, than: float = 0.0, bar: float = 0.0, note: str = "") -> bool:
    """Print a line: a time in ms, how many times that of ours, and the bar; tell whether it is held."""
    print(f"  {name:52} {taken:13,.2f} ms", end="")
    print(f"  {taken / than:10,.1f} x" if than else f"  bar {bar:,.0f} ms" if bar else "", f"({note})" if note else "")
    return not bar or taken <= bar


def fairness(count: int, _rows: int) -> bool:
    """Judge three rates of ten groups, all pairs, with 1,000 resamples."""
    from pytest_genomic_guard.metrics import fairness as gate  # noqa: PLC0415 - each part imports what it times
    from pytest_genomic_guard.metrics.nouns import Ask, Grouping, Rows, Terms  # noqa: PLC0415 - as above

    rng = np.random.default_rng(1)
    codes = rng.integers(0, GROUPS, ROWS).astype(np.int32)
    truth, answer = rng.integers(0, 2, (2, ROWS))
    grouping = Grouping(name="ancestry", labels=tuple(LABELS.astype(str)), codes=codes)
    data = Rows(groupings=(grouping,), y_true=truth.astype(float), y_pred=answer.astype(float))
    asks = tuple(Ask(metric=f"{each}.difference", operator="<=", limit=0.1) for each in ("selection-rate", "tpr", "fpr"))
    closed, _ = cpu(lambda: gate.assess(data, Terms(asks=asks)), count)
    ours, _ = cpu(lambda: gate.assess(data, Terms(asks=asks, resamples=RESAMPLES)), count)
    told(f"closed forms, {ROWS:,} rows", closed)
    kept = told(f"and {RESAMPLES:,} resamples", ours, bar=BAR_FAIRNESS_MS)

    def resampled() -> Any:
        at = rng.integers(0, ROWS, ROWS)
        return np.bincount(codes[at] * 4 + truth[at] * 2 + answer[at], minlength=GROUPS * 4)

    rows, _ = cpu(resampled, 3)
    told("numpy: rows resampled and counted", rows * RESAMPLES, ours, note=f"one resample of {rows:,.0f} ms, scaled")
    from fairlearn import metrics  # noqa: PLC0415 - as above

    used = {each.__name__: each for each in (metrics.selection_rate, metrics.true_positive_rate, metrics.false_positive_rate)}
    given: dict[str, Any] = {"metrics": used, "y_true": truth, "y_pred": answer, "sensitive_features": codes}
    point, _ = cpu(lambda: metrics.MetricFrame(**given).difference(), 1)
    told("fairlearn: the figures alone", point, closed, note="no interval")
    once, _ = cpu(lambda: metrics.MetricFrame(**given, n_boot=1, ci_quantiles=[0.5], random_state=1).difference_ci(), 1)
    told("fairlearn: resamples", (once - point) * RESAMPLES, ours, note=f"one resample of {once - point:,.0f} ms, scaled")
    return kept


def _written(path: Path, rows: int) -> None:
    """Write rows as npz, a part at a time."""
    rng = np.random.default_rng(2)
    draws: dict[str, Callable[[int], Any]] = {
        "ancestry": lambda size: LABELS[rng.integers(0, GROUPS, size, dtype=np.uint8)],
        "y_true": lambda size: rng.integers(0, 2, size, dtype=np.uint8),
        "y_pred": lambda size: rng.integers(0, 2, size, dtype=np.uint8),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, draw in draws.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as file:
                header = {"descr": draw(1).dtype.str, "fortran_order": False, "shape": (rows,)}
                np.lib.format.write_array_header_1_0(file, header)
                for first in range(0, rows, _PIECE):
                    file.write(draw(min(_PIECE, rows - first)).tobytes())


def stream(_count: int, rows: int) -> bool:
    """Judge a gate over a file of rows that is read in chunks: labels of ten groups as text, truths and predictions."""
    from pytest_genomic_guard.evidence.rowfiles import Opened  # noqa: PLC0415 - as above
    from pytest_genomic_guard.gates import computing  # noqa: PLC0415 - as above
    from pytest_genomic_guard.gates.inputs import File  # noqa: PLC0415 - as above
    from pytest_genomic_guard.policy import asked  # noqa: PLC0415 - as above

    said = {"data": "rows.npz", "groups": ["ancestry"], "bounds": {"tpr.difference": "<= 0.1", "fpr.difference": "<= 0.1"}}
    gate = asked.gate("fairness", "stream", said)
    before = held()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.npz"
        _written(path, rows)
        with Opened(path.open("rb"), b"rows.npz") as opened:
            took, found = cpu(lambda: computing.computed(gate, {"data": File(opened)}, 10, on_inconclusive="warn"), 1)
        print(f"  {[each.verdict for each in found.shown]}; of {path.stat().st_size / 1e6:,.0f} MB, ", end="")
        print(f"{held() - before:,.0f} MB held, most of them mapped, which the system takes back when it needs to")
        kept = told(f"the gate, {rows:,} rows", took, bar=BAR_STREAM_S * 1e3 * rows / 10**8)
        import pandas  # noqa: PLC0415 - as above

        part = min(rows, 10**7)
        with np.load(path) as arrays:
            frame = pandas.DataFrame({name: arrays[name][:part] for name in ("ancestry", "y_true", "y_pred")})
        frame["ancestry"] = frame["ancestry"].str.decode("ascii")
        peer, _ = cpu(lambda: frame.groupby(["ancestry", "y_true", "y_pred"]).size(), 1)
        told("pandas: grouping and counting, without reading", peer * rows / part, took, note=f"measured on {part:,} rows, scaled")
    return kept


def rmia(count: int, _rows: int) -> bool:
    """Attack 50,000 people by RMIA, each compared with all of them."""
    from pytest_genomic_guard.metrics import rmia as attack  # noqa: PLC0415 - as above

    rng = np.random.default_rng(3)
    models = 64
    before = held()
    target = rng.random(PEOPLE)
    scores, member = rng.random((models, PEOPLE), np.float32), rng.integers(0, 2, (models, PEOPLE), np.uint8).view(bool)
    ours, _ = cpu(lambda: attack.attack(target, scores, member), count)
    more = held() - before
    kept = told(f"{PEOPLE:,} people against {PEOPLE:,}, {models} models", ours, bar=BAR_RMIA_MS)
    print(f"  memory over the imports, its input with it {more:24,.0f} MB  bar {BAR_RMIA_MB} MB")
    few = slice(0, DENSE)

    def dense() -> Any:
        outside = ~member[:, few]
        mean = (scores[:, few] * outside).sum(axis=0, dtype=float) / outside.sum(axis=0)
        ratio = target[few] / ((1.3 * mean + 0.7) / 2)
        return (ratio[:, None] / ratio[None, :] > 2.0).mean(axis=1)

    own, one = cpu(lambda: attack.attack(target[few], scores[:, few], member[:, few]), count)
    peer, other = cpu(dense, 1)
    told(f"{DENSE:,} people against {DENSE:,}", own)
    told("numpy: the formula, all ratios of two people", peer, own, note=f"scores differ by {np.abs(one.scores - other).max():.0e}")
    print(f"  of {PEOPLE:,} people it would hold {PEOPLE**2 * 8 / 1e9:,.0f} GB")
    return kept and more <= BAR_RMIA_MB


def lira(count: int, _rows: int) -> bool:
    """Attack 50,000 people by LiRA with 256 models."""
    from pytest_genomic_guard.metrics import lira as attack  # noqa: PLC0415 - as above

    rng = np.random.default_rng(4)
    models = 256
    target = rng.normal(size=PEOPLE)
    scores = rng.normal(size=(models, PEOPLE)).astype(np.float32)
    member = rng.integers(0, 2, (models, PEOPLE), np.uint8).view(bool)
    ours, one = cpu(lambda: attack.attack(target, scores, member), max(count, 15))
    kept = told(f"{PEOPLE:,} people, {models} models", ours, bar=BAR_LIRA_MS)
    floor, _ = cpu(lambda: (np.add.reduce(scores, axis=0), np.add.reduce(member.view(np.uint8), axis=0)), max(count, 15))
    told("numpy: adding up both matrices once", floor)
    from scipy import stats  # noqa: PLC0415 - as above

    def looped() -> Any:
        found = []
        for person in range(LOOPED):
            inside, outside = scores[member[:, person], person], scores[~member[:, person], person]
            normal = [
                stats.norm.logpdf(target[person], side.mean(dtype=float), side.std(dtype=float)) for side in (inside, outside)
            ]
            found.append(normal[0] - normal[1])
        return np.array(found)

    peer, other = cpu(looped, 1)
    note = f"measured on {LOOPED} people, scaled; scores differ by {np.abs(one.scores[:LOOPED] - other).max():.0e}"
    told("scipy: a loop over people", peer * PEOPLE / LOOPED, ours, note=note)
    return kept


def ranks(count: int, _rows: int) -> bool:
    """Tell AUC and TPR at a fixed FPR of a million scores, with intervals."""
    from fractions import Fraction  # noqa: PLC0415 - as above

    from sklearn import metrics  # noqa: PLC0415 - as above

    from pytest_genomic_guard.metrics import attackers  # noqa: PLC0415 - as above

    rng = np.random.default_rng(5)
    member = np.arange(SCORES) % 2 == 0
    score = rng.normal(size=SCORES) + 0.1 * member
    sample, people = cpu(lambda: attackers.sample(score, member), count)
    told(f"{SCORES:,} scores sorted, with DeLong's sums", sample)
    area, one = cpu(lambda: attackers.auc(people, 0.05), count)
    told("AUC with its interval, from there", area)
    rate, other = cpu(lambda: attackers.tpr(people, 0.05, Fraction(str(RATE))), count)
    told(f"TPR at {RATE:.1%} FPR with exact limits, from there", rate)

    def curve() -> float:
        false, true, _at = metrics.roc_curve(member, score, drop_intermediate=False)
        return float(true[np.searchsorted(false, RATE, "right") - 1])

    under, value = cpu(lambda: metrics.roc_auc_score(member, score), 3)
    told("scikit-learn: AUC", under, note=f"no interval; values differ by {abs(one.value - value):.0e}")
    along, value = cpu(curve, 3)
    told("scikit-learn: TPR from the ROC curve", along, note=f"no interval; values differ by {abs(other.value - value):.0e}")
    told("scikit-learn: both", under + along, sample + area + rate)
    return True


def pytest(count: int, _rows: int) -> bool:
    """Run pytest without the guard, with it, and with one gate."""
    rng = np.random.default_rng(6)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        git(root, "init", "--quiet")
        (root / "test_nothing.py").write_text("def test_nothing():\n    pass\n", encoding="utf-8")
        (root / ".gitignore").write_text("rows.csv\n.pytest_cache\n", encoding="utf-8")
        lines = [f"{LABELS[g].decode()},{t},{p}" for g, t, p in zip(*rng.integers(0, [[10], [2], [2]], (3, 10_000)), strict=True)]
        (root / "rows.csv").write_text("\n".join(["ancestry,y_true,y_pred", *lines, ""]), encoding="utf-8")
        gate = '{data: rows.csv, groups: [ancestry], bounds: {tpr.difference: "<= 0.5"}}'
        git(root, "add", "--all")
        base = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", ".", "test_nothing.py"]
        guarded = [*base, "--genomic-guard"]
        times = {}
        for name, policy in (("no gate", ""), ("one gate", f"fairness: {{sepsis: {gate}}}\n")):
            (root / ".genomic-guard.yaml").write_text(f"version: 1\n{policy}", encoding="utf-8")
            found = rounds({"pytest": base, name: guarded}, root, count)
            times[name] = found[name]
            times["pytest"] = found["pytest"]
    told("pytest without the guard", times["pytest"].least)
    told(
        "pytest --genomic-guard, no gate", times["no gate"].least, note=f"{times['no gate'].least - times['pytest'].least:+,.0f} ms"
    )
    more = times["one gate"].least - times["no gate"].least
    told("pytest --genomic-guard, a gate of 10,000 rows", times["one gate"].least, note=f"{more:+,.0f} ms, of which numpy's import")
    return True


PARTS: dict[str, Callable[[int, int], bool]] = {
    "fairness": fairness,
    "stream": stream,
    "rmia": rmia,
    "lira": lira,
    "ranks": ranks,
    "pytest": pytest,
}


def main() -> int:
    """Run, print, and return 1 when a bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", metavar="PART")
    parser.add_argument("--rows", type=int, default=10**8)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)  # in this process
    given = parser.parse_args()
    if given.here:
        return 0 if PARTS[given.parts[0]](given.rounds, given.rows) else 1
    names = ("numpy", "fairlearn", "pandas", "scikit-learn", "scipy", "pytest-genomic-guard")
    print(f"Python {sys.version.split()[0]},", ", ".join(f"{name} {version(name)}" for name in names))
    missed = []
    for part in given.parts or PARTS:
        print(part, flush=True)
        options = ["--here", f"--rows={given.rows}", f"--rounds={given.rounds}"]
        if subprocess.run([sys.executable, __file__, part, *options], check=False).returncode:
            missed.append(part)
    print("bars missed:", ", ".join(missed) if missed else "none")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
