"""PHI401: synthetic health data."""

from __future__ import annotations

from pytest_genomic_guard import identifiers
from pytest_genomic_guard.checks.phi.told import counted, told
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health import providers
from pytest_genomic_guard.views.health.dicom import Dicom
from pytest_genomic_guard.views.health.setting import INVENTED
from pytest_genomic_guard.views.tables import DataTable
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options
    from pytest_genomic_guard.views.health.providers import Said

# Marks that say no more than that somebody typed them
_PLACED = frozenset(
    {"", "a placeholder for the name", "placeholders for the names", "an id of the standard's examples", "its own words"}
)


class PHI401(Check[Text | DataTable | Dicom]):
    """Synthetic health data.

    What it looks for
    -----------------
    What the checks of PHI1xx and PHI2xx look for, where it is nobody's. The finding says which step of this ladder tells so:

    1. A standard's own mark: MSH-11 `T` or `D`, ISA15 `T`, `HTEST` or a tag of Synthea in FHIR, DICOM's (0012,0062) `YES`.
    2. Values: every one of a kind is reserved, a published sample or a placeholder (Social Security numbers of 000, 666 and 9xx,
       NHS numbers of 999, telephone numbers of 555-0100 to 555-0199, domains of RFC 2606, `Test Patient`, people of standards,
       specimens and films); and the forms of Synthea, names with digits behind them. One number of a person that was given out
       is enough against it, however many others are reserved.
    3. A declaration at the file's own head: a first comment in any language, a first line that begins with `synthetic`, keys at
       the top of JSON or YAML (`"synthetic": true`, `"generator": ...`), the description of a workbook, the metadata of a Parquet
       file. It has to say that the data are made up, and what made them: `# synthetic: generator=make_rows.py, seed=1`.
    4. A declaration in the policy, by path, SHA-256 and generator: it makes a note of the finding of another check.

    Marks and declarations count unless values of two kinds speak against them: kinds of which invented values are known, such
    as an issued Social Security number and a telephone number in service. Then the finding fails, and says so. That values look
    like what Faker or another generator writes tells nothing: so do those of people.

    Nothing is said of a few placeholders for names in a program, which most tests have.

    Why it matters
    --------------
    Made-up data are what tests should have. The note is there so that a scan which passes says what it passed, and so that
    people who review it can look.

    What to do instead
    ------------------
    Nothing. Say beside the data how they were made.

    References
    ----------
    - HL7 table 0103, processing id; ASC X12.5, ISA15, usage indicator; DICOM PS3.3, C.7.1.1 (0012,0062), (0012,0063)
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
                if said.verdict == "synthetic" and not _as_it_should_be(said):
                    step = f"marked by {said.evidence.marked}" if said.evidence.marked else "by values that are nobody's"
                    lead = f"{said.what} about {counted(said.people, 'made-up person', 'people', 'made-up people')}, {step}"
                    finding = told(self, said.at, lead, said.evidence, people=said.people)
                    yield finding.replace(known="synthetic", human=False)


def _as_it_should_be(said: Said) -> bool:
    """Tell whether few people are told by placeholders for names: in a program, as most tests are, or by nothing else."""
    told = any(identifiers.kind(key).tested for key in said.evidence.invented)
    if said.people > INVENTED or told or said.evidence.marked not in _PLACED:
        return False
    return said.few or len(said.evidence.real | said.evidence.invented) == 1
