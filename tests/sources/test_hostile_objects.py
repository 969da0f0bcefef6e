"""Objects and refs that are damaged, missing, or such as git never makes: what can be read is judged, and the rest is a gap."""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from _watched import GEN101, ZERO, Watched, grown, moved, planted, put

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

    from _watched import Seen

WHO = b"Author <author@example.org> 1700000000 +0000"
MEMORY = 300  # MiB, of our process
GIT = 600  # MiB, of any git: its bound is 512 of its own, besides what it maps
DOORS = "range history push"


@pytest.fixture
def repo(tmp_path: Path) -> Watched:
    """Return a repository with leaks for every door."""
    return Watched(tmp_path / "repo")


def judged(repo: Watched, path: str, names: str = DOORS) -> None:
    """Assert that the doors find a leak at a path beside the one that came and went, and read all."""
    for name, seen in repo.doors(names).items():
        assert seen.code == 1, (name, seen.err)
        if name == "push":
            assert "0 not read" in seen.out
            assert "old.vcf" in seen.out
        else:
            assert seen.found() == {"old.vcf", path}
            assert seen.gaps() == []
        assert max(seen.peak, seen.child) < MEMORY


def unread(seen: Seen, leaks: set[str], *reasons: str) -> None:
    """Assert that a door found leaks, and says that there is something that it could not read."""
    assert (seen.code, seen.found()) == (1, leaks), seen.err
    assert seen.reasons() == set(reasons)
    assert (seen.peak < MEMORY, seen.child < GIT) == (True, True)


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


