"""DICOM headers written out as text, by pydicom and as other programs print them, and DICOM in base64."""

from __future__ import annotations

import base64
import io
import json
import random
import textwrap
from typing import TYPE_CHECKING

import pydicom
import pytest
from faker import Faker
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, MRImageStorage, generate_uid

from pytest_genomic_guard.testing import samples, scan
from pytest_genomic_guard.views.health import captions, dicomread, glimpse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydicom.dataelem import DataElement

    from pytest_genomic_guard.report import Report

_random = random.SystemRandom()


def person(locale: str = "en_US", name: str = "") -> Dataset:
    """Return the header of an invented person."""
    fake, made = Faker(locale), Dataset()
    made.SpecificCharacterSet = "ISO_IR 192"
    made.ImageType = ["ORIGINAL", "PRIMARY"]
    made.SOPClassUID, made.SOPInstanceUID = MRImageStorage, generate_uid()
    made.StudyDate, made.Modality = "20230314", "MR"
    made.AccessionNumber = str(_random.randrange(10**6, 10**8))
    made.PatientName = name or f"{fake.last_name()}^{fake.first_name()}"
    made.PatientID = str(_random.randrange(40_000, 99_999_999))
    made.PatientBirthDate = f"{_random.randrange(1930, 2000)}{_random.randrange(2, 12):02}{_random.randrange(2, 28):02}"
    made.StudyInstanceUID, made.SeriesInstanceUID = generate_uid(), generate_uid()
    return made


def elements(made: Dataset) -> Iterator[tuple[DataElement, str, str]]:
    """Yield elements with their tag and value as text."""
    for each in made:
        value = "\\".join(map(str, each.value)) if each.VM > 1 else str(each.value)
        yield each, f"{each.tag.group:04x},{each.tag.element:04x}", value


def printed(form: Callable[[DataElement, str, str], str]) -> Callable[[Dataset], str]:
    """Return what prints a header line by line."""
    return lambda made: "\n".join(form(*each) for each in elements(made)) + "\n"


def _keys(made: Dataset) -> dict[str, str]:
    return {each.keyword: value for each, _tag, value in elements(made)}


def _native(made: Dataset) -> str:
    out = []
    for each, tag, value in elements(made):
        family, _sign, given_name = value.partition("^")
        body = (
            f"<PersonName number='1'><Alphabetic><FamilyName>{family}</FamilyName><GivenName>{given_name}</GivenName>"
            "</Alphabetic></PersonName>"
            if each.VR == "PN"
            else f"<Value number='1'>{value}</Value>"
        )
        out.append(
            f'<DicomAttribute tag="{tag.replace(",", "").upper()}" vr="{each.VR}" keyword="{each.keyword}">{body}</DicomAttribute>'
        )
    return f"<NativeDicomModel>{''.join(out)}</NativeDicomModel>"


FORMS: dict[str, Callable[[Dataset], str]] = {
    "pydicom": str,
    "json model": lambda made: str(made.to_json()),
    "json model, indented": lambda made: json.dumps(made.to_json_dict(), indent=4),
    "native xml": _native,
    "dcmdump": printed(lambda each, tag, value: f"({tag}) {each.VR} [{value}]".ljust(58) + f"# {len(value)}, 1 {each.keyword}"),
    "gdcmdump": printed(lambda each, tag, value: f"({tag}) {each.VR} {value} \t\t# {len(value)},1 {each.name}"),
    "dcm4che": printed(lambda each, tag, value: f"{len(value)}: ({tag.upper()}) {each.VR} #{len(value)} [{value}] {each.keyword}"),
    "dciodvfy": printed(
        lambda each, tag, value: f"(0x{tag.replace(',', ',0x')}) {each.VR} {each.name} \t VR=<{each.VR}>   VL=<0x8>  <{value}>"
    ),
    "dcm2xml": printed(
        lambda each, tag, value: f'<element tag="{tag}" vr="{each.VR}" vm="1" name="{each.keyword}">{value}</element>'
    ),
    "imagej": printed(lambda each, tag, value: f"{tag.upper()}  {each.name}: {value} "),
    "matlab": printed(lambda each, tag, value: f"0000742  0  ({tag})  {each.VR}  8 bytes - {each.keyword}  [{value}]"),
    "exiftool": printed(lambda each, _tag, value: f"{each.name.replace(chr(39) + 's', ''):<32}: {value}"),
    "go-dicom": printed(lambda each, tag, value: f"[\n  Tag: ({tag})\n  VR: {each.VR}\n  Value: [{value}]\n]"),
    "itk": printed(lambda _each, tag, value: f"{tag.replace(',', '|')} = {value}"),
    "nrrd": printed(lambda each, tag, value: f"DICOM_{tag.replace(',', '_')}_{each.keyword}:={value}"),
    "minc": printed(lambda _each, tag, value: f'\t\tdicom_0x{tag.replace(",", ":el_0x")} = "{value}" ;'),
    "orthanc": lambda made: json.dumps({tag: {"Name": each.keyword, "Value": value} for each, tag, value in elements(made)}),
    "sidecar": lambda made: json.dumps(_keys(made), indent="\t"),
    "yaml": lambda made: "".join(f"{key}: {value}\n" for key, value in _keys(made).items()),
    "literal": lambda made: repr(_keys(made)),
    "a log's json": lambda made: json.dumps({"level": "info", "message": str(made)}),
}


