"""The commands of a comparison: floors that no scanner can beat, the tools that ours replaces and where they are, and ours."""

from __future__ import annotations

import glob
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from _machine import said
from _measure import OUT, Command, measure
from _timing import QUIET, script

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from _trees import Tree

CHAIN = ("detect-secrets", "bandit", "pip-licenses", "phi-scan")  # what a user would run one after the other
_READ = """
import os, sys
for name in sys.stdin.buffer.read().split(b"\\0"):
    if name:
        file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        while os.read(file, 1 << 20):
            pass
        os.close(file)
"""
# All blobs of a history, by git alone: listed, and handed out.
FLOOR = r"""
import subprocess, sys
git = ["git", "--no-pager"]
listed = subprocess.run([*git, "rev-list", "--objects", "--missing=print", "--all"], capture_output=True, check=True).stdout
names = b"\n".join(line.split(b" ")[0] for line in listed.splitlines() if line[:1] != b"?") + b"\n"
told = subprocess.run([*git, "cat-file", "--batch-check", "--buffer"], input=names, capture_output=True, check=True).stdout
blobs = b"\n".join(line.split(b" ")[0] for line in told.splitlines() if b" blob " in line) + b"\n"
subprocess.run([*git, "cat-file", "--batch", "--buffer"], input=blobs, stdout=subprocess.DEVNULL, check=True)
"""
_NEW = (3, 12)  # the Python that phi-scan needs


class Peers(NamedTuple):
    """Where tools of other environments are, and which are not here and why."""

    kingfisher: str
    ripgrep: str
    phi_scan: str
    left_out: dict[str, str]

    def versions(self) -> dict[str, str]:
        """Return what they say of themselves."""
        found = {"kingfisher": self.kingfisher, "ripgrep": self.ripgrep, "phi-scan": self.phi_scan}
        told = {name: said([path, "--version"]).split() for name, path in found.items() if path}
        return {name: words[1] for name, words in told.items() if len(words) > 1}


def peers(folder: Path | None) -> Peers:
    """Look in the environments below a folder and on PATH; make the environment of phi-scan there, if a Python is new enough."""
    kingfisher, ripgrep, phi = (_find(name, folder) for name in ("kingfisher", "rg", "phi-scan"))
    out = {}
    if not kingfisher:
        out["kingfisher"] = "not installed (kingfisher-bin)"
    if not ripgrep:
        out["ripgrep"] = "not installed (rg)"
    if not phi:
        phi, why = _phi_scan(folder)
        out |= {"phi-scan": why} if why else {}
    return Peers(kingfisher, ripgrep, phi, out)


def _find(name: str, folder: Path | None) -> str:
    for path in sorted(glob.glob(f"{glob.escape(str(folder.resolve()))}/*/bin/{name}")) if folder else ():
        return path
    return shutil.which(name) or ""


def _phi_scan(folder: Path | None) -> tuple[str, str]:
    """Make an environment with phi-scan; return the path of its command, or why there is none."""
    if not folder:
        return "", "no folder for its environment was given (--peers)"
    found = next((path for path in _pythons() if _is_new(path)), "")
    if not found:
        return "", "no Python >= 3.12 is here"
    place = folder.resolve() / "phi-scan"
    for command in (
        [found, "-m", "venv", str(place)],
        [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "phi-scan"],
    ):
        done = subprocess.run(command, env=QUIET, capture_output=True, check=False)
        if done.returncode:
            return "", f"its environment could not be made: {command[2]} ended with {done.returncode}"
    return str(place / "bin" / "phi-scan"), ""


def _pythons() -> list[str]:
    """Return interpreters of PATH, pyenv and uv that can be new enough."""
    names = [f"python3.{minor}" for minor in range(12, 16)]
    home = os.path.expanduser("~")
    places = [f"{home}/.pyenv/versions/3.1[2-9]*/bin/python3", f"{home}/.local/share/uv/python/cpython-3.1[2-9]*/bin/python3"]
    found = [path for place in places for path in sorted(glob.glob(place))]
    return found + [path for name in names if (path := shutil.which(name))]


def _is_new(path: str) -> bool:
    asked = [path, "-c", f"import sys, venv, ensurepip; print('new' if sys.version_info >= {_NEW} else 'old')"]
    return said(asked) == "new"


def floors(tree: Tree, ripgrep: str, literals: Path) -> list[Command]:
    """Return what reading costs, by Python, git and ripgrep."""
    at = tree.repository
    made = [
        Command("bare Python", "floor", [sys.executable, "-I", "-c", "pass"], at),
        Command("read every file", "floor", [sys.executable, "-I", "-c", _READ], at, tree.names),
        Command("git ls-files", "floor", ["git", "ls-files", "-s", "-z"], at),
        Command("git cat-file --batch", "floor", ["git", "cat-file", "--batch", "--buffer"], at, tree.blobs),
    ]
    if ripgrep:
        rg = [ripgrep, "--no-config", "-uu", "--no-messages"]
        many = [*rg, "-a", "-F", "-f", str(literals), "-c", "."]
        name = f"ripgrep -F, {len(literals.read_bytes().splitlines())} literals"
        made += [
            Command("ripgrep --files", "floor", [*rg, "--files"], tree.plain),
            Command(name, "floor", many, tree.plain, findings=_lines),
        ]
    return made


