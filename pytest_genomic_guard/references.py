"""Reference models for attacks on membership, trained through joblib: one file a model, and a matrix that a gate reads.

    from joblib import parallel_config
    from pytest_genomic_guard import references

    with parallel_config(backend="loky", n_jobs=8):  # or "dask", "ray", with what these ask for
        references.train(train_one, rows=len(y), models=64, seed=1, folder="audit/references")
    references.matrix("audit/references")  # audit/references/references.npz: a gate's `references`

``train_one(seed, mask)`` is yours: it trains a model as the attacked one was trained, on the rows where `mask` is true, and returns
a score for every row. What it returns tells of people one by one, so the folder is kept out of git.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
import zipfile
import zlib

import numpy as np

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any, BinaryIO

    Path = str | os.PathLike[str]
    TrainOne = Callable[[int, Any], Any]

MATRIX = "references.npz"
_NEEDED = "training reference models needs joblib: pip install 'pytest-genomic-guard[references]'"
_STEP = 0.5  # seconds between looks at what is there
_MOST = 100_000  # models
_IGNORED = "# Scores of people one by one: they stay here.\n*\n"
# What numpy and zipfile raise for a file that is cut off, damaged or of another make.
_DAMAGES = (OSError, ValueError, TypeError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)


def members(rows: int, model: int, *, share: float = 0.5, seed: int) -> Any:
    """Return which rows a model is trained with: bool[rows].

    A share of 1/2 trains models in pairs, one on what the other leaves out, so that every row is in half of them; other shares cut
    the rows into as many parts as there are. A model's rows depend on its number alone, so that more models can be added later.
    """
    least = min(share, 1 - share)
    block, at = divmod(model, int(1 / least + 1e-9))
    order = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, 0, block]))).permutation(rows)
    found = np.zeros(rows, bool)
    found[order[round(at * least * rows) : round((at + 1) * least * rows)]] = True
    return found if share <= 0.5 else ~found


def train(  # noqa: PLR0913 - a plan has these
    train_one: TrainOne,
    rows: int,
    *,
    models: int = 64,
    share: float = 0.5,
    seed: int,
    folder: Path,
    backend: str | None = None,
) -> tuple[str, ...]:
    """Train reference models, and return their files, `model-00000.npz` and on.

    ``train_one(seed, mask)`` takes a seed below 2^32 and bool[rows], and returns float[rows]: the scores that the attacked model's
    table has, in the order of its rows. What runs it, and on how many processors, is joblib's: `backend`, or the
    surrounding `joblib.parallel_config`. Where that is other machines, they need to see the folder.

    A file appears when its model is whole, so that a run that was stopped goes on where it was; files that are cut off or damaged
    are made again. A folder holds one plan and one kind of model: train others in another. Raises ModuleNotFoundError without
    joblib, ValueError for a plan that cannot be, for files of another plan, and for scores that are not a finite number each.
    """
    if not (1 <= models <= _MOST and 0 < share < 1 and seed >= 0 and round(min(share, 1 - share) * rows) >= 1):
        raise ValueError(f"a plan has 1 to {_MOST:,} models, a share that leaves rows on both sides, and a seed from 0 on")
    try:
        import joblib  # noqa: PLC0415 - an extra
    except ImportError:
        raise ModuleNotFoundError(_NEEDED) from None

    place = os.path.abspath(folder)
    os.makedirs(place, exist_ok=True)
    with contextlib.suppress(FileExistsError), open(os.path.join(place, ".gitignore"), "x", encoding="utf-8") as file:
        file.write(_IGNORED)
    paths = [os.path.join(place, f"model-{model:05}.npz") for model in range(models)]
    missing = [model for model in range(models) if not _sound(paths[model], rows, model, share, seed)]
    for model in missing:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(paths[model])  # cut off or damaged
    mark = f".{os.urandom(6).hex()}.part"  # of files of this run that are being written
    tasks = (joblib.delayed(_one)(train_one, rows, model, share, seed, paths[model], mark) for model in missing)
    try:
        with _shown([paths[model] for model in missing], models):
            joblib.Parallel(backend=backend)(tasks)
    finally:
        for path in paths:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path + mark)
    return tuple(paths)


def matrix(folder: Path) -> str:
    """Put the models of a folder together, and return the file: `ref_scores` float32 and `ref_member` bool, [models, rows].

    It is not compressed, so that a gate maps it; one model at a time is in memory. Raises ValueError where there is no model, one
    is damaged, or they have different rows.
    """
    place = os.path.abspath(folder)
    names = sorted(name for name in os.listdir(place) if name.startswith("model-") and name.endswith(".npz"))
    if not names:
        raise ValueError("the folder has no reference models")
    rows = len(_scores(place, names[0])[0])
    target = os.path.join(place, MATRIX)
    with _whole(target, f".{os.urandom(6).hex()}.part") as file, zipfile.ZipFile(file, "w") as archive:
        for at, (key, kind) in enumerate((("ref_scores", np.dtype("<f4")), ("ref_member", np.dtype(bool)))):
            header = {"descr": kind.str, "fortran_order": False, "shape": (len(names), rows)}
            with archive.open(zipfile.ZipInfo(f"{key}.npy"), "w", force_zip64=True) as stream:
                np.lib.format.write_array_header_1_0(stream, header)
                for name in names:
                    part = _scores(place, name)[at]
                    if len(part) != rows:
                        raise ValueError(f"{name} has {len(part):,} rows, and {names[0]} has {rows:,}")
                    stream.write(part.astype(kind).tobytes())
    return target


def _one(train_one: TrainOne, rows: int, model: int, share: float, seed: int, path: str, mark: str) -> None:  # noqa: PLR0913, PLR0917
    """Train one model and write its file; in whatever process or machine joblib chose."""
    mask = members(rows, model, share=share, seed=seed)
    own = int(np.random.SeedSequence([seed, 1, model]).generate_state(1)[0])
    scores = np.asarray(train_one(own, mask.copy()), np.float64)
    if scores.shape != (rows,):
        raise ValueError(f"train_one returned an array of shape {scores.shape} and not ({rows},)")
    with np.errstate(over="ignore"):
        single = scores.astype(np.float32)
    good = np.isfinite(single)
    if not good.all():
        raise ValueError(f"train_one returned no finite number, or too large a one, for row {int(np.argmin(good)) + 1}")
    with _whole(path, mark) as file:
        np.savez(file, scores=single, member=mask)


def _scores(place: str, name: str) -> tuple[Any, Any]:
    """Return a model's scores and members. Raises ValueError."""
    try:
        return _loaded(os.path.join(place, name))
    except _DAMAGES:
        raise ValueError(f"{name} is damaged: train it again") from None


