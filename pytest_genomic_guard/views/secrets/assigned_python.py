"""Secrets that a Python program assigns, beyond what its text tells: one pass over the tree.

Read are assignments of every kind (annotated, of attributes, subscripts, tuples, walrus, defaults of arguments and of fields),
keyword arguments, entries of dictionaries, defaults of options, positional arguments of calls that take a password, comparisons.
A value is a constant, constants that are joined, one that a method such as ``strip`` changes, either side of ``or`` and of a
conditional expression, or the default of ``os.getenv``.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from operator import itemgetter

from pytest_genomic_guard.views.code.nodes import FIELDS
from pytest_genomic_guard.views.secrets import assigned, names, used
from pytest_genomic_guard.views.secrets.elsewhere import elsewhere

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from pytest_genomic_guard.views.code.python import Python, Source
    from pytest_genomic_guard.views.secrets.assigned import Seen

_DEPTH = 40  # parts of a joined constant
_CHANGES = frozenset({"strip", "lstrip", "rstrip", "encode", "decode", "lower", "upper", "format", "replace", "removeprefix"})
_WRAPS = frozenset(
    {"SecretStr", "SecretBytes", "Secret", "str", "bytes", "Field", "field", "cast", "Depends", "quote", "quote_plus", "b64encode"}
)
_DEFAULTS = frozenset({"getenv", "get", "config", "env", "pop", "setdefault", "getattr", "getuserdata"})
_SETS = _DEFAULTS | {"setenv", "setattr", "putenv", "set", "__setitem__", "setItem", "DEFINE_string", "Variable"}
_OPTIONS = frozenset(
    {"add_argument", "option", "Option", "add_option", "argument", "DEFINE_string", "Variable", "text_input", "string"}
)
_USERS = frozenset(  # calls that take a user and a password, in this order and last
    b"login auth authenticate HTTPBasicAuth BasicAuth HTTPDigestAuth HTTPProxyAuth ClusterCredentials"
    b" PasswordAuthenticator PlainCredentials"
    b" PlainTextAuthProvider basic_auth create_user create_superuser UsernamePasswordCredential connect set_credentials Credentials"
    b" username_pw_set HttpNtlmAuth credentials AuthBase BasicAuthentication UserPassword".decode().split()
)
Pair = tuple[str, ast.AST]  # a name, and what it is given
_Given = tuple[int, str, str, ast.AST]  # how deep in a statement; what the name is of, the name, and a constant that it is given
_first = itemgetter(0)


def found(view: Python) -> tuple[tuple[Source, Seen], ...]:
    """Return what a program assigns and its text does not tell, in order; for all checks the same."""
    known = view.shared.get("assigned")
    if known is None:
        known = view.shared["assigned"] = tuple(_found(view))
    answer: tuple[tuple[Source, Seen], ...] = known  # type: ignore[assignment]
    return answer


def _found(view: Python) -> Iterator[tuple[Source, Seen]]:
    told = [(seen.start, seen.end) for seen in assigned.found(view.text)]
    done: set[int] = set()
    for source in view.sources:
        where = assigned.setting(view.text, view.text.segment(source.start))
        for _depth, kind, name, value in sorted((each for node in source.tree.body for each in _given(node)), key=_first):
            first, last = view.offset(source, value), _end(view, source, value)
            if first in done or any(start < last and first < end for start, end in told):
                continue
            text = _text(value, _DEPTH)
            one = assigned.judged(kind, text, where) if text else None
            if one is not None and not elsewhere(text or b"", name.encode("utf-8", "replace")):
                done.add(first)
                shown = name if name.isascii() and name.isidentifier() and len(name) <= 64 else ""
                yield source, one.replace(start=first, end=max(last, first + 1), key=shown)


def _given(statement: ast.stmt) -> Sequence[_Given]:
    """Return in the order of `ast.walk` what a statement gives to names of secrets; kept with it for the next version."""
    known: Sequence[_Given] | None = statement.__dict__.get("given")
    if known is None:
        found: list[_Given] = []
        depth, level = 0, list[ast.AST]((statement,))
        while level:
            below: list[ast.AST] = []
            for node in level:  # also what is no node
                read = _READERS.get(type(node))
                for name, given in read(node) if read else ():
                    kind = _kind(name)
                    found += [(depth, kind, name, value) for value in _constants(given)] if kind else ()
                for field in FIELDS.get(type(node), ()):
                    value = getattr(node, field)
                    if type(value) is list:
                        below += value
                    else:
                        below.append(value)
            depth, level = depth + 1, below
        known = statement.__dict__["given"] = found or ()
    return known


@lru_cache(maxsize=4096)  # a program has few names, again and again
def _kind(name: str) -> str:
    return names.kind(name.encode("utf-8", "replace")[-120:])


def _end(view: Python, source: Source, node: ast.AST) -> int:
    line = min(getattr(node, "end_lineno", None) or 1, len(source.lines))
    return min(source.lines[line - 1] + (getattr(node, "end_col_offset", None) or 0), len(view.text.data))


def _assigned(node: ast.Assign) -> list[Pair]:
    return [pair for target in node.targets for pair in _targets(target, node.value)]


def _assigned_once(node: ast.AnnAssign | ast.NamedExpr | ast.AugAssign) -> list[Pair]:
    return _targets(node.target, node.value) if node.value is not None else []


def _entries(node: ast.Dict) -> list[Pair]:
    return [(_written(key), given) for key, given in zip(node.keys, node.values, strict=True) if isinstance(key, ast.Constant)]


def _defaults(node: ast.arguments) -> list[Pair]:
    positional = [*node.posonlyargs, *node.args]
    named = zip(positional[len(positional) - len(node.defaults) :], node.defaults, strict=True)
    alone = zip(node.kwonlyargs, node.kw_defaults, strict=True)
    return [*((each.arg, given) for each, given in named), *((each.arg, given) for each, given in alone if given is not None)]


def _compared(node: ast.Compare) -> list[Pair]:
    if len(node.ops) != 1 or not isinstance(node.ops[0], ast.Eq | ast.NotEq | ast.In):
        return []
    return [(_name(node.left), node.comparators[0]), (_name(node.comparators[0]), node.left)]


def _targets(target: ast.AST, value: ast.AST) -> list[Pair]:
    if isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List) and len(target.elts) == len(value.elts):
        return [(_name(one), given) for one, given in zip(target.elts, value.elts, strict=True)]
    return [(_name(target), value)]


def _name(node: ast.AST) -> str:
    """Return the name of what is given a value, or compared."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript):
        return _written(node.slice) if isinstance(node.slice, ast.Constant) else ""
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        return _written(node.args[0])  # getenv("X"), d.get("x")
    return ""