@pytest.mark.parametrize("kind", ["commit", "tree", "blob"])
@pytest.mark.parametrize("damage", ["gone", "empty", "cut", "other"])
def test_damaged_objects(repo: Watched, kind: str, damage: str) -> None:
    """An object that is missing or damaged is a gap, and what can be read around it is judged, on other branches too."""
    repo.git("checkout", "-q", "-b", "side", "base")
    repo.commit("side.vcf", repo.calls())
    repo.git("checkout", "-q", "main")
    repo.commit("late.vcf", repo.calls())
    name = repo.resolved({"commit": "HEAD~2", "tree": "HEAD~2^{tree}", "blob": "HEAD~2:old.vcf"}[kind])
    path = repo.root / ".git" / "objects" / name[:2] / name[2:]
    data = path.read_bytes()
    path.chmod(0o644)
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "cut": data[: len(data) // 2], "other": zlib.compress(b"x 1\0x")}[damage])
    unread(repo.door("history"), {"late.vcf", "new.vcf", "side.vcf"}, "missing-object")
    unread(repo.door("range"), {"late.vcf"}, "missing-object")
    seen = repo.door("push")
    assert (seen.code, "late.vcf" in seen.out, " 0 not read" in seen.out) == (1, True, False)


@pytest.mark.parametrize("what", ["pack", "idx"])
@pytest.mark.parametrize("damage", ["gone", "garbage", "cut"])
def test_damaged_packs(repo: Watched, what: str, damage: str) -> None:
    """A pack, or its index, that is damaged never makes a repository look clean."""
    repo.git("repack", "-q", "-a", "-d")
    repo.commit("late.vcf", repo.calls())
    (path,) = (repo.root / ".git" / "objects" / "pack").glob(f"*.{what}")
    data = path.read_bytes()
    path.chmod(0o644)
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(b"garbage" * 200 if damage == "garbage" else data[: len(data) // 2])
    for name, seen in repo.doors(DOORS).items():
        assert seen.code in {1, 3}, name
        assert seen.err.startswith("genomic-guard: ") or "GEN101" in seen.out
        assert seen.code == 3 or (seen.reasons() if name != "push" else " 0 not read" not in seen.out)


@pytest.mark.parametrize("what", ["commit-graph", "multi-pack-index"])
@pytest.mark.parametrize("damage", ["cut", "flipped"])
def test_damaged_caches(repo: Watched, what: str, damage: str) -> None:
    """Caches of what objects say are not asked, so that damage or forgery there hides nothing."""
    repo.git("repack", "-q", "-a", "-d")
    repo.git("commit-graph", "write", "--reachable")
    repo.git("multi-pack-index", "write")
    folder = repo.root / ".git" / "objects"
    path = folder / ("info/commit-graph" if what == "commit-graph" else "pack/multi-pack-index")
    data = path.read_bytes()
    path.chmod(0o644)
    flipped = data[:60] + bytes(each ^ 0x55 for each in data[60:])
    path.write_bytes(flipped if damage == "flipped" else data[: len(data) // 2])
    for seen in repo.doors("range history").values():
        assert (seen.code, seen.found(), seen.gaps()) == (1, {"old.vcf"}, [])


@pytest.mark.parametrize(
    ("text", "gap"),
    [("garbage", True), ("", True), ("1" * 40, True), ("ref: refs/heads/x", False), ("ref: refs/heads/none", False)],
)
def test_broken_refs(repo: Watched, text: str, gap: bool) -> None:  # noqa: FBT001 - a parameter
    """A ref that cannot be read, or of which the object is missing, is a gap; one that leads nowhere holds nothing."""
    moved(repo, text, "refs/heads/x")
    seen = repo.door("history")
    assert (seen.code, seen.found(), seen.gaps()) == (1, {"old.vcf"}, [(".", "missing-object")] if gap else [])
    assert repo.door("range").found() == {"old.vcf"}


@pytest.mark.parametrize("head", ["ref: refs/heads/unborn", "ref: refs/heads/../../x", "garbage", "", "1" * 40, "ref: HEAD"])
def test_head(repo: Watched, head: str) -> None:
    """With HEAD unborn or broken the history is judged all the same, or the run is incomplete and says why."""
    repo.write(".git/HEAD", head.encode() + b"\n")
    seen = repo.door("history")
    assert seen.code in {2, 3} or seen.found() == {"old.vcf"}
    assert seen.code == 1 or seen.err.startswith("genomic-guard: ")
    seen = repo.watched(["pytest_genomic_guard", "scan", "--format", "json", "--range", "base..main"])
    assert seen.code in {2, 3} or seen.found() == {"old.vcf"}
    for name in ("tree", "staged"):
        seen = repo.door(name)
        assert seen.code in {2, 3} or "new.vcf" in seen.found()


def test_many_refs(repo: Watched) -> None:
    """A hundred thousand refs are read in one go, also when a push names many of them, and a reflog of as many lines too."""
    head = repo.resolved("HEAD")
    repo.write(".git/packed-refs", b"".join(b"%b refs/tags/%06d\n" % (head.encode(), number) for number in range(100_000)))
    who = b"Author <author@example.org> 1700000000 +0000\twork\n"
    base = repo.resolved("base").encode()
    moved(repo, repo.resolved("base"), "refs/tags/base")
    repo.write(".git/logs/refs/heads/main", b"".join(b"%b %b %b" % (base, head.encode(), who) for _each in range(100_000)))
    seen = repo.door("history")
    assert (seen.code, seen.found(), seen.gaps()) == (1, {"old.vcf"}, [])
    assert max(seen.peak, seen.child) < MEMORY
    lines = b"".join(
        b"refs/tags/%06d %b refs/tags/%06d %b\n" % (each, head.encode(), each, ZERO.encode()) for each in range(20_000)
    )
    seen = repo.watched(["pytest_genomic_guard.hooks.push", "origin", "x"], lines)
    assert (seen.code, GEN101 in seen.out, "0 not read" in seen.out) == (1, True, True)
    assert max(seen.peak, seen.child) < MEMORY


def test_wide_and_deep_trees(repo: Watched) -> None:
    """A folder of twenty thousand names, and two thousand folders in one another, are judged to the last."""
    blob, leak = put(repo, "blob", b"x\n"), put(repo, "blob", repo.calls())
    wide = put(repo, "tree", b"".join(b"100644 %06d\0" % number + bytes.fromhex(blob) for number in range(20_000)))
    deep = put(repo, "tree", b"100644 x.vcf\0" + bytes.fromhex(leak))
    for _level in range(2000):
        deep = put(repo, "tree", b"40000 d\0" + bytes.fromhex(deep))
    planted(repo, [(b"40000", b"deep", deep), (b"40000", b"wide", wide)])
    judged(repo, "deep/" + "d/" * 2000 + "x.vcf", "range history")


def test_tree_that_unfolds_for_ever(repo: Watched) -> None:
    """A tree that names itself tenfold at each of ten levels takes no memory: it is a gap, and each blob is judged once."""
    blob = put(repo, "blob", repo.calls())
    bomb = put(repo, "tree", b"".join(b"100644 f%d\0" % number + bytes.fromhex(blob) for number in range(10)))
    for _level in range(10):
        bomb = put(repo, "tree", b"".join(b"40000 d%d\0" % number + bytes.fromhex(bomb) for number in range(10)))
    grown(repo, bomb)
    seen = repo.door("range")
    unread(seen, {"old.vcf", "d0/" * 10 + "f0"}, "missing-object", "too-many")
    seen = repo.door("staged")
    assert (seen.code, "more memory than the bound" in seen.err) == (3, True)


def test_blob_that_unfolds_for_ever(repo: Watched) -> None:
    """Of 2 kB of a pack git would make 2.4 GB in memory: it does not, the blob is a gap, and the next one is judged."""
    base = (b"nothing at all\n" * 80_000)[:1_000_000]
    copies = 2400
    whole = hashlib.sha1(b"blob %d\0" % (copies * len(base)), usedforsecurity=False)
    for _each in range(copies):
        whole.update(base)
    own = hashlib.sha1(b"blob %d\0" % len(base) + base, usedforsecurity=False)
    unfolded = delta(base, copies)
    first, second = packed(3, len(base), base), packed(7, len(unfolded), unfolded, own.digest())
    body = b"PACK" + struct.pack(">II", 2, 2) + first + second
    index(repo, body + hashlib.sha1(body, usedforsecurity=False).digest(), {own.digest(): first, whole.digest(): second})
    leak = put(repo, "blob", repo.calls())
    planted(repo, [(b"100644", b"big", whole.hexdigest()), (b"100644", b"x.vcf", leak)])
    seen = repo.door("range")
    unread(seen, {"old.vcf", "x.vcf"}, "too-large")
    assert seen.gaps() == [("big", "too-large")]


def packed(kind: int, size: int, data: bytes, base: bytes = b"") -> bytes:
    """Return an object as a pack holds it."""
    first, size = kind << 4 | size & 15, size >> 4
    out = bytearray()
    while size:
        out.append(first | 128)
        first, size = size & 127, size >> 7
    return bytes([*out, first]) + base + zlib.compress(data)


def index(repo: Watched, pack: bytes, objects: dict[bytes, bytes]) -> None:
    """Put a pack into a repository, with an index of ours: git would unfold the objects to make one."""
    folder = repo.root / ".git" / "objects" / "pack"
    folder.mkdir(exist_ok=True)
    names = sorted(objects)
    counts = b"".join(struct.pack(">I", sum(name[0] <= first for name in names)) for first in range(256))
    sums = b"".join(struct.pack(">I", zlib.crc32(objects[name])) for name in names)
    places = b"".join(struct.pack(">I", pack.index(objects[name])) for name in names)
    body = b"\xfftOc" + struct.pack(">I", 2) + counts + b"".join(names) + sums + places + pack[-20:]
    (folder / "pack-x.idx").write_bytes(body + hashlib.sha1(body, usedforsecurity=False).digest())
    (folder / "pack-x.pack").write_bytes(pack)


def delta(base: bytes, copies: int) -> bytes:
    """Return what turns a base into many copies of itself, as packs hold it."""

    def number(value: int) -> bytes:
        out = b""
        while value > 127:
            out += bytes([value & 127 | 128])
            value >>= 7
        return out + bytes([value])

    size = len(base).to_bytes(3, "little")
    return number(len(base)) + number(len(base) * copies) + (b"\xf0" + size) * copies
