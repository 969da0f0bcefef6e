"""Expressions that are compiled when they are first used are those that `re` compiles."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pytest_genomic_guard
from pytest_genomic_guard._regex import PARTS, Regex, regex

_TEXTS = st.sampled_from([r"(?P<one>a+)|b", r"^[ab]*$", r"\b", r"(a)(b)?", r"", r"."])


@given(_TEXTS, st.sampled_from([0, re.IGNORECASE, re.MULTILINE | re.DOTALL]), st.text(alphabet="abA \n", max_size=12))
def test_every_part_gives_what_the_compiled_one_gives(text: str, flags: int, data: str) -> None:
    """Whichever method is called first, and called again."""
    there = re.compile(text, flags)
    for method in ("search", "match", "fullmatch", "finditer", "findall", "split"):
        lazy = regex(text, flags)
        for _again in range(2):
            assert _told(getattr(lazy, method)(data)) == _told(getattr(there, method)(data))
    lazy = regex(text, flags)
    assert lazy.sub("x", data) == there.sub("x", data)
    assert regex(text, flags).subn("x", data) == there.subn("x", data)
    for part in ("pattern", "flags", "groups", "groupindex"):
        assert getattr(regex(text, flags), part) == getattr(there, part)


def test_a_part_that_expressions_have_not_is_missing() -> None:
    """As of any other object; and none of them is left out."""
    with pytest.raises(AttributeError):
        _ = regex("a").nothing  # type: ignore[attr-defined]
    assert {name for name in dir(re.compile("a")) if not name.startswith("_")} == {*PARTS}


def test_every_expression_of_the_package_compiles() -> None:
    """One that does not would be found by the first file that needs it."""
    seen = 0
    root = Path(pytest_genomic_guard.__file__).parent
    for path in root.rglob("*.py"):
        if "_regex import" not in path.read_text(encoding="utf-8"):
            continue
        name = ".".join((root.name, *path.relative_to(root).with_suffix("").parts))
        for value in vars(importlib.import_module(name.removesuffix(".__init__"))).values():
            for lazy in _within(value):
                assert re.compile(lazy.pattern, lazy.flags & ~re.UNICODE) is not None
                seen += 1
    assert seen > 100


def _within(value: Any, depth: int = 3) -> list[Any]:
    """Return the expressions in a value at the top level of a module."""
    if isinstance(value, Regex):
        return [value]
    if not depth or not isinstance(value, (list, tuple, dict)):
        return []
    return [each for one in (value.values() if isinstance(value, dict) else value) for each in _within(one, depth - 1)]


def _told(found: Any) -> Any:
    """Return what can be compared of a result."""
    if isinstance(found, re.Match):
        return found.span(), found.groups()
    return found if found is None or isinstance(found, list) else [_told(each) for each in found]
