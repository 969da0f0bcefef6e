"""What the name of a column speaks of: an identifier, a kind of health context, a date, a person's number, or something else.

Names are taken apart where case and signs part them, so that `PatientDOB`, `pt_dob` and `DOB (patient)` speak of the same. A
name says nothing yet: the cells below it have to agree (`columns`).
"""

from __future__ import annotations

from functools import lru_cache

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health import contextwords, foreignwords, identitywords

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LONGEST, _MOST = 80, 9  # characters of a name; words of it
_CAMEL = regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SIGNS = regex(r"[\W_]+")
_KEPT = 4096
# Groups of a form before a field: the first has two words, or there are several, or it is of a kind that forms have
_PATH = regex(
    r"(?=[^/]{1,80}_|[^/]{1,80}/[^/]{1,80}/|(?:gro?u?p|section|sec|data|form|demo\w*|patient|resp\w*|personal\w*|health|clinical|visit)/)"
    r"[A-Za-z_][\w:.-]{0,80}(?:/[A-Za-z_][\w:.-]{0,80}){1,10}(?:\|[a-z_]{1,20})?"
)
_NUMBERED = regex(r"([a-z]{2,}?)[0-9]{1,2}")
_PARTS = {"given-name": "given", "family-name": "family"}
_NAMES = frozenset({"surname", "forename", "firstname", "lastname"})
_WHOSE = frozenset({"first", "last", "given", "family", "middle"})
_JOINING = frozenset({"e", "et", "und", "y", "and", "i", "och", "en"})
# What those who care for people have as well
_ANYBODY = frozenset({"name", "given", "family", "address", "city", "zip", "phone", "fax", "email", "employer"})
_known: dict[str, Named] = {}


class Named(Record):
    """What a name speaks of; "" each where it does not."""

    identity: str = ""  # a key of `identifiers`, or given, family, initials
    context: str = ""  # of evidence.CONTEXTS
    firm: bool = False  # no other trade calls a column so
    profile: str = ""  # what the cells must be, of `profiles`
    person: str = ""  # id, weak-id, age, sex, trait: what rows about people have
    date: str = ""  # birth, event, or any
    patient: bool = False  # it says so
    other: str = ""  # provider, relative, trade, animal, statistic, score: rows may be about something else
    plain: str = ""
    last: str = ""  # the field of a record in a record which is not a person: `name` of `benefit.0.name`


def named(name: str) -> Named:
    """Return what the name of a column speaks of."""
    found = _known.get(name)
    if found is None:
        if len(_known) >= _KEPT:
            _known.clear()
        found = _known[name] = _in_group(name) if "/" in name and _PATH.fullmatch(name) else _read(name)
    return found


def _in_group(path: str) -> Named:
    """Return what a field in groups of a form speaks of, such as `grp_resp/phone` of XForms and `.../identifier|id` of openEHR."""
    steps = [step.partition(":")[0] for step in path.split("/")]
    last, _bar, part = steps[-1].partition("|")
    if steps[0] == "ctx":
        return Named(plain="".join(split(path)))
    last = f"{last}_{part}" if part in {"name", "code"} else last
    found = _read(last)
    if not (found.identity or found.context or found.person or found.date):
        found = _read(f"{steps[-2]}_{last}")
    return found


def split(name: str) -> list[str]:
    """Return the words of a name in lower case without accents."""
    return list(_kept(name) if len(name) <= _LONGEST else _split(name))


def _split(name: str) -> tuple[str, ...]:
    if not name.isascii():
        import unicodedata  # noqa: PLC0415 - for names beyond ASCII only

        folded = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ø", "o").replace("Ø", "O"))
        name = "".join(each for each in folded if not unicodedata.combining(each))
    spaced = _SIGNS.sub(" ", _CAMEL.sub(" ", name)).lower().split()
    return tuple([word for word in spaced if not (word.isdigit() and len(word) < 3 and len(spaced) > 1)] or spaced)


_kept = lru_cache(_KEPT)(_split)


