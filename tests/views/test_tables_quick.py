"""What is skipped on the way to a table could never have been one: each short cut against the long way, on generated input."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.views.genomic import genocells, nested, sitesigns
from pytest_genomic_guard.views.genomic.grid import Grid
from pytest_genomic_guard.views.tables import literals, printed, table, yamls
from pytest_genomic_guard.views.tables.scanner import Dialect, Scanner

ENTRY = Memory({b"x": b""}).entries()[0]
DELIMITERS = [b",", b"\t", b";", b"|", b" ", b"\x1f", b"^"]
VARIANTS = st.from_regex(re.compile(genocells._VARIANT.pattern, genocells._VARIANT.flags), fullmatch=True)  # noqa: SLF001 - what the short cut must never miss
SIGNS = st.sampled_from([" ", "\n", '"', "'", ",", ": ", "[", "{", "]", "}", "(", ")", "- ", "x", "1", "é", "٣"])


@given(st.sampled_from(DELIMITERS), st.sampled_from([b'"', b"'"]), st.sampled_from([b"", b"\\"]), st.data())
def test_a_line_with_quotes_at_the_ends_of_cells_is_read_at_once_as_it_is_cell_by_cell(
    delimiter: bytes, quote: bytes, escape: bytes, data: st.DataObject
) -> None:
    """A pattern reads what the scanner reads."""
    parts = [
        delimiter,
        quote,
        b" ",
        b"a",
        b"1",
        b"\r",
        quote + b"x" + quote,
        delimiter + quote,
        quote + delimiter,
        b"\xff",
        b"\xc3\xa9",
    ]
    line = b"".join(data.draw(st.lists(st.sampled_from(parts), max_size=12)))
    scanner = Scanner(Dialect(delimiter=delimiter, quote=quote, escape=escape))
    at_once = scanner.line(line)
    if at_once is not None and quote in line and not (escape and escape in line):
        for text in (line, line + b"\nmore"):
            assert scanner.record(text, 0, len(text)) == (at_once, len(line), False)


@given(st.lists(SIGNS), VARIANTS, st.lists(SIGNS))
def test_no_text_that_names_a_variant_is_left_out(before: list[str], variant: str, after: list[str]) -> None:
    """Any variant is seen, whatever stands around it."""
    assert genocells.is_variant(variant)
    assert sitesigns.can(("".join(before) + variant + "".join(after)).encode())


KEYS = st.sampled_from(["chr", "Chrom", "CHROMOSOME", "c.h-r", "contig", "reference_Name", "_chr_", "synchronous", "chr1"])
PLACES = st.sampled_from(["position", "pos", "BP", "start", "p_o.s", "end"])


@given(KEYS, PLACES, st.sampled_from(["1", "chrX", "22", "no"]), st.sampled_from(["12345", "12:A:G", "1234567", "x"]))
def test_no_object_with_a_place_is_left_out(key: str, place: str, chromosome: str, position: str) -> None:
    """A chromosome and a position are seen, in JSON and YAML."""
    value = [{key: chromosome, place: position, "sample": f"S{number}", "gt": "0/1"} for number in range(6)]
    found = nested.rows([value])
    assert not found or sitesigns.can(json.dumps(value).encode())
    assert not found or sitesigns.can("\n".join(f"- {key}: {chromosome}\n  {place}: {position}" for _each in value).encode())


def test_other_texts_are_left_out() -> None:
    """Versions, ports and dates name none."""
    assert not sitesigns.can(b"version: 1.25\nport: 8080\nmodes: [synchronous, start]\ndate: 2021-03-04\n")


WORDS = st.sampled_from(
    ["0", "12", "...", "…", "[1,]", "a", "b.c", "<chr>", "1.5", "NA", "\u0663", "\x1f", "", "10x", "\\", "\u00a0"]
)
MARKS = st.sampled_from(["", "# ", "#> ", "##", "%", "> ", "|", "  ", "\t"])


@given(MARKS, st.lists(st.lists(WORDS, max_size=5), max_size=9))
def test_no_part_with_a_printed_table_is_left_out(mark: str, lines: list[list[str]]) -> None:
    """What shows a table has a line with a number."""
    data = "\n".join(mark + "  ".join(words) for words in lines).encode()
    if printed.find(table.Page(data, ENTRY, ()), (0, len(data))):
        assert printed.labels(data)


def test_a_printed_table_is_found_where_its_rows_begin() -> None:
    """They are found by their line feeds."""
    data = b"text\n   a  b\n0  1  2\n1  3  4\n"
    assert printed.labels(data) == [data.index(b"\n0"), data.index(b"\n1")]
    assert printed.find(table.Page(data, ENTRY, ()), (0, len(data)))


LINES = st.sampled_from(
    ["a: b", "- c", "-", "# note", "---", "...", "", "import x", "[1, 2]", "{a: 1}", '"q": 1', "  d: e", "%YAML", "\t", "x"]
)


@given(st.lists(LINES, max_size=8))
def test_no_yaml_is_left_out_by_its_first_line(lines: list[str]) -> None:
    """What is read as YAML begins as YAML."""
    text = "\n".join(lines).encode()
    assert yamls.begins(text) or yamls.load(text) is None


FRAME = re.compile(rb"\b(?:DataFrame|Table|data\.frame|data_frame|tibble|tribble|data\.table|structure|list)\s{0,9}\(")
CODE = st.sampled_from(
    [b"list", b"Table", b"data.table", b"DataFrame", b"pd.", b"my", b"_", b"(", b" ", b"a=c(", b"1", b")", b",", b"\xe9"]
)


@given(st.lists(CODE, max_size=14))
def test_calls_that_make_a_frame_are_found_by_their_words(parts: list[bytes]) -> None:
    """Word by word, as one pattern finds them."""
    data = b"".join(parts)
    named = literals._NAMED  # noqa: SLF001 - what tells a frame from any other list
    want = [found.end() - 1 for found in FRAME.finditer(data) if found[0][:1] != b"l" or named.match(data, found.end())]
    assert literals._frames(data) == want  # noqa: SLF001 - against one pattern


CELLS = st.sampled_from(["", " ", "1", "2.5", "x", "rs123", "A/G", "NA", "word", "²", "chr1:12345", "-", "2020-01-02"])


@given(st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=12))
def test_a_column_of_values_is_told_as_by_all_of_its_cells(rows: list[list[str]]) -> None:
    """Those that fit end the search as early as they may."""

    def slow(column: int) -> bool:
        call = table._CALL  # noqa: SLF001 - the long way
        cells = [row[column] for row in rows if column < len(row) and row[column].strip()]
        values = [cell for cell in cells if table.is_value(cell) or table.is_site(cell) or call.fullmatch(cell)]
        telling = sum(1 for cell in values if any(map(str.isdigit, cell)) or call.fullmatch(cell))
        return bool(values) and len(values) * 10 >= len(cells) * 8 and telling * 2 >= len(cells)

    assert table.typed(rows, 3) == any(map(slow, range(3)))


@given(
    st.lists(st.sampled_from(["a", "A b", "", "a_b", "c", "cc", "\n"]), max_size=6),
    st.lists(st.sampled_from(["a", "ab", "c"]), max_size=3),
)
def test_a_column_is_found_by_its_name(header: list[str], names: list[str]) -> None:
    """The first of several, or none."""
    found = table.Page(b"", ENTRY, ()).table("delimited", tuple(header), table.Source(lambda: iter(())))
    grid = Grid(found)
    assert grid.find(*names) == next((number for number, plain in enumerate(grid.plain) if plain in names), None)


@pytest.mark.parametrize("text", [b"1.\n", b"a 1. | b\n"])
def test_other_bars_are_no_list_of_stata(text: bytes) -> None:
    """The short pattern is a part of the long one."""
    from pytest_genomic_guard.views.tables import texts  # noqa: PLC0415 - for one test

    assert bool(texts._OBSERVED.search(text)) <= bool(texts._ONE.search(text))  # noqa: SLF001 - the end of the same pattern
