"""All anchors in one pass of an Aho-Corasick automaton (`ahocorasick_rs`), and ``re`` at each place: no set-up worth mentioning."""

from __future__ import annotations

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from pytest_genomic_guard.matching.confirm import Confirm, in_order
from pytest_genomic_guard.matching.faces import grouped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pytest_genomic_guard.matching.faces import Anchored
    from pytest_genomic_guard.model import Face, Rule

    Made = list[tuple[Face, BytesAhoCorasick, list[Anchored]]]

_KEPT = 8  # sets of rules whose automata a process keeps: tests that call a fixture for each sample make a matcher each time
_known: dict[tuple[tuple[int, ...], bool], tuple[Sequence[Rule], Made]] = {}  # by the identities of the rules, which are held
_MANY = 4 << 20  # bytes from which the form that is twice as fast pays, which takes ten times as long to make


class AutomatonMatcher(Confirm):
    """One automaton for each face that is looked at, of hints, and of the other rules."""

    def __init__(self, rules: Sequence[Rule], hints: Collection[str] = (), asked: Collection[str] = ()) -> None:
        """Take the rules, and which of them are hints. Raises ValueError when two share a name."""
        super().__init__(rules, hints, asked)
        self._made: dict[tuple[bool, bool], Made] = {}
        self._looked = 0  # bytes so far

    def places(self, data: bytes, *, hints: bool) -> Iterator[tuple[Rule, list[int]]]:
        """Return where anchors stand, by rule."""
        faces = self.faces(data)
        self._looked += 0 if hints else len(data)
        places: dict[str, tuple[Rule, list[list[int]]]] = {}
        for face, automaton, anchors in self._automata(hints=hints):
            found: dict[int, list[int]] = {}
            for number, at, _end in automaton.find_matches_as_indexes(faces[face], overlapping=True):
                if number in found:
                    found[number].append(at)
                else:
                    found[number] = [at]
            for number, some in found.items():
                for rule, exact in anchors[number]:
                    kept = [at for at in some if data[at : at + len(exact)].lower() == exact] if exact else some
                    places.setdefault(rule.name, (rule, []))[1].append(kept)
        for rule, sources in places.values():
            yield rule, in_order(sources)

    def _automata(self, *, hints: bool) -> Made:
        many = self._looked > _MANY
        made = self._made.get((hints, many))
        if made is None:
            made = self._made[hints, many] = _automata(self.sets[hints], many=many)
        return made


def _automata(rules: Sequence[Rule], *, many: bool) -> Made:
    """Return the automata of rules, which are the same for the same rules."""
    key = tuple(map(id, rules)), many
    _rules, made = _known.get(key, (rules, []))
    if not made:
        form = Implementation.DFA if many else Implementation.ContiguousNFA  # one is asked for: that chosen by itself is slow
        for face, anchors in grouped(rules).items():
            automaton = BytesAhoCorasick(list(anchors), matchkind=MatchKind.Standard, implementation=form)
            made.append((face, automaton, list(anchors.values())))
        while len(_known) >= _KEPT:
            del _known[next(iter(_known))]
        _known[key] = rules, made
    return made
