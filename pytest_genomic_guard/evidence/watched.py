"""What told of an environment besides the metadata, so that a change of it is seen: licence files, their folders, records.

`digest` looks at what every distribution has. Which other files told is known once they were read; from then on their marks are
compared with no more than a `stat` each.
"""

from __future__ import annotations

import os

from pytest_genomic_guard.evidence import reading
from pytest_genomic_guard.evidence.listed import listed
from pytest_genomic_guard.evidence.reading import inside, marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_genomic_guard.evidence.prefixes import Environment
    from pytest_genomic_guard.evidence.reading import Marks

    Watch = dict[bytes, Marks]  # by path


def whole(path: bytes, most: int, watch: Watch) -> bytes | None:
    """Return a file as `reading.whole`, and remember what it was marked with before, even where it is not there."""
    watch[path] = marks(path)
    return reading.whole(path, most)


def entries(folder: bytes, watch: Watch) -> list[os.DirEntry[bytes]]:
    """Return what a folder holds, by name, and remember what it was marked with before."""
    watch[folder] = marks(folder)
    return sorted(inside(folder), key=lambda one: one.name)


def digest(environment: Environment) -> str:
    """Return a digest that changes when something is installed, removed or written again. No file is read but path files."""
    import hashlib  # noqa: PLC0415 - loads OpenSSL

    told: list[object] = [environment.prefix, environment.python, environment.sites]
    for entry in listed(environment.sites):
        folder = entry.folder  # what is added or taken away changes the folder itself
        first = b"/METADATA" if entry.shape == "dist-info" else b"/PKG-INFO"
        told += (folder, marks(folder), marks(folder + first), marks(folder + b"/RECORD"))
    for each in sorted(inside(os.path.join(environment.prefix, b"conda-meta")), key=lambda one: one.name):
        if each.name.endswith(b".json"):
            told += (each.name, marks(each.path))
    return hashlib.sha256(repr(told).encode()).hexdigest()


def together(first: str, watched: Iterable[tuple[bytes, Marks]]) -> str:
    """Return a digest with the marks of files added."""
    import hashlib  # noqa: PLC0415 - as above

    return hashlib.sha256(repr((first, list(watched))).encode()).hexdigest()


def again(paths: Sequence[bytes]) -> list[tuple[bytes, Marks]]:
    """Return what files are marked with now."""
    return [(path, marks(path)) for path in paths]
