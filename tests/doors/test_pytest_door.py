"""The pytest door, from outside: pytest runs in a process of its own over a real repository."""

from __future__ import annotations

import os
from pathlib import Path
from xml.etree import ElementTree

import pytest
from _pytest_door import ALSO, GAPS, GATE, GENOMIC, LEAK, OWN, PASSING, PHI, Repo, lines, states, verdict

from pytest_genomic_guard.testing import samples

pytest_plugins = ["pytester"]


@pytest.fixture
def repo(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Return a clean repository with one passing test."""
    return Repo(pytester, monkeypatch)


# Without the flag


def test_idle_plugin_loads_nothing(repo: Repo) -> None:
    """Installed and not asked for, the plugin is one module, adds no item and prints nothing."""
    repo.leak()
    repo.write(
        "test_modules.py",
        """
        import sys

        def test_modules():
            ours = {name for name in sys.modules if name.startswith("pytest_genomic_guard")}
            assert ours == {"pytest_genomic_guard", "pytest_genomic_guard.pytest_plugin"}
        """.replace("\n        ", "\n"),
    )
    result = repo.run(usual=True)
    result.assert_outcomes(passed=2)
    assert "genomic-guard::" not in result.stdout.str()
    assert result.ret == 0


def test_plugin_switched_off(repo: Repo) -> None:
    """With -p no:genomic_guard there is nothing of us, and asking for it all the same is an error and no silent pass."""
    repo.leak()
    assert repo.run("-p", "no:genomic_guard").ret == 0
    assert repo.run("-p", "no:genomic_guard", "--genomic-guard").ret == pytest.ExitCode.USAGE_ERROR


# Zero tests, clean and not


def test_zero_tests_clean(repo: Repo) -> None:
    """A clean repository without tests passes."""
    (repo.path / "test_mine.py").unlink()
    result = repo.run("--genomic-guard")
    result.assert_outcomes(passed=8)
    assert (result.ret, verdict(result)) == (0, "PASS")


def test_zero_tests_leak(repo: Repo) -> None:
    """A leak fails a repository without tests, and the text says what, where, why and what to do."""
    (repo.path / "test_mine.py").unlink()
    repo.leak()
    result = repo.run("--genomic-guard", usual=True)
    result.assert_outcomes(passed=7, failed=1)
    assert (result.ret, verdict(result)) == (1, "FAIL")
    result.stdout.fnmatch_lines([
        "genomic-guard: all families, in rootdir",
        "*_ genomic-guard genomic _*",
        "GEN101 *: 1 fail",
        f"  {LEAK}:4",
        "  mend  *",
        "  why     genomic-guard explain GEN101",
        "  waive   genomic-guard waive GEN101 *",
    ])  # fmt: skip
    assert "Traceback" not in result.stdout.str()


def test_findings_are_told_without_tracebacks(repo: Repo) -> None:
    """With --tb=no pytest leaves out the text of items, and the section has it."""
    repo.leak()
    assert lines(repo.run("--genomic-guard", "--tb=no")).count(f"  {LEAK}:4") == 1
    assert lines(repo.run("--genomic-guard")).count(f"  {LEAK}:4") == 1


def test_gap_fails(repo: Repo) -> None:
    """What could not be read fails the item for gaps, and the run is incomplete."""
    repo.gap()
    result = repo.run("--genomic-guard")
    assert (result.ret, verdict(result)) == (1, "INCOMPLETE")
    assert states(result) == {**ALSO, GENOMIC: "pass", PHI: "pass", GAPS: "fail"}


def test_plain_folder(repo: Repo) -> None:
    """A folder that is no repository is scanned as it is."""
    (repo.path / ".git").rename(repo.path.parent / "moved")
    repo.leak()
    result = repo.run("--genomic-guard")
    assert (result.ret, states(result)[GENOMIC]) == (1, "fail")


def test_warning_passes_and_is_told(repo: Repo) -> None:
    """A finding that only warns passes its item and stands in the section."""
    waiver = "{code: GEN101, path: gone.vcf, sha256: %s, reason: r, owner: o, expires: %s}"
    repo.write(
        ".genomic-guard.yaml",
        f"version: 1\nwaivers:\n  - {waiver % (samples.hexadecimal().decode(), samples.later().decode())}\n",
    )
    result = repo.run("--genomic-guard")
    result.assert_outcomes(passed=9)
    assert (result.ret, states(result)) == (0, {**ALSO, GENOMIC: "pass", PHI: "pass", GAPS: "warn"})
    result.stdout.fnmatch_lines(["RUN201 *: 1 warn", "  .genomic-guard.yaml:3"])


# Families, options, ini


def test_narrowing(repo: Repo) -> None:
    """With families named, only these count, and content that was not read."""
    repo.leak()
    repo.gate(0.01, 0.05)
    result = repo.run("--genomic-guard=gates")
    assert (result.ret, states(result)) == (0, {GAPS: "pass", GATE: "pass"})
    result = repo.run("--genomic-guard=genomic")
    assert (result.ret, states(result)) == (1, {GENOMIC: "fail", GAPS: "pass"})
    assert repo.run("--genomic-guard=gates,genomic").ret == 1
    repo.gap()
    assert repo.run("--genomic-guard=gates").ret == 1


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("genmic", "did you mean 'genomic'"),
        ("x", "known: genomic"),
        ("", "needs family words"),
    ],
)
def test_wrong_families(repo: Repo, word: str, said: str) -> None:
    """A word that is no family is a usage error and no empty scan."""
    result = repo.run(f"--genomic-guard={word}")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert said in result.stderr.str()


def test_path_after_the_flag(repo: Repo) -> None:
    """A path after the bare flag stays a path, on the command line and after addopts; its conftest is loaded early."""
    repo.write("tests/test_other.py", PASSING)
    repo.write("tests/conftest.py", 'def pytest_addoption(parser):\n    parser.addoption("--ours", action="store_true")\n')
    repo.run("--genomic-guard", "tests", "--ours").assert_outcomes(passed=9)
    repo.write("pytest.ini", "[pytest]\naddopts = --genomic-guard\n")
    repo.run("tests").assert_outcomes(passed=9)


def test_ini(repo: Repo) -> None:
    """The ini key switches the guard on; a selection may then leave it out, but not the verdict."""
    repo.write("pytest.ini", "[pytest]\ngenomic_guard = true\n")
    result = repo.run("-k", "test_mine")
    result.assert_outcomes(passed=1, deselected=8)
    assert "8 of 8 deselected; the verdict counts all" in lines(result)
    assert result.ret == 0
    repo.leak()
    assert repo.run().ret == 1
    result = repo.run("-k", "test_mine")
    result.assert_outcomes(passed=1, deselected=8)
    assert (result.ret, verdict(result)) == (1, "FAIL")
    assert repo.run("-o", "genomic_guard=false").ret == 0


def test_ini_in_ci(repo: Repo) -> None:
    """In CI the ini key is as firm as the flag."""
    repo.write("pytest.ini", "[pytest]\ngenomic_guard = true\n")
    result = repo.run("-k", "test_mine", CI="1")
    result.assert_outcomes(passed=9, deselected=0)


def test_rootdir_below_the_top(repo: Repo) -> None:
    """A run in a sub-folder scans the whole repository."""
    repo.leak()
    repo.write("package/pytest.ini", "[pytest]\n")
    repo.write("package/test_package.py", PASSING)
    os.chdir(repo.path / "package")
    result = repo.run("--genomic-guard")
    assert (result.ret, states(result)[GENOMIC]) == (1, "fail")
    assert "genomic-guard: all families, in .." in lines(result)
    assert f"  {LEAK}:4" in lines(result)


def test_root_option(repo: Repo) -> None:
    """--genomic-guard-root scans another place; one that is not there is a usage error."""
    repo.leak()
    other = repo.path.parent / "other"
    other.mkdir()
    assert repo.run("--genomic-guard", f"--genomic-guard-root={other}").ret == 0
    assert repo.run("--genomic-guard", "--genomic-guard-root=../other").ret == 0
    result = repo.run("--genomic-guard", "--genomic-guard-root=missing")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "there is no such folder" in result.stderr.str()


def test_policy_error(repo: Repo) -> None:
    """A wrong policy is a usage error with its line and column, and no test runs."""
    repo.write(".genomic-guard.yaml", "version: 1\nprofil: strict\n")
    result = repo.run("--genomic-guard")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "ERROR: genomic-guard: .genomic-guard.yaml:2:1: unknown key; did you mean 'profile'?" in result.stderr.str()
    assert "passed" not in result.stdout.str()


def test_git_error(repo: Repo) -> None:
    """Where git cannot list the repository, all of our items fail with what the scan said."""
    repo.git("add", "-A")
    repo.write(".git/index", b"no index")
    result = repo.run("--genomic-guard")
    assert (result.ret, verdict(result)) == (1, "INCOMPLETE")
    assert states(result) == dict.fromkeys(OWN, "fail")
    assert "the index is damaged" in result.stdout.str()


# Gates


@pytest.mark.parametrize(
    ("low", "high", "status", "state"), [(0.01, 0.05, 0, "pass"), (0.2, 0.3, 1, "fail"), (0.05, 0.2, 0, "warn")]
)
def test_gate(repo: Repo, low: float, high: float, status: int, state: str) -> None:
    """A gate is an item of its own, after the tests; an inconclusive one passes and is told."""
    repo.gate(low, high)
    result = repo.run("--genomic-guard", "-v")
    assert (result.ret, states(result)[GATE]) == (status, state)
    ran = [line.split()[0] for line in lines(result) if "::" in line and line.endswith("%]")]
    assert ran == [*OWN, "test_mine.py::test_mine", GATE]
    if state == "warn":
        assert "gate fairness sepsis: tpr.difference <= 0.1: inconclusive" in result.stdout.str()


# xdist, JUnit


@pytest.mark.parametrize("workers", ["2", "auto"])
def test_xdist(repo: Repo, workers: str) -> None:
    """Workers run the items of the controller's one scan."""
    repo.leak()
    repo.gate(0.2, 0.3)
    result = repo.run("--genomic-guard", "-n", workers, usual=workers == "auto")
    result.assert_outcomes(passed=8, failed=2)
    assert (result.ret, verdict(result)) == (1, "FAIL")
    assert states(result) == {**ALSO, GENOMIC: "fail", PHI: "pass", GAPS: "pass", GATE: "fail"}


def test_xdist_selection(repo: Repo) -> None:
    """What workers learn of selections reaches the controller."""
    result = repo.run("--genomic-guard", "-n", "2", "-k", "test_mine")
    result.assert_outcomes(passed=9)
    assert "8 of 8 deselected; they run all the same" in lines(result)
    assert "7 of 8 deselected; the verdict counts all" in lines(repo.run("--genomic-guard", "-n2", "-k", "gaps"))


def test_one_scan(repo: Repo) -> None:
    """Two workers cost no further scan: git is called as often as without them."""
    log = repo.path.parent / "calls"
    tools = repo.path.parent / "tools"
    tools.mkdir()
    git = next(Path(part, "git") for part in os.environ["PATH"].split(os.pathsep) if Path(part, "git").exists())
    (tools / "git").write_text(f'#!/bin/sh\necho call >> "{log}"\nexec "{git}" "$@"\n')
    (tools / "git").chmod(0o755)
    counts = []
    for options in ([], ["-n2"]):
        log.write_text("")
        assert repo.run("--genomic-guard", *options, PATH=f"{tools}{os.pathsep}{os.environ['PATH']}").ret == 0
        counts.append(log.read_text().count("call"))
    assert counts[0] == counts[1] > 0


@pytest.mark.parametrize("options", [[], ["-n2"]])
def test_junit(repo: Repo, options: list[str]) -> None:
    """JUnit XML names the items, counts codes, and shows nobody's data."""
    repo.leak()
    repo.gate(0.05, 0.2)
    file = repo.path.parent / "junit.xml"
    repo.run("--genomic-guard", f"--junitxml={file}", *options)
    text = file.read_text()
    assert not [name for name in repo.people if name in text]
    cases = {(case.get("classname"), case.get("name")): case for case in ElementTree.fromstring(text).iter("testcase")}  # noqa: S314 - made by pytest  # genomic-guard: allow[COD109] our own report
    assert set(cases) == {
        ("genomic-guard", "cards"),
        ("genomic-guard", "data-use"),
        ("genomic-guard", "genomic"),
        ("genomic-guard", "licences"),
        ("genomic-guard", "phi"),
        ("genomic-guard", "code"),
        ("genomic-guard", "secrets"),
        ("genomic-guard", "gaps"),
        ("genomic-guard.fairness.sepsis", "tpr.difference"),
        ("test_mine", "test_mine"),
    }
    genomic = cases["genomic-guard", "genomic"]
    assert [(each.get("name"), each.get("value")) for each in genomic.iter("property")] == [("genomic-guard.GEN101.fail", "1")]
    assert f"{LEAK}:4" in "".join(genomic.itertext())
