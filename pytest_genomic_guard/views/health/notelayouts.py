"""What notes tell of people by where it stands, without labels: headers of charts, lists of wards, answers, tokens of corpora."""

# ruff: noqa: RUF001 - apostrophes as people write them

from __future__ import annotations

import re

from pytest_genomic_guard import identifiers
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers.people import name_part
from pytest_genomic_guard.views.health import notevalues

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 400  # of each layout in a window
_CAPITAL = r"[^\W\d_a-z][\w'’.-]{1,24}"
# A number of a person as lists of wards have it: U #: M123456, Unit #, FIN 123, Hosp no, ID: behind a name
# Patterns begin with the characters that a match can begin with, behind which stands what must be before it: so a search is fast
_WARD = regex(
    r"(?-i:[UuFfMmHhPp])(?<![\w.].)(?:(?<=U)(?: ?#|nit ?(?:#|no\.?))|(?<=F)(?:IN ?#?|ile(?: no\.?)?)|(?<=M)R ?#"
    r"|(?<=H)osp\.? ?(?:no|#)\.?|(?<=P)(?:TID|ATID))[ ]?[:=]?[ ]{0,3}"
    r"(?P<number>[A-Z]{0,3}[0-9]{5,14})(?![\w-])",
    re.IGNORECASE,
)
_PLAIN_ID = regex(r"[IN#](?<![\w.-].)(?:(?<=I)D|(?<=N)o|(?<=#))[ ]?[.:=][ \t]{0,4}(?P<number>[A-Z]{0,3}[0-9]{5,12})(?![\w-])")
# Family, G. MRN 123456: a list that shortens given names
_SHORT = regex(r"(?P<name>[A-Z][^\W\d_'’-]{0,1}[\w'’-]{1,24}, [A-Z]\.)[ ]?(?:\(|,)?[ ]?(?:MRN|MR ?#|U ?#|FIN|Hosp)")
# 54F, (54M), 41 y M: an age with its sex, before which stands a name
_SEXED = regex(r"[0-9](?<=[ (,].)[0-9]{0,2}[ ]?(?:y(?:r|rs|o)?[ /]{0,1})?[MF](?=[ ),;.\t]|$)", re.MULTILINE)
_YEARS = regex(r"[0-9](?<=[ (].)[0-9]{0,2}[ ]?(?:yrs?|yo|y)(?=[ ),;.])")
# A number that begins with the day of birth: of Sweden, Denmark, Finland
_BORN = regex(r"(?<![\w.-])(?:(?:19|20)?[0-9]{6}[-+][0-9]{4}|[0-9]{6}[-+A][0-9]{3}[0-9A-Y])(?![\w-])")
_NATIONAL = ("personnummer", "cpr", "hetu")
_NHS = regex(r"(?<![0-9])(?<![0-9][ .-])[0-9]{3} [0-9]{3} [0-9]{4}(?![0-9])")
# A bot asks for name and day of birth, and what the next turn says
_ASKED = regex(r"\bname\b[^\n?]{0,40}(?:birth|dob)\w*|(?:birth\w*|dob)\b[^\n?]{0,40}\bname\b", re.IGNORECASE)
_TOLD = regex(r"(?<![\w'’])(?P<name>[^\W\d_][\w'’-]{1,24}(?: [^\W\d_][\w'’-]{1,24}){1,2})[,.]? (?:dob |born )?(?=[0-9]{1,4}[-/.])")
_REACH = 260  # characters behind a question in which it is answered
# Rows that were printed: Given Family 1970-01-31
_ROW = regex(
    rf"^(?:#[#>]|E|>|\|)?[ ]{{0,3}}(?:\[?[0-9]{{1,4}},?\]?)?[ ]{{1,40}}(?:[0-9]{{4,9}}[ ]{{1,8}})?"
    rf"(?P<name>\"?{_CAPITAL}(?:,? {_CAPITAL}){{1,3}}\"?)[ ]{{1,12}}(?P<date>[12][0-9]{{3}}-[01][0-9]-[0-3][0-9])\b"
    rf"(?P<rest>[^\n]{{0,120}})",
    re.MULTILINE,
)
_HEADED = regex(r"\b(?:dob|birth\w*|d_o_b|born)\b", re.IGNORECASE)
_ROW_NUMBER = regex(r"[ ]{1,8}(?P<number>[0-9]{5,9})(?![\w.-])")
_TAGGED = regex(r"^(\S{1,60})[ \t]+(?:\S{1,20}[ \t]+){0,3}(?:O|[BIESLU]-[A-Za-z_]{1,30})[ \t]*\r?$")
_DIGITS = str.maketrans("123456789", "0" * 9)
_TAGS = 8  # lines of a window that are a token with its tag


