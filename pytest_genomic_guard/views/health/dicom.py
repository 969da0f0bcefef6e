"""Headers of DICOM files, and of their directories: whose images they are (PS3.3, C.7.1.1; PS3.15, annex E)."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, View
from pytest_genomic_guard.views.health import elements
from pytest_genomic_guard.views.health.charsets import decoded
from pytest_genomic_guard.views.health.elements import LOOKED, Walk
from pytest_genomic_guard.views.health.imaged import persons, removed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.health.providers import Seen
    from pytest_genomic_guard.views.streams import Peek

CHARSET, CLASS, IMAGE_TYPE, DATE, ACCESSION, MODALITY = 0x00080005, 0x00080016, 0x00080008, 0x00080020, 0x00080050, 0x00080060
INSTITUTION, REFERRING, STUDY, SERIES = 0x00080080, 0x00080090, 0x00081030, 0x0008103E
PHYSICIANS = (0x00081048, 0x00081050, 0x00081060, 0x00081070, 0x00321032)
NAME, ID, BIRTH, OTHER_IDS, ADDRESS, PHONE, TELECOM = (0x00100000 | at for at in (0x10, 0x20, 0x30, 0x1000, 0x1040, 0x2154, 0x2155))
NAMES = (0x00101001, 0x00101005, 0x00101060, 0x00102297)  # other, birth, mother's birth, responsible person
SPECIES = 0x00102201
PROJECT = 0x00131010  # of a collection, as RSNA's CTP writes it, whose block of group 0013 is the first
PRIVATE, SUBJECT = elements.PRIVATE, elements.SUBJECT
REMOVED, METHOD = 0x00120062, 0x00120063
REGION, BURNED, RECOGNISABLE = 0x00180015, 0x00280301, 0x00280302
THICKNESS = 0x00180050
_INSTITUTION_ADDRESS = 0x00080081
_OF_STUDY = (CHARSET, CLASS, IMAGE_TYPE, DATE, ACCESSION, MODALITY, INSTITUTION, _INSTITUTION_ADDRESS, REFERRING, STUDY, SERIES)
_OF_PATIENT = (NAME, ID, BIRTH, OTHER_IDS, ADDRESS, PHONE, TELECOM, REMOVED, METHOD, SPECIES, PROJECT, PRIVATE, SUBJECT)
_WANTED = frozenset((*_OF_STUDY, *_OF_PATIENT, *PHYSICIANS, *NAMES, REGION, BURNED, RECOGNISABLE, THICKNESS))
_LONGEST = 1000  # characters of a value that is looked at


class Dicom(View):
    """A DICOM header. The fields stay in memory; `items` are those of a directory, or the one of a file."""

    items: tuple[Mapping[int, str], ...]
    complete: bool  # read up to the pixels, or to the end
    pixels: bool
    final: bool = False
    format: str = "DICOM"

    @property
    def removed(self) -> bool:
        """Tell whether the header says that the identity was removed: (0012,0062) or a method, (0012,0063)."""
        return any(map(removed, self.items))

    def says(self, tag: int) -> str:
        """Return a field of the file itself, in capitals."""
        return self.items[0].get(tag, "").strip().upper() if self.items else ""

    def identifiers(self) -> Iterator[bytes]:
        """Yield nothing: whose names are kept is known when they were judged."""
        return iter(())


def binary(name: str, stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Dicom:  # noqa: ARG001 - one form for all
    """Return the header of a file that begins as DICOM does. What is damaged is cut, and not complete."""
    head = stream.peek(LOOKED)
    walk = Walk(head[:LOOKED], whole=stream.ended and len(head) <= LOOKED)
    raw: dict[int, dict[int, bytes]] = {}
    for item, tag, value in walk.elements():
        if tag in _WANTED:
            raw.setdefault(item, {}).setdefault(tag, value)
    charset = raw.get(0, {}).get(CHARSET, b"")
    items = []
    for fields in raw.values():
        named = decoded(fields.get(CHARSET, charset), "")
        items.append({tag: decoded(value, named)[:_LONGEST] for tag, value in fields.items()})
    return Dicom(artifact=artifact, trail=trail, items=tuple(items), complete=walk.complete, pixels=walk.pixels)


def found(view: Dicom) -> Iterable[Seen]:
    """Return the people of a header."""
    return persons(view, Location(path=view.artifact.path, trail=view.trail))
