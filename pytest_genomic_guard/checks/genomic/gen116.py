"""GEN116: a few genotypes of a person."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.quoted import few
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Mend
from pytest_genomic_guard.views.genomic import annotated, arrays, kinds
from pytest_genomic_guard.views.genomic.consumer import FLOOR, Export
from pytest_genomic_guard.views.genomic.hints import RS_NUMBER
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN116(Check[Export | DataTable, Whose]):
    """A few genotypes of one person.

    What it looks for
    -----------------
    What GEN106 looks for, with fewer than 30 variants: the first lines of a direct-to-consumer export in a saved output, a short
    excerpt kept for a test, a report of some genes; and what GEN110 and GEN108 look for, in fewer than 30 rows of documentation or
    source code. It is a warning, because documentation and tests quote layouts with invented lines.

    Why it matters
    --------------
    Fewer than 30 variants do not single out a person among all, and still tell a good deal of one who is known to be in a small
    group, or who carries something rare. Two variants give the APOE type.

    What to do instead
    ------------------
    Clear saved outputs before committing, and write a test's export at test time from random numbers.

    References
    ----------
    - Lin, Owen, Altman: Genomic research and human subject privacy. Science 2004, 305:183
    - Layouts by provider: the snps library, `io/reader.py`
    """

    code = "GEN116"
    name = "few-genotypes-of-a-person"
    severity = "warning"
    confidence = "medium"
    since = "0.1"
    mend = Mend(
        not_pushed="replace the lines by invented ones, or make them at test time; clear saved outputs",
        pushed="if they are of a real person: rewrite the history (git filter-repo) and ask the host to drop its caches",
        public="if they are of a real person: tell that person or the data owner now, then purge history, forks and caches",
    )
    rules = (RS_NUMBER, arrays.HINT, annotated.HINT)
    Options = Whose

    def look(self, view: Export | DataTable, options: Whose) -> Iterator[Finding]:
        """Report genotypes that are too few for GEN106."""
        if isinstance(view, Export):
            if view.level == "individual" and 0 < view.variants < FLOOR and not view.named:
                yield self._told(view, view.variants, view.species, options)
            return
        kind = kinds.of(view)
        if kind and kind.what == "consumer" and 0 < kind.variants < FLOOR:
            yield self._told(view, kind.variants, kind.species, options)
        elif kind and kind.what in {"array", "annotated"} and few(view, kind):
            found = self.finding(view.locate(), f"{kind.format}: {{rows}} row(s) in a document or program", rows=kind.variants)
            yield settled(found, names=kind.names, people=kind.people, species=kind.species, options=options)

    def _told(self, view: Export | DataTable, variants: int, species: str, options: Whose) -> Finding:
        told = "genotypes of 1 person at {variants} variants" if variants > 1 else "the genotype of 1 person at 1 variant"
        found = self.finding(view.locate(), told, variants=variants)
        return settled(found, names=(), people=1, species=species, options=options)
