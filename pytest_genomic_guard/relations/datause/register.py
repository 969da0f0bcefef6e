"""The register `data-use` as relations ask it: which entry is about an accession, a file or a model, and whether it has closed."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.model import Location
from pytest_genomic_guard.relations.cards.known import placed
from pytest_genomic_guard.relations.cards.names import folder
from pytest_genomic_guard.relations.cards.resolve import Resolver
from pytest_genomic_guard.views.cards.nouns import Card
from pytest_genomic_guard.views.datause import ids
from pytest_genomic_guard.views.datause.nouns import Accession, DataUse, Registered, Today
from pytest_genomic_guard.views.licences.showing import shown as shown_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

    # by what something is tied to an entry: the register's `paths` or `models`, an accession in it, the sources of a model's card,
    # those of a card in the folder of what may be a model
    By = Literal["paths", "models", "accession", "card", "beside"]

_UNCLEAR = ("tcga",)  # names of data of which a part is open
_HIDDEN = "an id that is not shown here"


class Tie(Record):
    """A file or a model with the data on which it depends."""

    at: Location
    by: By
    id: str  # canonical, of the data set
    entry: DataUse | None = None
    model: bool = False
    involves: tuple[bytes, ...] = ()  # the model's card


class Register:
    """Answers for one run; each relation makes its own."""

    def __init__(self, facts: Facts) -> None:
        """Take the entries, what names data, and the models with their cards."""
        self._entries = tuple(fact for _path, fact in facts.of(DataUse))
        self._today = next((fact for _path, fact in facts.of(Today)), Today(day=""))
        self._found: dict[str, DataUse | None] = {}
        self._globs: dict[str, Glob] = {}
        self._facts = facts
        self._resolver: Resolver | None = None
        self._named: tuple[tuple[bytes, Accession], ...] | None = None

    @property
    def today(self) -> Today:
        """Return the day, and what else the policy says of all."""
        return self._today

    @property
    def resolver(self) -> Resolver:
        """Return what tells of models and their cards."""
        if self._resolver is None:
            self._resolver = Resolver(self._facts)
        return self._resolver

    def entries(self) -> tuple[DataUse, ...]:
        """Return all entries."""
        return self._entries

    def entry(self, accession_id: str) -> DataUse | None:
        """Return the entry that is about what is named: that of its version before others; see `outdated`."""
        if accession_id not in self._found:
            about = [each for each in self._entries if any(ids.covers(name, accession_id) for name in (each.id, *each.aliases))]
            held = [each for each in about if not self.outdated(each, accession_id)]
            mine = ids.parse(accession_id).base
            best = sorted(held or about, key=lambda each: (ids.parse(each.id).base == mine, ids.parse(each.id).version))
            self._found[accession_id] = best[-1] if best else None
        return self._found[accession_id]

    def outdated(self, entry: DataUse, accession_id: str) -> bool:
        """Tell whether an entry is about an earlier version only than the one that is named."""
        about = [name for name in (entry.id, *entry.aliases) if ids.covers(name, accession_id)]
        return bool(about) and all(ids.newer(name, accession_id) for name in about)

    def closed(self, entry: DataUse) -> bool:
        """Tell whether the last day of an entry is over."""
        return bool(entry.closes) and entry.closes < self._today.day

    def turned(self) -> tuple[bytes, ...]:
        """Return the files of the policy in force that are judged: what they make of files that nobody touched is told with them.

        In a range they are not in force until they were merged, unless the policy accepts its changes.
        """
        return tuple(dict.fromkeys(path for path, each in self._facts.of(Registered) if each.sha256 in self._today.texts))

    def named(self) -> tuple[tuple[bytes, Accession], ...]:
        """Return what files and cards name, each once; the files in which the register stands name what they declare."""
        if self._named is None:
            own = {self._today.policy, *(each.file for each in self._entries)}
            found = {
                (path, each.id, each.setting): (path, each) for path, each in reversed(self._facts.of(Accession)) if path not in own
            }
            places = {(path, ids.parse(each.id).base): each.at for path, each in reversed(self._facts.of(Accession))}
            models = {self.resolver.card(path) for path, _model in self.resolver.models()}
            for path, card in self._facts.of(Card):
                if card.by != "headings" or (path, card) in models:
                    found |= {(path, each.id, each.setting): (path, each) for each in _told(card, path, places)}
            self._named = tuple(sorted(found.values(), key=lambda item: (item[0], item[1].at.line or 0, item[1].id)))
        return self._named

    def of_model(self, path: bytes, model: Model) -> list[Tie]:
        """Return the data on which a model was trained, as the register or its card says; those without an entry too."""
        ties: list[Tie] = []
        card = self.resolver.card(path)
        for entry in self._entries:
            by: By = "paths" if self._matches(entry.paths, path, model) else "models"
            if by == "paths" or self._matches(entry.models, path, model):
                ties.append(Tie(at=model.at, by=by, id=ids.canonical(entry.id), entry=entry, model=True))
        for source in card[1].sources if card else ():
            if not any(tie.entry and tie.entry is self.entry(source) for tie in ties):
                involves = (card[0],) if card else ()
                ties.append(Tie(at=model.at, by="card", id=source, entry=self.entry(source), model=True, involves=involves))
        return ties

    def tied(self, entry: DataUse) -> list[Tie]:
        """Return every file and model that is tied to an entry, each once: files that cite it in running text are not."""
        found: dict[tuple[bytes, bytes], Tie] = {}  # by file, and by place where one file stands for several models
        name = ids.canonical(entry.id)
        sure, more = placed(self._facts)
        for path, model in sure:
            for tie in self.of_model(path, model):
                if tie.entry is entry:
                    found.setdefault((model.at.path, path), tie)
        for path, model in more:
            for tie in self._of_perhaps(path, model):
                if tie.entry is entry:
                    found.setdefault((model.at.path, path), tie)
        files = {file for file, _place in found}
        for path, each in self.named():
            if each.setting != "prose" and path not in files and self.entry(each.id) is entry:
                found.setdefault((path, path), Tie(at=each.at, by="accession", id=each.id, entry=entry))
        for path in entry.files:
            if path not in files:
                found.setdefault((path, path), Tie(at=Location(path=path), by="paths", id=name, entry=entry))
        return [found[path] for path in sorted(found)]

    def _of_perhaps(self, path: bytes, model: Model) -> Iterator[Tie]:
        """Yield the data of a pointer that may be to a model: as the register says, or a card in the folder where it lies."""
        for tie in self.of_model(path, model):
            if tie.by != "card":
                yield tie.replace(model=False)
            elif folder(tie.involves[0]) == folder(path):
                yield tie.replace(model=False, by="beside")

    def _matches(self, patterns: Sequence[str], path: bytes, model: Model) -> bool:
        from pytest_genomic_guard.policy.globs import Glob  # noqa: PLC0415 - where an entry has patterns only

        texts = {each.decode("utf-8", "surrogateescape") for each in (path, model.at.path)}
        return any(self._globs.setdefault(each, Glob(each)).match(text) for each in patterns for text in texts)


def label(entry: DataUse) -> str:
    """Return the id of an entry as a message may have it."""
    public = ids.shown(entry.id)
    if public:
        return public
    name = shown_name(entry.id)
    return name if name == entry.id else _HIDDEN


def at(entry: DataUse) -> Location:
    """Return where an entry stands."""
    return Location(path=entry.file, line=entry.line or None)


def _told(card: Card, path: bytes, places: dict[tuple[bytes, str], Location]) -> list[Accession]:
    """Return the sources of a card as what names data, each where it stands, else where its section on training data begins."""
    line = card.section("training-data").line
    place = card.at.replace(line=line, column=None, end=None) if line else card.at
    return [
        Accession(
            at=places.get((path, ids.parse(each).base), place),
            id=each,
            system=ids.system(each),
            level="unclear" if each in _UNCLEAR or each.startswith("syn") else "controlled",
            setting="card",
            named=not ids.numbered(each),
        )
        for each in card.sources
    ]


if TYPE_CHECKING:
    from pytest_genomic_guard.model import Facts
    from pytest_genomic_guard.policy.globs import Glob
    from pytest_genomic_guard.views.models.nouns import Model
