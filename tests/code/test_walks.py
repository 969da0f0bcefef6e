"""Fast paths over trees and texts say what the plain ways say."""

from __future__ import annotations

import ast
import random
import re
from pathlib import Path

from pytest_genomic_guard.policy import mask
from pytest_genomic_guard.views.code import nodes
from pytest_genomic_guard.views.genomic import usedlists

_PASSED = (ast.expr_context, ast.operator, ast.cmpop, ast.unaryop, ast.boolop)
_OWN = sorted((Path(nodes.__file__).parents[2]).rglob("*.py"))[::9]


def test_walk_is_that_of_ast() -> None:
    """The same nodes in the same order; contexts and operators aside."""
    for path in _OWN:
        tree = ast.parse(path.read_bytes())
        plain = [each for each in ast.walk(tree) if not isinstance(each, _PASSED)]
        assert [id(each) for each in nodes.walk(tree, nodes.FIELDS) if not isinstance(each, _PASSED)] == list(map(id, plain))
        for node in plain:
            below = [each for each in ast.iter_child_nodes(node) if not isinstance(each, _PASSED)]
            assert list(map(id, nodes.children(node))) == list(map(id, below))


def test_assigned_is_found_as_an_expression_finds_it() -> None:
    """The first assignment of a list, in texts of pieces that nearly are one."""
    draw = random.Random(11)  # noqa: S311 - no secret
    pieces = [b"ab", b"a", b" ", b"=", b"<-", b"[", b"c(", b'"', b".", b"$", b"\n", b"x"]
    for _each in range(20_000):
        data = b"".join(draw.choices(pieces, k=draw.randrange(1, 14)))
        start, end = sorted((draw.randrange(len(data) + 1), draw.randrange(len(data) + 1)))
        found = re.compile(rb"(?<![\w.$])ab" + usedlists._OPENED).search(data, start, end)  # noqa: SLF001
        assert usedlists._assigned(data, b"ab", start, end) == ((found.start(), found.end()) if found else (0, 0))  # noqa: SLF001


def test_masked_with_and_without_a_beginning() -> None:
    """An id is masked wherever it stands, and what only begins like it is not."""
    private = f"zq{random.Random(5).randrange(10**6, 10**7)}"  # noqa: S311 - no secret
    show = mask.mask([private.encode()])
    assert show(f"a/{private}.txt".encode()) == "a/[masked].txt"
    assert show(f"a/{private[:3]}-{private[3:]}".encode()) == "a/[masked]"
    assert show(f"a/{private[:5]}.txt".encode()) == f"a/{private[:5]}.txt"
    assert show(b"a/b.txt") == "a/b.txt"
