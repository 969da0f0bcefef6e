"""Git as a reader of objects: plumbing commands only, with everything that could run code or reach a network switched off."""

from __future__ import annotations

import os
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
_DRAIN = 8 << 20  # a blob left half read: up to here draining it is cheaper than a new process


class GitError(Exception):
    """Git refused; the message is ours, since git's own may quote file names."""


def environment() -> dict[str, str]:
    """Return the environment for git: ours, with fetching, prompting and tracing off."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_TRACE")}
    return kept | {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def git(root: bytes | None, *arguments: str | bytes) -> bytes:
    """Run one git command in `root` and return what it prints. Raises `GitError`."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed program, arguments as a list, no shell
            ["git", *_SAFE, *arguments],  # noqa: S607 - git is found on PATH, as pre-commit does
            cwd=root,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise GitError("git is not installed, or the folder is gone") from None
    except OSError:
        raise GitError("git could not be started") from None
    if done.returncode:
        command = arguments[0]
        name = command.decode() if isinstance(command, bytes) else command
        raise GitError(f"git {name} failed with exit status {done.returncode}{_hint(done.stderr)}")
    return done.stdout


def _hint(message: bytes) -> str:
    """Tell the usual causes by their fixed words, without quoting git, which names files."""
    for words, hint in (
        (b"dubious ownership", ": the repository belongs to another user (see git's safe.directory)"),
        (b"index file", ": the index is damaged; 'git status' shows the same"),
        (b"bad signature", ": the index is damaged; 'git status' shows the same"),
        (b"not a git repository", ": not a git repository"),
    ):
        if words in message:
            return hint
    return ""


def top_level(folder: bytes) -> bytes | None:
    """Return the top level of the work tree that holds `folder`, or None when no repository does. Raises `GitError`."""
    try:
        found = git(folder, "rev-parse", "--show-toplevel").rstrip(b"\n")
    except GitError as error:
        if str(error).endswith("not a git repository") or not _inside_repository(folder):
            return None
        raise
    here = os.path.realpath(folder)
    if here != found and not here.startswith(found.rstrip(b"/") + b"/"):
        raise GitError("core.worktree points out of this folder: scan the folder that it names")
    return found


def _inside_repository(folder: bytes) -> bool:
    here = os.path.realpath(folder)
    while True:
        if os.path.exists(os.path.join(here, b".git")):
            return True
        parent = os.path.dirname(here)
        if parent == here:
            return False
        here = parent


class Blobs:
    """One ``git cat-file --batch`` process that streams blobs, started on first use."""

    def __init__(self, root: bytes) -> None:
        """Read objects of the repository at `root`."""
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None
        self._current: BlobStream | None = None

    def open(self, blob: str) -> BlobStream:
        """Stream one blob; the one opened before is finished first. Raises `Unreadable`."""
        if self._current is not None:
            self._current.close()
        if self._process is None:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - as in git()
                    ["git", *_SAFE, "cat-file", "--batch"],  # noqa: S607
                    cwd=self._root,
                    env=environment(),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            except OSError:
                raise Unreadable("unreadable") from None
        to, out = self._process.stdin, self._process.stdout
        assert to is not None and out is not None  # noqa: S101, PT018 - both are pipes, for the type checker
        try:
            to.write(blob.encode() + b"\n")
            to.flush()
            header = out.readline().split()
        except OSError:
            header = []
        if len(header) != 3 or header[1] != b"blob":  # noqa: PLR2004 - id, type, size
            if not header or header[-1] != b"missing":
                self.close()
            raise Unreadable("missing-object")
        self._current = BlobStream(self, out, int(header[2]))
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

    def __init__(self, owner: Blobs, out: object, size: int) -> None:
        """Read `size` bytes from the batch process."""
        self._owner = owner
        self._read = out.read  # type: ignore[attr-defined]  # an IO[bytes]; its type needs an import that costs start-up
        self.size = self._left = size
        self._open = True

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        if not self._left or not self._open:
            return b""
        part: bytes = self._read(min(size, self._left))
        if not part:
            self._owner.close()
            raise Unreadable("unreadable")
        self._left -= len(part)
        return part

    def close(self) -> None:
        """Take what is left out of the pipe, so that the next blob can be asked for."""
        if not self._open:
            return
        self._open = False
        if self._left > _DRAIN:
            self._owner.close()
            return
        self._read(self._left + 1)  # and the line feed after it
        self._owner.released()


def staged(root: bytes) -> Sequence[bytes]:
    """Return the paths whose content or mode differs between HEAD and the index, deletions left out. Raises `GitError`."""
    try:
        tree = git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").strip()
    except GitError:
        tree = git(root, "hash-object", "-t", "tree", os.devnull).strip()  # nothing committed yet: the empty tree
    raw = git(root, "diff-index", "--cached", "--raw", "-z", "--no-renames", "--diff-filter=ACMRT", tree, "--")
    return raw.split(b"\0")[1::2]
