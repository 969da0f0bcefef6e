"""Whether the person of a DICOM header is somebody.

Test files and phantoms have names, too, typed by hand, with nothing beside them that a hospital writes; public collections have
the subject's id in the name. So a person needs a name of somebody and one thing more that a record has (a day of birth, a number
that is no placeholder, an address, a telephone number), or two of the lesser ones; or, with no name, a day of birth and a number.
"""

from __future__ import annotations

import re

from pytest_genomic_guard import identifiers
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import general, marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_genomic_guard.model import Location
    from pytest_genomic_guard.views.health.dicom import Dicom
    from pytest_genomic_guard.views.health.providers import Gathered, Seen

    Fields = Mapping[int, str]

WHAT = "DICOM header"
MARK, PSEUDO = "DICOM (0012,0062)", "the name of its collection, DICOM (0013,1010)"
_COLLECTION = regex(r"(?i)\bpseudo|phantom|synthetic|simulat")
_HASH = regex(r"[0-9a-fA-F]{16,128}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9.]{20,64}")
_SUBJECT = regex(
    r"(?i:anon|sub|subj|subject|case|participant|phantom|qa|qc|deid|pseud|volunteer|control|train|valid|test|img|image|scan|patient|pat)"
    r"[a-z]{0,12}[-_ ^]{0,2}[0-9]{0,8}"
)
_MADE = regex(
    r"(?i)phantom|anon|sample|example|test|dummy|fake|synth|calib|daily ?qa|\bqa\b|de-?ident|redact|removed|unknown|none|\bdemo\b"
    r"|(?:doe){2}"
)
_NOWHERE = regex(r"(?i)\b(?:nowhere|anytown|demo|test|sample|example|fake|fictional|simulat\w{0,6}|phantom)\b")  # hospitals
_ANIMALS = regex(r"(?i)veterin|\banimal|tier(?:klinik|arzt|medizin|spital)|kleintier|diergenee|\bequine\b")
_HUMAN = regex(r"(?i)human|homo|mensch")
_TITLES = marks.words("mister mr mrs ms miss missus madam sir ct mri us pet nm xa cr dx rf mg spect scan series study volume")
_WORDS = marks.words("citizen lastname firstname last_name first_name surname forename patientname")
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
    )
)
_LEAST_DIGITS = 5  # of a number that a hospital gave, with no letters before it
_LESSER = 2


def persons(view: Dicom, at: Location) -> Iterator[Seen]:
    """Yield those of whom something is told."""
    what = WHAT if len(view.items) == 1 else "DICOM directory"
    for item in view.items:
        if told := seen(item, at, removed=view.removed, what=what):
            yield told


def removed(item: Fields) -> bool:
    """Tell whether a header says that the identity was removed: (0012,0062) or a method, (0012,0063)."""
    from pytest_genomic_guard.views.health import dicom  # noqa: PLC0415 - it loads this module

    return item.get(dicom.REMOVED, "").strip().upper() == "YES" or bool(item.get(dicom.METHOD, "").strip())


def seen(item: Fields, at: Location, *, removed: bool, what: str, setting: str = "data") -> Seen | None:
    """Return the person of a header; None where it is nobody, or nothing is told."""
    from pytest_genomic_guard.views.health import dicom  # noqa: PLC0415 - it loads this module
    from pytest_genomic_guard.views.health.providers import Seen  # noqa: PLC0415 - as above

    values, name = gathered(item)
    if values is None:
        return None
    pseudo = PSEUDO if _COLLECTION.search(item.get(dicom.PROJECT, "")) else ""
    evidence = values.evidence(MARK if removed else pseudo)
    if not evidence.real and not evidence.invented:
        return None
    who = "|".join([name, *values.real.get("mrn", ())[:1], *values.real.get("birth-date", ())[:1]])
    names = tuple(text.encode() for key in ("name", "relative", "mrn") for text in values.real.get(key, ()))
    return Seen(
        at=at,
        evidence=evidence,
        setting=setting,
        what=what,
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
    if not name and not _MADE.search(item.get(dicom.NAME, "")):  # one that was forgotten in a report, or by a maker
        name = person(item.get(dicom.SUBJECT, "")) or person(item.get(dicom.PRIVATE, ""))
    values = Gathered()
    values.health.add("imaging")
    values.dates = bool(item.get(dicom.DATE))
    if _of_animal(item):
        return None, name
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
    invented = bool(name) and (
        general.is_invented_person(name)
        or _masked(name)
        or _specimen(name, item.get(dicom.BIRTH, ""))
        or _NOWHERE.search(item.get(dicom.INSTITUTION, "")) is not None
    )
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
        or _dated(item.get(dicom.DATE, ""), text)  # made while it was scanned
    ):
        return ""
    return "" if letters > 4 or marks.stopgap(marks.digits(text)) else text


def _dated(day: str, number: str) -> bool:
    """Tell whether a number was made of the day of the scan, as no hospital numbers patients."""
    plain = day.strip().replace("-", "")
    return bool(plain) and number.startswith(plain)


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
        bool(parts & _WORDS)
        or parts <= _TITLES
        or any(each <= parts for each in _SPECIMENS)
        or ("1000" < born[:4] < "1890" and born[:8].isdecimal())
    )


def _of_animal(item: Fields) -> bool:
    """Tell whether the patient is an animal: by its species, or where it was treated."""
    from pytest_genomic_guard.views.health import dicom  # noqa: PLC0415 - it loads this module

    species = item.get(dicom.SPECIES, "").strip()
    return (bool(species) and _HUMAN.search(species) is None) or _ANIMALS.search(item.get(dicom.INSTITUTION, "")) is not None


def _masked(name: str) -> bool:
    """Tell whether a name was overwritten: `Sssss^Jsssss`, `XXXX^XXXX`."""
    parts = [part for part in re.split(r"[\s^,]+", name.lower()) if len(part) > 3]
    return (bool(parts) and all(len(set(part)) < 3 for part in parts)) or bool(_MADE.search(name))
