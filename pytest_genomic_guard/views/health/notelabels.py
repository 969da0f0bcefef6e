"""Labels in a text: where one stands and what it is for, found by a walk over words, each looked up once.

What identifiers are called is in `identifiers.labels`; here is what texts say besides: whose name it is, and dates.
"""

# ruff: noqa: RUF001 - apostrophes and letters as people write them

from __future__ import annotations

import unicodedata
from bisect import bisect_left

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers.labels import LABELS
from pytest_genomic_guard.views.health import noteforeign

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

# patient: name of whom it is about; provider: of who wrote or treats; kin: of a relative; event: a date of care
_OURS: Mapping[str, str] = {
    "patient": "patient|patients|pt|pat|patient name|patients name|patient full name|pt name|pat name"
    "|name of patient|client|client name"
    "|resident|resident name|re|regarding|member|member name|insured|insured name|subscriber|subscriber name|beneficiary"
    "|beneficiary name|claimant|child|child name|my name is|i m|i am|dear|patientin|patientenname"
    "|name des patienten|patient in|paciente"
    "|nombre del paciente|nombre y apellidos|nome do paciente|nome do utente|utente|paziente|nome paziente"
    "|cognome e nome|nome e cognome"
    "|assistito|nom du patient|nom et prenom|nom prenom|patiente|naam patient"
    "|patient naam|patientnamn|versicherter|subject name"
    "|participant name|name of deceased|name of the deceased|decedent|deceased"
    "|decedent s name|addressograph|diary of|headache diary of"
    "|pain diary of|ptname|patname|patient initials|patient initials name"
    "|subj|betreff|患者|患者姓名|患者氏名|患者名|환자명|病人姓名",
    "greeted": "hi|hello|hey|good morning|good afternoon|this is|my name s",
    "provider": "attending|attending physician|physician|doctor|doc|provider|consultant|surgeon|assistant"
    "|assistant surgeon|anesthesiologist"
    "|anaesthetist|radiologist|pathologist|referring physician|referring provider|requesting physician|ordering physician"
    "|ordering provider|dictated by|signed|signed by|electronically signed by"
    "|author|authors|reported by|reviewed by|prescriber"
    "|prescribed by|nurse|rn|gp|general practitioner|pcp|primary care physician"
    "|cc|from|to|sent|investigator|principal investigator"
    "|sponsor|contact|maintainer|arzt|hausarzt|medecin|medecin traitant"
    "|medico|arts|huisarts|lakare|oberarzt|chefarzt|referrer"
    "|specialist|therapist|clinician|coordinator|pharmacist|interviewer"
    "|scribe|performed by|verified by|collected by|cosigned by"
    "|transcribed by|seen by|adjuster|case manager|supervisor|reporter"
    "|reported to|user|user name|username|assignee|owner|hospital"
    "|clinic|pharmacy|facility|institution|department|practice|unterschrift|firmado|corresponding author"
    "|correspondence|requested by"
    "|copy|agent|assistant name|dr|prof",
    "kin": "next of kin|nok|emergency contact|mother|father|spouse|wife|husband|daughter|son|guardian|carer|caregiver|partner"
    "|mother s name|angehorige|personne a prevenir|contacto de emergencia|contactpersoon|anhorig|relative",
    "birth": "dob on file|date of birth on file|birth date on file"
    "|geb am|geb|nato a il|nata a il|d n|dn|f d|fodd|fodt|d o b|ne e le|birth",
    "born": "born|born on|born in|born at",
    "mrn": "patient id|patientid|patient no|patient number|patient num|patient identifier|pt id|pat id|mr"
    "|chart|hospital number|case note"
    "|case note number|n processo|processo clinico|numero de processo"
    "|n de historia|historia clinica n|fall nr|pat nr|patient nr"
    "|patient number is|medical record number is|cartella|nosologico"
    "|numero nosologico|n dossier|ndeg dossier|dossier|journalnr|pid"
    "|patientnummer|journal number|record number|hospital num|hosp num",
    "event": "admitted|admitted on|admission|admission date|date of admission"
    "|admit|admit date|discharge|discharged|discharge date"
    "|date of discharge|date of service|dos|visit|visit date|date of visit|appointment|appointment date"
    "|date of appointment|collected"
    "|specimen collected|collection date|received|exam date|date of exam|date of examination|study date"
    "|date of study|date of procedure"
    "|procedure date|operation date|date of operation|date of surgery|surgery date|seen|seen on|date seen|date"
    "|clinic date|date of clinic"
    "|service date|encounter date|date of encounter|note date|date written"
    "|date filled|date of injury|date of incident|date of loss"
    "|aufnahme|aufnahmedatum|entlassung|entlassungsdatum|aufgenommen am|date d entree|date de sortie"
    "|hospitalise du|fecha de ingreso"
    "|fecha de alta|fecha|fecha de consulta|data di ricovero|data ricovero"
    "|data di dimissione|data|opnamedatum|ontslagdatum|datum"
    "|data de internamento|data de alta|data da consulta|inskrivningsdatum"
    "|utskrivningsdatum|besoksdatum|untersuchungsdatum|date de"
    " consultation|date d examen|reported|result date|report date|timestamp|ts|on",
    "phone": "phone|tel|telephone|mobile|cell|home phone|cell phone|ph|call|contact number|reached at|reach at"
    "|reach me at|call at|callback"
    "|call back|telefon|telefono|telephone|tlf|tfno|tf|gsm|tel nr",
    "mbi": "medicare|medicare id|medicare number|medicare no|mbi",
    "health-plan": "member id|policy|insurance|insurance id|id de membre|subscriber id|member number|claim member|plan id",
    "nir": "n ss|n de securite sociale|no ss|no de securite sociale|numero de securite sociale|nss",
    "account": "acct|account|account number|acct no|visit number|encounter number|csn|fin",
}
# Keys of LABELS that texts are read for; of those not in _FREE a value counts only where check digits confirm it
_TAKEN = {
    "given-name": "given",
    "family-name": "family",
    "name": "name",
    "birth-date": "birth",
    "patient-id": "mrn",
    "relative": "kin",
}
_TAKEN |= {"admission-date": "event", "discharge-date": "event", "service-date": "event", "death-date": "event", "fax": "fax"}
_LEFT = frozenset(
    {"city", "employer", "geocode", "url", "ip", "age-over-89", "biometric", "photo", "zip", "vin", "plate", "device", "npi"}
)
_LEFT_TOO = frozenset({"dea", "iban", "card", "licence"})
_ALONE = frozenset({"first", "last", "given", "middle", "family", "alias", "run", "ins", "cap", "nas", "har", "via", "vers", "ort"})
# Signs of vowels and of tones, which are no letters
MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0980-\u09e5\u0a00-\u0d7f\u0e31-\u0e3a\u0e47-\u0e4e"
_WORD = regex(rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*")
_GAP = regex(r"['’`._\s/()°º-]{0,3}")
_PREFIXES = ("patient", "pt", "pat", "member", "person", "client", "subscriber")
_MOST = 7


class Found(Record):
    """A label: from where to where, and its key."""

    start: int
    end: int
    key: str
    owner: str = ""  # kin or provider, where it says whose it is


class Words:
    """The words of a text in lower case without accents, and where each begins."""

    __slots__ = ("_starts", "_text", "texts")

    def __init__(self, text: str) -> None:
        """Take a text that `folded` gave."""
        self.texts = _WORD.findall(text)
        self._text, self._starts = text, list[int]()

    @property
    def starts(self) -> list[int]:
        """Return where each begins, found when it is asked for: in most texts that are read for notes nobody does."""
        if not self._starts and self.texts:
            self._starts = [found.start() for found in _WORD.finditer(self._text)]
        return self._starts

    def end(self, number: int) -> int:
        """Return where a word ends."""
        return self.starts[number] + len(self.texts[number])

    def between(self, start: int, end: int) -> tuple[str, ...]:
        """Return the words that begin from one place to before another."""
        return tuple(self.texts[bisect_left(self.starts, start) : bisect_left(self.starts, end)])


def _made() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFKD", chr(code))[0]
        if base.isascii():
            table[code] = base.lower()
    table |= {ord("ø"): "o", ord("Ø"): "o", ord("ł"): "l", ord("Ł"): "l", ord("đ"): "d", ord("ı"): "i", ord("ß"): "s"}
    return table


_FOLD = _made()


def folded(text: str) -> str:
    """Return a text of the same length in small letters, those of Latin without accents."""
    text = text.translate(_FOLD) if not text.isascii() else text
    low = text.lower()
    return low if len(low) == len(text) else "".join(each.lower()[:1] for each in text)


def _read() -> tuple[dict[str, list[tuple[tuple[str, ...], str]]], dict[str, str]]:
    """Return the labels by their first word, the longest first, and by their words written together."""
    first: dict[str, dict[tuple[str, ...], str]] = {}
    joined: dict[str, str] = {}

    def put(label: str, key: str) -> None:
        words = tuple(each.group() for each in _WORD.finditer(folded(label).replace("'", " ")))
        if words:
            first.setdefault(words[0], {})[words] = key
            if len(words) > 1 and len("".join(words)) > 4:
                joined.setdefault("".join(words), key)

    for key, some in LABELS.items():
        for label in some if key not in _LEFT and key not in _LEFT_TOO else ():
            if label not in _ALONE:
                put(label, _TAKEN.get(key, key))
    for label in ("fname", "lname", "first name", "last name", "given", "family", "surname"):
        put(label, "family" if label in {"lname", "last name", "family", "surname"} else "given")
    for key, some_text in _OURS.items():
        for label in some_text.split("|"):
            put(label, key)
    for key, some_text in noteforeign.LABELS.items():
        for label in some_text.split("|"):
            put(label, key)
    return {word: sorted(those.items(), key=lambda each: -len(each[0])) for word, those in first.items()}, joined


_FIRST, _JOINED = _read()


def labels(text: str, these: Words) -> list[Found]:
    """Return the labels of a text in order, the longest at each place; work is bounded for each word."""
    found: list[Found] = []
    told = {
        word
        for word in set(these.texts)
        if word in _FIRST or word in _JOINED or (word.startswith(_PREFIXES) and _together(word))  # as `_together` asks
    }
    until = 0
    for at, word in enumerate(these.texts) if told else ():
        if at < until or word not in told:
            continue
        key, length = _at(text, these, at) if word in _FIRST else ("", 0)
        if not key:
            key, length = _together(word), 1
        if key:
            until = at + length
            found.append(Found(start=these.starts[at], end=these.end(until - 1), key=key))
    return found


def _at(text: str, these: Words, at: int) -> tuple[str, int]:
    second = these.texts[at + 1] if at + 1 < len(these.texts) else ""
    for label, key in _FIRST[these.texts[at]]:
        if len(label) == 1:
            return key, 1
        if label[1] != second or tuple(these.texts[at : at + len(label)]) != label:
            continue
        spans = (text[these.end(at + more) : these.starts[at + more + 1]] for more in range(len(label) - 1))
        if all(_GAP.fullmatch(span) for span in spans):
            return key, len(label)
    return "", 0


def _together(word: str) -> str:
    """Return the key of words written together: `dateOfBirth`, `patientDob`."""
    if len(word) < 4:
        return ""
    found = _JOINED.get(word, "")
    if not found and word.startswith(_PREFIXES):
        for prefix in _PREFIXES:
            rest = word.removeprefix(prefix)
            if rest != word and rest:
                single = next((key for label, key in _FIRST.get(rest, ()) if len(label) == 1), "")
                return _JOINED.get(rest, "") or ("patient" if single == "name" else single)
    return found
