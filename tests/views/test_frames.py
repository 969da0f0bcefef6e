"""Printed tables of calls: whatever pandas and others leave out or wrap, people are found; other tables are left alone."""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from _views import people
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard._samples import notebook
from pytest_genomic_guard.testing import samples, scan
from pytest_genomic_guard.views import frames

if TYPE_CHECKING:
    from collections.abc import Callable

Frame = Any  # pandas ships no types


def frame(count: int, rows: int = 6, *, info: bool = False, bare: bool = False) -> Frame:
    """Return calls as `pandas.read_csv` reads them; `info` fills INFO, `bare` leaves GT alone in the cells."""
    table = pd.read_csv(io.BytesIO(samples.vcf(samples=count, variants=rows, header="columns")), sep="\t")
    if info:
        table["INFO"] = "AC=1;AN=6;DP=100;" + "AF=0.12345;" * 4 + "CSQ=a|1/2|"
    return table.map(lambda cell: cell.split(":")[0] if isinstance(cell, str) else cell) if bare else table


STYLES: dict[str, Callable[[Frame], Frame]] = {
    "as read": lambda table: table,
    "without hash": lambda table: table.rename(columns={"#CHROM": "CHROM"}),
    "lower case": lambda table: table.rename(columns=str.lower),
    "indexed by site": lambda table: table.set_index(["#CHROM", "POS"]),
    "indexed by contig": lambda table: table.set_index("#CHROM"),
}


@pytest.mark.parametrize("style", sorted(STYLES))
@pytest.mark.parametrize("count", [1, 2, 5, 30])
def test_repr_of_any_width(style: str, count: int) -> None:
    """A frame's text shows people at any width, wrapped or elided; where no column is left out, each is counted."""
    for width, columns, bare, info in itertools.product((60, 80, 100, 200), (0, 6, 20, None), (True, False), (True, False)):
        table = STYLES[style](frame(count, bare=bare, info=info))
        with pd.option_context("display.width", width, "display.max_columns", columns):
            text = repr(table)
        found = people(notebook(text.encode()), b"a.ipynb")
        assert found == count if " ... " not in text else 1 <= found <= count, (width, columns, bare, info)


@pytest.mark.parametrize("style", sorted(STYLES))
@pytest.mark.parametrize("count", [1, 3, 30])
def test_html_of_a_frame(style: str, count: int) -> None:
    """A frame's HTML shows people, in full and with columns left out."""
    table = STYLES[style](frame(count, info=True))
    assert people(notebook(table.to_html().encode(), "text/html"), b"a.ipynb") == count
    elided = people(notebook(table._repr_html_().encode(), "text/html"), b"a.ipynb")
    assert 1 <= elided <= count


@pytest.mark.parametrize("print_", ["to_string", "to_csv", "without index", "records", "rows", "left-out rows"])
def test_other_ways_to_print(print_: str) -> None:
    """Strings, CSV, lists of rows and frames with rows left out show people too."""
    table = frame(3, rows=80 if print_ == "left-out rows" else 6)
    text = {
        "to_string": table.to_string,
        "to_csv": table.to_csv,
        "without index": lambda: table.to_string(index=False),
        "records": lambda: "\n".join(map(str, table.itertuples(index=False, name=None))),
        "rows": lambda: str(table.to_numpy().tolist()),
        "left-out rows": lambda: repr(table),
    }[print_]()
    assert people(notebook(text.encode(), "stream"), b"a.ipynb") == 3


def bordered(table: Frame, *, bar: str, rule: str) -> str:
    """Return a frame as polars, psql or Markdown draw it."""
    rows = [list(table.columns), [rule * 3] * len(table.columns), *(list(map(str, row)) for row in table.to_numpy().tolist())]
    return "\n".join(f"{bar} " + f" {bar} ".join(row) + f" {bar}" for row in rows)


@pytest.mark.parametrize(("bar", "rule"), [("|", "-"), ("│", "─"), ("┆", "═")])
@pytest.mark.parametrize("bare", [True, False])
def test_bordered_tables(bar: str, rule: str, *, bare: bool) -> None:
    """Bars of any kind between the columns hide nobody, with FORMAT and without."""
    table = frame(2, bare=bare)
    assert people(notebook(bordered(table, bar=bar, rule=rule).encode()), b"a.ipynb") == 2
    short = table.drop(columns=["FORMAT", "INFO", "QUAL", "FILTER", "ID"])
    assert people(notebook(bordered(short, bar=bar, rule=rule).encode()), b"a.ipynb") == 2


