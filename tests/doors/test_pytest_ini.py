"""The pytest door, with lines of an ini file that would excuse the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _pytest_door import ALSO, GAPS, GENOMIC, LEAK, PASSING, PHI, Repo, lines, states, verdict

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["pytester"]

NOT_RUN = "genomic guard did not run: pytest was only asked to list"


@pytest.fixture
def repo(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Return a clean repository with one passing test."""
    return Repo(pytester, monkeypatch)


def ini(repo: Repo, addopts: str, *further: str) -> None:
    """Write an ini file with these options."""
    repo.write("pytest.ini", "\n".join(["[pytest]", f"addopts = {addopts}", *further, ""]))


LISTING = [
    "--co",
    "--fixtures",
    "--fixtures-per-test",
    "--markers",
    "--help",
    "--version --version",
    "--cache-show",
    "-q --co --no-summary",
]
BLOCKING = ["-p no:genomic-guard-run", "-p no:genomic-guard-only", "-p no:terminal", "-p no:terminalreporter", "--no-summary"]
HIDING = ["--ignore=.", "--setup-plan", "-m 'not genomic_guard'", "-o genomic_guard=false"]


@pytest.mark.parametrize(
    ("addopts", "workers"),
    [*((each, []) for each in [*LISTING, *BLOCKING, *HIDING]), *((each, ["-n2"]) for each in [*LISTING, *BLOCKING])],
)
def test_ini_does_not_excuse(repo: Repo, addopts: str, workers: list[str]) -> None:
    """Whatever addopts of the ini say, with the flag on the command line the leak fails the run and is told."""
    repo.leak()
    ini(repo, addopts)
    result = repo.run("--genomic-guard", *workers)
    assert (result.ret, verdict(result)) == (1, "FAIL")
    assert states(result) == {**ALSO, GENOMIC: "fail", PHI: "pass", GAPS: "pass"}
    assert lines(result).count(f"  {LEAK}:4") == 1


@pytest.mark.parametrize("addopts", [*LISTING, *BLOCKING])
def test_ini_does_not_excuse_in_ci(repo: Repo, addopts: str) -> None:
    """In CI, a guard that the ini itself switches on is as firm."""
    repo.leak()
    ini(repo, addopts, "genomic_guard = true")
    result = repo.run(CI="1")
    assert (result.ret, verdict(result)) == (1, "FAIL")
    assert f"  {LEAK}:4" in lines(result)


@pytest.mark.parametrize("addopts", ["--co", "--fixtures", "--help", "-p no:genomic-guard-run"])
def test_environment_does_not_excuse(repo: Repo, addopts: str) -> None:
    """PYTEST_ADDOPTS takes nothing back either."""
    repo.leak()
    result = repo.run("--genomic-guard", PYTEST_ADDOPTS=addopts)
    assert (result.ret, verdict(result)) == (1, "FAIL")


def test_flag_in_the_environment(repo: Repo) -> None:
    """A flag that PYTEST_ADDOPTS adds is not the repository's own, so the ini does not take it back."""
    repo.leak()
    ini(repo, "--co")
    result = repo.run(PYTEST_ADDOPTS="--genomic-guard", usual=True)
    assert (result.ret, verdict(result)) == (1, "FAIL")


def test_only_is_a_flag_too(repo: Repo) -> None:
    """--genomic-guard-only is as firm, and keeps tests from being imported also where a name like that is blocked."""
    repo.leak()
    repo.write("test_bad.py", "raise RuntimeError\n")
    ini(repo, "-p no:genomic-guard-only --co")
    result = repo.run("--genomic-guard-only")
    assert (result.ret, verdict(result)) == (1, "FAIL")
    assert "RuntimeError" not in result.stdout.str()


@pytest.mark.parametrize("addopts", LISTING)
def test_listing_of_the_ini_in_a_clean_repository(repo: Repo, addopts: str) -> None:
    """The verdict is given, and passes."""
    ini(repo, addopts)
    result = repo.run("--genomic-guard")
    assert result.ret == 0
    assert NOT_RUN not in lines(result)
    assert verdict(result) == "PASS"


def test_help_with_a_conftest_that_fails(repo: Repo) -> None:
    """The help of pytest is shown even where a conftest cannot be imported, and the verdict follows."""
    repo.leak()
    repo.write("conftest.py", "raise RuntimeError\n")
    ini(repo, "--help")
    result = repo.run("--genomic-guard")
    assert (result.ret, verdict(result)) == (1, "FAIL")


def test_words_that_end_the_options(repo: Repo) -> None:
    """A -- at the end of addopts makes the flag a path; where there is such a path, the guard runs all the same."""
    repo.leak()
    repo.write("--genomic-guard/test_other.py", PASSING)
    ini(repo, "--")
    result = repo.run("--genomic-guard", usual=True)  # where all words are paths
    assert (result.ret, verdict(result)) == (1, "FAIL")
    (repo.path / "pytest.ini").unlink()
    assert repo.run("-q", "--", "--genomic-guard").ret == 0


