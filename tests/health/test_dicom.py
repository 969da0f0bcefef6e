"""DICOM files as pydicom writes them, and as nobody should: whose they are, and that no bytes break the reader."""

from __future__ import annotations

import gc
import io
import random
import struct
from typing import TYPE_CHECKING

import pydicom
import pytest
from faker import Faker
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.fileset import FileSet
from pydicom.uid import (
    CTImageStorage,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    generate_uid,
)

from pytest_genomic_guard.testing import samples, scan
from pytest_genomic_guard.views.health import elements

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_genomic_guard.report import Report

_random = random.SystemRandom()
_SYNTAXES = (ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian)
_PLACES = st.integers(0, 1 << 20)
_IMAGE = samples.dicom()
_SEQUENCE = b"\x08\0\x40\x11SQ\0\0\xff\xff\xff\xff\xfe\xff\0\xe0\xff\xff\xff\xff"


def person(locale: str = "en_US") -> Dataset:
    """Return an image of an invented person, with what a scanner writes."""
    fake, made = Faker(locale), Dataset()
    made.SpecificCharacterSet = "ISO_IR 192"
    made.SOPClassUID, made.SOPInstanceUID = CTImageStorage, generate_uid()
    made.StudyInstanceUID, made.SeriesInstanceUID = generate_uid(), generate_uid()
    made.StudyID, made.SeriesNumber, made.InstanceNumber = "1", 1, 1
    made.StudyDate, made.StudyTime, made.Modality = "20230314", "101500", "CT"
    made.AccessionNumber = str(_random.randrange(10**6, 10**8))
    made.PatientName = f"{fake.last_name()}^{fake.first_name()}"
    made.PatientID = str(_random.randrange(40_000, 99_999_999))
    made.PatientBirthDate = f"{_random.randrange(1930, 2000)}{_random.randrange(2, 12):02}{_random.randrange(2, 28):02}"
    nested = Dataset()
    nested.ScheduledProcedureStepDescription = "chest"
    made.RequestAttributesSequence = [nested, nested]
    made.Rows = made.Columns = 8
    made.BitsAllocated, made.BitsStored, made.HighBit, made.SamplesPerPixel, made.PixelRepresentation = 16, 16, 15, 1, 0
    made.PhotometricInterpretation, made.PixelData = "MONOCHROME2", bytes(128)
    return made


def written(made: Dataset, syntax: str = ExplicitVRLittleEndian) -> bytes:
    """Return a file with its preamble."""
    made.file_meta = FileMetaDataset()
    made.file_meta.MediaStorageSOPClassUID = made.SOPClassUID
    made.file_meta.MediaStorageSOPInstanceUID = made.SOPInstanceUID
    made.file_meta.TransferSyntaxUID = pydicom.uid.UID(syntax)
    out = io.BytesIO()
    pydicom.dcmwrite(out, made, enforce_file_format=True)
    return out.getvalue()


def bare(made: Dataset, *, implicit: bool) -> bytes:
    """Return the data set alone."""
    out, copy = io.BytesIO(), Dataset()
    copy.update(made)
    pydicom.dcmwrite(out, copy, implicit_vr=implicit, little_endian=True)
    return out.getvalue()


def told(report: Report) -> set[tuple[str, str]]:
    """Return code and outcome of what is said of the header."""
    return {(each.code, each.outcome) for each in report.findings if each.code in {"PHI107", "PHI401"}}


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "fr_FR", "es_ES", "pl_PL", "ja_JP", "zh_CN", "ko_KR", "ru_RU", "pt_BR"])
@pytest.mark.parametrize("syntax", _SYNTAXES)
def test_people_are_found(syntax: str, locale: str) -> None:
    """A name with a birth date and a number fails, in every transfer syntax whose header is not encapsulated."""
    report = scan({b"IM000001": written(person(locale), syntax)})
    assert told(report) == {("PHI107", "fail")}
    assert report.gaps == ()


@pytest.mark.parametrize("implicit", [True, False])
def test_without_preamble(implicit: bool) -> None:  # noqa: FBT001 - a parameter of the case
    """A data set alone is known by its first elements, and read."""
    assert told(scan({b"image": bare(person(), implicit=implicit)})) == {("PHI107", "fail")}


