"""The report for people: what it groups and counts, what it escapes, where it stops, and its last line."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from _hostile import settled
from _reports import CODES, REPORTS, everything
from _scratch import Repo, environment, guard, scan
from hypothesis import given, settings

from pytest_genomic_guard.cli.terminal import Progress
from pytest_genomic_guard.registry import Registry
from pytest_genomic_guard.reporters.text import SHOWN, render
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_genomic_guard.report import Report

LAST = re.compile(
    r"(PASS|FAIL|INCOMPLETE)  (\d+) fail, (\d+) warn, (\d+) waived, (?:\d+ baselined, )?(\d+) not read  \(profile (\w+), (.*)\)"
)


def counted(text: str) -> tuple[str, int, int, int, int]:
    """Return verdict and numbers of the last line."""
    found = LAST.fullmatch(text.splitlines()[-1])
    assert found, text
    return found[1], int(found[2]), int(found[3]), int(found[4]), int(found[5])


def expected(report: dict[str, Any]) -> tuple[str, int, int, int, int]:
    """Return what the last line must say, from the JSON report of the same run."""
    outcomes = Counter(each["outcome"] for each in [*report["findings"], *report["gates"]])
    return report["verdict"].upper(), outcomes["fail"], outcomes["warn"], outcomes["waived"], len(report["gaps"])


@settings(max_examples=150, deadline=None)
@given(report=REPORTS)
def test_any_report(report: Report) -> None:
    """Whatever a report holds: printable lines, one group for each code, the verdict last, no endless list."""
    text = render(report, Registry())
    assert text.endswith("; nothing was read: the policy excludes all of it\n" if report.nothing_read else ")\n")
    assert all(line.isprintable() for line in text.split("\n"))
    heads = [line.partition(" ")[0] for line in text.split("\n") if re.match(r"(?:GEN|RUN)\d+ a-name: \d", line)]
    found = {each.code for each in report.findings}
    assert heads == sorted(found, key=lambda code: (code.startswith("RUN"), code))
    outcomes = Counter[str](each.outcome for each in report.findings) + Counter(each.outcome for each in report.gates)
    assert counted(text) == (report.verdict.upper(), outcomes["fail"], outcomes["warn"], outcomes["waived"], len(report.gaps))
    assert text.count("\n") <= len(CODES) * (3 * SHOWN + 8) + 2 * SHOWN + 4 + 2 * len(report.gates) + 4


def test_settled_findings_are_counted_and_not_listed() -> None:
    """What is waived or baselined is a number in the heading and in the last line, and no place among those to mend."""
    text = render(settled(), Registry())
    assert "GEN101 a-name: 1 fail, 1 warn, 1 note, 1 waived, 1 baselined\n" in text
    assert text.splitlines()[-1] == "FAIL  2 fail, 1 warn, 1 waived, 1 baselined, 1 not read  (profile research, ci/guard.yaml)"
    listed = {line.strip() for line in text.splitlines() if line.endswith(".vcf")}
    assert listed == {f"{outcome}/[masked].vcf" for outcome in ("fail", "warn", "note")}
    assert re.search(r"^gate fairness \[masked\]: triage: tpr\.difference", text, re.MULTILINE)


def test_group_of_settled_findings_says_no_more() -> None:
    """A code of which all is waived or baselined has its counts, and no advice on how to mend or waive."""
    report = settled()
    left = [finding for finding in report.findings if finding.outcome in {"waived", "baselined"}]
    text = render(report.replace(findings=tuple(left), gates=(), gaps=()), Registry())
    assert text.startswith("GEN101 a-name: 1 waived, 1 baselined\n\n5 files of the index: ")
    assert "PASS  0 fail, 0 warn, 1 waived, 1 baselined, 0 not read" in text


def test_something_of_everything(tmp_path: Path) -> None:
    """Codes in order with RUN last, then gaps, gates and numbers; counts, places and sentences are those of the JSON report."""
    folder = everything(tmp_path / "w")
    text, report = guard("scan", cwd=folder).out, scan(cwd=folder).json
    heads = re.findall(r"^((?:GEN|RUN|gate) ?[\w ]*[\w-]*)", text, re.MULTILINE)
    assert heads == [
        "GEN101 individual-level-variant-calls",
        "GEN102 quoted-genotype-rows",
        "RUN102 partly-read-content",
        "RUN201 unused-waiver",
        "RUN202 expired-waiver",
        "RUN203 void-waiver",
        "RUN101 unread-content",
        "gate fairness good",
        "gate fairness bad",
        "gate fairness unsure",
        "gate fairness missing",
    ]
    assert "GEN101 individual-level-variant-calls: 5 fail, 1 waived\n" in text
    assert "  a.vcf:4\n      VCF with genotype columns of 3 people\n" in text
    assert (
        "  b.ipynb  notebook, cell 2, output 1, text/plain, line 4\n      a saved output shows genotype columns of 1 person\n"
        in text
    )
    assert "  c.vcf.gz:4  gzip\n" in text
    assert "  d.bin\n      printable runs were read, values were not (unknown binary)\n" in text
    assert "w/good.vcf" not in text  # what is waived is counted, not listed
    assert "RUN101 unread-content: 2 not read, so this run cannot pass\n  f.gz  gzip\n" in text
    assert "gate fairness bad: tpr.difference <= 0.10: fail\n" in text
    assert "gate fairness unsure: tpr.difference <= 0.10: inconclusive (warn)\n" in text
    assert "14 files of the folder: 4 full, 5 verdict-by-header, 1 opaque, 1 partial, 2 unread; 1 excluded by policy\nFAIL" in text
    assert counted(text) == expected(report) == ("FAIL", 7, 6, 1, 2)


def test_advice(tmp_path: Path) -> None:
    """Each group says what to do by how far the commit went and where the manual is; only what can be waived offers it."""
    text = guard("scan", cwd=everything(tmp_path / "w")).out
    groups = {group.split(" ")[0]: group for group in text.split("\n\n")}
    for code in ("GEN101", "GEN102"):
        assert all(f"  {word}" in groups[code] for word in ("mend    not pushed: ", "        pushed: ", "        public: "))
        assert f"  waive   genomic-guard waive {code} PATH --reason TEXT --owner NAME --expires YYYY-MM-DD" in groups[code]
    for code in ("RUN102", "RUN201", "RUN101"):
        assert "mend" not in groups[code]
        assert "waive   " not in groups[code]
        assert f"  why     genomic-guard explain {code}" in groups[code]


NAMES = {
    b"\x1b]0;owned\x07\x1b[2J.vcf": "\\x1b]0;owned\\x07\\x1b[2J.vcf",
    b"x\nPASS  0 fail, 0 warn.vcf": "x\\nPASS  0 fail, 0 warn.vcf",
    b"a\rb.vcf": "a\\rb.vcf",
    b"a\tb.vcf": "a\\tb.vcf",
    b"\x7f\x08.vcf": "\\x7f\\x08.vcf",
    "\x9b31m.vcf".encode(): "\\x9b31m.vcf",
    "\u202efcv.exe": "\\u202efcv.exe",
    "a\u200bb\u2028.vcf": "a\\u200bb\\u2028.vcf",
    b"\xff\xfe.vcf": "\\xff\\xfe.vcf",
    "é ü 一 🧬.vcf".encode(): "é ü 一 🧬.vcf",
    b"::stop-commands::x": "\\x3a:stop-commands::x",
    b"##[group]x": "#\\x23[group]x",
}


@pytest.mark.parametrize("damaged", [False, True])
@pytest.mark.parametrize("name", list(NAMES), ids=[ascii(shown) for shown in NAMES.values()])
def test_no_name_writes_to_the_terminal(tmp_path: Path, name: bytes | str, damaged: bool) -> None:  # noqa: FBT001 - a parameter
    """Control characters, line ends, marks of direction and bytes that are no text are escaped, for findings and for gaps."""
    raw = name if isinstance(name, bytes) else name.encode()
    folder = tmp_path / "w"
    folder.mkdir()
    with open(os.path.join(os.fsencode(folder), raw), "wb") as file:
        file.write(b"\x1f\x8b\x08\0" if damaged else samples.vcf(samples=2))
    ran = guard("scan", cwd=folder)
    assert ran.code == (3 if damaged else 1)
    assert f"  {NAMES[name]}{'  gzip' if damaged else ':4'}\n" in ran.raw_out.decode()
    assert all(line.isprintable() for line in ran.raw_out.decode().split("\n"))
    assert sum(line.startswith(("PASS", "FAIL", "INCOMPLETE")) for line in ran.out.splitlines()) == 1


WAYS = [
    {},
    {"NO_COLOR": "1"},
    {"CI": "true"},
    {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1", "TERM": "xterm-256color"},
    {"COLUMNS": "20"},
]


def test_no_colour_without_a_terminal(tmp_path: Path) -> None:
    """In a pipe the text is the same bytes without escapes, whatever the environment asks for."""
    folder = everything(tmp_path / "w")
    outputs = {guard("scan", cwd=folder, env=env).raw_out for env in WAYS}
    assert len(outputs) == 1
    assert b"\x1b" not in outputs.pop()


COLOUR = re.compile(rb"\x1b\[(?:0|1|1;3[1-3])m")


def seen_on_a_terminal(folder: Path, *arguments: str, **env: str) -> bytes:
    """Return what a terminal shows of a scan, with its line ends as LF."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-I", "-m", "pytest_genomic_guard", "scan", *arguments]
    child = subprocess.Popen(command, cwd=folder, env=environment(**env), stdout=theirs, stderr=theirs, stdin=theirs)
    os.close(theirs)
    seen = b""
    while part := _read(ours):
        seen += part
    os.close(ours)
    assert child.wait(timeout=60) == 1
    return seen.replace(b"\r\n", b"\n")


