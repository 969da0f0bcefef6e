"""A third party's plugin adds checks through every step that a user takes; one that cannot be used stops the run and is named."""

from __future__ import annotations

import json
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from _plugins import CHECK, REPORT, distribution, guard

ROOT = Path(__file__).parents[2]


@pytest.fixture
def label() -> str:
    """Invent a label."""
    return f"TUBE-{secrets.token_hex(6)}"


@pytest.fixture
def folder(tmp_path: Path, label: str) -> Path:
    """Make a folder with a policy that names the plugin, and a file with a label."""
    found = tmp_path / "work"
    found.mkdir()
    (found / ".genomic-guard.yaml").write_text("version: 1\nplugins: [acme]\n", "utf-8")
    (found / "notes.txt").write_text(f"one\ntwo {label}\n", "utf-8")
    return found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder for distributions."""
    return tmp_path / "site"


def test_fires(site: Path, folder: Path, label: str) -> None:
    """A check of a plugin reports through the command line, by place and numbers alone."""
    distribution(site, "acme", CHECK.replace("BODY", REPORT))
    done = guard(site, folder, "scan", "--format", "json:report.json", "--format", "text")
    assert done.returncode == 1
    assert "notes.txt:2" in done.stdout
    assert "a label of 17 characters" in done.stdout
    assert "Replace labels by numbers." in (folder / "report.json").read_text("utf-8")
    (finding,) = json.loads((folder / "report.json").read_text("utf-8"))["findings"]
    assert (finding["code"], finding["family"], finding["line"], finding["column"]) == ("ACME101", "ACME", 2, 5)
    assert label not in done.stdout + done.stderr + json.dumps(finding)


def test_only_where_named(site: Path, folder: Path) -> None:
    """An installed plugin that the policy does not name does nothing."""
    distribution(site, "acme", CHECK.replace("BODY", REPORT))
    (folder / ".genomic-guard.yaml").write_text("version: 1\n", "utf-8")
    done = guard(site, folder, "scan")
    assert (done.returncode, "ACME101" in done.stdout) == (0, False)


@pytest.mark.parametrize(
    ("policy", "status"),
    [
        ("checks: {ACME101: {allowed: 1}}", 0),
        ("checks: {ACME101: {allowed: 0}}", 1),
        ("select: [GEN]", 0),
        ("select: [ACME]", 1),
        ("ignore: [{code: ACME101, reason: we like them}]", 0),
        ("checks: {ACME101: {alowed: 1}}", 2),
        ("checks: {ACME102: {allowed: 1}}", 2),
    ],
)
def test_policy(site: Path, folder: Path, policy: str, status: int) -> None:
    """Options, selection and ignoring work for a plugin's code as for ours, and mistakes are told."""
    distribution(site, "acme", CHECK.replace("BODY", REPORT))
    with (folder / ".genomic-guard.yaml").open("a", encoding="utf-8") as file:
        file.write(policy + "\n")
    assert guard(site, folder, "scan").returncode == status


def test_explain(site: Path, folder: Path) -> None:
    """The manual of a plugin's check is shown where the policy names the plugin: the report refers to it."""
    distribution(site, "acme", CHECK.replace("BODY", REPORT))
    done = guard(site, folder, "explain", "acme101")
    assert (done.returncode, "A label of a tube." in done.stdout, "allowed: 0 by default" in done.stdout) == (0, True, True)
    done = guard(site, folder, "explain", "ACME109")
    assert (done.returncode, "did you mean ACME101?" in done.stderr) == (2, True)


BROKEN = {
    "raises on import": 'import os\nraise ValueError("SECRET")\n',
    "exits on import": 'raise SystemExit("SECRET")\n',
    "exits cleanly on import": "raise SystemExit(0)\n",
    "does not parse": "def SECRET(:\n",
    "raises when asked": CHECK.replace("return [ACME101]", 'raise KeyError("SECRET")'),
    "exits when asked": CHECK.replace("return [ACME101]", "raise SystemExit(0)"),
    "returns nothing": CHECK.replace("return [ACME101]", "return 7"),
    "answers an unknown hook": CHECK.replace("def genomic_guard_checks", "def genomic_guard_cheks"),
    "wants an unknown argument": CHECK.replace("def genomic_guard_checks()", "def genomic_guard_checks(SECRET)"),
}


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
def test_cannot_be_used(site: Path, folder: Path, source: str) -> None:
    """A plugin that cannot load ends the run as incomplete, by name and without its message: its checks did not run."""
    distribution(site, "acme", source)
    done = guard(site, folder, "scan")
    assert (done.returncode, done.stdout) == (3, "")
    assert "the plugin acme cannot be used" in done.stderr
    assert "SECRET" not in done.stderr
    assert "Traceback" not in done.stderr


def test_not_installed(site: Path, folder: Path) -> None:
    """A plugin that is not there ends the run: a policy that asks for more than ran is not kept."""
    done = guard(site, folder, "scan")
    assert (done.returncode, done.stderr) == (3, "genomic-guard: the plugin acme is not installed\n")


