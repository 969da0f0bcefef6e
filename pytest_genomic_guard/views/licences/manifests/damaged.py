"""What a reader returns for a file that claims a format and does not hold to it, and the bounds of all readers."""

from __future__ import annotations

from pytest_genomic_guard.views.licences.nouns import Manifest

DAMAGED = Manifest(form="damaged", ecosystem="python")  # compare with ``is``
MOST = 64 << 20  # bytes of one file
NODES = 200_000  # requirements and packages of one file; the largest public lock that was met has 2,500 packages


class DamagedError(ValueError):
    """A file is not what its name says. Says nothing of its content."""
