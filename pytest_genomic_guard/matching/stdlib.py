"""The matcher that needs the standard library alone: the reference to which faster ones are held, and what runs without them."""

from __future__ import annotations

import re

from pytest_genomic_guard.matching.confirm import Confirm
from pytest_genomic_guard.matching.faces import Faces, grouped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pytest_genomic_guard.matching.confirm import Kind, Places
    from pytest_genomic_guard.matching.faces import Anchored
    from pytest_genomic_guard.model import Face, Rule

    # by the rarest byte of an anchor: how far that is from its beginning, the anchor, the rules
    Looked = dict[int, list[tuple[int, bytes, Anchored]]]

_COMMON = (
    b" 0eta12oinsrl.,3456789\n_-()\"'=\t:hdcumpfgybwvACTGNkxjqz/\r;|*#[]"  # bytes of text and source code, the most frequent first
)
_RANK = {byte: len(_COMMON) - at for at, byte in enumerate(_COMMON)}


class StdlibMatcher(Confirm):
    """One expression over the rarest byte of each anchor and what follows it, so that most bytes of a text are left at once."""

    def __init__(self, rules: Sequence[Rule], hints: Collection[str] = (), asked: Collection[str] = ()) -> None:
        """Take the rules, and which of them are hints. Raises ValueError when two share a name."""
        super().__init__(rules, hints, asked)
        self._made: dict[Kind, list[tuple[Face, re.Pattern[bytes], Looked]]] = {}

    def places(self, data: bytes, kind: Kind) -> Places:
        """Return where anchors stand, by rule."""
        faces = Faces(data)
        places: dict[str, tuple[Rule, list[int]]] = {}
        for name, expression, looked in self._looks(kind):
            face = faces[name]
            for hit in expression.finditer(face):
                at = hit.start()
                for back, anchor, rules in looked[face[at]]:
                    if at >= back and face.startswith(anchor, at - back):
                        for rule, exact in rules:
                            if not exact or data[at - back : at - back + len(exact)].lower() == exact:
                                places.setdefault(rule.name, (rule, []))[1].append(at - back)
        return places.values()

    def _looks(self, kind: Kind) -> list[tuple[Face, re.Pattern[bytes], Looked]]:
        made = self._made.get(kind)
        if made is None:
            made = self._made[kind] = []
            for face, anchors in grouped(self.sets[kind]).items():
                looked: Looked = {}
                for anchor, rules in anchors.items():
                    back = min(range(len(anchor)), key=lambda at, anchor=anchor: (_RANK.get(anchor[at], 0), at))  # type: ignore[misc]
                    looked.setdefault(anchor[back], []).append((back, anchor, rules))
                made.append((face, re.compile(_expression(looked), re.DOTALL), looked))
        return made


def _expression(looked: Looked) -> bytes:
    """Return what matches the one byte by which an anchor is told; frequent bytes come first, as they are tried in turn."""
    parts = []
    for byte in sorted(looked, key=lambda byte: -_RANK.get(byte, 0)):
        suffixes: dict[bytes, set[bytes]] = {}
        for back, anchor, _rules in looked[byte]:
            suffixes.setdefault(anchor[back:], set()).add(anchor[:back])
        shortest = _trie(sorted(suffixes), suffixes, 1)
        parts.append(re.escape(bytes([byte])) + (b"(?=" + shortest + b")" if shortest else b""))
    return b"|".join(parts)


def _trie(suffixes: Sequence[bytes], before: dict[bytes, set[bytes]], depth: int) -> bytes:
    """Return what matches where any of the sorted `suffixes`, alike in `depth` bytes, goes on, with what stands before it."""
    parts: list[bytes] = []
    branches: dict[int, list[bytes]] = {}
    for suffix in suffixes:
        if len(suffix) > depth:
            branches.setdefault(suffix[depth], []).append(suffix)
        elif b"" in before[suffix]:
            return b""
        else:
            parts += [b"(?<=" + re.escape(each + suffix) + b")" for each in sorted(before[suffix])]
    parts += [re.escape(bytes([first])) + _trie(rest, before, depth + 1) for first, rest in branches.items()]
    return parts[0] if len(parts) == 1 else b"(?:" + b"|".join(parts) + b")"
