"""Hostile cards, models and pointers: a finding or a gap, never a traceback, never code that runs, never a value that is shown."""

from __future__ import annotations

import json
import os
import random
import string
from typing import TYPE_CHECKING, Any

import pytest
from _card_hostile import BOUNDED, FILES, FOUND, GAPS
from _scratch import Ran, guard

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("json", "sarif", "github", "gitlab", "junit", "markdown", "text")
CANARY = "".join(random.SystemRandom().choices(string.ascii_lowercase, k=12)) + "Qz"


class Looked:
    """What a scan of all the files told, and what `card check` told of them."""

    def __init__(self, folder: Path, out: Path) -> None:
        """Write and judge them."""
        for name, made in FILES.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made(CANARY))
        told = [word for each in FORMATS for word in ("--format", f"{each}:{out / each}")]
        self.scan = guard("scan", *told, cwd=folder)
        self.check = guard("card", "check", "--format", "json", cwd=folder)
        self.shown = guard("card", "check", cwd=folder)
        self.reports = {each: (out / each).read_bytes() for each in FORMATS}
        report: dict[str, Any] = json.loads(self.reports["json"])
        self.gaps = {each["path"]: each["reason"] for each in report["gaps"]}
        self.found = {each["path"] for each in report["findings"] if each["outcome"] == "fail"}


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Looked:
    """Return what a run over all the files told."""
    return Looked(tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("out"))


@pytest.mark.parametrize("name", sorted(GAPS))
def test_what_cannot_be_read_is_a_gap(looked: Looked, name: str) -> None:
    """A card that is hostile, too large or too deep is told of as one that was not read, for a reason of ours."""
    assert looked.gaps.get(name) in {"card", "too-large", "too-deep", "archive", "ratio", "truncated", "bomb", "damaged"}


@pytest.mark.parametrize("name", sorted(FOUND))
def test_what_is_read_in_part_fails(looked: Looked, name: str) -> None:
    """No hostile card and no hostile model passes: it lacks what it has to say, or a card."""
    assert name in looked.found or name in looked.gaps


@pytest.mark.parametrize("name", sorted(BOUNDED))
def test_other_files_stop_nothing(looked: Looked, name: str) -> None:
    """A file beside models that is more than anybody reads is no crash of a view."""
    assert looked.gaps.get(name) not in {"view-failed", "check-failed"}


def test_nothing_failed(looked: Looked) -> None:
    """No view and no check broke, so that nothing is untold for that reason."""
    assert not {path: reason for path, reason in looked.gaps.items() if reason in {"view-failed", "check-failed"}}
    assert looked.scan.code == 1
    assert looked.check.code in {1, 3}


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_shows_a_value(looked: Looked, name: str) -> None:
    """What stands in the files stands in no report."""
    assert CANARY.encode().lower() not in looked.reports[name].lower()


def test_no_stream_shows_a_value(looked: Looked) -> None:
    """Nor on the screen, nor in what `card check` says."""
    for ran in (looked.scan, looked.check, looked.shown):
        assert CANARY.lower() not in (ran.out + ran.err).lower()


def _ran(folder: Path, name: str, data: bytes) -> Ran:
    (folder / name).write_bytes(data)
    return guard("card", "check", "--format", "json", name, cwd=folder)


@pytest.mark.parametrize("name", sorted(GAPS))
def test_a_named_one_that_cannot_be_read(looked: Looked, folder: Path, name: str) -> None:
    """`card check FILE` of one ends with 1 or 3, and shows no value."""
    assert name in looked.gaps
    if not name.endswith((".xml", ".json", ".yaml", ".md")):
        pytest.skip("no card")
    ran = _ran(folder, os.path.basename(name), FILES[name](CANARY))
    assert ran.code in {1, 3}
    assert CANARY.lower() not in (ran.out + ran.err).lower()


@pytest.mark.parametrize("kind", ["pickled", "torch_old", "joblib_file"])
def test_no_model_is_loaded(folder: Path, kind: str) -> None:
    """What a pickle would run is not run, by a scan, by `card check` or by `card new`."""
    data = getattr(samples, kind)(calls="posix:system")
    assert b"echo" in data
    (folder / "model.pkl").write_bytes(data.replace(b"echo", b">ran"))
    for words in (("scan",), ("card", "check"), ("card", "new", "model.pkl", "--output", "-")):
        guard(*words, cwd=folder)
    assert [each.name for each in folder.iterdir()] == ["model.pkl"]


def test_a_draft_copies_no_free_text(folder: Path) -> None:
    """`card new` takes ids and names of formats from a file, and none of the sentences in which a person may be named."""
    words = f"What Doctor {CANARY} of the ward made in the first year"
    (folder / "model.gguf").write_bytes(_described(words))
    ran = guard("card", "new", "model.gguf", "--output", "-", cwd=folder)
    assert ran.code == 0
    assert CANARY not in ran.out + ran.err


def _described(words: str) -> bytes:
    """Return a GGUF whose description, author and name are free text."""
    import struct  # noqa: PLC0415 - here alone

    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    said = {"general.architecture": "llama", **{f"general.{key}": words for key in ("description", "author", "license", "name")}}
    said |= {"general.dataset.0.name": f"{words}: all records", "general.base_model.0.name": f"{words}, second visit"}
    keys = b"".join(text(key) + struct.pack("<I", 8) + text(value) for key, value in said.items())
    tensor = text("w") + struct.pack("<IQQIQ", 2, 2, 2, 0, 0)
    return b"GGUF" + struct.pack("<IQQ", 3, 1, len(said)) + keys + tensor + bytes(64)
