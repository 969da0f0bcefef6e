"""What a run asks of licences: the terms of the policy, and the packages where a manifest, a lock or the policy is judged."""

from __future__ import annotations

import os
import sys

from pytest_genomic_guard.inventory import RUNNING, Taken
from pytest_genomic_guard.inventory.declared import LOCK, concerns, content, counts
from pytest_genomic_guard.model import Located, Unreadable
from pytest_genomic_guard.report import Used
from pytest_genomic_guard.views.licences.forms import form
from pytest_genomic_guard.views.licences.terms import DEFAULT, Terms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.inventory.result import Asked, Evidence
    from pytest_genomic_guard.model import Gap, Snapshot
    from pytest_genomic_guard.policy import Policy

# Manifests that say much else besides, and the words without which they ask for nothing.
_SETTINGS = frozenset(("pyproject.toml", "setup.cfg", "setup.py"))
_ASKING = (b"depend", b"require", b"poetry", b"pixi", b"pdm", b"hatch", b"dynamic", b"pipenv", b"conda")
_ENVIRONMENTS = (b".venv", b"venv", b"env", b".env", b".pixi")
PROGRAMS = (b".py", b".pyw", b".pyx", b".pxi", b".ipynb")
_NAMES = {"python": "Python", "r": "R", "node": "npm"}


def taken(  # noqa: PLR0913 - what a run knows
    snapshot: Snapshot,
    policy: Policy,
    excluded: Callable[[bytes], bool],
    python: str,
    *,
    packages: bool,
    copies: bool,
    cached: bool,
) -> Taken:
    """Return the terms of the policy, and all packages where what is judged can change what is said of them."""
    terms = tuple(Located(path=b".", fact=each) for each in _terms(policy))
    from pytest_genomic_guard.inventory.result import Asked  # noqa: PLC0415 - where licences are asked for

    running = python == RUNNING
    asked = Asked(environ=os.environ, own=sys.prefix, python="" if running else python, running=running, cached=cached)
    blocks, lost = _copied(snapshot, policy, excluded, asked) if copies else ((), ())
    judged = packages and any(path == policy.path or concerns(path) for path in snapshot.changed)
    if not judged or not _asks(snapshot, excluded):
        return Taken(facts=(*terms, *blocks), gaps=lost)
    from pytest_genomic_guard.inventory import unchanged  # noqa: PLC0415 - where there are manifests

    memory = unchanged.Memory(snapshot, policy, excluded, asked) if cached and getattr(snapshot, "root", None) else None
    found = memory.load() if memory else None
    if found is None:
        from pytest_genomic_guard.inventory.build import build  # noqa: PLC0415 - where something changed

        found = build(snapshot, policy, excluded, asked)
        if memory:
            memory.store(found)
    return Taken(
        facts=(*terms, *blocks, *found.facts),
        gaps=(*lost, *found.gaps),
        used=tuple(map(_used, found.evidence)),
        paths=found.paths | {policy.path or LOCK},
    )


def _asks(snapshot: Snapshot, excluded: Callable[[bytes], bool]) -> bool:
    """Tell whether a manifest can ask for something, or an environment lies in the repository: most need no more than a look."""
    root: bytes | None = getattr(snapshot, "root", None)
    if root and any(os.path.lexists(os.path.join(root, name)) for name in _ENVIRONMENTS):
        return True
    entries = snapshot.entries()
    for at, path in enumerate(snapshot.names()):
        if not counts(path) or (entry := entries[at]).kind not in {"file", "link"} or excluded(path):
            continue
        if form(path) not in _SETTINGS or entry.kind == "link":
            return True
        try:
            data = content(entry)
        except Unreadable:
            return True
        if any(word in data for word in _ASKING):
            return True
    return False


def _copied(
    snapshot: Snapshot, policy: Policy, excluded: Callable[[bytes], bool], asked: Asked
) -> tuple[tuple[Located, ...], tuple[Gap, ...]]:
    """Return the blocks of programs that packages under copyleft have too, where programs are judged."""
    if not any(path.endswith(PROGRAMS) for path in snapshot.changed):
        return (), ()
    from pytest_genomic_guard.inventory import copied  # noqa: PLC0415 - where there are programs

    return copied.copied(snapshot, policy, excluded, asked)


def _terms(policy: Policy) -> Iterator[Terms]:
    """Yield what the policy allows, for the whole and for each project."""
    for root in (b"", *(project.root for project in policy.projects)):
        values = policy.settings("licences", root or b".")
        classes = tuple(values.get("allow-classes", DEFAULT))
        yield Terms(
            root=root, classes=classes, ids=tuple(values.get("allow", ())), own=values.get("own", ""), use=values.get("use", "any")
        )


def _used(each: Evidence) -> Used:
    """Return a line of the report: what told of how many packages."""
    kind = _NAMES.get(each.ecosystem, each.ecosystem)
    what = f"licences of {kind} packages: {each.told} of {each.of} by {each.label}"
    return Used(path=os.fsdecode(each.root) or ".", sha256=each.digest, what=what)
