"""Names of people in two columns: whether all of them together are nobody's."""

from __future__ import annotations

from pytest_genomic_guard.identifiers import general

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.health.columns import Column, Sheet

_PARTS = ("given", "family")


def told(sheet: Sheet, columns: Sequence[Column]) -> list[Column]:
    """Return the columns of a table, those of names as invented where given and family name of each row are nobody's together."""
    at = [next((number for number, each in enumerate(sheet.named) if each.identity == part), None) for part in _PARTS]
    if at[0] is None or at[1] is None:
        return list(columns)
    given, family = sheet.cells(at[0]), sheet.cells(at[1])
    if not given or len(given) != len(family) or not general.nobodies(map(" ".join, zip(given, family, strict=True))):
        return list(columns)
    return [
        each.replace(key="name", real=False, invented=True) if each.named.identity in _PARTS and (each.key or each.many) else each
        for each in columns
    ]
