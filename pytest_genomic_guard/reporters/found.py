"""The part of an audit that tells what was found: by clause, by place, and what the run says of itself."""

from __future__ import annotations

from pytest_genomic_guard.reporters.common import inside
from pytest_genomic_guard.reporters.markdown import code
from pytest_genomic_guard.reporters.tables import MOST, listed, many, table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    Told = dict[str, Any]

_SHOWN = 5  # findings told of one place
_NAMES = 3  # refs of one kind that are named


def found(told: Told) -> Iterator[str]:
    """Yield the section."""
    yield "## 5. What was found"
    yield ""
    yield f"By clause of {code(told['pack']['name'])}, as of {told['pack']['date']}:"
    yield from table(("clause", "rules that ran", "fail", "warn", "note", "waived"), map(_clause, told["clauses"]))
    yield "A finding can count for several clauses. By place, what fails first:"
    yield ""
    if not told["findings"]:
        yield "No place."
    for number, place in enumerate(told["findings"][:MOST], 1):
        yield from _place(number, place)
    if len(told["findings"]) > MOST:
        yield ""
        yield f"And {len(told['findings']) - MOST} more places, all of them in `--format json`."
    yield ""
    if told["gates"]:
        yield "Gates of the policy:"
        yield ""
        yield from listed(f"- {gate['outcome']}: {code(gate['message'])}" for gate in told["gates"])
        yield ""
    if told["run"]:
        yield "What the run says of itself:"
        yield ""
        yield from listed(
            f"- {each['outcome']}: {each['code']} {code(each['path'])}: {code(each['message'])}" for each in told["run"]
        )


def _clause(each: Told) -> tuple[object, ...]:
    without = ", ".join(key + "x" * (3 - sum(map(str.isdigit, key))) for key in each["without_rule"])
    rules = ", ".join(each["rules"]) or "none"
    counts = each["findings"]
    return (
        each["clause"],
        rules + (f"; **none for {without}**" if without else ""),
        *(counts[outcome] for outcome in ("fail", "warn", "note", "waived")),
    )


def _place(number: int, place: Told) -> Iterator[str]:
    yield f"{number}. {place['outcome']}: {place['code']} {code(place['path'])}"
    for each in place["places"][:_SHOWN]:
        where = inside(each["trail"], each["line"]) or (f"line {each['line']}" if each["line"] is not None else "")
        yield f"    - {f'{code(where)}: ' if where else ''}{code(each['message'])}"
    if len(place["places"]) > _SHOWN:
        yield f"    - and {many(len(place['places']) - _SHOWN, 'more finding')} at this path"
    if ends := place["commits"]:
        first, last = ends["first"], ends["last"]
        now = "in HEAD now" if place["in_head"] else "not in HEAD now"
        yield (
            f"    - {many(place['contents'], 'version')}, first brought by {code(first['id'][:12])} of {first['day']},"
            f" last by {code(last['id'][:12])} of {last['day']}; {now}"
        )
    if others := place["other_paths"]:
        yield f"    - the same content also at {', '.join(map(code, others[:_SHOWN]))}" + " and others" * (len(others) > _SHOWN)
    yield f"    - state: **{place['state']}**; kept alive by {_kept(place['kept_by'])}"


def _kept(held: Told | None) -> str:
    if held is None:
        return "refs that were not looked up, since there are too many findings"
    told = []
    for word, refs in held.items():
        names = ", ".join(map(code, refs["names"][:_NAMES]))
        told.append(f"{word}: {refs['number']} ({names}{', ...' if refs['number'] > _NAMES else ''})")
    return "; ".join(told) or "no ref by itself: an older stash, a reflog, or the name of a ref"
