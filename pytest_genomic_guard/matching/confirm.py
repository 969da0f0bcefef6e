"""What all matchers share: Python's ``re`` has the last word on every match, whatever found the place.

Of most rules every match is needed. Of a hint (`views.genomic.hints`) only whether it matches in a part of a text, so it is not
tried again in a part that has a match of any hint; and once none is left to be told, hints are looked for no more.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import repeat

from pytest_genomic_guard.matching.runs import Runs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Literal

    from pytest_genomic_guard.model import Rule

    Spans = Sequence[tuple[int, int]]
    Parts = Sequence[tuple[int, int]]
    Kind = Literal["all", "hints", "others"]
    Places = Iterable[tuple[Rule, Sequence[int]]]  # by rule, and in order

_MOST = 1 << 20  # bytes that are looked at together
KINDS: tuple[Kind, ...] = ("others", "hints")
_FIRST = 32 << 10  # for hints, and doubled up to _MOST: in a dense text a hint matches early, or never


class Confirm:
    """A matcher's frame; `places` is its own. Expressions are compiled when first needed."""

    together = 0  # bytes at the beginning of a text of which all rules are looked for in one pass

    def __init__(self, rules: Sequence[Rule], hints: Collection[str] = (), asked: Collection[str] = ()) -> None:
        """Take the rules, and names of hints and of all that tell what these do. Raises ValueError for a repeated name."""
        self._compiled: dict[str, re.Pattern[bytes]] = {}
        if len({rule.name for rule in rules}) != len(rules):
            raise ValueError("two rules share a name")
        self.hints = frozenset(hints)
        self.sets: dict[Kind, Sequence[Rule]] = {
            "all": rules,
            "hints": [rule for rule in rules if rule.name in self.hints],
            "others": [rule for rule in rules if rule.name not in self.hints],
        }
        self._asked = frozenset(asked) - self.hints
        self._runs = Runs(rules)
        self._reach = max((max(map(len, rule.anchors)) for rule in rules if rule.anchors), default=0)

    def places(self, data: bytes, kind: Kind) -> Places:
        """Return where matches of rules that are hints, of the others, or of all can begin."""
        raise NotImplementedError

    def scan(self, data: bytes, parts: Parts | None = None) -> Mapping[str, Spans]:
        """Return the spans of matches in order, by the name of the rule; rules without a match are left out.

        With `parts` of the text, of hints no more than is needed to tell in which of these any rule that is asked for matches.
        """
        spans: dict[str, list[tuple[int, int]]] = {}
        first = min(len(data), self.together) if parts else 0
        hints = self._first(data, first, spans) if first else []
        kinds: tuple[Kind, ...] = KINDS[:1] if parts is not None else ("all",) if self.together else KINDS
        for at in range(first, len(data), _MOST):
            for kind in kinds:
                for rule, places in self._piece(data, at, at + _MOST, kind):
                    self._all(rule, data, places, spans)
        if parts is None:
            self._rows(data, None, spans)
        elif parts:
            left = _Left(parts)
            for name in self._asked.intersection(spans):
                left.told(spans[name])
            if left:
                self._rows(data, left, spans)
                self._try(data, hints, left, spans)
                self._hints(data, first, left, spans)
        return spans

    def _first(self, data: bytes, end: int, spans: dict[str, list[tuple[int, int]]]) -> list[tuple[Rule, Sequence[int]]]:
        """Add the matches of all but hints in the beginning of a text; return where hints are to be tried there."""
        hints: list[tuple[Rule, Sequence[int]]] = []
        for rule, places in self._piece(data, 0, end, "all"):
            if rule.name in self.hints:
                hints.append((rule, places))
            else:
                self._all(rule, data, places, spans)
        return hints

    def _piece(self, data: bytes, at: int, end: int, kind: Kind) -> Places:
        """Return where in a text matches can begin that begin in a piece of it."""
        if at == 0 and end >= len(data):
            return self.places(data, kind)
        some = self.places(data[at : end + self._reach], kind)
        return [(rule, [at + place for place in found[: bisect_left(found, end - at)]]) for rule, found in some]

    def _hints(self, data: bytes, at: int, left: _Left, spans: dict[str, list[tuple[int, int]]]) -> None:
        """Try hints where a part is left, in a text from where they were not looked for yet."""
        size = at or _FIRST
        while left and at < len(data):
            self._try(data, self._piece(data, at, at + size, "hints"), left, spans)
            at, size = at + size, min(_MOST, 2 * size)

    def _try(self, data: bytes, hints: Places, left: _Left, spans: dict[str, list[tuple[int, int]]]) -> None:
        """Try hints where a part is left, first those that stand in few places."""
        whole = left.whole(len(data))
        for rule, places in sorted(hints, key=_many):
            if not left:
                return
            match = self._pattern(rule).match
            for part, some in ((whole, places),) if whole else left.among(places):
                found = next(filter(None, map(match, repeat(data), some)), None)
                if found:
                    spans.setdefault(rule.name, []).append(found.span())
                    left.remove(part)

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


def _many(found: tuple[Rule, Sequence[int]]) -> int:
    return len(found[1])


class Found(dict[int, list[int]]):
    """Where something stands, by its number."""

    def __missing__(self, number: int) -> list[int]:
        """Return a list to which the first place is added."""
        made = self[number] = []
        return made


def in_order(found: Iterable[tuple[Rule, list[int]]], *, once: bool = False) -> Iterator[tuple[Rule, Sequence[int]]]:
    """Yield places by rule, which may come from several anchors: in order, each once; what comes together is so if `once`."""
    places: dict[str, tuple[Rule, list[int], bool]] = {}
    for rule, some in found:
        held = places.get(rule.name)
        places[rule.name] = (rule, [*held[1], *some], False) if held else (rule, some, once)
    for rule, some, single in places.values():
        yield rule, some if len(some) == 1 else sorted(some if single else {*some})
