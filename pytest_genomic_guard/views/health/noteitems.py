"""What a window of text holds of people, in order: names, days of birth, numbers, by the labels before them or by their form."""

# ruff: noqa: RUF001 - apostrophes as people write them

from __future__ import annotations

import re

from pytest_genomic_guard import identifiers
from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers.people import name_part
from pytest_genomic_guard.views.health import notelabels, notelayouts, notevalues

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pytest_genomic_guard.views.health.notelabels import Found

    Namer = Callable[[str], Iterable[tuple[int, int]]]

# of one kind each: patient and name (and given, family), birth and born, event; else a key of `identifiers`
_MANY = 4000  # of one window
_TITLED = regex(
    r"[MHFSD](?<![\w.].)(?:(?<=M)(?:r|rs|s|iss|x|me|lle|onsieur|adame|evr|evrouw)|(?<=H)errn?|(?<=F)(?:rau|ru)"
    r"|(?<=S)(?:eñora?|ra|r|ig|ignora?)|(?<=D)(?:\.|ña|hr))\.?"
    r"[ ]{1,2}(?:\(?[A-Z\u00c0-\u017f][\w'’.-]{1,24}\)?[ ]?){1,3}"
)
_AGED = regex(
    r"(?<![\w.])[0-9]{1,3}[ -]?(?:-?years?[- ]old|-?yr[- ]old|y/o|y\.?o\.?|years? of age|jährige?[rn]?|ans|años|anni|jaar"
    r"|år|anos)(?![\w])",
    re.IGNORECASE,
)
_FORMS = (  # with signs of which one stands in each, a nought for each digit
    ("ssn", regex(r"(?<![\w-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![\w-])"), ("000-00-0000",)),
    ("email", regex(r"(?<![\w.%+-])[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"), ("@",)),
    (
        "phone",
        regex(r"(?<![\w+.-])(?:\+?1[-. ])?(?:\([2-9][0-9]{2}\)[ -]?|[2-9][0-9]{2}[-. ])[2-9][0-9]{2}[-. ][0-9]{4}(?![\w-])"),
        ("000-0000", "000 0000", "000.0000"),
    ),
)
_YEARS = regex(r"0[ -]{0,2}[yYjJaAåÅ\u212b]")  # what each of these has, a nought for each digit
_GIVES = regex(r"[\"'*_]{0,3}(?:[ ]?[:=#(.]|\s{1,4}#?[0-9])")  # behind a label that has a value
_SAFE = frozenset({"ssn", "mbi", "mrn", "hicn", "medicaid", "health-plan", "account", "nhs", "chi"})  # read without check digits
_ESCAPES = (("\\\\n", "  \n"), ("\\n", " \n"), ("\\r", "  "), ("\\t", "  "), ('\\"', ' "'), ("\\u0027", "     '"))


_KINDS = {"patient": "name", "birth": "birth-date"}
_NAMES, _DAYS = frozenset({"patient", "name", "greeted"}), frozenset({"birth", "born", "event"})
_BORN = ("nat", "ne", "nac", "geboren", "nasc")
_REACHES = {"phone": notevalues.phone, "fax": notevalues.phone, "email": notevalues.email, "address": notevalues.address}


class Item(Record):
    """One value: where it stands, its kind, and whether it is nobody's."""

    at: int
    key: str
    value: str
    invented: bool = False
    sure: bool = True  # a label says whose it is


def readable(text: str) -> str:
    """Return a text of the same length with blanks for the escapes of strings."""
    if "\\" in text:
        for escape, meant in _ESCAPES:
            text = text.replace(escape, meant)
    return text


_ASIDE = regex(r"(?<=[^\W\d_])(?:\*\*|__)?(?:, ?| \(|[ ]{1,3}[·•|–—][ ]{1,3}|[ ]{2,4})(?=[0-9A-Z])")


