"""The report as Markdown, for a pull request or a job's summary. What is not ours stands in code spans: no link, no mention."""

from __future__ import annotations

import re

from pytest_genomic_guard.model import REASONS
from pytest_genomic_guard.reporters.common import by_gap, gap_words, gate_sentence, inside, missing, ranked
from pytest_genomic_guard.reporters.text import SHOWN, about, by_code, printable, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.registry import Registry
    from pytest_genomic_guard.report import Judged, Report

_TICKS = re.compile(r"`+")
_TOLD = ("fail", "warn", "note")


def render(report: Report, registry: Registry) -> str:
    """Return verdict, findings by code, gaps, gates and coverage."""
    lines = [f"# genomic-guard: {report.verdict}", "", code(verdict(report)), ""]
    if lost := missing(report):
        lines += [f"**{lost[0].upper()}{lost[1:]}.**", ""]
    for group in by_code(ranked(report)):
        lines += _group(group, registry)
    lines += _gaps(report)
    if report.gates:
        lines += ["## Gates", "", *(f"- {gate.outcome}: {code(gate_sentence(gate))}" for gate in report.gates), ""]
    lines += ["## Coverage", "", f"{report.files} files, {report.excluded} excluded by policy.", ""]
    lines += [f"- {level}: {number}" for level, number in report.coverage.items() if number]
    return "\n".join(lines).rstrip("\n") + "\n"


def code(text: str) -> str:
    """Return text as a code span that nothing in it can end, on one line."""
    text = printable(text) or " "
    ticks = "`" * (1 + max((len(run) for run in _TICKS.findall(text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") or (text[0] == text[-1] == " " and text.strip()) else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _group(group: Sequence[Judged], registry: Registry) -> Iterator[str]:
    told = [finding for finding in group if finding.outcome in _TOLD]
    if not told:
        return
    first = told[0]
    yield f"## {first.code} {first.name}: {len(told)}"
    yield ""
    for finding in told[:SHOWN]:
        where = inside(finding.trail, finding.line) or (f"line {finding.line}" if finding.line is not None else "")
        said = code(finding.message + about(finding))
        yield f"- {finding.outcome}: {code(finding.path)}{f', {code(where)}' if where else ''}: {said}"
    if len(told) > SHOWN:
        yield f"- and {len(told) - SHOWN} more places, all of them in `--format json`"
    yield ""
    entry = registry.entries.get(first.code)
    if entry and (mend := entry.rulebook.mend):
        yield from (f"- Not pushed: {mend.not_pushed}", f"- Pushed: {mend.pushed}", f"- Public: {mend.public}")
    else:
        yield f"- What to do: {code(first.help)}"
    yield f"- Why: `genomic-guard explain {first.code}`"
    yield ""


def _gaps(report: Report) -> Iterator[str]:
    for group in by_gap(report.gaps):
        yield f"## {group[0].code} {gap_words(group[0])[0]}: {len(group)}"
        yield ""
        for gap in group[:SHOWN]:
            where = inside(gap.trail)
            reason = REASONS[gap.reason] + (f" ({gap.where})" if gap.where else "")
            yield f"- {code(gap.path)}{f', {code(where)}' if where else ''}: {code(reason)}"
        if len(group) > SHOWN:
            yield f"- and {len(group) - SHOWN} more, all of them in `--format json`"
        yield ""
