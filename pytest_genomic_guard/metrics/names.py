"""The metrics there are, under the names that a policy uses, and what each needs. The policy reads this; it computes nothing."""

from __future__ import annotations

import math

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Final, Literal

    Kind = Literal["fairness", "mia", "release"]
    Suffix = Literal["difference", "ratio", "min", "max", "change", "drift"]


class Metric(Record):
    """A figure that every group has, or a name for what compares several."""

    needs: tuple[str, ...]  # fields of `nouns.Rows`; "output" is the prediction where there is one, else the score
    better: Literal["high", "low", "zero", ""]  # "": as good high as low
    counts: str = "people"  # what its denominator counts
    low: float = 0.0  # what it can be
    high: float = 1.0
    parts: tuple[str, ...] = ()  # the figures that it stands for
    rows: bool = False  # whether rows are needed (see `rowwise`); else counts are enough


_BOTH, _SCORED, _OUTPUT = ("y_true", "y_pred"), ("y_true", "score"), ("y_true", "output")


METRICS: Final[Mapping[str, Metric]] = {
    "selection-rate": Metric(needs=("y_pred",), better=""),
    "tpr": Metric(needs=_BOTH, better="high", counts="positives"),
    "fpr": Metric(needs=_BOTH, better="low", counts="negatives"),
    "tnr": Metric(needs=_BOTH, better="high", counts="negatives"),
    "fnr": Metric(needs=_BOTH, better="low", counts="positives"),
    "ppv": Metric(needs=_BOTH, better="high", counts="positive predictions"),
    "npv": Metric(needs=_BOTH, better="high", counts="negative predictions"),
    "accuracy": Metric(needs=_BOTH, better="high"),
    "balanced-accuracy": Metric(needs=_BOTH, better="high", counts="people of the rarer class"),
    "demographic-parity": Metric(needs=("y_pred",), better="", parts=("selection-rate",)),
    "equal-opportunity": Metric(needs=_BOTH, better="high", parts=("tpr",)),
    "equalised-odds": Metric(needs=_BOTH, better="", parts=("tpr", "fpr")),
    "equalized-odds": Metric(needs=_BOTH, better="", parts=("tpr", "fpr")),
    "auc": Metric(needs=_SCORED, better="high", counts="people of the rarer class", rows=True),
    "average-precision": Metric(needs=_SCORED, better="high", counts="positives", rows=True),
    "calibration-error": Metric(needs=_SCORED, better="low", rows=True),
    "brier": Metric(needs=_SCORED, better="low", rows=True),
    "mae": Metric(needs=_OUTPUT, better="low", high=math.inf, rows=True),
    "rmse": Metric(needs=_OUTPUT, better="low", high=math.inf, rows=True),
    "bias": Metric(needs=_OUTPUT, better="zero", low=-math.inf, high=math.inf, rows=True),
    "r2": Metric(needs=_SCORED, better="high", rows=True),
    "concordance-index": Metric(needs=("y_true", "score", "time"), better="high", counts="events", rows=True),
}
SUFFIXES: Final[tuple[Suffix, ...]] = ("difference", "ratio", "min", "max", "change", "drift")
MIA: Final = ("auc", "advantage", "epsilon-lower", "epsilon", "exposure")
_GENOMIC = ("lr-auc", "homer-auc", "beacon-power", "aats", "privacy-loss", "duplicates", "nearest-ibs", "kinship")
RELEASE: Final = ("power", "variants-per-person", *_GENOMIC)
_RATE = "tpr@fpr="


def split(key: str) -> tuple[str, Suffix] | None:
    """Return a fairness key's metric and suffix: "tpr.difference". None for what is none of ours."""
    name, _dot, word = key.rpartition(".")
    metric = METRICS.get(name)
    for suffix in SUFFIXES:
        if suffix == word and metric is not None and suffix in suffixes(name):
            return name, suffix
    return None


def suffixes(name: str) -> tuple[Suffix, ...]:
    """Return what a metric can be compared by: a ratio needs figures of one sign, and a name for a comparison has no own figure."""
    metric = METRICS[name]
    if metric.parts:
        return ("difference", "ratio")
    return SUFFIXES if metric.low >= 0 else ("difference", "min", "max", "change", "drift")


def keys(kind: Kind = "fairness") -> tuple[str, ...]:
    """Return the keys that bounds can have, for a did-you-mean; of `tpr@fpr=X` one stands for all."""
    if kind == "fairness":
        return tuple(f"{name}.{suffix}" for name in METRICS for suffix in suffixes(name))
    return (*(MIA if kind == "mia" else RELEASE), f"{_RATE}0.001")


def known(key: str, kind: Kind = "fairness") -> bool:
    """Tell whether a bound can have this key."""
    if kind == "fairness":
        return split(key) is not None
    return key in (MIA if kind == "mia" else RELEASE) or rate(key) is not None


def rate(key: str) -> float | None:
    """Return X of `tpr@fpr=X`, a number between 0 and 1; None for any other key."""
    if not key.startswith(_RATE):
        return None
    try:
        found = float(key.removeprefix(_RATE))
    except ValueError:
        return None
    return found if 0 < found < 1 else None


def needs(name: str) -> tuple[str, ...]:
    """Return the fields of rows that a fairness metric is computed from; see `Metric.needs`."""
    return METRICS[name].needs


def parts(name: str) -> tuple[str, ...]:
    """Return the figures that a metric is made from: itself, unless it is a name for a comparison of others."""
    return METRICS[name].parts or (name,)


def possible(key: str) -> tuple[float, float]:
    """Return the smallest and the largest value that a fairness key can have. Raises KeyError for an unknown one."""
    found = split(key)
    if found is None:
        raise KeyError(key)
    metric = METRICS[found[0]]
    span = metric.high - metric.low
    ranges: Mapping[Suffix, tuple[float, float]] = {
        "difference": (0.0, span),
        "ratio": (0.0, 1.0),
        "change": (-span, span),
        "drift": (0.0, span),
    }
    return ranges.get(found[1], (metric.low, metric.high))
