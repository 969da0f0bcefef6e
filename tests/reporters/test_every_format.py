"""Every format, over one hostile report and over real runs: what it shows, what nobody obeys, where it lands."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as Tree

import pytest
from _hostile import MANY, PATHS, obeyed
from _hostile import report as hostile
from _reports import REPORTS, everything
from _sarif import relative, valid
from _scratch import environment, guard, scan
from hypothesis import given, settings
from markdown_it import MarkdownIt

from pytest_genomic_guard.registry import Registry
from pytest_genomic_guard.reporters import BESIDE, FORMATS, reporter
from pytest_genomic_guard.reporters.common import MOST
from pytest_genomic_guard.reporters.text import SHOWN, printable
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_genomic_guard.report import Report

WORST = "the one that fails"


def json_(text: str, report: Report) -> None:
    """Hold the JSON report: it has all findings, with their paths as they are, but for half characters, which are no text."""
    found = json.loads(text)
    paths = [each.path.encode("utf-8", "backslashreplace").decode() for each in report.findings]
    assert [each["path"] for each in found["findings"]] == paths
    assert len(found["gaps"]) == len(report.gaps)


def sarif(text: str, report: Report) -> None:
    """Hold SARIF: it fits the specification, is capped, and what fails is first."""
    run = valid(json.loads(text))
    gates = [gate for gate in report.gates if gate.outcome != "pass"]
    assert len(run["results"]) == min(len(report.findings), MOST) + min(len(report.gaps), MOST) + len(gates)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == report.exit_code == 1
    levels = [each["level"] for each in invocation["toolExecutionNotifications"]]
    assert levels == ["error", *(["warning"] if len(report.findings) > MOST else [])]
    assert relative(run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) == WORST
    assert "snippet" not in text


def github(text: str, report: Report) -> None:
    """Hold annotations: three commands and no other, on places that are those of the report, few of each level, no line lost."""
    found = list(obeyed(text))
    assert {command for command, _properties, _text in found} == {"error", "warning"}
    paths = {each.path for each in report.findings} | {each.path for each in report.gaps} | {report.policy_path or ""}
    shown = {printable(path) for path in paths}
    for _command, properties, _message in found:
        assert set(properties) <= {"file", "line", "title"}
        assert properties.get("file", "") in {*shown, ""}
    assert len(found) == 2 * SHOWN
    lines = text.splitlines()
    assert len(lines) == len(found) + 3
    assert all(line.isprintable() for line in lines)
    assert lines[-1].startswith("FAIL  1 fail, ")


def gitlab(text: str, report: Report) -> None:
    """Hold code quality: its keys, no fingerprint twice, the finding that fails is among them."""
    entries = json.loads(text)
    assert all(set(each) == {"description", "check_name", "fingerprint", "severity", "location"} for each in entries)
    assert len({each["fingerprint"] for each in entries}) == len(entries)
    assert {each["severity"] for each in entries} <= {"info", "minor", "major", "critical", "blocker"}
    assert all(each["location"]["lines"]["begin"] >= 1 and each["location"]["path"] for each in entries)
    assert [each["severity"] for each in entries if each["location"]["path"] == WORST] == ["critical"]
    assert len(entries) == 1 + len(report.gaps) + len(report.gates) + MOST


def junit(text: str, report: Report) -> None:
    """Hold JUnit: it can be parsed, nothing in it is markup of a path's, its numbers are those of its cases."""
    top = Tree.fromstring(text)  # noqa: S314 - what is parsed was written by the test's own process  # genomic-guard: allow[COD109] our own report
    assert {element.tag for element in top.iter()} == {"testsuites", "testsuite", "testcase", "failure", "error", "system-out"}
    cases = top.findall("./testsuite/testcase")
    for element in (top, top[0]):
        numbers = {name: int(element.attrib[name]) for name in ("tests", "failures", "errors", "skipped")}
        assert numbers["tests"] == len(cases) == 2 + len(report.gaps) + len(report.gates) + MOST
        assert numbers["failures"] == len(top.findall(".//failure")) == 2  # the finding, and that the list is not complete
        assert numbers["errors"] == len(top.findall(".//error")) == 1 + len(report.gaps)
    assert all((element.text or "").strip().isprintable() for element in top.iter())
    assert [case.attrib["name"].startswith(WORST) for case in cases if case.find("failure") is not None] == [False, True]


