"""Whether covariates alone, without the model, tell members from non-members: then the two could not be exchanged.

If ancestry, site or date separate them, an attack's score may show no more than that, and no verdict on leaks is possible. The
blind AUC is that of shares of members by label, learned on some people and judged on others (cross-fitting, so that chance is not
taken for separation), or of a number as it is; and where there are several columns, that of rules over all of them and over two of
them (`joint`). With strata, only people of one stratum are compared.
"""

from __future__ import annotations

import datetime
import hashlib

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics import joint, pairs
from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from pytest_genomic_guard.metrics.nouns import Column

SEPARABLE = 0.55  # a lower limit of the blind AUC over which no verdict is given
_FOLDS = 5
_DATES = 50  # labels, from more of which on dates are numbers
_PARTS = 10  # of a number, which may tell by more than its order


class Blind(Record):
    """How well covariates tell members from non-members."""

    names: tuple[str, ...]
    value: float
    low: float  # simultaneous over all covariates


def blind(member: Any, covariates: Sequence[tuple[str, Column]], strata: Any, confidence: float) -> tuple[Blind, ...]:
    """Return the blind AUC of each covariate, of all labels together, and of rules over several columns.

    `member` bool[n]; `strata` int[n], from 0 on, or None. Labels that are dates count as numbers where they are many. Raises
    Unusable for NaN and infinities.
    """
    covariates = [(name, _dated(column)) for name, column in covariates]
    strata = np.zeros(len(member), np.int64) if strata is None else strata
    labels = {name: _codes(column.codes) for name, column in covariates if column.codes is not None}
    numbers = {name: _finite(name, column.numbers) for name, column in covariates if column.codes is None}
    asked: list[tuple[tuple[str, ...], Any]] = [((name,), codes) for name, codes in labels.items()]
    if len(labels) > 1:
        asked.append((tuple(labels), _intersected(list(labels.values()))))
    together = joint.found(member, labels, numbers, strata)
    tests = len(asked) + 2 * len(numbers) + len(together)
    found = [_judged(names, auc, (1 - confidence) / tests) for names, auc in together]
    for names, codes in asked:
        found.append(_by_labels(names, member, codes, strata, (1 - confidence) / tests))
    for name, values in numbers.items():
        by_order = pairs.compare(values, member, strata)
        ends = by_order.limits((1 - confidence) / tests)
        better = max(by_order.value, 1 - by_order.value)
        found.append(Blind(names=(name,), value=better, low=max(ends[0], 1 - ends[1])))
        found.append(_by_labels((name,), member, _parts(values), strata, (1 - confidence) / tests))
    return tuple(found)


def refusal(found: Sequence[Blind]) -> str:
    """Return why no verdict can be given, or nothing. One covariate that separates is told before several that do together."""
    separate = [each for each in found if each.low > SEPARABLE]
    if not separate:
        return ""
    tried = [name for each in found for name in each.names]
    worst = min(separate, key=lambda each: (len(each.names), -each.low, each.names))
    return (
        f"members and non-members are told apart by {' and '.join(worst.names)} alone, without the model"
        f" (blind AUC {worst.value:.3f}, at least {worst.low:.3f}; tried {', '.join(sorted({*tried}))}):"
        " compare within (match-on), or choose other non-members"
    )


def dates(labels: Sequence[str]) -> Any:
    """Return ISO dates, or dates and times, as days: float64[labels]; None where one of them is something else."""
    days = []
    for label in labels:
        if label[4:5] != "-":  # digits alone are numbers
            return None
        try:
            found = datetime.datetime.fromisoformat(label)
        except ValueError:
            return None
        days.append((found if found.tzinfo else found.replace(tzinfo=datetime.UTC)).timestamp() / 86_400)
    return np.array(days) if days else None


def _dated(column: Column) -> Column:
    """Return a column of many dates as numbers; who has none comes a day before all."""
    days = dates(column.labels) if column.codes is not None and len(column.labels) > _DATES else None
    if days is None:
        return column
    return column.replace(codes=None, labels=(), numbers=np.append(days, days.min() - 1)[column.codes])


