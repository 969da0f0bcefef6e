"""No value leaves: markers planted wherever data stands are in no output, message, test id, report or file of any door."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from _pytest_door import WITHOUT_STRANGERS
from _values import DOORS, GUARD, LOUD, Planted, forms, leaked, name

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def planted(tmp_path: Path) -> Planted:
    """Return a repository with nothing planted yet."""
    return Planted.in_turn(tmp_path)


@pytest.mark.parametrize("spelling", dict(forms(name())))
def test_every_spelling_is_seen(spelling: str) -> None:
    """What looks for leaks sees each of them, inside other text and in capitals, and is quiet without."""
    value = name()
    spelt = dict(forms(value))[spelling]
    assert leaked([("out", b"words " + spelt + b" words")], {"role": value})
    if "base64" not in spelling:
        assert leaked([("out", spelt.upper())], {"role": value})
    assert not leaked([("out", b"words words")], {"role": value})


def test_files_are_looked_at(planted: Planted) -> None:
    """A value that a command writes somewhere is seen: in a file, in a file's name, in the home folder, in a changed file."""
    value = planted.mark("role")
    planted.write("old.txt", b"before\n")
    for script in (
        f"echo {value} > new.txt",
        f"echo {value} >> old.txt",
        f"touch {value}.txt",
        f"echo {value} > $HOME/x",
        f"mkdir -p $TMPDIR/a/b; echo {value} > $TMPDIR/a/b/x",
        f"echo {value} > $XDG_CACHE_HOME/y",
        f"echo {value} >&2",
    ):
        assert leaked(planted.run("/bin/sh", "-c", script, status=[0]), planted.values), script.replace(value, "VALUE")


@pytest.mark.parametrize("door", DOORS)
def test_findings_and_gaps(planted: Planted, door: str) -> None:
    """Names, calls, ids, and file names equal to sample names: all are found and none is told."""
    planted.everything()
    if door in {"pytest", "scan, json"}:
        planted.forget()
    shown = planted.silent(*DOORS[door]).decode()
    shown += "".join(path.read_text("utf-8") for path in planted.repo.root.glob("report.*"))
    if door not in {"pytest, native", "pytest, no text"}:
        assert "GEN101" in shown
        assert "[masked].vcf" in shown or "&#91;masked" in shown
        assert "[masked].txt.gz" in shown
        assert "broken.ipynb" in shown


@pytest.mark.parametrize("door", DOORS)
def test_policy(planted: Planted, door: str) -> None:
    """Reasons, owners, pointers, evidence and the paths of waivers: none is told, whatever becomes of the waiver or gate."""
    planted.policy()
    if door in {"pytest", "scan, json"}:
        planted.forget()
    shown = planted.silent(*DOORS[door]).decode()
    if door in {"scan", "pytest", "scan, json"}:
        assert all(code in shown for code in ("RUN201", "RUN202", "RUN203", "GEN101"))
        assert "the evidence file is no JSON" in shown


@pytest.mark.parametrize("door", ["scan, json", "pytest, long", "pytest, xdist", "hook"])
def test_with_everything_loud(planted: Planted, door: str) -> None:
    """Developer mode, the fault handler and git's traces add nothing."""
    planted.everything()
    planted.policy()
    planted.silent(*DOORS[door], env=LOUD)


def test_waive(planted: Planted) -> None:
    """The command that writes a waiver says nothing of path, reason or owner, when it works and when it does not."""
    planted.policy()
    path = f"away/{planted.mark('waived sample')}.vcf"
    words = ["--reason", planted.mark("new reason"), "--owner", planted.mark("new owner"), "--expires", "2999-01-01"]
    policy = planted.repo.root / ".genomic-guard.yaml"
    old = policy.read_bytes()
    left = planted.run(*GUARD, "waive", "GEN101", path, *words, status=[0])
    assert planted.mark("new reason").encode() in policy.read_bytes()
    assert leaked([(place, data) for place, data in left if place != str(policy)], planted.values) == []
    policy.write_bytes(old.replace(b"version: 1", b"version: 2"))
    planted.silent(*GUARD, "waive", "GEN101", path, *words, status=[2])
    policy.write_bytes(old)
    planted.silent(*GUARD, "waive", "GEN101", planted.mark("missing path"), *words, status=[2])


def test_real_pre_commit(planted: Planted) -> None:
    """A commit that pre-commit stops shows what our hook shows, and its logs and caches hold no value either."""
    planted.everything()
    entry = "python -I -m pytest_genomic_guard.hooks.everything".replace("python", planted.interpreter)
    hook = {"id": "genomic-guard", "name": "guard", "entry": entry, "language": "system", "verbose": True, "always_run": True}
    config = {"repos": [{"repo": "local", "hooks": [hook | {"exclude": "^cut/", "require_serial": True}]}]}
    planted.write(".pre-commit-config.yaml", json.dumps(config).encode())
    planted.silent("python", "-m", "pre_commit", "install", status=[0])
    left = planted.run("git", "commit", "-m", "work", status=[1])
    assert leaked(left, planted.values) == []
    assert b"GEN101" in dict(left)["stderr"]
    shown = planted.silent(*DOORS["hook"])
    assert b"RUN401" in shown
    assert b"cut/[masked].txt.gz" in shown


def test_fixture(planted: Planted) -> None:
    """A test that asserts cleanliness fails without a value, also with local variables shown."""
    planted.everything()
    (planted.repo.root / "test_mine.py").write_text(
        """
import pathlib


def test_folder(genomic_guard):
    genomic_guard.assert_clean(pathlib.Path("data"))


def test_bytes(genomic_guard):
    genomic_guard.assert_clean(next(pathlib.Path("data").glob("*.vcf")).read_bytes())


def test_frame(genomic_guard):
    import pandas

    genomic_guard.assert_clean(pandas.read_csv(next(pathlib.Path("data").glob("*.vcf")), sep="\\t", skiprows=3))
""",
        "utf-8",
    )
    options = ["-l", "--tb=long", "-vv", "-rA", "--junitxml=report.xml"]
    for more in ([], ["-n2"]):
        shown = planted.silent("python", "-I", "-m", "pytest", *WITHOUT_STRANGERS, *options, *more)
        assert b"3 failed" in shown
        assert shown.count(b"GEN101") >= 3
