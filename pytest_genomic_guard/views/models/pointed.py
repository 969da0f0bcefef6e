"""Models that are kept elsewhere: pointers of git-lfs, DVC and git-annex, by the names of what they stand for."""

from __future__ import annotations

from pytest_genomic_guard.model import Location
from pytest_genomic_guard.views.models import named
from pytest_genomic_guard.views.models.nouns import Model, Perhaps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Fact


def of(system: str, path: bytes, name: bytes, size: int | None, *, folder: bool = False) -> Iterator[Fact]:
    """Yield the model for which a pointer at `path` stands; `name` is that of the content, which may be a folder."""
    where = path if name == path else path.rpartition(b"/")[0] + b"/" + name
    kind, sure = named.format_of(where)
    if not kind and folder and named.holds_models(name):
        kind, sure = "folder", True
    if not kind or named.is_part(name):
        return
    model = Model(
        at=Location(path=path),
        format=kind,
        via="pointer",
        system=system,
        size=size,
        fixture=named.is_fixture(path) or named.is_fixture(where),
    )
    yield model if sure else Perhaps(model=model)
