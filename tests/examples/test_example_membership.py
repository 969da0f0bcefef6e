"""The worked example, run as a reader runs it: models are trained, attacked, and judged in a repository of its own."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _scratch import Ran, Repo, run

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).parents[2] / "examples" / "membership"
FIGURES = ("auc", "advantage", "tpr@fpr=0.05")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Return a repository that holds the example alone."""
    repo = Repo(tmp_path_factory.mktemp("example") / "membership")
    shutil.copytree(EXAMPLE, repo.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "audit", ".pytest_cache"))
    repo.git("add", "--all")
    return repo


@pytest.fixture(scope="module")
def tested(copied: Repo) -> Ran:
    """Run the example's tests."""
    return run([sys.executable, "-m", "pytest", "--genomic-guard", "-p", "no:cacheprovider"], copied.root, {"OMP_NUM_THREADS": "1"})


def _verdicts(out: str) -> dict[str, str]:
    return dict(re.findall(r"^genomic-guard::mia::(\S+)  \w+: (\w+)$", out, re.MULTILINE))


def test_verdicts(tested: Ran) -> None:
    """The forest is caught by what 569 people can prove, its AUC; the model that is held back keeps all bounds."""
    found = _verdicts(tested.out)
    assert set(found) == {f"{name}::{figure}" for name in ("forest", "regularised") for figure in FIGURES}, tested.out
    assert found["forest::auc"] == "fail", tested.out
    assert "pass" not in {found[f"forest::{figure}"] for figure in FIGURES}, tested.out
    assert {found[f"regularised::{figure}"] for figure in FIGURES} == {"pass"}, tested.out


def test_run_fails(tested: Ran) -> None:
    """The example's own tests pass, and the run fails by the forest's gate alone."""
    assert tested.code == 1
    assert re.search(r"^test_membership\.py \.\.\.", tested.out, re.MULTILINE), tested.out
    assert set(re.findall(r"^FAILED (\S+?)::\w+::(\w+)", tested.out, re.MULTILINE)) == {("genomic-guard", "forest")}, tested.out


def test_script_and_command(copied: Repo, guard: Callable[..., Ran]) -> None:
    """The script writes what `genomic-guard mia` reads, and none of it would git take."""
    before = copied.git("status", "--porcelain")
    done = run([sys.executable, "attack.py", "audit"], copied.root, {"OMP_NUM_THREADS": "1", "LOKY_MAX_CPU_COUNT": "1"})
    assert done.code == 0, done.err
    assert copied.git("status", "--porcelain") == before
    judged = guard(
        *("mia", "audit/forest.csv", "--references", "audit/forest/references.npz", "--higher-is", "member"),
        *("--attack", "lira", "--min-attack", "lira", "--bound", "auc <= 0.65"),
        cwd=copied.root,
    )
    assert judged.code == 1, judged.err
    assert "auc <= 0.65: fail" in judged.out
