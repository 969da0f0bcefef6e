"""Reference models: who is in which, one whole file a model whatever stops the run, and the matrix that a gate reads."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard import references
from pytest_genomic_guard.evidence import rowmatrices

ROWS = 41


def mean(seed: int, mask: Any) -> Any:
    """Stand for a model: everybody's score is the seed's luck and how many were trained with, and one more for members."""
    return np.random.default_rng(seed).normal(size=len(mask)) + mask.sum() + mask


def _files(folder: Path) -> list[str]:
    return sorted(name for name in os.listdir(folder) if name != ".gitignore")


def _read(folder: Path) -> tuple[Any, Any]:
    with np.load(references.matrix(folder), allow_pickle=False) as found:
        return found["ref_scores"], found["ref_member"]


@given(st.integers(2, 200), st.floats(0.05, 0.95), st.integers(0, 2**40))
def test_members(rows: int, share: float, seed: int) -> None:
    """Models have their share of rows, and all models of a block together have each row about as often as all others."""
    least = min(share, 1 - share)
    block = int(1 / least + 1e-9)
    found = np.array([references.members(rows, model, share=share, seed=seed) for model in range(2 * block)])
    assert np.abs(found.sum(axis=1) - share * rows).max() <= 1
    for part in (found[:block], found[block:]):
        assert np.ptp(part.sum(axis=0)) <= 1
    assert np.array_equal(found[-1], references.members(rows, 2 * block - 1, share=share, seed=seed))


def test_halves() -> None:
    """Of pairs of models each has what the other has not, and no pair is cut as another."""
    found = np.array([references.members(1000, model, seed=3) for model in range(8)])
    assert (found[::2] ^ found[1::2]).all()
    assert len({row.tobytes() for row in found}) == 8


def test_matrix(tmp_path: Path) -> None:
    """The matrix has the models' scores in their order; it is mapped, as the gate reads it, and no part of it is in git."""
    paths = references.train(mean, ROWS, models=5, share=0.3, seed=7, folder=tmp_path)
    scores, member = _read(tmp_path)
    assert scores.dtype == np.float32
    assert member.dtype == bool
    for model, path in enumerate(paths):
        assert np.array_equal(member[model], references.members(ROWS, model, share=0.3, seed=7))
        with np.load(path) as own:
            assert np.array_equal(scores[model], own["scores"])
    assert len({row.tobytes() for row in scores - member}) == 5  # each has a seed of its own
    with open(os.path.join(tmp_path, references.MATRIX), "rb") as file:
        mapped = rowmatrices.matrix(file, references.MATRIX, "ref_scores")
        assert isinstance(mapped, np.memmap)
        assert np.array_equal(mapped, scores)
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8").endswith("\n*\n")
    assert _files(tmp_path) == sorted([*(os.path.basename(path) for path in paths), references.MATRIX])


def test_backends(tmp_path: Path) -> None:
    """Threads and processes make the same files, and joblib's own context says how many."""
    import joblib  # noqa: PLC0415 - as a user does

    references.train(mean, ROWS, models=4, seed=7, folder=tmp_path / "one")
    with joblib.parallel_config(backend="loky", n_jobs=2):
        references.train(mean, ROWS, models=4, seed=7, folder=tmp_path / "two")
    with joblib.parallel_config(n_jobs=2):
        references.train(mean, ROWS, models=4, seed=7, folder=tmp_path / "three", backend="threading")
    one = [np.array(each) for each in _read(tmp_path / "one")]
    for other in ("two", "three"):
        for each, found in zip(one, _read(tmp_path / other), strict=True):
            assert np.array_equal(each, found)


def test_resumed(tmp_path: Path) -> None:
    """What is whole is not trained again; what is cut off, damaged or something else is, and more models can be added."""
    paths = references.train(mean, ROWS, models=6, seed=7, folder=tmp_path)
    before = [np.array(each) for each in _read(tmp_path)]
    whole = [Path(path).read_bytes() for path in paths]
    flipped = bytearray(whole[2])
    flipped[whole[2].index(b"\x93NUMPY") + 200] ^= 1
    single = io.BytesIO()
    np.save(single, np.zeros(ROWS, np.float32))
    for model, data in ((0, single.getvalue()), (1, whole[1][:-30]), (2, bytes(flipped)), (3, b""), (4, b"\x80\x04.")):
        Path(paths[model]).write_bytes(data)
    trained = []

    def again(seed: int, mask: Any) -> Any:
        trained.append(seed)
        return mean(seed, mask)

    references.train(again, ROWS, models=8, seed=7, folder=tmp_path)
    assert len(trained) == 7
    scores, member = _read(tmp_path)
    assert np.array_equal(scores[:6], before[0])
    assert np.array_equal(member[:6], before[1])
    references.train(again, ROWS, models=8, seed=7, folder=tmp_path)
    assert len(trained) == 7


def test_stopped(tmp_path: Path) -> None:
    """A run that is stopped while a model trains leaves the models before it, whole, and nothing else; then it goes on."""
    done = 0

    def stops(seed: int, mask: Any) -> Any:
        nonlocal done
        done += 1
        if done == 3:
            raise KeyboardInterrupt
        return mean(seed, mask)

    with pytest.raises(KeyboardInterrupt):
        references.train(stops, ROWS, models=4, seed=7, folder=tmp_path)
    assert _files(tmp_path) == ["model-00000.npz", "model-00001.npz"]
    references.train(stops, ROWS, models=4, seed=7, folder=tmp_path)
    assert done == 5


