"""Identifiers that the United States give out, or that a hospital or health plan there does."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import Kind
from pytest_genomic_guard.identifiers.marks import digits, key, luhn, placeholder, plain, stopgap, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_genomic_guard.identifiers import Answer, Strength

_SSN = regex(r"([0-9]{3})([- .]?)([0-9]{2})\2([0-9]{4})")
# Published: on a card in wallets of 1938, in a pamphlet of the Social Security Board of 1940, and counted through by everybody.
# The numbers of advertisements (SSA: 987-65-4320 to -4329) are taken one by one: others that begin so are not made up.
_SSN_SAMPLES = frozenset({"078051120", "219099999", "123456789", "123121234", *(f"98765432{last}" for last in range(10))})
_MBI = regex(
    r"[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9](-?)[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9]\1[AC-HJKMNP-RT-Y]{2}[0-9]{2}"
)
# CMS's sample cards; its made-up beneficiaries, and Synthea's, have an S in the second place, which no issued one has
_MBI_SAMPLES = frozenset({"1EG4TE5MK72", "1EG4TE5MK73"})
_MBI_MADE = regex(r"[1-9]S[0-9A-Z][0-9](-?)[A-Z][0-9A-Z][0-9]\1[A-Z]{2}[0-9]{2}")
_HICN = regex(r"([0-9]{3}-?[0-9]{2}-?[0-9]{4})[- ]?(?:A|[BDEMTW][0-9A-Z]?|[CFJK][0-9A-Z])")
_RAILROAD = regex(r"(?:A|CA|H|JA|MA|MH|PA|PD|PH|WA|WCA|WCD|WCH|WD|WH)[- ]?([0-9]{9}|[0-9]{6})")
_DEA = regex(r"[A-HJ-MPR-UX][A-Z9]([0-9]{7})(?:-[0-9A-Z]{1,10})?")
_UUID = regex(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_CODE = regex(r"[A-Za-z0-9](?:[A-Za-z0-9]|[-_ ./#](?=[A-Za-z0-9])){2,39}")
_LABEL = regex(r"(?:mrn?|mr#|no|id|emrn|hrn)[:#. ]{1,3}", re.IGNORECASE)
_SYNTHEA = regex(r"S999[0-9]{5}|X[0-9]{7,8}X")


def ssn(text: str) -> Answer:
    """Social Security number (SSA, POMS RM 10201.035): "yes" with separators and in the range that is given out.

    Nine digits alone are "unknown", and so are areas 000, 666 and 900 to 999: the last are those of the tax office (ITIN).
    """
    found = _SSN.fullmatch(whole(text))
    if not found:
        return "no"
    return "yes" if found[2] and not _never(found[1], found[3], found[4]) else "unknown"


def _never(area: str, group: str, serial: str) -> bool:
    return area in {"000", "666"} or area[0] == "9" or group == "00" or serial == "0000"


def ssn_invented(text: str) -> bool:
    """Tell of samples, of 999 (Synthea), and of ranges that neither SSA nor IRS give out (ITIN: 50-65, 70-88, 90-92, 94-99)."""
    found = _SSN.fullmatch(whole(text))
    return found is not None and _ssn_invented(found[1], found[3], found[4])


def _ssn_invented(area: str, group: str, serial: str) -> bool:
    number = area + group + serial
    if number in _SSN_SAMPLES or stopgap(number) or len(set(area)) == len(set(group)) == len(set(serial)) == 1:
        return True
    if area[0] != "9":
        return _never(area, group, serial)
    middle = int(group)
    return area == "999" or not (50 <= middle <= 65 or 70 <= middle <= 99) or middle in {89, 93}


def mbi(text: str) -> Answer:
    """Medicare Beneficiary Identifier (CMS, layout of 2016): "yes" where each of its eleven places has what belongs there."""
    text = plain(text).upper()
    if _MBI.fullmatch(text):
        return "yes"
    return "unknown" if _MBI_MADE.fullmatch(text) else "no"


def mbi_invented(text: str) -> bool:
    """Tell of CMS's samples and of those with an S in the second place."""
    text = plain(text).upper()
    return key(text) in _MBI_SAMPLES or bool(_MBI_MADE.fullmatch(text))


def hicn(text: str) -> Answer:
    """Health insurance claim number, in cards until 2019: a Social Security number and who claims by it, or a railroad's."""
    text = plain(text).upper()
    return "unknown" if _HICN.fullmatch(text) or _RAILROAD.fullmatch(text) else "no"


def hicn_invented(text: str) -> bool:
    """Tell by the Social Security number in it."""
    text = plain(text).upper()
    found = _HICN.fullmatch(text) or _RAILROAD.fullmatch(text)
    if not found:
        return False
    number = digits(found[1])
    return _ssn_invented(number[:3], number[3:5], number[5:]) if len(number) == 9 else stopgap(number)


