"""What an environment's distributions say of themselves: metadata, licence files, records. Read, never run, never imported.

Sources: the PyPA specifications of installed distributions, of direct URLs (PEP 610) and of licence files (PEP 639), PEP 770
(sboms), setuptools' documentation of egg-info; 2026-11.
"""

from __future__ import annotations

import os
import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.evidence.listed import Entry, listed, normal
from pytest_genomic_guard.evidence.namedfiles import LICENCE, VENDOR, bundled, libraries, record_names
from pytest_genomic_guard.evidence.reading import is_folder, marks, piece
from pytest_genomic_guard.evidence.watched import digest, entries, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.evidence.prefixes import Environment
    from pytest_genomic_guard.evidence.reading import Marks
    from pytest_genomic_guard.evidence.watched import Watch

__all__ = ("Installed", "digest", "installed")

METADATA_BYTES = 1 << 20  # headers come first; what is cut is a description, or nothing of it is believed
_MORE = 8  # by which is seen that metadata go on
FILE_BYTES = 1 << 18
FILES = 64  # of one distribution
RECORD_BYTES = 1 << 23
SBOMS = 8
SBOM_BYTES = 1 << 22
_DEPTH = 5
_NAME = regex(rb"^Name:[ \t]*+([^\r\n]*+)", re.IGNORECASE | re.MULTILINE)
_VERSION = regex(rb"^Version:[ \t]*+([^\r\n]*+)", re.IGNORECASE | re.MULTILINE)
_DECLARED = regex(rb"^License-File:[ \t]*+([^\r\n]*+)", re.IGNORECASE | re.MULTILINE)
_REQUIRES = regex(rb"^Requires-Dist:", re.IGNORECASE | re.MULTILINE)
_END = regex(rb"\r?\n\r?\n")
_HEADERS = ("METADATA", "PKG-INFO")


class Installed(Record):
    """One distribution. `name` and `version` are as the metadata has them; of a broken one as its folder has them."""

    name: str
    version: str
    metadata: bytes = b""  # METADATA or PKG-INFO, its first MiB; requirements of an egg are added as headers
    files: tuple[
        tuple[str, bytes], ...
    ] = ()  # licence files: name relative to the dist-info; of those in a package, to the site folder
    folder: bytes = b""
    record: bytes = b""  # RECORD, its first 8 MiB
    local: bool = False  # installed from a folder of the repository: a working copy of its own, not a clone or a submodule in it
    broken: bool = False  # no metadata, or metadata without a name
    sboms: tuple[bytes, ...] = ()  # PEP 770
    site: bytes = b""  # the folder that RECORD is relative to
    source: bytes = b""  # the folder that it was installed from, in editable mode or not, wherever that is
    also: tuple[str, ...] = ()  # versions of the same name that the interpreter does not see, or not surely
    libraries: tuple[str, ...] = ()  # native libraries that were put into the wheel (``numpy.libs/...``)
    watched: tuple[tuple[bytes, Marks], ...] = ()  # files and folders that told, with what they were marked with before
    searched: bool = True  # there is a whole record of its files, and every bill of materials was read


def installed(environment: Environment) -> Iterator[Installed]:
    """Yield what is installed: of one name what is first on the path; within one folder what is whole, then what is newest."""
    for entry, others in _winners(listed(environment.sites)):
        yield _read(entry, others, environment.top)


def _winners(entries: list[Entry]) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """Yield each distribution that counts, with the versions of those of the same name that do not."""
    groups: dict[bytes, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.name, []).append(entry)
    for group in groups.values():
        if len(group) == 1:
            yield group[0], ()
            continue
        alike: dict[bytes, list[tuple[Entry, bytes]]] = {}  # names of folders are not always those of the metadata
        for entry in group:
            name, version = _title(_metadata(entry))
            alike.setdefault(normal(name) or entry.name, []).append((entry, version or entry.version))
        for same in alike.values():
            first = _best([entry for entry, _ in same])
            own = next(version for entry, version in same if entry is first)
            yield first, tuple(dict.fromkeys(_text(version) for _, version in same if version and version != own))


