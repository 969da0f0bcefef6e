"""PHI401: synthetic health data."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.told import counted, told
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health import providers
from pytest_genomic_guard.views.health.dicom import Dicom
from pytest_genomic_guard.views.tables import DataTable
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class PHI401(Check[Text | DataTable | Dicom]):
    """Synthetic health data.

    What it looks for
    -----------------
    What the checks of PHI1xx and PHI2xx look for, where it is nobody's: a standard's own field marks it as a test (MSH-11, ISA15),
    its people have placeholders for names, or its values are reserved, published as samples, or of the form that a
    generator gives. The finding says which. A mark counts unless values of two kinds speak against it, such as an issued
    Social Security number and a telephone number in service.

    Why it matters
    --------------
    Made-up data are what tests should have. The note is there so that a scan which passes says what it passed, and so that
    people who review it can look.

    What to do instead
    ------------------
    Nothing. Say beside the data how they were made.

    References
    ----------
    - HL7 table 0103, processing id; ASC X12.5, ISA15, usage indicator
    """

    code = "PHI401"
    name = "synthetic-health-data"
    severity = "note"
    since = "0.1"
    rules = providers.RULES

    def look(self, view: Text | DataTable | Dicom, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report made-up people, once for each place, with what says that they are."""
        for _module, seen in providers.found(view):
            for said in providers.settled(seen):
                if said.verdict == "synthetic" and not said.few:  # few made-up people in a program are as it should be
                    step = f"marked by {said.evidence.marked}" if said.evidence.marked else "by values that are nobody's"
                    lead = f"{said.what} about {counted(said.people, 'made-up person', 'people', 'made-up people')}, {step}"
                    finding = told(self, said.at, lead, said.evidence, people=said.people)
                    yield finding.replace(known="synthetic", human=False)
