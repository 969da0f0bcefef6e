"""The engine: whatever a rule or view does, the run goes on, nothing else is lost, and what failed is a gap with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest
from _engine import Comparing, Counting, Words, codes, failing, run, seeing
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard import look as look_module
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.model import COVERAGES, Check, Covered, Gap, Location, Options, Rule, View
from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.registry import Plan, PluginError, Registry
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import samples
from pytest_genomic_guard.views.text import Text
from pytest_genomic_guard.views.variants import VariantCalls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.model import Artifact, Finding

    Decoding = Callable[[Callable[[Artifact, object], Iterator[object]]], None]

BAD = b"one bad word\n"


def _raise(error: type[BaseException], text: object) -> NoReturn:
    raise error(text)


def _line(of: Callable[..., object], after: int = 1) -> str:
    return f"{of.__module__}:{of.__code__.co_firstlineno + after}"


def _late(view: Text) -> Iterator[object]:
    """Give a fact, and then raise."""
    yield Words(words=7)
    raise ValueError(view.data)


ERRORS = [ValueError, KeyError, AssertionError, RecursionError, MemoryError, StopIteration, SystemExit, UnicodeError]


@pytest.mark.parametrize("error", ERRORS)
def test_check_that_raises(error: type[BaseException]) -> None:
    """It is a gap in each file where it raised, with the line that raised; other files and other checks are as they were."""
    broken = failing("ACME103", lambda view: _raise(error, view.data) if b"one" in view.data else ())
    report = run({b"a.txt": BAD, b"b.txt": b"two bad words\n", b"c.vcf": samples.vcf()}, broken, Counting)
    assert codes(report) == [("ACME101", "a.txt"), ("ACME101", "b.txt"), ("GEN101", "c.vcf")]
    assert [(gap.path, gap.reason, gap.where) for gap in report.gaps] == [("a.txt", "check-failed", _line(_raise))]
    assert (report.exit_code, report.verdict) == (1, "fail")
    assert report.coverage["unread"] == 1


def test_check_that_raises_alone() -> None:
    """Without a finding the run is incomplete, never clean."""
    report = run({b"a.txt": b"one\n"}, failing("ACME103", lambda view: _raise(ValueError, view.data)))
    assert (report.exit_code, report.verdict) == (3, "incomplete")


def test_what_came_before_the_error_counts() -> None:
    """What a check gave before it raised is kept: a fact reaches the relations."""
    late = failing("ACME103", _late)
    report = run({b"a.txt": BAD, b"b.txt": b"one two three four five six 7\n"}, late, Counting, Comparing)
    assert ("ACME102", "a.txt") in codes(report)
    assert [gap.where for gap in report.gaps] == [_line(_late, 3)] * 2


def test_interrupt_is_no_gap() -> None:
    """Ctrl-C while a check works ends the run."""
    with pytest.raises(KeyboardInterrupt):
        run({b"a.txt": BAD}, failing("ACME103", lambda _view: _raise(KeyboardInterrupt, "")))


FOREIGN: dict[str, Callable[[Text], list[object]]] = {
    "another code": lambda view: [Counting().finding(view.locate(), "x")],
    "a shipped code": lambda view: [Counting().finding(view.locate(), "x").replace(code="GEN101")],
    "an unknown code": lambda view: [Counting().finding(view.locate(), "x").replace(code="XYZ999")],
    "no place": lambda _view: [Counting().finding(Location(path=b"a"), "x").replace(code="ACME103", location=None)],
    "a path as text": lambda _view: [Counting().finding(b"a", "x").replace(code="ACME103")],  # type: ignore[arg-type]  # the point
    "bytes": lambda view: [view.data],
    "a message of bytes": lambda view: [Counting().finding(view.locate(), "x").replace(code="ACME103", message=view.data)],
    "a gap": lambda view: [Gap(path=view.artifact.path, reason="unreadable")],
    "nothing": lambda _view: [None],
    "a view": lambda view: [view],
}


@pytest.mark.parametrize("what", FOREIGN)
def test_foreign_things(what: str) -> None:
    """What a check yields that is no finding of its own, or could not be told, is refused; what others found stays."""
    report = run({b"a.txt": BAD}, failing("ACME103", FOREIGN[what]), Counting)
    assert [(gap.path, gap.reason, gap.where.partition(":")[0]) for gap in report.gaps if gap.where] == [
        ("a.txt", "check-failed", "pytest_genomic_guard.faults")
    ]
    assert (codes(report), report.exit_code) == ([("ACME101", "a.txt")], 1)


def test_check_cannot_change_what_it_sees() -> None:
    """A check that writes to the view fails; the checks after it see the view as it was."""

    def write(view: Text) -> Iterator[object]:
        view.data = b""  # type: ignore[misc]  # the point
        yield from ()

    writing = failing("ACME100", write)
    report = run({b"a.txt": BAD}, writing, Counting)
    assert codes(report) == [("ACME101", "a.txt")]
    assert [gap.reason for gap in report.gaps] == ["check-failed"]


class Unmade(Counting):
    """Cannot be made."""

    code = "ACME110"

    def __init__(self, needed: int) -> None:
        """Want something."""
        self.needed = needed


def test_rule_that_cannot_be_made() -> None:
    """A class that the engine could not make is refused before anything is read: it would end the run for all files."""
    with pytest.raises(PluginError, match="cannot be made"):
        Registry([Unmade])


@pytest.mark.parametrize(("anchors", "pattern"), [((b"a",), rb"a("), ((), b"a"), ((b"a", b""), b"a")])
def test_text_rule_that_cannot_match(anchors: tuple[bytes, ...], pattern: bytes) -> None:
    """An expression that does not compile, or a rule without an anchor, is refused before anything is read."""
    wrong = failing("ACME103", lambda _view: ())
    wrong.rules = (Rule(name="wrong", anchors=anchors, pattern=pattern),)
    with pytest.raises(PluginError, match="text rules"):
        Registry([wrong])


# Views


class Base(View):
    """A kind of view."""


class Derived(Base):
    """A special kind of it."""


class Other(View):
    """Another kind."""


@pytest.fixture
def decoding(monkeypatch: pytest.MonkeyPatch) -> Decoding:
    """Return a function that sets what files are decoded to."""
    return lambda decode: monkeypatch.setattr(look_module, "decode", decode)


@pytest.mark.parametrize(
    ("wanted", "seen"),
    [
        (View, ["base", "derived", "other", "text"]),
        (Base, ["base", "derived"]),
        (Derived, ["derived"]),
        (Other, ["other"]),
        (Text, ["text"]),
        (VariantCalls, []),
    ],
)
def test_parameter_decides_what_is_seen(decoding: Decoding, wanted: type[View], seen: list[str]) -> None:
    """A check sees the views of its parameter's class and of those derived from it, and no others."""
    views = {b"base": Base, b"derived": Derived, b"other": Other}

    def decode(artifact: Artifact, _wanted: object) -> Iterator[object]:
        kind = views.get(artifact.path)
        yield kind(artifact=artifact) if kind else Text(artifact=artifact, data=b"", segments=(), owned=0)
        yield Covered(level="full")

    decoding(decode)
    found = run(dict.fromkeys([*views, b"text"], b""), seeing("ACME101", wanted))
    assert [path for _code, path in codes(found)] == seen


