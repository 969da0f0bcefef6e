"""From the manifests of a snapshot, the environments beside it and the licence lock to packages, each concluded and judged."""

from __future__ import annotations

import time

from pytest_genomic_guard.inventory import declared as manifests
from pytest_genomic_guard.inventory import untold
from pytest_genomic_guard.inventory.own import own_licence
from pytest_genomic_guard.inventory.part import Part
from pytest_genomic_guard.inventory.result import Asked, Evidence, Inventory, candidates
from pytest_genomic_guard.inventory.sources import Lock, Seen
from pytest_genomic_guard.model import Gap, Located, Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytest_genomic_guard.evidence.environments import Environment
    from pytest_genomic_guard.inventory.declared import Unit
    from pytest_genomic_guard.inventory.part import Source
    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.policy import Policy
    from pytest_genomic_guard.views.licences.nouns import Ecosystem

_MEANT = frozenset(("configured", "running", "project", "pixi"))  # environments that are the project's own
CODE = "LIC908"  # of a gap in the evidence
ECOSYSTEMS: Sequence[Ecosystem] = ("python", "conda", "r", "node", "tool", "container")
_PROBLEMS = {"dead": "dead-environment", "missing": "dead-environment", "empty": "empty-environment", "own": "own-environment"}


def build(snapshot: Snapshot, policy: Policy, excluded: Callable[[bytes], bool], asked: Asked) -> Inventory:
    """Read all manifests and judge the packages that they lead to; what could not be told of is a Gap or a fact."""
    units, gaps = manifests.units(snapshot, policy, excluded)
    lock, lost = _lock(snapshot)
    gaps += lost
    builder = _Builder(snapshot, policy, asked, lock)
    for unit in units:
        builder.add(unit)
    builder.end()
    paths = frozenset(each.path for unit in units for each in unit.declared) | {manifests.LOCK}
    return Inventory(
        facts=tuple(builder.facts),
        gaps=(*gaps, *builder.gaps),
        evidence=tuple(builder.evidence),
        parts=tuple(builder.parts),
        paths=paths,
        asked=tuple(sorted(builder.read.items())),
    )


def _lock(snapshot: Snapshot) -> tuple[Lock, list[Gap]]:
    """Return the licence lock of a snapshot, empty where there is none."""
    entry = snapshot.find(manifests.LOCK)
    if entry is None:
        return Lock(()), []
    from pytest_genomic_guard.views.licences import kept  # noqa: PLC0415 - where there is one

    try:
        read = kept.read(manifests.content(entry))
    except Unreadable as error:
        return Lock(()), [Gap(path=manifests.LOCK, reason=error.reason)]
    return (Lock(()), [Gap(path=manifests.LOCK, reason="manifest")]) if read is None else (Lock(read), [])


class _Builder:
    """Judges one unit after the other; environments are read once."""

    def __init__(self, snapshot: Snapshot, policy: Policy, asked: Asked, lock: Lock) -> None:
        self._snapshot, self._policy, self._asked, self._lock = snapshot, policy, asked, lock
        self._root: bytes | None = getattr(snapshot, "root", None)
        self._today = time.strftime("%Y-%m-%d")
        self._seen: dict[bytes, Seen] = {}
        self.facts: list[Located] = []
        self.gaps: list[Gap] = []
        self.evidence: list[Evidence] = []
        self.parts: list[Part] = []
        self.read: dict[bytes, str] = {}  # what was in an environment before it was read

    def add(self, unit: Unit) -> None:
        """Judge all packages of a unit."""
        from pytest_genomic_guard.inventory.judged import Settings, unused  # noqa: PLC0415 - where there are manifests

        values = self._policy.settings("licences", unit.root or b".")
        settings = Settings.of(values, own_licence(self._snapshot, unit))
        parts: list[Part] = []
        self.facts += manifests.unclear(unit)
        for ecosystem in ECOSYSTEMS:
            part = Part(unit, ecosystem, settings, self._lock)
            if not part.asks and not (ecosystem == "python" and part.declares):
                continue
            candidates = self._candidates(unit, values.get("python", "")) if ecosystem in {"python", "conda", "r"} else []
            if any(each.kind in _MEANT and each.problem for each in candidates):  # what is first on PATH is no stand-in for it
                candidates = [each for each in candidates if each.kind != "path"]
            part.tell(self._sources(part, [each for each in candidates if not each.problem or each.problem == "empty"]))
            self.gaps += [gap for gap in self._lost(part, candidates) if gap not in self.gaps]
            self.facts += [*part.judged(self._today), *untold.hinted(part)]
            parts.append(part)
            self.evidence += [
                Evidence(root=unit.root, ecosystem=ecosystem, label=label, digest=digest, told=told, of=part.needed)
                for label, digest, told in part.told
            ]
        packages = [package for part in parts for package in (*part.packages, *untold.packages(part))]
        if parts:
            at = self._policy.path or parts[0].path
            self.facts += [Located(path=at, fact=fact) for fact in unused(packages, settings, self._today)]
        self.parts += parts

    def end(self) -> None:
        """Keep what was concluded of environments."""
        for seen in self._seen.values():
            seen.remember()

    def _candidates(self, unit: Unit, configured: str) -> list[Environment]:
        """Return the environments in which a unit may be installed, in the order of the ladder."""
        return [] if self._root is None else candidates(self._root, unit.root, configured, self._asked)

    def _sources(self, part: Part, environments: Sequence[Environment]) -> Iterator[Source]:
        """Yield what can tell of a part, best first."""
        if part.ecosystem == "python":
            yield from (self._read(each) for each in environments if not each.problem)
            return
        from pytest_genomic_guard.inventory import library  # noqa: PLC0415 - for others than pip

        if part.ecosystem == "conda":
            from pytest_genomic_guard.evidence.environments import digest  # noqa: PLC0415 - as above

            for each in environments:
                if each.kind != "path":
                    self.read.setdefault(each.prefix, digest(each))
                    yield library.of_conda(each)
        elif self._root is not None:
            for root in dict.fromkeys((self._at(part.unit.root), self._root)):
                if part.ecosystem == "r":
                    prefixes = [each.prefix for each in environments if each.kind != "path"]
                    yield library.of_r(root, self._asked.environ, prefixes)
                elif part.ecosystem == "node":
                    yield library.of_node(root)

    def _at(self, root: bytes) -> bytes:
        return (self._root or b"") + (b"/" + root if root else b"")

    def _read(self, environment: Environment) -> Seen:
        if environment.prefix not in self._seen:
            seen = self._seen[environment.prefix] = Seen(environment, cached=self._asked.cached)
            self.read[environment.prefix] = seen.digest
        return self._seen[environment.prefix]

    def _lost(self, part: Part, candidates: Sequence[Environment]) -> Iterator[Gap]:
        """Yield why evidence that should be there is none: always of an environment that somebody named."""
        for each in candidates if part.ecosystem == "python" else ():
            named = each.kind == "configured"
            if each.problem and (named or (each.kind == "project" and not part.whole)):
                yield Gap(path=part.path, reason=_PROBLEMS[each.problem], code=CODE)
                return
        if part.needed and not part.any_told and not part.differs:
            yield Gap(path=part.path, reason="no-environment", code=CODE)
