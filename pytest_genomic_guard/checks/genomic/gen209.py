"""GEN209: the trace of a sequencing reaction."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Mend
from pytest_genomic_guard.views.genomic.sequences import Trace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN209(Check[Trace, Whose]):
    """The trace of a sequencing reaction.

    What it looks for
    -----------------
    ABIF files (`.ab1`, `.fsa`), as capillary sequencers write them: the trace of one reaction, with the name of its sample. It is a
    warning, because most such files in repositories are of plasmids and of microbes, and nothing in them tells.

    Why it matters
    --------------
    Diagnostic laboratories confirm variants, and type forensic markers, by this method. The file then holds the genotype of a
    patient beside the name under which the sample was registered.

    What to do instead
    ------------------
    Look at whose sample it is. Where a test needs a trace, use that of a plasmid, and say so beside it.

    References
    ----------
    - Applied Biosystems: ABIF file format, July 2009
    """

    code = "GEN209"
    name = "sequencing-trace"
    severity = "warning"
    confidence = "low"
    since = "0.1"
    mend = Mend(
        not_pushed="if it is of a person, take it out of the index (git rm --cached)",
        pushed="if it is of a person: rewrite the history (git filter-repo) and ask the host to drop its caches",
        public="if it is of a person: tell the data owner or data-access committee now, then purge history, forks and caches",
    )
    Options = Whose

    def look(self, view: Trace, options: Whose) -> Iterator[Finding]:
        """Report a trace."""
        finding = self.finding(view.at, "ABIF trace of a sequencing reaction, which does not say of which organism")
        yield settled(finding, names=view.names, people=view.people, species=view.species, options=options)
