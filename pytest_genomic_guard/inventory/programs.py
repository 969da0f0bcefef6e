"""The programs of a snapshot that are compared with packages: files of Python, and the cells of notebooks."""

from __future__ import annotations

from functools import cached_property

from pytest_genomic_guard.inventory import declared as manifests
from pytest_genomic_guard.inventory import lines
from pytest_genomic_guard.inventory.asked import PROGRAMS
from pytest_genomic_guard.model import Gap, Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from pytest_genomic_guard.model import Artifact, Snapshot

_MOST = 8 << 20  # bytes of one program; a larger one is made by another
_CELLS = 100_000
_MAGIC = (b"%", b"!", b"?")


class Program:
    """A file, or a cell."""

    def __init__(self, path: bytes, data: bytes, trail: tuple[str, ...] = ()) -> None:
        """Take its text."""
        self.path, self.data, self.trail = path, data, trail

    @cached_property
    def statements(self) -> Sequence[lines.Line]:
        """Return what is compared of it."""
        return lines.statements(self.data)


def entries(snapshot: Snapshot) -> Iterator[Artifact]:
    """Yield the programs that are judged."""
    entries = snapshot.entries()
    for at, path in enumerate(snapshot.names()):
        if path.endswith(PROGRAMS) and (entry := entries[at]).kind == "file" and snapshot.judged(entry):
            yield entry


def read(entry: Artifact) -> Iterator[Program | Gap]:
    """Yield a program, or those of a notebook. What cannot be opened is told by the scan of it."""
    if entry.size is not None and entry.size > (_MOST if not entry.path.endswith(b".ipynb") else manifests.MOST):
        yield Gap(path=entry.path, reason="too-large")
        return
    try:
        data = manifests.content(entry)
    except Unreadable as error:
        if error.reason == "too-large":
            yield Gap(path=entry.path, reason="too-large")
        return
    if not entry.path.endswith(b".ipynb"):
        yield Program(entry.path, data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
        return
    for number, source in _cells(data):
        yield Program(entry.path, source, ("notebook", f"cell {number}", "source"))


def _cells(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the code of the cells of a notebook by their numbers; a damaged one has none, which the scan of it tells."""
    import json  # noqa: PLC0415 - for notebooks

    try:
        book = json.loads(data.decode("utf-8-sig", "replace"), parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return
    holders = [book, *(_list(book, "worksheets"))] if isinstance(book, dict) else []
    number = 0
    for holder in holders:
        for cell in _list(holder, "cells")[:_CELLS]:
            number += 1
            if isinstance(cell, dict) and cell.get("cell_type") == "code":
                yield number, _source(cell.get("source", cell.get("input")))


def _list(holder: Any, key: str) -> list[Any]:
    found = holder.get(key) if isinstance(holder, dict) else None
    return found if isinstance(found, list) else []


def _source(told: Any) -> bytes:
    """Return the source of a cell, what is not Python left blank."""
    parts = told if isinstance(told, list) else [told]
    text = "".join(part for part in parts if isinstance(part, str)).encode("utf-8", "replace").replace(b"\r", b"")
    if text.startswith(b"%%") and not text.startswith((b"%%time", b"%%capture")):
        return b""
    return b"\n".join(b"" if line.lstrip().startswith(_MAGIC) else line for line in text.split(b"\n"))
