"""Structured cards by what stands in them: each is given to whoever reads its form."""

from __future__ import annotations

from pytest_genomic_guard.model import Location
from pytest_genomic_guard.views.cards import chai, croissant, cyclonedx, forms, kipoi, mct, monai, trees

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.cards.nouns import Card
    from pytest_genomic_guard.views.cards.trees import Read

_MARKS = {
    b".json": (cyclonedx.CARD, chai.OWN, croissant.OWN, monai.OWN, mct.OWN),
    b".xml": (chai.OWN, cyclonedx.CARD),
    b".yaml": (kipoi.OWN, mct.OWN),
}


def cards(data: bytes, path: bytes, *, asked: bool = False) -> Iterator[Card]:
    """Yield the cards of a file; `asked`: a person says that it is one. Raises `CardError` where one cannot be read."""
    end = _end(path)
    at = Location(path=path, line=1)
    if not any(mark.search(data) for mark in _MARKS[end]):
        yield from _tabled(data, at, end, asked=asked)
        return
    if end == b".yaml":
        found = (
            kipoi.form(kipoi.read(data)) if kipoi.is_one(data) else mct.form(trees.yaml_of(data)) if mct.OWN.search(data) else None
        )
        yield from [forms.judged(found, at)] if found else ()
        return
    yield from (forms.judged(each, at) for each in _forms(_tree(data, end)))


def _tabled(data: bytes, at: Location, end: bytes, *, asked: bool) -> Iterator[Card]:
    """Yield the card that a table is by its name and its keys."""
    from pytest_genomic_guard.views.cards import marked, tabled  # noqa: PLC0415 - for few files

    if end == b".xml" or not (asked or (marked.by_name(at.path) and tabled.is_one(data))):
        return
    name = at.path.rpartition(b"/")[2].lower()
    read = trees.yaml_of(data) if end == b".yaml" else trees.json_of(data)
    found = tabled.card(read, at, kind="dataset" if name.startswith(b"data") else "model")
    yield from [found] if found else ()


def _end(path: bytes) -> bytes:
    low = path.lower()
    return b".xml" if low.endswith(b".xml") else b".yaml" if low.endswith((b".yaml", b".yml")) else b".json"


def _tree(data: bytes, end: bytes) -> Read:
    if end == b".xml":
        from pytest_genomic_guard.views.cards import elements  # noqa: PLC0415 - for few files

        return elements.read(data)
    return trees.json_of(data)


def _forms(read: Read) -> Iterator[forms.Form]:
    """Yield what a tree holds, by the first form that it has."""
    top = trees.table(read.tree)
    if "bomFormat" in top or "bom" in top:
        yield from cyclonedx.forms_of(read)
        return
    for reader in (chai.form, monai.form, mct.form, croissant.form):
        found = reader(read)
        if found:
            yield found
            return
