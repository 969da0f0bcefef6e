"""Which sets of variants with values are the genotypes of people, and which say something of the variants."""

from __future__ import annotations

from itertools import pairwise

from pytest_genomic_guard.views.genomic import genopeople
from pytest_genomic_guard.views.genomic.genoacross import _dosages as dosages
from pytest_genomic_guard.views.genomic.genocells import CALL, LETTERS, called, mixed, style
from pytest_genomic_guard.views.genomic.genodown import _ANNOTATION as ANNOTATION
from pytest_genomic_guard.views.genomic.genodown import _PERSONAL as PERSONAL
from pytest_genomic_guard.views.genomic.grid import MISSING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_CELLS = 1 << 18  # genotypes that are kept
_LOOKED = 1 << 14  # of them that are looked at together
_MANY = 20  # sets that can have any names
_CARRIERS = 10  # sets from which 0 and 1 alone are carriers
_PEOPLE = 5  # sets that differ at all variants, as people do at few
_TWICE = 0.9  # of the entries of a set that must be of different variants


class _Set:
    """What one person, or anything else, has: a value for each of some variants."""

    __slots__ = ("called", "named", "pairs")

    def __init__(self) -> None:
        self.named = self.called = False
        self.pairs: list[tuple[str, str]] = []


class Sets:
    """All of a document, by whose they are."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: dict[str, _Set] = {}
        self.left = _CELLS

    def put(self, who: str, site: str, cell: str, *, named: bool, called: bool) -> None:
        """Take one value."""
        self.add(who, [(site, cell)], named=named, called=called)

    def add(self, who: str, pairs: Sequence[tuple[str, str]], number: int = 0, *, named: bool, called: bool) -> None:
        """Take variants with their values; `named` as people are, `called` as genotypes are; `number` where there are more."""
        found = self._found.setdefault(who, _Set())
        found.named, found.called = found.named or named, found.called or called
        found.pairs += pairs[: max(0, self.left)]
        self.left -= number or len(pairs)

    def judged(self) -> list[tuple[str, str, str]]:
        """Return rows of person, variant and genotype; none when they are of nobody."""
        styles: dict[str, list[str]] = {}
        for who, each in self._found.items():
            cells = [cell for _site, cell in each.pairs[:_LOOKED] if cell not in MISSING]
            if cells and len({site for site, _cell in each.pairs}) >= _TWICE * len(each.pairs):
                kind = style(cells)
                styles.setdefault("dosages" if kind == "counts" else kind, []).append(who)
        for kind in ("calls", "letters", "words", "dosages"):
            people = [who for who in styles.get(kind, ()) if not _is_nobody(who)]
            if people and not genopeople.nobody(people) and self._are_people(kind, people):
                return self._rows(people)
        return []

    def _are_people(self, kind: str, people: Sequence[str]) -> bool:
        sets = [self._found[who] for who in people]
        cells = [cell for each in sets for _site, cell in each.pairs if cell not in MISSING][:_LOOKED]
        if kind == "calls":
            return sum(map(called, cells)) * 4 >= len(cells) and not _is_book(sets)
        if kind == "letters":
            return mixed(cells) and not _is_book(sets)
        personal = sum(1 for who, each in zip(people, sets, strict=True) if each.named or PERSONAL.fullmatch(who)) * 2 >= len(sets)
        told = personal or all(each.called for each in sets)
        if kind == "words":
            return told or len(sets) > 1
        if style(cells) != "counts":
            return told and dosages(cells)
        first = {each[:1] for each in cells}
        if {"0", "1", "2"} <= first:
            return (told or len(sets) >= _MANY) and not _sorted(cells)
        sure = all(each.called and each.named for each in sets) or len(sets) >= _CARRIERS
        return personal and sure and {"0", "1"} <= first

    def _rows(self, people: Sequence[str]) -> list[tuple[str, str, str]]:
        """Return rows; who has no name of a person gets a number, as any other word could be one of a path."""
        rows = []
        for number, who in enumerate(people, 1):
            each = self._found[who]
            name = who if each.named or PERSONAL.fullmatch(who) else f"person {number}"
            rows += [(name, site, cell) for site, cell in each.pairs if cell not in MISSING]
        return rows


def _is_nobody(who: str) -> bool:
    """Tell whether a name is that of a genotype, or of what is said about a variant."""
    return LETTERS.fullmatch(who) is not None or CALL.fullmatch(who) is not None or genopeople.plain(who) in ANNOTATION


def _is_book(sets: Sequence[_Set]) -> bool:
    """Tell whether two or three sets are all genotypes of each variant, with what is said of them, and no people's."""
    if not 1 < len(sets) < _PEOPLE:
        return False
    rows: dict[str, list[str]] = {}
    for each in sets:
        for site, cell in each.pairs:
            rows.setdefault(site, []).append(cell)
    different = sum(1 for cells in rows.values() if len(set(cells)) == len(cells) > 1)
    return different >= _TWICE * len(rows)


def _sorted(cells: Sequence[str]) -> bool:
    """Tell whether numbers only ever rise, as those of blocks and clusters in order do."""
    return all(one <= two for one, two in pairwise(cells))
