"""Two columns that are family and person though they differ: by the form of both, and what the file's name says.

PLINK reads such lists with `--keep`, `--remove` and their kin, and writes them beside matrices. Lists of edges, places, genes with
their numbers, files with their labels have two columns, too.
"""

from __future__ import annotations

import itertools
import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import givenids, idlists
from pytest_genomic_guard.views.genomic.personwords import alike

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_FEWEST = 5  # people
_FAMILY = regex(r"(?i:f|fm|fam|family|fid|ped|pedigree|hh|kindred|trio|quad)[_-]?\d{1,10}")
_CHROMOSOME = regex(r"(?:chr)?(?:[1-9]|1\d|2[0-6]|[XYM]|MT)", re.IGNORECASE)
_WORD = regex(r"(?=\D{0,24}\d)[A-Za-z0-9][\w.:@+-]{0,40}")
_LEAST = 4  # digits of a number that is an id


def family_first(rows: Sequence[Sequence[str]], path: bytes) -> bool:
    """Tell whether each row is a family, and a person of it, under another id."""
    families, ids = [row[0] for row in rows], [row[1] for row in rows]
    if len(rows) < _FEWEST or len(set(ids)) * 10 < len(ids) * 9 or not all(map(_WORD.fullmatch, families)):
        return False
    said = idlists.path_words(path)
    if said == "against" or not alike(families) or not _people(ids):
        return False
    if all(map(_FAMILY.fullmatch, families)):
        return _together(families)
    return said != "none" and not _placed(families, ids) and (_together(families) or len(set(families)) == len(families))


def _people(ids: Sequence[str]) -> bool:
    """Tell whether words are ids that somebody gave out: of one form, and not counted through."""
    if not all(each.isdecimal() for each in ids):
        return givenids.given([each.encode() for each in ids])
    values = sorted({int(each) for each in ids if len(each) <= 18})
    return all(_LEAST <= len(each) <= 12 for each in ids) and not idlists.regular(values, known=True)


def _together(families: Sequence[str]) -> bool:
    """Tell whether the people of a family follow each other, and are few."""
    runs = [len(list(same)) for _family, same in itertools.groupby(families)]
    return len(runs) * 10 < len(set(families)) * 13 and max(runs) * 2 <= max(len(families), 6)


def _placed(families: Sequence[str], ids: Sequence[str]) -> bool:
    """Tell whether rows can be places: a chromosome, and numbers that grow along it."""
    if not all(map(_CHROMOSOME.fullmatch, families)) or not all(each.isdecimal() and len(each) <= 18 for each in ids):
        return False
    along = [(int(at), int(to)) for (one, at), (two, to) in itertools.pairwise(zip(families, ids, strict=True)) if one == two]
    return len(set(families)) < 3 or sum(1 for at, to in along if at < to) * 10 >= len(along) * 8
