"""PHI107: headers of clinical images that name a person."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import IDENTIFIED
from pytest_genomic_guard.checks.phi.told import counted, told
from pytest_genomic_guard.model import Check, Identifiers
from pytest_genomic_guard.views.health import dicomhints, dicomtext, providers, whose
from pytest_genomic_guard.views.health.dicom import Dicom, found
from pytest_genomic_guard.views.health.pictures import Picture
from pytest_genomic_guard.views.health.volumes import Volume
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class PHI107(Check[Dicom | Volume | Picture | Text]):
    """Headers of clinical images that name a person.

    What it looks for
    -----------------
    DICOM files and directories (DICOMDIR), also without their preamble, in either order of bytes, with implicit or explicit VR, or
    deflated: the patient's name, number, birth date, address, telephone number and other names, with the referring physician, the
    institution and the accession number beside them. A name needs one thing more that a record has and an example has not: a day
    of birth, a number of five digits or more that is no placeholder, an address, a telephone number, or two of the lesser ones.
    A birth date and a number without a name count too.

    The same headers written out as text, in files, logs, notebooks and archives: as pydicom, dcmdump, gdcmdump, dcm4che, ITK,
    exiftool, MATLAB and others print them, in the JSON and XML of the standard (PS3.18 F, PS3.19 A), in sidecars of converters
    (dcm2niix, dcmstack, BIDS), in headers of MetaImage, NRRD and MINC; and DICOM in base64. Up to six people in source code or
    documentation are PHI302's, a warning.

    Descriptions in NIfTI, Analyze and NRRD headers with the name of a person beside the word patient or a birth date, and
    photographs below folders of clinical material (patients, wounds, clinic) whose metadata name a person or hold coordinates.
    Titles, comments and descriptions of pictures, sounds and films (EXIF, ID3, RIFF, MP4, Vorbis) that have the word patient
    before a name.

    Ids of subjects of research collections, hashes, empty and overwritten names are no finding. Placeholders, and headers marked
    as de-identified by (0012,0062) or (0012,0063), are PHI401's, a note, unless values of two kinds speak against it. Animals,
    and patients of hospitals that are called a demonstration, are none.

    Why it matters
    --------------
    Every image of a scanner holds the identity of the patient in front of its pixels, and programs that convert images keep parts
    of it. One folder of a study is thousands of copies.

    What to do instead
    ------------------
    De-identify images before they leave the archive, by the basic profile of DICOM PS3.15, annex E, and keep them out of the
    repository all the same. Use images made by a program, or those that public collections released, for tests.

    References
    ----------
    - DICOM PS3.3, C.7.1.1 (patient module); PS3.15, annex E; PS3.10, 7 (files), 8 (DICOMDIR)
    - 45 CFR 164.514(b)(2)(i)
    """

    code = "PHI107"
    name = "image-header-of-people"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)",)
    mend = IDENTIFIED

    rules = dicomhints.RULES

    def look(self, view: Dicom | Volume | Picture | Text, options: Options) -> Iterator[Finding | Identifiers]:  # noqa: ARG002 - none
        """Report headers that name people."""
        if isinstance(view, Dicom | Text):
            for said in providers.settled(found(view) if isinstance(view, Dicom) else dicomtext.found(view)):
                if said.names and said.verdict != "synthetic":
                    yield Identifiers(values=said.names)
                if said.verdict == "identified" and not said.few:
                    lead = f"{said.what} of {counted(said.people, 'person', 'people', 'people')}"
                    yield told(self, said.at, lead, said.evidence, people=said.people)
        elif isinstance(view, Volume):
            if names := whose.described(view):
                yield Identifiers(values=names)
                yield self.finding(view.locate(), "header of an image volume: name of a person in its description")
        elif captioned := whose.captioned(view):
            yield Identifiers(values=captioned)
            yield self.finding(view.locate(), f"{view.kind} with the name of a patient in its metadata")
        elif clinical := whose.clinical(view):
            yield self.finding(view.locate(), f"{view.kind} below a folder of clinical material: {clinical} in its metadata")