def test_on_a_terminal(tmp_path: Path) -> None:
    """A terminal sees the same text with headings in bold and a coloured verdict, and nothing that moves the cursor."""
    folder = everything(tmp_path / "w")
    seen = seen_on_a_terminal(folder, TERM="xterm")
    assert COLOUR.sub(b"", seen) == guard("scan", cwd=folder).raw_out
    assert b"\x1b[1mGEN101 individual-level-variant-calls: " in seen
    assert seen.splitlines()[-1].startswith(b"\x1b[1;31mFAIL\x1b[0m  ")
    assert seen.count(b"\x1b[0m") == len(COLOUR.findall(seen)) / 2


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"NO_COLOR": "1"}, {"CI": "true"}], ids=str)
def test_a_terminal_without_colours(tmp_path: Path, env: dict[str, str]) -> None:
    """A terminal that takes no colours, or somebody who wants none, gets the plain bytes."""
    folder = everything(tmp_path / "w")
    assert seen_on_a_terminal(folder, **{"TERM": "xterm", **env}) == guard("scan", cwd=folder).raw_out


def test_no_colour_in_a_format_for_machines(tmp_path: Path) -> None:
    """JSON on a terminal is the same JSON."""
    folder = everything(tmp_path / "w")
    assert seen_on_a_terminal(folder, "--format", "json", TERM="xterm") == scan(cwd=folder).raw_out


