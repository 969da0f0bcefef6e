"""GEN313: what may be data of each of some people."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.gen303 import of_table, reported
from pytest_genomic_guard.checks.genomic.quoted import made_up
from pytest_genomic_guard.checks.genomic.whose import Whose
from pytest_genomic_guard.model import Check, Mend
from pytest_genomic_guard.views.genomic import kinds
from pytest_genomic_guard.views.genomic.persons import WEAK
from pytest_genomic_guard.views.genomic.personwords import CONTROLLED_HINTS, PERSON_HINTS
from pytest_genomic_guard.views.genomic.plinklists import PersonRows
from pytest_genomic_guard.views.tables.table import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Identifiers


class GEN313(Check[DataTable | PersonRows, Whose]):
    """What may be data of each of some people.

    What it looks for
    -----------------
    Tables and matrices with a row for each of some people that do not name them, or that look alike for people and for
    something else: ancestry proportions under a name that is not ADMIXTURE's, matrices of genetic similarity, two or three
    components of samples, contamination of sequenced samples, genealogies (GEDCOM), clinical tables of the OMOP model with
    short numbers for people, fields of UK Biobank without ids, cells of donors under names that say little, a few rows under
    ids such as documentation has, rows of at most six people in the code of a program, rows in code or a document of people
    who are numbered through, rows whose ids a print has cut short.

    Why it matters
    --------------
    Without names the rows stand in the order of a sample table that may be public already, or become so later. A genealogy names
    living people.

    What to do instead
    ------------------
    If the rows are of people, keep the file where its data-use terms put it. If they are invented or of something else, say so in
    the policy with a waiver.

    References
    ----------
    - ADMIXTURE manual, output files; PLINK 1.9 and 2.0 file format references
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying number or code
    """

    code = "GEN313"
    name = "possible-per-person-table"
    severity = "warning"
    confidence = "medium"
    since = "0.1"
    mend = Mend(
        not_pushed="if the rows are of people: take it out of the index (git rm --cached) and keep it ignored",
        pushed="if the rows are of people: rewrite the history (git filter-repo) and ask the host to drop its caches",
        public="if the rows are of people: tell the data owner or data-access committee now, then purge history, forks and caches",
    )
    rules = (*PERSON_HINTS, *CONTROLLED_HINTS)
    Options = Whose

    def look(self, view: DataTable | PersonRows, options: Whose) -> Iterator[Finding | Identifiers]:
        """Report what GEN303 and GEN304 leave open."""
        yield from reported(self, view, options, weak=True)
        kind = kinds.of(view) if isinstance(view, DataTable) else None
        if kind and isinstance(view, DataTable) and kind.what == "controlled" and (kind.format in WEAK or made_up(view, kind)):
            yield from of_table(self, view, kind, options)
