"""The faces of a buffer in which anchors are looked for: as it is, in lower case, or with digits made alike too."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Face

_SHAPE = bytes(0x30 if 0x30 <= byte <= 0x39 else byte | 0x20 if 0x41 <= byte <= 0x5A else byte for byte in range(256))


class Faces:
    """The faces of one buffer, each made once and only when a rule asks for it. Offsets are the same in all."""

    def __init__(self, data: bytes) -> None:
        """Take the buffer."""
        self.data = data
        self._made: dict[Face, bytes] = {"plain": data}

    def __getitem__(self, face: Face) -> bytes:
        """Return a face by its name."""
        made = self._made.get(face)
        if made is None:
            made = self._made[face] = self.data.lower() if face == "lower" else self.data.translate(_SHAPE)
        return made
