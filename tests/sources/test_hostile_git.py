"""A repository whose configuration is hostile: nothing of it runs, nothing is fetched, nothing is hidden."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from _scratch import Ran, Repo, guard, hook, scan

from pytest_genomic_guard.testing import samples

GEN101 = "GEN101"
PROGRAMS = [
    "core.fsmonitor",
    "core.sshCommand",
    "core.gitProxy",
    "core.pager",
    "core.editor",
    "core.askPass",
    "core.alternateRefsCommand",
    "diff.external",
    "diff.hostile.command",
    "diff.hostile.textconv",
    "filter.hostile.clean",
    "filter.hostile.smudge",
    "filter.hostile.process",
    "merge.hostile.driver",
    "credential.helper",
    "gpg.program",
    "uploadpack.packObjectsHook",
    "remote.origin.uploadpack",
    "remote.origin.vcs",
    "pager.ls-files",
    "pager.diff-index",
    "alias.ls-files",
    "alias.cat-file",
    "alias.rev-parse",
    "alias.diff-index",
]
HOOKS = ["post-index-change", "pre-commit", "post-checkout", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc"]


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """Return the file that a hostile program would write."""
    return tmp_path / "marker"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return a repository with a committed and a staged call set, and a clean file with a changed copy."""
    repo = Repo(tmp_path / "repo")
    repo.commit("old.vcf", samples.vcf())
    repo.commit("plain.txt", samples.prose())
    repo.write("plain.txt", samples.prose())
    repo.add("new.vcf", samples.vcf())
    return repo


def _program(tmp_path: Path, marker: Path) -> str:
    path = tmp_path / "hostile.sh"
    path.write_text(f"#!/bin/sh\necho ran >> {shlex.quote(str(marker))}\n")
    path.chmod(0o755)
    return str(path)


def _all_doors(repo: Repo) -> list[Ran]:
    """Run every command that calls git, and assert that each finds what it should."""
    tree, staged = scan(cwd=repo.root), scan("--staged", cwd=repo.root)
    assert tree.codes() == [(GEN101, "fail", "new.vcf"), (GEN101, "fail", "old.vcf")]
    assert staged.codes() == [(GEN101, "fail", "new.vcf")]
    hooked = hook("everything", "new.vcf", "plain.txt", cwd=repo.root)
    bare = hook("genomic", cwd=repo.root)
    assert (hooked.code, bare.code) == (1, 1)
    waived = guard(
        "waive", GEN101, "old.vcf", "--reason", "x", "--owner", "y", "--expires", samples.later().decode(), cwd=repo.root
    )
    assert waived.code == 0
    return [tree, staged, hooked, bare, waived]


def test_programs_and_hooks(repo: Repo, tmp_path: Path, marker: Path) -> None:
    """No program that the configuration, the attributes or the hooks name is run."""
    program = _program(tmp_path, marker)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in HOOKS:
        for folder in (hooks, repo.root / ".git" / "hooks"):
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(f"#!/bin/sh\nexec {shlex.quote(program)} </dev/null\n")
            (folder / name).chmod(0o755)
    repo.write(".git/info/attributes", b"* filter=hostile diff=hostile merge=hostile\n")
    lines = [f'[core]\n\thooksPath = "{hooks}"\n\tattributesFile = "{repo.root}/.git/info/attributes"\n']
    for key in PROGRAMS:
        section, _dot, name = key.rpartition(".")
        first, _dot, second = section.partition(".")
        value = f"!{program}" if first == "alias" else program
        lines.append(f'[{first}{f" {chr(34)}{second}{chr(34)}" if second else ""}]\n\t{name} = "{value}"\n')
    with open(repo.root / ".git" / "config", "a", encoding="utf-8") as config:
        config.writelines(lines)
    repo.git("diff", check=False)
    repo.git("status", check=False)
    assert marker.exists()  # git itself would run them
    marker.unlink()
    _all_doors(repo)
    assert not marker.exists()


@pytest.mark.parametrize("protocol", ["file", "ext", "ssh", "vcs"])
@pytest.mark.parametrize("allowed", [False, True])
def test_promisor_remote(repo: Repo, tmp_path: Path, marker: Path, protocol: str, allowed: bool) -> None:  # noqa: FBT001 - a parameter
    """A missing blob of a partial clone is a gap: nothing is fetched, even where the repository allows the transport."""
    program = _program(tmp_path, marker)
    other = tmp_path / "other"
    repo.git("clone", "-q", "--bare", ".", str(other))
    Repo.git(repo, "-C", str(other), "config", "uploadpack.allowAnySHA1InWant", "true")
    Repo.git(repo, "-C", str(other), "config", "uploadpack.allowFilter", "true")
    url = {"file": f"file://{other}", "ext": f"ext::{program} %S x", "ssh": "ssh://localhost/x", "vcs": "x"}[protocol]
    repo.git("config", "core.repositoryFormatVersion", "1")
    repo.git("config", "extensions.partialClone", "origin")
    repo.git("config", "remote.origin.url", url)
    repo.git("config", "remote.origin.promisor", "true")
    repo.git("config", "core.sshCommand", program)
    if protocol == "vcs":
        repo.git("config", "remote.origin.vcs", "ext")
    if allowed:
        repo.git("config", "protocol.allow", "always")
        for name in ("file", "ext", "ssh"):
            repo.git("config", f"protocol.{name}.allow", "always")
    missing = repo.blob("old.vcf")
    missing.unlink()
    (repo.root / "old.vcf").unlink()
    ran = scan(cwd=repo.root)
    assert (ran.code, ran.gaps()) == (1, [("old.vcf", "missing-object")])
    assert ran.codes() == [(GEN101, "fail", "new.vcf")]
    assert hook("everything", "old.vcf", cwd=repo.root).code == 3
    assert scan("--staged", cwd=repo.root).code == 1
    assert not missing.exists()
    assert not list((repo.root / ".git" / "objects" / "pack").iterdir())
    assert not marker.exists()
    if allowed and protocol in {"file", "ext", "ssh"}:
        repo.git("cat-file", "-e", ":old.vcf", check=False)
        assert marker.exists() or list((repo.root / ".git" / "objects" / "pack").iterdir())  # git itself would fetch


