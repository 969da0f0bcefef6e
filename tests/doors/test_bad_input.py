"""Bad input through every door: a finding, a gap or a clear error, never a traceback, and nothing else is lost by it."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest
from _bad_input import (
    DOORS,
    EVERYTHING,
    FOLDER,
    GENOMIC,
    NAMES,
    PYTEST,
    SCAN,
    UNDER_PYTEST,
    Door,
    Running,
    endless,
    stalling_git,
    told,
)
from _scratch import Repo, guard, hook, run, without_rights

from pytest_genomic_guard.testing import DIRECTIVES, samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LEAK = "beside.vcf"
every_door = pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)


def _people_in(encoding: str) -> Callable[[], bytes]:
    """Return a maker of a call set whose first sample has a name that is no ASCII."""
    return lambda: samples.vcf(names=f"Zoë{samples.name()},{samples.name()}").decode().encode(encoding)


# Files that are hard to read: what is in them, and the reason of the gap, "people" for a finding, or "" for nothing to tell.
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut.txt.gz": (lambda: DIRECTIVES["gzip"](samples.prose(4000))[:-400], "truncated"),
    "only-a-magic.gz": (lambda: b"\x1f\x8b\x08", "truncated"),
    "no-trailer.gz": (lambda: DIRECTIVES["gzip"](samples.prose())[:-8], "truncated"),
    "cut-block.vcf.gz": (lambda: DIRECTIVES["bgzf"](samples.vcf(samples=0, variants=5000))[:-5000], "truncated"),
    "damaged.gz": (lambda: DIRECTIVES["damaged"](DIRECTIVES["gzip"](samples.prose(400))), "corrupt"),
    "checksum.gz": (lambda: DIRECTIVES["gzip"](samples.prose())[:-8] + bytes(8), "corrupt"),
    "followed.gz": (lambda: DIRECTIVES["gzip"](samples.prose()) + b"more", "trailing-data"),
    "cut-people.vcf.gz": (lambda: DIRECTIVES["bgzf"](samples.vcf(variants=5000))[:-5000], "people"),
    "latin.txt": (lambda: "grün, Ñandú, 5 €\n".encode("cp1252") * 9 + samples.prose(), ""),
    "latin.vcf": (_people_in("latin-1"), "people"),
    "wide.txt": (lambda: DIRECTIVES["utf-16"](samples.prose()), ""),
    "wide.vcf": (_people_in("utf-16"), "people"),
    "wide-no-mark.vcf": (_people_in("utf-16-le"), "people"),
    "wide-big-end.vcf": (_people_in("utf-16-be"), "people"),
    "odd-length.vcf": (lambda: _people_in("utf-16")() + b"x", "people"),
    "lone-half.vcf": (lambda: _people_in("utf-16-le")() + b"\x00\xd8", "people"),
}


@every_door
@pytest.mark.parametrize("name", FILES)
def test_files_that_are_hard_to_read(repo: Repo, door: Door, name: str) -> None:
    """Truncated, damaged, in another encoding: found where people are, quiet where not, a gap where nobody can tell."""
    make, outcome = FILES[name]
    repo.write(name, make())
    people = [name] if outcome == "people" else []
    gaps = {} if outcome in {"people", ""} else {name: outcome}
    ran = door.open(repo)
    assert ran.code == (1 if people else door.incomplete if gaps else 0), ran.out
    told(ran, gaps, people, quiet=[] if gaps or people else [name])


@every_door
def test_all_of_them_at_once(repo: Repo, door: Door) -> None:
    """No hard file hides another one, or the leak beside them."""
    for name, (make, _outcome) in FILES.items():
        repo.write(name, make())
    repo.write(LEAK, samples.vcf())
    ran = door.open(repo)
    assert ran.code == 1
    gaps = {name: outcome for name, (_make, outcome) in FILES.items() if outcome not in {"", "people"}}
    told(ran, gaps, [LEAK, *(name for name, (_make, outcome) in FILES.items() if outcome == "people")], ["latin.txt", "wide.txt"])


def test_missing_path(tmp_path: Path, repo: Repo) -> None:
    """A path that is not there is told before anything is scanned, also beside one that is, in a folder as in a repository."""
    (tmp_path / LEAK).write_bytes(samples.vcf())
    for ran in (
        guard("scan", "missing", LEAK, cwd=tmp_path),
        guard("scan", "missing/below", cwd=tmp_path),
        guard("scan", LEAK, "missing", cwd=repo.root),
    ):
        assert (ran.code, ran.out) == (2, "")
        assert "does not exist" in ran.err


@pytest.mark.parametrize("door", [EVERYTHING, GENOMIC], ids=lambda door: door.name)
def test_missing_name_for_a_hook(repo: Repo, door: Door) -> None:
    """A name that is neither staged nor there is a gap, and the staged leak beside it is found."""
    repo.add(LEAK, samples.vcf())
    ran = hook(door.name, "missing.txt", LEAK, cwd=repo.root)
    assert ran.code == 1
    told(ran, {"missing.txt": "vanished"}, [LEAK])
    assert hook(door.name, "missing.txt", cwd=repo.root).code == 3


def test_file_without_permission(repo: Repo) -> None:
    """A named file that may not be read is a gap, and the named file beside it is judged."""
    repo.write(LEAK, samples.vcf())
    repo.write("closed.vcf", samples.vcf()).chmod(0)
    ran = NAMES.open(repo, before=without_rights)
    assert ran.code == 1
    told(ran, {"closed.vcf": "unreadable"}, [LEAK])


def test_without_permission_under_pytest(repo: Repo) -> None:
    """A file and a folder that may not be read are gaps under pytest, and the file beside them is judged."""
    repo.write(LEAK, samples.vcf())
    repo.write("closed.vcf", samples.vcf()).chmod(0)
    repo.write("folder/x.vcf", samples.vcf())
    (repo.root / "folder").chmod(0)
    ran = run([*PYTEST, "--genomic-guard-only"], repo.root, before=without_rights)  # pytest cannot collect from that folder
    (repo.root / "folder").chmod(0o700)
    assert ran.code == 1
    told(ran, {"closed.vcf": "unreadable", "folder": "unreadable"}, [LEAK])


@pytest.mark.parametrize("door", [EVERYTHING, GENOMIC, UNDER_PYTEST], ids=lambda door: door.name)
def test_objects_without_permission(repo: Repo, door: Door) -> None:
    """An object of git that may not be read is a gap, and the one beside it is found; the index itself is an error."""
    repo.add("closed.vcf", samples.vcf())
    repo.add(LEAK, samples.vcf())
    (repo.root / "closed.vcf").unlink()
    blob = repo.blob("closed.vcf")
    blob.chmod(0)
    command = door.command(repo)
    ran = run(command, repo.root, before=without_rights)
    assert ran.code == 1
    told(ran, {"closed.vcf": "missing-object"}, [LEAK])
    (repo.root / ".git" / "index").chmod(0)
    ran = run(command, repo.root, before=without_rights)
    assert ran.code == door.incomplete
    assert "git ls-files failed" in ran.out + ran.err


def _socket(path: Path) -> None:
    here = os.open(".", os.O_RDONLY)
    os.chdir(path.parent)  # a socket's name is short
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.fchdir(here)
        os.close(here)


SPECIAL: dict[str, Callable[[Path], None]] = {
    "fifo": os.mkfifo,
    "socket": _socket,
}


@pytest.mark.parametrize("kind", SPECIAL)
@pytest.mark.parametrize("door", [SCAN, NAMES, UNDER_PYTEST], ids=lambda door: door.name)
def test_special_file_in_the_tree(repo: Repo, door: Door, kind: str) -> None:
    """A FIFO or socket where a file was committed, or by its name, is a gap that nobody waits at."""
    repo.commit("odd", samples.prose())
    repo.write(LEAK, samples.vcf())
    (repo.root / "odd").unlink()
    SPECIAL[kind](repo.root / "odd")
    ran = door.open(repo)
    assert ran.code == 1
    told(ran, {"odd": "special-file"}, [LEAK])


@pytest.mark.parametrize("kind", SPECIAL)
@pytest.mark.parametrize("door", [EVERYTHING, GENOMIC], ids=lambda door: door.name)
def test_special_file_and_hooks(repo: Repo, door: Door, kind: str) -> None:
    """A hook judges what is staged where the work tree has a FIFO or socket; one that is not staged at all is a gap."""
    repo.add(LEAK, samples.vcf())
    (repo.root / LEAK).unlink()
    SPECIAL[kind](repo.root / LEAK)
    SPECIAL[kind](repo.root / "odd")
    ran = hook(door.name, LEAK, "odd", cwd=repo.root)
    assert ran.code == 1
    told(ran, {"odd": "special-file"}, [LEAK])


@pytest.mark.parametrize("door", [EVERYTHING, GENOMIC], ids=lambda door: door.name)
def test_device_for_a_hook(repo: Repo, door: Door) -> None:
    """A device that a hook is given is a gap and not read; a staged link to one is a name."""
    repo.add(LEAK, samples.vcf())
    (repo.root / "zero").symlink_to("/dev/zero")
    repo.git("add", "zero")
    ran = hook(door.name, "zero", LEAK, "/dev/zero", cwd=repo.root)
    assert ran.code == 1
    told(ran, {os.path.relpath("/dev/zero", repo.root): "special-file"}, [LEAK])


def test_link_loop_under_pytest(repo: Repo) -> None:
    """Links that lead to each other are gaps; one that leads upwards, or nowhere, is not followed."""
    for name, target in {"one": "two", "two": "one", "up": ".", "nowhere": "missing"}.items():
        (repo.root / name).symlink_to(target)
    repo.write(LEAK, samples.vcf())
    ran = UNDER_PYTEST.open(repo)
    assert ran.code == 1
    told(ran, {"one": "link-loop", "two": "link-loop"}, [LEAK], ["up", "nowhere"])


def test_named_link_loop(tmp_path: Path, repo: Repo) -> None:
    """A link that is named and leads back to itself, or nowhere, is told before anything is scanned."""
    for folder in (tmp_path / "folder", repo.root):
        folder.mkdir(exist_ok=True)
        (folder / "one").symlink_to("one")
        (folder / "nowhere").symlink_to("missing")
        for name in ("one", "nowhere"):
            ran = guard("scan", name, cwd=folder)
            assert (ran.code, ran.out) == (2, "")
            assert "leads nowhere" in ran.err


@pytest.mark.parametrize("door", [EVERYTHING, GENOMIC], ids=lambda door: door.name)
def test_link_loop_in_the_index(repo: Repo, door: Door) -> None:
    """What git keeps of a link is the name of its target, which is read to its end."""
    (repo.root / "one").symlink_to("one")
    repo.write(LEAK, samples.vcf())
    ran = door.open(repo)
    assert ran.code == 1
    told(ran, {}, [LEAK])
    assert "2 files of the index: 1 full, 1 verdict-by-header" in ran.out


@pytest.fixture
def one_processor() -> Iterator[None]:
    """Let what is started now have one processor, so that files are read one after another."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    yield
    os.sched_setaffinity(0, before)


