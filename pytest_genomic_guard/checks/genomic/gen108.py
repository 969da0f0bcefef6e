"""GEN108: annotated variants of samples."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.quoted import few
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Identifiers
from pytest_genomic_guard.views.genomic import kinds
from pytest_genomic_guard.views.genomic.annotated import HINT, MAF, Annotated
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN108(Check[Annotated | DataTable, Whose]):
    """Annotated variants of samples.

    What it looks for
    -----------------
    Tables with a variant in each row (chromosome, position, reference and other allele) that say whose it is: mutation annotation
    files (MAF, also of cBioPortal) by their columns, ICGC, COSMIC and LOVD exports, output of ANNOVAR and VEP with genotypes,
    zygosity or a person's name, of MuTect, VarScan and GATK's VariantsToTable; and genome variation files (GVF) of a person.

    Tables of variants without anybody (ClinVar, dbSNP, gnomAD, annotation of sites), alignments between species in the format that
    is also called MAF, and GVF of sites are not reported; of a few rows in documentation or source code GEN116 warns.

    Why it matters
    --------------
    A tumour's list of variants holds inherited ones too, and rare variants with a clinical meaning point at a person by
    themselves. Barcodes link the rows to clinical tables.

    What to do instead
    ------------------
    Keep variants by sample where their data-use terms put them, and commit counts over groups. Somatic mutations of The Cancer
    Genome Atlas are open, and a MAF all of whose barcodes are its own is a note.

    References
    ----------
    - GDC MAF format 1.0.0; Sequence Ontology GVF 1.10; UCSC multiple alignment format (the other MAF)
    - Lin, Owen, Altman: Genomic research and human subject privacy. Science 2004, 305:183
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN108"
    name = "annotated-variants-of-samples"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    rules = (HINT,)
    Options = Whose

    def look(self, view: Annotated | DataTable, options: Whose) -> Iterator[Finding | Identifiers]:
        """Report variants that belong to somebody."""
        if isinstance(view, Annotated):
            what, people, variants, names, species = view.format, view.people, view.variants, view.names, view.species
        else:
            kind = kinds.of(view)
            if kind is None or kind.what != "annotated" or few(view, kind):
                return
            what, people, variants, names, species = kind.format, kind.people, kind.variants, kind.names, kind.species
            yield Identifiers(values=names)
        told = (
            f"{what}: "
            + ("{variants} rows" if variants != 1 else "1 row")
            + (" of 1 sample" if people == 1 else " of {people} samples")
        )
        if not people:
            told = f"{what}, by sample; the values could not be read"
        found = self.finding(view.locate(), told, people=people, variants=variants)
        somatic = what == MAF
        yield settled(found, names=names, people=people, species=species, options=options, open_tier=somatic)
