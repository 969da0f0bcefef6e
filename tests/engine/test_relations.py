"""Relations: what they are given, what they may read, and what of their findings is told where a part is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _engine import Comparing, Counting, LongWords, Part, Words, codes, engine, run
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.model import Fact, Relation
from pytest_genomic_guard.policy import Policy, Reasoned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options

FILES = {b"d/a": b"x\n", b"d/b": b"y\n", b"d/c": b"x y\n", b"e/a": b"z\n", b"e/bad": b"bad\n"}


def test_relation_reports_what_involves_a_change() -> None:
    """Where a part is judged, a relation's finding counts if its place or something that it compares is in that part."""
    assert codes(run(FILES, Counting, Comparing)) == [
        *(("ACME102", path) for path in ("d/a", "d/b", "e/a")),
        ("ACME101", "e/bad"),
        ("ACME102", "e/bad"),
    ]
    assert codes(run(FILES, Counting, Comparing, changed=[b"d/a"])) == [("ACME102", "d/a"), ("ACME102", "d/b")]
    assert codes(run(FILES, Counting, Comparing, changed=[b"d/c"])) == []
    assert codes(run(FILES, Counting, Comparing, changed=[])) == []


def test_relation_reads_its_own_folder() -> None:
    """Of what did not change only the folders of changed facts are read, and nothing in them is judged by itself."""
    snapshot = Part(FILES, [b"d/a"])
    report = engine(Counting, Comparing).run(snapshot, Policy())
    assert snapshot.opened == [b"d/a", b"d/b", b"d/c"]
    assert report.files == 1
    snapshot = Part(FILES, [b"d/c"])
    engine(Counting).run(snapshot, Policy())
    assert snapshot.opened == [b"d/c"]  # without a relation nothing else is read


class Everywhere(Comparing):
    """Compares with the whole snapshot."""

    code = "ACME105"
    reach = "snapshot"


def test_relation_over_the_whole_snapshot() -> None:
    """One that reaches everywhere gets the facts of all that is there; what it says of unchanged files alone is not told."""
    snapshot = Part(FILES, [b"d/a"])
    report = engine(Counting, Everywhere).run(snapshot, Policy())
    assert sorted(snapshot.opened) == sorted(FILES)
    assert codes(report) == [("ACME105", path) for path in ("d/a", "d/b", "e/a", "e/bad")]
    assert "as long as 3 others" in report.findings[0].message


def test_excluded_files_are_compared_with_nobody() -> None:
    """What the policy excludes is not read for a relation either."""
    snapshot = Part(FILES, [b"d/a"])
    policy = Policy(exclude=(Reasoned(what="d/b", reason="ours"), Reasoned(what="e/", reason="ours")))
    assert codes(engine(Counting, Everywhere).run(snapshot, policy)) == []
    assert b"d/b" not in snapshot.opened


class Above(Comparing):
    """Compares with some files in the folders above."""

    code = "ACME109"
    reach = "above"

    @staticmethod
    def looks_at(path: bytes) -> bool:
        """Take files of one name."""
        return path.endswith(b"settings")


def test_relation_over_the_folders_above() -> None:
    """One that reaches upwards gets the facts of the files it names there: no others, and none of folders beside or below."""
    files = dict.fromkeys(
        (b"a", b"settings", b"d/settings", b"d/b", b"d/e/f", b"d/e/settings", b"d/e/g/settings", b"x/settings"), b"word\n"
    )
    snapshot = Part(files, [b"d/e/f"])
    engine(Counting, Above).run(snapshot, Policy())
    assert sorted(snapshot.opened) == [b"d/e/f", b"d/e/settings", b"d/settings", b"settings"]


@given(number=st.integers(0, 40), part=st.integers(0, 40))
def test_relation_gets_all_facts_in_order(number: int, part: int) -> None:
    """However many files there are and whatever part of them is judged: the facts of all of them, once, in path order."""
    given_to: list[list[bytes]] = []

    class Noting(Relation):
        """Notes what it is given."""

        code = "ACME106"
        name = "noting"
        since = "1.0"
        needs = (Words,)
        reach = "snapshot"

        def look(self, facts: Facts, options: Options) -> list[Finding]:  # noqa: ARG002 - the contract of a relation
            """Note it."""
            given_to.append([path for path, _fact in facts.of(Words)])
            return []

    files = {b"%02d.txt" % at: b"word\n" for at in range(number)}
    changed = sorted(files)[:part]
    engine(Counting, Noting).run(Part(files, changed), Policy())
    assert given_to == ([sorted(files)] if changed else [])


def test_relation_is_given_derived_facts() -> None:
    """A relation that needs a fact is asked, and given it, also where all there are is derived from it."""
    report = run({b"a": b"longest one\n", b"b": b"longest two\n"}, Counting, Comparing)
    assert codes(report) == [("ACME102", "a"), ("ACME102", "b")]

    class Narrow(Comparing):
        """Needs the derived fact."""

        code = "ACME107"
        needs = (LongWords,)

    assert codes(run({b"a": b"one\n", b"b": b"two\n"}, Counting, Narrow)) == []


def test_relation_without_its_facts_is_not_asked() -> None:
    """A relation whose facts nobody gave is left alone."""

    class Lonely(Relation):
        """Would raise."""

        code = "ACME108"
        name = "lonely"
        since = "1.0"
        needs = (type("Never", (Fact,), {"__annotations__": {}}),)

        def look(self, facts: Facts, options: Options) -> list[Finding]:  # noqa: ARG002 - the contract of a relation
            """Fail."""
            raise ValueError

    assert run(FILES, Counting, Lonely).gaps == ()


def test_relation_that_raises() -> None:
    """It is a gap of the run; what it said before, other relations and the checks are kept."""

    class Raising(Comparing):
        """Raises after its first finding."""

        code = "ACME109"

        def look(self, facts: Facts, options: Options) -> Iterator[Finding]:
            """Report one, then raise."""
            yield next(super().look(facts, options))
            raise ValueError(facts.of(Words))

    report = run(FILES, Counting, Raising, Comparing)
    assert [(gap.path, gap.reason, gap.where) for gap in report.gaps] == [
        (".", "check-failed", f"{__name__}:{Raising.look.__code__.co_firstlineno + 3}")
    ]
    assert [code for code, _path in codes(report)].count("ACME109") == 1
    assert [code for code, _path in codes(report)].count("ACME102") == 4
    assert report.exit_code == 1


@pytest.mark.parametrize("what", [Words(words=1), b"text", None])
def test_relation_that_gives_no_finding(what: object) -> None:
    """A relation gives findings only: anything else is a gap."""

    class Wrong(Comparing):
        """Gives something else."""

        code = "ACME111"

        def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
            """Give it."""
            yield what  # type: ignore[misc]  # the point

    report = run(FILES, Counting, Wrong)
    assert ([gap.path for gap in report.gaps], codes(report)) == (["."], [("ACME101", "e/bad")])
