"""What fields of HL7 v2 segments hold, as kinds of identifiers (HL7 v2.5.1, chapters 3.4 and 6.5)."""

from __future__ import annotations

import re

from pytest_genomic_guard import identifiers
from pytest_genomic_guard.identifiers.general import dates, is_invented_person
from pytest_genomic_guard.views.health.providers import Gathered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# A template, not a value: braces of Jinja, Liquid and f-strings, `<name>`, `%s`, `$name`, `[name]`
TEMPLATE = re.compile(r"[{}<>\[\]]|\$\w|%[sd(]|@@|\.\.\.")
# Words in a name that say that nobody has it: what test systems, message workbenches and manuals write
NOBODY = re.compile(
    r"patient|lastname|firstname|middlename|maidenname|givenname|familyname|surname|forename|dummy|generat|placeholder|synthetic|testing"
    r"|trainonly|incorrect|subscriber|dependent|(?:first|middle|last|new|doe|john|jane)(?:one|two|three)\b|\btest(?:er|y|person|case|data|user|name)?\b|\bappt\b"
    r"|\bsample\b|\bdemo\b|\bexample\b|^(?:last|first|pat)_?(?:na?me?)?$|every(?:man|woman|child)|\bnuclear\b|muster(?:mann|frau)",
    re.IGNORECASE,
)
# Names that somebody put in place of one that may have been real
_MASKED = re.compile(r"[x*#_?-]{4}|anonym|redacted|\bdoe\b|unknown|[0-9]", re.IGNORECASE)
_EXAMPLE_ID = re.compile(r"PATID(?:1234|567)[0-9]{0,4}")  # HL7 v2.x, examples of chapters 2 and 3
# Type of an id (HL7 table 0203) to its kind; others are medical record numbers.
_TYPES: Mapping[str, tuple[str, ...]] = {
    "SS": ("ssn",),
    "MC": ("mbi", "hicn", "health-plan"),
    "MCR": ("mbi", "hicn", "health-plan"),
    "MA": ("medicaid",),
    "MCD": ("medicaid",),
    "MB": ("health-plan",),
    "PN": ("health-plan",),
    "HC": ("health-card", "health-plan"),
    "JHN": ("health-card", "phn", "health-plan"),
    "PHN": ("phn", "health-card", "health-plan"),
    "NH": ("nhs", "health-plan"),
    "NHS": ("nhs", "mrn"),
    "DL": ("licence",),
    "PPN": ("licence",),
    "AN": ("account",),
    "VN": ("account",),
}
# Segment to the health that it tells of; its dates (fields from 1) are of what happened to the person.
_CONTEXTS: Mapping[bytes, tuple[str, tuple[int, ...]]] = {
    b"PID": ("patient", (29,)),
    b"PV1": ("admission", (44, 45)),
    b"PV2": ("admission", (8, 9)),
    b"ACC": ("admission", (1,)),
    b"DG1": ("diagnosis", (5,)),
    b"PRB": ("diagnosis", (2, 7)),
    b"DRG": ("diagnosis", (2,)),
    b"PR1": ("procedure", (5,)),
    b"OBR": ("laboratory result", (6, 7, 22)),
    b"OBX": ("laboratory result", (14,)),
    b"SPM": ("laboratory result", (17,)),
    b"ORC": ("procedure", (9, 15)),
    b"RXA": ("immunisation", (3,)),
    b"RXE": ("medication", ()),
    b"RXO": ("medication", ()),
    b"RXD": ("medication", (3,)),
    b"RXG": ("medication", ()),
    b"RXC": ("medication", ()),
    b"AL1": ("allergy", (6,)),
    b"IAM": ("allergy", (13,)),
    b"SCH": ("appointment", (11,)),
    b"AIS": ("appointment", (4,)),
    b"AIP": ("appointment", (6,)),
    b"AIL": ("appointment", (6,)),
    b"TXA": ("clinical note", (4, 6)),
    b"FT1": ("insurance claim", (4,)),
    b"IN1": ("insurance claim", (12, 13)),
    b"UB2": ("insurance claim", ()),
}
# Segment to its fields: field from 1, form (name, id, address, phone), kind
_FIELDS: Mapping[bytes, tuple[tuple[int, str, str], ...]] = {
    b"PID": (
        *(
            (2, "id", "mrn"),
            (3, "id", "mrn"),
            (4, "id", "mrn"),
            (5, "name", "name"),
            (6, "name", "relative"),
            (7, "date", "birth-date"),
        ),
        *(
            (9, "name", "name"),
            (11, "address", ""),
            (13, "phone", ""),
            (14, "phone", ""),
            (18, "id", "account"),
            (19, "value", "ssn"),
        ),
        *((20, "value", "licence"), (21, "id", "mrn"), (23, "value", "city")),
    ),
    b"MRG": ((1, "id", "mrn"), (2, "id", "mrn"), (3, "id", "account"), (4, "id", "mrn"), (7, "name", "name")),
    b"NK1": (
        *(
            (2, "name", "relative"),
            (4, "address", ""),
            (5, "phone", ""),
            (6, "phone", ""),
            (30, "name", "relative"),
            (31, "phone", ""),
        ),
        *((33, "id", "mrn"), (37, "value", "ssn")),
    ),
    b"GT1": (
        *(
            (2, "id", "account"),
            (3, "name", "relative"),
            (5, "address", ""),
            (6, "phone", ""),
            (7, "phone", ""),
            (12, "value", "ssn"),
        ),
        *((17, "address", ""), (18, "phone", "")),
    ),
    b"IN1": ((16, "name", "relative"), (19, "address", ""), (36, "value", "health-plan"), (49, "id", "health-plan")),
    b"IN2": ((2, "value", "ssn"), (6, "value", "mbi"), (8, "value", "medicaid"), (61, "id", "health-plan"), (63, "phone", "")),
    b"PV1": ((19, "id", "account"),),
}
_OWN = {b"PID", b"MRG"}
_FEW = 4  # digits of a number that a hospital or plan gives
_SHORT = 5  # characters of an id that a path could repeat by chance


