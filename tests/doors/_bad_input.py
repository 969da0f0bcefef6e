"""One repository seen through every door: the command line, both hooks, pytest."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from _pytest_door import WITHOUT_STRANGERS
from _scratch import Ran, Repo, environment, run

from pytest_genomic_guard.model import REASONS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PYTEST = [sys.executable, "-I", "-m", "pytest", *WITHOUT_STRANGERS, "-p", "no:cacheprovider", "--genomic-guard"]
GUARD = [sys.executable, "-I", "-m", "pytest_genomic_guard"]
_MEMORY = 1 << 30


class Door:
    """A way in, and the exit statuses that it has for what the others call 3 and 2."""

    def __init__(self, name: str, *, index: bool = False, incomplete: int = 3, usage: int = 2) -> None:
        """Take the name; `index` tells that it judges what is staged."""
        self.name, self.index, self.incomplete, self.usage = name, index, incomplete, usage

    def command(self, repo: Repo) -> list[str | bytes]:
        """Return what a user, or pre-commit, runs in the repository; with the names of its staged files where names are given."""
        names: list[str | bytes] = [name for name in repo.git("ls-files", "-z", check=False).split(b"\0") if name]
        if self.name == "pytest":
            return [*PYTEST]
        if self.index:
            return [sys.executable, "-I", "-m", f"pytest_genomic_guard.hooks.{self.name}", "--", *names]
        return [*GUARD, "scan", *(os.listdir(repo.root) if self.name == "names" else ())]

    def open(
        self,
        repo: Repo,
        env: Mapping[str, str] | None = None,
        stdout: int | None = None,
        before: Callable[[], object] | None = None,
    ) -> Ran:
        """Go in: judge everything in the repository, or in the folder that it was made from."""
        if self.name in {"folder", "names"} and (repo.root / ".git").exists():
            (repo.root / ".git").rename(repo.root.parent / "moved-away")
        elif self.index and (repo.root / ".git").exists():
            repo.git("add", "-A", "-f", check=False)
        return run(self.command(repo), repo.root, env, stdout, before)


SCAN, FOLDER, NAMES = Door("scan"), Door("folder"), Door("names")
EVERYTHING, GENOMIC = Door("everything", index=True), Door("genomic", index=True)
UNDER_PYTEST = Door("pytest", incomplete=1, usage=4)
DOORS = (SCAN, FOLDER, NAMES, EVERYTHING, GENOMIC, UNDER_PYTEST)


def told(ran: Ran, gaps: Mapping[str, str], leaks: Sequence[str] = (), quiet: Sequence[str] = ()) -> None:
    """Assert that a text report names these gaps with their reasons and these leaks, nothing else, and not the quiet ones."""
    lines = [line.strip() for line in ran.out.splitlines()]
    for path, reason in gaps.items():
        places = [at for at, line in enumerate(lines) if line == path or line.startswith(f"{path}  ")]
        assert any(lines[at + 1].startswith(REASONS[reason]) for at in places), ran.out
    for path in leaks:
        assert any(line.startswith((f"{path}:", f"{path}  ")) for line in lines), ran.out
    for path in quiet:
        assert not any(line.startswith(path) for line in lines), ran.out
    assert ("GEN101" in ran.out) is bool(leaks), ran.out
    assert ("RUN101" in ran.out) is bool(gaps), ran.out


def little_memory() -> None:
    """Let a child have a gibibyte of addresses."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


class Running:
    """A command that a test interferes with while it runs, in a process group of its own as a terminal's job is."""

    def __init__(self, command: Sequence[str | bytes], cwd: Path, **more: str) -> None:
        """Start it."""
        self._child = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment(**more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Wait for what must happen before the interference."""
        while not ready():
            assert self._child.poll() is None, self._child.communicate()
            time.sleep(0.005)

    def reads(self, name: str) -> bool:
        """Tell whether the command, or a process that it started, has a file of this name open."""
        return any(target.endswith(f"/{name}") for process in self._group() for target in _open_files(process))

    def _group(self) -> list[int]:
        found = []
        for name in os.listdir("/proc"):
            with suppress(ValueError, ProcessLookupError):
                found += [int(name)] if os.getsid(int(name)) == self._child.pid else []
        return found

    def scanning(self) -> int:
        """Return the process that scans: of pytest it is a child."""
        return next(each for each in self._group() if b"\0pytest_genomic_guard\0scan" in Path(f"/proc/{each}/cmdline").read_bytes())

    def control_c(self, process: int | None = None) -> None:
        """Interrupt as a terminal does, which reaches the whole group, or one process only."""
        if process is None:
            os.killpg(self._child.pid, signal.SIGINT)
        else:
            os.kill(process, signal.SIGINT)

    def end(self) -> Ran:
        """Wait for the end, and return what was left."""
        out, err = self._child.communicate(timeout=300)
        ran = Ran(self._child.returncode, out, err)
        assert "Traceback" not in ran.out + ran.err, ran.out + ran.err
        assert "internal error" not in ran.out + ran.err, ran.out + ran.err
        return ran


def _open_files(process: int) -> list[str]:
    found = []
    with suppress(OSError):  # it has ended meanwhile
        for name in os.listdir(f"/proc/{process}/fd"):
            with suppress(FileNotFoundError):  # closed meanwhile
                found.append(os.readlink(f"/proc/{process}/fd/{name}"))
    return found


def endless(path: Path) -> None:
    """Make a file that nobody reads to its end; it takes no disk. It becomes readable when it is cut short."""
    with path.open("wb") as big:
        big.truncate(1 << 36)


def stalling_git(folder: Path, word: str) -> tuple[Path, Path]:
    """Make a git that says so and stops when it is called with `word`; return its folder and the file that it writes then."""
    real = next(Path(part, "git") for part in os.environ["PATH"].split(os.pathsep) if Path(part, "git").exists())
    mark = folder / "git-was-called"
    folder.mkdir(exist_ok=True)
    (folder / "git").write_text(
        f'#!/bin/sh\ncase " $* " in *" {word} "*) : > "{mark}"; exec sleep 600;; esac\nexec "{real}" "$@"\n'
    )
    (folder / "git").chmod(0o755)
    return folder, mark
