"""A program of which the version before was parsed has the tree that it has when it is parsed whole."""

from __future__ import annotations

import ast
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.views.code import versions
from pytest_genomic_guard.views.code.python import parsed
from pytest_genomic_guard.views.code.versions import Cells, Versions

PARTS = [
    "import a\n",
    "from b import c as d\n",
    "x = 1; y = 2\n",
    "@deco\n@(\n  other)\ndef f(a, b=c()):\n    '''doc\nat the margin\n'''\n    return a\n",
    "class A(B):\n\n    def g(self): return f'{self.x:{1}}'\n\n# behind\n",
    "if x:\n    pass\n",
    "else:\n    y()\n",
    "elif z: pass\n",
    "try:\n    a()\n",
    "except E:\n    b()\nfinally:\n    c()\n",
    '"""\nopen\n"""\n',
    '"""\n',
    "z = (1,\n2,\n",
    ")\n",
    "w = 1 + \\\n",
    "m = 1 \\\n",
    "@(\nnamed)\ndef e(): pass\n",
    "@(\n",
    "\\\n",
    "    v()\n",
    "# comment\n",
    "\n",
    "\x0cu = 1\n",
    "for i in j:\n    k(i)\n",
    "match x:\n    case 1: pass\n",
    "print 1\n",
    "s = '\\\nb'\n",
    "async def h():\n    await a\n",
    "é = 'ü'; g()\n",
    "t = f'''{a}\n{b(c)!r}\n'''\n",
    "n = 1  # \\\n",
    "   # indented\n",
    "    return a\n",
    "last = 1",
]


def parse(code: str) -> ast.Module | None:
    """Return the tree of what parses."""
    try:
        return ast.parse(code)
    except SyntaxError:
        return None


def compare(texts: list[str]) -> int:
    """Compare the trees of versions with those of the same texts alone; return how many were put together."""
    known, together = Versions(), 0
    for code in texts:
        whole = parse(code)
        tree = known.tree(b"a.py", code, parse)
        if tree is not None:
            together += 1
            assert whole is not None, code
            assert ast.dump(tree, include_attributes=True) == ast.dump(whole, include_attributes=True), code
        if whole is not None:
            known.add(b"a.py", code, tree or whole)
    return together


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import a\n@(\nb)\ndef f(): pass\n", "import a\n@(\nc(d)\ndef f(): pass\n"),
        ("x = 1\nm = 1 \\\n\nu = 2\n", "x = 1\nm = 1 \\\n"),
        ("x = 1\nm = 1 \\\n\nu = 2\n", "x = 1\nm = 1 \\\nu = 2\n"),
        ("x = 1\nu = 2\n", "x = 1\nm = 1 \\\nu = 2\n"),
    ],
)
def test_what_does_not_parse_does_not_after_another(old: str, new: str) -> None:
    """A sign of a decorator on a line of its own, and a line that goes on beyond the end, are part of what is parsed."""
    known, tree = Versions(), parse(old)
    assert tree is not None
    assert parse(new) is None
    known.add(b"a.py", old, tree)
    assert known.tree(b"a.py", new, parse) is None


@given(st.lists(st.sampled_from(PARTS), max_size=9), st.data())
def test_parts_exchanged(parts: list[str], data: st.DataObject) -> None:
    """Statements and parts of statements come, go and change places."""
    texts = ["".join(parts)]
    for _round in range(data.draw(st.integers(1, 4))):
        first = data.draw(st.integers(0, len(parts)))
        last = data.draw(st.integers(first, len(parts)))
        parts = [*parts[:first], *data.draw(st.lists(st.sampled_from(PARTS), max_size=3)), *parts[last:]]
        texts.append("".join(parts))
    compare(texts)


@given(st.text(alphabet="x=1\n\"'()\\ #:@\r", max_size=30), st.text(alphabet="x=1\n\"'()\\ #:@\r", max_size=30))
def test_any_text(first: str, second: str) -> None:
    """What is no program, or may be one."""
    compare([first, second, first])


