"""The public helpers for people who write checks: samples that other tools accept, strict case files, assertions that can fail."""

from __future__ import annotations

import secrets
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.model import Check, Fact, Location, Options, Relation, Rule
from pytest_genomic_guard.testing import (
    DIRECTIVES,
    Case,
    assert_case,
    assert_fires,
    assert_quiet,
    cases,
    fill,
    run_case,
    samples,
    scan,
    told,
)
from pytest_genomic_guard.views.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding

LABEL = Rule(name="acme-label", anchors=(b"TUBE-",), pattern=rb"TUBE-[0-9a-f]{12}")


class Rack(Fact):
    """How many labels a file holds."""

    labels: int


class Largest(Options):
    """How many labels a rack may hold."""

    largest: int = 2


class ACME101(Check[Text]):
    """A label of a tube."""

    code = "ACME101"
    name = "tube-label"
    severity = "warning"
    since = "1.0"
    rules = (LABEL,)

    def look(self, view: Text, options: Options) -> Iterator[Finding | Fact]:  # noqa: ARG002 - the contract of a check
        """Report labels by their places, and count them."""
        spans = list(view.matches(LABEL))
        if spans:
            yield Rack(labels=len(spans))
        for start, end in spans:
            yield self.finding(view.locate(start, end), "a label of {length} characters", length=end - start)


class ACME102(Relation[Largest]):
    """A rack that holds too much."""

    code = "ACME102"
    name = "full-rack"
    since = "1.0"
    needs = (Rack,)
    Options = Largest

    def look(self, facts: Facts, options: Largest) -> Iterator[Finding]:
        """Report files with more labels than the option allows."""
        for path, rack in facts.of(Rack):
            if rack.labels > options.largest:
                yield self.finding(Location(path=path), "a rack of {labels} labels", labels=rack.labels)


class Broken(Check[Text]):
    """Raises what it saw."""

    code = "ACME103"
    name = "broken"
    since = "1.0"

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a check
        """Raise."""
        raise ValueError(view.data)


class Quoting(ACME101):
    """Puts what it saw where a number belongs."""

    code = "ACME104"
    name = "quoting"
    rules = (LABEL.replace(name="quoted-label"),)

    def look(self, view: Text, options: Options) -> Iterator[Finding | Fact]:  # noqa: ARG002 - the contract of a check
        """Try to quote."""
        yield self.finding(view.locate(), "a label {label}", label=view.data.decode())  # type: ignore[arg-type]  # the point


class Foreign(ACME101):
    """Speaks for another check."""

    code = "ACME105"
    name = "foreign"
    rules = (LABEL.replace(name="foreign-label"),)

    def look(self, view: Text, options: Options) -> Iterator[Finding | Fact]:  # noqa: ARG002 - the contract of a check
        """Report under a code that is not its own."""
        yield self.finding(view.locate(), "a label").replace(code="GEN101")


class Telling(ACME101):
    """Yields what it saw as it is."""

    code = "ACME106"
    name = "telling"
    rules = (LABEL.replace(name="told-label"),)

    def look(self, view: Text, options: Options) -> Iterator[Finding | Fact]:  # noqa: ARG002 - the contract of a check
        """Yield bytes."""
        yield view.data  # type: ignore[misc]  # the point


def _label() -> str:
    return f"TUBE-{secrets.token_hex(6)}"


def test_third_party_check() -> None:
    """A check that is defined outside runs as ours do; its finding has the place and none of the text."""
    label = _label()
    report = assert_fires(ACME101, {"a/notes.txt": f"one\ntwo {label}\n", "b.txt": b"nothing"})
    (found,) = report.findings
    assert (found.path, found.line, found.column, found.outcome) == ("a/notes.txt", 2, 5, "warn")
    assert label not in found.message
    assert told(report, "ACME101") == ["a/notes.txt:2: a label of 17 characters [warn]"]
    assert_quiet(ACME101, {"a/notes.txt": label[:-1]})


