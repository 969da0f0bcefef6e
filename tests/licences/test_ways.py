"""Exceptions for an extra hold where every way to the package goes through it; packages that nothing tells of; the catalogue."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from _projects import ran
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.inventory import untold
from pytest_genomic_guard.inventory.build import build
from pytest_genomic_guard.inventory.result import Asked, Inventory
from pytest_genomic_guard.policy.load import load
from pytest_genomic_guard.sources.worktree import Directory
from pytest_genomic_guard.views.licences import catalogue
from pytest_genomic_guard.views.licences.judgements import ExceptionUnused
from pytest_genomic_guard.views.licences.nouns import CLASSES, Disagrees, Elsewhere, Hinted, Package

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = {
    "scanpy": "License-Expression: MIT\nProvides-Extra: leiden\nRequires-Dist: igraph; extra == 'leiden'\n",
    "mid": "License-Expression: MIT\nRequires-Dist: mid2\n",
    "mid2": "License-Expression: MIT\nRequires-Dist: igraph\n",
    "plain": "License-Expression: MIT\n",
    "igraph": "License-Expression: GPL-2.0-or-later\n",
}
REVIEWED = "reason: looked at, owner: legal, expires: 2099-01-01"


def installed(root: Path, *names: str) -> None:
    """Write an environment with some of the packages."""
    site = root / ".venv" / "lib" / "python3.11" / "site-packages"
    site.mkdir(parents=True)
    (root / ".venv" / "bin").mkdir()
    (root / ".venv" / "bin" / "python").symlink_to("/bin/sh")
    (root / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.9\n", encoding="utf-8")
    for name in names:
        info = site / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n{PACKAGES[name]}\n", encoding="utf-8")
        (info / "RECORD").write_text(f"{info.name}/METADATA,,\n", encoding="utf-8")


def inventory(root: Path, *extras: str) -> Inventory:
    """Build the inventory of a folder, with exceptions for igraph in some extras."""
    rows = "".join(f"    - {{package: igraph, extra: {each}, {REVIEWED}}}\n" for each in extras)
    text = "version: 1\n" + (f"licences:\n  exceptions:\n{rows}" if rows else "")
    policy = load(text.encode(), b".genomic-guard.yaml").policy
    return build(Directory(bytes(root)), policy, lambda path: False, Asked(environ={}, own="/none", cached=False))  # noqa: ARG005


def of(found: Inventory, kind: type) -> list[object]:
    """Return the facts of a kind."""
    return [each.fact for each in found.facts if isinstance(each.fact, kind)]


@pytest.mark.parametrize(
    ("runtime", "extras", "excepted", "why"),
    [
        (["scanpy[leiden]"], {}, ["leiden"], None),
        (["scanpy[leiden]", "mid"], {}, ["leiden"], ("mid", "mid2", "igraph")),
        (["scanpy[leiden]", "igraph"], {}, ["leiden"], ("igraph",)),
        (["scanpy"], {"leiden": ["igraph"]}, ["leiden"], None),
        (["scanpy"], {"leiden": ["igraph"], "other": ["mid"]}, ["leiden"], ("mid", "mid2", "igraph")),
        (["scanpy"], {"leiden": ["mid"], "other": ["igraph"]}, ["leiden"], ("igraph",)),
        (["scanpy"], {"leiden": ["igraph"], "other": ["mid"]}, ["leiden", "other"], None),
        (["scanpy"], {"all": ["scanpy[leiden]"]}, ["leiden"], None),
        (["scanpy[leiden]"], {"dev": ["igraph"]}, ["leiden"], None),
    ],
)
def test_every_way(tmp_path: Path, runtime: list[str], extras: dict[str, list[str]], excepted: list[str], why: object) -> None:
    """Whatever the shortest way is; the exception is used all the same, and what is shown is the way that it is not for."""
    rows = "".join(f"{name} = {json.dumps(each)}\n" for name, each in extras.items())
    text = f'[project]\nname = "ours"\nversion = "1"\ndependencies = {json.dumps(runtime)}\n'
    (tmp_path / "pyproject.toml").write_text(text + f"[project.optional-dependencies]\n{rows}", encoding="utf-8")
    installed(tmp_path, *PACKAGES)
    found = inventory(tmp_path, *excepted)
    igraph = next(each for each in of(found, Package) if isinstance(each, Package) and each.name == "igraph")
    assert igraph.allowed == igraph.excepted == (why is None)
    assert why is None or igraph.why == why
    assert not of(found, ExceptionUnused)


def test_no_way(tmp_path: Path) -> None:
    """An exception for an extra that no way goes through is unused; one for an extra that is not installed is not."""
    (tmp_path / "pyproject.toml").write_text(PROJECT.replace("mid2", "igraph"), encoding="utf-8")
    installed(tmp_path, "plain")
    assert not of(inventory(tmp_path, "leiden"), ExceptionUnused)
    assert len(of(inventory(tmp_path, "other"), ExceptionUnused)) == 1


POETRY_1 = """[[package]]
name = "plain"
version = "1.0"
category = "main"
optional = false

[[package]]
name = "mid2"
version = "1.0"
category = "main"
optional = true

[package.dependencies]
igraph = ">=1"

[[package]]
name = "igraph"
version = "1.0"
category = "main"
optional = true

