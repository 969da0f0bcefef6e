"""A symbolic link that somebody names on the command line: what it leads to is scanned, or a word says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _scratch import Repo, guard, scan

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

GEN101 = "GEN101"


@pytest.fixture(params=[True, False], ids=["repository", "folder"])
def tree(request: pytest.FixtureRequest, repo: Repo, tmp_path: Path) -> Path:
    """Return a repository, or a plain folder, with a file, a folder, and links to them and out of it."""
    repo.add("d/x.vcf", samples.vcf())
    repo.add("plain.txt", samples.prose())
    (tmp_path / "outside.vcf").write_bytes(samples.vcf())
    for name, target in {
        "file": "d/x.vcf",
        "folder": "d",
        "twice": "file",
        "nowhere": "gone",
        "loop": "loop",
        "out": "../outside.vcf",
        "up": "..",
    }.items():
        (repo.root / name).symlink_to(target)
    if not request.param:
        (repo.root / ".git").rename(tmp_path / "away")
    return repo.root


@pytest.mark.parametrize("name", ["file", "folder", "twice", "folder/x.vcf"])
def test_link_that_leads_inside(tree: Path, name: str) -> None:
    """The people behind a named link are found, under the path of the file that they are in."""
    ran = scan(name, cwd=tree)
    assert (ran.code, ran.json["scanned"]["files"]) == (1, 1)
    assert [code for code, _outcome, _path in ran.codes()] == [GEN101]
    assert ran.codes()[0][2].endswith("x.vcf")


def test_from_elsewhere(tree: Path, tmp_path: Path) -> None:
    """It does not matter where one stands, nor that more is named."""
    assert scan(tree / "file", cwd=tmp_path).code == 1
    both = scan("plain.txt", "file", cwd=tree)
    assert (both.code, both.json["scanned"]["files"], both.codes()) == (1, 2, [(GEN101, "fail", "d/x.vcf")])


@pytest.mark.parametrize(
    ("name", "said"), [("out", "leads outside"), ("up", "leads outside"), ("nowhere", "nowhere"), ("loop", "nowhere")]
)
def test_link_that_cannot_be_followed(tree: Path, name: str, said: str) -> None:
    """A link that leads out of what is scanned, or to nothing, is not taken for a file that was read."""
    ran = scan(name, cwd=tree)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_link_into_git(repo: Repo) -> None:
    """What git keeps for itself is no content of the repository."""
    repo.add("plain.txt", samples.prose())
    (repo.root / "link").symlink_to(".git/config")
    assert scan("link", cwd=repo.root).code == 2


def test_waiver_through_a_link(repo: Repo) -> None:
    """A waiver for a named link is one for the file that it leads to."""
    repo.add("x.vcf", samples.vcf())
    (repo.root / "link").symlink_to("x.vcf")
    words = ["--reason", "public", "--owner", "data office", "--expires", samples.later().decode()]
    assert guard("waive", GEN101, "link", *words, cwd=repo.root).code == 0
    assert scan(cwd=repo.root).codes() == [(GEN101, "waived", "x.vcf")]
