"""What the fixtures `fairness_gate`, `mia_gate` and `release_gate` give: figures whose comparisons are verdicts. Knows no pytest.

A comparison with a bound computes the figure with its interval and returns a `Verdict`. That is true where the whole interval keeps
the bound and false where the whole of it breaks it; where the data cannot tell, asking it for a truth value raises `Inconclusive`,
so that neither ``not`` nor ``or`` turns a lack of evidence into a pass. Nothing that is shown quotes a row.
"""

from __future__ import annotations

import math
from difflib import get_close_matches

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics import names
from pytest_genomic_guard.reporters.gates import figure, table
from pytest_genomic_guard.reporters.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, Literal, Never

    from pytest_genomic_guard.report import GateVerdict

    Operator = Literal["<=", ">="]
    Judge = Callable[[str, Operator, float, float | None], GateVerdict]  # metric, operator, limit, confidence

_REST = "the rest of the test did not run"
_COMPARE = "compare it with <= or >= and a number: a figure with an interval has no {}"


class Inconclusive(Exception):  # noqa: N818 - a verdict
    """The data cannot tell whether a bound is kept. `outcome` is what the policy makes of that: fail, warn or note."""

    def __init__(self, text: str, outcome: str) -> None:
        """Keep what is said, and what follows."""
        super().__init__(text)
        self.outcome = outcome


class within(Record):  # noqa: N801 - reads as a word: assert tpr.min() >= within(0.75, confidence=0.99)
    """A bound with a confidence of its own: ``within(0.75, confidence=0.99)``."""

    limit: float
    confidence: float

    def __init__(self, limit: float, *, confidence: float) -> None:
        """Take the bound and the confidence of the interval, between 0.5 and 1."""
        if not 0.5 <= confidence < 1:
            raise ValueError("a confidence lies between 0.5 and 1")
        object.__setattr__(self, "limit", float(limit))
        object.__setattr__(self, "confidence", confidence)


