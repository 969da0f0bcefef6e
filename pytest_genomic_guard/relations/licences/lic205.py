"""LIC205: a block copied from an installed package under copyleft."""

from __future__ import annotations

from pytest_genomic_guard.checks.licences.mend import ADAPTED
from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.evidence import subject
from pytest_genomic_guard.relations.licences.packages import expression
from pytest_genomic_guard.views.licences.nouns import Copied
from pytest_genomic_guard.views.licences.showing import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC205(Relation):
    """A block copied from an installed package under strong or network copyleft.

    What it looks for
    -----------------
    About eight lines that follow each other, in a file of Python or Cython or in a cell of a notebook, that a package under strong
    or network copyleft in the project's environment has too. Statements are compared: comments, docstrings, imports, blanks, round
    brackets, quotes and the way in which lines are wrapped do not count, and up to three statements between may have been changed;
    names must be the same. A block has seven statements, of which a long one counts for two or three, at least four that do not
    stand in every program, 200 characters and ten different words.

    Quiet is what a package under a milder licence in the same environment, or the standard library, has too; what the package
    itself has from elsewhere (vendored and generated files, files with a permissive notice, templates); a block that says, in it or
    right above it, by an address that it is from another project (LIC206 judges that); the project itself, where it is installed;
    files whose header states copyleft (LIC201, LIC202) and folders with a copyleft licence file (LIC203); and everything, where the
    policy or the project's own licence allows the licence of the package. An exception of the policy lets a package be used, not be
    copied. What was copied from a package that is not installed, from a version that differs, or with its names changed, is not
    found; nor are copies in other languages, or of packages that are only first on PATH.

    Why it matters
    --------------
    Who copies code of a package brings it into the repository under the licence of the package, whatever the repository says;
    and such copies stay when the package is replaced by a permissive one.

    What to do instead
    ------------------
    Call the package where its licence lets the project do that, write the block anew from a description, or ask its author for
    other terms. A block that has another origin, from which the package has it too, is allowed beside it, with the reason.

    References
    ----------
    - GPL-3.0, section 5(c); AGPL-3.0, section 13
    """

    code = "LIC205"
    name = "copied-block"
    confidence = "medium"
    since = "0.1"
    inline = True
    mend = ADAPTED
    needs = (Copied,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each block at its first line."""
        for _path, fact in facts.of(Copied):
            yield self.finding(
                fact.at,
                "a block of {lines} lines stands in an installed package of copyleft, too (" + expression(fact.expression) + ")",
                key=shown(fact.name),
                subject=subject(fact.name, fact.version),
                lines=fact.lines,
            )