def _by_labels(names: tuple[str, ...], member: Any, codes: Any, strata: Any, alpha: float) -> Blind:
    n1, n0, stratum = _counts(member, codes, strata)
    random = np.random.default_rng(_seed(n1, n0, stratum))
    equal = np.full(_FOLDS, 1 / _FOLDS)
    inside, outside = random.multinomial(n1, equal), random.multinomial(n0, equal)
    folds = []
    for fold in range(_FOLDS):
        held1, held0 = inside[:, fold], outside[:, fold]
        share = _shares(n1 - held1, n0 - held0, stratum)
        positive = np.repeat([True, False], len(share))
        counts = np.concatenate((held1, held0))
        there = counts > 0
        score, cells = np.tile(share, 2), np.tile(stratum, 2)
        folds.append(pairs.compare(score[there], positive[there], cells[there], counts[there]))
    return _judged(names, joint.pooled(folds), alpha)


def _judged(names: tuple[str, ...], auc: pairs.Pairs, alpha: float) -> Blind:
    """Return what a rule shows that was learned on others: it may be wrong, and then tells nothing."""
    if not auc.positives:
        return Blind(names=names, value=0.5, low=0.0)
    return Blind(names=names, value=auc.value, low=auc.limits(2 * alpha)[0])


def _counts(member: Any, codes: Any, strata: Any) -> tuple[Any, Any, Any]:
    """Return members and non-members by label within strata, and the strata, in an order that names have no part in."""
    size = int(codes.max(initial=0)) + 1
    cells, at = np.unique(strata.astype(np.int64) * size + codes, return_inverse=True)
    n1 = np.bincount(at[member], minlength=len(cells))
    n0 = np.bincount(at[~member], minlength=len(cells))
    by: dict[int, list[tuple[int, int]]] = {}
    for stratum, one, zero in zip((cells // size).tolist(), n1.tolist(), n0.tolist(), strict=True):
        by.setdefault(stratum, []).append((one, zero))
    ordered = sorted(sorted(group) for group in by.values())
    flat = np.array([cell for group in ordered for cell in group], np.int64).reshape(-1, 2)
    return flat[:, 0], flat[:, 1], np.repeat(np.arange(len(ordered)), [len(group) for group in ordered])


def _seed(*arrays: Any) -> int:
    """Return a seed that the counts decide."""
    digest = hashlib.blake2b(digest_size=16)
    for each in arrays:
        digest.update(np.ascontiguousarray(each, np.dtype("<i8")).tobytes())
    return int.from_bytes(digest.digest(), "little")


def _shares(one: Any, zero: Any, stratum: Any) -> Any:
    """Return the share of members by label, drawn to that of its stratum as by one more person."""
    of1, of0 = np.bincount(stratum, one), np.bincount(stratum, zero)
    usual = (of1 / np.maximum(of1 + of0, 1))[stratum]
    return (one + usual) / (one + zero + 1)


def _codes(codes: Any) -> Any:
    """Return labels' codes from 0 on; what has no label has one of its own."""
    return codes.astype(np.int64) - min(0, int(codes.min(initial=0)))


def _intersected(columns: list[Any]) -> Any:
    codes = columns[0]
    for each in columns[1:]:
        _cells, codes = np.unique(codes * (int(each.max(initial=0)) + 1) + each, return_inverse=True)
    return codes


def _parts(values: Any) -> Any:
    """Return the tenth of all values that each lies in, equal ones in the same."""
    ordered = np.sort(values)
    edges = np.unique(ordered[[len(ordered) * part // _PARTS for part in range(1, _PARTS)]]) if len(ordered) else ordered
    return np.searchsorted(edges, values, "right")


def _finite(name: str, values: Any) -> Any:
    good = np.isfinite(values)
    if not good.all():
        raise Unusable(f"the covariate {name} is not a finite number in row {int(np.argmin(good)) + 1}")
    return values
