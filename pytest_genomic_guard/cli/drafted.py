"""``genomic-guard card new``: a draft that holds what the model file says of itself, and a marked place for all else."""

from __future__ import annotations

import os
import stat

from pytest_genomic_guard.cli.drafttext import Draft, lines, title
from pytest_genomic_guard.cli.looked import look
from pytest_genomic_guard.cli.session import OutputError, UsageError, emit, folder_here, tell
from pytest_genomic_guard.relations.cards.held import terms_over
from pytest_genomic_guard.relations.cards.known import placed
from pytest_genomic_guard.relations.cards.resolve import Resolver
from pytest_genomic_guard.reporters.text import printable
from pytest_genomic_guard.sources.git import top_level
from pytest_genomic_guard.sources.names import relative
from pytest_genomic_guard.views.cards.nouns import CardTerms

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from pytest_genomic_guard.cli.looked import Looked
    from pytest_genomic_guard.views.models.graphs import Graph
    from pytest_genomic_guard.views.models.nouns import Model

    Found = tuple[bytes, Model]

NAME = "MODEL_CARD.md"
_FORMATS = "safetensors, GGUF, PyTorch, pickle, ONNX, Keras, SavedModel, TFLite, CoreML, LightGBM, XGBoost, flax, skops or the like"


def new(arguments: argparse.Namespace) -> int:
    """Write a draft for a model. Raises `UsageError` for what is none, and where a file stands already."""
    path = arguments.model.rstrip(b"/") or arguments.model
    at = _relative(path)
    there = os.path.lexists(path)
    looked = look([path] if there else [], codes=("CARD",), models=there)  # what is not there may be kept elsewhere: DVC
    resolver = Resolver(looked.facts)
    models = _models(resolver, looked, at)
    if not models and os.path.isdir(path):  # git ignores what is in it, as it often does weights
        looked, at = look([path], codes=("CARD",), models=True, plain=True), b""
        resolver = Resolver(looked.facts)
        models = _models(resolver, looked, at)
    if not models:
        raise UsageError(
            f"no model was found there, so there is nothing to draft from; MODEL is a file or folder with {_FORMATS}, or a pointer"
            " (git-lfs, DVC, git-annex) to one"
        )
    if len(models) > 1 and os.path.isfile(path):
        several = "\n".join(f"  {printable(looked.show(each))}" for each, _model in models)
        raise UsageError(f"this file stands for {len(models)} models; name the one that the card is for:\n{several}")
    text = "".join(f"{line}\n" for line in lines(_drafted(arguments, looked, resolver, models, at)))
    if arguments.output == "-":
        emit(text)
        return 0
    file = os.fsencode(arguments.output) if arguments.output else _place(path, at, models)
    _write(file, text)
    tell(f"written: {printable(os.fsdecode(file))}; fill in what is marked, and see `genomic-guard card check`")
    return 0


def _drafted(arguments: argparse.Namespace, looked: Looked, resolver: Resolver, models: Sequence[Found], at: bytes) -> Draft:
    """Return what is known of the models at a path."""
    path = arguments.model.rstrip(b"/") or arguments.model
    tier = arguments.tier or terms_over([fact for _path, fact in looked.facts.of(CardTerms)], models[0][0])
    files = list(dict.fromkeys(part for each in models for part in resolver.parts(each[0]) or each[:1]))
    forms = {config.form for each in models if (config := resolver.config(each[0]))}
    names = [looked.show(each).rpartition("/")[2] for each in files]
    folder = os.path.isdir(path)
    shown = looked.show(at if folder or at in files else models[0][0])
    file = path if not folder else os.path.join(path, files[0][len(at) :].lstrip(b"/")) if len(files) == 1 else b""
    return Draft(
        models,
        names,
        forms,
        tier,
        title=title(shown, names[0] if len(models) == 1 else "", file=not folder),
        named=arguments.tier is not None,
        graph=_graph(file) if file and {model.format for _path, model in models} == {"ONNX"} else None,
    )


def _graph(path: bytes) -> Graph | None:
    """Return what an ONNX file says; None of anything else, and of what is no file."""
    from pytest_genomic_guard.views.models import graphs  # noqa: PLC0415 - for ONNX only

    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        with open(handle, "rb") as file:
            found = os.fstat(handle)
            return graphs.said(file, found.st_size) if stat.S_ISREG(found.st_mode) else None
    except OSError:
        return None


def _relative(path: bytes) -> bytes:
    """Return a path as the facts have it."""
    full = os.path.realpath(os.path.join(folder_here(), path))
    there = full
    while not os.path.isdir(there):  # of a model that is kept elsewhere, the folder need not be here
        there = os.path.dirname(there)
    root = top_level(there)
    if root is not None:
        found = relative(full, root)
    else:
        here = os.path.realpath(folder_here())
        found = b"" if os.path.isdir(full) else relative(full, here) if full.startswith(here + b"/") else os.path.basename(full)
    return b"" if found == b"." else found


def _models(resolver: Resolver, looked: Looked, at: bytes) -> list[Found]:
    """Return the models at a path or below it; of one that is test data what its file alone says."""
    below = at + b"/" if at else b""

    def meant(path: bytes) -> bool:
        return path == at or path.startswith(below)

    def any_of(path: bytes) -> bool:
        return any(map(meant, (*resolver.parts(path), *resolver.files(path))))

    found = [each for each in resolver.models() if any_of(each[0])]
    return found or [each for each in placed(looked.facts)[0] if meant(each[0]) or meant(each[1].at.path)]


def _place(path: bytes, at: bytes, models: Sequence[Found]) -> bytes:
    """Return where a draft goes: in a folder, beside a file, beside that for which a file stands."""
    if os.path.isdir(path):
        return os.path.join(path, NAME.encode())
    home, here = os.path.dirname(models[0][0]), os.path.dirname(at)
    between = os.path.relpath(b"/" + home, b"/" + here) if home != here else b"."
    return os.path.normpath(os.path.join(os.path.dirname(path), between, NAME.encode()))


def _write(file: bytes, text: str) -> None:
    """Write a new file. Raises `UsageError` where one stands already, `OutputError` where it cannot be written."""
    try:
        os.makedirs(os.path.dirname(file) or b".", exist_ok=True)  # of a model that is kept elsewhere
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        raise UsageError(
            f"{printable(os.fsdecode(file))} is there already, and is left as it is; --output names another file"
        ) from None
    except OSError:
        raise OutputError("the draft could not be written") from None
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except OSError:
        raise OutputError("the draft could not be written whole (disk full?)") from None
