"""Audits by scores: figures against brute force and scikit-learn, verdicts, refusals, and what order and names have no part in."""

from __future__ import annotations

import math
from fractions import Fraction
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score, roc_curve

from pytest_genomic_guard.metrics import attackers, membership
from pytest_genomic_guard.metrics.membership import Audit
from pytest_genomic_guard.metrics.nouns import Ask, Assessment, Column, Grouping, Terms, Unusable

ALL = {"auc": 0.6, "advantage": 0.2, "tpr@fpr=0.05": 0.3}


def terms(bounds: dict[str, float] | None = None, **values: Any) -> Terms:
    """Return upper bounds."""
    bounds = bounds or ALL
    return Terms(asks=tuple(Ask(metric=key, operator="<=", limit=limit) for key, limit in bounds.items()), **values)


def even(n: int) -> Any:
    """Return normal scores without chance: quantiles, in ascending order."""
    return np.array([NormalDist().inv_cdf((at + 0.5) / n) for at in range(n)])


def people(members: int, others: int, shift: float = 0.0) -> tuple[Any, Any]:
    """Return scores, those of members higher by `shift`, and who is a member. Every so many of each make the same scores."""
    return np.concatenate((even(members) + shift, even(others))), np.arange(members + others) < members


def audit(score: Any, member: Any, **values: Any) -> Audit:
    """Return an audit by the strongest attack."""
    known: dict[str, Any] = {"higher_is": "member", "attack": "rmia", "references": 64}
    return Audit(scores=score, member=member, **(known | values))


def grouping(name: str, labels: tuple[str, ...], codes: Any, declared: tuple[str, ...] = ()) -> Grouping:
    """Return a grouping."""
    return Grouping(name=name, labels=labels, codes=np.asarray(codes, np.int32), declared=declared)


def test_figures_are_those_of_scikit_learn() -> None:
    """AUC, the largest TPR - FPR and TPR at a rate, where scores are tied and where they are not."""
    for digits in (1, 9):
        member = np.random.default_rng().permutation(1100) < 400
        score = (np.random.default_rng().normal(size=1100) + 0.8 * member).round(digits)
        false, true, _at = roc_curve(member, score, drop_intermediate=False)
        auc, advantage, rate = membership.assess(audit(score, member), terms())
        assert auc.value == pytest.approx(roc_auc_score(member, score), abs=1e-12)
        assert advantage.value == pytest.approx((true - false).max(), abs=1e-12)
        assert rate.value == pytest.approx(true[false <= 0.05 + 1e-12].max(), abs=1e-12)
        assert all(each.n == 400 for each in (auc, advantage, rate))
        for each in (auc, advantage, rate):
            assert each.interval is not None
            assert each.value is not None
            assert each.interval[0] < each.value < each.interval[1]


def test_the_variance_is_that_of_delong() -> None:
    """By its definition, over all pairs; with strata, from the sums over strata; a little more where placements vary too little."""
    member = np.arange(800) < 300
    score = (np.random.default_rng().normal(size=800) + 0.5 * member).round(1)
    strata = np.random.default_rng().integers(0, 3, 800)
    whole, within = attackers.sample(score, member).auc, attackers.sample(score, member, strata).auc
    for cells, found in ((np.zeros(800, int), whole), (strata, within)):
        value = variance = 0.0
        weights = [int(member[cells == s].sum() * (~member[cells == s]).sum()) for s in range(3)]
        for cell, weight in enumerate(weights):
            one, zero = score[member & (cells == cell)], score[~member & (cells == cell)]
            if weight:
                kernel = (one[:, None] > zero) + 0.5 * (one[:, None] == zero)
                value += weight / sum(weights) * kernel.mean()
                own = kernel.mean(axis=1).var(ddof=1) / len(one) + kernel.mean(axis=0).var(ddof=1) / len(zero)
                variance += (weight / sum(weights)) ** 2 * own
        assert found.value == pytest.approx(value)
        assert variance * (1 - 1e-9) <= found.error**2 <= variance * 1.2


def test_three_verdicts() -> None:
    """No leak in many people passes, a leak fails, and few people decide nothing and say how many would."""
    assert [each.verdict for each in membership.assess(audit(*people(5000, 5000)), terms())] == ["pass"] * 3
    assert [each.verdict for each in membership.assess(audit(*people(5000, 5000, 2.0)), terms())] == ["fail"] * 3
    few = membership.assess(audit(*people(70, 70, 0.3)), terms({"auc": 0.6, "advantage": 0.2}))
    assert [each.verdict for each in few] == ["inconclusive"] * 2
    assert all(each.needed is not None and each.needed > 70 for each in few)


