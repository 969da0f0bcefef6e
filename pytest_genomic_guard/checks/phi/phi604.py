"""PHI604: photographs, sounds and films of people."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import MEDIA
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health import located, whose
from pytest_genomic_guard.views.health.pictures import FILM, PHOTOGRAPH, PICTURE, SOUND, Picture

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
    recordings, the number of a subject stands in the name of the file or its folder. Pictures of any kind and recordings
    without such a number, where folders and name have two words that say it together: patient photos, interviews and recordings,
    participants and videos. Recordings whose title or comment tells of an interview, a consultation or a session with a
    patient, participant or numbered subject, wherever they lie.

    What the file holds decides what it is: a name alone is nothing. Documentation, tests, assets, sources of programs and what is
    published, such as podcasts, are none.

    Whether a person can be seen or heard is out of reach. Where one has coordinates or names a person too, PHI107
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
        recording = view.kind in {SOUND, FILM}
        if recording and whose.interviewed(view):
            yield self.finding(view.locate(), f"{view.kind} whose metadata tell of a talk with a subject or patient")
        elif recording and ((located.of_people(path) and located.subject(path)) or located.heard(path)):
            named = "named by the number of one" if located.subject(path) else "and named as one"
            yield self.finding(view.locate(), f"{view.kind} below a folder for people, {named}")
        elif view.kind == PHOTOGRAPH and located.of_people(path):
            yield self.finding(view.locate(), "photograph of a camera below a folder for people")
        elif view.kind in {PHOTOGRAPH, PICTURE} and located.shown(path, photographic=view.format != "PNG"):
            yield self.finding(view.locate(), f"{view.kind} below a folder for photographs of people")
