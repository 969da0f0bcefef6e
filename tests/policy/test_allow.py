"""Comments that allow a finding on their line: only in source, only for codes that take them, only with a reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from _debts import POLICY_TEXT, comment, install, run, scanned, write
from _policy import POLICY

from pytest_genomic_guard.testing import DIRECTIVES, samples

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Install the plugin with the checks."""
    return install(tmp_path / "site")


def told(site: Path, folder: Path) -> list[tuple[str, str, int, str]]:
    """Return code, outcome, line and message of each finding."""
    report = json.loads(run(site, folder, "scan", "--format", "json").out)
    return [(each["code"], each["outcome"], each["line"], each["message"]) for each in report["findings"]]


ALLOWED = {
    "end of the line": f"x = opensesame  {comment('SEC901')}\n",
    "CRLF": f"x = opensesame  {comment('SEC901')}\r\n",
    "last line": f"x = opensesame  {comment('SEC901')}",
    "slashes": f"x = opensesame; {comment('SEC901', sign='//')}\n",
    "SQL": f"select opensesame {comment('SEC901', sign='--')}\n",
    "C": f"x = opensesame; {comment('SEC901', ' reviewed */', sign='/*')}\n",
    "HTML": f"<b>opensesame</b> {comment('SEC901', ' reviewed -->', sign='<!--')}\n",
    "two codes": f"opensesame and evaluate {comment('SEC901, COD901')}\n",
    "two findings": f"opensesame and opensesame {comment('SEC901')}\n",
    "in another script": f"x = opensesame  {comment('SEC901', chr(0x20) + chr(0x4E00) * 3)}\n",
}


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_allowed(site: Path, tmp_path: Path, name: str) -> None:
    """A comment with code and reason on the finding's line waives it, in the way of any language."""
    folder = write(tmp_path / "w", {POLICY: POLICY_TEXT, "a.txt": ALLOWED[name]})
    found = scanned(site, folder)
    assert found
    assert {outcome for _code, outcome, _path in found} == {"waived"}


VOID = {
    "no reason": (f"x = opensesame  {comment('SEC901', '')}\n", "SEC901", "gives no reason"),
    "a reason without letters": (f"x = opensesame  {comment('SEC901', ' --- 1')}\n", "SEC901", "gives no reason"),
    "only an end": (f"x = opensesame; {comment('SEC901', ' */', sign='/*')}\n", "SEC901", "gives no reason"),
    "the line above": (f"{comment('SEC901')}\nx = opensesame\n", "SEC901", "no finding on its line"),
    "the line below": (f"x = opensesame\n{comment('SEC901')}\n", "SEC901", "no finding on its line"),
    "another code": (f"x = opensesame  {comment('COD901')}\n", "SEC901", "no finding on its line"),
    "no such code": (f"x = opensesame  {comment('SEC999')}\n", "SEC901", "a code that there is not"),
    "a family": (f"x = opensesame  {comment('SEC')}\n", "SEC901", "a code that there is not"),
    "no code": (f"x = opensesame  {comment('')}\n", "SEC901", "a code that there is not"),
    "lower case": (f"x = opensesame  {comment('sec901')}\n", "SEC901", "a code that there is not"),
    "a code that takes none": (f"x = nocard  {comment('CARD901')}\n", "CARD901", "no comment can allow"),
    "people, whatever the plugin says": (f"x = chart  {comment('PHI199')}\n", "PHI199", "no comment can allow"),
    "the run": (f"x = opensesame  {comment('RUN102')}\n", "SEC901", "no comment can allow"),
    "a gate": (f"x = opensesame  {comment('FAIR101')}\n", "SEC901", "no comment can allow"),
}


@pytest.mark.parametrize("name", sorted(VOID))
def test_void(site: Path, tmp_path: Path, name: str) -> None:
    """A comment that is not right excuses nothing, and RUN205 says on its line why."""
    text, code, why = VOID[name]
    found = told(site, write(tmp_path / "w", {POLICY: POLICY_TEXT, "a.txt": text}))
    assert (code, "fail") in [each[:2] for each in found]
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "allow" in each)
    assert [(at, why in message) for what, _outcome, at, message in found if what == "RUN205"] == [(line, True)]


NO_COMMENT = {
    "in quotes": f'x = "opensesame" + "{comment("SEC901")}"\n',
    "in back quotes": f"opensesame `{comment('SEC901')}`\n",
    "no sign": "opensesame genomic-guard: " + "allow[SEC901] reviewed\n",
    "open bracket": "opensesame # genomic-guard: " + "allow[SEC901 reviewed\n",
}


@pytest.mark.parametrize("name", sorted(NO_COMMENT))
def test_text_about_comments(site: Path, tmp_path: Path, name: str) -> None:
    """What is no comment neither excuses nor is told."""
    folder = write(tmp_path / "w", {POLICY: POLICY_TEXT, "a.txt": NO_COMMENT[name]})
    assert scanned(site, folder) == [("SEC901", "fail", "a.txt")]


@pytest.mark.parametrize(
    ("style", "outcome"), [("notebook-source", "waived"), ("notebook", "fail"), ("gzip", "fail"), ("zip", "fail")]
)
def test_places(site: Path, tmp_path: Path, style: str, outcome: str) -> None:
    """The source of a cell is source; an output, an archive and a compressed file are not."""
    data = DIRECTIVES[style](f"x = opensesame  {comment('SEC901')}\n".encode())
    name = "a.ipynb" if "notebook" in style else "a.zip" if style == "zip" else "a.gz"
    found = told(site, write(tmp_path / "w", {POLICY: POLICY_TEXT, name: data}))
    assert [each[:2] for each in found] == [("SEC901", outcome)]


def test_genomic_data_stay(site: Path, tmp_path: Path) -> None:
    """No comment in a VCF takes its finding away."""
    data = samples.vcf().replace(b"\n", f"\n##note={comment('GEN101')}\n".encode(), 1)
    found = scanned(site, write(tmp_path / "w", {POLICY: POLICY_TEXT, "x.vcf": data}))
    assert ("GEN101", "fail", "x.vcf") in found


def test_a_code_that_did_not_run(site: Path, tmp_path: Path) -> None:
    """Where a code is not looked for, nothing is known of its comments."""
    folder = write(tmp_path / "w", {POLICY: POLICY_TEXT, "a.txt": f"plain  {comment('SEC901')}\n"})
    assert scanned(site, folder, "--select", "COD") == []
    assert scanned(site, folder) == [("RUN205", "warn", "a.txt")]


def test_allowed_is_no_debt(site: Path, tmp_path: Path) -> None:
    """What a comment allows is not written into a baseline."""
    folder = write(tmp_path / "w", {POLICY: POLICY_TEXT, "a.txt": ALLOWED["end of the line"]})
    run(site, folder, "scan", "--write-baseline", "out/debts")
    assert (folder / "out/debts").read_text().count("\n") == 1
