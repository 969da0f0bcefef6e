"""``genomic-guard clean-notebook``: take outputs out of notebooks, all of them or those alone that show what must not leave."""

from __future__ import annotations

import json
import os
import warnings

from pytest_genomic_guard.cli.scan import below
from pytest_genomic_guard.cli.session import UsageError, emit, prepare, replace, tell
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.model import REASONS, Unreadable
from pytest_genomic_guard.policy.mask import mask
from pytest_genomic_guard.report import CLEAN, FAILED, INCOMPLETE
from pytest_genomic_guard.reporters.text import printable
from pytest_genomic_guard.views import spans
from pytest_genomic_guard.views.bounds import HELD

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from pytest_genomic_guard.report import Judged, Report

    Marked = Mapping[int, frozenset[int]]  # numbers of outputs by the number of their cell, both from 1


def clean_notebook(arguments: argparse.Namespace) -> int:
    """Rewrite each notebook; return 1 where something outside of outputs is still found, 3 where one could not be cleaned."""
    states = [_one(path, only=arguments.only_findings, select=arguments.select) for path in arguments.files]
    return max(states, key=(CLEAN, FAILED, INCOMPLETE).index)


def _one(path: bytes, *, only: bool, select: Sequence[str]) -> int:
    if os.path.islink(path) or not os.path.isfile(path):
        raise UsageError("FILE must be a notebook, and no link or folder")
    name = printable(mask(())(path))
    marked: Marked | None = None
    if only:
        report = _scanned(path, select)
        if report.gaps:
            return _refused(name, f"it could not be judged ({REASONS[report.gaps[0].reason]})")
        marked = _marked(report)
    text = _text(path)
    try:
        cells = None if text is None else spans.cells(text)
    except Unreadable:
        cells = None
    if text is None or cells is None:
        return _refused(name, "it is no notebook that can be read")
    cleaned, removed = _cleaned(text, cells, marked)
    if removed and not _still_valid(text, cleaned):
        return _refused(name, "without these outputs it would be no valid notebook")
    if cleaned != text:
        replace(path, cleaned.encode("utf-8"), "the notebook")
    left = [each for each in _scanned(path, select).findings if each.outcome == "fail"] if only else []
    emit(f"{name}: {removed} output{'' if removed == 1 else 's'} removed\n")
    for each in left:
        tell(f"{each.code} is still there, at {' '.join(each.trail) or 'the file itself'}: {each.message}; change it by hand")
    return FAILED if left else CLEAN


def _scanned(path: bytes, select: Sequence[str]) -> Report:
    """Return what the checks say of one file as it is in the work tree, under the policy of its repository."""
    snapshot = below([path])
    try:
        plan, policy = prepare(snapshot, select=select)
        return Engine(plan).run(snapshot, policy)
    finally:
        snapshot.close()


def _marked(report: Report) -> Marked:
    """Return which outputs have a finding that fails or warns."""
    found: dict[int, set[int]] = {}
    for each in report.findings:
        place = _output(each)
        if place and each.outcome in {"fail", "warn"}:
            found.setdefault(place[0], set()).add(place[1])
    return {cell: frozenset(outputs) for cell, outputs in found.items()}


def _output(finding: Judged) -> tuple[int, int] | None:
    """Return the cell and the output in which a finding is, for the notebook that the file itself is."""
    trail = finding.trail
    if trail[:1] != ("notebook",) or len(trail) < 3 or not (trail[1].startswith("cell ") and trail[2].startswith("output ")):
        return None
    return int(trail[1].removeprefix("cell ")), int(trail[2].removeprefix("output "))


def _text(path: bytes) -> str | None:
    """Return a notebook's text as it is, line ends and all; None for what is none, or longer than a notebook may be."""
    with open(path, "rb") as file:
        data = file.read(HELD + 1)
    try:
        text = data.decode("utf-8")
        book = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    holds = isinstance(book, dict) and isinstance(book.get("cells", book.get("worksheets")), list)
    return text if holds and len(data) <= HELD else None


def _cleaned(text: str, cells: Sequence[spans.Cell], marked: Marked | None) -> tuple[str, int]:
    """Return the text without the outputs, and how many they were; with all of them go the numbers that say when a cell was run."""
    edits: list[tuple[spans.Span, str]] = []
    removed = 0
    for number, cell in enumerate(cells, 1):
        gone = range(1, len(cell.outputs) + 1) if marked is None else marked.get(number, frozenset())
        if gone:
            removed += len([each for each in gone if each <= len(cell.outputs)])
            edits.append((cell.inside, cell.without(text, None if marked is None else gone)))
        edits += [(count, "null") for count in cell.counts if marked is None]
    parts, at = [], 0
    for (start, end), new in sorted(edits):
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]]), removed


def _still_valid(before: str, after: str) -> bool:
    """Tell whether nbformat takes the result for a notebook, where it took what was there for one."""
    return not _valid(before) or _valid(after)


def _valid(text: str) -> bool:
    import nbformat  # noqa: PLC0415 - takes half a second

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nbformat.validate(nbformat.reads(text.removeprefix("\ufeff"), as_version=nbformat.NO_CONVERT))  # type: ignore[no-untyped-call]
    except Exception:  # noqa: BLE001 - it raises its own, of jsonschema and of Python
        return False
    return True


def _refused(name: str, why: str) -> int:
    tell(f"{name} was left as it is: {why}")
    return INCOMPLETE
