"""Which files are worth being asked what they say of the licence of their folder: by name alone, for every text of a run."""

from __future__ import annotations

_EXACT = frozenset({b"pyproject.toml", b"setup.cfg", b"setup.py", b"description", b"package.json", b"citation.cff"})

_CARDS = frozenset({b"metadata.json", b"model.yaml", b"model-template.yaml"})  # of Croissant, and of Kipoi


def named(path: bytes) -> bool:
    """Tell whether a file may be a licence file, or declare a licence; `tree` looks closer."""
    name = path.rpartition(b"/")[2].lower()
    return name in _EXACT or b"licen" in name or name.startswith((b"copying", b"readme")) or b"copying" in name


def carded(path: bytes) -> bool:
    """Tell whether a file can be the card of a model or of data, by its name; `cards` looks closer."""
    low = path[-64:].lower()
    if low.endswith((b".md", b".markdown")):
        return True
    name = low.rpartition(b"/")[2]
    return (name.endswith(b".json") and b"croissant" in name) or name in _CARDS


def begins(path: bytes, data: bytes) -> bool:
    """Tell whether the beginning of a file that can be a card has what cards have: nothing is imported for the others."""
    low = path[-64:].lower()
    if low.endswith((b".md", b".markdown")):
        return data[:80].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"---") or b"card" in low.rpartition(b"/")[2]
    return b"mlcommons.org/croissant" in data if low.endswith(b".json") else b"\ndefault_dataloader" in data
