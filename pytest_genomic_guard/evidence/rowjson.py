"""Rows as JSON: an object a line, a list of objects, or an object of lists. No number is rounded and no key may come twice."""

from __future__ import annotations

import json
from itertools import islice

from pytest_genomic_guard.evidence.rowformats import COLUMNS, one_of
from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any, BinaryIO

    from pytest_genomic_guard.metrics.nouns import Kind

_LINE = 16 << 20  # bytes of a row
_WHOLE = 256 << 20  # bytes of a document
_AHEAD = 1000  # rows whose keys are the columns
_ROWS = 1 << 14  # objects take much more memory than numbers


class JsonFile:
    """A file of JSON."""

    def __init__(self, file: BinaryIO, *, lines: bool) -> None:
        """Look at the first rows. Raises `Unusable`."""
        self._file = file
        self._columns, self._rows = (None, None) if lines else self._whole()
        ahead = self._columns or (key for row in islice(self._each(), _AHEAD) for key in row)
        self.header = tuple(dict.fromkeys(ahead))
        if len(self.header) > COLUMNS:
            raise Unusable(f"the file has more than {COLUMNS:,} columns")

    def blocks(self, wanted: Mapping[str, Kind], rows: int) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield lists of values."""
        for name in wanted:
            one_of(self.header, name)
        if self._columns is not None:
            columns = {name: self._columns[name] for name in wanted}
            lengths = {len(each) for each in columns.values()}
            if len(lengths) > 1:
                raise Unusable("the columns are not of one length")
            for first in range(0, max(lengths, default=0), rows):
                part = {name: each[first : first + rows] for name, each in columns.items()}
                yield len(next(iter(part.values()))), part
            return
        each = iter(self._each())
        while held := list(islice(each, min(rows, _ROWS))):
            yield len(held), {name: [row.get(name) for row in held] for name in wanted}

    def _whole(self) -> tuple[dict[str, list[Any]] | None, list[Any] | None]:
        """Return a document's columns, or its rows; neither where it begins like one and is a list of lines."""
        self._file.seek(0)
        data = self._file.read(_WHOLE + 1)
        if len(data) > _WHOLE:
            raise Unusable(f"the file is larger than {_WHOLE >> 20} MiB; write JSON lines, npz or parquet")
        try:
            found = parsed(data)
        except Unusable:
            if data.lstrip()[:1] == b"{" and b"\n" in data.strip():
                return None, None
            raise
        if isinstance(found, list):
            return None, found
        if isinstance(found, dict) and found and all(isinstance(each, list) for each in found.values()):
            return found, None
        raise Unusable("the file is neither a list of objects nor an object of lists")

    def _each(self) -> Iterable[dict[str, Any]]:
        rows = self._lines() if self._rows is None else self._rows
        for number, row in enumerate(rows, 1):
            if not isinstance(row, dict):
                raise Unusable(f"row {number:,} is no object")
            yield row

    def _lines(self) -> Iterator[Any]:
        self._file.seek(0)
        number = 0
        while line := self._file.readline(_LINE + 1):
            if len(line) > _LINE:
                raise Unusable(f"row {number + 1:,} is longer than {_LINE >> 20} MiB")
            if line.strip(b" \t\r\n\xef\xbb\xbf"):
                number += 1
                yield parsed(line, f"row {number:,}")


def parsed(data: bytes, what: str = "the file") -> Any:
    """Return what a JSON text says. Raises `Unusable`."""
    try:
        return _DECODER.decode(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unusable(f"{what} is no JSON, or repeats a key") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=_object)  # json.loads would make one for every row
