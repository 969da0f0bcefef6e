"""No check of genomic data shows what it saw: no id, position, variant or call of any case is in any format of the report."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import pytest_genomic_guard
from pytest_genomic_guard import testing
from pytest_genomic_guard.registry import Registry
from pytest_genomic_guard.reporters import FORMATS, reporter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_genomic_guard.report import Report

CASES = sorted((Path(__file__).parents[1] / "checks").glob("GEN*.md"))
REGISTRY = Registry()
PACKAGE = Path(pytest_genomic_guard.__file__).parent
OURS = {word for file in PACKAGE.rglob("*.py") for word in re.findall(r"\w{5,}", file.read_text("utf-8"))}  # manuals are shown
WORD = re.compile(rb"[A-Za-z0-9_]{5,}")
# As the samples invent people, so that they are told from invented variants and positions.
PERSON = re.compile(rb"(?<![A-Za-z0-9])[A-Z]{2,4}\d{5,6}[PQR](?![A-Za-z0-9])")
# Names beside those by which a format is judged: a second one of the same people, and what was cut before it said whose it is.
UNSEEN = {
    ("GEN109", "a phenopacket that was cut"),
    ("GEN116", "a few rows of a signal file in documentation"),
    ("GEN117", "a sample sheet of a sequencer"),
    ("GEN306", "record numbers"),
    ("GEN306", "APOE and patient numbers"),
}


class Filled:
    """Fills templates as a case does, and keeps what was invented."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Begin to listen."""
        self.made: list[bytes] = []
        self._fill = testing.fill
        monkeypatch.setattr(testing, "fill", self)

    def __call__(self, template: str, files: Mapping[bytes, bytes] | None = None) -> bytes:
        """Fill a template."""
        data = self._fill(template, files)
        if "version:" not in template:
            self.made.append(data)
        return data

    def words(self, pattern: re.Pattern[bytes], template: bytes) -> set[str]:
        """Return the words of all contents since the last call that the template does not hold."""
        found = {word.decode("ascii", "replace") for data in self.made for word in pattern.findall(data) if word not in template}
        self.made.clear()
        return found


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> Filled:
    """Return what fills templates."""
    return Filled(monkeypatch)


def printed(report: Report) -> str:
    """Return a report in every format."""
    return "\n".join(reporter(name)(report, REGISTRY) for name in FORMATS)


def templates(case: testing.Case) -> bytes:
    """Return what stands in a case itself."""
    return "\n".join((case.title, *(f"{path}\n{template}" for path, _words, template in case.files))).encode()


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_nothing_is_shown(file: Path, filled: Filled) -> None:
    """Nothing that the samples of a case invented is in any format, whether the check fires or not."""
    for case in testing.cases(file.read_text("utf-8")):
        shown = set(re.findall(r"[A-Za-z0-9_]+", printed(testing.run_case(case))))
        invented = filled.words(WORD, templates(case))
        assert not [len(word) for word in (invented & shown) - OURS if any(map(str.isdigit, word))], case.title


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_paths_are_masked(file: Path, filled: Filled) -> None:
    """A file that has the name of one of its people is shown without it, when the check fires."""
    for case in testing.cases(file.read_text("utf-8")):
        if not case.fires or (file.stem, case.title) in UNSEEN or file.stem.startswith(("GEN4", "GEN6")):
            continue
        report = testing.run_case(case)
        if not any(found.code == file.stem for found in report.findings):
            continue
        made = list(filled.made)
        people = sorted(filled.words(PERSON, templates(case)))
        files = {path.encode(): data for (path, _words, _template), data in zip(case.files, made, strict=False)}
        if not people or len(made) != len(case.files) or any(words for _path, words, _template in case.files):
            continue
        named = {f"{people[0]}/{people[-1]}.txt".encode(): b"a text\n", **files}
        named |= {path + f".{people[0]}".encode(): data for path, data in files.items()}
        text = printed(testing.scan(named))
        assert not [len(person) for person in people if person in text], case.title
