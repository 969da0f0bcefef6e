"""``genomic-guard licences refresh``: what it writes and leaves out; a clone is judged by it alike."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from _projects import PYPROJECT, environment, judged, project, ran, wheels

from pytest_genomic_guard.cli import refreshed
from pytest_genomic_guard.cli.main import main
from pytest_genomic_guard.views.licences import kept

if TYPE_CHECKING:
    from pathlib import Path

LOCK = ".genomic-guard/licences.lock.yaml"
NAMES = {"copy-thing", "deep-thing", "plain-thing", "weak-thing", "tool-thing"}
UV = """
version = 1

[[package]]
name = "study"
version = "1"
source = { virtual = "." }
dependencies = [
  { name = "copy-thing" },
  { name = "plain-thing" },
  { name = "absent-thing" },
  { name = "win-thing", marker = "sys_platform == 'never'" },
]

[[package]]
name = "copy-thing"
version = "1.0"
source = { registry = "https://pypi.org/simple" }
dependencies = [{ name = "deep-thing" }]

[[package]]
name = "deep-thing"
version = "2.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "plain-thing"
version = "1.1"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "absent-thing"
version = "4.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "win-thing"
version = "5.0"
source = { registry = "https://pypi.org/simple" }
"""


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an environment with all packages."""
    folder = tmp_path_factory.mktemp("made")
    return environment(folder / "venv", wheels(folder))


def entries(root: Path) -> dict[tuple[str, str], kept.Kept]:
    """Return what the lock holds."""
    read = kept.read((root / LOCK).read_bytes())
    assert read is not None
    return {(each.name, each.version): each for each in read}


def test_a_clone_without_the_environment_is_judged_alike(tmp_path: Path, prefix: Path) -> None:
    """After a refresh the lock alone leads to the same verdict, the same findings, and no gap."""
    root = project(tmp_path / "study with blank", prefix)
    done = ran(root, "licences", "refresh")
    assert (done.returncode, "5 entries" in done.stderr) == (0, True), done.stderr
    assert {name for name, _ in entries(root)} == NAMES
    assert entries(root)["deep-thing", "2.0"].files[0][0] == "licenses/LICENSE"
    verdict, findings = judged(root)
    assert "LIC101" in {code for code, *_ in findings}
    clone = tmp_path / "clone"
    shutil.copytree(root, clone, ignore=shutil.ignore_patterns(".venv"))
    assert judged(clone) == (verdict, findings)
    assert not verdict[1]
    assert judged(clone) == (verdict, findings)  # as remembered


def test_a_second_refresh_changes_nothing(tmp_path: Path, prefix: Path) -> None:
    """The date is that of the last change, and the bytes are the same."""
    root = project(tmp_path / "study", prefix)
    ran(root, "licences", "refresh", SOURCE_DATE_EPOCH="86400")
    before = (root / LOCK).read_bytes()
    assert b'date: "1970-01-02"' in before
    done = ran(root, "licences", "refresh")
    assert (done.returncode, (root / LOCK).read_bytes()) == (0, before)
    assert "as it was" in done.stderr


def test_what_nothing_requires_any_more_is_dropped(tmp_path: Path, prefix: Path) -> None:
    """An entry stays as long as anything leads to it, of another tool too."""
    root = project(tmp_path / "study", prefix)
    (root / "environment.yml").write_text("dependencies:\n  - bwa-thing\n")
    (root / ".genomic-guard").mkdir()
    lines = [
        '{"name": "bwa-thing", "version": "0.7", "ecosystem": "conda", "expression": "GPL-3.0-only", "told": "license"}',
        '{"name": "gone-thing", "version": "1.0", "expression": "MIT", "told": "expression"}',
    ]
    (root / LOCK).write_text('version: 1\ndate: "2026-01-01"\npackages:\n' + "".join(f"- {line}\n" for line in lines))
    done = ran(root, "licences", "refresh")
    assert done.returncode == 0, done.stderr
    assert {name for name, _ in entries(root)} == NAMES | {"bwa-thing"}
    assert "loose-thing" not in (root / LOCK).read_text()


def test_what_no_environment_tells_of_is_left_out_and_told(tmp_path: Path, prefix: Path) -> None:
    """A locked package that is not installed, and a requirement that has no pin."""
    root = project(tmp_path / "study", prefix, PYPROJECT.replace('"plain-thing"', '"plain-thing", "absent-thing"'))
    done = ran(root, "licences", "refresh")
    assert done.returncode == 3
    assert "1 left out: absent-thing: no version is locked or installed" in done.stderr
    assert {name for name, _ in entries(root)} == NAMES
    (root / "uv.lock").write_text(UV)
    done = ran(root, "licences", "refresh")
    assert done.returncode == 3
    assert "absent-thing 4.0, win-thing 5.0: nothing here tells of this version" in done.stderr
    assert "--online" in done.stderr


def test_a_good_lock_is_never_emptied(tmp_path: Path, prefix: Path) -> None:
    """Not by an environment that is gone, not by an empty one, not by a manifest without requirements."""
    root = project(tmp_path / "study", prefix)
    ran(root, "licences", "refresh")
    before = (root / LOCK).read_bytes()
    shutil.rmtree(root / ".venv")
    assert ran(root, "licences", "refresh").returncode == 0
    environment(root / ".venv", [])
    assert "as it was" in ran(root, "licences", "refresh").stderr
    (root / "pyproject.toml").write_text('[project]\nname = "study"\nversion = "1"\n')
    ran(root, "licences", "refresh")
    assert (root / LOCK).read_bytes() == before


