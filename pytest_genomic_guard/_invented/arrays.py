"""Invented microarrays, direct-to-consumer exports, annotated variants and clinical documents."""

from __future__ import annotations


class Arrays:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""
