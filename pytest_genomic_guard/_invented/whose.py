"""Invented public, synthetic and non-human samples."""

from __future__ import annotations


class Whose:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""
