"""GEN206: HLA and STR typing of people."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Identifiers
from pytest_genomic_guard.views.genomic import kinds, loci
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN206(Check[DataTable, Whose]):
    """HLA and STR typing of people.

    What it looks for
    -----------------
    Tables with HLA genes, or the loci of forensic and Y-chromosomal kits, as columns and a person in each row, and what typing
    programs write for one person with a locus in each row. Two HLA genes, or three STR loci, are enough.

    How often alleles occur in a population is not reported.

    Why it matters
    --------------
    These loci are used to tell people apart: HLA types at three genes are shared by few people, and the loci of a forensic kit by
    nobody but identical twins.

    What to do instead
    ------------------
    Keep typing results where their data-use terms put them; commit frequencies over groups that are large enough.

    References
    ----------
    - IPD-IMGT/HLA, nomenclature of HLA alleles
    - SWGDAM interpretation guidelines for autosomal STR typing; the CODIS core loci
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN206"
    name = "hla-or-str-typing"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    rules = loci.HINTS
    Options = Whose

    def look(self, view: DataTable, options: Whose) -> Iterator[Finding | Identifiers]:
        """Report typed people."""
        kind = kinds.of(view)
        if kind is None or kind.what != "typing":
            return
        yield Identifiers(values=kind.names)
        people = "1 person" if kind.people == 1 else "{people} people" if kind.people else "people"
        found = self.finding(view.locate(), f"{kind.format} of {people} at {{loci}} loci", people=kind.people, loci=kind.variants)
        yield settled(found, names=kind.names, people=kind.people, species="", options=options)
