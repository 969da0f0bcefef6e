"""What the readers of forms share: the lines of a window, a record by fields, and records that make a table."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Pairs = list[tuple[str, str]]

MOST = 400  # fields of a record; beyond, it is none of a person
LONGEST = 4000  # characters of a value
_ALIKE = 0.5  # of the fields of the smaller one: records of one kind
_RUN = 5000  # rows of a listing
_MARK = regex(r"[ \t]{0,8}(?:##|#>|#|>|//|--|\*|%)(?=[ \t]|\Z)")
_FAILED = regex(r"(?m)^E (?=  )")
_COLOUR = regex(r"\x1b\[[0-9;]{0,12}m")


class Listing(Record):
    """Records of one kind: the line of each within its window, names of fields ("" where there are none), and cells."""

    names: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


class Entry(Record):
    """One record: the line at which it begins, and its fields in order."""

    line: int
    pairs: tuple[tuple[str, str], ...]


def cleaned(text: str) -> str:
    """Return a text without the colours that terminals show, and the sign of pytest before what failed."""
    text = _COLOUR.sub("", text) if "\x1b" in text else text
    return _FAILED.sub("  ", text) if "\nE  " in text else text


def blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield what stands between blank lines, each with its first line; the sign of a comment before all of them is taken off."""
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and lines[at].strip():
            continue
        if at > start:
            yield start, uncommented(lines[start:at])
        start = at + 1


def uncommented(lines: Sequence[str]) -> list[str]:
    """Return lines without the sign of a comment that all of them begin with."""
    mark = ""
    for line in lines:
        if line.strip():
            match = _MARK.match(line)
            if not match or (mark and match[0] != mark):
                return list(lines)
            mark = match[0]
    return [line[len(mark) :] for line in lines]


def together(entries: Iterable[Entry]) -> Iterator[Listing]:
    """Yield records of one kind that follow each other as one listing."""
    kept: list[Entry] = []
    names: dict[str, None] = {}
    for entry in entries:
        keys = {key for key, _value in entry.pairs}
        if kept and (len(names.keys() & keys) < _ALIKE * min(len(names), len(keys)) or len(kept) >= _RUN):
            yield _listing(kept, names)
            kept, names = [], {}
        kept.append(entry)
        if len(names) < MOST:
            names.update(dict.fromkeys(key for key, _value in entry.pairs))
    if kept:
        yield _listing(kept, names)


def _listing(entries: Sequence[Entry], names: dict[str, None]) -> Listing:
    rows = []
    for entry in entries:
        cells = dict(entry.pairs)
        rows.append((entry.line, tuple(cells.get(name, "") for name in names)))
    return Listing(names=tuple(names), rows=tuple(rows))
