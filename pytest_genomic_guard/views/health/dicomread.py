"""Elements of a DICOM header that was written out as text: tags or keywords with their values, in whatever form a program gives.

A value is what follows its tag up to the end of the line, or of the object or element that holds it. Nothing is parsed that
could be deep: each element is read by itself, with bounded repeats.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health import dicom

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Pair = tuple[int, int, str]  # offset, tag, value

_LONGEST = 700  # bytes of an element in which its value is looked for
MOST = 200_000  # elements of one text
# The patient's module, and of the study and series what speaks for a record
_TAG = regex(
    rb"(?<![0-9A-Fa-f.])(?:0x)?(?:(?P<a>0008)(?P<sa>, ?(?:0x)?|[|_]|:el_0x|)(?P<b>00(?:16|20|50|60|80|90)|10[4-7][08])"
    rb"|(?P<c>0010)(?P<sc>, ?(?:0x)?|[|_]|:el_0x|)(?P<d>00[123]0|10(?:0[015]|[46]0)|215[45]|2201|2297)"
    rb"|(?P<e>0012)(?P<se>, ?(?:0x)?|[|_]|:el_0x|)(?P<f>006[23]))(?![0-9A-Fa-f.])"
)
_KEYS = {
    b"patientname": dicom.NAME,
    b"patientid": dicom.ID,
    b"patientbirthdate": dicom.BIRTH,
    b"patientbirthday": dicom.BIRTH,
    b"otherpatientids": dicom.OTHER_IDS,
    b"patientaddress": dicom.ADDRESS,
    b"patienttelephonenumbers": dicom.PHONE,
    b"studydate": dicom.DATE,
    b"accessionnumber": dicom.ACCESSION,
    b"modality": dicom.MODALITY,
    b"institutionname": dicom.INSTITUTION,
    b"referringphysicianname": dicom.REFERRING,
    b"performingphysicianname": dicom.PHYSICIANS[1],
    b"patientidentityremoved": dicom.REMOVED,
    b"deidentificationmethod": dicom.METHOD,
    b"sopclassuid": dicom.CLASS,
    b"full_name": dicom.NAME,
    b"identification": dicom.ID,
    b"birthdate": dicom.BIRTH,
    b"start_time": dicom.DATE,
}
_KEY = regex(
    rb"(?<![A-Za-z])(?P<key>(?:Patient(?:'s)? ?(?:Name|ID|Birth ?Da(?:te|y)|Address|Telephone ?Numbers|Identity ?Removed)"
    rb"|Other ?Patient ?IDs|Study ?Date|Accession ?Number|Modality|Institution ?Name"
    rb"|(?:Referring|Performing) ?Physician(?:'s)? ?Name|De-?identification ?Method|SOP ?Class ?UID)"
    rb"|(?:patient|study):(?P<minc>full_name|identification|birthdate|start_time))"
    rb"(?P<sep>\\{0,3}[\"']?\s{0,40}(?::=?|=)(?!=)|\">\s{0,8}\{)[ \t]{0,40}"
)
# Keys that no other trade has
_OWN = regex(
    rb"(?<![A-Za-z])(?:(?:Study|Series|SOP) ?Instance ?UID|SOP ?Class ?UID|(?:Study|Series|Acquisition) ?Date|Series ?Description"
    rb"|Study ?Description|Modality|Protocol ?Name|Magnetic ?Field ?Strength|Image ?Type|Slice ?Thickness|Echo ?Time"
    rb"|Body ?Part ?Examined|Conversion ?Software|KVP|Manufacturer(?:'?s)? ?Model ?Name|Patient ?Position|patient:full_name"
    rb"|study:start_time|ParamString|Transfer ?Syntax ?UID)(?![A-Za-z])"
)
_ENOUGH = 2
_END = regex(rb"[\r\n]|\\[rn]")
_XML = regex(rb"\\?[\"'][^<>]{0,240}>")
_CLOSED = regex(rb"</(?:\w{1,16}:)?(?:DicomAttribute|element|attr|el)>")
_FAMILY = regex(rb"<(?:\w{1,16}:)?(FamilyName|GivenName|MiddleName)>([^<>]{0,120})<")
_MARK = regex(rb"<[^<>]{0,120}>")
_JSON = regex(rb"\\{0,3}[\"']?\s{0,8}:\s{0,8}[\[{]")
_ALPHABETIC = regex(rb"\\{0,3}[\"']?(?:Alphabetic|Value|value)\\{0,3}[\"']?\s{0,8}:[\s\[]{0,60}\\{0,3}[\"']([^\"'\r\n]{0,200})")
_NESTED = regex(rb"\\{0,3}[\"']Alphabetic\\{0,3}[\"']\s{0,8}:\s{0,8}\\{0,3}[\"']([^\"\r\n]{0,200})")
_BELOW = regex(rb"Value[ \t]{0,8}:[ \t]{0,8}\[([^\]\r\n]{0,200})\]")
_LINES = (
    regex(rb"VR=<[A-Z]{2}>.{0,40}?<([^<>]{0,200})>\s*\Z"),
    regex(rb"[ \t][A-Z]{2}: (.{0,240})\Z"),
    regex(rb"\A.{0,160}\[([^\[\]]{0,200})\](?:[^\[\]]{0,120})\Z"),
    regex(rb"\)[ \t]{1,4}(?:\?\? \()?[A-Z]{2}\)?[ \t]{1,4}([^#]{0,200}?)[ \t]{1,40}#"),
    regex(rb"\)[ \t]{1,4}[A-Z]{2}[ \t]{1,4}'([^']{0,200})'"),
    regex(rb"\A[\"')]{0,3}[ \t]{0,40}(?:= ?=|:=|=|:)[ \t]{0,40}(.{0,240})\Z"),
    regex(rb"\A[^:=]{2,60}[:=][ \t]{0,40}(.{0,240})\Z"),
)
_CELL = regex(rb"\A[\"')]{0,3}[ \t]{0,8}([,;|\t])")


def pairs(data: bytes, start: int, end: int, *, keyed: bool) -> Iterator[Pair]:
    """Yield the elements of a part of a text; by their keywords only where `keyed`, as programs have them as well."""
    found = [(each.start(), tag, each.end(), b"") for each in _TAG.finditer(data, start, end) if (tag := _number(data, each)) >= 0]
    if keyed:
        found += [
            (each.start(), _KEYS[_plain(each)], each.end(), each["sep"])
            for each in _KEY.finditer(data, start, end)
            if _plain(each) in _KEYS
        ]
    found.sort()
    for number, (at, tag, after, sep) in enumerate(found[:MOST]):
        ahead = found[number + 1][0] if number + 1 < len(found) else end
        rest = data[after : min(ahead, after + _LONGEST, end)]
        if value := _keyed(rest, sep) if sep else _value(rest):
            yield at, tag, value


def own(data: bytes, start: int, end: int) -> bool:
    """Tell whether a text has two keywords that no other trade has."""
    return len({each[0].replace(b" ", b"") for each in _OWN.finditer(data, start, end)}) >= _ENOUGH


def _number(data: bytes, found: re.Match[bytes]) -> int:
    """Return the tag of a match; -1 for eight digits that are neither a key nor an attribute."""
    for group, sign, element in (("a", "sa", "b"), ("c", "sc", "d"), ("e", "se", "f")):
        if found[group]:
            quoted = data[found.start() - 1 : found.start()] in {b'"', b"'", b"x", b",", b";", b"|", b"\t"} and found.start() > 0
            begins = found.start() == 0 or data[found.start() - 1] in b"\r\n"
            if not found[sign] and not quoted and not begins:
                return -1
            return int(found[group], 16) << 16 | int(found[element], 16)
    return -1


def _plain(found: re.Match[bytes]) -> bytes:
    return (found["minc"] or found["key"].replace(b"'s", b"").replace(b" ", b"").replace(b"-", b"")).lower()


def _keyed(rest: bytes, sep: bytes) -> str:
    """Return the value behind a keyword: a text, quoted or up to the end of the line, or the first of an object."""
    if rest[:1] in {b"[", b"{"} and (nested := _NESTED.search(rest[:200])):
        return _text(nested[1])
    if b">" in sep or rest.lstrip()[:1] in {b'"', b"'", b"[", b"\\"}:
        quoted = re.match(rb"[\s\[\\]{0,20}([\"'])([^\"\r\n]{0,200}?)\\{0,3}\1", rest)
        return _text(quoted[2]) if quoted else ""
    return _text(_END.split(rest, maxsplit=1)[0].rstrip(b" ,;"))


def _value(rest: bytes) -> str:
    """Return the value behind a tag."""
    if _XML.match(rest):
        inner = _CLOSED.split(rest, maxsplit=1)[0].partition(b">")[2]
        parts = [each[2].strip() for each in _FAMILY.finditer(inner)]
        return _text(b"^".join(parts) if parts else _MARK.sub(b"", inner).split(b"<")[0])
    if _JSON.match(rest):
        found = _ALPHABETIC.search(rest)
        if b"lphabetic" in rest and (named := _NESTED.search(rest)):
            found = named
        return _text(found[1]) if found else ""
    line = _END.split(rest, maxsplit=1)[0]
    if len(line.strip(b" )\"'\t")) < 2:
        below = _BELOW.search(rest)
        return _text(below[1]) if below else ""
    if cell := _CELL.match(line):
        return _text([b"", *filter(None, (each.strip() for each in line.split(cell[1])))][-1])
    for form in _LINES:
        if found := form.search(line):
            return _text(found[1])
    return ""


def _text(value: bytes) -> str:
    """Return a value without its quotes."""
    plain = value.strip().rstrip(b",;\\").strip(b" \t\"'").rstrip(b"\\")
    if plain[:1] == b"[":
        plain = plain[1:].split(b",")[0].strip(b" \t\"']")
    if b"\\u" in plain:
        plain = re.sub(rb"\\{1,2}u([0-9a-fA-F]{4})", lambda each: chr(int(each[1], 16)).encode("utf-8", "replace"), plain)
    return plain.decode("utf-8", "replace").strip()[:400]
