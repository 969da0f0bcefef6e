"""What is kept between runs, in a folder that nobody else can read or write.

That is compiled databases, the places of the parts of policies, and which contents gave no finding (`results`). A database is
native data that is trusted when it is loaded, so it is never taken from a folder or file of somebody else, and never belongs into a
cache that CI restores. Nothing of what was scanned is in it: it is made of the rules alone.
"""

from __future__ import annotations

import os
import stat
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pytest_genomic_guard.model import Rule

_MOST = 64 << 20
_KINDS = ("rules-", "policy-", "licences-", "copied-", "results-")  # the beginnings of our files' names
_KEPT = 100  # files of one kind: every edit of a policy makes one
_FEWER = {"results": 8}  # which are larger
_STRAY = 3600  # seconds after which a file that was never put in place belongs to a process that was killed


def present() -> bool:
    """Tell whether there is a cache to look into."""
    return _folder(make=False) is not None


def key(rules: Sequence[Rule], hints: Collection[str] = ()) -> str:
    """Return the file name for a set of rules and a kind of machine; the database itself knows the version that reads it."""
    import hashlib  # noqa: PLC0415 - loads OpenSSL, which a hook without a cache does not need

    machine = os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "")
    # what a database is made of, in its order, besides the rules: another version of ours may make another one of the same
    how = (machine, 5, _written(rules))
    told = repr((*how, sorted(hints), [(rule.name, rule.face, rule.anchors, rule.pattern) for rule in rules]))
    return f"rules-{hashlib.sha256(told.encode()).hexdigest()[:32]}.db"


def _written(rules: Sequence[Rule]) -> object:
    """Return the text of the module that says what is looked for; where there is none, that itself, which takes longer."""
    from pytest_genomic_guard.matching import literals  # noqa: PLC0415 - as above

    source = getattr(literals.__loader__, "get_source", None)
    text = source(literals.__name__) if source else None
    return text or literals.Sought(rules).texts


def load(name: str) -> bytes | None:
    """Return a cached file, or None when there is none that is safely ours."""
    folder = _folder(make=False)
    if folder is None:
        return None
    try:
        handle = os.open(os.path.join(folder, name), os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb") as file:
            state = os.fstat(handle)
            return file.read() if stat.S_ISREG(state.st_mode) and _ours(state) and state.st_size <= _MOST else None
    except OSError:
        return None


def store(name: str, data: bytes) -> None:
    """Keep a file, whole or not at all; a cache that cannot be written is none."""
    folder = _folder(make=True)
    if folder is None:
        return
    beside = os.path.join(folder, f"{name}.{os.urandom(6).hex()}.new")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with open(handle, "wb") as file:
                file.write(data)
            os.replace(beside, os.path.join(folder, name))
        except BaseException:  # Ctrl-C, too
            os.remove(beside)
            raise
        _thin(folder, name.partition("-")[0])
    except OSError:
        return


def _thin(folder: str, kind: str) -> None:
    """Remove the older half of a kind's files when there are more than are kept, and what killed processes left. Raises OSError."""
    names = [name for name in os.listdir(folder) if name.startswith(f"{kind}-")]
    files = sorted((os.path.join(folder, name) for name in names), key=os.path.getmtime)
    old = set(files[: len(files) // 2]) if len(files) > _FEWER.get(kind, _KEPT) else set()
    for file in files:
        if file in old or (file.endswith(".new") and os.path.getmtime(file) < time.time() - _STRAY):
            os.remove(file)


def remove() -> int:
    """Delete all cached files and return their number."""
    folder = _folder(make=False)
    removed = 0
    if folder is None:
        return 0
    for name in os.listdir(folder):
        if name.startswith(_KINDS):
            os.remove(os.path.join(folder, name))
            removed += 1
    return removed


def _folder(*, make: bool) -> str | None:
    """Return our folder in the user's cache, or None without one, or where it is not the user's alone."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or ""
    if not os.path.isabs(base):
        base = os.path.join(os.environ.get("HOME") or "", ".cache")
    if not os.path.isabs(base):
        return None
    folder = os.path.join(base, "genomic-guard")
    try:
        if make:
            os.makedirs(base, exist_ok=True)
            if not os.path.isdir(folder):
                os.mkdir(folder, 0o700)
        state = os.lstat(folder)
    except OSError:
        return None
    return folder if stat.S_ISDIR(state.st_mode) and _ours(state) else None


def _ours(state: os.stat_result) -> bool:
    """Tell whether only this user can write; Windows keeps profiles apart by other means."""
    return not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o022)
