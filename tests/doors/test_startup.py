"""What a hook and an idle pytest import: each needless module costs every commit, or every run of every user's tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from typing import TYPE_CHECKING

import pytest
from _precommit import CHECKOUT, HOOKS, Scratch, environment

if TYPE_CHECKING:
    from pathlib import Path

# None of these is needed to judge text files where no policy file is. Of the standard library they are the slow ones that are
# easily imported by accident; `subprocess` (for git) brings selectors, signal and threading, and is needed; `hashlib` brings
# OpenSSL, and is not; `re` and `enum` are loaded by the interpreter's own start.
HEAVY = {
    *(
        "argparse",
        "ast",
        "asyncio",
        "concurrent",
        "csv",
        "dataclasses",
        "datetime",
        "decimal",
        "email",
        "hashlib",
        "html",
        "importlib.metadata",
    ),
    *("inspect", "json", "logging", "pathlib", "platform", "random", "shutil", "socket", "tempfile", "tomllib", "typing"),
    *("unittest", "xml"),
    *("_pytest", "bandit", "detect_secrets", "hypothesis", "hyperscan", "license_expression", "nbformat", "numpy", "packaging"),
    *("pandas", "piplicenses", "pluggy", "pytest", "requests", "rich", "yaml"),
}
STAGES = {"push": ["origin"], "message": ["pyproject.toml"]}  # hooks of other stages, with what git gives them
# -S, because an editable install puts an import hook into site-packages that itself imports pathlib; so the places that site would
# add are added here, an installed package's own layout first.
_TELL = """
import sys
sys.path[:0] = {places!r}
before = set(sys.modules)
from pytest_genomic_guard.hooks import {hook}
status = {hook}.main(sys.argv[1:])
print(*sorted(set(sys.modules) - before), file=sys.stderr)
raise SystemExit(status)
"""


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with our files where an installation puts them."""
    folder = tmp_path_factory.mktemp("installed")
    only_code = shutil.ignore_patterns("__pycache__")
    shutil.copytree(CHECKOUT / "pytest_genomic_guard", folder / "pytest_genomic_guard", ignore=only_code)
    shutil.copytree(CHECKOUT / "hooks", folder / "pytest_genomic_guard" / "hooks", ignore=only_code)
    return folder


@pytest.fixture
def repository(tmp_path: Path) -> Scratch:
    """Return a repository in which twenty text files are staged."""
    found = Scratch(tmp_path / "repository")
    for number in range(20):
        found.write(f"text{number}.txt", b"line\n" * number)
    found.write("pyproject.toml", b'[project]\nname = "x"\n')  # says nothing of us, so it is not parsed
    found.git("add", "--all")
    return found


