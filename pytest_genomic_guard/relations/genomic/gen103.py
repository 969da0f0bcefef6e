"""GEN103: a PLINK genotype matrix, judged with its tables."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.views.plink import BedFact, BimFact, FamFact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class GEN103(Relation):
    """A PLINK genotype matrix.

    What it looks for
    -----------------
    A PLINK 1 binary genotype matrix, known by its three magic bytes whatever it is called, together with the `.fam` and `.bim`
    beside it, known by the grammar of their rows. Two bits for each person and variant must fill the matrix exactly; when they
    do, the finding counts the people. A matrix whose tables are missing, or do not fit, is reported as well: its genotypes are
    there. A UCSC BED file is text and has nothing to do with it.

    Why it matters
    --------------
    The matrix is the genotypes of every participant of a study. PLINK filesets and their side files are what takedown notices
    of cohorts name, far more often than VCF.

    What to do instead
    ------------------
    Keep the fileset where its data-use terms put it, and read it from there. Where a test needs one, simulate it at test time.

    References
    ----------
    - PLINK 1.9 file formats: bed, bim, fam
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN103"
    name = "plink-genotype-matrix"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    needs = (BedFact, FamFact, BimFact)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Pair every matrix with the tables of its folder."""
        fams, bims = facts.of(FamFact), facts.of(BimFact)
        for path, matrix in facts.of(BedFact):
            near_fams = [item for item in fams if _folder(item[0]) == _folder(path)]
            near_bims = [item for item in bims if _folder(item[0]) == _folder(path)]
            pairs = [(fam, bim) for fam in near_fams for bim in near_bims]
            pairs.sort(key=lambda pair: (_stem(pair[0][0]) != _stem(path)) + (_stem(pair[1][0]) != _stem(path)))
            fitting = next(((f, b) for f, b in pairs if _fits(matrix, f[1].people, b[1].variants)), None)
            at = Location(path=path)
            if fitting:
                (fam_path, fam), (bim_path, bim) = fitting
                yield self.finding(
                    at,
                    "genotypes of {people} people at {variants} variants",
                    people=fam.people,
                    variants=bim.variants,
                    involves=(fam_path, bim_path),
                )
            elif pairs:
                involved = tuple(sorted({item[0] for item in near_fams + near_bims}))
                yield self.finding(at, "genotype matrix whose size does not fit the .fam and .bim beside it", involves=involved)
            else:
                involved = tuple(sorted({item[0] for item in near_fams + near_bims}))
                yield self.finding(at, "genotype matrix without its .fam or .bim, so people cannot be counted", involves=involved)


def _fits(matrix: BedFact, people: int, variants: int) -> bool:
    """Tell whether two bits for each genotype, with rows padded to whole bytes, fill the matrix."""
    across, down = (people, variants) if matrix.variant_major else (variants, people)
    return matrix.size == (across + 3) // 4 * down


def _folder(path: bytes) -> bytes:
    return path.rpartition(b"/")[0]


def _stem(path: bytes) -> bytes:
    return path.rpartition(b"/")[2].partition(b".")[0]
