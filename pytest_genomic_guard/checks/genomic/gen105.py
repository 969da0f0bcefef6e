"""GEN105: genotypes of people in a text of a known layout."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.gen104 import sentence, whom
from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.genomic.containers import GenotypeText

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN105(Check[GenotypeText, Whose]):
    """Genotypes of people in a text.

    What it looks for
    -----------------
    The text formats of PLINK (`.ped`, also with columns left out, coded alleles or both alleles in one field; `.tped`, `.raw`,
    `.traw`, `.lgen`, `.list`, `.rlist`), EIGENSTRAT (`.geno`, `.ind`), BEAGLE 3, PHASE and fastPHASE, BIMBAM, STRUCTURE (one or
    two rows for each person, and its output), GENEPOP, Arlequin projects, pedigree files of LINKAGE and Merlin with any alleles,
    MACH and minimac, the 0/1/2 matrix of vcftools, IMPUTE haplotypes, and HapMap's genotype dumps. They are told by their rows,
    whatever they are called, with blanks, tabs or commas.

    Rows of digits alone count when their name says that they are genotypes, or when they have the shape that random mating gives
    them. `.map`, `.bim`, `.snp` and other tables of variants are not reported.

    Why it matters
    --------------
    A row for each person with the alleles of every variant is what identifies a person best. Text filesets are small enough to be
    committed without a second thought.

    What to do instead
    ------------------
    Keep the fileset where its data-use terms put it. Where a test needs one, simulate it at test time.

    References
    ----------
    - PLINK 1.9 and 2.0 file format reference; EIGENSOFT CONVERTF; BEAGLE 3.3; fastPHASE 1.4; vcftools manual
    - GENEPOP 4.7, Arlequin 3.5, STRUCTURE 2.3 and Merlin manuals
    - Lin, Owen, Altman: Genomic research and human subject privacy. Science 2004, 305:183
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN105"
    name = "plink-text-genotypes"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    Options = Whose

    def look(self, view: GenotypeText, options: Whose) -> Iterator[Finding]:
        """Report a text that is about people."""
        if view.level == "individual":
            found = self.finding(view.at, sentence(view), people=view.people, variants=view.variants)
            people = view.people + view.more
            yield settled(found, names=view.names, people=people, species=view.species, options=options, whom=whom(view))
