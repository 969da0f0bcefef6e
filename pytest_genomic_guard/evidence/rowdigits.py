"""Decimal numbers in ASCII to float64, many at a time and each correctly rounded.

A decimal whose digits make an integer up to 2^53 is that integer divided by a power of ten up to 10^22: both are exact in float64,
and one division rounds once (Clinger: How to read floating point numbers accurately, PLDI 1990). Any other is left to float.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_WIDEST = 24  # bytes of a cell; more digits than that are not exact
_MOST = 18  # digits that an int64 holds
_EXACT = 2**53
_TENS = tuple(float(f"1e{power}") for power in range(_WIDEST + 1))


def decimals(cells: Any) -> tuple[Any, Any]:
    """Return the numbers of an array of bytes, and which of them are none of the simple form (their value means nothing)."""
    import numpy as np  # noqa: PLC0415 - evidence is read for gates alone

    width = cells.dtype.itemsize
    if width > _WIDEST:
        return np.zeros(len(cells)), np.ones(len(cells), bool)
    signs = np.ascontiguousarray(cells.view(np.uint8).reshape(len(cells), width).T)
    digits = signs - ord("0")
    is_digit = digits < 10
    is_point = signs == ord(".")
    whole = np.zeros(len(cells), np.int64)
    after = np.zeros(len(cells), bool)
    places = np.zeros(len(cells), np.uint8)
    for digit, there, point in zip(digits, is_digit, is_point, strict=True):
        whole *= np.where(there, np.int64(10), np.int64(1))
        whole += digit * there
        places += after & there
        after |= point
    negative = signs[0] == ord("-")
    count = is_digit.sum(axis=0, dtype=np.uint8)
    known = count + is_point.sum(axis=0, dtype=np.uint8) + (signs == 0).sum(axis=0, dtype=np.uint8) + negative
    simple = (known == width) & (is_point.sum(axis=0, dtype=np.uint8) <= 1) & (count >= 1) & (count <= _MOST) & (whole <= _EXACT)
    values = whole / np.array(_TENS)[places]
    return np.where(negative, -values, values), ~simple
