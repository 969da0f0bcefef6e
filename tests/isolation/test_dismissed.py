"""Decoders that wait for work: those that have waited for long are ended, and others are not."""

from __future__ import annotations

import sys

from pytest_genomic_guard.isolation.process import Process, Waiting, dismiss


def test_who_waits_for_long_is_ended() -> None:
    """One that waits stays for as long as it may, and then none is there to be taken."""
    waiting = Waiting(2)
    started = [Process([sys.executable, "-I", "-S", "-c", "import sys; sys.stdin.read()"]) for _each in range(2)]
    for number, process in enumerate(started):
        waiting.keep(process, str(number))
    dismiss(1000)
    assert all(process.alive() for process in started)
    taken = waiting.taken("0")
    assert taken is started[0]
    dismiss(0)
    assert taken.alive()  # it is at work
    assert not started[1].alive()
    assert waiting.taken("1") is None
    taken.end()
