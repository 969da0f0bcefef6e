"""The Applied Model Card of the Coalition for Health AI (mc.chai.org, schemas 0.1 and 0.2 of 2025), XML or the same as JSON.

All its elements are text that may be anything: what counts is what they say. XML with a document type is refused: a card has none.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.cards import figures, forms, groups, trees
from pytest_genomic_guard.views.cards.nouns import Section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.cards.nouns import Metric
    from pytest_genomic_guard.views.cards.trees import Read, Tree

OWN = re.compile(rb"<(?:\w{1,20}:)?AppliedModelCard[\s/>]|\"AppliedModelCard\"|mc\.chai\.org/")
_WHERE = {
    "intended-use": ("IntendedUseAndWorkflow", "PrimaryIntendedUsers"),
    "out-of-scope": ("CautionedOutOfScopeSettings",),
    "training-data": ("DevelopmentDataCharacterization",),
    "limitations": ("KnownRisksAndLimitations", "KnownBiasesOrEthicalConsiderations"),
    "privacy": ("Security", "PatientConsentOrDisclosure"),
    "oversight": ("HumanOversight", "HowToUse", "IntendedUseAndWorkflow", "KnownRisksAndLimitations"),
    "": (
        "Summary",
        "InputDataSource",
        "BiasMitigationApproaches",
        "OngoingMaintenance",
        "OutputAndInputDataTypes",
        "TargetedPatientPopulation",
    ),
}
_ESTIMATE = re.compile(r'"(?:estimate|value|mean|median|point|lower|low)"\s*:\s*(-?\d{1,12}(?:\.\d{1,12})?)')
_TESTS = re.compile(
    r"(?i)\btest(?:ing|ed)?\b[^.]{0,60}\b(?:cases?|scenarios?|cohort|encounters?|set|data|visits?|notes?)\b|\bvalidat|\bevaluat"
)
_ELSEWHERE = re.compile(
    r"(?i)\b(?:please )?(?:refer|see|consult)\b[^.]{0,20}\b(?:to|the)\b|"
    r"\bresponsible for (?:viewing|review)|\bper the standard of care"
)
# Numbers of people by sex, age or ancestry
_COMPOSED = re.compile(
    r"(?i)(?:mean|median|average)[^.\n]{0,20} age[^.\n]{0,30}\d|"
    r"\d[\d,.]{0,14}\s?%?\s?(?:were |are |\()?(?:fe)?(?:males?|men|wom[ae]n|white|black|asian|hispanic)\b|"
    r"\b(?:(?:fe)?males?|men|women|white|black|asian|hispanic|african|european)\b[^.\n\w]{0,4}\d|"
    r"\bage[ds]?(?: range| from|:)?[^.\n]{0,20}\d{1,3}\s?(?:[-\u2013]|to)\s?\d"
)
_TRAINS = re.compile(r"(?i)\b(?:train|tuned|develop(?:ed|ment) (?:data|set|on|using|with)|learn(?:ed|t)|fine-?tun|corpus)")


def form(read: Read) -> forms.Form | None:
    """Return what a card says, None where a file is none."""
    root = read.tree
    tree = trees.table(root, "AppliedModelCard") or (root if isinstance(root, dict) and "UsesAndDirections" in root else {})
    if not tree:
        return None
    flat: dict[str, Tree] = {}
    _flatten({key: value for key, value in tree.items() if key != "KeyMetrics"}, flat, 0)
    found = list(forms.fields(read, flat, _WHERE))
    metrics = trees.table(tree, "KeyMetrics")
    settled = [*_evaluation(read, metrics), *_fairness(read, metrics)]
    found += [each for part in metrics.values() for each in _tested(read, part)]
    found = [_limited(each) for each in found]
    development = trees.words(flat.get("DevelopmentDataCharacterization"))
    if _COMPOSED.search(development):
        found.append(forms.Field(section="demographics", text=development, line=read.line("DevelopmentDataCharacterization")))
    if _TESTS.search(development) and not _TRAINS.search(development):  # what it was tested on stands in the wrong place
        found = [each for each in found if each.section != "training-data"]
        line = read.line("DevelopmentDataCharacterization")
        settled.append(Section(name="training-data", status="mentioned", why="heading", line=line))
    return forms.Form(
        form="chai",
        fields=tuple(found),
        settled=tuple(settled),
        closed=("limitations", "training-data", "subgroups", "demographics", "licence"),
        names=forms.called(trees.word(flat.get("ModelName"))),
        base_models=forms.ids([trees.word(flat.get("FoundationModels"))]),
        metrics=tuple(_figures(read, metrics))[: figures.MOST],
    )


def _limited(field: forms.Field) -> forms.Field:
    """Return limitations without the sentences that refer to a manual, or say who has to look."""
    if field.section != "limitations":
        return field
    kept = [each for each in re.split(r"(?<=[.!?])\s+|\n", field.text) if not _ELSEWHERE.search(each)]
    return field.replace(text=" ".join(kept) or "see elsewhere")


def _flatten(tree: dict[str, Tree], flat: dict[str, Tree], depth: int) -> None:
    for key, value in tree.items():
        if isinstance(value, dict) and depth < 6 and key != "Keywords":
            _flatten(value, flat, depth + 1)
        else:
            flat.setdefault(key, value if value is not None else "")


def _results(part: Tree) -> list[tuple[str, str]]:
    """Return labels and values of the results of one metric, the value as it is written."""
    found: list[tuple[str, str]] = []
    results = trees.table(part).get("Results")
    each = trees.table(results).get("MetricResult", results) if isinstance(results, dict) else results
    for item in trees.listed(each)[: figures.MOST]:
        if isinstance(item, dict):
            value = item.get("ValueJson", item.get("Value"))
            found.append((trees.word(item.get("Label")), trees.word(value) if isinstance(value, str) else str(value or "")))
        elif isinstance(item, str):
            found.append(("", item))
    return [*found, *([("", trees.word(trees.table(part).get("Result")))] if "Result" in trees.table(part) else [])]


def _value(value: str) -> str:
    told = _ESTIMATE.search(value.replace("'", '"'))
    plain = re.search(r"\d[\d.]*", value) if not told and "{" not in value else None
    return told[1] if told else plain[0] if plain else ""


def _evaluation(read: Read, metrics: dict[str, Tree]) -> Iterator[Section]:
    """Yield the section on evaluation: what measures use and safety, and has a value."""
    for key, part in metrics.items():
        if not key.startswith("Fairness"):
            told = any(_value(value) for _label, value in _results(part))
            text = trees.word(trees.table(part).get("Interpretation"))
            told = told or re.search(r"\d[\d.]{0,14}\s?%|0\.\d\d", text) is not None
            status = "stated" if told else "mentioned"
            yield Section(name="evaluation", status=status, why="" if told else "heading", line=read.line(key))  # type: ignore[arg-type]


def _fairness(read: Read, metrics: dict[str, Tree]) -> Iterator[Section]:
    """Yield the section on groups of people: a value for each of two groups at least; significance and specialties are none."""
    for key, part in metrics.items():
        if key.startswith("Fairness"):
            results = _results(part)
            people = [label for label, value in results if _value(value) and groups.of_people(label)]
            told = len(people) > 1
            why = (
                ""
                if told
                else "classes"
                if results and not groups.axis(" ".join(label for label, _value_ in results))
                else "negation"
            )
            yield Section(name="subgroups", status="stated" if told else "mentioned", why=why, line=read.line(key))  # type: ignore[arg-type]


def _tested(read: Read, part: Tree) -> Iterator[forms.Field]:
    """Yield what is said of the people of the tests."""
    table = trees.table(part)
    for key in ("TestingDataDescription", "Interpretation"):
        text = trees.words(table.get(key))
        if _COMPOSED.search(text) or re.search(r"(?i)unavailable|not (?:available|collected|recorded|known)", text):
            yield forms.Field(section="demographics", text=text, line=read.line(key))
        elif text:
            yield forms.Field(section="", text=text, line=read.line(key))


def _figures(read: Read, metrics: dict[str, Tree]) -> Iterator[Metric]:
    for key, part in metrics.items():
        for label, value in _results(part):
            found = figures.measured(label, _value(value), line=read.line(key))
            if found and not key.startswith("Fairness"):
                yield found.replace(percent='"%"' in value)
