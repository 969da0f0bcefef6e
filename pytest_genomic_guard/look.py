"""One artifact: its views, what the checks see in them, and what all of it comes to. A large text can be looked at in shares."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.faults import failed, refuse_foreign, where
from pytest_genomic_guard.model import COVERAGES, Covered, Fact, Finding, Gap, Identifiers
from pytest_genomic_guard.near import apart, gathered, told
from pytest_genomic_guard.relations.run.allow import ALLOW, comments
from pytest_genomic_guard.scanned import Scanned
from pytest_genomic_guard.views import variants
from pytest_genomic_guard.views.decode import decode, whole
from pytest_genomic_guard.views.pointers import Pointed, Target
from pytest_genomic_guard.views.text import Text, has_rows, unescaped
from pytest_genomic_guard.views.wanted import Wanted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pytest_genomic_guard.matching import Matcher
    from pytest_genomic_guard.model import Artifact, View
    from pytest_genomic_guard.registry import Plan
    from pytest_genomic_guard.views.split import Split

    Told = Finding | Fact | Gap | Covered | Target
    Begin = Callable[[bool, bool], None]  # told whether a reader claims a long text, and whether a rule matched in its first window

TABLES = 0xFFFF  # the number of the share that is the tables of the whole


class Share(Record):
    """What one process saw of a text that several look at."""

    number: int
    found: tuple[tuple[int, Told], ...]  # with the windows in or behind which it stands
    windows: int  # that were read
    whole: bool  # nothing failed: what a view that raises leaves unread would be another thing for each process
    over: bool = False  # all windows were read
    matched: bool = False  # what asks for the tables of the whole
    seen: bool = False  # identifiers
    identifiers: frozenset[bytes] = frozenset()
    copied: bool = False  # a work tree has another version of it


class Looking:
    """What looks at one artifact after another, by one plan."""

    def __init__(self, plan: Plan) -> None:
        """Take the rules."""
        self._plan = plan
        names, always = plan.asked()
        self._wanted = Wanted(names, always=always, parsed=plan.parsed())
        self.identifiers = set[bytes]()
        self._seen, self._failed, self._length = False, False, 0  # of the artifact that is scanned: identifiers, errors, text

    @property
    def _matcher(self) -> Matcher:
        """Return what finds the text rules."""
        raise NotImplementedError

    def _scan(self, artifact: Artifact) -> Scanned:
        """Scan one artifact."""
        return self.summed(artifact, list(self._told(self._items(artifact))), seen=self._seen)

    def first(self, artifact: Artifact, shares: int, begin: Begin) -> Scanned | Share:
        """Scan an artifact, or the first of some shares of it where it is a long text: `begin` is told of the others."""
        from pytest_genomic_guard.views.split import Split  # noqa: PLC0415 - for large artifacts only

        around, self.identifiers = self.identifiers, set()
        self._wanted.split = split = Split(shares, begin)
        try:
            found = [(split.at, each) for each in self._told(self._items(artifact))]
        finally:
            self._wanted.split = None
        if split.windows > 1:
            return self._shared(0, split, found, around)
        self.identifiers |= around
        return self.summed(artifact, [each for _at, each in found], seen=self._seen)

    def share(self, artifact: Artifact, shares: int, number: int, *, claimed: bool) -> Share:
        """Look at one of the other shares of a long text, or at its tables."""
        from pytest_genomic_guard.views.split import Split, share  # noqa: PLC0415 - as above

        around, self.identifiers = self.identifiers, set()
        split = Split(shares, _nothing)
        if number == TABLES:
            from pytest_genomic_guard.views import tabular  # noqa: PLC0415 - for long texts that are asked only

            views: Iterator[View | Gap | Covered] = tabular.long(whole(artifact, self._wanted))
        else:
            views = share(artifact, split, number)
        self._wanted.claimed = claimed
        try:
            found = [(split.at, each) for each in self._told(self._matched(artifact, lambda: views))]
            return self._shared(number, split, found, around)
        finally:
            self._wanted.claimed = self._wanted.matched = False

    def _shared(self, number: int, split: Split, found: list[tuple[int, Told]], around: set[bytes]) -> Share:
        """Return what a share gave, and forget its identifiers here."""
        identifiers, self.identifiers = frozenset(self.identifiers), around
        matched = split.matched if number == 0 else self._wanted.matched
        return Share(
            number=number,
            found=tuple(found),
            windows=split.windows,
            whole=not self._failed,
            over=split.over,
            matched=matched,
            seen=self._seen,
            identifiers=identifiers,
        )

    def summed(self, artifact: Artifact, found: Iterable[Told], *, seen: bool) -> Scanned:
        """Return what all that was found in an artifact comes to."""
        findings, facts, gaps, covered = list[Finding](), list[Fact](), list[Gap](), list[Covered]()
        target: Target | None = None
        for each in found:
            if isinstance(each, Finding):
                findings.append(each)
            elif isinstance(each, Gap):
                gaps.append(each)
            elif isinstance(each, Covered):
                covered.append(each)
            elif isinstance(each, Target):
                target = each
            else:
                facts.append(each)
        facts += told(findings) if artifact.kind == "file" else ()  # not what a message or a name says
        worst = Covered(level="unread") if gaps else max(covered, key=lambda part: COVERAGES.index(part.level))
        return Scanned(
            path=artifact.path,
            findings=apart(findings, self._plan.registry.entries),
            facts=tuple(facts),
            gaps=tuple(gaps),
            covered=worst,
            blob=artifact.blob,
            size=artifact.size if artifact.size is not None else self._length,
            target=target,
            plain=not (findings or gaps or target or seen),
        )

    def _told(self, items: Iterator[View | Gap | Covered]) -> Iterator[Told]:
        """Yield what each item tells."""
        self._seen, self._failed, self._length = False, False, 0
        for item in items:
            if isinstance(item, (Covered, Gap)):
                yield item
                continue
            self._length += len(item.data) if isinstance(item, Text) else 0
            if isinstance(item, Pointed) and item.target:
                yield item.target
            yield from self._look(item)

    def _items(self, artifact: Artifact) -> Iterator[View | Gap | Covered]:
        """Decode, with matches attached to texts, and further views that stand in a text."""
        return self._matched(artifact, lambda: decode(artifact, self._wanted))

    def _matched(self, artifact: Artifact, decoded: Callable[[], Iterator[View | Gap | Covered]]) -> Iterator[View | Gap | Covered]:
        """Attach matches to texts, and add what stands in them."""
        try:
            for item in decoded():
                if isinstance(item, Text):
                    if item.elsewhere:
                        continue
                    text = item.replace(hits=self._matcher.scan(item.data, self._wanted.parts(item)))
                    yield text
                    plain = unescaped(item) if has_rows(item.data) else None
                    text = plain.replace(hits=self._matcher.scan(plain.data, self._wanted.parts(plain))) if plain else text
                    if text.hits:
                        yield from variants.quoted(text)
                    yield from self._wanted.within(text)
                else:
                    yield item
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a view that raises is a gap; its message could quote a value
            self._failed = True
            yield Gap(path=artifact.path, reason="view-failed", where=where(error))

    def _look(self, view: View) -> Iterator[Finding | Fact | Gap]:
        try:
            self._identify(view.identifiers())
            yield from view.facts()
            if isinstance(view, Text):
                yield from comments(view) if ALLOW.name in view.hits else ()
                yield from gathered(self._plan, view)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - as above
            yield failed(view, "view-failed", error)
        try:
            checks = self._plan.checks(view)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - as above; a check is imported when its view turns up
            yield failed(view, "check-failed", error)
            return
        for check, options in checks:
            try:
                for found in check.look(view, options):
                    if isinstance(found, Identifiers):
                        self._identify(found.values)
                        continue
                    refuse_foreign(found, check)
                    yield found
            except (Exception, SystemExit) as error:  # noqa: BLE001 - as above
                yield failed(view, "check-failed", error)

    def _identify(self, values: Iterable[bytes]) -> None:
        """Take identifiers that were seen."""
        if before := set(values):
            self.identifiers |= before
            self._seen = True


def _nothing(*_: object) -> None:
    """Tell nobody."""
