"""LIC208: the project's own licence is copyleft by one file and not by another."""

from __future__ import annotations

from pytest_genomic_guard.checks.licences.mend import OWN
from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.owned import mismatches
from pytest_genomic_guard.views.licences import tree
from pytest_genomic_guard.views.licences.showing import shown_expression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC208(Relation):
    """A licence of the project's own that is copyleft by one file and not by another.

    What it looks for
    -----------------
    What LIC204 looks for, where one of the two is strong or network copyleft and the other is not: MIT in `pyproject.toml` beside
    a `LICENSE` with the text of the GPL, or the other way round.

    Why it matters
    --------------
    It decides whether others may use the project at all, and every reader of metadata takes the wrong one.

    What to do instead
    ------------------
    Decide which holds, ask all authors where it changes, and let all files say the same.

    References
    ----------
    - PEP 639; Writing R Extensions 1.1.2; Citation File Format 1.2.0
    """

    code = "LIC208"
    name = "own-licence-contradiction"
    since = "0.1"
    inline = True
    mend = OWN
    needs = (tree.LicenceFile, tree.Declared)
    reach = "folder"
    standing = True

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report where copyleft is at stake."""
        for each in mismatches(facts):
            if each.copyleft:
                said = each.said
                subject = shown_expression(said.expression)
                yield self.finding(said.at, each.told, key=said.by, subject=subject, involves=each.involves)
