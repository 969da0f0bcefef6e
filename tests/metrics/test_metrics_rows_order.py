"""Order of rows, names of groups and names of clusters change no byte of a row metric."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pytest_genomic_guard.metrics import rowwise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

METRICS = ("auc", "average-precision", "bias", "brier", "calibration-error", "concordance-index", "mae", "r2", "rmse")
GROUPS = 3
ROW = some.tuples(
    some.integers(0, GROUPS - 1),
    some.booleans(),
    some.one_of(some.floats(0, 1), some.sampled_from([0.0, -0.0, 0.1, 0.3, 1.0])),
    some.one_of(some.floats(0, 9), some.sampled_from([1.0, 2.0])),
    some.one_of(some.floats(1e-6, 9), some.sampled_from([0.0, 1.0])),
    some.integers(0, 6),
)


def told(metric: str, columns: Any, names: Any, *, weighted: bool, clustered: bool) -> list[bytes]:
    """Return the bytes of all figures, by the old names of groups."""
    codes, truth, score, time, weights, clusters = columns
    found = rowwise.figures(
        metric, codes, GROUPS, truth, score, weights if weighted else None, clusters if clustered else None, time
    )
    parts = [found.value, found.n, found.error, *found.limits(1.96), *found.limits(3.1)]
    shared = [] if found.correlation is None else [found.correlation[np.ix_(names, names)]]
    return [(part[names] + 0.0).tobytes() for part in parts] + [(part + 0.0).tobytes() for part in shared]


@pytest.mark.parametrize("metric", METRICS)
@settings(max_examples=25, deadline=None)
@given(rows=some.lists(ROW, min_size=1, max_size=24), weighted=some.booleans(), clustered=some.booleans(), data=some.data())
def test_order_and_names_change_nothing(metric: str, rows: Any, data: Any, *, weighted: bool, clustered: bool) -> None:
    """Of small tables with ties."""
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    order = np.array(data.draw(some.permutations(range(len(rows)))))
    names, families = (np.array(data.draw(some.permutations(range(size)))) for size in (GROUPS, 7))
    moved = [column[order] for column in columns]
    moved[0], moved[5] = names[moved[0]], families[moved[5]]
    kinds = {"weighted": weighted, "clustered": clustered}
    assert told(metric, columns, np.arange(GROUPS), **kinds) == told(metric, moved, names, **kinds)
    codes, truth, score, time, weights, _clusters = columns
    before = rowwise.influence(metric, codes, GROUPS, truth, score, weights if weighted else None, time)
    after = rowwise.influence(metric, moved[0], GROUPS, moved[1], moved[2], moved[4] if weighted else None, moved[3])
    assert (before[order] + 0.0).tobytes() == (after + 0.0).tobytes()


@pytest.mark.parametrize("metric", METRICS)
def test_order_changes_nothing_in_many_rows(metric: str) -> None:
    """Where sums are taken in blocks."""
    random = np.random.default_rng()
    n = 20_000
    columns = [
        random.integers(0, 3, n),
        random.random(n) < 0.3,
        random.random(n),
        random.exponential(1, n),
        random.random(n),
        random.integers(0, 5000, n),
    ]
    order = random.permutation(n)
    for weighted in (False, True):
        for clustered in (False, True):
            first, second = (
                told(metric, each, np.arange(3), weighted=weighted, clustered=clustered)
                for each in (columns, [x[order] for x in columns])
            )
            assert first == second