def _loaded(path: str) -> tuple[Any, Any]:
    """Return what a model's file holds. Raises one of `_DAMAGES`; reading to the end of a member checks its sum."""
    with open(path, "rb") as file, np.load(file, allow_pickle=False) as found:
        scores, member = found["scores"], found["member"]
    if scores.dtype != np.float32 or member.dtype != bool or scores.ndim != 1 or scores.shape != member.shape:
        raise ValueError("not a model's file")
    return scores, member


def _sound(path: str, rows: int, model: int, share: float, seed: int) -> bool:
    """Tell whether a model is there and whole. Raises ValueError where it is of another plan."""
    try:
        _found, member = _loaded(path)
    except _DAMAGES:
        return False
    if not np.array_equal(member, members(rows, model, share=share, seed=seed)):
        raise ValueError(f"{os.path.basename(path)} was trained with another seed, share or number of rows: use another folder")
    return True


@contextlib.contextmanager
def _whole(path: str, mark: str) -> Iterator[BinaryIO]:
    """Write a file that appears when it is whole, or not at all."""
    part = path + mark
    try:
        with open(part, "xb") as file:
            yield file
        os.replace(part, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(part)
        raise


@contextlib.contextmanager
def _shown(paths: Sequence[str], models: int) -> Iterator[None]:
    """Tell on a terminal how many models are there and how long the rest takes, by what lies in the folder: all backends alike."""
    if not paths or not sys.stderr.isatty():
        yield
        return
    ended, began = threading.Event(), time.monotonic()

    def told() -> None:
        done = sum(map(os.path.exists, paths))
        taken = time.monotonic() - began
        sys.stderr.write(f"\r\033[Kreference models: {models - len(paths) + done}/{models}{_rest(done, len(paths), taken)}")
        sys.stderr.flush()

    def watch() -> None:
        while not ended.wait(_STEP):
            told()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
        told()
        sys.stderr.write("\n")


def _rest(done: int, of: int, taken: float) -> str:
    """Return how long it took, or will take."""
    if done in {0, of}:
        return f", {_clock(taken)}" if done else ""
    return f", about {_clock(taken / done * (of - done))} left"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"
