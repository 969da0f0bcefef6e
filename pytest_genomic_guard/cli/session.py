"""What all doors share: find the root, read the policy, run the engine, map errors to exit codes."""

from __future__ import annotations

import os
import stat
import sys

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.policy import BASELINE, FILE, Baseline, Policy, PolicyError
from pytest_genomic_guard.policy.held import LIST_BYTES, POLICY_BYTES, Link, held, own
from pytest_genomic_guard.policy.held import policy as policy_of
from pytest_genomic_guard.registry import Plan, PluginError, Registry, UnknownCode, added
from pytest_genomic_guard.report import CLEAN, INCOMPLETE, INTERRUPTED, USAGE
from pytest_genomic_guard.reporters.text import printable
from pytest_genomic_guard.sources.git import GitError
from pytest_genomic_guard.sources.index import Index
from pytest_genomic_guard.sources.names import relative, same, within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.report import Report


class UsageError(Exception):
    """The command cannot be understood; the message says what to change."""


class OutputError(Exception):
    """A report could not be written."""


def guarded(command: Callable[[], int]) -> int:  # noqa: PLR0911 - one for each kind of ending
    """Run a command and turn every exception into a line on stderr and an exit code; none is shown with its message."""
    try:
        return command()
    except PolicyError as error:
        file = printable((error.file or FILE).decode("utf-8", "replace"))
        return _complain(f"{file}:{error.line}:{error.column}: {error.message}", USAGE)
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


def prepare(  # noqa: PLR0913 - what the doors can be told
    snapshot: Snapshot,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    profile: str | None = None,
    config: bytes | None = None,
    baseline: bytes | None = None,
    cached: bool = True,
) -> tuple[Plan, Policy]:
    """Return the rules to run and the policy of a snapshot, or the one in the file `config`. Raises `PolicyError` and others."""
    if snapshot.source == "history" and config is None:
        policy, registry = _current(snapshot, baseline, cached=cached)
    else:
        policy, registry = _policy(snapshot, config, baseline, cached=cached)
    if snapshot.source == "range" and config is None:
        policy, registry = _ruling(snapshot, policy, registry, baseline, cached=cached)
    policy = policy.replace(profile=profile) if profile else policy
    ignored = (*ignore, *(item.what for item in policy.ignore))
    plan = Plan(registry, selections=(select, policy.select), ignore=ignored, options=policy.checks)
    return plan, policy


def _policy(snapshot: Snapshot, config: bytes | None, baseline: bytes | None, *, cached: bool) -> tuple[Policy, Registry]:
    """Return the policy of a snapshot with its baseline, and the rules with those of its plugins. Raises `PolicyError`."""
    place, data = policy_of(snapshot) if config is None else (config, _given(snapshot, config, "--config", POLICY_BYTES))
    if data is None:
        policy, registry = Policy(), Registry()
    else:
        try:
            policy, registry = _loaded(snapshot, data, place, cached=cached)
        except PolicyError as error:
            if config is None or error.file is not None:
                raise error.within(place) from None
            raise UsageError(f"the file given with --config:{error.line}:{error.column}: {error.message}") from None
    return _with_baseline(snapshot, policy, baseline), registry


def _current(snapshot: Snapshot, baseline: bytes | None, *, cached: bool) -> tuple[Policy, Registry]:
    """Return the policy of HEAD, by which a history is judged: of all its versions, on all branches, none else is in force."""
    from pytest_genomic_guard.sources.commits import Tree  # noqa: PLC0415 - for commits only
    from pytest_genomic_guard.sources.objects import commit_id  # noqa: PLC0415

    root: bytes = snapshot.root  # type: ignore[attr-defined]  # a `Commits`, as below
    try:
        tree = Tree(root, commit_id(root, "HEAD"))
    except GitError:
        return Policy(), Registry()  # nothing is committed there yet
    try:
        return _policy(tree, None, baseline, cached=cached)
    finally:
        tree.close()


def _ruling(
    snapshot: Snapshot, new: Policy, registry: Registry, baseline: bytes | None, *, cached: bool
) -> tuple[Policy, Registry]:
    """Return the policy by which a range is judged: that of its base, unless that accepts changes, or there is none.

    What the range makes less strict is noted, whichever holds. A policy of the base that nobody can read is as none.
    """
    from pytest_genomic_guard.policy.changes import loosened  # noqa: PLC0415 - for ranges only
    from pytest_genomic_guard.relations.run.facts import PolicyLoosened  # noqa: PLC0415

    old, rules = Policy(), Registry()
    if snapshot.base is not None:
        try:
            old, rules = _policy(snapshot.base, None, baseline, cached=cached)
        except PolicyError:
            tell("the policy of the commit from which this range begins has a mistake: the defaults rule until it is mended")
    used = snapshot.base is None or old.changes == "accept"
    told = loosened(old, new, registry.options)
    for each in told:
        fact = PolicyLoosened(what=each.what, shows=each.shows, line=each.line, was=each.was, used=used)
        snapshot.note(each.file, fact)  # type: ignore[attr-defined]  # a `Commits`, whose module hooks do not import
    if not any(each.what == "baseline" for each in told):
        old = old.replace(baseline=new.baseline)  # a branch that pays debts off makes it shorter, and is to be judged by that
    return (new, registry) if used else (old, rules)


