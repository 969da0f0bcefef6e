"""``genomic-guard scan``."""

from __future__ import annotations

import gc
import os
import sys

from pytest_genomic_guard.cli.session import OutputError, UsageError, emit, finish, folder_here, prepare, tell, write_baseline
from pytest_genomic_guard.cli.terminal import Progress, lively, tinted
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.policy import FILE, FOLDER, PYPROJECT
from pytest_genomic_guard.reporters import BESIDE, FORMATS, reporter
from pytest_genomic_guard.sources.git import holder, top_level
from pytest_genomic_guard.sources.index import Index
from pytest_genomic_guard.sources.names import relative, within
from pytest_genomic_guard.sources.worktree import Directory, WorkTree

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.registry import Registry
    from pytest_genomic_guard.report import Report


def scan(arguments: argparse.Namespace) -> int:
    """Scan, report, and return the exit status."""
    outputs = _outputs(arguments.format)
    commits = arguments.range is not None or arguments.since is not None or arguments.history
    part = arguments.paths or arguments.staged or commits
    if arguments.write_baseline is not None and (part or arguments.select or arguments.ignore):
        raise UsageError("--write-baseline holds all there is: it takes no PATH, --staged, commits, --select or --ignore")
    if arguments.reflog and not arguments.history:
        raise UsageError("--reflog belongs to --history")
    gc.disable()  # what is listed stays until the end: nothing of it need ever be looked at for cycles
    try:
        snapshot = _commits(arguments) if commits else _staged(arguments.paths) if arguments.staged else below(arguments.paths)
    finally:
        gc.freeze()
        gc.enable()
    progress = Progress()
    try:
        plan, policy = prepare(
            snapshot,
            select=_codes(arguments.select),
            ignore=_codes(arguments.ignore),
            profile=arguments.profile,
            config=arguments.config,
            baseline=arguments.baseline,
            cached=not arguments.no_cache,
        )
        cached, python = not arguments.no_cache, arguments.python
        report = Engine(plan, tick=progress.tick, cached=cached, jobs=arguments.jobs, python=python).run(snapshot, policy)
    finally:
        progress.end()
        snapshot.close()
    failed: OutputError | None = None
    for name, file in outputs:
        try:
            _tell(name, file, report, plan.registry)
        except OutputError as error:
            failed = error  # the other reports are still written
    if failed:
        raise failed
    if arguments.write_baseline is not None:
        write_baseline(report, arguments.write_baseline)
    return finish(report)


def _tell(name: str, file: str | None, report: Report, registry: Registry) -> None:
    """Write one report, and what belongs beside it. Raises `OutputError`."""
    text = reporter(name)(report, registry)
    if file is not None:
        emit(text, file)
        return
    emit(tinted(text) if name == "text" and lively(sys.stdout) else text)
    variable, other = BESIDE.get(name, ("", ""))
    if beside := os.environ.get(variable):
        emit(reporter(other)(report, registry), beside, add=True)


def below(paths: Sequence[bytes]) -> Snapshot:
    """Return the work tree or folder that holds `paths`, with these to be judged; without paths, where we are."""
    here = folder_here()
    full = [_named(os.path.normpath(os.path.join(here, path)), here) for path in paths]
    folders = {path if os.path.isdir(path) else os.path.dirname(path) for path in full}
    roots = {top_level(folder) for folder in folders or {here}}
    if len(roots) > 1:
        raise UsageError("the paths belong to different repositories; scan one at a time")
    root = roots.pop()
    if root is not None:
        names = [relative(_real(path), root) for path in full]
        return WorkTree(root, [b"" if name == b"." else name for name in names] if paths else None)
    if any(map(holder, folders or {here})):
        tell("git does not take the .git here, or above, for a repository, so this is scanned as a plain folder; is it damaged?")
    base = _base(full)
    names = [relative(path, base) for path in full]
    try:
        select = [b"" if name == b"." else name for name in names] if paths else None
        return Directory(base, select, beside=[FILE, PYPROJECT, FOLDER + b"/"])
    except OSError:
        raise UsageError("a PATH is a folder that could not be listed; nothing was scanned") from None


def _named(path: bytes, here: bytes) -> bytes:
    """Return what is scanned for a PATH: of a link what it leads to, where that is in the same repository or folder."""
    if not os.path.lexists(path):
        raise UsageError("a PATH does not exist; nothing was scanned")
    if not os.path.islink(path):
        return path
    if not os.path.exists(path):
        raise UsageError("a PATH is a link that leads nowhere; nothing was scanned")
    folder = os.path.realpath(os.path.dirname(path))
    here = os.path.realpath(here)
    around = top_level(folder) or (here if within(folder, here) else folder)
    target = os.path.realpath(path)
    if not within(target, around) or within(target, os.path.join(around, b".git")):
        raise UsageError("a PATH is a link that leads outside; name its target")
    return target


def _base(full: Sequence[bytes]) -> bytes:
    """Return the folder to which paths outside any repository are relative, and at whose top the policy stands.

    That is the one named folder; else the current folder when it holds all that is named; else what they have in common.
    """
    here = folder_here()
    if not full:
        return here
    if len(full) == 1 and os.path.isdir(full[0]) and not os.path.islink(full[0]):
        return full[0]
    try:
        common = os.path.commonpath([os.path.dirname(path) for path in full])
    except ValueError:
        raise UsageError("the paths are on different drives; scan one at a time") from None
    return here if within(common, here) else common


def _real(path: bytes) -> bytes:
    """Resolve the folders of a path, as git has resolved its top level, but never the last part, which may be a link."""
    return (
        os.path.realpath(path)
        if os.path.isdir(path) and not os.path.islink(path)
        else os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
    )


def _commits(arguments: argparse.Namespace) -> Snapshot:
    """Return the range or history that is asked for."""
    from pytest_genomic_guard.cli.commits import chosen  # noqa: PLC0415 - for commits only

    if arguments.paths or arguments.staged:
        raise UsageError("commits are judged whole: --range, --since and --history take no PATH and no --staged")
    root = top_level(folder_here())
    if root is None:
        raise UsageError("--range, --since and --history need a git repository, and this is not one")
    return chosen(root, given=arguments.range, since=arguments.since, reflog=arguments.reflog)


def _staged(paths: Sequence[bytes]) -> Index:
    if paths:
        raise UsageError("--staged judges all staged entries; it takes no PATH")
    root = top_level(folder_here())
    if root is None:
        raise UsageError("--staged needs a git repository, and this is not one")
    return Index(root)


def _codes(given: Sequence[str]) -> list[str]:
    return [code.strip().upper() for part in given for code in part.split(",") if code.strip()]


def _outputs(given: Sequence[str]) -> list[tuple[str, str | None]]:
    outputs: list[tuple[str, str | None]] = []
    for each in given or ["text"]:
        name, colon, file = each.partition(":")
        if name not in FORMATS:
            raise UsageError(f"--format takes one of {', '.join(FORMATS)}, with :FILE or without")
        if colon and not file:
            raise UsageError("--format NAME: needs a file after the colon")
        outputs.append((name, file or None))
    if sum(file is None for _name, file in outputs) > 1:
        raise UsageError("only one --format can go to stdout")
    return outputs
