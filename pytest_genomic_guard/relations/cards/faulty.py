"""What is wrong with the form of a card or of a file of results, each with its place."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_genomic_guard.model import Location
    from pytest_genomic_guard.views.cards.nouns import Fault


def told(at: Location, faults: Iterable[Fault], code: str) -> Iterator[tuple[Location, str]]:
    """Yield the faults of one code, each with its line, in words that follow "it"."""
    for each in sorted(faults, key=lambda fault: fault.line):
        if each.code == code:
            yield at.replace(line=each.line or at.line), f"it {each.what}"
