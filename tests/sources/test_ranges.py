"""Ranges as people name them, repositories of odd kinds, and those of which a part is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# The repositories with a past are those of the doors' tests, and test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent.parent / "doors"))

from _commits import POLICY, Past, clone, excluding, findings, leak, told
from _scratch import environment, guard, scan


@pytest.fixture(name="past")
def fixture_past(tmp_path: Path) -> Past:
    """Return a repository with one clean commit."""
    return Past(tmp_path / "past")


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of the person who runs the tests out of what is called here."""
    for name, value in environment().items():
        if name.startswith("GIT_"):
            monkeypatch.setenv(name, value)


def test_root_commit(past: Past) -> None:
    """A root commit brings all that it holds."""
    past.git("checkout", "-q", "--orphan", "other")
    past.save("a.dat", leak())
    assert told(past.scan("--history")) == ["a.dat"]
    assert told(past.range("main..other")) == ["a.dat"]


def test_octopus(past: Past) -> None:
    """Of a merge of four, what each branch brings counts, and what the merge itself brings."""
    for number in range(3):
        past.branch(f"arm{number}", past.base)
        past.save(f"arm{number}.dat", leak())
        past.drop(f"arm{number}.dat")
        past.save(f"arm{number}.txt", f"{number}\n".encode())
    past.git("checkout", "-q", "main")
    past.git("merge", "-q", "--no-ff", "--no-commit", "arm0", "arm1", "arm2")
    past.add("merge.dat", leak())
    past.made("commit", "-q", "-m", "four")
    past.drop("merge.dat")
    assert told(past.range(f"{past.base}..")) == ["arm0.dat", "arm1.dat", "arm2.dat", "merge.dat"]
    assert told(past.range("arm1..HEAD")) == ["arm0.dat", "arm2.dat", "merge.dat"]


@pytest.mark.parametrize("given", ["HEAD..HEAD", "HEAD..HEAD~1", "HEAD...HEAD", "..", "topic...HEAD~1"])
def test_empty_range(past: Past, given: str) -> None:
    """A range without commits is clean."""
    past.save("a.dat", leak())
    past.branch("topic")
    ran = past.range(given)
    assert (ran.code, ran.json["scanned"]["files"]) == (0, 0)


def test_unrelated_histories(past: Past) -> None:
    """Of commits without an ancestor in common all that the one side brings counts, and its own policy cannot hide that."""
    past.git("checkout", "-q", "--orphan", "other")
    past.git("rm", "-q", "-rf", ".")
    past.save("a.dat", leak())
    for given in ("main..other", "main...other"):
        assert told(past.range(given)) == ["a.dat"]
    past.save(POLICY, excluding("*.dat"))
    ran = past.range("main..other")
    assert findings(ran, "RUN303")


def test_a_revision_that_is_none(past: Past) -> None:
    """What names no commit is an error that quotes nothing, also when it looks like an option."""
    for given in ("nothing-such..HEAD", "HEAD..nothing-such", "--all..HEAD", "HEAD^{tree}..HEAD", "-x..-y", "a b..HEAD"):
        ran = past.scan(f"--range={given}")
        assert ran.code == 3, given
        assert "is no commit" in ran.err
        assert given.split("..")[0] not in ran.err or given.startswith("HEAD")
    assert past.range("HEAD").code == 2


def test_submodule(past: Past, tmp_path: Path) -> None:
    """A submodule is a visible fact of the range that brings it, and nothing of it is read."""
    other = Past(tmp_path / "other")
    other.save("a.dat", leak())
    past.git("update-index", "--add", "--cacheinfo", f"160000,{other.id('HEAD')},sub")
    past.save()
    for ran in (past.range(f"{past.base}.."), past.scan("--history")):
        assert ran.code == 0
        assert ran.json["scanned"]["coverage"]["opaque"] == 1
    past.save("b.txt", b"b\n")
    assert past.range("HEAD~1..").json["scanned"]["coverage"]["opaque"] == 0


def test_links(past: Past) -> None:
    """Of a link the text of its target is read, also where the same bytes are a file elsewhere."""
    data = leak()
    blob = past.git("hash-object", "-w", "--stdin", stdin=data).decode().strip()
    past.git("update-index", "--add", "--cacheinfo", f"120000,{blob},a-link")
    past.git("update-index", "--add", "--cacheinfo", f"100644,{blob},b-file")
    past.made("commit", "-q", "-m", "both")
    past.git("rm", "-q", "--cached", "b-file")
    past.made("commit", "-q", "-m", "the file goes")
    assert past.range(f"{past.base}..").code == 1


def test_sha256(tmp_path: Path) -> None:
    """A repository whose ids are of SHA-256 is read by every door: the index, a range, the history."""
    past = Past(tmp_path / "long", "--object-format=sha256")
    past.add("s.dat", leak())
    assert told(past.scan("--staged")) == ["s.dat"]
    past.save()
    past.drop("s.dat")
    past.git("tag", "-a", "-m", "x", "v1")
    for ran in (past.range(f"{past.base}.."), past.scan("--history")):
        assert told(ran) == ["s.dat"]
        assert len(findings(ran, "GEN101")[0]["commit"]["first"]) == 64


def test_alternates(past: Past, tmp_path: Path) -> None:
    """Objects that are borrowed from another repository are read there."""
    past.save("a.dat", leak())
    past.drop("a.dat")
    shared = tmp_path / "shared"
    subprocess.run(["git", "clone", "-q", "--shared", str(past.root), str(shared)], env=environment(), check=True)
    assert told(scan("--history", cwd=shared)) == ["a.dat"]


