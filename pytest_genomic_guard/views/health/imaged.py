"""Whether the person of a DICOM header is somebody.

Test files and phantoms have names, too, typed by hand, with nothing beside them that a hospital writes; public collections have
the subject's id in the name. So a person needs a name of somebody and one thing more that a record has (a day of birth, a number
that is no placeholder, an address, a telephone number), or two of the lesser ones; or, with no name, a day of birth and a number.
"""

from __future__ import annotations

import re

from pytest_genomic_guard import identifiers
from pytest_genomic_guard.identifiers import general, marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_genomic_guard.model import Location
    from pytest_genomic_guard.views.health.dicom import Dicom
    from pytest_genomic_guard.views.health.providers import Gathered, Seen

    Fields = Mapping[int, str]

WHAT = "DICOM header"
MARK = "DICOM (0012,0062)"
_HASH = re.compile(r"[0-9a-fA-F]{16,128}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9.]{20,64}")
_SUBJECT = re.compile(
    r"(?i:anon|sub|subj|subject|case|participant|phantom|qa|qc|deid|pseud|volunteer|control|train|valid|test|img|image|scan|patient|pat)"
    r"[a-z]{0,12}[-_ ^]{0,2}[0-9]{0,8}"
)
_MADE = re.compile(
    r"(?i)phantom|anon|sample|example|test|dummy|fake|synth|calib|daily ?qa|\bqa\b|de-?ident|redact|removed|unknown|none"
)
_WORDS = marks.words("lastname firstname last_name first_name surname forename patientname")
_SPECIMENS = tuple(
    marks.words(each)
    for each in (
        "last first",
        "family given",
        "yamada tarou",
        "yamada taro",
        "yamada hanako",
        "やまだ たろう",
        "山田 太郎",
        "hong gildong",
        "홍 길동",
        "citizen jan",
    )
)
_LEAST_DIGITS = 5  # of a number that a hospital gave, with no letters before it
_LESSER = 2


def persons(view: Dicom, at: Location) -> Iterator[Seen]:
    """Yield those of whom something is told."""
    from pytest_genomic_guard.views.health.providers import Seen  # noqa: PLC0415 - it loads this module

    shared: dict[int, str] = dict(view.items[0]) if len(view.items) == 1 else {}
    for item in view.items:
        values, name = gathered(item)
        if values is None:
            continue
        marked = MARK if view.removed else ""
        evidence = values.evidence(marked)
        if not evidence.real and not evidence.invented:
            continue
        who = "|".join([name, *values.real.get("mrn", ())[:1], *values.real.get("birth-date", ())[:1]])
        names = tuple(text.encode() for key in ("name", "relative", "mrn") for text in values.real.get(key, ()))
        yield Seen(
            at=at,
            evidence=evidence,
            setting="data",
            what=WHAT if shared or len(view.items) == 1 else "DICOM directory",
            who=who.upper().encode("utf-8", "replace"),
            names=(*names, *(part for each in names for part in _written(each))) if evidence.real else (),
        )


def _written(name: bytes) -> tuple[bytes, ...]:
    """Return a name as a path has it: with blanks, underscores, or nothing between its parts."""
    parts = [part for part in name.split(b"^") if len(part) > 1][:3]
    return tuple(sign.join(parts) for sign in (b" ", b"_", b"-", b"")) if len(parts) > 1 else ()