@pytest.mark.parametrize("path", sorted(Path(ast.__file__).parent.glob("a*.py"))[:12], ids=lambda path: path.name)
def test_lines_of_real_programs(path: Path) -> None:
    """Lines of programs of the standard library come and go."""
    chance = random.Random(path.name)  # noqa: S311 - the same in every run
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    texts = ["".join(lines)]
    for _round in range(12):
        at = chance.randrange(len(lines))
        lines[at : at + chance.randrange(3)] = [chance.choice(PARTS)] if chance.random() < 0.7 else []
        texts.append("".join(lines) if chance.random() < 0.8 else texts[0])
    compare(texts)


def test_they_are_put_together() -> None:
    """The comparison above is of something."""
    head, tail = "import a\n\n", "def f():\n    a()\n\n\ndef g():\n    a.b()\n"
    assert compare([head + tail, head + "x = 1\n\n" + tail, head + "x = 2\n" + tail, head + "x = 2\n" + tail]) == 3


def test_a_line_in_the_middle_changes() -> None:
    """Statements that begin and end as before are others where a line between differs."""
    text = "x = 1\ndef f():\n    a()\n    b()\n    return 1\n"
    assert compare([text, text.replace("b()", "c()"), text + text.replace("a()", "d()"), text.replace("    a()\n", "")]) == 3


def test_statements_that_stay_are_not_parsed() -> None:
    """Of a version that changes at both ends, in which statements change places, only what is new is parsed."""
    one, two = "def f():\n    a()\n", "@b\ndef g():\n    c()\n"
    known, asked = Versions(), list[str]()
    first, second = f"x = 1\n{one}\n# z\n{two}y = 1\n", f"x = 2\n{two}{one}{one}y = 2\n"

    def parsing(code: str) -> ast.Module | None:
        asked.append(code)
        return parse(code)

    whole = parse(first)
    assert whole is not None
    known.add(b"a.py", first, whole)
    tree, alone = known.tree(b"a.py", second, parsing), parse(second)
    assert asked == ["x = 2\n", f"{one}y = 2\n"]
    assert tree is not None
    assert alone is not None
    assert ast.dump(tree, include_attributes=True) == ast.dump(alone, include_attributes=True)


class _Counted(str):
    """A line that counts how often it is compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        """Compare, and count."""
        _Counted.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def test_comparisons_are_bounded() -> None:
    """Many statements that begin and end alike are not compared with each other again and again."""
    lines, _Counted.compared = [_Counted(each) for each in ["a = ('", "b", "c')"] * 700], 0
    blocks = [versions._Block([*lines[:2], _Counted(str(at)), lines[2]], [], 0) for at in range(500)]  # noqa: SLF001
    assert versions._same(blocks, [each for line in lines for each in (line, line)]) == []  # noqa: SLF001
    assert _Counted.compared < 20 * len(lines) + 2 * versions._FREE  # noqa: SLF001


@given(st.lists(st.lists(st.sampled_from([*PARTS, "%time f()\n", "!ls\n"]), max_size=3), max_size=12))
def test_cells_have_trees_of_their_own(notebook: list[list[str]]) -> None:
    """A cell that was seen has the tree and the lost lines that it has alone, and no two cells of a notebook share one."""
    cells = Cells()
    for _again in range(2):
        used: set[int] = set()
        held: list[ast.Module] = []
        for code in map("".join, notebook):
            tree, lost = cells.parsed(code, used, lambda cell: parsed(cell, magics=True))
            alone, gone = parsed(code, magics=True)
            assert (ast.dump(tree, include_attributes=True), lost) == (ast.dump(alone, include_attributes=True), gone)
            assert all(tree is not other for other in held)
            held.append(tree)


def test_cells_are_bounded() -> None:
    """What is kept is as long as the bound at most, and the latest."""
    cells, asked = Cells(), []

    def parse(code: str) -> tuple[ast.Module, tuple[int, ...]]:
        asked.append(code)
        return ast.parse(code), ()

    long = "#" * (1 << 17)
    for code in ("a", long + "1", "a", long, "a", long + "1"):
        cells.parsed(code, set(), parse)
    assert asked == ["a", long + "1", long, long + "1"]
