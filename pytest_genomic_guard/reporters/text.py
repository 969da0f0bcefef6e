"""The report for a person: what, where, why, how to mend it, and what was covered."""

from __future__ import annotations

from pytest_genomic_guard.model import REASONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.model import Rulebook
    from pytest_genomic_guard.registry import Registry
    from pytest_genomic_guard.report import GateVerdict, Judged, Report

SHOWN = 20  # places told for one code; the JSON report has all of them
_WAIVABLE = ("GEN", "PHI", "SEC", "COD", "LIC", "CARD", "GOV")


def render(report: Report, registry: Registry) -> str:
    """Return the report as text for a terminal. Control characters, which a file name can hold, are escaped."""
    lines = [*_findings(report, registry), *_gaps(report), *_gates(report.gates), *_summary(report)]
    return "".join(f"{printable(line)}\n" for line in lines)


def printable(text: str) -> str:
    """Escape what is not printable, so that no file name can write to the terminal."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def place(finding: Judged) -> str:
    """Return path, trail and line of a finding as one text."""
    inside = ", ".join(finding.trail)
    if finding.line is None:
        return finding.path + (f"  {inside}" if inside else "")
    if not inside or all(step == "gzip" for step in finding.trail):
        return f"{finding.path}:{finding.line}" + (f"  {inside}" if inside else "")
    return f"{finding.path}  {inside}, line {finding.line}"


def _findings(report: Report, registry: Registry) -> Iterator[str]:
    codes = sorted({finding.code for finding in report.findings}, key=lambda code: (code.startswith("RUN"), code))
    for code in codes:
        group = [finding for finding in report.findings if finding.code == code]
        counts = [
            f"{number} {outcome}"
            for outcome in ("fail", "warn", "note", "waived", "baselined")
            if (number := sum(finding.outcome == outcome for finding in group))
        ]
        yield f"{code} {group[0].name}: {', '.join(counts)}"
        told = [finding for finding in group if finding.outcome != "waived"]
        for finding in told[:SHOWN]:
            subject = f" ({finding.subject})" if finding.subject else ""
            yield f"  {place(finding)}"
            yield f"      {finding.message}{subject}"
        if len(told) > SHOWN:
            yield f"  and {len(told) - SHOWN} more places, all of them in --format json"
        if told:
            yield from _advice(code, registry.entries[code].rulebook)
        yield ""


def _advice(code: str, rulebook: type[Rulebook]) -> Iterator[str]:
    mend = rulebook.mend
    if mend:
        yield f"  mend    not pushed: {mend.not_pushed}"
        yield f"          pushed: {mend.pushed}"
        yield f"          public: {mend.public}"
    yield f"  why     genomic-guard explain {code}"
    if code.startswith(_WAIVABLE):
        yield f"  waive   genomic-guard waive {code} PATH --reason TEXT --owner NAME --expires YYYY-MM-DD"


def _gaps(report: Report) -> Iterator[str]:
    if not report.gaps:
        return
    yield f"RUN101 unread-content: {len(report.gaps)} not read, so this run cannot pass"
    for gap in report.gaps[:SHOWN]:
        inside = f"  {', '.join(gap.trail)}" if gap.trail else ""
        yield f"  {gap.path}{inside}"
        yield f"      {REASONS[gap.reason]}" + (f" ({gap.where})" if gap.where else "")
    if len(report.gaps) > SHOWN:
        yield f"  and {len(report.gaps) - SHOWN} more, all of them in --format json"
    yield "  why     genomic-guard explain RUN101"
    yield ""


def _gates(gates: Sequence[GateVerdict]) -> Iterator[str]:
    for gate in gates:
        figure = "" if gate.value is None else f", value {gate.value:g}"
        if gate.interval:
            figure += f", {gate.confidence * 100:g}% interval {gate.interval[0]:g} to {gate.interval[1]:g}"
        if figure:
            figure += f", n {gate.n}"
        outcome = "" if gate.outcome == gate.verdict else f" ({gate.outcome})"
        yield f"gate {gate.kind} {gate.gate}: {gate.metric} {gate.bound}: {gate.verdict}{outcome}"
        yield f"      {gate.message}{figure}"
    if gates:
        yield ""


def _summary(report: Report) -> Iterator[str]:
    source = {"worktree": "work tree", "directory": "folder"}.get(report.source, report.source)
    if not report.files:
        yield "0 files changed content" if report.source == "index" else "0 files"
    else:
        covered = ", ".join(f"{number} {level}" for level, number in report.coverage.items() if number)
        yield f"{report.files} files of the {source}: {covered or 'none read'}; {report.excluded} excluded by policy"
    if report.modified:
        were = "tracked file is" if report.modified == 1 else "tracked files are"
        yield f"{report.modified} {were} modified: the work tree's content was judged, and not what the index holds of it"
    policy = report.policy_path or "no policy file"
    waived = sum(finding.outcome == "waived" for finding in report.findings)
    failed = sum(finding.outcome == "fail" for finding in report.findings) + sum(gate.outcome == "fail" for gate in report.gates)
    warned = sum(finding.outcome == "warn" for finding in report.findings) + sum(gate.outcome == "warn" for gate in report.gates)
    reason = "; nothing was read: the policy excludes all of it" if report.nothing_read else ""
    yield (
        f"{report.verdict.upper()}  {failed} fail, {warned} warn, {waived} waived, {len(report.gaps)} not read"
        f"  (profile {report.profile}, {policy}){reason}"
    )
