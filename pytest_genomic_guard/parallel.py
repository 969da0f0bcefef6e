"""Scan on several processors: children that are forked after everything is prepared, each with a git process of its own.

Parts of the input (`parts`) wait in one pipe, the large first and the small last, and whoever is done takes the next; shares of a
large text (`shares`) come before parts that nobody has begun. Only what a scan yields comes back, over a pipe between our own
processes: findings, facts, gaps, and sample ids for masking; of an artifact that gave nothing, a number. What a child that died
had taken is scanned here.
"""

from __future__ import annotations

import functools
import os
import time

from pytest_genomic_guard.children import Children, send
from pytest_genomic_guard.isolation.process import dismiss
from pytest_genomic_guard.isolation.turns import turn
from pytest_genomic_guard.look import Share
from pytest_genomic_guard.outcomes import Outcomes, short
from pytest_genomic_guard.parts import planned, typical
from pytest_genomic_guard.shares import Begun, Shares, together

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.engine import Engine
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.parts import Order
    from pytest_genomic_guard.scanned import Empty, Scanned
    from pytest_genomic_guard.shares import Task

    Tick = Callable[[int, int], None]

_EVERY = 0.2  # seconds after which a child tells how far it is
_IDLE = 2.0  # seconds that a decoder waits for another file: to start one takes a tenth of that


def processors() -> int:
    """Return how many processors this process may use, at most eight."""
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(here, 8)


def spread(engine: Engine, entries: Sequence[Artifact], jobs: int, tick: Tick) -> Outcomes:
    """Return what each entry gave, in order; `tick` is told now and then how many artifacts and bytes are done."""
    results = Outcomes(entries)
    done = _Done(tick)
    first = typical(entries, jobs)
    for at in first:  # what these load is there for all children, once
        _here(engine, entries[at], at, results, done)
    order = planned(entries, jobs, first)
    work = _Work(engine, entries, order, jobs, results, done)
    dismiss(0)  # those decoders of this process are not for its children
    turn.share()
    children, give_back = Children(), _giver()
    give_back()  # what the listing took: pages that children write to are theirs, too
    tasks = [(number, 0, 0) for number in range(len(order.parts))]
    try:
        children.begin(lambda tasks, to: _Serving(engine, order, work.counts, to, give_back).serve(tasks), min(jobs, work.most()))
        for child, message in children.messages(tasks, work.waiting, engine.meanwhile):
            if message is not None:
                children.more(work.take(child, message), answered=message[0] is not None)
            else:
                done.now(child, 0, 0, over=False)
    finally:
        children.end()
    work.rest()
    return results


class _Work:
    """What children do, and what they gave."""

    def __init__(  # noqa: PLR0913, PLR0917 - what `spread` has
        self, engine: Engine, entries: Sequence[Artifact], order: Order, jobs: int, results: Outcomes, done: _Done
    ) -> None:
        self._engine, self._entries, self._order, self._results, self._done = engine, entries, order, results, done
        self._missing = set(range(len(order.parts)))
        self._shares = Shares(entries, jobs, order.numbers)
        self.waiting, self.counts = self._shares.waiting, self._shares.counts

    def most(self) -> int:
        """Return how many children there can be work for."""
        return len(self._missing) + self._shares.most()

    def take(self, child: int, message: Any) -> list[Task]:
        """Take what a child tells; return what is to be done besides."""
        number, files, size, found, identifiers = message
        if isinstance(found, Begun):
            return self._shares.begun(found)
        if isinstance(found, Share):
            return self._share(child, number, found)
        self._done.now(child, files, size, over=number is not None)
        if number is None:
            return []
        self._missing.remove(number)
        self._engine.identifiers.update(identifiers)
        tasks: list[Task] = []
        numbers = self._order.numbers[slice(*self._order.parts[number])]
        self._shares.known(numbers)
        for at, each in zip(numbers, found, strict=True):
            if isinstance(each, Share):
                tasks += self._share(child, at, each)
            else:
                self._results.put(at, each)
        return tasks

    def _share(self, child: int, at: int, share: Share) -> list[Task]:
        """Take a share of an artifact."""
        tasks, size = self._shares.take(at, share)
        self._done.now(child, 0, size, over=True)
        given = None if tasks else self._shares.joined(at)
        if given:
            entry, seen = self._entries[at], any(each.seen for each in given)
            self._engine.identifiers.update(*(each.identifiers for each in given))
            found = self._engine.summed(entry, together(given), seen=seen)
            self._put(at, self._engine.with_copy(entry, found) if given[0].copied or found.target else found)
        return tasks

    def _put(self, at: int, found: Scanned) -> None:
        """Take what an artifact gave, of which a part may be counted already."""
        entry = self._entries[at]
        self._results.put(at, short(entry, found))
        self._done.now(0, 1, (entry.size or 0) - self._shares.told.get(at, 0), over=True)

    def rest(self) -> None:
        """Scan here what nobody has scanned: a child died, or what it found cannot be sent or does not fit."""
        numbers = {at for number in self._missing for at in self._order.numbers[slice(*self._order.parts[number])]}
        for at in sorted(numbers.union(self._shares.left())):
            self._put(at, self._engine.scan(self._entries[at]))


