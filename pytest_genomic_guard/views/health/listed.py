"""People in forms that are no tables to any reader: printed records, fields by line, drawn and typeset tables, markup, cards.

A window is read around what the rules of `listhints` find. What the forms give (`listing`) is handed as a table of its own to the
recognisers of tables, so that the same decides as there. Work is linear in the text; programs are not read, as what they hold is
read as literals.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, chain

from pytest_genomic_guard import identifiers
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health import notes, setting, tables, words
from pytest_genomic_guard.views.health.listhints import LISTED
from pytest_genomic_guard.views.health.listing import drawn, fields, listings, marks, pairs, practice, prints
from pytest_genomic_guard.views.health.listing.listings import Entry, Listing
from pytest_genomic_guard.views.health.providers import MOST, decided
from pytest_genomic_guard.views.tables import latex
from pytest_genomic_guard.views.tables.table import DataTable, Page, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_genomic_guard.views.health.tables import Health
    from pytest_genomic_guard.views.text import Segment, Text

_BEFORE, _BEHIND = 2 << 10, 16 << 10  # bytes around a match that are read
_LONGEST = 64 << 10  # bytes of a window
_HEAD = 2048  # bytes in which a text declares what it is
_WIDEST, _SPOKEN = 400, 2  # fields; those that speak of people
_MANY = 3  # records that say the same of a name and nothing else
_WORDS = frozenset({"name", "relative", "city", "address", "employer"})  # kinds whose values can be any words
_MANY_TOLD = "many"  # beside what tables are
_NEAR = 12  # lines that a record may have behind the one where it begins
_TAG = regex(r"</?[A-Za-z_][\w:.-]{0,80}+(?:\s[^<>]{0,4000}+)?/?>")
_JSON = regex(rb"\s{0,80}(?:\[\s{0,80}){0,2}\{\s{0,80}\"[^\"\n]{0,200}\"\s{0,8}:")  # which has a reader of its own
_OTHERS = (b"MSH|", b"PID|", b"resourceType", b"urn:hl7-org:v3", b"hl7.org/fhir", b"<ClinicalDocument", b"<CurrentName")


def tables_in(text: Text, known: Sequence[object]) -> Iterator[DataTable]:
    """Yield what a text lists that says something of people's health; of a segment, nothing that its tables `known` say as well."""
    told: dict[tuple[str, ...], set[str]] = {}
    people = 0
    around: tuple[object, bytes] = (None, b"")
    for segment, start, end in _windows(text):
        if around[0] is not segment:
            around = (segment, text.data[segment.start : text.end(segment)])
        if segment.trail not in told:
            told[segment.trail] = set(_told(known, segment.trail))
        if _MANY_TOLD in told[segment.trail]:
            continue
        for table in _read(text, segment, (start, end), around[1]):
            health = tables.of(table)
            if health is None or health.what in told[segment.trail] or not enough(health):
                continue
            noted = _noted(text, table, health)
            if noted >= MOST:
                return
            if not noted:
                yield table
                people += health.rows if health.what == "identified" else 0
        if people >= MOST:
            return


def _told(known: Sequence[object], trail: tuple[str, ...]) -> Iterator[str]:
    """Yield what the tables of a segment are, and whether they tell of so many people that no listing adds to it."""
    for each in known:
        found = tables.of(each) if isinstance(each, DataTable) and each.trail == trail else None
        if found:
            yield found.what
            if found.what == "identified" and found.rows >= MOST:
                yield _MANY_TOLD


def enough(health: Health) -> bool:
    """Tell whether more is told than words that a program may show for its fields, and of more than weight, or of a patient."""
    if health.what not in {"identified", "synthetic"}:
        return True
    kinds, said = health.evidence.real | health.evidence.invented, health.evidence.health
    if said <= {"vital signs"} or (said <= {"patient"} and not any(identifiers.kind(key).strength == "strong" for key in kinds)):
        return False
    return not kinds <= _WORDS or (health.rows >= _MANY and "name" in kinds)


def _noted(text: Text, table: DataTable, health: Health) -> int:
    """Return how many people are told as free text, where these are among them, or behind so many that no more are read."""
    if health.what != "identified" or setting.of(text.artifact, table.trail) != "data":
        return 0
    those = [each.at for each in notes.found(text) if each.setting == "data" and decided(each) == "identified"]
    first, last = (table.source.line(row) or 0 for row in (0, table.source.count() - 1))
    same = any(at.trail == table.trail and first - 1 <= (at.line or 0) <= last + _NEAR for at in those)
    return len(those) if same or len(those) >= MOST else 0