def test_name_that_was_guessed(repo: Repo) -> None:
    """Where a part of ours is blocked after all, pytest does not start."""
    repo.leak()
    repo.write("conftest.py", "import os\n\nos.urandom = lambda size: bytes(size)\n")
    ini(repo, f"-p no:genomic-guard-{'00' * 8}")
    result = repo.run("--genomic-guard")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "a part of it was blocked" in result.stderr.str()


# What the user asks pytest to list


@pytest.mark.parametrize("workers", [[], ["-n2"]], ids=["alone", "xdist"])
@pytest.mark.parametrize("option", ["--co", "--fixtures", "--fixtures-per-test", "--markers", "--help", "--cache-show"])
def test_listing_on_the_command_line(repo: Repo, option: str, workers: list[str]) -> None:
    """What the command line asks to list is listed, and one line says that nothing was judged."""
    repo.leak()
    result = repo.run("--genomic-guard", option, *workers)
    assert (result.ret, verdict(result)) == (0, "")
    assert lines(result).count(NOT_RUN) == 1


def test_listing_with_the_ini_key(repo: Repo) -> None:
    """In CI the ini key has that line too; elsewhere the repository may list in peace, or list in its own ini."""
    repo.leak()
    ini(repo, "-q", "genomic_guard = true")
    assert NOT_RUN not in lines(repo.run("--markers"))
    assert NOT_RUN in lines(repo.run("--co"))
    ini(repo, "--co", "genomic_guard = true")
    result = repo.run()
    assert (result.ret, verdict(result)) == (0, "")
    assert NOT_RUN in lines(result)
    assert lines(repo.run("--markers", CI="1")).count(NOT_RUN) == 1


# Another root


def other(repo: Repo) -> Path:
    """Make a clean folder beside the repository, which has a leak."""
    repo.leak()
    path = repo.path.parent / "other"
    path.mkdir()
    return path


@pytest.mark.parametrize("workers", [[], ["-n2"]], ids=["alone", "xdist"])
@pytest.mark.parametrize("root", ["../other", "{other}", "..", "link"])
def test_root_of_the_ini_outside(repo: Repo, root: str, workers: list[str]) -> None:
    """An ini cannot send the guard out of the repository, nor through a link; the command line itself can."""
    path = other(repo)
    (repo.path / "link").symlink_to(path)
    ini(repo, f"--genomic-guard-root={root.format(other=path)}")
    result = repo.run("--genomic-guard", *workers)
    assert (result.ret, verdict(result)) == (pytest.ExitCode.USAGE_ERROR, "")
    assert "--genomic-guard-root: outside the repository that holds rootdir" in result.stderr.str()
    result = repo.run("--genomic-guard", *workers, f"--genomic-guard-root={path}")
    assert (result.ret, verdict(result)) == (0, "PASS")
    assert "scanned: ../other" in lines(result)


def test_root_of_the_environment_outside(repo: Repo) -> None:
    """PYTEST_ADDOPTS is not the command line itself."""
    path = other(repo)
    result = repo.run("--genomic-guard", PYTEST_ADDOPTS=f"--genomic-guard-root={path}")
    assert result.ret == pytest.ExitCode.USAGE_ERROR


def test_root_of_the_ini_inside(repo: Repo) -> None:
    """A folder of the repository stands for all of it; a repository inside is another root, and is named."""
    repo.leak()
    ini(repo, "--genomic-guard-root=sub")
    repo.write("sub/text.txt", "text\n")
    result = repo.run("--genomic-guard")
    assert (result.ret, verdict(result)) == (1, "FAIL")
    assert not [line for line in lines(result) if line.startswith("scanned: ")]
    repo.git("init", "-q", "sub")
    result = repo.run("--genomic-guard")
    assert (result.ret, verdict(result)) == (0, "PASS")
    assert "scanned: sub" in lines(result)


def test_rootdir_elsewhere(repo: Repo) -> None:
    """A rootdir in another repository brings its root with it, which is named."""
    path = other(repo)
    result = repo.run("--genomic-guard", PYTEST_ADDOPTS=f"--rootdir={path}")
    assert "scanned: ../other" in lines(result)


def test_default_root_is_not_told(repo: Repo) -> None:
    """Neither the default nor the same folder by name is worth a line."""
    for options in ([], ["--genomic-guard-root=."]):
        assert not [line for line in lines(repo.run("--genomic-guard", *options)) if line.startswith("scanned: ")]


@pytest.mark.parametrize("workers", [[], ["-n2"]], ids=["alone", "xdist"])
@pytest.mark.parametrize(("name", "content"), [(".git", "no link\n"), (".git/config", "[broken\n")])
def test_repository_that_git_cannot_open(repo: Repo, name: str, content: str, workers: list[str]) -> None:
    """A damaged .git is one line and a usage error, and no test runs."""
    if name == ".git":
        (repo.path / ".git").rename(repo.path.parent / "moved")
    repo.write(name, content)
    result = repo.run("--genomic-guard", *workers)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    said = [line for line in result.stderr.lines if line]
    assert len(said) == 1
    assert said[0].startswith("ERROR: genomic-guard: git cannot open the repository, so nothing was scanned: git rev-parse failed")
    assert "test_mine" not in result.stdout.str()
