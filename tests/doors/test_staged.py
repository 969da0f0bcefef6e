"""The hook at a commit, through git itself: however a commit is made, what it would hold is what is judged."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from _commits import Past, at, leak, told
from _scratch import environment, hook, scan

if TYPE_CHECKING:
    from pathlib import Path

    from _scratch import Ran


@pytest.fixture(name="past", params=["sha1", "sha256"])
def fixture_past(tmp_path: Path, request: pytest.FixtureRequest) -> Past:
    """Return a repository, of either kind of ids, with our hook as git's own at each commit and merge."""
    past = Past(tmp_path / "past", f"--object-format={request.param}")
    past.hook("pre-commit", "everything")
    past.hook("pre-merge-commit", "everything")
    return past


def _refused(ran: Ran, *places: str) -> bool:
    text = ran.out + ran.err
    return ran.code != 0 and all(f"\n  {place}:" in text for place in places) and text.count("VCF with genotype") == len(places)


def _made(ran: Ran) -> bool:
    return ran.code == 0 and "GEN101" not in ran.out + ran.err


def _commit(past: Past, *arguments: str, **env: str) -> Ran:
    return past.attempt("commit", "-m", "work", *arguments, **env)


def test_partial_staging(past: Past) -> None:
    """Of a file that is staged in part the staged part counts, in both directions."""
    past.add("a.dat", b"first\n")
    past.write("a.dat", b"first\n" + leak())
    assert _made(_commit(past))
    past.add("a.dat", b"first\n" + leak())
    past.write("a.dat", b"first\n")
    assert _refused(_commit(past), "a.dat")


def test_commit_of_everything(past: Past) -> None:
    """``commit -a`` takes the work tree: git names another index to the hook, and that is judged."""
    past.save("a.dat", b"first\n")
    past.write("a.dat", leak())
    past.write("untracked.dat", leak())
    assert _made(_commit(past, "--allow-empty"))
    assert _refused(_commit(past, "-a"), "a.dat")
    assert _refused(_commit(past, "--all", "--amend"), "a.dat")


def test_commit_of_a_path(past: Past) -> None:
    """``commit PATH`` takes that file of the work tree and leaves out what else is staged; so does ``--only`` in a folder."""
    for name in ("sub/a.dat", "b.txt"):
        past.save(name, b"first\n")
    past.write("sub/a.dat", leak())
    past.add("c.dat", leak())
    past.write("b.txt", b"second\n")
    assert _made(_commit(past, "--", "b.txt"))
    assert _refused(_commit(past, "--only", "sub"), "sub/a.dat")
    assert _refused(_commit(past, "--include", "--", "sub/a.dat"), "c.dat", "sub/a.dat")
    assert _refused(past.attempt("-C", "sub", "commit", "-m", "work", "a.dat"), "sub/a.dat")


def test_amend(past: Past) -> None:
    """An amended commit is judged by what is staged on top; what the commit had before was judged when it was made."""
    past.save("a.dat", leak())
    past.add("b.txt", b"b\n")
    assert _made(_commit(past, "--amend"))
    past.add("c.dat", leak())
    assert _refused(_commit(past, "--amend"), "c.dat")


def test_merge(past: Past) -> None:
    """A merge is judged by what it changes of the branch: what comes from the other one, and what is staged besides."""
    past.branch("side")
    past.save("b.txt", b"b\n")
    past.branch("leaky")
    past.save("a.dat", leak())
    past.git("checkout", "-q", "main")
    past.save("c.txt", b"c\n")
    assert _made(past.attempt("merge", "--no-ff", "--no-edit", "side"))
    assert _refused(past.attempt("merge", "--no-ff", "--no-edit", "leaky"), "a.dat")


def test_merge_after_a_conflict(past: Past) -> None:
    """What resolves a conflict is judged as any commit; as long as there is a conflict nothing can be."""
    past.save("a.dat", b"first\n")
    past.branch("side")
    past.save("a.dat", b"side\n")
    past.git("checkout", "-q", "main")
    past.save("a.dat", b"main\n")
    past.git("merge", "-q", "side", check=False)
    assert hook("everything", "--", cwd=past.root).code == 3
    past.add("a.dat", leak())
    assert _refused(_commit(past), "a.dat")
    past.add("a.dat", b"both\n")
    assert _made(_commit(past))


@pytest.mark.parametrize("command", ["cherry-pick", "rebase", "revert"])
def test_commits_that_come_back(past: Past, command: str) -> None:
    """No hook is called where a commit is picked, rebased or reverted: the range of the new commits has it."""
    past.branch("side")
    brought = past.save("a.dat", leak())
    past.drop("a.dat")
    past.git("checkout", "-q", "main")
    start = past.save("c.txt", b"c\n")
    if command == "revert":
        past.git("checkout", "-q", "side")
        start = past.id("HEAD")
    where = {"cherry-pick": [brought], "rebase": ["main", "side"], "revert": ["--no-edit", "HEAD"]}
    assert past.attempt(command, *where[command]).code == 0
    ran = past.range(f"{start}..HEAD")
    assert told(ran) == ["a.dat"]
    assert told(past.scan("--history")) == ["a.dat"]


