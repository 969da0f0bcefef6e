"""``genomic-guard card``: what each card states, and a draft for a model that has none."""

from __future__ import annotations

from pytest_genomic_guard.cli.looked import Looked, look, unread
from pytest_genomic_guard.cli.session import emit, tell
from pytest_genomic_guard.relations.cards.held import ORIGIN, SHORT, TITLES, Held, held
from pytest_genomic_guard.relations.cards.people import NOBODY, OF_PEOPLE
from pytest_genomic_guard.relations.cards.resolve import Resolver
from pytest_genomic_guard.report import CLEAN, FAILED, INCOMPLETE
from pytest_genomic_guard.reporters.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.report import Judged
    from pytest_genomic_guard.views.cards.nouns import Section

_SCHEMA = "genomic-guard/cards/1"
_STATED = frozenset({"CARD201", "CARD301"})  # codes of what a card does not state
_SHOWN = 20  # models that are test data


def card(arguments: argparse.Namespace) -> int:
    """Check cards, or write a draft."""
    if arguments.act == "new":
        from pytest_genomic_guard.cli import drafted  # noqa: PLC0415 - for drafts only

        return drafted.new(arguments)
    return _check(look(arguments.files, arguments.tier), arguments.format)


def _check(looked: Looked, form: str) -> int:
    """Tell what each card states; return the exit status."""
    cards = [each for each in held(looked.facts) if _asked(looked, each)]
    alone, excused = _alone(looked)
    findings = {each.path: [found for found in _findings(looked) if _path(looked, found) == each.path] for each in cards}
    lost = unread(looked)
    lost += [looked.show(path) for path in sorted(looked.named - findings.keys()) if looked.show(path) not in lost]
    if form == "json":
        import json  # noqa: PLC0415 - for this form only

        rows = [_row(looked, each, findings[each.path]) for each in cards]
        told = {
            "schema": _SCHEMA,
            "cards": rows,
            "without": list(map(looked.show, alone)),
            "fixtures": list(map(looked.show, excused)),
        }
        emit(json.dumps(told, indent=2) + "\n")
    else:
        emit("".join(f"{printable(line)}\n" for line in _lines(looked, cards, findings, (alone, excused))))
    for path in lost:
        tell(f"{printable(path)} could not be read")
    failing = any(found.outcome == "fail" for each in cards for found in findings[each.path])
    others = looked.chosen is None and any(found.outcome == "fail" for found in _findings(looked))
    return FAILED if failing or others else INCOMPLETE if lost else CLEAN


def _asked(looked: Looked, each: Held) -> bool:
    return each.counts and (looked.chosen is None or each.path in looked.chosen)


def _findings(looked: Looked) -> list[Judged]:
    """Return what a scan says of cards."""
    return [found for found in looked.report.findings if found.family != "RUN"]


def _path(looked: Looked, found: Judged) -> bytes:
    return b"" if found.entry is None else looked.paths[found.entry]


def _alone(looked: Looked) -> tuple[list[bytes], list[bytes]]:
    """Return the models that have no card, and those that need none as test data, where all is asked about."""
    if looked.chosen is not None:
        return [], []
    resolver = Resolver(looked.facts)
    needing = [path for path, _model in resolver.models()]
    excused = [path for path, _model in resolver.models(fixtures=True) if path not in set(needing)]
    alone = [path for path in needing if not (resolver.card(path) or resolver.missed(path))]
    return alone, [path for path in excused if not resolver.card(path)]


def _row(looked: Looked, each: Held, findings: Sequence[Judged]) -> dict[str, object]:
    return {
        "path": looked.show(each.path),
        "tier": each.tier,
        "raised": each.because,
        "raised_by": [looked.show(path) for path in each.publishing],
        "kind": each.card.kind,
        "form": each.card.form,
        "sections": {section.name: section.status for section in each.sections},
        "details": {section.name: _detail(each, section) for section in each.sections},
        "nobody": each.nobody,
        "lacks": [section.name for section in each.lacks],
        "licence": each.card.licence,
        "generative": each.card.generative,
        "models": [{"path": looked.show(path), "format": model.format} for path, model in each.models],
        "findings": [
            {"code": found.code, "outcome": found.outcome, "line": found.line, "subject": found.subject, "message": found.message}
            for found in findings
        ],
    }