@pytest.mark.parametrize(
    "wrap", ["gzip", "bgzf", "utf-16", "utf-16-le", "crlf", "bom", "notebook", "notebook-html", "notebook-source"]
)
def test_third_party_check_sees_every_wrapping(wrap: str) -> None:
    """A text check gets text, however the file holds it."""
    assert_fires(ACME101, {"file": DIRECTIVES[wrap](f"some words, then {_label()} and more".encode())})


def test_third_party_relation() -> None:
    """A relation with options gets the facts of a check and the options of the policy."""
    rack = "\n".join(_label() for _each in range(3)).encode()
    policy = b"version: 1\nchecks: {ACME102: {largest: 3}}\n"
    report = scan({b"rack.txt": rack}, extra=(ACME101, ACME102))
    assert told(report, "ACME102") == ["rack.txt: a rack of 3 labels [fail]"]
    assert not told(scan({b"rack.txt": rack, b".genomic-guard.yaml": policy}, extra=(ACME101, ACME102)), "ACME102")


def test_assertions_can_fail() -> None:
    """Each assertion fails on the opposite, also without ``assert`` statements, and says what was told without quoting it."""
    label = _label()
    with pytest.raises(AssertionError, match="ACME101 is quiet"):
        assert_fires(ACME101, {"a.txt": "nothing"})
    with pytest.raises(AssertionError, match=r"a\.txt:1: a label of 17 characters") as caught:
        assert_quiet(ACME101, {"a.txt": label})
    assert label not in str(caught.value)
    with pytest.raises(AssertionError, match="GEN101 is not quiet"):
        assert_quiet("GEN101", {"a.vcf": samples.vcf(samples=1)})
    with pytest.raises(ValueError, match="no shipped check"):
        assert_quiet("GEN999", {"a.vcf": samples.vcf(samples=1)})
    script = "from pytest_genomic_guard.testing import *; assert_fires('GEN101', {'a.txt': 'nothing'})"
    done = subprocess.run([sys.executable, "-O", "-c", script], capture_output=True, text=True, check=False)
    assert "AssertionError: GEN101 is quiet" in done.stderr


@pytest.mark.parametrize("check", [Broken, Quoting, Foreign, Telling])
def test_check_that_fails(check: type[Check[Text]]) -> None:
    """A check that raises, quotes, or yields what is not its own leaves a gap with its place; it neither fires nor is quiet."""
    label = _label()
    report = scan({b"a.txt": label.encode()}, extra=(check,))
    (gap,) = report.gaps
    assert gap.reason == "check-failed"
    assert gap.where
    module, _colon, line = gap.where.rpartition(":")
    assert module in {__name__, "pytest_genomic_guard.model", "pytest_genomic_guard.faults"}
    assert not report.findings
    assert line.isdigit()
    assert report.exit_code == 3
    with pytest.raises(AssertionError, match="is quiet"):
        assert_fires(check, {"a.txt": label})
    with pytest.raises(AssertionError, match="a check raised an error") as caught:
        assert_quiet(check, {"a.txt": label})
    assert label not in str(caught.value)


def test_class_with_a_shipped_code() -> None:
    """A class that takes a shipped code is not silently replaced by the shipped check."""
    from pytest_genomic_guard.registry import PluginError  # noqa: PLC0415 - of this test only

    class Taken(ACME101):
        code = "GEN101"

    with pytest.raises(PluginError, match="taken"):
        assert_quiet(Taken, {"a.txt": "nothing"})


def test_policy_is_obeyed() -> None:
    """`scan` obeys the policy among the files: select, ignore and exclude."""
    files = {b"a.txt": _label().encode()}
    for block, fires in (
        ("select: [GEN]", False),
        ("select: [ACME]", True),
        ("ignore: [{code: ACME101, reason: ours}]", False),
        ("exclude: [{path: a.txt, reason: ours}]", False),
        ("profile: strict", True),
    ):
        policy = f"version: 1\n{block}\n".encode()
        assert bool(told(scan({**files, b".genomic-guard.yaml": policy}, extra=(ACME101,)), "ACME101")) is fires


