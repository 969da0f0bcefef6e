"""LIC206: code adapted from a project under copyleft."""

from __future__ import annotations

from pytest_genomic_guard.checks.licences.mend import ADAPTED
from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.ground import Ground
from pytest_genomic_guard.views.licences import adapted, tree
from pytest_genomic_guard.views.licences.showing import shown_expression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.views.text import Text


class LIC206(Relation):
    """Code that was adapted from a project under copyleft.

    What it looks for
    -----------------
    A comment or docstring of a program that says "adapted from", "copied from", "borrowed from", "based on" or the like, and in the
    same comment a licence that the policy does not allow, or the repository of a project that is known to be under strong copyleft.
    The list of these is short and dated. Where the project is under such a licence itself, it is quiet; and what merely uses a
    library, reads its files or names it is no adaptation.

    Why it matters
    --------------
    A translation or an adaptation of code is a derived work: its licence is that of the original, whatever the header says.

    What to do instead
    ------------------
    Write it anew from a paper or a description, take an implementation under a permissive licence, or ask the author.

    References
    ----------
    - GPL-3.0, sections 0 ("modify") and 5
    - 17 USC 101 ("derivative work")
    """

    code = "LIC206"
    name = "adapted-from-copyleft"
    severity = "warning"
    confidence = "medium"
    since = "0.1"
    inline = True
    mend = ADAPTED
    needs = (adapted.Adapted,)
    reach = "above"  # the licence of the project lies at the top
    standing = True
    looks_at = staticmethod(tree.named)
    rules = (adapted.ADAPTED,)

    def gathered(self, text: Text) -> Iterator[adapted.Adapted]:
        """Yield the comments that say where code is from, with a licence."""
        return adapted.adapted(text)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what was adapted from a project whose licence is not allowed here."""
        ground = Ground(facts)
        headed = {
            (path, each.at.trail) for path, each in facts.of(tree.Stated) if not ground.allowed(each.expression, path)
        }  # LIC201, LIC202 tell it
        for path, each in facts.of(adapted.Adapted):
            if each.kind != "unknown" and (path, each.at.trail) not in headed and not ground.allowed(each.expression, path):
                what = "a project that is known to be" if each.named else "something that is, by the same comment,"
                told = (
                    f"a comment says that this was taken from {what} under a licence that the policy does not allow ({each.kind})"
                )
                yield self.finding(each.at, told, key=shown_expression(each.expression), subject=shown_expression(each.expression))
