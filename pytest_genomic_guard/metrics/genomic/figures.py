"""A figure of a genomic release with its interval, as the tests here give it, and what a bound makes of it."""

from __future__ import annotations

import math

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics.bounds import POINT, WORDS
from pytest_genomic_guard.metrics.judging import band, decided
from pytest_genomic_guard.metrics.limits import quantile
from pytest_genomic_guard.metrics.nouns import Assessment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_genomic_guard.metrics.nouns import Ask, Terms
    from pytest_genomic_guard.model import Verdict

    Ends = tuple[float, float]


class Figure(Record):
    """One metric of one release."""

    metric: str  # the key of the policy
    value: float
    n: int  # people that it rests on: of the smaller side
    limits: Callable[[float], Ends]  # critical value z -> lower and upper end
    method: str  # how the interval was made
    note: str = ""  # what else is to be known, with nothing of a person
    doubt: str = ""  # why a breach is not proven, whatever the interval says
    gap: str = ""  # why nothing passes, whatever the interval says
    copies: int | None = None  # people behind a share of all of them, which is not told where they are few
    exact: bool = False  # all of what is released was looked at: no interval of chance


def counted(metric: str, part: int, whole: int, *, doubt: str = "", gap: str = "") -> Figure:
    """Return the share of all genomes of a release of which something is true: a count, with nothing left to chance."""
    share = part / whole
    return Figure(
        metric=metric,
        value=share,
        n=whole,
        limits=lambda _z: (share, share),
        method="all genomes of the release: no interval of chance",
        doubt=doubt,
        gap=gap,
        copies=part,
        exact=True,
    )


def proportion(value: float, effective: float, z: float) -> Ends:
    """Return Wilson's limits of a proportion of `effective` independent people, who need not be a whole number."""
    square = z * z / effective
    centre, reach = value + square / 2, z * math.sqrt(value * (1 - value) / effective + square / (4 * effective))
    return max(0.0, (centre - reach) / (1 + square)), min(1.0, (centre + reach) / (1 + square))


def assess(figure: Figure, ask: Ask, terms: Terms, asked: int = 1, small: int = 10) -> Assessment:
    """Return the verdict of a bound, whose interval is simultaneous with those of the `asked` bounds of a gate (Bonferroni).

    A share that 1 to `small` genomes make up is not told; the verdict on it is.
    """
    z = quantile(1 - (1 - terms.confidence) / asked / 2)
    ends = figure.limits(z)
    verdict, why = _verdict(figure, ask, terms, ends)
    needed = max(_needed(figure, ask, ends), terms.minimum) if verdict == "inconclusive" and not figure.exact else None
    over = f", simultaneous over {asked} bounds" if asked > 1 and not figure.exact else ""
    few = figure.copies is not None and 1 <= figure.copies <= small
    told = f"1 to {small} genomes" if few else ""
    return Assessment(
        metric=ask.metric,
        value=None if few else figure.value,
        interval=None if few else ends,
        n=figure.n,
        verdict=verdict,
        message="; ".join(text for text in (why, told, figure.note) if text),
        method=figure.method + over,
        needed=needed,
        band=band(ask, verdict, (figure.value, *ends), point=terms.point),
    )


def _verdict(figure: Figure, ask: Ask, terms: Terms, ends: Ends) -> tuple[Verdict, str]:
    if figure.n < terms.minimum and not figure.exact:
        return "inconclusive", f"too few people to judge: at least {terms.minimum} are needed"
    word = decided(ask, figure.value, *ends, point=terms.point)
    if word == "pass" and figure.gap:
        return "inconclusive", figure.gap
    if word == "fail" and figure.doubt:
        return "inconclusive", figure.doubt
    exact = "every genome was looked at" if figure.exact else WORDS[word]
    return word, POINT if terms.point else exact


def _needed(figure: Figure, ask: Ask, ends: Ends) -> int:
    """Return how many people would decide, should the figure stay: the half width falls with the square root of n."""
    away = abs(figure.value - ask.limit)
    reach = max(figure.value - ends[0], ends[1] - figure.value)
    return math.ceil(figure.n * (reach / away) ** 2) if away * 1e4 > reach else 0
