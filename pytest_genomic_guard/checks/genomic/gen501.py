"""GEN501: a list of participant ids."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Identifiers, Whom
from pytest_genomic_guard.views.genomic import kinds, lists, literals
from pytest_genomic_guard.views.genomic.lists import IdList
from pytest_genomic_guard.views.tables import DataTable
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN501(Check[Text | IdList | DataTable, Whose]):
    """A list of participant ids.

    What it looks for
    -----------------
    A file, table, sheet, array or saved output that is nothing but ids of people. For one: numbers of seven digits in the range
    that UK Biobank gives its participants, one a line or in rows, as such or in pairs of family and person, with or without a
    header, row numbers and the negative numbers of those who withdrew. For another: ids with letters that share one pattern, where
    a header, the file's name or the cohort's own pattern says that they are people or their samples. A list of files of
    alignments or variants that are called after such ids counts the same, and so does a `.bulk` file of UK Biobank.

    Five different ids are enough where such a word stands near them. Where nothing speaks for numbers, twenty are needed, none
    outside of the range, spread over all of it as ids drawn at random are, and not in order. That tells them from positions,
    counts, primes, population figures and ids of other things; words for such things, and sequences, keep the check quiet. Ids of
    public resources are a note.

    Why it matters
    --------------
    Whoever holds the data of the same application joins a bare list of ids to everything that is known of these people; a list of
    those who withdrew, or who have a disease, says something of each. Takedown notices of UK Biobank name such lists.

    What to do instead
    ------------------
    Keep the list beside the data, outside of the repository, and read it from a path that is configured. Commit the rule that
    excludes people, and how many it excluded.

    References
    ----------
    - UK Biobank: Material Transfer Agreement, on participant-level data; list of withdrawn participants
    - github/dmca, notices of UK Biobank, 2025-07 to 2026-04
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN501"
    name = "participant-id-list"
    confidence = "medium"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    rules = (*literals.RULES, literals.RECORD, literals.MANIFEST)
    Options = Whose

    def look(self, view: Text | IdList | DataTable, options: Whose) -> Iterator[Finding | Identifiers]:
        """Report lists of which something says that they are of people."""
        if isinstance(view, Text):
            for run in literals.runs(view):
                if run.form == "list" and run.verdict == "error" and not (run.paired and _elsewhere(view, run.start)):
                    yield Identifiers(values=run.ids)
                    found = self.finding(view.locate(run.start), "a list of {ids} participant ids of 7 digits", ids=len(run.ids))
                    yield settled(found, names=run.ids, people=len(run.ids), species="", options=options, open_tier=True)
        elif isinstance(view, IdList):
            if not view.weak:
                yield Identifiers(values=view.names)
                what = "{ids} participant ids of {digits} digits" if view.digits else "{ids} ids of people or their samples"
                many = "a list of at least " if view.more else "a list of "
                found = self.finding(view.at, many + what, ids=view.people, digits=view.digits)
                whom = Whom(people=0 if view.more else view.people, listed=True) if view.setting == "file" else None
                yield settled(found, names=view.names, people=view.people, species="", options=options, open_tier=True, whom=whom)
        elif (kind := kinds.of(view)) and kind.what == "ids" and kind.format != lists.PERHAPS:
            yield Identifiers(values=kind.names)
            found = self.finding(view.locate(), "a list of {ids} ids of people or their samples", ids=kind.people)
            whom = Whom(people=kind.people, listed=True)
            yield settled(found, names=kind.names, people=kind.people, species="", options=options, open_tier=True, whom=whom)


def _elsewhere(view: Text, at: int) -> bool:
    """Tell whether family and person are told as a list of PLINK, by GEN303."""
    from pytest_genomic_guard.views.genomic import plinklists  # noqa: PLC0415 - where pairs were found
    from pytest_genomic_guard.views.genomic.head import Head, given  # noqa: PLC0415 - as above

    segment = view.segment(at)
    head = Head(given(view.data[segment.start : view.end(segment)]), view.artifact, ())
    if head.lines and head.lines[0].split()[:2] == [b"FID", b"IID"]:
        return True
    seen = plinklists.sniff(head) if head.lines else None
    return isinstance(seen, plinklists.PersonRows) and not seen.weak
