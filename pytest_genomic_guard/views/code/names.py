"""What a program calls, by full names: one pass over the trees of a `Python` view, shared by all checks of code.

`import torch as t` makes `t.load` the name `torch.load`; `tf = tarfile.open(path)` makes `tf.extractall` the name
`tarfile.open().extractall`; the cells of a notebook share their names. A call stands in a name as ``()``, an index as ``[]``,
what is not known as ``?``, and what the program itself defines begins with a dot. Nothing is run: assignments are followed in the
order in which they are written, functions after the module that holds them.
"""

from __future__ import annotations

import ast

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.views.code.noted import noted
from pytest_genomic_guard.views.code.scopes import BINDING, Scope, assign, bind, parameters, qualified

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_genomic_guard.views.code.python import Python, Source

_LONGEST = 64  # characters of a key

_BRINGING = frozenset((ast.Import, ast.ImportFrom))
_LOOKS = frozenset(("isinstance", "issubclass", "callable", "hasattr", "type", "id", "repr", "functools.wraps"))


class Use(Record):
    """A call, or a function that is handed on: its tree, its full name, and where it stands."""

    source: Source
    node: ast.expr
    name: str
    scope: Scope
    called: bool = True

    @property
    def call(self) -> ast.Call:
        """Return the call; one without arguments for a function that is handed on."""
        return self.node if isinstance(self.node, ast.Call) else ast.Call(func=self.node, args=[], keywords=[])

    @property
    def key(self) -> str:
        """Return the name of the function around it."""
        return self.scope.key if len(self.scope.key) <= _LONGEST and self.scope.key.isascii() else ""

    def argument(self, name: str, at: int = -1) -> ast.expr | None:
        """Return an argument by its name, or by its place before which nothing is starred."""
        for keyword in self.call.keywords:
            if keyword.arg == name:
                return keyword.value
        for keyword in self.call.keywords:
            given = self._spread(keyword.value, name) if keyword.arg is None else None
            if given is not None:
                return given
        args = self.call.args
        starred = any(isinstance(each, ast.Starred) for each in args[: at + 1])
        return args[at] if 0 <= at < len(args) and not starred else None

    def _spread(self, node: ast.expr, name: str) -> ast.expr | None:
        """Return what a mapping has under a name, where the program says what it is: `{...}`, `dict(...)`, or a name for one."""
        for each in self.scope.given(node.id) if isinstance(node, ast.Name) else [node]:
            if isinstance(each, ast.Dict):
                for key, value in zip(each.keys, each.values, strict=True):
                    if isinstance(key, ast.Constant) and key.value == name:
                        return value
            elif isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "dict":
                for keyword in each.keywords:
                    if keyword.arg == name:
                        return keyword.value
        return None

    @property
    def spread(self) -> bool:
        """Tell whether arguments come out of a mapping that is not seen here."""
        return any(keyword.arg is None for keyword in self.call.keywords)


class Program:
    """All calls of a view, in order."""

    def __init__(self, view: Python) -> None:
        """Walk the trees. Functions that do harm also where they are handed on count there as well."""
        self.uses: list[Use] = []
        self.module = Scope("module")
        self.bases: dict[str, list[str]] = {}  # of the program's own classes
        self.returns: dict[str, list[tuple[ast.expr, Scope]]] = {}  # of its functions
        self._by: _By | None = None  # made when it is asked for
        later: list[tuple[Source, Scope, Sequence[ast.stmt]]] = []
        for source in view.sources:
            self._block(source, self.module, source.tree.body, later)
        at = 0
        while at < len(later):
            self._block(*later[at], later)
            at += 1

    def _block(
        self, source: Source, scope: Scope, body: Sequence[ast.stmt], later: list[tuple[Source, Scope, Sequence[ast.stmt]]]
    ) -> None:
        """Walk statements in order; bodies of functions wait until the module is read."""
        waiting: list[tuple[Scope, ast.stmt]] = [(scope, each) for each in reversed(body)]
        while waiting:
            inner, node = waiting.pop()
            if type(node) in _BRINGING:
                bind(node, inner)
                continue
            calls, inside = noted(node)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                inner.names[node.name] = f".{node.name}"
                self._note(source, inner, calls)
                own = Scope("function", inner, f"{inner.key}.{node.name}".strip("."))
                parameters(node.args, own)
                later.append((source, own, node.body))
            elif isinstance(node, ast.ClassDef):
                self.bases[f".{node.name}"] = [qualified(each, inner) for each in node.bases]
                inner.names[node.name] = f".{node.name}"
                self._note(source, inner, calls)
                own = Scope("class", inner, f"{inner.key}.{node.name}".strip("."))
                waiting += ((own, each) for each in reversed(node.body))
            else:
                if isinstance(node, ast.Return) and node.value is not None:
                    self.returns.setdefault("." + inner.key.rpartition(".")[2], []).append((node.value, inner))
                if calls:
                    self._note(source, inner, calls)
                if type(node) in BINDING:
                    bind(node, inner)
                if inside:
                    waiting += ((inner, each) for each in reversed(inside))

    def _note(self, source: Source, scope: Scope, calls: Sequence[ast.expr]) -> None:
        """Note the calls of expressions, the outer ones first, and what is handed on."""
        handled: set[int] = set()  # what is only looked at
        for node in calls:
            if type(node) is ast.Call:
                name = qualified(node.func, scope)
                if name in _LOOKS or name.startswith("inspect."):
                    handled.update(map(id, node.args))
                self.uses.append(Use(source=source, node=node, name=name, scope=scope))
            elif type(node) is ast.NamedExpr:
                assign(node.target, node.value, scope)
            elif id(node) not in handled:
                self.uses.append(Use(source=source, node=node, name=qualified(node, scope), scope=scope, called=False))

    def some(self, *, last: Iterable[str] = (), roots: Iterable[str] = (), keys: Iterable[str] = ()) -> list[Use]:
        """Return in order the uses whose name ends or begins with a word, or that have an argument of a name, or of any."""
        if self._by is None:
            self._by = by = _By()
            for at, use in enumerate(self.uses):
                by.note(at, use)
        by = self._by
        found = {at for word in last for at in by.last.get(word, ())}
        found.update(at for word in by.roots if word.startswith(tuple(roots)) for at in by.roots[word])
        found.update(at for word in keys for at in by.keys.get(word, ()))
        found.update(by.spread if keys else ())
        return [self.uses[at] for at in sorted(found)]


class _By:
    """Numbers of uses by the last and first part of their name, and by the names of their arguments."""

    def __init__(self) -> None:
        self.last: dict[str, list[int]] = {}
        self.roots: dict[str, list[int]] = {}
        self.keys: dict[str, list[int]] = {}
        self.spread: list[int] = []  # those that have arguments out of a mapping

    def note(self, at: int, use: Use) -> None:
        """Note a use."""
        name = use.name
        self.last.setdefault(name.rpartition(".")[2], []).append(at)
        self.roots.setdefault(name.partition(".")[0], []).append(at)
        for keyword in use.node.keywords if isinstance(use.node, ast.Call) else ():
            if keyword.arg is None:
                self.spread.append(at)
            else:
                self.keys.setdefault(keyword.arg, []).append(at)


def program(view: Python) -> Program:
    """Return the calls of a view, found once for all checks."""
    known = view.shared.get("program")
    if not isinstance(known, Program):
        known = view.shared["program"] = Program(view)
    return known
