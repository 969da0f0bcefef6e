"""What stands near what is judged: in which folders it is looked for, and what files beside each other tell of each other."""

from __future__ import annotations

from pytest_genomic_guard.model import Located

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_genomic_guard.engine import Scanned
    from pytest_genomic_guard.model import Fact, Finding, Relation


def told(findings: Sequence[Finding]) -> Iterator[Fact]:
    """Yield what findings of one file tell of the files beside it."""
    if any(finding.whom for finding in findings):
        from pytest_genomic_guard.relations.genomic import siblings  # noqa: PLC0415 - where people were found

        yield from siblings.told(findings)


def folders(facts: Iterable[Located], relations: Sequence[Relation]) -> set[bytes]:
    """Return the folders in which something stands with which facts are compared."""
    found = {each.path.rpartition(b"/")[0] for each in facts for one in relations if isinstance(each.fact, one.needs)}
    if any(type(each.fact).__name__ == "About" for each in facts):
        from pytest_genomic_guard.relations.genomic import siblings  # noqa: PLC0415 - as above

        found |= siblings.folders(facts)
    return found


def settled(scanned: list[Scanned], related: list[Finding], facts: Iterable[Located]) -> tuple[list[Scanned], list[Finding]]:
    """Return what was found as the files beside each other settle it; what only a work tree's copy has stays as it is."""
    findings = [*(finding for each in scanned for finding in each.findings), *related]
    if not any(finding.whom and not finding.known for finding in findings):
        return scanned, related
    from pytest_genomic_guard.relations.genomic import siblings  # noqa: PLC0415 - as above

    known = [Located(path=each.location.path, fact=fact) for each in related for fact in siblings.told((each,))]
    beside = siblings.Siblings([*facts, *known])
    scanned = [each.replace(findings=beside.settled(each.findings, each.working_copy)) for each in scanned]
    return scanned, [*beside.settled(related)]
