"""A git repository with tests of its own, run through ``pytest`` in a process of its own, as users run it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

LEAK = "calls.vcf"
GENOMIC, PHI, GAPS = "genomic-guard::genomic", "genomic-guard::phi", "genomic-guard::gaps"
CODE, LICENCES, SECRETS = "genomic-guard::code", "genomic-guard::licences", "genomic-guard::secrets"
CARDS, DATA_USE = "genomic-guard::cards", "genomic-guard::data-use"
ALSO = dict.fromkeys((CARDS, CODE, DATA_USE, LICENCES, SECRETS), "pass")  # families of which most tests here have nothing to say
OWN = [CARDS, CODE, GENOMIC, DATA_USE, LICENCES, PHI, SECRETS, GAPS]  # the static items, in the order in which they run
GATE = "genomic-guard::fairness::sepsis::tpr.difference"
PASSING = "def test_mine():\n    pass\n"
# Plugins of others that happen to be installed here, which nothing asks for: loading them takes longer than the rest of a run.
_OURS = {"genomic_guard", "xdist", "xdist.looponfail"}
_STRANGERS = sorted({each.name for each in entry_points(group="pytest11")} - _OURS)
WITHOUT_STRANGERS = tuple(word for name in _STRANGERS for word in ("-p", f"no:{name}"))


class Repo:
    """A repository beside pytester's folder, so that what pytester writes is no part of it.

    It stands at one place for all tests of a worker, and the cache beside it stays: what is installed here is then read once.
    """

    def __init__(self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
        """Make the repository with one passing test, and leave nothing of this run's environment."""
        place = pytester.path.parent / "of-the-door"
        self.path = place / "repo"
        self.people = [samples.name() for _each in range(3)]
        self._pytester, self._monkeypatch = pytester, monkeypatch
        for name in ("CI", "PYTEST_ADDOPTS", "PYTHONPATH", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "GIT_DIR"):
            monkeypatch.delenv(name, raising=False)
        for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
            monkeypatch.setenv(name, os.devnull)
        self._cache = str(pytester.path.parent / "cache-of-the-door")
        if place.exists():
            shutil.rmtree(place)
        self.path.mkdir(parents=True)
        self.git("init", "-q")
        monkeypatch.chdir(self.path)
        self.write("test_mine.py", PASSING)

    def git(self, *arguments: str) -> None:
        """Run git here."""
        subprocess.run(["git", *arguments], cwd=self.path, check=True, stdin=subprocess.DEVNULL)

    def write(self, name: str, content: bytes | str) -> Path:
        """Write a file and the folders above it."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def leak(self, name: str = LEAK) -> Path:
        """Write a VCF with three invented people, whose names no output may show."""
        return self.write(name, self.vcf())

    def vcf(self) -> bytes:
        """Return the content of the leak."""
        return samples.vcf(names=",".join(self.people))

    def gap(self) -> None:
        """Write a file that cannot be read to its end."""
        self.write("cut.vcf.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\xff")

    def gate(self, low: float, high: float) -> None:
        """Configure a gate of at most 0.1, and evidence with this interval."""
        figure = {"value": (low + high) / 2, "interval": [low, high], "n": 500, "confidence": 0.95}
        self.write("metrics.json", json.dumps({"tpr": figure}))
        self.write(
            ".genomic-guard.yaml",
            'version: 1\nfairness:\n  sepsis:\n    value: "metrics.json#/tpr"\n    bounds: {tpr.difference: "<= 0.1"}\n',
        )

    def run(self, *arguments: str, isolated: bool = False, usual: bool = False, **environment: str) -> pytest.RunResult:
        """Run pytest; whatever it shows must not hold a name of the leak.

        `isolated` keeps the folder off ``sys.path``. `usual` is as a user has it at first: with every plugin that is installed, and
        nothing in the cache.
        """
        for name, value in environment.items():
            self._monkeypatch.setenv(name, value)
        self._monkeypatch.setenv("XDG_CACHE_HOME", "" if usual else self._cache)  # else below HOME, which pytester makes anew
        arguments = arguments if usual else (*WITHOUT_STRANGERS, *arguments)
        if isolated:
            result = self._pytester.run(sys.executable, "-I", "-m", "pytest", *arguments)
        else:
            result = self._pytester.runpytest_subprocess(*arguments)
        shown = result.stdout.str() + result.stderr.str()
        assert not [name for name in self.people if name in shown]
        return result


def lines(result: pytest.RunResult) -> list[str]:
    """Return what pytest printed."""
    return result.stdout.str().splitlines()


def states(result: pytest.RunResult) -> dict[str, str]:
    """Return what the section says of each item."""
    rows = [line.split("  ", 1) for line in lines(result) if line.startswith("genomic-guard::") and "  " in line]
    return {name: said.partition(":")[0] for name, said in rows}


def verdict(result: pytest.RunResult) -> str:
    """Return the verdict of the section, the last of its lines; empty when there is no section."""
    found = [line for line in lines(result) if line.startswith(("PASS  ", "FAIL  ", "INCOMPLETE  "))]
    return found[-1].split("  ")[0] if found else ""
