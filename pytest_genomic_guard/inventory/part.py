"""One ecosystem of one unit: what it requires, what tells of it, what is made of that."""

from __future__ import annotations

from pytest_genomic_guard.inventory import doubts, required, ways
from pytest_genomic_guard.inventory.graph import reached
from pytest_genomic_guard.inventory.interpreters import beside
from pytest_genomic_guard.inventory.judged import clarified
from pytest_genomic_guard.inventory.markers import Platform
from pytest_genomic_guard.inventory.sources import embedded
from pytest_genomic_guard.inventory.states import Closure, Reached
from pytest_genomic_guard.model import Located
from pytest_genomic_guard.views.licences.nouns import Conclusion, Elsewhere, Package, Uncovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from pytest_genomic_guard.inventory.declared import Unit
    from pytest_genomic_guard.inventory.judged import Settings
    from pytest_genomic_guard.inventory.library import Library
    from pytest_genomic_guard.inventory.sources import Key, Lock, Seen
    from pytest_genomic_guard.inventory.states import Node
    from pytest_genomic_guard.model import Fact
    from pytest_genomic_guard.views.licences.nouns import Ecosystem

    Source: TypeAlias = Seen | Library

# What comes with R itself (R 4.5, `installed.packages(priority = "base")`), and R.
ASIDE = ("tool", "container")  # what runs beside the project, as a program of its own
_BASE_R = frozenset(
    (
        *("R", "base", "compiler", "datasets", "graphics", "grDevices", "grid", "methods", "parallel", "splines", "stats"),
        *("stats4", "tcltk", "tools", "utils"),
    )
)