def others(tree: Tree, known: Peers, private: Path) -> list[Command]:
    """Return the tools that ours replaces, each as its users run it over all files, without a network; `private` is their home."""
    home = {"HOME": str(private), "KF_RULE_CACHE_DIR": str(private / "kingfisher"), "PYTHONWARNINGS": "ignore"}
    detect = [script("detect-secrets"), "scan", "--all-files", "--no-verify", "."]
    bandit = [script("bandit"), "-q", "-r", ".", "-f", "json", "-o", OUT]
    made = [
        _peer("detect-secrets", detect, tree, home, _detect_secrets),
        _peer("bandit", bandit, tree, home, _results),
        _peer("pip-licenses", [script("pip-licenses"), "--format=json"], tree, home, _length),
    ]
    if known.phi_scan:
        phi = [
            known.phi_scan,
            "scan",
            ".",
            "--no-cache",
            "--quiet",
            "--log-level",
            "error",
            "--output",
            "json",
            "--report-path",
            OUT,
        ]
        made.append(_peer("phi-scan", phi, tree, home, _phi_findings))
    if known.kingfisher:
        quiet = ["--no-validate", "--no-update-check", "--no-dedup", "--git-history", "none", "--format", "jsonl", "--output", OUT]
        scan = [known.kingfisher, "scan", ".", *quiet]
        warm = _peer("kingfisher", scan, tree, home, _kingfisher)
        made += [
            _peer("kingfisher, rules not cached", [*scan, "--no-rule-cache"], tree, home, _kingfisher),
            warm._replace(before=_once(warm)),
            _peer("kingfisher, one process", [*scan, "--jobs", "1"], tree, home, _kingfisher),
        ]
    return made


def _peer(name: str, words: list[str], tree: Tree, home: dict[str, str], count: Callable[[bytes], int]) -> Command:
    return Command(name, "peer", words, tree.plain, environment=home, findings=count, fine=frozenset({0, 1, 200, 205}))


def ours(tree: Tree, private: Path) -> list[Command]:
    """Return our scan with all families: nothing cached, the first run that fills a cache, and the second."""
    scan = [sys.executable, "-I", "-m", "pytest_genomic_guard", "scan", ".", "--python", sys.executable, "--format", f"json:{OUT}"]

    def command(name: str, *more: str, cache: str = "none") -> Command:
        kept = {"XDG_CACHE_HOME": str(private / cache)}
        return Command(f"ours, {name}", "ours", [*scan, *more], tree.repository, environment=kept, findings=_ours)

    first = command("first run, two processes", "--jobs", "2", cache="first")
    cached = command("cached, one process", "--jobs", "1", cache="kept")
    return [
        command("no cache, one process", "--no-cache", "--jobs", "1"),
        command("no cache, two processes", "--no-cache", "--jobs", "2"),
        first._replace(before=lambda: shutil.rmtree(private / "first", ignore_errors=True)),
        cached._replace(before=_once(cached)),
        command("cached, two processes", "--jobs", "2", cache="kept"),
        command("SEC alone, no cache, one process", "--no-cache", "--jobs", "1", "--select", "SEC"),
    ]


def past(folder: Path, private: Path) -> list[Command]:
    """Return what a whole history is measured with: git alone, then our scan of each blob, with nothing cached and from a cache."""
    scan = [sys.executable, "-I", "-m", "pytest_genomic_guard", "scan", "--history", "--format", f"json:{OUT}"]
    kept = {"XDG_CACHE_HOME": str(private / "kept")}
    cached = Command("ours, cached, two processes", "ours", [*scan, "--jobs", "2"], folder, environment=kept, findings=_ours)
    return [
        Command("git alone", "floor", [sys.executable, "-I", "-c", FLOOR], folder),
        Command("ours, no cache, two processes", "ours", [*scan, "--no-cache", "--jobs", "2"], folder, findings=_ours),
        cached._replace(before=_once(cached)),
    ]


def _once(command: Command) -> Callable[[], None]:
    """Return what runs a command before its first timed run, so that its cache is filled."""
    done: list[bool] = []

    def fill() -> None:
        if not done:
            done.append(True)
            for folder in (command.environment.get("XDG_CACHE_HOME"), command.environment.get("KF_RULE_CACHE_DIR")):
                os.makedirs(folder or "/", exist_ok=True)
            measure(command._replace(before=None))

    return fill


def literals(place: Path) -> Path:
    """Write the anchors of our rules that are literals of four bytes and more, for ripgrep; return where."""
    from pytest_genomic_guard.registry import Plan, Registry  # noqa: PLC0415 - slow, and only here

    found = {anchor for rule in Plan(Registry()).rules() if rule.face in {"plain", "lower"} for anchor in rule.anchors}
    place.write_bytes(
        b"".join(each + b"\n" for each in sorted(found) if len(each) >= 4 and not {10, 0} & set(each) and each.isascii())
    )
    return place


def _lines(report: bytes) -> int:
    return sum(int(line.rpartition(b":")[2]) for line in report.splitlines())


def _ours(report: bytes) -> int:
    return len(json.loads(report)["findings"])


def _detect_secrets(report: bytes) -> int:
    return sum(len(found) for found in json.loads(report)["results"].values())


def _results(report: bytes) -> int:
    return len(json.loads(report)["results"])


def _length(report: bytes) -> int:
    return len(json.loads(report))


def _phi_findings(report: bytes) -> int:
    counts: dict[str, int] = json.loads(report)["severity_counts"]
    return sum(counts.values())


def _kingfisher(report: bytes) -> int:
    rows = [json.loads(line) for line in report.splitlines()]
    return sum(isinstance(row, dict) and "finding" in row for row in rows)
