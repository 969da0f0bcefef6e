"""GEN502: participant ids in source code, documents and logs."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Identifiers
from pytest_genomic_guard.views.genomic import literals, logged, named
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN502(Check[Text, Whose]):
    """Participant ids in source code.

    What it looks for
    -----------------
    Five or more ids of people inside something else: `c(...)` in R, lists, sets and filters of Python, arrays of a shell, `IN`
    of SQL, `inlist()` and `drop if` of Stata, YAML, JSON, Markdown, saved outputs, logs. They are numbers of seven digits in
    the range of UK Biobank, or strings that share one pattern, and the name that they are assigned to, the column that they
    are compared with, or the comment above them says that they are people: eid, participant, withdrawn, exclude, remove,
    subject, patient and the like; or a list that has no such name is compared with a column of ids, stands below a comment on
    people, or is handed to a program of genetics by a shell; or the lines of a log name one behind such a word. A bare word
    such as exclude, remove or samples is enough where the name is looked up among ids of people, or a program of genetics
    reads the list.

    Numbers whose name, comment or use says that they are something else, such as positions, counts, PubMed or product ids,
    and numbers that are round or follow each other are not reported.

    Why it matters
    --------------
    Exclusion lists are pasted into scripts, and scripts are what gets published: takedown notices of UK Biobank name R and Python
    source. Each id joins the script to a person's record.

    What to do instead
    ------------------
    Read the ids from a file that is kept beside the data, outside of the repository.

    References
    ----------
    - UK Biobank: Material Transfer Agreement, on participant-level data
    - github/dmca, notices of UK Biobank, 2025-07 to 2026-04
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN502"
    name = "participant-ids-in-source"
    confidence = "medium"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    rules = (*literals.RULES, *named.RULES, *logged.RULES)
    Options = Whose

    def look(self, view: Text, options: Whose) -> Iterator[Finding | Identifiers]:
        """Report ids whose surroundings say that they are of people."""
        told_of = set[bytes]()
        for run in literals.runs(view):
            if run.form != "list" and run.verdict == "error":
                told_of.update(run.ids)
                yield Identifiers(values=run.ids)
                told = "{ids} participant ids of 7 digits, " + ("one by one" if run.form == "single" else "in a row")
                found = self.finding(view.locate(run.start), told, ids=len(run.ids))
                yield settled(found, names=run.ids, people=len(run.ids), species="", options=options, open_tier=True)
        for start, ids, sure in named.found(view):
            if not sure:
                continue  # GEN503 asks
            told_of.update(ids)
            yield Identifiers(values=ids)
            found = self.finding(view.locate(start), "{ids} ids of people or their samples, in a row", ids=len(ids))
            found = settled(found, names=ids, people=len(ids), species="", options=options, open_tier=True)
            if found.known or not named.catalogued(ids):
                yield found
        line_by_line = logged.found(view)
        if line_by_line and not told_of.issuperset(line_by_line[1]):
            start, ids = line_by_line
            yield Identifiers(values=ids)
            found = self.finding(view.locate(start), "{ids} ids of people or their samples, named one by one", ids=len(ids))
            yield settled(found, names=ids, people=len(ids), species="", options=options, open_tier=True)
