"""What stands behind a label of a text, or before one: a name, a date, a number."""

# ruff: noqa: RUF001 - apostrophes as people write them

from __future__ import annotations

import itertools
import re

from pytest_genomic_guard import identifiers
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers.marks import words
from pytest_genomic_guard.identifiers.moments import parse_date
from pytest_genomic_guard.identifiers.people import TITLES, name_part
from pytest_genomic_guard.views.health.notelabels import MARKS

_Q = r"\s\"'`*_)\]}\\.:=#|>,~(\[{<!+-"
_GAP = regex(
    rf"(?:['’]s\b)?(?P<signs>[{_Q}]{{0,14}}+)(?P<words>(?:(?:no|nr|nº|num|number|is|was|were|of|on|am|le|il|el|em|den|the"
    rf"|id|n|value|text)\b[{_Q}]{{1,6}}+){{0,3}})",
    re.IGNORECASE,
)
_MONTH = r"[^\W\d_]{3,12}"
_DATE = regex(
    rf"[0-9]{{4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}|[0-9]{{1,2}}[-/. ][0-9]{{1,2}}[-/. ](?:[0-9]{{4}}|[0-9]{{2}})(?![0-9])"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th|\.|º|er)?"
    rf"[-/ ]{{0,2}}(?:of |de |del )?{_MONTH}[-/., ]{{1,3}}(?:de |del |of )?(?:[0-9]{{4}}|'?[0-9]{{2}}(?![0-9]))|{_MONTH}[."
    rf" ]{{1,2}}[0-9]{{1,2}}(?:st|nd|rd|th)?,?[ ]{{1,2}}[0-9]{{4}}"
    rf"|(?:19|20)[0-9]{{6}}(?![0-9])|[0-9]{{4}}[年년][ ]?[0-9]{{1,2}}[月월][ ]?[0-9]{{1,2}}[日일]"
    rf"|[0-9]{{1,2}}[ ]?{_MONTH}[ ]?[0-9]{{4}}"
)
_NUMBER = regex(r"(?:[A-Za-z]{1,6}[-: ]?)?[0-9][0-9A-Za-z]*(?:[-./][0-9A-Za-z]+){0,4}")
_SPACED = regex(r"[0-9A-Za-z](?:[-./ ]?[0-9A-Za-z]){5,24}")
_OID = regex(r"[0-2](?:\.[0-9]{1,10}){4}")  # begins an object identifier (ITU-T X.660): of a system, not of a person
_LONG_NUMBER = regex(r"(?<![\w-])[A-Za-z]{0,4}[0-9][0-9A-Za-z -]{4,}")
_ASKED = regex(r"[^\n?.:=]{0,40}\?[\s\"'}\],{]{0,8}")
_PHONE = regex(r"[+(]{0,2}[0-9][0-9() ./-]{5,20}[0-9]")
_EMAIL = regex(r"[\w.%+'-]{1,64}@[A-Za-z0-9.-]{3,100}")
_LINE = regex(r"[^\n\t|\"<>{}]{5,120}")
_IN = rf"[\w'’`.{MARKS}-]"  # behind the first letter of a part of a name
_RUN = regex(rf"[\"'`*_]{{0,2}}([^\W\d_]{_IN}{{0,24}},?(?:(?:[ ^]{{1,2}}|(?<=,))\(?[^\W\d_]{_IN}{{0,24}}\)?,?){{0,5}})")
_BEFORE = regex(rf"((?:[^\W\d_]{_IN}{{0,24}},? ){{0,5}}[^\W\d_]{_IN}{{0,24}})[\s,;:(\[\"'`*_|/–·•-]{{0,8}}$")
_APART = " \t\r\n,;:([\"'`*_|/–·•-"
_STAMP = regex(
    r"^[\[(]?[0-9][0-9:./ T-]{3,24}[\])]?[ \t]{0,4}(?:[AaPp][Mm])?[ \t]{0,4}[-–—|:,*]{0,3}[ \t]{0,4}|[ ]{0,2}\([^()\n]{1,16}\)$"
)
_NUMBERED = 6  # characters without a letter that do not end a name
_TAIL = regex(
    r"[,\s(\[-]{0,4}(?:(?:is|was|be)? ?an? |who is |aged? |with |the |date of |his |her |my |and |their |whose |\(|,|;"
    r"|:|-|–|pt |patient ){0,3}$"
)
_PARTICLES = words("""
de del della di da das dos do du la le los van von der den ten te zu al el bin ibn bint abu san y e i
""")
NO_NAMES = words("""
practice associates group trust royal dear regards sincerely hello hi hey re subject from ref sent dob mrn male female asian
room bed unit ward floor january february july september october november december thanks please confidential private urgent
routine sex gender race age physician surgeon nurse doctor consultant attending resident signed seen reviewed chief complaint
summary discharge clinic hospital street road avenue lane drive nhs md rn he she they his her their there here today
yesterday tomorrow new old left right mr mrs ms patient history admit follow up yes no good morning afternoon evening best
kind family employee customer order invoice shipping general medical medicine cardiology radiology pathology final findings
final impression technique comparison lives living works next insert enter your full user first last null none undefined true
false string type get set the this that a an geburtsdatum geboren datum klinik herr frau geb entlassung aufnahme monsieur
madame date naissance fecha nacimiento data dokter ziekenhuis urgent unspecified assessment plan subjective objective vitals
medications allergies problem problems note report reports letter memo bill
""")
_FAMILIES = words("ward lane best may bill royal")  # of these, names of families, too
_SIGNS = frozenset(":=#|>\n\t")
_COUNTED = regex(r"[ ]{0,2}[0-9:#=]")
_PROVIDER = regex(r"(?<![\w.])(?:Dr|Prof|Doctor|Professor|Dres|Dra|Drs|Docteur|Dott|Dottor|Professeur|Nurse|Judge)\.?,? $")
_CLOSES = regex(
    r",?\s{0,2}(?:M\.?D|D\.?O|R\.?N|Ph\.?D|N\.?P|PA-C|DNP|FRCS|FRCP|MBBS|MRCP|Esq|LPN|PharmD|BSN|MSN|FACC|FACP|APRN|CRNA|DPT|DDS)\b"
)
CODES = frozenset({"mrn", "account", "health-plan", "medicaid", "code", "licence"})