[extras]
leiden = ["mid2"]
"""
OPTIONAL = 'optional = true\ngroups = ["main"]\nmarkers = "extra == \\"leiden\\""'
POETRY_2 = POETRY_1.replace('category = "main"\noptional = true', OPTIONAL)
POETRY_2 = POETRY_2.replace('category = "main"', 'groups = ["main"]')
TOOL = """[tool.poetry]
name = "ours"
version = "1"
[tool.poetry.dependencies]
plain = "*"
mid2 = {version = "*", optional = true}
[tool.poetry.extras]
leiden = ["mid2"]
"""
PROJECT = '[project]\nname = "ours"\nversion = "1"\ndependencies = ["plain"]\n[project.optional-dependencies]\nleiden = ["mid2"]\n'


@pytest.mark.parametrize("lock", [POETRY_1, POETRY_1.replace('category = "main"\n', ""), POETRY_2], ids=["1.0", "2.0", "2.1"])
@pytest.mark.parametrize("manifest", [TOOL, PROJECT, ""], ids=["tool", "project", "alone"])
def test_optional_packages_of_poetry(tmp_path: Path, lock: str, manifest: str) -> None:
    """They are of an extra, installed or not, and what only they lead to is too."""
    if manifest:
        (tmp_path / "pyproject.toml").write_text(manifest, encoding="utf-8")
    (tmp_path / "poetry.lock").write_text(lock, encoding="utf-8")
    installed(tmp_path, "plain")
    found = inventory(tmp_path)
    assert not of(found, Disagrees)
    assert [(each.told, each.of) for each in found.evidence] == [(1, 1)]
    assert [each.count for each in of(found, Elsewhere) if isinstance(each, Elsewhere)] == [2]
    rows = {each.name: (each.scope, each.group) for part in found.parts for each in untold.packages(part)}
    assert rows == {"igraph": ("extra", "leiden"), "mid2": ("extra", "leiden")}


def test_optional_packages_that_are_installed(tmp_path: Path) -> None:
    """They are told as those of the extra."""
    (tmp_path / "poetry.lock").write_text(POETRY_2, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    installed(tmp_path, "plain", "mid2", "igraph")
    rows = {each.name: (each.scope, each.group) for each in of(inventory(tmp_path), Package) if isinstance(each, Package)}
    assert rows == {"plain": ("runtime", ""), "igraph": ("extra", "leiden"), "mid2": ("extra", "leiden")}


def test_list_and_why(tmp_path: Path) -> None:
    """Packages that nothing tells of are listed and explained; names are normalised; what is incomplete ends with 3."""
    (tmp_path / "requirements.txt").write_text("plain==1.0\nFoo__Bar==2.0\n", encoding="utf-8")
    installed(tmp_path, "plain")
    done = ran(tmp_path, "licences", "list", "--format", "json")
    row = next(each for each in json.loads(done.stdout)["packages"] if each["name"] == "foo-bar")
    assert (row["class"], row["evidence"], row["group"], row["allowed"]) == ("unknown", "", "runtime", False)
    assert "foo-bar 2.0  unknown     ?  (runtime  nothing tells of it  not allowed)" in ran(tmp_path, "licences", "list").stdout
    for name in ("foo__bar", "Foo.-_bar"):
        done = ran(tmp_path, "licences", "why", name)
        assert done.returncode == 0
        assert done.stdout.splitlines()[0] == "foo-bar 2.0: no licence found (unknown, nothing here tells of it)"
        assert done.stdout.splitlines()[1] == "  foo-bar  (runtime, requirements.txt:2)"
    assert ran(tmp_path, "licences", "why", "other").returncode == 2
    (tmp_path / ".venv" / "bin" / "python").unlink()
    assert ran(tmp_path, "licences", "why", "foo-bar").returncode == 3
    assert ran(tmp_path, "licences", "why", "other").returncode == 3


@pytest.mark.parametrize(
    ("ecosystem", "name", "version", "kind"),
    [
        ("python", "MDAnalysis", "2.7.0", "strong-copyleft"),
        ("python", "MDAnalysis", "2.8.0", "weak-copyleft"),
        ("python", "MDAnalysis", "", ""),
        ("python", "Unidecode", "", "strong-copyleft"),
        ("python", "ultralytics", "8.0", "network-copyleft"),
        ("python", "numpy", "2.0", ""),
        ("python", "text-unidecode", "1.3", ""),
        ("r", "lme4", "1.1-35", "strong-copyleft"),
        ("r", "LME4", "1.1-35", ""),
        ("r", "Seurat", "2.3.4", "strong-copyleft"),
        ("r", "Seurat", "5.0.0", ""),
        ("conda", "r-lme4", "1.1_35", "strong-copyleft"),
        ("conda", "bioconductor-limma", "3.60", "strong-copyleft"),
        ("conda", "leidenalg", "0.10", "strong-copyleft"),
        ("node", "igraph", "1.0", ""),
    ],
)
def test_rows(ecosystem: str, name: str, version: str, kind: str) -> None:
    """By name, ecosystem and release."""
    assert catalogue.hint(ecosystem, name, version) == kind


@given(st.sampled_from(["python", "r", "conda", "node"]), st.text(max_size=30), st.text(max_size=30))
def test_any_hint(ecosystem: str, name: str, version: str) -> None:
    """Anything is a question, and the answer a class or nothing; never one that would let a package pass."""
    assert catalogue.hint(ecosystem, name, version) in {"", *CLASSES} - {"permissive"}


def test_hints_are_no_evidence(tmp_path: Path) -> None:
    """They come beside the gap, not instead of it, with the path."""
    (tmp_path / "requirements.txt").write_text("unidecode==1.4.0\nplain==1.0\n", encoding="utf-8")
    found = inventory(tmp_path)
    assert [each.reason for each in found.gaps] == ["no-environment"]
    assert [(each.name, each.why) for each in of(found, Hinted) if isinstance(each, Hinted)] == [("unidecode", ("unidecode",))]
