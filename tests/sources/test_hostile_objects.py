"""Objects such as git never makes: what they hold is judged, or there is a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _watched import ZERO, Watched, judged, moved, planted, put, unread

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path


WHO = b"Author <author@example.org> 1700000000 +0000"


@pytest.fixture
def repo(tmp_path: Path) -> Watched:
    """Return a repository with leaks for every door."""
    return Watched(tmp_path / "repo")


def commit_of(repo: Watched, lines: bytes) -> str:
    """Move the branch to a commit that begins as it should and goes on with these bytes."""
    above, tree = repo.resolved("HEAD"), repo.resolved("HEAD^{tree}")
    commit = put(repo, "commit", f"tree {tree}\nparent {above}\n".encode() + lines)
    moved(repo, commit)
    return commit


@pytest.mark.parametrize(
    "form",
    [
        b"\n%s",
        b"author %a\ncommitter %a\nencoding UTF-16\n\nWork\n\n%s",
        b"author %a99999999999\ncommitter Nobody <> 99999999999999999999 +0000\n\nWork\n\n%s",
        b"author %a\ncommitter %a\n\nWork\0\n\n%s",
        b"author %a\ncommitter %a\n\n%z\n\n%s",
        b"author %a\ncommitter %a\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n\n%s",
        b"author %a\ncommitter %a\ngpgsig -----BEGIN PGP SIGNATURE-----\n %i\n -----END PGP SIGNATURE-----\n\nWork\n",
        b"author %a\ncommitter %a\nmergetag object 1\n type commit\n tag x\n tagger %a\n \n %i\n\nWork\n",
        b"author %a\ncommitter %a\nx-note yes\n %i\n\nWork\n",
        b"author %a\ncommitter %a\n%s",
        b"%s\n\nWork\n",
    ],
)
def test_commits(repo: Watched, form: bytes) -> None:
    """A commit as git would not make it, or with further lines in its head, is judged whole."""
    calls = repo.calls()
    said = form.replace(b"%a", WHO).replace(b"%z", samples.prose(1000) * 800).replace(b"%i", calls.strip().replace(b"\n", b"\n "))
    commit = commit_of(repo, said.replace(b"%s", calls))
    judged(repo, f"commit:{commit}", "range")


def test_message_that_is_too_large(repo: Watched) -> None:
    """A message of more than 16 MiB is a gap at its commit, and the others are judged."""
    commit = commit_of(repo, b"author %b\ncommitter %b\n\n" % (WHO, WHO) + b"All is well.\n" * 1_500_000)
    for name in ("range", "history"):
        seen = repo.door(name)
        unread(seen, {"old.vcf"}, "too-large")
        assert seen.gaps() == [(f"commit:{commit}", "too-large")]


def test_many_messages(repo: Watched) -> None:
    """Messages that are more than is kept are read a second time, and the last of them is judged as the first."""
    text = samples.prose(1000) * 200
    for number in range(30):
        commit_of(repo, b"author %b\ncommitter %b\n\n%d %b\n" % (WHO, WHO, number, text))
    commit = commit_of(repo, b"author %b\ncommitter %b\n\n" % (WHO, WHO) + repo.calls())
    judged(repo, f"commit:{commit}", "history")


@pytest.mark.parametrize("kind", ["blob", "tree", "chain", "message", "name"])
def test_tags(repo: Watched, kind: str) -> None:
    """What only a tag reaches, also by a thousand tags, and what a tag says of itself, is judged in a push and a history."""
    blob = put(repo, "blob", repo.calls())
    tree = put(repo, "tree", b"100644 x.vcf\0" + bytes.fromhex(blob))
    at, of, said, name = (blob, "blob", b"x", b"v1") if kind != "tree" else (tree, "tree", b"x", b"v1")
    if kind in {"message", "name"}:
        at, of = repo.resolved("HEAD"), "commit"
        said, name = (repo.calls(), b"v1") if kind == "message" else (b"x", b"v1")
    tag = ""
    for _each in range(1000 if kind == "chain" else 1):
        tag = put(repo, "tag", b"object %b\ntype %b\ntag %b\ntagger %b\n\n%b\n" % (at.encode(), of.encode(), name, WHO, said))
        at, of = tag, "tag"
    moved(repo, tag, "refs/tags/v1")
    wanted = {"blob": f"object:{blob}", "chain": f"object:{blob}", "tree": "x.vcf", "message": "tag:v1"}.get(kind)
    seen = repo.door("history")
    assert (seen.found(), seen.gaps()) == ({"old.vcf"} | ({wanted} if wanted else set()), [])
    seen = repo.watched(["pytest_genomic_guard.hooks.push", "origin", "x"], f"v1 {tag} refs/tags/v1 {ZERO}\n".encode())
    assert (seen.code, "0 not read" in seen.out) == (1, True)
    assert wanted is None or wanted in seen.out


NAMES = [
    b"-c", b"--output=x", b" lead", b"trail ", b"tab\tname", b"line\nfeed", b"\x01\x1b[31m", b"\xff\xfe", b"\\x", b'"quoted"',
    b"a" * 4000,    b".GIT", b"git~1", b".git", b"..", b".", b"a/b", b"COM1", b"x:y", b"*",
    b":(top)x", b"\xe2\x80\xa8", b"x\r", b"?",
]  # fmt: skip


def test_names(repo: Watched) -> None:
    """Files of any names that an object can hold are judged, each of them; also those that git refuses to check out."""
    planted(repo, [(b"100644", name, put(repo, "blob", repo.calls())) for name in NAMES])
    repo.git("rm", "-q", "--cached", "new.vcf", check=False)
    for door in ("range", "history"):
        seen = repo.door(door)
        assert (seen.code, len(seen.found()), seen.gaps()) == (1, len(NAMES) + 1, []), seen.err
    said = repo.door("push").out
    assert f"FAIL  {len(NAMES) + 1} fail, 0 warn, 0 waived, 0 not read" in said
    assert not {"\x1b", "\t", "\r", "\x01", "\u2028"}.intersection(said)
    assert "line\\nfeed" in said


@pytest.mark.parametrize(
    "entries",
    [
        [(b"100644", b"x.vcf"), (b"100644", b"x.vcf")],
        [(b"100644", b"X.vcf"), (b"100644", b"x.vcf")],
        [(b"000100644", b"x.vcf")],
        [(b"100666", b"x.vcf")],
        [(b"120000", b"x.vcf")],
        [(b"100644", b"z"), (b"100644", b"a")],
        [(b"100644", b"")],
        [(b"40000", b"x")],
        [(b"9", b"x")],
        [(b"", b"x")],
    ],
    ids=range(10),
)
def test_trees(repo: Watched, entries: list[tuple[bytes, bytes]]) -> None:
    """Trees that git fsck refuses hide nothing: the leak in them is found, or there is a gap; what else there is, is judged."""
    blob = put(repo, "blob", repo.calls())
    planted(repo, [(mode, name, blob) for mode, name in entries])
    for door in ("range", "history"):
        seen = repo.door(door)
        assert seen.code == 1, (door, seen.err)
        assert len(seen.found()) >= 2 or seen.gaps(), door
        assert "old.vcf" in seen.found()
    assert repo.door("push").code == 1


def test_wide_and_deep_trees(repo: Watched) -> None:
    """A folder of twenty thousand names, and two thousand folders in one another, are judged to the last."""
    blob, leak = put(repo, "blob", b"x\n"), put(repo, "blob", repo.calls())
    wide = put(repo, "tree", b"".join(b"100644 %06d\0" % number + bytes.fromhex(blob) for number in range(20_000)))
    deep = put(repo, "tree", b"100644 x.vcf\0" + bytes.fromhex(leak))
    for _level in range(2000):
        deep = put(repo, "tree", b"40000 d\0" + bytes.fromhex(deep))
    planted(repo, [(b"40000", b"deep", deep), (b"40000", b"wide", wide)])
    judged(repo, "deep/" + "d/" * 2000 + "x.vcf", "range history")
