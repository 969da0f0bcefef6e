"""What follows from what a text says of one person: which values count, beside which health context."""

from __future__ import annotations

import re
from functools import lru_cache

from pytest_genomic_guard import identifiers
from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health import notecontext, noteforeign, notelabels, setting, weighed
from pytest_genomic_guard.views.health.evidence import Evidence
from pytest_genomic_guard.views.health.providers import Seen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.health.noteitems import Item
    from pytest_genomic_guard.views.text import Segment, Text

_NAMES, _REACH = frozenset({"patient", "name"}), frozenset({"phone", "email", "address"})
_HEALTH_IDS = frozenset(
    {"mrn", "nhs", "mbi", "hicn", "medicaid", "health-plan", "chi", "health-card", "phn", "kvnr", "ramq", "cip", "utente"}
)
_HEALTH_IDS |= frozenset({"medicare-au", "ihi", "nhi", "cns", "health-and-care", "ehic", "abha", "dva"})
_SECTION = regex(r"(?:^|[\s\"'*#>,;|(])([^\W\d_][\w/-]{0,24})[\"'*_]{0,3}[ ]{0,1}[:=]", re.MULTILINE)
_EMPTY = regex(r"\"([a-z_]{1,40})\"[ ]?:[ ]?(?:null|\"\"|\[\]|\{\})")  # a field of a record in which nothing is said
_MADE_UP = regex(
    r"(?<![\w-])(?:synthetic|fictional|fictitious|simulated|mock|dummy|fake|made[- ]up|invented|imaginary|hypothetical"
    r"|example|artificial"
    r"|(?<!blood )(?<!urine )(?<!tissue )(?<!biopsy )(?<!stool )(?<!fluid )(?<!serum )(?<!plasma )(?<!swab )sample)"
    r"[ ](?:clinical |medical |patient |health |discharge |radiology )?(?:patients?|persons?|people|data|cases?|records?"
    r"|notes?|reports?|summary|names?|scenarios?|vignettes?|letters?|identit(?:y|ies)|individuals?)(?!\w)"
    r"|synthetic: {0,4}generator ?="
    r"|not a real (?:patient|person|case)|no real (?:patients?|persons?|people|data)|any resemblance|for (?:training"
    r"|demonstration|illustration|teaching) purposes",
    re.IGNORECASE,
)
_PRINTED = regex(rb"#[#>] {1,12}\[?[0-9]{1,6},?\]? {1,40}\S")  # a row that R printed into a document
_ATTRIBUTES = regex(rb"<[A-Za-z_][\w.:-]{0,60}(?:\s{1,8}[\w.:-]{1,60}=\"[^\"<>]{0,200}\"){4}")
_HEAD = 2000  # characters of a text in which it says that it is made up
# Words of labels that every trade has, and those beside which they are of care
_ANYWHERE = frozenset({"history", "plan", "status", "summary", "reason", "progress", "objective", "exam", "visit"})
_OF_CARE = frozenset({"patient", "family", "social", "past", "present", "surgical", "illness", "clinical", "health", "medical"})
_FEW = 2
_REAL = 6  # digits of a number that an institution gave, as opposed to one typed
_NOTE = 3  # kinds of health context that speak for a note among words of another trade
_TUTORIAL = regex(rb"```|pip install|npm install|import |def |## (?:Usage|Install)|\$ |https://github\.com|{%|\{\{|<[A-Z_ ]{3,}>")


class Person(Record):
    """What stands in a window about one person, and the text around it."""

    items: tuple[Item, ...]
    at: int  # bytes from the window's beginning
    text: str
    words: tuple[str, ...]


class Context(Record):
    """Which kinds of health context there are."""

    firm: frozenset[str]
    soft: frozenset[str]
    patient: bool
    trades: frozenset[str]


# The best that can stand around anybody: who is not told with it is not told at all, and nobody looks for what there is
_MOST = Context(firm=frozenset({"medication", "diagnosis", "symptom"}), soft=frozenset(), patient=True, trades=frozenset())


def context(person: Person) -> Context:
    """Return the health context around a person: firm where a record says it."""
    empty = frozenset(part for each in _EMPTY.findall(person.text) for part in (each, *each.split("_")))
    text = _EMPTY.sub(" ", person.text) if empty else person.text
    firm, soft, trades, patient = set(notecontext.shapes(text)), set[str](), set[str](), False
    for word in person.words:
        if word in empty and word not in text.lower():
            continue
        told = notecontext.WORDS.get(word) or (("medication", False) if notecontext.drug(word) else None)
        if told:
            (firm if told[1] else soft).add(told[0])
        if word in notecontext.OTHERS:
            trades.add(word)
        patient = patient or word in notecontext.PATIENT or word.startswith("patient")
    for heading in _SECTION.findall(notelabels.folded(text)):
        firm.update(_headed(heading))
    for told_by, sure in noteforeign.context(text, frozenset(person.words)):
        (firm if sure else soft).add(told_by)
    trade = {notecontext.OTHERS[word] for word in trades}
    strong = {each for each in trade if sum(notecontext.OTHERS[word] == each for word in trades) >= _FEW}
    return Context(firm=frozenset(firm), soft=frozenset(soft - firm), patient=patient, trades=frozenset(strong))


