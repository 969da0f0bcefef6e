"""Counts of groups by truth and prediction: a commutative sum, from which every rate follows.

An outcome is 2 * y_true + y_pred: 0 true negative, 1 false positive, 2 false negative, 3 true positive.
"""

from __future__ import annotations

import numpy as np

from pytest_genomic_guard.metrics import limits
from pytest_genomic_guard.metrics.nouns import Cells, Figures, Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, Final

    from pytest_genomic_guard.metrics.nouns import Grouping

    Mask = tuple[int, int, int, int]

GROUPS: Final = 1_000  # of a grouping at most: nobody reads more, and all their pairs are half a million
_CHUNK = 1 << 16  # rows: what is made of them stays in the processor's cache

# By metric, each rate that it is the mean of: the outcomes that count, among which.
_POSITIVE, _NEGATIVE, _ALL = (0, 0, 1, 1), (1, 1, 0, 0), (1, 1, 1, 1)
_TPR, _TNR = ((0, 0, 0, 1), _POSITIVE), ((1, 0, 0, 0), _NEGATIVE)
RATES: Final[Mapping[str, tuple[tuple[Mask, Mask], ...]]] = {
    "selection-rate": (((0, 1, 0, 1), _ALL),),
    "tpr": (_TPR,),
    "fpr": (((0, 1, 0, 0), _NEGATIVE),),
    "tnr": (_TNR,),
    "fnr": (((0, 0, 1, 0), _POSITIVE),),
    "ppv": (((0, 0, 0, 1), (0, 1, 0, 1)),),
    "npv": (((1, 0, 0, 0), (1, 0, 1, 0)),),
    "accuracy": (((1, 0, 0, 1), _ALL),),
    "balanced-accuracy": (_TPR, _TNR),
}


def bits(values: Any, name: str, first: int = 1) -> Any:
    """Return zeros and ones as uint8[rows]. Raises Unusable with the row, counted from `first`, of any other value."""
    values = np.asarray(values)
    if values.dtype == np.bool_:
        return values.view(np.uint8)
    with np.errstate(invalid="ignore"):
        found = values.astype(np.uint8)
    if len(found) and (found.max() > 1 or not np.array_equal(found, values)):
        row = int(np.flatnonzero((values != 0) & (values != 1))[0])
        what = "neither 0 nor 1" if np.isfinite(values[row]) else "not a finite number"
        raise Unusable(f"{name} is {what} in row {first + row}")
    return found


def checked(groupings: Sequence[Grouping], rows: int, first: int = 1) -> None:
    """Raise Unusable for groupings of another length, with too many groups, or with a row that is in none."""
    for grouping in groupings:
        if len(grouping.labels) > GROUPS:
            raise Unusable(f"{grouping.name} has {len(grouping.labels):,} groups, and {GROUPS:,} are the most that are compared")
        if len(grouping.codes) != rows:
            raise Unusable(f"{grouping.name} has {len(grouping.codes):,} rows, and the others have {rows:,}")
        codes = np.asarray(grouping.codes)
        if rows and (codes.min() < 0 or codes.max() >= len(grouping.labels)):
            row = int(np.flatnonzero((codes < 0) | (codes >= len(grouping.labels)))[0])
            raise Unusable(f"{grouping.name} has no group in row {first + row}")


def outcomes(y_true: Any, y_pred: Any, first: int = 1) -> Any:
    """Return uint8[rows] of 2 * y_true + y_pred; y_true None: all 0. Raises Unusable as `bits` does, or for unequal lengths."""
    if y_true is not None and len(y_true) != len(y_pred):
        raise Unusable(f"y_true has {len(y_true):,} rows, and y_pred has {len(y_pred):,}")
    found = np.empty(len(y_pred), np.uint8)
    for start in range(0, len(found), _CHUNK):
        part = slice(start, start + _CHUNK)
        chunk = bits(y_pred[part], "y_pred", first + start)
        found[part] = chunk if y_true is None else (bits(y_true[part], "y_true", first + start) << 1) | chunk
    return found


def tally(codes: Any, groups: int, found: Any, kinds: int = 4) -> Any:
    """Return int64[groups, kinds]: how many rows of each group have each of the outcomes `found`, uint8[rows] below `kinds`."""
    counts = np.zeros(groups * kinds, np.int64)
    width = np.uint8 if groups * kinds <= 256 else np.int32
    for start in range(0, len(found), _CHUNK):
        part = slice(start, start + _CHUNK)
        keys = codes[part].astype(width) * width(kinds) + found[part]
        counts += np.bincount(keys, minlength=len(counts))
    return counts.reshape(groups, kinds)


def count(groupings: Sequence[Grouping], y_true: Any, y_pred: Any, first: int = 1) -> tuple[Cells, ...]:
    """Count rows, or a chunk of them that begins with row `first`, by grouping. `y_true` may be None where no metric needs it.

    Raises Unusable for values other than 0 and 1, naming the row, and for groupings that do not fit.
    """
    checked(groupings, len(y_pred), first)
    found = outcomes(y_true, y_pred, first)
    return tuple(
        Cells(
            name=grouping.name,
            labels=grouping.labels,
            counts=tally(grouping.codes, len(grouping.labels), found).reshape(-1, 2, 2),
            declared=grouping.declared,
        )
        for grouping in groupings
    )


