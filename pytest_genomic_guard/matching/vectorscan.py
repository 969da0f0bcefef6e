"""All anchors in one pass of Hyperscan, which is told no more than their bytes, and ``re`` at each place."""

from __future__ import annotations

import threading
import zlib

import hyperscan

from pytest_genomic_guard.matching.confirm import KINDS, Confirm, Numbered
from pytest_genomic_guard.matching.faces import Faces
from pytest_genomic_guard.matching.literals import Sought

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pytest_genomic_guard.matching.confirm import Kind, Places
    from pytest_genomic_guard.model import Face, Rule

_FACES: tuple[Face, Face] = ("plain", "shape")


class VectorscanMatcher(Confirm):
    """Two databases over all rules, and two over those that are no hints: of a text as it is, and with digits alike."""

    def __init__(
        self, rules: Sequence[Rule], database: bytes | None = None, hints: Collection[str] = (), asked: Collection[str] = ()
    ) -> None:
        """Take the rules, which of them are hints and, when there is one, what `dump` gave for the same rules.

        Raises ValueError when two rules share a name, and `hyperscan.HyperscanError` for foreign or damaged data, or for an anchor
        of nothing but NUL.
        """
        super().__init__(rules, hints, asked)
        self._sought = {kind: Sought(self.sets[kind]) for kind in KINDS}
        if database:
            some = [_loaded(each) for each in _parts(database)]
        else:
            some = _all_compiled([texts for sought in self._sought.values() for texts in sought.texts])
        self._databases = dict(zip(KINDS, (some[:2], some[2:]), strict=True))

    def dump(self) -> bytes:
        """Return what is compiled as bytes, which hold for this kind of processor and version of Hyperscan only."""
        some = [bytes(hyperscan.dumpb(each)) if each else b"" for pair in self._databases.values() for each in pair]
        sizes = (*map(len, some), zlib.crc32(b"".join(some)))
        return b"".join(size.to_bytes(_SIZE, "little") for size in sizes) + b"".join(some)

    def places(self, data: bytes, kind: Kind) -> Places:
        """Yield where anchors stand, by rule."""
        ends = Numbered()

        def found(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            ends[number].append(end)

        faces = Faces(data)
        for face, database in zip(_FACES, self._databases[kind], strict=True):
            if database:
                database.scan(faces[face], match_event_handler=found)
        begins = self._sought[kind].begins
        for number, some in ends.items():
            for rule, back, anchor in begins[number]:
                starts = [end - back for end in some]
                if anchor:
                    starts = [at for at in starts if at >= 0 and Faces(data[at : at + len(anchor)])[rule.face] == anchor]
                yield rule, starts


_SIZE = 8  # bytes of a number
_PARTS = 4


def _parts(data: bytes) -> Iterator[bytes]:
    """Yield the databases that `dump` put together. Raises `hyperscan.HyperscanError`."""
    numbers = [int.from_bytes(data[at : at + _SIZE], "little") for at in range(0, _PARTS * _SIZE + _SIZE, _SIZE)]
    rest = data[len(numbers) * _SIZE :]
    if sum(numbers[:-1]) != len(rest) or zlib.crc32(rest) != numbers[-1]:
        raise hyperscan.HyperscanError
    at = 0
    for size in numbers[:-1]:
        yield rest[at : at + size]
        at += size


def _loaded(data: bytes) -> hyperscan.Database | None:
    """Return a database of its bytes; None of none. Raises `hyperscan.HyperscanError`."""
    return _ready(hyperscan.loadb(data, hyperscan.HS_MODE_BLOCK)) if data else None


def _ready(database: hyperscan.Database) -> hyperscan.Database:
    database.scratch = hyperscan.Scratch(database)
    return database


def _all_compiled(texts: Sequence[Sequence[tuple[bytes, bool, int]]]) -> list[hyperscan.Database | None]:
    """Return a database for each: the first, which takes as long as all others, beside them, as Hyperscan holds no lock."""
    first = _Beside(texts[0])
    try:
        first.start()
    except RuntimeError:  # there is no further thread
        return [_compiled(each) for each in texts]
    try:
        rest = [_compiled(each) for each in texts[1:]]
    finally:
        first.join()  # in a process that is forked meanwhile it would be lost
    if first.error:
        raise first.error
    return [first.made, *rest]


class _Beside(threading.Thread):
    """Compiles one database; what it raises is kept."""

    def __init__(self, texts: Sequence[tuple[bytes, bool, int]]) -> None:
        super().__init__()
        self._texts = texts
        self.made: hyperscan.Database | None = None
        self.error: Exception | None = None

    def run(self) -> None:
        """Compile."""
        try:
            self.made = _compiled(self._texts)
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            self.error = error


def _compiled(texts: Sequence[tuple[bytes, bool, int]]) -> hyperscan.Database | None:
    """Return a database that finds texts; none of none."""
    if not texts:
        return None
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    expressions, cases, numbers = zip(*texts, strict=True)
    flags = [hyperscan.HS_FLAG_CASELESS if either else 0 for either in cases]
    database.compile(expressions=expressions, ids=numbers, flags=flags, literal=True)
    return _ready(database)
