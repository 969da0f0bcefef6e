"""Python's ``re`` has the last word on every match, whatever found the place."""

from __future__ import annotations

import re
from heapq import merge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_genomic_guard.model import Rule

    Spans = Sequence[tuple[int, int]]


class Confirm:
    """Matches rules where their anchors stand; expressions are compiled when first needed."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Take the rules. Raises ValueError when two share a name."""
        self._compiled: dict[str, re.Pattern[bytes]] = {}
        if len({rule.name for rule in rules}) != len(rules):
            raise ValueError("two rules share a name")

    def at(self, rule: Rule, data: bytes, places: Iterable[int]) -> Spans:
        """Return the spans that `rule` matches at `places`, in order; of overlapping ones the first."""
        return self._kept(rule, data, sorted(set(places)))

    def _kept(self, rule: Rule, data: bytes, places: Iterable[int]) -> Spans:
        """Return what matches at places that come in order; one can come twice."""
        pattern = self._compiled.get(rule.name)
        if pattern is None:
            pattern = self._compiled[rule.name] = re.compile(rule.pattern, re.MULTILINE)
        kept: list[tuple[int, int]] = []
        end = -1
        for place in places:
            found = pattern.match(data, place) if place >= end else None
            if found:
                kept.append(found.span())
                end = max(found.end(), place + 1)
        return kept

    def behind(self, rule: Rule, data: bytes, ends: Iterable[tuple[int, Iterable[int]]]) -> Spans:
        """Return the spans that `rule` matches, in order, by the lengths of beginnings of matches and where those end, in order."""
        places = [_starts(*each) for each in ends]
        return self._kept(rule, data, places[0] if len(places) == 1 else merge(*places))


def _starts(length: int, ends: Iterable[int]) -> Iterator[int]:
    for end in ends:
        yield end - length
