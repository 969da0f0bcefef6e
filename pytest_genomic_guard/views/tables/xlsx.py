"""Workbooks of Office Open XML (ECMA-376, part 1, 18): every worksheet, listed or not, hidden or not.

The members' XML goes through expat with no document type, no entity and nothing external: a workbook has none, so one that has is
refused. Values only: formulas are not looked at, their last results are.
"""

from __future__ import annotations

import re
from itertools import islice

from pytest_genomic_guard.views.tables.markings import Parser
from pytest_genomic_guard.views.tables.packed import Packed
from pytest_genomic_guard.views.tables.table import CELLS, DataTable, Source, header_at, named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.tables.table import Numbered

    Trail = tuple[str, ...]
    Attributes = dict[str, str]

_LEAD = 2048  # bytes of titles and descriptions that may say how a table was made
_TAGS = re.compile(rb"<[^<>]{0,400}+>")
_SHEET = re.compile(r"(?:.{0,200}/)?worksheets/[^/]{1,200}\.xml", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,9})\.xml$")
_WIDEST = 1 << 14  # columns of a sheet, up to XFD: what claims more is no workbook that a program would open
_COLUMN = re.compile(r"([A-Za-z]{1,5})")
_MERGED = re.compile(rb"<(?:\w{1,20}:)?mergeCell\s[^<>]{0,200}?\bref=[\"']([A-Za-z]{1,3})(\d{1,7}):[A-Za-z]{1,3}(\d{1,7})[\"']")
_MERGES = 1 << 16  # merged cells of a sheet
_QUOTED = re.compile(r"\"[^\"]*+\"?|\\.|\[[^\]]*+\]?")
_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})  # built-in formats that show dates, 18.8.30


class _Strings(Parser):
    """Shared strings; phonetic hints are no part of them."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.found: list[str] = []
        self._parts: list[str] = []
        self._on = self._hint = False

    def start(self, name: str, _attributes: Attributes) -> None:
        self._on = name == "t" and not self._hint
        self._hint = self._hint or name == "rPh"
        if name == "si":
            self._parts = []

    def end(self, name: str) -> None:
        self._on = False
        self._hint = self._hint and name != "rPh"
        if name == "si":
            self.found.append("".join(self._parts))

    def text(self, data: str) -> None:
        if self._on:
            self._parts.append(data)


class _Styles(Parser):
    """Which cell formats show dates."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.dates: list[bool] = []
        self._own: dict[str, bool] = {}
        self._in_cells = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            code = _QUOTED.sub("", attributes.get("formatCode", "")[:1000]).lower()
            self._own[attributes.get("numFmtId", "")] = any(sign in code for sign in "ymdh")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            number = attributes.get("numFmtId", "")
            built_in = number.isdigit() and len(number) < 4 and int(number) in _DAYS
            self.dates.append(self._own.get(number, built_in))

    def end(self, name: str) -> None:
        self._in_cells = self._in_cells and name != "cellXfs"


