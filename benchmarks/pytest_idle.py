"""Time what the plugin costs a pytest run that does not use it: with it, and with ``-p no:genomic_guard``.

    python benchmarks/pytest_idle.py [ROUNDS]

The difference is a few milliseconds of a quarter of a second, so it takes many rounds; the two commands run in turn, each round in
the other order. The bar: at most 5 ms, by the least times, which other work on the machine disturbs least.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from _timing import rounds

BAR_MS = 5


def main() -> int:
    """Run, print, and return 1 when the bar is missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "test_nothing.py").write_text("def test_nothing():\n    pass\n", encoding="utf-8")
        base = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", ".", "test_nothing.py"]
        times = rounds({"without": [*base, "-p", "no:genomic_guard"], "with": base}, root, count)
    print(f"Python {sys.version.split()[0]}, pytest {version('pytest')}, {count} rounds")
    for name, timed in times.items():
        print(f"{name + ' the plugin':24} least {timed.least:8.1f} ms   median {timed.median:8.1f} ms")
    differences = [on - off for on, off in zip(times["with"].all, times["without"].all, strict=True)]
    cost = times["with"].least - times["without"].least
    print(f"idle plugin              {cost:8.1f} ms   (bar {BAR_MS}; median of differences {statistics.median(differences):.1f})")
    return 0 if cost <= BAR_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
