"""Invented allele frequencies, summary statistics and their like."""

from __future__ import annotations


class Aggregates:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""
