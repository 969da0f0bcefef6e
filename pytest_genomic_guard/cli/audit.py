"""``genomic-guard audit``: a history or range, judged by a pack of rules, as a document that a data-access committee can file."""

from __future__ import annotations

import difflib
import os
from collections import Counter

from pytest_genomic_guard.cli.audited import Audited, document
from pytest_genomic_guard.cli.commits import chosen
from pytest_genomic_guard.cli.ignores import advise, write
from pytest_genomic_guard.cli.session import UsageError, emit, finish, folder_here, prepare, tell
from pytest_genomic_guard.cli.terminal import Progress
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.policy.packs import RULES
from pytest_genomic_guard.registry import Plan
from pytest_genomic_guard.reporters import audit as markdown
from pytest_genomic_guard.reporters.common import dumps
from pytest_genomic_guard.sources.git import top_level
from pytest_genomic_guard.sources.refs import Refs, about

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.outcomes import Outcomes
    from pytest_genomic_guard.policy.packs import Pack
    from pytest_genomic_guard.sources.commits import Commits


def audit(arguments: argparse.Namespace) -> int:
    """Scan, write the document, and return the exit status of the scan."""
    pack = named(arguments.pack)
    if arguments.reflog and (arguments.range is not None or arguments.since is not None):
        raise UsageError("--reflog belongs to an audit of the whole history")
    root = top_level(folder_here())
    if root is None:
        raise UsageError("an audit is of a git repository, and this is not one")
    epoch = _epoch()
    snapshot = chosen(root, given=arguments.range, since=arguments.since, reflog=arguments.reflog)
    try:
        found = _judged(root, snapshot, pack, epoch)
        told = document(found) | {"reflog": arguments.reflog}
        advice = advise(root, pack.name, found.paths(), (entry.path for entry in snapshot.entries()))
    finally:
        snapshot.close()
    told["gitignore"] = advice.told()
    emit(dumps(told) if arguments.format == "json" else markdown.render(told), arguments.output)
    if arguments.write_gitignore:
        number = write(root, pack.name, advice)
        tell(f"{number} pattern{'' if number == 1 else 's'} added to .gitignore" if number else ".gitignore has all of it already")
    return finish(found.report)


def named(given: str) -> Pack:
    """Return the pack of a name, or of the first part of one the newest. Raises `UsageError`."""
    word = given.strip().lower()
    fit = [pack for pack in RULES if word in {pack.name, pack.name.partition("-")[0]}]
    if fit:
        return max(fit, key=lambda pack: pack.date)
    makers = sorted({pack.name.partition("-")[0] for pack in RULES})
    names = [pack.name for pack in RULES]
    near = difflib.get_close_matches(word, [*makers, *names], 1, 0.5)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise UsageError(f"there is no such pack{hint} (there are {', '.join(makers)}, and by date {', '.join(names)})")


def _judged(root: bytes, snapshot: Commits, pack: Pack, epoch: int | None) -> Audited:
    """Scan with all rules that the policy does not ignore, and judge with the pack in force. Raises `PolicyError` and others."""
    selected, policy = prepare(snapshot)
    policy = policy.replace(packs=tuple(sorted({*policy.packs, pack.name})))
    plan = Plan(selected.registry, ignore=[item.what for item in policy.ignore], options=policy.checks)
    progress = Progress()
    try:
        engine = _Counting(plan, progress.tick)
        report = engine.run(snapshot, policy)
    finally:
        progress.end()
    refs = Refs(root)
    return Audited(
        pack=pack,
        report=report,
        policy=policy,
        plan=plan,
        snapshot=snapshot,
        refs=refs,
        about=about(refs, [(commit, span.until if (span := snapshot.span(commit)) else 0) for commit in snapshot.listed.commits]),
        identifiers=engine.identifiers,
        formats=engine.formats,
        epoch=epoch,
    )


class _Counting(Engine):
    """An engine that counts what it read by format: all of it in this run, since it is evidence."""

    remembers = False

    def __init__(self, plan: Plan, tick: Callable[[int, int, int, int], None]) -> None:
        super().__init__(plan, tick=tick, jobs=0)
        self.formats: Counter[tuple[str, str]] = Counter()

    def _scan_all(self, entries: Sequence[Artifact]) -> Outcomes:
        scanned = super()._scan_all(entries)
        self.formats = Counter((each.covered.level, each.covered.format) for each in scanned)
        return scanned


def _epoch() -> int | None:
    """Return the seconds that ``SOURCE_DATE_EPOCH`` gives, None where it gives none. Raises `UsageError` for what is no number."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given and not (given.isascii() and given.isdigit() and len(given) < 12):
        raise UsageError("SOURCE_DATE_EPOCH is no number of seconds")
    return int(given) if given else None
