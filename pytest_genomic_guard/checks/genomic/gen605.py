"""GEN605: a checksum of genomic data that is kept elsewhere."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.gen601 import ALWAYS, PERHAPS, POINTED, plain
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.pointers import Pointed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class GEN605(Check[Pointed]):
    """A DVC or git-annex pointer to genomic data.

    What it looks for
    -----------------
    Files of DVC, and files or links of git-annex, that stand for data in a format of people's genotypes, reads or cells. They hold
    a checksum and a size; the data go where `dvc push` or `git annex copy` sends them, which no commit does. So it is a note.

    Why it matters
    --------------
    Whoever may read the remote has the data. A checksum confirms a guess of the content, and no more.

    What to do instead
    ------------------
    Make sure that the remote is where the data-use terms put the data, and that a public repository names no public one.

    References
    ----------
    - DVC: .dvc files and dvc.lock; git-annex: pointer files
    """

    code = "GEN605"
    name = "genomic-data-kept-elsewhere"
    severity = "note"
    since = "0.1"
    mend = POINTED

    def look(self, view: Pointed, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a check
        """Note that such data are kept elsewhere, once a file."""
        count = sum(1 for each in view.pointers if each.system != "git-lfs" and plain(each.suffix) in ALWAYS | PERHAPS)
        if count:
            yield self.finding(view.locate(), "{count} pointer(s) to genomic data that another system keeps", count=count)
