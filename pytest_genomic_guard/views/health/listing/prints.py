"""Tables that are printed in columns of blanks, as SAS, SPSS, Stata, R and others list rows: told by where all lines are blank.

Columns that are wrapped at the margin are joined by the labels of their rows.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health.listing.listings import Listing, blocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LABEL = regex(r"\s*(?:\d{1,9}[.:]?|\[\d{1,9},\])(?=\s|\Z)")
_RULE = regex(r"[\s=─-]*[=─-]{2}[\s=─-]*")
_TYPES = regex(r"\s*+(?:\d{1,9}\s)?\s*+(?:<[a-z0-9]{1,9}>\s*+)++|\s*+(?:(?:str|i64|f64|date|object)\s*+)++")
_MARKS = bytes(not chr(byte).isspace() for byte in range(256))
_NUMBERED = regex(r"\d{1,9}[.:]?|\[\d{1,9},\]")
_NUMBER = regex(r"[-+]?[\d.,:/-]{1,40}")
_LINES = 400  # of a block that are looked at
_WIDEST = 2000  # characters of a line
_NAMES = 2


def read(lines: Sequence[str]) -> Iterator[Listing]:
    """Yield the tables that the blocks of a text are, also where one blank line stands below the names."""
    kept = [
        (first, [line.expandtabs() for line in block if not _RULE.fullmatch(line) and not _TYPES.fullmatch(line)])
        for first, block in blocks(lines)
        if max(map(len, block)) < _WIDEST
    ]
    found: list[Listing] = []
    at = 0
    while at < len(kept):
        first, block = kept[at]
        if len(block) == 1 and at + 1 < len(kept) and _names(block[0]):
            block = [*block, *kept[at + 1][1]]
            at += 1
        at += 1
        for number, part in _parts(block):
            found += aligned(first + number, part)
    yield from found
    yield from _joined(found)


def _names(line: str) -> bool:
    """Tell whether a line can name columns: words, none of them a number."""
    words = line.split()
    return len(words) >= _NAMES and not any(map(_NUMBER.fullmatch, words)) and "  " in line.strip()


def _parts(block: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the parts of a block: one begins with each line without a label above lines that have one."""
    labelled = [_LABEL.match(line) is not None for line in block]
    starts = [at for at in range(len(block) - 1) if not labelled[at] and labelled[at + 1]]
    if not starts:
        yield from ((at, list(block[at:])) for at in range(min(2, len(block) - 1)))  # a title may stand above
        return
    for start, end in zip(starts, [*starts[1:], len(block)], strict=True):
        rows = block[start + 1 : end]
        yield start, [block[start], *(row for row in rows if _LABEL.match(row))]


def aligned(first: int, block: Sequence[str]) -> Iterator[Listing]:
    """Yield the table of lines of which the first names the columns."""
    lines = [line.rstrip() for line in block[:_LINES] if line.strip()]
    if len(lines) < 2 or len(lines[0].split()) < _NAMES:
        return
    cuts = _cuts(lines)
    rows = [[line[start:end].strip() for start, end in cuts] for line in lines]
    if len(cuts) >= _NAMES and any(rows[0]):
        yield Listing(names=tuple(rows[0]), rows=tuple((first + at, tuple(row)) for at, row in enumerate(rows[1:], 1)))


def _cuts(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return from where to where columns reach: between places that are blank in all lines."""
    width = max(map(len, lines))
    used = _used(lines, width)
    spans: list[tuple[int, int]] = []
    at = used.find(1)
    while at >= 0:
        end = used.find(0, at)
        end = width if end < 0 else end
        spans.append((at, end))
        at = used.find(1, end)
    numbered = bool(spans) and all(_NUMBERED.fullmatch(line[: spans[0][1]].strip()) for line in lines[1:])
    return _named(lines[0], spans, numbered=numbered)


def _used(lines: Sequence[str], width: int) -> bytes:
    """Return for each place whether a line has a character there, as 1 or 0: all places of a line are or-ed at once."""
    used = 0
    for line in lines:
        try:
            marks = line.encode("latin-1").translate(_MARKS)
        except UnicodeEncodeError:
            marks = bytes(not each.isspace() for each in line)
        used |= int.from_bytes(marks, "little")
    return used.to_bytes(width, "little")


def _named(header: str, spans: Sequence[tuple[int, int]], *, numbered: bool) -> list[tuple[int, int]]:
    """Join what has no name above it with the nearer neighbour: a word of a cell of several. The numbers of rows have none."""
    found: list[tuple[int, int]] = []
    held: tuple[int, int] | None = None  # without a name, and nearer to what comes next
    for number, (start, end) in enumerate(spans):
        if header[start:end].strip():
            found.append((held[0] if held else start, end))
            held = None
            continue
        before = start - found[-1][1] if found else 1 << 20
        after = spans[number + 1][0] - end if number + 1 < len(spans) else 1 << 20
        if before < after or (before == after and _left(header, found[-1] if found else None)):
            found[-1] = (found[-1][0], end)
        elif number == 0 and (numbered or after > 1):
            found.append((start, end))
        else:
            held = held or (start, end)
    return found


def _left(header: str, span: tuple[int, int] | None) -> bool:
    """Tell whether the name above a column begins where the column does, so that what follows it belongs to it."""
    return span is not None and header[span[0] : span[0] + 1].strip() != ""


def _joined(found: Sequence[Listing]) -> Iterator[Listing]:
    """Yield parts that follow each other and have the same labels of rows as one table."""
    group: list[Listing] = []
    for each in [*found, None]:
        labels = _labels(each) if each else ()
        if group and (not labels or labels != _labels(group[0])):
            if len(group) > 1:
                names = [name for part in group for name in part.names]
                rows = zip(*(part.rows for part in group), strict=True)
                yield Listing(
                    names=tuple(names),
                    rows=tuple((row[0][0], tuple(cell for _line, cells in row for cell in cells)) for row in rows),
                )
            group = []
        if each and labels:
            group.append(each)


def _labels(listing: Listing) -> tuple[str, ...]:
    """Return the labels of rows; none where the first column has a name or no numbers."""
    labels = tuple(cells[0] for _line, cells in listing.rows)
    return labels if all(_NUMBER.fullmatch(label) for label in labels) else ()
