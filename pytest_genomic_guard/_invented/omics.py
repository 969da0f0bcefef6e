"""Invented expression, methylation, single cells and typing."""

from __future__ import annotations


class Omics:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""
