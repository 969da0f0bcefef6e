"""``genomic-guard new-check``: in a copy of this project and as a plugin, what it writes is complete and passes at once."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from _scratch import environment, guard

from pytest_genomic_guard.model import FAMILIES
from pytest_genomic_guard.policy import WAIVER_ONLY

ROOT = Path(__file__).resolve().parents[2]
OURS = ("pytest_genomic_guard", "tests/checks", "docs/checks")


def inside(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python from the root of a copy, on the code of that copy."""
    env = environment(PYTHONDONTWRITEBYTECODE="1", PYTHONPATH=str(checkout))
    return subprocess.run([sys.executable, *arguments], cwd=checkout, env=env, capture_output=True, text=True, check=False)


def ours(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line of a copy."""
    return inside(checkout, "-m", "pytest_genomic_guard", *arguments)


def pytested(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pytest in a copy, which passes only with tests that ran."""
    return inside(checkout, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", ".", *arguments)


def files(root: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {str(file.relative_to(root)): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Copy what the commands for people who write checks read and write."""
    copy = tmp_path / "checkout"
    for folder in OURS:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis"))
    for file in ("codes.lock", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / file, copy / file)
    return copy


def test_a_new_check_of_the_project(checkout: Path) -> None:
    """Two files are written, `generate` takes them, its cases and the tests of form pass, and no other file was edited by hand."""
    before = files(checkout)
    done = ours(checkout, "new-check", "gen598", "--name", "example-label")
    assert (done.returncode, done.stderr) == (0, "")
    new = set(files(checkout)) - set(before)
    assert new == {"pytest_genomic_guard/checks/genomic/gen598.py", "tests/checks/GEN598.md"}
    assert {name: data for name, data in files(checkout).items() if name not in new} == before
    done = ours(checkout, "generate")
    assert done.returncode == 0, done.stderr
    assert "docs/checks/GEN598.md" in done.stdout
    assert ours(checkout, "generate", "--check").returncode == 0
    assert "GEN598 example-label" in (checkout / "codes.lock").read_text()
    ran = pytested(checkout, "tests/checks", "-k", "GEN598")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.search(r"\b1[0-9] passed", ran.stdout)
    assert ours(checkout, "explain", "GEN598").stdout.startswith("GEN598 example-label (error")


def test_our_own_scan_stays_clean(checkout: Path) -> None:
    """The new check looks at its own module, case file and page, and finds nothing in them."""
    ours(checkout, "new-check", "GEN598")
    assert ours(checkout, "generate").returncode == 0
    done = ours(checkout, "scan", "--select", "GEN598", "docs", "tests", "pytest_genomic_guard/checks")
    assert done.returncode == 0, done.stdout
    assert "GEN598" not in done.stdout


def test_style_and_types(checkout: Path) -> None:
    """The module passes the project's linter, formatter and type checker as it is written."""
    shutil.copy(ROOT / "pyproject.toml", checkout / "pyproject.toml")
    ours(checkout, "new-check", "GEN598")
    module = "pytest_genomic_guard/checks/genomic/gen598.py"
    for command in (
        ["ruff", "check", "--no-cache", module],
        ["ruff", "format", "--no-cache", "--check", module],
        ["mypy", "--strict", "--follow-imports=silent", module],
    ):
        done = inside(checkout, "-m", *command)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_new_family_of_the_project(checkout: Path) -> None:
    """A family without a package gets one, and what is left to a person, listing it, is said."""
    family = next(
        prefix
        for prefix, room in FAMILIES.items()
        if not (ROOT / "pytest_genomic_guard/checks" / room.replace("-", "_")).exists() and prefix != "RUN"
    )
    room = FAMILIES[family].replace("-", "_")
    done = ours(checkout, "new-check", f"{family}598")
    assert done.returncode == 0, done.stderr
    assert f"list pytest_genomic_guard.checks.{room} under packages in pyproject.toml" in done.stdout
    assert ours(checkout, "generate").returncode == 0
    ran = pytested(checkout, "tests/checks", "-k", f"{family}598")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_family_that_needs_advice_has_it(checkout: Path) -> None:
    """The scaffold holds the three lines of advice that only a waiver's families must have, and the same place for all others."""
    assert WAIVER_ONLY
    ours(checkout, "new-check", "GEN598")
    module = (checkout / "pytest_genomic_guard/checks/genomic/gen598.py").read_text()
    assert re.findall(r"^        (\w+)=\"say ", module, re.MULTILINE) == ["not_pushed", "pushed", "public"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["GEN101"],
        ["gen101"],
        ["GEN598", "--name", "individual-level-variant-calls"],
        ["GEN598", "--name", "Not A Name"],
        ["GEN598", "--name", "../../x"],
        ["RUN598"],
        ["XYZ101"],
        ["GEN59"],
        ["../GEN598"],
        ["GEN598/../../x"],
        [""],
    ],
    ids=ascii,
)
def test_refused_in_the_project(checkout: Path, arguments: list[str]) -> None:
    """A code or name that is taken, malformed, or of no family is refused in one line, and nothing is written."""
    before = files(checkout)
    done = ours(checkout, "new-check", *arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert files(checkout) == before


def test_files_that_are_there_are_kept(checkout: Path) -> None:
    """A case file that somebody wrote first is not overwritten, and no module is written beside it."""
    case = checkout / "tests/checks/GEN598.md"
    case.write_text("mine")
    done = ours(checkout, "new-check", "GEN598")
    assert done.returncode == 2
    assert case.read_text() == "mine"
    assert not (checkout / "pytest_genomic_guard/checks/genomic/gen598.py").exists()


def test_another_copy_is_refused(checkout: Path) -> None:
    """The installed command does not judge by its own codes what is taken in a checkout of another version."""
    assert guard("new-check", "GEN598", cwd=checkout).code == 2


def test_a_plugin(folder: Path, tmp_path: Path) -> None:
    """Elsewhere a whole package is written: its tests pass, a second check needs no edit, and a policy that names it fires."""
    for code in ("BIO101", "BIO102"):
        ran = guard("new-check", code, cwd=folder)
        assert (ran.code, ran.err) == (0, "")
    assert ran.out.partition("\n\n")[0].splitlines() == ["written: bio_checks/bio102.py", "written: tests/BIO102.md"]
    done = pytested(folder, "tests")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "8 passed" in done.stdout
    metadata = folder / "bio_checks-0.1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: bio_checks\nVersion: 0.1\n")
    (metadata / "entry_points.txt").write_text("[genomic_guard]\nbio_checks = bio_checks\n")
    scanned = tmp_path / "scanned"
    scanned.mkdir()
    (scanned / ".genomic-guard.yaml").write_text("version: 1\nplugins: [bio_checks]\n")
    (scanned / "notes.txt").write_text("EXAMPLE-BIO102-" + "0f" * 4)
    ran_ = ours(folder, "scan", str(scanned))
    assert ran_.returncode == 1, ran_.stderr
    assert "BIO102 example-bio102: 1 fail" in ran_.stdout


@pytest.mark.parametrize("code", ["GEN598", "RUN598", "PHI101", "TOOLONG101", "bio"])
def test_refused_for_a_plugin(folder: Path, code: str) -> None:
    """A plugin cannot begin a code with the letters of one of our families, nor with something that is no code."""
    ran = guard("new-check", code, cwd=folder)
    assert (ran.code, ran.out) == (2, "")
    assert list(folder.iterdir()) == []
