"""``genomic-guard rules``: all codes in one list, or the clauses of laws and policies with the codes that serve them."""

from __future__ import annotations

import inspect
import json

from pytest_genomic_guard.cli.explain import with_plugins
from pytest_genomic_guard.cli.session import emit
from pytest_genomic_guard.policy.packs import RULES as PACKS
from pytest_genomic_guard.policy.packs import guidance
from pytest_genomic_guard.policy.packs.rules import clauses as clauses_of
from pytest_genomic_guard.policy.packs.rules import data
from pytest_genomic_guard.registry import Registry, family

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from pytest_genomic_guard.model import Rulebook

_HEAD = ("name", "title", "date", "source")
_COLUMNS = ("code", "name", "severity", "confidence", "stage", "since")


def rules(*, clauses: bool, form: str, plugins: bool) -> int:
    """Print the shipped rules, and with `plugins` those that the policy here adds."""
    entries = with_plugins() if plugins else Registry().entries
    books = [entries[code].rulebook for code in sorted(entries)]
    if form == "json":
        document = (
            {"clauses": _clauses(books), "packs": _packs(books), "recommendations": _recommendations(books)}
            if clauses
            else {"rules": [_fields(book) for book in books]}
        )
        emit(json.dumps(document, indent=2) + "\n")
    else:
        emit(_matrix(books) if clauses else _table([_COLUMNS, *([getattr(book, name) for name in _COLUMNS] for book in books)]))
    return 0


def _fields(book: type[Rulebook]) -> dict[str, Any]:
    title = inspect.cleandoc(book.__doc__ or "").partition("\n")[0]
    fields = {name: getattr(book, name) for name in _COLUMNS}
    return {**fields, "family": family(book.code), "clauses": list(book.clauses), "title": title}


def _clauses(books: Iterable[type[Rulebook]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for book in books:
        for clause in book.clauses:
            found.setdefault(clause, []).append(book.code)
    return dict(sorted(found.items()))


def _packs(books: Iterable[type[Rulebook]]) -> list[dict[str, Any]]:
    """Return what each pack of rules adds, with the codes that serve a clause; none does where its family is still to come."""
    codes = [book.code for book in books]
    return [
        {
            **{name: getattr(pack, name) for name in _HEAD},
            "clauses": {
                clause: [code for code in codes if clause in clauses_of(pack.name, code)]
                for clause in sorted({clause for served in data(pack.name).clauses.values() for clause in served})
            },
        }
        for pack in PACKS
    ]


def _recommendations(books: Iterable[type[Rulebook]]) -> dict[str, Any]:
    """Return the rows of `guidance` with the codes here that decide each, and how many rows of each verdict are decided."""
    there = {book.code for book in books}
    found = [
        {
            "row": row.id,
            "source": guidance.SOURCES[row.id[:2]],
            "verdict": row.verdict,
            "recommendation": row.text,
            "how": row.how,
            "codes": [code for code in row.codes if code in there],
        }
        for row in guidance.rows()
    ]
    verdicts = dict.fromkeys(row["verdict"] for row in found)
    counts = {
        each: {"rows": len(some), "decided": sum(bool(row["codes"]) for row in some)}
        for each in verdicts
        if (some := [row for row in found if row["verdict"] == each])
    }
    return {"rows": found, "coverage": counts}


def _guidance(books: Iterable[type[Rulebook]]) -> str:
    """Return the same as text: the coverage, then the rows."""
    told = _recommendations(books)
    counts = [
        (each, str(some["rows"]), str(some["decided"]), " or ".join(guidance.VERDICTS[part] for part in each.split("/")))
        for each, some in told["coverage"].items()
    ]
    total = (
        f"recommendations: {sum(some['decided'] for some in told['coverage'].values())} of {len(told['rows'])} rows are decided,"
        " wholly or in part, by a code that has firing and quiet cases"
    )
    rows = [
        (
            row["row"],
            row["verdict"],
            row["recommendation"],
            ", ".join(row["codes"]) or ("-" if row["verdict"] == "N" else "no code yet"),
        )
        for row in told["rows"]
    ]
    return "\n".join(
        (
            f"{total}\n{_table([('verdict', 'rows', 'decided', 'meaning'), *counts])}",
            _table([("row", "verdict", "recommendation", "codes"), *rows]),
        )
    )


def _matrix(books: Sequence[type[Rulebook]]) -> str:
    parts = [_table([("clause", "codes"), *((clause, ", ".join(codes)) for clause, codes in _clauses(books).items())])]
    for pack in _packs(books):
        rows = [(clause, ", ".join(codes) or "no code yet") for clause, codes in pack["clauses"].items()]
        parts.append(f"pack {pack['name']}: {pack['title']}\n{_table(rows)}")
    parts.append(_guidance(books))
    if silent := ", ".join(book.code for book in books if not book.clauses):
        parts.append(f"codes that name no clause: {silent}\n")
    return "\n".join(parts)


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "".join(f"{line}\n" for line in lines)
