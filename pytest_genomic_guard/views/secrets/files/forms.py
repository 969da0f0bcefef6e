"""How a file of logins is told and read: a line that only such files have, and how far around it the pairs reach that belong to it.

All readers are bounded and go over no byte of an area twice, so that a hostile text costs no more than its length.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.secrets.files import worth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Literal

    from pytest_genomic_guard.model import Rule
    from pytest_genomic_guard.views.text import Text

    # match: group `v` of the rule itself; section: of INI; object: of JSON, around; block: lines of YAML;
    # inside: of an object that the match opens; document: of YAML, up to ---; line: attributes of a tag
    Reach = Literal["match", "section", "object", "inside", "block", "document", "line"]
    Test = Literal["given", "strong", "chance", "any"]
    Pair = tuple[bytes, int, int]  # key, and where its value stands

BEFORE, AFTER = 2 << 10, 16 << 10  # bytes around an anchor that are read
_NEAR = 1 << 10
_HEADER = regex(rb"^(?:\xef\xbb\xbf)?[ \t]*+\[[^\]\n]{1,200}+\][ \t]*+\r?$", re.MULTILINE)
_LINE = regex(
    rb"^(?:\xef\xbb\xbf)?[ \t]*+(?:-[ \t]++)?(?:export[ \t]++|"
    rb"set[ \t]++)?[\"']?([A-Za-z_.:@$][\w.:@/ -]{0,63}?)[\"']?[ \t]*+(?:=>?|:)[ \t]*+([^\n]{1,4096}+)",
    re.MULTILINE,
)
_MEMBER = regex(
    rb"(\\{0,3}+[\"'])([A-Za-z_.@/:$][\w.@/:$ -]{0,80}+)\1\s{0,16}+(?::|"
    rb"=>)\s{0,32}+[uU]?(\\{0,3}+[\"'])((?:(?!\3)[^\n]){1,4096}+)\3"
)
_EMPTY = regex(rb"\n[ \t\r]*+\n")
_ATTRIBUTE = regex(rb"\s([A-Za-z_]\w{0,40}+)=\"([^\"<>\n]{1,1000}+)\"")
_BRACES = regex(rb"[{}]")


class Seen(Record):
    """A login, and where its value stands."""

    form: str
    start: int
    end: int
    key: str = ""


class Form(Record):
    """One kind of file."""

    rule: Rule
    what: str  # what it is, in the words of the message
    opens: str  # what to do about it beyond taking it out
    reach: Reach = "match"
    keys: bytes = b""  # of the pairs whose values are secrets; lower case
    near: bytes = b""  # must stand in the area too
    never: bytes = b""  # must not
    test: Test = "given"


class Book:
    """Kinds of files, with their expressions compiled when first needed."""

    def __init__(self, forms: Iterable[Form]) -> None:
        """Take the forms."""
        self.forms = {form.rule.name: form for form in forms}
        self.rules = tuple(form.rule for form in self.forms.values())
        self._compiled: dict[bytes, re.Pattern[bytes]] = {}

    def found(self, view: Text) -> Iterator[Seen]:
        """Yield the logins of a text, each value once."""
        known: set[int] = set()
        for form in self.forms.values():
            for seen in self._of(view, form):
                if seen.start not in known:
                    known.add(seen.start)
                    yield seen

    def _of(self, view: Text, form: Form) -> Iterator[Seen]:
        until = 0
        for start, end in view.matches(form.rule):
            segment = view.segment(start)
            stop = view.end(segment)
            if start < until or end > stop or segment.context == "markup":
                continue
            begin = max(segment.start, until, start - BEFORE)
            area, until = self._area(view.data, form, (start, end), (begin, min(stop, start + AFTER)))
            if not self._fits(view.data, form, area):
                continue
            for key, first, last in self._pairs(view.data, form, (start, end), area):
                if TESTS[form.test](view.data[first:last]) and not worth.named(view.data[first:last], key):
                    yield Seen(form=form.rule.name, start=first, end=last, key=worded(key))

    def _area(self, data: bytes, form: Form, span: tuple[int, int], room: tuple[int, int]) -> tuple[tuple[int, int], int]:
        """Return what is read around a match, and up to where nothing is read again."""
        if form.reach == "match":
            return (max(room[0], span[0] - _NEAR), min(room[1], span[1] + _NEAR)), span[1]
        area = AREAS[form.reach](data, span, room)
        return area, max(area[1], span[1])

    def _fits(self, data: bytes, form: Form, area: tuple[int, int]) -> bool:
        if form.near and not self.compiled(form.near).search(data, *area):
            return False
        return not (form.never and self.compiled(form.never).search(data, *area))

    def _pairs(self, data: bytes, form: Form, span: tuple[int, int], area: tuple[int, int]) -> Iterator[Pair]:
        if form.reach == "match":
            found = self.compiled(form.rule.pattern).match(data, span[0])
            if found:
                span = next((found.span(name) for name in ("v", "w") if found.groupdict().get(name)), found.span())
                yield b"", *stripped(data, *span)
            return
        wanted = self.compiled(form.keys)
        pairs = attributes(data, *area) if form.reach == "line" else (*members(data, *area), *lines(data, *area))
        for key, first, last in pairs:
            if wanted.fullmatch(key.strip().lower()):
                yield key, first, last

    def compiled(self, pattern: bytes) -> re.Pattern[bytes]:
        """Return an expression."""
        if pattern not in self._compiled:
            self._compiled[pattern] = re.compile(pattern, re.MULTILINE)
        return self._compiled[pattern]


def stripped(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Return where a value stands without blanks, quotes and what follows it on its line."""
    while start < end and data[start] in b" \t\r\n":
        start += 1
    quote = data[start : start + 1]
    if quote in {b'"', b"'"}:
        close = data.find(quote, start + 1, end)
        return (start + 1, close) if close >= 0 else (start + 1, end)
    for mark in (b" #", b"\t#", b" ;"):
        cut = data.find(mark, start, end)
        end = cut if cut >= 0 else end
    while end > start and data[end - 1] in b" \t\r\n,;\"'":
        end -= 1
    return start, end


