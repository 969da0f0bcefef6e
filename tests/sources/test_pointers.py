"""Pointers of git-lfs: what a push uploads is read in their place, through every door, and nothing outside of the store is."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from _pointers import VERSION, facts, keep, oid, place, pointer
from _scratch import Ran, Repo, guard, run, scan

from pytest_genomic_guard.sources.index import Index
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

GEN101 = "GEN101"
DOORS = ("scan", "staged", "hook", "range", "since", "history")
PARTIAL = [("RUN102", "warn", "x.vcf")]
FOUND = [("GEN101", "fail", "x.vcf")]
_HOOK_IN_JSON = """
import sys
from pytest_genomic_guard.cli import hook
from pytest_genomic_guard.hooks import everything
from pytest_genomic_guard.reporters import reporter
hook.reporter = lambda _name: reporter("json")
sys.exit(everything.main(sys.argv[1:]))
"""
MISSING = "the object behind it is not in the store of this repository (git lfs fetch)"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return a repository with one commit."""
    found = Repo(tmp_path / "repo")
    found.commit("README.md", b"a project\n")
    return found


def _through(door: str, repo: Repo) -> Ran:
    """Judge what is staged, or committed since the first commit, by one door, as JSON."""
    if door in {"scan", "staged"}:
        return scan(*(["--staged"] if door == "staged" else []), cwd=repo.root)
    if door == "hook":
        names = repo.git("diff", "--cached", "--name-only").decode().split()
        return run([sys.executable, "-I", "-c", _HOOK_IN_JSON, "--", *names], repo.root)
    repo.commit()
    first = repo.git("rev-list", "--max-parents=0", "HEAD").decode().strip()
    given = {"range": ("--range", f"{first}..HEAD"), "since": ("--since", first), "history": ("--history",)}[door]
    return scan(*given, cwd=repo.root)


@pytest.mark.parametrize("door", DOORS)
def test_object_of_the_store(repo: Repo, door: str) -> None:
    """The object is read in place of its pointer; without it the pointer is read in part."""
    people = samples.vcf()
    repo.add("x.vcf", pointer(people))
    held = keep(repo, people)
    ran = _through(door, repo)
    assert (ran.code, ran.codes(), ran.gaps()) == (1, FOUND, [])
    assert ran.json["scanned"]["coverage"]["partial"] == 0
    held.unlink()
    ran = _through(door, repo)
    assert (ran.codes(), ran.gaps()) == (PARTIAL, [])
    assert MISSING in ran.json["findings"][0]["message"]


@pytest.mark.skipif(
    shutil.which("git-lfs") is None, reason="git-lfs is not installed; the tests beside this one make its files by hand"
)
@pytest.mark.parametrize("door", DOORS)
def test_git_lfs_itself(repo: Repo, door: str) -> None:
    """What git-lfs writes is found where it puts it, whether or not the work tree shows it."""
    repo.git("lfs", "install", "--local")
    repo.git("lfs", "track", "*.vcf")
    repo.git("add", "-A")
    people = samples.vcf()
    repo.add("x.vcf", people)
    committed = repo.git("show", ":x.vcf")
    assert committed == pointer(people)
    ran = _through(door, repo)
    assert (ran.code, ran.codes()) == (1, FOUND)
    repo.write("x.vcf", committed)  # as GIT_LFS_SKIP_SMUDGE leaves it
    ran = _through(door, repo)
    assert (ran.code, ran.codes()) == (1, FOUND)
    shutil.rmtree(repo.root / ".git/lfs/objects")
    ran = _through(door, repo)
    assert (ran.code, ran.codes()) == (0, PARTIAL)


def test_linked_work_tree(repo: Repo, tmp_path: Path) -> None:
    """All work trees of a repository share one store."""
    people = samples.vcf()
    repo.commit("x.vcf", pointer(people))
    keep(repo, people)
    repo.git("worktree", "add", "-q", str(tmp_path / "other"), "-b", "other")
    assert scan(cwd=tmp_path / "other").codes() == FOUND


def test_only_in_lfs_and_removed_again(repo: Repo) -> None:
    """An object that one commit of a branch brings, and another takes away, is uploaded all the same."""
    people = samples.vcf()
    keep(repo, people)
    first = repo.git("rev-parse", "HEAD").decode().strip()
    repo.commit("x.vcf", pointer(people))
    repo.git("rm", "-q", "x.vcf")
    repo.commit()
    assert scan(cwd=repo.root).codes() == []
    assert scan("--range", f"{first}..HEAD", cwd=repo.root).codes() == FOUND
    assert scan("--history", cwd=repo.root).codes() == FOUND


