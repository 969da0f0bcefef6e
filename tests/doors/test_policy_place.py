"""Where the policy stands, what is taken for it, and a policy that leaves nothing to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _scratch import Repo, guard, hook, scan

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

POLICY = ".genomic-guard.yaml"


def test_policy_deleted_in_the_work_tree(repo: Repo) -> None:
    """A policy that is gone from the work tree has no say over it; the index, which still holds it, is judged by it."""
    repo.commit(POLICY, b"version: 1\nprofile: strict\n")
    repo.add("d.bin", samples.binary())
    (repo.root / POLICY).unlink()
    ran = scan(cwd=repo.root)
    assert (ran.code, ran.json["policy"]["path"], ran.json["policy"]["profile"]) == (0, None, "research")
    assert scan("--staged", cwd=repo.root).json["policy"]["profile"] == "strict"


def test_policy_that_a_sparse_checkout_leaves_out(repo: Repo) -> None:
    """A policy that git itself keeps out of the work tree was not deleted."""
    repo.commit(POLICY, b"version: 1\nprofile: strict\n")
    repo.commit("in/a.txt", samples.prose())
    repo.git("sparse-checkout", "set", "--no-cone", "/in/")
    assert not (repo.root / POLICY).exists()
    assert scan(cwd=repo.root).json["policy"]["profile"] == "strict"


def test_policy_only_named_to_a_hook(repo: Repo) -> None:
    """A policy that a hook is given, and that is not in the index, is a file to judge and no policy."""
    repo.write(POLICY, b"version: 1\nexclude: [{path: '*.vcf', reason: known}]\n")
    repo.add("x.vcf", samples.vcf())
    ran = hook("everything", "--", "x.vcf", POLICY, cwd=repo.root)
    assert ran.code == 1
    assert "RUN301" in ran.out


@pytest.mark.parametrize("git", [True, False])
def test_link_whose_text_is_a_policy(repo: Repo, tmp_path: Path, git: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A link is no policy, not even when its text could be read as one."""
    (repo.root / POLICY).symlink_to('{"version": 1, "exclude": [{"path": "*.vcf", "reason": "x"}]}')
    repo.add("x.vcf", samples.vcf())
    if git:
        repo.git("add", POLICY)
        commands = [scan(cwd=repo.root), scan("--staged", cwd=repo.root), hook("everything", "--", "x.vcf", cwd=repo.root)]
    else:
        (repo.root / ".git").rename(tmp_path / "away")
        commands = [scan(cwd=repo.root)]
    for ran in commands:
        assert (ran.code, ran.out) == (2, "")
        assert f"{POLICY}:1:1: the policy file is a link" in ran.err


def test_policy_that_excludes_everything(repo: Repo) -> None:
    """Where the policy leaves nothing to read, no door passes, and each says why."""
    repo.add(POLICY, b"version: 1\nexclude: [{path: '**', reason: all}]\n")
    repo.add("x.vcf", samples.vcf())
    for ran in (guard("scan", cwd=repo.root), guard("scan", "--staged", cwd=repo.root), hook("everything", "x.vcf", cwd=repo.root)):
        assert ran.code == 3
        assert "INCOMPLETE" in ran.out
        assert "nothing was read: the policy excludes all of it" in ran.out
    for ran in (scan(cwd=repo.root), scan("--staged", cwd=repo.root)):
        assert (ran.code, ran.json["verdict"]) == (3, "incomplete")


def test_reason_is_told_only_where_it_holds(repo: Repo) -> None:
    """A commit of excluded files alone passes, and a gap has a reason of its own."""
    repo.commit(POLICY, b"version: 1\nexclude: [{path: third/, reason: published}]\n")
    repo.add("third/x.vcf", samples.vcf())
    staged = guard("scan", "--staged", cwd=repo.root)
    assert (staged.code, "nothing was read" in staged.out) == (0, False)
    repo.add("y.gz", b"\x1f\x8b\x08\0")
    gap = guard("scan", cwd=repo.root)
    assert (gap.code, "nothing was read" in gap.out) == (3, False)