def test_offered_twice(site: Path, folder: Path) -> None:
    """Of two distributions with the same plugin name none is taken by chance."""
    distribution(site, "acme", CHECK.replace("BODY", REPORT))
    distribution(site, "other", CHECK.replace("BODY", REPORT), plugin="acme")
    done = guard(site, folder, "scan")
    assert (done.returncode, done.stderr) == (3, "genomic-guard: the plugin acme is offered by more than one distribution\n")


UNFIT = {
    "a shipped code": ('code = "ACME101"', 'code = "GEN101"', "its code is taken"),
    "a code in small letters": ('code = "ACME101"', 'code = "acme101"', "its code"),
    "a code of the run itself": ('code = "ACME101"', 'code = "RUN501"', "other than RUN"),
    "no code": ('    code = "ACME101"\n', "", "its code"),
    "no name": ('    name = "tube-label"\n', "", "needs a name"),
    "no version": ('    since = "1.0"\n', "", "since when"),
    "no view": ("class ACME101(Check[Text, Allowed])", "class ACME101(Check)", "sees no view"),
    "an unknown severity": ('since = "1.0"', 'since = "1.0"\n    severity = "fatal"', "its severity"),
    "no class": ("return [ACME101]", "return [ACME101()]", "no class"),
    "the same class twice": ("return [ACME101]", "return [ACME101, ACME101]", "its code is taken"),
    "a shipped rule's name": ('name="acme-label"', 'name="vcf-columns"', "text rules is taken"),
}


@pytest.mark.parametrize(("old", "new", "why"), UNFIT.values(), ids=UNFIT)
def test_unfit_rule(site: Path, folder: Path, old: str, new: str, why: str) -> None:
    """A rule that would never look, or shadow another one, ends the run and is named with its module."""
    source = CHECK.replace("BODY", REPORT)
    assert old in source
    distribution(site, "acme", source.replace(old, new))
    done = guard(site, folder, "scan")
    assert (done.returncode, done.stdout) == (3, "")
    assert "acme.ACME101 cannot be used" in done.stderr or "the rule acme." in done.stderr
    assert why in done.stderr
    assert "Traceback" not in done.stderr


FAILING = {
    "raises with the value": "raise ValueError(view.data[start:end].decode())",
    "puts the value into a shape": 'yield self.finding(view.locate(start), "a label {label}", label=view.data[start:end].decode())',
    "yields the value": "yield view.data[start:end]",
    "yields another code": 'yield self.finding(view.locate(), "x").replace(code="GEN101")',
    "returns nothing to iterate over": "return",
}


@pytest.mark.parametrize("body", FAILING.values(), ids=FAILING)
def test_failing_check(site: Path, folder: Path, label: str, body: str) -> None:
    """A check that fails on a file leaves a gap with our reason and a module and line; the rest of the run goes on."""
    distribution(site, "acme", CHECK.replace("BODY", body))
    done = guard(site, folder, "scan", "--format", "json")
    report = json.loads(done.stdout)
    (gap,) = [gap for gap in report["gaps"] if gap["path"] == "notes.txt"]
    assert done.returncode == 3
    assert gap["reason"] == "check-failed"
    assert re.search(r"because a check raised an error \((?:acme|pytest_genomic_guard\.\w+):\d+\)$", gap["message"])
    assert report["scanned"]["files"] == 2
    assert label not in done.stdout + done.stderr


def test_failing_check_does_not_hide_another(site: Path, folder: Path) -> None:
    """What other checks find in the same file is still reported, and decides the exit status."""
    distribution(site, "acme", CHECK.replace("BODY", "yield from view.data[start]"))
    distribution(site, "more", CHECK.replace("BODY", REPORT).replace("ACME101", "MORE101").replace("acme-label", "more-label"))
    (folder / ".genomic-guard.yaml").write_text("version: 1\nplugins: [acme, more]\n", "utf-8")
    done = guard(site, folder, "scan", "--format", "json")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert [finding["code"] for finding in report["findings"]] == ["MORE101"]
    assert [gap["path"] for gap in report["gaps"]] == ["notes.txt"]


def test_guide(site: Path, folder: Path) -> None:
    """The example of the guide works as it is written there."""
    guide = (ROOT / "docs" / "plugins.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    (hooks,), (check,), (test,) = (
        [block for block in blocks if word in block] for word in ("@hookimpl", "class BIO101", "def test_label")
    )
    distribution(site, "biobank_guard", "", plugin="biobank")
    (site / "biobank_guard.py").unlink()
    (site / "biobank_guard").mkdir()
    (site / "biobank_guard" / "__init__.py").write_text(hooks, "utf-8")
    (site / "biobank_guard" / "checks.py").write_text(check, "utf-8")
    (site / "try_guide.py").write_text(f"{test}\n\ntest_label()\n", "utf-8")
    (folder / ".genomic-guard.yaml").write_text("version: 1\nplugins: [biobank]\n", "utf-8")
    (folder / "notes.txt").write_text(f"BIOLABEL-XY-{secrets.randbelow(10**6):06}\n", "utf-8")
    done = guard(site, folder, "scan")
    assert (done.returncode, "a label of 18 characters" in done.stdout) == (1, True)
    assert guard(site, folder, "explain", "BIO101").returncode == 0
    done = subprocess.run([sys.executable, site / "try_guide.py"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
