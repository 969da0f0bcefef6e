"""One hostile report for every format, and readers that are as strict, or as obedient, as the services that get a format."""

from __future__ import annotations

import re
from itertools import cycle
from typing import TYPE_CHECKING

from pytest_genomic_guard.model import COVERAGES, Span
from pytest_genomic_guard.report import GateVerdict, Judged, Report, Unread, sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY = 100_000
PATHS = (
    "data/plain.vcf",
    "::stop-commands::over",
    " \t::error::owned",
    "a\n::error::owned",
    "a\r::add-mask::x",
    "a%0A::error::owned",
    "x,line=9,title=y::z",
    "##[add-mask]x",
    "###[error]x",
    "##vso[task.complete]x",
    "</testcase><failure/>]]>",
    "<!DOCTYPE x><script>alert(1)</script>",
    "&amp;\"'",
    "``` `code` [l](javascript:x) ![i](https://host/x) @team #1",
    "`",
    "a|b|c",
    "# heading",
    "- [ ] task\n\n# heading",
    "\0\x1b[2J\x07\x9b31m",
    "\u202efcv.exe\u2028\ufffe\uffff",
    "\ud800",
    "../../etc/hosts",
    "//host/share",
    "https://host/x?y#z",
    "c:drive",
    "%41{0}[x](1)",
    "é ü 一 🧬.vcf",
    "data/[masked].vcf",
    "[masked]: a gate of a project",
    "services/x: y::z",
    "\u2066a\u2069\u200f",
    " ",
    ".",
)
_RUNNER = re.compile(r"\r\n|\r|\n")


def report() -> Report:
    """Return a report of 100,000 findings over odd paths, of which one fails and stands last, with gaps and gates as odd."""
    paths = cycle(PATHS)
    findings = [_finding(number, next(paths), "warn") for number in range(MANY - 1)]
    findings += [_finding(MANY, "the one that fails", "fail")]
    gaps = [Unread(path=path, trail=("gzip",), reason="truncated", where=None, code="RUN101") for path in (*PATHS, *PATHS)]
    return Report(
        version="1.2",
        rules="r",
        policy_path=PATHS[3],
        policy_sha256=None,
        profile="research",
        source="worktree",
        files=len(PATHS),
        bytes=1,
        coverage=dict.fromkeys(COVERAGES, 1),
        excluded=0,
        findings=tuple(findings),
        gaps=tuple(gaps),
        gates=tuple(_gate(path) for path in PATHS),
    )


def settled() -> Report:
    """Return a report with findings of each outcome, of one code in one file each, and with names that projects and masks make."""
    outcomes = ("fail", "warn", "note", "waived", "baselined")
    findings = [_finding(number, f"{outcome}/[masked].vcf", outcome) for number, outcome in enumerate(outcomes, 101)]
    gates = [_gate(name).replace(outcome=outcome) for name, outcome in (("[masked]: triage", "fail"), ("apps/x: triage", "note"))]
    return Report(
        version="1.2",
        rules="r",
        policy_path="ci/guard.yaml",
        policy_sha256=None,
        profile="research",
        source="index",
        files=len(findings),
        bytes=1,
        coverage=dict.fromkeys(COVERAGES, 1),
        excluded=1,
        findings=tuple(finding.replace(code="GEN101", line=None, trail=()) for finding in findings),
        gaps=(Unread(path="gap/[masked].gz", trail=("gzip",), reason="truncated", where=None, code="RUN101"),),
        applied=1,
        gates=tuple(gates),
    )


def _finding(number: int, path: str, outcome: str) -> Judged:
    return Judged(
        code="GEN101" if number % 2 else "RUN102",
        name="a-name",
        family="GEN",
        severity="error",
        confidence="high",
        outcome=outcome,  # type: ignore[arg-type]
        path=path,
        entry=number,
        trail=("notebook", "cell 4") if number % 3 else (),
        line=number % 7 or None,
        column=1,
        subject="[a](b) {0}",
        commit=Span(first="0" * 40, last="f" * 40, until=number) if number % 5 == 0 else None,
        message="a sentence",
        fingerprint=sha256_of(str(number % 1000)),  # many are equal, which the judge would not make
        clauses=(),
        help="what to do",
    )


def _gate(name: str) -> GateVerdict:
    return GateVerdict(
        gate=name,
        kind="fairness",
        metric="tpr.difference",
        bound="<= 0.1",
        value=0.2,
        interval=(0.1, 0.3),
        confidence=0.95,
        n=900,
        verdict="fail",
        outcome="warn",
        message="a sentence",
    )


def obeyed(log: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield what a runner of GitHub Actions, or one that reads ``##[`` too, obeys in a log: command, properties, message."""
    for line in _RUNNER.split(log):
        if "##[" in line or "##vso[" in line:
            yield "old", {}, line
        text = line.lstrip()
        if text.startswith("::") and "::" in text[2:]:
            command, _end, message = text[2:].partition("::")
            word, _blank, rest = command.partition(" ")
            pairs = (pair.partition("=") for pair in rest.split(",") if pair)
            yield word, {key.strip(): _plain(value, ((":", "%3A"), (",", "%2C"))) for key, _is, value in pairs}, _plain(message)


def _plain(text: str, more: tuple[tuple[str, str], ...] = ()) -> str:
    for mark, code in (("\r", "%0D"), ("\n", "%0A"), *more, ("%", "%25")):
        text = text.replace(code, mark)
    return text
