"""Genotypes that stand deeper in data than a table's columns go, as a table with a row for each person and variant."""

from __future__ import annotations

from pytest_genomic_guard.views.again import Again, key
from pytest_genomic_guard.views.tables.table import DataTable, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.tables.table import Format

    Trail = tuple[str, ...]

_HEADER = ("sample", "rsid", "genotype")
_UNNAMED = Again()  # texts, and brackets in them, that can name no variant: to search them takes 30 times as long as to know them


def beside(tables: Sequence[DataTable], documents: Iterable[Any], artifact: Artifact, trail: Trail) -> Iterator[DataTable]:
    """Yield tables of JSON, and the one that is nested in the same values where none of them shows it."""
    yield from tables
    found = within(tables, documents, artifact, trail, "json")
    if found:
        yield found


def may(text: bytes) -> bool:
    """Tell whether a text in JSON can hold any."""
    from pytest_genomic_guard.views.genomic import nested  # noqa: PLC0415 - as below

    return can(text) and nested.may(text)


def can(text: bytes) -> bool:
    """Tell whether a text can name a variant: a few searches. It can where letters are written by their numbers."""
    from pytest_genomic_guard.views.genomic import sitesigns  # noqa: PLC0415 - as below

    told = key(text)
    if told in _UNNAMED:
        return False
    if b"\\u" in text or sitesigns.can(text):
        return True
    _UNNAMED.add(told)
    return False


def within(  # noqa: PLR0913 - a table with its place
    tables: Sequence[DataTable], documents: Iterable[Any], artifact: Artifact, trail: Trail, form: Format, *, line: int = 0
) -> DataTable | None:
    """Return the genotypes of people in values, unless one of the tables that were found in them shows as many."""
    from pytest_genomic_guard.views.genomic import kinds, nested  # noqa: PLC0415 - for data only; both look at tables

    rows = nested.rows(documents)
    if not rows:
        return None
    found = DataTable(
        artifact=artifact, trail=trail, format=form, header=_HEADER, source=Source(lambda: ((line, row) for row in rows))
    )
    kind = kinds.of(found)
    shown = {other.what for table in tables if (other := kinds.of(table))}
    return found if kind and kind.what not in shown and "genotypes" not in shown else None
