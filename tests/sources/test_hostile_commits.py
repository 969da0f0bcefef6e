"""Doors to commits where configuration, attributes, refs or environment are hostile: nothing of it runs or writes."""

from __future__ import annotations

import hashlib
import os
import shutil
import zlib
from typing import TYPE_CHECKING

import pytest
from _scratch import Repo, environment, scan
from _watched import Watched, caught

if TYPE_CHECKING:
    from pathlib import Path


HOOKS = [
    "applypatch-msg", "commit-msg", "fsmonitor-watchman", "post-checkout", "post-commit", "post-index-change", "post-merge",
    "post-rewrite", "pre-auto-gc", "pre-commit", "pre-merge-commit", "pre-push", "prepare-commit-msg", "push-to-checkout",
    "reference-transaction", "sendemail-validate",
]  # fmt: skip
PROGRAMS = [
    "core.fsmonitor", "core.sshCommand", "core.gitProxy", "core.pager", "core.editor", "core.askPass", "core.alternateRefsCommand",
    "sequence.editor", "diff.external", "diff.hostile.command", "diff.hostile.textconv", "filter.hostile.clean",
    "filter.hostile.smudge", "filter.hostile.process", "merge.hostile.driver", "credential.helper", "gpg.program",
    "gpg.ssh.program",
    "uploadpack.packObjectsHook", "remote.origin.uploadpack", "remote.origin.receivepack", "remote.origin.vcs", "web.browser",
    "trailer.sign.command", "trailer.sign.cmd", "pager.rev-list", "pager.diff-tree", "pager.cat-file", "pager.for-each-ref",
    "pager.worktree", "interactive.diffFilter", "lfs.customtransfer.x.path", "submodule.s.update", "sendemail.smtpServer",
]  # fmt: skip
ALIASES = [
    "cat-file", "diff-index", "diff-tree", "for-each-ref", "ls-files", "ls-tree", "merge-base", "rev-list", "rev-parse",
    "check-attr", "worktree", "hash-object", "config",
]  # fmt: skip
FLAGS = {
    "filter.hostile.required": "true",
    "log.showSignature": "true",
    "diff.ignoreSubmodules": "all",
    "diff.renames": "copies",
    "diff.noprefix": "true",
    "diff.relative": "true",
    "diff.orderFile": "/dev/null",
    "color.ui": "always",
    "column.ui": "always",
    "core.abbrev": "4",
    "core.quotePath": "true",
    "core.ignoreCase": "true",
    "core.untrackedCache": "true",
    "core.logAllRefUpdates": "always",
    "core.deltaBaseCacheLimit": "4g",
    "core.bigFileThreshold": "4g",
    "gc.auto": "1",
    "maintenance.auto": "true",
    "fetch.writeCommitGraph": "true",
    "feature.experimental": "true",
    "protocol.allow": "always",
    "protocol.ext.allow": "always",
    "remote.origin.url": "ext::sh -c true",
    "remote.origin.mirror": "true",
    "submodule.recurse": "true",
    "submodule.s.url": "ext::sh -c true",
    "submodule.s.ignore": "all",
    "rev-list.count": "true",
    "transfer.hideRefs": "refs/",
}


@pytest.fixture
def repo(tmp_path: Path) -> Watched:
    """Return a repository with leaks for every door."""
    return Watched(tmp_path / "repo")


def configure(repo: Repo, values: dict[str, str]) -> None:
    """Write a configuration as an attacker does, without asking git."""
    with open(repo.root / ".git" / "config", "a", encoding="utf-8") as config:
        for key, value in values.items():
            section, _dot, name = key.rpartition(".")
            first, _dot, second = section.partition(".")
            config.write(f'[{first}{f" {chr(34)}{second}{chr(34)}" if second else ""}]\n\t{name} = "{value}"\n')


