"""``genomic-guard demo``, run as a user runs it: what it catches, what it shows, and that it can fail."""

from __future__ import annotations

import ast
import gzip
import os
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import pysam
import pytest

import pytest_genomic_guard

_PACKAGE = Path(pytest_genomic_guard.__file__).parent
_DEMO = _PACKAGE / "cli" / "demo.py"
_COMMAND = [sys.executable, "-I", "-m", "pytest_genomic_guard", "demo"]
_LEAKS = ("calls/cohort.vcf.gz", "notebooks/explore.ipynb", "plink/study.bed", "notes/export.txt")
_PATCHED = """
import sys
from pytest_genomic_guard.cli import demo
from pytest_genomic_guard.cli.session import guarded
{change}
sys.exit(guarded(lambda: demo.demo(keep=False)))
"""


def _environment(temporary: Path, **more: str) -> dict[str, str]:
    """Return an environment with a temporary folder of our own and without a home."""
    kept = {name: value for name, value in os.environ.items() if name != "HOME"}
    return kept | {"TMPDIR": str(temporary)} | more


def _demo(temporary: Path, *options: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*_COMMAND, *options], env=_environment(temporary, **more), cwd=temporary, capture_output=True, text=True, check=False
    )


def _patched(temporary: Path, change: str) -> subprocess.CompletedProcess[str]:
    """Run the demo with one statement done to its module first."""
    return subprocess.run(
        [sys.executable, "-I", "-c", _PATCHED.format(change=change)],
        env=_environment(temporary),
        cwd=temporary,
        capture_output=True,
        text=True,
        check=False,
    )


def _kept(done: subprocess.CompletedProcess[str]) -> Path:
    """Return the repository that ``--keep`` left."""
    return Path(next(line for line in done.stdout.splitlines() if line.startswith("Kept in ")).removeprefix("Kept in "))


