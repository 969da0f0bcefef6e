"""Rows kept as text are the rows that were put in: whole, by column, by sample, by number; what does not fit is not kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.views.genomic.grid import Grid
from pytest_genomic_guard.views.tables import DataTable
from pytest_genomic_guard.views.tables.packed import Packed
from pytest_genomic_guard.views.tables.spool import Spool
from pytest_genomic_guard.views.tables.table import Source
from pytest_genomic_guard.views.tables.values import CELL, END, ROW, ROWS, TABLE

_TEXT = st.text(st.characters(exclude_characters="\x1e\x1f", exclude_categories=["Cs"]), max_size=6)
_ROWS = st.lists(st.lists(_TEXT, min_size=1, max_size=5).map(tuple), max_size=40)
_SHORT = st.sampled_from(["a", " a", "b ", "NA", "", "-9", "1", "é"])


@given(rows=_ROWS, above=st.integers(0, 5), step=st.integers(1, 7))
def test_packed_rows_are_the_rows(rows: list[tuple[str, ...]], above: int, step: int) -> None:
    """Whatever cells hold, and however the rows come, a packed source gives what a plain one does."""
    packed = Packed()
    numbered = list(enumerate(rows, 3))
    for at in range(0, len(rows), step):
        packed.add(numbered[at : at + step])
    assert packed.whole
    ours, plain = packed.source(above), Source(lambda: iter(numbered[above:]))
    assert list(ours.rows()) == list(plain.rows()) == [row for block in ours.blocks() for row in block]
    assert ours.count() == plain.count() == len(rows[above:])
    for column in range(6):
        assert [cell for some in ours.column(column) for cell in some] == [cell for some in plain.column(column) for cell in some]
    assert [ours.line(at) for at in range(len(rows) + 1)] == [plain.line(at) for at in range(len(rows) + 1)]


def test_what_does_not_fit_is_not_kept() -> None:
    """One long text that many cells share, and signs of our own in a cell, end the keeping."""
    long = "x" * 1000
    for rows in ([(1, (long,) * 50)] * 50, [(1, ("a\x1fb",))], [(1, ("a\x1eb",))], [(1, ("\ud800",))]):
        packed = Packed(most=1 << 20)
        packed.add(rows)
        assert not packed.whole


@given(rows=st.lists(st.lists(_TEXT, min_size=3, max_size=3).map(tuple), min_size=1, max_size=30))
def test_spooled_rows_are_the_rows(rows: list[tuple[str, ...]]) -> None:
    """What a child process gave is the same by rows, blocks and columns."""
    spool = Spool()
    spool.take(TABLE, CELL.join("abc").encode())
    spool.take(ROWS, ROW.join(map(CELL.join, rows)).encode())
    spool.take(END, b"1")
    source = spool.tables[0].source()
    plain = Source(spool.tables[0].rows)
    assert list(source.rows()) == [row for block in source.blocks() for row in block] == rows
    for column in range(4):
        assert [cell for some in source.column(column) for cell in some] == [cell for some in plain.column(column) for cell in some]


@given(cells=st.lists(_SHORT, min_size=1, max_size=60))
def test_different_cells_are_those_that_stand_there(cells: list[str]) -> None:
    """The different cells of a column are found at once as they are one by one, and counted as often as they stand there."""
    entry = Memory({b"x": b""}).entries()[0]
    source = Source(lambda: ((at, (cell,)) for at, cell in enumerate(cells, 1)))
    grid = Grid(DataTable(artifact=entry, trail=(), format="delimited", header=("a",), source=source))
    assert list(grid.distinct(0)) == list(dict.fromkeys(grid.names(0)))
    assert grid.part(0, "a".__eq__) == (grid.column(0).count("a") / len(grid.column(0)) if grid.column(0) else 0.0)
    assert grid.count() == len(cells)