def npi(text: str) -> Answer:
    """Tell a National Provider Identifier (45 CFR 162.406): ten digits from 1 or 2, right by Luhn behind 80840."""
    text = whole(text)
    if not (len(text) == 10 and text.isascii() and text.isdecimal()):
        return "no"
    if text[0] in "12":
        return "yes" if luhn("80840" + text) else "no"
    return "unknown" if text.startswith("9999") else "no"


def npi_invented(text: str) -> bool:
    """Tell of CMS's example, of noughts and runs, and of 9999, with which Synthea's begin."""
    text = whole(text)
    return npi(text) != "no" and (text.startswith("9999") or stopgap(text[:9]))


def dea(text: str) -> Answer:
    """Registration of the Drug Enforcement Administration (21 CFR 1301; the sum as pharmacies teach it)."""
    found = _DEA.fullmatch(plain(text).upper())
    if not found:
        return "no"
    first, second, third, fourth, fifth, sixth, last = map(int, found[1])
    return "yes" if (first + third + fifth + 2 * (second + fourth + sixth)) % 10 == last else "no"


def dea_invented(text: str) -> bool:
    """Tell of 123456 behind any letters: the example of every textbook."""
    return dea(text) == "yes" and stopgap(digits(plain(text)[:9])[-7:-1])


def _code(text: str, least: int, fewest: int, most: int = 20) -> Answer:
    """Return "unknown" for `least` to `most` letters and digits, of which `fewest` or more are digits; else "no"."""
    text = whole(text)
    length = len(key(text))
    return "unknown" if least <= length <= most and len(digits(text)) >= fewest and _CODE.fullmatch(text) else "no"


def mrn(text: str) -> Answer:
    """Medical record number: there is no scheme, so four to fifteen letters and digits, or a UUID, are "unknown"."""
    text = whole(text)
    if _UUID.fullmatch(text):
        return "unknown"
    found = _LABEL.match(text)
    return _code(text[found.end() :] if found else text, 4, 3, 15)


def medicaid(text: str) -> Answer:
    """Medicaid number: each State has a form of its own, of seven to sixteen letters and digits."""
    return _code(text, 7, 5, 16)


def health_plan(text: str) -> Answer:
    """Tell a number of a member, subscriber, group or policy: each insurer has a form of its own."""
    text = plain(text)
    return "unknown" if _UUID.fullmatch(text) else _code(text, 5, 3)


def licence(text: str) -> Answer:
    """Driving licence, passport, certificate: four to twenty letters and digits."""
    return _code(text, 4, 3)


def account(text: str) -> Answer:
    """Account with a bank or hospital: "yes" for an IBAN, "unknown" for what else an account can be."""
    from pytest_genomic_guard.identifiers.things import iban  # noqa: PLC0415 - of no use to those who ask for other kinds

    return "yes" if iban(text) == "yes" else _code(text, 4, 4, 34)


def _placed(check: Answer, text: str) -> bool:
    return check != "no" and placeholder(text)


def licence_invented(text: str) -> bool:
    """Tell of placeholders and of Synthea's licences and passports."""
    return _placed(licence(text), text) or bool(_SYNTHEA.fullmatch(plain(text)))


def _unformed(name: str, letter: str, strength: Strength, check: Callable[[str], Answer]) -> Kind:
    """Return a kind that has no range which nobody has: a placeholder alone is invented."""
    return Kind(name=name, letter=letter, strength=strength, check=check, invented=lambda text: _placed(check(text), text))


KINDS: Mapping[str, Kind] = {
    "ssn": Kind(name="Social Security number", letter="G", strength="strong", check=ssn, invented=ssn_invented, tested=True),
    "mbi": Kind(
        name="Medicare beneficiary identifier", letter="I", strength="strong", check=mbi, invented=mbi_invented, tested=True
    ),
    "hicn": Kind(name="Medicare claim number", letter="I", strength="strong", check=hicn, invented=hicn_invented, tested=True),
    "npi": Kind(name="provider number", letter="K", strength="weak", check=npi, invented=npi_invented, tested=True),
    "dea": Kind(name="prescriber number", letter="K", strength="weak", check=dea, invented=dea_invented),
    "licence": Kind(name="licence number", letter="K", strength="direct", check=licence, invented=licence_invented),
    "mrn": _unformed("medical record number", "H", "strong", mrn),
    "medicaid": _unformed("Medicaid number", "I", "strong", medicaid),
    "health-plan": _unformed("health plan number", "I", "strong", health_plan),
    "account": _unformed("account number", "J", "direct", account),
}
