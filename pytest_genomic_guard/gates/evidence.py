"""The evidence file of a gate: figures with their intervals, small counts masked, for runs that the rows do not reach.

It holds no row, no digest of rows, no time. Two runs over the same rows write the same bytes. `committed` reads and judges it: a
figure in it by its interval, as one that was computed now, and what was computed under other terms of the policy decides nothing.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.evidence.numbers import finite
from pytest_genomic_guard.policy import FOLDER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.gates.masking import Layout
    from pytest_genomic_guard.policy import Gate
    from pytest_genomic_guard.report import GateVerdict, GroupFigure

SCHEMA = "genomic-guard/evidence/1"
VERDICTS = ("pass", "fail", "inconclusive", "undefined", "refused")
FIELDS = ("gate", "kind", "metrics", "model", "project", "schema", "terms")
MD5 = "model-md5"  # a further field, which is there where that digest is known
METRIC = ("confidence", "groups", "interval", "method", "metric", "n", "needed", "unjudged", "value", "verdict")
GROUP = ("group", "interval", "n", "value", "verdict")
CLOSE = 1e-6  # to which figures of the rows and of the evidence must agree
# What of a gate decides its figures, by the keys of the policy, with the values that hold without them.
_TERMS: Mapping[str, Mapping[str, Any]] = {
    "fairness": {
        "groups": [],
        "intersections": 1,
        "declared": {},
        "reference": "pairs",
        "weights": None,
        "cluster": None,
        "y-true": "y_true",
        "y-pred": "y_pred",
        "score": "score",
        "time": None,
        "bins": 10,
    },
    "mia": {
        "member": "member",
        "score": "score",
        "higher-is": None,
        "groups": [],
        "declared": {},
        "match-on": [],
        "covariates": None,
        "audit": None,
        "delta": None,
    },
    "release": dict.fromkeys(("n-ref", "match-on", "higher-is", "mismatch", "related", "error-rate")),
}


TERMS = sorted(
    {
        *(key for kind in _TERMS.values() for key in kind),
        *("attack", "bounds", "confidence", "min-denominator", "references", "small-cell"),
    }
)


class Model(Record):
    """What the model of a gate is known by. What is not here is None."""

    sha256: str | None = None  # of the content, or of the object that a pointer of git-lfs names
    md5: str | None = None  # of the content
    pointed: str | None = None  # what a pointer of DVC names: the MD5 of a file, or of a list of files with `.dir` behind it


class Computed(Record):
    """What was computed of a gate: its verdicts, as they are and as they may be shown, and the model that they are of."""

    verdicts: Sequence[GateVerdict]
    shown: Sequence[GateVerdict]
    model: Model | None = None  # None: the policy names none
    references: int = 0  # models that an attack was trained with
    layout: Layout | None = None  # of the groups, for gates over the same rows


def path(gate: Gate) -> bytes:
    """Return where the evidence of a gate lies: below the folder of the policy, by kind, project and name."""
    return b"/".join(filter(None, (FOLDER, b"evidence", gate.kind.encode(), gate.root, b"%b.json" % gate.name.encode())))


def terms(gate: Gate, small: int, references: int = 0) -> dict[str, Any]:
    """Return under which terms the figures of a gate are computed, and by which bounds they were judged."""
    found = {key: gate.options.get(key, default) for key, default in _TERMS[gate.kind].items()}
    usual = "lira" if "references" in gate.inputs else "loss"
    asked = {"references": references, "attack": gate.options.get("attack", usual)} if gate.kind == "mia" else {}
    bounds = {bound.metric: bound.text for bound in gate.bounds}
    least = {} if gate.kind == "release" else {"min-denominator": gate.min_denominator}
    return found | asked | least | {"confidence": gate.confidence, "small-cell": small, "bounds": bounds}


def document(gate: Gate, computed: Computed, small: int) -> dict[str, Any]:
    """Return the evidence file of a gate, ready for JSON."""
    model = computed.model or Model()
    md5 = model.md5 or (model.pointed if model.sha256 is None else None)
    return {
        **({MD5: md5} if md5 else {}),
        "schema": SCHEMA,
        "kind": gate.kind,
        "gate": gate.name,
        "project": gate.root.decode("utf-8", "surrogateescape"),
        "terms": terms(gate, small, computed.references),
        "model": model.sha256,
        "metrics": sorted(
            (_entry(verdict, shown, gate, small) for verdict, shown in zip(computed.verdicts, computed.shown, strict=True)),
            key=lambda entry: str(entry["metric"]),
        ),
    }


def dumps(found: Mapping[str, Any]) -> str:
    """Return an evidence file's text, the same for the same figures."""
    import json  # noqa: PLC0415 - for gates only

    return json.dumps(found, indent=2, sort_keys=True, allow_nan=False) + "\n"


def _entry(verdict: GateVerdict, shown: GateVerdict, gate: Gate, small: int) -> dict[str, Any]:
    if 0 < (shown.n or 0) <= small:  # of a release, whose figures say themselves what else of few they do not tell
        shown = shown.replace(n=None, value=None, interval=None, needed=None)
    found = {key: getattr(shown, key) for key in METRIC if key not in {"groups", "interval", "unjudged"}}
    groups = [
        {key: list(each) if isinstance(each := getattr(figure, key), tuple) else each for key in GROUP} for figure in shown.groups
    ]
    unjudged = sum(unproven(figure, gate.min_denominator) for figure in verdict.groups)
    return found | {"interval": list(shown.interval) if shown.interval else None, "groups": groups, "unjudged": unjudged}


def unproven(figure: GroupFigure, least: int) -> bool:
    """Tell whether a group is listed and cannot be judged, which keeps the whole from passing."""
    return figure.verdict == "undefined" or figure.value is None or (figure.n or 0) < least


def disagreements(committed: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield metrics whose committed figures are not those of the rows, each with what differs."""
    keys = sorted(key for key in {*committed["terms"], *now["terms"]} if key != "bounds")
    terms = [key for key in keys if committed["terms"].get(key) != now["terms"].get(key)]
    there = {entry["metric"]: entry for entry in committed["metrics"]}
    for entry in now["metrics"]:
        was = there.get(entry["metric"])
        if terms:
            yield entry["metric"], f"it was computed under another policy ({', '.join(terms)})"
        elif was is None:
            yield entry["metric"], "it has no figure for this metric"
        elif not _same(was["value"], entry["value"]) or not _same(was["interval"], entry["interval"]):
            yield entry["metric"], f"its figure is {_told(was['value'])}, and that of the rows {_told(entry['value'])}"
        elif was["n"] != entry["n"] or was["unjudged"] != entry["unjudged"]:
            yield entry["metric"], "it is of other numbers of people"
        elif not _same([*map(_listed, was["groups"])], [*map(_listed, entry["groups"])]):
            yield entry["metric"], "its groups are others"


def _listed(group: Mapping[str, Any]) -> list[Any]:
    return [group[key] for key in ("group", "n", "value", "interval")]


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if finite(one) is not None and finite(other) is not None:
        return bool(abs(one - other) <= CLOSE)
    return bool(one == other)


def _told(value: Any) -> str:
    return "none" if value is None else f"{value:.6g}"
