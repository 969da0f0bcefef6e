"""The report for a person: what, where, why, how to mend it, and what was covered."""

from __future__ import annotations

from pytest_genomic_guard.model import REASONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_genomic_guard.model import Rulebook, Span
    from pytest_genomic_guard.registry import Registry
    from pytest_genomic_guard.report import GateVerdict, Judged, Report

SHOWN = 20  # places told for one code; the JSON report has all of them
_SAID = ("CARD", "GOV")  # families whose messages are sentences that mostly name what they are about
_SETTLED = ("waived", "baselined")  # counted, and not listed among what is to be mended
_WAIVABLE = ("GEN", "PHI", "SEC", "COD", "LIC", "CARD", "GOV")


def render(report: Report, registry: Registry) -> str:
    """Return the report as text for a terminal. Control characters, which a file name can hold, are escaped."""
    lines = [*_findings(report, registry), *_gaps(report), *_gates(report.gates, report.policy_path), *_summary(report)]
    return "".join(f"{printable(line)}\n" for line in lines)


def printable(text: str) -> str:
    """Escape what is not printable, so that no file name can write to the terminal, and what a CI service would obey."""
    if not text.isprintable():
        text = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)
    return tamed(text)


def tamed(line: str) -> str:
    """Escape what a CI service that reads the log takes for a command: a first ``::``, and ``##[`` or ``##vso[`` anywhere."""
    if "##" in line:
        line = line.replace("##", "#\\x23")
    if "::" in line and line.lstrip().startswith("::"):
        line = line.replace("::", "\\x3a:", 1)
    return line


def place(finding: Judged) -> str:
    """Return path, trail and line of a finding as one text."""
    inside = ", ".join(finding.trail)
    if finding.line is None:
        return finding.path + (f"  {inside}" if inside else "")
    if not inside or all(step == "gzip" for step in finding.trail):
        return f"{finding.path}:{finding.line}" + (f"  {inside}" if inside else "")
    return f"{finding.path}  {inside}, line {finding.line}"


def brought(span: Span) -> str:
    """Return which commits bring something, with their days."""
    first = f"commit {span.first[:12]} of {_day(span.since)}"
    return first if span.first == span.last else f"{first}, last in {span.last[:12]} of {_day(span.until)}"


def _day(seconds: int) -> str:
    import time  # noqa: PLC0415 - for commits only

    return time.strftime("%Y-%m-%d", time.gmtime(seconds)) if seconds < 1 << 36 else "no day"