def test_rename_and_mode(past: Past) -> None:
    """A file that moves, or becomes executable, is judged anew with its content, which somebody has waived or nobody has seen."""
    past.save("a.dat", leak())
    past.git("mv", "a.dat", "b.dat")
    assert _refused(_commit(past), "b.dat")
    past.git("mv", "b.dat", "a.dat")
    past.git("update-index", "--chmod=+x", "a.dat")
    assert _refused(_commit(past), "a.dat")
    past.git("reset", "-q", "--hard")
    assert _made(_commit(past, "--allow-empty"))


def test_deletion(past: Past) -> None:
    """What goes is no content that a commit brings."""
    past.save("a.dat", leak())
    past.git("rm", "-q", "a.dat")
    assert _made(_commit(past))


def test_type_change(past: Past) -> None:
    """A link that becomes a file is judged."""
    (past.root / "a").symlink_to("nowhere")
    past.git("add", "a")
    past.save()
    (past.root / "a").unlink()
    past.add("a", leak())
    assert _refused(_commit(past), "a")


def test_intent_to_add(past: Past) -> None:
    """``add --intent-to-add`` stages no content: a commit leaves it out, and ``commit -a`` takes it."""
    past.write("a.dat", leak())
    past.git("add", "--intent-to-add", "a.dat")
    past.add("b.txt", b"b\n")
    assert scan("--staged", cwd=past.root).code == 0
    assert _made(_commit(past))
    assert b"a.dat" not in past.git("ls-tree", "--name-only", "HEAD")
    assert _refused(_commit(past, "-a"), "a.dat")


@pytest.mark.parametrize("mode", ["--no-cone", "--sparse-index"])
def test_sparse_checkout(past: Past, mode: str) -> None:
    """What a sparse checkout leaves out of the work tree is in the index: a staged change of it is judged."""
    past.add("in/b.txt", b"b\n")
    past.save("out/deep/a.dat", b"first\n")
    past.git("sparse-checkout", "set", mode, "in")
    assert not (past.root / "out").exists()
    past.write("in/b.txt", b"more\n")
    assert _made(_commit(past, "-a"))
    blob = past.git("hash-object", "-w", "--stdin", stdin=leak()).decode().strip()
    past.git("update-index", "--add", "--cacheinfo", f"100644,{blob},out/deep/a.dat")
    assert _refused(_commit(past), "out/deep/a.dat")
    assert told(past.scan("--staged")) == ["out/deep/a.dat"]


def test_linked_work_tree(past: Past, tmp_path: Path) -> None:
    """A linked work tree has an index of its own; git names its folder to the hook."""
    past.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "linked"))
    linked = at(tmp_path / "linked")
    past.add("main.dat", leak())
    linked.add("b.txt", b"b\n")
    assert _made(_commit(linked))
    linked.add("a.dat", leak())
    assert _refused(_commit(linked), "a.dat")
    assert told(linked.scan("--staged")) == ["a.dat"]


def test_alternates(past: Past, tmp_path: Path) -> None:
    """A blob that is staged and lies in a repository from which objects are borrowed is read there."""
    past.save("a.dat", leak())
    blob = past.id("HEAD:a.dat")
    past.drop("a.dat")
    subprocess.run(["git", "clone", "-q", "--shared", str(past.root), str(tmp_path / "shared")], env=environment(), check=True)
    shared = at(tmp_path / "shared")
    shared.git("update-index", "--add", "--cacheinfo", f"100644,{blob},b.dat")
    assert not list((shared.root / ".git" / "objects").glob("??"))
    assert told(shared.scan("--staged")) == ["b.dat"]


def test_variables_of_git(past: Past, tmp_path: Path) -> None:
    """The hook obeys what git says in its variables: another index, the git directory, a work tree, the folder of the call."""
    other = past.root / ".git" / "other-index"
    env = environment(GIT_INDEX_FILE=str(other))
    past.write("a.dat", leak())
    for command in (["read-tree", "HEAD"], ["add", "a.dat"]):
        subprocess.run(["git", *command], cwd=past.root, env=env, check=True)
    assert hook("everything", "--", cwd=past.root).code == 0
    for name in (str(other), ".git/other-index"):
        ran = hook("everything", "--", cwd=past.root, env={"GIT_INDEX_FILE": name, "GIT_DIR": ".git", "GIT_PREFIX": "sub/"})
        assert _refused(ran, "a.dat"), ran.err
    git = tmp_path / "git-folder"
    os.rename(past.root / ".git", git)
    named = {"GIT_DIR": str(git), "GIT_WORK_TREE": str(past.root), "GIT_INDEX_FILE": str(git / "other-index")}
    assert _refused(hook("everything", "--", cwd=past.root, env=named), "a.dat")


def test_first_commit(tmp_path: Path) -> None:
    """Before there is any commit everything staged is judged."""
    past = at(tmp_path / "new")
    past.root.mkdir()
    past.git("init", "-q")
    past.hook("pre-commit", "everything")
    past.add("a.dat", leak())
    assert _refused(_commit(past), "a.dat")
