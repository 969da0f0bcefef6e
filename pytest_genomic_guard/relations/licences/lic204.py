"""LIC204: the project's own licence is told in two ways."""

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


class LIC204(Relation):
    """A licence of the project's own that its files tell in two ways.

    What it looks for
    -----------------
    A licence file, `project.license`, the classifiers, `setup.cfg`, `setup.py`, `DESCRIPTION`, `package.json`, `CITATION.cff`,
    and a badge or the sentence "this project is licensed under" of a README in the same folder, of which two have no licence in
    common. A version left open ("BSD", "GPL") agrees with every one, `-only` with `-or-later`, and of a choice one part is enough.
    Where one of the two is strong copyleft and the other is not, LIC208 tells.

    Why it matters
    --------------
    Who uses the project reads one of them, scanners another, and both can be sure that they are right.

    What to do instead
    ------------------
    Decide which holds, and let all of them say the same.

    References
    ----------
    - PEP 639; Writing R Extensions 1.1.2; Citation File Format 1.2.0
    """

    code = "LIC204"
    name = "own-licence-mismatch"
    severity = "warning"
    since = "0.1"
    inline = True
    mend = OWN
    needs = (tree.LicenceFile, tree.Declared)
    reach = "folder"
    standing = True

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report where no copyleft is at stake."""
        for each in mismatches(facts):
            if not each.copyleft:
                said = each.said
                subject = shown_expression(said.expression)
                yield self.finding(said.at, each.told, key=said.by, subject=subject, involves=each.involves)
