"""What the tests of views share: decoding without an engine, and call sets made by hypothesis."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

from pytest_genomic_guard.matching import matcher
from pytest_genomic_guard.model import Covered, Gap
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import scan
from pytest_genomic_guard.views import variants
from pytest_genomic_guard.views.decode import decode
from pytest_genomic_guard.views.text import Text
from pytest_genomic_guard.views.variants import VariantCalls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.model import View


class Decoded(NamedTuple):
    """What `decode` gave for one content, with the calls that stand in its texts."""

    views: list[View]
    covered: list[Covered]
    gaps: list[Gap]

    @property
    def calls(self) -> list[VariantCalls]:
        """Return the variant calls, whole and quoted."""
        return [view for view in self.views if isinstance(view, VariantCalls)]

    @property
    def texts(self) -> list[Text]:
        """Return the texts."""
        return [view for view in self.views if isinstance(view, Text)]

    @property
    def level(self) -> str:
        """Return the coverage, `gap` where something could not be read."""
        return f"gap {self.gaps[0].reason}" if self.gaps else self.covered[0].level


def read(data: bytes, path: bytes = b"x") -> Decoded:
    """Decode one content as the engine does, and hold it to the contract: one `Covered`, or at least one gap."""
    views: list[View] = []
    covered: list[Covered] = []
    gaps: list[Gap] = []
    match = matcher(variants.RULES)
    (artifact,) = Memory({path: data}).entries()
    for item in decode(artifact):
        if isinstance(item, Gap):
            gaps.append(item)
        elif isinstance(item, Covered):
            covered.append(item)
        elif isinstance(item, Text):
            text = item.replace(hits=match.scan(item.data))
            views += [text, *variants.quoted(text)]
        else:
            views.append(item)
    assert gaps or len(covered) == 1, "neither covered nor a gap"
    assert len(covered) <= 1
    return Decoded(views, covered, gaps)


def people(data: bytes, path: bytes = b"x") -> int:
    """Return for how many people GEN101 says that there are columns; 0 when it is quiet."""
    report = scan({path: data})
    told = [finding.message for finding in report.findings if finding.code == "GEN101"]
    assert not report.gaps
    assert len(told) <= 1
    return int("".join(each for each in told[0] if each.isdigit())) if told else 0


class Cohort(NamedTuple):
    """A call set and how many people it shows."""

    data: bytes
    samples: int
    rows: int


# No control characters, and no separators of the format; everything else has been seen in sample names.
_word = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12).filter(
    lambda text: text not in {"\\", "...", "…"}  # what a printed table puts where it leaves something out
)
_allele = st.text("ACGTN", min_size=1, max_size=5)
_alternate = _allele | st.sampled_from(
    ("<DEL>", "<INS:ME>", "<NON_REF>", "*", ".", "<CN0>", "]chr3:7]A", "G[2:321[", "<DUP:TANDEM>")
)
_contig = st.sampled_from(("1", "22", "X", "chrM", "NC_000007.14", "HLA-A*01:01", "GL000192.1", "chrUn_KI270302v1"))
_info = st.sampled_from((".", "DP=3;AF=0.1", "END=123;SVTYPE=DEL", "ANN=A|b|c/d|1/2;H2", "CSQ=x 0/1 y"))


def call(draw: st.DrawFn, alleles: int, keys: Sequence[str]) -> str:
    """Return one person's cell: haploid to triploid, phased or not, with missing alleles or trailing fields left out."""
    allele = st.integers(0, alleles).map(str) | st.just(".")
    gt = draw(st.lists(allele, min_size=1, max_size=3))
    values = {"GT": draw(st.sampled_from("/|")).join(gt), "DP": "31", "GQ": "99", "PL": "0,12,99", "DS": "0.5"}
    cell = [values[key] for key in keys]
    return ":".join(cell[: draw(st.integers(1, len(cell)))])


@st.composite
def cohorts(draw: st.DrawFn, *, least: int = 1, header: bool | None = None) -> Cohort:
    """Make a VCF with `least` or more people: any part of its header, any line ends, any alleles."""
    names = draw(st.lists(_word, min_size=least, max_size=6)) if least else []
    extra = draw(st.sampled_from(([], ["DP"], ["DP", "GQ", "PL"], ["DS"])))
    keys = ["GT", *extra] if draw(st.integers(0, 3)) or "DS" not in extra else extra
    rows = draw(st.integers(1, 5))
    with_columns = draw(st.booleans()) if header is None else header
    lines = []
    if with_columns:
        lines += ["##fileformat=VCFv4.3"][: draw(st.integers(0, 1))] + ["##contig=<ID=1>"] * draw(st.integers(0, 3))
        lines.append(
            "\t".join(["#CHROM POS ID REF ALT QUAL FILTER INFO".replace(" ", "\t"), *(["FORMAT"] if names else []), *names])
        )
    for _row in range(rows):
        alternates = draw(st.lists(_alternate, min_size=1, max_size=3))
        site = [
            draw(_contig),
            str(draw(st.integers(0, 2**31 - 1))),
            draw(st.just(".") | _word),
            draw(_allele),
            ",".join(alternates),
        ]
        site += [draw(st.sampled_from((".", "29", "3e-5"))), draw(st.sampled_from(("PASS", ".", "q10;s50"))), draw(_info)]
        calls = [call(draw, len(alternates), keys) for _name in names]
        lines.append("\t".join([*site, *([":".join(keys), *calls] if names else [])]))
    end = draw(st.sampled_from(("\n", "\r\n")))
    return Cohort((end.join(lines) + end * draw(st.integers(0, 2))).encode(), len(names), rows)


def digits(seed: int, count: int) -> str:
    """Return `count` pseudo-random digits, the same for a seed."""
    return "".join(random.Random(seed).choices("0123456789", k=count))  # noqa: S311 - a sample, no secret
