"""The beginnings of all matches in one pass of Hyperscan, and ``re`` at each place that it tells."""

from __future__ import annotations

from array import array

import hyperscan

from pytest_genomic_guard.matching.confirm import Confirm
from pytest_genomic_guard.matching.heads import heads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_genomic_guard.matching.confirm import Spans
    from pytest_genomic_guard.model import Rule


class VectorscanMatcher:
    """A compiled database over the rules."""

    def __init__(self, rules: Sequence[Rule], database: bytes | None = None) -> None:
        """Take the rules and, when there is one, the database that `dump` gave for the same rules.

        Raises ValueError when two rules share a name, and `hyperscan.HyperscanError` for a foreign or damaged database.
        """
        self._confirm = Confirm(rules)
        self._told: list[tuple[Rule, int]] = []  # beginnings of one length of one rule have one number
        expressions: list[tuple[bytes, int]] = []
        for rule in rules:
            for expression, length in heads(rule):
                if not self._told or self._told[-1] != (rule, length):
                    self._told.append((rule, length))
                expressions.append((expression.encode(), len(self._told) - 1))
        self._database = hyperscan.loadb(database, hyperscan.HS_MODE_BLOCK) if database else _compiled(expressions)
        self._scratch = hyperscan.Scratch(self._database)
        self._database.scratch = self._scratch

    def dump(self) -> bytes:
        """Return the database as bytes, which hold for this kind of processor and version of Hyperscan only."""
        return bytes(hyperscan.dumpb(self._database))

    def scan(self, data: bytes) -> Mapping[str, Spans]:
        """Return the spans of matches in order, by the name of the rule."""
        ends = _Ends()
        self._database.scan(data, match_event_handler=lambda number, _start, end, *_rest: ends[number].append(end))
        places: dict[str, tuple[Rule, list[tuple[int, array[int]]]]] = {}
        for number in sorted(ends):
            rule, length = self._told[number]
            places.setdefault(rule.name, (rule, []))[1].append((length, ends[number]))
        found = {name: self._confirm.behind(rule, data, behind) for name, (rule, behind) in places.items()}
        return {name: spans for name, spans in found.items() if spans}


class _Ends(dict[int, "array[int]"]):
    """Where beginnings end, in order, by their number: a dense text has millions, and each takes four bytes."""

    def __missing__(self, number: int) -> array[int]:
        made = self[number] = array("I")
        return made


def _compiled(expressions: Sequence[tuple[bytes, int]]) -> hyperscan.Database:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    given = expressions or [(rb"\A\x00\z", 0)]  # it compiles no empty database
    flags = [hyperscan.HS_FLAG_MULTILINE] * len(given)
    database.compile(expressions=[each for each, _number in given], ids=[number for _each, number in given], flags=flags)
    return database
