"""What rules a format out early rules out no text that the long way would know: both are compared on lines of any kind."""

# ruff: noqa: SLF001 - the short way and the long one are inside

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pytest_genomic_guard.model import Artifact
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.views import callset, origin, plink, text
from pytest_genomic_guard.views.genomic import consumer, lists, manifests, plinklists, species, strct, texts
from pytest_genomic_guard.views.genomic.head import Head
from pytest_genomic_guard.views.genomic.head import given as ahead
from pytest_genomic_guard.views.rows import COLUMNS

HERE = Artifact(path=b"x", kind="file", origin="memory", opener=lambda: BytesStream(b""))
WORDS = (
    *(b"#", b"@SQ", b">", b"{", b"[", b"---", b"***", b'"""', b"import os", b"rs12", b"1", b"0", b"chr1", b"ACGT", b"Pop", b"pop"),
    *(b"FID", b"IID", b"id", b"sample", b"genotype", b"NAME", b"gt", b"a1", b"geno", b"result", b"track name=", b"RG", b"0.25"),
    *(b"46,XX", b"HLA-A*01:01", b"A-M9", b"s1.bam", b"-1", b"1/2", b",", b";", b"\t", b" ", b"\x0c", b"\r", b"\xc2\xa0", b"\xff"),
)
LINE = st.lists(st.sampled_from(WORDS) | st.sampled_from((b" ", b"\t", b",")) | st.binary(max_size=4), max_size=12).map(b"".join)
TEXT = st.lists(LINE, max_size=14).map(b"\n".join)
NAME = st.sampled_from((b"x", b"y.fam", b"z.ped", b"samples.txt"))
CONTIG = st.sampled_from((b"chr1", b"chr10", b"1", b"2L", b"IV", b"NC_000001.11", b"scaffold_7", b"q"))
LENGTH = st.sampled_from((b"", b",length=248956422", b",length=249250621", b",length=195471971", b",length=5000"))
HEADER = st.lists(
    st.tuples(CONTIG, LENGTH).map(lambda both: b"##contig=<ID=" + both[0] + both[1] + b">")
    | st.sampled_from((b"##reference=GRCm38", b"##source=msprime 1", b"##SOURCE=SLiM", b"#x", b"##assembly=hg38")),
    max_size=8,
).map(lambda lines: b"".join(line + b"\n" for line in lines))


def _head(data: bytes, name: bytes = b"x") -> Head:
    return Head(ahead(data), HERE, (), name=name)


@given(data=TEXT)
@example(b"\xef\xbb\xbf\r\n a\r\r\nb\r\nc\r")
@example(b"\r")
def test_a_head_has_the_lines_that_cutting_one_by_one_gives(data: bytes) -> None:
    """Line ends are taken off as one by one: one carriage return of each."""
    shown = data.removeprefix(b"\xef\xbb\xbf")
    begin = shown[: len(shown) - len(shown.lstrip(b" \t\r\n"))].rfind(b"\n") + 1
    lines = shown[begin:].split(b"\n")
    lines = lines if lines[-1] else lines[:-1]
    assert _head(data).lines == tuple(each[:-1] if each.endswith(b"\r") else each for each in lines)


@given(data=TEXT, name=NAME)
def test_a_reader_that_is_not_asked_would_have_known_nothing(data: bytes, name: bytes) -> None:
    """The short list of readers answers as asking them all in order does."""
    head = _head(data, name)
    if not head.lines or not head.lines[0].strip():
        assert texts.sniff(head) is None
        return
    first, asked = head.lines[0].lstrip()[:1], _rows(head)
    found = None
    for module, marks in texts._READERS:
        wanted = first in marks if marks else asked or (module in texts._WITHOUT and texts._WITHOUT[module](head))
        found = found or (texts._reader(module)(head) if wanted else None)
    assert texts.sniff(head) == found


def _rows(head: Head) -> bool:
    lines = [line for line in head.lines[:9] if line.strip() and not line.startswith(b"#")]
    widths = [len(re.findall(rb"[^\s,;]+", line)) for line in lines[-8:]]
    return bool(widths) and max(widths.count(width) for width in set(widths)) * 4 >= len(widths) * 3


@given(data=TEXT)
def test_rows_are_told_by_the_same_fields(data: bytes) -> None:
    """Fields are counted by cutting, as by an expression."""
    head = _head(data)
    assert texts._rows(head) == _rows(head)


@given(line=LINE)
@example(b"\x0ca b\x0b")
@example("\u00a0a".encode())
@example(b" , ;")
def test_cells_are_those_between_blanks_and_signs(line: bytes) -> None:
    """Cells are cut without an expression, and are the same."""
    shown = line.decode("utf-8", "replace").strip(" \t\r,;")
    assert plinklists._fields(line) == re.split(r"[\s,;]+", shown)


