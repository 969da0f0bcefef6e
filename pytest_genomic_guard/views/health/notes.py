"""People in free text: notes, letters, reports, logs, chats, comments. A window is read around what the rules of `notehints` find.

No model and no list of names: who is meant is told by labels (`notelabels`), by how names are written (`identifiers.people`) and
by what stands beside them. Health context is told by words and numbers (`notecontext`). Work is linear in the text: a byte is in
few windows, and each word of one is looked up once.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.identifiers.moments import parse_date
from pytest_genomic_guard.views.health import dicomhints, noteforeign, notejudge, notelabels, notelayouts
from pytest_genomic_guard.views.health.notehints import AGED, RULES, SSN
from pytest_genomic_guard.views.health.noteitems import Item, items, readable
from pytest_genomic_guard.views.health.notemorehints import WEAK
from pytest_genomic_guard.views.health.providers import Last, Seen, enough

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.model import View
    from pytest_genomic_guard.views.health.noteitems import Namer
    from pytest_genomic_guard.views.text import Segment, Text

_BEFORE, _BEHIND = 500, 1500  # bytes around a match that are read
_LONGEST = 24 << 10  # bytes of a window; matches farther on begin the next
_PEOPLE = 500  # of one view that are told apart: what is said of more is the same
_ROWS, _CELLS = 8, 3  # lines, and signs that part cells in each
_BESIDE = frozenset({"address", "event", "provider", "kin", "fax"})  # labels that tell nobody alone
_WEAK = 64  # windows of one view around weak signs alone
_OTHERS = (
    b"MSH|",
    b"PID|",
    b"resourceType",
    b"resource_type",
    b"<ClinicalDocument",
    b"urn:hl7-org:v3",
    b"hl7.org/fhir",
    b"<patientRole",
    b"<CurrentName",
)


class Window(Record):
    """A part of one segment of a text."""

    start: int
    end: int
    segment: Segment


def _seen(view: View) -> Iterator[Seen]:
    yield from read(view)  # type: ignore[arg-type]


found = Last(lambda view: enough(_seen(view)))


def read(view: Text, namer: Namer | None = None) -> Iterator[Seen]:
    """Yield the people of a text. `namer` gives further names of people in a window, as spans of characters."""
    number = 0
    for window in windows(view):
        raw = view.data[window.start : window.end]
        if any(other in raw for other in _OTHERS) or dicomhints.header(raw):
            continue
        for person in _people(raw, namer):
            at = window.start + person.at
            if view.begin <= at < view.owned:
                seen = notejudge.judged(person, view, window.segment, at)
                if seen:
                    yield seen
                    number += 1
        if number >= _PEOPLE:
            return


def windows(view: Text) -> Iterator[Window]:
    """Yield the windows of a text in order, none twice and none across segments."""
    hits = sorted((start, rule is SSN or rule is AGED or rule.name in WEAK) for rule in RULES for start, _end in view.matches(rule))
    weak = 0
    at = 0
    while at < len(hits):
        segment = view.segment(hits[at][0])
        last = view.end(segment)
        start = max(segment.start, hits[at][0] - _BEFORE)
        end = min(last, hits[at][0] + _BEHIND)
        only_weak = hits[at][1]
        while at + 1 < len(hits) and hits[at + 1][0] < min(end, last) and hits[at + 1][0] - start < _LONGEST:
            at += 1
            only_weak = only_weak and hits[at][1]
            end = min(last, hits[at][0] + _BEHIND)
        at += 1
        weak += only_weak
        if segment.context != "markup" and not (only_weak and weak > _WEAK):
            yield Window(start=start, end=end, segment=segment)


def _people(raw: bytes, namer: Namer | None) -> Iterator[notejudge.Person]:
    written = _decoded(raw)
    text = notelayouts.joined(noteforeign.signs(readable(written)))
    plain = notelabels.folded(text)
    these = notelabels.Words(plain)
    labels = notelabels.labels(plain, these)
    if not namer and _rows(raw, sum(label.key not in _BESIDE for label in labels)):
        return
    groups = grouped(items(text, labels, namer))
    begun = at = 0  # characters up to which bytes are counted, and these
    for number, group in enumerate(groups):
        first, last = group[0].at, group[-1].at
        start = min(first, max(groups[number - 1][-1].at + 40 if number else 0, first - _BEFORE))
        end = min(groups[number + 1][0].at if number + 1 < len(groups) else len(text), last + _BEHIND)
        at += len(written[begun:first].encode("utf-8", "surrogateescape"))
        begun = first
        words = these.between(start, end)
        yield notejudge.Person(items=tuple(group), at=min(at, len(raw)), text=text[start:end], words=words)


def _rows(raw: bytes, labels: int) -> bool:
    """Tell whether all lines are rows of as many cells: without labels, what they say of people is for readers of tables.

    The name of the table into which statements of SQL put them is no label.
    """
    lines = raw.split(b"\n")[1:-1]
    if len(lines) < _ROWS or (labels > len(lines) + _ROWS) or (labels and not lines[0][:12].upper().startswith(b"INSERT INTO ")):
        return False
    for sign in (b",", b"\t", b";", b"|"):
        cells = lines[0].count(sign)
        if cells >= _CELLS and all(line.count(sign) == cells for line in lines):
            return True
    return False


def _decoded(raw: bytes) -> str:
    """Return a window as text: what is no UTF-8 is of an encoding with a byte for each character."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "surrogateescape")
    return text.translate({0xDC00 + byte: bytes([byte]).decode("latin-1") for byte in range(0x80, 0x100)})


_TELLS = frozenset({"birth", "ssn", "mrn", "nhs", "mbi", "chi", "health-plan"})
_FAR = 900  # characters without anything of a person, after which another may begin


def grouped(some: Sequence[Item]) -> list[list[Item]]:
    """Return the items by person: another begins with another day of birth or number, or after a long way."""
    groups: list[list[Item]] = []
    current: list[Item] = []
    for item in some:
        if current and item.at - current[-1].at > _FAR:
            groups.append(current)
            current = []
        same = [at for at, each in enumerate(current) if each.key == item.key] if item.key in _TELLS else []
        if same and _plain(current[same[-1]]) != _plain(item):
            cut = _cut(current, same[-1])
            groups.append(current[:cut])
            current = current[cut:]
        current.append(item)
    return [*groups, current] if current else groups


def _cut(current: Sequence[Item], told: int) -> int:
    """Return from where on items belong to the next person: the first after what told that came before already."""
    known = {each.key for each in current[: told + 1]}
    known |= {"patient", "name"} if known & {"patient", "name"} else set()
    for at in range(told + 1, len(current)):
        if current[at].key in known:
            return at
    return len(current)


def _plain(item: Item) -> str:
    if item.key == "birth":
        return str(parse_date(item.value))
    return "".join(each for each in item.value if each.isalnum()).upper()
