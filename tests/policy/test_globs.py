"""Path patterns of `exclude`: what they match, held against a plain reading of the manual, and what they cost."""

from __future__ import annotations

import functools
import string
from typing import TYPE_CHECKING

import pytest
from _policy import policy, scan
from hypothesis import example, given
from hypothesis import strategies as st

from pytest_genomic_guard.policy.globs import Glob

if TYPE_CHECKING:
    from pathlib import Path


def _reference(pattern: str, path: str) -> bool:
    """Match as the manual reads, one character after the other, keeping what is known of each pair of places."""
    pattern += "**" * pattern.endswith("/")

    @functools.cache
    def rest(at: int, place: int) -> bool:
        if at == len(pattern):
            return place == len(path)
        if pattern.startswith("**/", at):
            return rest(at + 3, place) or any(rest(at + 3, p + 1) for p in range(place, len(path)) if path[p] == "/")
        if pattern.startswith("**", at):
            return any(rest(at + 2, p) for p in range(place, len(path) + 1))
        if pattern[at] == "*":
            more = place < len(path) and path[place] != "/" and rest(at, place + 1)
            return more or rest(at + 1, place)
        fits = place < len(path) and (path[place] == pattern[at] or (pattern[at] == "?" and path[place] != "/"))
        return fits and rest(at + 1, place + 1)

    return rest(0, 0)


_PARTS = st.lists(st.sampled_from(["**/", "**", "*", "?", "/", "a", "b", "ab"]), min_size=1, max_size=12).map("".join)


@given(pattern=_PARTS, path=st.text("ab/", max_size=14))
@example(pattern="**/**/*a*b", path="ab/a/ab")
@example(pattern="*a*a*a", path="aabaa")
def test_matches_as_the_manual_reads(pattern: str, path: str) -> None:
    """With few stars and with many, a pattern matches exactly what its parts say one after the other."""
    assert Glob(pattern).match(path) == _reference(pattern, path)


@given(path=st.text(string.ascii_lowercase[:3] + "/\n\udcff", max_size=10), stars=st.sampled_from(["", "****", "**/*a***"]))
def test_sets_with_few_stars_and_with_many(path: str, stars: str) -> None:
    """A set means the same whichever way the pattern around it is matched."""
    wanted = any(each in "ac" for each in path) if stars else len(path) == 1 and path in "ac"
    around = "**[ac]**" if stars else "[ac]"
    assert Glob(around).match(path) == wanted
    assert Glob(f"**{around}**" if stars else around).match(path) == wanted


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 40 + "b", "a" * 250),
        ("**/" * 40 + "x", "d/" * 100 + "y"),
        ("**a" * 40 + "b", "a/" * 100 + "c"),
        ("*?" * 40 + "b", "a" * 250),
        ("**/*/" * 20 + "*a" * 20 + "b", "a/" * 60 + "a" * 100),
    ],
)
def test_many_stars_end(tmp_path: Path, pattern: str, path: str) -> None:
    """A scan ends under patterns whose every star could be tried at every length: that would take longer than the universe."""
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"plain\n")
    (tmp_path / ".genomic-guard.yaml").write_text(policy(exclude=[{"path": pattern, "reason": "known"}]))
    ran = scan(cwd=tmp_path)
    assert (ran.code, ran.json["scanned"]["excluded"]) == (0, 0)


def test_longest_path_and_pattern() -> None:
    """The longest path under a pattern as long as it is matched, and a longer pattern is refused."""
    path = "a/" * 2047 + "ab"
    assert Glob("*?" + "/**/*" * 680 + "b").match(path)
    assert not Glob("*?" + "/**/*" * 680 + "c").match(path)
    with pytest.raises(ValueError, match="longer than any path"):
        Glob("a" * 4097)
