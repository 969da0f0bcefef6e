"""Figures in committed metric files, by JSON pointer (RFC 6901), and digests of what was judged."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.model import Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.evidence.metricfiles import Figure
    from pytest_genomic_guard.model import Snapshot

SIZE = 8 << 20
_PIECE = 1 << 20


class Evidence(Record):
    """What a pointer led to, or why it led nowhere. The message quotes nothing of the file.

    What is no evidence has no digest: it may be a list of people, and a short one can be guessed from its digest.
    """

    path: bytes
    sha256: str | None = None
    value: Any = None  # as the file has it
    problem: str | None = None
    figure: Figure | None = None  # the same as a figure, with what stands beside it in the file


def load(snapshot: Snapshot, path: bytes, pointer: str, *, rate: bool = False, confidence: float = 0.95) -> Evidence:
    """Read the evidence; every failure is told in `problem`. `rate` and `confidence` are those of `metricfiles.figure`.

    Of a folder of MLflow (`mlruns/<experiment>/<run>`) the pointer leads on to the file: `/metrics/<name>`.
    """
    if pointer and snapshot.find(path) is None and snapshot.find(path + pointer.encode()) is not None:
        path, pointer = path + pointer.encode(), ""
    try:
        stream = snapshot.open(path)
        try:
            data = b""
            while len(data) <= SIZE and (part := stream.read(SIZE)):
                data += part
        finally:
            stream.close()
    except Unreadable:
        return Evidence(path=path, problem="the evidence file is missing or could not be read")
    from pytest_genomic_guard.evidence import metricfiles, metrictrees  # noqa: PLC0415 - only a policy with gates needs them

    try:
        tree = metrictrees.tree(data, path.decode("utf-8", "replace"))
        value = metrictrees.at(tree, pointer)[-1]
    except metrictrees.DamagedError as error:
        return Evidence(path=path, problem=str(error))
    except LookupError:
        asked = metricfiles.pointed(tree, pointer)  # a name that SACRO-ML writes in another way
        if asked.problem:
            return Evidence(path=path, problem=asked.problem)
        value = asked.value
    import hashlib  # noqa: PLC0415 - loads OpenSSL, as below

    sha256 = hashlib.sha256(data).hexdigest()  # told only of what holds a figure
    figure = metricfiles.pointed(tree, pointer, rate=rate, confidence=confidence)
    return Evidence(path=path, sha256=sha256 if isinstance(value, (int, float, dict)) else None, value=value, figure=figure)


def digest(snapshot: Snapshot, path: bytes, blob: str | None = None) -> str:
    """Return the SHA-256 of one artifact's bytes, of several at a path those of `blob`; empty when they cannot be read."""
    import hashlib  # noqa: PLC0415 - loads OpenSSL, which a run without findings does not need

    sha256 = hashlib.sha256()
    try:
        stream = snapshot.version(path, blob)
        try:
            while part := stream.read(_PIECE):
                sha256.update(part)
        finally:
            stream.close()
    except Unreadable:
        return ""
    return sha256.hexdigest()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):  # a reader may have seen the figure that loses
        raise ValueError("a key is repeated")
    return found


def _index(key: str) -> int:
    """Return an index as RFC 6901 writes it: digits, no sign, no leading zero. Raises ValueError."""
    if not key.isascii() or not key.isdigit() or (key[0] == "0" and key != "0"):
        raise ValueError("no index")
    return int(key)