def _windows(view: Text) -> Iterator[tuple[Segment, int, int]]:
    """Yield parts of segments around matches, from line to line, none twice; programs have none."""
    hits = sorted(start for rule in LISTED for start, _end in view.matches(rule))
    done = 0
    programs: dict[int, bool] = {}
    for hit in hits:
        if hit < done:
            continue
        block = hit // setting.AROUND
        if block not in programs:
            programs[block] = setting.programmed(view.data, hit)
        if programs[block]:
            continue
        segment = view.segment(hit)
        last = view.end(segment)
        if segment.context in {"markup", "binary"} or setting.of(view.artifact, segment.trail, segment.context) == "code":
            done = last
            continue
        start = max(segment.start, done, view.data.rfind(b"\n", segment.start, max(segment.start, hit - _BEFORE)) + 1)
        end = _end(hits, hit, min(last, start + _LONGEST))
        feed = view.data.find(b"\n", end - 1, min(last, end + _BEFORE))
        done = feed + 1 if feed >= 0 else end
        yield segment, start, done


def _end(hits: Sequence[int], hit: int, last: int) -> int:
    """Return how far to read from a match: to well behind the last one before which there is no gap."""
    end = min(last, hit + _BEHIND)
    at = bisect_right(hits, hit)
    while at < len(hits) and hits[at] < end < last:
        end = min(last, hits[at] + _BEHIND)
        at = bisect_right(hits, end - _BEHIND)
    return end


def _read(view: Text, segment: Segment, span: tuple[int, int], around: bytes) -> Iterator[DataTable]:
    """Yield what the lines between two offsets list, where names of fields speak of people, or there are none."""
    start, end = span
    raw = view.data[start:end]
    if any(other in raw for other in _OTHERS) or _JSON.match(view.data, segment.start):
        return
    text = listings.cleaned(_decoded(raw)).replace("\r\n", "\n")
    page = Page(raw, view.artifact, segment.trail)
    above = view.locate(start).line or 1
    begins = list(accumulate(map(len, raw.splitlines(keepends=True)), initial=start))
    for listing in chain(_typeset(page), _listings(text, text.split("\n"), raw)):
        at = begins[min(listing.rows[0][0], len(begins) - 1)]
        if view.begin <= at < view.owned and _speaks(listing):
            yield page.table("literal", listing.names[:_WIDEST], _Rows(listing, above)).replace(
                claimed=True, around=around, lead=around[:_HEAD]
            )


def _speaks(listing: Listing) -> bool:
    """Tell whether two of the names say something: most listings are of something else, and need no further look."""
    if not any(listing.names):
        return True
    found = (words.named(name) for name in listing.names[:_WIDEST])
    return sum(1 for each in found if each.identity or each.context or each.person) >= _SPOKEN


class _Rows(Source):
    """The records of a listing, each with its line in the file."""

    def __init__(self, listing: Listing, above: int) -> None:
        super().__init__(lambda: ((above + line, row[:_WIDEST]) for line, row in listing.rows))


def _typeset(page: Page) -> Iterator[Listing]:
    """Yield the tables of LaTeX, which a reader of tables reads."""
    if b"\\begin{" in page.data and b"&" in page.data:
        for table in latex.find(page):
            rows = ((table.source.line(number) or 1, row) for number, row in enumerate(table.rows()))
            yield Listing(names=table.header, rows=tuple((line - 1, row) for line, row in rows))


def _listings(text: str, lines: Sequence[str], raw: bytes) -> Iterator[Listing]:
    """Yield what each form gives, where a sign of it is there."""
    if "3101" in text:
        yield from listings.together(practice.read(_decoded(raw, "cp437").splitlines()))
    if any(sign in text for sign in "{([<") or "=" in text:
        yield from _merged(pairs.read(_TAG.sub(_blank, text) if "/>" in text or "</" in text else text))
    if "</" in text or "/>" in text:
        yield from listings.together(marks.read(text))
    yield from _merged(fields.read(lines))
    yield from drawn.read(lines)
    yield from prints.read(lines)


def _blank(tag: re.Match[str]) -> str:
    """Return the lines of a tag without what it says: attributes are no fields, as programs keep data of tests in them."""
    return "\n" * tag[0].count("\n") + " "


def _merged(found: Iterable[Entry | Listing]) -> Iterator[Listing]:
    """Yield records as listings, and listings as they are."""
    entries: list[Entry] = []
    for each in found:
        if isinstance(each, Entry):
            entries.append(each)
        else:
            yield each
    yield from listings.together(entries)


def _decoded(raw: bytes, other: str = "cp1252") -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(raw) - 3 or error.start < 3:
            return raw.decode("utf-8", "replace")  # cut within a character
    return raw.decode(other, "replace")