def markdown(text: str, report: Report) -> None:
    """Hold Markdown: headings are ours, nothing is a link, an image or markup, paths stand in code as they may be shown."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inline = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in inline} == {"text", "code_inline", "strong_open", "strong_close"}
    assert not {token.type for token in tokens} & {"html_block", "fence", "code_block", "table_open", "hr"}
    headings = [tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open"]
    assert headings[0] == "genomic-guard: fail"
    assert all(
        re.match(r"(?:GEN101 a-name|RUN102 a-name|RUN101 unread-content): \d+$|Gates$|Coverage$", each) for each in headings[1:]
    )
    codes = {token.content for token in inline if token.type == "code_inline"}
    assert {printable(path) for path in {gap.path for gap in report.gaps[:SHOWN]}} <= codes
    assert WORST in codes
    assert text.count("\n") < 400


def text_(text: str, report: Report) -> None:
    """Hold the text: printable lines, few of them, the failing finding listed."""
    assert all(line.isprintable() for line in text.split("\n"))
    assert text.count("\n") < 400
    assert f"  {WORST}  notebook, cell 4, line " in text
    assert f"RUN101 unread-content: {len(report.gaps)} not read" in text


HOLD: dict[str, Callable[[str, Report], None]] = {
    "text": text_,
    "json": json_,
    "sarif": sarif,
    "github": github,
    "gitlab": gitlab,
    "junit": junit,
    "markdown": markdown,
}


@pytest.fixture(scope="module", name="bad")
def fixture_bad() -> Report:
    """Return the hostile report, made once."""
    return hostile()


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_report(bad: Report, name: str) -> None:
    """Odd paths, control characters, injections, 100,000 findings: each format is well-formed, capped and obeyed by none."""
    assert len(bad.findings) == MANY
    text = reporter(name)(bad, Registry())
    assert text.endswith("\n")
    assert text == reporter(name)(bad, Registry())
    HOLD[name](text, bad)
    if name != "github":
        assert list(obeyed(text)) == []


@settings(max_examples=60, deadline=None)
@given(report=REPORTS)
def test_any_report(report: Report) -> None:
    """Whatever a report holds, every format renders it twice the same, well-formed, and no runner obeys what is not ours."""
    for name in FORMATS:
        text = reporter(name)(report, Registry())
        assert text == reporter(name)(report, Registry())
        commands = {command for command, _properties, _text in obeyed(text)}
        assert commands <= ({"error", "warning", "notice"} if name == "github" else set())
        if name == "sarif":
            valid(json.loads(text))
        if name == "junit":
            Tree.fromstring(text)  # noqa: S314 - as above  # genomic-guard: allow[COD109] our own report


def test_every_path_is_told() -> None:
    """The paths are of all kinds that the readers look for, so that nothing passes for want of a case."""
    joined = "\n".join(PATHS)
    assert {command for command, _properties, _text in obeyed(joined)} >= {"old", "stop-commands", "error", "add-mask"}


def _samples(folder: Path) -> set[str]:
    """Return sample names and genotype cells of the files of a folder, which no report may hold."""
    found: set[str] = set()
    for file in folder.rglob("*.vcf"):
        for line in file.read_text().splitlines():
            found.update(cell for cell in line.split("\t")[9:] if len(cell) > 4)
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_real_run(tmp_path: Path, name: str) -> None:
    """A real run: status 1, nothing on stderr, the same bytes again and in a file, no sample name."""
    folder = everything(tmp_path / "w")
    ran = guard("scan", "--format", name, cwd=folder)
    assert (ran.code, ran.err) == (1, "")
    assert "a.vcf" in ran.out
    assert guard("scan", "--format", name, cwd=folder, env={"PYTHONHASHSEED": "7", "LC_ALL": "C"}).raw_out == ran.raw_out
    guard("scan", "--format", f"{name}:{tmp_path / 'out'}", cwd=folder)
    assert (tmp_path / "out").read_bytes() == ran.raw_out
    assert str(tmp_path) not in ran.out
    values = _samples(folder)
    assert len(values) > 5
    assert not [number for number, value in enumerate(values) if value in ran.out]


@pytest.mark.parametrize("name", FORMATS)
def test_incomplete_run_is_visible(tmp_path: Path, name: str) -> None:
    """A run without findings that could not read a file looks like no pass, in any format."""
    folder = tmp_path / "w"
    folder.mkdir()
    (folder / "x.gz").write_bytes(b"\x1f\x8b\x08\0")
    ran = guard("scan", "--format", name, cwd=folder)
    assert ran.code == 3
    marks: dict[str, Callable[[], Any]] = {
        "text": lambda: "INCOMPLETE" in ran.out,
        "json": lambda: json.loads(ran.out)["verdict"] == "incomplete",
        "sarif": lambda: not valid(json.loads(ran.out))["invocations"][0]["executionSuccessful"],
        "github": lambda: [command for command, _properties, _text in obeyed(ran.out)] == ["error"],
        "gitlab": lambda: [each["severity"] for each in json.loads(ran.out)] == ["critical"],
        "junit": lambda: Tree.fromstring(ran.out).attrib["errors"] == "2",  # noqa: S314 - as above  # genomic-guard: allow[COD109] our own report
        "markdown": lambda: "# genomic-guard: incomplete" in ran.out,
    }
    assert marks[name]()


@pytest.mark.parametrize("name", FORMATS)
def test_excluding_everything_is_visible(tmp_path: Path, name: str) -> None:
    """A policy that leaves nothing to read makes no format look like a pass."""
    folder = tmp_path / "w"
    folder.mkdir()
    (folder / "x.txt").write_text("x")
    (folder / ".genomic-guard.yaml").write_text("version: 1\nexclude: [{path: '**', reason: r}]\n")
    ran = guard("scan", "--format", name, cwd=folder)
    assert ran.code == 3
    assert re.search("nothing was read|incomplete", ran.out)


def test_step_summary(tmp_path: Path) -> None:
    """The github format on stdout adds Markdown to the job's summary, after what is there; to a file it adds nothing."""
    folder = everything(tmp_path / "w")
    variable, other = BESIDE["github"]
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    env = {variable: str(summary)}
    ran = guard("scan", "--format", "github", cwd=folder, env=env)
    shown = guard("scan", "--format", other, cwd=folder).out
    assert ran.raw_out == guard("scan", "--format", "github", cwd=folder).raw_out
    assert summary.read_text() == "before\n" + shown
    guard("scan", "--format", f"github:{tmp_path / 'out'}", cwd=folder, env=env)
    guard("scan", "--format", "text", cwd=folder, env=env)
    assert summary.read_text() == "before\n" + shown