def _loaded(snapshot: Snapshot, data: bytes, path: bytes, *, cached: bool) -> tuple[Policy, Registry]:
    """Return the policy in `data` with what stands beside it, and the rules with those of its plugins. Raises `PolicyError`."""
    from pytest_genomic_guard.matching import cache  # noqa: PLC0415 - only where there is a policy
    from pytest_genomic_guard.policy.beside import gather, misspelt  # noqa: PLC0415
    from pytest_genomic_guard.policy.load import load  # noqa: PLC0415

    kept = cache if cached else None
    loaded = gather(load(data, path, kept), lambda file: own(snapshot, file, LIST_BYTES), kept)
    misspelt(snapshot.entries())
    registry = Registry(added(loaded.policy.plugins))
    return loaded.checked(tuple(registry.entries), registry.options), registry


def _with_baseline(snapshot: Snapshot, policy: Policy, given: bytes | None) -> Policy:
    """Return the policy with the baseline of the snapshot, or the one in the file `given`. Raises `PolicyError`."""
    data = own(snapshot, BASELINE, LIST_BYTES) if given is None else _given(snapshot, given, "--baseline", LIST_BYTES)
    if data is None:
        return policy
    from pytest_genomic_guard.policy.lists import with_baseline  # noqa: PLC0415 - where there is one

    if given is not None and not data.startswith(b"# genomic-guard"):
        from pytest_genomic_guard.foreign import places  # noqa: PLC0415 - as above

        held = places(data, snapshot)
        if held is not None:
            return policy.replace(baseline=Baseline(path=given, entries={}, places=held))
    try:
        return with_baseline(policy, data, BASELINE if given is None else given)
    except PolicyError as error:
        if given is None:
            raise
        raise UsageError(f"the file given with --baseline:{error.line}:{error.column}: {error.message}") from None


def write_baseline(report: Report, file: bytes) -> None:
    """Write the findings of a report that a baseline can hold. Raises `OutputError`."""
    from pytest_genomic_guard.policy.lists import baseline  # noqa: PLC0415 - when it is asked for

    try:
        os.makedirs(os.path.dirname(file) or b".", exist_ok=True)
    except OSError:
        raise OutputError("the folder of the baseline could not be made") from None
    emit(baseline(report.baseline), os.fsdecode(file))
    held = sum(report.baseline.values())
    tell(f"the baseline holds {held} finding{'' if held == 1 else 's'}; commit it, and make it shorter")


def emit(text: str, file: str | None = None, *, add: bool = False) -> None:
    """Write to stdout, or to a file, or at its end. Raises `OutputError`, so that a full disk is no silent success."""
    try:
        if file is None:
            _write(text)
        else:
            with open(file, "a" if add else "w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
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


def folder_here() -> bytes:
    """Return the current folder. Raises `UsageError` where somebody removed it."""
    try:
        return os.getcwdb()
    except OSError:
        raise UsageError("the current folder is gone; nothing was scanned") from None


def replace(file: bytes, data: bytes, what: str) -> None:
    """Write beside a file and put it in place at once, so that a full disk leaves the old one whole. Raises `UsageError`."""
    beside = b"%b.%d.new" % (file, os.getpid())
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)  # never through a link that stands there
    except OSError:
        raise UsageError(f"{what} could not be written; it is as it was") from None
    try:
        with open(handle, "wb") as out:
            out.write(data)
        if os.path.exists(file):
            os.chmod(beside, os.stat(file).st_mode & 0o777)
        os.replace(beside, file)
    except OSError:
        os.remove(beside)
        raise UsageError(f"{what} could not be written; it is as it was") from None


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


def _given(snapshot: Snapshot, path: bytes, option: str, most: int) -> bytes:
    """Return the file given with an option: from the index, where that is judged and the file is inside the repository."""
    if isinstance(snapshot, Index) and (name := _inside(snapshot.root, path)) is not None:
        return _staged(snapshot, name, option, most)
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))  # waits for no writer
        try:
            if not stat.S_ISREG(os.fstat(file).st_mode):
                raise UsageError(f"{option} takes a regular file")
            return _bounded(lambda size: os.read(file, size), most)
        finally:
            os.close(file)
    except OSError:
        raise UsageError(f"the file given with {option} could not be read") from None


def _inside(root: bytes, path: bytes) -> bytes | None:
    """Return the name of a file below `root`, also of one that a link elsewhere leads to; None for any other."""
    folder, last = os.path.split(os.path.join(folder_here(), path))
    for full in (os.path.join(os.path.realpath(folder), last), os.path.realpath(path)):
        if within(full, root) and not same(full, root):
            return relative(full, root)
    return None


def _staged(index: Index, name: bytes, option: str, most: int) -> bytes:
    if not index.holds(name):
        raise UsageError(f"the file given with {option} is not staged, and what is judged is the index: git add it first")
    index.watch(name)
    try:
        return held(index, name, most)
    except Link:
        raise UsageError(f"the file given with {option} is staged as a link; name the file that it leads to") from None
    except Unreadable:
        raise UsageError(f"the staged version of the file given with {option} could not be read") from None


def _bounded(read: Callable[[int], bytes], most: int) -> bytes:
    data = b""
    while len(data) < most and (part := read(POLICY_BYTES)):
        data += part
    return data
