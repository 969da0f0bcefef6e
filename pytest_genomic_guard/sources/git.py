"""Git as a reader of objects: plumbing commands only, with everything that could run code or reach a network switched off."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.sources.names import same, within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Told = Callable[[], bytes]

# A scanned repository's configuration is hostile: fsmonitor and hooks run programs, a promisor remote is fetched from on demand,
# replace refs show other content than a push uploads. Only plumbing is called: porcelain obeys diff.* and runs filters.
_SAFE = (
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    "--no-optional-locks",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "protocol.allow=never",
    # Caches of what the objects say: one that is forged, or damaged, hides commits; what a push sends are the objects.
    "-c",
    "core.commitGraph=false",
    "-c",
    "core.multiPackIndex=false",
    # What is larger is streamed, where it is not stored as the difference from something else.
    "-c",
    "core.bigFileThreshold=16m",
    # Of its packs a git maps what it reads, for as long as it runs, unless it is told otherwise; several of them run.
    "-c",
    "core.deltaBaseCacheLimit=8m",
    "-c",
    "core.packedGitWindowSize=2m",
    "-c",
    "core.packedGitLimit=8m",
)
# The list of allowed transports is what counts before git 2.45, which knows no GIT_NO_LAZY_FETCH: a repository's own
# protocol.<name>.allow would win over protocol.allow, and never wins over this variable.
_QUIET = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_GRAFT_FILE": os.devnull,  # grafts hide commits, and --no-replace-objects says nothing of them
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
_UNLISTED = regex(rb"^warning: could not open directory '(.*)': ", re.MULTILINE)
# Bytes of its own that a git may take: a tree that names itself a thousandfold, or a blob that is all repetition, unfolds to any
# size. A system without prlimit, that is any but Linux, keeps no such limit.
MEMORY = 512 << 20
BUFFER = 1 << 16  # bytes that are taken from a pipe at once
_NAME = "git.exe" if os.name == "nt" else "git"
_programs: dict[bytes, str] = {}  # by the folder that it runs in


class GitError(Exception):
    """Git refused; the message is ours, since git's own may quote file names."""


def environment() -> dict[str, str]:
    """Return the environment for git: ours, with fetching, prompting and tracing off, and paths taken as they are."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("GIT_TRACE") and not name.endswith("_PATHSPECS")
    }
    return kept | _QUIET


def git(root: bytes, *arguments: str | bytes, given: bytes = b"") -> bytes:
    """Run one git command in `root`, with `given` on its standard input, and return what it prints. Raises `GitError`."""
    return _run(root, arguments, given).stdout


def untracked(root: bytes) -> Callable[[], tuple[list[bytes], list[bytes]]]:
    """Start listing the untracked paths that git does not ignore; what is returned waits for it. Both raise `GitError`.

    It returns the paths, and the folders that git could not list.
    """
    process = _begun(root, ("ls-files", "-z", "--others", "--exclude-standard"))

    def told() -> tuple[list[bytes], list[bytes]]:
        done = _ended(process, "ls-files")
        # git passes over a folder without permission with a warning and exit status 0
        unlisted = [found.rstrip(b"/") for found in _UNLISTED.findall(done.stderr)]
        return [path for path in done.stdout.split(b"\0") if path], unlisted

    return told


def _run(root: bytes, arguments: Sequence[str | bytes], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return _ended(_begun(root, arguments), arguments[0], given)


def ahead(root: bytes, *arguments: str) -> Told:
    """Start one git command in `root`; what is returned waits for it, and returns what it prints. Both raise `GitError`."""
    process = _begun(root, arguments)
    return lambda: _ended(process, arguments[0]).stdout


def _begun(root: bytes, arguments: Sequence[str | bytes]) -> subprocess.Popen[bytes]:
    try:
        return started(root, *arguments, errors=subprocess.PIPE)
    except FileNotFoundError:
        raise GitError("the folder is gone") from None
    except OSError:
        raise GitError("git could not be started") from None


def _ended(process: subprocess.Popen[bytes], command: str | bytes, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    with process:
        out, errors = process.communicate(given)
    if process.returncode:
        raise failed(command, process.returncode, errors)
    return subprocess.CompletedProcess(process.args, 0, out, errors)


def failed(command: str | bytes, code: int, errors: bytes) -> GitError:
    """Return what to raise for a git command that failed."""
    name = command.decode() if isinstance(command, bytes) else command
    return GitError(f"git {name} failed with exit status {code}{_hint(errors)}")


def started(
    root: bytes, *arguments: str | bytes, errors: int = subprocess.DEVNULL, memory: int | None = MEMORY
) -> subprocess.Popen[bytes]:
    """Start a git command with pipes to and from it. Raises `GitError`, OSError."""
    _wait_for_children()
    process = subprocess.Popen(  # noqa: S603 - arguments as a list, no shell
        [_program(root), *_SAFE, *arguments],
        cwd=root,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        bufsize=BUFFER,
    )
    if memory is not None and sys.platform == "linux":
        try:
            import resource  # noqa: PLC0415 - not on every system

            _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
            most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (most, most))
        except (ImportError, OSError, ValueError):
            pass  # it has ended, or another limit forbids this one
    return process


def _wait_for_children() -> None:
    """Where whoever started us ignores children, which is inherited, do not: git's failures would look like successes."""
    if hasattr(signal, "SIGCHLD") and signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN:
        with contextlib.suppress(ValueError):  # in another thread than the main one
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def _program(root: bytes) -> str:
    """Return the absolute path of git, the first on PATH that what is scanned, or the current folder, cannot have put there.

    Raises `GitError` where there is none.
    """
    if root not in _programs:
        places = {each for here in (root, os.getcwdb()) for each in (os.path.realpath(here), holder(here))}
        own = [os.fsdecode(each) for each in places if each and each != b"/"]  # everything is below /
        found = (os.path.join(folder, _NAME) for folder in os.get_exec_path() if os.path.isabs(folder))
        fit = (path for path in found if os.path.isfile(path) and os.access(path, os.X_OK) and not _below(path, own))
        _programs[root] = next(fit, "")
    if not _programs[root]:
        raise GitError("there is no git on PATH (relative folders of PATH, and those inside of what is scanned, are not used)")
    return _programs[root]


