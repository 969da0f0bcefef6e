"""Hostile text costs work in proportion to its length: each of these inputs took minutes or more where a step was repeated."""

from __future__ import annotations

import pytest
from _views import people, read

from pytest_genomic_guard._samples import notebook
from pytest_genomic_guard.model import Facts, Located
from pytest_genomic_guard.relations.genomic.gen103 import GEN103
from pytest_genomic_guard.views.html import plain
from pytest_genomic_guard.views.plink import BedFact, BimFact, FamFact

SIZE = 1 << 20
CALL = b"GT" + b" 0/1"  # apart, so that our own scan of this file finds none


@pytest.mark.parametrize("unit", ["<a", "<" + "a" * 1000, "<td ", "<tr><td>", "&#", "&#9", "&#x", "&", "<td>&lt;"])
def test_markup(unit: str) -> None:
    """A megabyte of damaged markup is text again."""
    markup = unit * (SIZE // len(unit))
    assert len(plain("<" + markup)) <= len(markup) * 2


def test_one_long_tag() -> None:
    """A tag that never ends is no tag."""
    assert plain("<" + "a" * SIZE) == "<" + "a" * SIZE


def test_number_of_no_character() -> None:
    """A reference with thousands of digits leaves the rest of the notebook readable."""
    found = read(notebook(b"&#" + b"9" * 5000 + b"; and more", "text/html"), b"a.ipynb")
    assert not found.gaps
    assert b"and more" in found.texts[0].data


UNITS = [
    b"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tx\n",
    b"# #CHROM POS ID REF ALT QUAL FILTER INFO FORMAT x y\n",
    b"\tGT\t0",
    b"\tGT\t0\n",
    b" " + CALL,
    b" " + CALL + b"\n",
    b"1 2 . A C " + CALL + b" ",
    b"FORMAT\n\n " + CALL + b"\n",
    b"chrom pos x\n",
    b"chrom pos x\n1 2 " + CALL[3:] + b"\n",
    b"chrom pos x ",
    b"\nchrom\n",
    b"chrom,pos,",
    b"A" * 1000 + b"\t",
    b"1\t2\t.\tA\t" + b"A," * 100,
    b"##fileformat=VCFv4.3\n#",
    b"\\t\\n",
    b"\r",
]


@pytest.mark.parametrize("name", [b"a.txt", b"a.ipynb"])
@pytest.mark.parametrize("unit", UNITS)
def test_text(unit: bytes, name: bytes) -> None:
    """A megabyte of any unit that rules begin at is read, in a file and in an output."""
    data = unit * (SIZE // len(unit))
    assert people(notebook(data, "stream") if name.endswith(b"b") else data, name) >= 0


@pytest.mark.parametrize("fits", [True, False])
def test_many_filesets_in_one_folder(fits: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A thousand PLINK filesets beside each other are each paired, and not tried in all pairs."""
    located = []
    for number in range(1, 1001):
        stem = b"d/%d." % number
        size = (number + 3) // 4 * (2000 - number) + (0 if fits else 1_000_003)
        located.append(Located(path=stem + b"bed", fact=BedFact(size=size, variant_major=True)))
        located.append(Located(path=stem + b"fam", fact=FamFact(people=number)))
        located.append(Located(path=stem + b"bim", fact=BimFact(variants=2000 - number)))
    relation = GEN103()
    found = list(relation.look(Facts(located), relation.Options()))
    assert len(found) == 1000
    assert all(("genotypes of" in each.message) == fits for each in found)
