"""GEN205: molecular measurements by sample."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Identifiers
from pytest_genomic_guard.views.genomic import kinds, omics
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN205(Check[DataTable, Whose]):
    """Methylation, expression or proteins by sample.

    What it looks for
    -----------------
    Tables with features on one axis and samples on the other: Illumina methylation probes (``cg`` and eight digits), genes,
    transcripts and proteins by Ensembl or RefSeq id, Affymetrix and Illumina probes, Olink and SomaScan assays; in text, sheets,
    databases, columnar files and saved outputs, features down or across. Columns are taken for samples when they hold numbers and
    most of their names have a number, as sample names do, but not those of clusters (`cluster_3`) and times (`6h`); up to twelve
    that are called as repeats of an experiment, or as cell lines, are a warning, GEN215.

    Results of statistics over many samples (fold changes, p-values, coefficients, means and medians by tissue) and what only
    describes the features (positions, annotation, manifests) is not reported. Ids of another species' genes make it a note.

    Why it matters
    --------------
    Methylation and expression give away genotypes at many sites, age, smoking and disease, and can be linked to a person's other
    data. Controlled-access archives hold such matrices for that reason.

    What to do instead
    ------------------
    Keep the matrix where its data-use terms put it, and commit the code that reads it, and results over groups. Where a test needs
    one, draw random numbers at test time.

    References
    ----------
    - Schadt, Woo, Hao: Bayesian method to predict individual SNP genotypes from gene expression data. Nat Genet 2012, 44:603
    - Philibert et al.: Methylation array data can simultaneously identify individuals and convey protected health information.
      Clin Epigenetics 2014, 6:28
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN205"
    name = "omics-by-sample"
    confidence = "medium"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    rules = omics.HINTS
    Options = Whose

    def look(self, view: DataTable, options: Whose) -> Iterator[Finding | Identifiers]:
        """Report a matrix of samples and features."""
        kind = kinds.of(view)
        if kind is None or kind.what != "omics":
            return
        yield Identifiers(values=kind.names)
        if kind.people:
            told = f"{kind.format} of {{people}} samples at {{features}} or more features"
        else:
            told = f"{kind.format} at {{features}} or more features, by sample; the values could not be read"
        found = self.finding(view.locate(), told, people=kind.people, features=kind.variants)
        yield settled(
            found,
            names=kind.names,
            people=kind.people,
            species=kind.species,
            options=options,
            open_tier=True,
            normal=True,
            by="genes",
        )
