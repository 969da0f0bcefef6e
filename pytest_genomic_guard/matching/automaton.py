"""All anchors in one pass of an Aho-Corasick automaton (`ahocorasick_rs`), and ``re`` at each place: no set-up worth mentioning."""

from __future__ import annotations

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from pytest_genomic_guard.matching.confirm import Confirm
from pytest_genomic_guard.matching.faces import Faces

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_genomic_guard.matching.confirm import Spans
    from pytest_genomic_guard.model import Face, Rule


class AutomatonMatcher:
    """One automaton for each face."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Take the rules. Raises ValueError when two share a name."""
        self._confirm = Confirm(rules)
        self._faces: dict[Face, tuple[BytesAhoCorasick, list[list[Rule]]]] = {}
        for face in {rule.face: None for rule in rules}:
            anchors: dict[bytes, list[Rule]] = {}
            for rule in rules:
                for anchor in rule.anchors if rule.face == face else ():
                    anchors.setdefault(anchor, []).append(rule)
            # the fastest form must be asked for: the one chosen by itself is half as fast
            automaton = BytesAhoCorasick(list(anchors), matchkind=MatchKind.Standard, implementation=Implementation.DFA)
            self._faces[face] = automaton, list(anchors.values())

    def scan(self, data: bytes) -> Mapping[str, Spans]:
        """Return the spans of matches in order, by the name of the rule."""
        faces = Faces(data)
        places: dict[str, tuple[Rule, list[int]]] = {}
        for face, (automaton, rules) in self._faces.items():
            found: dict[int, list[int]] = {}
            for number, at, _end in automaton.find_matches_as_indexes(faces[face], overlapping=True):
                if number in found:
                    found[number].append(at)
                else:
                    found[number] = [at]
            for number, some in found.items():
                for rule in rules[number]:
                    places.setdefault(rule.name, (rule, []))[1].extend(some)
        spans = {name: self._confirm.at(rule, data, at) for name, (rule, at) in places.items()}
        return {name: each for name, each in spans.items() if each}
