"""What all doors share: find the root, read the policy, run the engine, map errors to exit codes."""

from __future__ import annotations

import os
import sys

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.policy import FILE, Policy, PolicyError
from pytest_genomic_guard.registry import Plan, PluginError, Registry, UnknownCode, load_plugins
from pytest_genomic_guard.report import CLEAN, INCOMPLETE, INTERRUPTED, USAGE
from pytest_genomic_guard.sources.git import GitError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.report import Report

_POLICY_BYTES = 1 << 21


class UsageError(Exception):
    """The command cannot be understood; the message says what to change."""


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
    data = _config(config) if config is not None else _own(snapshot)
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
    from contextlib import suppress  # noqa: PLC0415

    with suppress(OSError, AttributeError):  # full, closed, or never there
        sys.stderr.write(f"genomic-guard: {message}\n")
        sys.stderr.flush()


def finish(report: Report) -> int:
    """Return the exit code of a report."""
    return report.exit_code or CLEAN


def _complain(message: str, code: int) -> int:
    tell(message)
    return code


def _own(snapshot: Snapshot) -> bytes | None:
    if snapshot.find(FILE) is None:
        return None
    try:
        stream = snapshot.open(FILE)
    except Unreadable:
        raise PolicyError("the policy file could not be read", 1, 1) from None
    try:
        return _bounded(stream.read)
    except Unreadable:
        raise PolicyError("the policy file could not be read", 1, 1) from None
    finally:
        stream.close()


def _config(path: bytes) -> bytes:
    try:
        with open(path, "rb") as file:
            return _bounded(file.read)
    except OSError:
        raise UsageError("the file given with --config could not be read") from None


def _bounded(read: Callable[[int], bytes]) -> bytes:
    data = b""
    while len(data) < _POLICY_BYTES and (part := read(_POLICY_BYTES)):
        data += part
    return data