def test_programs_hooks_and_aliases(repo: Watched) -> None:
    """No program that configuration, attributes, hooks, aliases or modules name is run, and no setting hides anything."""
    program, marker = repo.program(), repo.marker
    for folder in (repo.root.parent / "hooks", repo.root / ".git" / "hooks"):
        folder.mkdir(exist_ok=True)
        for name in HOOKS:
            shutil.copy(program, folder / name)
    driven = b"* filter=hostile diff=hostile merge=hostile ident text eol=crlf working-tree-encoding=UTF-16\n"
    repo.write(".git/info/attributes", driven)
    repo.write(".gitattributes", driven)
    repo.write(
        ".gitmodules", f'[submodule "s"]\n\tpath = ../up\n\turl = ext::{program}\n\tupdate = !{program}\n\tignore = all\n'.encode()
    )
    values = dict.fromkeys(PROGRAMS, program) | {f"alias.{name}": f"!{program}" for name in ALIASES} | FLAGS
    configure(
        repo,
        values | {"core.hooksPath": str(repo.root.parent / "hooks"), "core.attributesFile": f"{repo.root}/.git/info/attributes"},
    )
    repo.git("diff", check=False)
    assert marker.exists()  # git itself would run them
    marker.unlink()
    caught(repo, PATH=repo.shims())


def test_file_system_monitor(repo: Watched) -> None:
    """The daemon of git is not started, and a hook that answers that nothing changed is not asked."""
    for value in ("true", repo.program()):
        configure(repo, {"core.fsmonitor": value, "core.untrackedCache": "true"})
        caught(repo, "tree staged range")
        assert not (repo.root / ".git" / "fsmonitor--daemon").exists()


def test_included_configuration(repo: Watched, tmp_path: Path) -> None:
    """What files outside add to the configuration, by include and by conditions, runs nothing either."""
    outside = tmp_path / "outside.cfg"
    outside.write_text(
        f"[core]\n\tfsmonitor = {repo.program()}\n\tpager = {repo.program()}\n[diff]\n\texternal = {repo.program()}\n"
    )
    key = f"includeIf.gitdir:{repo.root}/.path"
    configure(repo, {"include.path": str(outside), key: str(outside), "includeIf.onbranch:main.path": str(outside)})
    repo.git("status", check=False)
    assert repo.marker.exists()
    repo.marker.unlink()
    caught(repo)


def test_work_tree_elsewhere(repo: Watched, tmp_path: Path) -> None:
    """A core.worktree that points elsewhere is refused at every door, with its name."""
    (tmp_path / "private").mkdir()
    configure(repo, {"core.worktree": str(tmp_path / "private")})
    for seen in repo.doors().values():
        assert (seen.code, seen.out) == (3, "")
        assert "core.worktree" in seen.err


