"""Lower limits of epsilon from one training run (Steinke, Nasr & Jagielski 2023).

Each of m canaries is put in or left out by a fair coin; an attacker guesses r of them and is right v times. If the training were
(epsilon, delta) differentially private, at least v right guesses would have a probability of at most

    p(epsilon) = min(1, b + 2 m delta a),  b = P[B >= v],  a = max over i = 1..v of P[v - i <= B < v] / i,  B ~ Bin(r, q),

with q = e^epsilon / (1 + e^epsilon). The limit is the largest epsilon that this refutes. An attacker who looks at the outcome
before choosing how many to guess must pay for the choice: here a small grid is fixed beforehand, and the error shared among its
cells.
"""

from __future__ import annotations

import functools
import math

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics import binomial
from pytest_genomic_guard.metrics.judging import band
from pytest_genomic_guard.metrics.nouns import Assessment, Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.metrics.nouns import Ask, Terms
    from pytest_genomic_guard.model import Verdict

SHARES = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02)  # of canaries that are guessed, half on each side: fixed before any score is seen
_WIDE = 5.0  # standard deviations by which the canaries put in may differ from half
_CLOSE = 1e-10
_MOST = 700.0  # of epsilon, beyond which its exponential is not a number


class OneRun(Record):
    """An audit: what was guessed, and the limit that follows."""

    value: float  # the lower limit of epsilon
    canaries: int
    guesses: int
    correct: int
    delta: float
    carried: float  # the limit had all guesses been right: no audit of this size shows more
    cells: int = 1  # numbers of guesses that were tried, and paid for


@functools.lru_cache(maxsize=4096)  # what all guesses right would show is asked again for each audit of a size
def lower(canaries: int, guesses: int, correct: int, delta: float, alpha: float) -> float:
    """Return the lower limit of epsilon at confidence 1 - alpha. Raises Unusable for counts that cannot be."""
    _checked(canaries, guesses, correct, delta)
    if not correct:
        return 0.0
    pure = binomial.beta_quantile(alpha, correct, guesses - correct + 1)  # Clopper-Pearson, one-sided
    top = max(0.0, math.log(pure / (1 - pure))) if pure < 1 else _MOST
    if delta == 0 or top == 0:
        return top
    probability = _Probability(canaries, guesses, correct, delta)
    if probability(0.0) >= alpha:
        return 0.0
    low, high = 0.0, top  # delta only adds to the probability
    while high - low > _CLOSE:
        middle = (low + high) / 2
        low, high = (middle, high) if probability(middle) < alpha else (low, middle)
    return low


class _Probability:
    """p(epsilon) of an audit."""

    def __init__(self, canaries: int, guesses: int, correct: int, delta: float) -> None:
        self._factor = 2 * canaries * delta
        self._guesses, self._correct = guesses, correct
        k = np.arange(correct, dtype=np.float64)  # of right guesses, fewer than there were
        self._choices = np.concatenate(([0.0], np.cumsum(np.log((guesses - k[:-1]) / (k[:-1] + 1)))))
        self._k = k

    def __call__(self, epsilon: float) -> float:
        right, wrong = -math.log1p(math.exp(-epsilon)), -math.log1p(math.exp(epsilon))  # logarithms of q and 1 - q
        chance = np.exp(self._choices + self._k * right + (self._guesses - self._k) * wrong)
        steep = (np.cumsum(chance[::-1]) / np.arange(1, self._correct + 1)).max()
        tail = binomial.at_least(self._correct, self._guesses, math.exp(right))
        return min(1.0, tail + self._factor * float(steep))


def of(canaries: int, guesses: int, correct: int, delta: float, alpha: float) -> OneRun:
    """Return an audit whose numbers are known and whose number of guesses was fixed beforehand. Raises Unusable."""
    return OneRun(
        value=lower(canaries, guesses, correct, delta, alpha),
        canaries=canaries,
        guesses=guesses,
        correct=correct,
        delta=delta,
        carried=lower(canaries, guesses, guesses, delta, alpha),
    )


