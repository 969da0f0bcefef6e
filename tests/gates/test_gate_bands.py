"""Bounds with three bands, of every kind of gate: what is proven to break the inner one alone warns, and the text says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from _gate import inside, judged, only, policy, scores, write

from pytest_genomic_guard.testing import fill

if TYPE_CHECKING:
    from pathlib import Path

CLAIM = {
    "value": 9,
    "delta": 0.00001,
    "accountant": "rdp",
    "version": "1.0",
    "sampling": "0.01",
    "batch": 100,
    "noise": 0.5,
    "steps": 1000,
}
RUN = {"canaries": 1000, "guesses": 100, "correct": 90, "delta": 0.00001}
# By metric, the kind and keys of a gate, and limits: one that the figure lies beyond, and ones that it does not.
GATES: dict[str, tuple[str, dict[str, Any], tuple[float, float, float]]] = {
    "epsilon": ("mia", {"epsilon": CLAIM}, (8, 8.5, 10)),
    "epsilon-lower": ("mia", RUN, (0.5, 1, 3)),
    "exposure": ("mia", {"references": "refs.csv", "canary": 1.1}, (1, 2, 8)),
    "auc": ("mia", {"scores": "mia.csv", "higher-is": "member"}, (0.55, 0.6, 0.95)),
    "variants-per-person": ("release", {"table": "t.tsv", "n": 300}, (0.01, 0.1, 1000)),
    "power": ("release", {"table": "t.tsv", "n": 300}, (0.0001, 0.001, 0.9999)),
}


def files(kind: str) -> dict[str, str]:
    """Return what gates of a kind read."""
    if kind == "release":
        return {"t.tsv": fill("{{frequencies people=300}}").decode()}
    references = np.random.default_rng().uniform(1, 2, 1000)
    return {
        "mia.csv": scores(1000, 1000, 1.0),
        "refs.csv": "score\n" + "".join(f"{each:.6f}\n" for each in references),
    }


@pytest.mark.parametrize("decide", ["fail-if-proven", "point"])
@pytest.mark.parametrize("metric", sorted(GATES))
def test_bands(tmp_path: Path, metric: str, decide: str) -> None:
    """Between the two limits it is to be recalibrated, beyond both it stops, and within both it passes."""
    kind, keys, (inner, outer, beyond) = GATES[metric]
    write(tmp_path, files(kind))

    def asked(first: float, second: float) -> str:
        bound = {"pass": f"<= {first:g}", "recalibrate": f"<= {second:g}"}
        return policy(**{kind: {"g": {**keys, "decide": decide, "bounds": {metric: bound}}}})

    for first, second, verdict, band, outcome, code in (
        (inner, beyond, "fail", "recalibrate", "warn", 0),
        (inner, outer, "fail", "stop", "fail", 1),
        (beyond, (1 + beyond) / 2 if metric in {"auc", "power"} else 2 * beyond, "pass", "pass", "pass", 0),
    ):
        ran = judged(tmp_path, policy=asked(first, second))
        gate = only(ran)
        assert (gate["verdict"], gate["band"], gate["outcome"]) == (verdict, band, outcome), gate
        assert ran.code == code
        text = inside("scan", tmp_path).out
        assert (": fail, recalibrate (warn)" in text) == (band == "recalibrate")
