"""The text of a draft of a card: what the model file says of itself, and a marked place for all else."""

from __future__ import annotations

import re

from pytest_genomic_guard.relations.cards.names import stem
from pytest_genomic_guard.reporters.text import printable
from pytest_genomic_guard.views.cards.drafts import MARK
from pytest_genomic_guard.views.cards.nouns import REQUIRED, SECTIONS, TIERS
from pytest_genomic_guard.views.licences import hub

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pytest_genomic_guard.views.models.graphs import Graph
    from pytest_genomic_guard.views.models.nouns import Model

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
_ENDS = re.compile(r"(?:\.dvc|\.tar|\.gz|\.zip|\.xz|\.bz2|(?<=.)\.[A-Za-z][A-Za-z0-9]{0,10})(?:\.(?:dvc|tar|gz|zip|xz|bz2)){0,3}$")
# Folders whose names tell no model
_PLACES = frozenset(
    (
        *("model", "models", "weights", "checkpoint", "checkpoints", "artifact", "artifacts", "output", "outputs", "out"),
        *("saved_model", "saved_models", "trained_models", "pretrained", "bin", "assets", "data", "src", "app"),
    )
)


class Draft:
    """What is known of the model."""

    def __init__(  # noqa: PLR0913 - what a draft is made of
        self,
        models: Sequence[tuple[bytes, Model]],
        files: Sequence[str],
        forms: Collection[str],
        tier: str,
        *,
        title: str,
        named: bool,
        graph: Graph | None,
    ) -> None:
        self.files, self.forms, self.tier, self.title, self.named, self.graph = files, forms, tier, title, named, graph
        self.models = [model for _path, model in models]
        self.licence = _one(model.licence for model in self.models)
        self.bases = _ids(model.base for model in self.models)
        self.datasets = _ids(each for model in self.models for each in model.datasets)


def lines(draft: Draft) -> Iterator[str]:
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


def _section(name: str, draft: Draft) -> Iterator[str]:
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


def _front(draft: Draft) -> Iterator[str]:
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


def _details(draft: Draft) -> Iterator[str]:
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
        *_drawn(draft.graph),
    )
    yield from (f"| {name} | {value} |" for name, value in rows if value)


def _drawn(graph: Graph | None) -> Iterator[tuple[str, str]]:
    """Yield what a graph of ONNX says of itself."""
    if graph:
        yield "Producer", graph.producer
        yield "Opset", ", ".join(f"{domain} {version}".strip() for domain, version in graph.opsets if version)
        yield "Inputs", "; ".join(filter(None, graph.inputs))
        yield "Outputs", "; ".join(filter(None, graph.outputs))
        yield "Initializers", f"{graph.initializers:,} with {graph.values:,} values" if graph.initializers else ""


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


def title(shown: str, name: str, *, file: bool) -> str:
    """Return the name of the model's file or folder, as paths may be shown: what a file says of itself can be anybody's words.

    A name that any model could have gives way to that of the folder, unless that is one too.
    """
    above, _, last = shown.rpartition("/")
    own = above.rpartition("/")[2] if file else last
    plain = _ENDS.sub("", last if file else name)
    generic = not file or not stem(plain.encode())
    if plain and (not generic or not own or own.lower() in _PLACES):
        own = plain
    return own if _WORD.fullmatch(own) else "Model"
