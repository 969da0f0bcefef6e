"""Pointers: small files in place of content that is kept elsewhere.

A fact of one holds no checksum and no name: what these are of can be guessed, and tried.

Sources: git-lfs docs/spec.md, and what git-lfs 3.3 itself takes for a pointer, which is more; dvc/schema.py; git-annex's page on
pointer files. Content tells git-lfs and git-annex; DVC goes by names as well, and so does this.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.model import Fact, View
from pytest_genomic_guard.views.bounds import HEAD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.streams import Peek

LFS_POINTER = "git-lfs pointer"
_LFS = b"version https://git-lfs.github.com/spec/"  # a later version of the grammar is a pointer too, and cannot be followed
_VERSIONS = frozenset({"https://git-lfs.github.com/spec/v1", "https://hawser.github.com/spec/v1", "http://git-media.io/v/2"})
_KEYS = ("version", "oid", "size")  # in this order; extensions stand anywhere before the size
_LFS_BYTES = 1024  # git-lfs looks at no more
_ANNEX_BYTES = 32 << 10  # git-annex takes no larger file for a pointer
_ANNEX = b"/annex/objects/"
_DVC_BYTES = 1 << 20  # of a lock file, from the beginning
_LARGEST = 1 << 63
_PACKED = ("", ".gz", ".bgz", ".bz2", ".xz", ".zst", ".zip")
_SUFFIXES = frozenset(
    {
        *(".vcf", ".bcf", ".gvcf", ".bed", ".bim", ".fam", ".ped", ".map", ".bgen", ".pgen", ".pvar", ".psam", ".gen", ".sample"),
        *(
            ".haps",
            ".hap",
            ".legend",
            ".raw",
            ".tped",
            ".tfam",
            ".traw",
            ".lgen",
            ".gds",
            ".gtc",
            ".mt",
            ".vds",
            ".bgi",
            ".bam",
            ".cram",
            ".sam",
            ".fastq",
            ".fq",
            ".fasta",
            ".fa",
            ".gtf",
            ".gff",
            ".maf",
            ".idat",
            ".cel",
        ),
        *(".h5ad", ".loom", ".mtx", ".csv", ".tsv", ".txt", ".json", ".jsonl", ".parquet", ".feather", ".arrow", ".xlsx"),
        *(".sqlite", ".db", ".rds", ".rda", ".rdata", ".sas7bdat", ".dta", ".sav", ".h5", ".hdf5", ".zarr", ".npy", ".npz", ".mat"),
        *(".pkl", ".pickle", ".joblib", ".pt", ".pth", ".ckpt", ".safetensors", ".onnx", ".gguf", ".keras", ".pb", ".tflite"),
        *(".bin", ".dcm", ".nii", ".svs", ".tif", ".tiff", ".png", ".jpg", ".pdf", ".zip", ".tar", ".7z", ".ipynb"),
    }
)


class Pointer(Fact):
    """Content that is kept elsewhere: by which system, how many bytes where that is told, and a suffix of a closed list."""

    system: Literal["git-lfs", "dvc", "git-annex"]
    size: int | None = None
    suffix: str = ""


class MatrixPointer(Pointer):
    """A pointer called ``.bed``: to a PLINK matrix, or to intervals of a genome browser."""


class Target(Record):
    """What a git-lfs pointer names: the id of an object, empty where it is none, and its size."""

    oid: str
    size: int


class Pointed(View):
    """A file that stands for content elsewhere. The target is for finding the object, and is no part of a fact."""

    pointers: tuple[Pointer, ...]
    target: Target | None = None
    names: tuple[tuple[bytes, int | None], ...] = ()  # of what they stand for, with its size: they stay in memory

    def facts(self) -> Iterator[Fact]:
        """Yield what a relation may know."""
        yield from self.pointers
        if not self.trail:
            from pytest_genomic_guard.views.models import pointed  # noqa: PLC0415 - for pointers only

            system = self.pointers[0].system
            for name, size in self.names:
                yield from pointed.of(system, self.artifact.path, name, size, folder=system == "dvc")


def is_lfs(head: bytes) -> bool:
    """Tell whether a file is meant as a pointer of git-lfs, by its beginning."""
    return head.startswith(_LFS) or lfs(head) is not None


def read(stream: Peek, artifact: Artifact) -> Pointed | None:
    """Return the view of a file or link that is a pointer; None of anything else. Takes nothing from the stream."""
    head = stream.peek(HEAD)
    found: list[Pointer] = []
    names: list[tuple[bytes, int | None]] = []
    target = None
    if artifact.kind == "file" and is_lfs(head):
        target = lfs(head)
        end = suffix(artifact.path)
        kind = MatrixPointer if end.startswith(".bed") else Pointer
        found = [kind(system="git-lfs", size=target.size if target else None, suffix=end)]
        names = [(artifact.path, found[0].size)]
    elif artifact.kind in {"file", "link"} and b"annex" in head[:_ANNEX_BYTES]:
        found = list(annex(head, artifact.path, link=artifact.kind == "link"))
        names = [(artifact.path, each.size) for each in found]
    elif artifact.kind == "file" and _of_dvc(artifact.path.rpartition(b"/")[2]):
        outputs = list(dvc(stream.peek(_DVC_BYTES)[:_DVC_BYTES]))
        found, names = [each for each, _name in outputs], [(name, each.size) for each, name in outputs if name]
    usable = target if target and target.oid else None
    return Pointed(artifact=artifact, pointers=tuple(found), target=usable, names=tuple(names)) if found else None


def lfs(head: bytes) -> Target | None:
    """Decode a pointer as leniently as git-lfs: white space around it, empty lines, CRLF, a sign of the size."""
    if b"oid sha256:" not in head[:_LFS_BYTES]:
        return None
    values: list[str] = []
    for line in head[:_LFS_BYTES].decode("utf-8", "replace").strip().split("\n"):
        key, space, value = line.removesuffix("\r").partition(" ")
        if not key and not space:
            continue
        if not space or len(values) == len(_KEYS):
            return None
        if key == _KEYS[len(values)]:
            values.append(value)
        elif not re.match(r"ext-\d-\w", key):
            return None
    if len(values) < len(_KEYS) or values[0] not in _VERSIONS or not re.fullmatch(r"[+-]?[0-9]+", values[2]):
        return None
    oid = values[1].removeprefix("sha256:").lower()
    size = int(values[2])
    known = re.fullmatch(r"[0-9a-f]{64}", oid) is not None
    return Target(oid=oid if known else "", size=size) if 0 <= size < _LARGEST else None


def annex(head: bytes, path: bytes, *, link: bool) -> Iterator[Pointer]:
    """Yield the pointer of git-annex that a link's target, or the first line of a file, is."""
    first, _, rest = (head, b"", b"") if link else head.partition(b"\n")
    folder, _, name = first.replace(b"\\", b"/").removesuffix(b"\r").rpartition(b"/")
    key = re.fullmatch(rb"[A-Z][A-Z0-9_]{0,31}((?:-[smSC]\d{1,19})*)--[^\r\n]+", name)
    further = all(line.startswith(b"/annex/") for line in rest.splitlines())  # which later versions may add
    if key and _ANNEX in folder + b"/" and further and (link or len(head) <= _ANNEX_BYTES):
        size = re.search(rb"-s(\d+)", key[1])
        yield Pointer(system="git-annex", size=_size(size[1]) if size else None, suffix=suffix(path) or suffix(name))


