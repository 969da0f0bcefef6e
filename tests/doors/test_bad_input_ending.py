"""Runs that end early: full disk, a reader that has gone, Ctrl-C. The status tells, and there is no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from _bad_input import (
    EVERYTHING,
    GENOMIC,
    GUARD,
    PYTEST,
    SCAN,
    Door,
    Running,
    stalling_git,
    told,
)
from _scratch import Repo, environment, guard, run

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

LEAK = "beside.vcf"


@pytest.fixture
def leaking(repo: Repo) -> Repo:
    """Return a repository with a staged call set."""
    repo.add(LEAK, samples.vcf())
    return repo


REPORTING = [
    ["scan"],
    ["scan", "--staged"],
    ["scan", "--format", "json"],
    ["scan", LEAK],
    ["explain", "GEN101"],
]


@pytest.mark.parametrize("arguments", REPORTING, ids=" ".join)
def test_full_disk(leaking: Repo, arguments: list[str]) -> None:
    """A report that could not be written is no result: a line on stderr, and the status for incomplete."""
    with open("/dev/full", "wb") as full:
        ran = guard(*arguments, cwd=leaking.root, stdout=full.fileno())
    assert (ran.code, ran.err.count("\n")) == (3, 1)
    assert "could not be written" in ran.err


def test_full_disk_for_a_hook(leaking: Repo) -> None:
    """A hook whose report could not be written blocks the commit, clean or not."""
    for name in ("everything", "genomic"):
        for _each in range(2):
            with open("/dev/full", "wb") as full:
                ran = run([sys.executable, "-I", "-m", f"pytest_genomic_guard.hooks.{name}"], leaking.root, stdout=full.fileno())
            assert ran.code == 3
            assert "could not be written" in ran.err
            leaking.add(LEAK, samples.vcf(samples=0))
        leaking.add(LEAK, samples.vcf())


def test_full_disk_of_one_report(leaking: Repo, tmp_path: Path) -> None:
    """Where one of two reports cannot be written, the other is, and the run is incomplete all the same."""
    for order in (["json:/dev/full", "text"], ["text", "json:/dev/full"]):
        ran = guard("scan", *(word for name in order for word in ("--format", name)), cwd=leaking.root)
        assert ran.code == 3
        told(ran, {}, [LEAK])
        assert "could not be written" in ran.err
    whole = tmp_path / "report.json"
    ran = guard("scan", "--format", "text:/dev/full", "--format", f"json:{whole}", cwd=leaking.root)
    assert (ran.code, json.loads(whole.read_text())["verdict"]) == (3, "fail")
    ran = guard("scan", "--format", f"json:{tmp_path}/no/such/folder", "--format", f"text:{whole}", cwd=leaking.root)
    assert (ran.code, "FAIL  1 fail" in whole.read_text()) == (3, True)


@pytest.mark.parametrize("streams", ["1>/dev/full 2>/dev/full", "1>&- 2>&-", "1>/dev/full 2>&-"])
@pytest.mark.parametrize("arguments", [["scan"], ["scan", "no-such-file"]], ids=" ".join)
def test_nowhere_to_complain(leaking: Repo, streams: str, arguments: list[str]) -> None:
    """The status is the documented one also where neither stream takes a word."""
    ran = run(["/bin/sh", "-c", f'exec "$@" {streams}', "sh", *GUARD, *arguments], leaking.root)
    assert (ran.code, ran.out, ran.err) == (2 if len(arguments) > 1 else 3, "", "")


@pytest.mark.parametrize("command", [["scan"], ["scan", "--format", "json"], ["explain", "GEN101"], []], ids=" ".join)
def test_nobody_reads(leaking: Repo, command: list[str]) -> None:
    """A reader that has gone, as `head` does, ends the run with its line and no traceback; so does a closed stdout."""
    words = [*GUARD, *command] if command else [sys.executable, "-I", "-m", "pytest_genomic_guard.hooks.everything"]
    for how in ("| head -0", ">&-"):
        script = f'set -o pipefail; "$@" {how}'
        ran = run(["/bin/bash", "-c", script, "bash", *words], leaking.root)
        assert (ran.code, ran.out) == (3, "")
        assert "could not be written" in ran.err


def test_full_disk_under_pytest(leaking: Repo) -> None:
    """Pytest ends with its own error where it cannot print, and never with 0; of us it shows no value."""
    people = [samples.name() for _each in range(3)]
    leaking.add(LEAK, samples.vcf(names=",".join(people)))
    for stdout in ("/dev/full", "/dev/null"):
        with open(stdout, "wb") as full:
            done = subprocess.run(
                [*PYTEST, "--junitxml=/dev/full"],
                cwd=leaking.root,
                env=environment(),
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert done.returncode not in {0, 5}
        assert not [name for name in people if name in done.stderr]


# Ctrl-C


@pytest.mark.parametrize("door", [SCAN, EVERYTHING, GENOMIC], ids=lambda door: door.name)
@pytest.mark.parametrize("word", ["ls-files", "cat-file"])
def test_control_c(leaking: Repo, tmp_path: Path, door: Door, word: str) -> None:
    """An interrupt while git lists, or hands out content, ends with 130, one line and nothing on stdout."""
    (leaking.root / LEAK).unlink()  # so that its blob is read, whoever scans
    tools, mark = stalling_git(tmp_path / "tools", word)
    running = Running(door.command(leaking), leaking.root, PATH=f"{tools}{os.pathsep}{os.environ['PATH']}")
    running.wait_until(mark.exists)
    running.control_c()
    ran = running.end()
    assert (ran.code, ran.out, ran.err) == (130, "", "genomic-guard: interrupted\n")


@pytest.mark.parametrize("alone", [False, True])
def test_control_c_under_pytest(leaking: Repo, tmp_path: Path, *, alone: bool) -> None:
    """An interrupted pytest ends as pytest does; where only the scan is interrupted, nothing passes."""
    (leaking.root / LEAK).unlink()
    tools, mark = stalling_git(tmp_path / "tools", "cat-file")
    running = Running([*PYTEST], leaking.root, PATH=f"{tools}{os.pathsep}{os.environ['PATH']}")
    running.wait_until(mark.exists)
    running.control_c(running.scanning() if alone else None)
    ran = running.end()
    assert ran.code == (1 if alone else pytest.ExitCode.INTERRUPTED)
    assert ("INCOMPLETE  interrupted" in ran.out) is alone
