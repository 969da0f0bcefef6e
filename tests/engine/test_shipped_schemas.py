"""The shipped JSON schemas: they are schemas, editors can use them, reports keep to them, and they are strict."""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from pytest_genomic_guard.policy.load import load
from pytest_genomic_guard.testing import DIRECTIVES, samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Json = dict[str, Any]
# The contract of the report, as its guide states it: what a consumer may rely on.
REPORT: Json = {
    "schema": "genomic-guard/report/1",
    "tool": {"name": "pytest-genomic-guard", "version": "1", "ruleset": "0" * 64},
    "policy": {"path": ".genomic-guard.yaml", "sha256": "0" * 64, "profile": "research"},
    "scanned": {
        "source": "worktree",
        "files": 0,
        "bytes": 0,
        "coverage": {"full": 0, "verdict-by-header": 0, "partial": 0, "opaque": 0, "unread": 0},
        "excluded": 0,
    },
    "verdict": "pass",
    "findings": [
        {
            "code": "GEN101",
            "name": "x",
            "family": "GEN",
            "severity": "error",
            "confidence": "high",
            "outcome": "fail",
            "path": "data/x.vcf.gz",
            "entry": 17,
            "trail": ["gzip"],
            "line": 12,
            "column": 1,
            "subject": None,
            "commit": None,
            "message": "x",
            "fingerprint": "0" * 64,
            "clauses": ["45 CFR 164.514(b)(2)"],
            "help": "x",
        }
    ],
    "gaps": [{"path": "x", "trail": [], "reason": "truncated", "code": "RUN101"}],
    "waivers": {"applied": 0, "unused": [], "expired": []},
    "evidence": [],
    "gates": [
        {
            "gate": "sepsis",
            "kind": "fairness",
            "metric": "tpr.difference",
            "bound": "<= 0.1",
            "value": None,
            "interval": None,
            "confidence": 0.95,
            "groups": [{"group": "a=x & b=y", "n": 0, "value": None, "interval": [0.1, 0.2], "verdict": "undefined"}],
            "n": 0,
            "verdict": "inconclusive",
            "outcome": "warn",
            "message": "x",
        }
    ],
}
POLICY: Json = {
    "version": 1,
    "profile": "strict",
    "select": ["GEN", "FAIR101"],
    "ignore": [{"code": "FAIR101", "reason": "later"}],
    "exclude": [{"path": "third_party/**", "reason": "published\nelsewhere"}],
    "checks": {"GEN101": {"max-samples": 2}},
    "waivers": [
        {"code": "GEN101", "path": "a.vcf", "sha256": "0" * 64, "reason": "public", "owner": "me", "expires": "2027-06-30"}
    ],
    "fairness": {
        "sepsis": {
            "value": "m.json#/tpr",
            "bounds": {"tpr.difference": "<= 0.10"},
            "decide": "point",
            "confidence": 0.9,
            "min-denominator": 30,
        }
    },
    "on-inconclusive": {"fairness": "fail"},
    "plugins": ["acme"],
}


def shipped(name: str) -> Json:
    """Return a schema as it is installed."""
    found: Json = json.loads((files("pytest_genomic_guard.schemas") / f"{name}-1.schema.json").read_text("utf-8"))
    return found


def valid(name: str, document: Json) -> bool:
    """Tell whether a document keeps to a shipped schema, formats included."""
    validator = jsonschema.Draft202012Validator(shipped(name), format_checker=jsonschema.FormatChecker())
    return bool(validator.is_valid(document))


def below(node: Any) -> Iterator[Json]:
    """Yield every object of a JSON tree."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from below(child)


@pytest.mark.parametrize("name", ["report", "policy", "evidence"])
def test_is_a_schema(name: str) -> None:
    """The meta-schema accepts it, every object in it is closed, and it names itself."""
    schema = shipped(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:genomic-guard:{name}:1"
    for node in below(schema):
        if node.get("type") == "object":
            assert node["additionalProperties"] is False


@pytest.mark.parametrize("name", ["report", "policy"])
def test_patterns_are_portable(name: str) -> None:
    """Editors read patterns as JavaScript does: no inline flags, named groups of Python or anchors of Python."""
    patterns = [node["pattern"] for node in below(shipped(name)) if isinstance(node.get("pattern"), str)]
    patterns += [key for node in below(shipped(name)) for key in node.get("patternProperties", ())]
    assert patterns
    for pattern in patterns:
        assert not re.search(r"\(\?[aiLmsux-]+[:)]|\(\?P|\\A|\\Z|[*+?]\+|\(\?>", pattern)


def test_contract() -> None:
    """The report of the contract is accepted as it stands."""
    assert valid("report", REPORT)


def paths(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of every key below a node."""
    for key, child in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if isinstance(node, dict):
            yield (*at, key)
        yield from paths(child, (*at, key))


