"""Manifests behind links, and lists that manifests name: read where they are in the repository, told of where they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_genomic_guard.inventory import declared, unchanged
from pytest_genomic_guard.inventory.links import behind
from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.sources.worktree import Directory
from pytest_genomic_guard.views.licences.nouns import Unclear

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_genomic_guard.model import Gap


def tree(folder: Path, files: dict[str, str]) -> None:
    """Write files; a content that begins with an arrow is where a link leads."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text.startswith("->"):
            path.symlink_to(text[2:])
        else:
            path.write_text(text, encoding="utf-8")


def read(folder: Path) -> tuple[dict[str, set[str]], list[Gap], list[Unclear]]:
    """Return what each manifest asks for at runtime, the gaps, and what is unclear."""
    units, gaps = declared.units(Directory(bytes(folder)), Policy(), lambda path: False)  # noqa: ARG005
    asked: dict[str, set[str]] = {}
    for each in (each for unit in units for each in unit.declared):
        names = {one.name for group in each.manifest.groups if group.scope == "runtime" for one in group.requires}
        asked[each.path.decode()] = names | {one.name for one in each.manifest.packages}
    facts = [each.fact for unit in units for each in declared.unclear(unit)]
    return asked, gaps, [each for each in facts if isinstance(each, Unclear)]


@pytest.mark.parametrize(
    ("files", "path"),
    [
        ({"requirements.txt": "->reqs/base.lst", "reqs/base.lst": "Unidecode\n"}, "requirements.txt"),
        ({"a/requirements.txt": "->../more/x", "more/x": "->y", "more/y": "Unidecode\n"}, "a/requirements.txt"),
        ({"requirements.txt": "->now/base.lst", "now": "->then", "then/base.lst": "Unidecode\n"}, "requirements.txt"),
        ({"requirements.txt": "-r now/base.lst\n", "now": "->then", "then/base.lst": "Unidecode\n"}, "now/base.lst"),
        ({"uv.lock": "->held", "held": 'version = 1\n[[package]]\nname = "unidecode"\n'}, "uv.lock"),
        ({"requirements.txt": "-r a.lst\n", "a.lst": "-r b.lst\n", "b.lst": "-r a.lst\nUnidecode\n"}, "b.lst"),
        ({"requirements.txt": "-c a.lst\n", "a.lst": "Unidecode==1\n"}, "a.lst"),
        ({"setup.cfg": "[options]\ninstall_requires = file: reqs.in\n", "reqs.in": "Unidecode\n"}, "reqs.in"),
        (
            {
                "pyproject.toml": '[project]\nname = "x"\ndynamic = ["dependencies"]\n'
                '[tool.setuptools.dynamic]\ndependencies = {file = ["deps.txt"]}\n',
                "deps.txt": "Unidecode\n",
            },
            "deps.txt",
        ),
        ({"ci/deps.lst": "Unidecode\n", "requirements.txt": "-r ci/deps.lst\n"}, "ci/deps.lst"),
    ],
)
def test_read_where_it_is(tmp_path: Path, files: dict[str, str], path: str) -> None:
    """A link within the repository is followed, also one of a folder, and lists of lists are read, each once."""
    tree(tmp_path, files)
    asked, gaps, unclear = read(tmp_path)
    assert asked[path] == {"unidecode"}
    assert (gaps, unclear) == ([], [])


def test_constraints_require_nothing(tmp_path: Path) -> None:
    """What is named with -c is a lock of pins and no requirement, whatever its name."""
    tree(tmp_path, {"requirements.txt": "-c a.lst\n", "a.lst": "Unidecode==1\n"})
    units, _ = declared.units(Directory(bytes(tmp_path)), Policy(), lambda path: False)  # noqa: ARG005
    (of_list,) = [each for each in units[0].declared if each.path == b"a.lst"]
    assert not of_list.manifest.groups
    assert not of_list.manifest.lock


