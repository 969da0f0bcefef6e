"""PHI101: HL7 v2 messages about identified people."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import IDENTIFIED
from pytest_genomic_guard.checks.phi.told import counted, told
from pytest_genomic_guard.model import Check, Identifiers
from pytest_genomic_guard.views.health import hl7, providers
from pytest_genomic_guard.views.health.hints import HL7, HL7_PERSON
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class PHI101(Check[Text]):
    """HL7 v2 messages about identified people.

    What it looks for
    -----------------
    Messages that begin with `MSH` and its encoding characters, and have a PID segment: in files of any name, alone, in batches
    (`FHS`, `BHS`), with the framing of MLLP, behind the prefix of a log, in strings of programs and JSON with escaped line ends,
    in saved outputs, in base64; with separators other than `|`; and PID segments without their header. A person is identified by a
    name (PID-5) beside health or a further identifier, or by an identifier that names one person (Social Security number,
    medical record number) beside another one. Next of kin, guarantor and insured (NK1, GT1, IN1, IN2) count as well.

    Placeholders are nobody's name: templates, `Test^Patient`, the people of the standard's own examples (Everyman, Everywoman).
    Messages with `T` or `D` in MSH-11, and those whose values are all reserved or published samples, are PHI401's, a note; an
    issued Social Security number beside a telephone number in service speaks against such a mark. Messages whose people
    have ids alone are PHI208's. Up to six people in source code or documentation are PHI302's, a warning.

    Why it matters
    --------------
    One ADT message has most of the identifiers of the Safe Harbor rule at once. Interfaces write them to logs and traces, from
    where they are copied into test folders, and what was pushed once stays in forks and caches.

    What to do instead
    ------------------
    Make messages at test time, with names and numbers of ranges that nobody has, and mark them by `T` in MSH-11. Keep captured
    messages where patient data belong.

    References
    ----------
    - HL7 v2.5.1, chapters 2.15 (MSH), 3.4 (PID, NK1, MRG), 6.5 (GT1, IN1); HL7 table 0103 (processing id)
    - 45 CFR 164.514(b)(2)(i)
    """

    code = "PHI101"
    name = "hl7-message-of-people"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)",)
    mend = IDENTIFIED
    rules = (HL7, HL7_PERSON)

    def look(self, view: Text, options: Options) -> Iterator[Finding | Identifiers]:  # noqa: ARG002 - it has none
        """Report messages about identified people, once for each place."""
        for said in providers.settled(hl7.found(view)):
            if said.names:
                yield Identifiers(values=said.names)
            if said.verdict == "identified" and not said.few:
                lead = f"{counted(said.places, said.what, 'places')} of {counted(said.people, 'person', 'people', 'people')}"
                yield told(self, said.at, lead, said.evidence, places=said.places, people=said.people)
