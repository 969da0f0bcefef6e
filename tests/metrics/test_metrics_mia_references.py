"""LiRA and RMIA from score matrices: against a loop with scipy and the dense formula, in any order, in blocks, with few models."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import roc_auc_score

from pytest_genomic_guard.metrics import lira, rmia, shadows
from pytest_genomic_guard.metrics.nouns import Unusable

if TYPE_CHECKING:
    from pathlib import Path


def models(count: int, samples: int, kind: Any = np.float32) -> tuple[Any, Any, Any, Any]:
    """Return logit scores of an attacked model and of reference models in which members score one higher, and who is a member."""
    random = np.random.default_rng()
    level = random.normal(5, 3, samples)
    inside = random.random((count + 1, samples)) < 0.5
    if count > 8:
        inside[-4:] = [[True], [True], [False], [False]]  # no sample is without two of a kind
    scores = (level + inside + random.normal(size=inside.shape)).astype(kind)
    return scores[0].astype(float), scores[1:], inside[1:], inside[0]


def slow(target: Any, scores: Any, member: Any, middle: Any = np.mean) -> tuple[Any, Any]:
    """Return online and offline scores, sample by sample, each of which needs two models of a side."""
    online, offline = [], []
    for at, score in enumerate(target):
        one, zero = (scores[mask, at].astype(float) for mask in (member[:, at], ~member[:, at]))
        out = stats.norm(middle(zero), zero.std())
        online.append(stats.norm(middle(one), one.std()).logpdf(score) - out.logpdf(score))
        offline.append(out.cdf(score))
    return np.array(online), np.array(offline)


@pytest.mark.parametrize(("kind", "close"), [(np.float32, 2e-4), (np.float64, 1e-9)])
@pytest.mark.parametrize("center", ["mean", "median"])
def test_lira_is_the_loop_over_samples(kind: Any, close: float, center: Any) -> None:
    """Online to rounding; offline the same order, without the ties that probabilities near 1 have."""
    target, scores, member, _truth = models(24, 300, kind)
    online, offline = slow(target, scores, member, getattr(np, center))
    found = lira.attack(target, scores, member, center=center)
    assert found.scores == pytest.approx(online, rel=close, abs=close)
    assert (found.references, found.short) == (24, 0)
    assert stats.norm.cdf(lira.attack(target, scores, member, mode="offline", center=center).scores) == pytest.approx(
        offline, abs=close
    )


def test_fixed_variance_is_that_within_samples() -> None:
    """One for each side, pooled over samples, so that few models suffice."""
    target, scores, member, truth = models(6, 4000, np.float64)
    found = lira.attack(target, scores, member, mode="fixed")
    left = {True: 0.0, False: 0.0}
    free = {True: 0, False: 0}
    mean = {side: np.zeros(4000) for side in (True, False)}
    for side in (True, False):
        for at in range(4000):
            own = scores[member[:, at] == side, at]
            mean[side][at] = own.mean() if len(own) else np.nan
            if len(own) > 1:
                left[side] += ((own - own.mean()) ** 2).sum()
                free[side] += len(own) - 1
    spread = {side: math.sqrt(left[side] / free[side]) for side in (True, False)}
    slow = stats.norm.logpdf(target, mean[True], spread[True]) - stats.norm.logpdf(target, mean[False], spread[False])
    known = ~np.isnan(slow)
    assert found.scores[known] == pytest.approx(slow[known], rel=1e-6, abs=1e-6)
    assert found.short == sum(min(n, 6 - n) < 2 for n in member.sum(axis=0))
    online = lira.attack(target, scores, member).scores
    assert roc_auc_score(truth, found.scores) > roc_auc_score(truth, online)


def test_lira_finds_what_one_threshold_does_not() -> None:
    """Samples differ more from each other than members from non-members."""
    target, scores, member, truth = models(64, 3000)
    assert roc_auc_score(truth, target) < 0.65
    modes: tuple[Literal["online", "offline", "fixed"], ...] = ("online", "offline", "fixed")
    for mode in modes:
        assert roc_auc_score(truth, lira.attack(target, scores, member, mode=mode).scores) > 0.71


def test_few_models_take_what_all_samples_have() -> None:
    """One, none, or equal scores: finite, counted, and near the truth."""
    target, scores, member, _truth = models(16, 400, np.float64)
    member[:, 0], member[:, 1] = True, False
    member[:, 2], member[:, 3] = np.arange(16) == 3, np.arange(16) != 3
    scores[:, 4] = 2.0
    found = lira.attack(target, scores, member)
    assert np.isfinite(found.scores).all()
    assert found.short == 4 + sum(min(n, 16 - n) < 2 for n in member[:, 4:].sum(axis=0))
    assert abs(found.scores[:4]).max() < 60
    assert lira.attack(target, scores, member, mode="offline").short == 2 + sum((~member[:, 4:]).sum(axis=0) < 2)
    with pytest.raises(Unusable, match="nothing can be compared"):
        lira.attack(target, scores, np.ones_like(member))
    with pytest.raises(Unusable, match="nothing can be compared"):
        lira.attack(target, scores[:1], member[:1])


@pytest.mark.parametrize("far", [0.0, 300.0, 1e5])
@pytest.mark.parametrize(("kind", "close"), [(np.float32, 2e-3), (np.float64, 1e-7)])
def test_the_order_of_models_decides_nothing(kind: Any, close: float, far: float) -> None:
    """Nor does a model that is far from the others, such as one that diverged: as the loop says, wherever it stands."""
    target, scores, member, truth = models(32, 400, kind)
    scores[0] += kind(far)
    online, offline = slow(target, scores, member)
    for order in (slice(None), slice(None, None, -1), np.random.default_rng().permutation(32)):
        found = lira.attack(target, scores[order], member[order])
        assert found.scores == pytest.approx(online, rel=close, abs=close)
        assert roc_auc_score(truth, found.scores) == pytest.approx(roc_auc_score(truth, online), abs=1e-3)
        apart = lira.attack(target, scores[order], member[order], mode="offline").scores
        assert stats.norm.cdf(apart) == pytest.approx(offline, abs=close)


def test_models_that_agree_but_for_rounding() -> None:
    """They do not vary, though others do: the sample takes the spread of all."""
    target, scores, member, _truth = models(16, 300, np.float64)
    inside = np.flatnonzero(member[:, 0])
    scores[inside, 0] = 0.3
    exact = lira.attack(target, scores, member).scores
    assert np.isfinite(exact).all()
    scores[inside[::2], 0] = 0.1 + 0.2
    assert lira.attack(target, scores, member).scores == pytest.approx(exact, rel=1e-9)
    scores[inside, 0] = 0.3 + 1e-6 * np.arange(len(inside))
    assert abs(lira.attack(target, scores, member).scores[0]) > 1e6  # what they do vary by is their own


@pytest.mark.parametrize("mode", ["online", "offline", "fixed"])
@pytest.mark.parametrize("center", ["mean", "median"])
def test_lira_in_another_order_and_in_blocks(mode: Any, center: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every sample keeps its score to the last bit, from a memory-mapped matrix too."""
    target, scores, member, _truth = models(20, 1025)  # of 64 the last block would have one sample
    scores[0, ::3] += 1000  # what is computed a second time stands anywhere
    whole = lira.attack(target, scores, member, mode=mode, center=center).scores
    order = np.random.default_rng().permutation(1025)
    turned = lira.attack(target[order], np.ascontiguousarray(scores[:, order]), member[:, order], mode=mode, center=center).scores
    assert (turned == whole[order]).all()
    monkeypatch.setattr(shadows, "_BLOCK", 20 * 64)
    np.save(tmp_path / "scores.npy", scores)
    mapped = np.load(tmp_path / "scores.npy", mmap_mode="r")
    assert (lira.attack(target, mapped, member, mode=mode, center=center).scores == whole).all()


