"""``genomic-guard rules``: the list of codes, and the matrix of clauses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from _scratch import Ran, guard

from pytest_genomic_guard.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RULES = {code: entry.rulebook for code, entry in Registry().entries.items()}


def test_every_code_is_in_the_list(folder: Path) -> None:
    """One line a code, in order, with what decides its outcome; no file is needed and none is read."""
    ran = guard("rules", cwd=folder)
    assert (ran.code, ran.err) == (0, "")
    head, *rows = [line.split() for line in ran.out.splitlines()]
    assert head == ["code", "name", "severity", "confidence", "stage", "since"]
    assert rows == [[getattr(RULES[code], name) for name in head] for code in sorted(RULES)]


def test_json(folder: Path) -> None:
    """The same as JSON, with family, clauses and title."""
    rules = json.loads(guard("rules", "--format", "json", cwd=folder).out)["rules"]
    assert [rule["code"] for rule in rules] == sorted(RULES)
    for rule in rules:
        assert rule["clauses"] == list(RULES[rule["code"]].clauses)
        assert rule["code"].startswith(rule["family"])
        assert rule["title"] == (RULES[rule["code"]].__doc__ or "").partition("\n")[0]
        assert set(rule) == {"code", "name", "family", "severity", "confidence", "stage", "since", "clauses", "title"}


def test_clauses(folder: Path) -> None:
    """Every clause that a rule names has a row with all codes that name it, and the others are named as naming none."""
    matrix = json.loads(guard("rules", "--clauses", "--format", "json", cwd=folder).out)["clauses"]
    wanted = {clause for rule in RULES.values() for clause in rule.clauses}
    assert set(matrix) == wanted
    assert wanted
    for clause, codes in matrix.items():
        assert codes == sorted(code for code, rule in RULES.items() if clause in rule.clauses)
    text = guard("rules", "--clauses", cwd=folder).out
    for clause, codes in matrix.items():
        assert any(line.startswith(clause) and line.endswith(f"  {', '.join(codes)}") for line in text.splitlines())
    silent = text.partition("codes that name no clause: ")[2].strip().split(", ")
    assert silent == [code for code in sorted(RULES) if not RULES[code].clauses]


@pytest.mark.parametrize("policy", ["version: 1\nplugins: [no-such-plugin]\n", "version: 2\n"])
def test_policy_counts_only_when_asked_for(folder: Path, guard: Callable[..., Ran], policy: str) -> None:
    """A policy that is wrong, or whose plugin is missing, does not keep the list from being shown; with --plugins it is told."""
    (folder / ".genomic-guard.yaml").write_text(policy)
    assert guard("rules", cwd=folder).code == 0
    ran = guard("rules", "--plugins", cwd=folder)
    assert ran.code in {2, 3}
    assert (ran.out, ran.err.count("\n")) == ("", 1)
