"""Drift between two pieces of evidence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pytest_genomic_guard.metrics import fairness
from pytest_genomic_guard.metrics.drift import drift
from pytest_genomic_guard.metrics.nouns import Ask, Cells, Earlier, Terms, Unusable
from pytest_genomic_guard.report import GroupFigure

if TYPE_CHECKING:
    from pytest_genomic_guard.metrics.nouns import Assessment

ASK = Ask(metric="tpr.drift", operator="<=", limit=0.05)


def figure(name: str, value: float | None, half: float | None = 0.01, n: int | None = 500) -> GroupFigure:
    """Return a group's figure."""
    interval = None if value is None or half is None else (value - half, value + half)
    return GroupFigure(group=name, n=n, value=value, interval=interval, verdict="pass")


def judge(now: list[GroupFigure], then: list[GroupFigure], *, point: bool = False, confidence: float | None = 0.95) -> Assessment:
    """Return the assessments of bounds."""
    return drift(now, Earlier(groups=then, confidence=confidence), ASK, Terms(asks=(ASK,), point=point))


def test_the_largest_change_is_judged_with_both_uncertainties() -> None:
    """Which are of different people."""
    found = judge([figure("A", 0.80), figure("B", 0.70)], [figure("A", 0.79), figure("B", 0.80)])
    assert found.value == pytest.approx(0.1)
    assert found.interval == pytest.approx((0.1 - 0.01 * math.sqrt(2), 0.1 + 0.01 * math.sqrt(2)))
    assert found.verdict == "fail"
    assert [(group.group, group.value, group.verdict) for group in found.groups] == [("A", 0.8, "pass"), ("B", 0.7, "fail")]
    assert found.message.startswith("largest drift B: 0.100, from 0.086 to 0.114")


def test_what_straddles_the_bound_is_inconclusive_and_tells_what_would_decide() -> None:
    """As for any comparison."""
    found = judge([figure("A", 0.80, 0.04)], [figure("A", 0.83, 0.03)])
    assert found.verdict == "inconclusive"
    assert found.value == pytest.approx(0.03)
    assert found.needed == math.ceil(500 * (0.05 / 0.02) ** 2)
    assert judge([figure("A", 0.80)], [figure("A", 0.81)]).verdict == "pass"


@pytest.mark.parametrize(
    ("now", "then", "why"),
    [
        ([figure("B", 0.8)], [], "not in the earlier evidence: B"),
        ([], [figure("B", 0.8)], "only in the earlier evidence: B"),
        ([figure("B", None, n=None)], [figure("B", 0.8)], "masked"),
        ([figure("B", 0.8, None)], [figure("B", 0.8)], "without an interval"),
        ([figure("B", 0.8, n=19)], [figure("B", 0.8)], "fewer than 20"),
    ],
)
def test_a_group_that_cannot_be_compared_keeps_it_from_passing(now: list[GroupFigure], then: list[GroupFigure], why: str) -> None:
    """And not from failing."""
    alike = [figure("A", 0.8)]
    assert judge(alike, alike).verdict == "pass"
    found = judge([*alike, *now], [*alike, *then])
    assert found.verdict == "inconclusive"
    assert why in found.message
    alone = judge(now, then)
    assert (alone.verdict, alone.value) == ("undefined", None)
    proven = judge([figure("A", 0.9), *now], [*alike, *then])
    assert proven.verdict == "fail"


def test_earlier_figures_that_are_less_sure_prove_nothing() -> None:
    """Their intervals are narrower than those that are asked for: they are not told as if they were not."""
    for far in (0.8, 0.9):
        now, then = [figure("A", far)], [figure("A", 0.8)]
        for earlier in (0.95, 0.99):
            assert judge(now, then, confidence=earlier) == judge(now, then)
        for less, told in ((0.5, "of confidence 0.5, and this gate asks for 0.95"), (None, "of unknown confidence")):
            found = judge(now, then, confidence=less)
            assert (found.verdict, found.interval, found.band) == ("inconclusive", None, "")
            assert found.value == pytest.approx(far - 0.8)
            assert told in found.message
            assert " to 0" not in found.message
            assert [group.verdict for group in found.groups] == ["inconclusive"]
        assert judge(now, then, point=True, confidence=0.5) == judge(now, then, point=True)


def test_points_need_no_interval() -> None:
    """And tell none."""
    found = judge([figure("A", 0.8, None)], [figure("A", 0.81, None)], point=True)
    assert found.verdict == "pass"
    assert found.interval is None
    assert "point estimate alone" in found.message


def test_a_group_that_is_there_twice_is_no_evidence() -> None:
    """It does not say which of the two it is."""
    with pytest.raises(Unusable, match="names a group twice"):
        judge([figure("A", 0.8)] * 2, [figure("A", 0.8)])


def test_rows_are_held_against_earlier_evidence() -> None:
    """With the intervals of this run's family."""

    def counts(missed: int) -> tuple[Cells, ...]:
        return (
            Cells(name="group", labels=("B", "A"), counts=np.array([[[9, 9], [200, 800]], [[9, 9], [200 + missed, 800 - missed]]])),
        )

    asks = (ASK, Ask(metric="tpr.difference", operator="<=", limit=0.1))
    terms = Terms(asks=asks)
    groups = fairness.assess(counts(0), terms.replace(asks=asks[1:]))[0].groups
    before = {"tpr": Earlier(groups=groups, confidence=0.95)}
    assert fairness.assess(counts(0), terms, before)[0].verdict == "pass"
    moved = fairness.assess(counts(200), terms, before)[0]
    assert moved.verdict == "fail"
    assert moved.value == pytest.approx(0.2)
    assert [(group.group, group.verdict) for group in moved.groups] == [("A", "fail"), ("B", "pass")]
    for missed, confidence in (0, 0.5), (200, 0.5), (200, None):
        unsure = {"tpr": Earlier(groups=groups, confidence=confidence)}
        assert fairness.assess(counts(missed), terms, unsure)[0].verdict == "inconclusive"
    with pytest.raises(Unusable, match=r"^the earlier evidence has no tpr of groups$"):
        fairness.assess(counts(0), terms)