def dense(x: Any, z: Any, gamma: float, a: float, mode: str) -> Any:
    """Return RMIA's scores by all ratios of all pairs."""

    def ratio(target: Any, scores: Any, member: Any) -> Any:
        middle = []
        for at in range(len(target)):
            one, zero = scores[member[:, at], at], scores[~member[:, at], at]
            middle.append(((1 + a) * zero.mean() + 1 - a) / 2 if mode == "offline" else (zero.mean() + one.mean()) / 2)
        return target / np.array(middle)

    return (ratio(*x)[:, None] / ratio(*z) > gamma).mean(axis=1)


def probabilities(count: int, samples: int) -> tuple[Any, Any, Any]:
    """Return target scores, reference scores and reference membership."""
    target, scores, member, _truth = models(count, samples, np.float64)
    return 1 / (1 + np.exp(-target)), 1 / (1 + np.exp(-scores)), member


@pytest.mark.parametrize("mode", ["offline", "online"])
@pytest.mark.parametrize(("gamma", "a"), [(2.0, 0.3), (1.0, 0.0), (1.1, 1.0)])
def test_rmia_is_the_dense_formula(mode: Any, gamma: float, a: float) -> None:
    """Against other people and against the samples themselves."""
    x, z = probabilities(24, 200), probabilities(24, 300)
    assert rmia.attack(*x, population=z, mode=mode, gamma=gamma, a=a).scores == pytest.approx(
        dense(x, z, gamma, a, mode), abs=1e-12
    )
    same = rmia.attack(*x, mode=mode, gamma=gamma, a=a).scores
    if gamma != 1:  # a sample's ratio to itself is 1, which rounding may take for more
        assert same == pytest.approx(dense(x, x, gamma, a, mode), abs=1e-12)


