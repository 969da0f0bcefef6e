"""The beginnings of all matches in one pass of Hyperscan, and ``re`` at each place that it tells."""

from __future__ import annotations

import zlib

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
        self._rules = rules
        self._told: list[tuple[Rule, int]] = []  # beginnings of one length of one rule have one number
        if database:
            table, first, second = _parts(database)
            self._told = [(rules[number], length) for number, length in table]
            whole = _ready(first)
            self._databases = {True: whole, False: _ready(second) if self.hints else whole}
        else:
            self._compile()

    def _compile(self) -> None:
        expressions: list[tuple[bytes, int]] = []
        for rule in self._rules:
            for expression, length in heads(rule) if rule.face != "run" else ():
                if not self._told or self._told[-1] != (rule, length):
                    self._told.append((rule, length))
                expressions.append((expression.encode(), len(self._told) - 1))
        others = [each for each in expressions if self._told[each[1]][0].name not in self.hints]
        whole = _ready(_compiled(expressions))
        self._databases = {True: whole, False: _ready(_compiled(others)) if self.hints else whole}

    def dump(self) -> bytes:
        """Return what is compiled as bytes, which hold for this kind of processor and version of Hyperscan only."""
        first, second = (bytes(hyperscan.dumpb(self._databases[hints])) for hints in (True, False))
        numbers = {rule.name: number for number, rule in enumerate(self._rules)}
        table = b" ".join(b"%d %d" % (numbers[rule.name], length) for rule, length in self._told)
        sizes = (zlib.crc32(table), len(table), len(first), len(second))
        return b"".join(size.to_bytes(_SIZE, "little") for size in sizes) + table + first + second

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


_SIZE = 8  # bytes of a number


def _parts(data: bytes) -> tuple[list[tuple[int, int]], bytes, bytes]:
    """Return what `dump` put together: which rule and length each number is, both databases. Raises `hyperscan.HyperscanError`."""
    told, size, first, second = (int.from_bytes(data[at * _SIZE : (at + 1) * _SIZE], "little") for at in range(4))
    rest = data[4 * _SIZE :]
    table = rest[:size]
    if len(rest) != size + first + second or zlib.crc32(table) != told:
        raise hyperscan.HyperscanError
    numbers = [int(each) for each in table.split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True)), rest[size : size + first], rest[size + first :]


class _Ends(dict[int, list[int]]):
    """Where beginnings end, in order, by their number; one can come twice."""

    def __missing__(self, number: int) -> list[int]:
        made = self[number] = []
        return made


def _ready(given: bytes | hyperscan.Database) -> hyperscan.Database:
    """Return a database that can scan, of its bytes or itself. Raises `hyperscan.HyperscanError`."""
    database = hyperscan.loadb(given, hyperscan.HS_MODE_BLOCK) if isinstance(given, bytes) else given
    database.scratch = hyperscan.Scratch(database)
    return database


def _compiled(expressions: Sequence[tuple[bytes, int]]) -> hyperscan.Database:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    given = expressions or [(rb"\A\x00\z", 0)]  # it compiles no empty database
    flags = [hyperscan.HS_FLAG_MULTILINE] * len(given)
    database.compile(expressions=[each for each, _number in given], ids=[number for _each, number in given], flags=flags)
    return database
