"""Matrices of numbers between people that do not name them: relationships, distances, ancestry proportions."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    Rows = Sequence[Sequence[str]]

RELATIONSHIPS = "genetic relationships of pairs of people"
SIMILARITY = "similarity between samples, without names"
PROPORTIONS = "ancestry proportions of samples, without names"
_DECIMAL = re.compile(r"[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?|nan")
_SIX = re.compile(r"[01]\.\d{6}")
_FEWEST = 8  # rows of a matrix, so that a small example of a textbook is none
_NAMES = re.compile(rb"\.(?:rel|mibs|m?dist|king|grm)(?:\.(?:gz|txt))*\Z", re.IGNORECASE)
_Q = re.compile(rb"\.(\d{1,2})\.(?:mean)?Q(?:\.(?:gz|txt))*\Z")


def triangle(rows: Rows, name: bytes) -> str:
    """Return what a lower triangle of numbers is, as `--make-rel` and `--distance` write it: rows of 1, 2, 3 ... numbers."""
    if len(rows) < _FEWEST or any(len(row) != at for at, row in enumerate(rows, 1)):
        return ""
    if not all(_DECIMAL.fullmatch(cell) for row in rows for cell in row[:200]):
        return ""
    return SIMILARITY if _scattered([row[-1] for row in rows]) or _NAMES.search(name) else ""


def _scattered(diagonal: Sequence[str]) -> bool:
    """Tell whether a diagonal is of a relationship matrix: near 1, and seldom twice the same."""
    values = [float(cell) for cell in diagonal if _DECIMAL.fullmatch(cell)]
    return len(set(diagonal)) * 2 > len(diagonal) == len(values) and all(0.3 < value < 2.5 for value in values)


def numbers(rows: Rows, name: bytes, *, whole: bool) -> str:
    """Return what rows of numbers are; "" for nothing known."""
    width = len(rows[0])
    if not all(_DECIMAL.fullmatch(cell) for row in rows for cell in row[:200]):
        return ""
    if width == 4 and _pairwise(rows):
        return RELATIONSHIPS
    if _proportions(rows, width, name):
        return PROPORTIONS
    return SIMILARITY if _square(rows, width, name, whole=whole) else ""


def _pairwise(rows: Rows) -> bool:
    """Tell whether rows are of a GRM as GCTA writes it: 1 1, 2 1, 2 2, 3 1 ..., how many variants, how close."""
    if len(rows) < 3:
        return False
    one, two = 1, 1
    for row in rows:
        if row[:2] != [str(one), str(two)] or float(row[2]) < 1 or float(row[2]) % 1 or not -2 < float(row[3]) < 4:
            return False
        one, two = (one, two + 1) if two < one else (one + 1, 1)
    return True


def _proportions(rows: Rows, width: int, name: bytes) -> bool:
    """Tell whether rows are of ADMIXTURE: six decimals, which sum to 1, and never less than 0.00001; its name may decide."""
    if not 2 <= width <= 40 or len(rows) < _FEWEST or not all(_SIX.fullmatch(cell) for row in rows for cell in row):
        return False
    if any(abs(sum(map(float, row)) - 1) > 2e-5 + width * 1e-6 for row in rows):
        return False
    named = _Q.search(name)
    if named:
        return int(named[1]) == width
    return any(cell == "0.000010" for row in rows for cell in row) and not any(cell == "0.000000" for row in rows for cell in row)


def _square(rows: Rows, width: int, name: bytes, *, whole: bool) -> bool:
    """Tell whether rows are of a symmetric matrix with a diagonal near 1 that differs, or one that is called as PLINK calls it."""
    count = min(len(rows), width)
    if width < _FEWEST or count < _FEWEST or len(rows) > width or (whole and len(rows) != width):
        return False
    some = range(min(count, 60))
    if any(rows[one][two] != rows[two][one] for one in some for two in range(one)):
        return False
    diagonal = [rows[at][at] for at in some]
    # Kinship with oneself is one half, and with anybody else never more.
    return _scattered(diagonal) or set(diagonal) == {"0.5"} or _NAMES.search(name) is not None
