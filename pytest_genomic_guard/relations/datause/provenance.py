"""On which data a model was trained, whether it generates, and what publishes it: what the rules on models of such data ask.

A model is tied to data by its own evidence: its card, the artifact, the register, the program that trains and saves it, and the
model on which it builds. An accession that merely stands somewhere in the repository ties nothing; it is told as near.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.relations.cards.before import Was
from pytest_genomic_guard.relations.cards.names import folder
from pytest_genomic_guard.relations.datause.generates import SURE, Generating
from pytest_genomic_guard.relations.datause.register import Register, label
from pytest_genomic_guard.views.cards.nouns import Card
from pytest_genomic_guard.views.datause import ids
from pytest_genomic_guard.views.datause.nouns import Publishes
from pytest_genomic_guard.views.datause.publishing import SPACE
from pytest_genomic_guard.views.models.nouns import Trains

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal

    from pytest_genomic_guard.model import Facts, Location
    from pytest_genomic_guard.relations.datause.generates import Generates
    from pytest_genomic_guard.views.datause.nouns import DataUse
    from pytest_genomic_guard.views.models.nouns import Model

    By = Literal["register", "card", "artifact", "program", "base"]

# Ids that name both data that anybody may have and data under terms: the register has to tell which
_UNCLEAR = frozenset({"tcga"})
# Names of archives that give nothing of single people out without terms
_NAMES = frozenset({"dbgap", "topmed", "ega", "jga"})
_DEPTH = 6  # models that build on models
_MOST = 20


class Source(Record):
    """Data on which a model was trained."""

    id: str  # canonical
    by: By
    entry: DataUse | None = None
    involves: tuple[bytes, ...] = ()

    @property
    def system(self) -> str:
        """Return the archive."""
        told = ids.system(self.id)
        return ids.system(self.entry.id) if told == "another archive" and self.entry else told

    @property
    def places(self) -> tuple[bytes, ...]:
        """Return what else a finding is about: what tells of the data, and the file of their entry."""
        return (*self.involves, *((self.entry.file,) if self.entry and self.entry.file else ()))

    @property
    def shown(self) -> str:
        """Return the id as a message may have it."""
        return ids.shown(self.id) or (label(self.entry) if self.entry else "")

    @property
    def told(self) -> str:
        """Return the data as sentences name them."""
        system = self.system
        if system == "another archive":
            return "data under terms"
        return f"controlled-access data of {system}" if self.controlled else f"data of {system}"

    @property
    def controlled(self) -> bool | None:
        """Tell whether access to the data is controlled, by the register, else by the id; None where neither tells."""
        if self.entry is not None and self.entry.controlled is not None:
            return self.entry.controlled
        if self.id.lower() in _UNCLEAR:
            return None
        return ids.controlled(self.id) or self.id in _NAMES or (self.entry is not None and ids.controlled(self.entry.id)) or None


class Subject(Record):
    """A model, or a card of one that is not here."""

    at: Location
    path: bytes
    generates: Generates
    sources: tuple[Source, ...]
    card: bytes = b""  # where its card lies
    weights: bool = True  # they, or a pointer to them, are here
    pointer: bool = False
    away: bool = False  # in a store to which a push of the repository brings nothing
    involves: tuple[bytes, ...] = ()  # its card, its parts and what stands beside it
    names: frozenset[str] = frozenset()  # by which code may mean it


class Provenance:
    """Answers for the models of one run; each relation makes its own."""

    def __init__(self, facts: Facts) -> None:
        """Take the register, the cards, the programs that train, and what stands beside models."""
        self.register = Register(facts)
        self._facts = facts
        self._generating = Generating(facts)
        self._was = Was(facts, self.register.resolver)
        self._trains = facts.of(Trains)
        self._used: dict[bytes, list[str]] = {}
        for path, each in self.register.named():
            if each.setting in {"code", "config"} and each.level != "open":
                self._used.setdefault(path, []).append(each.id)
        self._subjects: list[Subject] | None = None

    def subjects(self) -> list[Subject]:
        """Return the models with what they come from, then the cards of models that are not here."""
        if self._subjects is None:
            resolver = self.register.resolver
            models = [self._of_model(path, model) for path, model in resolver.models(fixtures=True)]
            held = {subject.card for subject in models}
            cards = [self._of_card(path, card) for path, card in self._facts.of(Card) if path not in held and _is_model(card)]
            self._subjects = [*models, *cards]
        return self._subjects

    def programs(self) -> list[tuple[bytes, Location]]:
        """Return the programs that train and save a model, each once."""
        return list({path: (path, trains.at) for path, trains in reversed(self._trains)}.values())[::-1]

    def trained(self, path: bytes) -> tuple[Source, ...]:
        """Return the data that a program names which trains a model; nothing of one that trains none."""
        if not any(path == at for at, _trains in self._trains):
            return ()
        return self._sources((each, "program", (path,)) for each in self._used.get(path, ()))

    def meant(self, path: bytes, what: Publishes) -> list[Subject]:
        """Return the models that code publishes, each with the data that the code itself names where it trains."""
        own = self.trained(path)
        return [
            subject.replace(sources=_each([*subject.sources, *own])) if own else subject
            for subject in self.subjects()
            if self._published(subject, path, what)
        ]

    def publishes(self) -> list[tuple[bytes, Publishes]]:
        """Return what publishes, each once."""
        return list(dict.fromkeys(self._facts.of(Publishes)))

    def _published(self, subject: Subject, path: bytes, what: Publishes) -> bool:
        """Tell whether code means a model: by its name, or where what it names is no other model, as that of its own project.

        A Space is given what lies in its repository, and no model that is elsewhere.
        """
        if what.target == SPACE and (subject.away or not subject.weights):
            return False
        if what.models:
            named = {_last(each) for each in what.models} - {""}
            if named & subject.names:
                return True
            if any(named & other.names for other in self.subjects()):
                return False
        return self._project(path) == self._project(subject.path)

    def near(self, subject: Subject) -> list[tuple[bytes, Source]]:
        """Return the data under terms that code and settings of the same project name."""
        project = self._project(subject.path)
        used = ((path, each) for path, found in sorted(self._used.items()) if self._project(path) == project for each in found)
        return [(path, Source(id=each, by="program", entry=self.register.entry(each))) for path, each in used][:_MOST]

    def stated(self, subject: Subject) -> bool:
        """Tell whether the card of a model says on what it was trained."""
        card = self.register.resolver.by_path.get(subject.card)
        return card is not None and (bool(card.datasets) or card.section("training-data").status == "stated")

    def _of_model(self, path: bytes, model: Model) -> Subject:
        placed = self.register.resolver.card(path)
        found: list[tuple[str, By, tuple[bytes, ...]]] = []
        sources: list[Source] = []
        for tie in self.register.of_model(path, model):
            by: By = "card" if tie.by == "card" else "register"
            sources.append(Source(id=tie.id, by=by, entry=tie.entry, involves=tie.involves))
        found += [(each, "artifact", ()) for each in model.datasets]
        for at, trains in self._trains:
            if any(_saves(each, at, path) for each in trains.saves):
                found += [(each, "program", (at,)) for each in self._used.get(at, ())]
        bases = [model.base, *(placed[1].base_models if placed else ())]
        found += [(each, "base", (at,)) for at, each in self._of_bases(bases, placed[0] if placed else b"")]
        generates = self._generating.of_model(path, model, placed[1] if placed else None)
        before = self._was.declared(path)
        return Subject(
            at=model.at,
            path=path,
            generates="before" if before and generates not in SURE else generates,
            sources=_each([*sources, *self._sources(found)]),
            card=placed[0] if placed else b"",
            pointer=model.via == "pointer",
            away=model.away,
            involves=self._beside(path, placed[0] if placed else b"", before),
            names=_names(path, placed, model.name),
        )

    def _of_card(self, path: bytes, card: Card) -> Subject:
        found: list[tuple[str, By, tuple[bytes, ...]]] = [(each, "card", ()) for each in (*card.sources, *card.datasets)]
        found += [(each, "base", (at,)) for at, each in self._of_bases(card.base_models, path)]
        generates, then = self._generating.of_card(path, card), self._was.at(path)
        return Subject(
            at=card.at,
            path=path,
            generates="before" if then and then.generative and generates not in SURE else generates,
            sources=self._sources(found),
            card=path,
            weights=False,
            names=_names(path, (path, card), ""),
        )

    def _beside(self, path: bytes, *cards: bytes) -> tuple[bytes, ...]:
        """Return what tells of a model beside it: its card, its other parts, its configuration."""
        configs = (config.at.path for config in self._generating.beside(path))
        found = dict.fromkeys((*cards, *self.register.resolver.files(path)[:_MOST], *configs))
        return tuple(each for each in found if each and each != path)

    def _sources(self, found: Iterable[tuple[str, By, tuple[bytes, ...]]]) -> tuple[Source, ...]:
        """Return what ids mean, each data set once; ids of public data sets of a hub are none."""
        sources = []
        for name, by, involves in found:
            entry = self.register.entry(name)
            if entry or ids.parse(name).known:
                sources.append(
                    Source(id=ids.canonical(name) if name.lower() not in _UNCLEAR else name, by=by, entry=entry, involves=involves)
                )
        return _each(sources)

    def _of_bases(self, names: Iterable[str], own: bytes) -> list[tuple[bytes, str]]:
        """Return the data of the models on which one builds, where their cards are here."""
        resolver = self.register.resolver
        found, seen, waiting = list[tuple[bytes, str]](), {own}, [each for each in names if each]
        for _depth in range(_DEPTH):
            cards = [placed for each in waiting if (placed := resolver.meant(each)) and placed[0] not in seen]
            seen |= {path for path, _card in cards}
            found += [(path, each) for path, card in cards for each in (*card.sources, *card.datasets)]
            waiting = [each for _path, card in cards for each in card.base_models]
        return found

    def _project(self, path: bytes) -> bytes:
        roots = (terms.root for terms in self.register.resolver.terms())
        return max((root for root in roots if root and path.startswith(root.rstrip(b"/") + b"/")), key=len, default=b"")


def _is_model(card: Card) -> bool:
    return card.kind != "dataset" and (card.generative is not None or (card.kind == "model" and card.by != "headings"))


def _each(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return sources, each data set once, by what tells of it first; accessions before names of archives."""
    found: dict[str, Source] = {}
    for source in sorted(sources, key=lambda each: not ids.numbered(each.id)):
        found.setdefault(source.entry.id if source.entry else source.id, source)
    return tuple(found.values())[:_MOST]


