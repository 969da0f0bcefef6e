"""Models that are kept elsewhere: pointers of git-lfs, DVC and git-annex, by the names of what they stand for."""

from __future__ import annotations

import posixpath

from pytest_genomic_guard.model import Location
from pytest_genomic_guard.views.models import named
from pytest_genomic_guard.views.models.nouns import Model, Perhaps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Artifact, Fact
    from pytest_genomic_guard.views.pointers import Output


def of(system: str, artifact: Artifact, output: Output) -> Iterator[Fact]:
    """Yield the model for which a pointer stands; of DVC it may be a folder, and lies where the pointer says."""
    path, name = artifact.path, output.name
    where = path if name == path else place(path, name, output.wdir)
    kind, sure = named.format_of(where)
    if not kind and system == "dvc" and named.holds_models(name):
        kind, sure = "folder", True
    if not kind or named.is_part(name):
        return
    model = Model(
        at=Location(path=path, line=None if path.endswith(b".dvc") and where == path[:-4] else output.line),
        format=kind,
        via="pointer",
        system=system,
        size=output.size,
        fixture=named.is_fixture(path) or named.is_fixture(where),
        place=where if where != path else b"",
        out=name if output.stage else b"",
        stage=output.stage,
        digest=f"dvc {output.digest}" if output.digest else artifact.blob or "",
    )
    yield model if sure else Perhaps(model=model)


def place(path: bytes, name: bytes, wdir: bytes = b"") -> bytes:
    """Return where something lies that a file names: from its own folder on, or from the one that it names as `wdir`.

    What lies elsewhere, in a bucket or above the top, counts as if it lay in the folder of the file, under its own name.
    """
    home = path.rpartition(b"/")[0]
    found = posixpath.normpath(posixpath.join(home, wdir.replace(b"\\", b"/"), name.replace(b"\\", b"/")))
    if b"://" in name or found.startswith((b"/", b"../")) or found in {b".", b".."}:
        return posixpath.join(home, name.rstrip(b"/").replace(b"\\", b"/").rpartition(b"/")[2])
    return found
