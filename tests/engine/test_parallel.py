"""Several processes give what one gives, whatever happens to them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from pytest_genomic_guard import engine as engine_module
from pytest_genomic_guard import inventory, parallel, parts
from pytest_genomic_guard.children import Children
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.model import Artifact
from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.registry import Plan, Registry
from pytest_genomic_guard.reporters import reporter
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.sources.worktree import WorkTree
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_genomic_guard.model import Snapshot, Stream

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork there is one process")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the least input large enough, and parts small."""
    monkeypatch.setattr(engine_module, "SPREAD", -1)
    monkeypatch.setattr(parts, "_LEAST", 1)


def told(snapshot: Snapshot, jobs: int) -> str:
    """Return the JSON report of a run."""
    registry = Registry()
    return reporter("json")(Engine(Plan(registry), jobs=jobs).run(snapshot, Policy()), registry)


def files() -> dict[bytes, bytes]:
    """Return leaks, gaps and clean texts; one leak's name is the sample of another."""
    name = samples.name()
    found = {b"d%d/text.md" % number: b"words\n" * number for number in range(20)}
    found |= {b"d%d/x.vcf" % number: samples.vcf(samples=2) for number in range(0, 20, 3)}
    found |= {b"d%d/broken.gz" % number: b"\x1f\x8b\x08damaged" for number in range(0, 20, 5)}
    return found | {b"a/first.vcf": samples.vcf(samples=1), b"z/last.vcf": samples.vcf(names=name), name.encode() + b".md": b"x"}


@pytest.mark.parametrize("jobs", [0, 2, 5])
def test_the_report_is_the_same(jobs: int) -> None:
    """The order, findings, gaps, counts and masked paths are those of one process, byte for byte."""
    snapshot = Memory(files())
    assert told(snapshot, jobs) == told(snapshot, 1)
    assert '"fail"' in told(snapshot, jobs)


def test_blobs_of_a_repository(tmp_path: Path) -> None:
    """Each process reads blobs through a git of its own."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for path, data in files().items():
        file = tmp_path / os.fsdecode(path)
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
    subprocess.run(["git", "add", "-A"], cwd=tmp_path, check=True)
    reports = []
    for jobs in (1, 2, 4):
        tree = WorkTree(os.fsencode(tmp_path))
        reports.append(told(tree, jobs))
        tree.close()
    assert reports[0] == reports[1] == reports[2]


def _one(path: bytes, opener: Callable[[], Stream]) -> Artifact:
    return Artifact(path=path, kind="file", origin="memory", opener=opener, size=10)


def test_what_is_installed_is_looked_up_while_children_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parent takes stock once, before its children have ended; and where none scans, once all the same."""
    order: list[str] = []

    def noting(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def noted(*given: object, **named: object) -> object:
            order.append(name)
            return function(*given, **named)

        return noted

    monkeypatch.setattr(inventory, "taken", noting("stock", inventory.taken))
    monkeypatch.setattr(Children, "end", noting("end", Children.end))
    snapshot = Memory(files())
    assert told(snapshot, 2) == told(snapshot, 1)
    assert order == ["stock", "end", "stock"]


class Some(Memory):
    """A snapshot with artifacts of its own making."""

    def __init__(self, artifacts: list[Artifact]) -> None:
        """Take them."""
        super().__init__({})
        self._given = sorted(artifacts, key=lambda artifact: artifact.path)

    def entries(self) -> list[Artifact]:
        """Return them."""
        return self._given


def test_a_child_that_dies() -> None:
    """What a killed process would have scanned is scanned all the same."""
    parent = os.getpid()
    leak = samples.vcf()

    def opener() -> BytesStream:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return BytesStream(leak)

    many = [_one(b"%d.vcf" % number, opener) for number in range(12)]
    assert told(Some(many), 2).count('"GEN101"') == 12


def test_a_child_that_cannot_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Results that cannot be sent are found again here."""
    monkeypatch.setattr(parallel, "send", lambda *_: (_ for _ in ()).throw(RuntimeError("secret words")))
    snapshot = Memory(files())
    assert told(snapshot, 2) == told(snapshot, 1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_counts_every_file(jobs: int) -> None:
    """What is done grows to all there is, of artifacts and of bytes, by whichever process they are scanned."""
    ticks: list[tuple[int, ...]] = []
    snapshot = Memory(files())
    Engine(Plan(Registry()), tick=lambda *done: ticks.append(done), jobs=jobs).run(snapshot, Policy())
    total = len(snapshot.entries()), sum(entry.size or 0 for entry in snapshot.entries())
    assert ticks == sorted(ticks)
    assert ticks[-1] == (*total, *total)


def test_progress_within_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child tells how far it is in a part that takes long; what it had told is taken back when it dies."""
    monkeypatch.setattr(parallel, "_EVERY", 0.0)
    monkeypatch.setattr(parts, "_LEAST", 1 << 40)  # one part
    parent, ticks = os.getpid(), list[int]()

    def opener() -> BytesStream:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return BytesStream(b"words")

    many = [*(_one(b"a%d" % number, lambda: BytesStream(b"words")) for number in range(9)), _one(b"z", opener)]
    Engine(Plan(Registry()), tick=lambda files, *_: ticks.append(files), jobs=2).run(Some(many), Policy())
    assert ticks == [*range(1, 10), 0, *range(1, 11)]


def test_so_many_as_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """`jobs` is how many processes scan, however small the input and however many processors there are."""
    monkeypatch.setattr(engine_module, "SPREAD", 1 << 40)
    pids: set[int] = set()

    class Seen(Memory):
        """Tells who reads ahead, over a pipe."""

        def expect(self, _entries: object) -> None:
            """Tell it, and wait until others have told it as well."""
            os.write(to, b"%d\n" % os.getpid())
            time.sleep(0.2)

    for jobs, seen in ((3, 3), (11, 11), (1, 1), (0, 1)):
        out, to = os.pipe()
        Engine(Plan(Registry()), jobs=jobs).run(Seen({b"%d" % number: b"x" for number in range(40)}), Policy())
        os.close(to)
        with os.fdopen(out, "rb") as pipe:
            pids = set(map(int, pipe.read().split()))
        assert len(pids) == seen


@pytest.mark.parametrize("to_all", [True, False])
def test_control_c_leaves_no_child(tmp_path: Path, *, to_all: bool) -> None:
    """A scan that is interrupted, by a terminal or alone, ends at once with 130, without a traceback, and its processes with it."""
    (tmp_path / "waits").write_text("", encoding="utf-8")
    program = f"""
import os, sys, time
from pytest_genomic_guard import engine, parts
from pytest_genomic_guard.cli import session
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.registry import Plan, Registry
from pytest_genomic_guard.sources.memory import Memory
parts._LEAST = 1
def scan(self, artifact):
    open({str(tmp_path)!r} + "/" + str(os.getpid()), "w").close()
    time.sleep(600)
Engine.scan = scan
run = lambda: Engine(Plan(Registry()), jobs=2).run(Memory({{b"%d" % n: b"x" for n in range(9)}}), Policy())
sys.exit(session.guarded(run))
"""
    running = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 30
    while len(list(tmp_path.iterdir())) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    (os.killpg if to_all else os.kill)(running.pid, signal.SIGINT)
    _out, error = running.communicate(timeout=30)
    assert running.returncode == 130
    assert b"Traceback" not in error
    for child in (each.name for each in tmp_path.iterdir() if each.name.isdigit()):
        with pytest.raises(ProcessLookupError):
            os.kill(int(child), 0)
