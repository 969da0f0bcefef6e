"""What stands behind pointers of git-lfs: the object, where it is at hand; else the rule by which a person finds what is not."""

from __future__ import annotations

from pytest_genomic_guard.model import Located
from pytest_genomic_guard.relations.run.facts import PartlyRead
from pytest_genomic_guard.sources.files import read_all
from pytest_genomic_guard.views.models.nouns import Model, Perhaps
from pytest_genomic_guard.views.pointers import LFS_POINTER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Artifact, Snapshot
    from pytest_genomic_guard.outcomes import Outcomes
    from pytest_genomic_guard.policy.attributes import Attributes
    from pytest_genomic_guard.scanned import Scanned
    from pytest_genomic_guard.views.pointers import Target

POINTED = frozenset({"GEN601", "GEN602"})  # what is said of a pointer for want of the object


def behind(
    snapshot: Snapshot, pointer: Artifact, target: Target | None, copy: Artifact | None
) -> tuple[Artifact | None, Artifact | None]:
    """Return what a push uploads besides a pointer, and what of the work tree's copy is left to look at.

    The object of the store is sure to be it. Without that, it is the copy, which git calls unmodified.
    """
    held = snapshot.behind(pointer, target.oid, target.size) if target else None
    if held is None:
        return copy, None
    return held, copy if copy and copy.size != held.size else None


def joined(pointer: Scanned, held: Scanned) -> Scanned:
    """Return what a pointer and the object behind it gave together. The object is what a push uploads, so it counts in full."""
    return held.replace(
        findings=unpointed(pointer).findings + held.findings,  # a file that begins as a pointer can go on as anything
        facts=tuple(fact for fact in pointer.facts if not isinstance(fact, (Model, Perhaps))) + held.facts,  # its content decides
        gaps=pointer.gaps + held.gaps,
        covered=pointer.covered if pointer.gaps else held.covered,
        target=None,
    )


def unpointed(pointer: Scanned) -> Scanned:
    """Return what a pointer gave without what is said of it for want of the object: that is known better now."""
    return pointer.replace(findings=tuple(found for found in pointer.findings if found.code not in POINTED))


def partly(snapshot: Snapshot, scanned: Outcomes) -> Iterator[Located]:
    """Yield the fact of each artifact that was read in part."""
    rules: Attributes | None = None
    for each in scanned.telling():
        if each.covered.level != "partial":
            continue
        fact = PartlyRead(format=each.covered.format)
        if each.covered.format == LFS_POINTER and snapshot.source != "history":  # there, every commit has rules of its own
            from pytest_genomic_guard.policy.attributes import Attributes  # noqa: PLC0415 - where a pointer leads nowhere

            rules = rules or Attributes(lambda path, most: read_all(snapshot.open(path), most))
            place = rules.lfs(each.path)
            fact = fact.replace(line=place.line, above=place.above) if place else fact
        yield Located(path=each.path, fact=fact)
