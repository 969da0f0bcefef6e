"""By which ways a package is there, where the policy excepts it for an extra: that is for the ways through the extra alone."""

from __future__ import annotations

from pytest_genomic_guard.inventory.graph import around, through
from pytest_genomic_guard.inventory.judged import judge, plain
from pytest_genomic_guard.inventory.states import named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.inventory.part import Part
    from pytest_genomic_guard.views.licences.nouns import Package, Scope


def noted(part: Part, package: Package) -> Package:
    """Return a package with the extras that some way to it goes through, where an exception for one names it."""
    name = plain(package.name)
    if not any(each.extra and plain(each.package) == name for each in part.settings.exceptions):
        return package
    found = through(package.name, part.groups, part.nodes, _python(part), part.ecosystem)
    return package.replace(through=tuple(sorted({plain(each) for each in (*found, *_listed(part, package)) if each})))


def judged(part: Part, package: Package, today: str) -> Package:
    """Return a package as the policy has it. One that extras alone except is shown by a way that goes through none of them."""
    package = noted(part, package)
    return judge(package, part.settings, today, lambda extras: _around(part, package, extras))


def _around(part: Part, package: Package, extras: frozenset[str]) -> Package | None:
    """Return a package by a way to it that goes through none of some extras, or None where there is no such way.

    What is only developed with matters to a package that is there for nothing else.
    """
    dev = part.settings.dev(package)

    def counts(scope: Scope, group: str) -> bool:
        return dev or not part.settings.dev(package.replace(scope=scope, group=group))

    asked = (package.name, part.groups, part.nodes, _python(part), part.ecosystem)
    found = around(*asked, extras, counts)
    if found is not None:
        here = {"manifest": found.manifest or package.manifest, "line": found.line, "why": found.why, "direct": found.direct}
        return package.replace(scope=found.scope, group=found.group, **here)
    first = around(*asked, frozenset(), counts)
    if first is not None and (first.scope == "runtime" or package.scope != "runtime"):
        return None
    groups = _listed(part, package)  # nothing but the lock says why it is there
    return package if any(plain(each) not in extras for each in groups if counts(named(each), each)) else None


def _listed(part: Part, package: Package) -> tuple[str, ...]:
    """Return the groups in which a lock lists a package."""
    node = part.nodes.get((part.ecosystem, package.name))
    return node.groups if node is not None and node.groups else (package.group,)


def _python(part: Part) -> str:
    return part.seen.python if part.seen else ""
