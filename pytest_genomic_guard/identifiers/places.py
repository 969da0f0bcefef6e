"""Where somebody lives or works: 45 CFR 164.514(b)(2)(i)(B), geographic subdivisions smaller than a State, and employers."""

# ruff: noqa: RUF001 - apostrophes and signs of minutes as people write them

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import Kind
from pytest_genomic_guard.identifiers.marks import digits, plain, stopgap, whole, words
from pytest_genomic_guard.identifiers.nouns import is_thing
from pytest_genomic_guard.identifiers.zip3 import RESTRICTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pytest_genomic_guard.identifiers import Answer

# What streets are called: USPS Publication 28, appendix C, the usual ones; then in other languages
_STREETS = words("""
alley aly avenue ave av bend boulevard blvd bypass byp causeway center centre common burg circles divide circle cir close
corner corners court ct courts cove creek
crescent cres cresent crossing drive dr drives expressway extension ext field fields forge fork forks freeway gardens gdns
gate gateway glen glens green grove harbor haven heights hts highway hwy hill hills hollow inlet island isle junction keys
knoll knolls lake lakes landing lane ln light lights loaf lock locks lodge loop mall manor meadow meadows mews mill mills
mission motorway mount mountain neck orchard oval overpass park parks parkway pkwy pass passage path pike pine pines place pl
plain plains plaza plz point points port ports prairie quay radial ramp ranch rapid rapids rest ridge ridges river road rd
roads route row rue run shoal shore shores skyway spring springs spur spurs square sq squares station stravenue stream street
st streets summit terrace ter throughway trace track trafficway trail trailer tunnel turnpike underpass union unions valley
via viaduct view views village ville vista walk walks wall way ways well wells yard straße strasse str str. weg platz gasse
allee ring damm ufer chaussee rue chemin impasse allée quai cours calle avenida avda carrera paseo camino plaza ronda rambla
rua travessa praça praca largo estrada via viale piazza corso vicolo largo strada straat laan plein gracht kade dreef vej gade
alle vägen väg gatan gata plan veien vei gate gata katu tie tänav ulica ul ul. aleja al. ulice náměstí utca út tér улица ул
проспект пр переулок bulevar
""")
_ENDINGS = (
    "straße",
    "strasse",
    "str.",
    "weg",
    "gasse",
    "platz",
    "allee",
    "straat",
    "laan",
    "gracht",
    "gatan",
    "vägen",
    "veien",
    "gata",
    "ring",
    "damm",
    "singel",
    "dreef",
    "stigen",
    "gränd",
    "vej",
    "gade",
    "katu",
    "tie",
)
_EASTERN = "省市区县區縣路街号號都道府県町村丁目番시도구군동로길"
_BOX = regex(r"(?:p\.?[ ]?o\.?[ ]?box|post office box|postfach|apartado|box)[ ]{0,3}#?[0-9]{1,7}\b", re.IGNORECASE)
_MILITARY = regex(
    r"(?:psc|unit|usns|usnv|usnumber|uss|uscgc|usnv)[ ]{1,2}[\w ,]{1,60}?[,\n ]{1,3}(?:apo|fpo|dpo)[ ]{1,2}a[aep]\b", re.IGNORECASE
)
_NUMBER = regex(r"(?:no\.?[ ]?|nr\.?[ ]?|#)?[0-9]{1,6}[A-Za-z]?(?:[-/][0-9]{1,5}[A-Za-z]?)?(?:bis|ter)?,?", re.IGNORECASE)
_UNITS = words("""
mg ml mcg g kg l cm mm units unit tablets tablet capsules capsule days day weeks week months month years year hours hour times
""")
_MADE_UP = regex(
    r"(?:123|1234|1|12|100|456|789)[ ](?:n\.?[ ])?(?:main|test|fake|example|sample|any|anywhere|some|elm|street|my"
    r"|your|first|foo|bar|oak)\b"
    r"|742[ ]evergreen|221b[ ]baker|4[ ]privet|1600[ ]pennsylvania|534[ ]erewhon|1[ ]infinite[ ]loop|32[ ]elm[ ]test"
    r"|.{0,60}\b(?:anytown|anywhere|nowhere|erewhon|springfield test"
    r"|test street|fake street|sample street|example street|any street)\b",
    re.IGNORECASE | re.DOTALL,
)
_CITY = regex(r"['’]?[^\W\d_]++(?:[-.'’ /(&]{1,3}[^\W\d_]++){0,6}[.'’)]{0,2}(?:, ?[A-Z]{2})?")
_MADE_UP_CITIES = words("""
anytown anycity anyville sampletown sampleville testville testcity testtown nowhere somewhere sometown someville pleasantville
erewhon metropolis gotham exampleville musterstadt musterhausen villeexemple city town unknown test xxx
""")
_ZIP = regex(r"[0-9]{5}(?:[- ]?[0-9]{4})?|[0-9]{3,4}|[0-9]{3}(?:[*xX]{2}|-?[*xX]{2})")
_ABROAD = regex(
    r"[A-PR-UWYZ][A-HJ-Y]?[0-9][0-9A-Z]?[ ]?[0-9][A-Z]{2}"  # United Kingdom
    r"|[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][ -]?[0-9][ABCEGHJ-NPRSTV-Z][0-9]"  # Canada
    r"|[1-9][0-9]{3}[ ]?[A-Z]{2}|[0-9]{2}-[0-9]{3}|[0-9]{3}[ ][0-9]{2}|[0-9]{5}-[0-9]{3}"  # NL PL CZ BR
    r"|[0-9]{3}-[0-9]{4}|[0-9]{6,8}"  # JP IN
)
_DEGREES = regex(r"[+-]?[0-9]{1,3}\.[0-9]{3,18}[ ]?°?[ ]?[NSEWnsew]?")
_PAIR = regex(
    r"[(\[]?[ ]?(?P<one>[+-]?[0-9]{1,3}\.[0-9]{3,18})[ ]?°?[ ]?[NS]?[ ]?[,; ][ ]?"
    r"(?P<two>[+-]?[0-9]{1,3}\.[0-9]{3,18})[ ]?°?[ ]?[EW]?[ ]?[)\]]?"
    r"|(?:SRID=[0-9]{1,6};)?POINT ?\((?P<three>[+-]?[0-9]{1,3}\.[0-9]{3,18}) (?P<four>[+-]?[0-9]{1,3}\.[0-9]{3,18})\)"
)
_SEXAGESIMAL = regex(
    r"[NSEW]?[ ]?[0-9]{1,3}[ ]?°[ ]?[0-9]{1,2}[ ]?['′’][ ]?[0-9]{1,2}(?:\.[0-9]{1,6})?[ ]?(?:\"|″|''|”)[ ]?[NSEW]?"
    r"(?:[ ,]{1,2}[0-9]{1,3}[ ]?°[ ]?[0-9]{1,2}[ ]?['′’][ ]?[0-9]{1,2}(?:\.[0-9]{1,6})?[ ]?(?:\"|″|''|”)[ ]?[NSEW]?)?"
)
_PLUS_CODE = regex(r"[23456789CFGHJMPQRVWX]{8}\+[23456789CFGHJMPQRVWX]{2,3}")
_CENSUS = regex(r"(?:0[1-9]|[1-4][0-9]|5[0-6]|7[28])[0-9]{9}(?:[0-9]|[0-9]{4})?")  # tract, block group, block
_MADE_UP_FIRMS = words("""
acme contoso initech globex umbrella hooli foobar example fabrikam northwind test sample dummy unknown none
""")


