"""What R serialises, by R itself where it is installed, and by a writer of our own in every encoding."""

from __future__ import annotations

import functools
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from _rdata import Items, Vector, Writer, frame
from _schemas import COLUMNS, damaged, is_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.views import formats, tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RSCRIPT = shutil.which("Rscript")
FORMS = ["X", "A", "B"]
HIDDEN = ["row_person_1", "row_person_2", "vector_person", "a value"]  # what no reader of names may give


def check(kind: str, data: bytes, names: Sequence[str]) -> None:
    """Assert that a file is recognised, and has these names and no others."""
    assert formats.identify(data[: 64 << 10]) == (kind, "partial")
    found = tables.schema_of(kind, data)
    assert found == tuple(names)
    assert not set(found) & set(HIDDEN)


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("form", FORMS)
def test_frame(form: str, version: int) -> None:
    """The columns of a data frame are found in every encoding; row names and values are not."""
    columns = [*COLUMNS, "größe und \\ \"'?\n", "n" * 40]
    check("RDS", Writer(form, version).file(frame(columns)), columns)


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("form", FORMS)
def test_variables(form: str, version: int) -> None:
    """Variables stand before what is in them; names of vectors are no columns; a symbol that comes again is found by its number."""
    vector = Vector([1.5], {"names": "vector_person", "later": "a value"})
    inner = Items([vector, frame()], {"names": ["v", "d"]})
    variables: dict[str, Any] = {"first": frame(), "names": inner, "later": 5, "vector": vector}
    data = Writer(form, version).file(variables=variables)
    check("RData", data, ["first", *COLUMNS, "names", *COLUMNS, "v", "d", "later", "vector"])


def test_other_machine() -> None:
    """Numbers as a machine has them are read in either order of bytes."""
    check("RDS", Writer("B", 3, big=True).file(frame()), COLUMNS)


@pytest.mark.parametrize("form", FORMS)
def test_large_columns(form: str) -> None:
    """Names after columns of a hundred thousand numbers and texts are found, with little work."""
    long = Items([[1.5] * 100_000, [7] * 100_000, ["x y"] * 20_000], {"names": ["a", "b", "c"]})
    data = Writer(form, 2).file(long)
    check("RDS", data, ["a", "b", "c"])


@pytest.mark.parametrize("form", FORMS)
def test_depth(form: str) -> None:
    """Lists in lists in lists end no interpreter; what is too deep is not read."""
    for depth, names in ((3000, tuple(COLUMNS)), (60_000, ())):
        writer = Writer(form, 2)
        for _level in range(depth):
            writer.number(19 | 0x200, 1)
        assert tables.schema_of("RDS", writer.file(frame())) == names


def test_wrong_versions() -> None:
    """A version that is not known has no names; text that begins like a file of R is none."""
    data = Writer("X", 2).file(frame())
    assert tables.schema_of("RDS", data.replace(b"X\n\0\0\0\2", b"X\n\0\0\0\1")) == ()
    for text in (b"A\n2\n3\n4\n5\n", b"A\n3\n262658\n11\n", b"RDX2\nnext", b"RDA2\nA\n2\n3\n", b"X\nY\n", b"B\n2\n"):
        assert formats.identify(text) is None


@pytest.mark.parametrize("form", FORMS)
def test_code(form: str) -> None:
    """Code that was compiled is walked, with constants, calls that come again, calls with attributes, and code in code."""
    writer = Writer(form, 3)
    writer.number(19, 2)
    writer.number(21 | 0x200, 3)  # code with an attribute
    writer.item(12)
    writer.number(4)
    writer.number(16)
    writer.item(["a value"])
    writer.number(244, 0, 240)  # a call with attributes, that comes again
    writer.pairs({"names": "vector_person"})
    writer.number(254, 243, 0, 2, 254, 254, 254, 254, 254)
    writer.number(21)
    writer.item(12)
    writer.number(0)
    writer.number(19)
    writer.item(Items([1], {"names": "constant"}))
    writer.pairs({"srcref": 1})
    check("RDS", writer.file(frame()), ["constant", *COLUMNS])


@pytest.mark.parametrize("form", FORMS)
def test_other_items(form: str) -> None:
    """Environments, namespaces, pointers, functions of R and lists that are stored as something else stand between names."""
    writer = Writer(form, 3)
    writer.number(19, 9)
    writer.number(4, 0, 254, 254, 254, 254)  # an environment
    writer.number(249, 0, 1, 0x40009)
    writer.text("base")
    writer.number(22, 254, 254, 23)  # a pointer, a weak reference
    writer.symbols = ["", "", "", ""]  # each of them has a number
    writer.number(8)
    writer.text("sum")
    writer.number(238, 2)  # a list with more to it than a list
    writer.symbol("wrap_list")
    writer.number(2)
    writer.symbol("base")
    writer.number(2)
    writer.item(19)
    writer.number(254, 2)
    writer.item(Items([1]))
    writer.number(254)
    writer.pairs({"names": "wrapped"})
    writer.number(19 | 0x200, 1, 254, 2 | 0x400)  # a list of which the names are stored as numbers, and one of texts
    writer.symbol("names")
    writer.number(238, 2)
    writer.symbol("wrap_string")
    writer.number(254, 19, 2)
    writer.item("inside")
    writer.item(0)
    writer.number(254, 254)
    writer.number(255, 3)  # the namespace again, with its number in a word of its own
    check("RDS", writer.file(frame()), ["wrapped", "inside", *COLUMNS])


