"""Scans of the command that are interrupted or lose a process: nothing is left behind, and nothing is passed over."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _scratch import Repo

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes of a session are found in Linux's /proc")


@pytest.fixture
def history(repo: Repo) -> Repo:
    """Return a repository whose older contents are in git alone, among them tables that a process of their own decodes."""
    for version in range(3):
        for number in range(60):
            repo.write(f"text{number}.md", samples.prose(400) + b"%d\n" % version)
        for number in range(4):
            repo.write(f"large{number}.txt", b"A line of %d words.\n" % version * 40_000)
            repo.write(f"calls{number}.vcf", samples.vcf(samples=3))
            repo.write(f"table{number}.parquet", _parquet(version + number))
        repo.git("add", "--all")
        repo.git("commit", "-qm", "A version")
    return repo


def _parquet(number: int) -> bytes:
    pandas, io = pytest.importorskip("pandas"), pytest.importorskip("io")
    pytest.importorskip("pyarrow")
    file = io.BytesIO()
    pandas.DataFrame({"row": range(number + 5), "value": range(number + 5)}).to_parquet(file)
    return bytes(file.getvalue())


class Scan:
    """A scan in a session of its own, with folders of its own for what is temporary and what is cached."""

    def __init__(self, root: Path, beside: Path) -> None:
        """Start it."""
        self.folders = [beside / "temporary", beside / "cache"]
        for folder in self.folders:
            folder.mkdir(exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pytest_genomic_guard", "scan", "--history", "--jobs", "2", "--format", "json"],
            cwd=root,
            env={**kept, "TMPDIR": str(self.folders[0]), "XDG_CACHE_HOME": str(self.folders[1])},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def session(self) -> dict[int, int]:
        """Return the parents of all processes of the session that still run."""
        return dict(self._session())

    def _session(self) -> Iterator[tuple[int, int]]:
        for place in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, parent, _group, session = place.read_text("utf-8").rpartition(")")[2].split()[:4]
            except OSError:
                continue
            if int(session) == self.process.pid and state not in "ZX":
                yield int(place.parent.name), int(parent)

    def children(self) -> list[int]:
        """Return those that scan."""
        return [child for child, parent in self.session().items() if parent == self.process.pid and _name(child) == _name(parent)]

    def until(self, there: Callable[[], object], seconds: float = 60) -> None:
        """Wait until something is so, or the scan is over."""
        deadline = time.monotonic() + seconds
        while not there() and time.monotonic() < deadline and self.process.poll() is None:
            time.sleep(0.002)

    def gone(self) -> bool:
        """Tell whether all processes end; those that decode look every half second whether they are still needed."""
        deadline = time.monotonic() + 20
        while self.session() and time.monotonic() < deadline:
            time.sleep(0.05)
        return not self.session()

    def left(self) -> list[str]:
        """Return the temporary files."""
        cached = [file.name for file in self.folders[1].rglob("*") if file.is_file()]
        return [*(file.name for file in self.folders[0].rglob("*")), *(name for name in cached if "tmp" in name)]


def _name(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text("utf-8")
    except OSError:
        return ""


@pytest.mark.parametrize("to_all", [True, False])
@pytest.mark.parametrize("number", range(4))
def test_control_c_at_random_moments(history: Repo, tmp_path: Path, number: int, *, to_all: bool) -> None:
    """By a terminal, which tells all, or by a person who tells the scan alone: 130, no word of Python's, and nobody is left."""
    scan = Scan(history.root, tmp_path)
    scan.until(scan.children)
    time.sleep(random.uniform(0, 0.4) * number)  # noqa: S311 - no secret
    (os.killpg if to_all else os.kill)(scan.process.pid, signal.SIGINT)
    out, error = scan.process.communicate(timeout=60)
    # 1: it was done before; and the signal itself where Python was ending after that, when it has no handler any more
    assert scan.process.returncode in {130, 1} or (scan.process.returncode == -signal.SIGINT and out)
    assert b"Traceback" not in error
    assert scan.gone()
    assert not scan.left()


def test_a_scan_that_is_killed(history: Repo, tmp_path: Path) -> None:
    """Its processes end by themselves."""
    scan = Scan(history.root, tmp_path)
    scan.until(scan.children)
    scan.process.kill()
    scan.process.communicate()
    assert scan.gone()


@pytest.mark.parametrize("both", [True, False])
def test_a_child_that_is_killed(history: Repo, tmp_path: Path, *, both: bool) -> None:
    """As by a system that has no memory left: the report is the same."""
    whole = Scan(history.root, tmp_path)
    expected, _error = whole.process.communicate()
    assert whole.process.returncode == 1
    scan = Scan(history.root, tmp_path)
    scan.until(lambda: len(scan.children()) > both)
    time.sleep(random.uniform(0, 0.2))  # noqa: S311 - no secret
    for child in scan.children()[: both + 1]:
        os.kill(child, signal.SIGKILL)
    out, _error = scan.process.communicate(timeout=120)
    assert scan.process.returncode == 1
    assert out == expected
    assert scan.gone()
