"""Ten ways in which a leak enters a repository, and the doors that catch each, through git itself.

| way | at the commit | at the push | in CI, ``--range`` | later, ``--history`` |
| --- | --- | --- | --- | --- |
| staged only | hook `genomic-guard` | | | |
| amended away | hook `genomic-guard` | nothing of it is sent | nothing of it is there | with ``--reflog`` |
| added and removed in one branch | hook, when it is added | `genomic-guard-push` | yes | yes |
| in a merge that brings what no parent has | hook, stage pre-merge-commit | `genomic-guard-push` | yes | yes |
| in a tag: its message, a commit on no branch, a blob, a tree | | `genomic-guard-push`, as git's own hook | named | yes |
| in a stash: work tree, index, untracked files, an older stash | | nothing of it is sent | | yes |
| in a note | | `genomic-guard-push` | the notes' ref, named | yes |
| in a message | `genomic-guard-message` | `genomic-guard-push` | yes | yes |
| in a name of a file, branch or tag | hook `genomic-guard`, of files | `genomic-guard-push` | yes, of files | yes |
| in git-lfs only | hook `genomic-guard` | `genomic-guard-push` | yes | yes |

What stands under "at the push" and the hooks' own rows is in `test_push.py`, names in `test_commit_names.py`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from _commits import Past, findings, leak, told
from _scratch import hook

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(name="past")
def fixture_past(tmp_path: Path) -> Past:
    """Return a repository with one clean commit."""
    return Past(tmp_path / "past")


def test_staged_only(past: Past) -> None:
    """What is staged and gone from the work tree is caught at the commit, and by nothing that reads commits."""
    past.add("a.dat", leak()).unlink()
    assert hook("everything", "--", "a.dat", cwd=past.root).code == 1
    assert told(past.scan("--staged")) == ["a.dat"]
    assert past.scan("--history").code == past.range(f"{past.base}..").code == 0


def test_amended_away(past: Past) -> None:
    """What an amended commit held is in no range and no branch, but a reflog has it."""
    lost = past.save("a.dat", leak())
    past.git("rm", "-q", "--cached", "a.dat")
    past.made("commit", "-q", "--amend", "--allow-empty", "-m", "better")
    assert past.range(f"{past.base}..HEAD").code == past.scan("--history").code == 0
    ran = past.scan("--history", "--reflog")
    assert told(ran) == ["a.dat"]
    assert findings(ran, "GEN101")[0]["commit"] == {"first": lost, "last": lost}


def test_added_and_removed(past: Past) -> None:
    """What one commit adds and a later one removes is in the range, with the commit that brought it, and in no tree."""
    brought = past.save("deep/a.dat", leak())
    past.drop("deep/a.dat")
    assert past.scan().code == 0
    for ran in (past.range(f"{past.base}..HEAD"), past.scan("--since", past.base), past.scan("--history")):
        assert told(ran) == ["deep/a.dat"]
        assert findings(ran, "GEN101")[0]["commit"]["first"] == brought
    assert past.range(f"{brought}..HEAD").code == 0


def test_evil_merge(past: Past) -> None:
    """What a merge brings that no parent has is found, also when the next commit removes it."""
    merge = past.evil_merge("a.dat", leak())
    assert told(past.range(f"{merge}^1..{merge}")) == ["a.dat"]
    past.drop("a.dat")
    for ran in (past.range(f"{past.base}..HEAD"), past.scan("--history")):
        assert [each["commit"]["first"] for each in findings(ran, "GEN101")] == [merge]


def _message_of_tag(past: Past) -> str:
    past.git("tag", "-a", "v1", "--cleanup=verbatim", "-F", "-", stdin=leak())
    return "tag:v1"


def _tag_of_a_commit(past: Past) -> str:
    past.branch("away")
    past.save("a.dat", leak())
    past.git("tag", "v1")
    past.git("checkout", "-q", "main")
    past.git("branch", "-q", "-D", "away")
    return "a.dat"


def _tag_of_a_blob(past: Past) -> str:
    blob = past.git("hash-object", "-w", "--stdin", stdin=leak()).decode().strip()
    past.git("tag", "v1", blob)
    return f"object:{blob}"


def _tag_of_a_tag_of_a_blob(past: Past) -> str:
    blob = _tag_of_a_blob(past)
    past.git("tag", "-a", "-m", "one", "v2", "v1")
    past.git("tag", "-a", "-m", "two", "v3", "v2")
    past.git("tag", "-d", "v1", "v2")
    return blob


def _tag_of_a_tree(past: Past) -> str:
    past.add("sub/a.dat", leak())
    past.git("tag", "v1", past.git("write-tree").decode().strip())
    past.git("reset", "-q", "--hard")
    return "sub/a.dat"


TAGS = [_message_of_tag, _tag_of_a_commit, _tag_of_a_blob, _tag_of_a_tag_of_a_blob, _tag_of_a_tree]


@pytest.mark.parametrize("made", TAGS, ids=lambda made: made.__name__)
def test_tag(past: Past, made: Callable[[Past], str]) -> None:
    """What only a tag holds, in its message or behind it, is in the history, and not in the branch."""
    place = made(past)
    assert told(past.scan("--history")) == [place]
    assert past.scan("--since", past.base).code == 0


def _stash(past: Past, *options: str) -> None:
    past.git("stash", "push", "-q", *options)


def _stashed_index(past: Past) -> None:
    past.add("a.dat", leak())
    past.write("a.dat", b"other\n")
    _stash(past)


def _stashed_work(past: Past) -> None:
    past.add("a.dat", b"first\n")
    past.write("a.dat", leak())
    _stash(past)


def _stashed_untracked(past: Past) -> None:
    past.write("a.dat", leak())
    _stash(past, "--include-untracked")


def _older_stash(past: Past) -> None:
    _stashed_work(past)
    past.add("b.dat", b"later\n")
    _stash(past)


@pytest.mark.parametrize("stash", [_stashed_index, _stashed_work, _stashed_untracked, _older_stash], ids=lambda each: each.__name__)
def test_stash(past: Past, stash: Callable[[Past], None]) -> None:
    """Every part of every stash is in the history, without a reflog being asked for."""
    stash(past)
    assert told(past.scan("--history")) == ["a.dat"]
    assert past.scan("--since", past.base).code == 0


def test_note(past: Past) -> None:
    """A note is a blob of a ref of its own: in the history, also after it was removed, and in a range to that ref."""
    past.git("notes", "add", "-F", "-", stdin=leak())
    blob = past.git("notes", "list", "HEAD").split()[0].decode()
    assert blob
    note = past.id("refs/notes/commits")
    past.git("notes", "remove", "HEAD")
    for ran in (past.scan("--history"), past.range("HEAD..refs/notes/commits")):
        (found,) = findings(ran, "GEN101")
        assert found["path"].replace("/", "") == past.base
        assert found["commit"]["first"] == note


def test_message(past: Past) -> None:
    """A message of any commit of a range is an artifact, named by its commit; a later commit does not take it back."""
    said = past.save(message="what I saw\n\n" + leak().decode())
    past.save()
    for ran in (past.range(f"{past.base}..HEAD"), past.scan("--history")):
        assert told(ran) == [f"commit:{said}"]
        assert findings(ran, "GEN101")[0]["commit"] == {"first": said, "last": said}


def test_message_of_a_merge(past: Past) -> None:
    """The message of a merge counts as any other."""
    past.branch("side")
    past.save("b.txt", b"b\n")
    past.git("checkout", "-q", "main")
    said = past.made("merge", "-q", "--no-ff", "-m", "what\n\n" + leak().decode(), "side")
    assert told(past.range(f"{past.base}..HEAD")) == [f"commit:{said}"]


def test_lfs_only(past: Past) -> None:
    """The object that a pointer names is in no commit; the doors read it where git-lfs keeps it, for later pointers and earlier."""
    data = leak()
    oid = hashlib.sha256(data).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(data)}\n".encode()
    past.write(f".git/lfs/objects/{oid[:2]}/{oid[2:4]}/{oid}", data)
    past.add("a.vcf", pointer)
    assert told(past.scan("--staged")) == ["a.vcf"]
    assert hook("everything", "--", "a.vcf", cwd=past.root).code == 1
    past.save()
    past.drop("a.vcf")
    for ran in (past.range(f"{past.base}..HEAD"), past.scan("--history")):
        assert told(ran) == ["a.vcf"]


def test_a_matrix_of_the_past_needs_no_tables(past: Past) -> None:
    """A PLINK matrix that was removed again is found in the history, with its commit, where nothing is compared with it."""
    brought = past.save("g/cohort.bed", samples.bed(people=9, variants=20))
    past.drop("g/cohort.bed")
    (found,) = findings(past.scan("--history"), "GEN103")
    assert (found["outcome"], found["path"], found["commit"]) == ("fail", "g/cohort.bed", {"first": brought, "last": brought})