def gathered(item: Fields) -> tuple[Gathered | None, str]:
    """Return what a header tells of its person, and their name; None where it is nobody, or nothing is told."""
    from pytest_genomic_guard.views.health import dicom  # noqa: PLC0415 - it loads this module
    from pytest_genomic_guard.views.health.providers import Gathered  # noqa: PLC0415 - as above

    name = person(item.get(dicom.NAME, ""))
    values = Gathered()
    values.health.add("imaging")
    values.dates = bool(item.get(dicom.DATE))
    number = number_of(item, dicom.ID)
    strong = _strong(item, values, number)
    lesser = sum(
        (
            len(marks.digits(item.get(dicom.ACCESSION, ""))) >= _LEAST_DIGITS,
            bool(person(item.get(dicom.REFERRING, ""))) and not general.is_invented_person(person(item.get(dicom.REFERRING, ""))),
            bool(number) and not strong and len(marks.digits(number)) > 1,
            len(item.get(dicom.INSTITUTION, "")) > 3 and not _MADE.search(item[dicom.INSTITUTION]),
            any(person(item.get(tag, "")) for tag in dicom.PHYSICIANS),
        )
    )
    invented = bool(name) and (general.is_invented_person(name) or _masked(name) or _specimen(name, item.get(dicom.BIRTH, "")))
    if invented or (not name and _MADE.search(item.get(dicom.NAME, ""))):
        values.put("name", "", invented=True)
        return (values if name else None), name
    if name and (strong or lesser >= _LESSER):
        values.put("name", name, invented=False)
        for tag in dicom.NAMES:
            if other := person(item.get(tag, "")):
                values.put("relative", other, invented=general.is_invented_person(other))
    elif (
        name
        or "birth-date" not in values.real
        or not strong
        or item.get(dicom.BIRTH, "").endswith(("0101", "0701", "0615"))
        or not number
    ):
        return None, name
    return values, name


def _strong(item: Fields, values: Gathered, number: str) -> int:
    """Put what a record has and an example has not; return how many there are."""
    from pytest_genomic_guard.views.health import dicom  # noqa: PLC0415 - it loads this module

    if number and len(marks.digits(number)) >= _LEAST_DIGITS and len(marks.digits(number).lstrip("0")) >= _LEAST_DIGITS - 1:
        values.put("mrn", number, invented=identifiers.kind("mrn").invented(number))
        if identifiers.kind("ssn").check(number) == "yes" and "-" in number:
            values.put("ssn", number, invented=identifiers.kind("ssn").invented(number))
    values.add("birth-date", item.get(dicom.BIRTH, "").strip())
    values.add("address", item.get(dicom.ADDRESS, "").replace("^", ", ").replace(", , ", ", "))
    for tag in (dicom.PHONE, dicom.TELECOM):
        if not values.add("phone", item.get(tag, "").partition("\\")[0].strip()):
            values.add("email", item.get(tag, "").strip())
    return len(values.real)


def number_of(item: Fields, tag: int) -> str:
    """Return the id of a patient, unless it is one of a study's subject, a hash, or stands in the name as well."""
    from pytest_genomic_guard.views.health import dicom  # noqa: PLC0415 - it loads this module

    text = item.get(tag, "").strip()
    letters = sum(each.isalpha() for each in text)
    if (
        not text
        or _HASH.fullmatch(text)
        or _SUBJECT.fullmatch(text)
        or _MADE.search(text)
        or text == item.get(dicom.NAME, "").strip()
    ):
        return ""
    return "" if letters > 4 or marks.stopgap(marks.digits(text)) else text


def person(text: str) -> str:
    """Return the first form of a name in which it is one, as `Family^Given`; else nothing."""
    for form in text.split("=")[:3]:
        name = form.strip().rstrip("^ ")
        if not name or _HASH.fullmatch(name) or _SUBJECT.fullmatch(name):
            continue
        joined = re.sub(r"[\^, ]+", "" if not name.isascii() else " ", name)  # scripts whose names have no blank
        if any(identifiers.kind("name").check(each) != "no" for each in (name, name.replace("^", " "), joined)):
            return name
    return ""


def _specimen(name: str, born: str) -> bool:
    """Tell whether a name is a form's own words or Japan's specimen, or is of somebody born before anybody who lives."""
    parts = frozenset(part.lower() for part in re.split(r"[\s^,]+", name) if part)
    return (
        bool(parts & _WORDS) or any(each <= parts for each in _SPECIMENS) or ("1000" < born[:4] < "1890" and born[:8].isdecimal())
    )


def _masked(name: str) -> bool:
    """Tell whether a name was overwritten: `Sssss^Jsssss`, `XXXX^XXXX`."""
    parts = [part for part in re.split(r"[\s^,]+", name.lower()) if len(part) > 3]
    return (bool(parts) and all(len(set(part)) < 3 for part in parts)) or bool(_MADE.search(name))
