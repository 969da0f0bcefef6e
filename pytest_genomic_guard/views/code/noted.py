"""What of a statement a program's names are read from: its calls, in order, and the statements inside it.

It follows from the tree alone, and is kept with it: most statements of a program are those of the version before.
"""

from __future__ import annotations

import ast

from pytest_genomic_guard.views.code.known import REFERRED
from pytest_genomic_guard.views.code.nodes import BACKWARDS, children

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    # Calls, assignments inside expressions, and names of functions that are handed on; the outer ones first
    Noted = tuple[Sequence[ast.expr], Sequence[ast.stmt]]

_NOTHING: Noted = ((), ())


def noted(node: ast.stmt) -> Noted:
    """Return what is noted of a statement, and the statements inside it but those of functions and classes."""
    known: Noted | None = node.__dict__.get("noted")
    if known is None:
        own, inner = _parts(node)
        calls = _calls(own) if own else ()
        known = node.__dict__["noted"] = (calls, inner) if calls or inner else _NOTHING
    return known


def _parts(node: ast.stmt) -> tuple[list[ast.expr], Sequence[ast.stmt]]:
    """Return the expressions of a statement that are in none of the statements inside it, and these."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)], ()
    if isinstance(node, ast.ClassDef):
        return [*node.decorator_list, *node.bases, *(each.value for each in node.keywords)], ()
    own: list[ast.expr] = []
    inner: list[ast.stmt] = []
    for child in children(node):
        if isinstance(child, ast.expr):
            own.append(child)
        elif isinstance(child, ast.stmt):
            inner.append(child)
        elif isinstance(child, ast.withitem):
            own.append(child.context_expr)
        elif isinstance(child, ast.ExceptHandler):
            inner += child.body
        elif isinstance(child, ast.match_case):
            own += [child.guard] if child.guard is not None else []
            inner += child.body
    return own, inner


def _calls(roots: Sequence[ast.expr]) -> list[ast.expr]:  # noqa: PLR0912 - one branch for each kind of node
    """Return what is noted of expressions. What is called itself is not handed on."""
    found: list[ast.expr] = []
    waiting: list[ast.AST] = list(reversed(roots))
    while waiting:
        node = waiting.pop()
        if type(node) is ast.Name:
            if node.id in REFERRED and type(node.ctx) is ast.Load:
                found.append(node)
        elif type(node) is ast.Attribute:
            if node.attr in REFERRED and type(node.ctx) is ast.Load:
                found.append(node)
            waiting.append(node.value)
        elif type(node) is ast.Call:
            found.append(node)
            waiting += [each.value for each in node.keywords[::-1]]
            waiting += node.args[::-1]
            function = node.func
            if type(function) is ast.Attribute:
                waiting.append(function.value)
            elif type(function) is not ast.Name:
                waiting.append(function)
        else:
            if type(node) is ast.NamedExpr:
                found.append(node)
            for field in BACKWARDS.get(type(node), ()):  # of what is no node there are none
                value = getattr(node, field)
                if type(value) is list:
                    waiting += [each for each in value[::-1] if type(each) is not ast.Constant]
                elif type(value) is not ast.Constant:
                    waiting.append(value)
    return found
