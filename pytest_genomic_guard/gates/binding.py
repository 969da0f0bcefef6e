"""Which model a gate is about: by its content, by a pointer of git-lfs, or by one of DVC; and whether evidence is of that one.

A pointer of git-lfs names the SHA-256 of the content, one of DVC the MD5. Evidence of a model whose content was there has both, so
that either can be compared later. DVC's MD5 tells which file is meant; nobody is asked to trust it against forgery.
"""

from __future__ import annotations

import re
from posixpath import normpath

from pytest_genomic_guard.evidence.rowfiles import rows_of
from pytest_genomic_guard.gates.evidence import MD5, Model
from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.pointers import dvc, lfs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, BinaryIO

    from pytest_genomic_guard.model import Snapshot, Stream, Verdict
    from pytest_genomic_guard.policy import Gate

_HEAD = 1024  # bytes in which a pointer of git-lfs ends
_PIECE = 1 << 20
_LOCK = b"dvc.lock"
_MD5 = re.compile(r"[0-9a-f]{32}(?:\.dir)?")
_OTHER = "the model is not the one that the evidence was computed for: compute it anew"
_NONE = "the evidence does not say of which model it is: compute it anew"
_GONE = "the model is not here, and nothing here tells its digest: whether the evidence is of it cannot be told"
_UNTOLD = "the model is kept by DVC, and the evidence does not hold the digest by which DVC names it: compute it anew"


def pointers(path: bytes) -> tuple[bytes, ...]:
    """Return the files that may tell which content a model has: DVC's for it, for folders above it, and the locks there."""
    found = [path + b".dvc"]
    while path:
        path = path.rpartition(b"/")[0]
        found += [path + b".dvc", path + b"/" + _LOCK] if path else [_LOCK]
    return tuple(found)


def model_of(snapshot: Snapshot, gate: Gate) -> Model | None:
    """Return what the model of a gate is known by; None where the policy names none. Raises `Unusable` for no file."""
    path = gate.inputs.get("model")
    if path is None:
        return None
    sha256, md5 = _content(snapshot, path)
    return Model(sha256=sha256, md5=md5, pointed=next(_pointed(snapshot, path), None))


def differs(committed: Mapping[str, Any], here: Model) -> tuple[Verdict, str] | None:
    """Return what is said of evidence that is not, or that may not be, of a model; None where it is of that."""
    sha256, md5 = committed["model"], committed.get(MD5)
    if not sha256 and not md5:
        return "refused", _NONE
    pairs = [(sha256, here.sha256), (md5, here.md5), (md5, here.pointed)]
    known = [(was, now) for was, now in pairs if was and now]
    if any(was != now for was, now in known):
        return "refused", _OTHER
    if not known:
        return "inconclusive", _UNTOLD if here.pointed else _GONE
    return None


def _content(snapshot: Snapshot, path: bytes) -> tuple[str | None, str | None]:
    """Return the digests of a model's content, or what a pointer of git-lfs tells of them. Raises `Unusable`."""
    if snapshot.find(path) is None:
        opened = rows_of(snapshot, path)  # git may ignore it
        if opened is None:
            return None, None
        with opened:
            return _digests(opened.file)
    try:
        stream = snapshot.open(path)
        try:
            return _digests(stream)
        finally:
            stream.close()
    except Unreadable:
        return None, None


def _digests(stream: Stream | BinaryIO) -> tuple[str | None, str | None]:
    import hashlib  # noqa: PLC0415 - loads OpenSSL

    piece = stream.read(_PIECE)
    target = lfs(piece[:_HEAD]) if len(piece) <= _HEAD else None
    if target:
        return target.oid or None, None
    sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    while piece:
        sha256.update(piece)
        md5.update(piece)
        piece = stream.read(_PIECE)
    return sha256.hexdigest(), md5.hexdigest()


def _pointed(snapshot: Snapshot, path: bytes) -> Iterator[str]:
    """Yield what pointers of DVC say of the content at a path."""
    for place in pointers(path):
        entry = snapshot.find(place)
        if entry is None or entry.kind != "file":
            continue
        try:
            stream = entry.open()
            try:
                data = stream.read(_PIECE)
            finally:
                stream.close()
        except Unreadable:
            continue
        for _pointer, output in dvc(data):
            parts = (place.rpartition(b"/")[0], output.wdir, output.name)
            named = normpath(b"/".join(filter(None, parts)))
            if named == path and _MD5.fullmatch(output.digest):
                yield output.digest
