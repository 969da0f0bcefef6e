"""Models that are an archive: Keras, skops, TorchServe, H2O, by the names of members; torch is known by its pickle."""

from __future__ import annotations

from pytest_genomic_guard.model import Location
from pytest_genomic_guard.views.models import named
from pytest_genomic_guard.views.models.binary import Sighted
from pytest_genomic_guard.views.models.nouns import Model

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.decode import Part


def seen(part: Part, names: set[bytes]) -> Iterator[Sighted]:
    """Yield the model that an archive is, by the names of those of its members that tell."""
    kind = framework = ""
    if {b"config.json", b"model.weights.h5"} <= names:
        kind = framework = "Keras"
    elif b"schema.json" in names and part.name.lower().endswith(b".skops"):
        kind, framework = "skops", "scikit-learn"
    elif {b"MAR-INF/MANIFEST.json"} <= names:
        kind, framework = "TorchServe", "PyTorch"
    elif b"model.ini" in names:
        kind, framework = "MOJO", "H2O"
    if not kind:
        return
    path = part.artifact.path
    at = Location(path=path, trail=part.trail)
    model = Model(
        at=at,
        format=kind,
        framework=framework,
        size=part.artifact.size,
        fixture=named.is_fixture(path),
        digest=part.artifact.blob or "",
    )
    yield Sighted(artifact=part.artifact, trail=part.trail, model=model)