def _imported(installed: Path, repository: Scratch, hook: str, *names: str) -> set[str]:
    places = [str(installed), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    done = repository.run(sys.executable, "-I", "-S", "-c", _TELL.format(places=places, hook=hook), *names)
    assert done.returncode == 0, done.stderr
    assert " files of the index: " in done.stdout or hook in STAGES
    return set(done.stderr.split())


@pytest.mark.parametrize("hook", sorted({each["entry"].rpartition(".")[2] for each in HOOKS.values()} - set(STAGES)))
@pytest.mark.parametrize("named", [True, False])
def test_hook_imports_little(installed: Path, repository: Scratch, hook: str, *, named: bool) -> None:
    """A hook that judges text files imports nothing heavy, with names and without."""
    names = [f"text{number}.txt" for number in range(20)] if named else []
    imported = _imported(installed, repository, hook, *names)
    assert f"pytest_genomic_guard.hooks.{hook}" in imported
    assert not imported & HEAVY
    assert not {name for name in imported if name.split(".")[0] in HEAVY}


@pytest.mark.parametrize("hook", sorted(STAGES))
def test_hook_of_another_stage_imports_little(installed: Path, repository: Scratch, hook: str) -> None:
    """Also a push through pre-commit, of a commit with text files, and a message: none of them imports anything heavy."""
    repository.keep()
    repository.variables |= {"PRE_COMMIT": "1"}
    imported = _imported(installed, repository, hook, *STAGES[hook])
    assert f"pytest_genomic_guard.hooks.{hook}" in imported
    assert ("pytest_genomic_guard.sources.commits" in imported) >= (hook == "push")
    assert not imported & HEAVY


def test_hook_imports_no_check_without_cause(installed: Path, repository: Scratch) -> None:
    """The module of a check is imported when a view that it sees turns up, and not before."""
    imported = _imported(installed, repository, "everything")
    rooms = tuple(f"pytest_genomic_guard.{room}." for room in ("checks", "gates.fair", "relations.genomic", "policy.load"))
    assert not {name for name in imported if name.startswith(rooms)}


# What a clean commit brings: code, prose, settings, prices; with words of medicine, but none that stands as the name of a column
ORDINARY = {
    "src/area.py": b"""def area(width, height, condition=None):
    # no name of a patient is read here
    treatment = condition or width > height
    return {"id": None, "resource": "Area", "large": treatment}
""",
    "docs/notes.md": b"# Notes\n\nOne ward of the hospital. The disease, its stage and the drug are described below.\n",
    "data/prices.csv": b"day,open,close\n2020-01-02,1.5,1.7\n2020-01-03,1.6,1.4\n",
    "config.yaml": b"service: api\nport: 8080\nmember: 3\n",
}


@pytest.mark.parametrize("hook", ["phi", "everything"])
def test_ordinary_files_load_no_reader_of_health_data(installed: Path, tmp_path: Path, hook: str) -> None:
    """Code, prose, settings and a table without people import nothing heavy, no check of health data and none of its readers."""
    there = Scratch(tmp_path / "ordinary")
    for name, content in ORDINARY.items():
        there.stage(name, content)
    imported = _imported(installed, there, hook, *ORDINARY)
    assert not {name for name in imported if name.split(".")[0] in HEAVY} - {"csv"}
    assert not {name for name in imported if name.startswith("pytest_genomic_guard.checks.")}
    rooms = ("pytest_genomic_guard.identifiers.", "pytest_genomic_guard.views.health.")
    assert not {name for name in imported if name.startswith(rooms)} - {"pytest_genomic_guard.views.health.glimpse"}


# Of cards, models and data use: the names of their facts, and what tells by name and first bytes that a file is none
LIGHT = {
    *(f"pytest_genomic_guard.views.cards{name}" for name in ("", ".named", ".nouns", ".read", ".sent")),
    *(f"pytest_genomic_guard.views.models{name}" for name in ("", ".first", ".nouns")),
    *(f"pytest_genomic_guard.views.datause{name}" for name in ("", ".nouns")),
}
GOVERNED = ("views.cards", "views.models", "views.datause", "relations.cards", "relations.datause", "policy.packs")
README = (
    b"# Prices\n\nReads prices and draws them.\n\n## Installation\n\n    pip install prices\n\n## Usage\n\nRun `prices draw`.\n"
)


@pytest.mark.parametrize("hook", ["everything", "cards", "data_use"])
def test_ordinary_files_load_no_reader_of_cards(installed: Path, tmp_path: Path, hook: str) -> None:
    """Also with a README and settings in JSON, what reads cards, models and accessions stays away, and all that compares them."""
    there = Scratch(tmp_path / "ordinary")
    for name, content in {**ORDINARY, "README.md": README, "docs/settings.json": b'{"port": 8080}\n'}.items():
        there.stage(name, content)
    imported = _imported(installed, there, hook)
    rooms = tuple(f"pytest_genomic_guard.{room}" for room in GOVERNED)
    assert {name for name in imported if name.startswith(rooms)} <= LIGHT
    assert not {name for name in imported if name.split(".")[0] in HEAVY} - {"csv"}


def test_a_card_loads_its_reader(installed: Path, tmp_path: Path) -> None:
    """The test above can fail: a card brings what reads cards."""
    there = Scratch(tmp_path / "ordinary")
    there.stage("MODEL_CARD.md", b"# Model card\n\n## Intended use\n\nFor research on plants.\n")
    places = [str(installed), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    done = there.run(sys.executable, "-I", "-S", "-c", _TELL.format(places=places, hook="everything"), "MODEL_CARD.md")
    assert "pytest_genomic_guard.views.cards.markdown" in done.stderr.split()


def test_the_hook_of_a_family_imports_as_little_as_any(installed: Path, repository: Scratch) -> None:
    """Twenty clean texts through `genomic-guard-phi` bring no module that the hook of all families does not bring."""
    names = [f"text{number}.txt" for number in range(20)]
    own, every = (_imported(installed, repository, hook, *names) for hook in ("phi", "everything"))
    assert own - every <= {"pytest_genomic_guard.hooks.phi"}


def test_heavy_modules_are_noticed(installed: Path, repository: Scratch) -> None:
    """The test above can fail: with a policy file, YAML is imported and shows."""
    repository.stage(".genomic-guard.yaml", b"version: 1 # %b\n" % os.urandom(8).hex().encode())  # read before, it is known
    assert "yaml" in _imported(installed, repository, "everything")


def test_pyproject_is_parsed_where_it_has_our_words(installed: Path, repository: Scratch) -> None:
    """TOML is imported when `pyproject.toml` could name a policy, and then only."""
    repository.stage("pyproject.toml", b'[tool.other]\nuses = ["pytest-genomic-guard"]\n')
    imported = _imported(installed, repository, "everything")
    assert "tomllib" in imported
    assert "yaml" not in imported


def test_idle_pytest_imports_the_plugin_alone(tmp_path: Path) -> None:
    """Where nobody switched the guard on, pytest loads our plugin module and nothing else of ours."""
    (tmp_path / "test_modules.py").write_text(
        "import sys\n\ndef test_modules():\n    print('OURS', sorted(name for name in sys.modules if 'genomic_guard' in name))\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("OURS")]
    ours = {name for name in line.split("'")[1::2] if not name.startswith("__editable__")}
    assert ours == {"pytest_genomic_guard", "pytest_genomic_guard.pytest_plugin"}


def test_packages_are_the_directories() -> None:
    """Every folder with code is packaged, and nothing is named that is not there."""
    named = set(tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"])
    there = {"pytest_genomic_guard.hooks"}
    for file in (CHECKOUT / "pytest_genomic_guard").rglob("*.py"):
        there.add(".".join(file.parent.relative_to(CHECKOUT).parts))
    assert named == there


def test_hooks_of_the_manifest_are_the_modules() -> None:
    """Each module of `hooks/` has a hook in the shipped manifest, and each hook its module."""
    modules = {name.removesuffix(".py") for name in os.listdir(CHECKOUT / "hooks") if name.endswith(".py")} - {"__init__"}
    assert {hook["entry"].rpartition(".")[2] for hook in HOOKS.values()} == modules