def from_scores(score: Any, member: Any, delta: float, alpha: float, cell: tuple[int, int] | None = None) -> OneRun:
    """Return the audit of canaries' scores, float64[m], higher for those put in; `member` bool[m].

    `cell` is how many are guessed out and in, if that was fixed beforehand. Otherwise the best cell of the grid counts, each at its
    share of the error. Of equal scores at the edge of a cell all or none are guessed. Raises Unusable: scores that are not finite,
    and canaries that no fair coin has chosen.
    """
    score = np.asarray(score, np.float64)
    good = np.isfinite(score)
    if not good.all():
        raise Unusable(f"the score is not a finite number in row {int(np.argmin(good)) + 1}")
    m = len(score)
    if abs(2 * int(member.sum()) - m) > _WIDE * math.sqrt(m):
        raise Unusable("about half of the canaries are put in by a fair coin: these were chosen in another way")
    cells = [cell] if cell else sorted({(max(1, int(m * share / 2)),) * 2 for share in SHARES if m >= 2})
    found = []
    for out, into in cells:
        if out < 0 or into < 0 or not 0 < out + into <= m:
            raise Unusable("more canaries are guessed than there are, or none")
        said_out, said_in = _lowest(score, out), _lowest(-score, into)
        guesses = int(said_out.sum() + said_in.sum())
        correct = int((said_out & ~member).sum() + (said_in & member).sum())
        if guesses:
            found.append(of(m, guesses, correct, delta, alpha / len(cells)).replace(cells=len(cells)))
    if not found:
        return OneRun(value=0.0, canaries=m, guesses=0, correct=0, delta=delta, carried=0.0, cells=len(cells))
    best = max(found, key=lambda each: (each.value, each.carried))
    return best.replace(carried=max(each.carried for each in found))


def _lowest(score: Any, wanted: int) -> Any:
    """Return who is among about so many lowest, bool[m]: equal scores are all in or all out, whichever is nearer to the number."""
    if not wanted:
        return np.zeros(len(score), bool)
    ordered = np.sort(score)
    first, last = (int(np.searchsorted(ordered, ordered[wanted - 1], side)) for side in ("left", "right"))
    within = last == wanted or wanted - first > last - wanted
    return score <= ordered[wanted - 1] if within else score < ordered[wanted - 1]


def assess(audit: OneRun, terms: Terms) -> tuple[Assessment, ...]:
    """Return one assessment for each bound over `epsilon-lower`; the audit is to be made at `alpha(terms)`."""
    return tuple(_assessment(ask, audit, terms) for ask in terms.asks)


def alpha(terms: Terms) -> float:
    """Return the error of one bound's limit."""
    return (1 - terms.confidence) / max(1, len(terms.asks))


def _assessment(ask: Ask, audit: OneRun, terms: Terms) -> Assessment:
    if ask.metric != "epsilon-lower":
        raise Unusable(f"an audit with canaries says nothing of {ask.metric}")
    verdict, message, needed = _verdict(ask, audit, terms)
    guessed = f"{audit.guesses:,} guesses of {audit.canaries:,} canaries at delta {audit.delta:g}"
    method = f"one-run audit, lower limit at {(1 - alpha(terms)) * 100:g} %, {guessed}"
    if audit.cells > 1:
        method += f", best of {audit.cells} numbers of guesses (Bonferroni)"
    return Assessment(
        metric=ask.metric,
        value=audit.value,
        interval=None,
        n=audit.guesses,
        verdict=verdict,
        message=message,
        method=method,
        needed=needed,
        band=band(ask, verdict, (audit.value, audit.value, math.inf), point=False),
    )


def _verdict(ask: Ask, audit: OneRun, terms: Terms) -> tuple[Verdict, str, int | None]:
    if ask.operator == ">=":
        kept = audit.value >= ask.limit
        return (
            ("pass", "the lower limit keeps the bound", None)
            if kept
            else ("inconclusive", "a lower limit refutes no such bound", None)
        )
    if audit.value > ask.limit:
        return "fail", "epsilon is larger than the bound", None
    if terms.point or audit.carried > ask.limit:
        return "pass", "no violation is proven; a lower limit does not show that epsilon is smaller", None
    chance = math.log1p(math.exp(-ask.limit))  # minus the logarithm of a right guess's probability at that epsilon
    needed = math.ceil(math.log(audit.cells / alpha(terms)) / chance) + 1 if ask.limit < _MOST else None
    told = f"all guesses right would show an epsilon of {audit.carried:.2f}: an audit of this size cannot break the bound"
    return "inconclusive", told, needed


def _checked(canaries: int, guesses: int, correct: int, delta: float) -> None:
    if not 0 <= correct <= guesses <= canaries or not guesses:
        raise Unusable("of a one-run audit, guesses are among the canaries and right ones among the guesses")
    if not 0 <= delta < 1:
        raise Unusable("delta lies between 0 and 1")
