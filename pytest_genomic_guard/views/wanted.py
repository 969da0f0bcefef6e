"""Which texts are asked for tables.

Reading a table out of a text costs a hundred times what the rules over its bytes cost. So a text is asked only when a check that
sees tables is selected, and where such a check names text rules, only when one of them matched there.
"""

from __future__ import annotations

from bisect import bisect_left

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.model import Covered, Gap, View
    from pytest_genomic_guard.views.split import Split
    from pytest_genomic_guard.views.text import Segment, Text

_FORMS = "analyser pharmacy slot trial telephone archetype question cohort structure cells correction"
CODED = frozenset(f"coded-{form}" for form in _FORMS.split())
# Rules of `health.listhints` and `health.codedhints`, of which every match is read
LISTED = frozenset({"listed-field", "listed-practice", "listed-number"}) | CODED
_NEVER = frozenset({"markup", "binary"})  # contexts of texts that are not asked: the text of a page is another view


class Wanted:
    """What the checks of a run ask of texts: a table each, or one where a rule of theirs matched."""

    def __init__(self, rules: Sequence[str] | None = None, *, always: bool = False, parsed: frozenset[str] = frozenset()) -> None:
        """Take the names of the rules; with none, and without `always`, no text is asked. Of `parsed` each asks for its Python."""
        self._parsed = parsed
        self._rules, self._always = frozenset(rules or ()) - LISTED, always
        self._listed = not LISTED.isdisjoint(rules or ())
        self.asks = bool(rules) or always  # whether any check sees tables
        self.matched = False  # in a text that is longer than a window, since this was last set to False
        self.claimed = False  # the text that is read is known by a reader of genomic formats
        self.split: Split | None = None  # of an artifact that is large: several processes may look at its windows

    def begin(self) -> tuple[bool, bool]:
        """Begin with content that nobody has claimed; return whether that around it is, and whether a rule has matched there."""
        around, self.claimed = (self.claimed, self.matched), False
        return around

    def parts(self, text: Text) -> list[tuple[int, int]]:
        """Return the parts of a text, from where to where, of which is to be told whether they are asked for tables."""
        if not self._rules or self._always or not text.segments or (self.matched and not text.whole):
            return []
        whole = text.whole and len(text.segments) > 1
        if not whole:
            return [(0, len(text.data))] if text.segments[0].context not in _NEVER else []
        ends = [*(segment.start for segment in text.segments[1:]), len(text.data)]
        return [(each.start, end) for each, end in zip(text.segments, ends, strict=True) if each.context not in _NEVER]

    def within(self, text: Text) -> Iterator[View | Gap | Covered]:
        """Yield the tables of a text that is asked; of one that is only a window, remember whether the whole is to be asked."""
        starts = sorted(start for name in self._rules.intersection(text.hits) for start, _end in text.hits[name])
        found: list[View | Gap | Covered] = []
        if not text.whole:
            self.matched = self.matched or self._always or bool(starts)
        elif starts or self._always:
            for number, segment in enumerate(text.segments):
                end = text.segments[number + 1].start if number + 1 < len(text.segments) else len(text.data)
                asked = self._always or bisect_left(starts, end) > bisect_left(starts, segment.start)
                if asked and segment.context not in _NEVER:
                    for item in _tables(text, segment, end, claimed=self.claimed):
                        found.append(item)
                        yield item
        if self._listed and not (LISTED - CODED).isdisjoint(text.hits):
            from pytest_genomic_guard.views.health import listed  # noqa: PLC0415 - for texts that may list people only

            yield from listed.tables_in(text, found)
        if self._listed and not CODED.isdisjoint(text.hits):
            from pytest_genomic_guard.views.health import coded  # noqa: PLC0415 - as above

            yield from coded.tables_in(text, found)
        if not self._parsed.isdisjoint(text.hits):
            from pytest_genomic_guard.views.code import python  # noqa: PLC0415 - for texts of programs only

            yield from python.within(text, self._parsed)


def _tables(text: Text, segment: Segment, end: int, *, claimed: bool) -> Iterator[View | Gap | Covered]:
    from pytest_genomic_guard.views import tables, tabular  # noqa: PLC0415 - for texts that are asked only
    from pytest_genomic_guard.views.health import declared  # noqa: PLC0415 - as above

    part = text.data[segment.start : end]
    lead = declared.head(text, segment)
    for table in tables.from_text(part, text.artifact, segment.trail, b""):
        yield from tabular.told(table.replace(around=part, claimed=claimed or table.claimed, lead=lead))
