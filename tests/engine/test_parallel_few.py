"""Where a system gives no pipe or no process, or a parent ignores its children, a scan goes on with what there is."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from pytest_genomic_guard import engine as engine_module
from pytest_genomic_guard import parts
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.registry import Plan, Registry
from pytest_genomic_guard.reporters import reporter
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork there is one process")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the least input large enough, and parts small."""
    monkeypatch.setattr(engine_module, "SPREAD", -1)
    monkeypatch.setattr(parts, "_LEAST", 1)


def _told(jobs: int) -> str:
    """Return the report of a run over some files."""
    registry = Registry()
    files = {b"%d.vcf" % number: samples.vcf(samples=2) for number in range(3)} | {
        b"%d.md" % number: b"words" for number in range(9)
    }
    return reporter("text")(Engine(Plan(registry), jobs=jobs).run(Memory(files), Policy()), registry)


def _open() -> list[str]:
    """Return the descriptors that are open."""
    return sorted(os.listdir("/proc/self/fd" if os.path.isdir("/proc/self/fd") else "/dev/fd"))


def test_no_descriptors() -> None:
    """With hardly a descriptor left there is one process, or there are a few, and the same report."""
    import resource  # noqa: PLC0415 - not on every system

    expected = _told(1)
    assert _told(3) == expected  # which loads what several processes need
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    held = os.open(os.devnull, os.O_RDONLY)  # the next free one is this or above
    os.close(held)
    for more in range(12):
        resource.setrlimit(resource.RLIMIT_NOFILE, (held + more, hard))
        try:
            told = _told(3)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        assert told == expected


@pytest.mark.parametrize("more", [0, 1])
def test_no_processes(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Where a system has no process left the scan is done by those that there are, and no pipe stays open."""
    expected, before, forks = _told(1), _open(), list[int]()
    fork = os.fork

    def few() -> int:
        forks.append(1)
        if len(forks) > more:
            raise BlockingIOError(errno.EAGAIN, "no more")
        return fork()

    monkeypatch.setattr(os, "fork", few)
    assert _told(3) == expected
    assert len(forks) == more + 1
    assert _open() == before


@pytest.mark.parametrize("thread", [False, True])
def test_a_parent_that_ignores_its_children(thread: bool) -> None:  # noqa: FBT001 - a case
    """A scan in a process that leaves no child to wait for gives the same report, and the process ignores them afterwards."""
    expected, told = _told(1), list[str]()
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        if thread:
            other = threading.Thread(target=lambda: told.append(_told(3)))
            other.start()
            other.join()
        else:
            told.append(_told(3))
        assert signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGCHLD, before)
    assert told == [expected]


def test_a_program_that_ignores_its_children(tmp_path: Path) -> None:
    """The command, started by somebody who ignores children, which it inherits, ends as it does otherwise."""
    for number in range(40):
        (tmp_path / f"{number}.txt").write_bytes(b"words\n" * 9)
    command = [sys.executable, "-m", "pytest_genomic_guard", "scan", str(tmp_path), "--jobs", "3", "--no-cache"]
    ignoring = "import os, signal, sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
    plain = subprocess.run(command, capture_output=True, check=False)
    ignored = subprocess.run([sys.executable, "-c", ignoring, *command], capture_output=True, check=False)
    assert (plain.returncode, plain.stdout, plain.stderr) == (ignored.returncode, ignored.stdout, ignored.stderr)
    assert plain.returncode == 0
