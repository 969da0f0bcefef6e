"""What other systems lack or do otherwise, as far as Linux can play it: calls, homes, rights, network, letters, line ends."""

from __future__ import annotations

import ntpath
import os
import posixpath
import shutil
import stat
import sys
from typing import TYPE_CHECKING

import pytest
from _scratch import Ran, Repo, environment, guard, hook, run, scan, without_rights

from pytest_genomic_guard.sources import git as source
from pytest_genomic_guard.sources.names import relative, same, within
from pytest_genomic_guard.testing import DIRECTIVES, samples

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

POLICY = ".genomic-guard.yaml"
# Names that Windows has not, or that a system need not have. `subprocess` is loaded first, as it would be by other means there.
_WITHOUT = """
import os, signal, subprocess, sys
for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "fork", "killpg", "getuid", "geteuid", "getpgrp", "getppid", "uname",
             "setsid", "sched_getaffinity", "mkfifo", "fchmod", "statvfs", "nice", "getpgid"):
    assert hasattr(os, name), name
    delattr(os, name)
for name in ("SIGALRM", "setitimer", "SIGHUP", "SIGPIPE"):
    delattr(signal, name)
sys.modules.update(dict.fromkeys(("resource", "fcntl", "pwd", "grp", "pty", "termios")))
"""
_WITHOUT_NETWORK = """
import socket, sys
def refuse(*_given, **_named):
    sys.stderr.write("the network was asked for\\n")
    raise OSError
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
"""
_MAIN = "from pytest_genomic_guard.cli.main import main\nraise SystemExit(main(sys.argv[1:]))\n"


