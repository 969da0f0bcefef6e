"""Where an audit places findings: paths, commits, how far they went, what keeps them alive, and what .gitignore lacks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from _audit import audit, calls, section, states, told

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

    from _scratch import Repo


@pytest.fixture
def remote(repo: Repo, tmp_path: Path) -> Repo:
    """Return a repository with a remote that has its first commit."""
    bare = tmp_path / "remote.git"
    repo.git("init", "-q", "--bare", str(bare))
    repo.git("remote", "add", "origin", str(bare))
    repo.commit("notes.md", samples.prose())
    repo.git("push", "-q", "origin", "main")
    return repo


def test_without_a_remote_nobody_knows(repo: Repo) -> None:
    """It may have been pushed to an address, or from another clone."""
    repo.commit("cohort.vcf", calls())
    assert states(repo) == {"cohort.vcf": "unknown"}


def test_pushed_and_not_pushed_are_told_apart(remote: Repo) -> None:
    """What a remote-tracking ref reaches is pushed; what came after the last push is not."""
    remote.commit("pushed.vcf", calls())
    remote.git("push", "-q", "origin", "main")
    remote.commit("local.vcf", calls())
    assert states(remote) == {"pushed.vcf": "pushed", "local.vcf": "not pushed"}
    assert "1 not pushed, 1 pushed, 0 unknown" in section(audit(remote).out, 7)
    remote.git("push", "-q", "origin", "main")
    assert set(states(remote).values()) == {"pushed"}


def test_content_goes_by_itself_and_not_by_its_commit(remote: Repo) -> None:
    """The same content in a commit that was not pushed is pushed, if another commit took it there."""
    data = calls()
    remote.commit("first.vcf", data)
    remote.git("push", "-q", "origin", "main")
    remote.git("rm", "-q", "first.vcf")
    remote.git("commit", "-q", "-m", "work")
    remote.commit("again.vcf", data)
    (place,) = told(remote)["findings"]
    assert place["state"] == "pushed"
    assert {place["path"], *place["other_paths"]} == {"first.vcf", "again.vcf"}


def test_a_tag_leaves_no_trace_of_its_push(remote: Repo) -> None:
    """What only a tag or a note keeps may be at the remote: unknown, and the tag is named as what keeps it alive."""
    remote.git("checkout", "-q", "-b", "side")
    remote.commit("tagged.vcf", calls())
    remote.git("tag", "v1")
    remote.git("checkout", "-q", "main")
    remote.git("branch", "-q", "-D", "side")
    remote.git("notes", "add", "-m", samples.vcf(variants=40).decode())
    found = {place["path"]: place for place in told(remote)["findings"]}
    assert found["tagged.vcf"]["state"] == "unknown"
    assert found["tagged.vcf"]["kept_by"] == {"tags": {"number": 1, "names": ["refs/tags/v1"]}}
    assert not found["tagged.vcf"]["in_head"]
    (note,) = (place for path, place in found.items() if path != "tagged.vcf")
    assert note["state"] == "unknown"
    assert set(note["kept_by"]) == {"notes"}


def test_a_stash_is_found_and_named(remote: Repo) -> None:
    """Also an older one, which no ref reaches by itself."""
    for name in ("one.vcf", "two.vcf"):
        remote.add(name, calls())
        remote.git("stash", "-q")
    found = {place["path"]: place for place in told(remote)["findings"]}
    assert {path: place["state"] for path, place in found.items()} == {"one.vcf": "not pushed", "two.vcf": "not pushed"}
    assert set(found["two.vcf"]["kept_by"]) == {"stashes"}
    assert found["one.vcf"]["kept_by"] == {}
    assert "an older stash, a reflog" in section(audit(remote).out, 5)


def test_a_message_has_the_state_of_its_commit(remote: Repo) -> None:
    """A message is pushed with its commit."""
    remote.git("commit", "-q", "--allow-empty", "-m", samples.vcf(variants=40).decode())
    name = remote.git("rev-parse", "HEAD").decode().strip()
    assert states(remote) == {f"commit:{name}": "not pushed"}
    remote.git("push", "-q", "origin", "main")
    assert states(remote) == {f"commit:{name}": "pushed"}


def test_versions_of_a_path_are_one_place(repo: Repo) -> None:
    """With the number of versions, the first and the last commit, and whether HEAD still has it."""
    commits = []
    for people in (2, 3, 4):
        repo.commit("cohort.vcf", calls(people))
        commits.append(repo.git("rev-parse", "HEAD").decode().strip())
    (place,) = told(repo)["findings"]
    assert (place["contents"], len(place["places"]), place["in_head"]) == (3, 3, True)
    assert {place["commits"]["first"]["id"], place["commits"]["last"]["id"]} <= set(commits)
    repo.git("rm", "-q", "cohort.vcf")
    repo.git("commit", "-q", "-m", "work")
    text = section(audit(repo).out, 5)
    assert "3 versions, first brought by" in text
    assert "not in HEAD now" in text
    assert text.count("`cohort.vcf`") == 1


def test_amended_away_is_found_with_reflogs(repo: Repo) -> None:
    """Without them it is said that reflogs were not looked at."""
    repo.commit("notes.md", samples.prose())
    repo.commit("cohort.vcf", calls())
    repo.git("rm", "-q", "cohort.vcf")
    repo.git("commit", "-q", "--allow-empty", "--amend", "-m", "work")
    plain = audit(repo)
    assert plain.code == 0
    assert "`--reflog`" in section(plain.out, 4)
    assert audit(repo, "--reflog").code == 1


def test_a_range_is_audited_alone(repo: Repo) -> None:
    """Also what it adds and removes; what was there before is not judged; comparisons of files are made."""
    repo.commit("before.vcf", calls())
    base = repo.git("rev-parse", "HEAD").decode().strip()
    repo.commit("inside.vcf", calls())
    repo.git("rm", "-q", "inside.vcf")
    repo.commit("set/a.bed", samples.bed(people=3, variants=2))
    repo.add("set/a.fam", samples.fam(people=3))
    repo.commit("set/a.bim", samples.bim(variants=2))
    for given in (("--range", f"{base}..HEAD"), ("--since", base)):
        document = told(repo, *given)
        assert {place["path"] for place in document["findings"]} == {"inside.vcf", "set/a.bed", "set/a.fam"}
        assert document["scanned"]["base"] == base
        assert document["repository"]["commits"] == 3
        assert {rule["code"]: rule["why"] for rule in document["looked_for"]}["GEN103"] == ""
    assert f"beyond `{base}`" in section(audit(repo, "--since", base).out, 2)


def test_an_audit_changes_nothing(repo: Repo) -> None:
    """No file is written and none is changed, unless it is asked for."""
    repo.commit("cohort.vcf", calls())
    before = {path: path.stat().st_mtime_ns for path in repo.root.rglob("*")}
    audit(repo)
    assert {path: path.stat().st_mtime_ns for path in repo.root.rglob("*")} == before


@pytest.mark.parametrize(
    ("lines", "held", "missing"),
    [
        ("*.vcf\n*.hh\n", {"*.vcf", "*.hh"}, {"*.vcf.gz", "*.fam"}),
        ("*.vcf*\n", {"*.vcf", "*.vcf.gz", "*.vcf.bgz"}, {"*.bcf"}),
        ("**/*.bgen # not a comment\n**/*.bgi\n", {"*.bgi"}, {"*.bgen"}),
        ("*.vcf\n!*.vcf\n", set(), {"*.vcf"}),
        ("#*.vcf\ndata/*.vcf\n/*.hh\n", set(), {"*.vcf", "*.hh"}),
        ("*.fam/\n.ipynb_checkpoints\n", {".ipynb_checkpoints/"}, {"*.fam"}),
    ],
)
def test_only_missing_patterns_are_proposed(repo: Repo, lines: str, held: set[str], missing: set[str]) -> None:
    """Lines are read as git reads them: the last one that matches decides, and one of a folder holds for that folder only."""
    repo.commit("notes.md", samples.prose())
    repo.write(".gitignore", lines.encode())
    proposed = {each["pattern"] for each in told(repo)["gitignore"]["missing"]}
    assert missing <= proposed
    assert not held & proposed


def test_patterns_follow_what_was_found(repo: Repo) -> None:
    """A format that the pack does not name is proposed where it was found, and only by a pattern of a closed list."""
    repo.commit("notes.md", samples.prose())
    assert "*.rds" not in {each["pattern"] for each in told(repo, pack="hipaa")["gitignore"]["missing"]}
    repo.commit("cohort.RDS", calls())
    repo.commit("cohort.oddity", calls())
    proposed = {each["pattern"] for each in told(repo, pack="hipaa")["gitignore"]["missing"]}
    assert "*.rds" in proposed
    assert not any("oddity" in pattern for pattern in proposed)


def test_git_ignores_what_was_written(repo: Repo) -> None:
    """Each proposed pattern works in git, and a second run finds nothing to add."""
    repo.commit("notes.md", samples.prose())
    missing = [each["pattern"] for each in told(repo)["gitignore"]["missing"]]
    ran = audit(repo, "--write-gitignore")
    assert ran.code == 0
    assert f"{len(missing)} patterns added" in ran.err
    for pattern in missing:
        name = pattern.replace("*", "anything")
        assert repo.git("check-ignore", name + "x" * name.endswith("/")), pattern
    written = (repo.root / ".gitignore").read_bytes()
    again = audit(repo, "--write-gitignore")
    assert "has all of it already" in again.err
    assert (repo.root / ".gitignore").read_bytes() == written
    assert "covers every pattern" in section(again.out, 8)


@pytest.mark.parametrize(("before", "end"), [(b"build/", b"\n"), (b"build/\r\n", b"\r\n"), (b"build/\n", b"\n"), (b"", b"\n")])
def test_what_is_there_stays_as_it_is(repo: Repo, before: bytes, end: bytes) -> None:
    """New lines stand at the end, under a marker, with the file's own line ends."""
    repo.commit("notes.md", samples.prose())
    repo.write(".gitignore", before)
    audit(repo, "--write-gitignore")
    written = (repo.root / ".gitignore").read_bytes()
    assert written.startswith(before)
    lines = written[len(before) :].split(end)
    assert b"# genomic-guard audit: ukb-2026-04; names of files that hold data of people" in lines
    assert lines[-1] == b""
    assert written.count(b"\r") == (written.count(b"\n") if end == b"\r\n" else 0)


