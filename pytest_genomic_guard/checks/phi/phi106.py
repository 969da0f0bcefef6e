"""PHI106: identified people in free text."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import IDENTIFIED
from pytest_genomic_guard.checks.phi.told import counted, told
from pytest_genomic_guard.model import Check, Identifiers, Options
from pytest_genomic_guard.views.health import notehints, notenamer, notes, providers
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class Namers(Options):
    """Options of PHI106."""

    names: str = ""  # entry point of the group `genomic_guard_names` that finds further names; none by default


class PHI106(Check[Text, Namers]):
    """Identified people in free text.

    What it looks for
    -----------------
    Notes, reports, letters, e-mails, prescriptions, logs, chats, prompts, transcripts and comments in which a person is named, or
    told by a number, beside something of their health. Within a few hundred characters it takes two of name, day of birth,
    record number, Social Security number, Medicare or NHS number, other national numbers, telephone number, address and e-mail
    address; labels are known in English, German, French, Spanish, Italian, Dutch, Portuguese, Swedish and, as far as columns
    have them, other languages. A name is what stands behind such a label, behind a title, or before a day of birth or an age,
    and is written as names are; whoever signs, treats or refers is not the patient. Health context is a heading with its
    colon, a dose, a blood pressure, a result with its unit, or what staff write of one person; words for diseases count half.

    Blanks, placeholders, templates, masks such as `[**Name**]`, and labels without values are nothing, and so is a single
    identifier; a number that names one person alone is PHI301's. Text that says of itself that it is fictional, and values that are
    all reserved or placeholders, are PHI401's, a note. Up to six people in source code or documentation are PHI302's, a
    warning; a document that is a clinical note as a whole counts as data.

    The option `names` takes the name of an entry point of the group `genomic_guard_names`: a function from a text to spans of
    characters in which it saw names of people, such as a model of an installed library. None is used by default.

    Why it matters
    --------------
    A note says more about one person than a row of a table, and nobody expects it in a log, a prompt or a commit message.

    What to do instead
    ------------------
    Write about people in the system that is made for it and link to the case by a number of your tracker. Log keys and counts
    instead of records. Where a test needs a note, make one up with reserved values and say in it that it is fictional.

    References
    ----------
    - 45 CFR 164.514(b)(2)(i)
    - HL7 CDA R2 Consolidated Templates, sections of clinical notes
    """

    code = "PHI106"
    name = "people-in-text"
    confidence = "medium"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)",)
    mend = IDENTIFIED
    rules = notehints.RULES
    Options = Namers

    def look(self, view: Text, options: Namers) -> Iterator[Finding | Identifiers]:
        """Report identified people of a text, once for each place."""
        namer = notenamer.named(options.names) if options.names else None
        seen = providers.placed(view, providers.enough(notes.read(view, namer))) if namer else notes.found(view)
        for said in providers.settled(seen):
            if said.names:
                yield Identifiers(values=said.names)
            if said.verdict == "identified" and not said.few:
                lead = f"free text about {counted(said.people, 'person', 'people', 'people')}"
                yield told(self, said.at, lead, said.evidence, people=said.people)
