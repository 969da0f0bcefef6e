"""What an expression stands for, where a program says it: constants, names of constants, strings that are built."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.code.scopes import Scope

_MOST = 64  # names that stand for names
_PARTS = 4096  # of one expression


class Unknown:
    """The value of an expression that the program does not tell."""


UNKNOWN = Unknown()


def values(node: ast.expr | None, scope: Scope, seen: set[tuple[int, str]] | None = None) -> list[object]:
    """Return the constants that an expression can be, `UNKNOWN` among them where it can be something else."""
    seen = set() if seen is None else seen
    if isinstance(node, ast.Constant):
        return [node.value]
    if isinstance(node, (ast.IfExp, ast.BoolOp)):
        parts = node.values if isinstance(node, ast.BoolOp) else [node.body, node.orelse]
        return [each for part in parts for each in values(part, scope, seen)]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) and isinstance(node.operand, ast.Constant):
        return [not node.operand.value]
    if isinstance(node, ast.Name):
        return _given(scope.given(node.id), f"{id(scope)} {node.id}", scope, seen)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}:
        home = scope.klass()
        given = [*home.values.get(f"self.{node.attr}", ()), *home.values.get(node.attr, ())]
        return _given(given, f"self.{node.attr}", home, seen) or [UNKNOWN]
    return [UNKNOWN]


def _given(given: list[ast.expr | None], name: str, scope: Scope, seen: set[tuple[int, str]]) -> list[object]:
    """Return what a name stands for, each name once: one that stands for itself adds nothing."""
    key = (id(scope), name)
    if key in seen or len(seen) > _MOST:
        return [UNKNOWN] if len(seen) > _MOST else []
    seen.add(key)
    return [value for each in given for value in values(each, scope, seen)]


def true(node: ast.expr | None, scope: Scope) -> bool:
    """Tell whether an argument is given and can be true."""
    return node is not None and any(value is not UNKNOWN and bool(value) for value in values(node, scope))


def false(node: ast.expr | None, scope: Scope) -> bool:
    """Tell whether an argument is given and can be false, which None is not."""
    return node is not None and any(value is False or (type(value) is int and value == 0) for value in values(node, scope))


def surely(node: ast.expr | None, scope: Scope, wanted: object) -> bool:
    """Tell whether an argument is given and can be nothing but one constant."""
    found = values(node, scope) if node is not None else []
    return bool(found) and all(value is not UNKNOWN and value == wanted and type(value) is type(wanted) for value in found)


def constant(node: ast.expr | None, scope: Scope) -> bool:
    """Tell whether an expression is made of constants alone, whatever they are."""
    waiting: list[ast.expr | None] = [node]
    seen: set[str] = set()
    for _step in range(_PARTS):
        if not waiting:
            return True
        part = waiting.pop()
        if isinstance(part, ast.Constant):
            continue
        if isinstance(part, ast.BinOp):
            waiting += [part.left, part.right]
        elif isinstance(part, (ast.List, ast.Tuple, ast.Set)):
            waiting += part.elts
        elif isinstance(part, ast.Dict):
            waiting += [*part.keys, *part.values]
        elif isinstance(part, ast.JoinedStr):
            waiting += part.values
        elif isinstance(part, ast.FormattedValue):
            waiting.append(part.value)
        elif isinstance(part, ast.IfExp):
            waiting += [part.body, part.orelse]
        elif isinstance(part, ast.Name):
            waiting += scope.given(part.id) if part.id not in seen else ()
            seen.add(part.id)
        elif isinstance(part, ast.Call) and _joins(part):
            waiting += [*part.args, *(keyword.value for keyword in part.keywords)]
            waiting.append(part.func.value if isinstance(part.func, ast.Attribute) else None)
        else:
            return False
    return False


def _joins(call: ast.Call) -> bool:
    methods = {"format", "join", "strip", "lower", "upper", "replace", "encode", "decode", "dedent"}
    return isinstance(call.func, ast.Attribute) and call.func.attr in methods and isinstance(call.func.value, ast.Constant)


def text(node: ast.expr | None, scope: Scope) -> str:
    """Return the constant parts of a string, joined, with a blank for what is filled in."""
    found: list[str] = []
    waiting: list[ast.expr | None] = [node]
    for _step in range(_PARTS):
        if not waiting:
            break
        part = waiting.pop()
        if isinstance(part, ast.Constant):
            found.append(part.value if isinstance(part.value, str) else " ")
        elif isinstance(part, ast.BinOp):
            waiting += [part.right, part.left]
        elif isinstance(part, ast.JoinedStr):
            waiting += reversed(part.values)
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            waiting.append(part.func.value)
        elif isinstance(part, ast.Name):
            found += [value for value in values(part, scope) if isinstance(value, str)][:1] or [" "]
        else:
            found.append(" ")
    return "".join(found)
