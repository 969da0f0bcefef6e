"""GEN401: allele frequencies that give members of a cohort away."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic import released
from pytest_genomic_guard.checks.genomic.released import Thresholds
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.genomic.hints import AGGREGATES
from pytest_genomic_guard.views.genomic.sites import Sites
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN401(Check[DataTable | Sites, Thresholds]):
    """Allele frequencies that give members of a cohort away.

    What it looks for
    -----------------
    Allele frequencies, or counts of genotypes, of few people at many variants: tables of PLINK (`.afreq`, `.frq`, `.frqx`,
    `.gcount`, `.hardy` and their like), VCFtools, and any table with a row for each variant and columns such as AF, AC and AN;
    and VCF or BCF without people, by the AC, AN, AF and NS of INFO. The number of people comes from the table (AN / 2, OBS_CT /
    2, N), or from `release` in the policy where the table tells none, or more than that.

    It fails where even the lower bound on independent variants, one with a minor allele frequency of 0.05 or more in each 100 kb,
    reaches `block-from` (9.5) for each person: half of all members are then told from others at a false-positive rate of 0.001.
    For a table that the policy declares `sensitive: true`, the upper bound counts, all common variants, from `warn-from` (2.7)
    on. Without positions, a chromosome counts as many as it has stretches of 100 kb, at most; where one or two chromosomes hold
    nearly all variants, which may then be one gene's, each counts once. Rows without a frequency count in the upper bound only.
    Tables of fewer than 50 rows that are not declared sensitive, and whose number of people nobody tells, are not judged.
    Frequencies in the columns of a public resource (gnomAD, 1000 Genomes) are a note; annotation with such columns is none.

    The power is Phi(sqrt(m / (n (1 + n / n_ref))) - z(alpha)), for m independent variants, n people and n_ref people in an
    attacker's reference, here as many as wanted.

    Why it matters
    --------------
    Who has a person's genotype, from a relative, a clinic or a genealogy site, can compute whether that person was in the cohort,
    and so has its disease. Rounding to two decimals does not protect.

    What to do instead
    ------------------
    Release fewer variants, pool cohorts, or share through controlled access. `genomic-guard release TABLE` computes how many
    variants a cohort can bear. Where the institution has decided that the summary results are public, write a waiver.

    References
    ----------
    - Homer et al.: Resolving individuals contributing trace amounts of DNA. PLoS Genetics 2008, 4:e1000167
    - Visscher, Hill: The limits of individual identification from sample allele frequencies. PLoS Genetics 2009, 5:e1000628
    - Sankararaman et al.: Genomic privacy and limits of individual detection in a pool. Nature Genetics 2009, 41:965
    - NIH: Update to NIH management of genomic summary results access, NOT-OD-19-023
    """

    code = "GEN401"
    name = "reidentifying-allele-frequencies"
    since = "0.1"
    clauses = ("NOT-OD-19-023",)
    mend = released.MEND
    rules = AGGREGATES
    Options = Thresholds

    def look(self, view: DataTable | Sites, options: Thresholds) -> Iterator[Finding]:
        """Report frequencies whose lower bound, or whose upper one where the policy says so, gives members away."""
        found = released.measured(view, options)
        if found and not found.statistics and released.level(found, options, view.artifact.path) == "certain":
            yield released.reported(self, view, found, options)
