"""Expressions mean the same on a Python that gets possessive quantifiers wrong."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path
from re import _compiler, _parser  # type: ignore[attr-defined]  # which the stubs do not know
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pytest_genomic_guard
from pytest_genomic_guard._possessive import mended
from pytest_genomic_guard._regex import Regex
from pytest_genomic_guard.registry import Plan, Registry

if TYPE_CHECKING:
    from collections.abc import Iterator

# An oracle is what this Python makes of them itself
right = pytest.mark.skipif(sys.version_info < (3, 11, 7), reason="this Python is the one that is mended")
CASES = [
    (r"0(?:-\d)?+", "0-x", 1),
    (r"0(?:-\d)*+-", "0-1-x", 4),
    (r"\d[\w.]*+(?:(?<=e)-\d)?+", "0.2,", 3),
    (r"(?:ab){0,2}+a", "aba", 3),
]
REPEATED = ["*+", "++", "?+", "{0,2}+", "{2,3}+", "*", "?", "{1,2}?"]


def _mended(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
    made: re.Pattern[Any] = _compiler.compile(mended(_parser.parse(pattern, flags)), flags)
    return made


def _seen(made: re.Pattern[Any], text: Any) -> list[object]:
    return [(found.span(), found.groups()) for found in made.finditer(text)]


@pytest.mark.parametrize(("pattern", "text", "end"), CASES)
def test_what_fails_half_way(pattern: str, text: str, end: int) -> None:
    """Whatever Python this is, and as it is mended, a repetition that fails half-way leaves nothing."""
    for made in (re.compile(pattern), _mended(pattern)):
        found = made.match(text)
        assert found
        assert found.end() == end


def _expressions() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["a", "b", "ab", "[ab]", "a?", "b*+", "(?=a)", "(?!b)", "(?<=a)", ".", "(a)", "ba?b", "c"])

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        repeated = st.tuples(inner, st.sampled_from(REPEATED)).map("(?:%s)%s".__mod__)
        either = st.tuples(inner, inner).map("(?:%s|%s)".__mod__)
        both = st.tuples(inner, inner).map("%s%s".__mod__)
        return repeated | either | both | inner.map("(?>%s)".__mod__) | inner.map("(%s)".__mod__)

    return st.recursive(leaves, larger, max_leaves=6)


@right
@given(_expressions(), st.text("abc", max_size=9))
def test_any_expression(pattern: str, text: str) -> None:
    """It finds what this Python finds, with the same groups."""
    assert _seen(_mended(pattern), text) == _seen(re.compile(pattern), text)


def _ours() -> Iterator[tuple[Any, int]]:
    """Yield the expressions at the top of our modules, and those of the rules."""
    for module in pkgutil.walk_packages(pytest_genomic_guard.__path__, "pytest_genomic_guard."):
        if module.name.endswith("__main__") or ".hooks" in module.name:
            continue
        try:
            there = vars(importlib.import_module(module.name)).values()
        except ImportError:  # of an extra that is not installed
            continue
        yield from ((each.pattern, each.flags) for each in there if isinstance(each, (re.Pattern, Regex)))
    yield from ((rule.pattern, re.MULTILINE) for rule in Plan(Registry()).rules())


@right
def test_our_own_expressions() -> None:
    """Each of ours finds in our own pages what it finds without being mended."""
    pages = [path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parents[2].glob("docs/*.md"))]
    text = "\n".join(page[:6000] for page in pages)
    count = 0
    for pattern, flags in {(each, flags & ~re.UNICODE) for each, flags in _ours()}:
        said = text if isinstance(pattern, str) else text.encode()
        if "+" in str(pattern):
            count += 1
            assert _seen(_mended(pattern, flags), said) == _seen(re.compile(pattern, flags), said), pattern
    assert count > 500


def test_the_whole_package_has_it() -> None:
    """Whoever imports any of it has right quantifiers, and mending twice is mending once."""
    code = (
        "import re, pytest_genomic_guard, pytest_genomic_guard._possessive as it; it.mend(); it.mend();"
        "assert re.match(r'0(?:-\\d)?+', '0-x').end() == 1; assert not hasattr(re._compiler._code.__wrapped__, '__wrapped__')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
