"""``genomic-guard card new``: a draft that holds what the model file says of itself, and a marked place for all else."""

from __future__ import annotations

import os
import re

from pytest_genomic_guard.cli.looked import look
from pytest_genomic_guard.cli.session import OutputError, UsageError, emit, folder_here, tell
from pytest_genomic_guard.relations.cards.held import terms_over
from pytest_genomic_guard.relations.cards.resolve import Resolver, stem
from pytest_genomic_guard.reporters.text import printable
from pytest_genomic_guard.sources.git import top_level
from pytest_genomic_guard.sources.names import relative
from pytest_genomic_guard.views.cards.drafts import MARK
from pytest_genomic_guard.views.cards.nouns import REQUIRED, SECTIONS, TIERS, CardTerms
from pytest_genomic_guard.views.licences import hub
from pytest_genomic_guard.views.models.nouns import Model

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pytest_genomic_guard.cli.looked import Looked

    Found = tuple[bytes, Model]

NAME = "MODEL_CARD.md"
_HEADINGS = {
    "intended-use": ("Intended use", "for whom and for what the model is made: purpose, users, setting"),
    "out-of-scope": ("Out-of-scope use", "uses for which it is not made or must not be used"),
    "training-data": ("Training data", "data sets by name and version, where they come from, how many people or records"),
    "evaluation": ("Evaluation", "data it was tested on, metrics and their values"),
    "limitations": ("Limitations", "known limits and failures, and what was not tested"),
    "licence": ("License", "the licence of the weights, by its name"),
    "subgroups": ("Subgroup performance", "metrics by ancestry, sex and age, with the number of people in each group"),
    "demographics": ("Demographics", "who the people in the training and test data are, with numbers"),
    "privacy": ("Privacy", "whether the data are of people, how they were de-identified, what the weights can give away"),
    "privacy-evaluation": ("Privacy evaluation", "a membership inference attack or another test, with its result"),
    "oversight": ("Human oversight", "who reviews what the model says, and who decides"),
}
_INVENTS = "; that it can state what is not true, and how that is checked"
_WRITING = frozenset({"causal language model", "text generator"})
# Libraries as the Hub spells them in `library_name` (huggingface.js, model-libraries.ts)
_LIBRARIES = {
    "scikit-learn": "sklearn",
    "PyTorch": "pytorch",
    "TensorFlow": "tensorflow",
    "Keras": "keras",
    "Flax": "flax",
    "JAX": "jax",
    "ONNX": "onnx",
    "spaCy": "spacy",
    "PEFT": "peft",
    "Transformers": "transformers",
    "Diffusers": "diffusers",
}
_FORMS = ("diffusers", "transformers")
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,95}/)?[A-Za-z0-9._+-]{0,95}")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._+()-]{0,80}")
_FORMATS = "safetensors, GGUF, PyTorch, pickle, ONNX, Keras, SavedModel, TFLite, CoreML, LightGBM, XGBoost, flax, skops or the like"


def new(arguments: argparse.Namespace) -> int:
    """Write a draft for a model. Raises `UsageError` for what is none, and where a file stands already."""
    path = arguments.model.rstrip(b"/") or arguments.model
    looked = look([path], codes=("CARD",), models=True)
    at = _relative(path)
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
    tier = arguments.tier or terms_over([fact for _path, fact in looked.facts.of(CardTerms)], models[0][0])
    files = list(dict.fromkeys(part for each in models for part in resolver.parts(each[0]) or each[:1]))
    forms = {config.form for each in models if (config := resolver.config(each[0]))}
    names = [looked.show(each).rpartition("/")[2] for each in files]
    text = "".join(
        f"{line}\n"
        for line in _lines(
            _Draft(
                models,
                names,
                forms,
                tier,
                title=_title(looked.show(at), file=not os.path.isdir(path)),
                named=arguments.tier is not None,
            )
        )
    )
    if arguments.output == "-":
        emit(text)
        return 0
    file = os.fsencode(arguments.output) if arguments.output else _place(path)
    _write(file, text)
    tell(f"written: {printable(os.fsdecode(file))}; fill in what is marked, and see `genomic-guard card check`")
    return 0


def _relative(path: bytes) -> bytes:
    """Return a path as the facts have it."""
    full = os.path.realpath(os.path.join(folder_here(), path))
    root = top_level(full if os.path.isdir(full) else os.path.dirname(full))
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
        return path in {at, at + b".dvc"} or path.startswith(below)

    found = [each for each in resolver.models() if any(map(meant, resolver.parts(each[0])))]
    return found or [each for each in looked.facts.of(Model) if meant(each[0])]


def _place(path: bytes) -> bytes:
    """Return where a draft goes: beside a file, in a folder."""
    return os.path.join(path if os.path.isdir(path) else os.path.dirname(path), NAME.encode())


