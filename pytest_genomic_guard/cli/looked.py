"""What the commands on cards know of a repository: its cards and models, and what a scan says of them, from one run."""

from __future__ import annotations

import os

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.cli.scan import below
from pytest_genomic_guard.cli.session import prepare
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.model import Facts, Gap, Location
from pytest_genomic_guard.policy.mask import mask
from pytest_genomic_guard.sources.worktree import Directory, WorkTree
from pytest_genomic_guard.views.cards import read
from pytest_genomic_guard.views.cards.named import may_be
from pytest_genomic_guard.views.cards.nouns import Card
from pytest_genomic_guard.views.cards.trees import CardError
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from pytest_genomic_guard.model import Artifact, Fact, Finding, Located, Snapshot, View
    from pytest_genomic_guard.policy import Policy
    from pytest_genomic_guard.registry import Plan
    from pytest_genomic_guard.report import Report
    from pytest_genomic_guard.scanned import Scanned
    from pytest_genomic_guard.views.cards.nouns import Kind

CODES = ("CARD", "LIC3")


class Looked(Record):
    """One run."""

    report: Report
    plan: Plan
    policy: Policy
    facts: Facts
    paths: tuple[bytes, ...]  # of all entries: a finding names its own by number
    chosen: frozenset[bytes] | None  # the files that are asked about, or lie below what is; None: all
    named: frozenset[bytes]  # those that are named themselves, and are judged as cards whatever they hold
    show: Callable[[bytes], str]


class Keeping(Engine):
    """An engine that keeps the facts of its run, and takes named files for cards, whatever they are called."""

    facts = Facts(())
    remembers = False  # what is named is looked at in another way

    def __init__(self, plan: Plan, policy: Policy, named: frozenset[bytes]) -> None:
        """Take the rules, the policy, and the paths that are named."""
        super().__init__(plan)
        self.plan, self.policy, self.named = plan, policy, named

    def _scan(self, artifact: Artifact) -> Scanned:
        """Scan one artifact; what is named, was read and has nothing of a card is a card that says nothing."""
        found = super()._scan(artifact)
        if artifact.path not in self.named or found.gaps or any(isinstance(fact, Card) for fact in found.facts):
            return found
        return found.replace(facts=(*found.facts, Card(at=Location(path=artifact.path, line=1), by="name")))

    def _look(self, view: View) -> Iterator[Finding | Fact | Gap]:
        path = view.artifact.path
        if path not in self.named:
            yield from super()._look(view)
            return
        found = list(super()._look(view))
        if isinstance(view, Text) and not view.trail and not view.begin and not any(isinstance(each, Card) for each in found):
            found += _named(view)
        for each in found:
            if isinstance(each, Card) and (each.by == "headings" or each.kind == "unclear"):
                yield each.replace(by="name" if each.by == "headings" else each.by, kind=_kind(each))
            else:
                yield each

    def _relate(self, facts: Sequence[Located], changed: AbstractSet[bytes], past: set[int]) -> tuple[list[Finding], list[Gap]]:
        self.facts = Facts(sorted(facts, key=lambda item: item.path))
        return super()._relate(facts, changed, past)


def _named(text: Text) -> list[Fact | Gap]:
    """Return the card that a person says a text is, where it can be understood as one."""
    try:
        found = read.card(text.data, text.artifact.path)
    except CardError as error:
        return [Gap(path=text.artifact.path, reason=error.reason)]
    return [found] if found else []


def _kind(card: Card) -> Kind:
    return "model" if card.kind == "unclear" else card.kind


def look(
    files: Sequence[bytes], tier: str | None = None, codes: Sequence[str] = CODES, *, models: bool = False, plain: bool = False
) -> Looked:
    """Run the rules on cards over all that is here, so that models, cards and what publishes them are seen together.

    Of a plain folder only the `files` are read, where some are named. With `models` the files are models, and they alone are
    read; with `plain` the one that is named is taken for a folder outside of git. Raises `UsageError` and others.
    """
    snapshot = Directory(os.path.realpath(files[0])) if plain else below(files)
    chosen = frozenset(snapshot.changed) if files else None
    try:
        if models:
            return _run(snapshot, chosen, Keeping(*_ruled(snapshot, tier, codes), frozenset()))
        if chosen is not None and isinstance(snapshot, WorkTree):
            snapshot.close()
            snapshot = WorkTree(snapshot.root, [b"", *sorted(chosen)])
        named = _files(files) & chosen if chosen else frozenset[bytes]()
        return _run(snapshot, chosen, Keeping(*_ruled(snapshot, tier, codes), named))
    finally:
        snapshot.close()


def _files(names: Sequence[bytes]) -> frozenset[bytes]:
    """Return the files among what is named, as the snapshot has them."""
    files = [name for name in names if not os.path.isdir(name)]
    if not files:
        return frozenset()
    snapshot = below(files)
    try:
        return frozenset(snapshot.changed)
    finally:
        snapshot.close()


def _ruled(snapshot: Snapshot, tier: str | None, codes: Sequence[str]) -> tuple[Plan, Policy]:
    plan, policy = prepare(snapshot, select=codes)
    return plan, _held_to(policy, tier) if tier else policy


def _run(snapshot: Snapshot, chosen: frozenset[bytes] | None, engine: Keeping) -> Looked:
    policy = engine.policy
    report = engine.run(snapshot, policy)
    return Looked(
        report=report,
        plan=engine.plan,
        policy=policy,
        facts=engine.facts,
        paths=tuple(entry.path for entry in snapshot.entries()),
        chosen=chosen,
        named=engine.named,
        show=mask(engine.identifiers, engine.names),
    )


def _held_to(policy: Policy, tier: str) -> Policy:
    """Return a policy with another tier, for the whole and its projects."""
    cards = {**policy.declared.get("cards", {}), "tier": tier}
    projects = [
        project.replace(settings={**project.settings, "cards": {**project.settings["cards"], "tier": tier}})
        if "cards" in project.settings
        else project
        for project in policy.projects
    ]
    return policy.replace(declared={**policy.declared, "cards": cards}, projects=tuple(projects))


def unread(looked: Looked) -> list[str]:
    """Return the files that are or could be cards, and that could not be read, as they may be shown."""
    wanted = [path for path in looked.paths if may_be(path)] if looked.chosen is None else looked.chosen
    shown = {looked.show(path) for path in wanted} | ({"."} if looked.chosen is None else set())
    return sorted({gap.path for gap in looked.report.gaps if gap.path in shown})
