"""Objects that are missing, damaged, or without end: what can be read is judged, and the rest is a gap."""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from _watched import DOORS, Watched, grown, planted, put, unread

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def repo(tmp_path: Path) -> Watched:
    """Return a repository with leaks for every door."""
    return Watched(tmp_path / "repo")


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
