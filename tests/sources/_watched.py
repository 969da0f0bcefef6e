"""Every door to commits, run while somebody looks: what our process starts, opens for writing and asks, and what it changes."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from _scratch import Ran, Repo, environment

from pytest_genomic_guard.sources.git import _SAFE
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Mapping

GEN101 = "GEN101"
GEN102 = "GEN102"  # the same, inside of other text
ZERO = "0" * 40
MEMORY = 300  # MiB, of our process
GIT = 600  # MiB, of any git: its bound is 512 of its own, besides what it maps
DOORS = "range history push"
REAL = os.path.realpath(shutil.which("git") or "")
# Programs that git, or one of its helpers, would look for on PATH.
SHIMS = [
    "ssh",
    "scp",
    "gpg",
    "gpg2",
    "gpgsm",
    "less",
    "more",
    "pager",
    "vi",
    "editor",
    "curl",
    "git-lfs",
    "git-remote-https",
    "watchman",
]
# Runs a module as `python -I -m` does, and notes what the audit events of Python tell, then how much memory was needed.
_PRELUDE = """
import atexit, json, os, resource, runpy, sys
log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
changing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
told = ("subprocess.", "socket.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.remove", "os.rename",
        "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.utime", "shutil.", "ctypes.",
        "urllib.", "pickle.", "marshal.load")
def tell(event, *said):
    text = [os.fsdecode(each) if isinstance(each, bytes) else str(each) for each in said]
    os.write(log, json.dumps([event, *text]).encode() + b"\\n")
def watch(event, args):
    if event == "open":
        if isinstance(args[2], int) and args[2] & changing and not isinstance(args[0], int):
            tell("write", args[0])
    elif event == "subprocess.Popen":
        tell(event, *args[1])
    elif event.startswith(told):
        tell(event, *[each for each in args if isinstance(each, (str, bytes))])
