"""Run commands in turn, many times, and keep the times."""

from __future__ import annotations

import os
import statistics
import subprocess
import sysconfig
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class Timed:
    """The times of one command, in milliseconds."""

    def __init__(self) -> None:
        """Begin without any."""
        self.all: list[float] = []

    @property
    def least(self) -> float:
        """Return the least time, which a busy machine disturbs least."""
        return min(self.all)

    @property
    def median(self) -> float:
        """Return the median."""
        return statistics.median(self.all)


def rounds(commands: Mapping[str, Sequence[str]], folder: Path, count: int, stdin: bytes = b"") -> dict[str, Timed]:
    """Run every command once in each round, every other round in the opposite order; one round more goes first, uncounted."""
    times = {name: Timed() for name in commands}
    for number in range(count + 1):
        order = list(commands) if number % 2 else list(commands)[::-1]
        for name in order:
            taken = _run(commands[name], folder, stdin)
            if number:
                times[name].all.append(taken)
    return times


def _run(command: Sequence[str], folder: Path, stdin: bytes) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, input=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=QUIET, check=False
    )
    taken = (time.perf_counter() - start) * 1e3
    if done.returncode not in {0, 1, 3}:  # 1 and 3 are verdicts, ours and the peers'; anything else was no run
        raise SystemExit(f"{command[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-400:]}")
    return taken


# without PYTHONDONTWRITEBYTECODE and its like: pytest would compile every plugin anew in each run
QUIET = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
QUIET |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def script(name: str) -> str:
    """Return the path of a console script of this interpreter's environment."""
    return os.path.join(sysconfig.get_path("scripts"), name)


def git(root: Path, *arguments: str) -> None:
    """Run git, which must succeed."""
    subprocess.run(["git", *arguments], cwd=root, env=QUIET, check=True)