def told(report: Report) -> set[tuple[str, str]]:
    """Return code and outcome of what is said of people."""
    return {(each.code, each.outcome) for each in report.findings if each.code in {"PHI107", "PHI401", "PHI302"}}


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "pl_PL", "ja_JP"])
@pytest.mark.parametrize("form", FORMS)
def test_people_are_found(form: str, locale: str) -> None:
    """A name with a birth date and a number fails, however it is printed; no value is in the report."""
    made = person(locale)
    report = scan({b"a.txt": FORMS[form](made).encode()})
    assert ("PHI107", "fail") in told(report)
    shown = " ".join(each.message for each in report.findings)
    assert not any(value in shown for value in (str(made.PatientID), str(made.PatientBirthDate), *str(made.PatientName).split("^")))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["Anonymous^Patient", "Test^Patient", "Phantom^QA"])
def test_nobody(form: str, name: str) -> None:
    """Placeholders do not fail, and neither does what is marked as de-identified."""
    made = person(name=name)
    made.PatientIdentityRemoved = "YES"
    assert not [each for each in scan({b"a.txt": FORMS[form](made).encode()}).findings if each.outcome == "fail"]


def test_marked() -> None:
    """What is marked as de-identified is a note."""
    made = person()
    made.PatientIdentityRemoved = "YES"
    for form in ("pydicom", "json model", "dcmdump", "native xml"):
        assert told(scan({b"a.txt": FORMS[form](made).encode()})) == {("PHI401", "note")}, form


def test_several() -> None:
    """Each person of several headers is counted, in a program as well: few are a warning, many are not."""
    (found,) = [
        each
        for each in scan({b"a.ndjson": "\n".join(str(person().to_json()) for _each in range(9)).encode()}).findings
        if each.code == "PHI107"
    ]
    assert found.message.startswith("DICOM header as text of 9 people")
    assert told(scan({b"a.py": f'A = """\n{person()}\n"""\n'.encode()})) == {("PHI302", "warn")}
    many = "\n".join(str(person()) for _each in range(9))
    assert ("PHI107", "fail") in told(scan({b"a.py": f'A = """\n{many}\n"""\n'.encode()}))


def _encoded(made: Dataset, *, preamble: bool) -> bytes:
    out = io.BytesIO()
    if preamble:
        made.file_meta = FileMetaDataset()
        made.file_meta.MediaStorageSOPClassUID, made.file_meta.MediaStorageSOPInstanceUID = made.SOPClassUID, made.SOPInstanceUID
        made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        pydicom.dcmwrite(out, made, enforce_file_format=True)
    else:
        pydicom.dcmwrite(out, made, implicit_vr=False, little_endian=True)
    return out.getvalue()


@pytest.mark.parametrize("preamble", [True, False])
@pytest.mark.parametrize("width", [0, 60, 64, 76])
def test_base64(preamble: bool, width: int) -> None:  # noqa: FBT001 - a parameter of the case
    """A file in base64 is found in a program, in JSON, in a message, on one line or on many."""
    plain = base64.b64encode(_encoded(person(), preamble=preamble)).decode()
    lines = "\n".join(textwrap.wrap(plain, width)) if width else plain
    for path, text in (
        (b"a.py", f'A = """\n{lines}\n"""\n'),
        (b"a.json", json.dumps({"blob": lines})),
        (b"a.eml", f"Subject: a\n\n{lines}\n"),
    ):
        assert ("PHI107", "fail") in told(scan({path: text.encode()})), path


def test_numbers_are_no_header() -> None:
    """Arrays of numbers that begin as groups of DICOM do are no header, and no gap."""
    for start in (2, 8):
        for wide in (1, 2, 4, 8):
            data = b"".join((start + each).to_bytes(wide, "little") for each in range(200))
            report = scan({b"a.json": json.dumps({"bdata": base64.b64encode(data).decode()}).encode()})
            assert not report.findings
            assert not report.gaps


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.data())
def test_mutated(form: str, data: st.DataObject) -> None:
    """No text that was cut or changed makes a reader raise."""
    whole = bytearray(FORMS[form](person()).encode())
    for _each in range(data.draw(st.integers(0, 8))):
        whole[data.draw(st.integers(0, 1 << 20)) % len(whole)] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, 1 << 20)) % len(whole) + 1])
    list(dicomread.pairs(cut, 0, len(cut), keyed=True))
    assert not [gap for gap in scan({b"a.txt": cut}).gaps if gap.reason in {"view-failed", "check-failed"}]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    """No bytes make the readers of texts, titles and beginnings of pictures raise."""
    for head in (
        b"",
        b"ID3\4\0\0\0\0\7\x7f",
        b"RIFF\0\0\0\0WAVELIST\xff\0\0\0INFO",
        b"(0010,0010) PN",
        b'"00100010": {',
        b"\xff\xd8\xff",
    ):
        whole = head + data
        list(dicomread.pairs(whole, 0, len(whole), keyed=True))
        glimpse.told(whole)
        captions.is_mpeg(b"\xff" + data)
        for name in ("MP3", "WAV", "MP4", "Ogg", "Matroska"):
            captions.texts(name, whole)


def test_titles() -> None:
    """A title that names a patient fails in each format of text of ID3, one of a talk with a participant is a warning."""
    name = samples.note_name()
    for coding, codec in ((0, "latin-1"), (1, "utf-16"), (3, "utf-8")):
        for title, expected in ((f"Patient: {name}", ("PHI107", "fail")), ("Interview with participant 12", ("PHI604", "warn"))):
            text = bytes([coding]) + title.encode(codec)
            frame = b"TIT2" + len(text).to_bytes(4, "big") + b"\0\0" + text
            data = b"ID3\3\0\0" + bytes([0, 0, len(frame) >> 7, len(frame) & 127]) + frame + bytes(64)
            assert {(each.code, each.outcome) for each in scan({b"a.mp3": data}).findings} == {expected}
