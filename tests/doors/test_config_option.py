"""``--config``: which file is read where the index is judged, and what is no policy file at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from _scratch import Ran, Repo, hook, scan

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

STRICT = b"version: 1\nprofile: strict\n"
LENIENT = b"version: 1\nprofile: minimal\n"


def _staged(repo: Repo, config: str | Path) -> tuple[Ran, Ran]:
    """Judge the index through both doors."""
    return scan("--staged", "--config", config, cwd=repo.root), hook("everything", "--config", str(config), "--", cwd=repo.root)


def test_staged_version_is_used(repo: Repo) -> None:
    """Of a policy inside of the repository the staged version counts; an edit beside it is named, however the file is named."""
    repo.add("ci/policy.yaml", STRICT)
    repo.add("d.bin", samples.binary())
    repo.write("ci/policy.yaml", LENIENT)
    for config in ("ci/policy.yaml", repo.root / "ci" / ".." / "ci" / "policy.yaml"):
        ran, hooked = _staged(repo, config)
        assert (ran.code, hooked.code) == (1, 1)
        assert ("RUN301", "warn", "ci/policy.yaml") in ran.codes()
        assert "RUN301" in hooked.out
        assert ran.json["policy"]["profile"] == "strict"
    assert scan("--config", "ci/policy.yaml", cwd=repo.root).json["policy"]["profile"] == "minimal"  # the work tree is judged


def test_clean_policy_is_not_named(repo: Repo) -> None:
    """A staged policy without edits raises nothing, and the one at the top, which is not used, does not matter."""
    repo.add("ci/policy.yaml", LENIENT)
    repo.write(".genomic-guard.yaml", STRICT)
    repo.add("a.txt", samples.prose())
    ran, hooked = _staged(repo, "ci/policy.yaml")
    assert (ran.code, ran.codes(), hooked.code) == (0, [], 0)


@pytest.mark.parametrize("ignored", [True, False])
def test_policy_that_is_not_staged(repo: Repo, ignored: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A policy of the repository that the next commit does not hold excuses nothing; the message says what to do."""
    repo.add(".gitignore", b"mine.yaml\n" if ignored else b"\n")
    repo.write("mine.yaml", b"version: 1\nexclude: [{path: '**', reason: all}]\n")
    repo.add("x.vcf", samples.vcf())
    for ran in _staged(repo, "mine.yaml"):
        assert (ran.code, ran.out) == (2, "")
        assert "git add" in ran.err
    named = hook("everything", "--config", "mine.yaml", "--", "x.vcf", "mine.yaml", cwd=repo.root)
    assert named.code == 2  # not even where the hook is given its name


def test_policy_outside_of_the_repository(repo: Repo, tmp_path: Path) -> None:
    """A policy elsewhere is read as it is; a link elsewhere that leads into the repository names what is staged."""
    repo.add("policy.yaml", STRICT)
    repo.write("policy.yaml", LENIENT)
    repo.add("d.bin", samples.binary())
    (tmp_path / "outside.yaml").write_bytes(LENIENT)
    assert [ran.code for ran in _staged(repo, tmp_path / "outside.yaml")] == [0, 0]
    (tmp_path / "link.yaml").symlink_to(repo.root / "policy.yaml")
    assert [ran.code for ran in _staged(repo, tmp_path / "link.yaml")] == [1, 1]


def test_staged_link(repo: Repo) -> None:
    """The text of a staged link is no policy."""
    (repo.root / "link.yaml").symlink_to("version: 1")
    repo.git("add", "link.yaml")
    for ran in _staged(repo, "link.yaml"):
        assert (ran.code, ran.out) == (2, "")
        assert "link" in ran.err


@pytest.mark.parametrize("what", ["fifo", "folder", "device"])
def test_no_regular_file(repo: Repo, tmp_path: Path, what: str) -> None:
    """What is no regular file is refused, and nobody waits for somebody to write to it."""
    repo.add("a.txt", samples.prose())
    path = tmp_path / what
    if what == "fifo":
        os.mkfifo(path)
    elif what == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    for ran in (*_staged(repo, path), scan("--config", path, cwd=repo.root)):
        assert (ran.code, ran.out) == (2, "")
        assert "--config" in ran.err