def _dated(text: str) -> Iterator[Item]:
    """Yield names that stand right before a day that can be one of birth, and nothing says so: `Family, Given (3/4/61)`."""
    for match in _ASIDE.finditer(text):
        value = notevalues.date(text, match.end())
        if value and identifiers.kind("birth-date").check(value) != "no" and (name := notevalues.before(text, match.start())):
            yield _named(max(0, match.start() - len(name)), name, "name")
            yield Item(at=match.end(), key="born", value=value, invented=identifiers.kind("birth-date").invented(value))


def items(text: str, found: Sequence[Found], namer: Namer | None = None) -> list[Item]:
    """Return what a window with these labels holds, in order."""
    shaped = notelayouts.shape(text)
    kept = [*_labelled(text, found), *_titled(text, found, shaped), *_dated(text)]
    kept += [
        Item(at=at, key=key, value=value, invented=identifiers.kind(_KINDS.get(key, key)).invented(value), sure=sure)
        for at, key, value, sure in notelayouts.told(text, shaped)
    ]
    kept += _formed(text, found, {each.value for each in kept}, shaped)
    if namer:
        kept += [
            _named(start, text[start:end], "name")
            for start, end in namer(text)
            if 0 <= start < end <= len(text) and any(map(str.isalpha, text[start:end]))
        ]
    once = {(each.at, each.key): each for each in kept}
    return sorted(once.values(), key=lambda each: each.at)[:_MANY]


def _named(at: int, value: str, key: str) -> Item:
    return Item(at=at, key=key, value=value, invented=identifiers.kind("name").invented(value))


def _labelled(text: str, found: Sequence[Found]) -> Iterator[Item]:
    owner, until, given = "", 0, ""
    gives = [_GIVES.match(text, each.end) is not None for each in found]
    for number, label in enumerate(found):
        after = next((found[at].start for at in range(number + 1, min(number + 4, len(found))) if gives[at]), len(text))
        start, signed = notevalues.gap(text, label.end)
        if label.key in {"provider", "kin"}:
            owner, until = label.key, label.end + 90
            if label.key == "provider" and "\n" in text[label.end : after][:90]:
                until = text.find("\n", label.end)
            continue
        owned = owner if label.start < until else ""
        if label.key in {"given", "family"}:
            part = re.compile(r"[^\W\d_][\w'’.-]{1,24}(?: [A-Z\u00c0-\u017f][\w'’-]{1,24})?").match(text, start)
            value = part.group() if part and signed else ""
            if value and name_part(value, cased=True) and value.lower() not in notevalues.NO_NAMES:
                if given.partition(" ")[0] not in {"", label.key} and not owned:
                    yield _named(label.start, f"{given.partition(' ')[2]} {value}", "name")
                    given = ""
                else:
                    given = f"{label.key} {value}"
            continue
        yield from _of(text, label, start, signed=signed, after=after, owned=owned)


def _of(text: str, label: Found, start: int, *, signed: bool, after: int, owned: str) -> Iterator[Item]:  # noqa: PLR0913 - where it stands
    """Yield what stands behind a label, and the name before one of a number or a day of birth."""
    if label.key in _NAMES:
        stop = after if after > start else start + 80
        found = (
            _name(text, label, start, min(stop, start + 90)) if (signed or label.key != "name") and owned != "provider" else None
        )
    elif label.key in _REACHES:
        found = _reach(text, label, start, owned) if signed or label.key != "address" else None
    else:
        found = _day(text, label, start) if label.key in _DAYS else _number(text, label, start, signed=signed)
        if found and found.key != "event" and (name := notevalues.before(text, label.start)):
            yield found
            found = _named(max(0, label.start - len(name) - 2), name, "name")
    if found:
        yield found


def _name(text: str, label: Found, start: int, stop: int) -> Item | None:
    value = notevalues.behind(text, start, stop)
    if not value and text[label.end : start].strip(' "') in {"=", ":"}:
        value = notevalues.lowered(text, start)
    return _named(label.start, value, "patient" if label.key == "patient" else "name") if value else None