@pytest.mark.parametrize(("protocol", "kind"), [("ext", "blob"), ("ext", "tree"), ("ssh", "tree"), ("file", "tree")])
def test_promisor(repo: Watched, tmp_path: Path, protocol: str, kind: str) -> None:
    """What a partial clone lacks is a gap at every door, and nothing is fetched; what is there is judged."""
    other = tmp_path / "other"
    repo.git("clone", "-q", "--bare", ".", str(other))
    program = repo.program()
    url = {"ext": f"ext::{program} %S", "ssh": "ssh://localhost/x", "file": f"file://{other}"}[protocol]
    configure(repo, {"core.repositoryFormatVersion": "1", "extensions.partialClone": "origin", "remote.origin.promisor": "true"})
    configure(
        repo,
        {"remote.origin.url": url, "core.sshCommand": program, "url.ext::sh.insteadOf": "https://", "protocol.allow": "always"},
    )
    configure(repo, {f"protocol.{name}.allow": "always" for name in ("ext", "ssh", "file")})
    lost = repo.resolved("HEAD~1:old.vcf" if kind == "blob" else "HEAD~1^{tree}")
    (repo.root / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    repo.commit("more.vcf", repo.calls())
    doors = repo.doors("range history push", PATH=repo.shims())
    for name in ("range", "history"):
        assert (doors[name].code, doors[name].found(), doors[name].reasons()) == (1, {"more.vcf", "new.vcf"}, {"missing-object"})
    assert (doors["push"].code, " 0 not read" in doors["push"].out) == (1, False)
    repo.git("rm", "-q", "--cached", "more.vcf", "new.vcf")
    repo.git("cat-file", "-e", lost, check=False)
    assert repo.marker.exists() or protocol == "file"  # git itself would fetch


def test_other_owner(repo: Watched) -> None:
    """A repository of somebody else is refused at every door, and the sentence names safe.directory."""
    for name in ("tree", "staged", "range", "history", "push", "message"):
        seen = repo.door(name, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
        assert (seen.code, seen.out) == (3, "")
        assert "safe.directory" in seen.err


def test_replaced_and_grafted(repo: Watched) -> None:
    """A replace ref, a graft or a forged commit-graph shows other content than a push sends: that is what is judged."""
    clean = repo.git("hash-object", "-w", "--stdin", stdin=b"clean\n").decode().strip()
    base = repo.resolved("base")
    repo.git("replace", repo.resolved("HEAD~1:old.vcf"), clean)
    repo.git("replace", repo.resolved("HEAD~1"), base)
    repo.write(".git/info/grafts", f"{repo.resolved('HEAD')} {base}\n".encode())
    assert repo.git("rev-list", "--count", "HEAD").strip() == b"2"  # git itself is taken in
    caught(repo, "range history push")
    caught(repo, "range history push", GIT_REPLACE_REF_BASE="refs/replace/", GIT_GRAFT_FILE=f"{repo.root}/.git/info/grafts")


def test_cycles(repo: Watched) -> None:
    """Commits that are their own ancestors, by grafts and replace refs, end no walk and hide nothing."""
    head, base = repo.resolved("HEAD"), repo.resolved("base")
    repo.write(".git/info/grafts", f"{base} {head}\n{head} {base}\n".encode())
    fake = repo.git("commit-tree", "-p", head, "-m", "x", "HEAD^{tree}").decode().strip()
    repo.git("replace", "--force", base, fake)
    caught(repo, "range history push")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_sizes_that_are_no_sizes(tmp_path: Path, jobs: str) -> None:
    """Objects whose headers claim more bytes than there can be are not read, which is told; the others are."""
    repo = Repo(tmp_path / "repo")
    repo.commit("a.md", b"words\n")
    for number, size in enumerate((10**19 - 1, (1 << 63) - 50, 1 << 63)):
        data = b"blob %d\0hello" % size
        name = hashlib.sha1(data, usedforsecurity=False).hexdigest()
        repo.write(f".git/objects/{name[:2]}/{name[2:]}", zlib.compress(data))
        repo.git("update-index", "--add", "--cacheinfo", f"100644,{name},b{number}.md")
    repo.git("commit", "-q", "-m", "words")
    for what in (["--history"], ["--range", "HEAD~1..HEAD"]):
        ran = scan(*what, "--jobs", jobs, cwd=repo.root)
        assert ran.code == 3
        assert {gap["path"] for gap in ran.json["gaps"]} >= {"b0.md", "b1.md", "b2.md"}


@pytest.mark.parametrize("how", ["file", "link", "folder-link", "alternates"])
def test_git_folder_elsewhere(repo: Watched, tmp_path: Path, how: str) -> None:
    """A .git that is a file, a link, in a linked folder, or that borrows its objects, is read, and not written."""
    moved = tmp_path / "moved"
    if how == "alternates":
        shutil.move(repo.root / ".git" / "objects", moved)
        (repo.root / ".git" / "objects" / "info").mkdir(parents=True)
        repo.write(".git/objects/info/alternates", f"{moved}\n".encode())
    elif how == "folder-link":
        (tmp_path / "linked").symlink_to(repo.root)
        repo.root = tmp_path / "linked"
    else:
        shutil.move(repo.root / ".git", moved)
        if how == "file":
            repo.write(".git", f"gitdir: {moved}\n".encode())
        else:
            (repo.root / ".git").symlink_to(moved)
    if how == "folder-link":
        repo.marker = tmp_path / "marker"
    caught(repo)


@pytest.mark.parametrize("how", ["hook", "attacker"])
def test_environment(repo: Watched, tmp_path: Path, how: str) -> None:
    """The variables that git sets for hooks are obeyed; those that name programs, files to write or settings do nothing."""
    program, trace = repo.program(), tmp_path / "trace"
    folder = repo.root / ".git"
    if how == "hook":
        env = {"GIT_DIR": str(folder), "GIT_WORK_TREE": str(repo.root), "GIT_INDEX_FILE": str(folder / "index"), "GIT_PREFIX": ""}
        env |= {"GIT_EXEC_PATH": repo.git("--exec-path").decode().strip(), "GIT_REFLOG_ACTION": "push", "GIT_EDITOR": ":"}
        env |= {"GIT_OBJECT_DIRECTORY": str(folder / "objects"), "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(tmp_path / "none")}
    else:
        names = ("EXTERNAL_DIFF", "SSH", "SSH_COMMAND", "ASKPASS", "PAGER", "EDITOR", "PROXY_COMMAND")
        env = {f"GIT_{name}": program for name in names} | {"PAGER": program, "SSH_ASKPASS": program}
        env |= {
            f"GIT_{name}": str(trace) for name in ("TRACE", "TRACE2", "TRACE2_EVENT", "TRACE_PACKET", "TRACE_SETUP", "TRACE_REFS")
        }
        env |= {"GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": program}
        env |= {"GIT_CONFIG_KEY_1": "core.hooksPath", "GIT_CONFIG_VALUE_1": str(tmp_path)}
        env |= {
            "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor'='{program}' 'core.commitGraph'='true'",
            "GIT_OPTIONAL_LOCKS": "1",
        }
        env |= {"GIT_NO_LAZY_FETCH": "0", "GIT_ALLOW_PROTOCOL": "ext:file", "GIT_GLOB_PATHSPECS": "1", "GIT_ICASE_PATHSPECS": "1"}
    caught(repo, **env)
    assert not trace.exists()


def test_submodules(repo: Watched) -> None:
    """A submodule with a hostile address or path is told as one, and nothing of it is opened."""
    program = repo.program()
    text = "".join(
        f'[submodule "{name}"]\n\tpath = {path}\n\turl = {url}\n\tupdate = !{program}\n\tignore = all\n'
        for name, path, url in [
            ("../../x", "sub", "-u./x"),
            ("s", "../up", f"ext::{program}"),
            ("t", ".git/hooks", "--upload-pack=x"),
        ]
    )
    repo.commit(".gitmodules", text.encode())
    commit = repo.resolved("HEAD")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},sub")
    repo.commit()
    doors = repo.doors("tree staged range history push")
    assert [seen.code for seen in doors.values()] == [1, 0, 1, 1, 1]
    assert doors["history"].found() == {"old.vcf", "new.vcf"}
    assert not doors["history"].gaps()


def test_git_on_path_of_the_repository(repo: Watched) -> None:
    """A git inside of what is scanned is not the one that reads commits."""
    shutil.copy(repo.program(), repo.root / "git")
    caught(repo, "range history push message", PATH=f"{repo.root}{os.pathsep}.{os.pathsep}{os.environ['PATH']}")


def test_watch_itself(repo: Watched) -> None:
    """The looking sees a program that is run, and a file that is written: else all of the above would say nothing."""
    for command in ("os.system('true')", "open('x', 'w')", "__import__('socket').socket().connect_ex(('127.0.0.1', 9))"):
        code = f"import os\n{command}\n"
        module = repo.root.parent / "folder" / "hostile_module.py"
        module.parent.mkdir(exist_ok=True)
        module.write_text(code)
        with pytest.raises(AssertionError):
            repo.watched(["runpy", str(module)])
        (repo.root / "x").unlink(missing_ok=True)
    assert environment()["GIT_CONFIG_GLOBAL"] == os.devnull
