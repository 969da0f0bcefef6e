"""Which texts are asked for tables.

Reading a table out of a text costs a hundred times what the rules over its bytes cost. So a text is asked only when a check that
sees tables is selected, and where such a check names text rules, only when one of them matched there.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.model import Covered, Gap, View
    from pytest_genomic_guard.views.text import Segment, Text


class Wanted:
    """What the checks of a run ask of texts: a table each, or one where a rule of theirs matched."""

    def __init__(self, rules: Sequence[str] | None = None, *, always: bool = False) -> None:
        """Take the names of the rules; with none, and without `always`, no text is asked."""
        self._rules, self._always = frozenset(rules or ()), always
        self.asks = bool(rules) or always  # whether any check sees tables
        self.matched = False  # in a text that is longer than a window, since this was last set to False
        self.claimed = False  # the text that is read is known by a reader of genomic formats

    def begin(self) -> bool:
        """Begin with content that nobody has claimed; return whether that around it is."""
        around, self.claimed = self.claimed, False
        return around

    def within(self, text: Text) -> Iterator[View | Gap | Covered]:
        """Yield the tables of a text that is asked; of one that is only a window, remember whether the whole is to be asked."""
        starts = sorted(start for name in self._rules.intersection(text.hits) for start, _end in text.hits[name])
        if not text.whole:
            self.matched = self.matched or self._always or bool(starts)
        elif starts or self._always:
            for number, segment in enumerate(text.segments):
                end = text.segments[number + 1].start if number + 1 < len(text.segments) else len(text.data)
                asked = self._always or any(segment.start <= start < end for start in starts)
                if asked and segment.context not in {"markup", "binary"}:
                    yield from _tables(text, segment, end, claimed=self.claimed)


def _tables(text: Text, segment: Segment, end: int, *, claimed: bool) -> Iterator[View | Gap | Covered]:
    from pytest_genomic_guard.views import tables, tabular  # noqa: PLC0415 - for texts that are asked only

    for table in tables.from_text(text.data[segment.start : end], text.artifact, segment.trail, b""):
        yield from tabular.told(table.replace(claimed=True) if claimed else table)
