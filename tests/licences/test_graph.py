"""Closures and paths: against a search by brute force over small graphs, and against what pip has installed here."""

from __future__ import annotations

import itertools
import re
from importlib import metadata
from typing import TYPE_CHECKING

import hypothesis.strategies as st
from hypothesis import given
from packaging.requirements import Requirement as Parsed
from packaging.utils import canonicalize_name

from pytest_genomic_guard.inventory.graph import Node, around, project, reached, through, why
from pytest_genomic_guard.inventory.states import SCOPES
from pytest_genomic_guard.views.licences.nouns import Group, Requirement

if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.nouns import Ecosystem, Scope

    Nodes = dict[tuple[Ecosystem, str], Node]

NAMES = ("a", "b", "c", "d", "e")
EXTRAS = ("x", "y")
asked = st.builds(
    Requirement,
    name=st.sampled_from(NAMES),
    extras=st.sets(st.sampled_from(EXTRAS), max_size=2).map(lambda some: tuple(sorted(some))),
    marker=st.sampled_from(("", "", "", 'sys_platform == "nowhere"')),
)
of_extra = st.tuples(asked, st.sampled_from(EXTRAS)).map(
    lambda pair: pair[0].replace(marker=f'extra == "{pair[1]}"' + (f" and {pair[0].marker}" if pair[0].marker else ""))
)
nodes = st.dictionaries(
    st.sampled_from(NAMES),
    st.tuples(
        st.lists(st.one_of(asked, of_extra), max_size=4), st.dictionaries(st.sampled_from(EXTRAS), st.lists(asked, max_size=2))
    ),
    max_size=5,
).map(
    lambda some: {
        ("python", name): Node(name=name, requires=tuple(base), extras=tuple((key, tuple(more)) for key, more in extras.items()))
        for name, (base, extras) in some.items()
    }
)
groups = st.lists(
    st.builds(
        Group,
        name=st.sampled_from(("", "g", "h")),
        scope=st.sampled_from(SCOPES),
        requires=st.lists(asked, min_size=1, max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=3,
).map(lambda some: [(b"m%d" % number, group) for number, group in enumerate(some)])


def lawful(one: Requirement, extra: str) -> bool:
    """Tell whether a requirement of these graphs holds, in the plainest way."""
    wanted = re.search(r'extra == "(\w)"', one.marker)
    return "nowhere" not in one.marker and (wanted is None or wanted[1] == extra)


def states(one: Requirement) -> list[tuple[str, str]]:
    """Return a package bare and with each extra."""
    return [(one.name, ""), *((one.name, extra) for extra in one.extras)]


def every_path(start: tuple[str, str], graph: Nodes) -> list[list[tuple[str, str]]]:
    """Return all paths without a repeated state from a state, by brute force."""
    done: list[list[tuple[str, str]]] = []
    todo = [[start]]
    while todo:
        path = todo.pop()
        done.append(path)
        name, extra = path[-1]
        node = graph.get(("python", name))
        if node is None:
            continue
        listed = [one for key, some in node.extras if key == extra for one in some]
        for one in [*node.requires, *listed]:
            of_it = not extra or "extra" in one.marker or one in listed  # what holds without it is not because of it
            if of_it and lawful(one, extra):
                todo += [[*path, state] for state in states(one) if state not in path]
    return done


def brute(given_groups: list[tuple[bytes, Group]], graph: Nodes) -> dict[str, tuple[int, int]]:
    """Return for each name the best scope, and the length of the shortest path in it."""
    best: dict[str, tuple[int, int]] = {}
    for _manifest, group in given_groups:
        for one in group.requires:
            for start in states(one) if lawful(one, "") else ():
                for path in every_path(start, graph):
                    rank = (SCOPES.index(group.scope), len(path))
                    best[path[-1][0]] = min(best.get(path[-1][0], rank), rank)
    return best


@given(groups, nodes)
def test_brute_force_agrees(given_groups: list[tuple[bytes, Group]], graph: Nodes) -> None:
    """What is reached, for what and how far is what trying all paths gives."""
    found = reached(given_groups, graph, "", "python")
    best = brute(given_groups, graph)
    assert {*found, *found.missing} == {*best}
    assert found.absent == {name for name in best if ("python", name) not in graph}
    for name, one in itertools.chain(found.items(), found.missing.items()):
        assert SCOPES.index(one.scope) == best[name][0]
        if one.scope == "runtime":  # later scopes go on from what is known
            assert len(one.why) == best[name][1]
        assert one.why[-1] == name
        assert one.direct == (len(one.why) == 1)
    assert not found.elsewhere & best.keys()


@given(groups, nodes, st.sampled_from(NAMES))
def test_why_is_a_shortest_path_of_each(given_groups: list[tuple[bytes, Group]], graph: Nodes, name: str) -> None:
    """Each direct requirement that leads to a package has its shortest path."""
    told = why(name, given_groups, graph, "", "python", 1000)
    lengths: dict[tuple[str, str, str], int] = {}
    for _manifest, group in given_groups:
        for one in group.requires:
            for start in states(one) if lawful(one, "") else ():
                step = f"{start[0]}[{start[1]}]" if start[1] else start[0]
                some = [len(path) for path in every_path(start, graph) if path[-1][0] == name]
                if some:
                    key = (group.scope, group.name, name if min(some) == 1 else step)
                    lengths[key] = min(some)
    assert {(one.scope, one.group, one.why[0]): len(one.why) for one in told} == lengths
    assert [SCOPES.index(one.scope) for one in told] == sorted(SCOPES.index(one.scope) for one in told)


@given(groups, nodes, st.sampled_from(NAMES), st.frozensets(st.sampled_from([*EXTRAS, "dev"]), max_size=2))
def test_ways_around_extras(given_groups: list[tuple[bytes, Group]], graph: Nodes, name: str, extras: frozenset[str]) -> None:
    """There is a way around extras where some path of all avoids them; the extras on any way are those of all paths."""
    ways = [
        (group, path)
        for _manifest, group in given_groups
        for one in group.requires
        for start in (states(one) if lawful(one, "") else ())
        for path in every_path(start, graph)
        if path[-1][0] == name
    ]
    free = [path for group, path in ways if group.name not in extras and extras.isdisjoint(extra for _package, extra in path)]
    found = around(name, given_groups, graph, "", "python", extras, lambda _scope, _group: True)
    assert (found is None) == (not free)
    if found is not None:
        assert len(found.why) == min(map(len, free))
    on_any = {extra for _group, path in ways for package, extra in path if package != name} | {group.name for group, _path in ways}
    assert on_any - {""} <= through(name, given_groups, graph, "", "python")


def runtime(*some: Requirement, name: str = "", scope: Scope = "runtime") -> list[tuple[bytes, Group]]:
    """Return the requirements as one group of one manifest."""
    return [(b"requirements.txt", Group(name=name, scope=scope, requires=some))]


def graph_of(*some: Node) -> Nodes:
    """Return nodes by their keys."""
    return {(node.ecosystem, node.name): node for node in some}


SCANPY = Node(name="scanpy", requires=(Requirement(name="numpy"), Requirement(name="igraph", marker='extra == "leiden"')))
IGRAPH, NUMPY = Node(name="igraph"), Node(name="numpy")


def test_the_extra_is_shown() -> None:
    """A path shows the extra that leads on, and only where it does."""
    found = reached(
        runtime(Requirement(name="scanpy", extras=("leiden",), line=3)), graph_of(SCANPY, IGRAPH, NUMPY), "3.11", "python"
    )
    assert found["igraph"].why == ("scanpy[leiden]", "igraph")
    assert found["numpy"].why == ("scanpy", "numpy")
    assert found["scanpy"].direct
    assert (found["igraph"].line, found["igraph"].manifest) == (3, b"requirements.txt")


def test_runtime_beats_extra_beats_dev() -> None:
    """A package that several groups bring is there for the one that matters most, whatever is nearer."""
    some = [
        (b"a", Group(name="dev", scope="dev", requires=(Requirement(name="igraph"),))),
        (b"b", Group(name="graphs", scope="extra", requires=(Requirement(name="igraph"),))),
        (b"c", Group(requires=(Requirement(name="scanpy", extras=("leiden",)),))),
    ]
    found = reached(some, graph_of(SCANPY, IGRAPH, NUMPY), "", "python")["igraph"]
    assert (found.scope, found.group, found.direct, found.manifest) == ("runtime", "", False, b"c")
    assert [(one.scope, one.why) for one in why("igraph", some, graph_of(SCANPY, IGRAPH, NUMPY), "", "python")] == [
        ("runtime", ("scanpy[leiden]", "igraph")),
        ("extra", ("igraph",)),
        ("dev", ("igraph",)),
    ]


def test_pins_with_via() -> None:
    """Of a compiled list, what nobody but others asks for is not direct, and its path leads through who asks."""
    pins = (
        Requirement(name="numpy", via=("scanpy", "igraph")),
        Requirement(name="igraph", via=("scanpy[leiden]",)),
        Requirement(name="scanpy", via=("",)),
        Requirement(name="orphan", via=("who-is-gone",)),
    )
    bare = graph_of(*(Node(name=name) for name in ("numpy", "igraph", "scanpy", "orphan")))
    found = reached(runtime(*pins), bare, "", "python")
    assert found["numpy"].why == ("scanpy", "numpy")
    assert found["igraph"].why == ("scanpy", "igraph")
    assert {name for name, one in found.items() if one.direct} == {"scanpy"}
    assert "orphan" in found


def test_extras_of_the_project_itself() -> None:
    """An extra that names others of the same project leads to what they bring."""
    some = (
        Group(requires=(Requirement(name="numpy"),)),
        Group(name="graphs", scope="extra", requires=(Requirement(name="igraph"),)),
        Group(name="all", scope="extra", requires=(Requirement(name="ours", extras=("graphs",)),)),
    )
    ours = project("ours", b"pyproject.toml", some)
    found = reached([(b"pyproject.toml", some[2])], graph_of(ours, IGRAPH, NUMPY), "", "python")
    assert found["igraph"].why == ("ours[graphs]", "igraph")


def test_what_a_lock_lists() -> None:
    """Nodes of a lock without a graph count by the groups that it lists them in."""
    rows = {"numpy": ("",), "ruff": ("dev",), "odd": ("dev", ""), "who": (), "new": ("test-gpu",), "gone": ("graphs",)}
    listed = graph_of(*(Node(name=name, groups=groups, manifest=b"Pipfile.lock") for name, groups in rows.items()))
    dev = (b"Pipfile", Group(name="dev", scope="dev", requires=(Requirement(name="ruff"), Requirement(name="odd"))))
    found = reached([dev], listed, "", "python")
    scopes = {"numpy": "runtime", "ruff": "dev", "odd": "runtime", "new": "dev", "gone": "extra"}
    assert {name: one.scope for name, one in found.items()} == scopes
    assert found["numpy"].why == ()
    alone = reached([], listed, "", "python")
    assert {name: one.scope for name, one in alone.items()} == scopes | {"who": "runtime"}
    assert not any(one.direct for one in alone.values())


def test_a_lock_alone() -> None:
    """Where nothing says what is required directly, it is what nothing in the lock asks for; a circle is not lost."""
    some = {
        "top": ("middle",),
        "middle": ("end",),
        "end": (),
        "hen": ("egg",),
        "egg": ("hen",),
    }
    alone = graph_of(
        *(Node(name=name, requires=tuple(Requirement(name=each) for each in asks), manifest=b"l") for name, asks in some.items())
    )
    found = reached([], alone, "", "python")
    assert {*found} == {*some}
    assert [name for name, one in found.items() if one.direct] == ["top"]
    assert found["end"].why == ("top", "middle", "end")
    assert why("end", [], alone, "", "python")[0].why == ("top", "middle", "end")
    assert not reached([], graph_of(Node(name="installed")), "", "python")


def test_a_lock_for_all_platforms() -> None:
    """What a lock without a graph has for other platforms is told apart."""
    some = {"here": "", "there": 'sys_platform == "nowhere"', "tests": "'test' in extras"}
    rows = graph_of(*(Node(name=name, marker=marker, groups=("",), manifest=b"pylock.toml") for name, marker in some.items()))
    found = reached([], rows, "", "python")
    assert {*found} == {"here", "tests"}
    assert found.elsewhere == {"there"}


def test_other_platforms() -> None:
    """What only other platforms require is told apart; a release of Python that is not known follows what is there."""
    some = runtime(
        Requirement(name="pywin", extras=("x",), marker='sys_platform == "nowhere"'),
        Requirement(name="there", marker='python_full_version < "3.11.3"'),
        Requirement(name="gone", marker='python_full_version < "3.11.3"'),
    )
    pywin = Node(
        name="pywin",
        requires=(
            Requirement(name="of-pywin"),
            Requirement(name="of-extra", marker='extra == "x"'),
            Requirement(name="unasked", marker='extra == "y"'),
        ),
    )
    found = reached(some, graph_of(Node(name="there"), pywin), "3.11", "python")
    assert found.elsewhere == {"pywin", "gone", "of-pywin", "of-extra"}
    assert [*found] == ["there"]
    assert not found.absent


def test_ecosystems_stay_apart() -> None:
    """A package of one ecosystem is no evidence for its namesake in another."""
    found = reached(runtime(Requirement(name="igraph")), graph_of(IGRAPH.replace(ecosystem="r")), "", "python")
    assert found.absent == {"igraph"}


def installed() -> Nodes:
    """Return what is installed here, with requirements as `packaging` reads them."""
    found: Nodes = {}
    for one in metadata.distributions():
        required = [Parsed(text) for text in one.requires or ()]
        found["python", canonicalize_name(one.metadata["Name"])] = Node(
            name=canonicalize_name(one.metadata["Name"]),
            requires=tuple(
                Requirement(
                    name=canonicalize_name(each.name),
                    extras=tuple(sorted(map(canonicalize_name, each.extras))),
                    marker=str(each.marker or ""),
                )
                for each in required
            ),
        )
    return found


def resolved(name: str, extras: tuple[str, ...]) -> set[str]:
    """Return the closure of one installed distribution by `importlib.metadata` and `packaging` alone."""
    done: set[tuple[str, str]] = set()
    todo = [(name, extra) for extra in ("", *extras)]
    while todo:
        state = todo.pop()
        if state in done:
            continue
        done.add(state)
        try:
            required = metadata.requires(state[0]) or ()
        except metadata.PackageNotFoundError:
            continue
        for each in map(Parsed, required):
            if each.marker is None or each.marker.evaluate({"extra": state[1]}):
                todo += [(canonicalize_name(each.name), extra) for extra in ("", *map(canonicalize_name, each.extras))]
    return {found for found, _extra in done}


def test_what_is_installed_here() -> None:
    """Over all distributions of this environment the closure is that of `packaging`, with and without extras."""
    graph = installed()
    for _kind, name in sorted(graph):
        for extras in ((), ("test", "all", "dev", "docs")):
            found = reached(runtime(Requirement(name=name, extras=extras)), graph, "", "python")
            assert {*found, *found.missing} == resolved(name, extras), name
