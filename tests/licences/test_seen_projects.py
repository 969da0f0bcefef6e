"""What public projects have in them and what must not be taken for something else: examples, steps of workflows, interpreters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_genomic_guard.inventory import declared
from pytest_genomic_guard.inventory.build import build
from pytest_genomic_guard.inventory.result import Asked, Inventory
from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.sources.worktree import Directory
from pytest_genomic_guard.views.licences import forms, kept, texts
from pytest_genomic_guard.views.licences.kept import Kept
from pytest_genomic_guard.views.licences.nouns import Disagrees, Elsewhere, Package, Stale, Unclear, Uncovered

if TYPE_CHECKING:
    from pathlib import Path

PYPROJECT = '[project]\nname = "ours"\nversion = "1"\ndependencies = ["plain-thing"]\n'
UV = """version = 1
[[package]]
name = "plain-thing"
version = "{version}"
source = {{ registry = "https://pypi.org/simple" }}
[[package]]
name = "{other}"
version = "1.0"
source = {{ registry = "https://pypi.org/simple" }}
"""
PIXI = """version: 6
environments:
  default:
    channels:
    - url: https://conda.anaconda.org/conda-forge/
    packages:
      linux-64:
{urls}
packages:
{packages}
"""


def tree(folder: Path, files: dict[str, str]) -> Path:
    """Write files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def environment(prefix: Path, *packages: tuple[str, str, str]) -> None:
    """Write an environment whose interpreter is a link to a program, with packages of (name, version, licence)."""
    site = prefix / "lib" / "python3.11" / "site-packages"
    site.mkdir(parents=True)
    (prefix / "bin").mkdir()
    (prefix / "bin" / "python").symlink_to("/bin/sh")
    (prefix / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.9\n", encoding="utf-8")
    for name, version, licence in packages:
        info = site / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        text = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\nLicense-Expression: {licence}\n\n"
        (info / "METADATA").write_text(text, encoding="utf-8")
        (info / "RECORD").write_text(f"{info.name}/METADATA,,\n", encoding="utf-8")


def inventory(folder: Path, environ: dict[str, str] | None = None) -> Inventory:
    """Build the inventory of a folder."""
    return build(Directory(bytes(folder)), Policy(), lambda path: False, Asked(environ=environ or {}, own="/none"))  # noqa: ARG005


def of(found: Inventory, kind: type) -> list[object]:
    """Return the facts of a kind."""
    return [each.fact for each in found.facts if isinstance(each.fact, kind)]


def conda(*packages: tuple[str, str, tuple[str, ...]]) -> str:
    """Return a lock of pixi with packages of (name, licence, what they require)."""
    url = "https://conda.anaconda.org/conda-forge/linux-64/{}-1.0-h0_0.conda"
    rows = []
    for name, licence, requires in packages:
        depends = "".join(f"  - {each}\n" for each in requires)
        rows.append(f"- conda: {url.format(name)}\n" + (f"  depends:\n{depends}" if depends else "") + f"  license: {licence}\n")
    urls = "\n".join(f"      - conda: {url.format(name)}" for name, _licence, _requires in packages)
    return PIXI.format(urls=urls, packages="".join(rows))


def test_lock_of_an_example(tmp_path: Path) -> None:
    """A lock among tests does not stand for what the project has: neither another version nor what is missing there is told."""
    tree(tmp_path, {"pyproject.toml": PYPROJECT, "tests/fixtures/uv.lock": UV.format(version="9.9", other="old-thing")})
    environment(tmp_path / ".venv", ("plain-thing", "1.0", "MIT"))
    found = inventory(tmp_path)
    assert not found.gaps
    assert not of(found, Disagrees)
    assert not of(found, Uncovered)
    assert [(each.told, each.of) for each in found.evidence] == [(1, 1)]
    assert [(fact.count, fact.why) for fact in of(found, Elsewhere)] == [(1, "dev")]  # type: ignore[attr-defined]


def test_constraints_are_no_lock_of_all(tmp_path: Path) -> None:
    """Pins of a list of constraints leave the rest to the environment."""
    tree(tmp_path, {"pyproject.toml": PYPROJECT, "constraints.txt": "other-thing==1.0\n"})
    environment(tmp_path / ".venv", ("plain-thing", "1.0", "MIT"))
    found = inventory(tmp_path)
    assert not found.gaps
    assert not of(found, Uncovered)


def test_python_of_the_system(tmp_path: Path) -> None:
    """An environment that is there by chance and has one of three packages tells nothing of the project."""
    many = PYPROJECT.replace('"plain-thing"', '"plain-thing", "two-thing", "three-thing"')
    tree(tmp_path / "project", {"pyproject.toml": many})
    environment(tmp_path / "system", ("plain-thing", "1.0", "MIT"))
    found = inventory(tmp_path / "project", {"PATH": str(tmp_path / "system" / "bin")})
    assert [gap.reason for gap in found.gaps] == ["no-environment"]
    assert not of(found, Uncovered)


def test_where_it_is_told(tmp_path: Path) -> None:
    """What is of no manifest is told at the project's own, not at that of an image or an example."""
    files = {".devcontainer/Dockerfile": "FROM x\nRUN pip install black\n", "docs/requirements.txt": "sphinx\n"}
    tree(tmp_path, {**files, "pyproject.toml": PYPROJECT})
    assert [gap.path for gap in inventory(tmp_path).gaps] == [b"pyproject.toml"]


def test_image_is_no_runtime(tmp_path: Path) -> None:
    """What an image installs besides with pip needs no evidence, and fails nothing."""
    tree(tmp_path, {"pyproject.toml": PYPROJECT, "Dockerfile": "FROM x\nRUN pip install copy-thing absent-thing\n"})
    environment(tmp_path / ".venv", ("plain-thing", "1.0", "MIT"), ("copy-thing", "1.0", "GPL-3.0-only"))
    found = inventory(tmp_path)
    assert not found.gaps
    assert not of(found, Uncovered)
    assert {each.name: each.scope for each in of(found, Package)} == {  # type: ignore[attr-defined]
        "plain-thing": "runtime",
        "copy-thing": "dev",
    }


@pytest.mark.parametrize(
    ("path", "beside", "step"),
    [
        ("modules/nf-core/fastqc/environment.yml", "modules/nf-core/fastqc/main.nf", True),
        ("workflow/envs/map.yaml", "workflow/Snakefile", True),
        ("envs/map.yaml", "Snakefile", True),
        ("environment.yml", "main.nf", False),
        ("envs/map.yaml", "README.md", False),
    ],
)
def test_environments_of_steps(tmp_path: Path, path: str, beside: str, *, step: bool) -> None:
    """The environment of one step of a workflow is that of programs that run beside the project."""
    tree(tmp_path, {path: "channels: [bioconda]\ndependencies:\n  - bioconda::fastqc=0.12.1\n", beside: ""})
    found = inventory(tmp_path)
    assert bool(found.gaps) is not step
    assert [fact.why for fact in of(found, Elsewhere)] == (["tool"] if step else [])  # type: ignore[attr-defined]


def test_recipe_beside_a_manifest(tmp_path: Path) -> None:
    """A recipe of conda says again what the project asks for; alone, it is what says it."""
    recipe = "package:\n  name: ours\nrequirements:\n  run:\n    - plain-thing\nabout:\n  license: MIT\n"
    tree(tmp_path, {"pyproject.toml": PYPROJECT, ".conda/recipe.yaml": recipe})
    environment(tmp_path / ".venv", ("plain-thing", "1.0", "MIT"))
    assert not inventory(tmp_path).gaps
    (tmp_path / "pyproject.toml").unlink()
    assert [gap.path for gap in inventory(tmp_path).gaps] == [b".conda/recipe.yaml"]


def test_damaged_fixture(tmp_path: Path) -> None:
    """A manifest that is broken on purpose is told, and is no gap; one of the project is."""
    tree(tmp_path, {"tests/fixtures/poetry.lock": "[[", "src/a.py": ""})
    found = inventory(tmp_path)
    assert not found.gaps
    assert [fact.damaged for fact in of(found, Unclear)] == [True]  # type: ignore[attr-defined]
    tree(tmp_path, {"poetry.lock": "[["})
    assert [gap.path for gap in inventory(tmp_path).gaps] == [b"poetry.lock"]


def test_what_python_brings(tmp_path: Path) -> None:
    """Readline that Python alone brings is beside the project; where a package wants it, it is the project's."""
    python = ("python", "Python-2.0", ("readline", "vc14_runtime"))
    others = (("readline", "GPL-3.0-only", ()), ("vc14_runtime", "LicenseRef-Anything", ()), ("gdb", "GPL-3.0-only", ("readline",)))
    manifest = '[workspace]\nname = "ours"\nchannels = ["conda-forge"]\nplatforms = ["linux-64"]\n[dependencies]\npython = "*"\n'
    tree(tmp_path, {"pixi.toml": manifest, "pixi.lock": conda(python, *others[:2])})
    told = {each.name: (each.allowed, each.beside) for each in of(inventory(tmp_path), Package)}  # type: ignore[attr-defined]
    assert told == {"readline": (True, True), "vc14_runtime": (True, True)}
    tree(tmp_path, {"pixi.toml": manifest + 'gdb = "*"\n', "pixi.lock": conda(python, *others)})
    told = {each.name: (each.allowed, each.beside) for each in of(inventory(tmp_path), Package)}  # type: ignore[attr-defined]
    assert told == {"readline": (False, False), "gdb": (False, False), "vc14_runtime": (True, True)}


def test_names_of_lists() -> None:
    """A list of genes that were requested is no list of requirements."""
    assert not forms.form(b"testdata/requested_genes.txt")
    assert not forms.form(b"requests.txt")
    assert [forms.form(name) for name in (b"reqs.txt", b"req-dev.txt", b"reqs3.txt", b"pip_freeze.txt")] == ["requirements"] * 4


@pytest.mark.parametrize(
    ("text", "restricted"),
    [
        ("The software has been developed for research purposes only and is not a clinical tool.", False),
        ("The article is copyright ACM and IEEE, and it may not be used for commercial purposes.", False),
        ("This software may be used for research purposes only.", True),
        ("It may not be used for commercial purposes.", True),
    ],
)
def test_words_that_restrict(text: str, *, restricted: bool) -> None:
    """That a program is no medical device, or that a cited article may not be sold, restricts nobody's use of the program."""
    words = f"Copyright 2020 Some Body\n\n{text}\n\nRedistributions of source code must retain the above copyright notice.\n"
    assert ("Non-Commercial" in texts.recognised(words.encode()).expression) is restricted


def test_gpl_friendly() -> None:
    """That a licence gets along with the GPL is not the GPL (Font Awesome Free)."""
    text = (
        b"Free License\n\nIt is free, open source, and GPL friendly.\n\n# Code: MIT License (https://opensource.org/licenses/MIT)\n"
    )
    assert "GPL" not in texts.recognised(text).expression


def test_markers_by_group(tmp_path: Path) -> None:
    """A lock of Poetry 2 has markers by group: what only Windows needs is not missing elsewhere."""
    lock = """[[package]]
name = "plain-thing"
version = "1.0"
groups = ["main"]

[package.dependencies]
{needs}

[[package]]
name = "other-thing"
version = "1.0"
groups = ["main", "test"]
markers = {{main = "{main}", test = "sys_platform == \\"never\\""}}
"""
    needs = 'other-thing = {version = "*", markers = "sys_platform == \\"never\\""}'
    tree(tmp_path, {"pyproject.toml": PYPROJECT})
    tree(tmp_path, {"poetry.lock": lock.format(needs=needs, main='sys_platform == \\"never\\"')})
    environment(tmp_path / ".venv", ("plain-thing", "1.0", "MIT"))
    found = inventory(tmp_path)
    assert not of(found, Disagrees)
    assert [(fact.count, fact.why) for fact in of(found, Elsewhere)] == [(1, "platform")]  # type: ignore[attr-defined]
    tree(tmp_path, {"poetry.lock": lock.format(needs='other-thing = "*"', main='sys_platform != \\"never\\"')})
    assert [fact.name for fact in of(inventory(tmp_path), Disagrees)] == ["other-thing"]  # type: ignore[attr-defined]


def test_licence_lock_before_chance(tmp_path: Path) -> None:
    """Where the licence lock tells, the Python of the system does not say which versions are used."""
    many = PYPROJECT.replace('"plain-thing"', '"plain-thing", "two-thing"')
    tree(tmp_path / "project", {"pyproject.toml": many})
    environment(tmp_path / "system", ("plain-thing", "2.0", "MIT"))
    rows = [
        Kept(ecosystem="python", name=name, version="1.0", expression="MIT", told="expression")
        for name in ("plain-thing", "two-thing")
    ]
    tree(tmp_path / "project", {declared.LOCK.decode(): kept.write(rows, "2026-11-22")})
    found = inventory(tmp_path / "project", {"PATH": str(tmp_path / "system" / "bin")})
    assert not found.gaps
    assert not of(found, Stale)
    assert [(each.label, each.told, each.of) for each in found.evidence] == [("the licence lock", 2, 2)]
