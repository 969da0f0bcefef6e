"""The faces of a buffer in which anchors are looked for: as it is, in lower case, or with digits made alike too."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.model import Face, Rule

    # rules with an anchor, and what the text in lower case must be there, where that is to be asked
    Anchored = list[tuple[Rule, bytes]]

_DIGITS = b"0123456789"
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
    found: dict[Face, dict[bytes, Anchored]] = {}
    for rule in rules:
        if rule.face == "run":
            continue
        face: Face = "plain" if rule.face == "plain" else "shape"
        for anchor in dict.fromkeys(rule.anchors):
            alike = anchor.translate(_SHAPE) if rule.face == "lower" else anchor
            if rule.face == "lower" and anchor != anchor.lower():
                continue  # it stands in no text
            exact = rule.face == "lower" and any(map(_DIGITS.__contains__, anchor))  # for which any digit stands in that face
            found.setdefault(face, {}).setdefault(alike, []).append((rule, anchor if exact else b""))
    return found
