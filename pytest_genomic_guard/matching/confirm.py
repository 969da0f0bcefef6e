"""What all matchers share: Python's ``re`` has the last word on every match, whatever found the place.

Of most rules every match is needed. Of a hint (`views.genomic.hints`) only whether it matches in a part of a text, so it is not
tried again in a part that has a match of any hint; and once none is left to be told, hints are looked for no more.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import repeat

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.matching.runs import Runs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Literal

    from pytest_genomic_guard.model import Rule

    Span = tuple[int, int]
    Spans = Sequence[Span]
    Parts = Sequence[Span]
    Kind = Literal["all", "others"]
    Places = Iterable[tuple[Rule, Sequence[int]]]  # a rule may come several times, and places in any order
    Found = Sequence[tuple[Rule, Sequence[int]]]
    Try = tuple[Sequence[int], str, Callable[[bytes, int], re.Match[bytes] | None]]  # a hint's places, its name, what matches

_MOST = 1 << 20  # bytes that are looked at together
KINDS: tuple[Kind, Kind] = ("all", "others")
_FIRST = 64 << 10  # of a text with hints, and doubled up to _MOST: in a dense text a hint matches early, or never


class Confirm:
    """A matcher's frame; `places` is its own. Expressions are compiled when first needed."""

    first = _FIRST

    def __init__(self, rules: Sequence[Rule], hints: Collection[str] = (), asked: Collection[str] = ()) -> None:
        """Take the rules, and names of hints and of all that tell what these do. Raises ValueError for a repeated name."""
        self._expressions = {rule.name: regex(rule.pattern, re.MULTILINE) for rule in rules}
        if len(self._expressions) != len(rules):
            raise ValueError("two rules share a name")
        self.hints = frozenset(hints)
        self.sets: dict[Kind, Sequence[Rule]] = {"all": rules, "others": [rule for rule in rules if rule.name not in self.hints]}
        self._asked = frozenset(asked) - self.hints
        self._runs = Runs(rules)
        self._reach = max((max(map(len, rule.anchors)) for rule in rules if rule.anchors), default=0)

    def places(self, data: bytes, kind: Kind) -> Places:
        """Return where matches of all rules, or of those that are no hints, can begin."""
        raise NotImplementedError

    def scan(self, data: bytes, parts: Parts | None = None) -> Mapping[str, Spans]:
        """Return the spans of matches in order, by the name of the rule; rules without a match are left out.

        With `parts` of the text, of hints no more than is needed to tell in which of these any rule that is asked for matches.
        """
        spans: dict[str, list[Span]] = {}
        left = _Left(parts or ())
        at, size = 0, self.first if left else _MOST
        while at < len(data):
            found = self._piece(data, at, at + size, "all" if left or parts is None else "others")
            hints = self._others(data, found, spans, left, self.hints if left else ())
            if left and not at:
                self._rows(data, left, spans)
            if left and hints:
                self._try(data, hints, left, spans)
            at, size = at + size, min(_MOST, 2 * size)
        if parts is None:
            self._rows(data, None, spans)
        return spans

    def _piece(self, data: bytes, at: int, end: int, kind: Kind) -> Found:
        """Return where in a text matches can begin that begin in a piece of it."""
        if at == 0 and end >= len(data):
            return list(self.places(data, kind))
        some = self.places(data[at : end + self._reach], kind)
        return [(rule, [at + place for place in found if place < end - at]) for rule, found in some]

    def _others(self, data: bytes, found: Found, spans: dict[str, list[Span]], left: _Left, hints: Collection[str]) -> list[Try]:
        """Add the matches of rules that are no hints, tell the parts that these ask for; return where hints are to be tried.

        Most anchors stand where their rule does not match, so that is told first, and places are put in order for few.
        """
        tries: list[Try] = []
        matched: dict[str, set[int]] = {}
        for rule, some in found:
            match = self._expressions[rule.name].match
            if rule.name in hints:
                tries.append((some, rule.name, match))
            elif any(map(match, repeat(data), some)):
                matched[rule.name] = set()
        if matched:
            for rule, some in found:
                if rule.name in matched:
                    matched[rule.name].update(some)
            for name, places in matched.items():
                kept = spans.setdefault(name, [])
                known = len(kept)
                self._all(name, data, sorted(places), kept)
                if name in self._asked and left:
                    left.told(kept[known:])
        return tries

    def _try(self, data: bytes, hints: list[Try], left: _Left, spans: dict[str, list[Span]]) -> None:
        """Try hints where a part is left, first those that stand in few places."""
        hints.sort(key=_many)
        whole = left.whole(len(data))
        for places, name, match in hints:
            for part, some in ((whole, places),) if whole else left.among(sorted(places)):
                found = next(filter(None, map(match, repeat(data), some)), None)
                if found:
                    spans.setdefault(name, []).append(found.span())
                    left.remove(part)
                    if not left:
                        return

    def _rows(self, data: bytes, left: _Left | None, spans: dict[str, list[Span]]) -> None:
        """Add the matches in runs; all of them when `left` is None, else of hints no more than one for each part."""
        for rule, several in self._runs.of(data):
            pattern = self._expressions[rule.name]
            for span in (match.span() for begin, end in several for match in pattern.finditer(data, begin, end)):
                part = left.holding(span[0]) if left is not None else None
                if left is None or part or rule.name not in self.hints:
                    spans.setdefault(rule.name, []).append(span)
                if left is not None and part:
                    left.remove(part)
                    if not left:
                        break

    def _all(self, name: str, data: bytes, places: Sequence[int], kept: list[Span]) -> None:
        """Add what matches at places that come in order: of overlapping matches the first."""
        match = self._expressions[name].match
        rest = iter(places[bisect_left(places, _end(kept[-1])) :] if kept else places)
        for each in filter(None, map(match, repeat(data), rest)):  # without Python's own steps from place to place
            found: re.Match[bytes] | None = each
            while found:
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

    def whole(self, size: int) -> tuple[int, int] | None:
        """Return the part that is all of a text of that size, as that of most texts is."""
        return self._parts[0] if self._parts == [(0, size)] else None

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


def _many(found: Try) -> int:
    return len(found[0])


class Numbered(dict[int, list[int]]):
    """Where something stands, by its number."""

    def __missing__(self, number: int) -> list[int]:
        """Return a list to which the first place is added."""
        made = self[number] = []
        return made
