"""The exit status is a pure function of the report: what each part makes of it alone, and what they make of it together."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.cli.schemas import report_schema
from pytest_genomic_guard.model import COVERAGES, REASONS
from pytest_genomic_guard.report import GateVerdict, Judged, Report, Unread, WaiverRef

if TYPE_CHECKING:
    from collections.abc import Sequence

OUTCOMES = ("fail", "warn", "note", "waived", "baselined")
# gate verdict and outcome, and the status that they make
GATES: dict[tuple[str, str], int] = {
    ("pass", "pass"): 0,
    ("fail", "fail"): 1,
    ("error", "fail"): 3,
    **{(verdict, outcome): 0 for verdict in ("inconclusive", "undefined", "refused") for outcome in ("warn", "note")},
    **{(verdict, "fail"): 1 for verdict in ("inconclusive", "undefined", "refused")},
}


def finding(outcome: Any) -> Judged:
    """Return a finding with an outcome."""
    return Judged(
        code="GEN101",
        name="x",
        family="GEN",
        severity="error",
        confidence="high",
        outcome=outcome,
        path="x",
        entry=0,
        trail=(),
        line=1,
        column=1,
        subject=None,
        message="x",
        fingerprint="0" * 64,
        clauses=(),
        help="x",
    )


def gate(verdict: Any, outcome: Any) -> GateVerdict:
    """Return a gate with a verdict and its outcome."""
    return GateVerdict(
        gate="g",
        kind="fairness",
        metric="tpr.difference",
        bound="<= 0.1",
        value=None,
        interval=None,
        confidence=0.95,
        n=0,
        verdict=verdict,
        outcome=outcome,
        message="x",
    )


def report(  # noqa: PLR0913 - the parts of a report
    findings: Sequence[str] = (),
    gates: Sequence[tuple[str, str]] = (),
    *,
    gaps: int = 0,
    files: int = 3,
    excluded: int = 0,
    source: str = "worktree",
) -> Report:
    """Return a report with these parts; what is not excluded was read in full."""
    ref = WaiverRef(code="GEN101", path="x", line=3)
    return Report(
        version="1",
        rules="",
        policy_path=None,
        policy_sha256=None,
        profile="research",
        source=source,
        files=files,
        bytes=0,
        coverage={level: files - excluded if level == "full" else 0 for level in COVERAGES},
        excluded=excluded,
        findings=tuple(finding(outcome) for outcome in findings),
        gaps=tuple(Unread(path="x", trail=(), reason=reason, where=None, code="RUN101") for reason in sorted(REASONS)[:gaps]),
        unused=(ref,),
        expired=(ref,),
        gates=tuple(gate(*each) for each in gates),
    )


WORDS = {0: "pass", 1: "fail", 3: "incomplete"}
ALONE: list[tuple[str, Report, int]] = [
    ("nothing", report(), 0),
    ("no files", report(files=0), 0),
    ("no staged files", report(files=0, source="index"), 0),
    *((f"finding {outcome}", report([outcome]), 1 if outcome == "fail" else 0) for outcome in OUTCOMES),
    *((f"gate {verdict} {outcome}", report(gates=[(verdict, outcome)]), code) for (verdict, outcome), code in GATES.items()),
    ("gap", report(gaps=1), 3),
    ("gap without files", report(gaps=1, files=0), 3),
    ("some excluded", report(excluded=2), 0),
    ("all excluded", report(excluded=3), 3),
    ("all excluded of a folder", report(excluded=3, source="directory"), 3),
    ("all excluded of a commit", report(excluded=3, source="index"), 0),
]


@pytest.mark.parametrize(("name", "made", "code"), ALONE, ids=[name for name, *_rest in ALONE])
def test_one_part(name: str, made: Report, code: int) -> None:
    """Each part alone."""
    assert (made.exit_code, made.verdict) == (code, WORDS[code]), name


def test_words_are_all_there() -> None:
    """The table above has every verdict and outcome of the report's schema."""
    parts = report_schema()["properties"]
    assert set(parts["findings"]["items"]["properties"]["outcome"]["enum"]) == set(OUTCOMES)
    verdict, outcome = (parts["gates"]["items"]["properties"][name]["enum"] for name in ("verdict", "outcome"))
    assert {each for each, _outcome in GATES} == set(verdict)
    assert {each for _verdict, each in GATES} == set(outcome)
    assert set(WORDS.values()) == set(parts["verdict"]["enum"])


def test_every_combination() -> None:
    """Failing beats incomplete, and incomplete beats clean, over all pairs of findings and gates, gaps and exclusions."""
    for findings, gates in itertools.product(itertools.combinations(OUTCOMES, 2), itertools.combinations(GATES, 2)):
        for gaps, excluded in ((0, 0), (2, 0), (0, 3), (1, 3)):
            made = report(findings, gates, gaps=gaps, excluded=excluded)
            fails = "fail" in findings or any(GATES[each] == 1 for each in gates)
            lacks = gaps or excluded == made.files or any(GATES[each] == 3 for each in gates)
            assert made.exit_code == (1 if fails else 3 if lacks else 0)
            assert made.verdict == WORDS[made.exit_code]


PARTS = st.fixed_dictionaries(
    {
        "findings": st.lists(st.sampled_from(OUTCOMES), max_size=5),
        "gates": st.lists(st.sampled_from(sorted(GATES)), max_size=5),
        "gaps": st.integers(0, 4),
        "files": st.integers(0, 5),
    }
)


@given(first=PARTS, second=PARTS)
def test_more_is_never_better(first: dict[str, Any], second: dict[str, Any]) -> None:
    """A report with the parts of two is as bad as the worse of them, in whatever order they come."""
    rank = {0: 0, 3: 1, 1: 2}
    both = {key: first[key] + second[key] for key in first}
    back = {key: second[key] + first[key] for key in first}
    worst = max(report(**first).exit_code, report(**second).exit_code, key=rank.__getitem__)
    assert report(**both).exit_code == report(**back).exit_code == worst


@given(parts=PARTS)
def test_pure(parts: dict[str, Any]) -> None:
    """The same parts give the same status, and asking changes nothing."""
    made = report(**parts)
    assert made.exit_code == made.exit_code == report(**parts).exit_code
    assert made == report(**parts)
