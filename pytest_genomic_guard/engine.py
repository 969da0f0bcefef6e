"""From a snapshot and a policy to a report: read, look, relate, judge."""

from __future__ import annotations

import os
from functools import cache

from pytest_genomic_guard import inventory
from pytest_genomic_guard.behind import behind, joined, partly, unpointed
from pytest_genomic_guard.judge import Judge
from pytest_genomic_guard.look import Looking
from pytest_genomic_guard.matching import matcher
from pytest_genomic_guard.model import BY_NAME, Finding, Gap, Located, Snapshot, Unreadable
from pytest_genomic_guard.near import around, kinds, settled
from pytest_genomic_guard.outcomes import Outcomes, Some, kept, short
from pytest_genomic_guard.policy.mask import mask
from pytest_genomic_guard.related import alone, relate, unrelated
from pytest_genomic_guard.relations.run.allow import ALLOW
from pytest_genomic_guard.scanned import Scanned
from pytest_genomic_guard.sources.files import read_all
from pytest_genomic_guard.sources.rows import paths, sizes
from pytest_genomic_guard.views import variants
from pytest_genomic_guard.views.pointers import LFS_POINTER
from pytest_genomic_guard.views.wanted import LISTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from pytest_genomic_guard.known import Known
    from pytest_genomic_guard.look import Begin, Share
    from pytest_genomic_guard.matching import Matcher
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.policy import Policy
    from pytest_genomic_guard.registry import Plan
    from pytest_genomic_guard.report import Report

    Tick = Callable[[int, int, int, int], None]  # artifacts and bytes that are done, and of how many

LARGE = 8 << 20  # bytes of one artifact from which several processes may look at it
MANY, MANY_BYTES = 100, 1 << 20  # files and bytes from which what earlier runs found is asked for, and kept
SPREAD = 2 << 20  # work from which several processes are faster than one, in bytes
FILE = 8 << 10  # work that a file is besides its bytes


