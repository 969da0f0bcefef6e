"""LIC202: a notice of the GPL in a header."""

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


class LIC202(Relation):
    """A notice of the GPL in a header.

    What it looks for
    -----------------
    The words by which the GNU licences are applied ("under the terms of the GNU General Public License"), "licensed under the GPL",
    `License: GPL-3`, or `__license__`, in the header of a source file or at the top of a notebook's cell, in comments of
    any language and over several lines. Exceptions (Autoconf, Bison, GCC, Classpath, PyInstaller's bootloader) and choices ("MIT or
    GPL", "any of the following licences") count as what they mean. A file that says it is under mild terms itself, while its
    package is under the GPL, is not told. The LGPL is weak copyleft, which the default policy allows. Where the project is
    under the GPL itself, or a licence file in the folder is told by LIC203, it is quiet; so it is about prose, quoted notices,
    "GPL-compatible".

    Why it matters
    --------------
    Who publishes a file under the GPL together with other code has to publish all of it under the GPL. In a repository under
    another licence such a file is mostly a copy whose licence nobody looked at.

    What to do instead
    ------------------
    Replace the file, ask its author for other terms, or publish the project under the GPL. A file that is rightly there is
    allowed beside the notice, with the reason.

    References
    ----------
    - GPL-3.0, "How to Apply These Terms to Your New Programs", and section 5(c)
    - SPDX exceptions list 3.26
    """

    code = "LIC202"
    name = "gpl-header"
    since = "0.1"
    inline = True
    mend = HEADER
    needs = (tree.Noticed,)
    reach = "above"  # as LIC201
    standing = True
    looks_at = staticmethod(tree.named)
    rules = (tree.NOTICE,)

    def gathered(self, text: Text) -> Iterator[tree.Noticed]:
        """Yield the notices of a file, or of the cells of a notebook; where there is a tag, that is the licence."""
        for at, expression, spdx in tree.stated(text, tree.NOTICE):
            if expression and not spdx:
                yield tree.Noticed(at=at, expression=expression, kind=tree.kind(expression))

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the notices that neither the policy nor the project's own licence allows."""
        ground = Ground(facts)
        for path, notice in facts.of(tree.Noticed):
            if not ground.allowed(notice.expression, path) and not ground.told(path, notice.kind):
                where = "a file brought from elsewhere" if vendored(path) else "a file"
                told = f"the header of {where} puts it under a licence that the policy does not allow here ({notice.kind})"
                said = shown_expression(notice.expression)
                yield self.finding(notice.at, told, key=said, subject=said)