FILE = "# ACME101\n\n## {heading}\n\nSome words.\n\n`a.txt`{words}\n\n```\n{content}\n```\n{end}"


def test_case_of_a_third_party() -> None:
    """A third party's case file is read and asserted as ours are."""
    text = FILE.format(
        heading="fires: a label", words=" gzip crlf", content="one\nTUBE-{{hexadecimal digits=12}}", end="\nExpect: `17`\n"
    )
    (case,) = cases(text)
    assert case == Case(
        title="a label", fires=True, files=(("a.txt", ("gzip", "crlf"), "one\nTUBE-{{hexadecimal digits=12}}\n"),), expect="17"
    )
    assert_case(case.replace(files=(("a.txt", ("crlf", "gzip"), case.files[0][2]),)), ACME101)
    with pytest.raises(AssertionError, match=r"should tell '18': a\.txt:2"):
        assert_case(case.replace(expect="18", files=(("a.txt", ("crlf",), case.files[0][2]),)), ACME101)
    with pytest.raises(AssertionError, match="is not quiet"):
        assert_case(case.replace(fires=False, files=(("a.txt", (), case.files[0][2]),)), ACME101)
    with pytest.raises(AssertionError, match="it is quiet"):
        assert_case(case.replace(files=(("a.txt", (), "TUBE"),)), ACME101)


@pytest.mark.parametrize(
    "text",
    [
        FILE.format(heading="fires: x", words="", content="", end=""),
        FILE.format(heading="quiet: x", words="", content="", end="\nExpect: `x`\n"),
        FILE.format(heading="fire: x", words="", content="", end="\nExpect: `x`\n"),
        FILE.format(heading="quiet: x", words="", content="", end="\nb.txt\n\n```\n```\n"),
        FILE.format(heading="quiet: x", words="", content="", end="\n`b.txt`\n\nwords\n\n```\n```\n"),
        "## quiet: x\n\nwords\n",
    ],
    ids=["fires on nothing", "quiet with words", "misspelt", "no path", "path too far up", "no file"],
)
def test_case_that_would_not_run(text: str) -> None:
    """A case that would not be run as it reads is refused, by its title."""
    with pytest.raises(ValueError, match=r"case '(fire: )?x'"):
        cases(text)


def test_headings_in_files() -> None:
    """A heading inside a file's content is content, and longer fences hold shorter ones."""
    (case,) = cases("## quiet: x\n\n`a.md`\n\n````\n## fires: y\n\n```\n`b.txt`\n```\n````\n")
    assert case.files == (("a.md", (), "## fires: y\n\n```\n`b.txt`\n```\n"),)


def test_fill() -> None:
    """Placeholders are filled in place; a sample alone is the whole content, without a line feed that it has not."""
    assert fill("{{binary size=5}}\n").startswith(b"\0\1\2\3")
    assert len(fill("{{binary size=5}}\n")) == 9
    assert fill("a\n{{vcf samples=1 variants=0}}\nb\n").endswith(b"\nb\n")
    assert fill("a\n{{vcf samples=1 variants=0}}\nb\n").count(b"\n") == 6
    assert fill("sha256: {{sha256 of=a}}\n", {b"a": b""}).startswith(b"sha256: e3b0c44298fc1c14")
    assert fill("x {{name}} y\n").startswith(b"x ")
    with pytest.raises(ValueError, match="no sample called 'nothing'"):
        fill("{{nothing}}")


def test_unknown_words() -> None:
    """A directive that does not exist is an error, never a file that stays as it is."""
    with pytest.raises(KeyError):
        run_case(Case(title="x", fires=False, files=(("a", ("gzipp",), "x\n"),), expect=""))


@given(st.text("a1{}= \n_", max_size=40))
def test_fill_leaves_other_text(text: str) -> None:
    """Text without a placeholder is never changed."""
    if "{{a" not in text and "{{_" not in text and "{{1" not in text:
        assert fill(text) == text.encode()
