"""COD112: leave without a reason."""

from __future__ import annotations

from pytest_genomic_guard.checks.code.mend import REASON
from pytest_genomic_guard.model import Check, Rule
from pytest_genomic_guard.views.code.nosec import leaves
from pytest_genomic_guard.views.code.python import Python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options

_COMMENT = Rule(name="nosec", anchors=(b"nosec",), pattern=rb"(?<=\#)nosec\b|(?<=[\# \t])nosec\b")


class COD112(Check[Python]):
    """Leave without a reason.

    What it looks for
    -----------------
    Comments `# nosec`, with or without tests that they name, in which no word says why. They count all the same: what they excuse
    is not reported. Comments are found where Python has comments, not in strings and not in what a program printed.

    A reason stands behind the tests, or in the comment before it: `# nosec B301: written by this job a line above`.

    Why it matters
    --------------
    Nobody who reads the line later can tell a decision from a habit, and `# nosec` without a test hides what is found next year,
    too.

    What to do instead
    ------------------
    Name the test and say why: `# nosec B301: made by this job`.

    References
    ----------
    - bandit, "Suppressing individual lines"
    """

    code = "COD112"
    name = "nosec-without-reason"
    severity = "warning"
    since = "0.1"
    inline = True
    mend = REASON
    rules = (_COMMENT,)

    def look(self, view: Python, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report comments that give leave and say nothing."""
        for leave in leaves(view).values():
            if not leave.reasoned:
                at = leave.source.lines[min(leave.line, len(leave.source.lines)) - 1]
                what = "nosec that says no reason" if leave.tests else "nosec that names no test and says no reason"
                yield self.finding(view.locate(at, at + 1), what)
