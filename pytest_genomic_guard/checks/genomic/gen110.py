"""GEN110: microarray data."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.quoted import few
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Identifiers
from pytest_genomic_guard.views.genomic import kinds
from pytest_genomic_guard.views.genomic.arrays import HINT, Chip
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN110(Check[Chip | DataTable, Whose]):
    """Microarray data of people.

    What it looks for
    -----------------
    Files of arrays by their content: Illumina intensities (IDAT) and calls (GTC), Affymetrix intensities (CEL of version 3, 4 and
    the Command Console) and calls (CHP, Axiom tables with a column for each CEL file), final reports of GenomeStudio in long and
    matrix form, with or without their header, full data tables and PennCNV signal files, copy number by segment and sample, DNA
    reports, and sample sheets that say who lies on which array.

    Manifests, annotation, cluster and library files, reports by locus, allele frequencies of a population (PFB) and pooled
    references describe the array or many people together, and are not reported; of a few rows in documentation or source code
    GEN116 warns. The name of an array of another species makes the finding a note.

    Why it matters
    --------------
    Intensities hold the genotypes that are called from them: 50,000 and more variants of each sample, where 30 single out one
    person. Barcodes and positions lead back to the laboratory's list of people.

    What to do instead
    ------------------
    Keep raw data where their data-use terms put them, and commit the code that reads them from there. Where a test needs such a
    file, write one at test time with random values.

    References
    ----------
    - illuminaio (IDAT); Illumina BeadArrayFiles (GTC); Affymetrix Fusion file formats (CEL, CHP); GenomeStudio user guide
    - Lin, Owen, Altman: Genomic research and human subject privacy. Science 2004, 305:183
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN110"
    name = "microarray-data"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    rules = (HINT,)
    Options = Whose

    def look(self, view: Chip | DataTable, options: Whose) -> Iterator[Finding | Identifiers]:
        """Report what an array measured in people."""
        if isinstance(view, Chip):
            if view.level == "individual" and not view.sheet:
                people = "1 sample" if view.people == 1 else "{people} samples" if view.people else "samples that it does not count"
                shown = "a saved output shows " if view.setting == "output" else ""
                told = f"{shown}{view.format}: individual-level data of {people}"
                found = self.finding(view.at, told, people=view.people)
                yield settled(found, names=view.names, people=view.people, species=view.species, options=options)
            return
        kind = kinds.of(view)
        if kind and kind.what == "array" and not few(view, kind):
            yield Identifiers(values=kind.names)
            people = "1 sample" if kind.people == 1 else "{people} samples"
            told = f"{kind.format}: individual-level data of {people}"
            found = self.finding(view.locate(), told, people=kind.people)
            yield settled(found, names=kind.names, people=kind.people, species=kind.species, options=options)
