"""What is kept with a statement is what is found in it alone, and in the order in which it is written."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.views.code import nodes, noted
from pytest_genomic_guard.views.code.known import REFERRED
from pytest_genomic_guard.views.code.names import Program
from pytest_genomic_guard.views.code.python import Source
from pytest_genomic_guard.views.code.versions import Versions
from pytest_genomic_guard.views.secrets import assigned_python

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.code.python import Python

_OWN = sorted((Path(nodes.__file__).parents[2]).rglob("*.py"))[::9]
PARTS = [
    "from pickle import load as l, loads\n",
    "import os as o, inspect\n",
    "x = y = o.system\n",
    "def f(a, b=l, *, c=loads):\n    q = a.b(c)\n    return l(a)\n",
    "@x(eval)\nclass A(B(1), m=load):\n    p = x(2)\n    def g(self):\n        self.k = loads\n",
    "def h():\n    with o.popen(p) as z: return z\n",
    "if (w := l)(1): v = w(v)\nelse: inspect.f(loads)\n",
    "for i in map(load, x(3)): callable(load); x(load)[load](**{'a': l()})\n",
    "match x(4):\n    case 1 if l(5): l(6)\n",
    "try: l(7)\nexcept x(8): l(9)\nfinally: eval\n",
    "l = lambda e=exec: [system(e) for e in x if e]\n",
    "password = 'a' + 'b3' if x else ('c', f(token='d', auth=('e', 'f'))); d = {'secret': 'g', 'api_key': [f(pwd='h')]}\n",
    "import a\n",
    "g.password = s[f(secret='i')] = t(passwd=u(token='k'))\n",
]


def plain(node: ast.AST, *, called: bool = False) -> Iterator[ast.AST]:
    """Yield what is noted of an expression, by a walk that does nothing else."""
    last = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    handed = isinstance(getattr(node, "ctx", None), ast.Load) and last in REFERRED and not called
    if handed or isinstance(node, (ast.Call, ast.NamedExpr)):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from plain(child, called=isinstance(node, ast.Call) and child is node.func)


def test_calls_in_order() -> None:
    """The same calls as a plain walk, in the same order."""
    for tree in [*(ast.parse(path.read_bytes()) for path in _OWN), ast.parse("".join(PARTS))]:
        for node in ast.walk(tree):
            if isinstance(node, ast.expr):
                found = noted._calls([node])  # noqa: SLF001
                assert list(map(id, found)) == list(map(id, plain(node)))


def test_constants_in_order() -> None:
    """What statements give to names of secrets, by their depth, is in the order of a walk over all of them."""
    for tree in [*(ast.parse(path.read_bytes()) for path in _OWN), ast.parse("".join(PARTS * 2))]:
        expected = [
            (assigned_python._kind(name), name, id(value))  # noqa: SLF001
            for node in ast.walk(tree)
            if type(node) in assigned_python._READERS  # noqa: SLF001
            for name, given in assigned_python._READERS[type(node)](node)  # noqa: SLF001
            if assigned_python._kind(name)  # noqa: SLF001
            for value in assigned_python._constants(given)  # noqa: SLF001
        ]
        by_statement = (each for statement in tree.body for each in assigned_python._given(statement))  # noqa: SLF001
        found = sorted(by_statement, key=assigned_python._first)  # noqa: SLF001
        assert [(kind, name, id(value)) for _depth, kind, name, value in found] == expected
    assert len(expected) > 10


class _View:
    """What of a view is read here."""

    def __init__(self, code: str, tree: ast.Module) -> None:
        self.sources = (Source(start=0, lines=(0,), tree=tree, source=code),)


def _told(code: str, tree: ast.Module) -> list[object]:
    view: Python = _View(code, tree)  # type: ignore[assignment]
    made = Program(view)
    given = [(each[:3], ast.dump(each[3], include_attributes=True)) for node in tree.body for each in assigned_python._given(node)]  # noqa: SLF001
    uses = [(use.name, use.key, use.called, ast.dump(use.node, include_attributes=True)) for use in made.uses]
    returns = {name: [ast.dump(node, include_attributes=True) for node, _scope in back] for name, back in made.returns.items()}
    return [uses, made.bases, returns, given]


@given(st.lists(st.sampled_from(PARTS), max_size=6), st.data())
def test_versions_tell_what_they_tell_alone(parts: list[str], data: st.DataObject) -> None:
    """Statements of which a version before was asked are told as if they were parsed now."""
    known = Versions()
    for _round in range(4):
        code = "".join(parts)
        tree = known.tree(b"a.py", code, ast.parse) or ast.parse(code)
        assert _told(code, tree) == _told(code, ast.parse(code))
        known.add(b"a.py", code, tree)
        at = data.draw(st.integers(0, len(parts)))
        parts = [*parts[:at], *data.draw(st.lists(st.sampled_from(PARTS), max_size=2)), *parts[at + data.draw(st.integers(0, 2)) :]]
