"""The items of the pytest door as plain values: what each says, and what gates say that tests record."""

from __future__ import annotations

from pytest_genomic_guard.report import GateVerdict, GroupFigure
from pytest_genomic_guard.reporters.gates import figure, properties, table
from pytest_genomic_guard.reporters.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, TypedDict

    class Spec(TypedDict):
        """What one item says; plain values, since xdist sends them to its workers."""

        name: str
        state: str  # pass, warn or fail
        gate: bool
        recorded: bool  # by a test: what the scan says of it is not the last word
        line: str  # its line in the summary section
        text: str  # what it says when it fails or warns
        properties: list[tuple[str, str | int]]

    class Result(TypedDict):
        """One scan, as the door tells it."""

        specs: list[Spec]
        summary: list[str]


PREFIX = "genomic-guard::"


def gate(found: Mapping[str, Any]) -> Spec:
    """Return the item of a gate's bound, as the report has it."""
    told = GateVerdict(**{**found, "groups": tuple(GroupFigure(**group) for group in found["groups"])})
    text = f"gate {told.kind} {told.gate}: {told.metric} {told.bound}: {told.verdict}, {told.message}{figure(told)}"
    lines = [text, *(f"  {line}" for line in table(told))]
    state = told.outcome if told.outcome in {"fail", "warn"} else "pass"
    name = printable(f"{PREFIX}{told.kind}::{told.gate}::{told.metric}")
    named: list[tuple[str, str | int]] = [(f"genomic-guard.{key}", value) for key, value in properties(told)]
    made = spec(name, state, told.verdict, "\n".join(map(printable, lines)), named)
    made["gate"], made["recorded"] = True, told.source == "recorded"
    return made


def with_recorded(result: Result, recorded: Sequence[Sequence[Mapping[str, Any]]]) -> Result:
    """Return a result with what tests recorded of gates; one that was recorded twice has no verdict, since one hides the other."""
    found: dict[str, Spec] = {}
    times: dict[str, int] = {}
    for verdicts in recorded:
        for verdict in verdicts:
            made = gate(verdict)
            times[made["name"]] = times.get(made["name"], 0) + 1
            found[made["name"]] = made
    for name, many in times.items():
        if many > 1:
            text = f"{name}: recorded {many} times in one run: one test records a gate"
            found[name] = {**spec(name, "fail", "error", text), "gate": True, "recorded": True}
    specs = [found.get(each["name"], each) for each in result["specs"]]
    *rest, last = result["summary"]
    was, _two, told = last.partition("  ")
    failed = [each for each in specs if each["state"] == "fail"]
    word = "PASS" if not failed else "FAIL" if was == "PASS" or any(each["name"] in found for each in failed) else was
    return {"specs": specs, "summary": [*rest, f"{word}  {told}"]}


def spec(name: str, state: str, line: str, text: str, properties: list[tuple[str, str | int]] | None = None) -> Spec:
    """Return an item."""
    return {
        "name": name,
        "state": state,
        "gate": False,
        "recorded": False,
        "line": line,
        "text": text,
        "properties": properties or [],
    }