@pytest.mark.parametrize("at", list(paths(REPORT)), ids=lambda at: ".".join(map(str, at)))
def test_report_is_strict(at: tuple[Any, ...]) -> None:
    """A report that lacks one key of the contract, or has one more beside it, or a wrong type in it, is refused."""
    for change in ("remove", "add", "retype"):
        document = copy.deepcopy(REPORT)
        node = document
        for step in at[:-1]:
            node = node[step]
        if change == "remove":
            del node[at[-1]]
        elif change == "add":
            node["more"] = 1
        else:
            node[at[-1]] = {"no": "such type"}
        assert not valid("report", document), change


@pytest.fixture
def report(tmp_path: Path) -> Json:
    """Scan a folder with a finding, a warning, a gap, a gate and waivers in each state, and return the report."""
    work = tmp_path / "work"
    work.mkdir()
    (work / "calls.vcf").write_bytes(samples.vcf(samples=2))
    (work / "old.vcf").write_bytes(samples.vcf(samples=2))
    (work / "cut.gz").write_bytes(DIRECTIVES["truncated"](DIRECTIVES["gzip"](samples.prose(words=2000))))
    (work / "data.bin").write_bytes(samples.binary())
    (work / "m.json").write_text('{"tpr": {"value": 0.2, "n": 100, "interval": [0.1, 0.3], "confidence": 0.95}}', "utf-8")
    waiver = "  - {{code: GEN101, path: {}, sha256: {}, reason: r, owner: o, expires: {}}}\n"
    (work / ".genomic-guard.yaml").write_text(
        "version: 1\nwaivers:\n"
        + waiver.format("gone.vcf", "0" * 64, samples.later().decode())
        + waiver.format("old.vcf", "0" * 64, samples.later(days=-5).decode())
        + 'fairness: {sepsis: {value: "m.json#/tpr", bounds: {tpr.difference: "<= 0.05"}}}\n',
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-I", "-m", "pytest_genomic_guard", "scan", "--format", "json"],
        cwd=work,
        env={"PATH": os.environ["PATH"], "GIT_CEILING_DIRECTORIES": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    found: Json = json.loads(done.stdout)
    return found


def test_real_report(report: Json) -> None:
    """A real report with something in every list is accepted, and has every key of the contract and no unknown one."""
    for key in ("findings", "gaps", "gates", "evidence"):
        assert report[key]
    assert report["waivers"]["unused"]
    assert report["waivers"]["expired"]
    jsonschema.Draft202012Validator(shipped("report")).validate(report)
    assert list(report) == list(REPORT)
    for key in ("tool", "policy", "scanned", "waivers"):
        assert list(report[key]) == list(REPORT[key])
    assert set(report["findings"][0]) == set(REPORT["findings"][0])
    assert set(report["gates"][0]) == {*REPORT["gates"][0], "method", "needed", "band", "source", "line"}
    assert set(report["gaps"][0]) == {*REPORT["gaps"][0], "message"}


def test_policy_schema_and_reader_agree() -> None:
    """What the schema accepts is what the reader accepts; JSON is YAML, so the same text goes to both."""
    assert valid("policy", POLICY)
    load(json.dumps(POLICY).encode(), b".genomic-guard.yaml")


WRONG: list[tuple[tuple[Any, ...], Any]] = [
    (("version",), 2),
    (("profile",), "hard"),
    (("select", 0), "gen"),
    (("ignore", 0, "reason"), "  "),
    (("exclude", 0, "path"), "/etc"),
    (("checks", "gen101"), {}),
    (("waivers", 0, "sha256"), "0" * 63),
    (("waivers", 0, "expires"), "30.06.2027"),
    (("waivers", 0, "expires"), "2027-02-30"),
    (("fairness", "sepsis", "value"), "m.json"),
    (("fairness", "sepsis", "bounds", "tpr.difference"), "0.10"),
    (("fairness", "sepsis", "bounds", "tpr"), "<= 0.10"),
    (("fairness", "sepsis", "decide"), "maybe"),
    (("on-inconclusive", "fairness"), "pass"),
    (("plugins", 0), "a b"),
    (("more",), 1),
    (("waivers", 0, "more"), 1),
]


@pytest.mark.parametrize(("at", "value"), WRONG, ids=lambda given: ".".join(map(str, given)) if isinstance(given, tuple) else "")
def test_policy_schema_and_reader_refuse_the_same(at: tuple[Any, ...], value: Any) -> None:
    """An editor that follows the schema marks what a run would refuse."""
    from pytest_genomic_guard.policy import PolicyError  # noqa: PLC0415 - of this test only

    document = copy.deepcopy(POLICY)
    node: Any = document
    for step in at[:-1]:
        node = node[step]
    node[at[-1]] = value
    assert not valid("policy", document)
    with pytest.raises(PolicyError):
        load(json.dumps(document).encode(), b".genomic-guard.yaml")
