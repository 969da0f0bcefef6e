"""``genomic-guard demo``."""

from __future__ import annotations


def demo(*, keep: bool) -> int:
    """Placeholder until the demo is written in this change."""
    raise SystemExit(f"not written yet {keep}")
