"""The guide on gates is true: its files, commands and tests, as a reader would run them."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "doors"))

import pytest
from _gate import POLICY, inside, judged, write
from _pytest_door import Repo

from pytest_genomic_guard.metrics import names

pytest_plugins = ["pytester"]

GUIDE = (Path(__file__).parents[2] / "docs" / "gates.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """Return the guide's blocks of a language."""
    return [text for word, text in re.findall(r"^```(\w*)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL) if word == language]


@pytest.fixture
def reader(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Return a repository in which a reader has made the files of the guide."""
    repo = Repo(pytester, monkeypatch)
    people, tests = blocks("python")
    write(repo.path, {"people.py": people, "test_mine.py": tests, POLICY: blocks("yaml")[0], ".gitignore": "*.csv\n__pycache__/\n"})
    subprocess.run([sys.executable, "people.py"], cwd=repo.path, check=True)
    return repo


def test_commands(reader: Repo) -> None:
    """Every command ends as the guide says, or without an error, and the figures are those that it shows."""
    shown = ""
    for line in "".join(blocks("")).splitlines():
        command, _hash, told = line.partition("  #")
        ran = inside(*shlex.split(command)[1:])
        assert ran.code == int(told.rpartition(" ")[2] or 0) if told else ran.code == 0, (line, ran.out, ran.err)
        shown += ran.out
    for line in blocks("text")[0].splitlines():
        assert line.removesuffix("...").rstrip() in shown, line
    for path in reader.path.glob("*.csv"):
        path.unlink()
    scanned = judged(reader.path)
    assert {(gate["kind"], gate["metric"], gate["verdict"], gate["source"]) for gate in scanned.json["gates"]} == {
        ("fairness", "tpr.difference", "fail", "evidence"),
        ("fairness", "auc.min", "pass", "evidence"),
        ("mia", "auc", "pass", "evidence"),
        ("mia", "tpr@fpr=0.01", "pass", "evidence"),
    }


def test_tests(reader: Repo) -> None:
    """The tests of the guide pass."""
    reader.run("-p", "no:cacheprovider").assert_outcomes(passed=3)


def test_metrics() -> None:
    """Every metric is in the guide."""
    assert not [
        name
        for name in (*names.METRICS, *names.MIA)
        if f"`{name}`" not in GUIDE and name not in {"equalised-odds", "equalized-odds"}
    ]
