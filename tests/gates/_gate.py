"""What the tests of gates share: rows from counts, policies with one gate, what a scan says of them, evidence as it is written."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

# The policy's helpers, and the runner of commands, stand beside other tests, and test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent.parent / "policy"))
sys.path.insert(0, str(Path(__file__).parent.parent / "sources"))

import numpy as np
from _policy import POLICY, Ran, Repo, inside, judged, place, policy, refused, scan, write

from pytest_genomic_guard.gates import computing, evidence
from pytest_genomic_guard.policy.load import load
from pytest_genomic_guard.sources.worktree import Directory

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["POLICY", "Ran", "Repo", "inside", "judged", "place", "policy", "refused", "scan", "write"]

DIFFERENCE = "tpr.difference"
ROWS, CELLS = "rows.csv", "cells.csv"
Counts = tuple[int, int, int, int]  # true negatives, false positives, false negatives, true positives
BAD: Mapping[str, Counts] = {"AFR": (700, 70, 120, 180), "EUR": (1400, 140, 60, 540)}  # rates 0.6 and 0.9 among the positives
GOOD: Mapping[str, Counts] = {"AFR": (7000, 700, 300, 2700), "EUR": (14000, 1400, 600, 5400)}


def rows(counts: Mapping[str, Counts], column: str = "ancestry") -> str:
    """Return predictions, row by row, of groups by their counts; the groups take turns."""
    lines = [
        f"{group},{outcome // 2},{outcome % 2},{0.2 + 0.6 * (outcome % 2):g}\n"
        for group, cells in counts.items()
        for outcome, number in enumerate(cells)
        for _row in range(number)
    ]
    return f"{column},y_true,y_pred,score\n" + "".join(lines[::2] + lines[1::2])


def cells(counts: Mapping[str, Counts], column: str = "ancestry") -> str:
    """Return a table of counts, a line a group."""
    return f"{column},tn,fp,fn,tp\n" + "".join(f"{group},{','.join(map(str, each))}\n" for group, each in counts.items())


def scores(members: int, others: int, shift: float = 0.0, **columns: list[str]) -> str:
    """Return an attack's scores, normal ones whose mean is moved for members; columns give labels by turns."""
    random = np.random.default_rng()
    member = np.repeat([1, 0], [members, others])
    score = random.normal(shift * member)
    extra = {name: random.choice(labels, len(member)) for name, labels in columns.items()}
    lines = [
        ",".join([str(each), f"{one:.6f}", *(extra[name][at] for name in extra)])
        for at, (each, one) in enumerate(zip(member, score, strict=True))
    ]
    return "\n".join([",".join(["member", "score", *extra]), *lines]) + "\n"


def fairness(bounds: Mapping[str, Any] | None = None, *, counts: bool = False, **keys: Any) -> str:
    """Return a policy with one fairness gate on rows or on counts; `outer` holds keys of the policy."""
    outer = keys.pop("outer", {})
    source = {"counts": CELLS} if counts else {"data": ROWS}
    gate = source | {"groups": ["ancestry"], "bounds": bounds or {DIFFERENCE: "<= 0.10"}} | _dashed(keys)
    return policy(fairness={"triage": {key: each for key, each in gate.items() if each is not None}}, **outer)


def membership(bounds: Mapping[str, Any] | None = None, **keys: Any) -> str:
    """Return a policy with one membership gate."""
    outer = keys.pop("outer", {})
    gate = {"scores": "mia.csv", "higher-is": "member", "bounds": bounds or {"auc": "<= 0.60"}} | _dashed(keys)
    return policy(mia={"attack": {key: each for key, each in gate.items() if each is not None}}, **outer)


def _dashed(keys: Mapping[str, Any]) -> dict[str, Any]:
    return {key.replace("_", "-"): each for key, each in keys.items()}


def gates(ran: Ran) -> dict[str, tuple[str, str]]:
    """Return verdict and outcome of each bound of a JSON run."""
    return {gate["metric"]: (gate["verdict"], gate["outcome"]) for gate in ran.json["gates"]}


def only(ran: Ran) -> dict[str, Any]:
    """Return the one gate of a JSON run."""
    (gate,) = ran.json["gates"]
    found: dict[str, Any] = gate
    return found


def recorded(folder: Path, small: int = 10) -> dict[str, Any]:
    """Write the evidence file of the one gate of a folder's policy from the rows that lie there; return what is in it."""
    (gate,) = load((folder / POLICY).read_bytes(), POLICY.encode()).policy.gates
    snapshot = Directory(os.fsencode(folder))
    found = computing.compute(snapshot, gate, small, on_inconclusive="warn")
    assert found is not None
    document = evidence.document(gate, found, small)
    write(folder, {evidence.path(gate).decode(): evidence.dumps(document)})
    text: dict[str, Any] = json.loads(evidence.dumps(document))
    return text
