"""The JSON report: it keeps to its schema, is the same bytes for the same content, and lands where it was asked to."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from _reports import REPORTS, everything
from _scratch import Repo, guard, scan, valid
from hypothesis import given, settings

from pytest_genomic_guard.cli.schemas import report_schema
from pytest_genomic_guard.registry import Registry
from pytest_genomic_guard.reporters import FORMATS, reporter
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_genomic_guard.report import Report

VALIDATOR = jsonschema.Draft202012Validator(report_schema())


@settings(max_examples=150, deadline=None)
@given(report=REPORTS)
def test_any_report(report: Report) -> None:
    """Whatever a report holds, it is one ASCII object of the schema with a line feed, twice the same, with all that it holds."""
    text = reporter("json")(report, Registry())
    assert text.isascii()
    assert text.endswith("}\n")
    assert text == reporter("json")(report, Registry())
    found: dict[str, Any] = json.loads(text, parse_constant=pytest.fail)
    VALIDATOR.validate(found)
    assert [each["path"] for each in found["findings"]] == [each.path for each in report.findings]
    assert [each["gate"] for each in found["gates"]] == [each.gate for each in report.gates]
    assert len(found["gaps"]) == len(report.gaps)
    assert found["verdict"] == report.verdict


def test_something_of_everything(tmp_path: Path) -> None:
    """A real run has each outcome and verdict that there is, and the numbers agree with the lists."""
    ran = scan(cwd=everything(tmp_path / "w"))
    report = ran.json
    assert ran.code == 1
    assert {each["outcome"] for each in report["findings"]} == {"fail", "warn", "waived"}
    assert {(each["gate"], each["verdict"], each["outcome"]) for each in report["gates"]} == {
        ("good", "pass", "pass"),
        ("bad", "fail", "fail"),
        ("unsure", "inconclusive", "warn"),
        ("missing", "error", "fail"),
    }
    assert report["scanned"]["coverage"] == {"full": 4, "verdict-by-header": 5, "partial": 1, "opaque": 1, "unread": 2}
    assert report["scanned"]["files"] == sum(report["scanned"]["coverage"].values()) + report["scanned"]["excluded"] == 14
    assert {(each["path"], each["reason"]) for each in report["gaps"]} == {("f.gz", "truncated"), ("g.gz", "trailing-data")}
    states = report["waivers"]
    assert states["applied"] == 1
    assert [each["path"] for each in states["unused"]] == ["w/gone.vcf"]
    assert [each["path"] for each in states["expired"]] == ["w/late.vcf"]
    assert ran.err == ""


def test_same_bytes(tmp_path: Path) -> None:
    """The same content gives the same bytes: again, elsewhere, written in another order at another time, in another environment."""
    folder = everything(tmp_path / "one")
    first = scan(cwd=folder).raw_out
    assert scan(cwd=folder).raw_out == first
    other = tmp_path / "two"
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file():
            copy = other / path.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            os.utime(copy, (1, 1))
            copy.chmod(0o600)
    assert scan(cwd=other).raw_out == first
    assert scan(other, cwd=tmp_path).raw_out == first
    env = {"LC_ALL": "C", "COLUMNS": "20", "PYTHONHASHSEED": "7", "NO_COLOR": "1", "CI": "true", "PYTHONUTF8": "0"}
    assert scan(cwd=folder, env=env).raw_out == first


NAMES = [
    b"\xff\xfe.vcf",
    b"a\nb.vcf",
    b'"q".vcf',
    "\u202exyz.vcf".encode(),
    "\U0001f9ec.vcf".encode(),
    b"\x1b[31m.vcf",
    b"a\\nb.vcf",
    b" .vcf",
]


def test_odd_names(tmp_path: Path) -> None:
    """Any name is one JSON text, and the entry number leads back to the file, whose name may be no text at all."""
    folder = tmp_path / "w"
    folder.mkdir()
    for name in NAMES:
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(samples.vcf())
    ran = scan(cwd=folder)
    assert ran.raw_out.isascii()
    found = {each["entry"]: each["path"] for each in ran.json["findings"]}
    assert found == {number: name.decode("utf-8", "backslashreplace") for number, name in enumerate(sorted(NAMES))}


@pytest.mark.parametrize("name", ["r.json", "sub/r.json", "a:b.json", "r"])
def test_to_a_file(tmp_path: Path, name: str) -> None:
    """The report goes to the named file, whole, over what was there, with nothing on stdout; the status is that of the scan."""
    folder = everything(tmp_path / "w")
    (tmp_path / "out" / "sub").mkdir(parents=True)
    file = tmp_path / "out" / name
    file.write_text("x" * 200_000)
    ran = guard("scan", folder, "--format", f"json:{name}", cwd=tmp_path / "out")
    assert (ran.code, ran.out, ran.err) == (1, "", "")
    assert file.read_bytes() == scan(cwd=folder).raw_out
    assert valid(file.read_text())["verdict"] == "fail"


def test_several_outputs(tmp_path: Path) -> None:
    """Any number of files and one stdout, each whole, each the same as alone."""
    folder = everything(tmp_path / "w")
    one, two, three = (tmp_path / name for name in ("one.json", "two.json", "three.txt"))
    arguments = [f"json:{one}", "json", f"json:{two}", f"text:{three}"]
    ran = guard("scan", *(word for each in arguments for word in ("--format", each)), cwd=folder)
    assert ran.raw_out == one.read_bytes() == two.read_bytes() == scan(cwd=folder).raw_out
    assert three.read_bytes() == guard("scan", cwd=folder).raw_out


@pytest.mark.parametrize("where", ["missing/r.json", ".", "/dev/full", "plain.txt/r.json"])
def test_file_that_cannot_be_written(tmp_path: Path, where: str) -> None:
    """A report that was lost is status 3 and a line, also where the scan is clean; the other report is still given."""
    folder = tmp_path / "w"
    folder.mkdir()
    (folder / "plain.txt").write_bytes(samples.prose())
    ran = guard("scan", "--format", f"json:{where}", "--format", "text", cwd=folder)
    assert ran.code == 3
    assert ran.err == "genomic-guard: the report could not be written (disk full, or nobody reads it)\n"
    assert ran.out.splitlines()[-1].startswith("PASS  ")


@pytest.mark.parametrize("name", FORMATS)
def test_stdout_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    """A full disk behind stdout is status 3, in each format, though people were found."""
    folder = everything(tmp_path / "w")
    with open("/dev/full", "wb") as full:
        ran = guard("scan", "--format", name, cwd=folder, stdout=full.fileno())
    assert (ran.code, ran.err) == (3, "genomic-guard: the report could not be written (disk full, or nobody reads it)\n")


def test_index_and_work_tree(tmp_path: Path) -> None:
    """The two sources of a clean repository differ in what they judge and in their name, not in a finding's fields."""
    repo = Repo(tmp_path / "repo")
    repo.add("a.vcf", samples.vcf())
    whole, staged = scan(cwd=repo.root).json, scan("--staged", cwd=repo.root).json
    assert (whole["scanned"].pop("source"), staged["scanned"].pop("source")) == ("worktree", "index")
    assert whole["findings"] == staged["findings"]
