"""LIC207: a snippet under share-alike terms."""

from __future__ import annotations

from pytest_genomic_guard.checks.licences.mend import SNIPPET
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.licences import adapted
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class LIC207(Check[Text]):
    """A snippet from Stack Overflow.

    What it looks for
    -----------------
    A link to a question or an answer of Stack Overflow or another site of Stack Exchange, in a comment of a program that says that
    code was taken from there ("from", "taken", "copied", "adapted", "source:"). A link to be read ("see", "explained") is quiet.

    Why it matters
    --------------
    Answers are under CC BY-SA 4.0 (older ones 3.0 or 2.5): author and licence are named, and what is made of them is shared under
    the same terms. It is a note, because a few lines are often too little to be protected.

    What to do instead
    ------------------
    Write the lines anew, or name the author, the address and the licence beside them.

    References
    ----------
    - Stack Overflow, "What is the license for the content I post?"
    - CC BY-SA 4.0, sections 2 and 3
    """

    code = "LIC207"
    name = "share-alike-snippet"
    severity = "note"
    confidence = "medium"
    since = "0.1"
    inline = True
    mend = SNIPPET
    rules = (adapted.ANSWER,)

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report every link from which a comment says that code was taken."""
        for at in adapted.answers(view):
            yield self.finding(
                at, "a comment says that this was taken from an answer that is under CC BY-SA", subject="CC-BY-SA-4.0"
            )
