"""To what each card is held: its models, its tier, its sections as they count, and what it lacks."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.relations.cards.before import Was
from pytest_genomic_guard.relations.cards.people import OF_PEOPLE, People
from pytest_genomic_guard.relations.cards.published import Publishing
from pytest_genomic_guard.relations.cards.resolve import Resolver
from pytest_genomic_guard.views.cards.drafts import Drafted
from pytest_genomic_guard.views.cards.named import may_be
from pytest_genomic_guard.views.cards.nouns import REQUIRED, SECTIONS, TIERS, Beside, Card, Section
from pytest_genomic_guard.views.cards.sent import Released, Sent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_genomic_guard.model import Facts, Location
    from pytest_genomic_guard.views.cards.nouns import CardTerms, Tier
    from pytest_genomic_guard.views.models.nouns import Model

    Modelled = dict[bytes, list[tuple[bytes, Model]]]

# What a card of data has to state, by the same names: where the data come from is what a model's training data are
DATA: dict[Tier, tuple[str, ...]] = {
    "basic": ("intended-use", "training-data", "limitations", "licence"),
    "research": ("demographics",),
    "release": ("privacy",),
}
TITLES = {
    "intended-use": "intended use",
    "out-of-scope": "uses that are out of scope",
    "training-data": "training data",
    "evaluation": "evaluation with figures",
    "limitations": "limitations",
    "licence": "a licence",
    "subgroups": "figures of groups of people",
    "demographics": "who the people in the data are",
    "privacy": "privacy",
    "privacy-evaluation": "a privacy evaluation with a result",
    "oversight": "human oversight",
}
ORIGIN = "where the data come from"
WHY = {
    "": "says nothing of it",
    "heading": "has a heading for it with nothing below",
    "negation": "says that it was not done or is not known",
    "placeholder": "leaves the place of it open, as a template has it",
    "checklist": "has a box for it that nobody ticked",
    "instruction": "tells its author what to write there, and not what holds",
    "deferral": "sends its readers elsewhere for it and says nothing itself",
    "boilerplate": "repeats what a template or other cards say word for word, and nothing of this model",
    "word": "names it, and no statement of what holds was recognised",
    "badge": "has an image for it and no text",
    "classes": "has figures of classes, and none of groups of people",
}
SHORT = {
    "": "nothing on it",
    "heading": "heading alone",
    "negation": "said not to be done or not to be known",
    "placeholder": "place of a template, left open",
    "checklist": "box that nobody ticked",
    "instruction": "instruction to the author",
    "deferral": "only a link or a reference",
    "boilerplate": "same words as in a template or in other cards",
    "word": "named; no statement was recognised",
    "badge": "image without text",
    "classes": "figures of classes, not of groups of people",
}
_MANY = 3  # cards of different models from which on a sentence is said of none of them
_COPIED = ("intended-use", "out-of-scope", "evaluation", "limitations", "subgroups", "privacy-evaluation", "oversight")
_PROSE = (b".md", b".markdown", b".mdx")
_PROGRAMS = (b".py", b".sh", b".yml", b".yaml", b".ipynb", b"makefile", b"justfile")
_PUBLISHING = (b"push", b"upload", b"publish", b"release", b"deploy", b"hub", b"convert", b"export", b"train")
_WEIGHTS = (
    *(b".safetensors", b".gguf", b".onnx", b".pt", b".pth", b".ckpt", b".bin", b".pkl", b".pickle", b".joblib", b".keras", b".h5"),
    *(b".hdf5", b".pb", b".tflite", b".mlmodel", b".mlpackage", b".skops", b".msgpack", b".ubj", b".cbm", b".dvc", b"mlmodel"),
    *(b"dvc.lock", b"dvc.yaml", b"config.json", b"manifest.json", b".npz", b".model"),
)
_MOST = 200  # files of a card's models that are named as involved
# Ends of a folder's name that tell versions, sizes and languages of one model apart
_VARIANT = regex(
    rb"(?i)[-_.]?(?:v?\d+(?:[._]\d+){0,4}[bmk]?|tiny|mini|nano|small|base|medium|large|huge|x{1,3}l|final|latest|en|zh|de|fr|es|ja|ko)$"
)


_last: list[tuple[Facts, list[Held]]] = []  # what was asked for last: several rules ask for the same


class Held(Record):
    """A card with what is asked of it."""

    path: bytes
    card: Card
    tier: Tier
    because: str  # what raised it to the release tier, of a closed list; empty: the policy, the card, or nothing did
    models: tuple[tuple[bytes, Model], ...]  # that resolve to it
    sections: tuple[Section, ...]  # in the order of `SECTIONS`, as they count here
    files: tuple[bytes, ...] = ()  # of its models
    beside: tuple[str, ...] = ()  # sections that the other card of its bundle states
    publishing: tuple[bytes, ...] = ()  # programs that publish models, where that raised its tier
    before: bool = False  # the tier is one that the card had before this change
    tag: bytes = b""  # the name of the ref whose push publishes its models
    nobody: bool = False  # it says that its data hold no people, and nothing here says otherwise

    @property
    def counts(self) -> bool:
        """Tell whether anything is asked of it: what is a card by its headings alone is one where a model resolves to it."""
        return bool(self.models) or (self.card.by != "headings" and self.card.kind != "unclear")

    @property
    def asked(self) -> tuple[str, ...]:
        """Return the sections that its tier requires."""
        per = DATA if self.card.kind == "dataset" else REQUIRED
        names = {name for tier in TIERS[: TIERS.index(self.tier) + 1] for name in per[tier]}
        return tuple(name for name in SECTIONS if name in names and not (self.nobody and name in OF_PEOPLE))

    @property
    def lacks(self) -> tuple[Section, ...]:
        """Return those that it does not state."""
        left = [each for each in self.sections if each.name in self.asked and each.status != "stated"]
        return tuple(each for each in left if each.name not in self.beside)

    @property
    def involves(self) -> tuple[bytes, ...]:
        """Return what else a finding about it is about: its models, and a tag that publishes them."""
        return (*((self.tag,) if self.tag else ()), *self.publishing[:_MOST], *self.files[:_MOST])

    def why(self, section: Section) -> str:
        """Return the sentence on a section that is required and not stated."""
        because = (
            f" (its model is {self.because})" if self.because else " (which the card had before this change)" if self.before else ""
        )
        tier = f"the {self.tier} tier{because}"
        title = ORIGIN if self.card.kind == "dataset" and section.name == "training-data" else TITLES[section.name]
        return f"{tier} requires {title}, and the card {WHY[section.why]}"

    def place(self, section: Section) -> Location:
        """Return where to tell it."""
        return self.card.at.replace(line=section.line, column=None, end=None) if section.line else self.card.at


def looks_at(path: bytes) -> bool:
    """Tell of a file that nobody changed whether it can matter: cards, models, and programs that by their name publish one."""
    low = path.lower()
    folder, _, name = low.rpartition(b"/")
    if may_be(path):
        return not name.endswith(_PROSE) or b"card" in name or name.startswith(b"readme") or name == b"index.md"
    if name.endswith(_PROGRAMS):
        return folder.endswith(b".github/workflows") or name.startswith(b".gitlab-ci") or any(word in name for word in _PUBLISHING)
    return name.endswith(_WEIGHTS)


def held(facts: Facts) -> list[Held]:
    """Return the cards of a snapshot in path order, data cards too; made once for all rules that ask."""
    if not _last or _last[0][0] is not facts:
        _last[:] = [(facts, _bundled(_held(facts), facts))]
    return _last[0][1]


def _bundled(cards: list[Held], facts: Facts) -> list[Held]:
    """Return cards with what the two of a MONAI bundle, `configs/metadata.json` and `docs/README.md`, state for each other."""
    by_bundle: dict[tuple[bytes, bytes], tuple[Card, Sequence[Section]]] = {}
    for path, card, sections in (
        *((path, each.card, each.card.sections) for path, each in facts.of(Beside)),
        *((each.path, each.card, each.sections) for each in cards),
    ):
        place = _bundle(path)
        if place:
            by_bundle[place] = card, sections
    for at, each in enumerate(cards):
        top, last = _bundle(each.path) or (b"", b"")
        other = by_bundle.get((top, b"docs" if last == b"configs" else b"configs")) if last else None
        if other and "monai" in {each.card.form, other[0].form}:
            cards[at] = each.replace(beside=tuple(section.name for section in other[1] if section.status == "stated"))
    return cards


def _bundle(path: bytes) -> tuple[bytes, bytes] | None:
    """Return the bundle in which a file stands in the place of one of its two cards, and its folder there."""
    at, _, name = path.rpartition(b"/")
    top, _, last = at.rpartition(b"/")
    return (top, last) if (last, name.lower()) in {(b"configs", b"metadata.json"), (b"docs", b"readme.md")} else None


def _held(facts: Facts) -> list[Held]:
    resolver = Resolver(facts)
    models, copied, was = _by_card(resolver), _copied(facts), Was(facts, resolver)
    publishing, people = Publishing(resolver, models, facts), People(facts)
    sent = [fact for _path, fact in facts.of(Sent)]
    marks: dict[bytes, list[int]] = {}
    for path, mark in facts.of(Drafted):
        marks.setdefault(path, []).append(mark.at.line or 0)
    tag = next((fact.name for fact in sent if isinstance(fact, Released)), b"")
    found = []
    for path, card in facts.of(Card):
        own = tuple(models.get(path, ()))
        files = tuple(part for each, _model in own[:_MOST] for part in resolver.files(each)) if sent or own else ()
        programs = publishing.of(path) if card.kind != "dataset" else ()
        tier, because = _tier(resolver, path, card, published=bool(programs))
        if tier != "release" and own and (tag or _leave(own, files, sent)):
            tier, because = "release", "released by a tag" if tag else "pushed"
        then = max(tier, was.tier(path, (each for each, _model in own)), key=TIERS.index)
        tier, before = then, then != tier
        sections = tuple(_counted(card.section(name), copied, marks.get(path, ())) for name in SECTIONS)
        left = tag if own else b""
        found.append(
            Held(
                path=path,
                card=card,
                tier=tier,
                because=because,
                models=own,
                sections=sections,
                files=files,
                publishing=programs if because == "published" else (),
                before=before,
                tag=left,
                nobody=bool(getattr(card, "nobody", False)) and not people.of(card, own),
            )
        )
    return found


def _tier(resolver: Resolver, path: bytes, card: Card, *, published: bool) -> tuple[Tier, str]:
    """Return the tier of a card, and what raised it where that is no promise; what publishes a model publishes no data."""
    told: Tier = max((terms_over(resolver.terms(), path), card.tier or "basic"), key=TIERS.index)
    return ("release", "published") if published and told != "release" else (told, "")


def terms_over(terms: Iterable[CardTerms], path: bytes) -> Tier:
    """Return the tier that the policy asks for at a path: that of the innermost project around it."""
    over = [each for each in terms if not each.root or path.startswith(each.root.rstrip(b"/") + b"/")]
    return max(over, key=lambda each: len(each.root)).tier if over else "basic"


def _by_card(resolver: Resolver) -> Modelled:
    """Return the models that resolve to each card."""
    found: Modelled = {}
    for path, model in resolver.models():
        placed = resolver.card(path)
        if placed:
            found.setdefault(placed[0], []).append((path, model))
    return found


def _leave(models: Sequence[tuple[bytes, Model]], files: Iterable[bytes], sent: Sequence[Sent]) -> bool:
    """Tell whether a push sends the weights of a model: a pointer of git-lfs takes its object along, others do not."""
    away = {model.at.path for _path, model in models if model.away}
    return any(path in fact.brought for path in files if path not in away for fact in sent)


def _counted(section: Section, copied: set[tuple[str, int]], marks: Iterable[int]) -> Section:
    """Return a section as it counts beside the other cards: what many models' cards say alike is said of none of them.

    What stands right below a mark of a draft is the question that is to be answered there.
    """
    said = section.sentences
    if section.status != "absent" and any(0 <= section.line - mark <= 1 for mark in marks):
        return section.replace(status="mentioned", why="placeholder")
    if section.status != "stated" or not said or not all((section.name, each) in copied for each in said):
        return section
    return section.replace(status="mentioned", why="boilerplate")


def _copied(facts: Facts) -> set[tuple[str, int]]:
    """Return the sentences that stand in the same section of the cards of several models."""
    of: dict[tuple[str, int], set[bytes]] = {}
    for who, card in _grouped([(path, card) for path, card in facts.of(Card) if card.kind != "dataset"]):
        for section in card.sections:
            for each in section.sentences if section.name in _COPIED else ():
                of.setdefault((section.name, each), set()).add(who)
    return {each for each, models in of.items() if len(models) >= _MANY}


def _grouped(cards: Iterable[tuple[bytes, Card]]) -> Iterator[tuple[bytes, Card]]:
    """Yield cards with what is the same for versions, sizes and translations of one model: folder, or a name that they share."""
    known: dict[str, bytes] = {}
    for path, card in cards:
        who = _model(path.rpartition(b"/")[0])
        names = [name for name in card.names if name]
        who = next((known[name] for name in names if name in known), who)
        for name in names:
            known.setdefault(name, who)
        yield who, card


def _model(folder: bytes) -> bytes:
    """Return a folder without what tells versions of one model apart."""
    parts = [part for part in folder.lower().split(b"/") if part not in {b"docs", b"configs"}]
    for at, part in enumerate(parts):
        while (less := _VARIANT.sub(b"", parts[at])) and less != parts[at]:
            parts[at] = less
        if _VARIANT.fullmatch(part):
            parts[at] = b""
    return b"/".join(part for part in parts if part)
