"""Whether words are ids that somebody gave out to people, whatever tells that a place for ids is where they stand."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import idlists, lists, shapes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_UKB = regex(rb"[1-6]\d{6}")


def given(values: Sequence[bytes]) -> bool:
    """Tell whether words are ids of a cohort, of UK Biobank, or of one irregular pattern; other numbers are none."""
    names = tuple(dict.fromkeys(values))
    if len(names) < idlists.FEWEST:
        return False
    numbers = [int(name) for name in names if _UKB.fullmatch(name)]
    if len(numbers) * 20 > len(names) * 19:
        return idlists.numbers(numbers, "strong", alone=False) == "error"
    return lists.is_cohort(names) or (not shapes.things(names) and lists.quoted(names, direct=True) is not None)