def test_means_are_over_the_models_there_are() -> None:
    """A sample with one OUT model in eight has that one's score as mean: not a mean with zeros."""
    target, scores, member = np.array([0.5, 0.5]), np.full((8, 2), 0.8), np.zeros((8, 2), bool)
    member[1:, 0] = True
    found = rmia.attack(target, scores, member, gamma=0.99)
    assert found.scores.tolist() == [1.0, 1.0]
    assert found.short == 0
    member[0, 0] = True
    assert rmia.attack(target, scores, member, gamma=0.99).short == 1
    assert rmia.attack(target, scores, member, gamma=0.99).scores.tolist() == [1.0, 1.0]


def test_rmia_in_another_order_and_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sample keeps its score."""
    target, scores, member = probabilities(20, 1025)
    whole = rmia.attack(target, scores, member).scores
    order = np.random.default_rng().permutation(1025)
    assert (rmia.attack(target[order], scores[:, order], member[:, order]).scores == whole[order]).all()
    monkeypatch.setattr(shadows, "_BLOCK", 20 * 64)
    assert (rmia.attack(target, scores, member).scores == whole).all()


def test_bad_matrices_are_named_by_row() -> None:
    """Never by a value; and shapes that do not fit."""
    target, scores, member = probabilities(4, 50)
    for bad in (math.nan, math.inf):
        broken = scores.copy()
        broken[2, 16] = bad
        with pytest.raises(Unusable, match="row 17"):
            lira.attack(target, broken, member)
        with pytest.raises(Unusable, match="row 17"):
            rmia.attack(target, broken, member)
        broken = target.copy()
        broken[16] = bad
        with pytest.raises(Unusable, match="row 17"):
            lira.attack(broken, scores, member)
    with pytest.raises(Unusable, match="no probability in row 1"):
        rmia.attack(target + 2, scores, member)
    with pytest.raises(Unusable, match="no probability in row 1"):
        rmia.attack(target, scores - 2, member)
    odd = member.astype(int)
    odd[3, 16] = 2
    for attack in (lira.attack, rmia.attack):
        with pytest.raises(Unusable, match="neither 0 nor 1 in row 17"):
            attack(target, scores, odd)
        for wrong in (scores[:, :-1], scores[0], scores[:3]):
            with pytest.raises(Unusable):
                attack(target, wrong, member)
        with pytest.raises(Unusable):
            attack(target, scores, member.astype(str))
