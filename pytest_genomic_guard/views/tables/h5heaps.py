"""Heaps of HDF5, where names and texts stand: local ones of old groups, fractal ones of new groups, and global ones for texts."""

from __future__ import annotations

import re

from pytest_genomic_guard.views.tables.h5types import Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 4096  # bytes of a name


def names(data: bytes, most: int) -> Iterator[bytes]:
    """Yield the names in all local heaps that can be found, whatever groups they belong to."""
    at = data.find(b"HEAP\0")
    left = len(data)
    while at >= 0:
        size, free, start = (int.from_bytes(data[at + place : at + place + 8], "little") for place in (8, 16, 24))
        left -= min(size, len(data))
        if left < 0:
            return
        end = start + (min(size, free) if free > 1 else size)  # 1: nothing is free
        found = data[start:end].split(b"\0", most)
        for name in found if end <= len(data) else found[:-1]:  # the last may be cut
            if name and most > 0:
                most -= 1
                yield name[:_LONGEST]
        at = data.find(b"HEAP\0", at + 32)


def blocks(data: bytes, offset: int) -> dict[int, list[int]]:
    """Return where the direct blocks of each fractal heap stand, by its address of `offset` bytes; a block names its heap."""
    found: dict[int, list[int]] = {}
    for block in re.finditer(b"FHDB", data):
        owner = int.from_bytes(data[block.end() + 1 : block.end() + 1 + offset], "little")
        found.setdefault(owner, []).append(block.start())
    return found


def block_size(place: int, row: int, smallest: int, largest: int) -> int:
    """Return the size of the block at a place in a heap: rows of blocks, from the third on twice as large as the one before.

    Where that would be too large, a block has rows of its own.
    """
    while row and place >= row:
        twice = (place // row).bit_length() - 1
        if smallest << twice <= largest:
            return smallest << twice
        place = (place - (row << twice)) % (smallest << twice)
    return smallest


def texts(data: bytes, at: int, length: int) -> tuple[dict[int, tuple[int, int]], int]:
    """Return place and size of each text in a global heap, by its number, and the size of the heap."""
    found: dict[int, tuple[int, int]] = {}
    heap = Reader(data, at + 8)
    whole = heap.number(length) if data.startswith(b"GCOL", at) else 0
    heap.end = min(heap.end, at + whole)
    while heap.left() >= 8 + length and (number := heap.number(2)):
        heap.skip(6)
        size = heap.number(length)
        found[number] = (heap.at, size)
        heap.skip((size + 7) // 8 * 8)
    return found, min(whole, len(data))
