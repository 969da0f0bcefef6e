"""What a pre-commit hook judges: the staged blob, whatever the work tree holds (DESIGN 8)."""

from __future__ import annotations

import os

from pytest_genomic_guard.cli.hook import pushed
from pytest_genomic_guard.cli.session import UsageError, emit, finish, folder_here, guarded, prepare
from pytest_genomic_guard.cli.withheld import hold
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.policy import PROFILES
from pytest_genomic_guard.reporters import reporter
from pytest_genomic_guard.sources.git import top_level
from pytest_genomic_guard.sources.index import Index
from pytest_genomic_guard.sources.names import relative

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.cli.hook import Asked

_OPTIONS = frozenset({"--profile", "--config"})


def main(argv: Sequence[str], hook: str, prefixes: Sequence[str], asked: Asked | None) -> int:
    """Judge the given names, or without names the staged entries; `asked` is what git was asked ahead."""
    return guarded(lambda: _run(argv, hook, prefixes, asked))


def _run(argv: Sequence[str], hook: str, prefixes: Sequence[str], asked: Asked | None) -> int:
    profile, config, names = arguments(argv)
    options = argv[: len(argv) - len(names)]
    if names and "--" in options and os.path.lexists("--"):
        names = [*names, "--"]  # where `args` does not end with -- it was a name
    here = folder_here()
    root = top_level(here, asked.top if asked else None)
    if root is None:
        raise UsageError("this hook needs a git repository")
    if pushed():
        from pytest_genomic_guard.cli.push import judged, told  # noqa: PLC0415 - for commits only

        return judged(told(root, os.environ), profile, config, prefixes)
    # pre-commit runs hooks at the top level and gives names relative to it
    paths = [relative(os.path.join(here, os.fsencode(name)), root) for name in names]
    index = Index(root, paths or None, asked.listed if asked and asked.root == root else None)
    try:
        if "--" not in options and any(index.find(word.encode()) for word in _OPTIONS.intersection(options)):
            raise UsageError("a file has the name of an option; in `args`, end the options with --")
        hold(index, hook, named=bool(names))
        plan, policy = prepare(index, select=prefixes, profile=profile, config=config)
        report = Engine(plan).run(index, policy)
    finally:
        index.close()
    emit(reporter("text")(report, plan.registry))
    return finish(report)


def arguments(argv: Sequence[str]) -> tuple[str | None, bytes | None, list[str]]:
    """Return profile, policy file and names. Options come first, and ``--`` ends them: all after it are names."""
    left = list(argv)
    profile = config = None
    while left and left[0] in _OPTIONS:
        if len(left) < 2:
            raise UsageError(f"{left[0]} needs a value")
        if left[0] == "--profile":
            profile = left[1]
        else:
            config = os.fsencode(left[1])
        del left[:2]
    if profile is not None and profile not in PROFILES:
        raise UsageError(f"--profile takes one of {', '.join(PROFILES)}")
    return profile, config, left[1:] if left[:1] == ["--"] else left
