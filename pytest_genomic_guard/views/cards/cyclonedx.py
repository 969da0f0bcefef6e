"""The model cards of a CycloneDX bill of materials (1.5 to 1.7, ECMA-424), JSON or XML: one for each component that has one."""

from __future__ import annotations

import re

from pytest_genomic_guard.views.cards import figures, forms, groups, trees
from pytest_genomic_guard.views.cards.nouns import Section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.cards.nouns import Metric
    from pytest_genomic_guard.views.cards.trees import Read, Tree

OWN = re.compile(rb"\"bomFormat\"[ \t\r\n]{0,8}:[ \t\r\n]{0,8}\"CycloneDX\"|cyclonedx\.org/schema/bom")
CARD = re.compile(rb"\"modelCard\"[ \t\r\n]{0,8}:|<(?:\w{1,20}:)?modelCard[\s>]")
_MOST = 200  # components with a card
_CONSIDERATIONS = {
    "intended-use": ("users", "useCases"),
    "limitations": ("technicalLimitations", "performanceTradeoffs", "ethicalConsiderations"),
    "subgroups": ("fairnessAssessments",),
}
# Sentences of the examples of the specification, which ask and do not answer
_ASKED = re.compile(
    r"(?i)^(?:(?:who|what|how|which|with respect to)\b[^\n]{0,300}\?(?: E\.g\.[^\n]{0,300})?|"
    r"(?:the|expected|strategy|with respect to)\b[^\n]{0,200}(?:name of the|type of performance|value of the performance|"
    r"used to address this risk|identified groups|implemented\.|systematically disadvantaged by the model|goes here))\W*$",
    re.MULTILINE,
)


def forms_of(read: Read) -> Iterator[forms.Form]:
    """Yield what the cards of a bill say."""
    top = trees.table(read.tree)
    bill = trees.table(top, "bom") or top
    about = {trees.word(each.get("bom-ref", each.get("@bom-ref"))): each for each in _components(bill, 0)}
    for count, each in enumerate(_components(bill, 0)):
        if trees.table(each, "modelCard") or ("modelCard" in each and each["modelCard"] is not None):
            yield _form(read, each, about)
        if count > 20_000:
            raise trees.CardError("too-many")


def _components(tree: dict[str, Tree], depth: int) -> Iterator[dict[str, Tree]]:
    found = trees.table(tree, "components").get("component") if isinstance(tree.get("components"), dict) else tree.get("components")
    for each in [*trees.listed(found), *trees.listed(trees.table(tree, "metadata").get("component"))]:
        if isinstance(each, dict):
            yield each
            if depth < 10:
                yield from _components(each, depth + 1)


def _form(read: Read, component: dict[str, Tree], about: dict[str, dict[str, Tree]]) -> forms.Form:
    card = trees.table(component, "modelCard")
    considerations = _unwrapped(trees.table(card, "considerations"))
    parameters = trees.table(card, "modelParameters")
    metrics = _items(trees.table(card, "quantitativeAnalysis").get("performanceMetrics"), "performanceMetric")
    found = [each.replace(text=_ASKED.sub("", each.text).strip()) for each in forms.fields(read, considerations, _CONSIDERATIONS)]
    found += forms.fields(read, component, {"": ("description",)})
    data = [*_data(_items(parameters.get("datasets"), "dataset"), about)]
    found += [forms.Field(section="training-data", text=text, line=read.line("datasets")) for text, _name, _private in data if text]
    found += [forms.Field(section="privacy", text=private, line=read.line("sensitiveData")) for _t, _n, private in data if private]
    found += [_property(read, each) for each in _items(card.get("properties"), "property") if isinstance(each, dict)]
    settled = [*_evaluation(read, metrics)]
    licence = ""
    for value in _licences(component.get("licenses")):
        section, known = forms.licence(value, read.line("licenses"))
        settled.append(section)
        licence = licence or known
    name, group = trees.word(component.get("name")), trees.word(component.get("group"))
    kind = trees.words(parameters.get("architectureFamily")) + " " + trees.words(parameters.get("modelArchitecture"))
    return forms.Form(
        form="cyclonedx",
        fields=(*found, forms.Field(section="", text=kind)) if kind.strip() else tuple(found),
        settled=tuple(settled),
        names=forms.called(f"{group}/{name}" if group else name, name),
        datasets=forms.ids(each for _text, each, _private in data),
        licence=licence,
        metrics=metrics_of(read, metrics),
    )


def _unwrapped(tree: dict[str, Tree]) -> dict[str, Tree]:
    """Return considerations as JSON has them, where XML has an element around each."""
    return {
        key: next(iter(value.values())) if isinstance(value, dict) and len(value) == 1 else value for key, value in tree.items()
    }


def _items(tree: Tree, inner: str) -> list[Tree]:
    """Return the items of a list, which XML has as elements of one name in another."""
    return trees.listed(tree[inner] if isinstance(tree, dict) and inner in tree else tree)


def _data(items: list[Tree], about: dict[str, dict[str, Tree]]) -> Iterator[tuple[str, str, str]]:
    """Yield what is said of each set of data, its name, and what of it is sensitive; behind a reference, of what it names."""
    for each in items[:400]:
        item = trees.table(each)
        item = about.get(trees.word(item.get("ref")) or "?", item)
        parts = [item, *(part for part in trees.listed(item.get("data")) if isinstance(part, dict))]
        name = trees.word(item.get("name"))
        if re.fullmatch(r"(?i)(?:the )?(?:training|test|validation|evaluation)?[ _-]?(?:data|data ?sets?)", name):
            name = ""  # says no more than its place does
        text = ". ".join(filter(None, [name, *(trees.words(part.get("description")) for part in parts)]))
        private = "\n".join(filter(None, (trees.words(part.get("sensitiveData")) for part in parts)))
        yield text, name, private


def _property(read: Read, each: dict[str, Tree]) -> forms.Field:
    """Return a property: a card of its own makes has no other place for what is out of scope, or for oversight."""
    name, value = trees.word(each.get("name", each.get("@name"))), trees.word(each.get("value", each.get("#text")))
    low = name.lower().replace("_", "").replace("-", "")
    section = "out-of-scope" if "outofscope" in low else "oversight" if "oversight" in low else ""
    return forms.Field(section=section, text=value, line=read.line("properties"))


def _licences(tree: Tree) -> Iterator[str]:
    for each in trees.listed(tree):
        item = trees.table(each)
        for one in trees.listed(item.get("license", item.get("expression"))):
            inner = trees.table(one)
            yield trees.word(inner.get("id") or inner.get("name")) or trees.word(one)


def _evaluation(read: Read, metrics: list[Tree]) -> Iterator[Section]:
    line = read.line("performanceMetrics")
    told = [each for each in metrics if re.search(r"\d", trees.word(trees.table(each).get("value")))]
    if metrics:
        yield figures.section((), line, others=len(told))
    people = [each for each in told if groups.of_people(trees.word(trees.table(each).get("slice")))]
    if people:
        enough = len(people) > 1
        yield Section(name="subgroups", status="stated" if enough else "mentioned", why="" if enough else "word", line=line)


def metrics_of(read: Read, metrics: list[Tree]) -> tuple[Metric, ...]:
    """Return the figures of a card that are of no group of people."""
    found = []
    for each in metrics[: figures.MOST]:
        item = trees.table(each)
        cut = trees.word(item.get("slice"))
        told = figures.measured(
            trees.word(item.get("type")), trees.word(item.get("value")), data=cut, line=read.line("performanceMetrics")
        )
        if told and not groups.of_people(cut):
            found.append(told)
    return tuple(found)
