"""``genomic-guard clean``: delete what this program keeps between runs."""

from __future__ import annotations

from pytest_genomic_guard.cli.session import OutputError, emit
from pytest_genomic_guard.matching import cache


def clean() -> int:
    """Delete our own files from our own cache folder, and nothing else; say how many. Raises `OutputError`."""
    try:
        number = cache.remove()
    except OSError:
        raise OutputError("a file of the cache could not be removed") from None
    emit(f"{number} cached {'file' if number == 1 else 'files'} removed\n")
    return 0
