"""What the checks of counts share: the threshold of the policy, and what they say where it has none."""

from __future__ import annotations

from pytest_genomic_guard.model import Mend, Options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Finding

NO_RULE, USUAL = -1, 10

MEND = Mend(
    not_pushed="mask the small cells and as many others that no total gives them away, or join categories",
    pushed="mask the small cells, then rewrite the history (git filter-repo) and ask the host to drop its caches",
    public="tell whoever gave the data; then mask the small cells and purge history, forks and caches",
)


class Threshold(Options):
    """`small_cell` is what the policy says under that key: 0 switches it off, less than 0 stands for no rule."""

    small_cell: int = NO_RULE


def most(options: Threshold) -> int:
    """Return up to which number of people a cell is small."""
    return USUAL if options.small_cell < 0 else options.small_cell


def ruled(finding: Finding, options: Threshold) -> Finding:
    """Return a finding, as a note where no rule of the policy binds the repository."""
    if options.small_cell >= 0:
        return finding
    return finding.replace(known="unruled", message=f"{finding.message}; a note, as the policy sets no rule on small cells")
