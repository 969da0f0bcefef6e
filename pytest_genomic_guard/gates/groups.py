"""The groups of a gate: attributes and their intersections, under the names by which they may be shown."""

from __future__ import annotations

from itertools import combinations, product

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.gates.masking import CALLED, NEGATIVES, NOT_CALLED, PEOPLE, POSITIVES, RARER, Layout, parts, shown
from pytest_genomic_guard.metrics.nouns import Cells, Grouping, Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.gates.masking import Parts
    from pytest_genomic_guard.metrics.nouns import Column

MOST = 1_000  # groups of a grouping
REFERENCES = ("pairs", "rest", "overall")


class Names(Record):
    """What the groups of each attribute are called, and which of them the policy declares."""

    shown: Mapping[str, Mapping[str, str]] = {}  # by attribute and label; of none: as it is. A default, never written to
    declared: Mapping[str, Sequence[str]] = {}

    def parts(self, attributes: Sequence[str], labels: Sequence[str]) -> Parts:
        """Return a group as it may be shown, by its attributes."""
        return tuple(
            (name, self.shown[name][label] if name in self.shown else label) for name, label in zip(attributes, labels, strict=True)
        )

    def label(self, attributes: Sequence[str], labels: Sequence[str]) -> str:
        """Return a group's name: the bare one where it is told by one attribute and no other has the same."""
        found = self.parts(attributes, labels)
        if len(found) == 1 and sum(found[0][1] in names.values() for names in self.shown.values()) <= 1:
            return found[0][1]
        return " & ".join(f"{name}={label}" for name, label in found)

    def reference(self, asked: str) -> str:
        """Return what a gate compares with, by the name under which it is shown. Raises `Unusable` for no group."""
        if asked in REFERENCES:
            return asked
        found = [self.label((name,), (asked,)) for name, names in self.shown.items() if asked in names]
        if len(found) != 1:
            raise Unusable(
                "the reference is no group of the data" if not found else "the reference is a group of several attributes"
            )
        return found[0]


def names(people: Mapping[str, Mapping[str, int]], declared: Mapping[str, Sequence[str]], reference: str, small: int) -> Names:
    """Return the names of groups from how many people are in each, by attribute; those that the policy names are shown."""
    found = {}
    for attribute, counts in people.items():
        if len(counts) > MOST:
            raise Unusable(f"{attribute} has {len(counts):,} groups, and {MOST:,} are the most that are compared")
        named = declared.get(attribute, ())
        found[attribute] = shown({**dict.fromkeys(named, 0), **counts}, {*named, reference}, small)
    return Names(shown=found, declared=declared)


def sets(attributes: Sequence[str], intersections: int) -> list[tuple[str, ...]]:
    """Return the attributes of each grouping: one, and up to so many together."""
    return [each for size in range(1, intersections + 1) for each in combinations(attributes, size)]


def groupings(
    columns: Mapping[str, Column], attributes: Sequence[str], intersections: int, called: Names
) -> tuple[tuple[Grouping, ...], Layout]:
    """Return the groupings of rows, and their groups by attributes. Raises `Unusable` for too many groups."""
    made: list[Grouping] = []
    layout: list[dict[str, Parts]] = []
    who: dict[str, Parts] = {}
    for those in sets(attributes, intersections):
        codes, combined = _codes([columns[name] for name in those], " x ".join(those))
        known = [tuple(columns[name].labels[at] for name, at in zip(those, each, strict=True)) for each in combined]
        labels = [called.label(those, each) for each in known]
        order = sorted(range(len(labels)), key=labels.__getitem__)
        place = [0] * len(labels)
        for new, old in enumerate(order):
            place[old] = new
        declared = _declared(those, called)
        made.append(
            Grouping(
                name=" x ".join(those),
                labels=tuple(labels[at] for at in order),
                codes=_placed(codes, place),
                declared=tuple(called.label(those, each) for each in declared),
            )
        )
        layout.append({called.label(those, each): called.parts(those, each) for each in dict.fromkeys([*known, *declared])})
        who |= {called.label(those, each): tuple(zip(those, each, strict=True)) for each in (*known, *declared)}
    return tuple(made), Layout(groups=layout, who=who)


def people(columns: Mapping[str, Column], clusters: Any = None) -> dict[str, dict[str, int]]:
    """Return how many rows each label of each column has, or how many people where `clusters` tells whose rows they are."""
    return {
        name: dict(zip(column.labels, _distinct(column.codes, len(column.labels), clusters), strict=True))
        for name, column in columns.items()
    }


