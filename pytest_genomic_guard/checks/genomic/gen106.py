"""GEN106: direct-to-consumer genotypes."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.genomic import kinds
from pytest_genomic_guard.views.genomic.consumer import FLOOR, Export
from pytest_genomic_guard.views.genomic.hints import RS_NUMBER
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN106(Check[Export | DataTable, Whose]):
    """A person's genotypes as direct-to-consumer tests export them.

    What it looks for
    -----------------
    One person's genotypes, a line for each variant: id, chromosome, position and a call of one or two letters, or two columns of
    alleles, as 23andMe, AncestryDNA, FamilyTreeDNA, MyHeritage, Living DNA, Genes for Good, DNA.Land, Mapmygenome, CircleDNA,
    tellmeGen, SelfDecode, PLINK (`--recode 23`) and others write them. Tabs, commas or blanks, quoted or not, with a header that
    names the provider or with no header at all, in a text, a sheet, a database or a saved output. From 30 variants on, or fewer
    where a comment of the file says who it is, it is an error; below that GEN116 warns.

    Two columns of alleles that differ at nearly every variant are a panel of reference and alternate alleles, and not reported. Nor
    are annotation of variants, frequencies, results of association studies, intervals, and lists of what each genotype means, in
    which a variant has several lines.

    Why it matters
    --------------
    About 30 independent variants single out one person, and such a file has some 600,000. It tells of relatives too, who agreed to
    nothing, and cannot be taken back.

    What to do instead
    ------------------
    Keep the export out of the repository and let the code ask for its path. Where a test needs one, write it at test time from
    random numbers. A published genome gets a waiver, bound to the content's hash.

    References
    ----------
    - Layouts by provider: the snps library, `io/reader.py`; PLINK 1.9, `--recode 23`
    - Lin, Owen, Altman: Genomic research and human subject privacy. Science 2004, 305:183
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN106"
    name = "direct-to-consumer-genotypes"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    rules = (RS_NUMBER,)
    Options = Whose

    def look(self, view: Export | DataTable, options: Whose) -> Iterator[Finding]:
        """Report enough genotypes of one person to single that person out."""
        if isinstance(view, Export):
            if view.level == "individual" and (view.variants >= FLOOR or view.named):
                shown = "a saved output shows genotypes" if view.setting == "output" else "genotypes"
                people = "1 person" if view.people == 1 else "{people} people"
                more = " or more" if view.more else ""
                told = f"{shown} of {people} at {{variants}}{more} variants, as a direct-to-consumer test exports them"
                found = self.finding(view.at, told, people=view.people, variants=view.variants)
                yield settled(found, names=(), people=view.people, species=view.species, options=options)
            return
        kind = kinds.of(view)
        if kind and kind.what == "consumer" and (kind.variants >= FLOOR or not kind.variants):
            told = "a table of genotypes of 1 person at {variants} variants, as a direct-to-consumer test exports them"
            if not kind.variants:
                told = (
                    "a table with the columns of a direct-to-consumer export: genotypes of 1 person, whose values could not be read"
                )
            found = self.finding(view.locate(), told, variants=kind.variants)
            yield settled(found, names=kind.names, people=1, species=kind.species, options=options)
