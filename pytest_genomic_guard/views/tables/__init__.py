"""Tables of every kind as one record: names of columns, all rows, and where a row stands."""

from __future__ import annotations

from pytest_genomic_guard.views.tables.table import DataTable, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pytest_genomic_guard.model import Artifact

    Trail = tuple[str, ...]

__all__ = ["DataTable", "columns_only", "from_sqlite", "from_text", "from_zip_xlsx", "schema_of"]

# The readers are imported when there is something for them to read: a commit of plain code needs none of them.


def from_text(text: bytes, artifact: Artifact, trail: Trail, name: bytes = b"") -> Iterator[DataTable]:
    """Yield the tables of a whole text in UTF-8, at most `bounds.HELD` long; none for prose or code. `name` is a hint only."""
    from pytest_genomic_guard.views.tables.texts import read  # noqa: PLC0415 - see above

    yield from read(text, artifact, trail, name)


def from_zip_xlsx(members: Mapping[str, Callable[[], bytes]], artifact: Artifact, trail: Trail) -> Iterator[DataTable]:
    """Yield one table a worksheet, hidden ones too. Raises `Unreadable`: corrupt; and what a member raises."""
    from pytest_genomic_guard.views.tables.xlsx import read  # noqa: PLC0415 - see above

    yield from read(members, artifact, trail)


def from_sqlite(data: bytes, artifact: Artifact, trail: Trail) -> Iterator[DataTable]:
    """Yield the tables of a database. Raises `Unreadable`: corrupt."""
    from pytest_genomic_guard.views.tables.sqlite import read  # noqa: PLC0415 - see above

    yield from read(data, artifact, trail)


def schema_of(kind: str, head: bytes, tail: bytes = b"") -> tuple[str, ...]:
    """Return the column names of a binary table, by its format as `formats.identify` names it; none when they cannot be read."""
    from pytest_genomic_guard.views.tables.schemas import read  # noqa: PLC0415 - see above

    return read(kind, head, tail)


def columns_only(header: tuple[str, ...], artifact: Artifact, trail: Trail) -> DataTable:
    """Return the table of a file whose columns have names that can be read, and values that cannot."""
    return DataTable(
        artifact=artifact, trail=trail, format="columnar", header=header, source=Source(lambda: iter(())), complete=False
    )