class Engine(Looking):
    """Runs one plan over artifacts. Holds what was seen of identifiers, in memory only, so that paths can be masked."""

    remembers = True  # what earlier runs found of the same contents

    def __init__(self, plan: Plan, *, tick: Tick | None = None, cached: bool = True, jobs: int = 1, python: str = "") -> None:
        """Take the rules; `tick` is told of artifacts and bytes that are done, `cached` allows the folder of compiled databases.

        So many of `jobs` scan, or for 0 one a processor where the input is large; `python` is what tells of licences.
        """
        super().__init__(plan)
        self._python, self._jobs = python, jobs
        self._cached, self._size = cached, 0
        self._made: Matcher | None = None
        self._tick = tick or _nothing
        self._snapshot = Snapshot()
        self._known: Known | None = None
        self.names = set[bytes]()
        self.meanwhile: Callable[[], object] = _nothing  # what this process does while its children scan

    def run(self, snapshot: Snapshot, policy: Policy) -> Report:
        """Scan what is to be judged, relate the facts, judge by the policy."""
        judge = Judge(snapshot, policy, self._plan)
        changed = snapshot.chosen()
        self._size = sum(sizes(changed))
        self._snapshot = snapshot
        entries = kept(changed, judge.excluded, judge.kept) if policy.exclude else changed
        self._known = self._remembered(judge, len(entries))
        held = cache(lambda: inventory.taken(snapshot, policy, judge.excluded, self._plan.codes, self._python, cached=self._cached))
        self.meanwhile = held
        scanned = self._through(entries)
        beside = self._scan_beside(judge.kept(text) for text in snapshot.beside(self._known.paths if self._known else ()))
        if self._known:
            self._known.keep(entries, scanned, beside, mask(self.identifiers, self.names))
        says = [each for each in scanned.telling() if each.facts]
        facts = [*snapshot.facts(), *(Located(path=each.path, fact=fact) for each in (*says, *beside) for fact in each.facts)]
        past = {id(fact) for each in says if not snapshot.stands(each.path, each.blob) for fact in each.facts}
        related, gaps = list[Finding](), list[Gap]()
        if snapshot.source == "history":  # one file of one time beside another of another time says nothing
            scanned = scanned.each(lambda each: alone(self._plan, each))
            facts += unrelated(self._plan, snapshot, facts)
        else:
            around = [*facts, *self._around(snapshot, [*facts, *held().near], judge), *held().facts]
            related, gaps = self._relate(around, snapshot.changed | held().paths, past)
            gaps += held().gaps
            scanned, related = settled(scanned, related, around)
        facts += partly(snapshot, scanned)
        report = judge.report(
            scanned,
            related,
            [*gaps, *snapshot.gaps()],
            own_facts=facts,
            excluded=len(changed) - len(scanned),
            beside=beside,
            identifiers=self.identifiers,
            names=self.names,
        )
        return report.replace(evidence=(*report.evidence, *held().used))

    def _remembered(self, judge: Judge, entries: int) -> Known | None:
        """Return what earlier runs tell, where asking is worth more than it costs."""
        if not (self._cached and self.remembers) or (self._size < MANY_BYTES and entries < MANY):
            return None
        from pytest_genomic_guard.known import known  # noqa: PLC0415 - for large inputs only

        return known(self._snapshot, self._plan.registry, judge.rules())

    @property
    def _matcher(self) -> Matcher:
        """Return what finds the text rules, chosen when the first text turns up."""
        if self._made is None:
            rules, asked = [*variants.RULES, ALLOW, *self._plan.rules()], frozenset(self._plan.asked()[0]) - LISTED
            self._made = matcher(rules, self._size, hints=self._plan.hints(), asked=asked, cached=self._cached)
        return self._made

    def _scan_all(self, entries: Sequence[Artifact]) -> Outcomes:
        size = sum(sizes(entries))
        jobs = self._jobs or (0 if size + FILE * len(entries) > SPREAD else 1)
        if jobs != 1 and (len(entries) > 1 or size >= LARGE) and hasattr(os, "fork"):
            from pytest_genomic_guard.parallel import processors, spread  # noqa: PLC0415 - for large inputs only

            jobs = jobs or processors()
            if jobs > 1:
                self._matcher.scan(b"")  # made here, for all
                return spread(self, entries, jobs, lambda files, done: self._tick(files, done, len(entries), size))
        self.expect(entries)
        scanned, done = Outcomes(entries), 0
        for at, entry in enumerate(entries):
            scanned.put(at, short(entry, self.scan(entry)))
            done += entry.size or 0
            self._tick(at + 1, done, len(entries), size)
        return scanned

    def _through(self, entries: Sequence[Artifact]) -> Outcomes:
        """Return what each entry gave, now or in an earlier run."""
        known = self._known.all(entries) if self._known else []
        if not any(known):
            return self._scan_all(entries)
        new = Some(entries, [at for at, found in enumerate(known) if found is None])
        self._size = sum(sizes(new))
        return self._scan_all(new).among(entries, known)

    def _relate(self, facts: Sequence[Located], changed: AbstractSet[bytes], past: set[int]) -> tuple[list[Finding], list[Gap]]:
        """Run the relations between what stands."""
        return relate(self._plan, facts, changed, past)

    def expect(self, entries: Sequence[Artifact]) -> None:
        """Prepare the source for entries that will be scanned in this order."""
        self._snapshot.expect(entries)

    def _scan_beside(self, texts: Iterable[Artifact | None]) -> list[Scanned]:
        """Scan messages and names: many together, and one by one only where something is in them."""
        from pytest_genomic_guard.beside import Gathered  # noqa: PLC0415 - for commits only

        found: list[Scanned] = []
        gathered = Gathered(lambda data: self._matcher.scan(data))  # noqa: PLW0108 - made when the first text needs it
        for text in texts:
            if text is not None:
                found += [self._named(each) for each in gathered.take(text)]
        return [*found, *(self._named(each) for each in gathered.rest())]

    def _named(self, text: Artifact) -> Scanned:
        """Scan a text that is no file; of a name in which something was found, that is masked wherever the name is shown."""
        scanned = self._scan(text)
        if text.kind in {"name", "ref"} and any(found.key != BY_NAME for found in scanned.findings):
            data = read_all(text.open())
            parts = {data[start:end] for spans in self._matcher.scan(data).values() for start, end in spans}
            self.names |= parts or {data}
            self.identifiers |= parts
        return scanned

    def scan(self, artifact: Artifact) -> Scanned:
        """Scan one artifact, and the work tree's version of it where that differs."""
        if self._known and (known := self._known.read(artifact)):
            return known
        return self.with_copy(artifact, self._scan(artifact))

    def begin(self, artifact: Artifact, shares: int, begin: Begin) -> Scanned | Share:
        """Scan one artifact, as `scan` does, or the first of some shares of it: others look at the rest once `begin` is told."""
        if self._known and (known := self._known.read(artifact)):
            return known
        result = self.first(artifact, shares, begin)
        if isinstance(result, Scanned):
            return self.with_copy(artifact, result)
        return result.replace(copied=_copy(artifact) is not None)

    def with_copy(self, artifact: Artifact, result: Scanned) -> Scanned:
        """Return what an artifact gave, with what is behind a pointer, and the work tree's version where that differs."""
        copy = _copy(artifact)
        if result.target or result.covered.format == LFS_POINTER:
            held, copy = behind(self._snapshot, artifact, result.target, copy)
            result = joined(result, self._scan(held)) if held else result.replace(target=None)
            result = result.replace(plain=False)  # what is behind it may be elsewhere tomorrow
        if copy is None:
            return result
        result = result.replace(plain=False)
        other = self._scan(copy)
        result = unpointed(result) if result.covered.format == LFS_POINTER else result
        told = {(finding.code, finding.location) for finding in result.findings}
        extra = tuple(finding for finding in other.findings if (finding.code, finding.location) not in told)
        first = len(result.findings)
        return result.replace(findings=result.findings + extra, working_copy=frozenset(range(first, first + len(extra))))

    def _around(self, snapshot: Snapshot, facts: Sequence[Located], judge: Judge) -> Iterator[Located]:
        """Yield the facts of unchanged artifacts with which a relation compares the changed ones."""
        unchanged = snapshot.unchanged()
        if not unchanged:
            return
        relations = [relation for relation, _options in self._plan.relations(kinds(facts), run=False)]
        wanted = around(facts, relations)
        for at, path in enumerate(paths(unchanged)):
            if wanted(path) and not judge.excluded(path):
                yield from (Located(path=path, fact=fact) for fact in self.scan(unchanged[at]).facts)


def _copy(artifact: Artifact) -> Artifact | None:
    """Return the work tree's version of an artifact where that differs."""
    try:
        return artifact.copy() if artifact.copy else None
    except Unreadable:
        return None  # the blob itself is missing; the scan of it has said so


def _nothing(*_: int) -> None:
    """Do nothing, as a progress that nobody sees."""