def test_packed(past: Past) -> None:
    """Packs, deltas and a commit graph change nothing."""
    text = leak()
    past.save("a.dat", text)
    for number in range(20):
        past.save("a.dat", text + f"# {number}\n".encode())
    past.drop("a.dat")
    loose = past.scan("--history")
    past.git("gc", "-q", "--prune=now")
    past.git("commit-graph", "write", "--reachable")
    packed = past.scan("--history")
    assert loose.json["findings"] == packed.json["findings"]
    assert len(told(packed)) == 21


def test_replaced_and_grafted(past: Past) -> None:
    """Neither a replaced commit nor a graft hides what a push uploads."""
    past.save("a.dat", leak())
    gone = past.drop("a.dat")
    past.git("replace", "--graft", gone, past.base)
    assert told(past.range(f"{past.base}..")) == ["a.dat"]
    past.git("replace", "-d", gone)
    (past.root / ".git" / "info" / "grafts").write_text(f"{gone} {past.base}\n")
    assert told(past.range(f"{past.base}..")) == ["a.dat"]


def _cut(past: Past, tmp_path: Path) -> Past:
    past.save("a.dat", leak())
    past.drop("a.dat")
    past.save("b.txt", b"b\n")
    return clone(past.root, tmp_path / "cut", "--depth", "1")


def test_shallow(past: Past, tmp_path: Path) -> None:
    """A history that is cut is a gap that names the fix, in every range that reaches it, and not where it does not."""
    cut = _cut(past, tmp_path)
    for ran in (cut.scan("--history"), cut.range(f"{past.base}..HEAD"), cut.scan("--since", past.base)):
        assert ran.code == 3
        assert ran.gaps() == [(".", "shallow")]
    text = guard("scan", "--history", cwd=cut.root).out
    assert "git fetch --unshallow" in text
    assert "fetch-depth: 0" in text
    cut.save("c.txt", b"c\n")
    assert cut.range("HEAD~1..HEAD").code == 0
    cut.save("d.dat", leak())
    assert told(cut.range("HEAD~1..HEAD")) == ["d.dat"]
    cut.git("fetch", "-q", "--unshallow")
    assert told(cut.range(f"{past.base}..HEAD~2")) == ["a.dat"]


def test_partial_clone(past: Past, tmp_path: Path) -> None:
    """Blobs that a partial clone lacks are gaps, one each, and git is kept from fetching them."""
    past.git("config", "uploadpack.allowFilter", "true")
    past.git("config", "uploadpack.allowAnySHA1InWant", "true")
    for number in range(3):
        past.save("a.dat", leak() + str(number).encode())
    past.drop("a.dat")
    part = clone(past.root, tmp_path / "part", "--filter=blob:none")
    before = sorted(str(each) for each in (part.root / ".git" / "objects").rglob("*"))
    for ran in (part.scan("--history"), part.range(f"{past.base}..HEAD")):
        assert ran.code == 3
        assert [reason for _path, reason in ran.gaps()] == ["missing-object"] * 3
    assert "clone without --filter" in guard("scan", "--history", cwd=part.root).out
    assert sorted(str(each) for each in (part.root / ".git" / "objects").rglob("*")) == before


@pytest.mark.parametrize("lacking", ["blob:none", "tree:0"])
def test_what_a_partial_clone_commits(past: Past, tmp_path: Path, lacking: str) -> None:
    """What is committed in a partial clone is all there, so a range of that is judged as any other."""
    past.git("config", "uploadpack.allowFilter", "true")
    past.save("sub/a.txt", b"a\n")
    past.save("sub/a.txt", b"b\n")
    part = clone(past.root, tmp_path / "part", f"--filter={lacking}")
    part.save("c.txt", b"c\n")
    assert part.range("HEAD~1..HEAD").code == 0
    part.save("sub/d.dat", leak())
    assert told(part.range("HEAD~2..HEAD")) == ["sub/d.dat"]


def test_partial_clone_without_trees(past: Past, tmp_path: Path) -> None:
    """Where even trees are missing, nothing is passed over: the run cannot pass."""
    past.git("config", "uploadpack.allowFilter", "true")
    past.save("sub/a.dat", leak())
    past.drop("sub/a.dat")
    part = clone(past.root, tmp_path / "part", "--filter=tree:0")
    assert part.scan("--history").code == part.range(f"{past.base}..HEAD").code == 3


@pytest.mark.parametrize("what", ["HEAD~1:a.dat", "HEAD~1^{tree}", "HEAD~1"])
def test_missing_object(past: Past, what: str) -> None:
    """An object that is gone keeps the run from passing, whichever kind it is of."""
    past.save("a.dat", leak())
    past.drop("a.dat")
    found = past.id(what)
    (past.root / ".git" / "objects" / found[:2] / found[2:]).unlink()
    assert past.scan("--history").code == past.range(f"{past.base}..HEAD").code == 3


def test_damaged_object(past: Past) -> None:
    """A blob that is cut off keeps the run from passing, and the others are read."""
    past.save("a.dat", b"first\n" * 1000)
    past.save("b.dat", leak())
    past.git("rm", "-q", "a.dat", "b.dat")
    past.save()
    found = past.id("HEAD~2:a.dat")
    file = past.root / ".git" / "objects" / found[:2] / found[2:]
    data = file.read_bytes()
    file.chmod(0o644)
    file.write_bytes(data[: len(data) // 2])
    ran = past.scan("--history")
    assert ran.code != 0
    assert told(ran) == ["b.dat"]
    assert ran.gaps()
