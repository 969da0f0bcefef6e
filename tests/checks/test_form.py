"""What every rule owes its users: a manual, cases, a name for ever, a page, a way out, and a sentence that quotes nothing."""

from __future__ import annotations

import inspect
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import pytest_genomic_guard
from pytest_genomic_guard import testing
from pytest_genomic_guard._index import INDEX
from pytest_genomic_guard.cli.generate import HEADINGS, discover
from pytest_genomic_guard.model import FAMILIES, Options
from pytest_genomic_guard.policy import WAIVER_ONLY
from pytest_genomic_guard.registry import Registry, describe, family
from pytest_genomic_guard.reporters.common import GAPS
from pytest_genomic_guard.testing import run_case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_genomic_guard.model import Rulebook
    from pytest_genomic_guard.report import Report

ROOT = Path(__file__).parents[2]
RULES = list(discover())
EACH = pytest.mark.parametrize("rulebook", RULES, ids=lambda rulebook: rulebook.code)
LINES = 150
FEWEST_RULES = 11  # of version 0.1; an empty list would make every test here pass
WORD = re.compile(rb"[^\s,;:/|<>\"'(){}\[\]=]{5,}")


def _cases(rulebook: type[Rulebook]) -> list[testing.Case]:
    return testing.cases((ROOT / "tests" / "checks" / f"{rulebook.code}.md").read_text("utf-8"))


def _texts(report: Report) -> list[str]:
    """Return everything of a report that could quote something; paths are shown on purpose, digests are of tracked inputs."""
    out = [text for found in report.findings for text in (found.message, found.subject or "", found.help, *found.trail)]
    out += [text for gap in report.gaps for text in (gap.reason, gap.where or "", *gap.trail)]
    return out + [gate.message for gate in report.gates]


def test_there_are_rules() -> None:
    """The rooms are not empty, and the registry knows the same rules as the rooms hold."""
    assert len(RULES) >= FEWEST_RULES
    assert [rulebook.code for rulebook in RULES] == [row[0] for row in INDEX] == list(Registry().entries)


@EACH
def test_index(rulebook: type[Rulebook]) -> None:
    """The generated index says of a rule what its class says, so that nothing is imported in vain, and nothing left out."""
    entry = Registry().entries[rulebook.code]
    real = describe(rulebook)
    assert entry.rulebook is rulebook
    assert (entry.kind, tuple(entry.sees)) == (real.kind, tuple(real.sees))
    if entry.kind == "rule":  # it looks at nothing itself: the judge speaks for it
        gate = rulebook.__module__.startswith("pytest_genomic_guard.gates.")
        assert gate or rulebook.code.startswith("RUN") or rulebook.code in GAPS


@EACH
def test_manual(rulebook: type[Rulebook]) -> None:
    """The docstring has a title of one line and the fixed headings in their order, each with words of its own."""
    manual = inspect.cleandoc(rulebook.__doc__ or "")
    title, blank, _rest = manual.split("\n", 2)
    assert title.endswith(".")
    assert not blank
    at = [manual.index(f"\n{heading}\n{'-' * len(heading)}\n") for heading in HEADINGS]
    for start, end in pairwise([*at, len(manual)]):
        assert len(manual[start:end].strip().split("\n", 2)[2].split()) > 1


@EACH
def test_name(rulebook: type[Rulebook]) -> None:
    """A name is in kebab-case and no other rule's; the code belongs to a known family."""
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rulebook.name)
    assert [other.code for other in RULES if other.name == rulebook.name] == [rulebook.code]
    assert re.fullmatch(r"[A-Z]{3,4}[0-9]{3}", rulebook.code)
    assert family(rulebook.code) in FAMILIES
    assert re.fullmatch(r"\d+\.\d+", rulebook.since)


def test_lock() -> None:
    """Every rule is in codes.lock under its name, and nothing that is there has left."""
    lines = (ROOT / "codes.lock").read_text("utf-8").splitlines()
    assert {line for line in lines if not line.startswith("#")} == {f"{rulebook.code} {rulebook.name}" for rulebook in RULES}


@EACH
def test_page(rulebook: type[Rulebook]) -> None:
    """The page exists, is listed, and shows every case under its title."""
    page = (ROOT / "docs" / "checks" / f"{rulebook.code}.md").read_text("utf-8")
    for case in _cases(rulebook):
        assert f"\n### {'fires' if case.fires else 'quiet'}: {case.title}\n" in page
    assert f"({rulebook.code}.md)" in (ROOT / "docs" / "checks" / "README.md").read_text("utf-8")


@EACH
def test_cases(rulebook: type[Rulebook]) -> None:
    """A rule has cases that fire and cases that stay quiet, under titles of their own."""
    found = _cases(rulebook)
    assert {case.fires for case in found} == {True, False}
    assert len({case.title for case in found}) == len(found)


def test_no_case_file_without_a_rule() -> None:
    """A case file that no rule owns would be run against nothing."""
    assert {file.stem for file in (ROOT / "tests" / "checks").glob("*.md")} == {rulebook.code for rulebook in RULES}


@EACH
def test_way_out(rulebook: type[Rulebook]) -> None:
    """Data that may have left already has advice by state; anything else says what to do in a sentence."""
    if rulebook.code.startswith(WAIVER_ONLY):
        assert rulebook.mend is not None
    if rulebook.mend is not None:
        advice = (rulebook.mend.not_pushed, rulebook.mend.pushed, rulebook.mend.public)
        assert len(set(advice)) == len(advice)
        assert all(line and "\n" not in line for line in advice)
    for case in _cases(rulebook):
        report = run_case(case)
        assert all(len(found.help.split()) > 1 and "\n" not in found.help for found in report.findings)


@EACH
def test_options(rulebook: type[Rulebook]) -> None:
    """Options have defaults of a type that the policy can read, and a sentence about them."""
    if rulebook.Options is not Options:
        assert rulebook.Options.__doc__
    assert all(type(value) in {int, float, bool, str} for value in Registry().options(rulebook.code).values())


@EACH
def test_size(rulebook: type[Rulebook]) -> None:
    """A rule fits on a few screens, manual included."""
    source = Path(inspect.getsourcefile(rulebook) or "")
    assert source.is_relative_to(Path(pytest_genomic_guard.__file__).parent)
    assert len(source.read_text("utf-8").splitlines()) <= LINES


@EACH
def test_nothing_is_quoted(rulebook: type[Rulebook], monkeypatch: pytest.MonkeyPatch) -> None:
    """No text of a report holds a word that a case's samples invented: no name, position or variant id."""
    words: set[str] = set()

    def spy(template: str, files: Mapping[bytes, bytes] | None = None) -> bytes:
        data = fill(template, files)
        words.update(word.decode() for word in WORD.findall(data) if word.isascii() and word not in template.encode())
        return data

    fill = testing.fill
    monkeypatch.setattr(testing, "fill", spy)
    constant = set(WORD.findall(testing.samples.columns("FORMAT")))
    for case in _cases(rulebook):
        if not case.fires:
            continue
        words.clear()
        texts = _texts(run_case(case))
        assert texts
        invented = [word for word in words - {word.decode() for word in constant} if any(mark.isdigit() for mark in word)]
        assert not [number for number, word in enumerate(invented) if any(word in text for text in texts)]
