"""Matrices beside tables: scores of samples under reference models, genotypes. Mapped from the file where that can be."""

from __future__ import annotations

from pytest_genomic_guard.evidence.rowformats import opened
from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def matrix(source: Any, name: str | bytes, key: str = "") -> Any:
    """Return an array of plain numbers of an npz or npy file by its name; where there is one alone, that one.

    Raises `Unusable` for another format, for an array that is not there, and for one of texts or objects.
    """
    return _file(source, name).matrix(key)


def arrays(source: Any, name: str | bytes) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the arrays of an npz file by name; the one of an npy file has the empty name. Raises `Unusable`."""
    found: dict[str, tuple[int, ...]] = _file(source, name).shapes
    return found


def _file(source: Any, name: str | bytes) -> Any:
    found = opened(source, name)
    if not hasattr(found, "matrix"):
        raise Unusable("a matrix is read from npz or npy")
    return found
