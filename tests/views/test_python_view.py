"""Python as syntax trees: places stay, magics and what does not parse are left out, hostile text is bounded."""

from __future__ import annotations

import ast
import json
import textwrap
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.matching import matcher
from pytest_genomic_guard.model import Covered, Rule
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import DIRECTIVES
from pytest_genomic_guard.views.code.python import Python, parsed, within
from pytest_genomic_guard.views.decode import decode
from pytest_genomic_guard.views.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = Rule(name="mark", anchors=(b"mark",), pattern=rb"mark\(")


def programs(files: dict[bytes, bytes]) -> Iterator[Python | Covered]:
    """Yield what is seen of files in which the rule matches."""
    found = matcher([MARK], 0)
    for entry in Memory(files).entries():
        for view in decode(entry):
            if isinstance(view, Text):
                yield from within(view.replace(hits=found.scan(view.data)), frozenset({"mark"}))


def calls(view: Python) -> list[tuple[int | None, int | None]]:
    """Return line and column of each call of the name."""
    found = []
    for source in view.sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "mark":
                at = view.at(source, node)
                found.append((at.line, at.column))
    return found


PROGRAM = "import os\nfrom a import b\nx = '\u00e9\u4e00'; mark(1)\nif x:\n    y = (\n        mark(\n            2))\n"


@pytest.mark.parametrize("wrap", ["", "crlf", "bom", "utf-16", "gzip", "tar", "zip"])
def test_places(wrap: str) -> None:
    """Calls are found at their lines in whatever holds the program."""
    data = PROGRAM.encode()
    name = b"a.py" if wrap in {"", "crlf", "bom", "utf-16"} else b"a.bin"
    views = [each for each in programs({name: DIRECTIVES[wrap](data) if wrap else data}) if isinstance(each, Python)]
    assert [line for view in views for line, _column in calls(view)] == [3, 6]


def test_columns() -> None:
    """Columns count characters."""
    (view,) = programs({b"a.py": PROGRAM.encode()})
    assert isinstance(view, Python)
    assert calls(view) == [(3, 11), (6, 9)]


def notebook(*cells: str) -> bytes:
    """Return a notebook with cells of code."""
    made = [{"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": cell} for cell in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


@pytest.mark.parametrize("magic", ["%time", "%timeit -n 10 -r 3", "%prun -q", "%memit", "%%timeit"])
def test_timed(magic: str) -> None:
    """What a magic times is read, at its place."""
    line = f"{magic} x = mark(1)"
    (view,) = programs({b"a.ipynb": notebook(f"import os\n{line}\n")})
    assert isinstance(view, Python)
    assert calls(view) == [(2, line.index("mark") + 1)]


def test_cells() -> None:
    """All cells of a notebook are one program; magics and commands do not hide the code around them."""
    magic = "%matplotlib inline\n!pip install x \\\n   y\nfiles = !ls\nif True:\n    %time z = 1\ndf?\nmark(3)\n"
    (view,) = programs({b"a.ipynb": notebook("import os", magic, "%%bash\nmark(4)", "%%time\nmark(5)")})
    assert isinstance(view, Python)
    assert [line for line, _column in calls(view)] == [8, 2]
    assert not any(source.lost for source in view.sources)


@pytest.mark.parametrize(
    ("code", "lost"),
    [
        ("print 'a' % 3\nmark(1)\n", ()),
        ("try:\n    a\nexcept X, e:\n    mark(1)\n", ()),
        ("def f(:\n    pass\nmark(1)\n", (1, 2)),
        ("x = 0777\nmark(1)\n", (1,)),
        ("mark(1)\nclass A:\n    def f(self)\n        pass\n", (2, 3, 4)),
    ],
)
def test_broken(code: str, lost: tuple[int, ...]) -> None:
    """What parses around what does not is kept, at its lines."""
    tree, gone = parsed(code)
    assert gone == lost
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call)] == [1 + code[: code.index("mark")].count("\n")]


def test_told_when_lost() -> None:
    """Where the rule matched in what does not parse, the coverage says so; elsewhere it does not."""
    assert [type(each).__name__ for each in programs({b"a.py": b"mark(1\nx y z\n"})] == ["Python", "Covered"]
    assert [type(each).__name__ for each in programs({b"a.py": b"mark(1)\nx y z\n"})] == ["Python"]


def test_not_python() -> None:
    """A text of another language is no program; one without a name is, where it looks like one."""
    assert list(programs({b"a.R": b"mark(1)\n", b"b.md": b"import os\nimport re\nmark(1)\n"})) == []
    assert list(programs({b"tool": b"#!/usr/bin/env python3\nmark(1)\n"}))


_PIECES = st.sampled_from(
    ["(", ")", "'", '"""', "\n", "    ", "if x:", "print a", "%m", "!x", "\0", "\r", "\\", "lambda", "é", "f(1)", "# x"]
)


@given(code=st.lists(_PIECES, max_size=60).map("".join), magics=st.booleans())
def test_anything(code: str, *, magics: bool) -> None:
    """No text makes it fail, and each line is in the tree or lost or says nothing."""
    tree, lost = parsed(code, magics=magics)
    assert all(1 <= line <= code.count("\n") + code.count("\r") + 1 for line in lost)
    ast.dump(tree)


@pytest.mark.parametrize(
    "hostile", ["(" * 100_000, "-" * 200_000 + "1", "print x (\n" * 20_000, "f(" * 2000 + ")" * 2000, "a." * 50_000 + "b"]
)
def test_hostile(hostile: str) -> None:
    """Depth and length end as nothing that parses."""
    tree, lost = parsed(textwrap.dedent(hostile))
    assert lost or tree.body
