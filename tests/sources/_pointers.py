"""Pointers, and stores of git-lfs, made by hand; and what of them is read as facts."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.views.decode import decode
from pytest_genomic_guard.views.pointers import Pointed, Pointer

if TYPE_CHECKING:
    from pathlib import Path

    from _scratch import Repo

    from pytest_genomic_guard.model import Artifact, Snapshot

VERSION = b"version https://git-lfs.github.com/spec/v1"


def oid(data: bytes) -> str:
    """Return the id by which git-lfs keeps a content."""
    return hashlib.sha256(data).hexdigest()


def pointer(data: bytes, *, size: int | None = None) -> bytes:
    """Return what git-lfs commits in place of a content."""
    return b"%b\noid sha256:%b\nsize %d\n" % (VERSION, oid(data).encode(), len(data) if size is None else size)


def place(folder: Path, name: str) -> Path:
    """Return where a store has an object, with the folders made."""
    found = folder / "objects" / name[:2] / name[2:4] / name
    found.parent.mkdir(parents=True, exist_ok=True)
    return found


def keep(repo: Repo, data: bytes, folder: str = ".git/lfs", name: str = "") -> Path:
    """Put an object into a store, under its own name or another one."""
    found = place(repo.root / folder, name or oid(data))
    found.write_bytes(data)
    return found


def facts(snapshot: Snapshot) -> dict[str, list[Pointer]]:
    """Return the facts about pointers in a snapshot, by path."""
    return {os.fsdecode(entry.path): found for entry in snapshot.entries() if (found := _facts(entry))}


def facts_of(name: str, data: bytes) -> list[Pointer]:
    """Return the facts about pointers that a file gives."""
    return facts(Memory({name.encode(): data})).get(name, [])


def link_facts(target: bytes, name: bytes = b"x") -> list[Pointer]:
    """Return the facts about pointers that a symbolic link gives."""
    entry = Memory({name: b""}).entries()[0]
    return _facts(entry.replace(kind="link", opener=lambda: BytesStream(target), size=len(target)))


def _facts(entry: Artifact) -> list[Pointer]:
    views = [view for view in decode(entry) if isinstance(view, Pointed)]
    return [fact for view in views for fact in view.facts() if isinstance(fact, Pointer)]