def _detail(each: Held, section: Section) -> dict[str, object]:
    why = section.why if section.status == "mentioned" else ""
    excused = each.nobody and section.name in OF_PEOPLE and section.status != "stated"
    reason = NOBODY if excused else _reason(section)
    return {"required": section.name in each.asked, "line": section.line or None, "why": why, "reason": reason}


def _reason(section: Section) -> str:
    return "" if section.status == "stated" else SHORT[section.why]


def _lines(
    looked: Looked, cards: Sequence[Held], findings: dict[bytes, list[Judged]], others: tuple[Sequence[bytes], Sequence[bytes]]
) -> Iterator[str]:
    """Yield a table for each card, and what is left to say: of models without one, and of those that need none."""
    alone, excused = others
    for each in cards:
        yield from _table(looked, each)
        told = [found for found in findings[each.path] if found.code not in _STATED]
        for found in told:
            yield f"  {found.outcome}: {found.code} {found.message}{f' (line {found.line})' if found.line else ''}"
        yield ""
    if alone:
        yield f"{len(alone)} model{'' if len(alone) == 1 else 's'} without a card (`genomic-guard card new MODEL` writes a draft):"
        yield from (f"  {looked.show(path)}" for path in alone)
        yield ""
    if excused:
        one = len(excused) == 1
        yield f"{len(excused)} model{'' if one else 's'} without a card need{'s' if one else ''} none, as test data:"
        yield from (f"  {looked.show(path)}" for path in excused[:_SHOWN])
        yield from (f"  and {len(excused) - _SHOWN} more",) if len(excused) > _SHOWN else ()
        yield ""
    yield _summed(cards, findings) if cards else "no card of a model or a data set here"


def _summed(cards: Sequence[Held], findings: dict[bytes, list[Judged]]) -> str:
    """Return the line below all tables: a card that states all can fail for something else."""
    good = [each for each in cards if not each.lacks]
    failing = sum(any(found.outcome == "fail" and found.code not in _STATED for found in findings[each.path]) for each in cards)
    told = f"{len(good)} of {len(cards)} cards state what the tier requires"
    return told + (f"; {failing} fail{'s' if failing == 1 else ''} other checks (above)" if failing else "")


def _table(looked: Looked, each: Held) -> Iterator[str]:
    what = "data set" if each.card.kind == "dataset" else "model"
    whose = "its model" if each.models else "the model that it describes"
    raised = f", as {whose} is {each.because}" if each.because else ""
    if each.publishing:
        more = f" and {len(each.publishing) - 1} more" if len(each.publishing) > 1 else ""
        raised += f" by {looked.show(each.publishing[0])}{more}"
    yield f"{looked.show(each.path)}  ({what}, {each.card.form}; tier {each.tier}{raised})"
    rows = [("", "section", "status", "line", "reason")]
    for section in each.sections:
        required = section.name in each.asked
        lacks = section in each.lacks
        mark = "NO" if lacks else "ok" if required else ""
        title = ORIGIN if what == "data set" and section.name == "training-data" else TITLES[section.name]
        reason = _reason(section) if required or section.why else ""
        reason = "stated by the other card of the bundle" if required and not lacks and reason else reason
        reason = NOBODY if each.nobody and section.name in OF_PEOPLE and section.status != "stated" else reason
        rows.append(
            (mark, title, section.status, str(section.line or "-"), reason if required else f"(not required) {reason}".rstrip())
        )
    widths = [max(len(row[at]) for row in rows) for at in range(4)]
    for row in rows:
        yield ("  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, (*widths, 0), strict=True))).rstrip()
    for path, model in each.models:
        yield f"  model: {looked.show(path)} ({model.format}{', a pointer' if model.via == 'pointer' else ''})"
    if not each.models and what == "model":
        published = "; the tier is that of the model which this card describes and which is published" if each.publishing else ""
        yield f"  no model file here resolves to this card{published}"
