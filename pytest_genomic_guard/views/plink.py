"""PLINK 1 binary filesets: ``.bed`` by its magic bytes, ``.fam`` and ``.bim`` by the grammar of their rows.

Source: the PLINK 1.9 file format reference (bed, bim, fam). UCSC BED shares an extension with the genotype matrix and is text.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Fact, View
from pytest_genomic_guard.views.bounds import NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.streams import Peek

MAGIC = b"\x6c\x1b"
_PIECE = 1 << 20
_COLUMNS = 6
_BLANK = rb"[ \t]+"
_END = rb"[ \t\r]*"
_NUMBER = rb"(?:-?[\d.]+(?:[eE][+-]?\d+)?|NA|nan)"
_ALLELE = rb"(?:[ACGTNDIacgtndi]+|[Bb]|[0-4]|\*|\.|<[\w:*]+>)"
_FAM = regex(
    _BLANK.join([rb"[ \t]*\S+", rb"\S+", rb"\S+", rb"\S+", rb"[0-2]", _NUMBER])
    + rb"(?P<more>(?:"
    + _BLANK
    + _NUMBER
    + rb"){0,200})"
    + _END
)
_OTHER = regex(rb"[ \t]*(?:chr)?(?:2[7-9]|[3-9]\d)[ \t]")  # 23 to 26 are X, Y, their common part and mitochondria
_BIM = regex(_BLANK.join([rb"[ \t]*[\w.]+", rb"\S+", _NUMBER, rb"(?P<at>-?\d{1,10})", _ALLELE, _ALLELE]) + _END)


class BedFact(Fact):
    """A PLINK genotype matrix: its size in bytes after the three magic bytes, and which way it runs."""

    size: int
    variant_major: bool


class FamFact(Fact):
    """A PLINK sample table: one row for each person."""

    people: int


class BimFact(Fact):
    """A PLINK variant table: one row for each variant, and whether chromosomes are among them that people do not have."""

    variants: int
    other: bool = False


class PlinkBed(View):
    """A PLINK 1 genotype matrix."""

    size: int
    variant_major: bool

    def facts(self) -> Iterator[Fact]:
        """Yield what a relation needs to compare it with its tables."""
        yield BedFact(size=self.size, variant_major=self.variant_major)


def bed(stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> PlinkBed | None:
    """Return the matrix when `stream` begins with PLINK's magic bytes. The rest is counted, not kept. Raises `Unreadable`."""
    head = stream.peek(3)[:3]
    if not head.startswith(MAGIC) or head[2:] not in {b"\0", b"\1"}:
        return None
    size = -len(head)
    while part := stream.read(_PIECE):
        size += len(part)
    return PlinkBed(artifact=artifact, trail=trail, size=size, variant_major=head[2:] == b"\1")


class Table(View):
    """A whole text of six-column rows that is a ``.fam`` or a ``.bim``.

    `names` are those of families, people and parents in a ``.fam``, kept only to mask paths that repeat them.
    """

    fact: Fact
    names: tuple[bytes, ...] = ()

    def facts(self) -> Iterator[Fact]:
        """Yield the number of its rows."""
        yield self.fact

    def identifiers(self) -> Iterator[bytes]:
        """Yield the names."""
        return iter(self.names)


def begins(data: bytes) -> bool:
    """Tell whether the first line of a text can be a row; most texts end here, before they are cut into lines."""
    first = data.lstrip()
    end = first.find(b"\n")
    line = first[:end]
    return end < 0 or (len(line.split(None, _COLUMNS - 1)) == _COLUMNS and any(row.fullmatch(line) for row in (_FAM, _BIM)))


class Rows:
    """Watch the windows of a text and tell at the end whether every row was one of a ``.fam`` or a ``.bim``."""

    def __init__(self) -> None:
        """Begin with both possible."""
        self._possible: dict[type[Fact], re.Pattern[bytes]] = {FamFact: _FAM, BimFact: _BIM}
        self._rows = 0
        self._other = False
        self._placed = 0  # rows whose fourth column is a position, were it a .bim
        self._wide = False  # more columns than six, as GEMMA reads further traits
        self._names: list[bytes] = []
        self._rest = b""

    def feed(self, data: bytes) -> None:
        """Take the next bytes; costs nothing once neither format is possible any more."""
        if not self._possible:
            return
        if not self._rows and not begins(self._rest + data[:_PIECE]):
            self._possible = {}
            return
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        self._take(lines)
        if len(self._rest) > _PIECE:
            self._possible = {}  # no row of six columns is that long

    def _take(self, lines: list[bytes]) -> None:
        for line in lines:
            if not line.strip():
                continue
            self._rows += 1
            fam = _FAM.fullmatch(line)
            self._wide = self._wide or bool(fam and fam["more"])
            bim = _BIM.fullmatch(line)
            self._other = self._other or bool(bim and _OTHER.match(line))
            self._placed += bool(bim and int(bim["at"]) > 0)
            self._possible = {fact: row for fact, row in self._possible.items() if (bim if row is _BIM else fam)}
            if not self._possible:
                return
            if FamFact in self._possible and len(self._names) < NAMES:
                self._names += line.split(None, 4)[:4]

    def view(self, artifact: Artifact, trail: tuple[str, ...]) -> Table | None:
        """Return the table, or None when the text was neither.

        Numbers alone fit both: then its name is asked, and after that whether the fourth column holds positions or absent mothers.
        """
        if self._possible:
            self._take([self._rest])
        if not self._rows or not self._possible or (self._wide and b".fam" not in artifact.path):
            return None
        kind = next(iter(self._possible))
        if len(self._possible) > 1:
            named = FamFact if b".fam" in artifact.path else BimFact if b".bim" in artifact.path else None
            kind = named or (BimFact if self._placed * 2 > self._rows else FamFact)
        fact: Fact = BimFact(variants=self._rows, other=self._other) if kind is BimFact else FamFact(people=self._rows)
        return Table(artifact=artifact, trail=trail, fact=fact, names=tuple(self._names) if kind is FamFact else ())