def test_several_processes(repo: Repo) -> None:
    """Where large inputs are shared out, each process finds the store."""
    for number in range(3):
        people = samples.vcf()
        keep(repo, people)
        repo.add(f"x{number}.vcf", pointer(people))
    repo.add("large.txt", b"plain words\n" * 800_000)
    assert scan("--staged", "--jobs", "2", cwd=repo.root).codes() == [(GEN101, "fail", f"x{number}.vcf") for number in range(3)]


def test_copy_that_is_not_the_object(repo: Repo) -> None:
    """The store's object is what a push uploads; what only the work tree has besides is a warning."""
    prose = b"nothing to see\n"
    keep(repo, prose)
    people = samples.vcf()
    (repo.root / ".git" / "p").write_bytes(pointer(prose))
    repo.git("config", "filter.lfs.clean", "cat .git/p")
    repo.add(".gitattributes", b"*.vcf filter=lfs\n")
    repo.add("x.vcf", people)
    ran = scan(cwd=repo.root)
    assert (ran.code, ran.codes()) == (0, [(GEN101, "warn", "x.vcf")])
    assert "working copy only" in ran.json["findings"][0]["message"]


def test_leak_after_a_pointer(repo: Repo) -> None:
    """A file that begins as a pointer is read to its end, whatever its object is."""
    prose = b"nothing to see\n"
    keep(repo, prose)
    repo.add("x.vcf", pointer(prose).ljust(1100) + b"\n" + samples.vcf())
    ran = scan("--staged", cwd=repo.root)
    assert ("GEN102", "x.vcf") in {(code, path) for code, _outcome, path in ran.codes()}


def test_object_that_is_a_pointer(repo: Repo) -> None:
    """An object that is a pointer again is not followed: git-lfs does not either."""
    people = samples.vcf()
    keep(repo, people)
    keep(repo, pointer(people))
    repo.add("x.vcf", pointer(pointer(people)))
    assert scan("--staged", cwd=repo.root).codes() == PARTIAL


RULES: dict[str, tuple[dict[str, bytes], str]] = {
    "the line that counts": (
        {".gitattributes": b"# large\n*.txt text\n*.vcf filter=lfs -text\n"},
        "the rule is .gitattributes line 3",
    ),
    "the last of several": (
        {".gitattributes": b"*.vcf filter=lfs\n*.vcf text\nd/e/* filter=lfs\n"},
        "the rule is .gitattributes line 3",
    ),
    "a macro": ({".gitattributes": b"[attr]big filter=lfs -text\n\nd/** big\n"}, "the rule is .gitattributes line 3"),
    "beside it": ({"d/e/.gitattributes": b"x.vcf filter=lfs\n"}, "the rule is line 1 of the .gitattributes beside it"),
    "one above": ({"d/.gitattributes": b"\ne/*.vcf filter=lfs\n"}, "the rule is line 2 of the .gitattributes 1 folder above it"),
    "no line": ({".gitattributes": b"*.txt filter=lfs\n"}, "no line of .gitattributes gives the file to git-lfs"),
    "taken away": ({".gitattributes": b"*.vcf filter=lfs\n*.vcf -filter\n"}, "no line of .gitattributes gives the file to git-lfs"),
    "no file": ({}, "no line of .gitattributes gives the file to git-lfs"),
}


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("door", ["scan", "staged", "range"])
def test_rule_is_named(repo: Repo, name: str, door: str) -> None:
    """A pointer without its object comes with the line by which a person finds the rule."""
    files, says = RULES[name]
    for path, data in files.items():
        repo.add(path, data)
    repo.add("d/e/x.vcf", pointer(samples.vcf()))
    assert _through(door, repo).json["findings"][0]["message"] == f"{MISSING}; {says}"


def test_two_folders_above(repo: Repo) -> None:
    """A rule further up is named by how far it is; no folder is named."""
    repo.add("d/.gitattributes", b"*.vcf filter=lfs\n")
    repo.add("d/e/f/x.vcf", pointer(samples.vcf()))
    assert (
        scan("--staged", cwd=repo.root).json["findings"][0]["message"].endswith("line 1 of the .gitattributes 2 folders above it")
    )


def test_strict_fails(repo: Repo) -> None:
    """Under the strict profile a pointer without its object fails."""
    repo.add("x.vcf", pointer(samples.vcf()))
    assert scan("--staged", "--profile", "strict", cwd=repo.root).code == 1
    assert scan("--staged", "--profile", "minimal", cwd=repo.root).codes() == [("RUN102", "note", "x.vcf")]


