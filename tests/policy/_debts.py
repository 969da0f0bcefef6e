"""A plugin with checks of the families that a baseline can hold and a comment can allow, and a folder that uses it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "engine"))

from _plugins import distribution
from _plugins import guard as guarded
from _policy import Ran, Repo, write

__all__ = ["BASELINE", "HEAD", "POLICY_TEXT", "Ran", "Repo", "comment", "entry", "install", "run", "scanned", "write"]

BASELINE = ".genomic-guard/baseline"
HEAD = "# genomic-guard baseline 1\n"
POLICY_TEXT = "version: 1\nplugins: [debts]\n"
# SEC901 and COD901 take comments, CARD901 does not, and PHI199 claims to and may not.
_SOURCE = '''"""Checks whose findings are debts: each finds one word, and takes the word before it for the key."""

from pytest_genomic_guard.hookspecs import hookimpl
from pytest_genomic_guard.model import Check, Mend, Rule
from pytest_genomic_guard.views.text import Text


def check(found, word, takes):
    rule = Rule(name="debt-" + found.lower(), anchors=(word,), pattern=word)

    class Debt(Check[Text]):
        """A word.

        What to do instead
        ------------------
        Remove the word.
        """

        code, name, since, inline, rules = found, "debt-" + found.lower(), "1.0", takes, (rule,)

        def look(self, view, options):
            for start, end in view.matches(rule):
                before = view.data[:start].rpartition(b"\\n")[2].split()
                yield self.finding(view.locate(start, end), "a word", key=before[0].decode() if before else "")

    return Debt


@hookimpl
def genomic_guard_checks():
    rows = (("SEC901", b"opensesame", True), ("COD901", b"evaluate", True), ("CARD901", b"nocard", False))
    return [check(*row) for row in (*rows, ("PHI199", b"chart", True))]
'''


def install(site: Path) -> Path:
    """Install the plugin into a folder of distributions; return that."""
    distribution(site, "debts", _SOURCE)
    return site


def run(site: Path, folder: Path, *arguments: str) -> Ran:
    """Run the command line in a folder, with the plugin installed."""
    done = guarded(site, folder, *arguments)
    assert "Traceback" not in done.stderr, done.stderr
    assert "internal error" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout.encode(), done.stderr.encode())


def scanned(site: Path, folder: Path, *arguments: str) -> list[tuple[str, str, str]]:
    """Return code, outcome and path of each finding of a scan, whose exit status is what the outcomes say."""
    ran = run(site, folder, "scan", "--format", "json", *arguments)
    report: Any = json.loads(ran.out)
    found = [(each["code"], each["outcome"], each["path"]) for each in report["findings"]]
    assert ran.code == int(any(outcome == "fail" for _code, outcome, _path in found)), (ran.err, found)
    return found


def entry(path: str, code: str = "SEC901", key: str = "", count: int = 1) -> str:
    """Return a line of a baseline."""
    return f"{path}\t{code}\t{key}\t{count}\n"


def comment(allows: str, reason: str = " reviewed", sign: str = "#") -> str:
    """Return a comment that allows codes on its line."""
    return f"{sign} genomic-guard: allow[{allows}]{reason}"