def _write(file: bytes, text: str) -> None:
    """Write a new file. Raises `UsageError` where one stands already, `OutputError` where it cannot be written."""
    try:
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


class _Draft:
    """What is known of the model."""

    def __init__(  # noqa: PLR0913 - what a draft is made of
        self, models: Sequence[Found], files: Sequence[str], forms: Collection[str], tier: str, *, title: str, named: bool
    ) -> None:
        self.files, self.forms, self.tier, self.title, self.named = files, forms, tier, title, named
        self.models = [model for _path, model in models]
        self.licence = _one(model.licence for model in self.models)
        self.bases = _ids(model.base for model in self.models)
        self.datasets = _ids(each for model in self.models for each in model.datasets)


def _lines(draft: _Draft) -> Iterator[str]:
    """Yield the draft."""
    front = list(_front(draft))
    if front:
        yield from ("---", *front, "---", "")
    yield from (f"# {draft.title}", "", "## Model details", "")
    yield from _details(draft)
    yield ""
    tiers = TIERS[: TIERS.index(draft.tier) + 1]
    for name in SECTIONS:
        if any(name in REQUIRED[each] for each in tiers):
            yield from _section(name, draft)


def _section(name: str, draft: _Draft) -> Iterator[str]:
    """Yield a section: what the file says that belongs there, and a marked place."""
    heading, wanted = _HEADINGS[name]
    yield from (f"## {heading}", "")
    if name == "licence" and draft.licence:
        yield from (f"The model file declares `{draft.licence}`.", "")
        return
    if name == "training-data" and draft.datasets:
        yield from ("Data sets that the model file names: " + ", ".join(f"`{each}`" for each in draft.datasets) + ".", "")
    writes = any(model.generative in _WRITING for model in draft.models)
    more = _INVENTS if name == "limitations" and writes else ""
    yield from (MARK, f"[Fill in: {wanted}{more}]", "")


def _front(draft: _Draft) -> Iterator[str]:
    """Yield the front matter that the artifact itself supports."""
    if draft.licence:
        listed = hub.meant(draft.licence)
        yield from (f"license: {listed}",) if listed else ("license: other", f"license_name: {draft.licence}")
    library = "peft" if any(model.adapter for model in draft.models) else next((form for form in _FORMS if form in draft.forms), "")
    library = library or _one(_LIBRARIES.get(model.framework, "") for model in draft.models)
    if library:
        yield f"library_name: {library}"
    if draft.bases:
        yield f"base_model: {draft.bases[0]}"
    if draft.datasets:
        yield from ("datasets:", *(f"- {each}" for each in draft.datasets))
    if draft.named:
        yield f"risk_tier: {draft.tier}"


def _details(draft: _Draft) -> Iterator[str]:
    """Yield a table of what the artifact says."""
    yield from ("| | |", "|---|---|")
    names = [f"`{each.replace('|', '?').replace('`', '?')}`" for each in map(printable, draft.files)]
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    rows = (
        ("Files" if len(names) > 1 else "File", ", ".join(names[:10]) + more),
        ("Format", _listed(model.format for model in draft.models)),
        ("Stored by", _listed(model.system for model in draft.models)),
        ("Framework", _listed(model.framework for model in draft.models)),
        ("Architecture", _listed(model.kind for model in draft.models if _WORD.fullmatch(model.kind))),
        ("Parameters", _sum(model.parameters for model in draft.models)),
        ("Tensors", _sum(model.tensors or None for model in draft.models)),
        ("Size in bytes", _sum(model.size for model in draft.models) if len(draft.files) == 1 else ""),
        ("Adapter", "yes" if any(model.adapter for model in draft.models) else ""),
        ("Base model", ", ".join(draft.bases)),
    )
    yield from (f"| {name} | {value} |" for name, value in rows if value)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(filter(None, words)))


def _ids(words: Iterable[str]) -> list[str]:
    """Return what can stand in YAML and Markdown as it is, each once."""
    return [word for word in dict.fromkeys(words) if _ID.fullmatch(word)][:20]


def _sum(numbers: Iterable[int | None]) -> str:
    """Return a sum, empty where one of the numbers is not known."""
    known = list(numbers)
    return "" if None in known else f"{sum(each or 0 for each in known):,}"


def _one(words: Iterable[str]) -> str:
    """Return the only word there is, empty for none or several."""
    found = {word for word in words if word and _ID.fullmatch(word)}
    return found.pop() if len(found) == 1 else ""


def _title(shown: str, *, file: bool) -> str:
    """Return the name of the model's file or folder, as paths may be shown: what a file says of itself can be anybody's words."""
    above, _, last = shown.rpartition("/")
    if file:
        last = stem(last.encode()).decode("utf-8", "replace") or above.rpartition("/")[2]
    return last if _WORD.fullmatch(last) else "Model"