def gap(text: str, end: int) -> tuple[int, bool]:
    """Return where the value behind a label begins, and whether a sign or a line's end stands between them."""
    found = _GAP.match(text, end)
    if not found:
        return end, False
    signs = found["signs"]
    start = found.end()
    while start > end and text[start - 1] in "+(":
        start -= 1  # of a telephone number
    return start, not _SIGNS.isdisjoint(signs) or bool(found["words"].strip())


def answer(text: str, end: int) -> tuple[int, int]:
    """Return where the answer to a question that ends in a label begins, and how far it goes; twice `end` where none was asked."""
    asked = _ASKED.match(text, end)
    if not asked:
        return end, end
    stop = min(len(text), asked.end() + 140)
    again = text.find("?", asked.end(), stop)
    return asked.end(), again if again >= 0 else stop


def date(text: str, at: int, stop: int = 0) -> str:
    """Return the date that stands at a place, or from there up to `stop`."""
    found = _DATE.search(text, at, stop) if stop > at else _DATE.match(text, at)
    value = found.group().rstrip(" .,") if found else ""
    return (
        value
        if value and parse_date(value.replace(" ", "/") if value.count(" ") == 2 and value.replace(" ", "").isdigit() else value)
        else ""
    )


def number(text: str, at: int, key: str, stop: int = 0) -> str:
    """Return the number of one kind that stands at a place, as long as its form allows, or from there up to `stop`."""
    if stop > at:
        some = (number(text, each.start(), key) for each in itertools.islice(_LONG_NUMBER.finditer(text, at, stop), 3))
        return next(filter(None, some), "")
    check = identifiers.kind(key).check
    if key in CODES:
        found = _NUMBER.match(text, at)
        value = found.group() if found else ""
        value = value.removeprefix("No. ").removeprefix("no. ")
        if _OID.fullmatch(value):
            return ""
        return value if value and check(value) != "no" and sum(map(str.isdigit, value)) >= 4 and not parse_date(value) else ""
    found = _SPACED.match(text, at)
    value = found.group() if found else ""
    for _try in range(8):
        if value and check(value) != "no":
            return value
        cut = max(value.rfind(" "), value.rfind("-"), value.rfind("/"), value.rfind("."))
        if cut < 4:
            break
        value = value[:cut].rstrip()
    return ""


def phone(text: str, at: int) -> str:
    """Return the telephone number that stands at a place."""
    found = _PHONE.match(text, at)
    value = found.group() if found else ""
    return value if value and identifiers.kind("phone").check(value) != "no" else ""


def email(text: str, at: int) -> str:
    """Return the address of e-mail that stands at a place."""
    found = _EMAIL.match(text, at)
    value = found.group().rstrip(".") if found else ""
    return value if value and identifiers.kind("email").check(value) == "yes" else ""