def _day(text: str, label: Found, start: int) -> Item | None:
    """Return a day of birth or of an event; `born` is a word that stands before places, too."""
    asked, stop = notevalues.answer(text, label.end) if label.key == "birth" else (0, 0)
    value = notevalues.date(text, start) or (notevalues.date(text, asked, stop) if stop > asked else "")
    if not value or label.key == "event":
        return Item(at=label.start, key="event", value=value) if value else None
    kind = identifiers.kind("birth-date")
    if kind.check(value.replace(" ", "/") if value.replace(" ", "").isdigit() else value) == "no":
        return None
    plain = notelabels.folded(text[label.start : label.end])
    born = plain.startswith("born") or (plain.startswith(_BORN) and not value[:2].isdigit())
    return Item(at=label.start, key="born" if born else "birth", value=value, invented=kind.invented(value))


def _reach(text: str, label: Found, start: int, owned: str) -> Item | None:
    """Return a way to reach somebody; a number for telefax is nobody's telephone."""
    value = _REACHES[label.key](text, start)
    if not value or label.key == "fax":
        return None
    invented = identifiers.kind(label.key).invented(value)
    return Item(at=label.start, key=label.key, value=value, invented=invented, sure=owned != "provider")


def _number(text: str, label: Found, start: int, *, signed: bool) -> Item | None:
    """Return a number of the kind that the label names, as far as its form or check digit allows."""
    key = label.key
    asked, stop = notevalues.answer(text, label.end)
    value = notevalues.number(text, start, key) or (notevalues.number(text, asked, key, stop) if stop > asked else "")
    kind = identifiers.kind(key)
    if not value or (key not in _SAFE and kind.check(value) != "yes"):
        return None
    if key in {"mrn", "account", "health-plan"} and not signed and sum(map(str.isdigit, value)) < 5:
        return None
    if key in {"nhs", "chi"} and kind.check(value) == "no":
        return None
    invented = kind.invented(value) or (key == "nhs" and identifiers.kind("phone").invented(value))
    return Item(at=label.start, key=key, value=value, invented=invented)


def _titled(text: str, found: Sequence[Found], shaped: str) -> Iterator[Item]:
    check = identifiers.kind("name").check
    providers = [(each.start, each.end + 60) for each in found if each.key == "provider"]
    for match in _TITLED.finditer(text):
        words = match.group().split()
        for length in range(min(4, len(words)), 1, -1):
            value = " ".join(words[:length]).rstrip(",.")
            if all(word.strip(",.").lower() not in notevalues.NO_NAMES for word in words[1:length]) and check(value) != "no":
                treats = any(start <= match.start() < end and "\n" not in text[start : match.start()] for start, end in providers)
                if not treats:
                    yield _named(match.start(), value, "patient")
                break
    for match in _AGED.finditer(text) if _YEARS.search(shaped) else ():
        if name := notevalues.before(text, match.start()):
            yield _named(max(0, match.start() - len(name) - 2), name, "patient")
        else:
            follows = re.compile(
                r"[ ,]{1,2}(?:[a-z]{2,14}[ ,]{1,2}){0,4}(?:named|called|name is|nommée?|llamad[oa]|namens) "
            ).match(text, match.end())
            if follows and (value := notevalues.behind(text, follows.end(), follows.end() + 60)):
                yield _named(follows.end(), value, "patient")


def _formed(text: str, found: Sequence[Found], known: set[str], shaped: str) -> Iterator[Item]:
    faxes = [(each.end, each.end + 8) for each in found if each.key == "fax"]
    blocked = [each for each in found if each.key == "provider"]
    for key, form, signs in _FORMS:
        if not any(sign in shaped for sign in signs):
            continue
        kind = identifiers.kind(key)
        for match in form.finditer(text):
            if (
                match.group() in known
                or any(start <= match.start() <= end for start, end in faxes)
                or kind.check(match.group()) == "no"
            ):
                continue
            line = text.rfind("\n", 0, match.start())
            of_provider = any(max(line, match.start() - 100) <= each.start < match.start() for each in blocked)
            if key == "ssn" or not of_provider:
                if name := notevalues.before(text, match.start()) if key != "email" else "":
                    yield _named(max(0, match.start() - len(name) - 2), name, "name")
                yield Item(at=match.start(), key=key, value=match.group(), invented=kind.invented(match.group()), sure=False)
