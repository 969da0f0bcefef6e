"""What R and npm installed for a project: one ``DESCRIPTION`` or ``package.json`` a package. Read, never run.

Sources: renv's documentation ("Package libraries": ``renv/library`` in the project, links into its cache), R's help on `.libPaths`
(R_LIBS, R_LIBS_USER, R_LIBS_SITE), npm's documentation of folders (``node_modules``, scopes); 2026-11.
"""

from __future__ import annotations

import os

from pytest_genomic_guard.evidence.reading import inside, is_folder, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BYTES = 1 << 20
MOST = 20_000
_LEVELS = 4  # renv/library/PLATFORM/R-4.5/ARCHITECTURE
_HOSTS = (b"lib/R/library", b"lib64/R/library")


def of_r(root: bytes, environ: Mapping[str, str], prefixes: Sequence[bytes]) -> Iterator[bytes]:
    """Yield the DESCRIPTION of each R package: of the project's library, else of the user's and of the given prefixes."""
    own = [*_below(os.path.join(root, b"renv", b"library"), _LEVELS), *_below(os.path.join(root, b"packrat", b"lib"), _LEVELS)]
    named = [environ.get(key, "") for key in ("R_LIBS", "R_LIBS_USER", "R_LIBS_SITE")]
    others = [os.fsencode(part) for text in named for part in text.split(os.pathsep) if os.path.isabs(part) and "%" not in part]
    others += [os.path.join(prefix, host) for prefix in prefixes for host in _HOSTS]
    for count, folder in enumerate(_packages([*own, *others])):
        data = whole(os.path.join(folder, b"DESCRIPTION"), BYTES) if count < MOST else None
        if data is not None:
            yield data


def of_node(root: bytes) -> Iterator[bytes]:
    """Yield the package.json of each package at the top of ``node_modules``, where npm puts nearly all."""
    folders = [entry for entry in inside(os.path.join(root, b"node_modules")) if is_folder(entry)]
    scoped = [inner for entry in folders if entry.name.startswith(b"@") for inner in inside(entry.path) if is_folder(inner)]
    for entry in sorted([*folders, *scoped], key=lambda each: each.path)[:MOST]:
        data = whole(os.path.join(entry.path, b"package.json"), BYTES)
        if data is not None:
            yield data


def _below(folder: bytes, levels: int) -> list[bytes]:
    """Return a folder and those below it down to a level, without the packages in them."""
    found = [folder]
    for entry in sorted(inside(folder), key=lambda each: each.name) if levels else ():
        if is_folder(entry) and not os.path.lexists(os.path.join(entry.path, b"DESCRIPTION")):
            found += _below(entry.path, levels - 1)
    return found


def _packages(libraries: Sequence[bytes]) -> Iterator[bytes]:
    for library in dict.fromkeys(libraries):
        yield from (entry.path for entry in sorted(inside(library), key=lambda each: each.name) if is_folder(entry))
