"""Whether covariates tell members from non-members together, where none of them does alone.

Two rules are learned on four fifths of people and judged on the others, five times (cross-fitting). The linear one is a ridge
regression on all columns: numbers whitened, so that a small difference of two that go together counts as much as any, and labels as
indicators. The other looks at two columns at a time, numbers cut into parts, and takes the pair of which membership depends most on
the people it learns from: an "exclusive or", or a number that means another thing with another label. With strata, everything is
relative to the stratum.

People are put in an order that what is known of them decides, labels by who has them and not by name, and seeds follow from that:
the order of rows and the names of labels have no part in what is found. Of many people, a random sample is looked at.
"""

from __future__ import annotations

import hashlib
import itertools
import math
from collections import Counter

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics import pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_FOLDS = 5
_MOST, _WORK = 20_000, 4_000_000  # people that are looked at; and times pairs of columns
_LABELS = 50  # of a column, the most frequent; all others are one
_PRIOR = 5.0  # people by whom a label, or a cell of two columns, is drawn to what is usual
_TAIL = (0.01, 0.99)  # quantiles, and how far beyond them a number may lie
_BEYOND = 5.0


class People(Record):
    """People in the order of what is known of them."""

    member: Any  # bool[n]
    strata: Any  # int[n]
    labels: dict[str, Any]  # int[n] each, from 0 on, the most frequent first
    numbers: dict[str, Any]  # float64[n] each
    folds: Any  # int[n]


def found(
    member: Any, labels: Mapping[str, Any], numbers: Mapping[str, Any], strata: Any
) -> list[tuple[tuple[str, ...], pairs.Pairs]]:
    """Return how well both rules tell members, each with the names of the columns it uses; nothing without two columns.

    `member` bool[n], `labels` int64[n] from 0 on, `numbers` float64[n], finite, `strata` int[n] from 0 on.
    """
    if len(labels) + len(numbers) < 2:
        return []
    people = _people(member, labels, numbers, strata)
    names = (*labels, *numbers)
    if not len(people.member):
        return []
    pair, scores = _by_pairs(people)
    return [(names, _judged(people, _linear(people))), (pair, _judged(people, scores))]


def pooled(folds: list[pairs.Pairs]) -> pairs.Pairs:
    """Return the mean AUC of folds; nan where none has anybody to compare."""
    folds = [each for each in folds if not math.isnan(each.value)]
    many = len(folds) or 1
    return pairs.Pairs(
        value=math.fsum(each.value for each in folds) / many if folds else math.nan,
        error=math.sqrt(math.fsum(each.error**2 for each in folds)) / many,
        positives=sum(each.positives for each in folds),
        negatives=sum(each.negatives for each in folds),
    )


def _judged(people: People, scores: Any) -> pairs.Pairs:
    parts = (people.folds == fold for fold in range(_FOLDS))
    return pooled([pairs.compare(scores[part], people.member[part], people.strata[part]) for part in parts])


