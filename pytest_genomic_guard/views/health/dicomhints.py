"""Rules over text that say where a DICOM header may be written out. Cheap to import; used by the provider and its checks.

Sources: PS3.18, F.2 (JSON), PS3.19, A.1 (native XML), and what dcmdump, gdcmdump, dcm2txt, pydicom, ITK, dcm2niix and others print.
"""

from __future__ import annotations

from pytest_genomic_guard.model import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# The tag of the patient's name, number or birth date, as a pair, or as eight digits that are a key or an attribute
DICOM_TAG = Rule(
    name="dicom-tag",
    anchors=(b"0010,0010", b"0010,0030", b"0010, 0010", b"0010, 0030", b"0010|0010", b"0010|0030", b"0010_0010", b"0010:el_0x0010"),
    pattern=rb"0010(?:, ?|[|_]|:el_0x)00[13]0(?![0-9A-Fa-f])",
)
DICOM_HEX = Rule(
    name="dicom-hex",
    anchors=(b"00100010", b"00100030", b"0010,0x0010", b"0010, 0x0010", b"0010,0x0030", b"0010, 0x0030"),
    pattern=rb"(?<=[\"'x,;|\t\n])0010(?:, ?0x)?00[13]0(?![0-9A-Fa-f])",
)
# Its keyword (PS3.6, table 6-1) or name, before a value
DICOM_KEY = Rule(
    name="dicom-key",
    anchors=(b"PatientName", b"Patient's Name", b"Patient Name", b"PatientBirthDa", b"patient:full_name", b"patient:birthdate"),
    pattern=rb"(?:Patient(?:'s )?(?: ?Name|BirthDa(?:te|y))|patient:(?:full_name|birthdate))\\{0,3}[\"']?[>]?\s{0,40}[:={]",
)
RULES = (DICOM_TAG, DICOM_HEX, DICOM_KEY)
_HEADERS = (b"(0010,0010)", b"0010|0010", b'"00100010"')
_NAMES = (b"PatientName", b"Patient's Name", b"Patient Name")
_BESIDE = (b"InstanceUID", b"Instance UID", b"SeriesDescription", b"BodyPartExamined", b"SOPClass")
_PROSE = (b"mpression", b"indings", b"IMPRESSION", b"FINDINGS", b"istory:", b"istory of", b"HISTORY:", b"HISTORY OF")


def header(window: bytes) -> bool:
    """Tell whether a part of a text is a header written out, and no report beside it: whose it is, is told by its fields."""
    named = any(each in window for each in _HEADERS) or (
        any(each in window for each in _NAMES) and any(each in window for each in _BESIDE)
    )
    return named and not any(each in window for each in _PROSE)


def keyed(columns: Sequence[str]) -> bool:
    """Tell whether names of columns, without signs, are keywords of a header."""
    return any(each.endswith("patientname") for each in columns) and any(
        each.endswith(("seriesinstanceuid", "studyinstanceuid", "sopclassuid")) for each in columns
    )