class Verdict:
    """What a comparison says. It is true or false where the data tell, and explains itself where it is asserted."""

    def __init__(self, judged: GateVerdict) -> None:
        """Take the bound as judged, and masked."""
        self.judged = judged

    @property
    def verdict(self) -> str:
        """Return "pass", "fail", "inconclusive", "undefined", "refused" or "error"."""
        return self.judged.verdict

    def __bool__(self) -> bool:
        """Tell whether the bound is kept. Raises `Inconclusive`, and ValueError where the data cannot be used."""
        __tracebackhide__ = True
        if self.judged.verdict == "error":
            raise ValueError(f"{self.judged.metric}: {self.judged.message}")
        if self.judged.verdict not in {"pass", "fail"}:
            raise Inconclusive(repr(self), self.judged.outcome)
        return self.judged.verdict == "pass"

    def __eq__(self, other: object) -> Never:
        """Refuse: what is not decided is equal to nothing."""
        __tracebackhide__ = True
        raise TypeError("a verdict is asserted as it is: assert figure <= bound")

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Tell figure, interval and groups."""
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """Return what a person reads: one line for the bound, then a table of the groups."""
        told = self.judged
        first = f"{told.metric} must be {told.bound}: {told.verdict}, {told.message}{figure(told)}"
        return [printable(line) for line in (first, *(f"  {line}" for line in table(told)))]


class Figure:
    """A figure that is yet to be compared with a bound."""

    def __init__(self, metric: str, judge: Judge) -> None:
        """Take the key of the metric as the policy writes it, and what judges a bound on it."""
        self.metric = metric
        self._judge = judge

    def _held(self, operator: Operator, other: object) -> Verdict:
        __tracebackhide__ = True
        confidence = other.confidence if isinstance(other, within) else None
        limit = other.limit if isinstance(other, within) else other
        if isinstance(limit, bool) or not isinstance(limit, (int, float)) or not math.isfinite(limit):
            raise TypeError(f"{self.metric} is compared with a number")
        return Verdict(self._judge(self.metric, operator, float(limit), confidence))

    def __le__(self, other: object) -> Verdict:
        """Hold it against an upper bound."""
        __tracebackhide__ = True
        return self._held("<=", other)

    def __ge__(self, other: object) -> Verdict:
        """Hold it against a lower bound."""
        __tracebackhide__ = True
        return self._held(">=", other)

    def __lt__(self, other: object) -> Never:
        """Refuse."""
        __tracebackhide__ = True
        raise TypeError(_COMPARE.format("strict bound"))

    __gt__ = __lt__

    def __eq__(self, other: object) -> Never:
        """Refuse."""
        __tracebackhide__ = True
        raise TypeError(_COMPARE.format("equal"))

    __ne__ = __eq__
    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> Never:
        """Refuse."""
        __tracebackhide__ = True
        raise TypeError(_COMPARE.format("truth value"))

    def __float__(self) -> Never:
        """Refuse: a bare number is what gates are not to be decided by."""
        __tracebackhide__ = True
        raise TypeError(_COMPARE.format("number of its own"))

    def __repr__(self) -> str:
        """Name the metric: the figure is told with its interval where it is compared."""
        return f"<{self.metric}>"


class Of:
    """A metric of groups, to be compared: ``.difference()``, ``.ratio()``, ``.min()``, ``.max()``, ``.change()``."""

    def __init__(self, metric: str, judge: Judge) -> None:
        """Take the name of the metric as the policy writes it."""
        self._metric, self._judge = metric, judge

    def __getattr__(self, name: str) -> Callable[[], Figure]:
        """Return what makes the figure. Raises AttributeError for what this metric cannot be compared by."""
        known = names.suffixes(self._metric)
        if name not in known or name == "drift":
            raise AttributeError(f"{self._metric} is compared by {', '.join(word for word in known if word != 'drift')}")
        return lambda: Figure(f"{self._metric}.{name}", self._judge)

    def __eq__(self, other: object) -> Never:
        """Refuse."""
        __tracebackhide__ = True
        raise TypeError(f"say how the groups' {self._metric} are compared: .difference(), .ratio(), .min() or .max()")

    __le__ = __ge__ = __lt__ = __gt__ = __ne__ = __eq__
    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> Never:
        """Refuse."""
        __tracebackhide__ = True
        raise TypeError(f"say how the groups' {self._metric} are compared: .difference(), .ratio(), .min() or .max()")


class Fairness:
    """Figures by group: ``.tpr``, ``.selection_rate`` and so on, or by their names, ``["selection-rate"]``."""

    def __init__(self, judge: Judge) -> None:
        """Take what judges a bound."""
        self._judge = judge

    def __getitem__(self, metric: str) -> Of:
        """Return a metric by the name that the policy uses. Raises KeyError with what was probably meant."""
        __tracebackhide__ = True
        if metric not in names.METRICS:
            raise KeyError(_meant(metric, tuple(names.METRICS)))
        return Of(metric, self._judge)

    def __getattr__(self, name: str) -> Of:
        """Return a metric, underscores for hyphens. Raises AttributeError with what was probably meant."""
        metric = name.replace("_", "-")
        __tracebackhide__ = True
        if metric not in names.METRICS:
            raise AttributeError(_meant(name, tuple(each.replace("-", "_") for each in names.METRICS)))
        return Of(metric, self._judge)


class Audit:
    """Figures of a membership inference attack, or of a release."""

    def __init__(self, kind: Literal["mia", "release"], judge: Judge) -> None:
        """Take the kind of gate and what judges a bound."""
        self._kind, self._judge = kind, judge

    def tpr(self, *, fpr: float) -> Figure:
        """Return the true-positive rate at a false-positive rate, between 0 and 1."""
        if not 0 < fpr < 1:
            raise ValueError("a false-positive rate lies between 0 and 1")
        return Figure(f"tpr@fpr={fpr:.12f}".rstrip("0"), self._judge)

    def __getattr__(self, name: str) -> Figure:
        """Return a figure, underscores for hyphens. Raises AttributeError with what was probably meant."""
        known = names.MIA if self._kind == "mia" else names.RELEASE
        metric = name.replace("_", "-")
        if metric not in known:
            raise AttributeError(_meant(name, tuple(each.replace("-", "_") for each in known)))
        return Figure(metric, self._judge)


def explained(operator: str, left: object, right: object) -> list[str] | None:
    """Return what an assertion says of a comparison of a figure that failed; None for one of anything else."""
    if isinstance(left, Figure):
        verdict = left <= right if operator == "<=" else left >= right
    elif isinstance(right, Figure):  # as in 0.75 <= figure
        verdict = right >= left if operator == "<=" else right <= left
    else:
        return None
    return verdict.lines()


def _meant(name: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(name, known, 1, 0.5)
    return f"there is no such metric; {f'did you mean {near[0]!r}?' if near else 'there are ' + ', '.join(known)}"


def told(item: Any, excinfo: Any, report: Any, judged: Sequence[GateVerdict] = ()) -> None:
    """Make pytest's report of a test of gates that did not pass one without arguments and locals, which are rows.

    `judged` is what the test compared up to here: where one bound is proven to be broken, no other that nobody can decide hides it.
    """
    error = excinfo.value
    own = excinfo.traceback.cut(path=item.path).filter(excinfo)
    if not isinstance(error, Inconclusive):
        if report.failed:
            report.longrepr = excinfo.getrepr(funcargs=False, showlocals=False, style="short", tbfilter=lambda _: own)
        return
    first = f"{str(error).partition(chr(10))[0]}; {_REST}"
    broken = [each for each in judged if each.verdict == "fail"]
    if broken:
        heading = f"{item.nodeid}: one bound is broken, and another is not decided; {_REST}"
        report.outcome, report.longrepr = "failed", "\n".join([heading, *Verdict(broken[0]).lines(), str(error)])
    elif error.outcome == "fail" or not _warned(item, error.outcome, first):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: not decided, which counts as failed\n{error}"
    else:
        report.outcome = "skipped"  # it neither passed nor failed
        place = (own or excinfo.traceback)[-1]
        report.longrepr = (str(place.path), place.lineno + 1, f"Skipped: {first}")


def _warned(item: Any, outcome: str, first: str) -> bool:
    """Warn where the policy says so; False where the run's filters make an error of a warning."""
    if outcome == "warn":
        try:
            item.warn(UserWarning(f"not decided: {first}"))
        except Warning:
            return False
    return True
