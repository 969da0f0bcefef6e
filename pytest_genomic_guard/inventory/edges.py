"""Which packages of a part lead to which: the graph of a bill of materials."""

from __future__ import annotations

from collections import deque

from pytest_genomic_guard.inventory.states import States

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.inventory.part import Part
    from pytest_genomic_guard.inventory.states import State


def edges(part: Part) -> tuple[set[str], dict[str, set[str]]]:
    """Return what is required directly, and for every package what it leads to, with the extras that are asked for here.

    What the project's own packages ask for is required directly.
    """
    graph = States(part.groups, part.nodes, part.seen.python if part.seen else "", part.ecosystem)
    starts = list(graph.starts()) or list(graph.roots(wanted=False)) or list(graph.roots(wanted=True))
    starts += list(graph.left())
    direct: set[str] = set()
    after: dict[str, set[str]] = {}
    queue: deque[State] = deque()
    known: set[State] = set()
    for start in starts:
        for state in start.states:
            direct.add(state[0])
            if state not in known:
                known.add(state)
                queue.append(state)
    while queue:
        state = queue.popleft()
        into = direct if part.own(state[0]) else after.setdefault(state[0], set())
        for follower in graph.after(state):
            into.add(follower[0])
            if follower not in known:
                known.add(follower)
                queue.append(follower)
    return direct, after
