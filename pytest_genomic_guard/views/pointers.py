"""Pointers: small files in place of content that is kept elsewhere.

A fact of one holds no checksum and no name: what these are of can be guessed, and tried.

Sources: git-lfs docs/spec.md, and what git-lfs 3.3 itself takes for a pointer, which is more; dvc/schema.py; git-annex's page on
pointer files. Content tells git-lfs and git-annex; DVC goes by names as well, and so does this.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
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
_ABOVE = regex(rb"( *)(['\"]?)([^\s'\"#:-][^'\"\r\n:]{0,200})\2:[ ]*\r?")  # a key of any name that has something below
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


class Output(Record):
    """What an output of DVC is called, where that stands, and what tells whether two are the same: it stays in memory."""

    name: bytes  # as it is written: relative to the folder of the file, or to the `wdir` of its stage
    size: int | None = None
    line: int | None = None
    stage: str = ""  # of a lock
    wdir: bytes = b""  # of a file of its own
    digest: str = ""


class Pointed(View):
    """A file that stands for content elsewhere. The target is for finding the object, and is no part of a fact."""

    pointers: tuple[Pointer, ...]
    target: Target | None = None
    outputs: tuple[Output, ...] = ()  # what they stand for; of git-lfs and git-annex the file itself

    def facts(self) -> Iterator[Fact]:
        """Yield what a relation may know."""
        yield from self.pointers
        if not self.trail:
            from pytest_genomic_guard.views.models import pointed  # noqa: PLC0415 - for pointers only

            for each in self.outputs:
                yield from pointed.of(self.pointers[0].system, self.artifact, each)


def is_lfs(head: bytes) -> bool:
    """Tell whether a file is meant as a pointer of git-lfs, by its beginning."""
    return head.startswith(_LFS) or lfs(head) is not None


def read(stream: Peek, artifact: Artifact) -> Pointed | None:
    """Return the view of a file or link that is a pointer; None of anything else. Takes nothing from the stream."""
    head = stream.peek(HEAD)
    found: list[Pointer] = []
    outputs: list[Output] = []
    target = None
    if artifact.kind == "file" and is_lfs(head):
        target = lfs(head)
        end = suffix(artifact.path)
        kind = MatrixPointer if end.startswith(".bed") else Pointer
        found = [kind(system="git-lfs", size=target.size if target else None, suffix=end)]
        outputs = [Output(name=artifact.path, size=found[0].size)]
    elif artifact.kind in {"file", "link"} and head.find(b"annex", 0, _first(head, artifact.kind)) >= 0:
        found = list(annex(head, artifact.path, link=artifact.kind == "link"))
        outputs = [Output(name=artifact.path, size=each.size) for each in found]
    elif artifact.kind == "file" and _of_dvc(artifact.path.rpartition(b"/")[2]):
        told = list(dvc(stream.peek(_DVC_BYTES)[:_DVC_BYTES]))
        found, outputs = [each for each, _output in told], [output for _each, output in told if output.name]
    usable = target if target and target.oid else None
    return Pointed(artifact=artifact, pointers=tuple(found), target=usable, outputs=tuple(outputs)) if found else None


def _first(head: bytes, kind: str) -> int:
    """Return where the first line ends, in which git-annex writes; a link's target is one line, whatever it holds."""
    end = -1 if kind == "link" else head.find(b"\n")
    return len(head) if end < 0 else end


def lfs(head: bytes) -> Target | None:
    """Decode a pointer as leniently as git-lfs: white space around it, empty lines, CRLF, a sign of the size."""
    if head.find(b"oid sha256:", 0, _LFS_BYTES) < 0:
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


def dvc(data: bytes) -> Iterator[tuple[Pointer, Output]]:
    """Yield what the outputs of a DVC file, or of the stages of a lock, stand for, each with what it is called.

    A grammar of lines is enough for what DVC writes: lists of maps below keys `outs`, known by how far they are indented. Text in
    a block that looks the same only adds a fact.
    """
    line = re.compile(rb"( *)(-[ ]+)?(['\"]?)([a-z_][a-z0-9_]*)\3:(?:[ ]+([^\r\n]*))?")
    outs = keys = -1  # how far `outs` is indented, and the keys of its item; -1: outside
    item: dict[bytes, bytes] = {}
    begun, stages, stage = 0, list[tuple[int, bytes]](), b""
    folder = re.search(rb"^wdir:[ ]+([^\r\n]+)", data, re.MULTILINE)
    wdir = _plain(folder[1]) if folder else b""
    for number, each in enumerate(data.split(b"\n"), 1):
        above = _ABOVE.fullmatch(each)
        if above:
            while stages and stages[-1][0] >= len(above[1]):
                stages.pop()
            stages.append((len(above[1]), above[3]))
        found = line.match(each)
        if not found:
            continue
        at, dash, key, value = len(found[1]), found[2], found[4], (found[5] or b"").strip()
        if outs < 0 or at < outs or (at == outs and not dash):
            yield from _output(item, begun, stage, wdir)
            outs, keys, item = at if key == b"outs" and not value else -1, -1, {}
            stage = next((name for indent, name in stages[::-1] if indent < outs), b"")
        elif dash and (keys < 0 or at < keys):
            yield from _output(item, begun, stage, wdir)
            keys, item, begun = at + len(dash), {key: value}, number
        elif at == keys:
            item.setdefault(key, value)
    yield from _output(item, begun, stage, wdir)


def _output(item: dict[bytes, bytes], line: int, stage: bytes, wdir: bytes) -> Iterator[tuple[Pointer, Output]]:
    """Yield the fact of one output, and what it is called; it needs a checksum, or it is not stored yet."""
    digest = next((item[key] for key in (b"md5", b"etag", b"checksum", b"version_id") if key in item), None)
    if digest is not None:
        size, name = _size(item.get(b"size", b"")), _plain(item.get(b"path", b""))
        told = Output(
            name=name,
            size=size,
            line=line,
            stage=stage.decode("utf-8", "replace"),
            wdir=wdir,
            digest=_plain(digest).decode("latin-1"),
        )
        yield Pointer(system="dvc", size=size, suffix=suffix(name)), told


def _plain(value: bytes) -> bytes:
    return value.strip().strip(b"'\"")


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