def test_step_summary_that_cannot_be_written(tmp_path: Path) -> None:
    """A summary that was lost is status 3 and a line, and the annotations are still given."""
    ran = guard("scan", "--format", "github", cwd=everything(tmp_path / "w"), env={BESIDE["github"][0]: str(tmp_path)})
    assert (ran.code, ran.err.count("\n")) == (3, 1)
    assert "title=GEN101 " in ran.out


def test_annotations_are_those_of_the_report(tmp_path: Path) -> None:
    """Of a real run each failing finding has an annotation at its file, with a line only where that is a line of the file."""
    folder = everything(tmp_path / "w")
    report = scan(cwd=folder).json
    found = list(obeyed(guard("scan", "--format", "github", cwd=folder).out))
    lines = {
        (each["path"], None if each["trail"] else each["line"])
        for each in report["findings"]
        if each["outcome"] in {"fail", "warn"}
    }
    told = {
        (properties["file"], int(properties["line"]) if "line" in properties else None)
        for _command, properties, text in found
        if "genomic-guard explain" in text
    }
    assert told == lines
    assert not any("w/good.vcf" in properties.values() for _command, properties, _text in found)


def test_suppressed_in_sarif(tmp_path: Path) -> None:
    """What is waived is in SARIF as suppressed, and nothing else is; rules carry their manual."""
    folder = everything(tmp_path / "w")
    run = valid(json.loads(guard("scan", "--format", "sarif", cwd=folder).out))
    waived = [each for each in run["results"] if each["suppressions"]]
    assert [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in waived] == ["w/good.vcf"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert "## What to do instead" in rules["GEN101"]["help"]["markdown"]
    assert rules["GEN101"]["properties"]["security-severity"] == "8.0"
    assert "security-severity" not in rules["RUN101"]["properties"]
    assert {"GEN101", "RUN101", "FAIR101"} <= set(rules)


def test_fingerprints_outlive_other_lines(tmp_path: Path) -> None:
    """A fingerprint stays when lines are added above, in SARIF and for GitLab, and holds nothing of the content."""
    folder = tmp_path / "w"
    folder.mkdir()

    def prints() -> tuple[list[str], list[str]]:
        run = valid(json.loads(guard("scan", "--format", "sarif", cwd=folder).out))
        entries = json.loads(guard("scan", "--format", "gitlab", cwd=folder).out)
        return [each["partialFingerprints"]["genomicGuard/v1"] for each in run["results"]], [
            each["fingerprint"] for each in entries
        ]

    (folder / "a.vcf").write_bytes(samples.vcf(samples=3))
    first = prints()
    (folder / "a.vcf").write_bytes(b"##fileformat=VCFv4.2\n##note=x\n" + samples.vcf(samples=5).partition(b"\n")[2])
    assert prints() == first
    assert first[0] == first[1]


def test_only_the_format_asked_for_is_imported() -> None:
    """A text report loads neither JSON nor XML nor another format's module."""
    look = (
        "import sys; from pytest_genomic_guard.reporters import reporter; reporter('text');"
        "found = [n for n in sys.modules if n in ('json', 'xml.etree') or n.startswith('pytest_genomic_guard.reporters.')];"
        "print(found)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", look], capture_output=True, text=True, check=True, env=environment())
    assert done.stdout == "['pytest_genomic_guard.reporters.text']\n"
