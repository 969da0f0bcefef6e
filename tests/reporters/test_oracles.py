"""What others make of our formats: models of SARIF and JUnit by other people, GitLab's own list of fields, a Markdown renderer."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from _hostile import MANY, obeyed, settled
from _hostile import report as hostile
from _reports import REPORTS, everything
from _scratch import guard
from hypothesis import given
from hypothesis import settings as configured
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite
from markdown_it import MarkdownIt
from sarif_pydantic import Sarif

from pytest_genomic_guard.registry import Registry
from pytest_genomic_guard.reporters import FORMATS, reporter
from pytest_genomic_guard.reporters.common import MOST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_genomic_guard.report import Report

# What the model of Result lacks or names otherwise than section 3.27 of the specification; the schema in `_sarif` holds these.
_LACKS = {
    "Result": {"suppressions"},
    "Run": {"columnKind"},
    "Invocation": {"exitCode", "exitCodeDescription", "toolExecutionNotifications"},
}
# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
_SEVERITIES = {"info", "minor", "major", "critical", "blocker"}
_TAGS = {"h1", "h2", "p", "ul", "li", "code", "strong"}


def _render(report: Report, name: str) -> str:
    return reporter(name)(report, Registry())


def _unknown(model: Any, path: str = "") -> Iterator[str]:
    """Yield the properties that a model of SARIF has no field for."""
    kind = type(model).__name__
    for name in model.model_extra or {}:
        if name not in _LACKS.get(kind, set()):
            yield f"{path}{kind}.{name}"
    for field in type(model).model_fields:
        value = getattr(model, field)
        for each in value if isinstance(value, list) else [value]:
            if hasattr(each, "model_extra"):
                yield from _unknown(each, f"{path}{kind}.")


def _sarif(text: str) -> Any:
    """Return the run of a log as the model reads it, after making sure that it knows every property by its name and type."""
    log = Sarif.model_validate_json(text)
    assert not set(_unknown(log))
    (run,) = log.runs
    return run


def _junit(text: str) -> list[TestCase]:
    """Return the cases, after making sure that the numbers that a suite states are those of its cases."""
    (suite,) = JUnitXml.fromstring(text.encode())
    assert isinstance(suite, TestSuite)
    cases = list(suite)
    stated = (suite.tests, suite.failures, suite.errors, suite.skipped)
    kinds = [type(result) for case in cases for result in case.result]
    suite.update_statistics()  # type: ignore[no-untyped-call]
    assert stated == (suite.tests, suite.failures, suite.errors, suite.skipped)
    assert stated == (len(cases), *(kinds.count(kind) for kind in (Failure, Error, Skipped)))
    return cases


def _gitlab(text: str) -> list[dict[str, Any]]:
    """Return the entries, after holding each field to what GitLab documents."""
    entries: list[dict[str, Any]] = json.loads(text)
    assert isinstance(entries, list)
    for entry in entries:
        assert all(isinstance(entry[name], str) and entry[name] for name in ("description", "check_name", "fingerprint"))
        assert entry["severity"] in _SEVERITIES
        location = entry["location"]
        assert isinstance(location["path"], str)
        assert location["path"]
        assert isinstance(location["lines"]["begin"], int)
        assert location["lines"]["begin"] >= 1
    prints = [entry["fingerprint"] for entry in entries]
    assert len(set(prints)) == len(prints)
    return entries


class _Tags(HTMLParser):
    """Collects what a browser makes of a rendered page."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.open = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.add(tag)
        self.attributes += attrs
        self.open += 1

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the contract of a parser
        """Count it."""
        self.open -= 1


def _markdown(text: str) -> str:
    """Return a page rendered with HTML let through, as services do, in which every tag is one that our own marks make."""
    page: str = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text)
    seen = _Tags()
    seen.feed(page)
    seen.close()
    assert seen.tags <= _TAGS
    assert seen.attributes == []
    assert seen.open == 0
    return page


READ: dict[str, Callable[[str], Any]] = {"sarif": _sarif, "junit": _junit, "gitlab": _gitlab, "markdown": _markdown}


@pytest.mark.parametrize("name", sorted(READ))
def test_hostile_report(name: str) -> None:
    """The report of 100,000 findings over odd paths is what each oracle takes."""
    report = hostile()
    assert len(report.findings) == MANY > MOST
    READ[name](_render(report, name))


@pytest.mark.parametrize("name", sorted(READ))
def test_real_run(tmp_path: Path, name: str) -> None:
    """The report of a real run with something of everything is what each oracle takes."""
    READ[name](guard("scan", "--format", name, cwd=everything(tmp_path / "w")).out)


@configured(max_examples=40, deadline=None)
@given(report=REPORTS)
def test_any_report(report: Report) -> None:
    """Whatever a report holds, each oracle takes it."""
    for name, read in READ.items():
        read(_render(report, name))


def test_oracles_refuse() -> None:
    """The oracles are strict enough to be worth asking: a name that is not SARIF's, a wrong count, a tag in Markdown."""
    with pytest.raises(AssertionError):
        _sarif(_render(settled(), "sarif").replace('"ruleIndex"', '"ruleindex"'))
    with pytest.raises(ValueError, match="level"):
        _sarif(_render(settled(), "sarif").replace('"level": "error"', '"level": "fatal"'))
    with pytest.raises(AssertionError):
        _junit(_render(settled(), "junit").replace('failures="', 'failures="1'))
    with pytest.raises(AssertionError):
        _markdown(_render(settled(), "markdown") + "\n<img src=x>\n")


# Where the finding of an outcome is told by each format: as a problem, as settled, or not at all.
def _problems(name: str, text: str) -> tuple[set[str], set[str]]:
    """Return the first folders of the paths that a format tells as problems, and of those that it tells as settled."""
    if name == "json":
        found = [(each["path"], each["outcome"] in {"waived", "baselined"}) for each in json.loads(text)["findings"]]
        found += [(each["path"], False) for each in json.loads(text)["gaps"]]
    elif name == "sarif":
        results = json.loads(text)["runs"][0]["results"]
        places = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in results]
        found = [(place, bool(each["suppressions"])) for place, each in zip(places, results, strict=True)]
    elif name == "junit":
        cases = _junit(text)
        found = [(case.name, any(isinstance(result, Skipped) for result in case.result)) for case in cases]
    elif name == "gitlab":
        found = [(each["location"]["path"], False) for each in _gitlab(text)]
    elif name == "github":
        found = [(properties["file"], False) for _command, properties, _text in obeyed(text)]
    else:
        found = [(word.strip("`:, "), False) for word in text.split()]
    known = {"fail", "warn", "note", "waived", "baselined", "gap"}
    folders = [(path.partition("/")[0], settled) for path, settled in found if "/" in path]
    return {path for path, done in folders if not done} & known, {path for path, done in folders if done} & known


@pytest.mark.parametrize("name", FORMATS)
def test_settled_findings_are_no_problems(name: str) -> None:
    """Waived and baselined findings are told as such, or not at all; all else is told as a problem, masks and all."""
    text = _render(settled(), name)
    problems, done = _problems(name, text)
    assert problems == {"fail", "warn", "note", "gap"}
    assert done == ({"waived", "baselined"} if name in {"json", "sarif", "junit"} else set())
    for gate in ("[masked]: triage", "apps/x: triage"):
        plain = text.replace("\\\\[", "[").replace("\\\\]", "]")
        assert gate in plain