def _headed(heading: str) -> Iterator[str]:
    """Yield what a label speaks of, whole or by its words; the history of a house, or of a payment, is none of a person's."""
    parts = heading.replace("-", "_").split("_")
    clinical = [part for part in parts if part not in _ANYWHERE and (part in notecontext.HEADINGS or part in _OF_CARE)]
    for word in (heading, *(part for part in parts if clinical or part not in _ANYWHERE)):
        told_by = notecontext.HEADINGS.get(word)
        if told_by and len(word) > 1:
            yield told_by


def judged(person: Person, view: Text, segment: Segment, at: int) -> Seen | None:
    """Return what is seen of a person, or None where nothing is to be said."""
    items = _counted(person)
    keys = {each.key for each in items}
    if not keys & (_NAMES | {"birth"} | _strong(keys)):
        return None
    around = context(person) if _tells(keys, _MOST) else None
    if around is None or not _tells(keys, around):
        alone = _alone(items)
        if not alone or _place(view, segment, at) != "data" or not _treated(alone, person):
            return _single(alone, view, segment, at)
        around = context(person)
    place = _promoted(view, segment, _place(view, segment, at), items, around)
    if place == "document" and keys & _HEALTH_IDS and _printed(view, segment, at):
        place = "data"
    if place != "data" and not (_looks_real(items) and keys & (_NAMES | _strong(keys))):
        return None
    return Seen(
        at=view.locate(at, at + max(each.at for each in items) - min(each.at for each in items) + 1),
        evidence=_evidence(items, around, _mark(view, segment, person)),
        setting=place,
        what="free text",
        who=_who(items),
        names=tuple(each.value.encode() for each in items if each.key in _NAMES and not each.invented),
    )


def _counted(person: Person) -> list[Item]:
    """Return the items that count: a number without a label, or one near who treats, only close behind what is the person's."""
    kept = [each for each in person.items if each.sure]
    core = [each.at for each in kept if each.key in _NAMES or each.key in {"birth", "mrn", "ssn", "nhs"}]
    near = [each for each in person.items if not each.sure and each.key != "ssn" and any(0 <= each.at - at < 160 for at in core)]
    told = any(each.key in _NAMES or each.key == "birth" for each in kept)  # any number is an ID of something
    near = [each for each in near if told or each.key != "mrn"]
    bare = [each for each in person.items if not each.sure and each.key == "ssn" and any(abs(each.at - at) < 200 for at in core)]
    return [*kept, *near, *bare]


def _strong(keys: set[str]) -> set[str]:
    return {
        key
        for key in keys
        if key not in {"patient", "name", "birth", "born", "event"} and identifiers.kind(key).strength == "strong"
    }


def _tells(keys: set[str], around: Context) -> bool:  # noqa: PLR0911 - one combination after the other
    """Tell whether what is known of a person names them beside health."""
    name, patient, birth = bool(keys & _NAMES), "patient" in keys, "birth" in keys
    health = keys & _HEALTH_IDS
    reach = bool(keys & _REACH)
    firm, topics = len(around.firm), len(around.firm) + len(around.soft)
    if around.trades and not health and firm < _NOTE:
        return False
    if health and (name or birth or "born" in keys or reach):
        return health != {"health-plan"} or patient or around.patient or topics > 0  # clubs and parliaments have members
    if _strong(keys) and (name or birth) and (firm or around.patient or topics >= 1):
        return True
    if name and birth and (firm or topics >= _FEW or (topics and (reach or patient)) or (around.patient and (patient or topics))):
        return True
    if patient and (reach or "event" in keys) and firm and topics >= _FEW:
        return True
    if patient and "born" in keys and firm:
        return True
    if "cause of death" in around.firm and patient and (reach or "event" in keys):
        return True
    if birth and reach and firm and around.patient:
        return True
    if name and "born" in keys and firm and (reach or ("medication" in around.firm and topics >= _FEW)):
        return True
    if name and {"born", "event"} <= keys and around.patient and firm >= _FEW:
        return True
    return bool(health - {"health-plan"}) and firm >= _FEW


def _treated(alone: Sequence[Item], person: Person) -> bool:
    """Tell whether a number that one person has, and that is confirmed, stands beside what records of care say.

    One topic is enough for a number that only patients and the insured have, or where it is a code, a dose or a result.
    """
    around = context(person)
    topics = len(around.firm | around.soft)
    if around.trades or not topics:
        return False
    sure = any(each.key in _HEALTH_IDS for each in alone) or notecontext.shapes(person.text) - {"vital signs"}
    return bool(sure) or (topics > _FEW and bool(around.firm))


