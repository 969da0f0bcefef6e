"""Scratch repositories, the shipped hooks run in them, and call sets that real tools wrote; and fixtures that make these.

A test module imports the fixtures that it uses. Their functions have other names than the fixtures, which are found by `name`.
"""

from __future__ import annotations

import os
import random
import shutil
import string
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

CHECKOUT = Path(__file__).resolve().parents[2]
HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
}
_NO_COPY = shutil.ignore_patterns(".git", ".venv*", "*.egg-info", "__pycache__", ".*_cache", ".hypothesis", "build", "dist")
_random = random.SystemRandom()

Done = subprocess.CompletedProcess[str]

# pre-commit with one change: `try-repo`, which makes an environment anew each time, finds it where other commands left it.
_KEPT = """
import os, sys
from pre_commit import main, store
from pre_commit.commands import try_repo

home, found = os.environ["PRE_COMMIT_HOME"], try_repo._repo_ref

def named(*given):
    repo, revision = found(*given)
    return os.path.abspath(repo), revision

try_repo.Store, try_repo._repo_ref = lambda folder: store.Store(home), named
sys.exit(main.main())
"""


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which neither the user's git settings nor a running hook's variables are seen.

    HOME stays: pip finds its settings and its cache there, and installs our dependencies when pre-commit asks it to.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT", "PYTHON"))}
    person = {
        f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "A"), ("EMAIL", "a@b.invalid"))
    }
    git = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return kept | person | git | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "SKIP": ""} | more


def commit_checkout(folder: Path) -> None:
    """Commit the checkout as it is now, uncommitted changes included, to a new repository in `folder`."""
    shutil.copytree(CHECKOUT, folder, ignore=_NO_COPY)
    repository = Scratch(folder)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "as it is")


class Scratch:
    """A git repository of a test."""

    def __init__(self, root: Path, **variables: str) -> None:
        """Create it; `variables` are added to the environment of everything that runs in it."""
        self.root = root
        self.variables = environment(**variables)
        root.mkdir(exist_ok=True)
        self.git("init", "--quiet")

    def run(self, *command: str | bytes, folder: str = ".", **more: str) -> Done:
        """Run a command in a folder of the repository, with further variables, and return what came of it."""
        return subprocess.run(
            command,
            cwd=self.root / folder,
            env=self.variables | more,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="surrogateescape",
            check=False,
        )

    def git(self, *arguments: str | bytes) -> str:
        """Run git, which must succeed."""
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def write(self, path: str, data: bytes = b"nothing to see\n") -> Path:
        """Write a file of the work tree."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return file

    def stage(self, path: str, data: bytes = b"nothing to see\n") -> Path:
        """Write a file and stage it."""
        file = self.write(path, data)
        self.git("add", "--force", "--", path)
        return file

    def keep(self, message: str = "kept") -> None:
        """Commit what is staged without any hook."""
        self.git("commit", "--quiet", "--no-verify", "--message", message)

    def install(self, hooks: Path, *uses: dict[str, object], **top: object) -> None:
        """Configure the hooks of the repository at `hooks`, stage the configuration, and install pre-commit."""
        revision = self.git("-C", str(hooks), "rev-parse", "HEAD").strip()  # all workers share it: it is only read
        repo = {"repo": str(hooks), "rev": revision, "hooks": list(uses) or [{"id": "genomic-guard"}]}
        self.stage(".pre-commit-config.yaml", yaml.safe_dump({**top, "repos": [repo]}).encode())
        self.keep("configured")
        done = self.pre_commit("install")
        assert done.returncode == 0, done.stdout + done.stderr

    def pre_commit(self, *arguments: str, **more: str) -> Done:
        """Run pre-commit, with further variables."""
        return self.run(sys.executable, "-m", "pre_commit", *arguments, **more)

    def try_repo(self, hooks: Path, name: str) -> Done:
        """Run `pre-commit try-repo` of the repository at `hooks`, with the environment that all tests share."""
        return self.run(sys.executable, "-I", "-c", _KEPT, "try-repo", str(hooks), name)

    def commit(self) -> Done:
        """Make a commit as people do, hooks and all; it may be refused."""
        return self.run("git", "commit", "--quiet", "--message", "a change")

    def guard(self, *arguments: str) -> Done:
        """Run the command line tool."""
        return self.run(sys.executable, "-I", "-m", "pytest_genomic_guard", *arguments)

    def waive(self, path: str) -> None:
        """Write a waiver for a file and stage the policy."""
        words = ["--reason", "consented for publication", "--owner", "data office", "--expires", "2999-12-31"]
        done = self.guard("waive", "GEN101", path, *words)
        assert done.returncode == 0, done.stderr
        self.git("add", ".genomic-guard.yaml")

    def hook(self, *names: str | bytes, use: str = "genomic-guard", args: list[str] | None = None, **more: str) -> Done:
        """Run the entry of the shipped manifest as pre-commit builds its command: entry, args, names."""
        shipped = HOOKS[use]
        entry = [sys.executable if word == "python" else word for word in shipped["entry"].split()]
        return self.run(*entry, *(shipped["args"] if args is None else args), *names, **more)


def told(done: Done) -> str:
    """Return all that a command told."""
    return done.stdout + done.stderr


class CallSet:
    """Calls of invented people, written by bcftools in the formats that it writes."""

    def __init__(self, folder: Path, people: int = 3) -> None:
        """Invent people and a reference, and let bcftools write what it makes of their genotypes."""
        letters = string.ascii_uppercase
        self.names = ["".join(_random.choices(letters, k=7)) + str(_random.randrange(10**4, 10**5)) for _each in range(people)]
        folder.mkdir()
        reference = "".join(_random.choices("ACGT", k=3_000))
        rows = []
        for at in sorted(_random.sample(range(3_000), 25)):
            first = reference[at]
            other = _random.choice("ACGT".replace(first, ""))
            calls = [_random.choice((first + first, first + other, other + other)) for _each in range(people)]
            rows.append("\t".join([f"rs{_random.randrange(10**6, 10**7)}", "chr7", str(at + 1), *calls]))
        (folder / "reference.fa").write_text(f">chr7\n{reference}\n", encoding="ascii")
        (folder / "calls.tsv").write_text("\n".join(rows) + "\n", encoding="ascii")
        self._folder = folder
        source = ["--tsv2vcf", "calls.tsv", "--fasta-ref", "reference.fa", "--columns", "ID,CHROM,POS,AA"]
        bcftools(folder, "convert", "--no-version", *source, "--samples", ",".join(self.names), "--output", "calls.vcf")
        self.vcf = self._read("calls.vcf")
        self.bgzf = self._view("--output-type", "z")
        self.bcf = self._view("--output-type", "b")
        self.sites = self._view("--drop-genotypes")

    def _view(self, *options: str) -> bytes:
        bcftools(self._folder, "view", "--no-version", *options, "--output", "view", "calls.vcf")
        return self._read("view")

    def _read(self, name: str) -> bytes:
        return (self._folder / name).read_bytes()

    def hidden_in(self, text: str) -> bool:
        """Tell whether a text holds none of the people's names."""
        return not any(name.lower() in text.lower() for name in self.names)


