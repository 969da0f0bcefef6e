"""What the commands that compute gates print."""

from __future__ import annotations

import re

from pytest_genomic_guard.reporters.common import gate_sentence
from pytest_genomic_guard.reporters.gates import table
from pytest_genomic_guard.reporters.json import gate as as_json
from pytest_genomic_guard.reporters.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.report import GateVerdict

SCHEMA = "genomic-guard/gates/1"


def text(shown: Sequence[GateVerdict], *, judged: bool) -> str:
    """Return a sentence for each bound and the table of its groups; with nothing judged, the figures alone."""
    lines: list[str] = []
    for verdict in shown:
        sentence = gate_sentence(verdict)
        if not judged:
            sentence = f"{verdict.metric}: " + ("not told: " + verdict.message if verdict.value is None else _figure(verdict))
        lines += [sentence, *(f"  {line}" for line in table(verdict.replace(outcome="note")))]
        if not judged:
            lines = [re.sub(r" +(?:pass|fail|inconclusive|undefined)$", "", line) for line in lines]
    return "\n".join(map(printable, lines)) + "\n"


def _figure(verdict: GateVerdict) -> str:
    if verdict.interval is None:
        return f"{verdict.value:g}"
    low, high = verdict.interval
    return f"{verdict.value:g}, {verdict.confidence * 100:g}% interval {low:g} to {high:g}"


def json(shown: Sequence[GateVerdict], *, judged: bool) -> str:
    """Return the gates as a report has them; with nothing judged, without bounds and verdicts."""
    from json import dumps  # noqa: PLC0415 - for this format only

    gates = [as_json(verdict) for verdict in shown]
    if not judged:
        gates = [
            gate
            | dict.fromkeys(("bound", "verdict", "outcome", "needed", "message"))
            | {"groups": [group | {"verdict": None} for group in gate["groups"]]}
            for gate in gates
        ]
    return dumps({"schema": SCHEMA, "gates": gates}, indent=2) + "\n"