class Part:
    """What one ecosystem of a unit requires. First `tell` it of the environments, then ask."""

    def __init__(self, unit: Unit, ecosystem: Ecosystem, settings: Settings, lock: Lock) -> None:
        """Take the manifests of the ecosystem."""
        self.unit, self.ecosystem, self.settings = unit, ecosystem, settings
        self.kept = lock
        mine = [each for each in unit.declared if ecosystem in required.ecosystems(each)]
        self._declared = sorted(mine, key=lambda each: each.manifest.lock)
        self.groups = required.groups(self._declared, ecosystem)
        self._wanted, self.pins = required.wanted(self.groups), required.pins(self.groups)
        self._versions = required.locked(self._declared, ecosystem, aside=False)
        self._aside = {key: nodes[0] for key, nodes in required.locked(self._declared, ecosystem, aside=True).items()}
        self.locked: dict[Key, Node] = {key: nodes[0] for key, nodes in self._versions.items()}
        self.seen: Source | None = None
        self.nodes: dict[Key, Node] = {}
        self.closure = Closure()
        self.packages: list[Package] = []
        self._told: dict[str, int] = {}
        self._beside: frozenset[str] = frozenset()
        self.unmet: dict[str, str] = {}

    @property
    def asks(self) -> bool:
        """Tell whether it requires anything."""
        return bool(self.locked or self._aside) or any(group.requires for _path, group in self.groups)

    @property
    def declares(self) -> bool:
        """Tell whether a manifest is there, even one that requires nothing: what is installed is then undeclared."""
        return bool(self._declared)

    @property
    def path(self) -> bytes:
        """Return the manifest at which is told what is of none."""
        return required.foremost(self._declared, self.ecosystem)

    def tell(self, environments: Iterable[Source]) -> None:
        """Take the first environment that tells of all that is needed, else the one that tells of most."""
        best: tuple[tuple[int, int, int], Source | None] = ((0, 0, 0), None)
        self._with(None)
        for seen in environments:
            self._with(seen)
            if not self.asks and seen.ours:
                return
            there = sum(name in seen for name in self.closure) if seen.ours else 0  # in another version than is asked for
            has = sum(self.has(name) for name in self._needs()), sum(self.has(name) for name in self.closure), there
            if has > best[0]:
                best = (has, seen)
            if has[0] == len(self._needs()) and not self.closure.missing:
                break
        if best[1] is not self.seen:
            self._with(best[1])

    def _with(self, seen: Source | None) -> None:
        """Find what is needed with an environment, or without."""
        self.seen = seen
        self.locked = {key: self._fitting(key, nodes) for key, nodes in self._versions.items()}
        known = {**self._aside, **self._known(seen)}
        self.nodes = dict(self.locked) or known
        if self.locked and not any(node.requires for node in self.nodes.values()):  # a lock without a graph: metadata have it
            self.nodes = {key: required.joined(node, known.get(key)) for key, node in self.nodes.items()}
        python = seen.python if seen else ""
        self.closure = reached(self.groups, self.nodes, python, self.ecosystem)
        if self.locked and (self.closure.missing or self._aside):  # locks can be of a part of it, and lists of constraints are
            self.nodes = {**known, **self.nodes}
            self.closure = reached(self.groups, self.nodes, python, self.ecosystem)
        self.unmet = required.unmet(self.groups, self.nodes, self.locked, python) if self.ecosystem == "python" else {}

    def _known(self, seen: Source | None) -> dict[Key, Node]:
        """Return what the licence lock and an environment have.

        An environment that is there by chance, and has not even all of the licence lock, does not say which versions are used.
        """
        kept, there = self.kept.nodes(self._wanted), seen.nodes() if seen else {}
        whole = seen is not None and all(name in seen for kind, name in kept if kind == self.ecosystem)
        return {**kept, **there} if whole or getattr(seen, "ours", True) else {**there, **kept}

    def _fitting(self, key: Key, nodes: Sequence[Node]) -> Node:
        """Return which of several versions of a package is meant here: what is installed, else by markers, else the first."""
        if len(nodes) == 1:
            return nodes[0]
        platform = Platform(self.seen.python if self.seen else "")
        there = self.seen.version(key[1]) if self.seen and key[1] in self.seen else ""
        return max(nodes, key=lambda each: (each.version == there, platform.where(each.marker) == "here"))

    def _needs(self) -> list[str]:
        """Return the names of all that the project needs at run time and others make."""
        return [
            name
            for name, each in (*self.closure.items(), *self.closure.missing.items())
            if each.scope == "runtime" and not self.own(name) and name not in self.base
        ]

    @property
    def base(self) -> frozenset[str]:
        """Return the names of what comes with the language."""
        return _BASE_R if self.ecosystem == "r" else frozenset(("python",)) if self.ecosystem == "conda" else frozenset()

    def own(self, name: str) -> bool:
        """Tell whether a package is the project itself, or a part of it."""
        node = self.nodes.get((self.ecosystem, name))
        names = {each.manifest.name for each in self._declared}
        return name in names or (node is not None and node.own)

    def has(self, name: str) -> bool:
        """Tell whether the environment has a package in the version that is locked."""
        node = self.nodes.get((self.ecosystem, name))
        same = self.seen and node and name in self.seen and self.seen.version(name) == node.version
        return bool(same) and name not in self.unmet

    @property
    def needed(self) -> int:
        """Return how many packages evidence is needed for. What runs beside the project, as programs in images do, needs none."""
        return 0 if self.ecosystem in ASIDE else len(self._needs())

    @property
    def told(self) -> list[tuple[str, str | None, int]]:
        """Return what told of packages, with its digest and how many."""
        digest = self.seen.digest if self.seen else None
        return [(label, digest if self.seen and label == self.seen.label else None, count) for label, count in self._told.items()]

    @property
    def any_told(self) -> bool:
        """Tell whether anything told of any package that is needed.

        An environment that is there by chance, as the Python of the system is, may have a package or two of a project that was
        never installed in it: it tells of the project where it has half of what is needed.
        """
        told = [by for by in (self._conclude(name)[2] for name in self._needs()) if by]
        if self.seen is None or getattr(self.seen, "ours", True) or {*told} != {self.seen.label}:
            return bool(told)
        return 2 * len(told) >= len(self._needs())

    @property
    def differs(self) -> bool:
        """Tell whether the project's own environment has other versions than are asked for, which is told as such."""
        return any(doubts.disagrees(self, name) is not None for name in self._needs())

    @property
    def whole(self) -> bool:
        """Tell whether all that is needed was told of."""
        return all(self._conclude(name)[2] for name in self._needs())

    def _conclude(self, name: str) -> tuple[Conclusion, str, str]:
        """Return what is concluded of a package, its version, and what told of it: the first that knows this version."""
        node = self.nodes.get((self.ecosystem, name))
        version = node.version if node else ""
        if self.seen and self.has(name):
            return self.seen.conclusion(name), version, self.seen.label
        if node and node.licence:
            return embedded(node.licence, self.ecosystem), version, "the lock itself"
        held = self.kept.of((self.ecosystem, name), version)
        if held and name not in self.unmet:
            return self.kept.conclusion(held), held.version, "the licence lock"
        return Conclusion(), version, ""

    def judged(self, today: str) -> Iterator[Located]:
        """Yield facts of all packages, judged by the policy, and of what is wrong with the evidence."""
        for path, fact in (*self._packages(today), *doubts.evidence(self)):
            yield Located(path=path, fact=fact)

    def _packages(self, today: str) -> Iterator[tuple[bytes, Fact]]:
        optional = {"extra": 0, "dev": 0, "tool": 0, "platform": 0}
        nothing = self.needed and not self.any_told  # a Gap says so
        self._beside = beside(self.nodes, self.closure, self.ecosystem)
        for name, each in sorted((*self.closure.items(), *self.closure.missing.items())):
            if self.own(name) or name in self.base:
                continue
            concluded, version, by = self._conclude(name)
            if by:
                self._told[by] = self._told.get(by, 0) + (each.scope == "runtime")
                yield from self._judge(self._package(name, version, concluded, by, each), today)
                yield from self._further(name, each, today)
            elif self.ecosystem in ASIDE:
                optional["tool"] += 1
            elif each.scope != "runtime":
                optional[each.scope] += 1
            elif not nothing and doubts.disagrees(self, name) is None:
                yield each.manifest or self.path, self._uncovered(name, version, each)
        for name in sorted(self.closure.elsewhere):  # of another platform, and judged where something tells of it
            concluded, version, by = self._conclude(name)
            if by and not self.own(name):
                node = self.nodes[self.ecosystem, name]
                there = Reached(name=name, manifest=node.manifest or self.path, line=node.line)
                yield from self._judge(self._package(name, version, concluded, by, there), today)
            else:
                optional["platform"] += 1
        for scope, count in optional.items():
            if count:
                yield self.path, Elsewhere(count=count, why=scope)  # type: ignore[arg-type]

    def _further(self, name: str, each: Reached, today: str) -> Iterator[tuple[bytes, Fact]]:
        """Yield the other versions of a package that its locks hold, where something tells of them."""
        key = (self.ecosystem, name)
        for node in self._versions.get(key, ()):
            if node is self.locked[key]:
                continue
            held = self.kept.of(key, node.version)
            if node.licence or held:
                concluded = embedded(node.licence, self.ecosystem) if node.licence or not held else self.kept.conclusion(held)
                by = "the lock itself" if node.licence else "the licence lock"
                yield from self._judge(self._package(name, node.version, concluded, by, each), today)

    def _judge(self, package: Package, today: str) -> Iterator[tuple[bytes, Fact]]:
        """Yield a package as the policy has it, and the clarification that does not hold for it."""

        def hashes() -> Mapping[str, str]:
            if self.seen and self.has(package.name):
                return self.seen.files(package.name)
            held = self.kept.of((package.ecosystem, package.name), package.version)
            return dict(held.files) if held else {}

        asked = (package.name, package.version, package.ecosystem)
        concluded, void = clarified(package.conclusion, asked, hashes, self.settings)
        if void is not None:
            yield self.path, void
        package = ways.judged(self, package.replace(conclusion=concluded), today)
        if self.ecosystem in ASIDE or package.name in self._beside:  # a program of its own: what it is under, it keeps to itself
            package = package.replace(allowed=True, against=(), mild="", unfit=False, beside=True)
        self.packages.append(package)
        yield package.manifest, package

    def _package(self, name: str, version: str, concluded: Conclusion, by: str, each: Reached) -> Package:
        return Package(
            name=name,
            version=version,
            ecosystem=self.ecosystem,
            conclusion=concluded,
            scope=each.scope,
            group=each.group,
            direct=each.direct,
            why=each.why,
            evidence=by,
            manifest=each.manifest or self.path,
            line=each.line,
        )

    def _uncovered(self, name: str, version: str, each: Reached) -> Uncovered:
        mild = "" if self.settings.uncovered == "fail" else self.settings.uncovered
        about = {"scope": each.scope, "why": each.why, "line": each.line, "mild": mild}
        return Uncovered(name=name, version=version, ecosystem=self.ecosystem, **about)  # type: ignore[arg-type]

    def others(self) -> Iterator[Package]:
        """Yield what is in the environment and nothing leads to."""
        seen = self.seen if self.ecosystem == "python" else None
        for name in sorted(seen or ()):
            required_here = name in self.closure or name in self.closure.elsewhere
            if seen and not required_here and not seen.local(name) and not self.own(name):
                yield Package(
                    name=name,
                    version=seen.version(name),
                    ecosystem="python",
                    conclusion=seen.conclusion(name),
                    scope="dev",
                    group="undeclared",
                    evidence=seen.label,
                )
