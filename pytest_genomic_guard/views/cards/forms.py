"""What a structured card gives, field by field, and the card that follows from it by the judgements of `states` and `markdown`."""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.cards.nouns import SECTIONS, Card, Section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_genomic_guard.model import Location
    from pytest_genomic_guard.views.cards.nouns import Fault, Kind, Metric, Tier, Why
    from pytest_genomic_guard.views.cards.trees import Read, Tree

_RANK = {"absent": 0, "mentioned": 1, "stated": 2}
_EMPTY = regex(
    r"(?i)[\s\"'\[(]*+(?:n/?a|none|null|nil|tb[ad]|todo|unknown|"
    r"not (?:applicable|available|specified)|[-\u2013\u2014?.]*+)[\s\"'\]).]*+"
)
_ID = regex(r"[A-Za-z0-9][\w.+-]{0,95}(?:/[\w.+-]{1,96}){0,3}")


class Field(Record):
    """Words of a card, and of which section they are; of none: they are read as running text."""

    section: str
    text: str
    line: int = 1
    given: bool = False  # its key names the section by itself, so that its words need not


class Form(Record):
    """What a structured card holds."""

    form: str
    kind: Kind = "model"
    fields: tuple[Field, ...] = ()
    settled: tuple[Section, ...] = ()  # what the form itself decides, such as a table of figures
    closed: tuple[str, ...] = ()  # sections of which only fields and what is settled count, not running text
    names: tuple[str, ...] = ()
    base_models: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    licence: str = ""
    metrics: tuple[Metric, ...] = ()
    faults: tuple[Fault, ...] = ()
    tier: Tier = ""
    generative: bool | None = None
    hint: str = ""


def judged(form: Form, at: Location) -> Card:
    """Return the card that a form is."""
    from pytest_genomic_guard.views.cards import markdown, sources  # noqa: PLC0415 - where there is a card only

    body = "\n\n".join(each.text for each in form.fields).encode("utf-8", "replace")
    prose = markdown.read(body, 1, kind=form.kind)
    found = [*form.settled, *(_field(each) for each in form.fields if each.section)]
    line = next((each.line for each in form.fields if not each.section), 1)
    found += [each.replace(line=line if each.line else 0) for each in prose.sections if each.name not in form.closed]
    return Card(
        at=at,
        kind=form.kind,
        form=form.form,
        tier=form.tier,
        generative=form.generative,
        hint=form.hint or prose.hint,
        clinical=line if prose.clinical else 0,
        text=prose.text,
        invented=prose.invented,
        nobody=prose.nobody,
        sections=best(found),
        names=form.names,
        base_models=form.base_models,
        datasets=form.datasets,
        sources=sources.of([each.text for each in form.fields if each.section == "training-data"] + [*form.datasets]),
        licence=form.licence,
        metrics=form.metrics,
        faults=form.faults,
    )


def _field(field: Field) -> Section:
    """Return what a field is as a section: words that answer nothing are a heading over nothing."""
    from pytest_genomic_guard.views.cards import states  # noqa: PLC0415 - as above

    if not field.text.strip():
        return Section(name=field.section, status="mentioned", why="heading", line=field.line)
    if _EMPTY.fullmatch(field.text):
        why: Why = "negation" if re.match(r"(?i)\W{0,40}no", field.text) else "placeholder"
        return Section(name=field.section, status="mentioned", why=why, line=field.line)
    status, why = states.field(field.section, field.text)
    if status != "stated" and field.given:
        from pytest_genomic_guard.views.cards import given  # noqa: PLC0415 - as above

        status, why = given.judged(field.section, field.text, why)
    return Section(name=field.section, status=status, why=why, line=field.line)


def best(found: Iterable[Section]) -> tuple[Section, ...]:
    """Return every section once, in order, with the best that was found of it; the first, of those that are as good."""
    kept: dict[str, Section] = {}
    for each in found:
        have = kept.get(each.name)
        if have is None or _RANK[each.status] > _RANK[have.status]:
            kept[each.name] = each.replace(sentences=each.sentences or (have.sentences if have else ()))
        elif each.sentences and not have.sentences:
            kept[each.name] = have.replace(sentences=each.sentences)
    return tuple(kept.get(name) or Section(name=name) for name in SECTIONS)


def fields(read: Read, tree: dict[str, Tree], where: dict[str, tuple[str, ...]]) -> tuple[Field, ...]:
    """Return the fields of a table that are there, by section: which keys hold it."""
    from pytest_genomic_guard.views.cards import given, trees  # noqa: PLC0415 - as above

    return tuple(
        Field(section=section, text=trees.words(tree[key]), line=read.line(key), given=given.names(key, section))
        for section, keys in where.items()
        for key in keys
        if key in tree
    )


def ids(values: Iterable[str]) -> tuple[str, ...]:
    """Return what can be ids of models and data sets."""
    cleaned = (re.sub(r"^(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/(?:datasets/)?", "", each.strip()) for each in values)
    return tuple(dict.fromkeys(each for each in cleaned if _ID.fullmatch(each)))


def called(*values: str) -> tuple[str, ...]:
    """Return names as ids: blanks are `-`."""
    return ids(re.sub(r"\s+", "-", each.strip()[:120]) for each in values if each)


def licence(value: str, line: int) -> tuple[Section, str]:
    """Return the section on the licence by what a field names, and its id where that is known."""
    from pytest_genomic_guard.views.licences import cards  # noqa: PLC0415 - as above

    if not value or _EMPTY.fullmatch(value) or value[0] in "[{<(":
        return Section(name="licence", status="mentioned", why="placeholder" if value else "heading", line=line), ""
    given = cards.read(re.sub(r"^https?://spdx\.org/licenses/|\.(?:html|json)$", "", value), line)
    listed = given.listed
    if listed is None:
        told = re.search(r"[A-Za-z]{2}", value) is not None and not re.match(r"(?i)(?:see|please|tb[ad]|not yet|no licen)", value)
        return Section(name="licence", status="stated" if told else "mentioned", why="" if told else "deferral", line=line), ""
    if listed.id in {"unknown", "cc"}:
        return Section(name="licence", status="mentioned", why="placeholder", line=line), ""
    return Section(name="licence", status="stated", line=line), listed.expression or listed.id
