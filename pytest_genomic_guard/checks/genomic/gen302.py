"""GEN302: a few genotypes of people in a table."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Identifiers, Whom
from pytest_genomic_guard.views.genomic import kinds
from pytest_genomic_guard.views.genomic.genohints import GENES, SITES
from pytest_genomic_guard.views.genomic.genotold import told
from pytest_genomic_guard.views.genomic.hints import RS_NUMBER, VARIANT_KEY
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN302(Check[DataTable, Whose]):
    """A few genotypes of people in a table.

    What it looks for
    -----------------
    The tables of GEN301 with fewer than 30 different variants of one person; and tables with a row for each person where a column
    holds the alleles of a gene: star alleles (`*1/*4`), APOE (`e3/e4`), words such as heterozygous. A table in which a name, a date
    of birth, an e-mail address or the like stands beside them is GEN306's, and an error.

    Why it matters
    --------------
    Fewer variants single out nobody by chance, and one alone can be enough for who knows more: a rare variant names its
    carrier, and
    genotypes of known genes are health data.

    What to do instead
    ------------------
    Share counts by genotype instead of rows by person, or keep the table out of the repository.

    References
    ----------
    - Lin, Owen, Altman: Genomic research and human subject privacy. Science 2004, 305:183
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN302"
    name = "few-genotypes"
    severity = "warning"
    confidence = "medium"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    rules = (RS_NUMBER, VARIANT_KEY, *SITES, *GENES)
    Options = Whose

    def look(self, view: DataTable, options: Whose) -> Iterator[Finding | Identifiers]:
        """Report genotypes at fewer variants, without what names a person outright."""
        kind = kinds.of(view)
        if not kind or kind.what != "few-genotypes" or kind.named:
            return
        if kind.names:
            yield Identifiers(values=kind.names)
        at = view.locate() if kind.row is None else view.locate_row(kind.row)
        finding = self.finding(at, told(kind), people=kind.people, variants=kind.variants)
        whom = Whom(people=kind.people, variants=kind.variants)
        yield settled(finding, names=kind.names, people=kind.people, species=kind.species, options=options, whom=whom)
