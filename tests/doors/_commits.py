"""Repositories with a past, what a scan of commits tells of them, and the hooks of git itself."""

from __future__ import annotations

import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from _scratch import Ran, Repo, environment, scan

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

POLICY = ".genomic-guard.yaml"
ZERO = "0" * 40
FAR = "2999-12-31"


def leak() -> bytes:
    """Return calls of invented people, other ones at each call."""
    return samples.vcf(samples=2)


class Past(Repo):
    """A repository whose commits are a day apart, so that their order is their age."""

    def __init__(self, root: Path, *init: str) -> None:
        """Create it with one commit."""
        self.days = 0
        super().__init__(root, *init)
        self.base = self.save("README.md", b"# nothing to see\n")

    def save(self, name: str | bytes = "", data: bytes = b"", message: str = "work") -> str:
        """Commit what is staged, after adding a file when one is given, and return the commit's id."""
        if name:
            self.add(name, data)
        return self.made("commit", "-q", "--allow-empty", "--no-verify", "-m", message)

    def drop(self, name: str) -> str:
        """Commit that a file goes."""
        self.git("rm", "-q", "--", name)
        return self.save()

    def made(self, *command: str) -> str:
        """Run a command of git at the next day; return where HEAD is afterwards."""
        self.days += 1
        date = f"@{1_700_000_000 + 86_400 * self.days} +0000"
        env = environment(GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date)
        subprocess.run(["git", *command], cwd=self.root, env=env, check=True, capture_output=True)
        return self.id("HEAD")

    def id(self, name: str) -> str:
        """Return the id of an object."""
        return self.git("rev-parse", "--verify", name).decode().strip()

    def branch(self, name: str, start: str = "HEAD") -> None:
        """Begin a branch and go there."""
        self.git("checkout", "-q", "-b", name, start)

    def evil_merge(self, name: str, data: bytes) -> str:
        """Merge two branches and bring a file that neither has; return the merge."""
        self.branch("side")
        self.save("side.txt", b"side\n")
        self.git("checkout", "-q", "main")
        self.save("main.txt", b"main\n")
        self.git("merge", "-q", "--no-ff", "--no-commit", "side")
        self.add(name, data)
        return self.made("commit", "-q", "--no-verify", "-m", "a merge")

    def scan(self, *arguments: str, env: Mapping[str, str] | None = None) -> Ran:
        """Scan as a CI job does."""
        return scan(*arguments, cwd=self.root, env=env)

    def range(self, given: str) -> Ran:
        """Scan a range."""
        return self.scan("--range", given)

    def hook(self, name: str, call: str) -> None:
        """Install a hook of git's own that calls a module of ours."""
        file = self.root / ".git" / "hooks" / name
        file.parent.mkdir(exist_ok=True)
        python = f"{shlex.quote(sys.executable)} -I -m pytest_genomic_guard.hooks.{call}"
        file.write_text(f'#!/bin/sh\nexec {python} "$@"\n', "utf-8")
        file.chmod(0o755)

    def attempt(self, *command: str, **env: str) -> Ran:
        """Run git, hooks and all; it may be refused."""
        done = subprocess.run(
            ["git", *command], cwd=self.root, env=environment(**env), capture_output=True, stdin=subprocess.DEVNULL, check=False
        )
        ran = Ran(done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in ran.err + ran.out
        assert "internal error" not in ran.err + ran.out
        return ran

    def remote(self, where: Path) -> Path:
        """Create an empty repository to push to, called `origin`."""
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(where)], env=environment(), check=True)
        self.git("remote", "add", "origin", where.as_uri())
        return where


def clone(source: Path, to: Path, *options: str) -> Past:
    """Clone through a transport, as from a host."""
    command = ["git", "clone", "-q", *options, source.as_uri(), str(to)]
    subprocess.run(command, env=environment(), check=True, capture_output=True)
    return at(to)


def at(root: Path) -> Past:
    """Return a repository, or a work tree, that is there already."""
    found = Past.__new__(Past)
    found.root, found.days = root, 100
    return found


def told(ran: Ran, code: str = "GEN101") -> list[str]:
    """Return the paths at which a report tells a code that fails."""
    return sorted(each["path"] for each in ran.json["findings"] if each["code"] == code and each["outcome"] == "fail")


def findings(ran: Ran, code: str) -> list[Any]:
    """Return the findings of a code."""
    return [each for each in ran.json["findings"] if each["code"] == code]


def waiver(path: str, sha256: str) -> bytes:
    """Return a policy with one waiver."""
    fields = f"code: GEN101, path: {path}, sha256: {sha256}, reason: published, owner: office, expires: {FAR}"
    return f"version: 1\nwaivers:\n  - {{{fields}}}\n".encode()


def excluding(pattern: str) -> bytes:
    """Return a policy that excludes what a pattern matches."""
    return f"version: 1\nexclude:\n  - {{path: '{pattern}', reason: not ours}}\n".encode()
