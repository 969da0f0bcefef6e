"""Names of a wide table are asked by their shapes: that gives what asking each name gives, for every test that is put to them."""

# ruff: noqa: SLF001 - what is tested are the ways in between

from __future__ import annotations

import importlib
import itertools
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import pytest_genomic_guard
from pytest_genomic_guard.identifiers.marks import words
from pytest_genomic_guard.model import Artifact
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.views import rows
from pytest_genomic_guard.views.genomic import (
    aggregates,
    annotated,
    arraytables,
    controlled,
    donors,
    exports,
    genocells,
    grid,
    headings,
    kinds,
    loci,
    omics,
    persons,
    squares,
)
from pytest_genomic_guard.views.genomic.grid import Grid
from pytest_genomic_guard.views.health import columns, laidout, people, schemas, sheets, smallcells, tables
from pytest_genomic_guard.views.health.layouts import LAYOUTS
from pytest_genomic_guard.views.tables import DataTable, table
from pytest_genomic_guard.views.tables.table import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Test = Callable[[str], object]

# What is put to names, what matches their shapes in its place, if anything, and a pattern of what passes
_PATTERNS: tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...] = (
    *((each, None) for each in (omics._QUANTITIES, arraytables._ALLELES, arraytables._CHIP)),
    *((each, None) for each in (arraytables._BY_SAMPLE, annotated._CALLS, persons._GROUP, persons._QUALITY)),
    *((each, None) for each in (persons._SCORE, persons._ANCESTRY, donors._DONOR, genocells.GENERIC, loci._HLA_COLUMN)),
    (loci._STR_COLUMN, loci._STR_SHAPE),
    (persons._COMPONENT, persons._COMPONENT_SHAPE),
    (smallcells._HEALTH, smallcells._HEALTH_SHAPE),
    (smallcells._TRAITS, smallcells._TRAITS_SHAPE),
)
_ASKED: tuple[tuple[Test, re.Pattern[str] | None, str], ...] = (
    *((pattern.fullmatch, loose, pattern.pattern) for pattern, loose in _PATTERNS),
    (genocells.is_variant, genocells.SHAPE, genocells._VARIANT.pattern),
    (smallcells._is_never, None, smallcells._NEVER.pattern),
    (schemas._is_form, None, r"(?i)\w{0,20}(?:_complete|complete\?)"),
    (schemas._is_box, None, schemas._CHECKBOX.pattern),
    (controlled._is_concept, None, r"\w{0,20}conceptid"),
    (people._is_elsewhere, None, rf"\w{{0,20}}(?:{'|'.join(people.ELSEWHERE)})"),
    (controlled._may_be_biobank, None, rf"[\"'#* ]?(?:{controlled._EID.pattern})(?:\.\.\.)?"),
    (controlled._may_be_biobank, None, controlled._FIELD.pattern),
    (lambda name: ":::hap" in name, None, r"\w{1,9}:::hap\d"),
)
_NAMES = st.one_of(
    *(st.from_regex(re.compile(pattern), fullmatch=True) for _test, _loose, pattern in _ASKED),
    st.from_regex(r"[a-z]{1,5}\d{1,6}", fullmatch=True),
    st.sampled_from(
        ["", "id", "Sample_ID", "sample", "patient id", "age", "sex", "eid", "snp", "pop", "site", "count", "a\nb", "İd"]
    ),
    st.text(max_size=12),
    st.text("x", min_size=99, max_size=102),
)
_CELLS = st.sampled_from(
    ["", "NA", "0", "1", "2", "0.5", "A", "A/G", "0/1", "HG00096", "S001", "1234567", "NWD123456", "12 (3%)", "I10"]
)


def _grid(header: Sequence[str], cells: Sequence[Sequence[str]] = ()) -> Grid:
    artifact = Artifact(path=b"a.csv", kind="file", origin="memory", opener=lambda: BytesStream(b""), size=0)
    source = Source(lambda: enumerate(map(tuple, cells), 2))
    return Grid(DataTable(artifact=artifact, format="delimited", header=tuple(header), source=source))


@pytest.mark.parametrize("number", range(len(_ASKED)))
@given(data=st.data())
def test_a_name_that_passes_has_a_shape_that_passes(number: int, data: st.DataObject) -> None:
    """Digits are put as ones: no test that is asked of shapes may miss a name for that."""
    test, loose, pattern = _ASKED[number]
    name = data.draw(st.from_regex(re.compile(pattern), fullmatch=True))
    for each in (name, name.strip(), name.lower(), name.replace("1", "2"), name.replace("0", "9"), name.replace("1", "٣")):
        assert not test(each) or (loose.fullmatch if loose else test)(headings.shape(each.strip()))


