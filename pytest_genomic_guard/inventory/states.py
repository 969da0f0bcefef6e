"""The states of a walk over packages: a package with one extra, or with none, so that a path can show which extra leads on."""

from __future__ import annotations

from functools import lru_cache

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.inventory.markers import Platform

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pytest_genomic_guard.views.licences.nouns import Ecosystem, Group, Requirement, Scope

    State = tuple[str, str]  # a package, and an extra of it or nothing

SCOPES = ("runtime", "extra", "dev")  # what matters most first
# Names of groups that hold what a project is developed with: PEP 735's own examples, and what tools call them.
DEV_GROUPS = (
    *("dev", "develop", "development", "test", "tests", "testing", "lint", "linting", "docs", "doc", "documentation"),
    *("typing", "type", "types", "ci", "build", "bench", "benchmark", "benchmarks", "coverage", "style"),
)


class Node(Record):
    """One package of a graph: from a lock, from what is installed, or from both."""

    name: str  # normalised as `Requirement.name`
    version: str = ""
    ecosystem: Ecosystem = "python"
    requires: tuple[Requirement, ...] = ()
    extras: tuple[tuple[str, tuple[Requirement, ...]], ...] = ()  # what an extra adds
    groups: tuple[str, ...] = ()  # in which a lock lists it, "" for the runtime; empty: it does not say
    marker: str = ""  # where the lock says that it is needed at all
    licence: str = ""  # as the lock has it
    line: int = 0
    own: bool = False  # no third party
    manifest: bytes = b""


class Reached(Record):
    """A package that is reached: for what, and how."""

    name: str
    scope: Scope = "runtime"
    group: str = ""
    direct: bool = False
    why: tuple[str, ...] = ()  # from the direct requirement to the package itself, extras shown that lead on
    manifest: bytes = b""  # where the direct requirement stands
    line: int = 0


class Closure(dict[str, "Reached"]):
    """What is reached, by name. Packages that are required and are no node have no place in it: they are `missing`."""

    def __init__(self) -> None:
        """Begin with nothing reached."""
        super().__init__()
        self.missing: dict[str, Reached] = {}  # with the path that leads to each
        self._elsewhere: dict[State, None] = {}

    @property
    def absent(self) -> frozenset[str]:
        """Return the names that are required and are no node."""
        return frozenset(self.missing)

    @property
    def elsewhere(self) -> frozenset[str]:
        """Return the names that only other platforms, or other releases of Python, require."""
        return frozenset({name for name, _extra in self._elsewhere} - {*self} - {*self.missing})

    @property
    def excluded(self) -> dict[State, None]:
        """Return the states that markers keep away, and what only they lead to."""
        return self._elsewhere


class Start(Record):
    """A direct requirement, as the walk begins with it."""

    states: tuple[State, ...]
    scope: Scope
    group: str
    manifest: bytes
    line: int