def _written(node: ast.Constant) -> str:
    return node.value[:200] if isinstance(node.value, str) else ""


def _called(node: ast.Call) -> list[Pair]:
    func = node.func
    called = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
    found: list[Pair] = []
    for keyword in node.keywords:
        if keyword.arg == "auth" and isinstance(keyword.value, ast.Tuple) and len(keyword.value.elts) == 2:
            found.append(("password", keyword.value.elts[1]))
        elif keyword.arg in {"default", "value", "password_default"} and called in _OPTIONS:
            found += [(_written(each), keyword.value) for each in node.args if isinstance(each, ast.Constant)]
        elif keyword.arg:
            found.append((keyword.arg, keyword.value))
    if len(node.args) < 2:
        return found
    if called in _USERS and (called != "connect" or used.chosen(_text(node.args[-1], _DEPTH))):
        found.append(("password", node.args[-1]))
    if called in _SETS:
        first = next((_written(each) for each in node.args if isinstance(each, ast.Constant) and _written(each)), "")
        found += [(first, given) for given in node.args[1:]]
    return found


# What reads the names to which a node gives values, with these
_READERS: dict[type, Callable[[Any], list[Pair]]] = {
    ast.Assign: _assigned,
    ast.AnnAssign: _assigned_once,
    ast.NamedExpr: _assigned_once,
    ast.AugAssign: _assigned_once,
    ast.Call: _called,
    ast.Dict: _entries,
    ast.arguments: _defaults,
    ast.Compare: _compared,
}


def _constants(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the constants that an expression can give."""
    if isinstance(node, ast.BoolOp):
        for each in node.values:
            yield from _constants(each) if not isinstance(each, ast.BoolOp) else ()
    elif isinstance(node, ast.IfExp):
        yield from (each for each in (node.body, node.orelse) if _text(each, _DEPTH))
    elif isinstance(node, ast.List | ast.Tuple | ast.Set):
        yield from (each for each in node.elts[:100] if isinstance(each, ast.Constant))
    elif isinstance(node, ast.Call) and not _text(node, _DEPTH):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
        given = [*node.args[:1], *(each.value for each in node.keywords if each.arg == "default")] if called in _WRAPS else []
        given += node.args[1:2] if called in _DEFAULTS else []
        yield from (each for each in given if _text(each, _DEPTH))
    elif _text(node, _DEPTH):
        yield node


def _text(node: ast.AST, depth: int) -> bytes:  # noqa: PLR0911 - one return for each kind of node
    """Return the text of a constant, of joined constants, or of a method of one; empty for anything else."""
    if depth <= 0:
        return b""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            return node.value.encode("utf-8", "replace") if len(node.value) <= assigned.LONGEST else b""
        return node.value if isinstance(node.value, bytes) and len(node.value) <= assigned.LONGEST else b""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _text(node.left, depth - 1), _text(node.right, depth - 1)
        return left + right if left and right else b""
    if isinstance(node, ast.JoinedStr):
        parts = [_text(each, 1) for each in node.values]
        return b"".join(parts) if all(parts) else b""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in _CHANGES:
            return _text(node.func.value, depth - 1)
        if node.func.attr == "join" and len(node.args) == 1 and isinstance(node.args[0], ast.List | ast.Tuple):
            return b"".join(_text(each, 1) for each in node.args[0].elts[:_DEPTH])
    return b""