def test_no_test_is_left_out_here() -> None:
    """Each test that the recognisers put to names is among those above."""
    root = Path(pytest_genomic_guard.__file__).parent / "views"
    found = re.findall(
        r"(?:grid\.(?:headed|called|speaks)|_numeric)\((?:grid, number, )?([\w.]+)(?:, (\w[\w.]+))?",
        "\n".join(path.read_text("utf-8") for folder in ("genomic", "health") for path in sorted((root / folder).rglob("*.py"))),
    )
    known = words(
        "_is_concept _QUANTITIES _ALLELES _CHIP _BY_SAMPLE _CALLS _GROUP _QUALITY _COMPONENT _SCORE _ANCESTRY _DONOR GENERIC"
        " _HLA_COLUMN _STR_COLUMN _HEALTH _TRAITS is_variant _is_never _is_form _is_box _is_elsewhere lambda"
    )
    asked = {test.removesuffix(".fullmatch") for test, _loose in found} - {"self", "test", "grid", "pattern"}
    assert asked == known


@given(st.lists(_NAMES, max_size=12), st.sampled_from([0, 2]))
@example(["a\nb", "rs12", "", "col1", "col2"], 0)
@example(["İ", "ΑΣ", "Σ", "x_1", "٣", "İ_concept_id"], 0)
@example(["A_b.c-d", "x" * 101, "x" * 100], 0)
def test_wide_and_narrow_tables_are_asked_alike(header: list[str], worth: int) -> None:
    """Names, by their shapes and one by one: the same columns."""
    with pytest.MonkeyPatch.context() as patch:
        narrow = _grid(header)
        assert narrow.shapes is narrow.header
        assert narrow.plain_shapes is narrow.plain
        patch.setattr(headings, "_WIDE", 1)
        patch.setattr(headings, "_AT_ONCE", 2)
        patch.setattr(headings, "_WORTH", worth)
        wide = _grid(header)
        assert wide.plain == narrow.plain == tuple(map(grid._plain, narrow.header))
        for test, loose, _pattern in _ASKED:
            assert wide.headed(test, loose) == narrow.headed(test) == [at for at, name in enumerate(narrow.header) if test(name)]
            assert wide.called(test, loose) == narrow.called(test) == [at for at, name in enumerate(narrow.plain) if test(name)]
            assert loose or wide.speaks(test) == any(map(test, narrow.plain))
        for some in (set(header), {"id", "snp"}, {""}):
            assert wide.among(some) == [at for at, name in enumerate(narrow.plain) if name in some]
            assert wide.find(*some) == next(iter(wide.among(some)), None)


def test_shapes_that_tell_as_little_as_names_take_no_memory() -> None:
    """Names by counting have few shapes; of names that are all different letters, none is kept besides."""
    counted = [f"col{number}" for number in range(1 << 15)]
    assert len(headings.shapes(counted)) == 5
    lettered = ["".join(each) for each in itertools.product("abcdefghijklmnop", repeat=4)]
    assert headings.shapes(lettered) is lettered


@settings(deadline=None)
@given(st.data())
def test_wide_and_narrow_tables_are_told_alike(data: st.DataObject) -> None:
    """What every recogniser says of a table does not depend on how its names are asked."""
    header = data.draw(st.lists(_NAMES, min_size=1, max_size=8))
    cells = data.draw(st.lists(st.lists(_CELLS, min_size=len(header), max_size=len(header)), max_size=8))
    told = []
    for wide in (1, 1 << 30):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(headings, "_WIDE", wide)
            patch.setattr(headings, "_WORTH", data.draw(st.sampled_from([0, 2])))
            patch.setattr(controlled, "_last", [])
            made = _grid(header, cells)
            for module, package in ((kinds, "genomic"), (tables, "health")):
                for name in module._RECOGNISERS:
                    found = importlib.import_module(f"pytest_genomic_guard.views.{package}.{name}").recognise(made)
                    told.append((wide, name, repr(found)))
    half = len(told) // 2
    assert [each[1:] for each in told[:half]] == [each[1:] for each in told[half:]]


@given(st.integers(0, 4), st.lists(st.lists(_CELLS, max_size=9), max_size=5), st.lists(st.integers(0, 10), max_size=20))
def test_cells_do_not_depend_on_the_order_of_columns(step: int, cells: list[list[str]], order: list[int]) -> None:
    """Columns in turn, some columns, all at once: the same cells."""
    header = ["name"] * 9
    with pytest.MonkeyPatch.context() as patch:
        at_once = _grid(header, cells)
        patch.setattr(grid, "_TURNED", 0)
        patch.setattr(grid, "_TURNED_AT_ONCE", step + 1)
        patch.setattr(grid, "_KEPT", 0)
        in_turn = _grid(header, cells)
        for at in (*order, *range(9), *order):
            expected = tuple(cell for row in cells if at < len(row) and (cell := row[at].strip()) not in at_once._absent)
            assert in_turn.column(at) == at_once.column(at) == expected
            assert in_turn.head(at, 2) == _grid(header, cells).head(at, 2) == expected[:2]