def test_point_decides_by_value_and_says_so() -> None:
    """A small leak-free audit passes by its value alone, if the policy asks for no more."""
    (found,) = membership.assess(audit(*people(100, 100, 0.1)), terms({"auc": 0.7}, point=True))
    assert found.verdict == "pass"
    assert "by the point estimate alone" in found.message


@pytest.mark.parametrize("rate", ["0.001", "0.01", "1e-4"])
def test_too_few_non_members_carry_no_rate(rate: str) -> None:
    """One fewer than 3 / f: no figure, and the smallest rate that they carry is told with its own."""
    needed = math.ceil(3 / Fraction(rate))
    key = f"tpr@fpr={rate}"
    for point in (False, True):
        (found,) = membership.assess(audit(*people(200, needed - 1)), terms({key: 0.5}, point=point))
        assert (found.verdict, found.value, found.interval) == ("inconclusive", None, None)
        assert f"too few non-members: {needed - 1:,} non-members carry false-positive rates from" in found.message
        assert f"needed {needed:,}" in found.message
    (found,) = membership.assess(audit(*people(2000, needed)), terms({key: 0.5}))
    assert found.verdict == "pass"


def test_rates_are_exact_decimals() -> None:
    """0.29 of 100 are 29, which binary fractions make 28."""
    member = np.arange(200) < 100
    score = np.where(member, 70.5, 1.0) * 1.0
    score[~member] = np.arange(100)
    (found,) = membership.assess(audit(score, member), terms({"tpr@fpr=0.29": 0.5}))
    assert found.value == 1.0  # 29 non-members lie above 70


def test_a_tail_that_auc_hides() -> None:
    """Three members in a hundred are known for certain: AUC is near one half, TPR at a low rate is not."""
    score, member = people(10_000, 10_000)
    score[np.flatnonzero(member)[::33]] += 50
    auc, rate = membership.assess(audit(score, member), terms({"auc": 0.6, "tpr@fpr=0.001": 0.01}))
    assert (auc.verdict, rate.verdict) == ("pass", "fail")


def test_equal_scores_are_no_leak_and_no_evidence() -> None:
    """A constant: never a fail whatever the order, and no pass, as nobody was attacked."""
    for member in (np.arange(2000) < 1000, np.arange(2000) >= 1000):
        found = membership.assess(audit(np.zeros(2000), member), terms())
        assert [each.verdict for each in found] == ["inconclusive"] * 3
        assert "nobody was attacked" in found[0].message
    nearly = np.zeros(4000)
    nearly[0] = 1.0
    auc, advantage, rate = membership.assess(audit(nearly, np.arange(4000) % 2 == 0), terms())
    assert auc.value == pytest.approx(0.5, abs=1e-3)
    assert [each.verdict for each in (auc, advantage, rate)] == ["pass"] * 3


def test_the_wrong_sign_is_refused() -> None:
    """Scores that point away from membership pass nothing; with the other direction declared they fail."""
    score, member = people(1000, 1000, -2.0)
    for each in membership.assess(audit(score, member), terms()):
        assert each.verdict == "refused"
        assert "against the declared direction" in each.message
    assert [each.verdict for each in membership.assess(audit(score, member, higher_is="non-member"), terms())] == ["fail"] * 3


def test_the_wrong_sign_in_one_group_is_refused() -> None:
    """A leak the other way round in a minority, which all together do not show."""
    score, member = people(3000, 3000)
    codes = (np.arange(6000) % 10 == 5).astype(np.int32)
    score = score - 2 * (codes == 1) * member + 0.25 * (codes == 0) * member
    groups = (grouping("ancestry", ("EUR", "AFR"), codes),)
    for each in membership.assess(audit(score, member, groupings=groups), terms()):
        assert each.verdict == "refused"
        assert "in AFR" in each.message


def test_the_worst_group_decides() -> None:
    """A leak in one group fails the whole, whose overall figure keeps the bound."""
    score, member = people(6000, 6000)
    codes = (np.arange(12_000) % 10 == 5).astype(np.int32)
    score = score + 1.5 * (codes == 1) * member
    (found,) = membership.assess(
        audit(score, member, groupings=(grouping("ancestry", ("EUR", "AFR"), codes),)), terms({"auc": 0.7})
    )
    assert found.verdict == "fail"
    assert "worst of 2 groups: AFR" in found.message
    assert [(group.group, group.verdict) for group in found.groups] == [("AFR", "fail"), ("EUR", "pass")]
    assert found.value == max(group.value or 0 for group in found.groups)


