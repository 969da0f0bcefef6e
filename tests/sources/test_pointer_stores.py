"""Hostile pointers and stores: nothing outside of the git directory is read; what git-lfs takes for a pointer is followed."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from _pointers import VERSION, keep, oid, place, pointer
from _scratch import Repo, run, scan

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

PARTIAL = [("GEN602", "warn", "x.vcf"), ("RUN102", "warn", "x.vcf")]
FOUND = [("GEN101", "fail", "x.vcf")]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return an empty repository."""
    return Repo(tmp_path / "repo")


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
    assert is_one or {code for code, _outcome, _path in ran.codes()} <= {"RUN102", "GEN602"}


@pytest.mark.skipif(shutil.which("git-lfs") is None, reason="git-lfs is not installed; the table above was made with it")
@pytest.mark.parametrize("name", _hostile(b""))
def test_git_lfs_agrees(repo: Repo, name: str) -> None:
    """The table above is what git-lfs itself says; capitals were pointers to older versions."""
    data, is_one = _hostile(b"plain words\n")[name]
    (repo.root / "data").write_bytes(data)
    done = run(["git", "lfs", "pointer", "--check", "--file", "data"], repo.root)
    assert (done.code == 0) == (is_one and name != "capitals")
