"""What several formats share: what they tell and in which order, sentences about gaps and gates, JSON that no CI obeys."""

from __future__ import annotations

import json

from pytest_genomic_guard.gates import CODES
from pytest_genomic_guard.model import REASONS
from pytest_genomic_guard.report import sha256_of
from pytest_genomic_guard.reporters.gates import figure, word
from pytest_genomic_guard.reporters.text import about

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from pytest_genomic_guard.report import GateVerdict, Judged, Report, Unread

MOST = 25_000  # findings, and gaps, in one file for a machine: no service takes more; the JSON report has all of them
# What a gap is, by its code: the name of that, and what became of the content.
GAPS = {"RUN101": ("unread-content", "not read"), "LIC908": ("no-licence-evidence", "not judged")}
UNREAD_NAME = GAPS["RUN101"][0]
_RANKS = {"fail": 0, "warn": 1, "note": 2, "waived": 3, "baselined": 3}


def ranked(report: Report) -> list[Judged]:
    """Return the findings, those that fail first and waived ones last, so that a cap never hides that a run fails."""
    return sorted(report.findings, key=lambda finding: _RANKS[finding.outcome])


def beyond(report: Report, most: int = MOST) -> str:
    """Return a sentence about what a cap leaves out; empty when it leaves out nothing."""
    more = [
        f"{len(found) - most} more {word}"
        for word, found in (("findings", report.findings), ("gaps", report.gaps))
        if len(found) > most
    ]
    return f"{' and '.join(more)}, all of them in --format json" if more else ""


def missing(report: Report) -> str:
    """Return a sentence about what this run did not do; empty for one that did all of it."""
    lost = []
    if report.gaps:
        lost.append(f"{len(report.gaps)} not read")
    if report.nothing_read:
        lost.append("nothing was read, since the policy excludes all of it")
    if errors := sum(gate.verdict == "error" for gate in report.gates):
        lost.append(f"{errors} gates without usable evidence")
    return f"the run is incomplete: {'; '.join(lost)}" if lost else ""


def inside(trail: Sequence[str], line: int | None = None) -> str:
    """Return where in a file something is, when that is not a line of the file itself."""
    return ", ".join([*trail, *([f"line {line}"] if trail and line is not None else [])])


def sentence(finding: Judged) -> str:
    """Return what a finding says, with its place inside the file and what it is about."""
    place = inside(finding.trail, finding.line)
    return f"{place}: " * bool(place) + finding.message + about(finding)


def gap_sentence(gap: Unread) -> str:
    """Return what a gap says."""
    place = inside(gap.trail)
    what = gap_words(gap)[1]
    return f"{place}: " * bool(place) + f"{what}: {REASONS[gap.reason]}" + (f" ({gap.where})" if gap.where else "")


def gap_words(gap: Unread) -> tuple[str, str]:
    """Return the name of a gap's code, and what became of the content."""
    return GAPS.get(gap.code, GAPS["RUN101"])


def by_gap(gaps: Sequence[Unread]) -> list[list[Unread]]:
    """Return gaps in groups of one code, each in its given order."""
    return [group for code in GAPS if (group := [gap for gap in gaps if gap.code == code])]


def gap_print(gap: Unread) -> str:
    """Return the fingerprint of a gap, from what is shown of it."""
    return sha256_of("\0".join((gap.code, gap.path, ">".join(gap.trail), gap.reason)))


def gate_print(gate: GateVerdict) -> str:
    """Return the fingerprint of a gate's bound."""
    return sha256_of(f"{gate.kind}\0{gate.gate}\0{gate.metric}")


class Distinct:
    """Makes fingerprints that are equal differ by their number: services show one of those that are equal."""

    def __init__(self) -> None:
        """Begin with none."""
        self._seen: dict[str, int] = {}

    def of(self, fingerprint: str) -> str:
        """Return the fingerprint, or for the second and later ones another that depends on it and the number alone."""
        number = self._seen[fingerprint] = self._seen.get(fingerprint, -1) + 1
        return sha256_of(f"{fingerprint}\0{number}") if number else fingerprint


def gate_code(gate: GateVerdict) -> str:
    """Return the code under which a gate is told."""
    return CODES.get(gate.kind, gate.kind)


def gate_sentence(gate: GateVerdict) -> str:
    """Return what a gate says."""
    return f"{gate.kind} gate {gate.gate}: {gate.metric} {gate.bound}: {word(gate)}: {gate.message}{figure(gate)}"


def dumps(document: Any) -> str:
    """Return JSON with a line feed. No line of it can be a command to a CI service that reads the log: see `tamed`."""
    text = json.dumps(document, indent=2)
    if "\\ud" in text:  # half a character is no text, and strict readers refuse all of the file for it
        text = json.dumps(_whole(document), indent=2)
    return text.replace("##", "#\\u0023") + "\n"  # inside strings only: JSON itself has no such mark


def _whole(value: Any) -> Any:
    """Return a document in which lone surrogates are written as escapes that anybody can read."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_whole(key): _whole(each) for key, each in value.items()}
    return [_whole(each) for each in value] if isinstance(value, list | tuple) else value
