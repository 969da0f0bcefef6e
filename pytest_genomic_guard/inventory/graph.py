"""Which packages a project reaches, by which shortest path, and for what: the closure of its requirements over a graph of packages.

The graph is that of a lock, or what installed packages say they require. Metadata put extras into markers (``; extra == "leiden"``,
core metadata 2.4), locks into lists: both are read. A state of the walk is a package with one extra, or with none, so that a path
shows an extra where it is the extra that leads on: ``scanpy[leiden] -> igraph``.
"""

from __future__ import annotations

from collections import deque

from pytest_genomic_guard.inventory.states import SCOPES, Closure, Node, Reached, Start, States, plain, project, step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pytest_genomic_guard.inventory.states import State
    from pytest_genomic_guard.views.licences.nouns import Ecosystem, Group, Scope

__all__ = ["Closure", "Node", "Reached", "around", "project", "reached", "through", "why"]

_PATHS = 5


def reached(
    groups: Sequence[tuple[bytes, Group]],
    nodes: Mapping[tuple[Ecosystem, str], Node],
    python: str,
    ecosystem: Ecosystem,
) -> Closure:
    """Return what the groups of all manifests lead to: runtime before extra before dev, then the shortest path.

    A node that nothing leads to counts where its lock says in which groups it is (`Node.groups`), without a path. Of a lock alone,
    that neither says so nor stands beside a manifest, all counts: what nothing else in it asks for is what the project asks for.
    """
    graph = States(groups, nodes, python, ecosystem)
    came: dict[State, State | None] = {}
    starts = list(graph.starts())
    for scope in SCOPES:
        _walk(graph, [each for each in starts if each.scope == scope], came, direct=True)
    for wanted in () if starts else (False, True):
        _walk(graph, list(graph.roots(wanted=wanted)), came, direct=not wanted)
    for scope in SCOPES:
        _walk(graph, [each for each in graph.left() if each.scope == scope], came, direct=False)
    _listed(graph)
    graph.elsewhere()
    return graph.seen


def _walk(graph: States, starts: Sequence[Start], came: dict[State, State | None], *, direct: bool) -> None:
    """Go on, breadth first, from requirements of one scope; what was reached before stays what it is."""
    queue: deque[tuple[State, Start]] = deque()
    for start in starts:
        for state in start.states:
            if state not in came:
                came[state] = None
                _found(graph, state, start, came, direct=direct)
                queue.append((state, start))
    while queue:
        state, start = queue.popleft()
        for follower in graph.after(state):
            if follower not in came:
                came[follower] = state
                _found(graph, follower, start, came, direct=False)
                queue.append((follower, start))


def _found(graph: States, state: State, start: Start, came: Mapping[State, State | None], *, direct: bool) -> None:
    """Note a package that is reached for the first time."""
    name = state[0]
    into = graph.seen if graph.node(name) is not None else graph.seen.missing
    if name not in into:
        path = [name]
        before = came[state]
        while before is not None:
            path.append(step(before))
            before = came[before]
        into[name] = Reached(
            name=name,
            scope=start.scope,
            group=start.group,
            direct=direct,
            why=tuple(reversed(path)),
            manifest=start.manifest,
            line=start.line,
        )


def _listed(graph: States) -> None:
    """Add the nodes that a lock lists in a group and that nothing leads to, and believe it where it says that one is runtime."""
    for node in graph.unlinked():
        scope, group = graph.listed(node)
        known = graph.seen.get(node.name)
        if known is None:
            graph.seen[node.name] = Reached(name=node.name, scope=scope, group=group, manifest=node.manifest, line=node.line)
        elif scope == "runtime" != known.scope and node.groups:
            aside = known.scope == "dev" and not known.group  # that an example leads to it too is not why it is there
            here = Reached(name=node.name, manifest=node.manifest, line=node.line)
            graph.seen[node.name] = here if aside else known.replace(scope="runtime", group="")


