"""Which keys of a gate go together: one that nothing can be computed for, or that nothing can keep, is a mistake of the text."""

from __future__ import annotations

from pytest_genomic_guard.metrics import names
from pytest_genomic_guard.policy.schema import at, fail, meant, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from pytest_genomic_guard.policy.nodes import Node
    from pytest_genomic_guard.policy.schema import Block

_SOURCES = ("data", "counts", "value", "recorded")
_OF_FIGURES = ("value", "bounds", "decide", "confidence", "min-denominator")  # all that can be said of figures that others computed
_OF_ROWS = ("score", "time", "weights", "cluster", "base", "pair-on", "bins")
_REFERENCES = ("pairs", "rest", "overall")
_RESAMPLES = 100_000
_AT_RATE = "tpr@fpr="
_SCORED = ("scores", "references")
_ONE_RUN = ("canaries", "guesses", "correct")
_GENOMES = ("synthetic", "training")
_LEAKS = (
    "advantage",
    "epsilon-lower",
    "epsilon",
    "exposure",
    "power",
    "beacon-power",
    "duplicates",
    "kinship",
    "variants-per-person",
)
# What a metric of a release is computed from: one of these sets of keys.
_RELEASED: dict[str, tuple[tuple[str, ...], ...]] = {
    **dict.fromkeys(("lr-auc", "homer-auc"), (("scores",), ("frequencies", "members", "non-members"))),
    "beacon-power": (("frequencies", "members", "non-members"), ("n",)),
    **dict.fromkeys(("aats", "duplicates", "kinship"), (_GENOMES,)),
    **dict.fromkeys(("privacy-loss", "nearest-ibs"), ((*_GENOMES, "holdout"),)),
}


def limit(text: str) -> tuple[str, float]:
    """Return operator and number of a bound as it is written."""
    return text[:2], float(text[2:])


def bands(block: Block, node: Node) -> None:
    """Refuse a middle band that does not lie outside of what passes. Raises `PolicyError`."""
    (operator, inner), (other, outer) = limit(block["pass"]), limit(block["recalibrate"])
    if operator != other or not (outer > inner if operator == "<=" else outer < inner):
        raise fail(at(node, "recalibrate", value=True), "the band 'recalibrate' must begin where 'pass' ends, and reach further")


def fairness(block: Block, node: Node) -> None:
    """Hold the keys of a fairness gate against each other. Raises `PolicyError`."""
    there = [key for key in _SOURCES if block.get(key)]
    if not there:
        raise fail(node, f"this entry needs exactly one of {', '.join(_SOURCES)}")
    if len(there) > 1:
        raise fail(at(node, there[1]), f"there is {there[0]!r} already, and a gate is judged by one of {', '.join(_SOURCES)}")
    source = there[0]
    for key in block:
        if (source == "value" and key not in _OF_FIGURES) or (source == "counts" and key in _OF_ROWS):
            raise fail(at(node, key), f"this says nothing where the gate is judged by {source!r}")
    if source in {"data", "counts"} and not block.get("groups"):
        raise fail(at(node, "groups") if "groups" in block else node, "this entry needs groups: the columns that tell them")
    if block.get("resamples", 0) > _RESAMPLES:
        raise fail(at(node, "resamples", value=True), f"{_RESAMPLES:,} resamples are the most, and 10,000 are enough")
    _grouped(block, node)
    for key in block["bounds"]:
        metric, _dot, suffix = key.rpartition(".")
        for word, needed in (("change", "base"), ("drift", "against")):
            if suffix == word and source != "recorded" and needed not in block:
                raise fail(at(node, "bounds", key), f"this compares with another state of the model: it needs {needed!r}")
        if source == "counts" and not _counted(metric):
            raise fail(at(node, "bounds", key), "this cannot be told from counts: it needs rows, under 'data'")
        if source == "data" and "time" in names.needs(metric) and "time" not in block:
            raise fail(at(node, "bounds", key), "this needs 'time': the column with the time to the event or to the end")
        if source != "value":  # a figure of another tool is held against what it can be when it is read
            _decides(block["bounds"][key], names.possible(key), at(node, "bounds", key, value=True))
    _contradictions(block["bounds"], node)


def _leaks_none(metric: str) -> float | None:
    """Return the figure of an attack that finds nobody; None for what is no leak."""
    if metric in {"auc", "lr-auc", "homer-auc"}:
        return 0.5
    if metric.startswith(_AT_RATE):
        return float(metric.removeprefix(_AT_RATE))
    return 0.0 if metric in _LEAKS else None


def _asks_for_a_leak(key: str, given: Any, place: Node) -> None:
    """Refuse a bound that nothing keeps but a leak: its sign is turned round."""
    none = _leaks_none(key)
    operator, number = limit(given if isinstance(given, str) else given["pass"])
    if none is not None and operator == ">=" and number > none:
        raise fail(place, f"only what gives people away keeps this: a bound on {key} is <=")


def _decides(given: Any, possible: tuple[float, float], place: Node) -> None:
    """Refuse a bound that every figure keeps, or none: one beyond what the metric can be."""
    low, high = possible
    for text in (given,) if isinstance(given, str) else (given["pass"], given["recalibrate"]):
        number = limit(text)[1]
        if not low <= number <= high:
            ends = f"from {low:g} to {high:g}" if high < float("inf") else f"{low:g} or more"
            raise fail(place, f"this decides nothing: what is bounded is {ends}")


