"""What bandit says of a program: its tests are run in memory over statements of a tree that is parsed already."""

from __future__ import annotations

import ast
import copy
from bisect import bisect_left

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.adapters import bandit_tester
from pytest_genomic_guard.views.code.nodes import FIELDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

_BODIES = ("body", "orelse", "finalbody", "handlers", "cases")
# Of what is no expression, the fields with statements, or with what holds some
_HOLD = {
    kind: tuple(each for each in fields if each in _BODIES) for kind, fields in FIELDS.items() if not issubclass(kind, ast.expr)
}
FAILED = "failed"

_kept: list[bandit_tester.Bandit] = []


class Found(Record):
    """One finding: its test, how bad bandit takes it, and where it is in the tree that was given."""

    test: str
    severity: str
    confidence: str
    line: int
    end: int


def _found(issue: Any) -> Found:
    """Return what is kept of bandit's own record, which quotes the program."""
    lines = issue.linerange or [issue.lineno]
    first, last = min(issue.lineno, *lines), max(lines)
    return Found(test=issue.test_id, severity=issue.severity, confidence=issue.confidence, line=first, end=last)


def run(trees: Sequence[tuple[ast.Module, Iterable[int]]], wanted: frozenset[str]) -> Iterator[list[Found]]:
    """Yield for each tree what the wanted tests find in the statements on the given lines; imports of all trees before count.

    Raises ImportError where bandit is not installed. A test of bandit that fails is one finding with the name `FAILED`.
    """
    if not _kept:
        _kept.append(bandit_tester.Bandit())
    bandit = _kept[0]
    tests = bandit_tester.Tests(bandit, wanted)
    names = bandit.visiting(bandit_tester.NO_TESTS)  # that the trees before brought
    for number, (tree, lines) in enumerate(trees, 1):
        own = _imports(tree)
        body = [*own, *_statements(tree, frozenset(lines))]
        yield _visited(bandit.visiting(tests, names), body) if body else []
        if own and number < len(trees):
            names.generic_visit(ast.Module(body=own, type_ignores=[]))
            _let_go(own)


def _visited(visitor: Any, body: list[ast.stmt]) -> list[Found]:
    try:
        visitor.generic_visit(ast.Module(body=body, type_ignores=[]))
    except RecursionError:  # an expression that is nested deeper than bandit walks
        visitor.tester.failures.append(min((node.lineno for node in body), default=1))
    finally:
        _let_go(body)
    failed = (Found(test=FAILED, severity="MEDIUM", confidence="MEDIUM", line=line, end=line) for line in visitor.tester.failures)
    return [*map(_found, visitor.tester.results), *failed]


def _let_go(body: list[ast.stmt]) -> None:
    """Take away what bandit noted at nodes: another version of the program has some of them elsewhere, and below another module."""
    for node in body:  # a walk that came to its end has done so; one that was too deep has not
        for name in ("_bandit_parent", "_bandit_sibling"):
            vars(node).pop(name, None)
    while bandit_tester.RANGED:
        for each in ast.walk(bandit_tester.RANGED.popitem()[1]):
            for name in ("_bandit_linerange", "_bandit_linerange_stripped"):
                vars(each).pop(name, None)


def _imports(tree: ast.Module) -> list[ast.stmt]:
    """Return the imports in the order of `ast.walk`, of which no expression is visited."""
    found: list[ast.stmt] = []
    waiting: list[ast.AST] = [tree]
    for node in waiting:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found.append(node)
        for name in _HOLD.get(type(node), ()):
            waiting += getattr(node, name)
    return found


def _statements(tree: ast.Module, lines: frozenset[int]) -> Iterator[ast.stmt]:
    """Yield the smallest statements that hold one of the lines, compound ones without their bodies."""
    wanted = sorted(lines)
    waiting: list[ast.AST] = list(reversed(tree.body)) if wanted else []
    while waiting:
        node = waiting.pop()
        first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0) or 0
        for decorator in getattr(node, "decorator_list", ()):
            first = min(first, decorator.lineno)
        at = bisect_left(wanted, first)
        if first and (at == len(wanted) or wanted[at] > last):
            continue
        if isinstance(node, ast.stmt) and not isinstance(node, (ast.Import, ast.ImportFrom)):
            yield _header(node)
        for name in reversed(_BODIES):
            waiting += reversed(getattr(node, name, ()) or ())


def _header(node: ast.stmt) -> ast.stmt:
    if not any(isinstance(getattr(node, name, None), list) for name in _BODIES):
        return node
    short = copy.copy(node)
    for name in _BODIES:
        if isinstance(getattr(node, name, None), list):
            setattr(short, name, [])
    return short
