"""The beginnings of all matches in one pass of Hyperscan, and ``re`` at each place that it tells."""

from __future__ import annotations

import hyperscan

from pytest_genomic_guard.matching.confirm import Confirm, in_order
from pytest_genomic_guard.matching.heads import heads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pytest_genomic_guard.model import Rule


class VectorscanMatcher(Confirm):
    """Two compiled databases: over all rules, and over those that are no hints."""

    def __init__(
        self, rules: Sequence[Rule], database: bytes | None = None, hints: Collection[str] = (), asked: Collection[str] = ()
    ) -> None:
        """Take the rules, which of them are hints and, when there is one, what `dump` gave for the same rules.

        Raises ValueError when two rules share a name, and `hyperscan.HyperscanError` for foreign or damaged data.
        """
        super().__init__(rules, hints, asked)
        self._told: list[tuple[Rule, int]] = []  # beginnings of one length of one rule have one number
        expressions: list[tuple[bytes, int]] = []
        for rule in rules:
            for expression, length in heads(rule) if rule.face != "run" else ():
                if not self._told or self._told[-1] != (rule, length):
                    self._told.append((rule, length))
                expressions.append((expression.encode(), len(self._told) - 1))
        others = [each for each in expressions if self._told[each[1]][0].name not in self.hints]
        first = int.from_bytes((database or b"")[:_SIZE], "little")
        given = (database[_SIZE : _SIZE + first], database[_SIZE + first :]) if database else (None, None)
        whole = _ready(given[0], expressions)
        self._databases = {True: whole, False: _ready(given[1], others) if self.hints else whole}

    def dump(self) -> bytes:
        """Return the databases as bytes, which hold for this kind of processor and version of Hyperscan only."""
        first, second = (bytes(hyperscan.dumpb(self._databases[hints])) for hints in (True, False))
        return len(first).to_bytes(_SIZE, "little") + first + second

    def places(self, data: bytes, *, hints: bool) -> Iterator[tuple[Rule, list[int]]]:
        """Return where beginnings of matches stand, by rule."""
        ends = _Ends()
        self._databases[hints].scan(data, match_event_handler=lambda number, _start, end, *_rest: ends[number].append(end))
        places: dict[str, tuple[Rule, list[list[int]]]] = {}
        for number, some in ends.items():
            rule, length = self._told[number]
            places.setdefault(rule.name, (rule, []))[1].append([end - length for end in some])
        for rule, sources in places.values():
            yield rule, in_order(sources)


_SIZE = 8  # bytes that tell how long the first database is


class _Ends(dict[int, list[int]]):
    """Where beginnings end, in order, by their number; one can come twice."""

    def __missing__(self, number: int) -> list[int]:
        made = self[number] = []
        return made


def _ready(given: bytes | None, expressions: Sequence[tuple[bytes, int]]) -> hyperscan.Database:
    """Return a database that can scan: the one that is given, or one that is made. Raises `hyperscan.HyperscanError`."""
    database = _compiled(expressions) if given is None else hyperscan.loadb(given, hyperscan.HS_MODE_BLOCK)
    database.scratch = hyperscan.Scratch(database)
    return database


def _compiled(expressions: Sequence[tuple[bytes, int]]) -> hyperscan.Database:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    given = expressions or [(rb"\A\x00\z", 0)]  # it compiles no empty database
    flags = [hyperscan.HS_FLAG_MULTILINE] * len(given)
    database.compile(expressions=[each for each, _number in given], ids=[number for _each, number in given], flags=flags)
    return database