@pytest.mark.usefixtures("one_processor")
@pytest.mark.parametrize("door", [SCAN, FOLDER, NAMES, UNDER_PYTEST], ids=lambda door: door.name)
def test_file_that_vanishes(repo: Repo, door: Door) -> None:
    """A file that goes while another is being read is a gap, and what comes after it is found."""
    endless(repo.root / "a-long-one")
    repo.write("in-between.vcf", samples.vcf())
    repo.write("last.vcf", samples.vcf())
    if door in {FOLDER, NAMES}:
        (repo.root / ".git").rename(repo.root.parent / "moved-away")
    running = Running(door.command(repo), repo.root)
    running.wait_until(lambda: running.reads("a-long-one"))
    (repo.root / "in-between.vcf").unlink()
    os.truncate(repo.root / "a-long-one", 0)
    ran = running.end()
    assert ran.code == 1
    told(ran, {"in-between.vcf": "vanished"}, ["last.vcf"])


@pytest.mark.parametrize("door", [EVERYTHING, GENOMIC], ids=lambda door: door.name)
def test_object_that_vanishes(repo: Repo, tmp_path: Path, door: Door) -> None:
    """A staged blob that goes between listing and reading is a gap, and the blob after it is found."""
    repo.add("in-between.vcf", samples.vcf())
    repo.add("last.vcf", samples.vcf())
    blob = repo.blob("in-between.vcf")
    tools, mark = stalling_git(tmp_path / "tools", "cat-file")
    script = (tools / "git").read_text().replace("exec sleep 600", f'rm -f "{blob}"')
    (tools / "git").write_text(script)
    ran = door.open(repo, env={"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"})
    assert mark.exists()
    assert ran.code == 1
    told(ran, {"in-between.vcf": "missing-object"}, ["last.vcf"])
