"""People in the messages and exports of devices, pharmacies, trials and telephones, whose fields have codes and no names.

LIS2-A2 (ASTM E1394) of analysers, NCPDP D.0 of pharmacies, PID fields in the metadata of documents (IHE XDS), items of CDISC ODM,
archetypes of openEHR in XML, and what Apple Health exports. Each reader gives records under names that columns of tables have.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.health.listing import statements
from pytest_genomic_guard.views.health.listing.listings import MOST, Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pytest_genomic_guard.views.health.listing.listings import Pairs

# LIS2-A2, 7: fields of a patient record from 1. HL7 v2, 3.4.2: fields of PID.
_ASTM = {3: "patient_id", 4: "patient_id", 6: "patient_name", 8: "birth_date", 9: "sex", 11: "address", 13: "phone"}
_PID = {
    "3": "mrn", "5": "patient_name", "7": "birth_date", "8": "sex", "11": "address", "13": "phone", "18": "account", "19": "ssn",
}  # fmt: skip
# NCPDP Telecommunication D.0, data dictionary
_NCPDP = {
    "C2": "member_id", "CX": "", "CY": "patient_id", "C4": "birth_date", "C5": "sex", "CA": "first_name", "CB": "last_name",
    "CC": "cardholder_first", "CD": "cardholder_last", "CM": "address", "CN": "city", "CO": "state", "CP": "zip", "CQ": "phone",
    "HN": "email", "D2": "rx_number", "D7": "ndc", "D1": "service_date", "DO": "diagnosis_code", "DR": "prescriber",
}  # fmt: skip
_LINE = re.compile(r"(?:\x02?[0-7]?)([HPOR])\|(.*)")
_ENDS = re.compile(r"\r\n|[\r\n]")
_FIELD = re.compile(r"(?:[\x1c-\x1e]|<FS>|\\x1c|\\u001c|\^\\)([A-Z][A-Z0-9])([^\x00-\x1f\\^<]{1,200})", re.IGNORECASE)
_SLOT = re.compile(r"PID-(\d{1,2})\|([^<\n\"']{1,300})")
_TITLE = re.compile(r"LocalizedString [^<>]{0,200}value=[\"']([^\"'<>]{3,200})")
_SUBJECT = re.compile(r"<(?:[\w-]{1,20}:)?SubjectData\b([^<>]{0,600})>")
_KEY = re.compile(r"\b(?:SubjectKey|SubjectName)=[\"']([^\"'<>]{1,80})")
_ITEM = re.compile(r"<(?:[\w-]{1,20}:)?ItemData(?:[A-Z]\w{1,20})?\b([^<>]{0,600}?)(?:/>|>([^<]{0,400}))")
_OID = re.compile(r"\bItemOID=[\"']([^\"'<>]{1,120})")
_VALUE = re.compile(r"\bValue=[\"']([^\"'<>]{1,400})")
_OWNER = re.compile(
    r"(?:sourceName|device)=\"(?:(?:Apple ?Watch|iPhone|iPad) (?:de|von|di|van|do|da|d')[ ]?([^\"<>]{3,60})"
    r"|([^\"<>]{3,60}?)(?:['\u2018\u2019]|&#39;|&apos;)s? (?:Apple|iPhone|iPad|Watch))",
    re.IGNORECASE,
)
_ME = re.compile(r"HKCharacteristicTypeIdentifier(DateOfBirth|BiologicalSex)=\"([^\"]{1,60})\"")
_MEASURE = re.compile(r"type=\"HK(?:Quantity|Category)TypeIdentifier(\w{3,60})\"[^<>]{0,800}?value=\"([^\"]{1,60})\"")
_NAMED = re.compile(
    r"<name\b[^<>]{0,80}>\s{0,80}<value>([^<]{1,80})</value>\s{0,80}</name>|<(?:value|magnitude)\b[^<>]{0,80}>([^<]{1,400})<"
)
_LEAF = re.compile(
    r"<((?:person_?)?name|birth\w{0,12}|date_of_birth|dob|identifier|national_id|nhs_number|mrn|gender|sex)>([^<]{1,200})</"
)
_WHO = re.compile(r"<(?:subject|patient|party|person|identities|demographics?)\b[^<>]{0,200}>")
_ROW = re.compile(r"<(subject|patient|participant|case|proband|person)\b((?=[^<>]{0,400}?\sid=[\"'])[^<>]{1,600})>", re.IGNORECASE)
_INNER = re.compile(r"<([A-Za-z]\w{0,40})\s([^<>]{1,400})>")
_PAIR = re.compile(r"\b([A-Za-z_]\w{0,40})=[\"']([^\"'<>]{1,300})[\"']")
_NAME_OF_ITEM = re.compile(r"(?:SUBJ|PAT|PT|PATIENT|SUBJECT|PARTICIPANT|FULL|SBJ)_?NAM[E]?")
_BIRTH_OF_ITEM = re.compile(r"BR?(?:I?R)?TH(?:DT|DAT|DTC|DATE|_DATE)|DOB|BIRTHDAT\w{0,3}")


def _astm(text: str) -> Iterator[Entry]:
    """Yield the patients of LIS2-A2, each with the results up to the next."""
    pairs: Pairs = []
    first, parts = 0, "^"
    for number, line in enumerate(_ENDS.split(text)):
        match = _LINE.match(line)
        if match is None:
            continue
        fields = match[2].split("|")
        if match[1] == "H":
            parts = "^"
        elif match[1] == "P":
            yield from _entry(first, pairs)
            pairs, first = [], number
            for at, name in _ASTM.items():
                value = " ".join(filter(None, fields[at - 2].split(parts))) if len(fields) > at - 2 else ""
                if value and all(key != name for key, _value in pairs):
                    pairs.append((name, _turned(name, value, fields[at - 2], parts)))
        elif match[1] == "R" and pairs and len(fields) > 3 and all(key != "lab_result" for key, _value in pairs):
            pairs += [("test_name", fields[1].strip("^/ ")), ("lab_result", fields[2].strip("^ "))]
    yield from _entry(first, pairs)


def _turned(name: str, value: str, raw: str, parts: str) -> str:
    """Return a value as tables have it: a family name stands before a comma."""
    if name != "patient_name":
        return value
    words = [word for word in raw.split(parts) if word.strip()][:2]
    return ", ".join(words) if words else value


def _ncpdp(text: str) -> Iterator[Entry]:
    """Yield the patients of pharmacies' claims: another begins where a field of the patient stands again."""
    pairs: Pairs = []
    first = line = at = 0
    for match in _FIELD.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        name = _NCPDP.get(match[1].upper(), "")
        if name and any(key == name for key, _value in pairs):
            if name not in {"birth_date", "first_name", "last_name", "member_id"}:
                continue
            yield from _entry(first, pairs)
            pairs = []
        if name:
            first = first if pairs else line
            pairs.append((name, match[2].strip()))
    yield from _entry(first, pairs)


