"""From a model to its card: where one is looked for, and in which order."""

from __future__ import annotations

from pytest_genomic_guard.relations.cards.known import known, merged, whole
from pytest_genomic_guard.relations.cards.names import folder, last, matches, stem, text
from pytest_genomic_guard.views.cards.nouns import Card, CardTerms, UnreadCard
from pytest_genomic_guard.views.models.nouns import Mentions, ModelConfig

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from pytest_genomic_guard.model import Facts
    from pytest_genomic_guard.views.models.nouns import Model

    Placed = tuple[bytes, Card]

_BY = ("form", "name", "headings")
_OWN = frozenset({b"model_card.md", b"model-card.md"})  # in a folder `docs`
_BUNDLE = (b"docs/", b"configs/")  # of a MONAI bundle: `docs/README.md`, `configs/metadata.json`


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
        self._all = known(facts, self._configs)
        self._deep = {folder(path) for path, model in self._all if model.via == "folder"}
        self._deep |= {at for at, config in self._configs.items() if config.form in {"MLflow", "MONAI", "diffusers"}}
        self._homes = self._deep | self._configs.keys()
        self._stems: dict[bytes, set[bytes]] = {}
        self._parts: dict[tuple[bytes, bytes], dict[bytes, None]] = {}
        for path, _model in self._all:
            self._stems.setdefault(folder(path), set()).add(stem(path))
            self._parts.setdefault(self._whole(path), {})[path] = None
        self._files = {path: model.at.path for path, model in self._all[::-1]}  # in which the models stand; a lock has several
        self._taken: dict[bytes, Placed | None] = {}
        self._adapters = {path: base for path, model in self._all if (base := self._adapts(path, model))}
        self._named: dict[str, list[Placed]] | None = None
        self._facts = facts
        self._mentions: dict[bytes, list[Placed]] | None = None

    def models(self, *, fixtures: bool = False) -> list[tuple[bytes, Model]]:
        """Return the models that need a card, or all, one of those that are parts of each other, in path order."""
        found: dict[tuple[bytes, bytes], tuple[bytes, Model]] = {}
        for path, model in self._all:
            if fixtures or not self.fixture(path, model):
                at = self._whole(path)
                found[at] = (found[at][0], merged(found[at][1], model)) if at in found else (path, model)
        return [(path, model.replace(**self._said(path, model))) for path, model in found.values()]

    def parts(self, path: bytes) -> tuple[bytes, ...]:
        """Return the places of the files that are one model with this one, itself too."""
        return tuple(self._parts.get(self._whole(path), ()))

    def files(self, path: bytes) -> tuple[bytes, ...]:
        """Return the files of the repository for them: a lock of DVC stands for what lies elsewhere."""
        return tuple(dict.fromkeys(self._files[part] for part in self.parts(path)))

    def file(self, path: bytes) -> bytes:
        """Return the file of the repository in which a model stands."""
        return self._files.get(path, path)

    def config(self, path: bytes) -> ModelConfig | None:
        """Return what lies beside a model and says what it is."""
        return self._configs.get(self._whole(path)[0]) or self._configs.get(folder(path))

    def _whole(self, path: bytes) -> tuple[bytes, bytes]:
        """Return what the files of one model have in common."""
        return whole(path, self._deep, self._homes)

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
        patterns = (pattern for terms in self._over(path) for pattern in terms.fixtures)
        return model.fixture or matches(patterns, path, self.file(path))

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
        return here or self._base(path) or self._above(path) or self._naming_it(path)

    def _naming_it(self, path: bytes) -> Placed | None:
        """Return a card that gives the whole path of a model, or of a file that is one model with it."""
        return next((placed for part in self.parts(path) for placed in self._naming().get(part, ())), None)

    def _naming(self) -> dict[bytes, list[Placed]]:
        """Return the cards that name a file, by its path and by its name alone: such as are cards by more than their headings."""
        if self._mentions is None:
            self._mentions = {}
            for at, each in self._facts.of(Mentions):
                card = self.by_path.get(at)
                if card and card.by != "headings" and card.kind == "model":
                    for path in dict.fromkeys((*each.paths, *(b"*/" + path.rpartition(b"/")[2] for path in each.paths))):
                        self._mentions.setdefault(path, []).append((at, card))
        return self._mentions

    def passed(self, path: bytes) -> bytes:
        """Return a card that names the file of a model, and is not taken as it does not give its path; empty for none."""
        found = (placed for part in self.parts(path) for placed in self._naming().get(b"*/" + part.rpartition(b"/")[2], ()))
        return next((at for at, _card in found), b"")

    def meant(self, name: str) -> Placed | None:
        """Return the card that a name of a model means: by the names that the card gives, its file name or its folder."""
        if self._named is None:
            self._named = {}
            for path, card in sorted(self.by_path.items()):
                words = {last(each) for each in card.names}
                if card.by != "headings":
                    words |= {last(text(stem(path))), last(text(folder(path)))}
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
        return next((card for pattern, card, _line in registry[::-1] if matches((pattern,), path, self.file(path))), b"")

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
        """Return the nearest card of the folders from that of a model up, with those of a bundle and those in `docs`.

        Of one folder what is a card by its headings alone comes last.
        """
        at = folder(path)
        while True:
            beside = [each for sub in _BUNDLE for each in self._cards.get((at + b"/" + sub if at else sub)[:-1], ())]
            names = [(each, each[0].rpartition(b"/")[2].lower()) for each in beside]
            bundle = [each for each, name in names if name in {b"readme.md", b"metadata.json"}]
            own = [each for each, name in names if name in _OWN and folder(each[0]).endswith(b"docs")]
            found = self._best(self._cards.get(at, ()), path)
            if found is None or found[1].by == "headings":
                found = self._best(own, path) or found or self._best(bundle, path)
            if found or not at:
                return found
            at = folder(at)

    def _best(self, cards: Sequence[Placed], path: bytes) -> Placed | None:
        """Return the card of one folder that is meant for a model, None where each is another model's."""
        own, others = stem(path), self._stems.get(folder(path), set()) - {stem(path)}
        left = [each for each in cards if stem(each[0]) not in others or not stem(each[0])]

        def order(each: Placed) -> tuple[bool, int, bytes]:
            mine = stem(each[0]) == own or last(text(own)) in map(last, each[1].names)
            return not mine, _BY.index(each[1].by), each[0]

        return min(left, key=order, default=None)