def address(text: str) -> Answer:  # noqa: PLR0911 - one form after the other
    """Street and house: "yes" with a word for a street, a post-office box or a field post; "unknown" by form."""
    text = plain(text.replace("\n", ", ")) if len(text) < 300 else ""
    if not len(text) >= 5 or not any("0" <= each <= "9" for each in text):
        return "no"
    if _BOX.match(text) or _MILITARY.match(text):
        return "yes"
    words = text.split()[:16]
    if not text.isascii() and sum(text.count(each) for each in _EASTERN) > 1:
        return "unknown"
    if len(words) < 2:
        return "no"
    first = bool(_NUMBER.fullmatch(words[0]))
    numbers = [at for at, word in enumerate(words) if _NUMBER.fullmatch(word)]
    if not numbers:
        return "no"
    lowered = [word.strip(",;").lower() for word in words]
    if any(word in _UNITS for word in lowered[1:3]):
        return "no"
    named = [word for word in words[1 if first else 0 :] if word[:1].isupper() or not word[:1].isascii()]
    if not any(sum(map(str.isalpha, word)) > 2 for word in named):
        return "no"
    street = any(word.rstrip(".") in _STREETS or word.endswith(_ENDINGS) for word in lowered)
    if street and (first or numbers[0] <= 5):
        return "yes"
    if any(is_thing(word) for word in lowered if len(word) > 3):
        return "no"
    short = (first and words[1][:1].isupper()) or (len(words) <= 4 and numbers[-1] == len(words) - 1)
    spelled = [word for word in words if word[0].isalpha()]
    return "unknown" if short or ("," in text and 2 * len(named) >= len(spelled)) else "no"


