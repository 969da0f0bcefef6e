"""LIC201: a tag of SPDX that the policy does not allow."""

from __future__ import annotations

from pytest_genomic_guard.checks.licences.mend import HEADER
from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.ground import Ground, vendored
from pytest_genomic_guard.views.licences import tree
from pytest_genomic_guard.views.licences.showing import shown_expression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.views.text import Text


class LIC201(Relation):
    """A tag of SPDX that the policy does not allow.

    What it looks for
    -----------------
    `SPDX-License-Identifier:` in the header of a file, its first comments or docstring, or at the top of a notebook's cell, with an
    expression that the policy does not allow: of `A OR B` one allowed licence is enough, of `A AND B` all must be, and of
    `A WITH exception` the effect counts. A project that is under the GPL itself may hold files under licences that go together with
    its own; its own licence is that of the policy, of the licence file at its top, or of the nearest manifest. A folder that has a
    licence file of its own is told once, by LIC203.

    Why it matters
    --------------
    The tag is the licence of the file. A file under the GPL in a repository under MIT makes the GPL apply to what is published
    from both, and a file under a licence that nobody can name may not be passed on at all.

    What to do instead
    ------------------
    Replace the file by one under a licence that the policy allows, ask its author for one, or make the licence known to the policy.
    A file that is rightly there is allowed beside the tag, with the reason.

    References
    ----------
    - SPDX 3.0, annex "Using SPDX short identifiers in source files"
    - REUSE specification 3.3
    """

    code = "LIC201"
    name = "spdx-header"
    since = "0.1"
    inline = True
    mend = HEADER
    needs = (tree.Tagged,)
    reach = "above"  # the licence of the project lies at the top, its files below
    standing = True
    looks_at = staticmethod(tree.named)
    rules = (tree.TAG,)
    alone = False

    def gathered(self, text: Text) -> Iterator[tree.Tagged]:
        """Yield the tags of a file, or of the cells of a notebook."""
        for at, expression, spdx in tree.stated(text, tree.TAG):
            if spdx:
                yield tree.Tagged(at=at, expression=expression, kind=tree.kind(expression))

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the tags that neither the policy nor the project's own licence allows."""
        ground = Ground(facts)
        for path, tag in facts.of(tree.Tagged):
            where = "a file brought from elsewhere" if vendored(path) else "a file"
            if not tag.expression:
                yield self.finding(tag.at, f"the SPDX tag of {where} is no licence expression, so it cannot be judged")
            elif not ground.allowed(tag.expression, path) and not ground.told(path, tag.kind):
                told = f"the SPDX tag of {where} names a licence that the policy does not allow here ({tag.kind})"
                yield self.finding(tag.at, told, key=shown_expression(tag.expression), subject=shown_expression(tag.expression))