# pysam is the same bcftools as a library. It ends the process where bcftools would, so it gets one of its own.
_PYSAM = "import sys, pysam.bcftools as b; getattr(b, sys.argv[1])(*sys.argv[2:], catch_stdout=False)"


def bcftools(folder: Path, command: str, *arguments: str) -> None:
    """Run bcftools in `folder`: the program where there is one, else pysam's."""
    program = [found] if (found := shutil.which("bcftools")) else [sys.executable, "-I", "-c", _PYSAM]
    subprocess.run([*program, command, *arguments], cwd=folder, env=environment(), capture_output=True, check=True)


@pytest.fixture(scope="session", name="common")
def fixture_common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all workers of one test run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session", name="hooks")
def fixture_hooks(common: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository that holds this checkout as it is now. The worker that is first provides it for all."""
    shared = common / "hooks-as-they-are"
    if not shared.exists():
        own = tmp_path_factory.mktemp("hooks") / "repository"
        commit_checkout(own)
        try:
            own.rename(shared)
        except OSError:  # another worker was faster
            assert shared.exists()
    return shared


@pytest.fixture(scope="session", name="calls")
def fixture_calls(tmp_path_factory: pytest.TempPathFactory) -> CallSet:
    """Return calls of invented people, as bcftools writes them."""
    return CallSet(tmp_path_factory.mktemp("calls") / "bcftools")


@pytest.fixture(name="bare")
def fixture_bare(tmp_path: Path) -> Scratch:
    """Return a repository without pre-commit."""
    return Scratch(tmp_path / "repository")


@pytest.fixture(name="empty")
def fixture_empty(tmp_path: Path, common: Path) -> Scratch:
    """Return a repository for pre-commit, whose environments all tests share, so that ours is installed once."""
    return Scratch(tmp_path / "repository", PRE_COMMIT_HOME=str(common / "pre-commit"))


@pytest.fixture(name="repository")
def fixture_repository(empty: Scratch, hooks: Path) -> Scratch:
    """Return a repository with the recommended hook in force."""
    empty.install(hooks)
    return empty
