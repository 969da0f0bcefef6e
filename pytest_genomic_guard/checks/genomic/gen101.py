"""GEN101: individual-level variant calls."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.model import Check, Options
from pytest_genomic_guard.policy.packs.samples import matcher
from pytest_genomic_guard.views.variants import VariantCalls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.model import Finding

# From about 30 independent variants on, one person on Earth is singled out (Lin, Owen, Altman, Science 2004, 305:183).
IDENTIFYING_ROWS = 30


class Columns(Options):
    """How many sample columns are no finding, and public resources whose samples are a note, from `samples` in the policy."""

    max_samples: int = 0
    public_samples: str = "none"


class GEN101(Check[VariantCalls, Columns]):
    """Individual-level variant calls.

    What it looks for
    -----------------
    Columns for people in VCF and BCF: names after the FORMAT column of the `#CHROM` line, or rows with genotype columns where
    that line is missing. The file may be renamed, compressed (gzip, BGZF), in UTF-16, with CRLF, lack its first lines, or begin
    with a line that is none of its own. Rows that a notebook's saved output or an HTML page shows, as text, as escaped text or as
    an HTML table, count the same; so do 30 or more rows quoted in any other text, such as a string of a program. A printed table
    counts when it names chromosome and position, or the like, above cells such as `0/1`.

    A file with eight columns, or with FORMAT and nobody after it, lists sites and is not reported. Genotypes in tables of another
    form (a matrix with one row for each sample or rs number, bases in place of allele numbers, arrays, a sample's call inside
    INFO) are not this check's.

    Where the policy names public resources under `samples`, a call set all of whose sample names have the form of theirs is a
    note. A name is a claim: anybody can rename a sample.

    Why it matters
    --------------
    About 30 independent variants single out one person. A genotype cannot be revoked, it speaks for relatives too, and what
    was pushed once stays in forks and caches. Names of participants in a header are personal data even without a row.

    What to do instead
    ------------------
    Keep the calls where their data-use terms put them, and commit code that reads them from there. Clear notebook outputs
    before committing. Where a test needs a VCF, simulate one at test time. A call set of a public resource gets a waiver, bound
    to the content's hash.

    References
    ----------
    - VCFv4.3 specification, sections 1.4 and 1.5 (header line, data lines), 6.2 (BCF2)
    - Lin, Owen, Altman: Genomic research and human subject privacy. Science 2004, 305:183
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN101"
    name = "individual-level-variant-calls"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    Options = Columns

    def look(self, view: VariantCalls, options: Columns) -> Iterator[Finding]:
        """Report columns for more people than the option allows."""
        if view.samples <= options.max_samples:
            return
        if view.setting == "file" and _public(view, options.public_samples.split()):
            told = "{samples} columns, all named as samples of a public resource that the policy names"
            yield self.finding(view.at, f"{view.format} with {told}", samples=view.samples).replace(public=True)
            return
        people = "1 person" if view.samples == 1 else "{samples} people"
        if view.setting == "output":
            yield self.finding(view.at, f"a saved output shows genotype columns of {people}", samples=view.samples)
        elif view.setting == "file":
            yield self.finding(view.at, f"{view.format} with genotype columns of {people}", samples=view.samples)
        elif view.rows >= IDENTIFYING_ROWS:
            yield self.finding(view.at, f"{{rows}} rows with genotype columns of {people}", rows=view.rows, samples=view.samples)


def _public(view: VariantCalls, packs: Sequence[str]) -> bool:
    """Tell whether every person has a name, and each name is one of the named resources'."""
    if packs == ["none"] or len(view.names) < view.samples:
        return False
    known = matcher(packs)
    return all(known(name) for name in view.names)