def test_groups_that_cannot_be_judged_keep_the_whole_from_passing() -> None:
    """Declared and not there, without non-members, or too small: listed, and never passed over."""
    score, member = people(5000, 5000)
    codes = np.zeros(10_000, np.int32)
    codes[np.flatnonzero(member)[5::100]] = 1
    codes[np.flatnonzero(member)[8::500]] = codes[np.flatnonzero(~member)[8::500]] = 2
    groups = (grouping("ancestry", ("EUR", "AFR", "EAS"), codes, declared=("EUR", "SAS")),)
    (found,) = membership.assess(audit(score, member, groupings=groups), terms({"auc": 0.6}))
    assert found.verdict == "inconclusive"
    assert [(each.group, each.n, each.verdict) for each in found.groups] == [
        ("AFR", 0, "undefined"),
        ("EAS", 10, "inconclusive"),
        ("EUR", 4940, "pass"),
        ("SAS", 0, "undefined"),
    ]
    (alone,) = membership.assess(audit(score[member], member[member]), terms({"auc": 0.6}))
    assert (alone.verdict, alone.value, alone.interval) == ("undefined", None, None)


@pytest.mark.parametrize("attack", ["loss", "min-k", "zlib", "reference", "lira-offline", "lira-fixed"])
def test_a_weak_attack_proves_no_pass(attack: str) -> None:
    """Nor does a strong one with few reference models; what a weak one finds stays found."""
    asked = {"min_attack": ("lira", 16)}
    quiet, leak = people(5000, 5000), people(5000, 5000, 2.0)
    for references in (0, 64):
        for each in membership.assess(audit(*quiet, attack=attack, references=references, **asked), terms()):
            assert each.verdict == "inconclusive"
            assert f"an attack as strong as lira: {attack} is weaker" in each.message
        assert {each.verdict for each in membership.assess(audit(*leak, attack=attack, **asked), terms())} == {"fail"}
    for strong in ("lira", "rmia", "RMIA"):
        assert {each.verdict for each in membership.assess(audit(*quiet, attack=strong, references=16, **asked), terms())} == {
            "pass"
        }
        (few,) = membership.assess(audit(*quiet, attack=strong, references=15, **asked), terms({"auc": 0.6}))
        assert few.verdict == "inconclusive"
        assert "16 reference models: the attack had 15" in few.message
    (unknown,) = membership.assess(audit(*quiet, attack="of our own", references=99, **asked), terms({"auc": 0.6}))
    assert unknown.verdict == "inconclusive"


def test_the_loss_alone_is_called_a_smoke_test() -> None:
    """It may pass where the policy asks for no stronger attack, and says what that is worth."""
    quiet = people(5000, 5000)
    assert all("smoke test" in each.message for each in membership.assess(audit(*quiet, attack="loss"), terms()))
    assert not any("smoke test" in each.message for each in membership.assess(audit(*quiet, attack="lira"), terms()))


def test_ancestry_that_is_not_matched_refuses() -> None:
    """Scores that tell ancestry, in members of one ancestry: refused, unless compared within."""
    codes = np.repeat([0, 0, 1, 1], [3200, 800, 800, 3200]).astype(np.int32)
    member = np.repeat([True, False, True, False], [3200, 800, 800, 3200])
    score = np.concatenate([even(n) for n in (3200, 800, 800, 3200)]) + 2.0 * (codes == 0)
    known = (("ancestry", Column(codes=codes, labels=("EUR", "AFR"))),)
    for each in membership.assess(audit(score, member, covariates=known), terms()):
        assert each.verdict == "refused"
        assert "told apart by ancestry alone" in each.message
    strata = grouping("ancestry", ("EUR", "AFR"), codes)
    found = membership.assess(audit(score, member, covariates=known, strata=strata, matched=("ancestry",)), terms())
    assert [each.verdict for each in found] == ["pass"] * 3
    assert found[0].value == pytest.approx(0.5, abs=0.05)


def test_strata_without_anybody_to_compare_are_told() -> None:
    """They contribute nothing; if they hold most members, nothing passes."""
    score, member = people(4000, 4000)
    codes = np.zeros(8000, np.int32)
    codes[np.flatnonzero(member)[::4]] = 1
    score[codes == 1] += 9
    strata = grouping("site", ("a", "b"), codes)
    (found,) = membership.assess(audit(score, member, strata=strata, matched=("site",)), terms({"auc": 0.6}))
    assert found.verdict == "pass"
    assert "25.0% of members are in a stratum without non-members" in found.message
    assert found.n == 3000
    codes[np.flatnonzero(member)[::2]] = codes[np.flatnonzero(member)[1::4]] = 1
    (found,) = membership.assess(audit(score, member, strata=strata, matched=("site",)), terms({"auc": 0.6}))
    assert found.verdict == "inconclusive"
    codes[member] = 1
    (found,) = membership.assess(audit(score, member, strata=strata, matched=("site",)), terms({"auc": 0.6}))
    assert found.verdict == "undefined"


