"""The report as GitLab's code quality report: one entry for each finding, gap and gate that counts."""

from __future__ import annotations

from pytest_genomic_guard.report import sha256_of
from pytest_genomic_guard.reporters.common import (
    MOST,
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

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pytest_genomic_guard.registry import Registry
    from pytest_genomic_guard.report import Report

_SEVERITIES = {"fail": "critical", "warn": "minor", "note": "info"}


def render(report: Report, registry: Registry) -> str:  # noqa: ARG001 - the contract of a reporter
    """Return the entries, each with a fingerprint of its own: of two with one, GitLab would show one."""
    distinct = Distinct()
    return dumps([entry | {"fingerprint": distinct.of(entry["fingerprint"])} for entry in _entries(report)])


def _entries(report: Report) -> Iterator[dict[str, Any]]:
    here = report.policy_path or "."
    if report.nothing_read:  # the format has no place for what is true of a whole run
        yield _entry("RUN101", missing(report), "fail", here, fingerprint=sha256_of("genomic-guard nothing read"))
    if left := beyond(report):
        yield _entry("RUN101", left, "fail", here, fingerprint=sha256_of("genomic-guard more"))
    for gap in report.gaps[:MOST]:
        yield _entry(gap.code, gap_sentence(gap), "fail", gap.path, fingerprint=gap_print(gap))
    for gate in report.gates:
        if gate.outcome in _SEVERITIES:
            yield _entry(gate_code(gate), gate_sentence(gate), gate.outcome, here, fingerprint=gate_print(gate))
    for finding in ranked(report)[:MOST]:
        if finding.outcome in _SEVERITIES:
            line = 1 if finding.trail or finding.line is None else finding.line
            entry = _entry(finding.code, sentence(finding), finding.outcome, finding.path, fingerprint=finding.fingerprint)
            yield entry | {"location": {"path": finding.path or ".", "lines": {"begin": line}}}


def _entry(code: str, text: str, outcome: str, path: str, *, fingerprint: str) -> dict[str, Any]:
    return {
        "description": f"{code}: {text}",
        "check_name": code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[outcome],
        "location": {"path": path or ".", "lines": {"begin": 1}},
    }
