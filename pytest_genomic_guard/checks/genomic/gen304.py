"""GEN304: a table in the layout of a controlled-access resource."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.gen303 import of_table
from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.quoted import made_up
from pytest_genomic_guard.checks.genomic.whose import Whose
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.genomic import kinds
from pytest_genomic_guard.views.genomic.persons import WEAK
from pytest_genomic_guard.views.genomic.personwords import CONTROLLED_HINTS
from pytest_genomic_guard.views.tables.table import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Identifiers


class GEN304(Check[DataTable, Whose]):
    """A table in the layout of a controlled-access resource.

    What it looks for
    -----------------
    Rows of participants as controlled-access resources hand them out. UK Biobank: an `eid` column beside fields in any of its
    namings (`31-0.0`, `f.31.0.0`, `X31.0.0`, `n_31_0_0`, `p31_i0`, `participant.p31`, `sex_f31_0_0`, `Sex | Instance 0`), or beside
    anything else when the ids are of seven digits, such as its hospital and death records. dbGaP: `dbGaP_Subject_ID`, subjects
    with consent codes. OMOP tables as in All of Us, FinnGen, Genomics England, TOPMed, GTEx, ADNI, PPMI, EGA, NDA and the
    Human Connectome Project, by columns or ids that only they have. A saved output of a notebook that shows such rows counts
    the same, whole or with rows and columns left out. Of a columnar file whose values cannot be read, the names of columns are
    enough.

    Rows in a program or document whose participants are numbered through, or all round, are left to GEN313, as invented ones.

    Quiet: data dictionaries, codings, lists of fields, scripts that ukbconv writes, summaries of columns, counts by group. A
    column of ids alone is a list, which other checks report.

    Why it matters
    --------------
    Whoever has access has signed not to pass on participant-level data; a push to a public repository is a breach that the
    resource finds and acts on. Two in five files that UK Biobank had taken down, PLINK's side files left out, were notebooks with
    rows in their outputs.

    What to do instead
    ------------------
    Clear outputs before committing, keep tables on the platform that the resource names, and commit the list of fields and the
    code that extracts them.

    References
    ----------
    - UK Biobank Access Procedures and Material Transfer Agreement; Research Analysis Platform, names of fields
    - NIH Genomic Data Sharing Policy; Security Best Practices for Controlled-Access Data (2025)
    - UK Biobank takedown notices in github/dmca, 2025 to 2026
    """

    code = "GEN304"
    name = "controlled-access-layout"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    rules = CONTROLLED_HINTS
    Options = Whose

    def look(self, view: DataTable, options: Whose) -> Iterator[Finding | Identifiers]:
        """Report a table of participants."""
        kind = kinds.of(view)
        if kind and kind.what == "controlled" and kind.format not in WEAK and not made_up(view, kind):
            yield from of_table(self, view, kind, options)
