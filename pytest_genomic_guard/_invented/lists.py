"""Invented lists of ids."""

from __future__ import annotations


class Lists:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""
