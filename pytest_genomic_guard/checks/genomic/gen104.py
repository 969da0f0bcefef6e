"""GEN104: genotypes of people in a container format."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Whom
from pytest_genomic_guard.views.genomic.containers import GenotypeFile, GenotypeText

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN104(Check[GenotypeFile, Whose]):
    """Genotypes of people in a container format.

    What it looks for
    -----------------
    Files that hold genotypes or genotype probabilities of people, by their content: BGEN (also without its mark), PLINK 2 pgen,
    SNPRelate and SeqArray GDS, packed EIGENSTRAT GENO, Oxford GEN and sample files, HAPS, BEAGLE 3 probabilities, tree sequences
    of tskit (a note where their provenance begins with a simulator), HDF5 with genotype arrays, Hail MatrixTables and Tables of
    people, and VCF Zarr. Of a directory that is a store, its metadata are what is told. The number of people comes from the
    header where there is one.

    An index (`.bgi`, `.pgi`), a variant table (`.legend`, `.bim`, `.pvar` of eight columns), a Hail Table of variants, a
    MatrixTable of summary statistics and a store without calls are not reported. Genotypes that name nobody are a note where a list
    of exactly as many people stands beside them, all public or made up: of the same name up to the first dot, or the only list of
    the folder. Beside variants of another species (`.bim`, `.pvar`, by their chromosomes) those of the same name are one, too.

    Why it matters
    --------------
    These formats exist to hold the genotypes of whole cohorts. About 30 independent variants single out one person, and what was
    pushed once stays in forks and caches.

    What to do instead
    ------------------
    Keep them where their data-use terms put them, and commit code that reads them from there. Where a test needs one, simulate it
    at test time.

    References
    ----------
    - kastore 1 and the tskit data model
    - BGEN 1.1 to 1.3; PLINK 2 pgen draft specification; VCF Zarr specification; Hail file format 1.7
    - Lin, Owen, Altman: Genomic research and human subject privacy. Science 2004, 305:183
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN104"
    name = "genotype-container"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    Options = Whose

    def look(self, view: GenotypeFile, options: Whose) -> Iterator[Finding]:
        """Report a container that is about people."""
        if view.level == "individual" and not isinstance(view, GenotypeText):
            found = self.finding(view.at, sentence(view), people=view.people, variants=view.variants)
            if view.simulated:
                found = found.replace(known="synthetic", message=f"{found.message}; simulated, as its provenance says (a claim)")
            people = view.people + view.more
            yield settled(found, names=view.names, people=people, species=view.species, options=options, whom=whom(view))


def whom(view: GenotypeFile) -> Whom | None:
    """Count the people of a file, for what stands beside it."""
    if view.setting == "output":
        return None
    listed = view.said == "list"
    return Whom(people=0 if view.more else view.people, variants=view.variants, listed=listed, beside=listed)


def sentence(view: GenotypeFile) -> str:
    """Return the template of what is told: the format, how many people, how many variants; of an output, that it is one."""
    people = "1 person" if view.people == 1 else "{people} people"
    if view.more:
        people = "{people} or more people"
    if view.said == "list":
        told = f"{view.format} with a row for each of {people}" if view.people else f"{view.format} with a row for each person"
    elif not view.people:
        told = f"{view.format} with genotypes of people"
    else:
        variants = " at 1 variant" if view.variants == 1 else " at {variants} variants" if view.variants else ""
        told = f"{view.format} with genotypes of {people}{variants}"
    return f"a saved output shows {told}" if view.setting == "output" else told
