"""Whether covariates tell members from non-members: what is found, what is not taken for it, and that names have no part in it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import roc_auc_score

from pytest_genomic_guard.metrics import exchange
from pytest_genomic_guard.metrics.nouns import Column

RUNS = 2000


def labels(codes: Any) -> Column:
    """Return a column of labels."""
    return Column(codes=np.asarray(codes, np.int32), labels=tuple(f"label {code}" for code in range(int(np.max(codes)) + 1)))


def told(member: Any, covariates: dict[str, Column], strata: Any = None) -> str:
    """Return why a verdict is refused."""
    return exchange.refusal(exchange.blind(member, tuple(covariates.items()), strata, 0.95))


@pytest.mark.parametrize(("people", "kinds"), [(60, 2), (300, 40), (2000, 5)])
def test_chance_is_not_taken_for_separation(people: int, kinds: int) -> None:
    """Covariates drawn alike for both: refused in no more than 5 % of audits, even with a label for every few people."""
    random = np.random.default_rng()
    runs = RUNS if people == 60 else RUNS // 4
    refused = 0
    for _run in range(runs):
        member = random.random(people) < 0.5
        known = {"site": labels(random.integers(0, kinds, people)), "age": Column(numbers=random.normal(size=people).round(1))}
        known["sex"] = labels(random.integers(0, 2, people))
        refused += bool(told(member, known))
    assert refused <= stats.binom.ppf(1 - 1e-6, runs, 0.05)


def test_what_separates_is_named() -> None:
    """One label of several, two only together, a number by its order, and a number by its spread."""
    random = np.random.default_rng()
    member = np.arange(4000) % 2 == 0
    fair = {"sex": labels(random.integers(0, 2, 4000)), "age": Column(numbers=random.normal(size=4000))}
    ancestry = np.where(random.random(4000) < 0.4, member, random.integers(0, 2, 4000))
    assert "by ancestry alone" in told(member, fair | {"ancestry": labels(ancestry)})
    first = random.integers(0, 2, 4000)
    both = {"centre": labels(first), "batch": labels(first ^ np.where(random.random(4000) < 0.9, member, ~member))}
    assert "by centre and batch alone" in told(member, both)
    later = random.normal(size=4000) + member
    assert "by date alone" in told(member, fair | {"date": Column(numbers=later)})
    assert "by date alone" in told(member, fair | {"date": Column(numbers=-later)})
    wider = random.normal(size=4000) * np.where(member, 3.0, 1.0)
    assert "by depth alone" in told(member, fair | {"depth": Column(numbers=wider)})
    assert "by ancestry alone" in told(member, {"ancestry": labels(member)})
    assert "1.000" in told(member, {"ancestry": labels(member)})


def test_only_people_of_one_stratum_are_compared() -> None:
    """What follows from the matched ancestry separates no longer; what differs within it does."""
    random = np.random.default_rng()
    ancestry = np.repeat([0, 1], 3000)
    member = np.where(np.arange(6000) % 5 == 0, ancestry == 1, ancestry == 0)  # four fifths of one ancestry, a fifth of the other
    site = np.where(random.random(6000) < 0.9, ancestry, 1 - ancestry)
    assert told(member, {"site": labels(site)})
    assert not told(member, {"site": labels(site)}, ancestry)
    within = np.where(random.random(6000) < 0.7, member, random.integers(0, 2, 6000))
    assert "by centre alone" in told(member, {"centre": labels(within)}, ancestry)


def test_the_blind_auc_of_a_number_is_scikit_learns() -> None:
    """To either side."""
    random = np.random.default_rng()
    member = random.random(500) < 0.5
    for sign in (1, -1):
        values = (random.normal(size=500) + sign * member).round(1)
        found = exchange.blind(member, (("age", Column(numbers=values)),), None, 0.95)[0]
        area = roc_auc_score(member, values)
        assert found.value == pytest.approx(max(area, 1 - area))
        assert 0.5 < found.low < found.value


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 2)), min_size=4, max_size=80), st.integers(0, 2**32 - 1))
def test_order_and_names_have_no_part(rows: list[tuple[bool, int, int]], seed: int) -> None:
    """Rows in another order, and labels with other codes: the same figures to the last bit."""
    random = np.random.default_rng(seed)
    member, codes, strata = (np.array(column) for column in zip(*rows, strict=True))
    order, names, names2 = random.permutation(len(rows)), random.permutation(4), random.permutation(3)
    first = exchange.blind(member, (("a", labels(codes)), ("b", labels(strata))), strata, 0.95)
    again = exchange.blind(
        member[order], (("a", labels(names[codes[order]])), ("b", labels(names2[strata[order]]))), names2[strata[order]], 0.95
    )
    assert first == again


def test_people_without_a_label_are_a_kind_of_their_own() -> None:
    """A covariate that only members have is one that separates."""
    member = np.arange(400) < 200
    codes = np.where(member, np.arange(400) % 2, -1).astype(np.int32)
    assert "by ancestry alone" in told(member, {"ancestry": Column(codes=codes, labels=("a", "b"))})


def test_nothing_to_compare_refuses_nothing() -> None:
    """Members only, or strata with one kind only."""
    member = np.arange(40) < 20
    column = {"ancestry": labels(member)}
    assert not told(member, column, member.astype(int))
    assert not told(np.ones(40, bool), column)
    assert not told(member, {})
