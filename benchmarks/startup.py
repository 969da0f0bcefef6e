"""Time a cold hook on twenty staged text files: over bare Python, and against the tools that it replaces, run one after another.

    python benchmarks/startup.py [ROUNDS]

All commands run in turn within each round, so that a busy machine disturbs all alike; the figures are the least and the median of
the rounds. The bars: at most 80 ms over bare Python, at most a tenth of the peers together.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from _timing import Timed, git, rounds, script

BAR_MS, BAR_SHARE = 80, 0.1
FILES = 20


def repository(root: Path) -> list[str]:
    """Make a repository in which twenty files of code and prose are staged; return their names."""
    git(root, "init", "--quiet")
    names = []
    for number in range(FILES):
        name = f"part{number}.{'py' if number % 2 else 'md'}"
        line = (
            f"value_{number} = [{number}, {number + 1}]  # a line of code\n"
            if number % 2
            else f"Paragraph {number} of the guide.\n"
        )
        (root / name).write_text(line * 120, encoding="utf-8")
        names.append(name)
    git(root, "add", "--all")
    return names


def main() -> int:
    """Run, print, and return 1 when a bar is missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        names = repository(root)
        peers = {
            "detect-secrets": [script("detect-secrets-hook"), *names],
            "bandit": [script("bandit"), "--quiet", *(name for name in names if name.endswith(".py"))],
            "pip-licenses": [script("pip-licenses")],
        }
        commands = {
            "bare Python": [sys.executable, "-I", "-c", "pass"],
            "hook": [sys.executable, "-I", "-m", "pytest_genomic_guard.hooks.everything", "--", *names],
            **peers,
        }
        subprocess.run(commands["hook"], cwd=root, stdout=subprocess.DEVNULL, check=True)  # one that fails would time nothing
        times = rounds(commands, root, count)
    return report(times, list(peers), count)


def report(times: dict[str, Timed], peers: list[str], count: int) -> int:
    """Print the figures and hold them against the bars, by the least times."""
    print(f"Python {sys.version.split()[0]}, pytest-genomic-guard {version('pytest-genomic-guard')}, {FILES} files, {count} rounds")
    for name, timed in times.items():
        shown = f"{name} {version(name)}" if name in peers else name
        print(f"{shown:24} least {timed.least:8.1f} ms   median {timed.median:8.1f} ms")
    over = times["hook"].least - times["bare Python"].least
    together = sum(times[peer].least for peer in peers)
    share = times["hook"].least / together
    median = times["hook"].median - times["bare Python"].median
    print(f"hook over bare Python    {over:8.1f} ms   (bar {BAR_MS}; by the medians {median:.1f})")
    print(f"hook over peers in turn  {share:8.3f}      (bar {BAR_SHARE}; the peers take {together:.0f} ms)")
    return 0 if over <= BAR_MS and share <= BAR_SHARE else 1


if __name__ == "__main__":
    raise SystemExit(main())
