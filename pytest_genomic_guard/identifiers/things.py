"""Numbers of vehicles, accounts and devices, what is kept of bodies, and any other code: letters J, L, M, P, Q and R."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import Kind
from pytest_genomic_guard.identifiers.marks import digits, gs1, key, luhn, placeholder, plain, remainder, stopgap, whole, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_genomic_guard.identifiers import Answer

_VIN = regex(r"[A-HJ-NPR-Z0-9]{17}")
_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True))
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_SAMPLES = frozenset({"1M8GDM9AXKP042788", "1HGCM82633A004352", "5GZCZ43D13S812715", "11111111111111111"})
_PLATE = regex(r"[A-Z0-9ÄÖÜ](?:[A-Z0-9ÄÖÜ]|[- .·:](?=[A-Z0-9])){1,10}")
# Lengths of IBAN by country: SWIFT, IBAN Registry
_IBAN: Mapping[str, int] = {
    each[:2]: int(each[2:])
    for each in words("""
AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18
FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21
LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24
SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30
""")
}
_IBAN_FORM = regex(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,29}")
# examples of the registry and of banks, by their last characters
_IBAN_SAMPLES = (
    *("98765432", "60161331926819", "532013000", "0013M02606", "0200051332", "0000123456", "623852957", "417164300"),
    *("539007547034", "234573201", "058398257466", "71219812874"),
)
# first digits and lengths of cards: Visa, Mastercard, American Express, Diners Club, Discover, JCB, UnionPay, Maestro
_CARDS = (
    (regex(r"4"), (13, 16, 19)),
    (regex(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,)),
    (regex(r"3[47]"), (15,)),
    (regex(r"30[0-5]|3[689]"), (14, 16, 19)),
    (regex(r"6011|65|64[4-9]|62"), (16, 17, 18, 19)),
    (regex(r"35|2131|1800"), (15, 16, 17, 18, 19)),
    (regex(r"50|5[6-9]|6"), (12, 13, 14, 15, 16, 17, 18, 19)),
)
_CARD_FORM = regex(r"[0-9]{4}(?:[- ]?[0-9]{2,6}){1,4}")
# numbers that the payment processors publish for tests
_CARD_SAMPLES = words("""
4012888888881881 4222222222222 4242424242424242 4000056655665556 4917610000000000 4917300800000000 4484070000000000
5555555555554444 5105105105105100 5200828282828210 2223003122003222 2223000048400011 5431111111111111 5424000000000015
378282246310005 371449635398431 378734493671000 370000000000002 30569309025904 38520000023237 36227206271667 6011111111111117
6011000990139424 6011000000000012 3530111333300000 3566002020360505 3566111111111113 3088000000000017 6200000000000005
6759649826438453
""")
_UDI = regex(r"\(01\)([0-9]{14})((?:\([0-9]{2,4}\)[^()\s]{1,40}){0,6})")
_MAC = regex(r"[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}")
_CODE = regex(r"[\w#](?:[\w]|[-. /:#](?=\w)){2,63}")
_TEMPLATES = (
    "Rk1S",
    "RklS",
    "RkFD",
    "SUlS",
    "464d5200",
    "464952",
)  # FMR, FIR, FAC and IIR records of ISO/IEC 19794 in base64 and hex
_TEMPLATE = regex(r"[A-Za-z0-9+/=_-]{64,200}|(?:[0-9a-fA-F]{2}[ :]?){32,66}")
_PICTURES = ("/9j/", "iVBORw0KGgo", "Qk0", "UklGR", "SUkqA", "TU0AK", "ffd8ff", "89504e47")  # JPEG, PNG, BMP, WebP, TIFF


def vin(text: str) -> Answer:
    """Vehicle identification number (ISO 3779): "yes" with the check digit of 49 CFR 565.15, "unknown" as elsewhere."""
    text = plain(text).upper().replace("-", "").replace(" ", "")
    if not _VIN.fullmatch(text) or (len(set(text)) < 2 and text not in _VIN_SAMPLES):
        return "no"
    total = sum(weight * (int(each) if each.isdigit() else _VALUES[each]) for each, weight in zip(text, _WEIGHTS, strict=True))
    if "0123456789X"[total % 11] == text[8]:
        return "yes"
    lettered = sum(map(str.isalpha, text))
    return "unknown" if text[-4:].isdigit() and 3 <= lettered <= 13 and not text[:3].isdigit() else "no"


def vin_invented(text: str) -> bool:
    """Tell of numbers of textbooks, and of repeated digits."""
    text = key(plain(text))
    return vin(text) != "no" and (text in _VIN_SAMPLES or len(set(text[3:])) < 4)


def plate(text: str) -> Answer:
    """Plate of a vehicle: two to eight letters and digits, by form alone."""
    text = plain(text).upper()
    length = sum(map(str.isalnum, text))
    return "unknown" if 2 <= length <= 9 and _PLATE.fullmatch(text) and any(map(str.isdigit, text)) else "no"


def plate_invented(text: str) -> bool:
    """Tell of ABC 123 and the like."""
    code = key(plain(text))
    letters = "".join(each for each in code if each.isalpha())
    number = digits(code)
    return plate(text) != "no" and (
        placeholder(code) or (letters in {"ABC", "XYZ", "AAA", "XXX"} and number in {"123", "1234", "000", "0000", "111", "1111"})
    )


def card(text: str) -> Answer:
    """Payment card (ISO/IEC 7812-1): "yes" with a scheme's first digits and length, and right by Luhn."""
    text = whole(text)
    number = digits(text)
    if not _CARD_FORM.fullmatch(text) or not 12 <= len(number) <= 19 or not luhn(number):
        return "no"
    return "yes" if any(len(number) in lengths and first.match(number) for first, lengths in _CARDS) else "no"


