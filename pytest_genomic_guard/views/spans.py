"""Where the outputs of a notebook stand in its bytes, so that some can be taken out and all else stays byte for byte."""

from __future__ import annotations

import itertools
import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.model import Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    Span = tuple[int, int]
    Key = str | int

# The tokens of JSON (RFC 8259, section 2). What is none is an error of the text, which whoever parsed it has told.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{},:]|[^\s\[\]{},:"]++', re.DOTALL)
_COUNTS = ("execution_count", "prompt_number")
_DEEPEST = 10_000


class Cell(Record):
    """One cell: its list of outputs, between the brackets; each output; and the numbers that say when it was run."""

    inside: Span
    outputs: tuple[Span, ...]
    counts: tuple[Span, ...]

    def without(self, text: str, numbers: Collection[int] | None) -> str:
        """Return what stands between the brackets without the outputs of these numbers, counted from 1; None: without all."""
        kept = [at for at in range(len(self.outputs)) if numbers is not None and at + 1 not in numbers]
        if not kept:
            return ""
        edges = [(self.inside[0], self.inside[0]), *self.outputs, (self.inside[1], self.inside[1])]
        apart = [text[left[1] : right[0]] for left, right in itertools.pairwise(edges)]
        found = [apart[0]]
        for place, at in enumerate(kept):
            found += [apart[at] if place else "", text[slice(*self.outputs[at])]]
        return "".join([*found, apart[-1]])


def cells(text: str) -> list[Cell]:
    """Return the cells of a notebook that is valid JSON, in the order in which the notebook view counts them."""
    found: dict[tuple[Key, ...], tuple[list[Span], list[Span], list[Span]]] = {}
    for path, span in _values(text):
        cell = path[: 4 if path[0] == "worksheets" else 2]
        rest = path[len(cell) :]
        if rest == ():
            found.setdefault(cell, ([], [], []))
        elif rest == ("outputs",):
            found.setdefault(cell, ([], [], []))[0].append((span[0] + 1, span[1] - 1))
        elif len(rest) == 2 and rest[0] == "outputs":
            found.setdefault(cell, ([], [], []))[1].append(span)
        elif len(rest) == 1:
            found.setdefault(cell, ([], [], []))[2].append(span)
    ordered = sorted(found, key=lambda cell: (cell[0] == "worksheets", cell[1:]))
    return [_cell(*found[cell]) for cell in ordered]


def _cell(lists: list[Span], outputs: list[Span], counts: list[Span]) -> Cell:
    return Cell(inside=lists[0] if lists else (0, 0), outputs=tuple(outputs), counts=tuple(counts))


def _values(text: str) -> Iterator[tuple[tuple[Key, ...], Span]]:
    """Yield path and span of cells, of what they say of outputs, and of their numbers. Raises `Unreadable`: too-deep."""
    path: list[Key] = []
    starts: list[int] = []
    key: str | None = None
    last: Span = (0, 0)
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "{[" and len(sign) == 1:
            if len(path) > _DEEPEST:
                raise Unreadable("too-deep")
            starts.append(token.start())
            path.append(0 if sign == "[" else "")
            key = None
        elif sign in "}]" and len(sign) == 1:
            path.pop()
            span = starts.pop(), token.end()
            if _asked(path):
                yield tuple(path), span
        elif sign == ",":
            path[-1] = path[-1] + 1 if isinstance(path[-1], int) else ""
            key = None
        elif sign == ":":
            path[-1] = _told(text, last) if key is not None else ""
        else:
            key, last = "", token.span()
            if _asked(path) and path[-1] != "outputs":
                yield tuple(path), last


def _told(text: str, span: Span) -> str:
    """Return a key. One that is written with escapes is read as JSON reads it."""
    written = text[span[0] + 1 : span[1] - 1]
    if "\\" in written:
        import json  # noqa: PLC0415 - seldom

        return str(json.loads(text[slice(*span)], strict=False))
    return written


def _asked(path: list[Key]) -> bool:
    """Tell whether a path leads to a cell, to its outputs or one of them, or to a number of it."""
    if not path or path[0] not in {"cells", "worksheets"}:
        return False
    if path[0] == "worksheets":
        path = path[2:] if len(path) > 3 and path[2] == "cells" else []
    if len(path) < 2 or len(path) > 4:
        return False
    rest = path[2:]
    return rest in ([], ["outputs"], *([count] for count in _COUNTS)) or (len(rest) == 2 and rest[0] == "outputs")
