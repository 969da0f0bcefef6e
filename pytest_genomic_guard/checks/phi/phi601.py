"""PHI601: coordinates or an owner in the metadata of a picture or film."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import MEDIA
from pytest_genomic_guard.model import Check, Identifiers
from pytest_genomic_guard.views.health import whose
from pytest_genomic_guard.views.health.pictures import Picture

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class PHI601(Check[Picture]):
    """Coordinates or an owner in the metadata of a picture or film.

    What it looks for
    -----------------
    GPS latitude and longitude in EXIF or XMP (JPEG, TIFF, PNG, WebP, HEIC, AVIF), the place in films of telephones (MP4,
    QuickTime), and the name of the camera's owner, or of who took a photograph with a camera. A serial number alone, the maker of
    the camera, and the author of a drawing are no finding. Below folders of clinical material it is PHI107's, an error.

    Why it matters
    --------------
    A photograph of a wound, a form or a screen, taken with a telephone, tells the house it was taken in to a few metres: geographic
    subdivisions smaller than a state, and comparable images, are identifiers.

    What to do instead
    ------------------
    Take metadata out before the picture is added: `exiftool -all= -tagsfromfile @ -orientation FILE`.

    References
    ----------
    - EXIF 2.32 (JEITA CP-3451), 4.6.6 (GPS); 45 CFR 164.514(b)(2)(i)(B), (M), (Q)
    """

    code = "PHI601"
    name = "place-in-picture"
    severity = "warning"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(B)", "45 CFR 164.514(b)(2)(i)(Q)")
    mend = MEDIA

    def look(self, view: Picture, options: Options) -> Iterator[Finding | Identifiers]:  # noqa: ARG002 - it has none
        """Report a place or an owner in metadata."""
        owned = whose.owned(view)
        if owned:
            yield Identifiers(values=(view.owner.encode("utf-8", "replace"),))
        told = " and ".join(word for word, there in (("coordinates", view.located), ("the name of a person", owned)) if there)
        if told and not whose.clinical(view):
            yield self.finding(view.locate(), f"{view.kind} with {told} in its metadata")
