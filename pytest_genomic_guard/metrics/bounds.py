"""A bound over figures of which the worst decides: the verdict, the interval of the worst, and what would decide."""

from __future__ import annotations

import math

from pytest_genomic_guard.metrics.judging import decided, inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.metrics.attackers import Figure
    from pytest_genomic_guard.metrics.nouns import Ask, Terms
    from pytest_genomic_guard.model import Verdict

POINT = "judged by the point estimate alone, as the policy says"
WORDS = {
    "pass": "the whole interval keeps the bound",
    "fail": "the whole interval breaks the bound",
    "inconclusive": "the interval holds values on both sides of the bound",
}
_MOST = 10**9  # people: a larger number that would decide is none


def worst(ask: Ask, judged: Sequence[Figure]) -> tuple[Figure | None, tuple[float, float] | None]:
    """Return the figure that is worst for the bound, and the interval of the worst: that of a maximum or minimum of all."""
    if not judged:
        return None, None
    sign, pick = (1, max) if ask.operator == "<=" else (-1, min)
    found = max(judged, key=lambda each: (sign * (each.value or 0.0), -each.n, each.low, each.high))
    return found, (pick(each.low for each in judged), pick(each.high for each in judged))


def verdict(ask: Ask, terms: Terms, figures: Sequence[Figure]) -> tuple[Verdict, str]:
    """Return the verdict over figures and why. One that could not be judged keeps the whole from passing."""
    judged = [figure for figure in figures if not figure.state]
    found, ends = worst(ask, judged)
    if found is None or ends is None:
        return ("undefined" if all(each.state == "undefined" for each in figures) else "inconclusive"), ""
    word = decided(ask, found.value, *ends, point=terms.point)
    if word == "pass" and len(judged) < len(figures):
        return "inconclusive", "those that can be judged keep the bound"
    return word, POINT if terms.point else WORDS[word]


def needed(ask: Ask, figures: Sequence[Figure]) -> int | None:
    """Return the n of the smallest group that would decide: intervals shrink with its square root."""
    found = []
    for figure in figures:
        if figure.needed is not None:
            found.append(figure.needed)
        elif figure.value is not None and inside(ask, figure.low) != inside(ask, figure.high):
            away = abs(figure.value - ask.limit)
            reach = figure.value - figure.low if figure.value > ask.limit else figure.high - figure.value
            wanted = figure.n * (reach / away) ** 2 if away else math.inf
            if wanted <= _MOST:
                found.append(math.ceil(wanted))
    return max(found, default=None)
