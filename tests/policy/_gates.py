"""What the tests of gates share: a policy with a gate, evidence, and what became of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from _policy import policy

if TYPE_CHECKING:
    from _policy import Ran

DIFFERENCE, RATIO = "tpr.difference", "tpr.ratio"


def fair(bounds: dict[str, str] | None = None, value: str = "m.json#/sex", **keys: Any) -> str:
    """Return a policy with one gate; `on_inconclusive` and `profile` are the policy's, other keys the gate's."""
    outer = {key: keys.pop(key) for key in ("on_inconclusive", "profile", "exclude") if key in keys}
    gate = {"value": value, "bounds": bounds or {DIFFERENCE: "<= 0.10"}} | {
        key.replace("_", "-"): each for key, each in keys.items()
    }
    return policy(fairness={"triage": gate}, **outer)


def figure(value: Any = 0.04, low: Any = 0.01, high: Any = 0.07, n: Any = 900, confidence: Any = 0.95) -> dict[str, Any]:
    """Return a figure with its interval; what is None is not stated."""
    found = {"value": value, "n": n, "interval": None if low is None else [low, high], "confidence": confidence}
    return {key: each for key, each in found.items() if each is not None}


def only(ran: Ran) -> tuple[str, str, int]:
    """Return verdict and outcome of the one gate, and the exit status."""
    (gate,) = ran.json["gates"]
    return gate["verdict"], gate["outcome"], ran.code


def evidence(found: Any) -> str:
    """Return an evidence file with one figure at ``/sex``."""
    return json.dumps({"sex": found})
