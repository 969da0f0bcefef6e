"""What the expressions of a ``setup.py`` stand for, as far as its text tells without running it."""

from __future__ import annotations

import ast
import re

from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEP = 40  # names that stand for names, lists in lists
_STEPS = 50_000  # expressions that are looked at for one file
_LIST = re.compile(r"[A-Za-z0-9_./-]{0,200}(?:req|depend)[A-Za-z0-9_./-]{0,200}\.(?:txt|in|pip)", re.IGNORECASE)
_BEGUN = re.compile(r"\s{0,8}(?P<name>[A-Za-z0-9][A-Za-z0-9._-]{0,100}(?:\[[A-Za-z0-9,._ -]{0,200}\])?)\s{0,8}(?:[<>=!~]=|[<>]|@)")
# Calls that give the strings of what they are called on or with.
_SAME = frozenset(
    (
        "list",
        "tuple",
        "set",
        "sorted",
        "frozenset",
        "splitlines",
        "split",
        "strip",
        "dedent",
        "copy",
        "rstrip",
        "lstrip",
        "sum",
        "unique",
        "chain",
    )
)


class Folder:
    """Folds expressions. ``computed`` is set where one could not be told, ``files`` gathers lists that are opened."""

    def __init__(self, tree: ast.Module) -> None:
        """Note what each name of the program is given, and what each of its functions holds."""
        self.computed = False
        self.files: list[str] = []
        self._names: dict[str, list[ast.expr]] = {}
        self._functions: dict[str, ast.FunctionDef] = {}
        self._opens: dict[str, ast.expr] = {}  # what a file is opened as in a ``with``
        self._steps = 0
        for node in ast.walk(tree):
            self._note(node)

    def _note(self, node: ast.AST) -> None:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._give(target, node.value)
        elif isinstance(node, (ast.AnnAssign, ast.AugAssign)) and node.value is not None:
            self._give(node.target, node.value)
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                if isinstance(item.optional_vars, ast.Name):
                    self._opens.setdefault(item.optional_vars.id, item.context_expr)
        elif isinstance(node, ast.FunctionDef):
            self._functions.setdefault(node.name, node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            added = node.args[:1] if node.func.attr in {"extend", "append", "update"} else []
            if added:
                self._names.setdefault(node.func.value.id, []).extend(added)

    def _give(self, target: ast.expr, value: ast.expr) -> None:
        """Note an assignment; one to a key of a dictionary is a dictionary of that key."""
        if isinstance(target, ast.Name):
            self._names.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            self._names.setdefault(target.value.id, []).append(ast.Dict(keys=[target.slice], values=[value]))

    def _step(self, depth: int) -> bool:
        self._steps += 1
        if self._steps > _STEPS:
            raise DamagedError
        if depth > _DEEP:
            self.computed = True
        return depth <= _DEEP

    def arguments(self, call: ast.Call) -> list[tuple[str, ast.expr]]:
        """Return the named arguments of a call, those of ``**name`` and ``**dict(...)`` too; ``**`` where they cannot be told."""
        found: list[tuple[str, ast.expr]] = []
        for each in call.keywords:
            if each.arg is not None:
                found.append((each.arg, each.value))
                continue
            self.computed = False
            items = list(self.items(each.value))
            found += items
            if self.computed or not items:
                found.append(("**", each.value))
        return found

    def text(self, node: ast.expr) -> str:
        """Return the one string that an expression is, else nothing."""
        strings = list(self._strings(node, 0))
        return strings[0][1][:512] if len(strings) == 1 else ""

    def strings(self, node: ast.expr) -> list[tuple[int, str]]:
        """Return the strings of a list, each with its line; a text of several lines is several strings."""
        found = [(line + row, each) for line, text in self._strings(node, 0) for row, each in enumerate(text.splitlines())]
        if len(found) > NODES:
            raise TooLargeError
        return found

    def _strings(self, node: ast.expr, depth: int) -> Iterator[tuple[int, str]]:  # noqa: PLR0912 - one branch for each kind
        if not self._step(depth):
            return
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                yield node.lineno, node.value
            elif node.value is not None:
                self.computed = True
        elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            for each in node.elts:
                yield from self._strings(each.value if isinstance(each, ast.Starred) else each, depth + 1)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            yield from self._strings(node.left, depth + 1)
            yield from self._strings(node.right, depth + 1)
        elif isinstance(node, ast.IfExp):
            yield from self._strings(node.body, depth + 1)
            yield from self._strings(node.orelse, depth + 1)
        elif isinstance(node, ast.Name):
            yield from self._name(node, depth)
        elif isinstance(node, ast.Subscript):
            yield from self._subscript(node, depth)
        elif isinstance(node, ast.Call):
            yield from self._call(node, depth)
        elif isinstance(node, (ast.JoinedStr, ast.BinOp)):
            yield from self._begun(node)
        elif not self._reads(node):
            self.computed = True

    def _begun(self, node: ast.JoinedStr | ast.BinOp) -> Iterator[tuple[int, str]]:
        """Return the name that begins a text to be filled in: of ``f"numpy=={version}"`` and ``"numpy==%s" % version``."""
        first = (
            node.values[0]
            if isinstance(node, ast.JoinedStr) and node.values
            else node.left
            if isinstance(node, ast.BinOp)
            else None
        )
        found = _BEGUN.match(first.value) if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
        if found is None:
            self.computed = self.computed or not self._reads(node)
            return
        yield node.lineno, found["name"]

    def _name(self, node: ast.Name, depth: int) -> Iterator[tuple[int, str]]:
        given = self._names.get(node.id)
        if given is None:
            self.computed = True
            return
        for each in given:
            if isinstance(each, ast.Name) and each.id == node.id:
                continue
            yield from self._strings(each, depth + 1)

    def _subscript(self, node: ast.Subscript, depth: int) -> Iterator[tuple[int, str]]:
        """Return what a dictionary that is written down holds under a key that is."""
        key = node.slice.value if isinstance(node.slice, ast.Constant) else None
        held = [value for name, value in self.items(node.value, depth + 1) if name == key] if isinstance(key, str) else []
        if not held:
            self.computed = True
        for value in held:
            yield from self._strings(value, depth + 1)

    def _call(self, node: ast.Call, depth: int) -> Iterator[tuple[int, str]]:
        """Return what a call gives that hands on what it is given; one that opens a list of requirements is that list."""
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if self._reads(node):
            return
        if name == "format" and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Constant):
            yield from self._begun(ast.copy_location(ast.JoinedStr(values=[node.func.value]), node))
        elif name in _SAME:
            if isinstance(node.func, ast.Attribute):
                yield from self._strings(node.func.value, depth + 1)
            else:
                for each in node.args[:1]:
                    yield from self._strings(each, depth + 1)
        else:
            self.computed = True

    def _reads(self, node: ast.expr) -> bool:
        """Tell whether an expression reads lists of requirements that it, a ``with`` around it or its function names; note them."""
        places: list[ast.AST] = [node]
        for each in ast.walk(node):
            self._step(0)
            if isinstance(each, ast.Name) and each.id in self._opens:
                places.append(self._opens[each.id])
            elif isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id in self._functions:
                places.append(self._functions[each.func.id])
        found = []
        for place in places[:_DEEP]:
            for each in ast.walk(place):
                self._step(0)
                if isinstance(each, ast.Constant) and isinstance(each.value, str) and _LIST.fullmatch(each.value):
                    found.append(each.value.removeprefix("./"))
        self.files += found
        return bool(found)

    def items(self, node: ast.expr, depth: int = 0) -> Iterator[tuple[str, ast.expr]]:  # noqa: PLR0912 - as _strings
        """Return the keys and values of a dictionary that is written down, or called ``dict``, or stands under a name."""
        if not self._step(depth):
            return
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if key is None:
                    yield from self.items(value, depth + 1)
                elif isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value, value
                else:
                    self.computed = True
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict":
            for keyword in node.keywords:
                if keyword.arg is not None:
                    yield keyword.arg, keyword.value
                else:
                    yield from self.items(keyword.value, depth + 1)
        elif isinstance(node, ast.Name) and node.id in self._names:
            for each in self._names[node.id]:
                yield from self.items(each, depth + 1)
        else:
            self.computed = True
