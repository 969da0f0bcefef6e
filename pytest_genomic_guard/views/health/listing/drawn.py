"""Tables drawn with lines, and tables of markup: those of terminals, reStructuredText, AsciiDoc, Org, wikis and LaTeX."""

from __future__ import annotations

from itertools import islice, zip_longest

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health.listing import prints
from pytest_genomic_guard.views.health.listing.listings import Listing, blocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Rows = list[tuple[int, list[str]]]

_LINES = str.maketrans(dict.fromkeys("│┃┆┇┊┋║╎╏¦", "|"))
_BAR = regex(r"[|│┃┆┇┊┋║╎╏¦]")
_RULE = regex(r"[\s|+=:.~_\u2500-\u257f*'`-]*[-=+\u2500-\u257f_~]{2}[\s|+=:.~_\u2500-\u257f*'`-]*|\|-.{0,100}")
_TYPE = regex(
    r"-{2,}|…|\.{3}|<?(?:str|string|varchar|char|text|date|datetime(?:\[.{0,12}\])?|time(?:stamp)?|[iuf](?:8|16|32|64)|u?int\d{0,2}"
    r"|bigint|integer|smallint|double|float\d{0,2}|decimal(?:\(.{0,8}\))?|bool(?:ean)?|chr|dbl|lgl|fct|dttm|cat|object|null|uuid)(?:\[\])?>?"
)
_DRESS = regex(r"[_<>=^~\\/0-9]{1,5}\.\s|\*\*|__")
_STATA = regex(r"\s*\d{1,9}\.\s*\|")
_ADOC = regex(r"\s*[|!]={3,}\s*")
_WIKI_END = regex(r"\s*\|\}")
_WIKI_ATTRIBUTES = regex(r"[^|\[\]]{0,200}=[^|\[\]]{0,200}\|(?!\|)")
_LIST_ROW = regex(r"\s*[*-] - ?(.*)")
_LIST_CELL = regex(r"\s+- ?(.*)")
_WIDEST = 1000
_MOST = 2  # parts between rules, of which the first has the names; cells of a row that can go on in the next line


def read(lines: Sequence[str]) -> Iterator[Listing]:
    """Yield the tables of lines."""
    text = "\n".join(lines[:2000])
    if "{|" in text:
        yield from _wiki(lines)
    if "|==" in text or "!==" in text:
        yield from _asciidoc(lines)
    if "* - " in text or "- - " in text:
        yield from _lists(lines)
    for first, block in blocks(lines):
        if _BAR.search("\n".join(block)):  # without one, there are rules at most
            yield from _block(first, [line.translate(_LINES) for line in block])


def _block(first: int, lines: Sequence[str]) -> Iterator[Listing]:
    """Yield the tables of one block: runs of lines that have bars or are rules."""
    run: list[tuple[int, str]] = []
    for number, line in enumerate([*lines, ""], first):
        if line.count("|") >= 2 or (line.count("|") and run) or (_RULE.fullmatch(line) and len(line) < 4000):
            run.append((number, line))
            continue
        if sum(1 for _number, each in run if not _RULE.fullmatch(each)) >= 2:
            yield from _run(run)
        run = []


def _run(run: Sequence[tuple[int, str]]) -> Iterator[Listing]:
    if sum(1 for _number, line in run if line.count("|") == 2 and not _RULE.fullmatch(line)) * 2 > len(run) - 2:
        inner = [_STATA.sub("  ", line, count=1).replace("|", " ") for _number, line in run if not _RULE.fullmatch(line)]
        yield from prints.aligned(run[0][0], inner)
        return
    parts: list[Rows] = [[]]  # what stands between rules
    for number, line in run:
        if not _RULE.fullmatch(line):
            parts[-1].append((number, _cells(line)))
        elif parts[-1]:
            parts.append([])
    parts = [part for part in parts if part and not (len(part) == 1 and _typed(part[0][1]))]
    if len(parts) > _MOST:  # a rule stands between all rows, so that one can have several lines
        parts = [[(part[0][0], _over(part))] for part in parts]
    rows: Rows = []
    for part in parts:
        for at, (number, cells) in enumerate(part):
            empty = sum(1 for cell in cells if not cell)
            if at and 2 * empty >= len(cells) > _MOST and len(cells) == len(rows[-1][1]):
                rows[-1] = (rows[-1][0], _over([rows[-1], (number, cells)]))
            else:
                rows.append((number, cells))
    yield from table(rows)