def test_work_tree_elsewhere(repo: Repo, tmp_path: Path) -> None:
    """core.worktree that names another folder, above or beside, is refused, not scanned."""
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "x.txt").write_bytes(samples.prose())
    for target in (tmp_path / "private", tmp_path, Path("/")):
        repo.git("config", "core.worktree", str(target))
        for ran in (scan(cwd=repo.root), scan("--staged", cwd=repo.root), hook("everything", "new.vcf", cwd=repo.root)):
            assert (ran.code, ran.out) == (3, "")
            assert "core.worktree" in ran.err


def test_disguised_bare_repository(repo: Repo, tmp_path: Path, marker: Path) -> None:
    """A folder that is a repository without being called .git, as a fetched tree can hold, runs nothing either."""
    program = _program(tmp_path, marker)
    inner = repo.root / "inner"
    (repo.root / ".git").rename(inner)
    plain = tmp_path / "plain"
    repo.root.rename(plain)
    with open(plain / "inner" / "config", "a", encoding="utf-8") as config:
        config.write(f'[core]\n\tbare = false\n\tworktree = "{plain}"\n\tfsmonitor = "{program}"\n')
    assert scan(cwd=plain / "inner").code == 3
    ran = scan(cwd=plain)
    assert ran.json["scanned"]["source"] == "directory"
    found = {path for code, _outcome, path in ran.codes() if code == GEN101}
    assert {path for path in found if not path.startswith("inner/objects/")} == {"new.vcf", "old.vcf"}
    assert not marker.exists()


def test_replaced_objects(repo: Repo) -> None:
    """A replace ref or a graft does not hide what a push uploads."""
    clean = repo.git("hash-object", "-w", "--stdin", stdin=b"clean\n").decode().strip()
    for name in ("old.vcf", "new.vcf"):
        blob = repo.git("rev-parse", f":{name}").decode().strip()
        repo.git("replace", blob, clean)
    head = repo.git("rev-parse", "HEAD").decode().strip()
    repo.write(".git/info/grafts", f"{head}\n".encode())
    for name in ("old.vcf", "new.vcf"):
        (repo.root / name).unlink()
    assert repo.git("cat-file", "blob", ":new.vcf") == b"clean\n"  # git itself is taken in
    assert scan("--staged", cwd=repo.root).codes() == [(GEN101, "fail", "new.vcf")]
    assert scan(cwd=repo.root).codes() == [(GEN101, "fail", "new.vcf"), (GEN101, "fail", "old.vcf")]


def test_replaced_head(repo: Repo) -> None:
    """A replaced commit does not make a staged file look committed."""
    tree = repo.git("write-tree").decode().strip()
    fake = repo.git("commit-tree", tree, "-m", "x").decode().strip()
    repo.git("replace", "HEAD", fake)
    assert repo.git("diff-index", "--cached", "HEAD") == b""
    assert scan("--staged", cwd=repo.root).codes() == [(GEN101, "fail", "new.vcf")]


def test_pathspecs_and_quoting(repo: Repo) -> None:
    """Settings that change how git prints or reads names change nothing."""
    for key, value in {
        "core.quotePath": "true",
        "diff.renames": "copies",
        "diff.noprefix": "true",
        "diff.ignoreSubmodules": "all",
        "diff.relative": "true",
        "diff.orderFile": "/dev/null",
        "status.relativePaths": "true",
        "color.ui": "always",
        "core.ignoreCase": "true",
        "core.abbrev": "4",
        "column.ui": "always",
        "trace2.eventTarget": str(repo.root / "trace"),
    }.items():
        repo.git("config", key, value)
    repo.git("mv", "old.vcf", "öld.vcf")
    assert [path for _code, _outcome, path in scan("--staged", cwd=repo.root).codes()] == ["new.vcf", "öld.vcf"]
    assert [path for _code, _outcome, path in scan(cwd=repo.root).codes()] == ["new.vcf", "öld.vcf"]


@pytest.mark.parametrize(
    "line",
    ["[core", "[core]\n\trepositoryFormatVersion = 99", "[extensions]\n\tunheardOf = 1\n[core]\n\trepositoryFormatVersion = 1"],
)
def test_configuration_that_git_refuses(repo: Repo, line: str) -> None:
    """Where git refuses the repository, so do we: incomplete, and not the scan of a plain folder."""
    with open(repo.root / ".git" / "config", "a", encoding="utf-8") as config:
        config.write(line + "\n")
    for ran in (scan(cwd=repo.root), scan("--staged", cwd=repo.root)):
        assert (ran.code, ran.out) == (3, "")
        assert "git rev-parse failed" in ran.err


def test_caller_s_git_variables(repo: Repo, tmp_path: Path) -> None:
    """Tracing is switched off, since it would write names and commands to a file."""
    trace = tmp_path / "trace"
    assert scan(cwd=repo.root, env={"GIT_TRACE": str(trace), "GIT_TRACE2_EVENT": str(trace)}).code == 1
    assert not trace.exists()