@given(line=LINE)
def test_a_line_names_calls_where_one_expression_says_so(line: bytes) -> None:
    """Words of columns of calls are found one by one, as by one expression."""
    named = re.search(rb"(?i)genotype|result|call|alleles?|\bgt\b|yourcode|\ba1\b|geno\b", line) is not None
    assert consumer._names_calls(line) == named


@given(data=TEXT)
def test_the_last_line_of_a_list_of_files_is_looked_at_first(data: bytes) -> None:
    """What the last line rules out is no list of files."""
    head = _head(data)
    lines = [line for line in head.lines if line.strip() and not line.startswith(b"#")]
    last = lines[-1] if len(lines) >= 3 else b""
    if not manifests._BULK.match(last) and not manifests._FILE.search(last[:2000]):
        assert manifests.sniff(head) is None


@given(names=st.lists(st.binary(max_size=8) | st.from_regex(rb"[A-Z]{1,3}\d{1,5}", fullmatch=True), min_size=1, max_size=12))
def test_shapes_of_names_are_those_of_single_signs(names: list[bytes]) -> None:
    """Letters and digits of names are replaced together, as one after another."""
    for name in names:
        one = re.sub(rb"[A-Za-z]", b"a", re.sub(rb"\d", b"0", name))
        assert name.translate(lists._SHAPE) == one
        runs = re.sub(rb"[A-Za-z]+", b"a", re.sub(rb"\d+", b"0", name))
        assert lists._REPEATED.sub(rb"\1", name.translate(lists._SHAPE)) == runs
    assert lists._prefixes(names) == {re.split(rb"[^A-Za-z]", name, maxsplit=1)[0].lower().decode() for name in names}


@given(rows=st.lists(st.lists(st.sampled_from((b"s1", b"1", b"2", b"0", b"-9", b"101")), max_size=9).map(b" ".join), max_size=9))
def test_rows_of_different_widths_are_no_input_of_structure(rows: list[bytes]) -> None:
    """STRUCTURE's input has rows of one width, but for a header."""
    cut = [row for line in rows if (row := line.split())]
    if len(cut) < 4 or len(cut[1]) < 5 or len({len(row) for row in cut[1:]}) > 1:
        assert strct.sniff(_head(b"\n".join(rows) + b"\n")) is None


@given(line=LINE)
@example(b"F1 I1 0 0 1 2")
@example(b"1 rs1 0 12 A C\r")
def test_a_row_of_a_fileset_has_six_columns(line: bytes) -> None:
    """Fewer columns than six are no row of a .fam or a .bim."""
    if plink._FAM.fullmatch(line) or plink._BIM.fullmatch(line):
        assert len(line.split(None, 5)) == 6


@given(data=st.lists(LINE | st.sampled_from((b"#CHROM\tPOS\tID\tREF\tALT", b" #CHROM POS ID REF ALT x", b"##a", b"#")), max_size=9))
def test_a_column_line_is_the_first_line_that_is_one(data: list[bytes]) -> None:
    """The column line is found by its word, as by an expression at every line."""
    shown = b"\n".join(data)
    slow = re.search(rb"^(?:\xef\xbb\xbf)?[ ]*" + COLUMNS, shown, re.MULTILINE)
    fast = callset._column_line(shown)
    assert (fast and fast.span()) == (slow and slow.span())
    end = slow.start() if slow else 0
    assert callset._only_comments(shown, 0, end) == all(
        line.startswith(b"#") or not line.strip() for line in shown[:end].split(b"\n")
    )


@given(header=HEADER, rows=st.lists(CONTIG.map(lambda name: name + b"\t12"), max_size=3))
@example(b"##contig=<ID=1,length=248956422>\n##contig=<ID=1,length=5000>\n", [])
def test_a_species_is_that_of_all_contigs(header: bytes, rows: list[bytes]) -> None:
    """One human contig decides only where it is not declared once more."""
    declared = {each[1]: int(each[2]) if each[2] else None for each in origin._CONTIG.finditer(header)}
    used = dict.fromkeys(name for row in rows if (name := origin._chromosome(row)))
    counted = species._Counted()
    for name, length in itertools.chain(declared.items(), ((name, None) for name in used if name not in declared)):
        counted.add(name, length)
    told, named = counted.verdict(), species.of_words(b" ".join(each[1] for each in origin._REFERENCE.finditer(header)))
    assert origin.species(header, rows) == ((told if told in {named, "human"} else "") if told and named else told or named)
    source = origin._SOURCE.search(header)
    assert origin.simulator(header) == (source[1].decode().lower() if source else "")


@pytest.mark.parametrize("between", ["", "x" * 10, "x" * 5000])
def test_escaped_tabs_are_counted_where_there_is_a_backslash(between: str) -> None:
    """A text without a backslash has no escaped tab."""
    assert text.has_rows(("\\t" + between).encode() * 6) == (len(between) * 5 <= 4096)
    assert not text.has_rows(b"t" * 100)
