"""GEN215: molecular measurements of one sample."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Mend
from pytest_genomic_guard.views.genomic import kinds, omics
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN215(Check[DataTable, Whose]):
    """Methylation or expression of one sample.

    What it looks for
    -----------------
    Tables with a feature in each row and one column of measurements, as salmon, kallisto, RSEM, HTSeq and featureCounts write them
    for one sample, told by the names of their columns and the ids of genes, transcripts or probes; and tables of up to twelve
    samples that are called as the repeats of an experiment (`WT_1`, `control_2`) or as cell lines.

    It is a warning: nothing in such a table says whose sample it was, and many are of cell lines.

    Why it matters
    --------------
    A person's profile gives away genotypes at many sites and can be linked to other data of the same person.

    What to do instead
    ------------------
    Keep what was measured in people's samples where its data-use terms put it. Where a test needs a file, draw random numbers.

    References
    ----------
    - Schadt, Woo, Hao: Bayesian method to predict individual SNP genotypes from gene expression data. Nat Genet 2012, 44:603
    """

    code = "GEN215"
    name = "omics-of-one-sample"
    severity = "warning"
    confidence = "low"
    since = "0.1"
    mend = Mend(
        not_pushed="if it is of a person: take it out of the index (git rm --cached); otherwise say what it is of in the policy",
        pushed="if it is of a person: rewrite the history (git filter-repo) and ask the host to drop its caches",
        public="if it is of a person: tell the data owner or data-access committee now, then purge history, forks and caches",
    )
    rules = omics.HINTS
    Options = Whose

    def look(self, view: DataTable, options: Whose) -> Iterator[Finding]:
        """Report one column of measurements."""
        kind = kinds.of(view)
        if kind and kind.what == "one-sample":
            of = "one sample" if kind.people == 1 else "{people} samples, called as repeats of an experiment or as cell lines,"
            told = f"{kind.format} of {of} at {{features}} or more features"
            found = self.finding(view.locate(), told, people=kind.people, features=kind.variants)
            yield settled(found, names=(), people=kind.people, species=kind.species, options=options, by="genes")