def _below(path: str, folders: Sequence[str]) -> bool:
    real = (os.path.realpath(os.path.dirname(path)) + os.sep, os.path.realpath(path))
    return any(each.startswith(folder + os.sep) for each in real for folder in folders)


def _hint(message: bytes) -> str:
    """Tell the usual causes by their fixed words, without quoting git, which names files."""
    for words, hint in (
        (b"dubious ownership", ": the repository belongs to another user (see git's safe.directory)"),
        (b"index file", ": the index is damaged; 'git status' shows the same"),
        (b"bad signature", ": the index is damaged; 'git status' shows the same"),
        (b"not a git repository", ": not a git repository"),
        (b"run in a work tree", ": the repository is bare (core.bare), so it has no files to scan; scan a clone of it"),
        (b"invalid gitfile", ": the file .git is empty or damaged; it should say where the repository is"),
        (b"bad config", ": the repository's configuration is damaged; 'git config --list' shows where"),
        (b"ut of memory", ": it needs more memory than the bound of this scan"),
        (b"repo version", ": the repository's format is newer than this git"),
        (b"extension", ": the repository's format is newer than this git"),
    ):
        if words in message:
            return hint
    return ""


TOP = ("rev-parse", "--show-toplevel")
LISTED = ("ls-files", "-s", "-z")


def top_level(folder: bytes, told: Told | None = None) -> bytes | None:
    """Return the top level of the work tree that holds `folder`, or None when no repository does. Raises `GitError`.

    `told` is what git was asked ahead: `TOP`.
    """
    nearest = holder(folder)
    try:
        found = (told() if told else git(folder, *TOP)).removesuffix(b"\n")
    except GitError as error:
        if str(error).endswith("not a git repository") or nearest is None:
            return None
        raise
    named = "GIT_DIR" in os.environ or "GIT_WORK_TREE" in os.environ  # git's hooks, and people, may say it themselves
    here = os.path.realpath(folder)
    if nearest is not None and _one(nearest, found):
        return nearest  # as `folder` spells it; git may write it with other letters and separators
    if not named or not within(here, found):
        raise GitError("the nearest .git is empty or damaged, or its core.worktree points out of this folder: scan what that names")
    return found


def _one(folder: bytes, other: bytes) -> bool:
    try:
        return same(folder, other) or os.path.samefile(folder, other)
    except OSError:
        return False


def holder(folder: bytes) -> bytes | None:
    """Return the nearest folder from `folder` upwards with a ``.git``, which is where git looks first."""
    here = os.path.realpath(folder)
    while not os.path.lexists(os.path.join(here, b".git")):
        parent = os.path.dirname(here)
        if parent == here:
            return None
        here = parent
    return here


def staged(root: bytes) -> Sequence[bytes]:
    """Return the paths whose content or mode differs between HEAD and the index, deletions left out. Raises `GitError`."""
    try:
        tree = git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").strip()
    except GitError:
        tree = git(root, "hash-object", "-t", "tree", os.devnull).strip()  # nothing committed yet: the empty tree
    raw = git(
        root, "diff-index", "--cached", "--raw", "-z", "--no-renames", "--ignore-submodules=none", "--diff-filter=ACMRT", tree, "--"
    )
    return raw.split(b"\0")[1::2]


def index_file(root: bytes) -> bytes:
    """Return the path of the index. Raises `GitError`."""
    return os.path.join(root, git(root, "rev-parse", "--git-path", "index").removesuffix(b"\n"))


def filtered(root: bytes, path: bytes) -> bool:
    """Tell whether an attribute lets the work tree's content differ from the committed one. Raises `GitError`."""
    said = git(root, "check-attr", "-z", "filter", "ident", "working-tree-encoding", "--", path).split(b"\0")
    return not {b"unspecified", b"unset"}.issuperset(said[2::3])
