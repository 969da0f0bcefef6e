"""Repositories, indexes and policies that are damaged or hold something else than the work tree, through every door."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _bad_input import (
    DOORS,
    EVERYTHING,
    NAMES,
    SCAN,
    UNDER_PYTEST,
    Door,
    told,
)
from _scratch import Repo, hook, run

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

LEAK = "beside.vcf"
every_door = pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)


@pytest.fixture
def leaking(repo: Repo) -> Repo:
    """Return a repository with a staged call set."""
    repo.add(LEAK, samples.vcf())
    return repo


@pytest.mark.parametrize("damage", ["HEAD", "objects", "refs"])
@pytest.mark.parametrize("door", [SCAN, NAMES, UNDER_PYTEST], ids=lambda door: door.name)
def test_no_repository_any_more(leaking: Repo, door: Door, damage: str) -> None:
    """A .git that git does not take for a repository is a folder like others: the leak is found, whatever is missing."""
    (leaking.root / ".git" / damage).rename(leaking.root.parent / damage)
    ran = run(door.command(leaking), leaking.root)
    assert ran.code == 1
    assert f"  {LEAK}:4" in ran.out


@pytest.mark.parametrize("content", [b"", b"gitdir: nowhere\n", b"nothing\n"])
def test_broken_git_file(repo: Repo, content: bytes) -> None:
    """A .git file that leads nowhere: a scan of the folder, which finds the leak, or an error that says so; never a pass."""
    repo.write(LEAK, samples.vcf())
    (repo.root / ".git").rename(repo.root.parent / "away")
    (repo.root / ".git").write_bytes(content)
    for door in (SCAN, NAMES, EVERYTHING, UNDER_PYTEST):
        ran = run(door.command(repo), repo.root)
        if f"  {LEAK}:4" in ran.out:
            assert ran.code == 1
        else:
            assert ran.code in {2, door.incomplete, door.usage}
            assert "git" in ran.err + ran.out


def test_no_repository_for_a_hook(tmp_path: Path) -> None:
    """A hook outside a repository says so, with names and without."""
    for names in ([], ["a.txt"]):
        ran = hook("genomic", *names, cwd=tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert "git repository" in ran.err


def test_corrupt_index_for_the_genomic_hook(leaking: Repo) -> None:
    """An index that cannot be read stops the hook, with names and without."""
    (leaking.root / ".git" / "index").write_bytes(b"DIRC" + samples.hexadecimal())
    for names in ([], [LEAK]):
        ran = hook("genomic", *names, cwd=leaking.root)
        assert (ran.code, ran.out) == (3, "")
        assert "the index is damaged" in ran.err


WAIVER = "version: 1\nwaivers:\n- code: GEN101\n  path: beside.vcf\n  sha256: %s\n  reason: r\n  owner: o\n  expires: %s\n"


@every_door
@pytest.mark.parametrize("date", ["2027-02-30", "30.06.2027", "2027-6-30", "never", "'2027-06-30 '", "2027-06-30T00:00:00Z", "''"])
def test_policy_with_a_bad_date(repo: Repo, door: Door, date: str) -> None:
    """A date that is none stops every door with line and column, before anything is judged."""
    repo.write(LEAK, samples.vcf())
    repo.write(".genomic-guard.yaml", (WAIVER % (samples.hexadecimal().decode(), date)).encode())
    ran = door.open(repo)
    assert ran.code == door.usage
    assert ".genomic-guard.yaml:8:12: this must be a date such as 2027-06-30" in ran.err
    assert date.strip("'") not in ran.err.replace("such as 2027-06-30", "") or not date.strip("'")
    assert LEAK not in ran.out


@pytest.mark.parametrize("name", ["everything", "genomic"])
def test_hook_on_a_repository_that_holds_nothing(repo: Repo, name: str) -> None:
    """Before the first commit, with nothing staged and no names: nothing changed content."""
    ran = hook(name, cwd=repo.root)
    assert (ran.code, "0 files changed content" in ran.out) == (0, True)


@pytest.mark.parametrize("name", ["everything", "genomic"])
def test_index_with_people_and_a_cleaned_tree(repo: Repo, name: str) -> None:
    """What the next commit holds is judged, with names and without, where the work tree has been cleaned or emptied since."""
    repo.commit("a.txt", samples.prose())
    repo.add(LEAK, samples.vcf())
    repo.write(LEAK, samples.vcf(samples=0))
    told(hook(name, LEAK, cwd=repo.root), {}, [LEAK])
    (repo.root / LEAK).unlink()
    for names in ([], [LEAK]):
        ran = hook(name, *names, cwd=repo.root)
        assert ran.code == 1
        told(ran, {}, [LEAK])