@pytest.mark.parametrize("wrap", [3, 5, 11])
def test_r_wraps_without_blank_lines(wrap: int) -> None:
    """R repeats the row names in every block and puts no blank line between blocks."""
    table = frame(3, bare=True).rename(columns={"#CHROM": "CHROM"})
    blocks = []
    for at in range(0, len(table.columns), wrap):
        part = table.iloc[:, at : at + wrap]
        part.index += 1
        blocks.append(part.to_string())
    assert people(notebook("\n".join(blocks).encode(), "stream"), b"a.ipynb") == 3


def test_names_in_a_printed_table_mask_paths() -> None:
    """A name over a column of calls is masked in paths, wrapped, indexed or not."""
    for style in STYLES.values():
        table = style(frame(3))
        name = str(table.columns[-1])
        with pd.option_context("display.width", 70, "display.max_columns", None):
            files = {b"a.ipynb": notebook(repr(table).encode()), f"{name}.vcf".encode(): samples.vcf(samples=1)}
        assert all(name.lower() not in finding.path.lower() for finding in scan(files).findings)


COLUMNS = ("chrom", "pos", "ref", "alt")
QUIET = {
    "exons of genes": (*COLUMNS, "EXON"),
    "introns": (*COLUMNS, "consequence", "INTRON"),
    "a fraction of reads": (*COLUMNS, "reads"),
    "no site at all": ("title", "FORMAT", "rating"),
}


@pytest.mark.parametrize("name", sorted(QUIET))
@given(data=st.data())
def test_fractions_are_no_genotypes(name: str, data: st.DataObject) -> None:
    """Exon 4/11, 17 of 30 reads, a rating of 3/5 next to a site, and a column that is called FORMAT: nobody's."""
    least, most = {"a fraction of reads": (17, 99)}.get(name, (1, 12))
    whole = st.integers(least, most)
    cell = st.tuples(whole, st.integers(0, 9)).map(lambda pair: f"{pair[0]}/{pair[0] + pair[1]}")
    values = {"chrom": "chr7", "pos": "1200", "ref": "A", "alt": "C", "title": "GT racing", "FORMAT": "DVD", "consequence": "x"}
    rows = [[values.get(column) or data.draw(cell) for column in QUIET[name]] for _row in range(4)]
    table = pd.DataFrame(rows, columns=QUIET[name])
    for text, kind in ((repr(table), "text/plain"), (table.to_html(), "text/html"), (table.to_csv(sep="\t"), "stream")):
        assert people(notebook(text.encode(), kind), b"a.ipynb") == 0


@given(st.lists(st.sampled_from(["0/1", "1|1", "./."]), min_size=1, max_size=6))
def test_calls_without_format_are_found(cells: list[str]) -> None:
    """A table of site and one person's calls needs no FORMAT column, unless no call tells itself from a fraction."""
    text = "chrom pos alt me\n" + "".join(f"chr7 {number} C {cell}\n" for number, cell in enumerate(cells))
    assert people(notebook(text.encode()), b"a.ipynb") == 1


def test_work_is_linear(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times as many tables are ten times as many lines looked at, not a hundred."""
    counted = 0
    take = frames._Reader.take  # noqa: SLF001 - work is counted where it is done

    def counting(self: frames._Reader, at: int, line: bytes) -> None:
        nonlocal counted
        counted += len(line) + 1
        take(self, at, line)

    monkeypatch.setattr(frames._Reader, "take", counting)  # noqa: SLF001 - as above
    sizes = []
    for times in (100, 1000):
        counted = 0
        data = b"chrom pos me\nchr7 1 0/1\n" * times
        starts = list(range(0, len(data), 24))
        assert len(list(frames.tables(data, starts, len(data)))) == times
        sizes.append(counted)
    assert sizes[1] <= 11 * sizes[0]
    assert sizes[1] <= len(b"chrom pos me\nchr7 1 0/1\n" * 1000)
