"""What an attacker's scores tell of membership: AUC, advantage, and the true-positive rate at a false-positive rate.

A figure rests on members and non-members that are compared with one another. Where rows are matched, non-members weigh as the
members of their stratum do, so that both have the same mix; strata of one kind only hold no comparison and are left out.
"""

from __future__ import annotations

import functools
import math
from fractions import Fraction

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics import binomial, pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    State = Literal["", "undefined", "small", "few", "constant"]

_THRESHOLD = 0.6  # share of the error that the estimated threshold may take: about what makes intervals shortest
_MOST = 0.95  # the same for the lower end, where so few non-members are there that it would be 0 otherwise


class Sample(Record):
    """People of one group that are compared. Sorted, so that nothing depends on the order of rows."""

    inside: Any  # float64[members]: ascending; higher is member
    outside: Any  # float64[non-members]
    weights: Any  # float64[non-members]; None where all count alike
    auc: pairs.Pairs
    left: int = 0  # members with nobody to be compared with
    constant: bool = False  # all scores are equal within what is compared

    @property
    def effective(self) -> int:
        """Return how many non-members of equal weight carry as much: by the largest weight, which decides in the tail."""
        if self.weights is None or not len(self.weights):
            return len(self.outside)
        return int(self.weights.sum() / self.weights.max() + 1e-9)


class Figure(Record):
    """One metric of one group."""

    value: float | None
    low: float
    high: float
    n: int  # the smaller of members and non-members
    state: State = ""
    told: str = ""  # what the message adds
    needed: int | None = None


def sample(score: Any, member: Any, strata: Any = None) -> Sample:
    """Return the rows that are compared: `score` float64[n], `member` bool[n], `strata` int[n] or None."""
    found = pairs.compare(score, member, strata)
    if strata is None:
        inside, outside = np.sort(score[member]), np.sort(score[~member])
        return Sample(inside=inside, outside=outside, weights=None, auc=found, constant=_constant(inside, outside))
    size = int(strata.max(initial=-1)) + 1
    n1, n0 = np.bincount(strata[member], minlength=size), np.bincount(strata[~member], minlength=size)
    kept = ((n1 > 0) & (n0 > 0))[strata]
    weights = (n1 / np.maximum(n0, 1))[strata][kept & ~member]
    outside = score[kept & ~member]
    order = np.lexsort((weights, outside))
    inside, outside, weights = np.sort(score[kept & member]), outside[order], weights[order]
    alike = not len(weights) or weights.min() == weights.max()
    left = int(member.sum()) - len(inside)
    constant = _constant(inside, outside)
    return Sample(inside=inside, outside=outside, weights=None if alike else weights, auc=found, left=left, constant=constant)


def _constant(inside: Any, outside: Any) -> bool:
    if not len(inside) or not len(outside):
        return False
    return bool(min(inside[0], outside[0]) == max(inside[-1], outside[-1]))


def auc(people: Sample, alpha: float) -> Figure:
    """Return the probability that a member scores higher than a non-member, with DeLong's interval."""
    low, high = people.auc.limits(alpha)
    return Figure(value=people.auc.value, low=low, high=high, n=_n(people))


def advantage(people: Sample, alpha: float) -> Figure:
    """Return the largest TPR - FPR over all thresholds.

    The upper limit is Hoeffding's at the best threshold, whichever that is. The lower one takes the maximum's upward bias into
    account: both distribution functions keep within a band of the Dvoretzky-Kiefer-Wolfowitz inequality with Massart's constant.
    """
    inside, outside, n0 = people.inside, people.outside, people.effective
    n1 = len(inside)
    at = np.unique(np.concatenate((inside, outside)))
    over = n1 - np.searchsorted(inside, at, "right")
    rest = np.searchsorted(outside, at, "right")
    if people.weights is None:
        value = int((over * n0 - (n0 - rest) * n1).max(initial=0)) / (n1 * n0)
    else:
        above = _above(people.weights)
        value = max(0.0, float((over / n1 - above[rest] / above[0]).max()))
    reach = math.sqrt((1 / n1 + 1 / n0) * math.log(2 / alpha) / 2)
    chance = math.sqrt(math.pi / 8 * (1 / n1 + 1 / n0))
    return Figure(
        value=value,
        low=max(0.0, value - _band(n1, n0, alpha / 2)),
        high=min(1.0, value + reach),
        n=_n(people),
        told=f"a maximum over thresholds: without any leak about {chance:.2g} is expected",
    )


def _above(weights: Any) -> Any:
    """Return the weight of all non-members from each place on, in ascending order, and 0 at the end."""
    return np.append(np.cumsum(weights[::-1])[::-1], 0.0)


