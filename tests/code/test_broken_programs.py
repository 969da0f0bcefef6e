"""A program that does not parse as a whole is read in parts: what is left is what parsing it whole, again and again, leaves."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.views.code import python

if TYPE_CHECKING:
    import pytest

PARTS = [
    "import a\n",
    "if x:\n    pass\n",
    "else:\n    y()\n",
    "elif z: pass\n",
    "except E:\n    b()\nfinally:\n    c()\n",
    "def f(a):\n    '''doc\nat the margin\n'''\n    exec a in b\n",
    "@deco\n",
    "class A(B):\n\n    def g(self): return 1\n\n# behind\n",
    '"""\n',
    "z = (1,\n2,\n",
    ")\n",
    "\\\n",
    "    v()\n",
    "# comment\n",
    "\n",
    "print 'a', b()\n",
    "raise E, 'x'\n",
    "n = 0777\n",
]


@given(st.lists(st.sampled_from(PARTS), max_size=12))
def test_in_parts_as_in_whole(parts: list[str]) -> None:
    """Nothing is kept, and so all is parsed from its beginning each time, where no line begins a statement."""
    code = "".join(parts)
    quick = python.parsed(code)
    beginning = python._beginning  # noqa: SLF001 - the one door to the slow way
    try:
        python._beginning = lambda lines, at, least: least  # noqa: ARG005, SLF001
        slow = python.parsed(code)
    finally:
        python._beginning = beginning  # noqa: SLF001
    assert (ast.dump(quick[0], include_attributes=True), quick[1]) == (ast.dump(slow[0], include_attributes=True), slow[1])


def test_what_parses_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The functions before an error are parsed once for each, not once for each error behind them."""
    parsed: list[int] = []
    once = python._try  # noqa: SLF001

    def counted(code: str) -> tuple[ast.Module | None, int]:
        parsed.append(len(code.lstrip("\n")))
        return once(code)

    monkeypatch.setattr(python, "_try", counted)
    function = "def f(a):\n    return [a, a, a, a]\n" * 20
    code = (function + "raise E, 'x'\n") * 20
    _tree, lost = python.parsed(code)
    assert len(lost) == 20
    assert sum(parsed) < 16 * len(code)  # 21 times in whole: half of it is behind the errors
