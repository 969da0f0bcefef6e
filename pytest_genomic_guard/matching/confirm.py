"""What all matchers share: Python's ``re`` has the last word on every match, whatever found the place.

Of most rules every match is needed. Of a hint (`views.genomic.hints`) only whether it matches in a part of a text, so it is not
tried again in a part that has a match of any hint; and once none is left to be told, hints are looked for no more.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from pytest_genomic_guard.matching.runs import Runs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from pytest_genomic_guard.model import Rule

    Spans = Sequence[tuple[int, int]]
    Parts = Sequence[tuple[int, int]]

_FIRST = 32 << 10  # bytes that are looked at together, doubled up to _MOST: in a dense text a hint matches early, or never
_MOST = 1 << 20


class Confirm:
    """A matcher's frame; `places` is its own. Expressions are compiled when first needed."""

    def __init__(self, rules: Sequence[Rule], hints: Collection[str] = (), asked: Collection[str] = ()) -> None:
        """Take the rules, and names of hints and of all that tell what these do. Raises ValueError for a repeated name."""
        self._compiled: dict[str, re.Pattern[bytes]] = {}
        if len({rule.name for rule in rules}) != len(rules):
            raise ValueError("two rules share a name")
        self.hints = frozenset(hints)
        self._asked = frozenset(asked) - self.hints
        self._runs = Runs(rules)
        self._reach = max((len(anchor) for rule in rules for anchor in rule.anchors), default=0) + 8

    def places(self, data: bytes, *, hints: bool) -> Iterable[tuple[Rule, list[int]]]:
        """Return where matches of rules can begin, in order; of hints only when these are wanted."""
        raise NotImplementedError

    def scan(self, data: bytes, parts: Parts | None = None) -> dict[str, Spans]:
        """Return the spans of matches in order, by the name of the rule; rules without a match are left out.

        With `parts` of the text, of hints no more than is needed to tell in which of these any rule that is asked for matches.
        """
        spans: dict[str, list[tuple[int, int]]] = {}
        left = _Left(parts or ())
        at, size = 0, _FIRST
        while at < len(data):
            end = min(len(data), at + size)
            piece = data if end - at == len(data) else data[max(0, at - 1) : end + self._reach]
            first = max(0, at - 1) if piece is not data else 0
            later: list[tuple[Rule, list[int]]] = []
            for rule, found in self.places(piece, hints=parts is None or bool(left)):
                begun = bisect_left(found, at - first)
                some = found[begun : bisect_left(found, end - first, begun)] if piece is not data else found
                if parts is not None and rule.name in self.hints:
                    later.append((rule, some))
                else:
                    self._all(rule, data, some, first, spans.setdefault(rule.name, []))
                    if left and rule.name in self._asked:
                        left.told(spans[rule.name])
            for rule, some in sorted(later, key=_many) if left else ():
                for place in some:
                    part = left.holding(first + place)
                    if part is not None and (match := self._pattern(rule).match(data, first + place)):
                        spans.setdefault(rule.name, []).append(match.span())
                        left.remove(part)
            if not at:
                self._rows(data, left if parts is not None else None, spans)
            at, size = end, min(_MOST, 2 * size)
        return {name: each for name, each in spans.items() if each}

    def _pattern(self, rule: Rule) -> re.Pattern[bytes]:
        pattern = self._compiled.get(rule.name)
        if pattern is None:
            pattern = self._compiled[rule.name] = re.compile(rule.pattern, re.MULTILINE)
        return pattern

    def _rows(self, data: bytes, left: _Left | None, spans: dict[str, list[tuple[int, int]]]) -> None:
        """Add the matches in runs; all of them when `left` is None."""
        if left is not None and not left:
            return
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

    def _all(self, rule: Rule, data: bytes, places: Sequence[int], first: int, kept: list[tuple[int, int]]) -> None:
        """Add what matches at places that come in order, counted from `first`: of overlapping matches the first."""
        match = self._pattern(rule).match
        at = bisect_left(places, max(kept[-1][1], kept[-1][0] + 1) - first) if kept else 0
        while at < len(places):
            place = first + places[at]
            found = match(data, place)
            at += 1
            if found:
                kept.append(found.span())
                end = max(found.end(), place + 1) - first
                if at < len(places) and places[at] < end:
                    at = bisect_left(places, end, at)


class _Left:
    """The parts in which nothing has told yet that they are asked for; they come in order and do not overlap."""

    def __init__(self, parts: Parts) -> None:
        """Take the parts."""
        self._parts = list(parts)

    def __bool__(self) -> bool:
        """Tell whether any part is left."""
        return bool(self._parts)

    def holding(self, place: int) -> tuple[int, int] | None:
        """Return the part that is left and holds a place."""
        number = bisect_right(self._parts, (place, place)) - 1 if len(self._parts) > 1 else 0
        for part in self._parts[max(0, number) : number + 2]:
            if part[0] <= place < part[1]:
                return part
        return None

    def remove(self, part: tuple[int, int]) -> None:
        """Leave a part out: it is told."""
        self._parts.remove(part)

    def told(self, spans: Spans) -> None:
        """Leave out the parts in which spans begin."""
        for start, _end in spans:
            part = self.holding(start)
            if part:
                self.remove(part)
            if not self._parts:
                return


def _many(found: tuple[Rule, list[int]]) -> int:
    return len(found[1])


def in_order(places: Iterable[Iterable[int]]) -> list[int]:
    """Return places from several sources in order, each once."""
    sources = list(places)
    return sorted({place for some in sources for place in some}) if len(sources) != 1 else list(sources[0])
