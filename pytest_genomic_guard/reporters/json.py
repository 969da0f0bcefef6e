"""The report as JSON: stable, versioned, the same bytes for the same inputs. Its schema is shipped in ``schemas/``."""

from __future__ import annotations

from pytest_genomic_guard.model import REASONS
from pytest_genomic_guard.report import SCHEMA
from pytest_genomic_guard.reporters.common import dumps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard._record import Record
    from pytest_genomic_guard.registry import Registry
    from pytest_genomic_guard.report import GateVerdict, Judged, Report


def render(report: Report, registry: Registry) -> str:  # noqa: ARG001 - the contract of a reporter
    """Return the report as one JSON object with a line feed at its end."""
    return dumps(document(report))


def document(report: Report) -> dict[str, Any]:
    """Return the report as the JSON object of DESIGN's contract."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "pytest-genomic-guard", "version": report.version, "ruleset": report.ruleset},
        "policy": {"path": report.policy_path, "sha256": report.policy_sha256, "profile": report.profile},
        "scanned": {
            "source": report.source,
            "files": report.files,
            "bytes": report.bytes,
            "coverage": {level: report.coverage[level] for level in ("full", "verdict-by-header", "partial", "opaque", "unread")},
            "excluded": report.excluded,
        },
        "verdict": report.verdict,
        "findings": [_fields(finding) | {"commit": _commit(finding)} for finding in report.findings],
        "gaps": [
            {
                "path": gap.path,
                "trail": gap.trail,
                "reason": gap.reason,
                "code": gap.code,
                "message": REASONS[gap.reason] + (f" ({gap.where})" if gap.where else ""),
            }
            for gap in report.gaps
        ],
        "waivers": {
            "applied": report.applied,
            "unused": [_fields(waiver) for waiver in report.unused],
            "expired": [_fields(waiver) for waiver in report.expired],
        },
        "evidence": [_fields(item) for item in report.evidence],
        "gates": [gate(each) for each in report.gates],
    }


def gate(verdict: GateVerdict) -> dict[str, Any]:
    """Return a gate's bound as judged, with its groups."""
    return _fields(verdict) | {"groups": [_fields(group) for group in verdict.groups]}


def _commit(finding: Judged) -> dict[str, str] | None:
    return {"first": finding.commit.first, "last": finding.commit.last} if finding.commit else None


def _fields(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record._defaults}  # noqa: SLF001 - the fields of a record
