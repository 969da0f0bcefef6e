"""GEN201: aligned reads."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.genomic.aligned import AlignedReads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN201(Check[AlignedReads, Whose]):
    """Aligned reads.

    What it looks for
    -----------------
    SAM, BAM and CRAM with at least one read, or with a header that names the sample of a read group (`@RG` with `SM`). SAM is known
    by the grammar of its rows, so that a body without its header, with blanks or commas for tabs, or in a notebook's saved output
    counts the same, as do the columns of a pileup. Of a BAM the header is read, and whether an alignment follows; of a CRAM the
    header in its first container. A CRAM whose header cannot be read is reported, for it holds reads whoever they are of.

    A header with reference sequences alone is a sequence dictionary, and not reported. So are alignments of reference sequences,
    such as transcripts. Where the reference is that of another organism, by the lengths or names of its sequences, or all reads are
    named as the simulators wgsim and dwgsim name them, the finding is a note.

    Why it matters
    --------------
    Reads hold the genome of a person, more of it than any table of variants that is made from them, and a genome cannot be revoked.
    The names of samples in a header are personal data even without a read.

    What to do instead
    ------------------
    Keep the reads where their data-use terms put them, and commit code that reads them from there. Where a test needs a BAM, make
    reads at test time with a simulator, on a made-up reference. Reads of a public resource get a waiver.

    References
    ----------
    - Sequence Alignment/Map format specification (SAMv1), sections 1.3, 1.4 (header, rows), 4.2 (BAM)
    - CRAM format specification (version 3.1), sections 6 to 8
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN201"
    name = "aligned-reads"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    Options = Whose

    def look(self, view: AlignedReads, options: Whose) -> Iterator[Finding]:
        """Report reads, and headers that say whose reads they were made for."""
        if view.level != "individual":
            return
        of = "" if not view.people else " of 1 person" if view.people == 1 else " of {people} people"
        if view.setting == "output":
            said = (
                f"a saved output shows {view.format} with aligned reads{of}"
                if view.reads
                else f"a saved output shows read groups{of}"
            )
        elif view.reads:
            said = f"{view.format} with aligned reads{of or '; no read group says whose'}"
        else:
            said = f"{view.format} without reads, whose header names the samples{of}"
        finding = self.finding(view.at, said, people=view.people)
        if view.simulated:
            yield finding.replace(known="synthetic", message=f"{finding.message}; named as a simulator names reads")
            return
        yield settled(finding, names=view.names, people=view.people, species=view.species, options=options)