_SITE = ("chr1", "12", "rs1", "A", "C", "50", "PASS", "DP=1")
_VCF = (*_SITE, "GT", "0/1")


@given(
    st.tuples(*(st.sampled_from([each, each, each, "", " ", "x y", each + "\t"]) for each in _VCF)),
    st.lists(st.sampled_from(["0/1", "", ";", "1|1", '"', "\t", "x"]), max_size=12),
    st.booleans(),
)
@example(first=(" ".join(_VCF), *[""] * 9), more=[""] * 12, joined=False)
@example(first=(" ".join(_VCF), *[";"] * 9), more=[""] * 12, joined=False)
def test_the_first_cells_tell_no_row_of_a_vcf_away(first: tuple[str, ...], more: list[str], joined: bool) -> None:  # noqa: FBT001
    """A wide row that is of a VCF is one by its first cells, too."""
    row = ("\t".join(first), *more) if joined else (*first, *more)
    assert kinds._is_of_vcf(row) == (rows.people("\t".join(row).encode("utf-8", "replace")) > 0)


@given(st.lists(st.sampled_from(["rs12", "rs13", "1:12345:A:C", "", "sample"]), min_size=1, max_size=20))
def test_a_square_of_variants_is_told_by_its_first_names(header: list[str]) -> None:
    """Two names that are none of variants settle that all but one are not: with numbers below them nothing else does."""
    made = _grid(header, [["1.0", *["0.5"] * (len(header) - 1)]] * 3)
    own = [name for name in header if aggregates.VARIANT.fullmatch(name)]
    square = len(own) >= 5 and len(own) >= len(header) - 1 and aggregates._unit(made, len(header) - len(own))
    assert (aggregates._linkage(made) is not None) == square


@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), max_size=4), st.sampled_from(["S001", "1", "x"]))
def test_a_square_begins_with_its_first_name(cells: list[list[str]], name: str) -> None:
    """A square that is none by its first row is none; one of few names is none either."""
    assert squares.recognise(_grid(["", name, "b"], cells)) is None


@given(st.sampled_from(LAYOUTS), st.sets(st.sampled_from(sorted({word for each in LAYOUTS for word in each.words})), max_size=4))
def test_a_layout_without_one_of_its_words_is_none(layout: object, names: set[str]) -> None:
    """A layout that may not be there has no word in the table."""
    there = [name for name in names if laidout._is_word(layout, name)]  # type: ignore[arg-type]
    assert laidout._may_have(layout, frozenset(names)) or not there  # type: ignore[arg-type]


@given(st.lists(st.sampled_from(["Name", "name ", "Age", "", " ", "12", "male", "MRN", "Diagnosis", "na"]), max_size=7))
def test_names_on_a_second_line_differ(row: list[str]) -> None:
    """A row in which something stands twice, or a value does, names no columns."""
    made = _grid(["x"] * 7, [row, ["1"] * 7])
    filled = [cell.strip().lower() for cell in row if cell.strip()]
    plain = len(set(filled)) == len(filled) and sheets._VALUES.isdisjoint(filled)
    first = columns.Sheet(made.header, made.column, len(made.rows), upright=True)
    cells = [cell for cell in row if cell.strip()]
    assert sheets._two_lines(made, first) == (plain and sheets._speaking(cells, max(2, first.spoken() + 1, (len(filled) + 1) // 2)))


@given(st.lists(st.sampled_from(["A", "AG", "A/G", "x", "", "NA", "12"]), max_size=30), st.sampled_from([0.6, 0.9, 0.95]))
def test_columns_of_an_export_are_told_by_as_many_cells(cells: list[str], least: float) -> None:
    """Stopping early says what the share of all cells says."""
    counted = Counter(cells)
    for pattern in (exports._JOINED, exports._ALLELE, exports._PLACE, exports._NUMBER):
        assert exports._mostly(pattern, counted, least) == (exports._part(pattern, counted) >= least)


_VALUES = st.from_regex(re.compile(table._VALUE.pattern, table._VALUE.flags), fullmatch=True)


@given(st.lists(st.one_of(_VALUES, st.text(max_size=9), _NAMES, st.just("1\n2")), max_size=9))
def test_values_of_a_wide_row_are_counted_alike(cells: list[str]) -> None:
    """Cells that differ in their digits alone are values, or are not, together."""
    narrow = table._values(cells)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "_MANY", 0)
        assert table._values(cells) == narrow == sum(map(table.is_value, cells))
