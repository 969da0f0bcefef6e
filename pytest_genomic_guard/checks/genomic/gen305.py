"""GEN305: a matrix of numbers in the shape of genotypes."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Identifiers, Whom
from pytest_genomic_guard.views.genomic import kinds
from pytest_genomic_guard.views.genomic.genohints import DIGITS, GENOTYPE_CELLS, PAIRS, SMALL_DECIMALS, SMALL_NUMBERS
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN305(Check[DataTable, Whose]):
    """A matrix of numbers in the shape of genotypes.

    What it looks for
    -----------------
    Arrays and tables of 0, 1 and 2 (or dosages near them, or calls such as `0/1`) that name neither variants nor people: arrays of
    numpy, pickles, workbooks, text of digits. At least 20 people by 30 variants are judged, by what alleles of a population
    do and other numbers do not: along
    one axis the share of 1 is close to 2pq at every frequency p (Hardy-Weinberg), frequencies differ widely between variants, and
    people have about the same share of 1. Scales of surveys, one-hot rows, counts, masks, labels and boards do not pass.

    Matrices of 0 and 1 alone are not judged, nor those that are smaller. Beside a list of exactly as many people, all public or
    made up, a matrix is a note.

    Why it matters
    --------------
    Genotypes without names are as identifying as those with them: about 30 variants single out a person, and whoever holds another
    sample of that person finds the row.

    What to do instead
    ------------------
    Keep the array out of the repository. Where it was simulated, commit the program that makes it, or declare it in the policy
    (`samples`).

    References
    ----------
    - Wigginton, Cutler, Abecasis: A note on exact tests of Hardy-Weinberg equilibrium. Am J Hum Genet 2005, 76:887
    - Lin, Owen, Altman: Genomic research and human subject privacy. Science 2004, 305:183
    """

    code = "GEN305"
    name = "bare-genotype-matrix"
    confidence = "medium"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    rules = (SMALL_NUMBERS, SMALL_DECIMALS, DIGITS, GENOTYPE_CELLS, PAIRS)
    Options = Whose

    def look(self, view: DataTable, options: Whose) -> Iterator[Finding | Identifiers]:
        """Report a matrix that has the shape of genotypes."""
        kind = kinds.of(view)
        if not kind or kind.what != "matrix":
            return
        if kind.names:
            yield Identifiers(values=kind.names)
        at = view.locate() if kind.row is None else view.locate_row(kind.row)
        shape = "numbers without names in the shape of genotypes, {people} people by {variants} variants"
        finding = self.finding(at, shape, people=kind.people, variants=kind.variants)
        whom = Whom(people=kind.people, variants=kind.variants)
        yield settled(finding, names=kind.names, people=kind.people, species=kind.species, options=options, whom=whom)
