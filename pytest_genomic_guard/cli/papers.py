"""What ``genomic-guard licences`` writes: the licence lock, a bill of materials, a NOTICE."""

from __future__ import annotations

import os
import time

from pytest_genomic_guard.cli.licences import ended
from pytest_genomic_guard.cli.session import OutputError, UsageError, emit, replace, tell
from pytest_genomic_guard.inventory.renewed import NO_EVIDENCE, NO_PIN, Left, Renewed, renewed
from pytest_genomic_guard.model import REASONS
from pytest_genomic_guard.report import CLEAN, INCOMPLETE
from pytest_genomic_guard.reporters.text import printable
from pytest_genomic_guard.views.licences import kept as locks
from pytest_genomic_guard.views.licences.showing import shown, shown_version

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from pytest_genomic_guard.inventory.part import Part
    from pytest_genomic_guard.inventory.result import Inventory
    from pytest_genomic_guard.model import Gap
    from pytest_genomic_guard.views.licences.kept import Kept

_SHOWN = 20  # of what is left out
_NAME = locks.PATH.decode()
NO_WHEEL, NO_ANSWER = "the index has no wheel of it", "the index could not be asked"
# Of an environment, not of what is required: where others tell of all packages, nothing is lost.
_ENVIRONMENTS = frozenset(("no-environment", "dead-environment", "empty-environment", "own-environment"))


def write(found: Inventory, arguments: argparse.Namespace, root: bytes) -> int:
    """Write what is asked for and return the exit status."""
    if arguments.act == "refresh":
        return _refresh(found, root, online=arguments.online)
    if arguments.act == "sbom":
        from pytest_genomic_guard.inventory import bom  # noqa: PLC0415 - for this command

        emit(bom.text(found, _moment()), arguments.output)
        return ended(found)
    from pytest_genomic_guard.inventory import notice  # noqa: PLC0415 - for this command

    text, without = notice.text(found.parts)
    emit(text, arguments.output)
    if without:
        tell(f"of {without} packages no licence text is here")
    return ended(found)


def _refresh(found: Inventory, root: bytes, *, online: bool) -> int:
    """Write the licence lock, where there is something to write."""
    for gap in found.gaps:
        if gap.reason != "no-environment":
            tell(f"{printable(os.fsdecode(gap.path))} {REASONS[gap.reason]}")
    if any(gap.reason == "own-environment" for gap in found.gaps):
        tell("nothing was written: name the project's environment with --python")
        return INCOMPLETE
    if not found.parts:
        tell("no manifest of dependencies here: there is nothing that a licence lock could hold")
        return INCOMPLETE if found.gaps else CLEAN
    told = renewed(found.parts, _entry)
    if online:
        told = _asked(told)
    old = found.parts[0].kept.entries
    if any(gap.reason not in _ENVIRONMENTS for gap in found.gaps):  # a manifest is not read: what it requires stays
        told = told.replace(kept=_with(told.kept, old))
    _save(told.kept, old, os.path.join(root, locks.PATH))
    _say(told)
    return _status(told.left, found.gaps)


def _entry(part: Part, name: str) -> Kept:
    """Return the entry of a package that is in the environment of a part."""
    from pytest_genomic_guard.cli import refreshed  # noqa: PLC0415 - for this command
    from pytest_genomic_guard.inventory.sources import Seen  # noqa: PLC0415 - as above

    seen = part.seen
    if isinstance(seen, Seen):
        return refreshed.of(seen.metadata(name), seen.conclusion(name), tuple(seen.texts(name).items()))
    node = part.nodes[part.ecosystem, name]
    concluded = seen.conclusion(name) if seen else None
    return locks.Kept(
        name=name,
        version=node.version,
        ecosystem=part.ecosystem,
        expression=concluded.expression if concluded else "",
        told=concluded.told if concluded else "none",
        requires=node.requires,
    )


