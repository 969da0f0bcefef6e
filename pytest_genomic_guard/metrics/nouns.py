"""What the statistics take and give: columns of rows or counts in, figures with intervals out.

Arrays are numpy's, which only what computes imports. What goes out holds plain numbers and names of groups, so that a report, a
fixture and an evidence file tell the same.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, Literal

    from pytest_genomic_guard.model import Verdict
    from pytest_genomic_guard.report import GroupFigure

    Kind = Literal["number", "truth", "label", "key"]


class Unusable(Exception):  # noqa: N818 - a state of the input
    """Data that no figure can be computed from. The message is ours: it counts rows from 1 and quotes no value of them."""


class Column(Record):
    """A column of a table: numbers, or labels by their codes."""

    numbers: Any = None  # float64[rows]
    codes: Any = None  # int32[rows], into labels
    labels: tuple[str, ...] = ()


class Table(Record):
    """Columns of one length, or a chunk of rows of them; labels keep their codes from chunk to chunk."""

    rows: int
    columns: Mapping[str, Column]


class Grouping(Record):
    """What tells groups apart: an attribute, or several that intersect."""

    name: str  # "ancestry", "ancestry x sex"
    labels: tuple[str, ...]  # "EUR"; of an intersection "ancestry=EUR & sex=F"
    codes: Any  # int32[rows], into labels
    declared: tuple[str, ...] = ()  # labels that must be there


class Cells(Record):
    """Counts of a grouping: how many rows, or the sum of their weights, by group, truth and prediction."""

    name: str
    labels: tuple[str, ...]
    counts: Any  # int64 or float64[groups, 2, 2]: by y_true, then by y_pred
    declared: tuple[str, ...] = ()


class Rows(Record):
    """Predictions, row by row. What is None is not there, and a metric that needs it is `Unusable`."""

    groupings: tuple[Grouping, ...]
    y_true: Any = None  # float64[rows]: 0 or 1; any number for mae, rmse, bias, r2; the event (0 or 1) for concordance-index
    y_pred: Any = None  # float64[rows]: 0 or 1; a number for mae, rmse, bias
    score: Any = None  # float64[rows]: a probability for calibration-error and brier; the risk, or the polygenic score
    time: Any = None  # float64[rows]: of concordance-index, to the event or to the end of follow-up
    weights: Any = None  # float64[rows], not negative
    clusters: Any = None  # int32[rows]: families, repeated people
    base_y_pred: Any = None  # the same rows judged by the model before the change
    base_score: Any = None


class Ask(Record):
    """One bound as the statistics see it."""

    metric: str  # the key of the policy: "tpr.difference"
    operator: Literal["<=", ">="]
    limit: float
    recalibrate: float | None = None  # the outer limit of the middle band


class Terms(Record):
    """How figures are compared and how much is asked of evidence."""

    asks: tuple[Ask, ...]
    confidence: float = 0.95
    minimum: int = 20  # the least denominator of a metric with which a group is judged
    reference: str = "pairs"  # or "rest", "overall", or a group's label
    point: bool = False  # decide by point estimates
    bins: int = 10  # of calibration
    resamples: int = 0  # multinomial bootstrap over cells instead of closed forms; 0: closed forms


class Assessment(Record):
    """One bound as judged: what a report says of it, without the gate's name and the outcome."""

    metric: str
    value: float | None
    interval: tuple[float, float] | None
    n: int  # the smallest denominator that the figure rests on
    verdict: Verdict
    message: str  # numbers and names of groups and metrics only
    groups: tuple[GroupFigure, ...] = ()
    method: str = ""  # "Newcombe intervals, simultaneous over 10 pairs and 2 metrics (Tukey, Bonferroni)"
    needed: int | None = None  # the n of the smallest group that would decide, where that is known
    band: Literal["", "pass", "recalibrate", "stop"] = ""


class Earlier(Record):
    """A metric of groups as earlier evidence has it, for a drift."""

    groups: Sequence[GroupFigure]
    confidence: float | None  # of the intervals; None: unknown


class Figures(Record):
    """One metric of the groups of one grouping: what comparisons are made from. Arrays are float64[groups]; nan: undefined."""

    value: Any
    n: Any  # the denominator of the metric in people: the positives for tpr; never weights
    limits: Callable[[float], tuple[Any, Any]]  # critical value z -> lower and upper ends, within what the metric can be
    error: Any  # standard errors, from which the n that would decide is told
    correlation: Any = None  # float64[groups, groups] of the estimates; None: independent
    name: str = ""  # of the intervals: "Wilson", "DeLong on the logit scale"
