"""Invented genotype containers and PLINK text."""

from __future__ import annotations


class Containers:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""
