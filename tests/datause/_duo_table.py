"""The decision table of docs/duo.md as the data make it; run it to write the page anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pytest_genomic_guard.policy.packs import duo

if TYPE_CHECKING:
    from pytest_genomic_guard.policy.packs.duoterm import Rule, Term

PAGE = Path(__file__).parent.parent.parent / "docs" / "duo.md"
BEGIN, END = "<!-- table -->", "<!-- end of the table -->"
_HEAD = (
    "| Code | Abbreviation | Label | What it means | Forbidden (GOV103) | Allowed | What would decide it (GOV110) | Source |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
)


def table() -> str:
    """Return the table, in the order of the numbers."""
    rows = [_row(term) for term in sorted(duo.TERMS, key=lambda term: term.number)]
    return "\n".join((BEGIN, "", *_HEAD, *rows, "", END))


def _row(term: Term) -> str:
    asks = f"{term.asks}: {term.why}" if term.why and term.asks else term.asks
    cells = (
        term.id,
        term.short,
        term.label,
        term.means,
        _told(term.forbids),
        _told(term.allows),
        asks or "nothing is open",
        term.source,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _told(rule: Rule) -> str:
    """Return alternatives as the table has them."""
    if rule == ((),):
        return "always"
    return "; ".join(" and ".join(f"`{each}`" for each in conditions) for conditions in rule) or "never"


def page(text: str) -> str:
    """Return the page with the table of the data."""
    before, _, rest = text.partition(BEGIN)
    return before + table() + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