def dvc(data: bytes) -> Iterator[tuple[Pointer, bytes]]:
    """Yield what the outputs of a DVC file, or of the stages of a lock, stand for, each with its path.

    A grammar of lines is enough for what DVC writes: lists of maps below keys `outs`, known by how far they are indented. Text in
    a block that looks the same only adds a fact.
    """
    line = re.compile(rb"( *)(-[ ]+)?(['\"]?)([a-z_][a-z0-9_]*)\3:(?:[ ]+([^\r\n]*))?")
    outs = keys = -1  # how far `outs` is indented, and the keys of its item; -1: outside
    item: dict[bytes, bytes] = {}
    for each in data.split(b"\n"):
        found = line.match(each)
        if not found:
            continue
        at, dash, key, value = len(found[1]), found[2], found[4], (found[5] or b"").strip()
        if outs < 0 or at < outs or (at == outs and not dash):
            yield from _output(item)
            outs, keys, item = at if key == b"outs" and not value else -1, -1, {}
        elif dash and (keys < 0 or at < keys):
            yield from _output(item)
            keys, item = at + len(dash), {key: value}
        elif at == keys:
            item.setdefault(key, value)
    yield from _output(item)


def _output(item: dict[bytes, bytes]) -> Iterator[tuple[Pointer, bytes]]:
    """Yield the fact of one output, and its path; it needs a checksum, or it is not stored yet."""
    if item.keys() & {b"md5", b"etag", b"checksum", b"version_id"}:
        size = item.get(b"size", b"")
        path = item.get(b"path", b"").strip(b"'\"")
        yield Pointer(system="dvc", size=_size(size), suffix=suffix(path)), path


def _of_dvc(name: bytes) -> bool:
    return name == b"dvc.lock" or (name.endswith(b".dvc") and name != b".dvc")


def suffix(name: bytes) -> str:
    """Return the end of a name that tells its format, with that of a compression, from a closed list; empty for any other."""
    text = name.rpartition(b"/")[2].lower().decode("utf-8", "replace")
    for packed in _PACKED[::-1]:
        inner = text.removesuffix(packed)
        _, dot, last = inner.rpartition(".")
        if text.endswith(packed) and dot + last in _SUFFIXES:
            return dot + last + packed
    return ""


def _size(digits: bytes) -> int | None:
    found = int(digits) if re.fullmatch(rb"\d{1,19}", digits) else _LARGEST
    return found if found < _LARGEST else None
