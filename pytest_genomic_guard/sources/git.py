"""Git as a reader of objects: plumbing commands only, with everything that could run code or reach a network switched off."""

from __future__ import annotations

import os
import re
import subprocess

from pytest_genomic_guard.model import Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

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
)
# The list of allowed transports is what counts before git 2.45, which knows no GIT_NO_LAZY_FETCH: a repository's own
# protocol.<name>.allow would win over protocol.allow, and never wins over this variable.
_QUIET = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
_UNLISTED = re.compile(rb"^warning: could not open directory '(.*)': ", re.MULTILINE)
_NAME = "git.exe" if os.name == "nt" else "git"
_programs: dict[bytes, str] = {}  # by the folder that it runs in
_DRAIN = 8 << 20  # a blob left half read: up to here draining it is cheaper than a new process


class GitError(Exception):
    """Git refused; the message is ours, since git's own may quote file names."""


def environment() -> dict[str, str]:
    """Return the environment for git: ours, with fetching, prompting and tracing off."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_TRACE")}
    return kept | _QUIET


def git(root: bytes, *arguments: str | bytes) -> bytes:
    """Run one git command in `root` and return what it prints. Raises `GitError`."""
    return _run(root, arguments).stdout


def untracked(root: bytes) -> tuple[list[bytes], list[bytes]]:
    """Return the untracked paths that git does not ignore, and the folders that it could not list. Raises `GitError`."""
    done = _run(root, ("ls-files", "-z", "--others", "--exclude-standard"))
    # git passes over a folder without permission with a warning and exit status 0
    unlisted = [found.rstrip(b"/") for found in _UNLISTED.findall(done.stderr)]
    return [path for path in done.stdout.split(b"\0") if path], unlisted


def _run(root: bytes, arguments: Sequence[str | bytes]) -> subprocess.CompletedProcess[bytes]:
    try:
        done = subprocess.run(  # noqa: S603 - arguments as a list, no shell
            [_program(root), *_SAFE, *arguments],
            cwd=root,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise GitError("the folder is gone") from None
    except OSError:
        raise GitError("git could not be started") from None
    if done.returncode:
        command = arguments[0]
        name = command.decode() if isinstance(command, bytes) else command
        raise GitError(f"git {name} failed with exit status {done.returncode}{_hint(done.stderr)}")
    return done


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
        (b"repo version", ": the repository's format is newer than this git"),
        (b"extension", ": the repository's format is newer than this git"),
    ):
        if words in message:
            return hint
    return ""


def top_level(folder: bytes) -> bytes | None:
    """Return the top level of the work tree that holds `folder`, or None when no repository does. Raises `GitError`."""
    nearest = holder(folder)
    try:
        found = git(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n")
    except GitError as error:
        if str(error).endswith("not a git repository") or nearest is None:
            return None
        raise
    named = "GIT_DIR" in os.environ or "GIT_WORK_TREE" in os.environ  # git's hooks, and people, may say it themselves
    here = os.path.realpath(folder)
    if not (here + b"/").startswith(found.rstrip(b"/") + b"/") or (nearest != found and not named):
        raise GitError("the nearest .git is empty or damaged, or its core.worktree points out of this folder: scan what that names")
    return found


def holder(folder: bytes) -> bytes | None:
    """Return the nearest folder from `folder` upwards with a ``.git``, which is where git looks first."""
    here = os.path.realpath(folder)
    while not os.path.lexists(os.path.join(here, b".git")):
        parent = os.path.dirname(here)
        if parent == here:
            return None
        here = parent
    return here


class Blobs:
    """One ``git cat-file --batch`` process that streams blobs, started on first use."""

    def __init__(self, root: bytes) -> None:
        """Read objects of the repository at `root`."""
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None
        # Asked for after each blob. No ref can be called so, hence git answers at once that it is missing, and that answer says
        # that the blob is over: of a damaged object git may send fewer bytes than it announced, and go on as if nothing were.
        self._end = b".." + os.urandom(12).hex().encode()
        self._current: BlobStream | None = None
        self._owner = os.getpid()

    def open(self, blob: str) -> BlobStream:
        """Stream one blob; the one opened before is finished first. Raises `Unreadable`."""
        if self._owner != os.getpid():  # forked: the process belongs to the parent, and two readers would mix their blobs
            self._owner, self._process, self._current = os.getpid(), None, None
        if self._current is not None:
            self._current.close()
        if self._process is None:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - as in git()
                    [_program(self._root), *_SAFE, "cat-file", "--batch"],
                    cwd=self._root,
                    env=environment(),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            except (OSError, GitError):
                raise Unreadable("unreadable") from None
        to, out = self._process.stdin, self._process.stdout
        assert to is not None and out is not None  # noqa: S101, PT018 - both are pipes, for the type checker
        try:
            to.write(b"%b\n%b\n" % (blob.encode(), self._end))
            to.flush()
            header = out.readline().split()
        except OSError:
            header = []
        if len(header) != 3 or header[1] != b"blob":
            if not header or header[-1] != b"missing" or not out.readline():
                self.close()
            raise Unreadable("missing-object")
        self._current = BlobStream(self, out, int(header[2]), self._end + b" missing\n")
        return self._current

    def released(self) -> None:
        """Forget the current stream."""
        self._current = None

    def close(self) -> None:
        """End the process."""
        self._current = None
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


class BlobStream:
    """The content of one blob."""

    def __init__(self, owner: Blobs, out: object, size: int, end: bytes) -> None:
        """Read `size` bytes from the batch process; `end` is what follows them, after a line feed."""
        self._owner = owner
        self._read = out.read1  # type: ignore[attr-defined]  # a BufferedReader; its type needs an import that costs start-up
        self.size = self._left = size
        self._end = end
        self._last = b""  # the last bytes that came
        self._open = True

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        if not self._open:
            return b""
        if not self._left:
            self._finish()
            return b""
        part = self._take(min(size, self._left))
        self._left -= len(part)
        if not part or self._last == self._end:
            raise self._damaged()
        return part

    def close(self) -> None:
        """Take what is left out of the pipe, so that the next blob can be asked for."""
        if self._open and self._left > _DRAIN:
            self._open = False
            self._owner.close()
        try:
            while self._open:
                self.read(_DRAIN)
        except Unreadable:
            return  # nobody wants the rest; the next blob gets a new process

    def _take(self, size: int) -> bytes:
        part: bytes = self._read(size)
        self._last = (self._last + part)[-len(self._end) :]
        return part

    def _finish(self) -> None:
        """Take the end that follows the content, and nothing else than that."""
        found, wanted = b"", b"\n" + self._end
        while len(found) < len(wanted) and self._last != self._end:
            part = self._take(len(wanted) - len(found))
            if not part:
                break
            found += part
        if found != wanted:
            raise self._damaged()
        self._open = False
        self._owner.released()

    def _damaged(self) -> Unreadable:
        """End the process: it has died, or sent fewer bytes than it announced."""
        self._open = False
        self._owner.close()
        return Unreadable("missing-object")


def staged(root: bytes) -> Sequence[bytes]:
    """Return the paths whose content or mode differs between HEAD and the index, deletions left out. Raises `GitError`."""
    try:
        tree = git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").strip()
    except GitError:
        tree = git(root, "hash-object", "-t", "tree", os.devnull).strip()  # nothing committed yet: the empty tree
    raw = git(root, "diff-index", "--cached", "--raw", "-z", "--no-renames", "--diff-filter=ACMRT", tree, "--")
    return raw.split(b"\0")[1::2]


def index_file(root: bytes) -> bytes:
    """Return the path of the index. Raises `GitError`."""
    return os.path.join(root, git(root, "rev-parse", "--git-path", "index").removesuffix(b"\n"))


def filtered(root: bytes, path: bytes) -> bool:
    """Tell whether an attribute lets the work tree's content differ from the committed one. Raises `GitError`."""
    said = git(root, "check-attr", "-z", "filter", "ident", "working-tree-encoding", "--", path).split(b"\0")
    return not {b"unspecified", b"unset"}.issuperset(said[2::3])