def _slots(text: str) -> Iterator[Entry]:
    """Yield the patients whom slots with fields of PID tell of, with the title of the document that is theirs."""
    pairs: Pairs = []
    first = line = at = 0
    for match in _SLOT.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        name = _PID.get(match[1], "")
        if name and any(key == name for key, _value in pairs):
            yield from _titled(first, pairs, text, at)
            pairs = []
        if name:
            first = first if pairs else line
            raw = match[2].split("~")[0]
            value = raw.partition("^")[0] if name in {"mrn", "phone", "birth_date", "account"} else " ".join(raw.split("^")).strip()
            pairs.append((name, _turned(name, value, raw, "^")))
    yield from _titled(first, pairs, text, at)


def _titled(first: int, pairs: Pairs, text: str, at: int) -> Iterator[Entry]:
    title = _TITLE.search(text, at, at + 20_000) if pairs else None
    yield from _entry(first, [*pairs, ("clinical_note", title[1])] if title else pairs)


def _odm(text: str) -> Iterator[Entry]:
    """Yield the subjects of ODM, with their items under the last part of their OIDs."""
    starts = list(_SUBJECT.finditer(text))
    line = at = 0
    for number, match in enumerate(starts):
        line += text.count("\n", at, match.start())
        at = match.start()
        end = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        key = _KEY.search(match[1])
        found = {"subject_id": key[1]} if key else {}
        for item in _ITEM.finditer(text, match.end(), min(end, at + 200_000)):
            oid, value = _OID.search(item[1]), _VALUE.search(item[1])
            told = (value[1] if value else item[2] or "").strip()
            if oid and told and len(found) < MOST:
                found.setdefault(_item(oid[1]), told)
        yield from _entry(line, list(found.items()))


