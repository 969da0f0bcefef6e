"""Identifiers of people by machine: what one looks like, what its check digits say, and which values stand for nobody.

An answer has three values. ``"yes"``: the form is right and a check digit, or a closed range, confirms it. ``"no"``: it cannot be
one. ``"unknown"``: the form is right, and nothing in it could tell more. No answer is a verdict: one number in ten passes the
Luhn test, so that checks ask for a label, a column name or company besides (`views.health`).

Each kind stands in a module by where it is from. Nothing is imported until a kind is asked for.
"""

from __future__ import annotations

import importlib

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Literal

    Answer = Literal["yes", "no", "unknown"]
    # strong: one value with its label names one person, such as a Social Security number; direct: names or reaches a person
    # together with something else, such as a telephone number; weak: narrows down, such as a ZIP code
    Strength = Literal["strong", "direct", "weak"]


class Kind(Record):
    """One kind of identifier. `invented` tells values that are reserved, published as samples, or placeholders."""

    name: str  # as a message says it, with no article
    letter: str  # of 45 CFR 164.514(b)(2)(i), "A" to "R"
    strength: Strength
    check: Callable[[str], Answer]
    invented: Callable[[str], bool]
    tested: bool = False  # whether invented values can be told at all, so that values which are not invented speak against a claim


# Which module has a kind, by its key. Each module has `KINDS: Mapping[str, Kind]`.
_WHERE: Mapping[str, str] = {
    "ssn": "us",
    "mrn": "us",
    "mbi": "us",
    "hicn": "us",
    "medicaid": "us",
    "health-plan": "us",
    "npi": "us",
    "dea": "us",
    "licence": "us",
    "account": "us",
    "name": "people",
    "relative": "people",
    "employer": "places",
    "address": "places",
    "city": "places",
    "zip": "places",
    "geocode": "places",
    "phone": "phones",
    "fax": "phones",
    "email": "online",
    "url": "online",
    "ip": "online",
    "birth-date": "moments",
    "age-over-89": "moments",
    "vin": "things",
    "plate": "things",
    "card": "things",
    "iban": "things",
    "device": "things",
    "biometric": "things",
    "photo": "things",
    "code": "things",
    "nhs": "britain",
    "chi": "britain",
    "health-and-care": "britain",
    "nino": "britain",
    "phn": "canada",
    "health-card": "canada",
    "ramq": "canada",
    "sin": "canada",
    "bsn": "west",
    "nir": "west",
    "kvnr": "west",
    "rvnr": "west",
    "steuer-id": "west",
    "rijksregisternummer": "west",
    "matricule": "west",
    "ahv": "west",
    "svnr": "west",
    "pps": "west",
    "ehic": "west",
    "codice-fiscale": "south",
    "dni": "south",
    "nuss": "south",
    "cip": "south",
    "nif": "south",
    "utente": "south",
    "niss": "south",
    "amka": "south",
    "tckn": "south",
    "teudat-zehut": "south",
    "personnummer": "north",
    "hetu": "north",
    "fodselsnummer": "north",
    "cpr": "north",
    "kennitala": "north",
    "isikukood": "north",
    "asmens-kodas": "north",
    "personas-kods": "north",
    "pesel": "east",
    "rodne-cislo": "east",
    "egn": "east",
    "cnp": "east",
    "oib": "east",
    "emso": "east",
    "jmbg": "east",
    "taj": "east",
    "rnokpp": "east",
    "snils": "east",
    "aadhaar": "asia",
    "abha": "asia",
    "resident-id": "asia",
    "hkid": "asia",
    "roc-id": "asia",
    "rrn": "asia",
    "my-number": "asia",
    "nric": "asia",
    "thai-id": "asia",
    "medicare-au": "world",
    "ihi": "world",
    "dva": "world",
    "nhi": "world",
    "south-african-id": "world",
    "cpf": "world",
    "cns": "world",
    "curp": "world",
    "rut": "world",
}

# Kinds that a path must not show, with the form in which one stands there: a regular expression over text, compiled where a path
# could have one (`policy.mask` asks that first: it must let through what is added here). A match is masked where the check of the
# kind says "yes" and the value is not invented. No dates, plain numbers or ids of applications.
IN_PATHS: Mapping[str, str] = {
    "ssn": r"[0-9]{3}([-_ ])[0-9]{2}\1[0-9]{4}",
    "mbi": r"[1-9][A-Z][0-9A-Z][0-9]-?[A-Z][0-9A-Z][0-9]-?[A-Z]{2}[0-9]{2}",
    "phone": r"(?:\+?1[-. ])?(?:\([2-9][0-9]{2}\)[-. ]?|[2-9][0-9]{2}[-. ])[2-9][0-9]{2}[-. ][0-9]{4}",
    "nhs": r"[0-9]{3}([-_ ])[0-9]{3}\1[0-9]{4}",
    "codice-fiscale": r"[A-Z]{6}[0-9L-NP-V]{2}[A-EHLMPRST][0-9L-NP-V]{2}[A-Z][0-9L-NP-V]{3}[A-Z]",
    "hetu": r"[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y]",
    "cpf": r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}",
    "ahv": r"756\.[0-9]{4}\.[0-9]{4}\.[0-9]{2}",
    "rijksregisternummer": r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}-[0-9]{3}\.[0-9]{2}",
    "curp": r"[A-Z]{4}[0-9]{6}[HMX][A-Z]{5}[0-9A-Z][0-9]",
    "nric": r"[STFGM][0-9]{7}[A-Z]",
}

_loaded: dict[str, Mapping[str, Kind]] = {}


def kind(key: str) -> Kind:
    """Return a kind by its key. Raises KeyError for one that there is not."""
    module = _WHERE[key]
    if module not in _loaded:
        _loaded[module] = importlib.import_module(f"pytest_genomic_guard.identifiers.{module}").KINDS
    return _loaded[module][key]


def where(key: str) -> str:
    """Return the module of a kind by its key."""
    return _WHERE[key]


def keys() -> tuple[str, ...]:
    """Return the keys of all kinds."""
    return tuple(_WHERE)