def card_invented(text: str) -> bool:
    """Tell of processors' test numbers, 4000 00 (Stripe's) among them, and of runs."""
    number = digits(plain(text))
    return card(text) == "yes" and (number in _CARD_SAMPLES or number.startswith("400000") or stopgap(number[1:-1]))


def iban(text: str) -> Answer:
    """International bank account number (ISO 13616): "yes" with the length of its country and remainder 1 modulo 97."""
    text = plain(text).upper()
    code = text.replace(" ", "").replace("-", "")
    if not _IBAN_FORM.fullmatch(code) or _IBAN.get(code[:2]) != len(code):
        return "no"
    return "yes" if remainder(code[4:] + code[:4]) == 1 else "no"


def iban_length(country: str) -> int:
    """Return how many characters an IBAN of a country has; 0: it has none."""
    return _IBAN.get(country, 0)


def iban_invented(text: str) -> bool:
    """Tell of the registry's examples, and of runs of digits."""
    code = key(plain(text))
    return iban(text) == "yes" and (code.endswith(_IBAN_SAMPLES) or stopgap(digits(code[4:])))


def device(text: str) -> Answer:
    """Tell a serial number of a device: "yes" for a UDI with a serial (21), "no" for one without; other serials "unknown"."""
    text = plain(text)
    if text.startswith("(01)"):
        found = _UDI.fullmatch(text)
        return "yes" if found and gs1(found[1]) and "(21)" in found[2] else "no"
    if _MAC.fullmatch(text):
        return "unknown"
    length = len(key(text))
    return "unknown" if 5 <= length <= 40 and len(digits(text)) >= 3 and _CODE.fullmatch(text) else "no"


def device_invented(text: str) -> bool:
    """Tell of serials that were typed for want of one, those of the FDA's example among them."""
    serial = plain(text).rpartition("(21)")[2].partition("(")[0]
    if device(text) == "no":
        return False
    return placeholder(serial) or serial.lower() == "10987654d321" or (bool(_MAC.fullmatch(serial)) and len(set(key(serial))) < 3)


def biometric(text: str) -> Answer:
    """Print of a finger, iris or voice as data: "yes" by the first bytes of ISO/IEC 19794, "unknown" for long coded data.

    The name of a file is none.
    """
    text = text.lstrip()[:200] if len(text) < 1 << 24 else ""
    if text.startswith(_TEMPLATES):
        return "yes"
    return "unknown" if _TEMPLATE.fullmatch(text) and any("0" <= each <= "9" for each in text) and len(set(text)) > 8 else "no"


def photo(text: str) -> Answer:
    """Picture as data, which may show a face: "unknown" for one in a `data:` address or coded. The name of a file is none."""
    text = text.lstrip()[:120]
    if text.lower().startswith("data:image/"):
        return "unknown"
    return "unknown" if len(text) >= 64 and text.startswith(_PICTURES) and " " not in text else "no"


def code(text: str) -> Answer:
    """Any other number or code of somebody: by form alone, so that only a name of a column makes it one."""
    text = whole(text)
    good = 2 <= len(text) <= 64 and any(map(str.isdigit, text)) and (_CODE.fullmatch(text) or text.isdigit())
    return "unknown" if good else "no"


def _nothing(_text: str) -> bool:
    return False


KINDS: Mapping[str, Kind] = {
    "vin": Kind(name="vehicle identification number", letter="L", strength="direct", check=vin, invented=vin_invented),
    "plate": Kind(name="licence plate", letter="L", strength="direct", check=plate, invented=plate_invented),
    "card": Kind(name="payment card number", letter="J", strength="direct", check=card, invented=card_invented, tested=True),
    "iban": Kind(name="IBAN", letter="J", strength="direct", check=iban, invented=iban_invented),
    "device": Kind(name="device serial number", letter="M", strength="direct", check=device, invented=device_invented),
    "biometric": Kind(name="biometric identifier", letter="P", strength="direct", check=biometric, invented=_nothing),
    "photo": Kind(name="photograph", letter="Q", strength="direct", check=photo, invented=_nothing),
    "code": Kind(
        name="identifying code",
        letter="R",
        strength="weak",
        check=code,
        invented=lambda text: code(text) != "no" and placeholder(text),
    ),
}
