"""``genomic-guard licences``: what the packages of a project are licensed under, why they are there, and the licence lock."""

from __future__ import annotations

import os
import sys

from pytest_genomic_guard.cli.scan import below
from pytest_genomic_guard.cli.session import UsageError, emit, prepare, tell
from pytest_genomic_guard.inventory import untold
from pytest_genomic_guard.inventory.build import build
from pytest_genomic_guard.inventory.result import Asked
from pytest_genomic_guard.inventory.states import plain
from pytest_genomic_guard.judge import Judge
from pytest_genomic_guard.model import REASONS
from pytest_genomic_guard.report import CLEAN, INCOMPLETE
from pytest_genomic_guard.reporters.text import printable
from pytest_genomic_guard.views.licences.showing import shown, shown_expression, shown_step, shown_version

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from pytest_genomic_guard.inventory.part import Part
    from pytest_genomic_guard.inventory.result import Inventory
    from pytest_genomic_guard.views.licences.nouns import Package


def licences(arguments: argparse.Namespace) -> int:
    """Run one of the commands below it."""
    snapshot = below([])
    try:
        plan, policy = prepare(snapshot, select=["LIC"])
        asked = Asked(environ=os.environ, own=sys.prefix, python=arguments.python)
        found = build(snapshot, policy, Judge(snapshot, policy, plan).excluded, asked)
        if arguments.act == "list":
            return _list(found, arguments.format)
        if arguments.act == "why":
            return _why(found, arguments.package)
        from pytest_genomic_guard.cli import papers  # noqa: PLC0415 - for what is written

        return papers.write(found, arguments, getattr(snapshot, "root", b"."))
    finally:
        snapshot.close()


def _list(found: Inventory, form: str) -> int:
    """Print all packages: those that nothing tells of and those of the environment that nothing asks for too."""
    packages = [package for part in found.parts for package in (*part.packages, *untold.packages(part), *part.others())]
    packages.sort(key=lambda each: (each.ecosystem, each.name, each.version))
    if form == "json":
        import json  # noqa: PLC0415 - for this form only

        emit(json.dumps({"packages": [_row(each) for each in packages]}, indent=2) + "\n")
    else:
        emit("".join(f"{line}\n" for line in _lines(packages)))
    return ended(found)


def ended(found: Inventory) -> int:
    """Tell what told of how many packages, and what could not be told; return the exit status."""
    for each in found.evidence:
        tell(f"{each.told} of {each.of} {each.ecosystem} packages by {each.label}")
    if not found.parts and not found.gaps:
        tell("no manifest of dependencies here: there is no question of licences")
    return _incomplete(found)


def _incomplete(found: Inventory) -> int:
    """Tell what could not be told; return the exit status."""
    for gap in found.gaps:
        tell(f"{printable(os.fsdecode(gap.path))} {REASONS[gap.reason]}")
    return INCOMPLETE if found.gaps else CLEAN


def _row(each: Package) -> dict[str, object]:
    return {
        "name": shown(each.name),
        "version": shown_version(each.version) if each.version else "",
        "ecosystem": each.ecosystem,
        "expression": shown_expression(each.conclusion.expression),
        "class": each.conclusion.kind,
        "group": group(each),
        "evidence": each.evidence,
        "told": each.conclusion.told,
        "conflict": shown_expression(each.conclusion.conflict),
        "bundled": list(map(shown_expression, each.conclusion.bundled)),
        "allowed": each.allowed,
        "why": [shown_step(step) for step in each.why],
    }


def group(each: Package) -> str:
    """Return by what a package is there: the runtime, or an extra or a group by its name."""
    return each.scope if each.scope == "runtime" or not each.group else shown(each.group)


def _lines(packages: list[Package]) -> Iterator[str]:
    """Yield a table."""
    rows = [("package", "class", "licence", "for")]
    for each in packages:
        mark = ("" if each.evidence else "  nothing tells of it") + ("" if each.allowed else "  not allowed")
        about = f"{shown(each.name)} {shown_version(each.version) if each.version else ''}".rstrip()
        rows.append((about, each.conclusion.kind, shown_expression(each.conclusion.expression) or "?", group(each) + mark))
    widths = [max(len(row[at]) for row in rows) for at in range(2)]
    for row in rows:
        yield (
            f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}  ({row[3]})"
            if row is not rows[0]
            else "  ".join((f"{row[0]:<{widths[0]}}", f"{row[1]:<{widths[1]}}", f"{row[2]} ({row[3]})"))
        )


def _why(found: Inventory, name: str) -> int:
    """Print which direct requirements lead to a package, each by its shortest path."""
    told = [line for part in found.parts for line in _paths(part, plain(name))]
    if not told and not found.gaps:
        raise UsageError("no package of that name is required here; `genomic-guard licences list` shows all")
    emit("".join(f"{line}\n" for line in told) or "no package of that name is known to be required here\n")
    return _incomplete(found)


def _paths(part: Part, wanted: str) -> Iterator[str]:
    from pytest_genomic_guard.inventory.graph import why  # noqa: PLC0415 - for this command
    from pytest_genomic_guard.views.licences.instead import instead  # noqa: PLC0415 - as above

    for each in (*part.packages, *untold.packages(part)):
        if plain(each.name) != wanted:
            continue
        what, by = each.conclusion, f"by {each.evidence}" if each.evidence else "nothing here tells of it"
        said = f"{shown_expression(what.expression) or 'no licence found'} ({what.kind}, {by})"
        yield f"{shown(each.name)} {shown_version(each.version) if each.version else ''}".rstrip() + f": {said}"
        python = part.seen.python if part.seen else ""
        for path in why(each.name, part.groups, part.nodes, python, part.ecosystem):
            of = path.scope if not path.group else f"{'extra' if path.scope == 'extra' else 'group'} {shown(path.group)}"
            place = printable(os.fsdecode(path.manifest)) + (f":{path.line}" if path.line else "")
            yield f"  {' -> '.join(map(shown_step, path.why))}  ({of}, {place})"
        if way := instead(each.name, each.why):
            yield f"  instead: {way}"
