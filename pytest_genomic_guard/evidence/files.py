"""Figures in a committed JSON file, by JSON pointer (RFC 6901)."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.model import Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.model import Snapshot

SIZE = 8 << 20
_PIECE = 1 << 20


class Evidence(Record):
    """What a pointer led to, or why it led nowhere. The message quotes nothing of the file.

    What is no evidence has no digest: it may be a list of people, and a short one can be guessed from its digest.
    """

    path: bytes
    sha256: str | None = None
    value: Any = None
    problem: str | None = None


def load(snapshot: Snapshot, path: bytes, pointer: str) -> Evidence:
    """Read the evidence; every failure is told in `problem`."""
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
    if len(data) > SIZE:
        return Evidence(path=path, problem="the evidence file is larger than 8 MiB")
    import hashlib  # noqa: PLC0415 - only a policy with gates needs it

    digest = hashlib.sha256(data).hexdigest()  # told only of what holds a figure
    import json  # noqa: PLC0415 - only a policy with gates needs it

    try:
        value = json.loads(data, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        return Evidence(path=path, problem="the evidence file is no JSON, or repeats a key")
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        try:
            value = value[_index(key)] if isinstance(value, list) else value[key]
        except (KeyError, IndexError, ValueError, TypeError):
            return Evidence(path=path, problem="the pointer leads to nothing in the evidence file")
    return Evidence(path=path, sha256=digest if isinstance(value, (int, float, dict)) else None, value=value)


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
