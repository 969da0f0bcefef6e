"""What all matchers share: Python's ``re`` has the last word on every match, whatever found the place.

Of most rules every match is needed. Of a hint (`views.genomic.hints`) only whether it matches in a part of a text, so it is not
tried again in a part that has a match of any hint; and once none is left to be told, hints are looked for no more.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import repeat

from pytest_genomic_guard.matching.faces import Faces
from pytest_genomic_guard.matching.runs import Runs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pytest_genomic_guard.model import Rule

    Spans = Sequence[tuple[int, int]]
    Parts = Sequence[tuple[int, int]]

_MOST = 1 << 20  # bytes that are looked at together
_FIRST = 32 << 10  # for hints, and doubled up to _MOST: in a dense text a hint matches early, or never


class Confirm:
    """A matcher's frame; `places` is its own. Expressions are compiled when first needed."""

    def __init__(self, rules: Sequence[Rule], hints: Collection[str] = (), asked: Collection[str] = ()) -> None:
        """Take the rules, and names of hints and of all that tell what these do. Raises ValueError for a repeated name."""
        self._compiled: dict[str, re.Pattern[bytes]] = {}
        if len({rule.name for rule in rules}) != len(rules):
            raise ValueError("two rules share a name")
        self.hints = frozenset(hints)
        self.sets = {told: [rule for rule in rules if (rule.name in self.hints) is told] for told in (False, True)}
        self._asked = frozenset(asked) - self.hints
        self._runs = Runs(rules)
        self._faces = Faces(b"")
        self._reach = max((max(map(len, rule.anchors)) for rule in rules if rule.anchors), default=0)

    def places(self, data: bytes, *, hints: bool) -> Iterable[tuple[Rule, list[int]]]:
        """Return where matches of rules that are hints, or of the others, can begin, in order."""
        raise NotImplementedError

    def faces(self, data: bytes) -> Faces:
        """Return the faces of a buffer, which are made once when it is looked at for hints too."""
        if self._faces.data is not data:
            self._faces = Faces(data)
        return self._faces

    def scan(self, data: bytes, parts: Parts | None = None) -> Mapping[str, Spans]:
        """Return the spans of matches in order, by the name of the rule; rules without a match are left out.

        With `parts` of the text, of hints no more than is needed to tell in which of these any rule that is asked for matches.
        """
        spans: dict[str, list[tuple[int, int]]] = {}
        for hints in (False, True) if parts is None else (False,):
            for piece in self._pieces(data, _MOST, hints=hints):
                for rule, places in piece:
                    self._all(rule, data, places, spans)
        left = _Left(parts or ())
        for name in self._asked & spans.keys() if left else ():
            left.told(spans[name])
        if left or parts is None:
            self._rows(data, left if parts is not None else None, spans)
        if left:
            self._hints(data, left, spans)
        return spans

    def _pieces(self, data: bytes, size: int, *, hints: bool) -> Iterator[Iterable[tuple[Rule, list[int]]]]:
        """Yield for each piece of a text where in the whole of it matches can begin, by rule and in order."""
        at = 0
        while at < len(data):
            end = min(len(data), at + size)
            if end - at == len(data):
                yield self.places(data, hints=hints)
            else:
                some = self.places(data[at : end + self._reach], hints=hints)
                yield [(rule, [at + place for place in found[: bisect_left(found, end - at)]]) for rule, found in some]
            at, size = end, min(_MOST, 2 * size)

    def _hints(self, data: bytes, left: _Left, spans: dict[str, list[tuple[int, int]]]) -> None:
        """Try hints where a part is left, first those that stand in few places."""
        for piece in self._pieces(data, _FIRST, hints=True):
            for rule, places in sorted(piece, key=_many):
                match = self._pattern(rule).match
                for part, some in left.among(places):
                    found = next(filter(None, map(match, repeat(data), some)), None)
                    if found:
                        spans.setdefault(rule.name, []).append(found.span())
                        left.remove(part)
            if not left:
                return

    def _pattern(self, rule: Rule) -> re.Pattern[bytes]:
        pattern = self._compiled.get(rule.name)
        if pattern is None:
            pattern = self._compiled[rule.name] = re.compile(rule.pattern, re.MULTILINE)
        return pattern

    def _rows(self, data: bytes, left: _Left | None, spans: dict[str, list[tuple[int, int]]]) -> None:
        """Add the matches in runs; all of them when `left` is None, else of hints no more than one for each part."""
        for rule, several in self._runs.of(data):
            pattern = self._pattern(rule)
            for span in (match.span() for begin, end in several for match in pattern.finditer(data, begin, end)):
                part = left.holding(span[0]) if left is not None else None
                if left is None or part or rule.name not in self.hints:
                    spans.setdefault(rule.name, []).append(span)
                if left is not None and part:
                    left.remove(part)
                    if not left:
                        break

    def _all(self, rule: Rule, data: bytes, places: Sequence[int], spans: dict[str, list[tuple[int, int]]]) -> None:
        """Add what matches at places that come in order: of overlapping matches the first."""
        match = self._pattern(rule).match
        kept = spans.get(rule.name)
        rest = iter(places[bisect_left(places, _end(kept[-1])) :] if kept else places)
        for each in filter(None, map(match, repeat(data), rest)):  # without Python's own steps from place to place
            found: re.Match[bytes] | None = each
            while found:
                kept = spans.setdefault(rule.name, [])
                kept.append(found.span())
                end = _end(kept[-1])
                after = next((place for place in rest if place >= end), None)
                found = match(data, after) if after is not None else None


class _Left:
    """The parts in which nothing has told yet that they are asked for; they come in order and do not overlap."""

    def __init__(self, parts: Parts) -> None:
        """Take the parts."""
        self._parts = list(parts)

    def __bool__(self) -> bool:
        """Tell whether any part is left."""
        return bool(self._parts)

    def _number(self, place: int) -> int:
        """Return the number of the last part that begins at a place or before; -1 for none."""
        return bisect_left(self._parts, (place + 1,)) - 1

    def holding(self, place: int) -> tuple[int, int] | None:
        """Return the part that is left and holds a place."""
        number = self._number(place)
        return self._parts[number] if number >= 0 and place < self._parts[number][1] else None

    def among(self, places: Sequence[int]) -> Iterator[tuple[tuple[int, int], Sequence[int]]]:
        """Yield the parts that are left and hold some of places in order, with these; meanwhile parts can be removed."""
        at = 0
        while at < len(places):
            number = self._number(places[at])
            if number >= 0 and places[at] < self._parts[number][1]:
                end = bisect_left(places, self._parts[number][1], at)
                yield self._parts[number], places[at:end]
            else:
                end = bisect_left(places, self._parts[number + 1][0], at) if number + 1 < len(self._parts) else len(places)
            at = end

    def remove(self, part: tuple[int, int]) -> None:
        """Leave a part out: it is told."""
        del self._parts[self._number(part[0])]

    def told(self, spans: Spans) -> None:
        """Leave out the parts in which spans begin."""
        for start, _stop in spans:
            part = self.holding(start)
            if part:
                self.remove(part)
            if not self._parts:
                return


def _end(span: tuple[int, int]) -> int:
    """Return where the next match can begin."""
    return max(span[1], span[0] + 1)


def _many(found: tuple[Rule, list[int]]) -> int:
    return len(found[1])


def in_order(places: Iterable[Iterable[int]]) -> list[int]:
    """Return places from several sources in order, each once; from one, in order."""
    sources = list(places)
    return sorted({place for some in sources for place in some} if len(sources) != 1 else sources[0])