class _Book(Parser):
    """Sheets in order by their relation, and the epoch; or relations with their targets."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.sheets: list[str] = []
        self.targets: dict[str, str] = {}
        self.early = False
        self.all()

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            self.sheets.append(next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), ""))
        elif name == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")
        elif name == "workbookPr":
            self.early = attributes.get("date1904", "0") in {"1", "true"}


class _Shared:
    """What all sheets of a workbook use."""

    def __init__(self, strings: list[str], dates: list[bool], *, early: bool) -> None:
        self.strings, self.dates, self.early = strings, dates, early

    def value(self, kind: str, style: str, text: str) -> str:
        """Return a cell as it is shown, but for the form of dates, which is ISO."""
        if kind == "s":
            return self.strings[int(text)] if text.isdigit() and len(text) < 10 and int(text) < len(self.strings) else ""
        if kind == "b":
            return "true" if text == "1" else "false"
        is_date = style.isdigit() and len(style) < 7 and int(style) < len(self.dates) and self.dates[int(style)]
        return _date(text, early=self.early) if is_date and kind in {"", "n"} else text


def _date(serial: str, *, early: bool) -> str:
    """Return a day number of a sheet as a date; the first two months of 1900 are off by one, as they are in the format."""
    from datetime import datetime, timedelta  # noqa: DTZ001, PLC0415, RUF100 - wall dates, and for such cells only

    try:
        days = float(serial)
        if days < 1:
            return serial  # a time of day
        start = datetime(1904, 1, 1) if early else datetime(1899, 12, 31 if days < 60 else 30)  # noqa: DTZ001 - sheets know no zone
        day = start + timedelta(seconds=round(days * 86400))
    except (ValueError, OverflowError):
        return serial
    return day.strftime("%Y-%m-%d") if day.time() == day.min.time() else day.strftime("%Y-%m-%d %H:%M:%S")


class _Sheet(Parser):
    """The rows of a worksheet, as they come."""

    def __init__(self, data: bytes, shared: _Shared) -> None:
        super().__init__(data)
        self._shared = shared
        self.ready: list[tuple[int, tuple[str, ...]]] = []
        self.whole = True
        self._budget = CELLS
        self._merged: dict[int, list[tuple[int, int]]] = {}  # by first row: column, and last row
        self._held: dict[int, tuple[int, str]] = {}  # by column, the last row that a merged cell reaches, and its value
        for merged in islice(_MERGED.finditer(data, max(0, data.rfind(b"mergeCells", 0, data.rfind(b"mergeCells"))) or 0), _MERGES):
            if merged[2] != merged[3]:
                self._merged.setdefault(int(merged[2]), []).append((_ordinal(merged[1].decode()), int(merged[3])))
        self._number = self._column = 0
        self._row: list[str] = []
        self._parts: list[str] = []
        self._kind = self._style = ""
        self._on = self._hint = False
        self._ordinals: dict[str, int] = {}  # of letters
        self._parser.StartElementHandler = self.start  # a sheet has millions: their names are made short where they need it
        self._parser.EndElementHandler = self.end

    def start(self, name: str, attributes: Attributes) -> None:
        name = name.rpartition(":")[2] if ":" in name else name
        if name == "c":
            self._kind, self._style, self._parts = attributes.get("t", ""), attributes.get("s", ""), []
            self._column = self._place(attributes["r"]) if "r" in attributes else self._column + 1
        elif name == "row":
            number = attributes.get("r", "")
            self._number = int(number) if number.isdigit() and len(number) < 9 else self._number + 1
            self._row, self._column = [], 0
        self._hint = self._hint or name == "rPh"
        self._on = name == "v" or (name == "t" and not self._hint)

    def _place(self, reference: str) -> int:
        """Return the column that a reference such as AB12 names."""
        letters = reference[:20].rstrip("0123456789")
        if letters in self._ordinals:
            return self._ordinals[letters]
        place = _COLUMN.match(letters)
        if not place:
            return self._column + 1
        column = _ordinal(place[1])
        if len(self._ordinals) < _WIDEST:
            self._ordinals[letters] = column
        return column

    def text(self, data: str) -> None:
        if self._on:
            self._parts.append(data)

    def end(self, name: str) -> None:
        self._on = False
        name = name.rpartition(":")[2] if ":" in name else name
        if name == "rPh":
            self._hint = False
        elif name == "c":
            self._cell(self._shared.value(self._kind, self._style, "".join(self._parts)))
        elif name == "row":
            self._merge()
            if any(self._row):
                self.ready.append((self._number, tuple(self._row)))

    def _merge(self) -> None:
        """Repeat the value of a merged cell down its rows."""
        for column, last in self._merged.get(self._number, ()):
            if column <= len(self._row) and len(self._held) < _MERGES:
                self._held[column] = (last, self._row[column - 1])
        for column, (last, value) in list(self._held.items()):
            if last <= self._number:
                del self._held[column]
            self._budget -= 1 + max(0, column - len(self._row))
            if last < self._number or self._budget < 0:
                self.whole = self.whole and self._budget >= 0
                continue
            self._row += [""] * (column - len(self._row))
            self._row[column - 1] = self._row[column - 1] or value

    def _cell(self, value: str) -> None:
        if self._column > _WIDEST:
            self.whole = False
            return
        missing = self._column - 1 - len(self._row)
        if missing < 0:  # named twice, or out of order: kept at its place or not at all
            self.whole = self.whole and missing == -1
            missing = 0
        self._budget -= missing
        if self._budget < 0:
            self.whole, missing = False, 0
        self._row += [""] * missing
        self._row.append(value)


def _ordinal(letters: str) -> int:
    found = 0
    for letter in letters.upper():
        found = found * 26 + ord(letter) - 64
    return found


def _member(members: Mapping[str, Callable[[], bytes]], name: str) -> bytes | None:
    """Return a member whose name may differ in case."""
    found = name if name in members else next((each for each in members if each.lower() == name), None)
    return members[found]() if found else None


def read(members: Mapping[str, Callable[[], bytes]], artifact: Artifact, trail: Trail) -> Iterator[DataTable]:
    """Yield the sheets in the order of the book; then those that it does not list. Raises `Unreadable`: corrupt."""
    book = _Book(_member(members, "xl/workbook.xml") or b"<workbook/>")
    targets = _Book(_member(members, "xl/_rels/workbook.xml.rels") or b"<r/>").targets
    strings = _Strings(_member(members, "xl/sharedstrings.xml") or b"<sst/>")
    strings.all()
    styles = _Styles(_member(members, "xl/styles.xml") or b"<s/>")
    styles.all()
    shared = _Shared(strings.found, styles.dates, early=book.early)
    there = sorted((name for name in members if _SHEET.fullmatch(name)), key=_order)
    wanted = [targets.get(relation, "").rpartition("/")[2] for relation in book.sheets]
    places = {name.rpartition("/")[2]: name for name in reversed(there)}
    listed = [places[name] for name in wanted if name in places]
    told = b"# " + _TAGS.sub(b" ", _member(members, "docprops/core.xml") or b"")[:_LEAD].strip()
    for number, name in enumerate(dict.fromkeys([*listed, *there]), 1):
        for table in _table(members[name](), shared, artifact, (*trail, "xlsx", f"sheet {number}")):
            yield table.replace(lead=table.lead or told)


def _order(name: str) -> tuple[int, str]:
    number = _NUMBER.search(name)
    return (int(number[1]) if number else 0, name)


def _table(data: bytes, shared: _Shared, artifact: Artifact, trail: Trail) -> Iterator[DataTable]:
    """Yield the table of a sheet that is not empty; its first rows may be titles."""
    sheet = _Sheet(data, shared)
    first: list[tuple[int, tuple[str, ...]]] = []
    widths: dict[int, int] = {}
    packed = Packed()
    for _piece in sheet.feed():
        packed.add(sheet.ready)
        first += sheet.ready[: 30 - len(first)] if len(first) < 30 else ()
        for _number, row in sheet.ready:
            widths[len(row)] = widths.get(len(row), 0) + 1
        sheet.ready.clear()
    if not first:
        return
    width = max(widths, key=lambda each: (widths[each], each))
    left = min((next((at for at, cell in enumerate(row) if cell), len(row)) for _number, row in first), default=0)
    at = header_at([row[left:] for _number, row in first], width - left)  # a table can begin at any column
    names = named(first[at][1][left:], width - left) if at is not None else ("",) * (width - left)
    header = (*("",) * left, *names)

    def rows() -> Numbered:
        parser = _Sheet(data, shared)
        above = 0 if at is None else at + 1
        for _piece in parser.feed():
            yield from parser.ready[above:]
            above = max(0, above - len(parser.ready))
            parser.ready.clear()

    source = packed.source(0 if at is None else at + 1) if packed.whole else Source(rows)
    title = " ".join(cell for _number, row in first[: at or 0] for cell in row if cell).encode("utf-8", "replace")[:_LEAD]
    told = b"# " + title if title else b""
    yield DataTable(artifact=artifact, trail=trail, format="xlsx", header=header, source=source, complete=sheet.whole, lead=told)
