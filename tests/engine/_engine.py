"""Rules, views and snapshots of the engine's tests. Every class here does one thing that a rule of a third party could do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.model import Check, Fact, Location, Options, Relation, View
from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.registry import Plan, Registry
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.views.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pytest_genomic_guard.model import Artifact, Facts, Finding, Located, Rulebook
    from pytest_genomic_guard.report import Report


class Part(Memory):
    """Content of which a part is to be judged, as of an index; it notes what is opened."""

    def __init__(self, files: Mapping[bytes, bytes], changed: Iterable[bytes], facts: Iterable[Located] = ()) -> None:
        """Take contents by path, and which of them are changed."""
        super().__init__(files, list(facts))
        self._part = frozenset(changed)
        self.opened: list[bytes] = []
        self._entries = tuple(entry.replace(opener=self._noting(entry)) for entry in self._entries)

    @property
    def changed(self) -> frozenset[bytes]:
        """Return the part."""
        return self._part

    def _noting(self, entry: Artifact) -> Callable[[], object]:
        def opener() -> object:
            self.opened.append(entry.path)
            return entry.opener()

        return opener


class Words(Fact):
    """How many words a text has."""

    words: int


class LongWords(Words):
    """The same, of a text with long words."""


class Counting(Check[Text]):
    """Gives the number of words as a fact, and reports texts that hold the word `bad`."""

    code = "ACME101"
    name = "bad-word"
    since = "1.0"

    def look(self, view: Text, options: Options) -> Iterator[Finding | Fact]:  # noqa: ARG002 - the contract of a check
        """Count, and report by line."""
        kind = LongWords if b"longest" in view.data else Words
        yield kind(words=len(view.data.split()))
        at = view.data.find(b"bad")
        if at >= 0:
            yield self.finding(view.locate(at), "a bad word")


class Comparing(Relation):
    """Reports each text that has as many words as another one."""

    code = "ACME102"
    name = "same-length"
    since = "1.0"
    needs = (Words,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Compare all with all."""
        counts = facts.of(Words)
        for path, fact in counts:
            others = tuple(other for other, same in counts if other != path and same.words == fact.words)
            if others:
                yield self.finding(Location(path=path), "as long as {others} others", others=len(others), involves=others)


def failing(code: str, what: Callable[[Text], Iterable[object]], name: str = "failing") -> type[Check[Text]]:
    """Return a check of texts whose look is `what`."""

    class Failing(Check[Text]):
        """Fails."""

        since = "1.0"

        def look(self, view: Text, options: Options) -> Iterable[Finding | Fact]:  # noqa: ARG002 - the contract of a check
            """Do it."""
            return what(view)  # type: ignore[return-value]  # the point

    Failing.code, Failing.name = code, name
    return Failing


def seeing(code: str, view: type[View]) -> type[Check[View]]:
    """Return a check that reports every view of a kind."""

    class Seeing(Check[view]):  # type: ignore[valid-type]  # the parameter is what is tested
        """Reports what it sees."""

        name = "seen"
        since = "1.0"

        def look(self, view: View, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a check
            """Report it."""
            yield self.finding(Location(path=view.artifact.path), "seen")

    Seeing.code = code
    return Seeing


def run(files: Mapping[bytes, bytes], *rules: type[Rulebook], changed: Iterable[bytes] | None = None) -> Report:
    """Run rules, and no shipped ones but RUN, over contents."""
    snapshot = Memory(files) if changed is None else Part(files, changed)
    return engine(*rules).run(snapshot, Policy())


def engine(*rules: type[Rulebook]) -> Engine:
    """Return an engine with these rules and the shipped ones."""
    return Engine(Plan(Registry(rules)))


def codes(report: Report) -> list[tuple[str, str]]:
    """Return code and path of what was found."""
    return [(found.code, found.path) for found in report.findings]
