"""GEN307: genotypes by rs number in code, YAML and other text."""

from __future__ import annotations

import re

from pytest_genomic_guard.checks.genomic.gen101 import IDENTIFYING_ROWS
from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.model import Check, Rule
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options

PAIR = Rule(  # 'rs123': 'AG', rs123 = A/G: two alleles behind the name of a variant
    name="genotype-by-rs-number",
    anchors=(b"rs000",),
    face="shape",
    pattern=rb"(?<![\w.-])rs\d{3,12}[\"']?\s{0,3}(?::|=>?)\s{0,3}[\"']?[ACGTDI][/|]?[ACGTDI](?![\w/|])",
)
_ALLELES = re.compile(rb"([ACGTDI])[/|]?([ACGTDI])\Z")
_NAME = re.compile(rb"rs\d+")


class GEN307(Check[Text]):
    """Genotypes by rs number in text.

    What it looks for
    -----------------
    Thirty or more different rs numbers, each followed by a genotype of two alleles, as a dictionary of a program, a YAML file or a
    configuration holds them. One genotype in ten at least must have twice the same allele: a list of the two alleles that a site
    can have never does. JSON is read as a table, see GEN301.

    Why it matters
    --------------
    About 30 independent variants single out one person, whatever the file is that they stand in.

    What to do instead
    ------------------
    Keep genotypes of people out of code and configuration. Where a test needs some, draw them at random at test time.

    References
    ----------
    - Lin, Owen, Altman: Genomic research and human subject privacy. Science 2004, 305:183
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN307"
    name = "genotypes-by-rs-number"
    confidence = "medium"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    rules = (PAIR,)

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a check
        """Report the first of the pairs of a place that holds enough of them."""
        found: dict[int, list[tuple[int, int]]] = {}
        for span in view.matches(PAIR):
            if view.data[span[1] : span[1] + 2].lstrip(b"\"'")[:1] == b":":
                continue  # a key, with what that genotype means
            found.setdefault(view.segment(span[0]).start, []).append(span)
        for start, spans in sorted(found.items()):
            if len(spans) < IDENTIFYING_ROWS or view.data[start : start + 64].lstrip()[:1] in {b"{", b"["}:
                continue
            pairs = [view.data[low:high] for low, high in spans]
            sites = len({name[0] for pair in pairs if (name := _NAME.match(pair))})
            same = sum(1 for pair in pairs if (both := _ALLELES.search(pair)) and both[1] == both[2])
            if sites >= IDENTIFYING_ROWS and same * 10 >= len(pairs):
                yield self.finding(view.locate(spans[0][0]), "genotypes of people at {sites} variants, by rs number", sites=sites)
