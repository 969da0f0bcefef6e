"""The pre-commit doors: what is judged is the staged blob, whatever the work tree holds (DESIGN 8)."""

from __future__ import annotations

import os
import re

from pytest_genomic_guard.cli.session import UsageError, emit, finish, guarded, prepare
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.policy import FILE, PROFILES
from pytest_genomic_guard.reporters import reporter
from pytest_genomic_guard.sources.files import read_all
from pytest_genomic_guard.sources.git import staged, top_level
from pytest_genomic_guard.sources.index import Index

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

_CONFIG = b".pre-commit-config.yaml"
_OPTIONS = frozenset({"--profile", "--config"})


def main(argv: Sequence[str], hook: str, prefixes: Sequence[str] = ()) -> int:
    """Judge the given names, or without names the staged entries, for the families with these code prefixes; empty: all."""
    return guarded(lambda: _run(argv, hook, prefixes))


def _run(argv: Sequence[str], hook: str, prefixes: Sequence[str]) -> int:
    profile, config, names = _arguments(argv)
    options = argv[: len(argv) - len(names)]
    if names and "--" in options and os.path.lexists("--"):
        names = [*names, "--"]  # where `args` does not end with -- it was a name
    here = os.getcwdb()
    root = top_level(here)
    if root is None:
        raise UsageError("this hook needs a git repository")
    # pre-commit runs hooks at the top level and gives names relative to it
    index = Index(root, [os.path.relpath(os.path.join(here, os.fsencode(name)), root) for name in names] or None)
    try:
        if "--" not in options and any(index.find(word.encode()) for word in _OPTIONS.intersection(options)):
            raise UsageError("a file has the name of an option; in `args`, end the options with --")
        index.withhold(_withheld(index, hook, named=bool(names)))
        index.watch(FILE)
        if os.environ.get("PRE_COMMIT_FROM_REF") or os.environ.get("PRE_COMMIT_TO_REF"):
            index.incomplete("range")
        plan, policy = prepare(index, select=prefixes, profile=profile, config=config)
        report = Engine(plan).run(index, policy)
    finally:
        index.close()
    emit(reporter("text")(report, plan.registry))
    return finish(report)


def _arguments(argv: Sequence[str]) -> tuple[str | None, bytes | None, list[str]]:
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


def _withheld(index: Index, hook: str, *, named: bool) -> Iterable[bytes]:
    """Return the entries that pre-commit's patterns keep from this hook: of the staged ones, or of all when it ran over all.

    They are found by the patterns, never by subtracting the names: pre-commit splits long lists into several runs.
    """
    try:
        text = read_all(index.open(_CONFIG))
    except Unreadable:
        return ()
    if b"exclude" not in text and b"files" not in text:
        return ()
    candidates: Iterable[bytes] = staged(index.root)
    if named and not index.changed <= frozenset(candidates):
        candidates = [entry.path for entry in index.entries()]
    shown = _patterns(text, hook)
    given = index.changed if named else frozenset()  # what a hook was given is judged, whatever the patterns say
    held = (path for path in candidates if path not in given)
    return [path for path in held if not any(_passes(path.decode("utf-8", "surrogateescape"), each) for each in shown)]


def _passes(path: str, patterns: Sequence[tuple[str, str]]) -> bool:
    return all(re.search(files, path) and not re.search(exclude, path) for files, exclude in patterns)


def _patterns(text: bytes, hook: str) -> list[Sequence[tuple[str, str]]]:
    """Return for each configured use of the hook its (files, exclude) patterns, the top level's and its own."""
    import yaml  # noqa: PLC0415 - only where patterns are configured

    try:
        config: Any = yaml.safe_load(text)
        top = _pair(config)
        uses = [use for repo in config["repos"] for use in repo.get("hooks", ()) if use.get("id") == hook]
        found: list[Sequence[tuple[str, str]]] = [(top, _pair(use)) for use in uses]
        for each in found:
            _passes("", each)  # a pattern that does not compile is pre-commit's to refuse
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, re.error, RecursionError):
        return [()]
    return found or [(top,)]


def _pair(block: Any) -> tuple[str, str]:
    return str(block.get("files", "")), str(block.get("exclude", "^$"))
