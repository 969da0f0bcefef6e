"""What pip-licenses sees in given folders, without its ways to see nothing, to see less, or to end the process."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pytest_genomic_guard.adapters import pip_licenses
from pytest_genomic_guard.adapters.pip_licenses import Missing, names
from pytest_genomic_guard.evidence.environments import Environment, installed

HEAD = "Metadata-Version: 2.1\nName: {0}\nVersion: 1.0\nLicense: GPL\n\n"


def site(folder: Path, *distributions: str) -> str:
    """Write a site folder."""
    for name in distributions:
        (folder / f"{name}-1.0.dist-info").mkdir(parents=True)
        (folder / f"{name}-1.0.dist-info" / "METADATA").write_text(HEAD.format(name))
    return str(folder)


def test_folders_with_blanks_and_other_letters(tmp_path: Path) -> None:
    """It joins and splits paths at blanks by itself, and then sees nothing."""
    folders = [site(tmp_path / "with blank" / "a", "One.Thing"), site(tmp_path / "\u00dcml\u00e4ut", "two", "pip")]
    assert names(folders) == {"one-thing", "two", "pip"}


def test_the_working_directory_hides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own configuration in the repository's pyproject.toml is not read, nor are arguments of the process."""
    (tmp_path / "pyproject.toml").write_text('[tool.pip-licenses]\nignore-packages = ["hidden"]\nfail-on = "GPL"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["x", "--ignore-packages", "hidden"])
    assert names([site(tmp_path / "site", "hidden")]) == {"hidden"}


def test_broken_and_odd_distributions_do_not_end_it(tmp_path: Path) -> None:
    """No metadata, an empty one, a pipe in its place, 50 MB: the others are seen."""
    folder = Path(site(tmp_path, "whole", "gone", "empty", "pipe", "large"))
    for name in ("gone", "empty", "pipe"):
        (folder / f"{name}-1.0.dist-info" / "METADATA").unlink()
    (folder / "empty-1.0.dist-info" / "METADATA").write_text("")
    os.mkfifo(folder / "pipe-1.0.dist-info" / "METADATA")
    with (folder / "large-1.0.dist-info" / "METADATA").open("ab") as stream:
        stream.truncate(50 << 20)
    assert names([str(folder)]) == {"whole", "large"}
    assert names([]) == frozenset()
    assert names([str(tmp_path / "nowhere")]) == frozenset()


def test_no_interpreter_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither that of the folder nor our own."""
    monkeypatch.setattr(subprocess, "Popen", None)
    monkeypatch.setattr(pip_licenses, "_kept", [])
    assert names([site(tmp_path, "thing")]) == {"thing"}


def test_what_is_not_the_tool_we_know_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, and not taken for an empty answer."""
    for module in ("no_such_module_anywhere", "json"):
        monkeypatch.setattr(pip_licenses, "_kept", [])
        monkeypatch.setattr(pip_licenses, "_MODULE", module)
        with pytest.raises(Missing):
            names([])


def test_it_sees_what_we_see_here() -> None:
    """The environment that runs these tests, as both and the standard library see it."""
    sites = [each for each in sys.path if each.endswith("site-packages")]
    environment = Environment(kind="running", prefix=os.fsencode(sys.prefix), sites=tuple(map(os.fsencode, sites)))
    ours = {re.sub(r"[-_.]+", "-", each.name).lower() for each in installed(environment)}
    theirs = {re.sub(r"[-_.]+", "-", each.metadata["Name"]).lower() for each in importlib.metadata.distributions(path=sites)}
    assert names(sites) == theirs
    assert theirs <= ours