def lines(data: bytes, start: int, end: int) -> Iterator[Pair]:
    """Yield the pairs of an area of INI, YAML, properties or shell."""
    for found in _LINE.finditer(data, start, end):
        first, last = stripped(data, *found.span(2))
        if first < last and data[first] not in b"{[|>&":
            yield found[1], first, last


def members(data: bytes, start: int, end: int) -> Iterator[Pair]:
    """Yield the pairs of an area of JSON, or of a program's dictionary, whose values are strings."""
    for found in _MEMBER.finditer(data, start, end):
        yield found[2], *found.span(4)


def attributes(data: bytes, start: int, end: int) -> Iterator[Pair]:
    """Yield the attributes of a tag."""
    for found in _ATTRIBUTE.finditer(data, start, end):
        yield found[1], *found.span(2)


def section(data: bytes, span: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    """Return the section of INI that holds a span."""
    begin = room[0]
    for found in _HEADER.finditer(data, room[0], min(span[1], room[1])):
        begin = found.start()
    after = _HEADER.search(data, span[1], room[1])
    return begin, after.start() if after else room[1]


def braced(data: bytes, span: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    """Return the innermost object around a span; without braces, what is near."""
    opened = []
    for found in _BRACES.finditer(data, room[0], span[0]):
        if found[0] == b"{":
            opened.append(found.start())
        elif opened:
            opened.pop()
    if not opened:
        return room
    return opened[-1], braced_end(data, span[0], room[1])


def inside(data: bytes, span: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    """Return the object that a match opens with its last brace."""
    return span[1], braced_end(data, span[1], room[1])


def braced_end(data: bytes, start: int, end: int) -> int:
    """Return where an object ends that is open at `start`."""
    depth = 1
    for found in _BRACES.finditer(data, start, end):
        depth += 1 if found[0] == b"{" else -1
        if not depth:
            return found.end()
    return end


def tag(data: bytes, span: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    """Return the tag that holds a span."""
    begin = data.rfind(b"<", room[0], span[0] + 1)
    after = data.find(b">", span[0], room[1])
    return (begin if begin >= 0 else room[0]), after if after >= 0 else room[1]


def block(data: bytes, span: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    """Return the lines around a span up to empty ones."""
    begin = room[0]
    for found in _EMPTY.finditer(data, room[0], span[0]):
        begin = found.end()
    after = _EMPTY.search(data, span[1], room[1])
    return begin, after.start() if after else room[1]


def document(data: bytes, span: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    """Return the document of YAML around a span."""
    begin = data.rfind(b"\n---", room[0], span[0])
    after = data.find(b"\n---", span[1], room[1])
    return (begin + 1 if begin >= 0 else room[0]), after if after >= 0 else room[1]


def worded(key: bytes) -> str:
    """Return a key as a finding can name it, or nothing."""
    return key.decode() if re.fullmatch(rb"[A-Za-z_][A-Za-z0-9_.-]{0,47}", key) else ""


AREAS: dict[str, Callable[[bytes, tuple[int, int], tuple[int, int]], tuple[int, int]]] = {
    "section": section,
    "object": braced,
    "inside": inside,
    "line": tag,
    "block": block,
    "document": document,
}
TESTS: dict[str, Callable[[bytes], bool]] = {
    "given": worth.given,
    "strong": worth.strong,
    "chance": worth.chance,
    "any": worth.kept,
}