def test_all_doors_catch_all_leaks_and_nothing_is_left(tmp_path: Path) -> None:
    """Without a home, every row of the table says caught or quiet three times, and the temporary folder is empty again."""
    done = _demo(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = {line.split()[0]: line for line in done.stdout.splitlines() if line.endswith(("caught", "quiet"))}
    assert len(rows) == 10
    assert {path for path, row in rows.items() if row.count("caught") == 3} == set(_LEAKS)
    assert sum(row.count("quiet") == 3 for row in rows.values()) == 6
    assert done.stdout.count("exit status 1, so ") == 3
    assert "GEN101 individual-level-variant-calls" in done.stdout
    assert not done.stderr
    assert not list(tmp_path.iterdir())


def test_the_callers_settings_change_nothing(tmp_path: Path) -> None:
    """A git configuration that signs and runs hooks, pytest options that disable us and hook variables have no say."""
    config = tmp_path / "gitconfig"
    config.write_text("[commit]\ngpgsign = true\n[gpg]\nprogram = false\n[user]\nuseConfigOnly = true\n[core]\nautocrlf = true\n")
    inner = tmp_path / "temporary"
    inner.mkdir()
    done = _demo(
        inner,
        GIT_CONFIG_GLOBAL=str(config),
        GIT_DIR=str(tmp_path),
        PYTEST_ADDOPTS="-p no:genomic_guard",
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
        PRE_COMMIT_FROM_REF="HEAD",
        PRE_COMMIT_TO_REF="HEAD",
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_sample_name_is_printed(tmp_path: Path) -> None:
    """The names in the kept files, read here by other tools, are in no output."""
    done = _demo(tmp_path, "--keep")
    folder = _kept(done)
    with pysam.VariantFile(str(folder / "calls" / "cohort.vcf.gz")) as calls:
        names = list(calls.header.samples)
        assert len(list(calls)) > 30
    people = [row.split()[1] for row in (folder / "plink" / "study.fam").read_text().splitlines()]
    assert len(set(names)) == 9
    assert names == people
    assert all(name not in done.stdout + done.stderr for name in names)


def test_the_samples_are_real_files_of_their_formats(tmp_path: Path) -> None:
    """Other readers take the notebook, the fileset and the renamed file for what they claim to be."""
    folder = _kept(_demo(tmp_path, "--keep"))
    for name in ("explore", "clean"):
        nbformat.validate(nbformat.read(folder / "notebooks" / f"{name}.ipynb", as_version=4))  # type: ignore[no-untyped-call]
    variants = len((folder / "plink" / "study.bim").read_text().splitlines())
    assert (folder / "plink" / "study.bed").stat().st_size == 3 + variants * 3  # nine people take three bytes
    assert (folder / "notes" / "export.txt").read_text("utf-16").startswith("##fileformat=")
    assert gzip.decompress((folder / "calls" / "cohort.vcf.gz").read_bytes()).endswith(b"\n")


def test_two_runs_share_no_person(tmp_path: Path) -> None:
    """Samples are invented at every run, so no rule can know them."""
    people = [set((_kept(_demo(tmp_path, "--keep")) / "plink" / "study.fam").read_text().split()) for _run in range(2)]
    assert {word for word in people[0] & people[1] if len(word) > 4} == set()


@pytest.mark.parametrize(
    ("door", "command"),
    [
        (0, ("pytest_genomic_guard.hooks.everything", "--profile", "minimal", "README.md")),
        (1, ("pytest_genomic_guard", "scan", "--format", "json", "--ignore", "GEN101")),
        (2, ("pytest", "-p", "no:cacheprovider")),
    ],
)
def test_a_door_that_misses_a_leak_fails_the_demo(tmp_path: Path, door: int, command: tuple[str, ...]) -> None:
    """A door that does not look, or looks for less, makes exit status 1, and the demo says which leak it missed."""
    change = (
        f"door = demo.DOORS[{door}].replace(command={command!r}, staged=False)\n"
        f"demo.DOORS = tuple(door if at == {door} else each for at, each in enumerate(demo.DOORS))"
    )
    done = _patched(tmp_path, change)
    title = ("pre-commit", "scan", "pytest")[door]
    assert done.returncode == 1, done.stderr
    assert f"FAILED: {title} missed calls/cohort.vcf.gz" in done.stdout
    assert sum(line.startswith("FAILED: ") and title not in line for line in done.stdout.splitlines()) == 0
    assert "MISSED" in done.stdout
    assert "Every leak was caught" not in done.stdout


def test_a_rule_that_does_not_look_fails_the_demo(tmp_path: Path) -> None:
    """With the rule for PLINK switched off in one door, that leak alone is told as missed."""
    change = (
        "scan = demo.DOORS[1]\n"
        "demo.DOORS = (demo.DOORS[0], scan.replace(command=(*scan.command, '--ignore', 'GEN103')), demo.DOORS[2])"
    )
    done = _patched(tmp_path, change)
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if line.startswith("FAILED")] == ["FAILED: scan missed plink/study.bed"]


def test_a_noisy_door_fails_the_demo(tmp_path: Path) -> None:
    """A decoy that a door complains about makes exit status 1."""
    change = (
        "made = demo.contents\n"
        "def contents(people):\n"
        "    return [each.replace(kind='decoy') if each.path == 'notes/export.txt' else each for each in made(people)]\n"
        "demo.contents = contents"
    )
    done = _patched(tmp_path, change)
    assert done.returncode == 1
    for title in ("pre-commit", "scan", "pytest"):
        assert f"FAILED: {title} complained about notes/export.txt" in done.stdout


def test_a_door_that_shows_a_name_fails_the_demo(tmp_path: Path) -> None:
    """A sample name in a door's output, here a word that every report holds, makes exit status 1."""
    done = _patched(tmp_path, "demo._person = lambda: 'genotype'")
    assert done.returncode == 1
    assert "FAILED: scan showed the name of a sample" in done.stdout


def test_interrupted(tmp_path: Path) -> None:
    """Ctrl-C while the doors run: exit status 130, one line, no traceback, and nothing left behind."""
    with subprocess.Popen(
        _COMMAND, env=_environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("A git repository with ")
        os.killpg(process.pid, signal.SIGINT)
        _out, err = process.communicate()
    assert process.returncode == 130
    assert err == "genomic-guard: interrupted\n"
    assert not list(tmp_path.iterdir())


def test_without_git(tmp_path: Path) -> None:
    """Where git is missing the demo says so, with exit status 3."""
    done = _demo(tmp_path, PATH=str(tmp_path))
    assert done.returncode == 3
    assert done.stderr == "genomic-guard: git is not installed\n"


def test_without_a_place_to_write(tmp_path: Path) -> None:
    """A full or missing temporary folder is told in one line, with exit status 3."""
    change = "import tempfile\ntempfile.tempdir = '/dev/null'"
    done = _patched(tmp_path, change)
    assert done.returncode == 3
    assert done.stderr == "genomic-guard: the temporary folder of the demo could not be written\n"


def test_the_demo_shares_no_literal_with_rules_or_samples() -> None:
    """No text of more than 12 characters stands both in the demo and in views, checks, relations, matching or the test samples."""
    rooms = [room for name in ("views", "checks", "relations", "matching") for room in sorted((_PACKAGE / name).rglob("*.py"))]
    theirs = _literals(*rooms, *sorted(_PACKAGE.glob("*testing*.py")), *sorted(_PACKAGE.glob("*samples*.py")))
    theirs = {
        other for other in theirs if other.replace("-", "_").split(".")[0] not in {"genomic_guard", _PACKAGE.name}
    }  # our name
    ours = _literals(_DEMO)
    assert len(ours) > 20
    assert len(theirs) > 50
    assert [mine for mine in ours if any(mine in other or other in mine for other in theirs)] == []


def test_the_demo_imports_no_samples_or_rules() -> None:
    """Its generators are its own: nothing is imported from views, checks, relations or the test helper."""
    tree = ast.parse(_DEMO.read_text("utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name for name in modules if name.startswith("pytest_genomic_guard")} == {
        "pytest_genomic_guard._record",
        "pytest_genomic_guard.cli.session",
        "pytest_genomic_guard.report",
        "pytest_genomic_guard.sources.git",
    }


def _literals(*files: Path) -> set[str]:
    """Return the texts and bytes of more than 12 characters in the sources, docstrings left out."""
    found: set[str] = set()
    for file in files:
        tree = ast.parse(file.read_text("utf-8"))
        prose = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and node.body and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in prose and isinstance(node.value, (str, bytes)):
                text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
                found |= {text} if len(text) > 12 else set()
    return found