def _best(entries: list[Entry]) -> Entry:
    here = [entry for entry in entries if entry.site == entries[0].site]
    if len(here) == 1:
        return here[0]
    return max(here, key=lambda entry: (_metadata(entry) != b"", marks(entry.folder)[0], entry.version))


def _read(entry: Entry, others: tuple[str, ...], top: bytes) -> Installed:
    """Return one distribution."""
    watch: Watch = {}
    names = {} if entry.shape in {"egg-file", "zip"} else {each.name: each for each in entries(entry.folder, watch)}
    metadata = _metadata(entry, watch)
    if entry.shape in {"egg-info", "egg"} and metadata:
        metadata = _with_requirements(entry.folder, metadata, watch)
    name, version = _title(metadata)
    record, searched = _record(entry, names, watch)
    source = _source(entry, watch, direct=b"direct_url.json" in names)
    files = dict(_own_files(entry.folder, names, metadata, watch))
    if record:
        files |= _in_packages(entry, record, FILES - len(files), watch)
    if source:
        files |= {f"../{each}": data for each, data in _beside(source, FILES - len(files), watch)}
    sboms, whole_boms = _sboms(names, watch)
    return Installed(
        name=_text(name or entry.name),
        version=_text(version or entry.version),
        metadata=metadata,
        files=tuple(files.items()),
        folder=entry.folder,
        record=record,
        local=bool(source) and _own(source, top),
        broken=not name,
        sboms=sboms,
        site=entry.site,
        source=source,
        also=others,
        libraries=libraries(record),
        watched=tuple(watch.items()),
        searched=bool(source) or (searched and whole_boms),
    )


def _metadata(entry: Entry, watch: Watch | None = None) -> bytes:
    """Return the metadata, empty where there is none, and where its head does not end in what is read of it."""
    if entry.shape == "zip":
        return b""
    first, second = (b"METADATA", b"PKG-INFO") if entry.shape == "dist-info" else (b"PKG-INFO", b"METADATA")
    paths = [entry.folder] if entry.shape == "egg-file" else [os.path.join(entry.folder, name) for name in (first, second)]
    for path in paths:
        if watch is not None:
            watch[path] = marks(path)
        if data := piece(path, METADATA_BYTES + _MORE):
            return data if len(data) < METADATA_BYTES + _MORE or _END.search(data) else b""
    return b""


def _record(entry: Entry, names: dict[bytes, os.DirEntry[bytes]], watch: Watch) -> tuple[bytes, bool]:
    """Return RECORD, or what an older pip wrote in its stead as lines of one, and whether that is all of it."""
    path = os.path.join(entry.folder, b"RECORD")
    if b"RECORD" in names:
        watch[path] = marks(path)
        data = piece(path, RECORD_BYTES + 1) or b""
        return data[:RECORD_BYTES], 0 < len(data) <= RECORD_BYTES
    data = whole(os.path.join(entry.folder, b"installed-files.txt"), RECORD_BYTES, watch) or b""
    own = os.path.basename(entry.folder)  # to which these paths are relative
    lines = [os.path.normpath(os.path.join(own, line)) for line in data.splitlines() if line and b'"' not in line]
    return b"".join(line.replace(os.sep.encode(), b"/") + b",,\n" for line in lines), bool(lines)


def _title(metadata: bytes) -> tuple[bytes, bytes]:
    """Return name and version, empty where the headers do not say."""
    end = _END.search(metadata)
    head = metadata[: end.start()] if end else metadata
    name, version = _NAME.search(head), _VERSION.search(head)
    return (name[1].strip() if name else b""), (version[1].strip() if version else b"")


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def _with_requirements(folder: bytes, metadata: bytes, watch: Watch) -> bytes:
    """Return an egg's metadata with the requirements that setuptools keeps in a file of their own, as headers."""
    data = whole(os.path.join(folder, b"requires.txt"), METADATA_BYTES, watch)
    if not data or _REQUIRES.search(metadata):
        return metadata
    marker = extra = b""
    lines = []
    for line in data.splitlines():
        text = line.strip()
        if text.startswith(b"[") and text.endswith(b"]"):
            extra, _, marker = text[1:-1].partition(b":")
            if extra:
                lines.append(b"Provides-Extra: " + extra)
        elif text:
            asked = [b"(" + marker + b")"] if marker else []
            asked += [b'extra == "' + extra + b'"'] if extra else []
            lines.append(b"Requires-Dist: " + text + (b" ; " + b" and ".join(asked) if asked else b""))
    return b"\n".join([*lines, metadata])


