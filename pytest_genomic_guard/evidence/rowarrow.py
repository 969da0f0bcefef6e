"""Parquet, Feather and Arrow, by pyarrow where that is installed, batch by batch, in a process of its own: see `rowchild`."""

from __future__ import annotations

from pytest_genomic_guard.evidence import rowchild, rowwire
from pytest_genomic_guard.evidence.rowformats import COLUMNS, one_of
from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, BinaryIO

    from pytest_genomic_guard.metrics.nouns import Kind

_HARMLESS = 2 << 30  # bytes to which the columns of a file may expand whatever its own size
_RATIO = 200  # beyond that
_CELL = 8  # bytes of a number


class ArrowFile:
    """A file that pyarrow reads."""

    def __init__(self, file: BinaryIO, form: str) -> None:
        """Read the names of the columns. Raises `Unusable`."""
        self._file = file
        self._form = form
        self.header: tuple[str, ...] = ()
        for kind, data in rowchild.records(file, form=form, wanted=None):
            if kind != rowwire.HEADER or len(data) < rowwire.LENGTH.size:
                raise Unusable(rowchild.DIED)
            if rowwire.LENGTH.unpack_from(data)[0] > COLUMNS:
                raise Unusable(f"there are more than {COLUMNS:,} columns")
            try:
                self.header = rowwire.names(data)
            except ValueError:
                raise Unusable(rowchild.DAMAGED) from None

    def blocks(self, wanted: Mapping[str, Kind], rows: int) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield arrays, lists, or codes. A small file can hold any number of rows: how far it expands is bounded."""
        for name in wanted:
            one_of(self.header, name)
        left = max(_HARMLESS, _RATIO * self._file.seek(0, 2))
        for kind, data in rowchild.records(self._file, form=self._form, wanted=dict(wanted), rows=rows):
            if kind != rowwire.BLOCK:
                raise Unusable(rowchild.DIED)
            try:
                count, columns = rowwire.block(data, len(wanted))
            except ValueError:
                raise Unusable(rowchild.DAMAGED) from None
            left -= max(len(data), _CELL * count * len(wanted), count)
            if left < 0:
                raise Unusable("the rows of the file expand further than the bound")
            if not 0 < count <= rows:
                raise Unusable(rowchild.DIED)
            yield count, dict(zip(wanted, columns, strict=True))
