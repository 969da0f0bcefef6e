"""A field a line: records in blocks such as those of YAML, TOML, properties, vCards, terminals and listings of one row.

What stands before a sign is the field, and what is behind it its value; a record ends at a blank line, at a line that parts
records, and before a field that it has already.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health.listing.listings import LONGEST, MOST, Entry, Listing, uncommented

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.health.listing.listings import Pairs

_FEWEST = 3  # fields of a record
_KEY = r"[^\W\d_](?:[\w./()#'-]|[ ](?=[\w/(#])){0,60}+"
_SIGNED = regex(
    rf"(\s*+(?:[-*•+][ \t]++)?)[\"'*_`$@]{{0,3}}+({_KEY})[\"'*_`]{{0,3}}+"
    r"[ \t]{0,30}(?:<[a-z]{2,5}>|=>|:=|[:=|│])[*_]{0,3}+(?:\s++(.*)|(.*))"
)
_WIDE = regex(rf"(\s*+)({_KEY})(?:[ ]{{2,}}|\t+)(\S.*)")
_ITEM = regex(r"(\s*+)- ++([^\s].*)")
_CUT = regex(r"\s*+(?:-\[ RECORD|\*{3,}|-{3,}|={3,}|BEGIN:|END:|Row \d|─{3,}|#{2,}|_{3,})")
_SECTION = regex(r"\s*+\[[^\]\n]{1,80}\]\s*+\Z")
_LIST = regex(r"\$+`?([\w.]{1,60})`?\s*+\Z")
_SHOWN = regex(r"\[1\]\s++(.*)")
_TYPED = regex(r"\s*+[$] ?([\w.]{1,60}+)\s*+(?::|<([a-z]{2,8})(?:\[[^\]]{0,12}\])?>)\s*+(.*)")
_QUOTED = regex(r"\"([^\"\n]{0,400})\"|'([^'\n]{0,400})'")
_WORDS = regex(r"[^\s,]{1,200}")
# Properties of a vCard (RFC 6350, 6) by what they are
_CARD = {"fn": "name", "bday": "dob", "tel": "phone", "email": "email", "adr": "address", "note": "note"}
_PARAMETERS = regex(r"(?m)^(FN|N|BDAY|TEL|EMAIL|ADR|NOTE|ORG|UID)(?:;[^:\n]{0,200})?:", re.IGNORECASE)


def read(lines: Sequence[str]) -> Iterator[Entry | Listing]:
    """Yield the records of lines."""
    lines = uncommented(lines)
    text = "\n".join(lines)
    cards, printed = "BEGIN:VCARD" in text.upper(), "$" in text  # else no line needs to be asked
    if printed:
        yield from _typed(lines)
    reader = _Reader()
    card = False
    for number, line in enumerate(_listed(lines) if printed else lines):
        start = line.strip().upper()[:11] if cards else ""
        if start == "BEGIN:VCARD":
            card = True
        if card:
            match = _PARAMETERS.match(line)
            line = f"{_CARD.get(match[1].lower(), match[1])}: {line[match.end() :].strip(';, ')}" if match else line  # noqa: PLW2901
            card = start != "END:VCARD"
        yield from reader.take(number, line)
    yield from reader.done()


class _Reader:
    """Takes lines one by one, and gives a record where it ends."""

    def __init__(self) -> None:
        self._pairs: Pairs = []
        self._keys: set[str] = set()  # of these
        self._line = 0
        self._blank = False
        self._above: list[tuple[int, str]] = []  # keys that stand above deeper lines, with their indentation

    def take(self, number: int, line: str) -> Iterator[Entry]:
        """Take a line."""
        if not line.strip():
            self._blank = True
            return
        if _SECTION.match(line):
            self._blank = False
            return
        if _CUT.match(line) or (self._blank and not (self._above and line[:1] == " ")):
            yield from self.done()
        self._blank = False
        field = _SIGNED.match(line)
        if field:
            yield from self._field(number, field)
        elif (item := _ITEM.match(line)) and self._above and self._pairs and self._pairs[-1][1] == "":
            self._pairs[-1] = (self._pairs[-1][0], item[2][:LONGEST])
        elif wide := _WIDE.match(line):
            yield from self._put(number, wide[2], wide[3])
        elif len(line) > 200:
            yield from self.done()

    def _field(self, number: int, field: re.Match[str]) -> Iterator[Entry]:
        indent, key = len(field[1]), field[2]
        value = (field[3] or field[4] or "").strip().strip(",;").strip("\"'|│ ")
        while self._above and self._above[-1][0] >= indent:
            self._above.pop()
        if "-" in field[1] and self._pairs and value != "":
            yield from self._begun(key, number)
        name = f"{self._above[-1][1]}.{key}" if self._above and len(self._above) > 1 else key
        yield from self._put(number, name, value)
        if not value:
            self._above.append((indent, key))

    def _begun(self, key: str, number: int) -> Iterator[Entry]:
        """Begin another record at an item of a list that has the first field of this one."""
        if self._pairs[0][0] == key:
            yield from self.done()
            self._line = number

    def _put(self, number: int, key: str, value: str) -> Iterator[Entry]:
        if key in self._keys:
            yield from self.done()
        if not self._pairs:
            self._line = number
        if len(self._pairs) < MOST:
            self._pairs.append((key, value[:LONGEST]))
            self._keys.add(key)

    def done(self) -> Iterator[Entry]:
        """Give the record that there is."""
        filled = tuple((key, value) for key, value in self._pairs if value)
        if len(filled) >= _FEWEST:
            yield Entry(line=self._line, pairs=filled)
        self._pairs = []
        self._keys.clear()


def _listed(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines; those of a list that R prints as fields."""
    at = 0
    while at < len(lines):
        name = _LIST.match(lines[at])
        shown = _SHOWN.match(lines[at + 1]) if name and at + 1 < len(lines) else None
        if name and shown:
            blank = at + 2 < len(lines) and not lines[at + 2].strip()
            yield f"{name[1]}: {shown[1]}"
            yield from ("\0",) * (1 + blank)  # as many lines as there are
            at += 2 + blank
            continue
        yield lines[at]
        at += 1


def _typed(lines: Sequence[str]) -> Iterator[Listing]:
    """Yield what R and others show of the columns of a table: name, type, and the first values of each."""
    names: list[str] = []
    columns: list[list[str]] = []
    first = 0
    for number, line in enumerate([*lines, ""]):
        match = _TYPED.match(line)
        if match:
            first = first if names else number
            names.append(match[1])
            columns.append(_values(match[3]))
        elif names:
            if len(names) >= _FEWEST:
                rows = max(map(len, columns))
                cells = (tuple(column[at] if at < len(column) else "" for column in columns) for at in range(rows))
                yield Listing(names=tuple(names), rows=tuple((first, row) for row in cells))
            names, columns = [], []


def _values(text: str) -> list[str]:
    quoted = [one or two for one, two in _QUOTED.findall(text)]
    return quoted or [each for each in _WORDS.findall(text) if each not in {"...", "…", "num", "int", "chr", "logi", "[1:"}]