def _asked(told: Renewed) -> Renewed:
    """Ask the index about what nothing here tells of. This is the network, which somebody asked for."""
    from pytest_genomic_guard.cli import refreshed  # noqa: PLC0415 - for this option
    from pytest_genomic_guard.views.licences import conclude, metadata  # noqa: PLC0415 - as above

    wanted = [each for each in told.left if each.ecosystem == "python" and each.why == NO_EVIDENCE]
    kept, known, unasked = list(told.kept), set[tuple[str, str]](), set[tuple[str, str]]()
    problems: dict[str, None] = {}
    for python in sorted({each.python for each in wanted}):
        for elsewhere in (False, True):
            pins = [(each.name, each.version) for each in wanted if each.python == python and each.elsewhere is elsewhere]
            answer = refreshed.fetched(pins, os.environ, python, elsewhere=elsewhere) if pins else refreshed.Fetched()
            if answer.problem:
                problems[answer.problem] = None
                unasked.update(pins)
            for _name, _version, data in answer.packages:
                said = metadata.read(data)
                entry = refreshed.of(said, conclude.conclude(said, ()), ()) if said else None
                if entry and locks.sound(entry):
                    kept.append(entry)
                    known.add((entry.name, entry.version))
    left = [each for each in told.left if (each.name, each.version) not in known or each.ecosystem != "python"]
    for problem in problems:
        tell(problem)
    silent = {each for each in wanted if (each.name, each.version) in unasked}
    missing = [each.replace(why=NO_ANSWER if each in silent else NO_WHEEL) if each in wanted else each for each in left]
    return Renewed(kept=tuple(kept), left=tuple(missing))


def _with(kept: Sequence[Kept], old: Sequence[Kept]) -> tuple[Kept, ...]:
    """Return entries with those of before that are of something else."""
    known = {(each.ecosystem, each.name, each.version) for each in kept}
    return (*kept, *(each for each in old if (each.ecosystem, each.name, each.version) not in known))


def _save(kept: Sequence[Kept], old: Sequence[Kept], file: bytes) -> None:
    """Write the lock, unless it would say nothing, or the same. Raises `UsageError` and `OutputError`."""
    if not kept:
        tell(f"nothing to write: {_NAME} is as it was" if old else "nothing to write")
        return
    text = locks.write(kept, time.strftime("%Y-%m-%d", time.gmtime(_moment())))
    again = locks.read(text.encode())
    if again is None:
        raise OutputError("the licence lock would not be readable; it is as it was, please report it")
    if again == tuple(old) and os.path.isfile(file):
        tell(f"{_entries(kept)}: {_NAME} is as it was")
        return
    folder = os.path.dirname(file)
    if os.path.islink(folder):
        raise UsageError("the folder of the licence lock is a link; nothing was written")
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError:
        raise UsageError("the folder of the licence lock could not be made") from None
    replace(file, text.encode(), "the licence lock")
    tell(f"{_entries(kept)} in {_NAME}: commit it")


def _entries(kept: Sequence[Kept]) -> str:
    return f"{len(kept)} {'entry' if len(kept) == 1 else 'entries'}"


def _say(told: Renewed) -> None:
    """Name what is left out, and what would help."""
    if not told.left:
        return
    named = [f"{shown(each.name)} {shown_version(each.version) if each.version else ''}".rstrip() for each in told.left]
    for why in dict.fromkeys(each.why for each in told.left):
        those = [name for name, each in zip(named, told.left, strict=True) if each.why == why]
        more = f" and {len(those) - _SHOWN} more" if len(those) > _SHOWN else ""
        tell(f"{len(those)} left out: {', '.join(those[:_SHOWN])}{more}: {why}")
    reasons = {each.why for each in told.left}
    if NO_EVIDENCE in reasons:
        tell("run it in the project's environment, or with --online, which asks the package index")
    if NO_PIN in reasons:
        tell("lock the requirements, or install them")


def _status(left: Sequence[Left], gaps: Sequence[Gap]) -> int:
    """Return the exit status: what is needed at run time must have an entry, and what is named must be readable."""
    if any(each.needed for each in left) or any(gap.reason != "no-environment" for gap in gaps):
        return INCOMPLETE
    return CLEAN


def _moment() -> int | None:
    """Return the time that SOURCE_DATE_EPOCH tells (reproducible-builds.org/specs/source-date-epoch), if it does."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) <= 11 else None
