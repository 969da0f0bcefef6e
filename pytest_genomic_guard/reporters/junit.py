"""The report as JUnit XML, for services that show test results: one case for each finding, gap and gate, and one for the run."""

from __future__ import annotations

from xml.etree import ElementTree as Tree  # writes only; nothing is parsed here

from pytest_genomic_guard.reporters.common import (
    MOST,
    beyond,
    gap_sentence,
    gap_words,
    gate_code,
    gate_sentence,
    missing,
    ranked,
    sentence,
)
from pytest_genomic_guard.reporters.text import place, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.registry import Registry
    from pytest_genomic_guard.report import Report

_TAGS = {"fail": "failure", "error": "error", "waived": "skipped", "baselined": "skipped"}  # all else is a case that passes


def render(report: Report, registry: Registry) -> str:  # noqa: ARG001 - the contract of a reporter
    """Return one suite, without times, so that the same input gives the same bytes."""
    cases = list(_cases(report))
    states = [_TAGS.get(outcome, "") for _class, _name, outcome, _text in cases]
    counts = {
        "tests": str(len(cases)),
        "failures": str(states.count("failure")),
        "errors": str(states.count("error")),
        "skipped": str(states.count("skipped")),
    }
    top = Tree.Element("testsuites", {"name": "genomic-guard", **counts})
    suite = Tree.SubElement(top, "testsuite", {"name": "genomic-guard", **counts})
    for group, name, outcome, text in cases:
        case = Tree.SubElement(suite, "testcase", {"classname": _safe(group), "name": _safe(name)})
        if tag := _TAGS.get(outcome):
            Tree.SubElement(case, tag, {"message": _safe(text)}).text = _safe(text) if tag != "skipped" else None
        elif text:
            Tree.SubElement(case, "system-out").text = _safe(f"{outcome}: {text}")
    Tree.indent(top)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Tree.tostring(top, encoding="unicode")}\n'


def _cases(report: Report) -> Iterator[tuple[str, str, str, str]]:
    """Yield class, name, outcome and text of each case."""
    lost = missing(report)
    yield "genomic-guard", "the run is complete", "error" if lost else "pass", lost
    if left := beyond(report):
        yield "genomic-guard", "the list is complete", "fail", left
    for gap in report.gaps[:MOST]:
        yield f"{gap.code} {gap_words(gap)[0]}", gap.path, "error", gap_sentence(gap)
    for gate in report.gates:
        outcome = "error" if gate.verdict == "error" else gate.outcome
        yield gate_code(gate), f"{gate.kind}::{gate.gate}::{gate.metric}", outcome, gate_sentence(gate)
    for finding in ranked(report)[:MOST]:
        yield f"{finding.code} {finding.name}", place(finding), finding.outcome, f"{sentence(finding)}; {finding.help}"


def _safe(text: str) -> str:
    """Return text without what XML has no character for; all of that is not printable, and is escaped as on a terminal."""
    return printable(text)
