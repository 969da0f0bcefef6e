"""FHIR genomics in XML: resources with a genomic code or profile about a patient.

Source: HL7 FHIR R4 and R5 (XML representation), Genomics Reporting 2. Tags are found by their form and nothing is resolved: neither
entities nor document types, and nothing outside the text is asked for. A definition (StructureDefinition, CapabilityStatement and
their like) is about nobody.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic.clinical import GENOMIC, LOINC, RESOURCES
from pytest_genomic_guard.views.genomic.documents import ClinicalDocument

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Genomic

_READ = 8 << 20  # bytes of a document
_FIRST = 4096  # bytes in which the name space stands
_TAGS = 1_000_000
_DEEP = 64
_SPACE = b"http://hl7.org/fhir"
_ROOTS = frozenset({b"Bundle", b"Parameters", b"List"})
_TAG = regex(rb"<(/?)(?:[\w.-]{1,40}:)?([A-Za-z]\w{0,60})((?:\s[^<>]{0,4000})?)(?<!/)(/?)>")
_VALUE = regex(rb"\bvalue\s*=\s*(?:\"([^\"]{0,400})\"|'([^']{0,400})')")
_COMMENT = regex(rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)


class _Resource:
    """A resource that is open: its kind, whether it is of genomics, and about whom."""

    def __init__(self, kind: bytes, depth: int) -> None:
        self.kind, self.depth = kind, depth
        self.genomic = kind in {b"MolecularSequence", b"Sequence", b"GenomicStudy"}
        self.subject = b""


def sniff(head: Head) -> Genomic | None:
    """Return what a text is; what a page shows in such a form is its documentation."""
    if head.setting != "file" or _SPACE not in head.peek(_FIRST)[:_FIRST]:
        return None
    data = _COMMENT.sub(b"", head.peek(_READ)[:_READ])
    records, names = 0, dict[bytes, None]()
    for resource in _resources(data):
        if resource.genomic and resource.subject:
            records += 1
            names[resource.subject] = None
    if not records:
        return None
    return ClinicalDocument(
        artifact=head.artifact,
        trail=head.trail,
        format="FHIR genomics",
        level="individual",
        at=head.at(),
        people=len(names) or 1,
        names=tuple(names),
        variants=records,
        setting=head.setting,
        final=False,
    )


def _resources(data: bytes) -> Iterator[_Resource]:
    """Yield the resources of a document that can be about a patient, each when it ends; of a cut one also those that are open."""
    kinds = {kind.encode() for kind in RESOURCES}
    path: list[bytes] = []
    opened: list[_Resource] = []
    for count, tag in enumerate(_TAG.finditer(data)):
        closing, name, inside, empty = tag.groups()
        if count >= _TAGS or len(path) > _DEEP or (not path and name not in kinds | _ROOTS):
            break
        if closing:
            while path and path.pop() != name:
                pass
            while opened and opened[-1].depth > len(path):
                yield opened.pop()
            continue
        empty = empty or inside.endswith(b"/")
        if name in kinds and not empty:
            opened.append(_Resource(name, len(path) + 1))
        if opened and (found := _VALUE.search(inside)):
            _learn(opened[-1], path, name, found[1] or found[2] or b"")
        if not empty:
            path.append(name)
    yield from opened


def _learn(resource: _Resource, path: list[bytes], name: bytes, value: bytes) -> None:
    """Take what an element tells of the resource it stands in."""
    own = path[resource.depth :]
    if name == b"profile" and own[:1] == [b"meta"]:
        resource.genomic |= GENOMIC.search(value.decode("utf-8", "replace")) is not None
    elif name == b"code" and own[-2:] == [b"code", b"coding"] and own[:1] in ([b"code"], [b"component"]):
        resource.genomic |= value.decode("utf-8", "replace") in LOINC
    elif own[:1] in ([b"subject"], [b"patient"]) and name in {b"reference", b"display", b"value"} and not resource.subject:
        resource.subject = value.rpartition(b"/")[2][:200]
