"""From a model to its card: where one is looked for, and in which order."""

from __future__ import annotations

import re

from pytest_genomic_guard.views.cards.nouns import Card, CardTerms, UnreadCard
from pytest_genomic_guard.views.models.nouns import Model, ModelConfig, Perhaps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.model import Facts
    from pytest_genomic_guard.policy.globs import Glob

    Placed = tuple[bytes, Card]

# Words of a card's file name that name no model
_CARD = re.compile(rb"(?i)[-_. ]?(?:readme|(?:model|data|dataset)[-_ ]?card|card|metadata|model|index)(?=[-_. ]|$)")
_SHARD = re.compile(rb"[-_.](?:\d{3,5}-of-\d{3,5}|shard[-_]?\d+)|[-_]\d{1,9}$")
_ENDS = re.compile(rb"(?i)(?:\.(?:tar|gz|bz2|xz|zip|dvc|index|meta|data-\d{5}-of-\d{5}|[a-z0-9]{1,11})){1,8}$")
_BY = ("form", "name", "headings")
# Names of weights that tell no model: all of a folder are one
_GENERIC = re.compile(
    rb"(?:pytorch_model|tf_model|flax_model|diffusion_pytorch_model|adapter_model|rust_model|model|consolidated|saved_model|variables"
    rb"|optimizer|checkpoint|weights)(?:[-_.]\d{1,6}(?:-of-\d{1,6})?|[-_]fp(?:16|32)|[-_]quantized|[-_]int8|_fp16|\.ema|\.fp16)*(?:\.\w{1,16}){1,3}$"
)
_CHECKPOINT = re.compile(rb"(?:^|/)(?:checkpoint|epoch|step|global_step|version|fold|run|seed)[-_]?\d{1,9}$")
_INSIDE = re.compile(rb"(?:^|/)(?:variables|[^/]{1,200}\.mlpackage/Data(?:/.{1,200})?)$")
_PIECE = re.compile(  # the folders of a pipeline of diffusers
    rb"unet|vae|text_encoder(?:_\d)?|transformer|safety_checker|image_encoder|prior|controlnet|vqvae|decoder|feature_extractor|tokenizer"
)
_SUB = re.compile(
    rb"(?:/(?:onnx|openvino|original|coreml|tf|flax|checkpoint-\d{1,9}|\d_\w{1,30}))?"
)  # of the folder of a transformer
_BUNDLE = (b"docs/", b"configs/")  # of a MONAI bundle: `docs/README.md`, `configs/metadata.json`

_GLOBS: dict[str, Glob] = {}  # patterns of the policy, compiled


