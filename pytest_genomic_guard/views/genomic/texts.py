"""Which reader of a text format is asked: those whose mark the text begins with, one after another."""

from __future__ import annotations

import importlib
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Genomic

# Module, and the bytes that a text of it can begin with; an empty one: any, but only where its first lines have the same number of
# fields. Each module has `sniff(head) -> Genomic | None`, which answers None for what is not its own, whatever that is.
_READERS: tuple[tuple[str, bytes], ...] = (
    ("aligned", b"@"),
    ("fastq", b"@"),
    ("sequences", b">;"),
    ("documents", b"{["),
    ("stores", b"{["),
    ("arrays", b"[#"),
    ("consumer", b'#"'),
    ("annotated", b"#"),
    ("plinktext", b"#"),
    ("omics", b"%"),
    ("aligned", b""),
    ("consumer", b""),
    ("plinktext", b""),
    ("oxford", b""),
    ("plinklists", b""),
    ("lists", b""),
)
_FIELDS = re.compile(rb"[^\s,;]+")
_LOOKED = 8  # lines


def sniff(head: Head) -> Genomic | None:
    """Return what the text is when a reader knows it."""
    if not head.lines or not head.lines[0].strip():
        return None
    first = head.lines[0].lstrip()[:1]
    rows: bool | None = None
    for name, marks in _READERS:
        if marks:
            asked = first in marks
        else:
            rows = asked = _rows(head) if rows is None else rows
        if asked:
            found: Genomic | None = importlib.import_module(f"pytest_genomic_guard.views.genomic.{name}").sniff(head)
            if found:
                return found
    return None


def _rows(head: Head) -> bool:
    """Tell whether the first lines look like rows: of nearly all the same number of fields. Prose and code end here."""
    lines = [line for line in head.lines[: _LOOKED + 1] if line.strip() and not line.startswith(b"#")]
    widths = [len(_FIELDS.findall(line)) for line in lines[-_LOOKED:]]
    return bool(widths) and max(widths.count(width) for width in set(widths)) * 4 >= len(widths) * 3
