"""The pre-commit doors: git lists what is staged while what judges it is imported."""

from __future__ import annotations

import os
import sys

from pytest_genomic_guard.report import INTERRUPTED
from pytest_genomic_guard.sources.git import LISTED, TOP, GitError, ahead, holder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.sources.git import Told


class Asked:
    """What git was asked ahead of what needs it: the top level of this folder, and the index of the repository at `root`."""

    def __init__(self, here: bytes, root: bytes) -> None:
        """Ask. Raises `GitError`."""
        self.root = root
        self.top: Told = ahead(here, *TOP)
        self.listed: Told = ahead(root, *LISTED)


def main(argv: Sequence[str], hook: str, prefixes: Sequence[str] = ()) -> int:
    """Judge the given names, or without names the staged entries, for the families with these code prefixes; empty: all."""
    try:
        asked = _asked()
        from pytest_genomic_guard.cli.staged import main as judged  # noqa: PLC0415 - while git works
    except KeyboardInterrupt:
        sys.stderr.write("genomic-guard: interrupted\n")
        return INTERRUPTED
    return judged(argv, hook, prefixes, asked)


def pushed() -> bool:
    """Tell whether commits are judged, and not what is staged."""
    return any(os.environ.get(f"PRE_COMMIT_{word}") for word in ("FROM_REF", "TO_REF", "REMOTE_NAME"))  # the last at each push


def _asked() -> Asked | None:
    """Ask git; where it cannot be asked, whoever needs the answer says so."""
    try:
        here = os.getcwdb()
        root = holder(here)
        return Asked(here, root) if root is not None and not pushed() else None
    except (OSError, GitError):
        return None