def _saves(saved: str, program: bytes, model: bytes) -> bool:
    """Tell whether a program saves to the path of a model, or to a folder above it; its own paths may begin at its folder."""
    name = re.sub(rb"^(?:\./)+", b"", saved.encode("utf-8", "surrogateescape")).rstrip(b"/")
    if not name or name.startswith((b"/", b"..")) or name == b".":
        return False
    own = folder(program)
    return any(model == each or model.startswith(each + b"/") for each in (name, own + b"/" + name if own else name))


def _names(path: bytes, placed: tuple[bytes, Card] | None, own: str) -> frozenset[str]:
    """Return by what code may mean a model: the names of its card, its file, its folder."""
    parts = path.decode("utf-8", "replace").split("/")
    names = [
        *(placed[1].names if placed else ()),
        own,
        parts[-1],
        parts[-1].rpartition(".")[0],
        parts[-2] if len(parts) > 1 else "",
    ]
    generic = {"readme", "readme.md", "model", "models", "weights", "checkpoints", "docs", "pytorch-model", "src"}
    return frozenset({_last(each) for each in names} - generic - {""})


def _last(name: str) -> str:
    """Return the last part of an id or a path, as far as people spell it alike."""
    return re.sub(r"[-_ ]+", "-", name.rstrip("/").rpartition("/")[2].lower())
