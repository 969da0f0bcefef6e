"""The report as SARIF 2.1.0, for code scanning. No snippet: a result is a place, a sentence and a fingerprint of ours."""

from __future__ import annotations

import inspect
import re
from urllib.parse import quote

from pytest_genomic_guard.report import INCOMPLETE
from pytest_genomic_guard.reporters.common import (
    MOST,
    UNREAD_NAME,
    Distinct,
    beyond,
    dumps,
    gap_print,
    gap_sentence,
    gate_code,
    gate_print,
    gate_sentence,
    missing,
    ranked,
    sentence,
)
from pytest_genomic_guard.reporters.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from pytest_genomic_guard.model import Rulebook
    from pytest_genomic_guard.registry import Registry
    from pytest_genomic_guard.report import Judged, Report

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "SRCROOT"
_LEVELS = {"fail": "error", "warn": "warning", "note": "note", "error": "error", "warning": "warning"}
_PROBLEMS = {"error": "error", "warning": "warning", "note": "recommendation"}
_SEVERITIES = {"error": "8.0", "warning": "5.0", "note": "2.0"}  # GitHub's bands: high, medium, low
_TAGS = 10  # GitHub shows no more
_LITERAL = re.compile(r"[\\\[\]]")
_HEADING = re.compile(r"^(.+)\n-{3,}$", re.MULTILINE)


def render(report: Report, registry: Registry) -> str:
    """Return the report as one SARIF log with one run."""
    results = list(_results(report))
    codes = sorted({result["ruleId"] for result in results})
    clauses = {finding.code: finding.clauses for finding in report.findings}
    for result in results:
        result["ruleIndex"] = codes.index(result["ruleId"])
    run = {
        "tool": {"driver": _driver(report, [_rule(code, registry, clauses.get(code)) for code in codes])},
        "automationDetails": {"id": f"genomic-guard/{report.source}/"},
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of what was scanned."}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {
            "verdict": report.verdict,
            "policy": report.policy_path,
            "policySha256": report.policy_sha256,
            "profile": report.profile,
            "files": report.files,
            "excluded": report.excluded,
            "coverage": dict(report.coverage),
            "gates": [gate_sentence(gate) for gate in report.gates],
        },
    }
    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(report: Report, rules: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": "pytest-genomic-guard",
        "version": report.version,
        "language": "en",
        "rules": rules,
        "properties": {"ruleset": report.ruleset},
    }


def _invocation(report: Report) -> dict[str, Any]:
    """Return how the run went. One that did not read everything was not successful, whatever else it found."""
    lost, left = missing(report), beyond(report)
    told = [("error", lost)] * bool(lost) + [("warning", left)] * bool(left)
    return {
        "executionSuccessful": not lost and report.exit_code != INCOMPLETE,
        "exitCode": report.exit_code,
        "exitCodeDescription": report.verdict,
        "toolExecutionNotifications": [{"level": level, "message": _message(text)} for level, text in told],
    }


def _results(report: Report) -> Iterator[dict[str, Any]]:
    distinct = Distinct()
    for finding in ranked(report)[:MOST]:
        outcome = finding.outcome if finding.outcome in _LEVELS else finding.severity
        told = _result(finding.code, outcome, sentence(finding), finding.path, fingerprint=distinct.of(finding.fingerprint))
        yield told | _more(finding)
    for gap in report.gaps[:MOST]:
        yield _result(gap.code, "fail", gap_sentence(gap), gap.path, fingerprint=distinct.of(gap_print(gap)))
    for gate in report.gates:
        if gate.outcome != "pass":
            fingerprint = distinct.of(gate_print(gate))
            yield _result(gate_code(gate), gate.outcome, gate_sentence(gate), report.policy_path or "", fingerprint=fingerprint)


