"""Time the matchers over the text files of a folder, with many rules, against reading the files and against plain ``re``.

    python benchmarks/matching.py FOLDER [RULES]

The rules are those of all shipped checks and, if asked for, invented ones of the kind that secrets need: a keyword, then an
assignment of a long value. As in a scan, of each text is told whether it is asked for tables. All runs are in one process, one
after another, over the same bytes in memory, by the processor clock; reading is timed too. The bars of one core: with databases at
least 250 MB/s, with the automaton 100, with the standard library 20; the slowest file of 100 kB or more is told as well.
"""

from __future__ import annotations

import os
import random
import re
import sys
import time
from typing import TYPE_CHECKING

from pytest_genomic_guard.matching.automaton import AutomatonMatcher
from pytest_genomic_guard.matching.stdlib import StdlibMatcher
from pytest_genomic_guard.matching.vectorscan import VectorscanMatcher
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.registry import Plan, Registry
from pytest_genomic_guard.views.streams import encoding
from pytest_genomic_guard.views.variants import RULES
from pytest_genomic_guard.views.wanted import LISTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.matching import Matcher

BARS = {"databases": 250, "automaton": 100, "standard library": 20}
_LONG = 100_000


def texts(folder: str) -> Iterator[bytes]:
    """Yield the text files below a folder."""
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if each != ".git")
        for name in sorted(names):
            path = os.path.join(at, name)
            if os.path.isfile(path) and not os.path.islink(path):
                with open(path, "rb") as file:
                    data = file.read()
                if encoding(data[:4096]) == "bytes":
                    yield data


def invented(count: int) -> list[Rule]:
    """Return rules with keywords that text has here and there, as vendors' names are."""
    draw = random.Random(7)  # noqa: S311 - the same rules in every run
    words = ["".join(draw.choices("abcdefghiklmnoprstuvw", k=draw.randint(5, 9))) for _each in range(count)]
    value = rb"[\w.-]{0,20}[ \t]{0,3}[=:][ \t'\"]{0,4}[A-Za-z0-9/+=_-]{20,64}(?![\w-])"
    return [
        Rule(name=f"rule-{word}-{number}", face="lower", anchors=(word.encode(),), pattern=rb"(?i:" + word.encode() + rb")" + value)
        for number, word in enumerate(words)
    ]


def main() -> int:
    """Run, print, and return 1 when a bar is missed."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    begun = time.perf_counter()
    data = list(texts(sys.argv[1]))
    reading = time.perf_counter() - begun
    plan = Plan(Registry())
    rules = [*RULES, *plan.rules(), *invented(int(sys.argv[2]) if len(sys.argv) > 2 else 0)]
    told = (plan.hints(), frozenset(plan.asked()[0]) - LISTED)
    size = sum(map(len, data)) / 1e6
    print(f"{len(data)} files, {size:.1f} MB, {len(rules)} rules; reading them: {size / reading:.0f} MB/s")
    missed = False
    makers: dict[str, Callable[..., Matcher]] = {
        "databases": lambda *told: VectorscanMatcher(told[0], None, *told[1:]),
        "automaton": AutomatonMatcher,
        "standard library": StdlibMatcher,
    }
    for name, make in makers.items():
        begun = time.perf_counter()
        matcher: Matcher = make(rules, *told)
        made = time.perf_counter() - begun
        best = min(_timed(matcher, data) for _round in range(3))
        slowest = min((len(each) / 1e6 / _timed(matcher, [each]) for each in data if len(each) >= _LONG), default=0.0)
        missed |= size / best < BARS[name]
        print(
            f"{name:18} {size / best:7.0f} MB/s (bar {BARS[name]}), made in {made * 1e3:.0f} ms, {best / reading:.1f} x reading;"
            f" the slowest file {slowest:.0f} MB/s"
        )
    sample = data[:: max(1, len(data) // 20)][:20]
    begun = time.perf_counter()
    for each in sample:
        for rule in rules:
            re.search(rule.pattern, each, re.MULTILINE)
    print(
        f"plain re           {sum(map(len, sample)) / 1e6 / (time.perf_counter() - begun):7.2f} MB/s, on {len(sample)} of the files"
    )
    return int(missed)


def _timed(matcher: Matcher, data: list[bytes]) -> float:
    begun = time.process_time()  # of a busy machine, what this process takes
    for each in data:
        matcher.scan(each, [(0, len(each))])
    return time.process_time() - begun


if __name__ == "__main__":
    raise SystemExit(main())
