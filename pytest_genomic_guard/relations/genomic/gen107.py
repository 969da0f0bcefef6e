"""GEN107: rows of digits that the tables beside them make genotypes."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.model import Location, Relation, Whom
from pytest_genomic_guard.views.genomic.containers import MatrixFact, TableFact
from pytest_genomic_guard.views.plink import BimFact, FamFact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class GEN107(Relation):
    """Rows of digits with tables of people or variants.

    What it looks for
    -----------------
    Texts of nothing but 0 and 1 with blanks between them, or of strings of 0, 1, 2 and 9, in whose folder a table of people or
    variants stands whose size is theirs: IMPUTE's haplotypes beside a `.legend` or `.sample`, EIGENSTRAT's genotypes beside `.ind`
    or `.snp`. Digits alone can be anything, and are not reported.

    Why it matters
    --------------
    Such a matrix is the genotypes of everybody in the table beside it.

    What to do instead
    ------------------
    Keep the fileset where its data-use terms put it. Where a test needs one, simulate it at test time.

    References
    ----------
    - IMPUTE2: haplotype, legend and sample files; EIGENSOFT: geno, snp and ind files
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN107"
    name = "digits-beside-their-tables"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    needs = (MatrixFact,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Set every matrix beside the tables of its folder."""
        beside: dict[bytes, list[tuple[bytes, str, int, bool]]] = {}
        for path, listed in facts.of(TableFact):
            beside.setdefault(_folder(path), []).append((path, listed.what, listed.rows, listed.more))
        for path, bim in facts.of(BimFact):
            beside.setdefault(_folder(path), []).append((path, "variants", bim.variants, False))
        for path, fam in facts.of(FamFact):
            beside.setdefault(_folder(path), []).append((path, "people", fam.people, False))
        for path, matrix in facts.of(MatrixFact):
            near = beside.get(_folder(path), ())
            people = next((count for _table, what, count, _more in near if what == "people" and _fits(matrix, what, count)), 0)
            for table, what, count, more in near:
                if _fits(matrix, what, count) or (more and matrix.more and what == "variants"):
                    at = Location(path=path)
                    found = self.finding(at, "digits that a table beside them makes genotypes of people", involves=(table,))
                    yield found.replace(whom=Whom(people=people, variants=0 if matrix.more else matrix.rows))
                    break


def _folder(path: bytes) -> bytes:
    return path.rpartition(b"/")[0]


def _fits(matrix: MatrixFact, what: str, count: int) -> bool:
    """Tell whether a table has as many rows as the matrix has of what it lists: rows are variants, two columns can be a person."""
    if what == "variants":
        return matrix.rows == count and not matrix.more and count > 1
    return matrix.columns in {count, 2 * count} and count > 1