def _variety(repo: Repo) -> None:
    """Stage a policy, a leak in several wrappings, a table of a library's, and enough bytes for several processes."""
    repo.add(POLICY, b"version: 1\n")
    repo.add("a.vcf", samples.vcf())
    repo.add("b.vcf.gz", DIRECTIVES["gzip"](samples.vcf()))
    repo.add("c.ipynb", DIRECTIVES["notebook"](samples.vcf()))
    for number in range(5):
        repo.add(f"big/{number}.txt", samples.prose() * (3_000_000 // len(samples.prose()) + 1))
    (repo.root / "link").symlink_to("a.vcf")
    repo.git("add", "link")


def _alike(one: Ran, other: Ran) -> None:
    assert (one.code, one.out, one.err) == (other.code, other.out, other.err)


@pytest.mark.parametrize("arguments", [[], ["--staged"], ["--jobs", "4"], ["a.vcf", "big"]])
def test_calls_of_posix_alone(repo: Repo, arguments: list[str]) -> None:
    """Without the calls that only POSIX has, a scan says the same, byte for byte."""
    _variety(repo)
    command = [sys.executable, "-I", "-c", _WITHOUT + _MAIN, "scan", "--format", "json", *arguments]
    ran = run([*command], repo.root)
    assert ran.code == 1
    _alike(ran, scan(*arguments, cwd=repo.root))


def test_parts_of_a_plain_folder(repo: Repo, tmp_path: Path) -> None:
    """The same holds outside a repository, and for waivers and `init`."""
    _variety(repo)
    (repo.root / ".git").rename(tmp_path / "away")
    ran = run([sys.executable, "-I", "-c", _WITHOUT + _MAIN, "scan", "--format", "json"], repo.root)
    _alike(ran, scan(cwd=repo.root))
    assert ran.code == 1
    waive = ["waive", "GEN101", "a.vcf", "--reason", "r", "--owner", "o", "--expires", samples.later().decode()]
    for arguments in (waive, ["init"], ["rules"], ["clean"]):
        assert run([sys.executable, "-I", "-c", _WITHOUT + _MAIN, *arguments], repo.root).code == 0
    assert ("GEN101", "waived", "a.vcf") in scan(cwd=repo.root).codes()


def _home(folder: Path, what: str) -> dict[str, str]:
    """Return an environment whose home and cache are as odd as they get."""
    if what == "none":
        return {"HOME": "", "XDG_CACHE_HOME": "", "USERPROFILE": ""}
    if what == "nowhere":
        return {"HOME": "/nonexistent/home"}
    if what == "device":
        return {"HOME": os.devnull, "XDG_CACHE_HOME": os.devnull}
    folder.mkdir()
    cache = folder / "genomic-guard"
    if what == "file":
        cache.write_text("a file")
    elif what == "link":
        cache.symlink_to(folder.parent)
    elif what == "open":
        cache.mkdir()
        cache.chmod(0o777)
    elif what == "read-only":
        folder.chmod(0o555)
    elif what == "foreign":
        cache.mkdir()
        if os.geteuid() == 0:
            os.chown(cache, 12345, 12345)
        else:  # nobody else's folder can be made: one that others may write to is refused in the same way
            cache.chmod(0o777)
    return {"XDG_CACHE_HOME": str(folder)}


@pytest.mark.parametrize("what", ["none", "nowhere", "device", "file", "link", "open", "read-only", "foreign"])
def test_homes_and_caches(repo: Repo, tmp_path: Path, what: str) -> None:
    """A missing home, and a cache that is not ours alone or cannot be written, change no report and are written to by nobody."""
    repo.add(POLICY, b"version: 1\n")
    repo.add("a.vcf", samples.vcf())
    usual = scan(cwd=repo.root, env={"XDG_CACHE_HOME": str(tmp_path / "usual")})
    assert list((tmp_path / "usual" / "genomic-guard").iterdir())  # a policy is kept where one can be
    env = _home(tmp_path / "cache", what)
    before = sorted(str(path) for path in (tmp_path / "cache").rglob("*"))
    for _twice in range(2):
        for ran in (
            guard("scan", "--format", "json", cwd=repo.root, env=env, before=without_rights),
            scan(cwd=repo.root, env={**env, "GIT_AUTHOR_NAME": "", "GIT_COMMITTER_NAME": "", "GIT_AUTHOR_EMAIL": ""}),
        ):
            _alike(ran, usual)
        assert hook("everything", "--", "a.vcf", cwd=repo.root, env=env).code == 1
    if what != "read-only":  # root writes where it may not
        assert sorted(str(path) for path in (tmp_path / "cache").rglob("*")) == before


def test_read_only_repository(repo: Repo, tmp_path: Path) -> None:
    """A repository that nobody may write to is judged through scan, index and hook, and nothing is written into it."""
    _variety(repo)
    repo.commit()
    repo.add("d.vcf", samples.vcf())
    usual = [scan(cwd=repo.root), scan("--staged", cwd=repo.root)]
    folders = [repo.root, *(path for path in repo.root.rglob("*") if path.is_dir() and not path.is_symlink())]
    before = {path: path.stat().st_mtime_ns for path in folders}
    for path in folders:
        path.chmod(0o555)
    try:
        env = {"XDG_CACHE_HOME": str(tmp_path / "none")}
        for arguments, expected in (([], usual[0]), (["--staged"], usual[1])):
            _alike(guard("scan", "--format", "json", *arguments, cwd=repo.root, env=env, before=without_rights), expected)
        ran = guard("init", cwd=repo.root, before=without_rights)
        assert (ran.code, "not written" in ran.out) == (3, True)
    finally:
        for path in folders:
            path.chmod(0o755)
    assert {path: path.stat().st_mtime_ns for path in folders} == before


def test_no_network(repo: Repo) -> None:
    """A scan and the hook ask for no network, not even by accident."""
    _variety(repo)
    for module, arguments in (("cli.main", ["scan", "--format", "json"]), ("hooks.everything", ["--", "a.vcf"])):
        main = f"from pytest_genomic_guard.{module} import main\nraise SystemExit(main(sys.argv[1:]))\n"
        ran = run([sys.executable, "-I", "-c", _WITHOUT_NETWORK + main, *arguments], repo.root)
        assert (ran.code, ran.err) == (1, "")


@pytest.mark.parametrize("converted", ["true", "input"])
def test_line_ends_that_git_converts(repo: Repo, converted: str) -> None:
    """Under core.autocrlf scan, index and hook agree, a waiver holds through all, and no policy looks unstaged."""
    repo.git("config", "core.autocrlf", converted)
    repo.git("config", "core.safecrlf", "false")
    leak = samples.vcf().replace(b"\n", b"\r\n")
    repo.add("a.vcf", leak)
    repo.add("b.txt", samples.prose().replace(b"\n", b"\r\n"))
    repo.add(POLICY, b"version: 1\r\nprofile: strict\r\n")
    repo.commit()
    expected = [("GEN101", "fail", "a.vcf")]
    assert scan(cwd=repo.root).codes() == expected
    waive = ["waive", "GEN101", "a.vcf", "--reason", "r", "--owner", "o", "--expires", samples.later().decode()]
    assert guard(*waive, cwd=repo.root).code == 0
    repo.git("add", "--all")
    repo.git("rm", "-q", "--cached", "a.vcf")  # so that it is staged again
    repo.git("commit", "-q", "--no-verify", "-m", "without")
    repo.git("add", "a.vcf")
    for arguments in ([], ["--staged"]):
        assert scan(*arguments, cwd=repo.root).codes() == [("GEN101", "waived", "a.vcf")]
    ran = hook("everything", "--", "a.vcf", POLICY, cwd=repo.root)
    assert (ran.code, "RUN301" in ran.out) == (0, False)


def test_names_that_differ_in_case(repo: Repo) -> None:
    """Under core.ignorecase a leak is found under the name that the index has and under the one that the folder has."""
    repo.git("config", "core.ignorecase", "true")
    repo.commit("Data/People.VCF", samples.vcf())
    (repo.root / "Data").rename(repo.root / "data")
    (repo.root / "data" / "People.VCF").rename(repo.root / "data" / "people.vcf")
    repo.write("data/Others.vcf", samples.vcf())
    found = {path.lower() for code, _outcome, path in scan(cwd=repo.root).codes() if code == "GEN101"}
    assert found >= {"data/people.vcf", "data/others.vcf"}


_RECORDER = """#!{python} -I
import os, sys
with open({log!r}, "a") as log:
    log.write(f"{{sum(len(os.fsencode(word)) + 1 for word in sys.argv)}}\\n")
os.execv({git!r}, sys.argv)
"""


def test_command_lines_stay_short(repo: Repo, tmp_path: Path) -> None:
    """However many files are judged and named, no command of git's is longer than Windows allows."""
    names = [f"{'folder' * 20}/{number:04}-{'x' * 60}.txt" for number in range(400)]
    for name in names:
        repo.write(name, b"text\n")
    repo.git("add", "--all")
    bin_folder, log = tmp_path / "bin", tmp_path / "log"
    bin_folder.mkdir()
    program = bin_folder / "git"
    program.write_text(_RECORDER.format(python=sys.executable, log=str(log), git=shutil.which("git")))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    env = {"PATH": f"{bin_folder}{os.pathsep}{environment()['PATH']}"}
    assert sum(map(len, names)) > 30_000
    for ran in (scan(*names, cwd=repo.root, env=env), hook("everything", "--", *names, cwd=repo.root, env=env)):
        assert ran.code == 0
    lengths = [int(line) for line in log.read_text().split()]
    assert len(lengths) > 4
    assert max(lengths) < 2_000


@pytest.mark.parametrize("command", [["scan"], ["scan", "--staged"], ["scan", "--config", "x"], ["init"]])
def test_folder_that_is_gone(tmp_path: Path, command: list[str]) -> None:
    """Where somebody removed the current folder, one line says so."""
    folder = tmp_path / "gone"
    folder.mkdir()
    ran = guard(*command, cwd=folder, before=folder.rmdir)
    assert (ran.code, ran.out) == (2, "")
    assert "the current folder is gone" in ran.err
    folder.mkdir()
    ran = run([sys.executable, "-I", "-m", "pytest_genomic_guard.hooks.everything"], folder, before=folder.rmdir)
    assert (ran.code, "the current folder is gone" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("paths", "path", "root", "name"),
    [
        (posixpath, b"/a/b/c", b"/a", b"b/c"),
        (posixpath, b"/a/b\\c", b"/a", b"b\\c"),
        (posixpath, b"/a", b"/a", b"."),
        (ntpath, b"C:\\a\\b\\c", b"C:/a", b"b/c"),
        (ntpath, b"c:\\A\\b\\c.vcf", b"C:/a", b"b/c.vcf"),
        (ntpath, b"\\\\host\\share\\x\\y", b"//host/share/x", b"y"),
    ],
)
def test_names_of_a_snapshot(paths: ModuleType, path: bytes, root: bytes, name: bytes) -> None:
    """A name is relative to the root and has / between folders, whatever the system and git write."""
    assert relative(path, root, paths) == name
    assert within(path, root, paths)
    assert same(path, root, paths) == (name == b".")


def test_top_level_in_another_spelling(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git spells the top level with other letters, the folder's own spelling is used; another folder is still refused."""
    (repo.root / "below").mkdir()
    root, other = os.fsencode(repo.root), tmp_path / "other"
    other.symlink_to(repo.root)
    monkeypatch.setattr(source, "git", lambda *_given: os.fsencode(other) + b"\n")
    assert source.top_level(root + b"/below") == root
    other.unlink()
    other.mkdir()
    with pytest.raises(source.GitError):
        source.top_level(root + b"/below")


def test_names_elsewhere() -> None:
    """What is not below a folder is not taken for it: neighbours, the folder above, another drive."""
    for paths, path, root in (
        (posixpath, b"/ab", b"/a"),
        (posixpath, b"/", b"/a"),
        (posixpath, b"/A/b", b"/a"),
        (ntpath, b"C:\\ab", b"C:/a"),
        (ntpath, b"D:\\a\\b", b"C:/a"),
    ):
        assert not within(path, root, paths)
        assert not same(path, root, paths)
    assert within(b"/a", b"/")
    with pytest.raises(ValueError, match="mount"):
        relative(b"D:\\a", b"C:/a", ntpath)
