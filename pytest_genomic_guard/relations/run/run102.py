"""RUN102: content that was read only in part."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.run.facts import PartlyRead
from pytest_genomic_guard.views.pointers import LFS_POINTER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options

_PYTHON = "its text was read; some lines are no Python 3, and what they call was not looked at"


class RUN102(Relation):
    """Content that was read only in part.

    What it looks for
    -----------------
    Files of which the printable runs were read and the values were not: binary formats that can hold tables or people, binary
    data of no known format, programs with lines that are no Python 3, pointers of git-lfs whose object is not there. The profile
    decides what it means: a note under `minimal`, a warning under `research`, a failure under `strict`. What DVC and git-annex
    keep is never looked for, and a pointer of theirs was read whole: GEN605 and CARD101 say for what such a pointer stands.

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
            yield self.finding(Location(path=path), _said(fact), subject=fact.format, line=fact.line or 0, above=fact.above or 0)


def _said(fact: PartlyRead) -> str:
    """Return the sentence: of a pointer, where to find the rule by which its content is kept elsewhere."""
    if fact.format.endswith(" table"):
        return "its text was read; rows beyond a bound are missing from the table that checks see"
    if fact.format != LFS_POINTER:
        return _PYTHON if fact.format == "Python" else "printable runs were read, values were not"
    missing = "the object behind it is not in the store of this repository (git lfs fetch)"
    if fact.line is None:
        return missing
    if not fact.line:
        return f"{missing}; no line of .gitattributes gives the file to git-lfs"
    if fact.above is None:
        return f"{missing}; the rule is .gitattributes line {{line}}"
    where = "beside it" if not fact.above else "{above} folder" + "s" * (fact.above > 1) + " above it"
    return f"{missing}; the rule is line {{line}} of the .gitattributes {where}"
