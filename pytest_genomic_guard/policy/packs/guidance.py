"""What guidance on AI in genomics asks of a repository, row by row, with the codes that decide it: `recommendations.tsv`.

A row counts as decided by a code only where that code has firing and quiet cases; the tests hold every code that it names to that.
"""

from __future__ import annotations

import os
from functools import lru_cache

from pytest_genomic_guard._record import Record

FILE = "recommendations.tsv"
SOURCES = {
    "S0": "NIH request for information NOT-OD-25-118",
    "S1": "guidance on AI in genomics and HIPAA compliance",
    "S2": "research-institute guidance on AI in biomedical research",
}
VERDICTS = {
    "Y": "decided from the repository",
    "P": "part evidence, part declaration",
    "A": "rows of a register: presence and freshness",
    "N": "outside of a repository",
}


class Row(Record):
    """One recommendation."""

    id: str  # S1.44
    verdict: str  # of `VERDICTS`; two of them with a stroke, such as `A/Y`
    codes: tuple[str, ...]  # that decide it, or a part of it; none: no code yet
    text: str
    how: str

    @property
    def cited(self) -> str:
        """Return it as a finding cites it."""
        return f"{SOURCES[self.id[:2]]}, {self.id}: {self.text}"


@lru_cache(1)
def rows() -> tuple[Row, ...]:
    """Return all rows in their order."""
    with open(os.path.join(os.path.dirname(__file__), FILE), encoding="utf-8") as file:
        cells = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return tuple(
        Row(id=name, verdict=verdict, codes=tuple(filter(None, codes.split(","))), text=text, how=how)
        for name, verdict, codes, text, how in cells
    )


def served(code: str, own: tuple[str, ...]) -> tuple[str, ...]:
    """Return the recommendations that a code decides, as its findings cite them.

    A code that cites a law has that for its findings, and stands in the table; those of cards and data use have both.
    """
    if own and not code.startswith(("CARD", "GOV")):
        return ()
    return tuple(row.cited for row in rows() if code in row.codes)
