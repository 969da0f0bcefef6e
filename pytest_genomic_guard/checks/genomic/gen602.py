"""GEN602: a git-lfs pointer to a format that can hold people's data."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.gen601 import PERHAPS, POINTED, plain
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.pointers import Pointed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class GEN602(Check[Pointed]):
    """A git-lfs pointer to what may be people's data.

    What it looks for
    -----------------
    Pointers of git-lfs whose file has the suffix of a format of which the content decides: VCF and BCF (sites or people), SAM,
    h5ad and loom, MAF, Oxford sample, PLINK raw, GDS, Hail tables. The object is not here, so nothing of it could be read; where it
    is, its content decides and this is quiet.

    Why it matters
    --------------
    A push uploads the object. Whether it is about people should be known before that.

    What to do instead
    ------------------
    Fetch the object (`git lfs pull`) and scan again, or keep the file out of git-lfs.

    References
    ----------
    - git-lfs specification: pointers
    """

    code = "GEN602"
    name = "pointer-to-perhaps-genomic-data"
    severity = "warning"
    confidence = "low"
    since = "0.1"
    mend = POINTED

    def look(self, view: Pointed, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a check
        """Report a pointer whose object a push uploads."""
        for pointer in view.pointers:
            if pointer.system == "git-lfs" and plain(pointer.suffix) in PERHAPS:
                yield self.finding(view.locate(), "git-lfs pointer to a file that can be of people; it is not here to be read")
