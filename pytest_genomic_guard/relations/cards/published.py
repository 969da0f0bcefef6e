"""Which cards are of models that code or a workflow publishes: those that it names, else all of the folder in which it works."""

from __future__ import annotations

import posixpath

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.relations.cards.names import folder, last, stem
from pytest_genomic_guard.views.cards.titles import slug, titled
from pytest_genomic_guard.views.datause.nouns import Publishes
from pytest_genomic_guard.views.datause.publishing import SPACE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pytest_genomic_guard.model import Facts
    from pytest_genomic_guard.relations.cards.resolve import Resolver
    from pytest_genomic_guard.views.cards.nouns import Card
    from pytest_genomic_guard.views.models.nouns import Model

# Names that tell no model
_GENERIC = frozenset(
    ("readme", "model", "models", "weights", "checkpoint", "checkpoints", "docs", "configs", "src", "pytorchmodel", "out", "output")
)
_ASIDE = regex(rb"(?i)(?:^|/)(?:examples?|demos?|tutorials?|samples?|tests?|docs?)/")
_WORKFLOW = regex(rb"(?:^|/)\.(?:github|gitlab|circleci|gitea|forgejo)(?:/.*)?$")  # it runs in the folder above
_BUNDLE = (b"docs", b"configs")


class Publishing:
    """Answers for the cards of one run."""

    def __init__(self, resolver: Resolver, models: Mapping[bytes, Sequence[tuple[bytes, Model]]], facts: Facts) -> None:
        """Take the cards, the models of each, and what publishes."""
        self._resolver = resolver
        self._by: dict[bytes, dict[bytes, None]] = {}
        publishes = dict.fromkeys(
            (at, what.models, what.target == SPACE) for at, what in facts.of(Publishes) if not _ASIDE.search(at)
        )
        if not publishes:
            return
        self._cards = {path: [path, *(at for at, _model in models.get(path, ()))] for path in _counted(resolver, models)}
        self._words: dict[str, set[bytes]] = {}
        for path in self._cards:
            for word in _words(path, resolver.by_path[path], models.get(path, ())):
                self._words.setdefault(word, set()).add(path)
        self._owned = frozenset(models)
        held = {path for path, own in models.items() if not all(model.away for _at, model in own)}
        for at, names, space in publishes:
            found = self._named(at, names) or self._around(at, held if space else None)
            for path in sorted(found & held if space else found):
                self._by.setdefault(path, {})[at] = None

    def of(self, path: bytes) -> tuple[bytes, ...]:
        """Return the programs and workflows that publish the model of a card."""
        return tuple(self._by.get(path, ()))

    def _named(self, at: bytes, names: Iterable[str]) -> set[bytes]:
        """Return the cards of the models that code names: by a path, or by a name as far as people spell it alike."""
        found: set[bytes] = set()
        for name in names:
            text = name.encode("utf-8", "surrogateescape")
            for word in {slug(last(name)), slug(stem(text).decode("utf-8", "replace"))} - _GENERIC - {""}:
                found |= self._words.get(word, set()) | self._words.get(f"#{titled(word)}", set())
            for place in {posixpath.normpath(each) for each in (text, posixpath.join(_home(at), text))}:
                found |= self._below(place) if not place.startswith((b".", b"/", b"-")) else set()
        return found | self._beside(found)

    def _beside(self, found: set[bytes]) -> set[bytes]:
        """Return the cards of the models beside cards that have none of their own: two cards of one folder are of one model."""
        at = {folder(path) for path in found - self._owned}
        return {path for path in self._owned if at and any(folder(file) in at for file in self._cards.get(path, ()))}

    def _around(self, at: bytes, held: set[bytes] | None) -> set[bytes]:
        """Return the cards of the innermost folder around code that has any, within its project; `held` are those that count."""
        home, project = _home(at), self._resolver.project(at)
        while True:
            found = {path for path in self._below(home) if self._resolver.project(path) == project}
            found &= found if held is None else held
            if found or not home or home == project:
                return found
            home = folder(home)

    def _below(self, place: bytes) -> set[bytes]:
        """Return the cards that are, or whose models are, a file or lie below a folder."""
        inside = place + b"/" if place else b""
        return {path for path, files in self._cards.items() if any(each == place or each.startswith(inside) for each in files)}


def _counted(resolver: Resolver, models: Mapping[bytes, object]) -> list[bytes]:
    """Return the cards of models that count: what is one by its headings alone where a model resolves to it."""
    return [path for path, card in resolver.by_path.items() if path in models or (card.by != "headings" and card.kind == "model")]


def _home(at: bytes) -> bytes:
    """Return the folder in which code works."""
    return _WORKFLOW.sub(b"", folder(at))


def _words(path: bytes, card: Card, models: Iterable[tuple[bytes, Model]]) -> set[str]:
    """Return by what code may mean the model of a card."""
    files = [path, *(at for at, _model in models)]
    named = [each.decode("utf-8", "replace") for file in files for each in (stem(file), _place(file))]
    words = {slug(last(each)) for each in (*card.names, *(model.name for _at, model in models), *named)} - _GENERIC - {""}
    return words | ({f"#{card.title}"} if card.title else set())


def _place(path: bytes) -> bytes:
    """Return the name of the folder that is a model's own."""
    parts = path.split(b"/")[:-1]
    return parts[-2] if len(parts) > 1 and parts[-1].lower() in _BUNDLE else parts[-1] if parts else b""