R_OBJECTS = r"""
make <- function() {
  d <- data.frame(patient_id = 1:3, sex = factor(c("m", "f", "m")), text = c("a value", "", NA),
    row.names = c("row_person_1", "row_person_2", "x"))
  d$when <- as.Date("2020-01-01") + 0:2
  d$complex <- c(1i, 2, 3)
  d$raw <- as.raw(1:3)
  names(d)[6] <- "gr\u00f6\u00dfe \\ \"q\""
  nn <- names(d); l1 <- "l\xfcge"; Encoding(l1) <- "latin1"; nn[5] <- l1; names(d) <- nn
  f <- compiler::cmpfun(eval(quote(function(x, y = 2) {
     for (i in 1:10) x <- x + i; if (x > 3) g(a = x) else switch(y, a = 1, b = 2) }), globalenv()))
  e <- new.env(parent = globalenv()); e$itself <- e; e$x <- 1:10
  setClass("Holder", representation(table = "data.frame", numbers = "numeric"))
  s4 <- new("Holder", table = data.frame(slot_column = 1:2), numbers = c(vector_person = 1))
  m <- matrix(1:4, 2, dimnames = list(c("row_person_1", "row_person_2"), NULL))
  list(fun = f, env = e, s4 = s4, matrix = m, expression = expression(a + b, h(x)), d = d,
       formula = as.formula("y ~ x", globalenv()),
       named = c(vector_person = 1), sequence = 1:10000, sorted = sort(c("b", "a")), last = data.frame(the_last = 1))
}
"""
R_NAMES = ["slot_column", "patient_id", "sex", "text", "when", "lüge", 'größe \\ "q"', "the_last"]
R_TOP = ["fun", "env", "s4", "matrix", "expression", "d", "formula", "named", "sequence", "sorted", "last"]


@pytest.mark.skipif(RSCRIPT is None, reason="R is not installed; the same encodings are tested by a writer of our own")
@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("form", ["TRUE", "FALSE", "NA", "native"])
def test_by_r(tmp_path: Path, form: str, version: int) -> None:
    """What R saves, with functions that are compiled, environments, objects and all encodings, is walked to its end."""
    rds, rdata = tmp_path / "x.rds", tmp_path / "x.rda"
    save = f"""save(before, x, last, file = "{rdata}", ascii = {form}, version = {version}, compress = FALSE)
        saveRDS(x, "{rds}", ascii = {form}, version = {version}, compress = FALSE)"""
    if form == "native":
        save = f"""out <- file("{rds}", "wb"); writeBin(serialize(x, NULL, xdr = FALSE, version = {version}), out); close(out)"""
    script = tmp_path / "x.R"
    script.write_text(f"{R_OBJECTS}\nx <- make(); before <- x$fun; last <- 1L\n{save}\n")
    assert RSCRIPT
    subprocess.run([RSCRIPT, "--vanilla", script], check=True, capture_output=True)
    check("RDS", rds.read_bytes(), [*R_NAMES, *R_TOP])
    if form != "native":
        check("RData", rdata.read_bytes(), ["before", "x", *R_NAMES, *R_TOP, "last"])


@functools.cache
def samples() -> list[tuple[str, bytes]]:
    """Return files of every form."""
    found = []
    for form in FORMS:
        found.append(("RDS", Writer(form, 3).file(frame())))
        found.append(("RData", Writer(form, 2).file(variables={"x": frame(), "y": Items([frame(), 3, "a"])})))
    return found


def test_cut_anywhere() -> None:
    """A file that ends early has the names before its end."""
    for kind, data in samples():
        whole = tables.schema_of(kind, data)
        assert whole
        for place in range(len(data)):
            names = tables.schema_of(kind, data[:place])
            assert names == whole[: len(names)]


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 20))
def test_any_damage(seed: int, count: int) -> None:
    """Bytes that are changed anywhere raise nothing, and cost no more than their number."""
    kind, data = samples()[seed % len(samples())]
    assert is_linear(kind, damaged(data, seed, count))


@given(
    st.sampled_from([b"X\n\0\0\0\2\0\4\0\0\0\2\3\0", b"A\n2\n262658\n131840\n", b"B\n\2\0\0\0\0\0\4\0\0\3\2\0", b""]),
    st.binary(max_size=400),
)
def test_any_bytes(head: bytes, data: bytes) -> None:
    """Any bytes have names, or none."""
    assert is_linear("RDS", head + data)
    formats.identify(head + data)


KINDS = [
    1,
    2,
    3,
    4,
    6,
    9,
    10,
    13,
    14,
    16,
    19,
    20,
    21,
    22,
    23,
    24,
    25,
    238,
    239,
    240,
    243,
    244,
    249,
    254,
    255,
    0x200 | 19,
    0x400 | 2,
    0x602,
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*KINDS, 0, 1, 2, 3, -1, 511, 767, 1 << 30]), max_size=200), st.sampled_from(FORMS))
def test_any_items(numbers: list[int], form: str) -> None:
    """Any items in any order, with any length, have names, or none."""
    writer = Writer(form, 2)
    writer.number(*numbers)
    assert is_linear("RDS", b"".join(writer.out))
