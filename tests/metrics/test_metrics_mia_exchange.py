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

RUNS = 150


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
    refused = 0
    for _run in range(RUNS):
        member = random.random(people) < 0.5
        known = {"site": labels(random.integers(0, kinds, people)), "age": Column(numbers=random.normal(size=people).round(1))}
        known["sex"] = labels(random.integers(0, 2, people))
        refused += bool(told(member, known))
    assert refused <= stats.binom.ppf(1 - 1e-6, RUNS, 0.05)


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


def _line(random: np.random.Generator, n: int) -> tuple[Any, dict[str, Column]]:
    """Return two numbers that go together, of which only the difference tells."""
    member, level = np.arange(n) % 2 == 0, 5 * random.normal(size=n)
    near = level + np.where(member, 0.3, -0.3) + 0.3 * random.normal(size=n)
    return member, {"pc1": Column(numbers=near), "pc2": Column(numbers=level)}


def _either(random: np.random.Generator, n: int) -> tuple[Any, dict[str, Column]]:
    """Return two numbers of which one is high in a member, or both."""
    one, other = random.normal(size=(2, n))
    member = ((one > 0) ^ (other > 0)) ^ (random.random(n) < 0.1)
    return member, {"pc1": Column(numbers=one), "pc2": Column(numbers=1e6 + 1e-3 * other)}


def _reversed(random: np.random.Generator, n: int) -> tuple[Any, dict[str, Column]]:
    """Return a number that is higher in members with one label, and lower with the other."""
    member, sex = random.random(n) < 0.5, random.integers(0, 2, n)
    return member, {"pc1": labels(sex), "pc2": Column(numbers=random.normal(size=n) + np.where(member == sex, 0.7, -0.7))}


@pytest.mark.parametrize("draw", [_line, _either, _reversed])
@pytest.mark.parametrize("others", [0, 5])
def test_what_separates_together_is_found(draw: Any, others: int) -> None:
    """Where no column does alone, and among columns that tell nothing."""
    random = np.random.default_rng()
    runs, found = 12, 0
    for _run in range(runs):
        member, known = draw(random, 2000)
        known |= {f"other{at}": Column(numbers=random.normal(size=2000)) for at in range(others)}
        why = told(member, known)
        found += "pc1" in why
        alone = [each for each in exchange.blind(member, tuple(known.items()), None, 0.95) if len(each.names) == 1]
        assert "pc1" not in exchange.refusal(alone) or draw is _line
    assert found == runs
    assert "tried " + ", ".join(sorted(known)) in why


def test_what_separates_strata_does_not_separate_within() -> None:
    """Numbers and labels that follow from the stratum tell nothing within it; what differs within does."""
    random = np.random.default_rng()
    stratum = np.repeat([0, 1, 2], 800)
    member = random.random(2400) < np.array([0.2, 0.5, 0.8])[stratum]
    known = {name: Column(numbers=random.normal(size=2400) + 3 * stratum) for name in ("pc1", "pc2")}
    assert told(member, known)
    assert not told(member, known, stratum)
    both = known | {"pc2": Column(numbers=known["pc1"].numbers + np.where(member, 0.1, -0.1) + 0.1 * random.normal(size=2400))}
    assert "by pc1 and pc2 alone" in told(member, both, stratum)


@pytest.mark.parametrize("people", [40, 900, 30_000])
def test_order_and_names_have_no_part_in_rules_over_several_columns(people: int) -> None:
    """Nor where they are so many that only a sample is looked at, nor with ties and a number far out."""
    random = np.random.default_rng()
    member, codes = random.random(people) < 0.5, random.integers(0, 6, people)
    numbers = random.normal(size=(2, people)).round(1)
    numbers[0, 3] = 1e200
    strata = random.integers(0, 3, people)
    order, names, others = random.permutation(people), random.permutation(6), random.permutation(3)

    def blind(rows: Any, renamed: Any, stratum: Any) -> Any:
        known = {"site": labels(renamed[codes][rows])} | {f"pc{at}": Column(numbers=numbers[at][rows]) for at in range(2)}
        return exchange.blind(member[rows], tuple(known.items()), stratum, 0.95)

    first = blind(np.arange(people), np.arange(6), strata)
    assert blind(order, names, others[strata[order]]) == first
    assert {len(each.names) for each in first} == {1, 2, 3}


def test_labels_that_cannot_be_told_apart_are_exchangeable() -> None:
    """In a design that is balanced, another name is another first label, and the same figures."""
    at = np.arange(800)
    member, site, sex = at % 2 == 0, at // 2 % 2, np.where(at < 600, at // 2 % 2, 1 - at // 2 % 2)
    random = np.random.default_rng()

    def blind(rows: Any, one: Any, other: Any) -> Any:
        return exchange.blind(member[rows], (("site", labels(one[rows])), ("sex", labels(other[rows]))), None, 0.95)

    first = blind(at, site, sex)
    for one, other in ((site, sex), (1 - site, sex), (site, 1 - sex), (1 - site, 1 - sex)):
        assert blind(random.permutation(800), one, other) == first


def test_dates() -> None:
    """Many of them are a number; what is none stays a label."""
    days = exchange.dates(("1970-01-02", "1970-01-01T12:00:00", "1970-01-01T13:00+01:00"))
    assert days.tolist() == [1.0, 0.5, 0.5]
    assert exchange.dates(("1970-01-02", "soon")) is None
    assert exchange.dates(("1970-01-02", "1970-13-02")) is None
    assert exchange.dates(("19700102",)) is None
    assert exchange.dates(()) is None
    random = np.random.default_rng()
    member = np.arange(2000) % 2 == 0
    first = np.datetime64("2018-01-01") + np.arange(1400)
    codes = np.where(member, random.integers(0, 700, 2000), random.integers(700, 1400, 2000)).astype(np.int32)
    codes[member & (random.random(2000) < 0.1)] = -1
    column = Column(codes=codes, labels=tuple(first.astype(str)))
    assert "by seen alone" in told(member, {"seen": column})


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
