"""Pickles that claim and repeat: none raises anything, and none takes more memory than its length explains."""

from __future__ import annotations

import sys

import _hostile_pickles as pickles
import pytest
from _hostile_memory import LIMIT, grown
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import scan
from pytest_genomic_guard.views import decode
from pytest_genomic_guard.views.tables import DataTable

SIZE = 20 << 20


def failed(data: bytes) -> list[str | None]:
    """Return where something raised."""
    return [gap.where for gap in scan({b"x": data}).gaps if gap.reason in {"view-failed", "check-failed"}]


@pytest.mark.parametrize("name", pickles.claims())
def test_claims(name: str) -> None:
    """A pickle that claims, nests or holds itself is read as far as it goes, in place and cut."""
    data = pickles.claims()[name]
    assert not failed(data)
    for size in range(2, min(len(data), 200), 7):
        assert not failed(data[:size])


@pytest.mark.skipif(sys.platform == "win32", reason="the system does not tell how much memory a process had")
@pytest.mark.parametrize("name", pickles.bombs(1))
def test_memory(name: str) -> None:
    """What stands in a pickle once and is used many times is not made many times."""
    assert grown("_hostile_pickles", "bombs", name, SIZE) < LIMIT


_OPCODES = [bytes([at]) for at in range(256) if at not in b"FIL"]
_PARTS = [part for data in pickles.claims().values() for part in (data[2:60], data[60:200]) if part]


@given(parts=st.lists(st.sampled_from(_OPCODES) | st.sampled_from(_PARTS) | st.binary(max_size=6), max_size=60))
@settings(deadline=None, max_examples=400)
def test_any_opcodes(parts: list[bytes]) -> None:
    """Opcodes in any order give tables whose rows can be read, or none."""
    data = b"\x80\x04" + b"".join(parts) + b"."
    for item in decode.decode(Memory({b"x": data}).entries()[0]):
        if isinstance(item, DataTable):
            for _number, _row in zip(range(100), item.rows(), strict=False):
                pass
    assert not failed(data)
