"""Cards of Google's Model Card Toolkit (2.0, JSON) and of bridge2ai/model-card-schema (LinkML, 2026), which extends it."""

from __future__ import annotations

import re

from pytest_genomic_guard.views.cards import figures, forms, groups, trees
from pytest_genomic_guard.views.cards.nouns import Section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.cards.nouns import Metric, Tier
    from pytest_genomic_guard.views.cards.trees import Read, Tree

OWN = re.compile(rb"(?m)^[ \t{]{0,16}\"?model_details\"?[ \t]{0,4}:|\"model_details\"[ \t\r\n]{0,4}:")
_CONSIDERATIONS = {
    "intended-use": ("users", "use_cases"),
    "out-of-scope": ("out_of_scope_uses", "out_of_scope"),
    "limitations": ("limitations", "tradeoffs", "ethical_considerations"),
    "oversight": ("human_oversight",),
}
_TOP = {
    "limitations": ("bias_input", "bias_model", "bias_output", "limitations"),
    "privacy": ("privacy",),
    "": ("overview", "documentation", "usage"),
}
# Words of the keys alone, as the examples of the toolkit have them for values
_KEYS = frozenset(
    [
        "use",
        "case",
        "cases",
        "users",
        "user",
        "limitations",
        "limitation",
        "limits",
        "tradeoffs",
        "tradeoff",
        "description",
        "descriptions",
        "name",
        "data",
        "ethical",
        "considerations",
        "consideration",
        "mitigation",
        "strategy",
        "overview",
        "documentation",
        "text",
        "here",
        "out",
        "of",
        "scope",
        "uses",
        "risk",
    ]
)
_TEST = re.compile(r"(?i)\b(?:test|eval\w*|validation|hold-?out)\b")


def form(read: Read) -> forms.Form | None:
    """Return what a card says, None where a file is none."""
    tree = trees.table(read.tree)
    details = trees.table(tree, "model_details")
    considerations, analysis = trees.table(tree, "considerations"), trees.table(tree, "quantitative_analysis")
    parameters = trees.table(tree, "model_parameters")
    if not details or not ({"name", "overview"} & {*details} or considerations or analysis or parameters):
        return None
    found = [*forms.fields(read, considerations, _CONSIDERATIONS), *forms.fields(read, tree, _TOP)]
    found += forms.fields(read, details, {"": ("overview", "short_description", "documentation")})
    found += _data(read, parameters)
    found += forms.fields(read, parameters, {"": ("training_procedure", "model_architecture")})
    found = [each.replace(text="todo") if each.section and _filler(each.text) else each for each in found]
    entries = [each for each in trees.listed(analysis.get("performance_metrics")) if isinstance(each, dict)]
    settled = [*_evaluation(read, entries)]
    licence = ""
    for each in trees.listed(details.get("licenses", details.get("license"))):
        item = trees.table(each)
        told = next((trees.word(item[key]) for key in ("identifier", "license_name", "name", "custom_text") if item.get(key)), "")
        section, known = forms.licence(told or trees.word(each), read.line("licenses", "license"))
        settled.append(section)
        licence = licence or known
    datasets = [trees.word(trees.table(each).get("name")) or trees.word(each) for each in trees.listed(tree.get("datasets"))]
    if datasets:
        text = ", ".join(datasets)
        found.append(forms.Field(section="training-data", text=text, line=read.line("datasets")))
    return forms.Form(
        form="bridge2ai" if {"schema_version", "bias_model", "pipeline_tag", "model_category"} & {*tree} else "mct",
        fields=tuple(found),
        settled=tuple(settled),
        names=forms.called(trees.word(details.get("name"))),
        base_models=forms.ids([trees.word(each) for each in trees.listed(tree.get("base_model"))]),
        datasets=forms.ids(datasets),
        licence=licence,
        metrics=_metrics(read, entries),
        tier=_tier(tree),
        generative={"true": True, "false": False}.get(trees.word(tree.get("generative")).lower()),
    )


def _filler(text: str) -> bool:
    """Tell whether a value is made of the words of keys alone."""
    words = re.findall(r"[a-z]+", text.lower())
    return bool(words) and _KEYS.issuperset(words)


def _tier(tree: dict[str, Tree]) -> Tier:
    told = trees.word(tree.get("risk_tier")).lower()
    return told if told in {"basic", "research", "release"} else ""  # type: ignore[return-value]


def _data(read: Read, parameters: dict[str, Tree]) -> Iterator[forms.Field]:
    """Yield what is said of data: the sets of training, and what of them is sensitive."""
    data = parameters.get("data")
    if isinstance(data, dict):  # the form of 0.0.1: train, eval
        data = [data.get("train"), *trees.listed(data.get("data"))]
    for each in trees.listed(data):
        item = trees.table(each)
        name = trees.word(item.get("name"))
        text = ". ".join(filter(None, (name, trees.words(item.get("description")), trees.words(item.get("link")))))
        if text and not _TEST.search(name):
            yield forms.Field(section="training-data", text=text, line=read.line("data"))
            yield forms.Field(section="", text=trees.words(item.get("description")), line=read.line("data"))
        sensitive = trees.words(item.get("sensitive"))
        if sensitive:
            yield forms.Field(section="privacy", text=sensitive, line=read.line("sensitive"))


def _evaluation(read: Read, entries: list[dict[str, Tree]]) -> Iterator[Section]:
    """Yield the sections that figures make: evaluation, and groups of people where slices are such."""
    if not entries:
        return
    line = read.line("performance_metrics")
    told = [each for each in entries if re.search(r"\d", trees.words(each.get("value")))]
    yield figures.section((), line, others=len(told))
    people = [each for each in told if groups.of_people(trees.word(each.get("slice")))]
    if people:
        enough = len(people) > 1
        yield Section(name="subgroups", status="stated" if enough else "mentioned", why="" if enough else "word", line=line)


def _metrics(read: Read, entries: list[dict[str, Tree]]) -> tuple[Metric, ...]:
    found = []
    for each in entries[: figures.MOST]:
        value = trees.word(each.get("value"))
        unit = "%" if trees.word(each.get("unit")) == "%" and not value.endswith("%") else ""
        cut = trees.word(each.get("slice"))
        told = figures.measured(trees.word(each.get("type")), value + unit, data=cut, line=read.line("performance_metrics"))
        if told and not groups.of_people(cut):
            found.append(told)
    return tuple(found)
