"""Programs that run what they should not, invented at every call."""

from __future__ import annotations


class Programs:
    """Programs that run what they should not: a part of `Samples`."""