def test_two_parameters() -> None:
    """The first parameter is the view, whatever follows it."""

    class Wanted(Options):
        """An option."""

        wanted: int = 1

    class Two(Check[Base, Wanted]):
        """Two parameters."""

    assert Two.view is Base
    assert Check[Derived].view is Derived


def _broken_view(where: str) -> type[View]:
    class Broken(Base):
        """Raises when asked."""

    def method(self: View, *_rest: object) -> object:
        raise ValueError(self.artifact.path)

    setattr(Broken, where, method)
    return Broken


@pytest.mark.parametrize("where", ["identifiers", "facts"])
def test_view_that_raises_when_asked(decoding: Decoding, where: str) -> None:
    """A view that cannot tell its identifiers or facts is a gap; checks still see it, and other files are judged."""

    def decode(artifact: Artifact, _wanted: object) -> Iterator[object]:
        yield (_broken_view(where) if artifact.path == b"a" else Base)(artifact=artifact, trail=("part 1",))
        yield Covered(level="full")

    decoding(decode)
    report = run({b"a": b"", b"b": b""}, seeing("ACME101", Base))
    assert [(gap.path, gap.trail, gap.reason, gap.where) for gap in report.gaps] == [
        ("a", ("part 1",), "view-failed", f"{__name__}:{_broken_view.__code__.co_firstlineno + 5}")
    ]
    assert (codes(report), report.exit_code) == ([("ACME101", "a"), ("ACME101", "b")], 1)