class States:
    """The nodes of one ecosystem with the edges between their states."""

    def __init__(
        self,
        groups: Sequence[tuple[bytes, Group]],
        nodes: Mapping[tuple[Ecosystem, str], Node],
        python: str,
        ecosystem: Ecosystem,
    ) -> None:
        self._nodes, self._ecosystem, self._platform = nodes, ecosystem, Platform(python)
        self.seen = Closure()
        self._via: dict[str, list[Requirement]] = {}
        self._edges: dict[State, list[State]] = {}
        self._groups = sorted(groups, key=lambda pair: SCOPES.index(pair[1].scope))
        for _manifest, group in groups:
            for each in group.requires:
                for parent in each.via:
                    self._via.setdefault(parent.partition("[")[0], []).append(each)

    def node(self, name: str) -> Node | None:
        """Return a node of the ecosystem by its name."""
        return self._nodes.get((self._ecosystem, name))

    def starts(self) -> Iterator[Start]:
        """Yield the direct requirements, those of the runtime first. A pin that others ask for (``# via``) is none."""
        for manifest, group in self._groups:
            for each in group.requires:
                if (not each.via or "" in each.via) and (states := self._states(each)):
                    yield Start(states=states, scope=group.scope, group=group.name, manifest=manifest, line=each.line)

    def left(self) -> Iterator[Start]:
        """Yield the pins that nothing led to, whoever was said to ask for them."""
        for manifest, group in self._groups:
            for each in group.requires:
                if each.via and each.name not in self.seen and (states := self._states(each)):
                    yield Start(states=states, scope=group.scope, group=group.name, manifest=manifest, line=each.line)

    def roots(self, *, wanted: bool) -> Iterator[Start]:
        """Yield the packages of locks that no other asks for; or those that another does, which may be a circle."""
        mine = self._in_locks()
        asked = {name for each in mine for name, _extra in self.after((each.name, "")) if name != each.name}
        for each in mine if asked else ():
            if (each.name in asked) == wanted:
                scope, group = self.listed(each)
                yield Start(states=((each.name, ""),), scope=scope, group=group, manifest=each.manifest, line=each.line)

    def unlinked(self) -> Iterator[Node]:
        """Yield the packages of locks that say in which groups they are, or of such as nothing at all is said of.

        renv records what scripts use as well as what DESCRIPTION asks for (rstudio.github.io/renv, `snapshot`, 2026-11).
        """
        alone = self._ecosystem == "r" or not any(group.requires for _manifest, group in self._groups)
        return (each for each in self._in_locks() if each.groups or alone)

    def _in_locks(self) -> list[Node]:
        """Return the packages of locks, but for those that are for other platforms, which are noted."""
        found = []
        for (kind, name), each in self._nodes.items():
            if kind == self._ecosystem and each.manifest:
                if self._platform.where(each.marker) == "elsewhere":
                    self.seen.excluded[name, ""] = None
                else:
                    found.append(each)
        return found

    def listed(self, node: Node) -> tuple[Scope, str]:
        """Return for what a package is there by the groups in which its lock lists it, and by which of them."""
        scopes: dict[str, Scope] = {group.name: group.scope for _manifest, group in reversed(self._groups) if group.name}
        found = [(scopes.get(name) or named(name), name) for name in node.groups] or [("runtime", "")]
        return min(((scope, name) for scope, name in found), key=lambda pair: SCOPES.index(pair[0]))

    def elsewhere(self) -> None:
        """Follow what markers keep away as if it were here."""
        todo = [*self.seen.excluded]
        while todo:
            state = todo.pop()
            for required in self._required(state):
                if self._platform.where(required.marker, state[1]) != "no":
                    new = [each for each in self._asked(required) if each not in self.seen.excluded]
                    self.seen.excluded.update(dict.fromkeys(new))
                    todo += new

    def after(self, state: State) -> list[State]:
        """Return the states that one leads to."""
        found = self._edges.get(state)
        if found is None:
            found = self._edges[state] = [each for required in self._required(state) for each in self._states(required, state[1])]
        return found

    def _required(self, state: State) -> Iterator[Requirement]:
        name, extra = state
        node = self.node(name)
        if node is not None:
            for each in node.requires:  # those of an extra alone, where it is one
                if not extra or "extra" in each.marker:
                    yield each
            for key, added in node.extras if extra else ():
                if key == extra:
                    yield from added
        if not extra:
            yield from self._via.get(name, ())

    def _states(self, required: Requirement, extra: str = "") -> tuple[State, ...]:
        """Return the states that a requirement asks for, if it holds here."""
        where = self._platform.where(required.marker, extra) if required.marker else "here"
        if where == "maybe":
            where = "elsewhere" if self.node(required.name) is None else "here"
        if where != "here":
            if where == "elsewhere":
                self.seen.excluded.update(dict.fromkeys(self._asked(required)))
            return ()
        return self._asked(required)

    @staticmethod
    def _asked(required: Requirement) -> tuple[State, ...]:
        return ((required.name, ""), *((required.name, each) for each in required.extras))


def named(group: str) -> Scope:
    """Return for what a group is by its name alone."""
    if not group:
        return "runtime"
    return "extra" if frozenset(DEV_GROUPS).isdisjoint((group.lower(), *group.lower().split("-"))) else "dev"


@lru_cache(4096)
def plain(name: str) -> str:
    """Return a name as names are compared, in whatever ecosystem: runs of ``-``, ``_`` and ``.`` are one (PEP 503)."""
    return "-".join(filter(None, name.strip().lower().replace("_", "-").replace(".", "-").split("-")))


def step(state: State) -> str:
    """Return a state as a path shows it."""
    return f"{state[0]}[{state[1]}]" if state[1] else state[0]


def project(name: str, manifest: bytes, groups: Sequence[Group]) -> Node:
    """Return a project itself as a node, so that an extra of it which names others (``all = ["ours[tables]"]``) leads to them."""
    return Node(
        name=name,
        requires=tuple(each for group in groups if group.scope == "runtime" for each in group.requires),
        extras=tuple((group.name, group.requires) for group in groups if group.scope == "extra"),
        own=True,
        manifest=manifest,
    )
