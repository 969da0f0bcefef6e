"""What other tools wrote is honoured: comments of detect-secrets and gitleaks, baselines and reports of both."""

from __future__ import annotations

import json
import secrets
import string
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PRAGMA = "pragma: " + "allowlist"


def drawn() -> str:
    """Return letters and digits that nobody has seen."""
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _each in range(30)) + "x7Q"


def line(name: str = "password") -> str:
    """Return an assignment of an invented secret."""
    return f'{name} = "{drawn()}"'


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    command = [sys.executable, "-I", "-m", "pytest_genomic_guard", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def found(folder: Path, *arguments: str) -> list[tuple[str, str, int]]:
    """Return family, outcome and line of each finding of a credential."""
    done = run(folder, "scan", "--select", "SEC", "--format", "json", *arguments)
    findings: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
    return sorted({(each["family"], each["outcome"], each["line"]) for each in findings if each["family"] == "SEC"})


ALLOWED = {
    "on the line": "{}  # " + PRAGMA + " secret\n",
    "with a reason": "{}  # " + PRAGMA + " secret, of a test server\n",
    "the older word": "{}  # pragma: " + "whitelist secret\n",
    "without a blank": "{}  # pragma:" + "allowlist secret\n",
    "slashes": "const {};  // " + PRAGMA + " secret\n",
    "gitleaks": "{}  # gitleaks:" + "allow\n",
    "the line before": "# " + PRAGMA + " nextline secret\n{}\n",
}


@pytest.mark.parametrize("form", ALLOWED)
def test_comments(tmp_path: Path, form: str) -> None:
    """A comment of another tool allows what is found on its line, or on the next."""
    (tmp_path / "a.py").write_text(ALLOWED[form].format(line()), "utf-8")
    assert {outcome for _family, outcome, _line in found(tmp_path)} == {"waived"}


NOT_ALLOWED = {
    "no comment": f'x = "{PRAGMA} secret"; ' + "{}\n",
    "another line": "# " + PRAGMA + " secret\n{}\n",
    "behind code": "x = 1  # " + PRAGMA + " nextline secret\n{}\n",
    "another word": "{}  # " + PRAGMA + " secrets-manager\n",
}


@pytest.mark.parametrize("form", NOT_ALLOWED)
def test_no_such_comment(tmp_path: Path, form: str) -> None:
    """What only looks like such a comment allows nothing."""
    (tmp_path / "a.py").write_text(NOT_ALLOWED[form].format(line()), "utf-8")
    assert {outcome for _family, outcome, _line in found(tmp_path)} & {"fail", "warn"}


def test_comment_in_a_cell(tmp_path: Path) -> None:
    """A comment in the source of a cell counts; one in its output does not."""
    text = f"{line()}  # {PRAGMA} secret"
    output = {"output_type": "stream", "name": "stdout", "text": text}
    for name, source, outputs in (("source", text, []), ("output", "1", [output])):
        cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": source, "outputs": outputs}
        (tmp_path / name).mkdir()
        book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        (tmp_path / name / "a.ipynb").write_text(json.dumps(book), "utf-8")
    assert {outcome for _family, outcome, _line in found(tmp_path / "source")} == {"waived"}
    assert "waived" not in {outcome for _family, outcome, _line in found(tmp_path / "output")}


def baseline(folder: Path, *, slim: bool = False) -> None:
    """Write a baseline with the real detect-secrets."""
    program = "import sys; from detect_secrets.main import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "scan", "--all-files", *(["--slim"] if slim else [])]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    (folder / ".secrets.baseline").write_text(done.stdout, "utf-8")
    assert json.loads(done.stdout)["results"]


@pytest.mark.parametrize("slim", [False, True])
def test_baseline_of_detect_secrets(tmp_path: Path, *, slim: bool) -> None:
    """What its baseline holds is baselined, also when lines moved; another secret in the same file is not."""
    old, new = line(), line("db_password")
    (tmp_path / "a.py").write_text(f"{old}\n", "utf-8")
    baseline(tmp_path, slim=slim)
    assert {outcome for _family, outcome, _line in found(tmp_path, "--baseline", ".secrets.baseline")} == {"baselined"}
    (tmp_path / "a.py").write_text(f"# moved\n\n{old}\n{new}\n", "utf-8")
    told = found(tmp_path, "--baseline", ".secrets.baseline")
    assert ("SEC", "baselined", 3) in told
    assert {outcome for _family, outcome, at in told if at == 4} <= {"fail", "warn"}


def test_import(tmp_path: Path) -> None:
    """Written as our own baseline, it holds the same and no value, digest or line of it."""
    secret = drawn()
    (tmp_path / "a.py").write_text(f'password = "{secret}"\n', "utf-8")
    baseline(tmp_path)
    (tmp_path / "b.py").write_text(f"{line()}\n", "utf-8")
    run(tmp_path, "scan", "--baseline", ".secrets.baseline", "--write-baseline", ".genomic-guard/baseline")
    held = (tmp_path / ".genomic-guard" / "baseline").read_text("utf-8")
    assert "a.py\tSEC" in held
    assert "b.py" not in held
    assert secret not in held
    found_now = found(tmp_path)
    assert {outcome for _family, outcome, _line in found_now} >= {"baselined"}


def test_report_of_gitleaks(tmp_path: Path) -> None:
    """A report of gitleaks with or without values, and its list of what to ignore, hold what they name."""
    old = drawn()
    (tmp_path / "a.py").write_text(f'# first\npassword = "{old}"\n', "utf-8")
    row = {"RuleID": "generic-api-key", "File": "a.py", "StartLine": 2, "Secret": "REDACTED", "Fingerprint": "a.py:x:2"}
    (tmp_path / "redacted.json").write_text(json.dumps([row]), "utf-8")
    (tmp_path / ".gitleaksignore").write_text("# known\n" + "0" * 40 + ":a.py:generic-api-key:2\n", "utf-8")
    for name in ("redacted.json", ".gitleaksignore"):
        assert ("SEC", "baselined", 2) in found(tmp_path, "--baseline", name, "a.py")
    (tmp_path / "full.json").write_text(json.dumps([row | {"Secret": old, "StartLine": 9}]), "utf-8")
    assert ("SEC", "baselined", 2) in found(tmp_path, "--baseline", "full.json", "a.py")


@pytest.mark.parametrize("data", ["{}", "[1]", "nothing\n", '{"results": 1}'])
def test_no_list(tmp_path: Path, data: str) -> None:
    """What is no list of anybody is a mistake of usage."""
    (tmp_path / "a.py").write_text("x = 1\n", "utf-8")
    (tmp_path / "list").write_text(data, "utf-8")
    assert run(tmp_path, "scan", "--baseline", "list").returncode == 2
