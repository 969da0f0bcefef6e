"""A fairness gate: the columns of its rows, or its counts, become figures of groups that its bounds are held against."""

from __future__ import annotations

from pytest_genomic_guard.gates import groups
from pytest_genomic_guard.metrics import names
from pytest_genomic_guard.metrics.nouns import Ask, Rows, Terms, Unusable
from pytest_genomic_guard.policy.schema import meant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.gates.inputs import Source
    from pytest_genomic_guard.gates.masking import Layout
    from pytest_genomic_guard.metrics.nouns import Assessment, Cells, Column, Earlier, Kind, Table
    from pytest_genomic_guard.policy import Gate

_OF_NUMBERS = frozenset({"mae", "rmse", "bias", "r2"})  # whose truth is a number
_COLUMNS = {"y_true": "y-true", "y_pred": "y-pred", "score": "score", "time": "time"}
_USUAL = {"y-true": "y_true", "y-pred": "y_pred", "score": "score"}
_DRAWN = 5_000_000  # tables of four counts that resamples of all groups may have: each takes 32 bytes


class Wanted:
    """The columns that a gate needs, by what they are for."""

    def __init__(self, gate: Gate, header: Sequence[str]) -> None:
        """Find out from its bounds, and from the header where a metric takes one column or the other."""
        metrics = [part for bound in gate.bounds for part in names.parts(bound.metric.rpartition(".")[0])]
        needs = {need for metric in metrics for need in names.needs(metric)}
        self.columns = {field: column(gate, key) for field, key in _COLUMNS.items()}
        if "output" in needs:
            needs.add("y_pred" if self.columns["y_pred"] in header else "score")
        self.fields = [field for field in _COLUMNS if field in needs]
        self.kinds: dict[str, Kind] = dict.fromkeys(gate.options.get("groups", ()), "label")
        of_numbers = _OF_NUMBERS.intersection(metrics)
        for field in self.fields:
            truth = field == "y_true" if not of_numbers else False
            truth = truth or (field == "y_pred" and not of_numbers)
            name = self.columns[field]
            if self.kinds.get(name, "truth") == "truth":
                self.kinds[name] = "truth" if truth else "number"
        if "weights" in gate.options:
            self.kinds[gate.options["weights"]] = "number"
        if "cluster" in gate.options:
            self.kinds.setdefault(gate.options["cluster"], "key")
        self.rows = any(names.METRICS[metric].rows for metric in metrics)

    def numbers(self, table: Table) -> dict[str, Any]:
        """Return the columns of a table by the fields of `nouns.Rows`."""
        return {field: table.columns[self.columns[field]].numbers for field in self.fields}


def column(gate: Gate, key: str) -> str:
    """Return the name of a column."""
    return str(gate.options.get(key, _USUAL.get(key, "")))


def asks(gate: Gate) -> tuple[Ask, ...]:
    """Return the bounds of a gate as the statistics see them."""
    return tuple(
        Ask(metric=bound.metric, operator=bound.operator, limit=bound.limit, recalibrate=bound.recalibrate) for bound in gate.bounds
    )


def terms(gate: Gate, reference: str) -> Terms:
    """Return under which terms figures are compared."""
    return Terms(
        asks=asks(gate),
        confidence=gate.confidence,
        minimum=gate.min_denominator,
        reference=reference,
        point=gate.decide == "point",
        bins=gate.options.get("bins", 10),
        resamples=gate.options.get("resamples", 0),
    )


def assess(
    gate: Gate, inputs: Mapping[str, Source], small: int, earlier: Mapping[str, Earlier]
) -> tuple[tuple[Assessment, ...], Layout]:
    """Return what is to be said of the bounds of a gate, not masked, and its groups by attributes.

    `inputs` holds `data` or `counts`, and `base` where the gate compares with it; `earlier` figures of groups by metric, where it
    compares with an evidence file. Raises `Unusable`.
    """
    from pytest_genomic_guard.metrics import fairness  # noqa: PLC0415 - numpy, for gates that are computed

    if not gate.options.get("groups") or not {"data", "counts"}.intersection(inputs):  # as a gate that tests record may have it
        raise Unusable("there are no groups or no rows: the gate needs 'groups', and rows or counts")
    attributes, intersections = gate.options["groups"], gate.options.get("intersections", 1)
    declared, asked = gate.options.get("declared", {}), gate.options.get("reference", "pairs")
    found: Rows | tuple[Cells, ...]
    if "counts" in inputs:
        counted = inputs["counts"].counts(attributes, intersections, column(gate, "y-true"), column(gate, "y-pred"))
        found, layout, called = groups.named(counted, declared, asked, small)
    else:
        wanted = Wanted(gate, inputs["data"].header())
        if wanted.rows or "base" in inputs or any(key in gate.options for key in ("weights", "cluster")):
            found, layout, called = _rows(gate, inputs, wanted, small)
        else:
            counted = _counted(inputs["data"].chunks(wanted.kinds), wanted, attributes, intersections)
            found, layout, called = groups.named(counted, declared, asked, small)
    under = terms(gate, _reference(called, asked))
    among = sum(len(each.labels) for each in (found.groupings if isinstance(found, Rows) else found))
    if under.resamples * among > _DRAWN:
        raise Unusable(f"{among:,} groups can be resampled {_DRAWN // among:,} times at most: ask for fewer 'resamples'")
    return fairness.assess(found, under, earlier), layout


def _reference(called: groups.Names, asked: str) -> str:
    """Return what a gate compares with. Raises `Unusable` for no group, with the nearest of those that may be named."""
    try:
        return called.reference(asked)
    except Unusable as error:
        there = {label for names in called.shown.values() for label, name in names.items() if label == name}
        near = "" if asked in there else meant(asked, (*groups.REFERENCES, *sorted(there)))
        raise Unusable(f"{error}{near}") from None