def why(  # noqa: PLR0913, PLR0917 - those of `reached`, and what is asked
    name: str,
    groups: Sequence[tuple[bytes, Group]],
    nodes: Mapping[tuple[Ecosystem, str], Node],
    python: str,
    ecosystem: Ecosystem,
    limit: int = _PATHS,
) -> list[Reached]:
    """Return for each direct requirement that leads to a package the shortest path, runtime first, then the shortest of them."""
    graph = States(groups, nodes, python, ecosystem)
    starts = list(graph.starts()) or list(graph.roots(wanted=False))
    onward = _onward(graph, [state for start in starts for state in start.states], name)
    found: dict[tuple[str, str, tuple[str, ...]], Reached] = {}
    for start in starts:
        for state in start.states:
            path = _followed(state, onward)
            if path and (start.scope, start.group, path) not in found:
                found[start.scope, start.group, path] = Reached(
                    name=name,
                    scope=start.scope,
                    group=start.group,
                    direct=len(path) == 1,
                    why=path,
                    manifest=start.manifest,
                    line=start.line,
                )
    ordered = sorted(found.values(), key=lambda each: (SCOPES.index(each.scope), len(each.why), each.why, each.group))
    return ordered[:limit]


def _onward(graph: States, starts: Sequence[State], name: str) -> dict[State, State | None]:
    """Return for every state that leads to a package the next one on the shortest way; nothing for the package itself."""
    before: dict[State, list[State]] = {}
    queue, known = deque(starts), {*starts}
    while queue:
        state = queue.popleft()
        for follower in graph.after(state):
            before.setdefault(follower, []).append(state)
            if follower not in known:
                known.add(follower)
                queue.append(follower)
    onward: dict[State, State | None] = dict.fromkeys(state for state in known if state[0] == name)
    queue = deque(onward)
    while queue:
        state = queue.popleft()
        for each in before.get(state, ()):
            if each not in onward:
                onward[each] = state
                queue.append(each)
    return onward


def _followed(state: State, onward: Mapping[State, State | None]) -> tuple[str, ...]:
    """Return the steps from a state to the package, or nothing."""
    if state not in onward:
        return ()
    path, at = [], state
    while (following := onward[at]) is not None:
        path.append(step(at))
        at = following
    return (*path, at[0])


def through(
    name: str,
    groups: Sequence[tuple[bytes, Group]],
    nodes: Mapping[tuple[Ecosystem, str], Node],
    python: str,
    ecosystem: Ecosystem,
) -> frozenset[str]:
    """Return the extras, and the groups, that any way to a package goes through."""
    graph = States(groups, nodes, python, ecosystem)
    starts = list(graph.starts()) or list(graph.roots(wanted=False))
    onward = _onward(graph, [state for start in starts for state in start.states], name)
    begun = {start.group for start in starts if any(state in onward for state in start.states)}
    return frozenset(begun | {extra for package, extra in onward if package != name}) - {""}


def around(  # noqa: PLR0913, PLR0917 - those of `reached`, and what is asked
    name: str,
    groups: Sequence[tuple[bytes, Group]],
    nodes: Mapping[tuple[Ecosystem, str], Node],
    python: str,
    ecosystem: Ecosystem,
    extras: frozenset[str],
    counts: Callable[[Scope, str], bool],
) -> Reached | None:
    """Return the shortest way to a package through none of some extras and groups, from the requirements that count; None: none."""
    graph = States(groups, nodes, python, ecosystem)
    came: dict[State, State | None] = {}
    queue: deque[tuple[State, Start]] = deque()
    for start in list(graph.starts()) or list(graph.roots(wanted=False)):
        if plain(start.group) not in extras and counts(start.scope, start.group):
            queue.extend((state, start) for state in start.states if plain(state[1]) not in extras and state not in came)
            came.update((state, None) for state in start.states if state not in came)
    while queue:
        state, start = queue.popleft()
        if state[0] == name:
            path = [name]
            while (before := came[state]) is not None:
                path.append(step(before))
                state = before
            here = Reached(name=name, scope=start.scope, group=start.group, manifest=start.manifest, line=start.line)
            return here.replace(why=tuple(reversed(path)), direct=len(path) == 1)
        for follower in graph.after(state):
            if follower not in came and plain(follower[1]) not in extras:
                came[follower] = state
                queue.append((follower, start))
    return None
