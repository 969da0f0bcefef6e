"""Run commands in turn and keep time, processor time, the peak of memory of all their processes, and what they found."""

from __future__ import annotations

import contextlib
import os
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from _timing import QUIET

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

OUT = "{out}"  # stands for the file of the report in a command


class Command(NamedTuple):
    """What is run, where, and how its report is read."""

    name: str
    kind: str  # floor, peer or ours
    words: Sequence[str]
    folder: Path
    stdin: bytes = b""
    environment: Mapping[str, str] = {}
    before: Callable[[], object] | None = None  # done before each run, not timed
    findings: Callable[[bytes], int] | None = None  # findings in a report, of stdout where none was written
    fine: frozenset[int] = frozenset({0, 1, 3})  # 1 and 3 are verdicts, ours and the peers'


class Run(NamedTuple):
    """What one run took."""

    seconds: float
    processor: float
    peak: float | None  # MB of all its processes together
    found: int | None
    note: str  # why it was no full run


class Row(NamedTuple):
    """All runs of one command."""

    name: str
    kind: str
    runs: Sequence[Run]
    peak: float | None

    @property
    def least(self) -> float:
        """Return the least time, which a busy machine disturbs least."""
        return min(run.seconds for run in self.runs)

    def plain(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "name": self.name,
            "kind": self.kind,
            "seconds": round(self.least, 4),
            "median": round(statistics.median(run.seconds for run in self.runs), 4),
            "processor": round(min(run.processor for run in self.runs), 4),
            "rounds": len(self.runs),
            "peak": self.peak and round(self.peak, 1),
            "found": self.runs[-1].found,
            "note": self.runs[-1].note,
        }


def in_turn(
    commands: Sequence[Command], rounds: int, *, slow: float = 20, limit: float = 600, tell: Callable[[Row], object] | None = None
) -> list[Row]:
    """Run each command once while its memory is watched, then in turn, every other round in the opposite order.

    What took `slow` seconds or longer runs only that once; what takes `limit` is stopped, which its note tells.
    """
    first = {}
    for command in commands:
        first[command.name] = run = measure(command, limit, watch=True)
        if tell:
            tell(Row(command.name, command.kind, [run], run.peak))
    kept: dict[str, list[Run]] = {command.name: [] for command in commands}
    again = [command for command in commands if first[command.name].seconds < slow and not first[command.name].note]
    for number in range(rounds):
        for command in again if number % 2 else again[::-1]:
            kept[command.name].append(measure(command, limit))
    return [Row(each.name, each.kind, kept[each.name] or [first[each.name]], first[each.name].peak) for each in commands]


def measure(command: Command, limit: float = 600, *, watch: bool = False) -> Run:
    """Run a command once, in a session of its own, stopped with all its processes after `limit` seconds."""
    if command.before:
        command.before()
    with tempfile.TemporaryDirectory() as at:
        place = Path(at)
        report, told, said = place / "report", place / "stdout", place / "stderr"
        (place / "stdin").write_bytes(command.stdin)
        words = [word.replace(OUT, str(report)) for word in command.words]
        with (place / "stdin").open("rb") as given, told.open("wb") as out, said.open("wb") as err:
            begin = time.perf_counter()
            environment = QUIET | dict(command.environment)
            process = subprocess.Popen(  # `wait4` waits for it
                words, cwd=command.folder, stdin=given, stdout=out, stderr=err, env=environment, start_new_session=True
            )
            watched = _Watch(process.pid, limit, memory=watch)
            try:
                _pid, status, usage = os.wait4(process.pid, 0)
            except BaseException:  # Ctrl-C, which its own session does not get
                os.killpg(process.pid, signal.SIGKILL)
                raise
            seconds = time.perf_counter() - begin
            process.returncode = os.waitstatus_to_exitcode(status)
            watched.end()
        note, found = "", None
        if watched.stopped:
            note = f"stopped after {limit:.0f} s"
        elif process.returncode not in command.fine:
            note = f"ended with status {process.returncode}"
        elif command.findings:
            try:
                found = command.findings(report.read_bytes() if report.exists() else told.read_bytes())
            except (ValueError, KeyError, TypeError):
                note = f"ended without a report, status {process.returncode}"
        if note and command.kind != "peer" and not watched.stopped:  # what a peer says can hold a value
            note += f": {said.read_text('utf-8', 'replace').strip()[-160:]}"
    peak = max(watched.peak, usage.ru_maxrss * 1024 if usage.ru_maxrss > watched.own else 0)
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak / 1e6 if watch and peak else None, found, note)


class _Watch:
    """A thread that adds up the memory of all processes of a session, and stops them when their time is over."""

    def __init__(self, session: int, limit: float, *, memory: bool) -> None:
        """Begin."""
        self.peak, self.stopped, self._session, self._limit, self._memory = 0, False, session, limit, memory
        # A process that became another program keeps its peak of before, so what `wait4` tells below our own size says nothing
        self.own = _resident(os.getpid()) // 1024
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop watching."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        begin = time.monotonic()
        while True:
            past = time.monotonic() - begin
            if self._over.wait((0.02 if past < 1 else 0.1) if self._memory else min(0.5, max(0.01, self._limit - past))):
                return
            if self._memory:
                self.peak = max(self.peak, sum(_share(pid) for pid in _processes(self._session)))
            if past > self._limit:
                self.stopped = True
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._session, signal.SIGKILL)
                return


def _processes(session: int) -> list[int]:
    found = []
    for name in os.listdir("/proc") if os.path.isdir("/proc/self") else ():
        with contextlib.suppress(OSError, ValueError, IndexError):
            if name.isdigit() and int(Path("/proc", name, "stat").read_text("utf-8").rpartition(")")[2].split()[3]) == session:
                found.append(int(name))
    return found


def _share(pid: int) -> int:
    """Return the bytes of a process in memory; a page that several have is shared out between them."""
    with contextlib.suppress(OSError):
        for line in Path("/proc", str(pid), "smaps_rollup").read_text("utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _resident(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path("/proc", str(pid), "status").read_text("utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0
