"""GEN117: a sample sheet of a sequencer."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Mend
from pytest_genomic_guard.views.genomic.arrays import Chip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN117(Check[Chip, Whose]):
    """A sample sheet of a sequencer.

    What it looks for
    -----------------
    Illumina's sample sheets with sections for a run (`[Header]`, `[Reads]`, `[Data]`), by their sections and columns: which sample
    has which index. Sheets of arrays are GEN110's. It is a warning: pipelines keep sheets for tests with names that mean nobody.

    Why it matters
    --------------
    Names of samples link a person to the reads of a run, and often hold initials, a family, a birth date or a hospital's number.

    What to do instead
    ------------------
    Keep sheets of real runs beside their data, and write a test's sheet with invented names.

    References
    ----------
    - Illumina: sample sheet, version 1 and 2
    """

    code = "GEN117"
    name = "sequencing-sample-sheet"
    severity = "warning"
    confidence = "low"
    since = "0.1"
    mend = Mend(
        not_pushed="if its names are of people: take it out of the index (git rm --cached); otherwise give it invented names",
        pushed="if its names are of people: rewrite the history (git filter-repo) and ask the host to drop its caches",
        public="if its names are of people: tell the data owner now, then purge history, forks and caches",
    )
    Options = Whose

    def look(self, view: Chip, options: Whose) -> Iterator[Finding]:
        """Report a list of samples for a run."""
        if view.sheet:
            told = (
                "sample sheet of a sequencer with 1 sample"
                if view.people == 1
                else "sample sheet of a sequencer with {people} samples"
            )
            found = self.finding(view.at, told, people=view.people)
            yield settled(found, names=view.names, people=view.people, species=view.species, options=options)
