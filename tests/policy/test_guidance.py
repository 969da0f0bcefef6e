"""The table of recommendations: its totals, its codes, what prints it, and what cites it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from _policy import guard

from pytest_genomic_guard.policy.packs.guidance import SOURCES, VERDICTS, rows, served
from pytest_genomic_guard.registry import Registry
from pytest_genomic_guard.testing import cases

CASES = Path(__file__).parent.parent / "checks"


def test_totals() -> None:
    """The rows are those of the table from which they come: 95, of which 38 can be decided from the repository alone."""
    assert len(rows()) == 95
    counts = Counter(row.verdict for row in rows())
    assert (counts["Y"], counts["P"], counts["A"], counts["N"]) == (38, 36, 14, 4)
    assert sum(number for verdict, number in counts.items() if "/" in verdict) == 3
    assert [row.id for row in rows()] == sorted({row.id for row in rows()})
    assert {row.id[:2] for row in rows()} == {*SOURCES}
    assert {part for row in rows() for part in row.verdict.split("/")} == {*VERDICTS}


def test_a_code_that_decides_a_row_has_cases() -> None:
    """A row counts as decided only by codes that exist and have both a firing and a quiet case."""
    named = {code for row in rows() for code in row.codes}
    assert named <= {*Registry().entries}
    for code in sorted(named):
        if not code.startswith("RUN"):
            kinds = {case.fires for case in cases((CASES / f"{code}.md").read_text())}
            assert kinds == {True, False}, code
    assert not any(row.codes for row in rows() if row.verdict == "N")


def test_coverage_is_printed(tmp_path: Path) -> None:
    """`rules --clauses` counts what is decided, by verdict, and lists every row with its codes."""
    told = json.loads(guard("rules", "--clauses", "--format", "json", cwd=tmp_path).out)["recommendations"]
    assert {row["row"]: row["codes"] for row in told["rows"]} == {row.id: list(row.codes) for row in rows()}
    for verdict, count in told["coverage"].items():
        mine = [row for row in rows() if row.verdict == verdict]
        assert count == {"rows": len(mine), "decided": sum(bool(row.codes) for row in mine)}
    text = guard("rules", "--clauses", cwd=tmp_path).out
    decided = sum(bool(row.codes) for row in rows())
    assert f"recommendations: {decided} of 95 rows are decided" in text
    assert all(any(line.startswith(f"{row.id} ") and row.text in line for line in text.splitlines()) for row in rows())


def test_findings_cite_it(tmp_path: Path) -> None:
    """A finding on a model cites its recommendations; one that cites a law of its own has that alone."""
    (tmp_path / "model.safetensors").write_bytes(b"\x02\0\0\0\0\0\0\0{}")
    found = json.loads(guard("scan", "--select", "CARD", "--format", "json", ".", cwd=tmp_path).out)["findings"]
    assert [each["code"] for each in found] == ["CARD101"]
    assert set(served("CARD101", ())) <= set(found[0]["clauses"])
    assert served("GEN101", ("45 CFR 164.514(b)(2)",)) == ()
