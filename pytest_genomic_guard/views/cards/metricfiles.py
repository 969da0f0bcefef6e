"""Files of metrics beside cards: what trainers, evaluation programs and DVC write, and `.eval_results/*.yaml` of the Hub."""

from __future__ import annotations

import re

from pytest_genomic_guard.model import Fact, Location
from pytest_genomic_guard.views.cards import figures, trees
from pytest_genomic_guard.views.cards.nouns import Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.cards.nouns import Metric
    from pytest_genomic_guard.views.cards.trees import Read, Tree

_SPLIT = re.compile(rb"(?:^|[-_.])(test|eval|val|valid|validation|dev|train|predict)(?:[-_.]|$)", re.IGNORECASE)


class MetricFile(Fact):
    """A file of metrics: its figures, and what is wrong with it where a specification says so."""

    at: Location
    form: str = "metrics"  # or: eval-results, trainer-state
    metrics: tuple[Metric, ...] = ()
    faults: tuple[Fault, ...] = ()


def read(data: bytes, path: bytes) -> MetricFile | None:
    """Return what a file holds, None where there are no figures. Raises `CardError`."""
    name = path.rpartition(b"/")[2].lower()
    if b".eval_results/" in path:
        return _results(trees.yaml_of(data), path)
    if data.count(b"\n") > 20_000 or len(data) > 1 << 20:  # values of each step or each sample, and no summary
        return None
    try:
        read = trees.yaml_of(data) if name.endswith((b".yaml", b".yml")) else trees.json_of(data)
    except trees.CardError:  # nobody says that it is one
        return None
    tree = trees.table(read.tree)
    if name == b"trainer_state.json":
        return _state(tree, path)
    told = _SPLIT.search(name.rpartition(b".")[0])
    split = figures.named_split(told[1].decode()) if told else ""
    found = tuple(each if each.split or not split else each.replace(split=split) for each in figures.of_table(tree, 1))
    found = tuple(each.replace(line=1) for each in found)
    return MetricFile(at=Location(path=path, line=1), metrics=found) if found else None


def _state(tree: dict[str, Tree], path: bytes) -> MetricFile | None:
    """Return the last evaluation of a trainer of transformers, and the best where it is not that."""
    history = [trees.table(each) for each in trees.listed(tree.get("log_history"))]
    steps = [each for each in history if any(key.startswith("eval_") for key in each)]
    found = [each for step in steps for each in figures.of_table(step, 1) if each.split == "evaluation"]
    return (
        MetricFile(at=Location(path=path, line=1), form="trainer-state", metrics=tuple(found)[-figures.MOST :]) if found else None
    )


def _results(read: Read, path: bytes) -> MetricFile:
    """Return the results of a file of `.eval_results` (huggingface/hub-docs, `eval_results.yaml`, 2026)."""
    faults: list[Fault] = []
    found: list[Metric] = []
    at = read.line("dataset", "value")
    if not isinstance(read.tree, list):
        faults.append(_fault("is no list of results", 1))
    for each in trees.listed(read.tree if isinstance(read.tree, list) else None)[: figures.MOST]:
        faults += [_fault(what, at) for what in _wrong(each)]
        item = trees.table(each)
        data = trees.table(item.get("dataset"))
        value = item.get("value")
        if isinstance(value, str) and trees.number(value) is not None:
            task = trees.word(data.get("task_id"))
            told = figures.measured("accuracy", value, data=trees.word(data.get("id")) or task, line=at)
            found += [told.replace(metric="")] if told else []
    return MetricFile(
        at=Location(path=path, line=1), form="eval-results", metrics=tuple(found), faults=tuple(dict.fromkeys(faults))
    )


def _wrong(each: Tree) -> Iterator[str]:
    """Yield what is wrong with one result."""
    if not isinstance(each, dict):
        yield "has a result that is no table"
        return
    data = each.get("dataset")
    for key in ("id", "task_id"):
        if not isinstance(data, dict) or not trees.word(data.get(key)):
            yield f"has a result without `dataset.{key}`"
    value = each.get("value")
    if value is None or value == "":
        yield "has a result without `value`"
    elif not isinstance(value, str) or trees.number(value) is None:
        yield "has a result whose `value` is no number"
    source = each.get("source")
    if source is not None and not trees.word(trees.table(source).get("url")):
        yield "has a result with a `source` without `url`"
    date = trees.word(each.get("date"))
    if date and not re.match(r"\d{4}-\d{2}-\d{2}(?:[T ]|$)", date):
        yield "has a result whose `date` is not of ISO 8601"


def _fault(what: str, line: int) -> Fault:
    return Fault(what=what, line=line, code="CARD205")
