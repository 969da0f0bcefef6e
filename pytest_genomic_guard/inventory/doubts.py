"""What is wrong with the evidence on the packages of a part: a lock, an environment and a licence lock that do not agree."""

from __future__ import annotations

from pytest_genomic_guard.inventory.declared import LOCK
from pytest_genomic_guard.inventory.graph import reached
from pytest_genomic_guard.views.licences.nouns import (
    Broken,
    Disagrees,
    Elsewhere,
    Group,
    Requirement,
    SetsDiffer,
    Stale,
    Undeclared,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.inventory.part import Part
    from pytest_genomic_guard.model import Fact

# Our own, and who installs: they are in an environment because of the guard, and are no part of the project.
_TOOLS = ("pytest-genomic-guard", "pip", "setuptools", "wheel", "uv", "pre-commit")
_STRICT = frozenset(("strong-copyleft", "network-copyleft"))


def disagrees(part: Part, name: str) -> str | None:
    """Return the version that the project's own environment has instead of what is asked for, empty for none at all; else None."""
    if name not in part.unmet and (part.ecosystem, name) not in part.locked:
        return None
    if part.seen is None or not part.seen.ours or part.has(name):
        return None
    return part.seen.version(name) if name in part.seen else ""


def evidence(part: Part) -> Iterator[tuple[bytes, Fact]]:
    """Yield what is wrong with the evidence."""
    unsearched: frozenset[str] = getattr(part.seen, "unsearched", frozenset())
    if blind := sum(part.has(name) for name in part.closure if name in unsearched):
        yield part.path, Elsewhere(count=blind, why="record")
    for name, each in sorted(part.closure.items()):
        other = disagrees(part, name)
        if other is not None and each.scope == "runtime" and not part.own(name):
            node = part.locked.get((part.ecosystem, name))
            at, line = (node.manifest, node.line) if node else (each.manifest, each.line)
            wanted = node.version if node else part.unmet[name]
            yield at or part.path, Disagrees(name=name, locked=wanted, installed=other, line=line)
    yield from _stale(part)
    if part.seen and part.seen.ours and part.ecosystem == "python":
        if part.seen.broken:
            yield part.path, Broken(count=part.seen.broken)
        if (differ := getattr(part.seen, "differ", None)) and any(differ):
            yield part.path, SetsDiffer(ours=differ[0], theirs=differ[1])
        yield from ((part.path, fact) for fact in _undeclared(part))


def _stale(part: Part) -> Iterator[tuple[bytes, Fact]]:
    """Yield the entries of the licence lock that are of something else than what is used."""
    for name in sorted(part.closure):
        node = part.nodes[part.ecosystem, name]
        entries = part.kept.all((part.ecosystem, name))
        if not entries or part.own(name):
            continue
        held = next((each for each in entries if each.version == node.version), None)
        if held is None:  # where no lock pins a version, the licence lock is of those that somebody had
            if (part.ecosystem, name) in part.locked:
                yield LOCK, Stale(name=name, version=node.version)
        elif part.seen and part.has(name) and part.kept.conclusion(held).kind != part.seen.conclusion(name).kind:
            yield LOCK, Stale(name=name, version=node.version, why="licence")


def _undeclared(part: Part) -> Iterator[Undeclared]:
    """Yield the copyleft of the project's own environment that nothing leads to, without what is there because of us."""
    seen = part.seen
    if seen is None:
        return
    tools = Group(requires=tuple(Requirement(name=name) for name in _TOOLS))
    ours = reached([(b"", tools)], seen.nodes(), seen.python, "python")
    for each in part.others():
        if each.name not in ours and each.conclusion.kind in _STRICT:
            yield Undeclared(name=each.name, version=each.version, conclusion=each.conclusion)
