"""What only the interpreter of a conda environment leads to: it is a part of the interpreter, as the standard library is.

On conda Python brings GNU readline and the linker's ``ld_impl``, R brings more of that kind, and each environment has them
(conda-forge/python-feedstock, conda-forge/r-base-feedstock, read 2026-11). Interpreters run the project as programs of their own;
R is GPL-2.0-or-later itself. An image that is passed on holds copies of them: that is told, and fails nothing.
"""

from __future__ import annotations

from pytest_genomic_guard.inventory.states import SCOPES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pytest_genomic_guard.inventory.states import Closure, Node
    from pytest_genomic_guard.views.licences.nouns import Ecosystem

    Key = tuple[Ecosystem, str]

_INTERPRETERS = ("python", "pypy", "r-base", "r")
# What Microsoft's compilers need at run time, a part of Windows or of what comes with it: most of conda for Windows requires it.
_SYSTEM = ("ucrt", "vc14_runtime", "vcomp14", "vs2015_runtime", "vc")


def beside(nodes: Mapping[Key, Node], closure: Closure, ecosystem: Ecosystem) -> frozenset[str]:
    """Return the interpreters of an environment, what nothing but they leads to, and libraries of the system."""
    if ecosystem != "conda":
        return frozenset()
    there = [name for name in _INTERPRETERS if name in closure]
    brought = _reached(there, nodes, ecosystem, ())
    asked = [(name, each) for name, each in closure.items() if name not in there and (each.direct or name not in brought)]
    found = {*there, *(name for name in _SYSTEM if name in closure)}
    for last, scope in enumerate(SCOPES if there else ()):  # that tests need it too makes it no part of the runtime
        roots = [name for name, each in asked if each.scope in SCOPES[: last + 1]]
        others = _reached(roots, nodes, ecosystem, there)
        found.update(name for name in brought - others if name in closure and closure[name].scope == scope)
    return frozenset(found)


def _reached(starts: Iterable[str], nodes: Mapping[Key, Node], ecosystem: Ecosystem, without: Iterable[str]) -> set[str]:
    """Return what packages lead to, themselves with it, without what some others bring."""
    found, todo, barred = set[str](), [*starts], {*without}
    while todo:
        name = todo.pop()
        node = nodes.get((ecosystem, name))
        if name not in found and name not in barred and node is not None:
            found.add(name)
            todo += [each.name for each in node.requires]
    return found
