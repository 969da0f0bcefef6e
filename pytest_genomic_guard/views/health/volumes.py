"""Volumes of the head: NIfTI-1 and 2, Analyze 7.5, MGH, NRRD. Their headers; voxels are not looked at.

Sources: nifti1.h and nifti2.h (NIMH), the Analyze 7.5 format, FreeSurfer's MGH format, the NRRD0005 definition.
"""

from __future__ import annotations

import re
import struct

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.streams import Peek

_LOOKED = 64 << 10
_NRRD_SIZES = regex(rb"^sizes:[ \t]{0,9}([0-9 ]{1,60})", re.MULTILINE)
_NRRD_STEPS = regex(rb"^spacings:[ \t]{0,9}([0-9.e+ nNaA-]{1,120})", re.MULTILINE)
_NRRD_AXES = regex(rb"^space directions:([^\r\n]{1,300})", re.MULTILINE)
_VECTOR = regex(rb"\(([^()]{1,80})\)")
_NRRD_KEYS = regex(rb"^([A-Za-z_ .-]{2,60}):=([^\r\n]{1,200})", re.MULTILINE)


class Volume(View):
    """A volume: its size in voxels, their size in mm, and its texts, which stay in memory."""

    format: str
    shape: tuple[int, ...]
    steps: tuple[float, ...]
    texts: tuple[str, ...]
    complete: bool = True


def binary(name: str, stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Volume | None:
    """Return the volume that a header describes; None for one that cannot be."""
    head = stream.peek(_LOOKED)[:_LOOKED]
    try:
        read = {"NIfTI": _nifti, "Analyze": _nifti, "MGH": _mgh, "NRRD": _nrrd}[name](head)
    except (struct.error, ValueError, OverflowError):
        return None
    shape, steps, texts = read
    return Volume(artifact=artifact, trail=trail, format=name, shape=shape, steps=steps, texts=tuple(filter(None, texts)))


_Read = tuple[tuple[int, ...], tuple[float, ...], list[str]]


def _nifti(head: bytes) -> _Read:
    little = head[:1] in {b"\x5c", b"\x1c"}
    order = "<" if little else ">"
    if struct.unpack_from(order + "i", head)[0] == 540:
        shape = struct.unpack_from(order + "8q", head, 16)
        steps = struct.unpack_from(order + "8d", head, 104)
        spans: tuple[tuple[int, int], ...] = ((240, 80), (320, 24))
    else:
        shape = struct.unpack_from(order + "8h", head, 40)
        steps = struct.unpack_from(order + "8f", head, 76)
        spans = ((4, 10), (14, 18), (148, 80), (228, 24))
        if head[344:347] not in {b"n+1", b"ni1"}:  # Analyze's history: generated, scan number, patient
            spans = (*spans, (263, 10), (273, 10), (283, 10))
    count = min(max(int(shape[0]), 0), 7)
    return (
        tuple(map(int, shape[1 : 1 + count])),
        tuple(map(float, steps[1 : 1 + count])),
        [_text(head[at : at + size]) for at, size in spans],
    )


def _mgh(head: bytes) -> _Read:
    shape = struct.unpack_from(">4i", head, 4)
    steps = struct.unpack_from(">3f", head, 30) if head[28:30] == b"\0\1" else (1.0, 1.0, 1.0)
    return shape[:3], steps, []


def _nrrd(head: bytes) -> _Read:
    text = head.partition(b"\n\n")[0].replace(b"\r", b"")
    sizes, plain, axes = _NRRD_SIZES.search(text), _NRRD_STEPS.search(text), _NRRD_AXES.search(text)
    shape = tuple(int(each[:9]) for each in sizes[1].split()) if sizes else ()
    steps: tuple[float, ...] = ()
    if axes:
        vectors = [[float(part) for part in found[1].split(b",")] for found in _VECTOR.finditer(axes[1])]
        steps = tuple(sum(part * part for part in each) ** 0.5 for each in vectors)
    elif plain:
        steps = tuple(float(each) for each in plain[1].split() if each.lower() != b"nan")
    content = re.search(rb"^content:[ \t]{0,9}([^\r\n]{1,200})", text, re.MULTILINE)
    keys = [_text(found[2]) for found in _NRRD_KEYS.finditer(text)]
    return shape[-len(steps) :] if steps else shape, steps, [_text(content[1]) if content else "", *keys]


def _text(field: bytes) -> str:
    """Return a field up to its end, where all of it can be read."""
    found = field.split(b"\0")[0].strip()
    told = found.decode("utf-8", "replace")
    return told if told.isprintable() and "\ufffd" not in told else ""
