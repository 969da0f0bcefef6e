"""Walking trees: which fields of a node hold nodes is looked up once for each type, and a tree is walked once for all checks.

Contexts and operators, of which a tree has one for each name and none tells anything, are passed over.
"""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_genomic_guard.views.code.python import Python, Source

# Fields that hold no nodes, or nodes in which nothing is looked for
_BARE = frozenset(("ctx", "op", "ops", "id", "attr", "arg", "conversion", "is_async", "kind", "level", "module", "simple"))
_NONE = (ast.Constant, ast.Name, ast.Global, ast.Nonlocal, ast.alias, ast.expr_context, ast.operator, ast.unaryop, ast.cmpop)
# What any check looks for wherever it stands
_TELLING = frozenset(
    (
        *(ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr, ast.Call, ast.Dict, ast.arguments, ast.Compare),
        *(ast.For, ast.AsyncFor),
    )
)


def _kinds(kind: type[ast.AST]) -> Iterator[type[ast.AST]]:
    """Yield a class and all that are made from it."""
    yield kind
    for each in kind.__subclasses__():
        yield from _kinds(each)


# Of what is no node, as the strings and numbers among their values, no type stands here
FIELDS: dict[type, tuple[str, ...]] = {
    kind: () if issubclass(kind, _NONE) else tuple(field for field in kind._fields if field not in _BARE)
    for kind in _kinds(ast.AST)
}
BACKWARDS = {kind: fields[::-1] for kind, fields in FIELDS.items()}  # as what waits on a stack is put there


def walk(root: ast.AST, wanted: Iterable[type[ast.AST]]) -> list[ast.AST]:
    """Return the nodes of some types in the order of `ast.walk`, in a third of its time."""
    fields, kinds = FIELDS, frozenset(wanted)
    waiting: list[ast.AST] = [root]
    found: list[ast.AST] = []
    for node in waiting:  # which grows as it is read, also by what is no node
        kind = type(node)
        if kind in kinds:
            found.append(node)
        for field in fields.get(kind, ()):
            value = getattr(node, field)
            if type(value) is list:
                waiting += value
            else:
                waiting.append(value)
    return found


def children(node: ast.AST) -> list[ast.AST]:
    """Return what `ast.iter_child_nodes` yields, without contexts and operators."""
    found: list[ast.AST] = []
    for field in FIELDS[type(node)]:
        value = getattr(node, field)
        if type(value) is list:
            found += [each for each in value if type(each) in FIELDS]
        elif type(value) in FIELDS:
            found.append(value)
    return found


def telling(view: Python, source: Source) -> list[ast.AST]:
    """Return the nodes of a source that checks look for wherever they stand, found once for all checks."""
    key = f"nodes {source.start}"
    known = view.shared.get(key)
    if not isinstance(known, list):
        known = view.shared[key] = walk(source.tree, _TELLING)
    return known
