"""PHI603: text of people in pixels: labels of slides, burned-in annotations."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import MEDIA
from pytest_genomic_guard.model import Check, Rule
from pytest_genomic_guard.views.health import dicom
from pytest_genomic_guard.views.health.dicom import Dicom
from pytest_genomic_guard.views.health.pictures import SLIDE, Picture
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options

_MIRAX = Rule(
    name="phi603-mirax-label",
    anchors=(b"ScanDataLayer_SlideBarcode",),
    pattern=rb"(?<== )ScanDataLayer_SlideBarcode[\r\n]",
)
_WHOLE_SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6"


class PHI603(Check[Picture | Dicom | Text]):
    """Text of people in pixels: labels of slides, burned-in annotations.

    What it looks for
    -----------------
    Images of a glass slide's label, or of the whole slide with it, in files of slide scanners: Aperio SVS, Hamamatsu NDPI, Leica
    SCN, Philips and Ventana TIFF, the index of 3DHISTECH MRXS, DICOM whole slide images of the type LABEL. DICOM images of which
    (0028,0301) says that text is burned in. The pixels themselves are not read.

    Why it matters
    --------------
    The label of a slide shows the name or the number of the patient in print or by hand, and viewers hide it. Text in
    ultrasound and secondary captures is the patient's name and birth date more often than not.

    What to do instead
    ------------------
    Remove the images of the label and of the whole slide (`tiffset`, `wsi-anon`), mask burned-in text, and check by eye.

    References
    ----------
    - 45 CFR 164.514(b)(2)(i)(A), (Q); DICOM PS3.3, C.7.6.1, C.8.12.4; OpenSlide's descriptions of formats
    """

    code = "PHI603"
    name = "slide-label"
    severity = "warning"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(A)", "45 CFR 164.514(b)(2)(i)(Q)")
    mend = MEDIA
    rules = (_MIRAX,)

    def look(self, view: Picture | Dicom | Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report images of labels, and burned-in text."""
        if isinstance(view, Text):
            for start, end in view.matches(_MIRAX):
                yield self.finding(view.locate(start, end), "index of a slide whose image of the label is there")
                return
        elif isinstance(view, Picture):
            if view.kind == SLIDE:
                yield self.finding(view.locate(), "slide with the image of its label")
        elif view.says(dicom.CLASS).rstrip("\0") == _WHOLE_SLIDE and "LABEL" in view.says(dicom.IMAGE_TYPE):
            yield self.finding(view.locate(), "DICOM image of a slide's label")
        elif view.says(dicom.BURNED) == "YES":
            yield self.finding(view.locate(), "DICOM image whose header says that text is burned into it")