def peak():
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # on Linux also that of the process that started this one
    try:
        with open("/proc/self/status") as status:
            own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        pass
    tell("peak", own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
module, sys.argv = sys.argv[2], sys.argv[2:]
atexit.register(peak)
sys.addaudithook(watch)
runpy.run_module(module, run_name="__main__", alter_sys=True)
"""
_HARMLESS = {"marshal.loads", "marshal.load", "ctypes.dlopen", "ctypes.dlsym"}


class Watched(Repo):
    """A repository with a clean commit tagged base, a call set that came and went since, and another that is staged."""

    def __init__(self, root: Path, *init: str) -> None:
        """Create it."""
        super().__init__(root, *init)
        self.people = [samples.name() for _each in range(2)]
        self.marker = root.parent / "marker"
        self.commit("plain.txt", samples.prose())
        self.git("tag", "base")
        self.commit("old.vcf", self.calls())
        self.git("rm", "-q", "old.vcf")
        self.commit()
        self.add("new.vcf", self.calls())

    def calls(self) -> bytes:
        """Return calls of the people whose names must never show."""
        return samples.vcf(names=",".join(self.people))

    def program(self) -> str:
        """Return a program that leaves a mark where it is run."""
        path = self.root.parent / "hostile.sh"
        path.write_text(f"#!/bin/sh\necho ran >> {shlex.quote(str(self.marker))}\n")
        path.chmod(0o755)
        return str(path)

    def shims(self) -> str:
        """Return a PATH on which hostile programs come before the real ones, for all that git might look for."""
        folder = self.root.parent / "shims"
        folder.mkdir(exist_ok=True)
        for name in SHIMS:
            shutil.copy(self.program(), folder / name)
        return f"{folder}{os.pathsep}{os.environ['PATH']}"

    def doors(self, names: str = "tree staged range history push message", **env: str) -> dict[str, Seen]:
        """Run doors by name; assert of each that it changed nothing here, ran nothing but git, and asked no network."""
        return {name: self.door(name, **env) for name in names.split()}

    def door(self, name: str, **env: str) -> Seen:
        """Run one door as `doors` does."""
        head = self.resolved("HEAD")
        said = self.root.parent / "message.txt"
        said.write_bytes(b"Subject\n\n" + self.calls())
        main = "pytest_genomic_guard"
        command, stdin = {
            "tree": ([main, "scan", "--format", "json"], b""),
            "staged": ([main, "scan", "--format", "json", "--staged"], b""),
            "range": ([main, "scan", "--format", "json", "--range", "base..HEAD"], b""),
            "history": ([main, "scan", "--format", "json", "--history", "--reflog"], b""),
            "push": (
                [f"{main}.hooks.push", "origin", "ssh://example.org/x"],
                f"refs/heads/main {head} refs/heads/main {ZERO}\n".encode(),
            ),
            "message": ([f"{main}.hooks.message", str(said)], b""),
        }[name]
        return self.watched(command, stdin, **env)

    def resolved(self, name: str) -> str:
        """Return an id, zeros where there is none."""
        found = self.git("rev-parse", "--verify", "-q", name, check=False).decode().strip()
        return found or ZERO

    def watched(self, command: list[str], stdin: bytes = b"", **env: str) -> Seen:
        """Run a module with arguments."""
        with tempfile.NamedTemporaryFile(suffix=".log") as log:
            before = digest(self.root)
            done = subprocess.run(
                [sys.executable, "-I", "-c", _PRELUDE, log.name, *command],
                cwd=self.root,
                env=environment(**env),
                input=stdin,
                capture_output=True,
                timeout=300,
                check=False,
            )
            assert digest(self.root) == before, "something in the repository has changed"
            events = [json.loads(line) for line in Path(log.name).read_bytes().splitlines()]
        seen = Seen(done.returncode, done.stdout, done.stderr, events)
        seen.harmless(self.root)
        assert not self.marker.exists(), "a hostile program was run"
        for text in (seen.out, seen.err):
            for person in self.people:
                assert person not in text
        return seen


class Seen(Ran):
    """What a command left, and what it did meanwhile."""

    def __init__(self, code: int, out: bytes, err: bytes, events: list[list[str]]) -> None:
        """Take events with their arguments."""
        super().__init__(code, out, err)
        self.events = [each for each in events if each[0] != "peak"]
        own, child = next((each[1:] for each in events if each[0] == "peak"), ("0", "0"))
        self.peak, self.child = int(own) >> 10, int(child) >> 10  # MiB
        for stream in (self.out, self.err):
            for word in ("Traceback", "internal error", "Exception ignored"):
                assert word not in stream, stream

    def harmless(self, root: Path) -> None:
        """Assert that git alone was started, with its guards, and nothing inside of the repository opened for writing."""
        assert self.events, "nothing was noted"
        for event, *said in self.events:
            if event == "subprocess.Popen":
                assert os.path.realpath(said[0]) == REAL, said
                assert tuple(said[1 : 1 + len(_SAFE)]) == _SAFE, said
            elif event.startswith("os.") or event == "write":
                assert not any(_inside(each, root) for each in said), (event, said)
            elif event == "pickle.find_class":  # what our own processes send to each other
                assert said[0].partition(".")[0] in {"concurrent", "multiprocessing", "builtins", "pytest_genomic_guard"}, said
            else:
                assert event in _HARMLESS, (event, said)

    def found(self) -> set[str]:
        """Return the paths with a finding of people's calls."""
        return {path for code, outcome, path in self.codes() if (code, outcome) in {(GEN101, "fail"), (GEN102, "warn")}}

    def reasons(self) -> set[str]:
        """Return why something was not read."""
        return {reason for _path, reason in self.gaps()}


def digest(root: Path) -> Mapping[str, tuple[int, int, int, bytes]]:
    """Return mode, size, time and digest of all that lies below a folder."""
    found = {}
    for folder, folders, files in os.walk(os.fsencode(root)):
        for name in [*folders, *files]:
            path = os.path.join(folder, name)
            told = os.lstat(path)
            if stat.S_ISLNK(told.st_mode):
                content = os.readlink(path)
            elif stat.S_ISREG(told.st_mode):
                with open(path, "rb") as file:
                    content = hashlib.file_digest(file, "sha256").digest()
            else:
                content = b""
            found[os.fsdecode(path)] = (told.st_mode, told.st_size, told.st_mtime_ns, content)
    return found


def _inside(path: str, root: Path) -> bool:
    full = os.path.realpath(os.path.join(root, path))
    return full == str(root) or full.startswith(f"{root}{os.sep}")


def put(repo: Repo, kind: str, body: bytes) -> str:
    """Write an object as it is, also one that git would refuse to make; return its id."""
    data = f"{kind} {len(body)}".encode() + b"\0" + body
    name = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    path = repo.root / ".git" / "objects" / name[:2] / name[2:]
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        path.write_bytes(zlib.compress(data, 1))
    return name


def planted(repo: Repo, entries: list[tuple[bytes, bytes, str]], message: bytes = b"work\n", parent: str = "HEAD") -> str:
    """Move the branch to a commit whose tree has these entries of mode, name and id, in this order."""
    tree = put(repo, "tree", b"".join(mode + b" " + name + b"\0" + bytes.fromhex(each) for mode, name, each in entries))
    return grown(repo, tree, message, parent)


def grown(repo: Repo, tree: str, message: bytes = b"work\n", parent: str = "HEAD") -> str:
    """Move the branch to a commit with a tree."""
    above = repo.git("rev-parse", "--verify", "-q", parent).decode().strip()
    who = b"Author <author@example.org> 1700000000 +0000"
    head = b"tree %b\nparent %b\nauthor %b\ncommitter %b\n\n" % (tree.encode(), above.encode(), who, who)
    commit = put(repo, "commit", head + message)
    moved(repo, commit)
    return commit


def moved(repo: Repo, commit: str, ref: str = "refs/heads/main") -> None:
    """Let a ref name an object, without asking git whether it may."""
    path = repo.root / ".git" / ref
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(commit.encode() + b"\n")


def caught(repo: Watched, names: str = "tree staged range history push message", **env: str) -> None:
    """Assert that every door catches its leak, and reads all."""
    doors = repo.doors(names, **env)
    expected = {"tree": {"new.vcf"}, "staged": {"new.vcf"}, "range": {"old.vcf"}, "history": {"old.vcf"}}
    for name, seen in doors.items():
        assert seen.code == 1, (name, seen.err)
        if name in expected:
            assert (seen.found(), seen.gaps()) == (expected[name], []), name
        else:
            assert GEN101 in seen.out
            assert ("old.vcf" if name == "push" else "commit:message") in seen.out
            assert "0 not read" in seen.out


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