@pytest.mark.parametrize(("terminal", "shown"), [(True, True), (False, False)])
def test_progress(monkeypatch: pytest.MonkeyPatch, *, terminal: bool, shown: bool) -> None:
    """Long work tells a terminal how far it is, after two seconds only, and wipes the line; elsewhere it says nothing."""
    clock = iter([0.0, 1.0, 3.0, 3.1, 4.0])
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: terminal)
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr("pytest_genomic_guard.cli.terminal.time.monotonic", lambda: next(clock, 5.0))
    monkeypatch.setattr("pytest_genomic_guard.cli.terminal.os.get_terminal_size", lambda _file: os.terminal_size((50, 9)))
    for name in ("CI", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    progress = Progress()
    progress.tick(1, 10**6, 6_000, 61 * 10**6)
    assert stream.getvalue() == ""
    for files in range(1_000, 4_000, 1_000):
        progress.tick(files, files * 10**4, 6_000, 61 * 10**6)
    progress.end()
    progress.end()
    wanted = (
        "\rgenomic-guard: 1,000 of 6,000 files, 10.0 of 61.0\x1b[K"  # as wide as the terminal: a longer line would wrap
        "\rgenomic-guard: 3,000 of 6,000 files, 30.0 of 61.0\x1b[K\r\x1b[K"
    )
    assert stream.getvalue() == wanted * shown


def test_progress_tells_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """At an even pace it is right from the second line on; a change of pace moves it little by little; none is told at the end."""
    clock = [0.0]
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr("pytest_genomic_guard.cli.terminal.time.monotonic", lambda: clock[0])
    monkeypatch.setattr("pytest_genomic_guard.cli.terminal._columns", lambda: 200)
    for name in ("CI", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    progress = Progress()

    def line(second: float, percent: int) -> str:
        clock[0] = second
        before = len(stream.getvalue())
        progress.tick(percent * 10, percent * 10**7, 1_000, 10**9)
        return stream.getvalue()[before:]

    assert line(10, 1).endswith("10 of 1,000 files, 10.0 of 1,000.0 MB\x1b[K")
    assert line(20, 2).endswith("16:20 left\x1b[K")
    assert line(20.1, 3) == ""
    assert line(21, 52).endswith(" left\x1b[K")
    assert line(7_200, 53).endswith(" left\x1b[K")
    assert line(90_000, 53).endswith("530.0 of 1,000.0 MB\x1b[K")  # nothing more was done for a day
    assert line(90_001, 100).endswith("1,000 of 1,000 files, 1,000.0 of 1,000.0 MB\x1b[K")


def _read(terminal: int) -> bytes:
    """Return what a terminal shows next, nothing once its other side is closed."""
    try:
        return os.read(terminal, 1 << 16)
    except OSError:
        return b""


@pytest.mark.parametrize("files", [19, 20, 21, 45])
def test_long_lists(tmp_path: Path, files: int) -> None:
    """Of one code, and of the gaps, 20 places are listed with the number of the others; the counts are of all."""
    folder = tmp_path / "w"
    folder.mkdir()
    for number in range(files):
        (folder / f"{number:02}.vcf").write_bytes(samples.vcf())
        (folder / f"{number:02}.gz").write_bytes(b"\x1f\x8b\x08\0")
    text = guard("scan", cwd=folder).out
    more = files - 20
    assert f"GEN101 individual-level-variant-calls: {files} fail\n" in text
    assert (f"  and {more} more places, all of them in --format json\n" in text) == (more > 0)
    assert (f"  and {more} more, all of them in --format json\n" in text) == (more > 0)
    assert f"RUN101 unread-content: {files} not read" in text
    assert len(re.findall(r"^  \d\d\.vcf:4$", text, re.MULTILINE)) == len(re.findall(r"^  \d\d\.gz  gzip$", text, re.MULTILINE))
    assert len(re.findall(r"^  \d\d\.vcf:4$", text, re.MULTILINE)) == min(files, 20)
    assert counted(text) == ("FAIL", files, 0, 0, files)


def test_nothing(tmp_path: Path) -> None:
    """No files, no staged files and nothing but clean files are told in two lines, the verdict last."""
    folder, repo = tmp_path / "w", Repo(tmp_path / "repo")
    folder.mkdir()
    end = "PASS  0 fail, 0 warn, 0 waived, 0 not read  (profile research, no policy file)\n"
    assert guard("scan", cwd=folder).out == "0 files\n" + end
    assert guard("scan", "--staged", cwd=repo.root).out == "0 files changed content\n" + end
    (folder / "a.txt").write_bytes(samples.prose())
    assert guard("scan", cwd=folder).out == "1 files of the folder: 1 full; 0 excluded by policy\n" + end
    repo.add("a.txt", samples.prose())
    assert guard("scan", cwd=repo.root).out == "1 files of the work tree: 1 full; 0 excluded by policy\n" + end
    assert guard("scan", "--staged", cwd=repo.root).out == "1 files of the index: 1 full; 0 excluded by policy\n" + end


def test_errors_are_not_on_stdout(tmp_path: Path) -> None:
    """What is no report goes to stderr alone, in one line that names the program."""
    folder = tmp_path / "w"
    folder.mkdir()
    (folder / ".genomic-guard.yaml").write_text("version: 2\n")
    for arguments in (["scan"], ["scan", "gone"], ["scan", "--format", "xml"]):
        ran = guard(*arguments, cwd=folder)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert ran.err.startswith("genomic-guard: ")
