"""Invented genotype tables and matrices."""

from __future__ import annotations


class Genotypes:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""
