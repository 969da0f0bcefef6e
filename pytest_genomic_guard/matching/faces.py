"""The faces of a buffer in which anchors are looked for: as it is, in lower case, or with digits made alike too."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.model import Face, Rule

    # rules with an anchor, and what the text in lower case must be there, where that is to be asked
    Anchored = list[tuple[Rule, bytes]]

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


def grouped(rules: Sequence[Rule]) -> dict[Face, dict[bytes, Anchored]]:
    """Return the rules by the face that is looked at, and by anchor: two faces for three, as ``shape`` has lower case too."""
    plain: dict[bytes, Anchored] = {}
    shape: dict[bytes, Anchored] = {}
    for rule in rules:
        if rule.face == "lower":
            for anchor in dict.fromkeys(rule.anchors):
                if anchor == anchor.lower():  # another stands in no text
                    alike = anchor.translate(_SHAPE)
                    shape.setdefault(alike, []).append((rule, anchor if b"0" in alike else b""))  # any digit stands there
        elif rule.face != "run":
            found = plain if rule.face == "plain" else shape
            for anchor in dict.fromkeys(rule.anchors):
                found.setdefault(anchor, []).append((rule, b""))
    both: tuple[tuple[Face, dict[bytes, Anchored]], ...] = (("plain", plain), ("shape", shape))
    return {face: found for face, found in both if found}
