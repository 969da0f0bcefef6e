"""Numbers of arrays are the same texts whether each, or each different one alone, is written."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pytest_genomic_guard.views.tables.cells import _written, of_array

_TYPES = st.sampled_from(["<f2", "<f4", "<f8", ">f4", ">f8"])


@given(_TYPES.flatmap(lambda kind: arrays.arrays(kind, st.integers(1, 9))), st.integers(1, 600), st.integers(1, 3))
@settings(max_examples=200, deadline=None)
def test_alike_numbers_are_written_once(few: np.ndarray, times: int, every: int) -> None:
    """Zeros of both signs, infinities and what is no number, in any order of bytes, side by side or apart."""
    many = np.tile(few, times)[::every]
    assert of_array(many) == _written(many)
