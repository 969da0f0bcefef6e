"""PHI604: photographs, sounds and films of people."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import MEDIA
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health import located
from pytest_genomic_guard.views.health.pictures import FILM, PHOTOGRAPH, SOUND, Picture

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class PHI604(Check[Picture]):
    """Photographs, sounds and films of people.

    What it looks for
    -----------------
    Photographs as a camera wrote them (its maker or model is in the metadata), sound recordings and films, by their first bytes,
    where they lie below folders for people (patients, participants, interviews, consultations, wounds, faces) and, for
    recordings, the number of a subject stands in the name of the file or its folder. All of them are needed: a name alone is
    none, and pictures in documentation, tests and assets are none.

    Whether a person can be seen or heard is out of reach. Where a photograph has coordinates or names a person too, PHI107
    reports it.

    Why it matters
    --------------
    Faces and voices are identifiers that cannot be taken out: full-face photographs, voice prints.

    What to do instead
    ------------------
    Keep recordings of people in storage with access control, and commit what was derived from them.

    References
    ----------
    - 45 CFR 164.514(b)(2)(i)(P), (Q)
    """

    code = "PHI604"
    name = "recording-of-people"
    severity = "warning"
    confidence = "low"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(P)", "45 CFR 164.514(b)(2)(i)(Q)")
    mend = MEDIA

    def look(self, view: Picture, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report media of people by where they lie and what they are."""
        path = view.artifact.path
        if not located.of_people(path):
            return
        if view.kind == PHOTOGRAPH:
            yield self.finding(view.locate(), "photograph of a camera below a folder for people")
        elif view.kind in {SOUND, FILM} and located.subject(path):
            yield self.finding(view.locate(), f"{view.kind} below a folder for people, named by the number of one")