def _counted(metric: str) -> bool:
    """Tell whether cells of counts are enough for a metric."""
    return not any(names.METRICS[part].rows for part in names.parts(metric))


def _grouped(block: Block, node: Node) -> None:
    """Hold what is said of groups against the columns that tell them."""
    groups: Sequence[str] = block.get("groups", ())
    for column in block.get("declared", ()):
        if column not in groups:
            raise fail(at(node, "declared", column), f"this is no column of 'groups'{nearest(column, groups)}")
    if block.get("intersections", 1) not in range(1, max(len(groups), 1) + 1):
        raise fail(
            at(node, "intersections", value=True), "as many attributes can intersect as there are in 'groups', and at least one"
        )
    reference = block.get("reference", "pairs")
    labels = [label for column in block.get("declared", ()) for label in block["declared"][column]]
    if reference not in _REFERENCES and labels and set(block["declared"]) == set(groups) and reference not in labels:
        near = meant(reference, (*_REFERENCES, *labels))
        raise fail(at(node, "reference", value=True), f"this must be one of {', '.join(_REFERENCES)} or a declared group{near}")


def _contradictions(bounds: Block, node: Node) -> None:
    """Refuse bounds of which at most one can be kept: the smallest of all groups above the largest."""
    ends: dict[str, dict[str, float]] = {}
    for key, given in bounds.items():
        metric, _dot, suffix = key.rpartition(".")
        operator, number = limit(given if isinstance(given, str) else given["pass"])
        if (suffix, operator) in {("min", ">="), ("max", "<=")}:
            ends.setdefault(metric, {})[suffix] = number
    for metric, found in ends.items():
        if len(found) == 2 and found["min"] > found["max"]:
            raise fail(at(node, "bounds", f"{metric}.max"), "this contradicts the bound on the smallest: no group can keep both")


def membership(block: Block, node: Node) -> None:
    """Hold the keys of a membership gate against each other. Raises `PolicyError`."""
    for key in block["bounds"]:
        _asks_for_a_leak(key, block["bounds"][key], at(node, "bounds", key, value=True))
    if "value" in block:
        for key in block:
            if key not in _OF_FIGURES:
                raise fail(at(node, key), "this says nothing where the gate is judged by 'value'")
        return
    if not block.get("recorded"):
        _computable(block, node)
    for key in block["bounds"]:
        if key in {"auc", "advantage"} or key.startswith(_AT_RATE):
            _decides(block["bounds"][key], (0.0, 1.0), at(node, "bounds", key, value=True))
    scored = any(key in block for key in _SCORED)
    if scored and _judges_scores(block) and "higher-is" not in block:
        raise fail(node, "this entry needs higher-is: member or non-member, whichever has the higher scores")
    if "audit" in block and "scores" not in block:
        raise fail(at(node, "audit"), "this needs 'scores'")
    for less, more in (("guesses", "canaries"), ("correct", "guesses")):
        if less in block and more in block and block[less] > block[more]:
            raise fail(at(node, less, value=True), f"there cannot be more of these than {more}")
    if "min-attack" in block and not (scored or "attack" in block or block.get("recorded")):
        raise fail(at(node, "min-attack"), "there is no attack: this needs 'scores' or 'references'")
    _grouped(block, node)


def _computable(block: Block, node: Node) -> None:
    """Refuse bounds on what the keys of a gate do not tell."""
    audit = ("scores",) if "audit" in block else _ONE_RUN
    needs = {
        "epsilon-lower": (audit, "an audit: 'canaries', 'guesses' and 'correct', or 'scores' with 'audit: one-run'"),
        "epsilon": (("epsilon",), "'epsilon': the claim and what its accountant was told"),
        "exposure": (("references", "canary"), "'references' and 'canary'"),
    }
    for key in block["bounds"]:
        if key in needs:
            wanted, told = needs[key]
            kept = all(each in block for each in wanted)
        else:
            kept, told = (
                any(each in block for each in _SCORED),
                "'scores', or 'references' of models that were trained for the attack",
            )
        if not kept:
            raise fail(at(node, "bounds", key), f"this needs {told}")


def _judges_scores(block: Block) -> bool:
    return any(key in {"auc", "advantage", "epsilon-lower"} or key.startswith(_AT_RATE) for key in block["bounds"])


def release(block: Block, node: Node) -> None:
    """Hold the keys of a gate on a release against each other. Raises `PolicyError`."""
    bounds: Any = block.get("bounds", ())
    for key in bounds:
        _asks_for_a_leak(key, bounds[key], at(node, "bounds", key, value=True))
        choices = _RELEASED.get(key, ())
        if choices and not any(all(each in block for each in keys) for keys in choices):
            needed = ", or ".join(" and ".join(repr(each) for each in keys) for keys in choices)
            raise fail(at(node, "bounds", key), f"this needs {needed}")
        if key != "variants-per-person":
            _decides(bounds[key], (-1.0 if key == "privacy-loss" else 0.0, 1.0), at(node, "bounds", key, value=True))
    if "variants" in block and "table" in block:
        raise fail(at(node, "variants"), "there is 'table' already, which tells its variants")
    counted = [key for key in bounds or ("power",) if key not in _RELEASED]
    if "n" not in block and (not bounds or counted) and not any(key in block for key in ("scores", "members")):
        raise fail(node, "this entry needs n")
