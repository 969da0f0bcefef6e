"""The report as workflow commands of GitHub Actions: annotations at files, then one line with the verdict.

A runner obeys lines of a log that begin with ``::``. Ours begin with three fixed commands; whatever follows is escaped, so that no
file name can end a command, begin another one, or stop commands.
"""

from __future__ import annotations

from pytest_genomic_guard.reporters.common import gap_sentence, gap_words, gate_code, gate_sentence, ranked, sentence
from pytest_genomic_guard.reporters.text import SHOWN, printable, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.registry import Registry
    from pytest_genomic_guard.report import Report

_COMMANDS = {"fail": "error", "warn": "warning", "note": "notice"}


def render(report: Report, registry: Registry) -> str:  # noqa: ARG001 - the contract of a reporter
    """Return at most `SHOWN` annotations of a level, since a service shows fewer still, and say how many there are more."""
    counts: dict[str, int] = {}
    lines = []
    for level, line in _annotations(report):
        counts[level] = counts.get(level, 0) + 1
        if counts[level] <= SHOWN:
            lines.append(line)
    for level, number in counts.items():
        if number > SHOWN:
            lines.append(f"and {number - SHOWN} more of level {_COMMANDS[level]}, all of them in --format json")
    return "".join(f"{line}\n" for line in (*lines, printable(verdict(report))))


def _annotations(report: Report) -> Iterator[tuple[str, str]]:
    """Yield what is told with its level, gaps first: they say that the rest is not all."""
    for gap in report.gaps:
        yield "fail", _command("fail", f"{gap.code} {gap_words(gap)[0]}", gap_sentence(gap), gap.path)
    for gate in report.gates:
        if gate.outcome in _COMMANDS:
            yield gate.outcome, _command(gate.outcome, gate_code(gate), gate_sentence(gate), report.policy_path or "")
    for finding in ranked(report):
        if finding.outcome in _COMMANDS:
            line = None if finding.trail else finding.line  # in a part of a file, lines are not those of the file
            title = f"{finding.code} {finding.name}"
            text = f"{sentence(finding)}; genomic-guard explain {finding.code}"
            yield finding.outcome, _command(finding.outcome, title, text, finding.path, line)


def _command(outcome: str, title: str, text: str, path: str, line: int | None = None) -> str:
    place = [f"file={_property(path)}"] if path not in {"", "."} else []
    place += [f"line={line}"] if place and line is not None else []
    return f"::{_COMMANDS[outcome]} {','.join([*place, f'title={_property(title)}'])}::{_data(text)}"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25")  # there is no line end left in it


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