@pytest.mark.filterwarnings("ignore:Implicitly cleaning up:ResourceWarning")  # the library keeps a folder
def test_directory(tmp_path: Path) -> None:
    """A DICOMDIR names the people of its files."""
    files = FileSet()
    for _each in range(2):
        files.add(pydicom.dcmread(io.BytesIO(written(person()))))
    files.write(tmp_path)
    del files
    gc.collect()
    report = scan({b"DICOMDIR": (tmp_path / "DICOMDIR").read_bytes()})
    (found,) = [each for each in report.findings if each.code == "PHI107"]
    assert found.message.startswith("DICOM directory of 2 people")


@pytest.mark.parametrize(
    "name", ["LUNG-0042", "Anonymous", "sub-0042", "ANON^PATIENT", "Phantom^Head", "Test^Patient", "", "f" * 32]
)
def test_nobody(name: str) -> None:
    """Subjects of collections, phantoms and placeholders do not fail, with or without the mark of de-identification."""
    for mark in ("YES", ""):
        made = person()
        made.PatientName, made.PatientID, made.PatientBirthDate = name, name.replace("^", ""), ""
        if mark:
            made.PatientIdentityRemoved = mark
        assert ("PHI107", "fail") not in told(scan({b"1-001.dcm": written(made)}))


def test_marked() -> None:
    """What is marked as de-identified is a note, unless values of two kinds speak against it."""
    made = person()
    made.DeidentificationMethod = "basic profile"
    assert told(scan({b"a": written(made)})) == {("PHI401", "note")}


def test_no_value_is_told() -> None:
    """No field of the header stands in the report, nor in the path that repeats a name."""
    made = person()
    family, given_name = str(made.PatientName).split("^")
    path = f"{family}_{given_name}/1.dcm".encode()
    report = scan({path: written(made)})
    shown = " ".join(f"{each.path} {each.message}" for each in report.findings)
    assert told(report) == {("PHI107", "fail")}
    assert not any(value in shown for value in (family, given_name, str(made.PatientID), str(made.PatientBirthDate)))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes(data: bytes) -> None:
    """No content makes the reader raise, behind the mark or without it."""
    for head in (data, bytes(128) + b"DICM" + data, b"\x08\0\5\0CS" + data):
        list(elements.Walk(head, whole=True).elements())
        elements.unmarked(head)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_mutated(data: st.DataObject) -> None:
    """A damaged file is no gap and no error, wherever it was cut or changed."""
    whole = bytearray(_IMAGE)
    for _each in range(data.draw(st.integers(1, 6))):
        whole[132 + data.draw(_PLACES) % (len(whole) - 132)] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: 140 + data.draw(_PLACES) % (len(whole) - 140)])
    assert not [gap for gap in scan({b"a.dcm": cut}).gaps if gap.reason in {"view-failed", "check-failed"}]


def test_bombs() -> None:
    """Lengths beyond the data, sequences in sequences and endless small elements end the walk within its bounds."""
    for body in (
        b"\x08\0\x05\0OB\0\0\xfe\xff\xff\xff",
        _SEQUENCE * 5000,
        b"\x08\0\x05\0CS\0\0" * 400_000,
        b"\xfe\xff\0\xe0\0\0\0\0" * 500_000,
    ):
        walk = elements.Walk((bytes(128) + b"DICM" + body)[: elements.LOOKED], whole=True)
        assert sum(1 for _each in walk.elements()) <= elements.MOST
        assert not walk.complete or len(body) < 100


def test_deflated_bomb() -> None:
    """A deflated data set that expands without end is inflated to the bound."""
    import zlib  # noqa: PLC0415 - for this test

    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(bytes(64 << 20)) + packer.flush()
    meta = b"\2\0\x10\0UI" + struct.pack("<H", 22) + b"1.2.840.10008.1.2.1.99"
    walk = elements.Walk(bytes(128) + b"DICM" + meta + body, whole=True)
    list(walk.elements())
    assert walk.deflated
    assert len(walk.data) <= elements.LOOKED
