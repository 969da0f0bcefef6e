"""``genomic-guard merge``: counts of sites whose rows may not leave, added and judged together.

A site writes its counts by group, truth and prediction (`fairness --partial`). A count of 1 to k is left out unless the site says
otherwise, and what a site leaves out is judged at no place: such groups are listed, and keep the whole from passing.
"""

from __future__ import annotations

import json

from pytest_genomic_guard.cli.gatework import Work, run, write
from pytest_genomic_guard.cli.session import UsageError, tell
from pytest_genomic_guard.gates import masking, suppression
from pytest_genomic_guard.gates.inputs import File
from pytest_genomic_guard.metrics.nouns import Cells, Unusable
from pytest_genomic_guard.report import INCOMPLETE

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from typing import Any

    from pytest_genomic_guard.gates.suppression import Group

SCHEMA = "genomic-guard/counts/1"
WITHHELD = "withheld by a site"
_MOST = 64 << 20  # bytes of a file
_OUTCOMES = ("tn", "fp", "fn", "tp")
_USUAL = ("selection-rate", "tpr", "fpr", "ppv", "accuracy")


class Counted:
    """Counts in memory, as an input of a gate."""

    def __init__(self, cells: tuple[Cells, ...]) -> None:
        """Take the counts of each grouping."""
        self._cells = cells

    def counts(self, *_asked: object) -> tuple[Cells, ...]:
        """Return them."""
        return self._cells


def command(given: argparse.Namespace) -> int:
    """Add the counts of files and judge them. Raises `UsageError`."""
    from pytest_genomic_guard.metrics import cells  # noqa: PLC0415 - numpy, for what is added

    if len({*map(_content, given.files)}) < len(given.files):
        tell("two of the files are the same: if both are of one site, its people are counted twice")
    try:
        found = cells.add([_read(path) for path in given.files])
    except Unusable as error:
        tell(f"the data cannot be used: {error}")
        return INCOMPLETE
    given.counts, given.data = True, given.files[0]
    given.groups = ",".join(each.name for each in found if " x " not in each.name)
    given.intersections = str(max(each.name.count(" x ") + 1 for each in found))
    work = Work("fairness", given, [f"{metric}.difference" for metric in _USUAL])
    withheld = any(WITHHELD in label for each in found for label in each.declared)
    if withheld:
        tell("a site withheld small counts: nothing passes without them, and `fairness --partial --unmasked` writes them")
    work.gate = work.gate.replace(options={**work.gate.options, "declared": _declared(work, found, [WITHHELD] * withheld)})
    if given.partial:
        write(given.partial, _document(found, 0 if given.unmasked else work.small))
    return run(work, {"counts": Counted(found)})  # type: ignore[dict-item]  # it has what counts are asked for


def _declared(work: Work, found: Sequence[Cells], more: Sequence[str]) -> dict[str, list[str]]:
    """Return the groups that have to be there: what the gate and the sites declare, and `more`."""
    own = work.gate.options.get("declared", {})
    single = [each for each in found if " x " not in each.name]
    return {each.name: [*dict.fromkeys((*own.get(each.name, ()), *each.declared, *more))] for each in single}


def partial(work: Work, place: str, *, unmasked: bool) -> None:
    """Write the counts of a site. Raises `UsageError` where the gate is not one of counts."""
    from pytest_genomic_guard.gates import fairness  # noqa: PLC0415 - numpy, for what is counted

    if lost := [key for key in ("weights", "cluster") if key in work.gate.options]:
        raise UsageError(f"the counts cannot be written: they are of rows, and --{lost[0]} would be lost")
    try:
        with work.first() as opened:
            found = fairness.counts_of(work.gate, File(opened))
    except Unusable as error:
        raise UsageError(f"the counts cannot be written: {error}") from None
    write(place, _document(found, 0 if unmasked else work.small))


def _document(found: Sequence[Cells], small: int) -> str:
    """Return counts as a file: those of groups with a count of 1 to `small` are left out, and their names with them."""
    withheld = _small(found, small) if small else set()
    groupings = []
    for each in found:
        rows = {label: [int(count) for count in each.counts[at].reshape(-1)] for at, label in enumerate(each.labels)}
        kept = {label: row for label, row in rows.items() if (each.name, label) not in withheld}
        groupings.append({"name": each.name, "groups": kept, "withheld": len(rows) - len(kept), "declared": [*each.declared]})
    document = {"schema": SCHEMA, "small-cell": small, "outcomes": [*_OUTCOMES], "groupings": groupings}
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _small(found: Sequence[Cells], small: int) -> set[tuple[str, str]]:
    """Return the groups to leave out, by grouping and label: with a small count or a telling name, and what would give one back."""
    counts: dict[Group, dict[str, int]] = {}
    hidden: set[Group] = set()
    named: dict[Group, tuple[str, str]] = {}
    for each in found:
        at = {label: number for number, label in enumerate(each.labels)}
        for label, parts in masking.parts(each.name, each.labels).items():
            group = tuple(sorted(parts))
            counts[group] = dict(zip(_OUTCOMES, each.counts[at[label]].reshape(-1).tolist(), strict=True))
            named[group] = each.name, label
            people = sum(counts[group].values())
            told = all(masking.shown({value: people}, each.declared, small)[value] == value for _name, value in parts)
            if not told or any(0 < count <= small for count in counts[group].values()):
                hidden.add(group)
    suppression.complete(hidden, counts, small)
    return {named[group] for group in hidden}


def _read(path: bytes) -> tuple[Cells, ...]:
    try:
        with open(path, "rb") as file:
            data = file.read(_MOST + 1)
    except OSError:
        raise UsageError("a file of counts cannot be read") from None
    try:
        document: Any = json.loads(data) if len(data) <= _MOST else None
        if document["schema"] != SCHEMA:
            raise Unusable("a file is none of counts that `fairness --partial` wrote")
        order = [document["outcomes"].index(name) for name in _OUTCOMES]
        if len(document["outcomes"]) != len(order):
            raise Unusable("a file has counts of other outcomes than tn, fp, fn and tp")
        return tuple(_cells(each, order) for each in document["groupings"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Unusable("a file is none of counts that `fairness --partial` wrote") from None


def _content(path: bytes) -> bytes:
    """Return the content of a file, empty where it cannot be read, which is told later."""
    try:
        with open(path, "rb") as file:
            return file.read(_MOST) or path
    except OSError:
        return path


def _cells(found: dict[str, Any], order: Sequence[int]) -> Cells:
    import numpy as np  # noqa: PLC0415 - as above

    rows, withheld = found["groups"], found["withheld"]
    for row in rows.values():
        if len(row) != 4 or not all(type(count) is int and 0 <= count < 1 << 53 for count in row):
            raise Unusable("a file has counts that are none")
    if not isinstance(found["name"], str) or not isinstance(found["declared"], list) or type(withheld) is not int or withheld < 0:
        raise Unusable("a file has counts that are none")
    counts = np.array([*rows.values()], np.int64).reshape(-1, 4)[:, order].reshape(len(rows), 2, 2)
    declared = [*found["declared"], *([_withheld(found["name"])] if withheld else [])]
    return Cells(name=found["name"], labels=tuple(rows), counts=counts, declared=tuple(map(str, declared)))


def _withheld(name: str) -> str:
    """Return the label of what a site left out, of an attribute or of several."""
    parts = name.split(" x ")
    return WITHHELD if len(parts) == 1 else " & ".join(f"{part}={WITHHELD}" for part in parts)
