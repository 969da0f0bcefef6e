"""Pictures and volumes as Pillow, piexif and nibabel write them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import nibabel
import numpy
import piexif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pytest_genomic_guard.model import Artifact
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.testing import samples, scan
from pytest_genomic_guard.views.health import binary
from pytest_genomic_guard.views.streams import Peek

if TYPE_CHECKING:
    from pytest_genomic_guard.report import Report

_PLACE = {
    piexif.GPSIFD.GPSLatitudeRef: b"N",
    piexif.GPSIFD.GPSLatitude: ((41, 1), (12, 1), (731, 100)),
    piexif.GPSIFD.GPSLongitudeRef: b"W",
    piexif.GPSIFD.GPSLongitude: ((88, 1), (3, 1), (1294, 100)),
}


def told(report: Report) -> set[tuple[str, str]]:
    """Return code and outcome of what is said of media."""
    return {
        (each.code, each.outcome) for each in report.findings if each.code in {"PHI107", "PHI601", "PHI602", "PHI603", "PHI604"}
    }


def picture(form: str, gps: object = None, **first: bytes) -> bytes:
    """Return a picture of one colour with EXIF."""
    tags = {getattr(piexif.ImageIFD, name): value for name, value in first.items()}
    block = piexif.dump({"0th": tags, "GPS": gps or {}})
    out = io.BytesIO()
    Image.new("RGB", (16, 16), "grey").save(out, form, exif=block)
    return out.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_coordinates(form: str) -> None:
    """Coordinates are a warning, and an error below a folder of clinical material."""
    data = picture(form, _PLACE, Make=b"Maker")
    assert told(scan({b"holiday.bin": data})) == {("PHI601", "warn")}
    assert ("PHI107", "fail") in told(scan({b"patients/a.bin": data}))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_quiet_pictures(form: str) -> None:
    """A camera, an artist of a drawing, and coordinates of noughts say nothing of a person."""
    nowhere = {**_PLACE, piexif.GPSIFD.GPSLatitude: ((0, 1),) * 3, piexif.GPSIFD.GPSLongitude: ((0, 1),) * 3}
    for data in (picture(form, Make=b"Maker"), picture(form, Artist=b"Design Team"), picture(form, nowhere)):
        assert told(scan({b"docs/figure.bin": data})) == set()


def test_owner() -> None:
    """Who took a photograph is a warning; a company is none."""
    name = samples.note_name().encode()
    assert told(scan({b"a.jpg": picture("JPEG", Make=b"Maker", Artist=name)})) == {("PHI601", "warn")}
    assert told(scan({b"a.jpg": picture("JPEG", Make=b"Maker", Artist=b"Photo Agency Ltd")})) == set()


def volume(kind: str, shape: tuple[int, int, int], text: str = "") -> bytes:
    """Return a volume as nibabel writes it."""
    form = {"nifti1": nibabel.Nifti1Image, "nifti2": nibabel.Nifti2Image, "mgh": nibabel.MGHImage}[kind]
    image = form(numpy.zeros(shape, dtype=numpy.uint8), numpy.eye(4))
    if text:
        image.header["descrip"] = text.encode()
    return bytes(image.to_bytes())


@pytest.mark.parametrize("kind", ["nifti1", "nifti2", "mgh"])
def test_heads(kind: str) -> None:
    """A volume of a head's size and name is a warning; a defaced, a small and a nameless one are none."""
    data = volume(kind, (160, 200, 180))
    assert told(scan({b"sub-03/anat/sub-03_T1w.bin": data})) == {("PHI602", "warn")}
    for path in (
        b"sub-03_desc-defaced_T1w",
        b"volume",
        b"MNI152_T1_1mm",
        b"sub-03_brain_T1w",
        b"sub-03_T1w_mask",
        b"sub-03_T1w_seg",
    ):
        assert told(scan({path: data})) == set()
    assert told(scan({b"sub-03_T1w": volume(kind, (40, 40, 40))})) == set()


@pytest.mark.parametrize("kind", ["nifti1", "nifti2"])
def test_described(kind: str) -> None:
    """The name of a patient in the description fails; what programs write there does not."""
    assert told(scan({b"a.nii": volume(kind, (8, 8, 8), f"Patient: {samples.note_name()}")})) == {("PHI107", "fail")}
    assert told(scan({b"a.nii": volume(kind, (8, 8, 8), samples.note_name("turned").replace(", ", "^"))})) == {("PHI107", "fail")}
    for text in ("FSL6.0", "spm - algebra", "TE=4.2;Time=101500.0", "Siemens MPRAGE 2021", "Patient position HFS", "name"):
        assert told(scan({b"a.nii": volume(kind, (8, 8, 8), text)})) == set(), text


_ARTIFACT = Artifact(path=b"patients/P017_T1w", kind="file", origin="worktree", opener=lambda: BytesStream(b""))
_PLACES = st.integers(0, 1 << 20)
_MADE = (
    samples.photograph(gps="yes", owner="yes"),
    samples.slide(),
    samples.nifti(),
    picture("PNG", _PLACE),
    picture("WEBP", _PLACE),
    picture("TIFF", _PLACE),
    volume("mgh", (4, 4, 4)),
    b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"Exif\0\0II*\0\x08\0\0\0" + bytes(40),
    b"NRRD0004\ntype: short\nsizes: 200 200 200\nspace directions: (1,0,0) (0,1,0) (0,0,1)\n\n" + bytes(range(256)),
)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 8), st.data())
def test_mutated(which: int, data: st.DataObject) -> None:
    """No reader raises for a file that was cut or changed, whatever format it is taken for."""
    whole = bytearray(_MADE[which])
    for _each in range(data.draw(st.integers(0, 8))):
        whole[data.draw(_PLACES) % len(whole)] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(_PLACES) % len(whole) + 1])
    for name in binary.READERS:
        binary.read(name, Peek(BytesStream(cut)), _ARTIFACT, ())
    assert not [gap for gap in scan({b"patients/P017_T1w": cut}).gaps if gap.reason in {"view-failed", "check-failed"}]


def test_loops() -> None:
    """Directories of TIFF that lead back to each other, and too many of them, end."""
    loop = b"II*\0\x08\0\0\0\1\0\x0e\1\2\0\4\0\0\0abc\0\x08\0\0\0"
    many = b"II*\0\x08\0\0\0" + b"".join(b"\0\0" + (8 + 6 * each).to_bytes(4, "little") for each in range(1, 5000))
    for data in (loop, many, b"II*\0\x08\0\0\0\xff\xff" + b"\xff" * 70_000):
        assert told(scan({b"a": data + bytes(9)})) == set()
