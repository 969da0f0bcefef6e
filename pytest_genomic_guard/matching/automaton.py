"""All anchors in one pass of an Aho-Corasick automaton (`ahocorasick_rs`), and ``re`` at each place: no set-up worth mentioning."""

from __future__ import annotations

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from pytest_genomic_guard.matching.confirm import Confirm, Numbered
from pytest_genomic_guard.matching.faces import Faces, grouped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pytest_genomic_guard.matching.confirm import Kind, Places
    from pytest_genomic_guard.matching.faces import Anchored
    from pytest_genomic_guard.model import Face, Rule

    # a face, what finds anchors in it, of each of these the number of what stands at its places, and by that number what it is
    Made = list[tuple[Face, BytesAhoCorasick, list[int], list[Anchored]]]

_KEPT = 8  # sets of rules whose automata a process keeps: tests that call a fixture for each sample make a matcher each time
_known: dict[tuple[tuple[int, ...], bool], tuple[Sequence[Rule], Made]] = {}  # by the identities of the rules, which are held
_MANY = 4 << 20  # bytes from which the form that is twice as fast pays, which takes ten times as long to make


class AutomatonMatcher(Confirm):
    """One automaton for each face that is looked at, of all rules, and of those that are no hints, each made when it is needed."""

    def __init__(self, rules: Sequence[Rule], hints: Collection[str] = (), asked: Collection[str] = ()) -> None:
        """Take the rules, and which of them are hints. Raises ValueError when two share a name."""
        super().__init__(rules, hints, asked)
        self._made: dict[tuple[Kind, bool], Made] = {}
        self._looked = 0  # bytes so far

    def places(self, data: bytes, kind: Kind) -> Places:
        """Yield where anchors stand, by rule."""
        self._looked += len(data)
        faces = Faces(data)
        for face, automaton, numbers, anchored in self._automata(kind):
            found = Numbered()
            for number, at, _end in automaton.find_matches_as_indexes(faces[face], overlapping=True):
                found[numbers[number]].append(at)
            for number, some in found.items():
                for rule, exact in anchored[number]:
                    yield rule, [at for at in some if data[at : at + len(exact)].lower() == exact] if exact else some

    def _automata(self, kind: Kind) -> Made:
        many = self._looked > _MANY
        made = self._made.get((kind, many))
        if made is None:
            made = self._made[kind, many] = _automata(self.sets[kind], many=many)
        return made


def _automata(rules: Sequence[Rule], *, many: bool) -> Made:
    """Return the automata of rules, which are the same for the same rules."""
    key = tuple(map(id, rules)), many
    _rules, made = _known.get(key, (rules, []))
    if not made:
        form = Implementation.DFA if many else Implementation.ContiguousNFA  # one is asked for: that chosen by itself is slow
        for face, anchors in grouped(rules).items():
            automaton = BytesAhoCorasick(list(anchors), matchkind=MatchKind.Standard, implementation=form)
            alike: dict[object, int] = {}
            numbers = [alike.setdefault(tuple((rule.name, exact) for rule, exact in some), len(alike)) for some in anchors.values()]
            made.append((face, automaton, numbers, list(dict(zip(numbers, anchors.values(), strict=True)).values())))
        while len(_known) >= _KEPT:
            del _known[next(iter(_known))]
        _known[key] = rules, made
    return made
