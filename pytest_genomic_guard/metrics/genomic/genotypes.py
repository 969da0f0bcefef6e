"""Genotypes as counts of an allele, and what can be wrong with a matrix of them."""

from __future__ import annotations

import numpy as np

from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    Calls = NDArray[np.int8]  # [people, variants]: 0, 1 or 2 copies, -1 where nobody knows

MISSING = -1
_UNKNOWN = (".", "", "NA", "./.", "NaN", "nan", "-1", "-1.0")  # as texts write a missing call
_WORDS = {"0": 0, "1": 1, "2": 2, **dict.fromkeys(_UNKNOWN, MISSING), "0.0": 0, "1.0": 1, "2.0": 2}
_CHUNK = 1 << 22  # cells that are looked at together


def calls(matrix: Any, what: str, before: int = 0) -> Calls:
    """Return a matrix [people, variants] of 0, 1, 2 and -1 as int8; NaN, and in texts ``.``, is missing.

    `what` names the matrix in messages. A matrix that is int8 already is returned as it is, so that a mapped file stays one.
    Raises Unusable for anything else, by the row's number from 1, with `before` rows of the file before these.
    """
    found = np.asanyarray(matrix)
    if found.ndim != 2:
        raise Unusable(f"the {what} genotypes are no matrix of people by variants")
    if not found.shape[0]:
        raise Unusable(f"the {what} genotypes are of nobody")
    if not found.shape[1]:
        raise Unusable(f"the {what} genotypes have no variant")
    if found.dtype.kind not in "biufUSO":
        raise Unusable(f"the {what} genotypes are no numbers")
    kept = found if found.dtype == np.int8 else np.empty(found.shape, np.int8)
    step = max(1, _CHUNK // found.shape[1])
    for start in range(0, len(found), step):
        part = found[start : start + step]
        whole, sound = _whole(part)
        if not sound.all():
            row = before + start + int(np.argmin(sound.all(axis=1))) + 1
            raise Unusable(f"the {what} genotypes hold something else than 0, 1, 2 or a missing call in row {row}")
        if kept is not found:
            kept[start : start + step] = whole
    return kept


def _whole(part: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Return a part of a matrix as counts, and which of its cells are counts or missing."""
    if part.dtype.kind in "USO":
        return _words(part if part.dtype.kind in "US" else part.astype(str))
    if part.dtype.kind == "f":
        part = np.where(np.isnan(part), MISSING, part)
    sound = (part == MISSING) | (part == 0) | (part == 1) | (part == 2)
    return np.where(sound, part, 0).astype(np.int8), sound


def _words(texts: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    whole, sound = np.full(texts.shape, MISSING, np.int8), np.zeros(texts.shape, np.bool_)
    for word, count in _WORDS.items():
        found = texts == (word.encode() if texts.dtype.kind == "S" else word)
        whole[found] = count
        sound |= found
        if sound.all():
            break
    return whole, sound


def alike(**matrices: Calls) -> int:
    """Return how many variants all these matrices have. Raises Unusable where they differ; what they are is their keyword."""
    widths: dict[str, int] = {what.replace("_", "-"): matrix.shape[1] for what, matrix in matrices.items()}
    if len(set(widths.values())) > 1:
        told = ", ".join(f"{what} {width}" for what, width in widths.items())
        raise Unusable(f"the matrices are not of the same variants: {told}")
    return next(iter(set(widths.values())))


def counted(calls: Calls) -> NDArray[np.int64]:
    """Return int64[3, variants]: how many people have 0, 1 and 2 copies."""
    found = np.zeros((3, calls.shape[1]), np.int64)
    step = max(1, _CHUNK // calls.shape[1])
    for start in range(0, len(calls), step):
        part = calls[start : start + step]
        for copies in range(3):
            found[copies] += (part == copies).sum(axis=0)
    return found


def frequencies(calls: Calls) -> NDArray[np.float64]:
    """Return the allele's frequency by variant; nan where every call is missing."""
    none, one, two = counted(calls)
    people = none + one + two
    found: NDArray[np.float64] = np.divide(one + 2 * two, 2 * people, out=np.full(len(people), np.nan), where=people > 0)
    return found
