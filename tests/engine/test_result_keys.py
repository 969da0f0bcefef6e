"""Keys of kept outcomes lie in order, and each is found where it lies: as in a dictionary."""

from __future__ import annotations

from hashlib import blake2b

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard import results
from pytest_genomic_guard.matching import cache
from pytest_genomic_guard.model import Covered

_KEY = st.one_of(
    st.binary(min_size=16, max_size=16),
    st.builds(lambda first, rest: bytes((first, rest)) * 8, st.integers(0, 3), st.integers(0, 3)),  # found at wrong places, too
    st.builds(lambda last: b"\xff" * 15 + bytes((last,)), st.integers(250, 255)),
)
_OUTCOMES = [(Covered(level="full", format=f"form {number}"), ()) for number in range(5)]


@settings(deadline=None)
@given(kept=st.dictionaries(_KEY, st.integers(0, 4), max_size=200), others=st.lists(_KEY, max_size=20))
def test_what_was_written_is_found(kept: dict[bytes, int], others: list[bytes]) -> None:
    """What a file holds is just what was written, whatever the keys are."""
    written = results._written(b"s" * 16, _OUTCOMES, kept)  # noqa: SLF001
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "load", lambda _name: written)
        held = results._loaded("name")  # noqa: SLF001
    assert held is not None
    assert len(held) == len(kept)
    found = {held.key(at): held.outcomes[held.numbers[at]][0].format for at in range(len(held))}
    assert found == {key: f"form {number}" for key, number in kept.items()}
    for key in (*kept, *others):
        at = held.at(key)
        assert (None if at is None else held.key(at)) == (key if key in kept else None)


def test_as_many_as_have_room(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more than have room, the new stay, then those that this run used."""
    monkeypatch.setattr(results, "MOST", 10)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    keys = [bytes((number,)) * 16 for number in range(16)]
    kept = dict.fromkeys(keys[:8], 0)
    cache.store("results-x.bin", results._written(b"s" * 16, _OUTCOMES, kept))  # noqa: SLF001
    found = results.Results("results-x.bin")
    assert found.stamped([keys[7], b"", keys[9]]) == [_OUTCOMES[0], None, None]
    found._new = dict.fromkeys(keys[8:16], 0)  # noqa: SLF001
    found.store()
    held = results._loaded("results-x.bin")  # noqa: SLF001
    assert held is not None
    there = {held.key(at) for at in range(len(held))}
    assert len(there) == 10
    assert {*keys[7:16]} <= there


def test_a_foreign_file_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that tells of more beginnings than there can be is not taken, nor is memory for them."""
    written = results._written(b"s" * 16, _OUTCOMES, {b"k" * 16: 0})  # noqa: SLF001
    head, rest = len(results._MAGIC), bytearray(written[len(results._MAGIC) + 16 :])  # noqa: SLF001
    at = 16 + 8
    told = rest[at + 4 : at + 4 + int.from_bytes(rest[16:20], "little")]
    more = rest[:at] + (17).to_bytes(4, "little") + told + bytes((4 << 17) + 4) + b"k" * 16 + bytes(2)
    made = written[:head] + blake2b(more, digest_size=16).digest() + more
    monkeypatch.setattr(cache, "load", lambda _name: made)
    assert results._loaded("name") is None  # noqa: SLF001