def _band(n1: int, n0: int, alpha: float) -> float:
    """Return the e that two one-sided DKW bands together exceed with probability `alpha`, at most.

    Each deviation is stochastically at most a Rayleigh variable of scale 1 / (2 sqrt n), and the two are independent.
    """
    a, b = 0.5 / math.sqrt(n1), 0.5 / math.sqrt(n0)
    low, high = 0.0, 2.0
    for _step in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _both(a, b, middle) > alpha else (low, middle)
    return high


def _both(a: float, b: float, e: float) -> float:
    """Return the probability that the sum of two Rayleigh variables of scales `a` and `b` exceeds `e`."""
    s, v = math.hypot(a, b), a * b / math.hypot(a, b)
    m = e * a * a / (s * s)
    ends = math.exp(-m * m / (2 * v * v)) - math.exp(-((e - m) ** 2) / (2 * v * v))
    middle = math.sqrt(math.pi / 2) * (math.erf((e - m) / (v * math.sqrt(2))) + math.erf(m / (v * math.sqrt(2))))
    return math.exp(-e * e / (2 * a * a)) + math.exp(-e * e / (2 * s * s)) / (a * a) * (v * v * ends + m * v * middle)


def tpr(people: Sample, alpha: float, rate: Fraction) -> Figure:
    """Return the share of members above the threshold that at most the share `rate` of non-members exceeds.

    The threshold is estimated, so the limits are joint ones: order statistics of the non-members' scores that lie on either side of
    the true threshold (binomial, whatever the scores' distribution), and Clopper-Pearson limits of the members' rate above them.
    Fewer non-members than 3 / rate carry no such figure: the state is "few".
    """
    n0 = people.effective
    least = math.ceil(3 / rate)
    if n0 < least:
        carried = Fraction(3, n0) if n0 >= 3 else Fraction(1)
        told = f"carry false-positive rates from {float(carried):.2g} on" if n0 > 3 else "carry no false-positive rate"
        if n0 > 3:
            at, low, high = _at(people, carried, alpha)
            told += f", where the true-positive rate is {at:.3g} [{low:.3g}, {high:.3g}]"
        return Figure(value=None, low=0.0, high=1.0, n=_n(people), state="few", told=told, needed=least)
    value, low, high = _at(people, rate, alpha)
    return Figure(value=value, low=low, high=high, n=_n(people))


def _at(people: Sample, rate: Fraction, alpha: float) -> tuple[float, float, float]:
    n0, n1 = people.effective, len(people.inside)
    share = alpha / 2 * _THRESHOLD
    below, above = alpha / 2 - share, alpha / 2 - share
    fewer, more = _places(n0, float(rate), share)
    if not fewer:
        below = alpha / 2 * (1 - _MOST)
        fewer, _more = _places(n0, float(rate), alpha / 2 * _MOST)
    low, _ = binomial.clopper_pearson(_flagged(people, fewer - 1), n1, below, below) if fewer else (0.0, 1.0)
    _, high = binomial.clopper_pearson(_flagged(people, more - 1), n1, above, above) if more <= n0 else (0.0, 1.0)
    return _flagged(people, rate * n0) / n1, low, high


@functools.lru_cache(maxsize=4096)  # groups of one size, and the bounds of one gate
def _places(n: int, rate: float, alpha: float) -> tuple[int, int]:
    """Return two places, from the top, of ordered non-members: at or above the true threshold, and at or below it.

    Each fails with probability `alpha` at most. 0: above all of them; n + 1: below.
    """

    def first(holds: Any) -> int:
        low, high = 0, n + 1  # the least place from which it holds
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if holds(middle) else (middle + 1, high)
        return low

    fewer = first(lambda place: binomial.at_least(place + 1, n, rate) < 1 - alpha)
    more = first(lambda place: place > n or binomial.at_most(place - 1, n, rate) >= 1 - alpha)
    return fewer, more


def _flagged(people: Sample, allowed: Fraction | int) -> int:
    """Return how many members exceed the lowest threshold that at most so many non-members exceed."""
    outside = people.outside
    if people.weights is None:
        place = math.floor(allowed)
        threshold = outside[len(outside) - 1 - place] if place < len(outside) else -math.inf
    else:
        above = _above(people.weights)
        most = float(allowed) * above[0] / people.effective * (1 + 1e-12)
        ends = np.searchsorted(outside, outside, "right")  # ties exceed a threshold together
        fits = np.flatnonzero(above[ends] <= most)
        threshold = outside[fits[0]] if above[0] > most else -math.inf
    return int(len(people.inside) - np.searchsorted(people.inside, threshold, "right"))


def _n(people: Sample) -> int:
    return min(len(people.inside), len(people.outside))