def filled(fields: Sequence[str], number: int) -> str:
    """Return a field by its number; of MSH, whose first is the separator itself, ask for one less."""
    return fields[number - 1] if number <= len(fields) else ""


def context(name: bytes, fields: Sequence[str]) -> str:
    """Return the kind of health that a segment tells of; a segment with less than two filled fields tells of none."""
    found = _CONTEXTS.get(name)
    return found[0] if found and sum(1 for each in fields if each and not TEMPLATE.search(each)) > 1 else ""


class Person:
    """What segments tell of one person."""

    def __init__(self, sign: bytes, at: int) -> None:
        """Begin at an offset, -1 for none; `sign` separates components."""
        self.sign, self.at = sign, at
        self.values = Gathered()
        self.marked = ""
        self.specimen = False  # of a standard's examples or a test system, so that no value is anybody's
        self._names: list[str] = []
        self._ids: list[str] = []

    def read(self, name: bytes, fields: Sequence[str]) -> None:
        """Take a segment."""
        for number, form, kind in _FIELDS.get(name, ()):
            for each in filled(fields, number).split("~")[:16]:
                if each and each != '""' and not (TEMPLATE.search(each) and form != "phone"):
                    self._take(form, kind, each.split(self.sign.decode("latin-1")), own=name in _OWN and number in {3, 5})
        for number in _CONTEXTS[name][1] if name in _CONTEXTS else ():
            self.values.dates = self.values.dates or dates(filled(fields, number).partition("^")[0])

    def _take(self, form: str, kind: str, parts: list[str], *, own: bool) -> None:
        parts = [part.strip() for part in parts]
        if form == "name":
            self._name(kind, parts, own=own)
        elif form == "id":
            self._id(kind, parts, own=own)
        elif form == "address":
            self._address(parts)
        elif form == "phone":
            self._phone(parts)
        else:
            self.values.add(kind, parts[0])

    def _name(self, kind: str, parts: list[str], *, own: bool) -> None:
        """Take a name: family, given, further ones (XPN); its place makes it one, so that only letters are asked for."""
        words = [parts[0].partition("&")[0], *parts[1:3]]
        joined = " ".join(filter(None, words))
        if sum(map(str.isalpha, joined)) < 2 or "." in words[0].strip("."):
            return
        kind_of_name = nobody(words)
        self.values.put(kind, joined, invented=bool(kind_of_name))
        if own and kind_of_name and not self._names:
            self.marked = "a placeholder for the name"
            self.specimen = self.specimen or kind_of_name == "specimen"
        elif own and not kind_of_name and not self.marked:  # further ones are aliases
            self._names.append(joined)

    def _id(self, kind: str, parts: list[str], *, own: bool) -> None:
        value = parts[0]
        if own and _EXAMPLE_ID.fullmatch(value):
            self.specimen, self.marked = True, self.marked or "an id of the standard's examples"
        kinds = _TYPES.get(parts[4].upper(), (kind,)) if len(parts) > 4 else (kind,)
        if kind == "mrn" and len(parts) > 3 and parts[3].partition("&")[0].upper() == "NHS":
            kinds = ("nhs", "mrn")
        if kind == "mrn" and kinds == ("mrn",) and identifiers.kind("ssn").check(value) == "yes":
            kinds = ("ssn",)
        if sum(map(str.isdigit, value)) < _FEW and value.isascii() and "-" not in value:
            self.values.put(kind, value, invented=True)
        elif any(self.values.add(each, value) for each in (*kinds, *((kind,) if kinds != (kind,) else ()))) and own:
            self._ids.append(value)

    def _address(self, parts: list[str]) -> None:
        """Take an address: street, further line, city, State, postal code (XAD)."""
        for at, kind in ((0, "address"), (2, "city"), (4, "zip")):
            if at < len(parts):
                self.values.add(kind, parts[at].partition("&")[0] if at == 0 and parts[at].count("&") > 1 else parts[at])

    def _phone(self, parts: list[str]) -> None:
        """Take a telephone number, or an address of e-mail in its place (XTN)."""
        if parts[0] and not TEMPLATE.search(parts[0]):
            self.values.add("email" if "@" in parts[0] else "phone", parts[0])
        if len(parts) > 3 and "@" in parts[3] and not TEMPLATE.search(parts[3]):
            self.values.add("email", parts[3])
        if len(parts) > 6 and not parts[0] and parts[6].replace("-", "").isdigit():
            self.values.add("phone", "-".join(filter(None, (parts[5], parts[6][:-4].strip("-"), parts[6][-4:]))))

    def who(self) -> bytes:
        """Return what tells this person from others."""
        told = self._names or self._ids or sorted(each for those in self.values.real.values() for each in those)
        return "|".join([*told[:1], *self.values.real.get("birth-date", ())[:1]]).upper().encode("utf-8", "replace")

    def names(self) -> tuple[bytes, ...]:
        """Return what a path must not show: the name in both orders, and ids."""
        found = [each for each in self._ids if len(each) >= _SHORT]
        for name in self._names:
            words = name.split()
            found += [f"{words[0]} {words[1]}", f"{words[1]} {words[0]}"] if len(words) > 1 else []
        found += self.values.real.get("ssn", [])
        return tuple(each.encode("utf-8", "replace") for each in found)


def nobody(words: Sequence[str]) -> str:
    """Return "specimen" for a name that nobody has, "masked" for what stands in place of one, "" for any other."""
    joined = " ".join(filter(None, words))
    letters = {each for each in joined.lower() if each.isalpha()}
    if len(letters) < 2 or _MASKED.search(joined):
        return "masked"
    found = NOBODY.search(joined) or is_invented_person(words) or is_invented_person(words[:2])
    return "specimen" if found else ""
