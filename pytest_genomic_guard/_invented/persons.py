"""Invented tables with a row for each person."""

from __future__ import annotations


class Persons:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""
