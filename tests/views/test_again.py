"""What was read before is known by its bytes and by what else it depends on, within a bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.views.again import Again, key

if TYPE_CHECKING:
    from collections.abc import Sequence

_PARTS = st.lists(st.tuples(st.binary(max_size=40), st.binary(max_size=48)), max_size=30)


@given(_PARTS, _PARTS)
def test_only_what_was_added_is_known(added: Sequence[tuple[bytes, bytes]], asked: Sequence[tuple[bytes, bytes]]) -> None:
    """A part is known when the same bytes were added with the same context, and not otherwise."""
    again = Again()
    for part, about in added:
        again.add(key(part, about))
    for part, about in (*added, *asked):
        assert (key(part, about) in again) == ((part, about) in added)


@given(st.binary(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_a_view_of_bytes_has_the_key_of_the_bytes(data: bytes, start: int, end: int) -> None:
    """A part need not be copied to be told."""
    assert key(memoryview(data)[start:end]) == key(data[start:end])


def test_bytes_do_not_run_into_their_context() -> None:
    """What stands in the part and what stands beside it are told apart, also at their zeros."""
    assert len({key(b"ab", b""), key(b"b", b"a"), key(b"a", b"b"), key(b"", b"ab"), key(b"ab", b"\0"), key(b"ab\0", b"")}) == 6


def test_it_is_emptied_when_it_is_full() -> None:
    """A bound holds, and what was forgotten can be added again."""
    again, keys = Again(4), [key(bytes([number])) for number in range(9)]
    for each in keys:
        again.add(each)
        assert each in again
        assert sum(one in again for one in keys) <= 4
    assert [one in again for one in keys] == [False] * 8 + [True]


def test_adding_what_is_known_forgets_nothing() -> None:
    """A part that comes again when the bound is reached is not read as another."""
    again = Again(2)
    again.add(key(b"a"))
    again.add(key(b"b"))
    again.add(key(b"b"))
    assert key(b"a") in again
