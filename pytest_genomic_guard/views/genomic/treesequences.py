"""Tree sequences of tskit (`.trees`): the genealogy of samples, and with mutations their genotypes.

Sources: the kastore format (version 1: a mark, version, number of items, size; then 64 bytes for each item with type, place and
length of key and array) and the tskit data model. Only keys, the flags of nodes and the texts of provenance are read. Who simulates
writes so in the first record of provenance; what tsinfer or another program infers is of the samples that it was given.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.model import Location, Unreadable
from pytest_genomic_guard.views.bounds import HELD
from pytest_genomic_guard.views.genomic.containers import GenotypeFile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.genomic.seen import Genomic
    from pytest_genomic_guard.views.streams import Peek

_HEADER, _ITEM = 64, 64  # bytes
_ITEMS = 4096
_KEY = 200  # bytes
_RECORDS = 4 << 20  # bytes of provenance
_SOFTWARE = re.compile(rb"\"software\"\s*:\s*\{[^{}]{0,2000}?\"name\"\s*:\s*\"([^\"]{1,40})\"|\"program\"\s*:\s*\"(SLiM)\"")
_SIMULATORS = frozenset({b"msprime", b"slim", b"pyslim", b"stdpopsim", b"fwdpy11", b"fwdpp", b"discoal", b"argon", b"slendr"})


def binary(name: str, stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Genomic | None:
    """Return the tree sequence; None for another kastore. Raises `Unreadable`: truncated, corrupt."""
    items = _items(stream)
    if "nodes/flags" not in items or "edges/parent" not in items:
        return None
    start, count = items["nodes/flags"]
    flags = _read(stream, start, 4 * count)
    samples = len(flags[::4].translate(None, bytes(range(0, 256, 2))))  # the lowest bit of a flag
    individuals = items.get("individuals/flags", (0, 0))[1]
    sites = items.get("sites/position", (0, 0))[1]
    at, size = items.get("provenances/record", (0, 0))
    # The first record is of the first step: what tsinfer makes of simulated samples begins with the simulation.
    told = [(one or two).lower() for one, two in _SOFTWARE.findall(_read(stream, at, min(size, _RECORDS)))]
    return GenotypeFile(
        artifact=artifact,
        trail=trail,
        format=name,
        level="individual" if samples else "aggregate",
        at=Location(path=artifact.path, trail=trail),
        people=min(individuals, samples) or (samples + 1) // 2,
        variants=sites,
        simulated=bool(told) and told[0] in _SIMULATORS,
    )


def _items(stream: Peek) -> dict[str, tuple[int, int]]:
    """Return where the array of each key begins, and how many values it has."""
    head = stream.peek(_HEADER)[:_HEADER]
    count = int.from_bytes(head[12:16], "little")
    if len(head) < _HEADER:
        raise Unreadable("truncated")
    if int.from_bytes(head[8:10], "little") != 1 or count > _ITEMS:
        raise Unreadable("corrupt")
    table = stream.peek(_HEADER + count * _ITEM)[_HEADER : _HEADER + count * _ITEM]
    if len(table) < count * _ITEM:
        raise Unreadable("truncated")
    found = {}
    for at in range(0, len(table), _ITEM):
        key, length, start, values = (int.from_bytes(table[at + each : at + each + 8], "little") for each in (8, 16, 24, 32))
        if length > _KEY or key > _HEADER + count * (_ITEM + _KEY):
            raise Unreadable("corrupt")
        found[_read(stream, key, length).decode("utf-8", "replace")] = (start, values)
    return found


def _read(stream: Peek, start: int, size: int) -> bytes:
    """Return some bytes of the file, as far as they can be held."""
    end = min(start + size, HELD)
    data = stream.peek(end)[start:end] if start < end else b""
    if len(data) < min(size, HELD - start) and start < HELD:
        raise Unreadable("truncated")
    return data