def test_a_manifest_that_cannot_be_read_takes_no_entry_away(tmp_path: Path, prefix: Path) -> None:
    """What it requires is not known, so all that was locked stays; the status says so."""
    root = project(tmp_path / "study", prefix)
    (root / "requirements.txt").write_text("loose-thing==1.0\n")
    (root / "sub").mkdir()
    (root / "sub" / "requirements.txt").write_text("plain-thing\n")
    ran(root, "licences", "refresh")
    assert ("loose-thing", "1.0") in entries(root)
    (root / "requirements.txt").unlink()
    (root / "poetry.lock").write_text("[[package]\n")
    done = ran(root, "licences", "refresh")
    assert done.returncode == 3
    assert ("loose-thing", "1.0") in entries(root)
    (root / "poetry.lock").unlink()
    assert ran(root, "licences", "refresh").returncode == 0
    assert ("loose-thing", "1.0") not in entries(root)


def test_the_environment_of_the_tool_is_refused(tmp_path: Path) -> None:
    """It says nothing of the project, and would be locked for it."""
    root = project(tmp_path / "study", text=PYPROJECT.replace("plain-thing", "packaging"))
    done = ran(root, "licences", "refresh", "--python", sys.prefix)
    assert done.returncode == 3
    assert "this tool's own" in done.stderr
    assert not (root / LOCK).exists()


def test_nothing_is_written_through_a_link(tmp_path: Path, prefix: Path) -> None:
    """A repository can hold a link that leads out of it."""
    root = project(tmp_path / "study", prefix)
    (tmp_path / "other").mkdir()
    (root / ".genomic-guard").symlink_to(tmp_path / "other")
    done = ran(root, "licences", "refresh")
    assert done.returncode == 2
    assert not list((tmp_path / "other").iterdir())


def test_a_repository_without_manifests_has_nothing_to_lock(tmp_path: Path) -> None:
    """There is no question of licences."""
    root = project(tmp_path / "study")
    (root / "pyproject.toml").unlink()
    done = ran(root, "licences", "refresh")
    assert (done.returncode, (root / LOCK).exists()) == (0, False)


def test_online_the_index_tells_of_what_is_locked(
    tmp_path: Path, prefix: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only pins that nothing here tells of are asked for, those of other platforms apart; what has no wheel is told."""
    root = project(tmp_path / "study", prefix)
    (root / "uv.lock").write_text(UV)
    asked: list[tuple[object, ...]] = []

    def fetched(pins: list[tuple[str, str]], _environ: object, python: str, *, elsewhere: bool) -> refreshed.Fetched:
        asked.append((pins, python, elsewhere))
        data = b"Metadata-Version: 2.4\nName: win-thing\nVersion: 5.0\nLicense-Expression: BSD-3-Clause\n\n"
        return (
            refreshed.Fetched(packages=(("win-thing", "5.0", data),)) if elsewhere else refreshed.Fetched(missing=("absent-thing",))
        )

    monkeypatch.setattr(refreshed, "fetched", fetched)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(root)
    assert main(["licences", "refresh", "--online"]) == 3
    python = f"3.{sys.version_info[1]}"
    assert asked == [([("absent-thing", "4.0")], python, False), ([("win-thing", "5.0")], python, True)]
    assert entries(root)["win-thing", "5.0"].expression == "BSD-3-Clause"
    assert "absent-thing 4.0: the index has no wheel" in capsys.readouterr().err
    assert main(["licences", "refresh"]) == 3
    assert ("win-thing", "5.0") in entries(root)


def test_an_index_that_was_not_asked_has_no_wheels_that_lack(
    tmp_path: Path, prefix: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With an old pip in our environment nothing is known of the index, and that is told once."""
    root = project(tmp_path / "study", prefix)
    (root / "uv.lock").write_text(UV)

    def fetched(_pins: object, _environ: object, _python: str, *, elsewhere: bool) -> refreshed.Fetched:  # noqa: ARG001 - as it is called
        return refreshed.Fetched(problem=refreshed.OLD_PIP)

    monkeypatch.setattr(refreshed, "fetched", fetched)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(root)
    assert main(["licences", "refresh", "--online"]) == 3
    told = capsys.readouterr().err
    assert told.count("pip 25.0 or later is needed") == 1
    assert "absent-thing 4.0, win-thing 5.0: the index could not be asked" in told
    assert "no wheel" not in told


@pytest.mark.parametrize(("name", "version"), [("akia" + "qylpmn5hhhfpzam2", "1.0"), ("mrn-0012345", "1.0"), ("a", "1950-01-02")])
def test_what_is_hidden_is_not_asked_for(monkeypatch: pytest.MonkeyPatch, name: str, version: str) -> None:
    """A token that stands as a name would be told to the index."""
    asked: list[object] = []
    monkeypatch.setattr(refreshed, "_pip", lambda *given: asked.append(given))
    assert refreshed.fetched([(name, version)], {}) == refreshed.Fetched(missing=(name,))
    assert not asked