def _here(engine: Engine, entry: Artifact, at: int, results: Outcomes, done: _Done) -> None:
    """Scan one artifact in this process."""
    results.put(at, short(entry, engine.scan(entry)))
    done.now(0, 1, entry.size or 0, over=True)


class _Done:
    """How much is done: by parts that are over, and by each child of the one that it is at."""

    def __init__(self, tick: Tick) -> None:
        self._tick = tick
        self._over = (0, 0)
        self._open: dict[int, tuple[int, int]] = {}

    def now(self, child: int, files: int, size: int, *, over: bool) -> None:
        """Take how far a child is in its part; one that died has done nothing of it."""
        if over:
            self._over = self._over[0] + files, self._over[1] + size
        self._open[child] = (0, 0) if over else (files, size)
        self._tick(*(before + sum(some) for before, some in zip(self._over, zip(*self._open.values(), strict=True), strict=True)))


def _giver() -> Callable[[], object]:
    """Return what gives the memory back that is free, which malloc keeps between others; elsewhere than in glibc, nothing does."""
    try:
        import ctypes  # noqa: PLC0415 - for large inputs only

        return functools.partial(ctypes.CDLL(None).malloc_trim, 0)
    except (ImportError, OSError, AttributeError, MemoryError):
        return lambda: None


class _Serving:
    """What a child does."""

    def __init__(self, engine: Engine, order: Order, counts: Mapping[int, int], to: int, give_back: Callable[[], object]) -> None:
        self._engine, self._order, self._counts, self._to, self._give_back = engine, order, counts, to, give_back

    def serve(self, tasks: Iterator[Task]) -> None:
        """Scan parts, and look at shares, until there is none left, and tell what they gave."""
        for number, share, claimed in tasks:
            if not share:
                self._part(number)
                continue
            entry = self._order.entries[number]
            self._engine.expect([entry])
            given = self._engine.share(entry, self._counts[number], share, claimed=bool(claimed))
            send(self._to, (number, 0, 0, given, ()))
            self._rested()

    def _part(self, number: int) -> None:
        """Scan a part."""
        numbers = self._order.numbers[slice(*self._order.parts[number])]
        self._engine.identifiers.clear()
        self._engine.expect(self._order.part(number))
        found: list[Any] = []
        after, files, size = time.monotonic() + _EVERY, 0, 0
        known: dict[Empty, Empty] = {}  # one of each kind: sent once
        for at in numbers:
            entry = self._order.entries[at]
            told = self._one(at, entry)
            found.append(known.setdefault(told, told) if type(told) is tuple else told)
            if type(told) is not Share:
                files, size = files + 1, size + (entry.size or 0)
            if time.monotonic() >= after:
                after = time.monotonic() + _EVERY
                send(self._to, (None, files, size, (), ()))
                self._rested()
        send(self._to, (number, files, size, found, self._engine.identifiers))

    def _one(self, at: int, entry: Artifact) -> Scanned | Empty | Share:
        """Scan one artifact, or its first share."""
        count = self._counts.get(at)
        if not count:
            return short(entry, self._engine.scan(entry))

        def begun(claimed: bool, matched: bool) -> None:  # noqa: FBT001 - what is told
            send(self._to, (None, 0, 0, Begun(at=at, claimed=claimed, matched=matched), ()))

        told = self._engine.begin(entry, count, begun)
        return told if isinstance(told, Share) else short(entry, told)

    def _rested(self) -> None:
        """Let go what is not needed any more."""
        dismiss(_IDLE)
        self._give_back()