def test_weighted_figures_are_those_of_repeated_people() -> None:
    """Non-members weigh as members are mixed: as if each stood there as often as its weight says."""
    random = np.random.default_rng()
    inside, outside = random.normal(size=60).round(1), random.normal(size=90).round(1)
    strata = np.concatenate((np.repeat([0, 1], [40, 20]), np.repeat([0, 1], [10, 80])))
    member = np.arange(150) < 60
    people = attackers.sample(np.concatenate((inside, outside)), member, strata)
    weights = np.where(strata[60:] == 0, 4.0, 0.25)  # 40 / 10 and 20 / 80
    assert people.effective == 15  # 60 / 4
    at = np.unique(np.concatenate((inside, outside)))
    true = np.array([(inside > t).mean() for t in at])
    false = np.array([weights[outside > t].sum() / weights.sum() for t in at])
    assert attackers.advantage(people, 0.05).value == pytest.approx(max(0.0, (true - false).max()))
    assert attackers.tpr(people, 0.05, Fraction(3, 10)).value == pytest.approx(true[false <= 0.3 + 1e-9].max())


@settings(deadline=None)
@given(
    scores=st.lists(st.integers(-3, 3), min_size=8, max_size=60),
    seed=st.integers(0, 2**32 - 1),
)
def test_order_and_names_change_nothing(scores: list[int], seed: int) -> None:
    """To the last bit, in all that is told except the names themselves."""
    random = np.random.default_rng(seed)
    n = len(scores)
    score = np.array(scores) * 0.1
    member, ancestry, site = random.random(n) < 0.5, random.integers(0, 3, n), random.integers(0, 2, n)
    age = random.integers(20, 25, n).astype(float)

    def told(order: Any, names: str, codes: Any) -> list[Assessment]:
        relabelled = np.asarray(codes)[ancestry[order]]
        labels = tuple(sorted(names)) if list(codes) != [0, 1, 2] else tuple(names)
        found = membership.assess(
            audit(
                score[order],
                member[order],
                groupings=(grouping("ancestry", labels, relabelled),),
                strata=grouping("site", ("s", "t"), site[order]),
                covariates=(
                    ("age", Column(numbers=age[order])),
                    ("ancestry", Column(codes=relabelled.astype(np.int32), labels=labels)),
                ),
            ),
            terms(minimum=2),
        )
        return list(found)

    plain, names = np.arange(n), ("A", "B", "C")
    first = told(plain, "ABC", [0, 1, 2])
    assert first == told(random.permutation(n), "ABC", [0, 1, 2])
    assert first == told(plain, "ABC", [0, 1, 2])
    turned = told(random.permutation(n), "abc", [2, 0, 1])  # A is c, B is a, C is b
    back = dict(zip("cab", names, strict=True))
    for one, other in zip(first, turned, strict=True):
        assert (one.value, one.interval, one.verdict, one.n, one.needed) == (
            other.value,
            other.interval,
            other.verdict,
            other.n,
            other.needed,
        )
        assert {group.group: group.replace(group="") for group in one.groups} == {
            back[group.group]: group.replace(group="") for group in other.groups
        }


def test_bad_data_is_named_by_its_row() -> None:
    """Never by a value."""
    score, member = people(50, 50)
    for bad in (math.nan, math.inf, -math.inf):
        broken = score.copy()
        broken[41] = bad
        with pytest.raises(Unusable, match="score is not a finite number in row 42"):
            membership.assess(audit(broken, member), terms())
        with pytest.raises(Unusable, match="covariate age is not a finite number in row 42"):
            membership.assess(audit(score, member, covariates=(("age", Column(numbers=broken)),)), terms())
    odd = member.astype(float)
    odd[16] = 0.5
    with pytest.raises(Unusable, match="member is neither 0 nor 1 in row 17"):
        membership.assess(audit(score, odd), terms())
    with pytest.raises(Unusable, match="length"):
        membership.assess(audit(score[:-1], member), terms())
    with pytest.raises(Unusable, match="say nothing of exposure"):
        membership.assess(audit(score, member), terms({"exposure": 1.0}))
