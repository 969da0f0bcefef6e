"""GEN202: raw reads."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.genomic.fastq import RawReads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN202(Check[RawReads, Whose]):
    """Raw reads.

    What it looks for
    -----------------
    FASTQ: records of a name, bases, a plus sign and as many qualities as bases, on four lines or more; one whole record is enough,
    and the last may be cut off. FASTA in which every record has a name that a sequencer, or an archive of its output, gives to a
    read. Saved outputs that show such records count the same.

    Reads do not say of which organism they are, so they count as a person's until the policy declares otherwise (`samples`).
    Reads that are all named as the simulators wgsim and dwgsim name them are a note.

    Why it matters
    --------------
    A few dozen reads that cover common variants single out a person, and a whole file holds the genome. Clinical reads of a microbe
    hold those of its host.

    What to do instead
    ------------------
    Keep the reads where their data-use terms put them. Where a test needs a FASTQ, make one at test time. Declare species and
    source in the policy (`samples: declared:`) where the reads are of no person.

    References
    ----------
    - Cock et al.: The Sanger FASTQ file format. Nucleic Acids Res 2010, 38:1767
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN202"
    name = "raw-reads"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    Options = Whose

    def look(self, view: RawReads, options: Whose) -> Iterator[Finding]:
        """Report reads."""
        if view.level != "individual":
            return
        shown = f"a saved output shows {view.format} of" if view.setting == "output" else f"{view.format} of"
        if view.simulated:
            told = "reads that are named as a simulator names them"
            yield self.finding(view.at, f"{shown} {told}").replace(known="synthetic")
            return
        what = "raw reads, which do not say of which organism" if view.format == "FASTQ" else "raw reads, without their qualities"
        finding = self.finding(view.at, f"{shown} {what}")
        yield settled(finding, names=view.names, people=view.people, species=view.species, options=options)