def persons(made: Sequence[Grouping], clusters: Any, truth: Any, prediction: Any) -> dict[str, dict[str, int]]:
    """Return how many people are behind each denominator of each group, where `clusters` tells whose rows are.

    Truth and prediction are columns of 0 and 1, or None where there is none; of other numbers nothing is told by them.
    """
    import numpy as np  # noqa: PLC0415 - for gates that are computed

    chosen = {PEOPLE: np.ones(len(clusters), bool)}
    for column, positive, negative in ((truth, POSITIVES, NEGATIVES), (prediction, CALLED, NOT_CALLED)):
        if column is not None:
            chosen |= {positive: column == 1, negative: column == 0}
    found: dict[str, dict[str, int]] = {}
    for grouping in made:
        for kind, rows in chosen.items():
            counted = _distinct(grouping.codes[rows], len(grouping.labels), clusters[rows])
            for label, n in zip(grouping.labels, counted, strict=True):
                found.setdefault(label, {})[kind] = n
    for each in found.values() if truth is not None else ():
        each[RARER] = min(each[POSITIVES], each[NEGATIVES])
    return found


def _distinct(codes: Any, groups: int, clusters: Any) -> list[int]:
    """Return how many rows each group has, or how many clusters."""
    import numpy as np  # noqa: PLC0415 - for gates that are computed

    if clusters is not None:
        width = int(clusters.max(initial=0)) + 1
        codes = np.unique(codes.astype(np.int64) * width + clusters) // width
    found: list[int] = np.bincount(codes, minlength=groups).tolist()
    return found


def named(
    counted: Sequence[Cells], declared: Mapping[str, Sequence[str]], reference: str, small: int
) -> tuple[tuple[Cells, ...], Layout, Names]:
    """Return counts under the names by which their groups may be shown. Raises `Unusable` for too many groups."""
    singles = {cells.name: cells for cells in counted if " x " not in cells.name}
    found = {name: {label: int(cells.counts[at].sum()) for at, label in enumerate(cells.labels)} for name, cells in singles.items()}
    called = names(found, declared, reference, small)
    made, layout = [], []
    who: dict[str, Parts] = {}
    for cells in counted:
        those = cells.name.split(" x ")
        values = {label: tuple(value for _name, value in found) for label, found in parts(cells.name, cells.labels).items()}
        labels = [called.label(those, values[label]) for label in cells.labels]
        order = sorted(range(len(labels)), key=labels.__getitem__)
        absent = _declared(those, called)
        made.append(
            cells.replace(
                labels=tuple(labels[at] for at in order),
                counts=cells.counts[order],
                declared=tuple(called.label(those, each) for each in absent),
            )
        )
        layout.append({called.label(those, each): called.parts(those, each) for each in dict.fromkeys([*values.values(), *absent])})
        who |= {called.label(those, each): tuple(zip(those, each, strict=True)) for each in (*values.values(), *absent)}
    return tuple(made), Layout(groups=layout, who=who), called


def told(labels: Sequence[str], attributes: Sequence[str], intersections: int, known: Collection[Layout] = ()) -> Layout:
    """Return the groups of a gate from the labels that its evidence has; `known` are those of other gates over the same rows.

    A bare label of several attributes can be of each of them: where nothing tells of which, it is left out.
    """
    found: dict[str, Parts] = {}
    for those in reversed(sets(attributes, intersections)):
        if len(those) > 1:
            found |= parts(" x ".join(those), [label for label in labels if label not in found])
    for name in attributes:
        named = [label for label in labels if label not in found and label.startswith(f"{name}=")]
        found |= {label: ((name, label.removeprefix(f"{name}=")),) for label in named}
    of: dict[str, set[str]] = {}
    for each in (found, *(groups for layout in known for groups in layout.groups)):
        for name, label in (part for group in each.values() for part in group if part[0] in attributes):
            of.setdefault(label, set()).add(name)
    for label in labels:
        able = list(attributes) if len(attributes) == 1 else [*of.get(label, ())]
        if label not in found and len(able) == 1:
            found[label] = ((able[0], label),)
    return Layout(groups=[found])


def _declared(those: Sequence[str], called: Names) -> list[tuple[str, ...]]:
    return [*product(*(called.declared.get(name, ()) for name in those))]


def _codes(columns: Sequence[Column], name: str) -> tuple[Any, list[tuple[int, ...]]]:
    """Return the codes of an intersection, and what codes of its columns each of them stands for."""
    import numpy as np  # noqa: PLC0415 - for gates that are computed

    sizes = [len(column.labels) for column in columns]
    if len(columns) == 1:
        return columns[0].codes, [(at,) for at in range(sizes[0])]
    together = np.ravel_multi_index([column.codes for column in columns], [max(size, 1) for size in sizes])
    there = np.bincount(together, minlength=1) > 0 if np.prod(sizes) <= len(together) + (1 << 20) else None
    found = np.flatnonzero(there) if there is not None else np.unique(together)
    if len(found) > MOST:
        raise Unusable(f"{name} has {len(found):,} groups, and {MOST:,} are the most that are compared")
    combined = [tuple(int(each) for each in np.unravel_index(at, [max(size, 1) for size in sizes])) for at in found]
    return np.searchsorted(found, together).astype(np.int32), combined


def _placed(codes: Any, place: Sequence[int]) -> Any:
    import numpy as np  # noqa: PLC0415 - for gates that are computed

    return np.array(place or [0], np.int32)[codes]
