"""Figures in the text of a card: tables with a column of metrics, and lists of results, `- Accuracy: 0.91`."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.cards import figures

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.cards.nouns import Metric

_ANY = regex(rb"^[ \t]{0,8}(?:\||[-*+][ \t])[^\n]{0,400}\d", re.MULTILINE)
_ITEM = regex(
    r"\s{0,8}[-*+]\s{1,4}\**([A-Za-z][\w @().-]{1,40}?)\**\s{0,2}[:=]\s{0,2}\**\s{0,2}([~≈]?[+-]?\d[\d.,]{0,16}\s?%?)\**\s{0,4}$"
)
_HEAD = regex(r"(?i)metrics?|measures?|scores?|results? type|m[ée]trica|指标")
_VALUE = regex(r"(?i)values?|scores?|results?|performance|valor|值")
_MOST = 20_000  # lines


def of(body: bytes, first: int) -> Iterator[Metric]:
    """Yield the figures of a text that begins on a line."""
    if not _ANY.search(body):
        return
    head: list[str] = []
    fenced = False
    for at, ended in enumerate(body[: 1 << 20].decode("utf-8", "replace").split("\n")[:_MOST]):
        line = ended.rstrip("\r")
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if fenced:
            continue
        if line.lstrip().startswith("|"):
            cells = [each.strip().strip("*`_ ") for each in line.strip().strip("|").split("|")[:20]]
            head = head or cells
            yield from _row(head, cells, first + at)
            continue
        head = []
        item = _ITEM.match(line) if ":" in line or "=" in line else None
        found = figures.measured(item[1], item[2], line=first + at) if item else None
        if found:
            yield found


def _row(head: list[str], cells: list[str], line: int) -> Iterator[Metric]:
    """Yield the figures of a row below a head whose first cell says that metrics stand there."""
    if cells is head or len(cells) != len(head) or not _HEAD.fullmatch(head[0]):
        return
    for name, cell in zip(head[1:], cells[1:], strict=True):
        split = figures.named_split(name)
        if split or (len(head) == 2 or _VALUE.fullmatch(name)):
            found = figures.measured(cells[0], cell, split=split, line=line)
            if found:
                yield found
