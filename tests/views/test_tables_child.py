"""Child processes that die, hang, say what they must not, or outlive who asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from _columnar import WRITERS, cells, read

from pytest_genomic_guard.isolation import process
from pytest_genomic_guard.views import bounds
from pytest_genomic_guard.views.tables import child, values

if TYPE_CHECKING:
    from pathlib import Path

GOOD = WRITERS["npy"][1]([("label", 1, 2.5)])
MARK = "marker-of-the-environment"
HELLO = r"""
import os, struct, sys, time, signal
out = sys.stdout.buffer
def say(kind, data=b""):
    out.write(struct.pack("<BI", ord(kind), len(data)) + data)
    out.flush()
"""


def scripted(monkeypatch: pytest.MonkeyPatch, script: str) -> list[int]:
    """Let a script stand in for the child; return a list that counts how often one is started."""
    started: list[int] = []

    def command(_kind: str) -> list[str]:
        started.append(1)
        return [sys.executable, "-I", "-c", HELLO + script]

    child.close()
    monkeypatch.setattr(child, "command", command)
    return started


@pytest.mark.parametrize(
    ("script", "reason", "rows"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "view-failed", 0),
        ("raise ImportError", "view-failed", 0),
        ("say('R'); sys.stdin.buffer.read(9); os.kill(os.getpid(), signal.SIGSEGV)", "corrupt", 0),
        ("say('R'); say('T', b'a'); say('B', b'1'); os.abort()", "corrupt", 1),
        ("say('R'); say('T', b'a'); say('B', b'1\\x1f2'); time.sleep(99)", "corrupt", 0),
        ("say('R'); say('T', b'a'); say('B', b'\\xff'); time.sleep(99)", "corrupt", 0),
        ("say('R'); say('B', b'1'); time.sleep(99)", "corrupt", 0),
        ("say('R'); say('T', b'a'); say('T', b'a'); time.sleep(99)", "corrupt", 0),
        ("say('R'); out.write(b'B' + b'\\xff' * 4); out.flush(); time.sleep(99)", "corrupt", 0),
        ("say('R'); say('T', b'a')\nwhile True: say('E', b'1'); say('T', b'a')", "corrupt", 0),
        ("say('R'); say('F', b'text of the file'); time.sleep(99)", "corrupt", 0),
    ],
)
def test_child_that_fails(script: str, reason: str, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies or breaks the rules ends in a reason; rows that came before are kept, and are not all there is."""
    scripted(monkeypatch, script)
    tables, found = read("npy", GOOD)
    assert found == reason
    assert sum(len(cells(table)) for table in tables) == rows
    assert not any(table.complete for table in tables if cells(table))


def test_child_that_never_ends_to_talk(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than the bound of cells is not taken from any process."""
    monkeypatch.setattr(bounds, "CHILD_CELLS", 1000)
    scripted(monkeypatch, "say('R'); say('T', b'a')\nwhile True: say('B', b'1')")
    (table,), reason = read("npy", GOOD)
    assert (reason, table.complete, len(cells(table))) == ("corrupt", False, 1000)


def test_spool_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows beyond what is kept are missing, and the table says so."""
    monkeypatch.setattr(bounds, "CHILD_SPOOL", 100)
    scripted(monkeypatch, "say('R'); say('T', b'a')\nfor each in range(99): say('B', b'12345')\nsay('E', b'1'); say('.')")
    (table,), reason = read("npy", GOOD)
    assert (reason, table.complete) == ("", False)
    assert 0 < len(cells(table)) < 99


def test_child_that_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that takes its time is ended, with what it forked, and the next file has a new one."""
    ids = tmp_path / "ids"
    fork = "if hasattr(os, 'fork'): os.fork()\n" + f"open({str(ids)!r}, 'a').write(str(os.getpid()) + ' ')\ntime.sleep(600)"
    started = scripted(monkeypatch, f"say('R'); say('T', b'a'); say('B', b'1')\n{fork}")
    monkeypatch.setattr(bounds, "CHILD_SECONDS", 2)
    (table,), reason = read("npy", GOOD)
    assert (reason, table.complete, cells(table)) == ("corrupt", False, [("1",)])
    for number in ids.read_text().split():
        gone(int(number))
    assert read("npy", GOOD)[1] == "corrupt"
    assert len(started) == 2


def gone(number: int) -> None:
    """Wait until a process is no more, or is only waited for by nobody."""
    for _attempt in range(200):
        try:
            with open(f"/proc/{number}/stat") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return
        except OSError:
            return
        time.sleep(0.1)
    raise AssertionError("still there")


def test_one_process_for_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of one kind are read by processes forked from one; a damaged one between them changes nothing."""
    child.close()
    plain = child.command
    started: list[str] = []

    def command(kind: str) -> list[str]:
        started.append(kind)
        return plain(kind)

    monkeypatch.setattr(child, "command", command)
    kind, write = WRITERS["parquet"]
    for number in range(5):
        (table,), reason = read(kind, write([("label", number, 0.5)]))
        assert (reason, cells(table)) == ("", [("label", str(number), "0.5")])
        assert read(kind, b"PAR1 damaged PAR1") == ([], "corrupt")
    assert started == [kind]


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found under /proc")
def test_end_with_who_asked(tmp_path: Path) -> None:
    """When the scan is killed, the process that reads for it ends too, though a file is half on its way."""
    ids = tmp_path / "ids"
    script = f"""
import os, time
from pytest_genomic_guard.views.tables import child
class Slow:
    def read(self, size):
        found = [each for each in os.listdir("/proc") if each.isdigit() and child_of(each)]
        if found:
            open({str(ids)!r}, "w").write(found[0])
            time.sleep(600)
        return b"x"
    def close(self): pass
def child_of(number):
    try:
        return open(f"/proc/{{number}}/stat").read().rpartition(")")[2].split()[1] == str(os.getpid())
    except OSError:
        return False
list(child.tables("npy", Slow(), None, ()))
"""
    with subprocess.Popen([sys.executable, "-I", "-c", script]) as process:
        while not (ids.exists() and ids.read_text()):
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    gone(int(ids.read_text()))


@pytest.mark.skipif(sys.platform != "linux", reason="open files are found under /proc")
def test_environment_of_the_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It runs in the root of the system, isolated, with nothing of the environment that could name a file of the repository."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECRET_OF_CI", MARK)
    monkeypatch.setenv("HDF5_PLUGIN_PATH", str(tmp_path))
    with open(tmp_path / "held", "wb") as held:
        os.set_inheritable(held.fileno(), True)  # noqa: FBT003 - it takes no keyword
        said = r"'\x1f'.join([os.getcwd(), ' '.join(os.environ), str(sys.flags.isolated), *os.listdir('/proc/self/fd')])"
        scripted(monkeypatch, f"say('R'); say('T', {said}.encode()); say('E', b'1'); say('.')")
        (table,), reason = read("npy", GOOD)
    assert not reason
    folder, names, isolated, *descriptors = table.header
    assert (folder, isolated) == (os.path.abspath(os.sep), "1")
    assert set(names.split()) <= {*process._SET, *process._KEPT, "LC_CTYPE"}  # noqa: SLF001 - the list itself
    assert len(descriptors) == 4  # three pipes and the folder that is listed
    assert values.READERS.keys() >= {kind for kind, _write in WRITERS.values()}
