"""What is judged, as figures of its groups: from counts where these are enough, from rows where not."""

from __future__ import annotations

import numpy as np

from pytest_genomic_guard.metrics import cells, clusters
from pytest_genomic_guard.metrics.names import METRICS
from pytest_genomic_guard.metrics.nouns import Cells, Rows, Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.metrics.nouns import Figures, Grouping

_COLUMNS = ("y_true", "y_pred", "score", "time", "weights", "clusters", "base_y_pred", "base_score")


class Subject:
    """The data of a gate. Its methods raise Unusable where a column is missing that a metric needs, or cannot be used."""

    def __init__(self, data: Rows | tuple[Cells, ...], *, bins: int = 10) -> None:
        """Check what every figure needs; what one metric needs is checked when it is asked for."""
        self.rows = data if isinstance(data, Rows) else None
        self.groupings: tuple[Grouping | Cells, ...] = data.groupings if isinstance(data, Rows) else data
        self.weights: Any = None
        self.clusters: Any = None
        self._bins = bins
        self._counts: dict[int, Any] = {}
        self._people: dict[int, Any] = {}
        self._outcomes: dict[bool, Any] = {}
        self._known: dict[tuple[int, str], Figures] = {}
        if isinstance(data, Rows):
            self._check(data)
        else:
            self._counts = {at: cells.whole(each) for at, each in enumerate(data)}

    def _check(self, rows: Rows) -> None:
        lengths = {name: len(found) for name in _COLUMNS if (found := getattr(rows, name)) is not None}
        if not lengths:
            raise Unusable("there is no column to compute a figure from")
        first = next(iter(lengths))
        for name, length in lengths.items():
            if length != lengths[first]:
                raise Unusable(f"{name} has {length:,} rows, and {first} has {lengths[first]:,}")
        cells.checked(rows.groupings, lengths[first])
        self.clusters = rows.clusters
        if rows.weights is None:
            return
        for what, wrong in (("not a finite number", ~np.isfinite(rows.weights)), ("negative", rows.weights < 0)):
            if wrong.any():
                raise Unusable(f"a weight is {what} in row {int(np.argmax(wrong)) + 1}")
        if len(rows.weights) and not rows.weights.any():
            raise Unusable("all weights are 0")
        if len(rows.weights) and rows.weights.min() != rows.weights.max():  # those that are all alike change nothing
            self.weights = np.ldexp(rows.weights, -int(np.frexp(rows.weights.max())[1]))  # nor does their scale; squares must exist

    def counted(self, part: str) -> bool:
        """Tell whether a metric follows from counts of people."""
        return not METRICS[part].rows and self.weights is None and self.clusters is None

    def people(self, at: int) -> Any:
        """Return int64[groups]: how many rows or people each group of a grouping has."""
        if at in self._counts:
            return self._counts[at].sum(axis=1)
        if at not in self._people:
            grouping = self.needed("a figure").groupings[at]
            self._people[at] = np.bincount(grouping.codes, minlength=len(grouping.labels))
        return self._people[at]

    def figures(self, at: int, part: str) -> Figures:
        """Return a metric of the groups of the grouping at this index."""
        if (at, part) not in self._known:
            codes = None if self.rows is None else self.rows.groupings[at].codes
            groups = len(self.groupings[at].labels)
            found = cells.figures(self.counts(at, part), part) if self.counted(part) else self.computed(codes, groups, part)
            self._known[at, part] = found
        return self._known[at, part]

    def counts(self, at: int, part: str) -> Any:
        """Return the counts of people by group and outcome, int64[groups, 4]."""
        if self.rows is None and "y_true" in METRICS[part].needs and METRICS[part].rows:
            raise Unusable(f"{part} needs rows, and there are counts")
        if at not in self._counts:
            found = self.outcomes(part)
            self._counts = {
                place: cells.tally(each.codes, len(each.labels), found) for place, each in enumerate(self.needed(part).groupings)
            }
        if self.rows is not None:
            self._told("y_true", part)
        return self._counts[at]

    def outcomes(self, part: str, *, base: bool = False) -> Any:
        """Return the outcomes of rows, uint8[rows] (see `cells`), of the model or of the one before the change."""
        rows = self.needed(part)
        self._told("y_true", part)
        if base not in self._outcomes:
            self._outcomes[base] = cells.outcomes(rows.y_true, self._told("base_y_pred" if base else "y_pred", part))
        return self._outcomes[base]

    def _told(self, name: str, part: str) -> Any:
        """Return a column, which must be there where the metric needs it."""
        found = getattr(self.rows, name)
        if found is None and (name != "y_true" or name in METRICS[part].needs):
            raise Unusable(f"{part} needs {name}")
        return found

    def needed(self, part: str) -> Rows:
        """Return the rows."""
        if self.rows is None:
            raise Unusable(f"{part} needs rows, and there are counts")
        return self.rows

    def computed(self, codes: Any, groups: int, part: str, *, base: bool = False) -> Figures:
        """Return a metric of rows by any codes."""
        if not METRICS[part].rows:
            return clusters.figures(codes, groups, self.outcomes(part, base=base), part, self.weights, self.clusters)
        from pytest_genomic_guard.metrics import rowwise  # noqa: PLC0415 - most gates need counts alone

        truth, output, time = self._judged(part, base=base)
        return rowwise.figures(part, codes, groups, truth, output, self.weights, self.clusters, time, self._bins)

    def influence(self, codes: Any, groups: int, part: str, *, base: bool = False) -> Any:
        """Return float64[rows]: what each row adds to its group's estimate, to the first order."""
        if METRICS[part].rows:
            from pytest_genomic_guard.metrics import rowwise  # noqa: PLC0415 - as above

            truth, output, time = self._judged(part, base=base)
            return rowwise.influence(part, codes, groups, truth, output, self.weights, time, self._bins)
        return clusters.influence(codes, groups, self.outcomes(part, base=base), part, self.weights)

    def _judged(self, part: str, *, base: bool) -> tuple[Any, Any, Any]:
        """Return the truth, the scores or predictions, and the time that a metric of rows is computed from."""
        rows, needs = self.needed(part), METRICS[part].needs
        output = "score" if "score" in needs or rows.y_pred is None else "y_pred"
        time = self._told("time", part) if "time" in needs else None
        return self._told("y_true", part), self._told(f"base_{output}" if base else output, part), time
