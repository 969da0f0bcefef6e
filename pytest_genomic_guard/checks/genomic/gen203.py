"""GEN203: sequences that are somebody's."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.genomic.sequences import PersonalSequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_genomic_guard.model import Finding

_WHAT: Mapping[str, str] = {
    "mitochondrion": "whole mitochondrial genomes",
    "chromosome": "chromosomes",
    "haplotype": "haplotypes of an assembly",
}


class GEN203(Check[PersonalSequence, Whose]):
    """Sequences that are somebody's.

    What it looks for
    -----------------
    FASTA with a whole mitochondrial genome (16,569 bases, give or take ten, gaps not counted) under a name that is no reference's;
    with a chromosome under a name that says whose it is, such as an id before `_chr1`; with the haplotypes of an assembly
    (`ID#1#chr1`, `chr1_MATERNAL`, `h1tg000001l`).

    References, genes, proteins, primers, contigs of an assembly and alignments of genes are not reported, nor is anything under an
    accession of a public database.

    Why it matters
    --------------
    A mitochondrial genome names a maternal line, and with a place and a surname often one family; a chromosome is one person's.
    Neither can be revoked.

    What to do instead
    ------------------
    Keep the sequences where their data-use terms put them. Commit the accession of what is published.

    References
    ----------
    - PanSN-spec: names of sequences in pangenomes
    - NC_012920, the reference sequence of the human mitochondrion
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN203"
    name = "personal-sequence"
    confidence = "medium"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    Options = Whose

    def look(self, view: PersonalSequence, options: Whose) -> Iterator[Finding]:
        """Report what is of a person."""
        if view.level != "individual":
            return
        of = "" if not view.people else " of 1 person" if view.people == 1 else " of {people} people"
        shown = "a saved output shows FASTA with" if view.setting == "output" else "FASTA with"
        finding = self.finding(view.at, f"{shown} {_WHAT[view.what]}{of}, under names that are no reference's", people=view.people)
        yield settled(finding, names=view.names, people=view.people, species=view.species, options=options)
