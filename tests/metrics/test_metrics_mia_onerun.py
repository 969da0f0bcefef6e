"""One-run audits, exposure and stated epsilons: closed forms, the paper's formula by scipy, an accountant, and simulated audits."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pytest_genomic_guard.metrics import epsilon, exposure, onerun
from pytest_genomic_guard.metrics.nouns import Ask, Terms, Unusable

RUNS = 2000


def terms(metric: str, limit: float, **values: Any) -> Terms:
    """Return one upper bound."""
    return Terms(asks=(Ask(metric=metric, operator="<=", limit=limit),), **values)


def probability(m: int, r: int, v: int, eps: float, delta: float) -> float:
    """Return p(epsilon) as Steinke, Nasr & Jagielski (2023) have it, by scipy."""
    q = 1 / (1 + math.exp(-eps))
    i = np.arange(1, v + 1)
    steep = ((stats.binom.cdf(v - 1, r, q) - stats.binom.cdf(v - i - 1, r, q)) / i).max()
    return min(1.0, float(stats.binom.sf(v - 1, r, q)) + 2 * m * delta * float(steep))


@settings(deadline=None)
@given(st.integers(1, 5000), st.floats(0, 1), st.floats(0.001, 0.2))
def test_without_delta_it_is_the_logit_of_clopper_pearson(guesses: int, share: float, alpha: float) -> None:
    """A closed form, to 1e-9."""
    correct = round(share * guesses)
    low = stats.beta.ppf(alpha, correct, guesses - correct + 1) if correct else 0.0
    wanted = max(0.0, math.log(low / (1 - low))) if low > 0 else 0.0
    assert onerun.lower(guesses, guesses, correct, 0.0, alpha) == pytest.approx(wanted, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 300), st.integers(1, 300), st.floats(0.5, 1), st.sampled_from([1e-7, 1e-5, 1e-3]))
def test_with_delta_the_formula_is_on_its_edge(canaries: int, guesses: int, share: float, delta: float) -> None:
    """Just below the limit it refutes, just above it does not; or nothing is refuted at all."""
    guesses = min(canaries, guesses)
    correct = round(share * guesses)
    found = onerun.lower(canaries, guesses, correct, delta, 0.05)
    if correct and found > 1e-6:
        assert probability(canaries, guesses, correct, found - 1e-7, delta) < 0.05 + 1e-7
        assert probability(canaries, guesses, correct, found + 1e-7, delta) > 0.05 - 1e-7
    elif correct:
        assert probability(canaries, guesses, correct, 1e-6, delta) >= 0.05 - 1e-7
    assert found <= onerun.lower(canaries, guesses, correct, 0.0, 0.05) + 1e-9


def test_larger_audits() -> None:
    """Of the size that people run, in reasonable time and by the formula."""
    found = onerun.lower(100_000, 20_000, 16_000, 1e-6, 0.05)
    assert probability(100_000, 20_000, 16_000, found - 1e-6, 1e-6) < 0.05
    assert probability(100_000, 20_000, 16_000, found + 1e-6, 1e-6) > 0.05


@pytest.mark.parametrize("people", [200, 1000])
@pytest.mark.parametrize("ties", [False, True])
def test_random_scores_show_an_epsilon_in_five_percent(people: int, *, ties: bool) -> None:
    """The search over numbers of guesses is paid for; one number fixed beforehand costs nothing."""
    random = np.random.default_rng()
    shown = fixed = 0
    for _run in range(RUNS):
        member = random.random(people) < 0.5
        score = random.normal(size=people)
        if ties:
            score = score.round()
        shown += onerun.from_scores(score, member, 0.0, 0.05).value > 0
        fixed += onerun.from_scores(score, member, 0.0, 0.05, cell=(people // 10, people // 10)).value > 0
    most = stats.binom.ppf(1 - 1e-6, RUNS, 0.05)
    assert shown <= most
    assert fixed <= most


def test_the_limit_holds_for_randomised_response_and_finds_most_of_it() -> None:
    """Canaries that are told apart with exactly epsilon = 2: refuted in at most 5 %, and the limit is near."""
    random = np.random.default_rng()
    limits = []
    for _run in range(RUNS // 4):
        member = random.random(2000) < 0.5
        right = random.random(2000) < 1 / (1 + math.exp(-2))
        limits.append(onerun.from_scores(np.where(right, member, ~member) + 0.0, member, 0.0, 0.05, cell=(800, 800)).value)
    assert sum(limit > 2 for limit in limits) <= stats.binom.ppf(1 - 1e-6, RUNS // 4, 0.05)
    assert np.median(limits) > 1.7


def test_scores_in_any_order_and_with_ties_at_the_edge() -> None:
    """Of equal scores all or none are guessed; the same audit to the last bit whatever the order."""
    random = np.random.default_rng()
    member = random.random(1000) < 0.5
    score = (random.normal(size=1000) + 2 * member).round(1)
    first = onerun.from_scores(score, member, 1e-6, 0.05)
    order = random.permutation(1000)
    assert onerun.from_scores(score[order], member[order], 1e-6, 0.05) == first
    assert first.value > 0
    tied = onerun.from_scores(
        np.array([0.0, 1, 1, 1, 1, 1, 1, 2]), np.array([0, 1, 0, 1, 0, 1, 0, 1], bool), 0.0, 0.05, cell=(3, 2)
    )
    assert (tied.guesses, tied.correct) == (2, 2)
    flat = onerun.from_scores(np.zeros(100), np.arange(100) < 50, 0.0, 0.05)
    assert flat.value == 0
    (told,) = onerun.assess(flat, terms("epsilon-lower", 1.0))
    assert told.verdict == "inconclusive"


def test_verdicts_of_an_audit() -> None:
    """Refuted: fail. Not refuted by an audit that could have: pass. One too small for the bound decides nothing."""

    def judged(r: int, v: int, limit: float) -> Any:
        return onerun.assess(onerun.of(r, r, v, 1e-6, 0.05), terms("epsilon-lower", limit))[0]

    failed = judged(1000, 900, 1.0)
    assert (failed.verdict, failed.value) == ("fail", pytest.approx(onerun.lower(1000, 1000, 900, 1e-6, 0.05)))
    passed = judged(1000, 520, 1.0)
    assert passed.verdict == "pass"
    assert "does not show that epsilon is smaller" in passed.message
    small = judged(100, 52, 8.0)
    assert small.verdict == "inconclusive"
    assert "cannot break the bound" in small.message
    assert small.needed is not None
    assert onerun.lower(small.needed, small.needed, small.needed, 0.0, 0.05) > 8
    assert onerun.lower(small.needed - 2, small.needed - 2, small.needed - 2, 0.0, 0.05) <= 8
    assert onerun.assess(onerun.of(100, 100, 52, 0, 0.05), terms("epsilon-lower", 8.0, point=True))[0].verdict == "pass"


@pytest.mark.parametrize("counts", [(10, 11, 5), (10, 5, 6), (10, 0, 0), (10, 5, -1)])
def test_counts_that_cannot_be(counts: tuple[int, int, int]) -> None:
    """More guesses than canaries, more right ones than guesses, none, fewer than none."""
    with pytest.raises(Unusable):
        onerun.of(*counts, delta=0.0, alpha=0.05)
    for delta in (-0.1, 1.0, math.nan):
        with pytest.raises(Unusable):
            onerun.of(10, 5, 5, delta=delta, alpha=0.05)


def test_canaries_need_a_fair_coin_and_finite_scores() -> None:
    """Nine in ten put in are no audit, and NaN is named by its row."""
    with pytest.raises(Unusable, match="fair coin"):
        onerun.from_scores(np.arange(1000.0), np.arange(1000) < 900, 0.0, 0.05)
    with pytest.raises(Unusable, match="row 17"):
        onerun.from_scores(np.where(np.arange(100) == 16, math.nan, 0.0), np.arange(100) < 50, 0.0, 0.05)
    with pytest.raises(Unusable):
        onerun.from_scores(np.arange(10.0), np.arange(10) < 5, 0.0, 0.05, cell=(6, 6))


@settings(deadline=None)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=200), st.integers(0, 50))
def test_exposure_is_that_of_the_ranks(references: list[int], canary: int) -> None:
    """log2 R - log2 (1 + those below); an equal perplexity is not below; a canary above all is slightly negative."""
    found = exposure.figure(float(canary), np.array(references, float), 0.05)
    below = sum(each < canary for each in references)
    assert found.value is not None
    assert found.value == pytest.approx(math.log2(len(references) / (below + 1)))
    assert found.low <= found.value <= found.high
    low, high = stats.binomtest(below, len(references)).proportion_ci(0.95)
    assert found.high == pytest.approx(-math.log2(low) if low > 0 else math.inf)
    assert found.low == pytest.approx(min(found.value, -math.log2(high)), abs=1e-9)


def test_verdicts_of_exposure() -> None:
    """A canary before all references is at the end of what they show: no pass, and a fail only where they show enough."""
    many, few = np.arange(1.0, 100_001), np.arange(1.0, 101)

    def judged(canary: Any, references: Any, limit: float) -> Any:
        return exposure.assess(canary, references, terms("exposure", limit))[0]

    assert judged(50_000.5, many, 3).verdict == "pass"
    assert judged(0, many, 10).verdict == "fail"
    cut = judged(0, few, 10)
    assert (cut.verdict, cut.interval, cut.value) == ("inconclusive", None, pytest.approx(math.log2(100)))
    assert "show an exposure of 6.6 and no more" in cut.message
    assert cut.needed is not None
    assert judged(0, np.arange(1.0, cut.needed + 1), 10).verdict == "fail"
    assert judged(0, np.arange(1.0, cut.needed), 10).verdict == "inconclusive"
    assert judged(50.5, few, 1.0).verdict == "inconclusive"
    assert judged([50_000.5, 0.0], many, 10).verdict == "fail"
    assert judged([9.5, 50_000.5], many, 10) == judged([50_000.5, 9.5], many[::-1], 10)
    for bad in (math.nan, math.inf):
        with pytest.raises(Unusable, match="canary is not a finite number in row 1"):
            judged(bad, few, 1)
        with pytest.raises(Unusable, match="reference is not a finite number in row 3"):
            judged(1.0, [1.0, 2.0, bad], 1)
    with pytest.raises(Unusable):
        judged(1.0, [], 1)


def test_exposure_limits_hold_for_a_canary_that_was_never_seen() -> None:
    """Its rank is uniform, its true share of lower ones known: the limits miss it in at most 5 %."""
    random = np.random.default_rng()
    missed = 0
    for _run in range(RUNS):
        canary = random.random()
        found = exposure.figure(canary, random.random(300), 0.05)
        missed += not found.low <= -math.log2(canary) <= found.high
    assert missed <= stats.binom.ppf(1 - 1e-6, RUNS, 0.05)


CLAIM = {
    "value": "2.5",
    "delta": "1e-5",
    "accountant": "pld",
    "version": "dp-accounting 0.6.0",
    "sampling": "poisson",
    "batch": 256,
    "noise": 1.1,
    "steps": 1000,
}


def test_a_claim_is_judged_as_it_is() -> None:
    """By the value, and the message says that nobody computed it again."""
    for limit, verdict in ((3.0, "pass"), (2.0, "fail")):
        (found,) = epsilon.assess(CLAIM, terms("epsilon", limit))
        assert (found.verdict, found.value, found.interval) == (verdict, 2.5, None)
        assert "a claim, not recomputed" in found.message


@pytest.mark.parametrize("field", epsilon.FIELDS)
def test_a_claim_without_a_field_is_refused(field: str) -> None:
    """And told which is missing; a number that cannot be is no claim at all."""
    for absent in ({}, {field: None}, {field: ""}):
        (found,) = epsilon.assess({key: value for key, value in CLAIM.items() if key != field} | absent, terms("epsilon", 9.0))
        assert found.verdict == "refused"
        assert f"lacks {field}" in found.message
    if field in {"value", "delta", "batch", "noise", "steps"}:
        for bad in ("many", math.nan, -1, math.inf, True):
            with pytest.raises(Unusable, match=field):
                epsilon.assess(CLAIM | {field: bad}, terms("epsilon", 9.0))


def test_no_accountant_finds_less_than_the_lower_limit() -> None:
    """With PLD accounting as oracle: below it for any sampling rate, and equal without subsampling."""
    accounting: Any = pytest.importorskip("dp_accounting")
    pld: Any = pytest.importorskip("dp_accounting.pld")
    for rate, noise, steps in ((1.0, 1.0, 1), (1.0, 20.0, 100), (0.5, 4.0, 50), (0.1, 1.0, 200)):
        accountant = pld.PLDAccountant()
        step = accounting.PoissonSampledDpEvent(rate, accounting.GaussianDpEvent(noise))
        accountant.compose(accounting.SelfComposedDpEvent(step if rate < 1 else accounting.GaussianDpEvent(noise), steps))
        exact = accountant.get_epsilon(1e-5)
        least = epsilon.lower(rate, noise, steps, 1e-5)
        assert 0 <= least <= exact + 1e-3
        if rate == 1:
            assert least > exact * 0.9  # one threshold of a Gaussian, of which delta takes a little
    claim = CLAIM | {"sampling": "1.0", "noise": "1.0", "steps": "100"}
    (found,) = epsilon.assess(claim, terms("epsilon", 9.0))
    assert found.verdict == "refused"
    assert "no accountant finds less than" in found.message
    (found,) = epsilon.assess(claim | {"noise": "0"}, terms("epsilon", 9.0))
    assert found.verdict == "refused"


def test_other_metrics_are_none_of_theirs() -> None:
    """Bounds over other metrics are no matter of these audits."""
    with pytest.raises(Unusable):
        epsilon.assess(CLAIM, terms("auc", 1.0))
    with pytest.raises(Unusable):
        exposure.assess(1.0, [1.0, 2.0], terms("auc", 1.0))
    with pytest.raises(Unusable):
        onerun.assess(onerun.of(10, 10, 5, 0.0, 0.05), terms("auc", 1.0))
