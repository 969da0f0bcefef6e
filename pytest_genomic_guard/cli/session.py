"""What all doors share: find the root, read the policy, run the engine, map errors to exit codes."""

from __future__ import annotations

import os
import stat
import sys

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.policy import FILE, Policy, PolicyError
from pytest_genomic_guard.registry import Plan, PluginError, Registry, UnknownCode, load_plugins
from pytest_genomic_guard.report import CLEAN, INCOMPLETE, INTERRUPTED, USAGE
from pytest_genomic_guard.sources.git import GitError
from pytest_genomic_guard.sources.index import Index

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.report import Report

_POLICY_BYTES = 1 << 21


class UsageError(Exception):
    """The command cannot be understood; the message says what to change."""


class _Link(Exception):  # noqa: N818 - a state of the input
    """A policy is a symbolic link."""


class OutputError(Exception):
    """A report could not be written."""


def guarded(command: Callable[[], int]) -> int:  # noqa: PLR0911 - one for each kind of ending
    """Run a command and turn every exception into a line on stderr and an exit code; none is shown with its message."""
    try:
        return command()
    except PolicyError as error:
        return _complain(f"{FILE.decode()}:{error.line}:{error.column}: {error.message}", USAGE)
    except (UsageError, UnknownCode) as error:
        return _complain(str(error), USAGE)
    except (GitError, PluginError, OutputError) as error:
        return _complain(str(error), INCOMPLETE)
    except KeyboardInterrupt:
        return _complain("interrupted", INTERRUPTED)
    except MemoryError:
        return _complain("out of memory", INCOMPLETE)
    except Exception as error:  # noqa: BLE001 - its message could quote a value; where it arose cannot
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        where = f"{frame.tb_frame.f_globals.get('__name__')}:{frame.tb_lineno}" if frame else "unknown"
        return _complain(f"internal error, {type(error).__name__} at {where}; please report it", INCOMPLETE)


def prepare(
    snapshot: Snapshot,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    profile: str | None = None,
    config: bytes | None = None,
) -> tuple[Plan, Policy]:
    """Return the rules to run and the policy of a snapshot, or the one in the file `config`. Raises `PolicyError` and others."""
    data = _config(snapshot, config) if config is not None else _own(snapshot)
    if data is None:
        policy, registry = Policy(), Registry()
    else:
        from pytest_genomic_guard.policy.load import load  # noqa: PLC0415 - YAML, only where there is a policy

        try:
            loaded = load(data, FILE if config is None else config)
            registry = Registry(load_plugins(loaded.policy.plugins))
            policy = loaded.checked(tuple(registry.entries), registry.options)
        except PolicyError as error:
            if config is None:
                raise
            raise UsageError(f"the file given with --config:{error.line}:{error.column}: {error.message}") from None
    policy = policy.replace(profile=profile) if profile else policy
    ignored = (*ignore, *(item.what for item in policy.ignore))
    return Plan(registry, selections=(select, policy.select), ignore=ignored, options=policy.checks), policy


def emit(text: str, file: str | None = None) -> None:
    """Write to stdout, or to a file. Raises `OutputError`, so that a full disk is no silent success."""
    try:
        if file is None:
            _write(text)
        else:
            with open(file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
                out.write(text)
    except OSError:
        if file is None:
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - so that the exit does not flush it again
        raise OutputError("the report could not be written (disk full, or nobody reads it)") from None


def _write(text: str) -> None:
    out = sys.stdout
    if out is None:
        raise OSError  # the caller closed it
    out.write(text.encode(out.encoding or "utf-8", "backslashreplace").decode(out.encoding or "utf-8"))
    out.flush()


def tell(message: str) -> None:
    """Say something on stderr that is no part of the report."""
    try:
        sys.stderr.write(f"genomic-guard: {message}\n")
        sys.stderr.flush()
    except OSError:  # full, or closed
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as in `emit`: the exit status stays ours
    except AttributeError:
        return  # there never was one


def finish(report: Report) -> int:
    """Return the exit code of a report."""
    return report.exit_code or CLEAN


def _complain(message: str, code: int) -> int:
    tell(message)
    return code


def _own(snapshot: Snapshot) -> bytes | None:
    """Return the policy of what is judged; None where there is none, also where it was deleted and the work tree is judged."""
    if isinstance(snapshot, Index):
        snapshot.watch(FILE)
        there = snapshot.holds(FILE)
    else:
        there = snapshot.find(FILE) is not None and FILE not in snapshot.deleted
    if not there:
        return None
    try:
        return _held(snapshot, FILE)
    except _Link:
        raise PolicyError("the policy file is a link, and links are not followed: put a file there", 1, 1) from None
    except Unreadable:
        raise PolicyError("the policy file could not be read", 1, 1) from None


def _held(snapshot: Snapshot, path: bytes) -> bytes:
    """Return what a snapshot holds at a path. Raises `_Link` and `Unreadable`."""
    found = snapshot.find(path)
    if found is not None and found.kind == "link":
        raise _Link
    stream = snapshot.open(path)
    try:
        return _bounded(stream.read)
    finally:
        stream.close()


def _config(snapshot: Snapshot, path: bytes) -> bytes:
    """Return the policy given with --config: from the index, where that is judged and the file is inside the repository."""
    if isinstance(snapshot, Index) and (name := _inside(snapshot.root, path)) is not None:
        return _staged(snapshot, name)
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))  # waits for no writer
        try:
            if not stat.S_ISREG(os.fstat(file).st_mode):
                raise UsageError("--config takes a regular file")
            return _bounded(lambda size: os.read(file, size))
        finally:
            os.close(file)
    except OSError:
        raise UsageError("the file given with --config could not be read") from None


def _inside(root: bytes, path: bytes) -> bytes | None:
    """Return the name of a file below `root`, also of one that a link elsewhere leads to; None for any other."""
    folder, last = os.path.split(os.path.join(os.getcwdb(), path))
    for full in (os.path.join(os.path.realpath(folder), last), os.path.realpath(path)):
        if full.startswith(root.rstrip(b"/") + b"/"):
            return os.path.relpath(full, root)
    return None


def _staged(index: Index, name: bytes) -> bytes:
    if not index.holds(name):
        raise UsageError("the file given with --config is not staged, and what is judged is the index: git add it first")
    index.watch(name)
    try:
        return _held(index, name)
    except _Link:
        raise UsageError("the file given with --config is staged as a link; name the file that it leads to") from None
    except Unreadable:
        raise UsageError("the staged version of the file given with --config could not be read") from None


def _bounded(read: Callable[[int], bytes]) -> bytes:
    data = b""
    while len(data) < _POLICY_BYTES and (part := read(_POLICY_BYTES)):
        data += part
    return data
