"""GEN601: a git-lfs pointer to a format that holds people's data and nothing else."""

from __future__ import annotations

from pytest_genomic_guard.model import Check, Mend
from pytest_genomic_guard.views.pointers import Pointed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options

# Formats that are of people one by one; and those of which the content decides, or whose suffix means something else as well.
ALWAYS = frozenset(
    {
        *(".bam", ".cram", ".fastq", ".fq", ".bgen", ".pgen", ".ped", ".tped", ".lgen", ".traw", ".fam", ".tfam", ".psam", ".gen"),
        *(".haps", ".hap", ".idat", ".gtc", ".cel", ".gvcf"),
    }
)
PERHAPS = frozenset({".vcf", ".bcf", ".sam", ".h5ad", ".loom", ".maf", ".sample", ".raw", ".gds", ".mt", ".vds"})
POINTED = Mend(
    not_pushed="take the pointer out of the index (git rm --cached), keep the file ignored where its data-use terms put it",
    pushed="stop; the object is on the server: have it deleted there, then rewrite the history (git filter-repo)",
    public="treat it as a breach: tell the data owner or data-access committee now, then have the object deleted from the server",
)


class GEN601(Check[Pointed]):
    """A git-lfs pointer to genotypes or reads of people.

    What it looks for
    -----------------
    Pointers of git-lfs whose file has the suffix of a format that is of people one by one: BAM, CRAM, FASTQ, BGEN, PLINK 2 pgen,
    ped, fam, Oxford GEN, HAPS, IDAT, GTC, CEL, gVCF, compressed or not. A push uploads the object that the pointer names. Where the
    object is at hand it is read instead, and its content decides.

    Why it matters
    --------------
    The pointer is 130 bytes that look harmless, and the push beside it sends the whole file to the server, from which a public
    repository serves it to anybody.

    What to do instead
    ------------------
    Keep the file out of git-lfs, where its data-use terms put it. Reads of another species, and public ones, get a waiver.

    References
    ----------
    - git-lfs specification: pointers
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN601"
    name = "pointer-to-genomic-data"
    confidence = "medium"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = POINTED

    def look(self, view: Pointed, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a check
        """Report a pointer whose object a push uploads."""
        for pointer in view.pointers:
            if pointer.system == "git-lfs" and plain(pointer.suffix) in ALWAYS:
                yield self.finding(view.locate(), "git-lfs pointer to a file of people's genotypes or reads, which a push uploads")


def plain(suffix: str) -> str:
    """Return a suffix without that of a compression."""
    return suffix[: suffix.index(".", 1)] if "." in suffix[1:] else suffix