def test_no_link_is_written_through(repo: Repo, tmp_path: Path) -> None:
    """A .gitignore that is a link stays one, its target untouched, and the command says that nothing was written."""
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine\n")
    repo.commit("notes.md", samples.prose())
    (repo.root / ".gitignore").symlink_to(outside)
    ran = audit(repo, "--write-gitignore")
    assert ran.code == 3
    assert "nothing was written" in ran.err
    assert outside.read_bytes() == b"mine\n"
    assert os.path.islink(repo.root / ".gitignore")


def test_notebooks_are_advised_on(repo: Repo) -> None:
    """Saved outputs are stripped by nbstripout; where an attribute names it, that is said."""
    repo.commit("notes.md", samples.prose())
    assert "notebooks" not in section(audit(repo).out, 8).partition("It keeps out")[2]
    repo.commit("explore.ipynb", b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    assert "`nbstripout --install`" in section(audit(repo).out, 8)
    repo.write(".gitattributes", b"*.ipynb filter=nbstripout\n")
    assert "an attribute at the root names nbstripout" in section(audit(repo).out, 8)


@pytest.mark.parametrize(
    ("pack", "words"), [("ukb", "UK Biobank, at once"), ("nih", "within 24 hours"), ("hipaa", "45 CFR 164.410")]
)
def test_the_guide_has_a_step_for_each_state_and_whom_to_tell(repo: Repo, pack: str, words: str) -> None:
    """Not pushed, pushed and public, with the contacts of the pack."""
    repo.commit("cohort.vcf", calls())
    text = section(audit(repo, pack=pack).out, 7)
    assert [line for line in text.splitlines() if line.startswith("### ")] == [
        "### Not pushed",
        "### Pushed, to a remote that is not public",
        "### Public, now or at any time",
    ]
    for command in ("git filter-repo", "--invert-paths", "git reflog expire", "git gc", "refs/pull/*", "git push --force"):
        assert command in text
    assert words in text
