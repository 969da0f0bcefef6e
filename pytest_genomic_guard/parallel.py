"""Scan on several processors: children that are forked after everything is prepared, each with a git process of its own.

Only what a scan yields comes back, over a pipe between our own processes: findings, facts, gaps, and sample ids for masking. Where
there is no fork, or whatever goes wrong in a child, the part is scanned here.
"""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import active_children, get_context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytest_genomic_guard.engine import Engine, Scanned
    from pytest_genomic_guard.model import Artifact

_BYTES, _FILES = 2 << 20, 200  # of one part: small enough that all are busy to the end

_work: tuple[Engine, Sequence[Artifact]] | None = None  # for the children, which inherit it


def processors() -> int:
    """Return how many processors this process may use, at most eight."""
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(here, 8)


def spread(engine: Engine, entries: Sequence[Artifact], jobs: int, tick: Callable[[], None]) -> Iterator[Scanned]:
    """Yield what each entry gave, in order; `tick` is called for each."""
    global _work  # noqa: PLW0603 - a child process finds it there
    _work = engine, entries
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("fork"), initializer=_begin)
    try:
        parts = list(_parts(entries))
        futures = [pool.submit(_part, first, after) for first, after in parts]
        for future, (first, after) in zip(futures, parts, strict=True):
            try:
                found, identifiers = future.result()
            except Exception:  # noqa: BLE001 - a child died, or what it found cannot be sent: done again here, where it is told
                yield from map(engine.scan, entries[first:after])
                continue
            engine.identifiers |= identifiers
            for each in found:
                tick()
                yield each
    except BaseException:  # Ctrl-C too: nobody waits for what is being read
        for child in active_children():
            child.kill()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        _work = None


def _parts(entries: Sequence[Artifact]) -> Iterator[tuple[int, int]]:
    first = size = 0
    for number, entry in enumerate(entries, 1):
        size += entry.size or 0
        if size >= _BYTES or number - first >= _FILES:
            yield first, number
            first, size = number, 0
    if first < len(entries):
        yield first, len(entries)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a terminal sends Ctrl-C to all: end at once, without a traceback


def _part(first: int, after: int) -> tuple[list[Scanned], set[bytes]]:
    assert _work is not None  # noqa: S101 - set before the fork
    engine, entries = _work
    engine.identifiers.clear()
    engine.quiet()
    engine.expect(entries[first:after])
    return [engine.scan(entry) for entry in entries[first:after]], set(engine.identifiers)