def _item(oid: str) -> str:
    """Return what an item is called in tables: `DM.SUBJNAM` and `IT.DM.BRTHDTC` have names and birth dates."""
    last = re.split(r"[.:]", oid.rstrip(".:"))[-1]
    if _NAME_OF_ITEM.fullmatch(last.upper()):
        return "patient_name"
    return "birth_date" if _BIRTH_OF_ITEM.fullmatch(last.upper()) else last


def _apple(text: str) -> Iterator[Entry]:
    """Yield whose telephone exported its health: what is theirs, the name that a device has, and a measure of each kind."""
    me = dict(_ME.findall(text))
    owner = _OWNER.search(text)
    pairs: Pairs = [("patient_name", (owner[1] or owner[2]).strip())] if owner else []
    pairs += [("birth_date", me["DateOfBirth"])] if "DateOfBirth" in me else []
    pairs += [("sex", me["BiologicalSex"].rpartition("Sex")[2])] if "BiologicalSex" in me else []
    found: dict[str, str] = {}
    for match in _MEASURE.finditer(text, 0, 200_000):
        found.setdefault(match[1], match[2])
    yield from _entry(text.count("\n", 0, text.find("HKCharacteristic")), [*pairs, *list(found.items())[:40]])


def _archetypes(text: str) -> Iterator[Entry]:
    """Yield whom a composition of openEHR is about: leaves below its subject, and elements with name and value."""
    found: dict[str, str] = {}
    who = _WHO.search(text)
    for match in _LEAF.finditer(text, who.end(), who.end() + 4000) if who else ():
        found.setdefault("patient_name" if "name" in match[1] else match[1], match[2].strip())
    label = ""
    for match in _NAMED.finditer(text):
        if match[1]:
            label = match[1]
        elif label:
            found.setdefault(label, match[2].strip())
            label = ""
    line = text.count("\n", 0, who.start()) if who else 0
    yield from _entry(line, list(found.items())[:MOST])


def _entry(line: int, pairs: Sequence[tuple[str, str]]) -> Iterator[Entry]:
    if len(pairs) >= 3:  # fields of a record
        yield Entry(line=line, pairs=tuple(pairs))


def _cohort(text: str) -> Iterator[Entry]:
    """Yield the participants of XML whose values stand in attributes, with what the elements in each say."""
    starts = list(_ROW.finditer(text))
    line = at = 0
    for number, match in enumerate(starts if len(starts) >= 3 else ()):  # people of a cohort
        line += text.count("\n", at, match.start())
        at = match.start()
        end = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        found = {f"{match[1]}_id" if key.lower() == "id" else key: value for key, value in _PAIR.findall(match[2])}
        for inner in _INNER.finditer(text, match.end(), min(end, at + 20_000)):
            told = dict(_PAIR.findall(inner[2]))
            name, value = told.pop("name", told.pop("test", "")), told.pop("value", told.pop("result", ""))
            if name and value:
                found.setdefault(f"{inner[1]} {name}", value)
            for key, each in told.items():
                found.setdefault(f"{inner[1]}_{key}", each)
        yield from _entry(line, list(found.items())[:MOST])


READERS: Mapping[str, Callable[[str], Iterator[Entry]]] = {
    "coded-analyser": _astm,
    "coded-pharmacy": _ncpdp,
    "coded-slot": _slots,
    "coded-trial": _odm,
    "coded-telephone": _apple,
    "coded-archetype": _archetypes,
    "coded-cohort": _cohort,
    "coded-structure": statements.structures,
    "coded-cells": statements.cells,
    "coded-correction": statements.corrections,
}
