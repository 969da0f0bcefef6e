"""Matrices of numbers between people that do not name them: relationships, distances, ancestry proportions."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    Rows = Sequence[Sequence[str]]

RELATIONSHIPS = "genetic relationships of pairs of people"
SIMILARITY = "similarity between samples, without names"
PROPORTIONS = "ancestry proportions of samples, without names"
_DECIMAL = regex(r"[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?|nan")
_SIX = regex(r"[01]\.\d{6}")
_LOOKED = 60  # rows of a matrix by which it is judged
_FEWEST = 8  # rows of a matrix, so that a small example of a textbook is none
OWN = (0.3, 2.5)  # relationship with oneself: 1 and inbreeding
_SMALL = 0.35  # with nearly anybody else, and whatever few variants make of it
_HALF = 0.5  # kinship with oneself
_NAMES = regex(rb"\.(?:rel|mibs|m?dist|king|grm)(?:\.(?:gz|txt))*\Z", re.IGNORECASE)
_Q = regex(rb"\.(\d{1,2})\.(?:mean)?Q(?:\.(?:gz|txt))*\Z")


def triangle(rows: Rows, name: bytes) -> str:
    """Return what a lower triangle of numbers is, as `--make-rel` and `--distance` write it: rows of 1, 2, 3 ... numbers."""
    if len(rows) < _FEWEST or any(len(row) != at for at, row in enumerate(rows, 1)):
        return ""
    if not all(_DECIMAL.fullmatch(cell) for row in rows for cell in row):
        return ""
    others = [float(cell) for row in rows[:_LOOKED] for cell in row[:-1]]
    if is_kin([float(row[-1]) for row in rows[:_LOOKED]], others, whole=len(rows) <= _LOOKED):
        return RELATIONSHIPS
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
    if not _square(rows, width, name, whole=whole):
        return ""
    some = range(min(len(rows), width, _LOOKED))
    others = [float(rows[one][two]) for one in some for two in range(one)]
    return RELATIONSHIPS if is_kin([float(rows[at][at]) for at in some], others, whole=width <= _LOOKED) else SIMILARITY


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


def is_kin(diagonal: Sequence[float], others: Sequence[float], *, whole: bool) -> bool:
    """Tell whether numbers of a matrix are relationships, by those on its diagonal and below.

    Alleles are counted from their mean in the same people, so that a whole matrix of relationships sums to nothing; a covariance
    of any other numbers sums to its diagonal.
    """
    if len(diagonal) < _FEWEST or not others:
        return False
    if all(value == _HALF for value in diagonal):
        return all(-10 < value <= _HALF for value in others) and len(set(others)) * 2 > len(others)
    if whole and sum(diagonal) + 2 * sum(others) > sum(diagonal) / 2:
        return False
    varied = len(set(diagonal)) * 10 > 9 * len(diagonal)
    average = sum(diagonal) / len(diagonal)
    small = sum(1 for value in others if abs(value) < _SMALL)
    return (
        varied
        and all(OWN[0] < value < OWN[1] for value in diagonal)
        and 0.7 < average < 1.4
        and all(-OWN[1] < value < OWN[1] for value in others)
        and small * 10 >= 9 * len(others)
        and len(set(others)) * 10 > 9 * len(others)
        and sum(1 for value in others if value < 0) * 10 > len(others)
    )


def is_called(name: bytes) -> bool:
    """Tell whether a name is one that ADMIXTURE gives to proportions: of the fileset, the number of groups, Q."""
    return _Q.search(name) is not None


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
