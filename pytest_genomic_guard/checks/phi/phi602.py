"""PHI602: scans of a head, from which a face can be made."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import MEDIA
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health import heads
from pytest_genomic_guard.views.health.dicom import Dicom
from pytest_genomic_guard.views.health.volumes import Volume

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class PHI602(Check[Dicom | Volume]):
    """Scans of a head, from which a face can be made.

    What it looks for
    -----------------
    NIfTI, Analyze, MGH and NRRD volumes of a head's size (more than 11 cm in each direction, voxels finer than 2.6 mm) whose path
    or description has a word for such a scan (T1w, FLAIR, MPRAGE, anat, head) and none for one whose face is gone, or never was
    somebody's: deface, brain, skull-stripped, mask, label, template, atlas, MNI152, phantom, an animal or another part of the body.
    DICOM images of CT, MR or PET whose body part is a head or brain, in slices of 3 mm or less, unless (0028,0302) says that no
    one can be recognised.

    Voxels are not looked at, so that a defaced scan whose name does not say so is a finding, and a renamed one is none.

    Why it matters
    --------------
    The surface of a head in a scan of 1 mm is a face: volunteers were recognised from their MRI by software in 83 of 100 cases,
    with no name in the header. Full-face and comparable images are an identifier.

    What to do instead
    ------------------
    Deface (`pydeface`, `mri_deface`, `quickshear`) or extract the brain before a scan is shared, and say so in its name
    (`desc-defaced`). Keep scans in an archive with access control.

    References
    ----------
    - Schwarz et al., N Engl J Med 2019; 381:1684-1686; 45 CFR 164.514(b)(2)(i)(Q); DICOM PS3.3, C.7.6.1.1.5
    """

    code = "PHI602"
    name = "scan-of-a-head"
    severity = "warning"
    confidence = "medium"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(Q)",)
    mend = MEDIA

    def look(self, view: Dicom | Volume, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report a scan that may show a face."""
        if isinstance(view, Dicom):
            if heads.image(view):
                yield self.finding(view.locate(), "DICOM image of a head: a face can be made from a series of them")
        elif heads.volume(view):
            sides = view.shape
            text = "volume of {x} x {y} x {z} voxels, as scans of a whole head are: a face can be made from it"
            yield self.finding(view.locate(), text, x=sides[0], y=sides[1], z=sides[2])