@pytest.mark.parametrize(
    ("target", "reason"),
    [("3 full", "unreadable"), ("/etc/hostname", "unreadable"), ("../../x", "unreadable"), ("uv.lock", "link-loop")],
)
def test_links_out_of_the_tree(tmp_path: Path, target: str, reason: str) -> None:
    """A link that leads out of the repository, to nothing or to itself is a gap."""
    tree(tmp_path, {"uv.lock": f"->{target}", "src/keep.py": ""})
    _, gaps, _ = read(tmp_path)
    assert [(gap.path, gap.reason) for gap in gaps] == [(b"uv.lock", reason)]


def test_links_of_examples_and_folders(tmp_path: Path) -> None:
    """Among tests such a link is told as damage; one to a folder is no manifest; one to a place in the root is followed."""
    tree(tmp_path, {"tests/uv.lock": "->none", "dockerfile": "->src", "src/keep.py": "", "x.lst": "Unidecode\n"})
    (tmp_path / "requirements.txt").symlink_to(tmp_path / "x.lst")
    asked, gaps, unclear = read(tmp_path)
    assert not gaps
    assert unclear == [Unclear(damaged=True)]
    assert asked["requirements.txt"] == {"unidecode"}


@pytest.mark.parametrize(
    ("files", "missing"),
    [
        ({"requirements.txt": "-r missing.txt\n"}, 1),
        ({"requirements.txt": "-r ../../x\nbwa\n"}, 1),
        ({"requirements.txt": "-c missing.txt\n-r other\nbwa\n"}, 2),
        ({"requirements.txt": "-r a.lst\n", "a.lst": "-r b.lst\n"}, 1),
        ({"requirements.txt": "-r a.lst\n", "a.lst": "->/etc/hostname"}, 1),
        ({"environment.yml": "dependencies:\n- bwa\n- pip:\n  - -r more.txt\n  - -c less.txt\n"}, 2),
        ({"setup.cfg": "[options]\ninstall_requires = file: reqs.in\n"}, 1),
        (
            {
                "pyproject.toml": '[project]\nname = "x"\ndynamic = ["dependencies"]\n'
                '[tool.setuptools.dynamic]\ndependencies = {file = ["deps.txt"]}\n'
            },
            1,
        ),
    ],
)
def test_lists_that_are_not_there(tmp_path: Path, files: dict[str, str], missing: int) -> None:
    """A list that is named and is not in the repository, or lies outside of it, is unclear."""
    tree(tmp_path, files)
    _, gaps, unclear = read(tmp_path)
    assert not gaps
    assert unclear == [Unclear(missing=missing)]


def test_lists_of_programs(tmp_path: Path) -> None:
    """A setup.py that reads a list that is not there computes its requirements; an image names lists by its own folders."""
    setup = 'from setuptools import setup\nsetup(name="x", install_requires=open("more/requirements.txt").read().split())\n'
    tree(tmp_path, {"setup.py": setup, "Dockerfile": "FROM x\nRUN pip install -r /opt/req.txt -r req.txt\n"})
    assert read(tmp_path)[2] == [Unclear()]


def test_nothing_behind(tmp_path: Path) -> None:
    """What is no link and not there is nothing, without an error."""
    tree(tmp_path, {"a/b": "", "c": "->none"})
    snapshot = Directory(bytes(tmp_path))
    assert behind(snapshot, b"a/c") is behind(snapshot, b"a") is None
    with pytest.raises(Unreadable):
        behind(snapshot, b"c/d")


def test_too_large_is_its_own_reason(tmp_path: Path) -> None:
    """A lock of a hundred thousand packages is no damage."""
    tree(tmp_path, {"uv.lock": "version = 1\n" + '[[package]]\nname = "x"\n' * 100_000})
    assert [gap.reason for gap in read(tmp_path)[1]] == ["too-large"]


def test_what_is_remembered_is_of_the_file_behind(tmp_path: Path) -> None:
    """A manifest that is a link has changed where the file behind it has."""
    tree(tmp_path, {"uv.lock": "->held/it", "held/it": "one"})
    before = unchanged._digests(Directory(bytes(tmp_path)), Policy(), [b"uv.lock"])  # noqa: SLF001 - what a name is made of
    (tmp_path / "held" / "it").write_text("two", encoding="utf-8")
    assert unchanged._digests(Directory(bytes(tmp_path)), Policy(), [b"uv.lock"]) != before  # noqa: SLF001 - as above
