"""GEN503: what may be participant ids."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Identifiers, Mend, Whom
from pytest_genomic_guard.views.genomic import kinds, lists, literals, named
from pytest_genomic_guard.views.genomic.lists import IdList
from pytest_genomic_guard.views.tables import DataTable
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN503(Check[Text | IdList | DataTable, Whose]):
    """Numbers or names that may be participant ids.

    What it looks for
    -----------------
    What GEN501 and GEN502 look for, where less tells that it is about people: fewer than five ids behind a word such as `eid`;
    a bare list of ten to nineteen numbers over the range of UK Biobank, or of more that are spread less evenly; twenty such
    numbers in source code with no word near them; twenty-five of them one by one in a command such as grep or awk; a word such
    as exclude or samples, and no more, before numbers or names with one pattern in source code; a list of names with one
    pattern in a file called samples; a table with a column called participant, subject, patient, individual or donor of five or
    more names with one pattern and three digits; a list in source code of ids in the form of the Coriell catalogue (NA or HG
    and five digits) that no public resource has.

    Why it matters
    --------------
    One participant's id in an error message, or in a filter of a script, is as personal as a list. Numbers of seven digits
    are also many other things, so that a person has to look.

    What to do instead
    ------------------
    If they are ids of people, read them from a file outside of the repository, and clear the output. If they are something else,
    a name or a header that says so keeps the check quiet.

    References
    ----------
    - UK Biobank: Material Transfer Agreement, on participant-level data
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN503"
    name = "possible-participant-ids"
    severity = "warning"
    confidence = "low"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = Mend(
        not_pushed="look at them; if they are ids of people, read them from a file outside of the repository",
        pushed="if they are ids of people: rewrite the history (git filter-repo) and ask the host to drop its caches",
        public="if they are ids of people: tell the data owner or data-access committee now, then purge history, forks and caches",
    )
    rules = (*literals.RULES, *named.RULES, literals.MANIFEST)
    Options = Whose

    def look(self, view: Text | IdList | DataTable, options: Whose) -> Iterator[Finding | Identifiers]:
        """Report what only may be ids of people."""
        if isinstance(view, IdList):
            if view.weak:
                yield Identifiers(values=view.names)
                found = self.finding(view.at, "a list of {ids} names, perhaps of people or their samples", ids=view.people)
                whom = Whom(people=0 if view.more else view.people, listed=True) if view.setting == "file" else None
                yield settled(found, names=view.names, people=view.people, species="", options=options, open_tier=True, whom=whom)
            return
        if isinstance(view, DataTable):
            if (kind := kinds.of(view)) and kind.what == "ids" and kind.format == lists.PERHAPS:
                yield Identifiers(values=kind.names)
                found = self.finding(view.locate(), "a table with {ids} names in a column for people", ids=kind.people)
                whom = Whom(people=kind.people, listed=True)
                yield settled(found, names=kind.names, people=kind.people, species="", options=options, open_tier=True, whom=whom)
            return
        for run in literals.runs(view):
            if run.verdict == "warning":
                yield Identifiers(values=run.ids)
                ids = "1 number" if len(run.ids) == 1 else "{ids} numbers"
                found = self.finding(view.locate(run.start), f"{ids} of 7 digits, perhaps of participants", ids=len(run.ids))
                yield settled(found, names=run.ids, people=len(run.ids), species="", options=options, open_tier=True)
        for start, names, sure in named.found(view):
            cells = sure and named.catalogued(names)
            told = (
                "{ids} ids in the form of a catalogue of cell lines, in a row"
                if cells
                else "{ids} names, perhaps of people, in a row"
            )
            found = self.finding(view.locate(start), told, ids=len(names))
            found = settled(found, names=names, people=len(names), species="", options=options, open_tier=True)
            if not sure or (cells and not found.known):
                yield found
