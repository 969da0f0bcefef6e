"""Scratch repositories, and the commands run as users run them: in a process of their own, in a scrubbed environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema

from pytest_genomic_guard.cli.schemas import report_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_KEPT = {"PATH", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT", "COVERAGE_PROCESS_START"}
_COMMAND = [sys.executable, "-I", "-m", "pytest_genomic_guard"]


def environment(**more: str) -> dict[str, str]:
    """Return an environment without anything of the caller's git, and with an identity to commit by."""
    kept = {name: value for name, value in os.environ.items() if name in _KEPT}
    return {
        **kept,
        "HOME": str(Path(tempfile.gettempdir()) / "no-such-home"),
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": "Author",
        "GIT_AUTHOR_EMAIL": "author@example.org",
        "GIT_COMMITTER_NAME": "Author",
        "GIT_COMMITTER_EMAIL": "author@example.org",
        **more,
    }


class Ran:
    """What a command left: exit status and both streams."""

    def __init__(self, code: int, out: bytes, err: bytes) -> None:
        """Keep the bytes as well as the texts."""
        self.code, self.raw_out, self.raw_err = code, out, err
        self.out, self.err = out.decode("utf-8", "backslashreplace"), err.decode("utf-8", "backslashreplace")

    @property
    def json(self) -> Any:
        """Return stdout as a report that fits the shipped schema."""
        return valid(self.out)

    def codes(self) -> list[tuple[str, str, str]]:
        """Return code, outcome and path of each finding of a JSON report."""
        return [(each["code"], each["outcome"], each["path"]) for each in self.json["findings"]]

    def gaps(self) -> list[tuple[str, str]]:
        """Return path and reason of each gap of a JSON report."""
        return [(each["path"], each["reason"]) for each in self.json["gaps"]]


def valid(text: str) -> Any:
    """Return a JSON report after holding it against its schema."""
    found = json.loads(text)
    jsonschema.validate(found, report_schema())
    return found


def run(
    command: list[str | bytes],
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdout: int | None = None,
    before: Callable[[], object] | None = None,
) -> Ran:
    """Run a command; no traceback and no error of ours that nobody thought of may ever show."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment(**(env or {})),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if stdout is None else stdout,
        stderr=subprocess.PIPE,
        preexec_fn=before,
        timeout=300,
        check=False,
    )
    ran = Ran(done.returncode, done.stdout or b"", done.stderr)
    for stream in (ran.out, ran.err):
        assert "Traceback" not in stream, stream
        assert "internal error" not in stream, stream
        assert "Exception ignored" not in stream, stream
    return ran


def guard(
    *arguments: str | bytes | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdout: int | None = None,
    before: Callable[[], object] | None = None,
) -> Ran:
    """Run ``genomic-guard`` as the shipped entries do, out of reach of the folder it stands in."""
    given = [os.fspath(each) for each in arguments]
    return run([*_COMMAND, *given], cwd, env, stdout, before)


def scan(*arguments: str | bytes | Path, cwd: Path, env: Mapping[str, str] | None = None) -> Ran:
    """Run ``genomic-guard scan --format json``."""
    return guard("scan", "--format", "json", *arguments, cwd=cwd, env=env)


def hook(name: str, *arguments: str | bytes, cwd: Path, env: Mapping[str, str] | None = None) -> Ran:
    """Run a pre-commit hook as its manifest entry does."""
    return run([sys.executable, "-I", "-m", f"pytest_genomic_guard.hooks.{name}", *arguments], cwd, env)


class Repo:
    """A git repository in a temporary folder."""

    def __init__(self, root: Path, *init: str) -> None:
        """Create it; `init` are further options of ``git init``."""
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", *init)

    def git(self, *arguments: str | bytes, stdin: bytes | None = None, check: bool = True) -> bytes:
        """Run git and return what it prints."""
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=environment(), input=stdin, capture_output=True, timeout=120, check=False
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout

    def write(self, name: str | bytes, data: bytes) -> Path:
        """Write a file, and the folders above it."""
        path = self.root / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def add(self, name: str | bytes, data: bytes) -> Path:
        """Write a file and stage it, ignored or not."""
        path = self.write(name, data)
        self.git("--literal-pathspecs", "add", "-f", "--", name)
        return path

    def commit(self, name: str | bytes = "", data: bytes = b"") -> Path:
        """Commit what is staged, after adding a file when one is given."""
        path = self.add(name, data) if name else self.root
        self.git("commit", "-q", "--allow-empty", "--no-verify", "-m", "work")
        return path

    def blob(self, name: str) -> Path:
        """Return the loose object of a staged file."""
        found = self.git("rev-parse", f":{name}").decode().strip()
        return self.root / ".git" / "objects" / found[:2] / found[2:]


def without_rights() -> None:
    """Take from a child of root the right to read what its mode forbids; for anybody else that is so already."""
    if os.geteuid() == 0:
        import ctypes  # noqa: PLC0415 - in the child only

        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH; 24 is PR_CAPBSET_DROP
            assert ctypes.CDLL(None, use_errno=True).prctl(24, capability, 0, 0, 0) == 0