def address_invented(text: str) -> bool:
    """Tell of addresses of manuals, films and forms."""
    return address(text) != "no" and bool(_MADE_UP.match(plain(text.replace("\n", ", "))))


def city(text: str) -> Answer:
    """City, town, county or village: by form alone, up to six words without digits."""
    text = plain(text)
    return (
        "unknown"
        if 2 <= len(text) <= 60 and text[0].isalpha() and _CITY.fullmatch(text) and not (text.isascii() and is_thing(text))
        else "no"
    )


def city_invented(text: str) -> bool:
    """Tell of towns that are on no map."""
    return city(text) != "no" and plain(text).partition(",")[0].replace(" ", "").lower() in _MADE_UP_CITIES


def zip_code(text: str) -> Answer:
    """ZIP or postal code: "yes" for three digits that alone identify; "unknown" for five, nine, four (noughts lost) or abroad."""
    text = whole(text).upper()
    if _ZIP.fullmatch(text):
        if len(text) == 3 or (not text[3:5].isdigit() and len(text) > 4):
            return "yes" if identifying_zip(text) else "no"
        return "unknown"
    return "unknown" if _ABROAD.fullmatch(text) else "no"


def identifying_zip(text: str, restricted: Collection[str] = RESTRICTED) -> bool:
    """Tell whether the first three digits of a ZIP code alone identify, by a list of areas with few people."""
    return whole(text)[:3] in restricted


def zip_invented(text: str) -> bool:
    """Tell of repeated and counted digits."""
    text = whole(text)
    return zip_code(text) != "no" and text.isascii() and text.isdigit() and stopgap(text[:5])


def geocode(text: str) -> Answer:
    """Latitude, longitude or both with three decimals or more (some 100 m), or the code of a census tract or block."""
    text = whole(text)
    if _SEXAGESIMAL.fullmatch(text) or _PLUS_CODE.fullmatch(text):
        return "yes"
    if found := _PAIR.fullmatch(text):
        one, two = (abs(float(each)) for each in found.groups() if each)
        return "yes" if min(one, two) <= 90 and max(one, two) <= 180 else "no"
    if _DEGREES.fullmatch(text):
        return "unknown" if abs(float(text.rstrip(" °NSEWnsew"))) <= 180 else "no"
    return "unknown" if _CENSUS.fullmatch(text) else "no"


def geocode_invented(text: str) -> bool:
    """Tell of noughts: the point off Africa where what is not known lies."""
    return geocode(text) != "no" and not set(digits(text)) - {"0"}


def employer(text: str) -> Answer:
    """Firm, school or office: a few words with a letter, by form alone."""
    text = plain(text)
    good = 2 <= len(text) <= 80 and sum(map(str.isalpha, text)) > 1 and len(text.split()) <= 12 and not set(text) & set("@{}<>=|\\")
    return "unknown" if good else "no"


def employer_invented(text: str) -> bool:
    """Tell of firms of manuals."""
    return employer(text) != "no" and plain(text).lower().split()[0].strip(",.") in _MADE_UP_FIRMS


KINDS: Mapping[str, Kind] = {
    "address": Kind(name="street address", letter="B", strength="direct", check=address, invented=address_invented),
    "city": Kind(name="city", letter="B", strength="weak", check=city, invented=city_invented),
    "zip": Kind(name="postal code", letter="B", strength="weak", check=zip_code, invented=zip_invented),
    "geocode": Kind(name="geographic coordinate", letter="B", strength="weak", check=geocode, invented=geocode_invented),
    "employer": Kind(name="employer", letter="A", strength="weak", check=employer, invented=employer_invented),
}
