"""The matcher that needs the standard library alone: the reference to which faster ones are held, and what runs without them."""

from __future__ import annotations

import re

from pytest_genomic_guard.matching.confirm import Confirm
from pytest_genomic_guard.matching.faces import Faces

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_genomic_guard.matching.confirm import Spans
    from pytest_genomic_guard.model import Face, Rule


class StdlibMatcher:
    """One expression over all anchors, shaped like a trie, so that a byte that begins no anchor is left at once."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Take the rules. Raises ValueError when two share a name."""
        self._confirm = Confirm(rules)
        self._faces: dict[Face, tuple[re.Pattern[bytes], tuple[int, ...], dict[bytes, list[Rule]]]] = {}
        for face in {rule.face: None for rule in rules}:
            anchors: dict[bytes, list[Rule]] = {}
            for rule in rules:
                for anchor in rule.anchors if rule.face == face else ():
                    anchors.setdefault(anchor, []).append(rule)
            trie = re.compile(_trie(sorted(anchors)), re.DOTALL)
            self._faces[face] = trie, tuple(sorted({len(anchor) for anchor in anchors})), anchors

    def scan(self, data: bytes) -> Mapping[str, Spans]:
        """Return the spans of matches in order, by the name of the rule."""
        faces = Faces(data)
        places: dict[str, tuple[Rule, list[int]]] = {}
        for name, (trie, lengths, anchors) in self._faces.items():
            face = faces[name]
            hit = trie.search(face)
            while hit:  # one search after another, as anchors may overlap; a look-ahead would, but scans a third as fast
                at = hit.start()
                for length in lengths:
                    for rule in anchors.get(face[at : at + length], ()):
                        places.setdefault(rule.name, (rule, []))[1].append(at)
                hit = trie.search(face, at + 1)
        found = {name: self._confirm.at(rule, data, at) for name, (rule, at) in places.items()}
        return {name: spans for name, spans in found.items() if spans}


def _trie(anchors: Sequence[bytes], depth: int = 0) -> bytes:
    """Return an expression that matches the shortest of the sorted `anchors` that begins at a place, `depth` bytes on."""
    if any(len(anchor) == depth for anchor in anchors):
        return b""
    branches: dict[bytes, list[bytes]] = {}
    for anchor in anchors:
        branches.setdefault(anchor[depth : depth + 1], []).append(anchor)
    parts = [re.escape(first) + _trie(rest, depth + 1) for first, rest in branches.items()]
    return parts[0] if len(parts) == 1 else b"(?:" + b"|".join(parts) + b")"
