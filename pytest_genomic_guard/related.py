"""Relations over the facts of a run: between all that stands, or in a history over each content alone."""

from __future__ import annotations

from pytest_genomic_guard import inventory
from pytest_genomic_guard.faults import refuse_foreign, where
from pytest_genomic_guard.model import Facts, Finding, Gap, Located
from pytest_genomic_guard.near import compared, kinds
from pytest_genomic_guard.relations.run.facts import NotRelated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.registry import Plan
    from pytest_genomic_guard.scanned import Scanned


def alone(plan: Plan, scanned: Scanned) -> Scanned:
    """Add what relations say of one content without any beside it."""
    facts = [Located(path=scanned.path, fact=fact) for fact in scanned.facts]
    for relation, options in plan.relations(kinds(facts), run=False) if facts else ():
        try:
            found = relation.look(Facts(facts), options) if relation.alone else ()
            scanned = scanned.replace(findings=(*scanned.findings, *found))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - as below
            scanned = scanned.replace(gaps=(*scanned.gaps, Gap(path=scanned.path, reason="check-failed", where=where(error))))
    return scanned


def unrelated(plan: Plan, snapshot: Snapshot, facts: Sequence[Located]) -> Iterator[Located]:
    """Yield that relations would have had something to compare."""
    for relation, _options in plan.relations(compared(facts), run=False):
        yield Located(path=b".", fact=NotRelated(code=relation.code))
    yield from (Located(path=b".", fact=NotRelated(code=code)) for code in inventory.unjudged(snapshot, plan.codes))


def relate(plan: Plan, facts: Sequence[Located], changed: AbstractSet[bytes], past: set[int]) -> tuple[list[Finding], list[Gap]]:
    """Run the relations; only what involves a changed artifact is reported. `past` are facts of contents that gave way."""
    ordered = Facts(sorted(facts, key=lambda item: item.path))
    standing = ordered.without(past) if past else ordered
    findings, gaps = list[Finding](), list[Gap]()
    for relation, options in plan.relations(kinds(facts), run=False):
        try:
            for finding in relation.look(standing if relation.standing else ordered, options):
                refuse_foreign(finding, relation)
                if any(path in changed for path in (finding.location.path, *finding.involves)):
                    findings.append(finding)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - as above
            gaps.append(Gap(path=b".", reason="check-failed", where=where(error)))
    return findings, gaps
