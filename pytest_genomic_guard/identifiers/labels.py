"""What columns, fields and lines of forms are called that hold identifiers of people, in English and where each is from.

A label is no evidence by itself: a schema has the same names as a table of patients.
"""

from __future__ import annotations

import unicodedata

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers._labels import OWNERS, RELATIVES, TEXT, THINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LONGEST = 80  # characters of a label
_MOST = 12  # words of one
_PARTS = 7  # words of the longest label in the list
_NUMBERS = (
    "no nr num number nbr nmbr numero nummer numer numeris numurs id code value val text txt string str field raw orig original"
    " line primary secondary main full current legal official new old home work cell day night"
)
_NUMBER, _OWNERS, _RELATIVES, _THINGS = (frozenset(each.split()) for each in (_NUMBERS, OWNERS, RELATIVES, THINGS))
# short words that mean nothing else, so that they tell beside others too
_TELLING = frozenset(
    {"ssn", "mrn", "mbi", "npi", "dob", "nhs", "bsn", "kvnr", "nino", "hetu", "cpf", "amka", "tckn", "ppsn", "curp", "ehic", "nric"}
    | {"dni", "jmbg", "emso", "hicn", "emrn", "ohip", "ramq", "iban"}
)
_KEYS = frozenset({"id", "ids", "code", "codes", "key", "uuid", "guid"})
# `city_id` is no city, and `phone_code` no telephone number
_WORDED = frozenset(
    {"name", "given-name", "family-name", "relative", "employer", "address", "city", "phone", "fax", "email", "url", "birth-date"}
    | {"age-over-89", "admission-date", "discharge-date", "death-date", "service-date", "photo"}
)
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\u0131": "i",
        "#": " number ",
        "№": " number ",
        "\u2019": "'",
    }
)


_CAPITAL = regex(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")  # PatientSSN, SSNNumber, as below
_SIGNS = {code: " " for code in range(0x80) if not chr(code).isalpha()} | {ord("#"): " number ", ord("'"): "", ord("`"): ""}


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a label in lower case without accents: `patientSSN` and `Patient's SSN:` are both two."""
    if len(text) > _LONGEST:
        return ()
    if text.isascii():
        kept = _CAPITAL.sub(" ", text).lower().translate(_SIGNS)
        return tuple([word for word in kept.split() if word != "s"][: _MOST + 1])
    parts = []
    for at, each in enumerate(text):  # PatientSSN, SSNNumber: a capital begins a word behind a small letter or before one
        if at and each.isupper() and (text[at - 1].islower() or (text[at - 1].isupper() and text[at + 1 : at + 2].islower())):
            parts.append(" ")
        parts.append(each)
    folded = unicodedata.normalize("NFKD", "".join(parts).casefold().translate(_LETTERS))
    kept = "".join(each if each.isalpha() else "" if unicodedata.combining(each) or each in "'`" else " " for each in folded)
    return tuple(word for word in kept.split() if word != "s")[: _MOST + 1]


def _read() -> tuple[dict[str, tuple[str, ...]], dict[tuple[str, ...], str], dict[str, str], set[tuple[str, ...]]]:
    """Return the labels by kind, the kinds by their words, the same by words written together, and those that stand alone only."""
    labels: dict[str, tuple[str, ...]] = {}
    kinds: dict[tuple[str, ...], str] = {}
    joined: dict[str, str] = {}
    alone: set[tuple[str, ...]] = set()
    for line in TEXT.strip().replace("\n |", "|").splitlines():
        key, _, rest = line.partition(": ")
        found = rest.split("|")
        labels[key] = labels.get(key, ()) + tuple(each.lstrip("=") for each in found)
        for each in found:
            words = _words(each.lstrip("="))
            kinds.setdefault(words, key)
            if each.startswith("=") or (len(words) == 1 and len(words[0]) < 5 and words[0].isascii() and words[0] not in _TELLING):
                alone.add(words)
            if len(words) > 1 and len("".join(words)) > 5:
                joined.setdefault("".join(words), key)
    return labels, kinds, joined, alone


_labels, _KINDS, _JOINED, _ALONE = _read()
# By kind, or by what no kind is: see ROLES. As they are written, with accents.
LABELS: Mapping[str, tuple[str, ...]] = _labels
# Keys of LABELS that are none of `identifiers.keys()`: parts of names, dates of what happened to somebody, and ids of patients
# or participants, which name nobody outside their system. With the kind that checks them, if one does.
ROLES: Mapping[str, str] = {
    "given-name": "name",
    "family-name": "name",
    "admission-date": "",
    "discharge-date": "",
    "death-date": "",
    "service-date": "",
    "patient-id": "code",
}


def labelled(text: str) -> str | None:
    """Return what a column or line is for by its label, a key of `LABELS`, or None.

    The whole label is looked up first, then without words for whose it is (`patient_`, `mother's`) and for number or line, then the
    longest run of words that is a label by itself; of two, the later. Words such as `hash`, `flag` or `type` make it none. Work is
    bounded by the length of a label.
    """
    words = _words(text)
    if not words or len(words) > _MOST:
        return None
    found = _KINDS.get(words) or _JOINED.get("".join(words))
    if found:
        return found
    if any(word in _THINGS for word in words):
        return None
    short = tuple(word for word in words if word not in _OWNERS and word not in _RELATIVES)
    while short and short[-1] in _NUMBER and short not in _KINDS:
        short = short[:-1]
    while short and short[0] in _NUMBER and short not in _KINDS:
        short = short[1:]
    found = _KINDS.get(short) or _JOINED.get("".join(short))
    if found:
        related = found in {"name", "given-name", "family-name"} and not _RELATIVES.isdisjoint(words)
        found = "relative" if related else found
    found = found or next(_runs(words), None)
    return None if found in _WORDED and words[-1] in _KEYS else found


def _runs(words: tuple[str, ...]) -> Iterator[str]:
    """Yield kinds of the labels in a label, the longest first, of two the later."""
    for length in range(min(_PARTS, len(words)), 0, -1):
        for at in range(len(words) - length, -1, -1):
            part = words[at : at + length]
            found = _KINDS.get(part)
            if found and part not in _ALONE:
                yield found
