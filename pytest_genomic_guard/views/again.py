"""What was read before, and held nothing: versions of a file, and copies of one, are mostly the same parts.

A part is remembered by a digest of its bytes under a key of this process, never by the bytes, and never on a disk. That is for
answers that follow from the bytes alone: whatever else an answer depends on belongs in `about`. A digest costs 1 to 3 ns a byte.
"""

from __future__ import annotations

from _blake2 import blake2b
from os import urandom

_SIZE = 16
_SECRET = urandom(_SIZE)  # nobody can write two parts that are taken for one


def key(part: bytes | memoryview, about: bytes = b"") -> bytes:
    """Return what a part is remembered by; `about` is what else an answer depends on, in 48 bytes at most."""
    return blake2b(part, digest_size=_SIZE, key=_SECRET + about).digest()


class Again:
    """The keys of parts in which nothing stood: as many as the bound says at most, and then none, from which it fills again."""

    __slots__ = ("_bound", "_keys")

    def __init__(self, bound: int = 1 << 16) -> None:
        """Take how many keys are kept at most: one takes about 100 bytes."""
        self._bound, self._keys = bound, set[bytes]()

    def __contains__(self, told: bytes) -> bool:
        """Tell whether a key was added."""
        return told in self._keys

    def add(self, told: bytes) -> None:
        """Remember a key."""
        if len(self._keys) >= self._bound and told not in self._keys:
            self._keys.clear()
        self._keys.add(told)