def test_stopped_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is stopped while it writes leaves no part of a file."""

    def half(file: io.BufferedWriter, **_arrays: object) -> NoReturn:
        file.write(b"PK\x03\x04")
        raise KeyboardInterrupt

    monkeypatch.setattr(np, "savez", half)
    with pytest.raises(KeyboardInterrupt):
        references.train(mean, ROWS, models=2, seed=7, folder=tmp_path)
    assert not _files(tmp_path)


_SLOW = """
import sys, time
import joblib, numpy
from pytest_genomic_guard import references

def slow(seed, mask):
    time.sleep(0.05)
    return numpy.random.default_rng(seed).normal(size=len(mask))

if __name__ == "__main__":
    with joblib.parallel_config(backend="loky", n_jobs=2):
        references.train(slow, 50_000, models=1_000, seed=1, folder=sys.argv[1])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no Ctrl-C can be sent there to one process")
def test_control_c(tmp_path: Path) -> None:
    """Ctrl-C in a run over processes leaves whole files alone."""
    (tmp_path / "slow.py").write_text(_SLOW, encoding="utf-8")
    folder = tmp_path / "models"
    running = subprocess.Popen([sys.executable, "slow.py", str(folder)], cwd=tmp_path, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 120
        while not (folder.is_dir() and len(_files(folder)) > 3):
            assert running.poll() is None
            assert time.monotonic() < until
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        assert running.wait(120)
    finally:
        running.kill()
        running.wait()
    names = _files(folder)
    assert len(names) < 1_000
    assert all(name.startswith("model-") and name.endswith(".npz") for name in names), names
    for name in names:
        with np.load(folder / name, allow_pickle=False) as found:
            assert found["scores"].shape == found["member"].shape == (50_000,)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (np.zeros(ROWS + 1), r"shape \(42,\) and not \(41,\)"),
        (np.where(np.arange(ROWS) == 4, np.nan, 0.5), "row 5"),
        (np.where(np.arange(ROWS) == 40, 1e300, 0.5), "row 41"),
    ],
)
def test_bad_scores(tmp_path: Path, made: Any, told: str) -> None:
    """Scores of another shape, and such that are no finite numbers, are refused, and leave no file."""
    with pytest.raises(ValueError, match=told):
        references.train(lambda _seed, _mask: made, ROWS, models=2, seed=7, folder=tmp_path)
    assert not _files(tmp_path)


@pytest.mark.parametrize("wrong", [{"models": 0}, {"share": 0.0}, {"share": 1.0}, {"share": 0.001}, {"seed": -1}, {"rows": 0}])
def test_bad_plans(tmp_path: Path, wrong: dict[str, Any]) -> None:
    """A plan in which no one is in a model, or out of it, is refused before anything is made."""
    plan: dict[str, Any] = {"rows": ROWS, "models": 2, "seed": 7, "folder": tmp_path / "x"}
    with pytest.raises(ValueError, match="a plan has"):
        references.train(mean, **(plan | wrong))
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("other", [{"seed": 8}, {"rows": ROWS + 1}, {"share": 0.4}])
def test_other_plan(tmp_path: Path, other: dict[str, Any]) -> None:
    """Models of another plan are neither taken for this one's nor trained over."""
    references.train(mean, ROWS, models=2, seed=7, folder=tmp_path)
    plan: dict[str, Any] = {"rows": ROWS, "models": 2, "seed": 7, "folder": tmp_path}
    with pytest.raises(ValueError, match="another folder"):
        references.train(mean, **(plan | other))


def test_bad_folders(tmp_path: Path) -> None:
    """No matrix is made of no models, of a damaged one, or of models of different rows; one that was there stays."""
    with pytest.raises(ValueError, match="no reference models"):
        references.matrix(tmp_path)
    paths = references.train(mean, ROWS, models=2, seed=7, folder=tmp_path)
    before = [np.array(each) for each in _read(tmp_path)]
    whole = Path(paths[1]).read_bytes()
    for data in (whole[:-9], b""):
        Path(paths[1]).write_bytes(data)
        with pytest.raises(ValueError, match=r"model-00001\.npz is damaged"):
            references.matrix(tmp_path)
    np.savez(paths[1], scores=np.zeros(3, np.float32), member=np.zeros(3, bool))
    with pytest.raises(ValueError, match="has 3 rows"):
        references.matrix(tmp_path)
    assert _files(tmp_path) == ["model-00000.npz", "model-00001.npz", references.MATRIX]
    with np.load(tmp_path / references.MATRIX) as found:
        assert np.array_equal(found["ref_scores"], before[0])


def test_without_joblib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without joblib the extra is named."""
    monkeypatch.setitem(sys.modules, "joblib", None)
    with pytest.raises(ModuleNotFoundError, match=r"pytest-genomic-guard\[references\]"):
        references.train(mean, ROWS, models=2, seed=7, folder=tmp_path)


def test_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal is told how many models there are, of those that were there before too; anything else is told nothing."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    references.train(mean, ROWS, models=1, seed=7, folder=tmp_path)
    silent, told = io.StringIO(), Terminal()
    monkeypatch.setattr(sys, "stderr", silent)
    references.train(mean, ROWS, models=2, seed=7, folder=tmp_path)
    assert not silent.getvalue()
    monkeypatch.setattr(sys, "stderr", told)
    monkeypatch.setattr(references, "_STEP", 0.01)

    def slow(seed: int, mask: Any) -> Any:
        time.sleep(0.1)
        return mean(seed, mask)

    references.train(slow, ROWS, models=5, seed=7, folder=tmp_path)
    assert "reference models: 3/5, about 0:00 left" in told.getvalue()
    assert told.getvalue().endswith("reference models: 5/5, 0:00\n")
