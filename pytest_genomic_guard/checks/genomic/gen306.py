"""GEN306: a genotype beside what names a person."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Identifiers
from pytest_genomic_guard.views.genomic import kinds
from pytest_genomic_guard.views.genomic.genohints import CHANGE, GENES, SITES
from pytest_genomic_guard.views.genomic.hints import RS_NUMBER, VARIANT_KEY
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN306(Check[DataTable, Whose]):
    """A genotype beside what names a person.

    What it looks for
    -----------------
    Tables with a row for each person that hold a genotype, of one variant or many, and a column of names, full dates of
    birth, e-mail
    addresses, telephone numbers, addresses, or patient or medical record numbers.

    Why it matters
    --------------
    One genotype of a named person is health data of that person and a lasting one. No number of variants is needed to find
    out whose
    it is.

    What to do instead
    ------------------
    Take the table out of the repository, and keep what names people apart from what was measured of them.

    References
    ----------
    - 45 CFR 164.514(b)(2)(i), the identifiers to be removed
    - Regulation (EU) 2016/679 (GDPR), articles 4(13) and 9(1)
    """

    code = "GEN306"
    name = "named-person-with-genotype"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    rules = (RS_NUMBER, VARIANT_KEY, *SITES, *GENES, CHANGE)
    Options = Whose

    def look(self, view: DataTable, options: Whose) -> Iterator[Finding | Identifiers]:
        """Report genotypes in a row with what names a person outright."""
        kind = kinds.of(view)
        if not kind or not kind.named or kind.what not in {"genotypes", "few-genotypes"}:
            return
        if kind.names:
            yield Identifiers(values=kind.names)
        at = view.locate() if kind.row is None else view.locate_row(kind.row)
        people = "1 person" if kind.people == 1 else "{people} people"
        each = "1 variant or gene" if kind.variants == 1 else "up to {variants} variants or genes"
        template = f"genotypes of {people} at {each} beside what names a person"
        finding = self.finding(at, template, people=kind.people, variants=kind.variants)
        yield settled(finding, names=kind.names, people=kind.people, species=kind.species, options=options)