def _over(part: Rows) -> list[str]:
    """Return the cells of lines that make one row."""
    columns = zip_longest(*(cells for _number, cells in part), fillvalue="")
    return [" ".join(filter(None, column)) for column in columns]


def _typed(cells: Sequence[str]) -> bool:
    return all(_TYPE.fullmatch(cell) for cell in cells if cell)


def _cells(line: str) -> list[str]:
    """Return the cells of a line with bars; a header of Jira has two each."""
    line = line.strip()
    parts = line.strip("|").split("||") if line.startswith("||") else line.removeprefix("|").split("|", _WIDEST)
    if len(parts) > 1 and not parts[-1].strip() and line.endswith("|"):
        parts.pop()
    return [_DRESS.sub("", part, count=1).strip().strip("*`") for part in parts]


def table(rows: Rows) -> Iterator[Listing]:
    """Yield rows of which the first names the columns; a row of types below it is left out."""
    if len(rows) < 2 or len(rows[0][1]) < 2:
        return
    names = rows[0][1]
    below = rows[1:]
    while below and _typed(below[0][1]):
        below = below[1:]
    if below:
        yield Listing(names=tuple(names), rows=tuple((number, tuple(cells)) for number, cells in below))


def _wiki(lines: Sequence[str]) -> Iterator[Listing]:
    """Yield the tables of MediaWiki."""
    rows: Rows = []
    inside = False
    for number, line in enumerate(lines):
        text = line.strip()
        if text.startswith("{|"):
            rows, inside = [], True
        elif inside and _WIKI_END.match(text):
            yield from table([row for row in rows if row[1]])
            inside = False
        elif inside and text.startswith("|-"):
            rows.append((number + 1, []))
        elif inside and text[:1] in {"|", "!"} and not text.startswith("|+"):
            rows = rows or [(number, [])]
            mark = "!!" if text[0] == "!" and "!!" in text else "||"
            cells = [_WIKI_ATTRIBUTES.sub("", part, count=1).strip(" '") for part in text[1:].split(mark, _WIDEST)]
            rows[-1][1].extend(cells[: _WIDEST - len(rows[-1][1])])


def _asciidoc(lines: Sequence[str]) -> Iterator[Listing]:
    """Yield the tables of AsciiDoc: as wide as the cells before its first blank line, or in its first line."""
    cells: list[tuple[int, str]] = []
    inside, width = False, 0
    for number, line in enumerate(lines):
        if _ADOC.fullmatch(line):
            if inside and width > 1:
                rows = (cells[at : at + width] for at in range(0, len(cells), width))
                yield from table([(row[0][0], [cell for _number, cell in row]) for row in rows])
            cells, width, inside = [], 0, not inside
        elif inside:
            if not line.strip():
                width = width or len(cells)
                continue
            parts = line.split("|", _WIDEST)[1:]
            cells += [(number, part.strip()) for part in parts]
            if len(parts) > 1 and not width:
                width = len(parts)


def _lists(lines: Sequence[str]) -> Iterator[Listing]:
    """Yield the tables that reStructuredText and MyST have as a list of lists."""
    rows: Rows = []
    for number, line in enumerate([*lines, "."]):
        if match := _LIST_ROW.match(line):
            rows.append((number, [match[1].strip()]))
        elif rows and (match := _LIST_CELL.match(line)):
            rows[-1][1].append(match[1].strip())
        elif line.strip():
            if len(rows) > 1 and all(len(row) == len(rows[0][1]) for _number, row in islice(rows, 50)):
                yield from table(rows)
            rows = []
