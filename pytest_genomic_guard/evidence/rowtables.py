"""Columns of a file of rows, in chunks or joined: csv, tsv, npz, npy, JSON, JSON lines, Parquet, Feather and Arrow.

Nothing of a row is kept, cached or told: a message names columns as the policy does and rows by their position.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.evidence.rowcells import truths
from pytest_genomic_guard.evidence.rowcolumns import MISSING, Keys, Reading
from pytest_genomic_guard.evidence.rowformats import opened
from pytest_genomic_guard.metrics.nouns import Column, Table, Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.metrics.nouns import Kind

__all__ = ["MISSING", "ROWS", "Keys", "Seen", "chunks", "header", "joined", "kinds", "read", "seen", "table"]

ROWS = 1 << 18  # at most, of a chunk
_LOOKED = 200  # columns whose kinds are looked for


class Seen(Record):
    """What a column can be read as: numbers where all of it are, else labels; None where it is neither."""

    kind: Kind | None
    labels: int = 0  # how many distinct ones


def header(source: Any, name: str | bytes) -> tuple[str, ...]:
    """Return the names of the columns of a file (seekable, binary) or of bytes. Raises `Unusable`."""
    return opened(source, name).header


def chunks(
    source: Any, name: str | bytes, wanted: Mapping[str, Kind], rows: int = ROWS, keys: Keys | None = None
) -> Iterator[Table]:
    """Yield some columns of a file, at most `rows` rows at a time; labels grow from chunk to chunk and keep their codes.

    Raises `Unusable` for what is not there or is not of its kind.
    """
    return read(opened(source, name).blocks(wanted, rows), wanted, keys)


def table(source: Any, name: str | bytes, wanted: Mapping[str, Kind], keys: Keys | None = None) -> Table:
    """Return some columns of a file in whole, their labels sorted: the order of rows does not show in codes. As `chunks`."""
    return joined(chunks(source, name, wanted, keys=keys), wanted)


def kinds(source: Any, name: str | bytes, columns: Sequence[str] | None = None) -> dict[str, Seen]:
    """Return what columns can be read as, of all the first 200, in one pass. Raises `Unusable`."""
    reader = opened(source, name)
    names = [each for each in columns or reader.header if reader.header.count(each) == 1][:_LOOKED]
    return seen(reader.blocks(dict.fromkeys(names, "label"), ROWS), names)


def read(blocks: Iterable[tuple[int, dict[str, Any]]], wanted: Mapping[str, Kind], keys: Keys | None = None) -> Iterator[Table]:
    """Yield tables of raw blocks. Raises `Unusable`."""
    readings = [Reading(name, kind, keys) for name, kind in wanted.items()]
    first = 0
    for count, raw in blocks:
        yield Table(rows=count, columns={each.name: each.take(raw[each.name], first) for each in readings})
        first += count


def joined(tables: Iterable[Table], wanted: Mapping[str, Kind]) -> Table:
    """Return tables as one, labels sorted."""
    import numpy as np  # noqa: PLC0415 - evidence is read for gates alone

    parts = list(tables)
    columns = {}
    for name, kind in wanted.items():
        found = [part.columns[name] for part in parts]
        if kind in {"number", "truth"}:
            columns[name] = Column(numbers=np.concatenate([each.numbers for each in found] or [np.zeros(0)]))
            continue
        codes = np.concatenate([each.codes for each in found] or [np.zeros(0, np.int32)])
        labels = found[-1].labels if found else ()
        order = sorted(range(len(labels)), key=labels.__getitem__)
        place = np.empty(len(labels), np.int32)
        place[order] = np.arange(len(labels), dtype=np.int32)
        columns[name] = Column(codes=place[codes] if labels else codes, labels=tuple(labels[at] for at in order))
    return Table(rows=sum(part.rows for part in parts), columns=columns)


def seen(blocks: Iterable[tuple[int, dict[str, Any]]], names: Sequence[str]) -> dict[str, Seen]:
    """Return what the columns of raw blocks can be read as."""
    numbers = {name: Reading(name, "number") for name in names}
    labels = {name: Reading(name, "label") for name in names}
    rows = 0
    for count, raw in blocks:
        for readings in (numbers, labels):
            for name in list(readings):
                try:
                    readings[name].take(raw[name], rows)
                except Unusable:
                    del readings[name]
        for name in [name for name in numbers if truths(raw[name])]:
            del numbers[name]  # words where they come from text
        rows += count
    return {
        name: Seen(
            kind="number" if name in numbers and rows else "label" if name in labels and rows else None,
            labels=len(labels[name].labels) if name in labels else 0,
        )
        for name in names
    }