def test_nothing_of_the_pointer_is_told(repo: Repo) -> None:
    """Neither a report nor a fact holds the id of an object, since that of a short list can be found by trying."""
    people = samples.vcf()
    repo.add("x.vcf.gz", pointer(people))
    for ran in (scan("--staged", cwd=repo.root), guard("scan", "--staged", cwd=repo.root)):
        assert oid(people)[:12] not in ran.out + ran.err
    index = Index(os.fsencode(repo.root))
    (found,) = facts(index)["x.vcf.gz"]
    index.close()
    assert (found.system, found.size, found.suffix) == ("git-lfs", len(people), ".vcf.gz")
    assert list(type(found)._defaults) == ["system", "size", "suffix"]  # noqa: SLF001 - what a record holds


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("wrong", ["content", "size", "short"])
def test_object_that_is_damaged(repo: Repo, wrong: str, door: str) -> None:
    """An object whose bytes are not those that the pointer names is a gap."""
    prose = b"nothing to see\n" * 9
    other = {"content": prose[::-1], "size": prose, "short": prose[:-1]}[wrong]
    keep(repo, other, name=oid(prose))
    repo.add("x.txt", pointer(prose, size=len(prose) + (wrong == "size")))
    ran = _through(door, repo)
    assert (ran.code, ran.gaps()) == (3, [("x.txt", "corrupt")])


def _link(repo: Repo, away: Path) -> None:
    place(repo.root / ".git/lfs", away.name).symlink_to(away)


def _folder_link(repo: Repo, away: Path) -> None:
    (repo.root / ".git/lfs/objects" / away.name[:2]).parent.mkdir(parents=True)
    (repo.root / ".git/lfs/objects" / away.name[:2]).symlink_to(away.parents[1])


def _fifo(repo: Repo, away: Path) -> None:
    os.mkfifo(place(repo.root / ".git/lfs", away.name))


def _folder(repo: Repo, away: Path) -> None:
    place(repo.root / ".git/lfs", away.name).mkdir()


def _store_link(repo: Repo, away: Path) -> None:
    (repo.root / ".git/lfs").symlink_to(away.parents[3])


def _configured(repo: Repo, away: Path) -> None:
    repo.git("config", "lfs.storage", str(away.parents[3]))


def _configured_up(repo: Repo, away: Path) -> None:
    repo.git("config", "lfs.storage", os.path.relpath(away.parents[3], repo.root / ".git"))


@pytest.mark.parametrize(
    ("make", "gap"),
    [
        (_link, "unreadable"),
        (_folder_link, "unreadable"),
        (_fifo, "special-file"),
        (_folder, "special-file"),
        (_store_link, ""),
        (_configured, ""),
        (_configured_up, ""),
    ],
)
def test_nothing_outside_is_read(repo: Repo, tmp_path: Path, make: object, gap: str) -> None:
    """No link and no configuration leads out of the git directory; what git-lfs would follow in the store is a gap."""
    people = samples.vcf()
    away = place(tmp_path / "away", oid(people))
    away.write_bytes(people)
    make(repo, away)  # type: ignore[operator]  # one of the functions above
    repo.add("x.vcf", pointer(people))
    ran = scan("--staged", cwd=repo.root)
    assert (ran.gaps(), ran.codes()) == (([("x.vcf", gap)], []) if gap else ([], PARTIAL))