def _result(code: str, outcome: str, text: str, path: str, *, fingerprint: str) -> dict[str, Any]:
    """Return one result. Line 1 stands where the report has no line of the file itself: services take no place without one."""
    return {
        "ruleId": code,
        "level": _LEVELS[outcome],
        "message": _message(text),
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": uri(path), "uriBaseId": _ROOT}, "region": {"startLine": 1}}}
        ],
        # GitHub's upload computes the second one from the source itself where it is not there: from content, by its hash.
        "partialFingerprints": {"genomicGuard/v1": fingerprint, "primaryLocationLineHash": f"{fingerprint}:1"},
        "suppressions": [],
    }


def _more(finding: Judged) -> dict[str, Any]:
    """Return what only a finding has: where exactly, and what was decided about it."""
    properties = {
        "entry": finding.entry,
        "confidence": finding.confidence,
        "outcome": finding.outcome,
        "subject": finding.subject,
        "line": finding.line,
        "help": finding.help,
    }
    more: dict[str, Any] = {"properties": {name: value for name, value in properties.items() if value is not None}}
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(finding.path), "uriBaseId": _ROOT}, "region": {"startLine": 1}}
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.trail:  # lines and columns are then those of a decoded part, not of the file
        location["logicalLocations"] = [{"fullyQualifiedName": " > ".join(finding.trail)}]
    elif finding.line is not None:
        physical["region"] = {"startLine": finding.line} | ({"startColumn": finding.column} if finding.column else {})
    more["locations"] = [location]
    if finding.outcome in {"waived", "baselined"}:
        more["suppressions"] = [{"kind": "external", "status": "accepted", "justification": f"{finding.outcome} by the policy"}]
    return more


def uri(path: str) -> str:
    """Return a path as a relative reference: no part of it can be read as a scheme, a host, a parent folder or a query."""
    if path in {"", "."}:
        return "."
    odd = {"": "%2F", ".": "%252E", "..": "%252E%252E"}  # no file has such a part; a reference with one would mean another file
    return "/".join(odd.get(part) or quote(part, safe="", errors="backslashreplace") for part in path.split("/"))


def _message(text: str) -> dict[str, str]:
    """Return a message in which nothing is a link (square brackets) or a placeholder (braces)."""
    return {"text": _LITERAL.sub(r"\\\g<0>", printable(text)).replace("{", "{{").replace("}", "}}")}


def _rule(code: str, registry: Registry, clauses: Sequence[str] | None) -> dict[str, Any]:
    """Return what is said of a code: its manual as help, and what GitHub sorts by; `clauses` are those of its findings."""
    if code not in registry.entries:
        return {"id": code}
    rulebook = registry.entries[code].rulebook
    title, _blank, manual = inspect.cleandoc(rulebook.__doc__ or code).partition("\n")
    return {
        "id": code,
        "name": UNREAD_NAME if code == "RUN101" else rulebook.name,
        "shortDescription": {"text": title},
        "fullDescription": {"text": _paragraph(manual) or title},
        "help": {"text": manual.strip() or title, "markdown": _HEADING.sub(r"## \1", manual).strip() or title},
        "defaultConfiguration": {"level": _LEVELS[rulebook.severity]},
        "properties": _properties(rulebook, rulebook.clauses if clauses is None else clauses),
    }


def _properties(rulebook: type[Rulebook], clauses: Sequence[str]) -> dict[str, Any]:
    """Return tags and ranks. What a run says of itself is a problem to mend; all else is ranked as a matter of security."""
    own = rulebook.code.startswith("RUN")
    tags = ["maintainability"] if own else ["security", "privacy"]
    ranks = {"problem.severity": _PROBLEMS[rulebook.severity]} | (
        {} if own else {"security-severity": _SEVERITIES[rulebook.severity]}
    )
    return {"tags": [*tags, *clauses][:_TAGS], "precision": rulebook.confidence, **ranks}


def _paragraph(manual: str) -> str:
    """Return the first paragraph under the first heading as one line."""
    found = _HEADING.search(manual)
    return " ".join(manual[found.end() :].strip().partition("\n\n")[0].split()) if found else ""
