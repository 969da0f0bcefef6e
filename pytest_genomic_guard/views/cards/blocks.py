"""The structure of a Markdown text, line by line: headings, paragraphs, list items, rows of tables, code.

One pass, and only as much of Markdown as tells what stands below which heading. A row of a table becomes a text of its own,
`head: cell | head: cell`, so that whoever reads it needs nothing else. Tables and headings of HTML count, comments do not.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    Kind = Literal["prose", "item", "row", "code", "heading"]

MOST_LINES, MOST_BYTES = 10_000, 1 << 19
_MOST = 1 << 23  # bytes in which images that stand in the text are left out
_LONGEST = 8_192  # characters of a line, and of a paragraph
_IMAGE = regex(rb";base64,[A-Za-z0-9+/=]{64,}+")
_CELLS, _TITLE, _NAME, _NAMES = 40, 90, 60, 400
_NEXT, _SAME = "\x1e", "\x1d"  # another row on the same line; a line on which a row goes on
_ATX = regex(r"#{1,6}(?=[\s\w*\[\"'])")
_LIST = regex(r"(?:[-*+•]|\d{1,3}[.)])\s+")
_BOX = regex(r"\[( |x|X)\]\s+")
_RULE = regex(r"\|?[\s:|+=-]{2,}$")
_BOLD = regex(r"(?:\*\*|__)([^*_].{0,120}?)(?:\*\*|__)\s{0,4}(:?)\s{0,4}$")
_ADMONITION = regex(r"\[!\w{2,16}\]|[:!]{3}\s?\w{0,16}")
_FENCE = regex(r"`{3,}|~{3,}")
_SEGMENT = regex(r"(?i)<!--|<(table|h[1-6])\b")
_TAG = regex(r"<[^<>]{1,800}>")
_CELL = regex(r"(?i)<(t[dh])\b[^<>]{0,400}>")
_TICKS = ("`", "~")
_ATX_DEEP, _HEADINGS = regex(r"#{2,6} [A-Z]"), 2
_SETEXT = regex(r"(?:=+|-{3,})\s*$")


class Block(Record):
    """A piece of a text that belongs together."""

    kind: Kind
    text: str
    line: int  # 1-based
    level: int = 0  # of a heading; 7: a line in bold
    open: bool = False  # an item of a checklist that nobody ticked
    first: str = ""  # cell of a row
    head: str = ""  # of the table of a row: its cells
    breaks: tuple[int, ...] = ()  # where in the text a new line began


def decoded(body: bytes) -> tuple[str, bool]:
    """Return the text, and whether it was cut off."""
    if b";base64," in body[:_MOST]:
        body = _IMAGE.sub(b";base64,", body[:_MOST]) + body[_MOST:]
    cut = len(body) > MOST_BYTES
    text = body[:MOST_BYTES].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\ufeff"), cut


def blocks(text: str, first_line: int) -> tuple[list[Block], bool]:
    """Return the blocks of a text, and whether it was cut off."""
    lines = _flat(text).split("\n")
    cut = len(lines) > MOST_LINES
    reader = _Reader(first_line)
    cut |= reader.lines(lines[:MOST_LINES], 0)
    again = reader.stray()
    if again:
        reader.lines(lines[:MOST_LINES], again)
    reader.close()
    return reader.found, cut


class _Reader:
    """What is open at a line: a paragraph, a table, code."""

    def __init__(self, first_line: int) -> None:
        self.found: list[Block] = []
        self.first = first_line
        self.fence = ""
        self.kind: Kind = "prose"
        self.parts: list[str] = []
        self.begin = self.size = 0
        self.open = False
        self.head: list[str] | None = None
        self.names = ""
        self.opened = (0, 0)  # where the last fence began: blocks before it, its line

    def lines(self, lines: list[str], start: int) -> bool:
        """Take lines from one on, and tell whether one of them was cut off."""
        cut = False
        for number, line in enumerate(lines[start:], start):
            cut |= len(line) > _LONGEST
            for part in line[:_LONGEST].split(_NEXT) if _NEXT in line else (line[:_LONGEST],):
                if part != _SAME:
                    self.line(number, part)
        return cut

    def stray(self) -> int:
        """Return the line after a fence that nobody closed and below which headings stand, so that it closed another; 0: none."""
        kept, number = self.opened
        if not self.fence or sum(_ATX_DEEP.match(each.text) is not None for each in self.found[kept:]) < _HEADINGS:
            return 0
        del self.found[kept:]
        self.fence = ""
        return number + 1

    def line(self, number: int, raw: str) -> None:
        """Take one line."""
        line = raw.strip()
        if self.fence:
            if line.startswith(self.fence) and not line.strip(self.fence[0]):
                self.fence = ""
            elif line:
                self.add("code", line, number)
            return
        fence = _FENCE.match(line) if line[:1] in _TICKS else None
        if fence:
            self.close()
            self.fence, self.opened = fence[0], (len(self.found), number)
            return
        while line[:1] == ">":
            line = line[1:].lstrip()
        if not line:
            self.close()
            return
        if not self._head(line, number, raw) and not self._row(line, number):
            self._text(line, number, raw)

    def _head(self, line: str, number: int, raw: str) -> bool:
        """Take a heading, if the line is one."""
        first = line[0]
        if first == "#":
            found = _ATX.match(line)
            if found:
                self.add("heading", line[found.end() :].strip(" #"), number, level=found.end())
                return True
            return not line.strip("# ")
        if first in "=-*_" and not line.strip("=-*_ ") and len(line) > 1:
            if (
                first in "=-"
                and len(self.parts) == 1
                and self.kind == "prose"
                and len(self.parts[0]) < _TITLE
                and _SETEXT.match(line)
            ):
                text, self.parts = self.parts[0], []
                self.add("heading", text, number - 1, level=1 if first == "=" else 2)
            else:
                self.close()
            return True
        if first in "*_" and not self.parts:
            found = _BOLD.match(line)
            if found and not found[1].endswith((".", "!")):
                self.add("heading", found[1].rstrip(": "), number, level=7)
                return True
        if (
            line[-1] == ":"
            and len(line) < 60
            and not self.parts
            and not _LIST.match(line)
            and not raw[:1].isspace()
            and line.count(" ") < 6
        ):
            self.add("heading", line[:-1], number, level=8)
            return True
        return False

    def _row(self, line: str, number: int) -> bool:
        """Take a row of a table, if the line is one."""
        if "|" in line and self.parts and "|" in self.parts[-1] and _RULE.match(line):  # what stands above it is the head
            cells = [each.strip() for each in self.parts.pop().strip("|").split("|")[:_CELLS]]
            self.close()
            self.head, self.names = [each[:_NAME] for each in cells], " | ".join(cells)[:_NAMES]
            return True
        if "|" not in line or not (line[0] == "|" or self.head is not None or line.count(" | ") > 1):
            return False
        if self.parts:
            self.close()
        if _RULE.match(line):
            if self.head is not None and self.found and self.found[-1].kind == "row" and not self.found[-1].head:
                self.found.pop()  # only names what stands below
            return True
        cells = [each.strip() for each in line.strip("|").split("|")[:_CELLS]]
        if self.head is None:
            self.head, self.names = [each[:_NAME] for each in cells], " | ".join(cells)[:_NAMES]
            self.found.append(Block(kind="row", text=" | ".join(cells), line=number + self.first, first=cells[0]))
            return True
        pairs = [f"{name}: {cell}" if name and cell else cell for name, cell in zip(self.head, cells, strict=False)]
        pairs += cells[len(pairs) :]
        self.found.append(Block(kind="row", text=" | ".join(pairs), line=number + self.first, first=cells[0], head=self.names))
        return True

    def _text(self, line: str, number: int, raw: str) -> None:
        """Take a line of prose, or an item of a list."""
        item = _LIST.match(line)
        if item:
            self.close()
            rest = line[item.end() :]
            box = _BOX.match(rest)
            self.kind, self.open = "item", box is not None and box[1] == " "
            if box:
                rest = rest[box.end() :]
            line = rest or "-"
        elif self.head is not None:
            self.close()
        note = _ADMONITION.match(line)
        if note:
            line = line[note.end() :].strip() or "-"
        if not self.parts:
            self.begin, self.size = number, 0
        if self.size < _LONGEST:
            self.parts.append(line)
            self.size += len(line) + 1
        if raw.endswith(("  ", "\\")) or raw.rstrip().endswith(("<br>", "<br/>", "<br />")):
            self.close()

    def add(self, kind: Kind, text: str, number: int, level: int = 0) -> None:
        """Add a block of one line."""
        self.close()
        self.found.append(Block(kind=kind, text=text, line=number + self.first, level=level))

    def close(self) -> None:
        """End what is open."""
        self.head = None
        if self.parts:
            at, breaks = 0, []
            for part in self.parts:
                at += len(part) + 1
                breaks.append(at)
            text = " ".join(self.parts)
            self.found.append(
                Block(kind=self.kind, text=text, line=self.begin + self.first, open=self.open, breaks=tuple(breaks[:-1]))
            )
            self.parts = []
        self.kind, self.open = "prose", False


def _flat(text: str) -> str:
    """Return a text with its comments blanked, and tables and headings of HTML as Markdown has them; lines stay lines."""
    if "<" not in text:
        return text
    parts: list[str] = []
    at, closing = 0, _Closing(text)
    while found := _SEGMENT.search(text, at):
        name = found[1]
        end = closing.after(f"</{name}" if name else "-->", found.end())
        if end < 0:  # never closed: the rest is read as it stands
            break
        end = text.find(">", end) + 1 or len(text)
        parts.append(text[at : found.start()])
        inner = text[found.start() : end]
        parts.append(_segment(inner, name.lower() if name else ""))
        at = end
    parts.append(text[at:])
    return "".join(parts)


class _Closing:
    """Where what closes a segment stands next: each place is looked for once, and what is nowhere is not looked for again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.next: dict[str, int] = {}

    def after(self, closing: str, start: int) -> int:
        """Return where the next one stands in small or capital letters, -1 for nowhere."""
        there = [self._find(each, start) for each in {closing.lower(), closing.upper()}]
        return min((each for each in there if each >= 0), default=-1)

    def _find(self, word: str, start: int) -> int:
        if word not in self.next or 0 <= self.next[word] < start:
            self.next[word] = self.text.find(word, start)
        return self.next[word]


def _segment(inner: str, name: str) -> str:
    """Return a comment, a heading or a table of HTML as Markdown of as many lines."""
    lines = inner.count("\n")
    if not name:
        return "\n" * lines
    if name[0] == "h":
        text = " ".join(_TAG.sub(" ", inner).split())
        return "#" * int(name[1]) + " " + text + "\n" * lines if text else "\n" * lines
    return "".join(_rows(inner))


def _rows(table: str) -> Iterator[str]:
    """Yield the rows of a table of HTML, each on the line on which it begins."""
    first, *rows = re.split(r"(?i)<tr\b", table)
    yield "\n" * first.count("\n") + _SAME
    for row in rows:
        cells = _CELL.split(row)[2::2]
        text = " | ".join(" ".join(_TAG.sub(" ", cell).replace("|", "/").split()) for cell in cells)
        yield f"{_NEXT}| {text} |" + f"\n{_SAME}" * row.count("\n")
