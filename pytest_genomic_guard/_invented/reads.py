"""Invented reads and sequences."""

from __future__ import annotations


class Reads:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""