def _alone(items: list[Item]) -> list[Item]:
    """Return what names somebody without any context: values that check digits or ranges confirm, with their label."""
    kinds = (
        (each, identifiers.kind(each.key)) for each in items if each.sure and each.key not in {*_NAMES, "birth", "born", "event"}
    )
    return [each for each, kind in kinds if kind.strength == "strong" and not each.invented and kind.check(each.value) == "yes"]


def _single(alone: list[Item], view: Text, segment: Segment, at: int) -> Seen | None:
    if not alone:
        return None
    evidence = Evidence(real=frozenset({alone[0].key}))
    place = _place(view, segment, at)
    return Seen(at=view.locate(at), evidence=evidence, setting=place, what="free text", who=alone[0].value.encode())


def _evidence(items: list[Item], around: Context, marked: str) -> Evidence:
    real: set[str] = set()
    invented: set[str] = set()
    for each in items:
        key = {"patient": "name", "birth": "birth-date", "born": "birth-date"}.get(each.key, each.key)
        if key != "event":
            (invented if each.invented else real).add(key)
    if "name" in real and "name" in invented:  # whom it is about, and somebody else
        first = next(each for each in items if each.key in _NAMES)
        (real if first.invented else invented).discard("name")
    health = set(around.firm | around.soft)
    health |= {"patient"} if around.patient or not health or real & _HEALTH_IDS else set()
    return Evidence(
        real=frozenset(real),
        invented=frozenset(invented - real),
        health=frozenset(health),
        dates=any(each.key == "event" for each in items),
        marked=marked,
    )


def _who(items: list[Item]) -> bytes:
    """Return what tells this person from others: a number, else the day of birth, else the name."""
    for keys in (_strong({each.key for each in items}), {"birth"}, {"born"}, {"patient"}, {"name"}):
        if told := [each for each in items if each.key in keys]:
            return told[0].value.lower().encode()
    return b""


def _mark(view: Text, segment: Segment, person: Person) -> str:
    """Return what says that a text is made up, in our own words: a sentence in its beginning, or beside the person."""
    head = view.data[segment.start : min(view.end(segment), segment.start + _HEAD)]
    return "its own words" if _made_up(head) or _MADE_UP.search(person.text) else ""


@lru_cache(maxsize=4)
def _made_up(head: bytes) -> bool:
    """Tell whether the beginning of a text, which all people in it share, says that they are made up."""
    return _MADE_UP.search(head.decode("utf-8", "replace")) is not None


def _place(view: Text, segment: Segment, at: int) -> str:
    """Return where a person stands; a row of attributes is as a program keeps it, such as the data set of a test."""
    line = view.data.rfind(b"\n", max(segment.start, at - 400), at) + 1
    if _ATTRIBUTES.search(view.data, line, min(view.end(segment), at + 600)):
        return "code"
    place = "code" if _of_fhir(view, segment) else setting.of(view.artifact, segment.trail, segment.context)
    return "code" if place == "data" and not segment.trail and setting.programmed(view.data, at) else place


def _printed(view: Text, segment: Segment, at: int) -> bool:
    """Tell whether a person of a document stands in a row of what a program printed, and nothing says that it is an example."""
    line = view.data.rfind(b"\n", max(segment.start, at - 400), at) + 1
    return _PRINTED.match(view.data, line) is not None and weighed.sign(view) != "example"


def _of_fhir(view: Text, segment: Segment) -> bool:
    """Tell whether a text is a resource of FHIR, of which `fhir` tells whom it is about."""
    head = view.data[segment.start : min(view.end(segment), segment.start + _HEAD)]
    return head[:64].lstrip()[:1] in {b"{", b"["} and b'"resourceType"' in head


def _looks_real(items: list[Item]) -> bool:
    """Tell whether a person in source code or documentation is told as records tell them: see `fhirperson.Person.reaches`."""
    points = 0
    seen: set[str] = set()
    for each in items:
        key = "name" if each.key == "patient" else each.key
        if each.invented or key in seen:
            continue
        seen.add(key)
        if each.key in {"patient", "name", "birth", "address", "email"}:
            points += 1
        elif each.key not in {"born", "event"} and (each.key == "phone" or identifiers.kind(each.key).check(each.value) == "yes"):
            points += 2
        elif each.key in {"mrn", "health-plan", "account"} and sum(map(str.isdigit, each.value)) >= _REAL:
            points += 1
    return points > _FEW


def _promoted(view: Text, segment: Segment, place: str, items: list[Item], around: Context) -> str:
    """Return "data" for a document that is a note as a whole, and no example: a letter saved as Markdown is a letter."""
    if place != "document":
        return place
    text = view.data[segment.start : view.end(segment)] if segment.context == "prose" else view.data
    told = around.firm and len(around.firm | around.soft) >= _FEW and len({each.key for each in items}) >= _FEW
    if not told or len(text) >= 64 << 10 or _TUTORIAL.search(text) or weighed.sign(view):
        return place
    return "document" if any(weighed.common(each.value.encode()) for each in items if each.key in _NAMES) else "data"
