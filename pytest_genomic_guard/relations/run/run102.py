"""RUN102: content that was read only in part."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.run.facts import PartlyRead

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class RUN102(Relation):
    """Content that was read only in part.

    What it looks for
    -----------------
    Files of which the printable runs were read and the values were not: binary formats that can hold tables or people, binary
    data of no known format, pointers to large files that are not there. The profile decides what it means: a note under
    `minimal`, a warning under `research`, a failure under `strict`.

    Why it matters
    --------------
    Nothing was found in these files, but not everything in them was looked at.

    What to do instead
    ------------------
    Commit tables as text, fetch large files before the scan, or keep such files out of the repository.

    References
    ----------
    - The classes of coverage are in the guide on coverage
    """

    code = "RUN102"
    name = "partly-read-content"
    severity = "warning"
    since = "0.1"
    needs = (PartlyRead,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Report each file with its format."""
        for path, fact in facts.of(PartlyRead):
            yield self.finding(Location(path=path), "printable runs were read, values were not", subject=fact.format)
