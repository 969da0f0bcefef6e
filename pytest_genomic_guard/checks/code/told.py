"""How findings in programs are told, and which of them a comment for bandit excuses."""

from __future__ import annotations

from pytest_genomic_guard.views.code.names import program
from pytest_genomic_guard.views.code.nosec import leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Iterator

    from pytest_genomic_guard.model import Finding, Rulebook
    from pytest_genomic_guard.views.code.names import Use
    from pytest_genomic_guard.views.code.python import Python, Source


def uses(view: Python) -> list[Use]:
    """Return the calls of a program."""
    return program(view).uses


def excused(view: Python, source: Source, node: ast.AST, tests: Iterable[str]) -> bool:
    """Tell whether a ``# nosec`` on a line of the node names one of the tests, or none at all."""
    known = leaves(view)
    if not known:
        return False
    first = getattr(node, "lineno", 1)
    wanted = set(tests)
    for line in range(first, (getattr(node, "end_lineno", None) or first) + 1):
        leave = known.get((source.start, line))
        if leave is not None and (not leave.tests or not wanted.isdisjoint(leave.tests)):
            return True
    return False


def told(check: Rulebook, view: Python, use: Use, template: str, tests: Iterable[str] = ()) -> Iterator[Finding]:
    """Yield the finding at a call, unless a comment excuses it."""
    if not excused(view, use.source, use.node, (check.code, *tests)):
        yield check.finding(view.at(use.source, use.node), template, key=use.key)


def last(name: str) -> str:
    """Return the last part of a full name."""
    return name.rpartition(".")[2]


def root(name: str) -> str:
    """Return the first part of a full name."""
    return name.partition(".")[0].partition("(")[0].partition("[")[0]