def test_view_that_cannot_tell_its_place(decoding: Decoding) -> None:
    """A check that asks such a view for its place is a gap at the view as a whole."""

    class Placing(Check[Base]):
        """Asks for the place."""

        code, name, since = "ACME101", "placing", "1.0"

        def look(self, view: Base, _options: Options) -> Iterator[Finding]:
            """Yield one at the place."""
            yield self.finding(view.locate(), "found")

    def decode(artifact: Artifact, _wanted: object) -> Iterator[object]:
        yield (_broken_view("locate") if artifact.path == b"a" else Base)(artifact=artifact, trail=("part 1",))
        yield Covered(level="full")

    decoding(decode)
    report = run({b"a": b"", b"b": b""}, Placing)
    assert [(gap.path, gap.trail, gap.reason) for gap in report.gaps] == [("a", ("part 1",), "check-failed")]
    assert codes(report) == [("ACME101", "b")]


@pytest.mark.parametrize("error", [ValueError, MemoryError, RecursionError, SystemExit])
def test_decoding_that_raises(decoding: Decoding, error: type[BaseException]) -> None:
    """Where decoding raises in the middle, what it gave before is judged, the rest is a gap, and other files are judged."""

    def decode(artifact: Artifact, _wanted: object) -> Iterator[object]:
        yield Base(artifact=artifact)
        if artifact.path == b"a":
            _raise(error, artifact.path)
        yield Covered(level="full")

    decoding(decode)
    report = run({b"a": b"", b"b": b""}, seeing("ACME101", Base))
    assert [(gap.path, gap.reason, gap.where) for gap in report.gaps] == [("a", "view-failed", _line(_raise))]
    assert codes(report) == [("ACME101", "a"), ("ACME101", "b")]
    assert (report.coverage["unread"], report.coverage["full"]) == (1, 1)


@given(levels=st.lists(st.sampled_from(COVERAGES), min_size=1, max_size=5))
def test_coverage_is_that_of_the_worst_part(levels: list[str]) -> None:
    """A file is covered as its worst part is, in whatever order its parts come."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(look_module, "decode", lambda _artifact, _wanted: iter([Covered(level=level) for level in levels]))  # type: ignore[arg-type]  # a level of the list
        report = run({b"a": b""})
    assert report.coverage == {level: int(level == max(levels, key=COVERAGES.index)) for level in COVERAGES}


# The run as a whole


def test_each_artifact_is_one_tick() -> None:
    """Progress is told of artifacts and bytes, and of how many."""
    ticks: list[tuple[int, ...]] = []
    running = Engine(Plan(Registry()), tick=lambda *done: ticks.append(done))
    running.run(Memory({b"a": b"x", b"b": BAD}), Policy())
    size = len(BAD) + 1
    assert ticks == [(1, 1, 2, size), (2, size, 2, size)]


def test_order_of_what_is_told() -> None:
    """Findings come by path, code and line, whatever order the rules have."""
    files = {b"b": BAD, b"a": b"good\nbad\n", b"c.vcf": samples.vcf()}
    assert run(files, Counting, Comparing).findings == run(files, Comparing, Counting).findings
    assert [found.path for found in run(files, Counting).findings] == ["a", "b", "c.vcf"]