def by_code(findings: Iterable[Judged]) -> list[list[Judged]]:
    """Return findings in groups of one code, RUN last, each in its given order."""
    groups: dict[str, list[Judged]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    return [groups[code] for code in sorted(groups, key=lambda code: (code.startswith("RUN"), code))]


def about(finding: Judged) -> str:
    """Return what a finding is about, in brackets behind its message; empty where the message has it already."""
    if not finding.subject:
        return ""
    told, words = finding.message.lower(), finding.subject.lower()
    if finding.code.startswith(_SAID) and any(_whole(each, told) for each in (words, words.replace("-", " "))):
        return ""
    return f" ({finding.subject})"


def _whole(words: str, told: str) -> bool:
    """Tell whether words stand in a sentence, and not as a part of others."""
    at = told.find(words)
    around = told[max(at - 1, 0) : at] + told[at + len(words) : at + len(words) + 1]
    return at >= 0 and not any(sign.isalnum() or sign in "-_./" for sign in around.rstrip("."))


def _findings(report: Report, registry: Registry) -> Iterator[str]:
    for group in by_code(report.findings):
        code = group[0].code
        counts = [
            f"{number} {outcome}"
            for outcome in ("fail", "warn", "note", "waived", "baselined")
            if (number := sum(finding.outcome == outcome for finding in group))
        ]
        yield f"{code} {group[0].name}: {', '.join(counts)}"
        told = [finding for finding in group if finding.outcome not in _SETTLED]
        told.sort(key=lambda finding: finding.outcome != "fail")  # what fails is never among those that are only counted
        for finding in told[:SHOWN]:
            yield f"  {place(finding)}"
            yield f"      {finding.message}{about(finding)}"
            if finding.commit:
                yield f"      {brought(finding.commit)}"
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
        yield leave(code)


def leave(code: str) -> str:
    """Return how a finding of a code that may stay is let stay: of a dependency by the package, of all else by the file."""
    if code.startswith("LIC1"):
        return "  except  licences: exceptions: [{package, versions, reason, owner, expires}] in the policy"
    return f"  waive   genomic-guard waive {code} PATH --reason TEXT --owner NAME --expires YYYY-MM-DD"


def _gaps(report: Report) -> Iterator[str]:
    if not report.gaps:
        return
    from pytest_genomic_guard.reporters.common import by_gap, gap_words  # noqa: PLC0415 - where something was not read

    for group in by_gap(report.gaps):
        code, (name, what) = group[0].code, gap_words(group[0])
        yield f"{code} {name}: {len(group)} {what}, so this run cannot pass"
        for gap in group[:SHOWN]:
            inside = f"  {', '.join(gap.trail)}" if gap.trail else ""
            yield f"  {gap.path}{inside}"
            yield f"      {REASONS[gap.reason]}" + (f" ({gap.where})" if gap.where else "")
        if len(group) > SHOWN:
            yield f"  and {len(group) - SHOWN} more, all of them in --format json"
        yield f"  why     genomic-guard explain {code}"
        yield ""


def _gates(gates: Sequence[GateVerdict], policy: str | None) -> Iterator[str]:
    if not gates:
        return
    from pytest_genomic_guard.reporters.gates import figure, table, word  # noqa: PLC0415 - few policies have any

    for gate in gates:
        outcome = "" if gate.outcome == gate.verdict else f" ({gate.outcome})"
        yield f"gate {gate.kind} {gate.gate}: {gate.metric} {gate.bound}: {word(gate)}{outcome}"
        yield f"      {gate.message}{figure(gate)}"
        yield from (f"      {line}" for line in table(gate))
        if gate.outcome != "pass" and gate.line:
            yield f"      policy {policy}:{gate.line}"
    yield ""


def _summary(report: Report) -> Iterator[str]:
    source = {"worktree": "work tree", "directory": "folder"}.get(report.source, report.source)
    if not report.files:
        yield "0 files changed content" if report.source == "index" else "0 files"
    else:
        covered = ", ".join(f"{number} {level}" for level, number in report.coverage.items() if number)
        yield f"{report.files} files of the {source}: {covered or 'none read'}; {report.excluded} excluded by policy"
    yield from (f"{each.what}{'' if each.path == '.' else f', in {each.path}'}" for each in report.evidence if each.what)
    yield from (f"{code} ignored by policy: {reason}" for code, reason in report.ignored)
    if report.modified:
        were = "tracked file is" if report.modified == 1 else "tracked files are"
        yield f"{report.modified} {were} modified: the work tree's content was judged, and not what the index holds of it"
    yield verdict(report)


def verdict(report: Report) -> str:
    """Return the last line: how it ended, and the numbers."""
    policy = report.policy_path or "no policy file"
    waived, kept = (sum(finding.outcome == outcome for finding in report.findings) for outcome in _SETTLED)
    failed = sum(finding.outcome == "fail" for finding in report.findings) + sum(gate.outcome == "fail" for gate in report.gates)
    warned = sum(finding.outcome == "warn" for finding in report.findings) + sum(gate.outcome == "warn" for gate in report.gates)
    reason = "; nothing was read: the policy excludes all of it" if report.nothing_read else ""
    settled = f"{waived} waived, " + f"{kept} baselined, " * bool(kept)
    return (
        f"{report.verdict.upper()}  {failed} fail, {warned} warn, {settled}{len(report.gaps)} not read"
        f"  (profile {report.profile}, {policy}){reason}"
    )
