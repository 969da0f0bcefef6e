"""PHI302: identified people in source code or documentation."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import SINGLE
from pytest_genomic_guard.checks.phi.told import counted, told
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health import providers
from pytest_genomic_guard.views.tables import DataTable
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class PHI302(Check[Text | DataTable]):
    """Identified people in source code or documentation.

    What it looks for
    -----------------
    What PHI101 to PHI106 and PHI208 look for in data (clinical messages, resources, documents, tables, notes), where it stands in
    source code, in the cell of a notebook or in documentation, is about no more than six different people, and may be an
    example: tests make up so many. More of them are reported as in data, and so is what a program printed.

    Few people are reported as in data, too, where they are told as records tell people and nothing says that they are made up:
    health beside a number that names one person, a name and a day of birth; in a document, a day of birth and a telephone number or
    street; or most of these without a number. Words such as `demo`, `example` and `seed`, fences around code, names that
    come to everybody's mind, and messages in programs, ask for a number that is known to be given out, such as an issued Social
    Security number, and most of the rest. In folders and files of tests, examples, samples and mocks, in texts with words
    such as `fake` and `synthetic`, and beside reserved values, it stays a warning.

    Placeholders, reserved values and published examples are no finding here.

    Why it matters
    --------------
    Most people in tests are made up. Now and then one was copied from a log while somebody looked for an error; nothing in the
    text tells one from the other, but who wrote it knows.

    What to do instead
    ------------------
    Use values that nobody has: names such as `Test^Patient`, telephone numbers of 555-0100 to 555-0199, Social Security
    numbers that begin with 9, or values made at run time. Mark messages as tests, by MSH-11 or ISA15.

    References
    ----------
    - 45 CFR 164.514(b)(2)(i)
    """

    code = "PHI302"
    name = "people-in-source"
    severity = "warning"
    confidence = "medium"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)",)
    mend = SINGLE
    rules = providers.RULES

    def look(self, view: Text | DataTable, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report few people in source code or documentation, once for each place."""
        for _module, seen in providers.found(view):
            for said in providers.settled(seen):
                if said.few and said.verdict in {"identified", "unnamed", "limited"}:
                    lead = f"{said.what} about {counted(said.people, 'person', 'people', 'people')} in source code or documentation"
                    yield told(self, said.at, lead, said.evidence, people=said.people)
