"""What stands near what is judged: findings at one place, the folders in which something is looked for, files beside each other."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Located
from pytest_genomic_guard.views.cards.named import may_be
from pytest_genomic_guard.views.licences.named import begins, carded, named
from pytest_genomic_guard.views.models.first import mentions, tells

_LINES = 200  # of one finding, such as a private key
# What a path has that any of `named`, `carded`, `may_be` and `tells` asks for: most programs have none of it
_ASKED = regex(
    rb"(?i)\.(?:md|mdx|markdown|xml|json|jsonld|ya?ml|toml|cfg|cff|pmml|modelfile)\Z|licen|copying|(?:\A|/)(?:readme|modelfile)"
    rb"|(?:\A|/)(?:setup\.py|description|mlmodel)\Z"
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pytest_genomic_guard.model import Fact, Finding, Location, Relation
    from pytest_genomic_guard.outcomes import Outcomes
    from pytest_genomic_guard.registry import Entry, Plan
    from pytest_genomic_guard.views.text import Text


def apart(findings: Sequence[Finding], entries: Mapping[str, Entry]) -> tuple[Finding, ...]:
    """Return the findings of one artifact without those that give way to one that says more of the same line."""
    weak = {code for code in {finding.code for finding in findings} if entries[code].rulebook.gives_way}
    if not weak or len(findings) < 2:
        return tuple(findings)
    there: dict[tuple[tuple[str, ...], int], set[str]] = {}
    for finding in findings:
        for place in _lines(finding.location):
            there.setdefault(place, set()).add(finding.code)

    def stays(finding: Finding) -> bool:
        ways = entries[finding.code].rulebook.gives_way if finding.code in weak else ()
        others = {code for place in _lines(finding.location) for code in there[place]} - {finding.code} if ways else set()
        return not any(code.startswith(ways) for code in others)

    return tuple(filter(stays, findings))


def _lines(at: Location) -> list[tuple[tuple[str, ...], int]]:
    """Return the lines of a place."""
    first = at.line or 0
    return [(at.trail, line) for line in range(first, min(at.end or first, first + _LINES) + 1)]


def told(findings: Sequence[Finding]) -> Iterator[Fact]:
    """Yield what findings of one file tell of the files beside it."""
    if any(finding.whom for finding in findings):
        from pytest_genomic_guard.relations.genomic import siblings  # noqa: PLC0415 - where people were found

        yield from siblings.told(findings)


def gathered(plan: Plan, text: Text) -> Iterator[Fact]:
    """Yield what relations gather of a text themselves, and what a licence file or a manifest tells of its folder."""
    for relation in plan.gathering(text.hits):
        yield from relation.gathered(text)
    if _ASKED.search(text.artifact.path) or text.data[:1] in {b"{", b"t"}:
        yield from _of_folder(plan, text)


def _of_folder(plan: Plan, text: Text) -> Iterator[Fact]:
    """Yield what a text tells of its folder, or of the models in it: a licence file, a manifest, a card, a model."""
    if plan.licensed and named(text.artifact.path):
        from pytest_genomic_guard.views.licences import tree  # noqa: PLC0415 - for few files

        yield from tree.told(text)
    if plan.licensed and carded(text.artifact.path) and begins(text.artifact.path, text.data):
        from pytest_genomic_guard.views.licences import cards  # noqa: PLC0415 - as above

        yield from cards.told(text)
    if plan.carded and may_be(text.artifact.path):
        from pytest_genomic_guard.views.cards import read  # noqa: PLC0415 - as above

        yield from read.told(text)
        if mentions(text.data):
            from pytest_genomic_guard.views.models import mentioned  # noqa: PLC0415 - as above

            yield from mentioned.told(text)
    if plan.carded and tells(text.artifact.path, text.data):
        from pytest_genomic_guard.views.models import texts  # noqa: PLC0415 - as above

        yield from texts.told(text)


def around(facts: Sequence[Located], relations: Sequence[Relation]) -> Callable[[bytes], bool]:
    """Return what tells of a path whether something with which facts are compared may stand in it."""
    everywhere = [one for one in relations if one.reach == "snapshot"]
    near = folders(facts, [one for one in relations if one.reach == "folder"])
    wide = _widely(facts)
    far = [(_above(facts, one), one) for one in relations if one.reach == "above"]

    def wanted(path: bytes) -> bool:
        folder = path.rpartition(b"/")[0]
        return (
            folder in near
            or any(folder in over and one.looks_at(path) for over, one in far)
            or any(one.looks_at(path) for one in everywhere)
            or (wide is not None and wide(path))
        )

    return wanted


def _widely(facts: Iterable[Located]) -> Callable[[bytes], bool] | None:
    """Return what tells of any unchanged file whether the register of data use, which changed, may be about it."""
    if not any(type(each.fact).__name__ == "Registered" for each in facts):
        return None
    from pytest_genomic_guard.views.datause.registered import concerns  # noqa: PLC0415 - where the policy changed

    return concerns


def _above(facts: Iterable[Located], relation: Relation) -> set[bytes]:
    """Return the folders of the files in which facts stand, and all those above them."""
    found: set[bytes] = set()
    for each in facts:
        folder = each.path.rpartition(b"/")[0] if isinstance(each.fact, relation.needs) else b""
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition(b"/")[0]
    return found | {b""}


def folders(facts: Iterable[Located], relations: Sequence[Relation]) -> set[bytes]:
    """Return the folders in which something stands with which facts are compared."""
    found = {each.path.rpartition(b"/")[0] for each in facts for one in relations if isinstance(each.fact, one.needs)}
    if any(type(each.fact).__name__ == "About" for each in facts):
        from pytest_genomic_guard.relations.genomic import siblings  # noqa: PLC0415 - as above

        found |= siblings.folders(facts)
    return found


def settled(scanned: Outcomes, related: list[Finding], facts: Iterable[Located]) -> tuple[Outcomes, list[Finding]]:
    """Return what was found as the files beside each other settle it; what only a work tree's copy has stays as it is."""
    findings = [*(finding for each in scanned.telling() for finding in each.findings), *related]
    if not any(finding.whom and not finding.known for finding in findings):
        return scanned, related
    from pytest_genomic_guard.relations.genomic import siblings  # noqa: PLC0415 - as above

    known = [Located(path=each.location.path, fact=fact) for each in related for fact in siblings.told((each,))]
    beside = siblings.Siblings([*facts, *known])
    scanned = scanned.each(lambda each: each.replace(findings=beside.settled(each.findings, each.working_copy)))
    return scanned, [*beside.settled(related)]


def compared(facts: Sequence[Located]) -> set[str]:
    """Name the classes of facts with which something is compared: that there is a policy or a register is no such thing."""
    return kinds(facts) - {"Registered"}


def kinds(facts: Sequence[Located]) -> set[str]:
    """Name the classes of facts and their bases: a relation that needs a fact gets what is derived from it too."""
    return {kind.__name__ for item in facts for kind in type(item.fact).__mro__}
