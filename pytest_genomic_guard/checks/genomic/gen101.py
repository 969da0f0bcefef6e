"""GEN101: individual-level variant calls."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.variants import VariantCalls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding

# From about 30 independent variants on, one person on Earth is singled out (Lin, Owen, Altman, Science 2004, 305:183).
IDENTIFYING_ROWS = 30


class Columns(Whose):
    """How many sample columns are no finding."""

    max_samples: int = 0


class GEN101(Check[VariantCalls, Columns]):
    """Individual-level variant calls.

    What it looks for
    -----------------
    Columns for people in VCF and BCF: names after the FORMAT column of the `#CHROM` line, or rows with genotype columns where
    that line is missing. The file may be renamed, compressed (gzip, BGZF), in UTF-16, with CRLF, lack its first lines, or begin
    with a line that is none of its own. Rows that a notebook's saved output or an HTML page shows, as text, as escaped text or as
    an HTML table, count the same; so do 30 or more rows quoted in any other text, such as a string of a program. A printed table
    counts when it names chromosome and position, or the like, above cells such as `0/1`.

    A gVCF, whose rows hold the stretches without variants too, is named as one. 30 or more rows of eight columns with a call
    inside INFO (`GT=0/1`) count as well; fewer are GEN102's.

    A file with eight columns, or with FORMAT and nobody after it, lists sites and is not reported. Genotypes in tables of another
    form (a matrix with one row for each sample or rs number, bases in place of allele numbers, arrays) are not this check's.

    Whose data: calls of another species by their contigs are a note. So are those of people all of whom are named as samples of a
    public resource (1000 Genomes, HapMap, HGDP, SGDP, Genome in a Bottle; lists of names are shipped) or as simulated. A name is a
    claim: anybody can rename a sample. `samples` in the policy says which names count; in the profile `strict` none does.

    Why it matters
    --------------
    About 30 independent variants single out one person. A genotype cannot be revoked, it speaks for relatives too, and what
    was pushed once stays in forks and caches. Names of participants in a header are personal data even without a row.

    What to do instead
    ------------------
    Keep the calls where their data-use terms put them, and commit code that reads them from there. Clear notebook outputs
    before committing. Where a test needs a VCF, simulate one at test time. A call set whose names say nothing (`1`, `S1`, `TUMOR`)
    and that is nobody's gets a waiver, bound to the content's hash.

    References
    ----------
    - VCFv4.3 specification, sections 1.4 and 1.5 (header line, data lines), 6.2 (BCF2)
    - Lin, Owen, Altman: Genomic research and human subject privacy. Science 2004, 305:183
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN101"
    name = "individual-level-variant-calls"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    Options = Columns

    def look(self, view: VariantCalls, options: Columns) -> Iterator[Finding]:
        """Report columns for more people than the option allows."""
        few = view.rows < IDENTIFYING_ROWS and (view.setting == "quoted" or view.inside)
        if view.samples <= options.max_samples or few:
            return
        told = self.finding(view.at, _sentence(view), rows=view.rows, samples=view.samples)
        yield settled(told, names=view.names, people=view.samples, species=view.species, options=options, source=view.source)


def _sentence(view: VariantCalls) -> str:
    """Return what is told of calls: what they are, and what says that they are of people."""
    people = "1 person" if view.samples == 1 else "{samples} people"
    if view.inside:
        return f"{{rows}} rows with a genotype inside INFO, of {people}"
    if view.setting == "output":
        return f"a saved output shows genotype columns of {people}"
    if view.setting == "quoted":
        return f"{{rows}} rows with genotype columns of {people}"
    return (
        f"gVCF with genotype columns of {people}, reference blocks included"
        if view.blocks
        else f"{view.format} with genotype columns of {people}"
    )