class Resolver:
    """Answers for models; made once a run and relation."""

    def __init__(self, facts: Facts, cards: Iterable[Placed] | None = None) -> None:
        """Take the cards, or others in their place, the models, and what the policy asks of both."""
        self._cards: dict[bytes, list[Placed]] = {}
        self.by_path: dict[bytes, Card] = {}
        for path, card in facts.of(Card) if cards is None else cards:
            if card.kind != "dataset":
                self._cards.setdefault(folder(path), []).append((path, card))
                self.by_path.setdefault(path, card)
        self._terms = sorted((fact for _path, fact in facts.of(CardTerms)), key=lambda terms: len(terms.root))
        self._unread = frozenset(path for path, _fact in facts.of(UnreadCard))
        self._lost = {folder(path): path for path in sorted(self._unread)}
        self._configs = {folder(path): config for path, config in facts.of(ModelConfig) if not folder(path).endswith(b"/configs")}
        self._configs |= {folder(folder(path)): config for path, config in facts.of(ModelConfig) if config.form == "MONAI"}
        self._all = _known(facts, self._configs)
        self._deep = {folder(path) for path, model in self._all if model.via == "folder"}
        self._deep |= {at for at, config in self._configs.items() if config.form in {"MLflow", "MONAI", "diffusers"}}
        self._homes = self._deep | self._configs.keys()
        self._stems: dict[bytes, set[bytes]] = {}
        self._parts: dict[tuple[bytes, bytes], dict[bytes, None]] = {}
        for path, _model in self._all:
            self._stems.setdefault(folder(path), set()).add(stem(path))
            self._parts.setdefault(self._whole(path), {})[path] = None
        self._taken: dict[bytes, Placed | None] = {}
        self._adapters = {path: base for path, model in self._all if (base := self._adapts(path, model))}
        self._named: dict[str, list[Placed]] | None = None

    def models(self, *, fixtures: bool = False) -> list[tuple[bytes, Model]]:
        """Return the models that need a card, or all, one of those that are parts of each other, in path order."""
        found: dict[tuple[bytes, bytes], tuple[bytes, Model]] = {}
        for path, model in self._all:
            if fixtures or not self.fixture(path, model):
                at = self._whole(path)
                found[at] = (found[at][0], _merged(found[at][1], model)) if at in found else (path, model)
        return [(path, model.replace(**self._said(path, model))) for path, model in found.values()]

    def parts(self, path: bytes) -> tuple[bytes, ...]:
        """Return the paths of the files that are one model with this one, itself too."""
        return tuple(self._parts.get(self._whole(path), ()))

    def config(self, path: bytes) -> ModelConfig | None:
        """Return what lies beside a model and says what it is."""
        return self._configs.get(self._whole(path)[0]) or self._configs.get(folder(path))

    def _whole(self, path: bytes) -> tuple[bytes, bytes]:
        """Return what the files of one model have in common: a folder, and a name where several models lie in it."""
        at = folder(path)
        home = at
        while home and not (home in self._deep or (home in self._homes and _SUB.fullmatch(at[len(home) :]))):
            home = folder(home)
        if home in self._homes and (home or _SUB.fullmatch(b"/" + at if at else b"")):
            if _PIECE.fullmatch(home.rpartition(b"/")[2]) and folder(home) in self._homes:
                home = folder(home)
            return _CHECKPOINT.sub(b"", home), b""
        at = _CHECKPOINT.sub(b"", _INSIDE.sub(b"", at))
        return at, b"" if _GENERIC.match(path.rpartition(b"/")[2].lower()) else stem(path)

    def _said(self, path: bytes, model: Model) -> dict[str, Any]:
        """Return what the configuration beside a model says and its files do not."""
        config = self.config(path)
        if config is None:
            return {}
        base = "" if config.form == "transformers" else config.base
        return {
            "kind": model.kind or config.kind,
            "generative": config.generative or model.generative,
            "adapter": model.adapter or config.adapter,
            "base": model.base or base,
        }

    def fixture(self, path: bytes, model: Model) -> bool:
        """Tell whether a model is test data, by where it lies or by the policy; one of the registry is none."""
        if self.registered(path):
            return False
        return model.fixture or _matches((pattern for terms in self._over(path) for pattern in terms.fixtures), path)

    def card(self, path: bytes) -> Placed | None:
        """Return the card of a model and where it lies, None where there is none."""
        if path not in self._taken:
            self._taken[path] = self._found(path)
        return self._taken[path]

    def _found(self, path: bytes) -> Placed | None:
        here = self._best(self._cards.get(folder(path), ()), path)
        if here and here[1].by != "headings":
            return here
        registered = self.registered(path)
        if registered and registered in self.by_path:
            return registered, self.by_path[registered]
        return here or self._base(path) or self._above(path)

    def meant(self, name: str) -> Placed | None:
        """Return the card that a name of a model means: by the names that the card gives, its file name or its folder."""
        if self._named is None:
            self._named = {}
            for path, card in sorted(self.by_path.items()):
                words = {last(each) for each in card.names}
                if card.by != "headings":
                    words |= {last(_text(stem(path))), last(_text(folder(path)))}
                for word in words - {""}:
                    self._named.setdefault(word, []).append((path, card))
        found = self._named.get(last(name)) if name else None
        return found[0] if found else None

    def based(self, name: str) -> Placed | None:
        """Return a card that names a model as the one on which its own builds."""
        wanted = last(name)
        return next(((path, card) for path, card in self.by_path.items() if wanted in map(last, card.base_models)), None)

    def missed(self, path: bytes) -> bytes:
        """Return a file that may be the card of a model that has none here, and that could not be read; empty for none."""
        registered = self.registered(path)
        if registered in self._unread:
            return registered
        at = folder(path)
        while True:
            for each in (at, *((at + b"/" + sub if at else sub)[:-1] for sub in _BUNDLE)):
                if each in self._lost:
                    return self._lost[each]
            if not at:
                return b""
            at = folder(at)

    def holds(self, path: bytes) -> bool:
        """Tell whether a model lies at a path."""
        return path in self._parts.get(self._whole(path), ())

    def sure(self, path: bytes) -> Placed | None:
        """Return the nearest model card at or above a file, by its form or name: headings alone may be of anything."""
        at = folder(path)
        while True:
            found = [each for each in self._cards.get(at, ()) if each[1].by != "headings" and each[1].kind == "model"]
            if found or not at:
                return found[0] if found else None
            at = folder(at)

    def registered(self, path: bytes) -> bytes:
        """Return the path of the card that the policy names for a model, empty where it names none."""
        registry = [entry for terms in self._over(path) for entry in terms.registry]
        return next((card for pattern, card, _line in registry[::-1] if _matches((pattern,), path)), b"")

    def terms(self) -> Sequence[CardTerms]:
        """Return what the policy asks, of the whole first."""
        return self._terms

    def _over(self, path: bytes) -> list[CardTerms]:
        return [each for each in self._terms if not each.root or path.startswith(each.root.rstrip(b"/") + b"/")]

    def project(self, path: bytes) -> bytes:
        """Return the folder of the innermost project of the policy around a path, empty for the whole."""
        return max((terms.root.rstrip(b"/") for terms in self._over(path)), key=len, default=b"")

    def _adapts(self, path: bytes, model: Model) -> str:
        """Return the base model of an adapter, as the configuration beside it names it."""
        config = self._configs.get(folder(path))
        return config.base if config and config.adapter else model.base if model.adapter else ""

    def _base(self, path: bytes) -> Placed | None:
        """Return the card of the model to which an adapter adds."""
        return self.meant(self._adapters.get(path, ""))

    def _above(self, path: bytes) -> Placed | None:
        """Return the nearest card of the folders from that of a model up, with those of a bundle."""
        at = folder(path)
        while True:
            beside = [each for sub in _BUNDLE for each in self._cards.get((at + b"/" + sub if at else sub)[:-1], ())]
            bundle = [each for each in beside if each[0].rpartition(b"/")[2].lower() in {b"readme.md", b"metadata.json"}]
            found = self._best(self._cards.get(at, ()), path) or self._best(bundle, path)
            if found or not at:
                return found
            at = folder(at)

    def _best(self, cards: Sequence[Placed], path: bytes) -> Placed | None:
        """Return the card of one folder that is meant for a model, None where each is another model's."""
        own, others = stem(path), self._stems.get(folder(path), set()) - {stem(path)}
        left = [each for each in cards if stem(each[0]) not in others or not stem(each[0])]

        def order(each: Placed) -> tuple[bool, int, bytes]:
            mine = stem(each[0]) == own or last(_text(own)) in map(last, each[1].names)
            return not mine, _BY.index(each[1].by), each[0]

        return min(left, key=order, default=None)


