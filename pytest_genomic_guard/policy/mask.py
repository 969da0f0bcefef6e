"""Paths as they may be shown: what repeats a sample id seen in the same snapshot is masked."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MASK = "[masked]"
_ATOMS = re.compile(rb"[^/._\-\s]+")
_LONGEST = 64  # words of one id
_BETWEEN = b"/._- \t\n\r\v\f"
# 1000 Genomes, HapMap, Genome in a Bottle and HGDP publish these ids; naming them helps and harms nobody.
_PUBLIC = re.compile(rb"(?:NA|GM|HG|HGDP)\d{5}|HG00[1-7]", re.IGNORECASE)
_DATE_OR_NUMBER = re.compile(rb"[\d./_-]+")
_SHORTEST = 4
_WORDS = frozenset(
    b"sample samples patient patients subject subjects proband mother father child tumor tumour normal control case cohort data"
    b" test reference genome exome variants calls default unknown chrom format filter info string".split()
)


def mask(identifiers: Iterable[bytes]) -> Callable[[bytes], str]:
    """Return a function that shows a path as text, with words that are one of `identifiers` masked.

    Dates, plain numbers, public ids, everyday words and ids of fewer than four characters stay: they tell nothing of a person.
    """
    known = {each.strip(_BETWEEN).lower() for each in identifiers if _secret(each.strip(_BETWEEN))}
    longest = min(_LONGEST, max((len(_ATOMS.findall(each)) for each in known), default=0))

    def show(path: bytes) -> str:
        return (_masked(path, known, longest) if known else path).decode("utf-8", "backslashreplace")

    return show


def _secret(identifier: bytes) -> bool:
    return (
        len(identifier) >= _SHORTEST
        and not _DATE_OR_NUMBER.fullmatch(identifier)
        and not _PUBLIC.fullmatch(identifier)
        and identifier.lower() not in _WORDS
    )


def _masked(path: bytes, known: set[bytes], longest: int) -> bytes:
    lowered = path.lower()
    atoms = [found.span() for found in _ATOMS.finditer(path)]
    out: list[bytes] = []
    at = first = 0
    while first < len(atoms):
        for last in range(min(len(atoms), first + longest) - 1, first - 1, -1):
            start, end = atoms[first][0], atoms[last][1]
            if lowered[start:end] in known:
                out += (path[at:start], MASK.encode())
                at, first = end, last
                break
        first += 1
    return b"".join((*out, path[at:]))
