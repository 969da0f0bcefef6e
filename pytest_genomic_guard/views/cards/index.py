"""The `model-index` of a card: its figures, and what the Hub's server refuses in it (huggingface/hub-docs, `modelcard.md`, 2026).

`task.type`, `dataset.type` and `dataset.name`, `metrics.type` and `metrics.value` are required. A value is a number, words that
are one, or a table of numbers (a confusion matrix, rouge by kind).
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.cards import figures
from pytest_genomic_guard.views.cards.nouns import Fault
from pytest_genomic_guard.views.licences.manifests import yamls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.cards.nouns import Metric
    from pytest_genomic_guard.views.licences.manifests.yamls import Yaml

_NUMBER = re.compile(
    r"\s{0,8}[~\u2248<>]?\s{0,8}[+-]?(?:\d[\d,]{0,20}(?:\.\d{0,30})?|\.\d{1,30}|\.?nan|\.?inf)(?:e[+-]?\d{1,3})?"
    r"\s{0,8}%?(?:\s{0,8}(?:\u00b1|\+/?-|\()[^\n]{0,40})?\s{0,8}"
)
_MOST = 50  # faults of one card
_RESULTS = 5000


class Index:
    """What a `model-index` holds."""

    def __init__(self, node: Yaml, first: int) -> None:
        """Read it; `first` are the lines before the front matter."""
        self._first, self._left = first, 100_000
        self.metrics: list[Metric] = []
        self.values = 0  # that are numbers, of known metrics or not
        self.faults: list[Fault] = []
        for what, line in self._read(node):
            if len(self.faults) < _MOST:
                self.faults.append(Fault(what=what, line=line + first, code="CARD205"))

    def _read(self, node: Yaml) -> Iterator[tuple[str, int]]:
        if node.id != "sequence":  # of another kind: told as that
            return
        for model in node.value[:200]:
            fields = _fields(model)
            if fields is None:
                yield "has an entry of `model-index` that is no table", yamls.line(model)
                continue
            if not yamls.text(fields.get("name")):
                yield "has an entry of `model-index` without `name`", yamls.line(model)
            results = fields.get("results")
            if results is None or results.id != "sequence":
                yield "has an entry of `model-index` without a list of `results`", yamls.line(model)
                continue
            for each in results.value[:_RESULTS]:
                yield from self._result(each)

    def _result(self, node: Yaml) -> Iterator[tuple[str, int]]:
        fields = _fields(node)
        line = yamls.line(node)
        if fields is None:
            yield "has a result in `model-index` that is no table", line
            return
        task, data = _fields(fields.get("task")) or {}, _fields(fields.get("dataset")) or {}
        if not yamls.text(task.get("type")):
            yield "has a result in `model-index` without `task.type`", line
        for key in ("type", "name"):
            if not yamls.text(data.get(key)):
                yield f"has a result in `model-index` without `dataset.{key}`", line
        source = _fields(fields.get("source"))
        if source is not None and not yamls.text(source.get("url")):
            yield "has a result in `model-index` with a `source` without `url`", line
        metrics = fields.get("metrics")
        if metrics is None or metrics.id != "sequence" or not metrics.value:
            yield "has a result in `model-index` without a list of `metrics`", line
            return
        for each in metrics.value[:_RESULTS]:
            yield from self._metric(each, data)

    def _metric(self, node: Yaml, data: dict[str, Yaml]) -> Iterator[tuple[str, int]]:
        fields = _fields(node)
        line = yamls.line(node)
        if fields is None:
            yield "has a metric in `model-index` that is no table", line
            return
        kind, value = yamls.text(fields.get("type")), fields.get("value")
        if not kind:
            yield "has a metric in `model-index` without `type`", line
        if value is None or (value.id == "scalar" and not yamls.text(value)):
            yield "has a metric in `model-index` without `value`", line
        elif value.id == "scalar":
            if not _number(yamls.text(value)):
                yield "has a metric in `model-index` whose `value` is no number", yamls.line(value)
                return
            self._take(kind, yamls.text(fields.get("name")), value, data)
        else:
            self.values += 1

    def _take(self, kind: str, name: str, value: Yaml, data: dict[str, Yaml]) -> None:
        self.values += 1
        split = yamls.text(data.get("split"))
        sub = yamls.text(data.get("config"))
        about = " ".join(
            filter(None, (yamls.text(data.get("type")) or yamls.text(data.get("name")), sub if sub != "default" else ""))
        )
        given = {"data": about, "split": split, "line": yamls.line(value) + self._first}
        told = figures.measured(kind, yamls.text(value), **given) or figures.measured(name, yamls.text(value), **given)  # type: ignore[arg-type]
        if told and len(self.metrics) < figures.MOST:
            said, more = figures.named(name)  # a name that says more than the type: `F1 (macro)`, `Test accuracy`
            told = told.replace(metric=said) if said and set(told.metric.split("-")) < set(said.split("-")) else told
            self.metrics.append(told if told.split else told.replace(split=more))


def _number(value: str) -> bool:
    return _NUMBER.fullmatch(value.lower()) is not None


def _fields(node: Yaml) -> dict[str, Yaml] | None:
    """Return the fields of a table, None for what is none."""
    if node is None or node.id != "mapping":
        return None
    return {key.value: value for key, value in node.value[:500] if key.id == "scalar"}