def _known(facts: Facts, configs: Mapping[bytes, ModelConfig]) -> list[tuple[bytes, Model]]:
    """Return the models, those too that a configuration beside them shows to be some; states of optimisers are none."""
    sure = facts.of(Model)
    more = [(path, each.model) for path, each in facts.of(Perhaps) if folder(path) in configs]
    return sorted((item for item in (*sure, *more) if not item[1].part), key=lambda item: (item[0], len(item[1].at.trail)))


def _merged(one: Model, other: Model) -> Model:
    """Return what two files of one model say together, or one file at two depths."""
    more = {
        name: getattr(one, name) or getattr(other, name)
        for name in ("framework", "kind", "parameters", "tensors", "generative", "base", "name", "licence", "datasets")
    }
    if one.at.path != other.at.path and one.parameters and other.parameters and one.format == other.format:
        more["parameters"] = one.parameters + other.parameters  # its shards
        more["tensors"] = one.tensors + other.tensors
    return one.replace(adapter=one.adapter or other.adapter, **more)


def folder(path: bytes) -> bytes:
    """Return the folder of a path, empty at the top."""
    return path.rpartition(b"/")[0]


def stem(path: bytes) -> bytes:
    """Return the name of a model's or card's file without what tells its format, its part of a whole, or that it is a card."""
    name = _CARD.sub(b"", _ENDS.sub(b"", path.rpartition(b"/")[2].lower()))
    return _SHARD.sub(b"", name).strip(b"-_. ")


def last(name: str) -> str:
    """Return the last part of an id or a path, as far as people spell it alike."""
    return re.sub(r"[-_. ]+", "-", name.rstrip("/").rpartition("/")[2].lower())


def _text(name: bytes) -> str:
    return name.decode("utf-8", "replace")


def _matches(patterns: Iterator[str] | tuple[str, ...], path: bytes) -> bool:
    from pytest_genomic_guard.policy.globs import Glob  # noqa: PLC0415 - where there are models only

    text = path.decode("utf-8", "surrogateescape")
    for pattern in patterns:
        if pattern not in _GLOBS:
            _GLOBS[pattern] = Glob(pattern)
        if _GLOBS[pattern].match(text):
            return True
    return False
