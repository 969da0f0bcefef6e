"""Words without which nothing is declared are looked for one by one; that tells what one expression of all tells."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.views.health.declared import signs

_ALL = re.compile(rb"(?i:synthetic|simulated|fictitious|fictional|made[- ]up|fake|mock|dummy|generated)")
_PIECES = [
    b"synthetic",
    b"Simulated",
    b"FICTITIOUS",
    b"fictional",
    b"made",
    b"-",
    b" ",
    b"up",
    b"\n",
    b"MADE",
    b"Fake",
    b"moc",
    b"k",
]
_PIECES += [b"dummy", b"Generated", b"gene", b"rated", b"\xc5\xbf", b"\xe2\x84\xaa", b"moc\xe2\x84\xaa", b"s", b"fiction", b"k"]


@given(st.lists(st.sampled_from(_PIECES), max_size=6).map(b"".join))
@settings(max_examples=400, deadline=None)
def test_signs_are_those_of_one_expression(data: bytes) -> None:
    """In either case, and without letters beyond ASCII."""
    assert signs(data) == (_ALL.search(data) is not None)