def _foreign(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names of a list of `foreignwords`, folded as names of columns are, each with what stands before its colon."""
    for line in text.strip().replace("\n ", "").splitlines():
        head, _colon, names = line.partition(": ")
        yield from (("".join(split(name)), head) for name in names.split("|"))


def _told(head: str) -> tuple[str, bool, str]:
    context, firm, profile = head.split("|")
    return context, firm == "firm", profile


_FOREIGN_CONTEXT = {name: _told(head) for name, head in _foreign(foreignwords.CONTEXT)}
_FOREIGN_IDENTITY = dict(_foreign(foreignwords.IDENTITY))
_FOREIGN_STEMS = tuple(
    (stem, (context, True, "drug" if context == "medication" else "finding")) for stem, context in _foreign(foreignwords.STEMS)
)
_STEMS = contextwords.STEMS + _FOREIGN_STEMS
_BEGINNINGS = tuple(stem for stem, _told_of in _STEMS)


def foreign(heading: str) -> tuple[str, bool]:
    """Return the kind of health context that a heading of `foreignwords` names, and whether a record has it; or nothing."""
    parts = split(heading)
    found = _FOREIGN_CONTEXT.get("".join(parts))
    if not found:
        found = next((told for stem, told in _FOREIGN_STEMS if any(_begins(part, stem) for part in parts)), None)
    return (found[0], found[1]) if found else ("", False)


def _begins(word: str, stem: str) -> bool:
    """Tell whether a word begins with a stem; in a script without blanks, whether it has it anywhere."""
    return word.startswith(stem) if stem.isascii() else stem in word


def _read(name: str) -> Named:
    if not name or len(name) > _LONGEST:
        return Named()
    words = [word for word in split(name) if word not in _JOINING][:_MOST] or split(name)[:1]
    if not words:
        return Named()
    whole = "".join(words)
    own = [word for word in words if word not in identitywords.OF_PATIENT] or words
    kept = [word for word in own if word not in contextwords.AROUND] or own
    last = split(name.rpartition(".")[2]) if "." in name else own  # of a record in a record
    forms = tuple(
        dict.fromkeys((whole, "".join(last), *map("".join, (own, kept)), *(_bare("".join(each)) for each in (words, own, kept))))
    )
    patient = not identitywords.PATIENT.isdisjoint(words) or whole.startswith(("patient", "patienten"))
    other = _other(words, whole)
    steps = tuple("".join(split(step)) for step in name.split(".") if not step.isdigit()) if "." in name else ()
    context, firm, profile = ("", False, "") if _of_name(words) else _context(words, (*forms, *steps))
    identity, person, date = _identity(forms, words), _person(forms), _date(words, forms)
    if not identity and not context and not person and not date and identitywords.NOT_OF_PERSON.isdisjoint(words):
        identity, person, date = _labelled(name)
    if "." in name and identity in _ANYBODY and not patient and not identitywords.CARING.isdisjoint(split(name.rpartition(".")[0])):
        identity = ""  # of who cares, in a record in a record
    return Named(
        identity=identity,
        context=context,
        firm=firm,
        profile=profile,
        person=person,
        date=date,
        patient=patient,
        other=other,
        plain=whole,
        last="".join(last) if "." in name and identitywords.OF_PATIENT.isdisjoint(words) else "",
    )


def _of_name(words: list[str]) -> bool:
    """Tell whether a column was made out of a name, such as `surname_dm`: what else its name says is how."""
    return len(words) > 1 and (not _NAMES.isdisjoint(words) or ("name" in words and not _WHOSE.isdisjoint(words)))


def _bare(plain: str) -> str:
    found = _NUMBERED.fullmatch(plain)
    return found[1] if found else plain


def _first(table: Mapping[str, str], forms: tuple[str, ...]) -> str:
    return next((table[form] for form in forms if form in table), "")


def _identity(forms: tuple[str, ...], words: list[str]) -> str:
    found = _first(identitywords.IDENTITY, forms) or _first(_FOREIGN_IDENTITY, forms)
    if found or not identitywords.NOT_OF_PERSON.isdisjoint(words):
        return found
    return next((identitywords.ANYWHERE[word] for word in words if word in identitywords.ANYWHERE), "")


def _labelled(name: str) -> tuple[str, str, str]:
    """Return identity, person and date of a name that only the labels of forms have."""
    from pytest_genomic_guard.identifiers import labels  # noqa: PLC0415 - for names that the tables here do not have

    found = labels.labelled(name) or ""
    if found in _PARTS:
        return _PARTS[found], "", ""
    if found == "patient-id":
        return "", "id", ""
    return ("", "", "event") if found.endswith("-date") and found in labels.ROLES else (found, "", "")


def _person(forms: tuple[str, ...]) -> str:
    return _first(identitywords.PERSON, forms)


def _other(words: list[str], whole: str) -> str:
    for kind, those in identitywords.OTHERS.items():
        if whole in those or not those.isdisjoint(words):
            return kind
    return ""


def _date(words: list[str], forms: tuple[str, ...]) -> str:
    if any(form in identitywords.BIRTH for form in forms):
        return "birth"
    dated = not identitywords.DATE.isdisjoint(words) or any(form.endswith(("date", "datum", "dt", "dttm", "dtc")) for form in forms)
    if any(form in identitywords.EVENTS for form in forms):
        return "event"
    if dated:
        return "no" if not identitywords.NO_EVENT.isdisjoint(words) else "event"
    return ""


def _context(words: list[str], forms: tuple[str, ...]) -> tuple[str, bool, str]:
    if not identitywords.MEALS.isdisjoint(words):
        return "", False, ""
    for form in forms:
        if form in contextwords.EXACT or form in _FOREIGN_CONTEXT:
            return contextwords.EXACT.get(form) or _FOREIGN_CONTEXT[form]
    found: tuple[str, bool, str] = ("", False, "")
    for word in words:
        if word in contextwords.ANYWHERE:
            found = contextwords.ANYWHERE[word]
        elif word.startswith(_BEGINNINGS):
            found = next(told for stem, told in _STEMS if word.startswith(stem))
        if found[0]:
            break
    return (found[0], False, "any") if found[0] and not contextwords.WHEN.isdisjoint(words) else found