def _own_files(folder: bytes, names: dict[bytes, os.DirEntry[bytes]], metadata: bytes, watch: Watch) -> Iterator[tuple[str, bytes]]:
    """Yield the licence files of a dist-info: by their names, by the folders meant for them, and those that are declared."""
    wanted = [name for name in sorted(names) if LICENCE.match(name) and not is_folder(names[name])]
    for name in sorted(names):
        if name.lower() in {b"licenses", b"license_files", b"licences", b"license"} and is_folder(names[name]):
            wanted += _below(folder, name, _DEPTH, watch)
    for match in _DECLARED.finditer(metadata):
        parts = match[1].strip().replace(b"\\", b"/").split(b"/")
        if b".." not in parts and parts[0] and parts[0][-1:] != b":":
            wanted += [b"/".join((b"licenses", *parts)), b"/".join(parts)]
    count = 0
    for name in dict.fromkeys(wanted):
        data = whole(os.path.join(folder, name), FILE_BYTES, watch)
        if data is not None:
            yield os.fsdecode(name), data
            count += 1
        if count >= FILES:
            return


def _below(folder: bytes, name: bytes, depth: int, watch: Watch) -> list[bytes]:
    """Return the files below a folder of licences, links to folders not followed."""
    found: list[bytes] = []
    for entry in entries(os.path.join(folder, name), watch)[: FILES * 4]:
        path = name + b"/" + entry.name
        if not entry.is_dir(follow_symlinks=False):
            found.append(path)
        elif depth and len(found) < FILES:
            found += _below(folder, path, depth - 1, watch)
    return found[: FILES * 4]


def _in_packages(entry: Entry, record: bytes, most: int, watch: Watch) -> dict[str, bytes]:
    """Return the licence files that lie in the packages themselves."""
    found: dict[str, bytes] = {}
    for name in bundled(record_names(record)):
        if len(found) >= most:
            break
        data = whole(os.path.join(entry.site, name), FILE_BYTES, watch)
        if data is not None:
            found[os.fsdecode(name)] = data
    return found


def _beside(source: bytes, most: int, watch: Watch) -> Iterator[tuple[str, bytes]]:
    """Yield the licence files at the top of a folder that something was installed from."""
    names = [entry.name for entry in entries(source, watch) if LICENCE.match(entry.name)]
    for name in names[: max(most, 0)]:
        data = whole(os.path.join(source, name), FILE_BYTES, watch)
        if data is not None:
            yield os.fsdecode(name), data


def _source(entry: Entry, watch: Watch, *, direct: bool) -> bytes:
    """Return the folder that a distribution was installed from: by an egg link, or by a direct URL that leads to a folder."""
    if entry.linked:
        return entry.site
    if not direct:
        return b""
    from pytest_genomic_guard.evidence.direct import folder  # noqa: PLC0415 - json, which most distributions do not need

    return folder(whole(os.path.join(entry.folder, b"direct_url.json"), 1 << 16, watch) or b"")


def _own(source: bytes, top: bytes) -> bool:
    """Tell whether a folder is the repository's own; where the repository is not known, every folder is."""
    if not top:
        return True
    real = os.path.realpath(source)
    if real != top and (
        not real.startswith(top.rstrip(os.sep.encode()) + os.sep.encode()) or VENDOR.search(real[len(top) :] + b"/")
    ):
        return False
    return real == top or not os.path.lexists(os.path.join(real, b".git"))


def _sboms(names: dict[bytes, os.DirEntry[bytes]], watch: Watch) -> tuple[tuple[bytes, ...], bool]:
    """Return the bills of materials that can be read, and whether these are all."""
    if b"sboms" not in names:
        return (), True
    paths = [entry.path for entry in entries(names[b"sboms"].path, watch)]
    known = [path for path in paths if path.lower().endswith(b".json")][:SBOMS]
    found = tuple(data for path in known if (data := whole(path, SBOM_BYTES, watch)) is not None)
    return found, len(found) == len(paths)
