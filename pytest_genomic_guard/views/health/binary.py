"""Which reader of a binary health or media format is asked, by the format's name in `formats`."""

from __future__ import annotations

import importlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_genomic_guard.model import Artifact, View
    from pytest_genomic_guard.views.streams import Peek

# Format, and the module with `binary(name, stream, artifact, trail) -> View | None`, which looks ahead and takes nothing, and
# never raises for what is damaged: what follows is read as any binary data is.
READERS: Mapping[str, str] = {
    "DICOM": "dicom",
    "NIfTI": "volumes",
    "Analyze": "volumes",
    "MGH": "volumes",
    "NRRD": "volumes",
    **dict.fromkeys(("PNG", "JPEG", "TIFF", "WebP"), "pictures"),
    **dict.fromkeys(("MP4", "AVI", "Matroska", "WAV", "Ogg", "FLAC", "MP3"), "pictures"),
}


def read(name: str, stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> View | None:
    """Return what a file of such a format says of people."""
    module = importlib.import_module(f"pytest_genomic_guard.views.health.{READERS[name]}")
    found: View | None = module.binary(name, stream, artifact, trail)
    return found


def level(view: View | None) -> bool:
    """Tell whether the header of a format whose rest is numbers was read to its end."""
    return bool(getattr(view, "complete", False))
