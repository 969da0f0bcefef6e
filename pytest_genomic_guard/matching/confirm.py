"""Python's ``re`` has the last word on every match, whatever found the place."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_genomic_guard.matching.faces import Faces
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
        pattern = self._compiled.get(rule.name)
        if pattern is None:
            pattern = self._compiled[rule.name] = re.compile(rule.pattern, re.MULTILINE)
        kept: list[tuple[int, int]] = []
        end = -1
        for place in sorted(set(places)):
            found = pattern.match(data, place) if place >= end else None
            if found:
                kept.append(found.span())
                end = max(found.end(), place + 1)
        return kept

    def everywhere(self, rule: Rule, faces: Faces) -> Spans:
        """Return the spans of a rule that is known to match somewhere: its anchors are looked for here."""
        face = faces[rule.face]
        places: list[int] = []
        for anchor in rule.anchors:
            at = face.find(anchor)
            while at >= 0:
                places.append(at)
                at = face.find(anchor, at + 1)
        return self.at(rule, faces.data, places)
