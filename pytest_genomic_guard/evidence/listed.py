"""Which distributions the folders on an interpreter's path hold: names only, nothing is read but path files and egg links.

Sources: the PyPA specification of installed distributions (packaging.python.org/specifications/recording-installed-packages,
2026-11), the module `site` of the standard library (path files), setuptools' documentation of eggs and egg links.
"""

from __future__ import annotations

import os
import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.evidence.reading import inside, is_folder, piece

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

    Shape = Literal["dist-info", "egg-info", "egg-file", "egg", "zip"]

_PATH_FILES = 512
_PATH_BYTES = 1 << 18
_PATH_LINES = 2000
_FOLDERS = 512
_ENDS = (b".dist-info", b".egg-info")
_SITES = (b"site-packages", b"dist-packages")
_STEM = regex(rb"([^-]*)(?:-([^-]*))?")
_SEEDS = frozenset((b"pip", b"setuptools", b"wheel", b"distribute", b"pkg-resources", b"_distutils_hack"))


class Entry(Record):
    """Where one distribution says of itself what it is."""

    folder: bytes  # its dist-info, egg-info or EGG-INFO; of "egg-file" and "zip" a file
    site: bytes  # the folder on the path that its files are relative to
    shape: Shape
    name: bytes  # by the name of the folder: lower case, runs of ``-_.`` as one ``-``; of a broken one all there is
    version: bytes = b""
    linked: bool = False  # an egg-info that a path file or an egg link leads to: installed from its source folder


def normal(name: bytes) -> bytes:
    """Return a name as PEP 503 compares it."""
    return re.sub(rb"[-_.]+", b"-", name).lower()


def listed(sites: Sequence[bytes]) -> list[Entry]:
    """Return the distributions in the order of the path, those of one folder by their names."""
    found: list[Entry] = []
    seen: set[tuple[int, int]] = set()
    for site in sites:
        if not _new(site, seen):
            continue
        paths, links = _folder(site, found)
        for path in _added(site, sorted(paths)[:_PATH_FILES]):
            if len(seen) < _FOLDERS and _new(path, seen):
                _folder(path, found, linked=os.path.basename(path) not in _SITES)
        for link in sorted(links)[:_FOLDERS]:
            source = _source(site, link)
            if source and len(seen) < _FOLDERS and _new(source, seen):
                _folder(source, found, linked=True)
    return found


def some(sites: Sequence[bytes]) -> bool:
    """Tell whether one is there that a new environment does not start with, by the first such folder: most have hundreds."""
    return any(
        entry.name.endswith(b".dist-info") and entry.name[:1] not in b"~." and _parts(entry.name[:-10])[0] not in _SEEDS
        for site in sites
        for entry in inside(site)
        if is_folder(entry)
    )


def only_seeds(entries: Sequence[Entry]) -> bool:
    """Tell whether nothing is there but what a new environment starts with."""
    return all(entry.name in _SEEDS for entry in entries)


def _new(folder: bytes, seen: set[tuple[int, int]]) -> bool:
    """Tell whether it is a folder that was not read yet, and remember it."""
    try:
        found = os.stat(folder)
    except (OSError, ValueError):
        return False
    key = (found.st_dev, found.st_ino) if found.st_ino else (0, hash(os.path.normcase(os.path.abspath(folder))))
    if key in seen:
        return False
    seen.add(key)
    return True


def _folder(folder: bytes, found: list[Entry], *, linked: bool = False) -> tuple[list[bytes], list[bytes]]:
    """Add the distributions of one folder; return its path files and egg links."""
    paths: list[bytes] = []
    links: list[bytes] = []
    here: list[Entry] = []
    if folder.lower().endswith(b".egg"):
        _egg(folder, b"", here)
    for entry in inside(folder):
        name = entry.name
        dot = name.rfind(b".")
        if dot <= 0 or name[:1] in b"~.":  # pip renames what it removes to ~ame; it may be left over and is not installed
            continue
        end = name[dot:].lower()
        if end in _ENDS:
            here.extend(_entry(entry, folder, linked=linked))
        elif end == b".pth":
            paths.append(name)
        elif end == b".egg-link":
            links.append(name)
        elif end == b".egg":
            _egg(folder, name, here)
    here.sort(key=lambda one: one.folder)
    found.extend(here)
    return paths, links


def _entry(entry: os.DirEntry[bytes], site: bytes, *, linked: bool) -> Iterator[Entry]:
    """Yield what an entry of a site folder is, if it is a distribution."""
    stem, dot, end = entry.name.rpartition(b".")
    shape: Shape = "dist-info" if end.lower() == b"dist-info" else "egg-info"
    if not dot or not is_folder(entry):
        if shape == "dist-info":  # a file of that name is nothing any installer writes
            return
        shape = "egg-file"
    name, version = _parts(stem)
    yield Entry(folder=entry.path, site=site, shape=shape, name=name, version=version, linked=linked and shape == "egg-info")


def _egg(folder: bytes, name: bytes, here: list[Entry]) -> None:
    """Add an egg: a folder that is on the path itself, or lies in one."""
    path = os.path.join(folder, name) if name else folder
    own = os.path.join(path, b"EGG-INFO")
    title, version = _parts(os.path.basename(path)[:-4])
    if os.path.isdir(own):
        here.append(Entry(folder=own, site=path, shape="egg", name=title, version=version))
    elif os.path.isfile(path):
        here.append(Entry(folder=path, site=folder, shape="zip", name=title, version=version))


def _parts(stem: bytes) -> tuple[bytes, bytes]:
    """Return name and version of ``name-version`` and ``name-version-py3.8``."""
    match = _STEM.match(stem)
    if match is None:
        return normal(stem), b""
    return normal(match[1]), match[2] or b""


def _added(site: bytes, names: Sequence[bytes]) -> list[bytes]:
    """Return the folders that path files add. Lines that are programs are not run."""
    found: list[bytes] = []
    for name in names:
        lines = (piece(os.path.join(site, name), _PATH_BYTES) or b"").removeprefix(b"\xef\xbb\xbf").splitlines()
        for line in lines[:_PATH_LINES]:
            text = line.strip()
            if not text or text.startswith((b"#", b"import ", b"import\t")) or b"\0" in text:
                continue
            found.append(os.path.normpath(os.path.join(site, text)))
    return found


def _source(site: bytes, link: bytes) -> bytes:
    """Return the folder that an egg link leads to, which its first line names."""
    lines = (piece(os.path.join(site, link), _PATH_BYTES) or b"").splitlines()
    text = lines[0].strip() if lines else b""
    return os.path.normpath(os.path.join(site, text)) if text and b"\0" not in text else b""