def address(text: str, at: int) -> str:
    """Return the street address that stands at a place."""
    found = _LINE.match(text, at)
    value = found.group().rstrip(" ,;") if found else ""
    for stop in (";", ". ", "  ", " Phone", " Tel", " DOB", "\\"):
        value = value.partition(stop)[0]
    return value if value and identifiers.kind("address").check(value) == "yes" else ""


def behind(text: str, at: int, stop: int, *, titled: bool = False) -> str:
    """Return the name that stands at a place and ends before `stop`, the next label."""
    found = _RUN.match(text, at, max(at, stop))
    return "" if not found or _CLOSES.match(text, found.end()) else _cut(found.group(1), titled=titled, text=text, end=found.end())


def _cut(run: str, *, titled: bool, text: str = "", end: int = 0) -> str:
    words = run.replace("^", " ^ ").replace(",", ", ").split()
    kept: list[str] = []
    for word in words:
        bare = word.strip(",.()").lower()
        family = bare in _FAMILIES and kept and word is words[-1] and text and not _COUNTED.match(text, end)
        if bare in NO_NAMES and not family and not (bare in TITLES and not kept):
            break
        if not (
            word[0].isupper()
            or not word[0].isascii()
            or word == "^"
            or bare in _PARTICLES
            or word.startswith("(")
            or bare in TITLES
        ):
            break
        kept.append(word)
        if word.endswith(",") and sum(each.endswith(",") for each in kept) > 1:
            break
        if word.endswith(".") and len(bare) > 3 and bare not in TITLES:  # end of a sentence
            break
    if kept and kept[0].strip(".").lower() in {"dr", "prof", "doctor", "professor"}:
        return ""
    check = identifiers.kind("name").check
    for length in range(len(kept), 0, -1):
        value = " ".join(kept[:length]).replace(" ^ ", "^").rstrip(",.;'’`")
        if length == 1 and value.isascii() and "^" not in value:
            break
        if check(value) != "no" and (titled or length > 1 or not value.isascii()):
            return value if not _CLOSES.match(text, end) else ""
    return ""


def lowered(text: str, at: int) -> str:
    """Return a name in small letters, as programs write them into logs, that stands whole between signs."""
    found = re.compile(r"[\"']?([a-z]{2,20}[ ._][a-z]{2,20})[\"']?(?=[,;\s}|]|$)").match(text, at)
    value = found.group(1) if found else ""
    parts = re.split(r"[ ._]", value)
    return value if value and all(name_part(part) and part not in NO_NAMES for part in parts) else ""


def before(text: str, at: int) -> str:
    """Return the name that stands right before a place, in the same line or as the line above."""
    line = text.rfind("\n", max(0, at - 120), at) + 1
    piece = text[max(line, at - 90) : at]
    name = _last(piece)
    if not name and not piece.strip(" \t\"'*_-#>|"):
        above = text.rfind("\n", max(0, line - 120), max(0, line - 1)) + 1
        whole = _STAMP.sub("", text[above : max(0, line - 1)].strip(" \t\r*_#>|\"'-"))
        name = whole if 0 < len(whole) <= 50 and _cut(whole, titled=True) == whole else ""
    return name


def _last(piece: str) -> str:
    if not any(map(str.isalpha, piece.rstrip(_APART)[-_NUMBERED:])):
        return ""  # a number, as in rows of a table
    tail = _TAIL.search(piece)
    piece = piece[: tail.start()] + " " if tail else piece
    found = _BEFORE.search(piece)
    if not found:
        return ""
    words = found.group(1).split()
    kept: list[str] = []
    for word in reversed(words):
        bare = word.strip(",.").lower()
        capital = word[0].isupper() or not word[0].isascii()
        if (bare in NO_NAMES and bare not in TITLES and (kept or bare not in _FAMILIES)) or not (capital or bare in _PARTICLES):
            break
        kept.insert(0, word)
        if bare in TITLES:
            break
    while kept and kept[0].strip(",.").lower() in _PARTICLES and kept[0].islower():
        kept.pop(0)
    start = piece.rfind(kept[0]) if kept else 0
    if not kept or _PROVIDER.search(piece[max(0, start - 14) : start]) or kept[0].strip(".,").lower() in {"dr", "prof"}:
        return ""
    check = identifiers.kind("name").check
    for first in range(min(3, len(kept))):
        value = " ".join(kept[first:]).rstrip(",")
        if len(kept) - first > (0 if first == 0 and kept[0].strip(".").lower() in TITLES else 1) and check(value) != "no":
            return value
    return ""