def counts_of(gate: Gate, source: Source) -> tuple[Cells, ...]:
    """Return the counts of a gate's rows by group, truth and prediction. Raises `Unusable`."""
    attributes, intersections = gate.options["groups"], gate.options.get("intersections", 1)
    if "counts" in gate.inputs:
        found = source.counts(attributes, intersections, column(gate, "y-true"), column(gate, "y-pred"))
    else:
        wanted = Wanted(gate, source.header())
        if wanted.rows:
            raise Unusable("a bound needs rows, and counts alone can be merged")
        found = _counted(source.chunks(wanted.kinds), wanted, attributes, intersections)
    declared = gate.options.get("declared", {})  # of attributes: what they make together follows
    return tuple(each.replace(declared=tuple(declared[each.name])) if each.name in declared else each for each in found)


def _counted(chunks: Iterator[Table], wanted: Wanted, attributes: Sequence[str], intersections: int) -> tuple[Cells, ...]:
    """Count rows a part at a time. Raises `Unusable`."""
    from pytest_genomic_guard.metrics import cells  # noqa: PLC0415 - numpy, for gates that are computed

    parts: list[tuple[Cells, ...]] = []
    first = 1
    for table in chunks:
        found, _layout = groups.groupings(table.columns, attributes, intersections, groups.Names())
        numbers = wanted.numbers(table)
        parts.append(cells.count(found, numbers.get("y_true"), numbers["y_pred"], first))
        parts = [cells.add(parts)]
        first += table.rows
    if not parts:
        raise Unusable("there are no rows")
    return parts[0]


def _rows(gate: Gate, inputs: Mapping[str, Source], wanted: Wanted, small: int) -> tuple[Rows, Layout, groups.Names]:
    attributes, intersections = gate.options["groups"], gate.options.get("intersections", 1)
    keys = None
    if "pair-on" in gate.options:
        from pytest_genomic_guard.evidence.rowtables import Keys  # noqa: PLC0415 - for gates that are computed

        keys = Keys()
        wanted.kinds.setdefault(gate.options["pair-on"], "key")
    table = inputs["data"].table(wanted.kinds, keys)
    if not table.rows:
        raise Unusable("there are no rows")
    columns: dict[str, Column] = {name: table.columns[name] for name in attributes}
    declared, asked = gate.options.get("declared", {}), gate.options.get("reference", "pairs")
    extra: dict[str, Any] = {}
    if "weights" in gate.options:
        extra["weights"] = table.columns[gate.options["weights"]].numbers
    if "cluster" in gate.options:
        extra["clusters"] = table.columns[gate.options["cluster"]].codes
    called = groups.names(groups.people(columns, extra.get("clusters")), declared, asked, small)
    made, layout = groups.groupings(columns, attributes, intersections, called)
    if "clusters" in extra:
        numbers = wanted.numbers(table)
        layout = layout.replace(people=groups.persons(made, extra["clusters"], numbers.get("y_true"), numbers.get("y_pred")))
    if "base" in inputs:
        extra |= _before(gate, inputs["base"], wanted, table, keys)
    return Rows(groupings=made, **wanted.numbers(table), **extra), layout, called


def _before(gate: Gate, base: Source, wanted: Wanted, table: Table, keys: Any) -> dict[str, Any]:
    """Return what the model before the change made of the same rows. Raises `Unusable` where they are not the same."""
    import numpy as np  # noqa: PLC0415 - for gates that are computed

    there = base.header()
    fields = [field for field in wanted.fields if field in {"y_pred", "score"} or wanted.columns[field] in there]
    kinds: dict[str, Kind] = {wanted.columns[field]: wanted.kinds[wanted.columns[field]] for field in fields}
    pair = gate.options.get("pair-on")
    if pair:
        kinds[pair] = wanted.kinds[pair]
    before = base.table(kinds, keys)
    if pair:
        order = _paired(table.columns[pair].codes, before.columns[pair].codes)
    elif before.rows != table.rows:
        raise Unusable(
            f"there are {table.rows:,} rows, and {before.rows:,} of the base: name the column that pairs them ('pair-on')"
        )
    else:
        order = np.arange(table.rows)
    found = {field: before.columns[wanted.columns[field]].numbers[order] for field in fields}
    if "y_true" in found:
        now = table.columns[wanted.columns["y_true"]].numbers
        if not np.array_equal(now, found["y_true"], equal_nan=True):
            raise Unusable(f"the truth in row {int(np.argmax(now != found['y_true'])) + 1} is another one in the base's rows")
    return {f"base_{field}": found[field] for field in ("y_pred", "score") if field in found}


def _paired(now: Any, before: Any) -> Any:
    """Return for each row the one of the base with the same key. Raises `Unusable` for a key that is there twice, or not there."""
    import numpy as np  # noqa: PLC0415 - for gates that are computed

    order = np.argsort(before, kind="stable")
    ordered = before[order]
    for keys, where in ((ordered, "the base's rows"), (np.sort(now), "the rows")):
        if len(keys) > 1 and (keys[1:] == keys[:-1]).any():
            raise Unusable(f"a key of 'pair-on' stands twice in {where}")
    at = np.searchsorted(ordered, now)
    lost = (
        (at == len(ordered)) | (ordered[np.minimum(at, max(len(ordered) - 1, 0))] != now)
        if len(ordered)
        else np.ones(len(now), bool)
    )
    if lost.any():
        raise Unusable(f"row {int(np.argmax(lost)) + 1} has no partner in the base's rows")
    return order[at]
