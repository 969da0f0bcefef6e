"""What the rows of a gate are read from: a file, or a table in memory."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any, Protocol

    from pytest_genomic_guard.metrics.nouns import Cells, Kind, Table

    class Source(Protocol):
        """Columns by name. All methods raise `Unusable`."""

        def header(self) -> tuple[str, ...]:
            """Return the names of the columns."""

        def table(self, wanted: Mapping[str, Kind], keys: Any = None) -> Table:
            """Return some columns in whole."""

        def chunks(self, wanted: Mapping[str, Kind]) -> Iterator[Table]:
            """Yield some columns, a part of the rows at a time."""

        def kinds(self, columns: Sequence[str] | None = None) -> Mapping[str, Any]:
            """Return what columns can be read as."""

        def counts(self, groups: Sequence[str], intersections: int, y_true: str, y_pred: str) -> tuple[Cells, ...]:
            """Return a table of counts."""

        def matrix(self, key: str) -> Any:
            """Return an array by its name."""


class File:
    """A file that was opened (`evidence.rowfiles`)."""

    def __init__(self, opened: Any) -> None:
        """Take a seekable file with its name."""
        self._opened = opened

    def header(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        from pytest_genomic_guard.evidence import rowtables  # noqa: PLC0415 - for gates that are computed

        return rowtables.header(self._opened.file, self._opened.name)

    def table(self, wanted: Mapping[str, Kind], keys: Any = None) -> Table:
        """Return some columns in whole."""
        from pytest_genomic_guard.evidence import rowtables  # noqa: PLC0415 - as above

        return rowtables.table(self._opened.file, self._opened.name, wanted, keys)

    def chunks(self, wanted: Mapping[str, Kind]) -> Iterator[Table]:
        """Yield some columns, a part of the rows at a time."""
        from pytest_genomic_guard.evidence import rowtables  # noqa: PLC0415 - as above

        return rowtables.chunks(self._opened.file, self._opened.name, wanted)

    def kinds(self, columns: Sequence[str] | None = None) -> Mapping[str, Any]:
        """Return what columns can be read as."""
        from pytest_genomic_guard.evidence import rowtables  # noqa: PLC0415 - as above

        return rowtables.kinds(self._opened.file, self._opened.name, columns)

    def counts(self, groups: Sequence[str], intersections: int, y_true: str, y_pred: str) -> tuple[Cells, ...]:
        """Return a table of counts."""
        from pytest_genomic_guard.evidence import rowcounts  # noqa: PLC0415 - as above

        return rowcounts.counts(self._opened.file, self._opened.name, groups, intersections=intersections, answers=(y_true, y_pred))

    def matrix(self, key: str) -> Any:
        """Return an array by its name."""
        from pytest_genomic_guard.evidence import rowmatrices  # noqa: PLC0415 - as above

        return rowmatrices.matrix(self._opened.file, self._opened.name, key)


class Frame:
    """A table in memory: of pandas, polars, pyarrow, or lists (`evidence.frames`)."""

    def __init__(self, thing: Any) -> None:
        """Take the table."""
        self._thing = thing

    def header(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        from pytest_genomic_guard.evidence import frames  # noqa: PLC0415 - for gates that are computed

        return frames.header(self._thing)

    def table(self, wanted: Mapping[str, Kind], keys: Any = None) -> Table:
        """Return some columns in whole."""
        from pytest_genomic_guard.evidence import frames  # noqa: PLC0415 - as above

        return frames.table(self._thing, wanted, keys)

    def chunks(self, wanted: Mapping[str, Kind]) -> Iterator[Table]:
        """Yield the columns, all rows at once."""
        found = self.table(wanted)
        if found.rows:
            yield found

    def kinds(self, columns: Sequence[str] | None = None) -> Mapping[str, Any]:
        """Return what columns can be read as."""
        from pytest_genomic_guard.evidence import frames  # noqa: PLC0415 - as above

        return frames.kinds(self._thing, columns)

    def counts(self, groups: Sequence[str], intersections: int, y_true: str, y_pred: str) -> tuple[Cells, ...]:
        """Return a table of counts."""
        from pytest_genomic_guard.evidence import frames  # noqa: PLC0415 - as above

        return frames.counts(self._thing, groups, intersections=intersections, answers=(y_true, y_pred))

    def matrix(self, key: str) -> Any:
        """Return an array by its name."""
        import numpy as np  # noqa: PLC0415 - as above

        return np.asarray(self._thing[key])
