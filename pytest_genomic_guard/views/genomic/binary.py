"""Which reader of a binary format is asked, by the format's name in `formats`."""

from __future__ import annotations

import importlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.genomic.seen import Genomic
    from pytest_genomic_guard.views.streams import Peek

# Format, and the module with `binary(name, stream, artifact, trail) -> Genomic | None`, which raises `Unreadable` for what is
# damaged before it shows whom it is about, and answers None for what only begins like the format.
READERS: Mapping[str, str] = {
    "ABIF": "sequences",
    "BAM": "aligned",
    "BGEN": "bgen",
    "CEL": "arrays",
    "CRAM": "aligned",
    "GDS": "gds",
    "GENO": "pgen",
    "GTC": "arrays",
    "HDF5": "hdf5",
    "IDAT": "arrays",
    "PGEN": "pgen",
    "SQLite": "bgen",
    "tree sequence": "treesequences",
    "unknown binary": "kinships",
}


def read(name: str, stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Genomic | None:
    """Return what a file of a binary format says. Raises `Unreadable`."""
    module = importlib.import_module(f"pytest_genomic_guard.views.genomic.{READERS[name]}")
    found: Genomic | None = module.binary(name, stream, artifact, trail)
    return found
