"""All expressions in one pass of Hyperscan, and ``re`` for the rules that it names."""

from __future__ import annotations

import hyperscan

from pytest_genomic_guard.matching.confirm import Confirm
from pytest_genomic_guard.matching.expression import literal, loosened
from pytest_genomic_guard.matching.faces import Faces

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_genomic_guard.matching.confirm import Spans
    from pytest_genomic_guard.model import Rule

_FLAGS = hyperscan.HS_FLAG_SINGLEMATCH | hyperscan.HS_FLAG_MULTILINE


class VectorscanMatcher:
    """A compiled database over the rules."""

    def __init__(self, rules: Sequence[Rule], database: bytes | None = None) -> None:
        """Take the rules and, when there is one, the database that `dump` gave for the same rules.

        Raises ValueError when two rules share a name, and `hyperscan.HyperscanError` for a foreign or damaged database.
        """
        self._rules, self._confirm = rules, Confirm(rules)
        self._database = hyperscan.loadb(database, hyperscan.HS_MODE_BLOCK) if database else _compiled(rules)
        self._scratch = hyperscan.Scratch(self._database)
        self._database.scratch = self._scratch

    def dump(self) -> bytes:
        """Return the database as bytes, which hold for this kind of processor and version of Hyperscan only."""
        return bytes(hyperscan.dumpb(self._database))

    def scan(self, data: bytes) -> Mapping[str, Spans]:
        """Return the spans of matches in order, by the name of the rule."""
        named: list[int] = []
        self._database.scan(data, match_event_handler=lambda number, *_rest: named.append(number))
        faces = Faces(data)
        found = {self._rules[number].name: self._confirm.everywhere(self._rules[number], faces) for number in sorted(set(named))}
        return {name: spans for name, spans in found.items() if spans}


def _compiled(rules: Sequence[Rule]) -> hyperscan.Database:
    """Compile all rules; where Hyperscan refuses some, those are found by their anchors."""
    loose = [loosened(rule.pattern) or _anchors(rule) for rule in rules]
    try:
        return _database(loose)
    except hyperscan.HyperscanError:
        return _database([each if _accepted(each) else _anchors(rule) for each, rule in zip(loose, rules, strict=True)])


def _accepted(expression: str) -> bool:
    try:
        _database([expression])
    except hyperscan.HyperscanError:
        return False
    return True


def _database(expressions: Sequence[str]) -> hyperscan.Database:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    encoded = [each.encode() for each in expressions]
    database.compile(expressions=encoded, ids=list(range(len(encoded))), flags=[_FLAGS] * len(encoded))
    return database


def _anchors(rule: Rule) -> str:
    return "|".join(literal(anchor, rule.face) for anchor in rule.anchors)