@pytest.mark.parametrize("absolute", [True, False])
def test_storage_inside(repo: Repo, absolute: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A store that the configuration names is read where it is inside of the git directory."""
    people = samples.vcf()
    repo.git("config", "lfs.storage", str(repo.root / ".git/other/lfs") if absolute else "other/lfs")
    keep(repo, people, ".git/other/lfs")
    repo.add("x.vcf", pointer(people))
    assert scan("--staged", cwd=repo.root).codes() == FOUND


def _hostile(people: bytes) -> dict[str, tuple[bytes, bool]]:
    """Return odd pointers, and whether the object is read: git-lfs 3.3 takes them for pointers, but those in capitals."""
    good, name = pointer(people), oid(people).encode()
    return {
        "carriage returns": (good.replace(b"\n", b"\r\n"), True),
        "white space around": (b"\n \xc2\xa0\n" + good + b"\n\n\t", True),
        "empty lines": (good.replace(b"\n", b"\n\n"), True),
        "a sign": (good.replace(b"size ", b"size +"), True),
        "extensions": (good.replace(b"\noid", b"\next-0-a sha256:%b\next-1-b sha256:%b\noid" % (name, name)), True),
        "the older address": (good.replace(VERSION, b"version http://git-media.io/v/2"), True),
        "the first address": (good.replace(VERSION, b"version https://hawser.github.com/spec/v1"), True),
        "a long tail": (good.ljust(5000), True),
        "capitals": (good.replace(name, name.upper()), True),
        "a byte order mark": (b"\xef\xbb\xbf" + good, False),
        "a further line": (good + b"more\n", False),
        "a further extension": (good + b"ext-0-a sha256:%b\n" % name, False),
        "a key twice": (good.replace(b"oid", b"oid sha256:%b\noid" % name), False),
        "another order": (b"%b\nsize %d\noid sha256:%b\n" % (VERSION, len(people), name), False),
        "dots": (good.replace(name, b"../../../../secret".ljust(64, b"a")), False),
        "a longer id": (good.replace(name, name + b"/../x"), False),
        "a huge size": (good.replace(b"size ", b"size 9" + b"9" * 400), False),
        "a negative size": (good.replace(b"size ", b"size -"), False),
        "a later version": (good.replace(b"v1", b"v2"), False),
        "ten megabytes": (good + b"x" * 10_000_000, False),
        "no line feed": (good.replace(b"\n", b" "), False),
    }


@pytest.mark.parametrize("name", _hostile(b""))
def test_odd_pointers(repo: Repo, name: str) -> None:
    """What git-lfs takes for a pointer is followed, and nothing else; nothing makes it look elsewhere, or wait."""
    people = samples.vcf()
    keep(repo, people)
    data, is_one = _hostile(people)[name]
    (repo.root / ".git" / "secret").write_bytes(people)
    repo.add("x.vcf", data)
    ran = scan("--staged", cwd=repo.root)
    assert ran.gaps() == []
    assert (ran.codes() == FOUND) == is_one
    assert is_one or {code for code, _outcome, _path in ran.codes()} <= {"RUN102"}


@pytest.mark.skipif(shutil.which("git-lfs") is None, reason="git-lfs is not installed; the table above was made with it")
@pytest.mark.parametrize("name", _hostile(b""))
def test_git_lfs_agrees(repo: Repo, name: str) -> None:
    """The table above is what git-lfs itself says; capitals were pointers to older versions."""
    data, is_one = _hostile(b"plain words\n")[name]
    (repo.root / "data").write_bytes(data)
    done = run(["git", "lfs", "pointer", "--check", "--file", "data"], repo.root)
    assert (done.code == 0) == (is_one and name != "capitals")


def test_pointers_that_are_none(repo: Repo) -> None:
    """A link, a message and a member of an archive that hold a pointer's text name no object."""
    people = samples.vcf()
    keep(repo, people)
    os.symlink(pointer(people), os.fsencode(repo.root / "link"))
    repo.git("add", "link")
    repo.git("commit", "-q", "--no-verify", "-F", "-", stdin=pointer(people))
    for ran in (scan(cwd=repo.root), scan("--history", cwd=repo.root)):
        assert GEN101 not in {code for code, _outcome, _path in ran.codes()}


def test_damaged_configuration_of_the_store(repo: Repo) -> None:
    """A setting that names nothing leaves the store where it is."""
    people = samples.vcf()
    keep(repo, people)
    repo.git("config", "lfs.storage", "")
    repo.add("x.vcf", pointer(people))
    assert scan("--staged", cwd=repo.root).codes() == FOUND


def test_plain_folder(tmp_path: Path) -> None:
    """Outside of a repository there is no store."""
    (tmp_path / "x.vcf").write_bytes(pointer(samples.vcf()))
    assert scan(cwd=tmp_path).codes() == PARTIAL


@pytest.mark.skipif(shutil.which("git-lfs") is None, reason="git-lfs is not installed; the doors have tests beside this one")
def test_what_a_push_would_upload(repo: Repo, tmp_path: Path) -> None:
    """Git's own push with git-lfs uploads the very object that the scan of the same commits has read."""
    people = samples.vcf()
    away = Repo(tmp_path / "away", "--bare")
    repo.git("remote", "add", "origin", away.root.as_uri())
    repo.git("lfs", "install", "--local")
    repo.git("push", "-q", "origin", "main")
    repo.add("x.vcf", pointer(people))
    keep(repo, people)
    repo.commit()
    assert scan("--range", "origin/main..main", cwd=repo.root).codes() == FOUND
    done = run(["git", "push", "-q", "origin", "main"], repo.root)
    assert done.code == 0, done.err
    assert (away.root / "lfs/objects" / oid(people)[:2] / oid(people)[2:4] / oid(people)).read_bytes() == people
