"""The pytest door, under the options that choose what runs."""

from __future__ import annotations

import pytest
from _pytest_door import ALSO, GAPS, GENOMIC, LEAK, OWN, PHI, Repo, lines, states, verdict

pytest_plugins = ["pytester"]


@pytest.fixture
def repo(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Return a clean repository with one passing test."""
    return Repo(pytester, monkeypatch)


@pytest.mark.parametrize("selection", [["-k", "test_mine"], ["-m", "not genomic_guard"], ["-k", "nothing_of_that_name"]])
def test_selection_cannot_leave_the_guard_out(repo: Repo, selection: list[str]) -> None:
    """With the flag, a selection that leaves no item of ours puts all of them back."""
    repo.leak()
    result = repo.run("--genomic-guard", *selection)
    assert result.ret == 1
    assert states(result) == {**ALSO, GENOMIC: "fail", PHI: "pass", GAPS: "pass"}
    assert "8 of 8 deselected; they run all the same" in lines(result)
    assert result.parseoutcomes()["failed"] == 1


def test_partial_selection_is_told(repo: Repo) -> None:
    """A selection of some of our items is kept and told, and the verdict counts all of them."""
    repo.leak()
    result = repo.run("--genomic-guard", "-k", "gaps")
    result.assert_outcomes(passed=1, deselected=8)
    assert "7 of 8 deselected; the verdict counts all" in lines(result)
    assert result.ret == 1
    assert f"  {LEAK}:4" in lines(result)


def test_marker(repo: Repo) -> None:
    """-m genomic_guard runs our items alone, with strict markers."""
    result = repo.run("--genomic-guard", "--strict-markers", "-m", "genomic_guard", usual=True)
    result.assert_outcomes(passed=8, deselected=1)
    assert result.ret == 0


def test_node_deselected(repo: Repo) -> None:
    """--deselect of both items is a selection like any other."""
    repo.leak()
    result = repo.run("--genomic-guard", "--deselect", "genomic-guard::")
    assert (result.ret, result.parseoutcomes()["failed"]) == (1, 1)


def test_collect_only(repo: Repo) -> None:
    """--co lists the static items, scans nothing and does not fail."""
    repo.leak()
    result = repo.run("--genomic-guard", "--co", "-q")
    assert [line for line in lines(result) if "::" in line] == [*OWN, "test_mine.py::test_mine"]
    assert result.ret == 0
    assert "genomic guard did not run: pytest was only asked to list" in lines(result)


def test_last_failed(repo: Repo) -> None:
    """--lf runs the item that failed, and that alone."""
    leak = repo.leak()
    assert repo.run("--genomic-guard").ret == 1
    repo.run("--genomic-guard", "--lf").assert_outcomes(failed=1, deselected=8)
    leak.unlink()
    result = repo.run("--genomic-guard", "--lf")
    result.assert_outcomes(passed=1, deselected=8)
    assert result.ret == 0


def test_only(repo: Repo) -> None:
    """--genomic-guard-only imports no test module."""
    repo.write("test_bad.py", "raise RuntimeError\n")
    result = repo.run("--genomic-guard-only")
    result.assert_outcomes(passed=8)
    assert result.ret == 0
    repo.leak()
    assert repo.run("--genomic-guard-only", "-k", "test_mine").ret == 1


@pytest.mark.parametrize("options", [["--fixtures"], ["--markers"], ["--help"]])
def test_asking_pytest_about_itself(repo: Repo, options: list[str]) -> None:
    """Options that show something and run nothing do not scan."""
    repo.leak()
    result = repo.run("--genomic-guard", *options)
    assert (result.ret, verdict(result)) == (0, "")
    assert "genomic_guard" in result.stdout.str()