def _people(member: Any, labels: Mapping[str, Any], numbers: Mapping[str, Any], strata: Any) -> People:
    """Return who can be compared, or a sample of them, in their order and in folds."""
    keys, ranks = _keys(member, [*labels.values(), strata], list(numbers.values()))
    inside, every = np.bincount(strata, member), np.bincount(strata)
    rows = np.flatnonzero(((inside > 0) & (inside < every))[strata])
    rows = rows[np.argsort(keys[rows])]
    seed = hashlib.blake2b(np.ascontiguousarray(keys[rows], np.dtype("<u8")).tobytes(), digest_size=16)
    random = np.random.default_rng(int.from_bytes(seed.digest(), "little"))
    columns = len(labels) + len(numbers)
    most = max(_MOST // 10, min(_MOST, _WORK // math.comb(columns, 2)))
    if len(rows) > most:
        rows = rows[np.sort(random.choice(len(rows), most, replace=False))]
    return People(
        member=member[rows],
        strata=np.unique(ranks[-1][rows], return_inverse=True)[1],
        labels={name: _frequent(codes[rows]) for name, codes in zip(labels, ranks, strict=False)},
        numbers={name: values[rows] for name, values in numbers.items()},
        folds=random.permutation(len(rows)) % _FOLDS,
    )


def _keys(member: Any, labels: list[Any], numbers: list[Any]) -> tuple[Any, list[Any]]:
    """Return a key of each row, alike for rows that are, uint64[n], and labels by number in an order that names have no part in.

    A label is known by the rows that have it, and these in a second round by their labels too; of labels that are known alike, each
    is as good a first one, and what is known of the next column follows.
    """
    base = _mixed(member.astype(np.uint64))
    for values in numbers:
        base = _mixed(base ^ _mixed((values + 0.0).view(np.uint64)))
    keys = base
    for _round in range(2):
        signs = [_signs(codes, keys) for codes in labels]
        keys = base
        for sign, codes in zip(signs, labels, strict=True):
            keys = _mixed(keys ^ _mixed(sign)[codes])
    ranks = []
    for codes in labels:
        order = np.lexsort((_signs(codes, keys), np.bincount(codes) == 0))  # labels that nobody has come last
        ranks.append(np.argsort(order)[codes])
        keys = _mixed(keys ^ _mixed(ranks[-1].astype(np.uint64)))
    return keys, ranks


def _signs(codes: Any, keys: Any) -> Any:
    """Return what labels are known by: the sums of their rows' keys, uint64[labels]."""
    found_ = np.zeros(int(codes.max(initial=0)) + 1, np.uint64)
    np.add.at(found_, codes, _mixed(keys))
    return found_


def _mixed(values: Any) -> Any:
    """Return 64 bits that all bits decide (the finaliser of SplitMix64; Steele, Lea & Flood 2014)."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _frequent(codes: Any) -> Any:
    """Return labels by how frequent they are, the rarest in one."""
    found_, at, counts = np.unique(codes, return_inverse=True, return_counts=True)
    places = np.empty(len(found_), np.int64)
    places[np.lexsort((found_, -counts))] = np.arange(len(found_))
    return np.minimum(places, _LABELS)[at]


def _linear(people: People) -> Any:
    """Return scores of the linear rule, each learned on the other folds."""
    parts = (
        [_white(np.stack([_within(_tame(values), people.strata) for values in people.numbers.values()], axis=1))]
        if people.numbers
        else []
    )
    for codes in people.labels.values():
        flags = codes[:, None] == np.arange(int(codes.max()) + 1)
        parts.append(np.stack([_within(flag, people.strata) for flag in flags.T.astype(np.float64)], axis=1))
    x = np.concatenate([*parts, _within(people.member.astype(np.float64), people.strata)[:, None]], axis=1)
    held = [x[people.folds == fold] for fold in range(_FOLDS)]
    squares = [each.T @ each for each in held]
    whole = sum(squares) + _PRIOR * np.eye(x.shape[1])
    scores = np.empty(len(x))
    for fold in range(_FOLDS):
        known = whole - squares[fold]
        scores[people.folds == fold] = held[fold][:, :-1] @ np.linalg.solve(known[:-1, :-1], known[:-1, -1])
    return np.round(scores, 9)  # people who are alike have the same score


def _within(values: Any, strata: Any) -> Any:
    """Return what values differ by from the mean of their stratum."""
    return values - (np.bincount(strata, values) / np.bincount(strata))[strata]


def _tame(values: Any) -> Any:
    """Return numbers around 0, none so far out that it would decide alone."""
    values = values / (np.abs(values).max() or 1.0)
    low, high = np.quantile(values, _TAIL)
    room = _BEYOND * (high - low)
    values = np.clip(values, low - room, high + room) - (low + high) / 2
    return values / (values.std() or 1.0)


def _white(x: Any) -> Any:
    """Return as many columns as have variance of their own, uncorrelated and of variance 1."""
    sizes, axes = np.linalg.eigh(x.T @ x / len(x))
    kept = sizes > 1e-9
    return x @ (axes[:, kept] / np.sqrt(sizes[kept]))


def _by_pairs(people: People) -> tuple[tuple[str, str], Any]:
    """Return the pair of columns that was taken most often, and scores by pairs that the other folds chose."""
    columns = people.labels | {name: _parts(values) for name, values in people.numbers.items()}
    of = list(itertools.combinations(columns, 2))
    share = (np.bincount(people.strata, people.member) / np.bincount(people.strata))[people.strata]
    off, spread = people.member - share, share * (1 - share)
    tells = np.stack([_dependence(_cells(columns, pair), off, spread, people.folds) for pair in of])
    best = np.argmax(tells, axis=0)
    scores = np.empty(len(off))
    for fold, pair in enumerate(best.tolist()):
        held, cells = people.folds == fold, _cells(columns, of[pair])
        size = int(cells.max()) + 1
        n, total = np.bincount(cells[~held], minlength=size), np.bincount(cells[~held], off[~held], size)
        scores[held] = (total / (n + _PRIOR))[cells[held]]
    return of[min(Counter(best.tolist()).items(), key=lambda each: (-each[1], each[0]))[0]], scores


def _cells(columns: Mapping[str, Any], pair: tuple[str, str]) -> Any:
    one, other = (columns[name] for name in pair)
    return one * (int(other.max()) + 1) + other


def _dependence(cells: Any, off: Any, spread: Any, folds: Any) -> Any:
    """Return float64[folds]: chi squared of membership by cell over all other folds, in standard deviations over its mean."""
    shape = (int(cells.max()) + 1, _FOLDS)
    at = cells * _FOLDS + folds
    total, variance = (np.bincount(at, values, math.prod(shape)).reshape(shape) for values in (off, spread))
    total, variance = (each.sum(axis=1, keepdims=True) - each for each in (total, variance))
    there = variance > 1e-9
    freedom = np.maximum(there.sum(axis=0) - 1, 1)
    squares = np.where(there, total * total / np.where(there, variance, 1.0), 0.0).sum(axis=0)
    return (squares - freedom) / np.sqrt(2 * freedom)


def _parts(values: Any) -> Any:
    """Return the part of all values that each lies in: 2 to 10 parts, an even number, so that one begins at the median."""
    many = min(10, max(2, 2 * math.isqrt(len(values) // 160)))
    ordered = np.sort(values)
    edges = np.unique(ordered[[len(ordered) * part // many for part in range(1, many)]])
    return np.searchsorted(edges, values, "right")
