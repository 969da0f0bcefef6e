"""GEN301: genotypes of people in a table."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Identifiers, Whom
from pytest_genomic_guard.views.genomic import kinds
from pytest_genomic_guard.views.genomic.genohints import SITES
from pytest_genomic_guard.views.genomic.genotold import told
from pytest_genomic_guard.views.genomic.hints import RS_NUMBER, VARIANT_KEY
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN301(Check[DataTable, Whose]):
    """Genotypes of people in a table.

    What it looks for
    -----------------
    Tables of any format (delimited text, workbook, database, Parquet, JSON, HTML, a saved output, a pickle) with variants on
    one axis
    and people on the other: columns named by rs numbers, places with alleles or probes of arrays above allele counts, dosages,
    letters (`AG`, `A/G`) or calls (`0/1`) with a row for each person; rows of variants with a column for each person, with or
    without a header; or a row for each person and variant. 30 different variants of one person are the least; fewer are GEN302's.

    Tables with one row for each variant that say nothing of a person are no finding: frequencies, effects, weights, counts of
    genotypes, annotation, panels of alleles, matrices of linkage, columns named as populations.

    Why it matters
    --------------
    About 30 independent variants single out one person. A genotype cannot be revoked and speaks for relatives too; taking the names
    of people off a table changes nothing of that.

    What to do instead
    ------------------
    Keep the table where its data-use terms put it, and commit code that reads it from there. Commit summaries (frequencies,
    effects)
    where the terms allow it. Where a test needs genotypes, simulate them at test time.

    References
    ----------
    - Lin, Owen, Altman: Genomic research and human subject privacy. Science 2004, 305:183
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN301"
    name = "genotype-table"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    rules = (RS_NUMBER, VARIANT_KEY, *SITES)
    Options = Whose

    def look(self, view: DataTable, options: Whose) -> Iterator[Finding | Identifiers]:
        """Report genotypes at variants enough to single out a person."""
        kind = kinds.of(view)
        if not kind or kind.what != "genotypes":
            return
        if kind.names:
            yield Identifiers(values=kind.names)
        at = view.locate() if kind.row is None else view.locate_row(kind.row)
        finding = self.finding(at, told(kind), people=kind.people, variants=kind.variants)
        whom = Whom(people=kind.people, variants=kind.variants)
        yield settled(finding, names=kind.names, people=kind.people, species=kind.species, options=options, whom=whom)
