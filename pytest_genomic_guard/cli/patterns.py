"""Match pre-commit's ``files`` and ``exclude`` patterns, which are regular expressions that anybody may have written.

A pattern of characters and anchors alone is matched here. Any other can take longer than anybody waits, and Python's warnings
would quote it: it is matched in a process of its own, whose stderr nobody sees and whose time is bounded.
"""

from __future__ import annotations

import re
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    Pairs = Sequence[Sequence[str]]  # files and exclude: of the whole configuration, and of one use of a hook

_POWERFUL = frozenset("*+?{([")  # what repeats, groups, or is a set
_SECONDS = 5


def withheld(paths: Sequence[str], uses: Sequence[Pairs]) -> list[str] | None:
    """Return the paths that every use withholds; None where that could not be found out."""
    if _POWERFUL.isdisjoint("".join(pattern for use in uses for pair in use for pattern in pair)):
        try:
            return _matched(paths, uses)
        except re.error:
            return None
    import json  # noqa: PLC0415 - as below: few configurations need it
    import subprocess  # noqa: PLC0415

    try:
        done = subprocess.run(  # noqa: S603 - this module
            [sys.executable, "-I", "-m", __name__],
            input=json.dumps([paths, uses]).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=True,
        )
        found: list[str] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return found


def _matched(paths: Sequence[str], uses: Sequence[Pairs]) -> list[str]:
    return [path for path in paths if not any(_passes(path, use) for use in uses)]


def _passes(path: str, use: Pairs) -> bool:
    return all(re.search(files, path) and not re.search(exclude, path) for files, exclude in use)


if __name__ == "__main__":
    import json

    sys.stdout.write(json.dumps(_matched(*json.load(sys.stdin.buffer))))