def add(parts: Sequence[tuple[Cells, ...]]) -> tuple[Cells, ...]:
    """Return the sum of counts of several chunks or sites, by grouping and label; labels and groupings as they first come.

    Raises Unusable for a part that lacks a grouping that another one has.
    """
    names = [cells.name for cells in parts[0]] if parts else []
    if any(sorted(cells.name for cells in part) != sorted(names) for part in parts):
        raise Unusable("the parts are not counted by the same groupings")
    return tuple(_sum([cells for part in parts for cells in part if cells.name == name]) for name in names)


def _sum(parts: list[Cells]) -> Cells:
    labels = tuple(dict.fromkeys(label for cells in parts for label in cells.labels))
    at = {label: number for number, label in enumerate(labels)}
    counts = np.zeros((len(labels), 2, 2), np.result_type(*(np.asarray(cells.counts).dtype for cells in parts)))
    for cells in parts:
        np.add.at(counts, [at[label] for label in cells.labels], cells.counts)
    declared = tuple(dict.fromkeys(label for cells in parts for label in cells.declared))
    return parts[0].replace(labels=labels, counts=counts, declared=declared)


def whole(cells: Cells) -> Any:
    """Return the counts of people as int64[groups, 4]. Raises Unusable for what is no count."""
    found = np.asarray(cells.counts).reshape(-1, 4)
    if len(found) != len(cells.labels):
        raise Unusable(f"{cells.name} has {len(cells.labels):,} groups, and counts of {len(found):,}")
    if len(found) > GROUPS:
        raise Unusable(f"{cells.name} has {len(found):,} groups, and {GROUPS:,} are the most that are compared")
    if not np.all(np.isfinite(found)) or np.any(found < 0) or np.any(found != np.floor(found)) or np.any(found > 1 << 53):
        row = int(np.flatnonzero(~(np.isfinite(found) & (found >= 0) & (found == np.floor(found)) & (found <= 1 << 53)).all(1))[0])
        raise Unusable(f"{cells.name} has a count that is no whole number of people in row {row + 1}")
    return found.astype(np.int64)


def ratio(counts: Any, rate: tuple[Mask, Mask]) -> tuple[Any, Any]:
    """Return a rate's value and denominator, float64[groups] each, from counts or sums of weights [groups, 4]; 0 / 0 is nan."""
    among = counts @ np.array(rate[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        return (counts @ np.array(rate[0])) / among, among.astype(np.float64)


def influence(counts: Any, metric: str) -> Any:
    """Return float64[groups, 4]: what one more row of an outcome (of weight 1) moves the metric by; 0 where it is undefined."""
    found = np.zeros(counts.shape)
    for rate in RATES[metric]:
        value, among = ratio(counts, rate)
        with np.errstate(divide="ignore", invalid="ignore"):
            found += (np.array(rate[0]) - value[:, None] * np.array(rate[1])) / among[:, None]
    return np.nan_to_num(found / len(RATES[metric]), posinf=0.0, neginf=0.0)


def figures(counts: Any, metric: str) -> Figures:
    """Return a rate of groups from counts of people, int64[groups, 4]."""
    rates = [ratio(counts, rate) for rate in RATES[metric]]
    return mean(rates, [among for _value, among in rates], np.min([among for _value, among in rates], axis=0))


def mean(rates: Sequence[tuple[Any, Any]], effective: Sequence[Any], n: Any, correlation: Any = 0.0) -> Figures:
    """Return the mean of one or two rates as a figure: Clopper-Pearson limits of each by its effective size, put together by MOVER.

    `rates` hold values first; `n` counts people; `correlation` is that of the two.
    """
    values = [value for value, _among in rates]
    with np.errstate(divide="ignore", invalid="ignore"):
        errors = [np.sqrt(value * (1 - value) / size) for value, size in zip(values, effective, strict=True)]

    def ends(z: float) -> tuple[Any, Any]:
        found = [limits.rate(value, size, z) for value, size in zip(values, effective, strict=True)]
        if len(found) == 1:
            return found[0]
        (low, high), (other, another) = found
        minus = values[1] * -1, -another, -other  # a sum is a difference from what is negative
        low, high = limits.mover_difference((values[0], low, high), minus, -correlation)
        return low / 2, high / 2

    if len(rates) == 1:
        return Figures(value=values[0], n=n, limits=ends, error=errors[0], name="Clopper-Pearson")
    error = np.sqrt(errors[0] ** 2 + errors[1] ** 2 + 2 * correlation * errors[0] * errors[1]) / 2
    return Figures(value=(values[0] + values[1]) / 2, n=n, limits=ends, error=error, name="Clopper-Pearson")