def joined(text: str) -> str:
    """Return a text of the same length in which the tokens of a tagged corpus stand as its sentences, if it is one."""
    lines = text.split("\n")
    found = [_TAGGED.match(line) for line in lines]
    if sum(each is not None for each in found) < max(_TAGS, len([line for line in lines if line.strip()]) // 2):
        return text
    parts: list[str] = []
    words: list[str] = []
    length = 0
    for line, each in zip(lines, found, strict=True):
        length += len(line) + 1
        if each:
            words.append(each[1])
            continue
        parts.append(_sentence(words, length - len(line) - 1) + line + "\n" if words else line + "\n")
        words, length = [], 0
    if words:
        parts.append(_sentence(words, length))
    whole = "".join(parts)[: len(text)]
    return whole + " " * (len(text) - len(whole))


def _sentence(words: list[str], length: int) -> str:
    line = re.sub(r"(?<=[0-9]) ([/.-]) (?=[0-9])", r"\1", re.sub(r" ([,.:;)])", r"\1", " ".join(words)))
    return line[: length - 1].ljust(length - 1) + "\n"


def shape(text: str) -> str:
    """Return a text with a nought for each digit, in which the signs of forms are looked for at once."""
    return text.translate(_DIGITS)


def told(text: str, shaped: str) -> Iterator[tuple[int, str, str, bool]]:
    """Yield what a window tells of people by where it stands: at, key, value, and whether it is surely theirs."""
    low = text.lower() if text.isascii() else ""  # beyond ASCII small letters of patterns match more
    asks = not low or ("name" in low and ("birth" in low or "dob" in low))
    layouts = (
        (_numbers, "00000" in shaped),
        (_shortened, ", " in text),
        (_aged, "0" in shaped),
        (_national, any(sign in shaped for sign in ("000000-000", "000000+000", "000000A000"))),
        (_health, "000 000 0000" in shaped),
        (_answered, asks),
        (_rows, " 0000-00-00" in shaped),
    )
    for layout, possible in layouts:
        if possible:
            for said, _number in zip(layout(text), range(_MOST), strict=False):
                yield said


def _numbers(text: str) -> Iterator[tuple[int, str, str, bool]]:
    check = identifiers.kind("mrn").check
    for form, sure in ((_WARD, True), (_PLAIN_ID, False)):
        for found in form.finditer(text):
            if check(found["number"]) != "no":
                yield found.start(), "mrn", found["number"], sure


def _shortened(text: str) -> Iterator[tuple[int, str, str, bool]]:
    for found in _SHORT.finditer(text):
        if name_part(found["name"].partition(",")[0], cased=True):
            yield found.start(), "patient", found["name"], True


def _aged(text: str) -> Iterator[tuple[int, str, str, bool]]:
    for form in (_SEXED, _YEARS):
        for found in form.finditer(text):
            if name := notevalues.before(text, found.start()):
                yield max(0, found.start() - len(name) - 2), "name", name, True


def _national(text: str) -> Iterator[tuple[int, str, str, bool]]:
    for found in _BORN.finditer(text):
        key = next((each for each in _NATIONAL if identifiers.kind(each).check(found.group()) == "yes"), "")
        name = notevalues.before(text, found.start()) if key else ""
        if name:
            yield max(0, found.start() - len(name) - 2), "name", name, True
            yield found.start(), key, found.group(), True


def _health(text: str) -> Iterator[tuple[int, str, str, bool]]:
    """Yield numbers of the NHS without their label: in groups, with a check digit that fits, for beside a name alone."""
    for found in _NHS.finditer(text):
        if identifiers.kind("nhs").check(found.group()) == "yes":
            yield found.start(), "nhs", found.group(), False


def _answered(text: str) -> Iterator[tuple[int, str, str, bool]]:
    for asked in _ASKED.finditer(text):
        for found in _TOLD.finditer(text, asked.end(), min(len(text), asked.end() + _REACH)):
            date = notevalues.date(text, found.end())
            words = found["name"].split()
            if date and all(name_part(word) and word.lower() not in notevalues.NO_NAMES for word in words):
                yield found.start(), "name", found["name"], True
                yield found.end(), "birth", date, True
                break


def _rows(text: str) -> Iterator[tuple[int, str, str, bool]]:
    rows = list(_ROW.finditer(text))
    if not rows or not _HEADED.search(text, max(0, rows[0].start() - 400), rows[0].start()):
        return
    for found in rows:
        name = found["name"].strip('"')
        if identifiers.kind("name").check(name) != "no":
            yield found.start("name"), "name", name, True
            yield found.start("date"), "birth", found["date"], True
            if number := _ROW_NUMBER.match(found["rest"]):
                yield found.start("rest"), "mrn", number["number"], False
