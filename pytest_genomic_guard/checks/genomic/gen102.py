"""GEN102: a few genotype rows quoted in text."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.gen101 import IDENTIFYING_ROWS
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Mend
from pytest_genomic_guard.views.variants import VariantCalls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN102(Check[VariantCalls, Whose]):
    """A few genotype rows quoted in text.

    What it looks for
    -----------------
    Rows with genotype columns inside something else: documentation, source code, a log, a Markdown cell. From 30 rows on GEN101
    reports them as an error; below that it is a warning, because documentation and tests quote the examples of the VCF
    specification. A call set without columns for people that has a call inside INFO (`GT=0/1`) in fewer than 30 rows is one too.

    As with GEN101, rows of another species, of samples of a public resource or of simulated ones, by their names, are a note.

    Why it matters
    --------------
    A carrier of one rare variant can be named by one row. Rows pasted into a report or a script from real data are as personal
    as the file they came from, and much harder to find later.

    What to do instead
    ------------------
    Quote the example of the specification or an invented one, or describe the columns in words.

    References
    ----------
    - VCFv4.3 specification, section 1.1 (an example)
    - Lin, Owen, Altman: Genomic research and human subject privacy. Science 2004, 305:183
    """

    code = "GEN102"
    name = "quoted-genotype-rows"
    severity = "warning"
    confidence = "low"
    since = "0.1"
    mend = Mend(
        not_pushed="replace the rows by invented ones, or describe the columns in words",
        pushed="if they are of real people: rewrite the history (git filter-repo) and ask the host to drop its caches",
        public="if they are of real people: tell the data owner or data-access committee now, then purge history, forks and caches",
    )

    Options = Whose

    def look(self, view: VariantCalls, options: Whose) -> Iterator[Finding]:
        """Report rows that are too few for GEN101."""
        if not 0 < view.rows < IDENTIFYING_ROWS or not (view.setting == "quoted" or view.inside):
            return
        columns = "a genotype inside INFO, of" if view.inside else "genotype columns of"
        told = self.finding(view.at, f"{{rows}} row(s) with {columns} {{samples}} sample(s)", rows=view.rows, samples=view.samples)
        yield settled(told, names=view.names, people=view.samples, species=view.species, options=options, source=view.source)
