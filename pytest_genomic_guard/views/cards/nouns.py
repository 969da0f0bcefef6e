"""The nouns of cards: a card with its sections, and what the policy asks of cards."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.model import Fact, Location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Status = Literal["stated", "mentioned", "absent"]
    # Why a section is only mentioned: see `facts` of the project, "Text state"
    Why = Literal[
        "", "heading", "negation", "placeholder", "checklist", "instruction", "deferral", "boilerplate", "word", "badge", "classes"
    ]
    Kind = Literal["model", "dataset", "unclear"]
    Tier = Literal["", "basic", "research", "release"]
    # by what a file is a card: its form or the keys of its front matter, its name, or its headings alone (a README, which counts
    # where a model resolves to it)
    By = Literal["form", "name", "headings"]

# In the order in which people read them; of DESIGN 5, `card check --format json`
SECTIONS = (
    *("intended-use", "out-of-scope", "training-data", "evaluation", "limitations", "licence", "subgroups", "demographics"),
    *("privacy", "privacy-evaluation", "oversight"),
)
# The hint of a card by the task that it declares, and not by words of its text
TASK = "a task of writing"
TIERS: tuple[Tier, ...] = ("basic", "research", "release")
# What each tier adds to those before it
REQUIRED: dict[Tier, tuple[str, ...]] = {
    "basic": ("intended-use", "training-data", "limitations", "licence"),
    "research": ("out-of-scope", "evaluation", "subgroups", "demographics"),
    "release": ("privacy", "privacy-evaluation", "oversight"),
}


class Section(Record):
    """What a card has of one section."""

    name: str  # of `SECTIONS`
    status: Status = "absent"
    why: Why = ""  # of one that is only mentioned
    line: int = 0  # 1-based, where it stands; 0: nowhere
    sentences: tuple[int, ...] = ()  # hashes of its normalised sentences, by which a text that cards share is told; in memory only


class Fault(Record):
    """What is wrong with the form of a card, in words of ours."""

    what: str
    line: int
    code: Literal["CARD202", "CARD203", "CARD204", "CARD205", "CARD302"]


class Metric(Record):
    """A figure that the front matter, or a table of fields, gives."""

    metric: str  # normalised: lower case, `-` between words
    value: float
    data: str = ""  # name of the data set, normalised; empty: not told
    line: int = 0
    percent: bool = False  # written as a percentage
    split: str = ""  # of the data: train, validation, test ...; empty: not told
    digits: int = 0  # behind the point, as written; fewer than none: rounded to tens and more


class Card(Fact):
    """A card, read. It holds no words of the card but ids of models and data sets and accessions."""

    at: Location
    kind: Kind = "model"
    form: str = "markdown"  # of a closed list: markdown, chai, monai, kipoi, cyclonedx, mct, croissant, datasheet, eval-results ...
    by: By = "form"
    tier: Tier = ""  # `risk_tier` of the card
    generative: bool | None = None  # `generative` of the card; None: not told
    hint: str = ""  # of a closed list, such as "diffusion" or `TASK`: what sounds like a generative model
    clinical: int = 0  # line on which it claims use for diagnosis or treatment decisions; 0: it does not
    text: bool = False  # the model writes text, so that its limitations have to speak of invented statements (hallucination)
    invented: bool = False  # they do
    draft: bool = False  # a marker of `card new` is left
    sections: tuple[Section, ...] = ()
    names: tuple[str, ...] = ()  # by which it says to be known
    title: int = 0  # its heading as `titles.titled` has it, by which a name is known again; 0: none
    base_models: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()  # ids of the front matter
    sources: tuple[str, ...] = ()  # accessions and named controlled sources on which it says the model was trained, canonical ids
    licence: str = ""  # SPDX or id of the Hub, where it names a single one
    metrics: tuple[Metric, ...] = ()
    faults: tuple[Fault, ...] = ()
    nobody: bool = False  # it says plainly that its data hold no people, and speaks of none who are in them

    def section(self, name: str) -> Section:
        """Return a section by its name."""
        return next((each for each in self.sections if each.name == name), Section(name=name))


class UnreadCard(Fact):
    """A file that is a card by its name or beginning, and could not be read: whoever looks for one has it, unjudged."""

    at: Location


class Beside(Fact):
    """A README in a folder `docs` that is a card only together with the metadata of a bundle, in `configs` beside that folder."""

    card: Card


class CardTerms(Fact):
    """What the policy asks of cards below one folder: the engine makes one of the policy, and one of each of its projects."""

    root: bytes = b""  # the folder, relative to the root of the scan
    tier: Tier = "basic"
    registry: tuple[tuple[str, bytes, int], ...] = ()  # pattern of models, path of their card, line in the policy
    fixtures: tuple[str, ...] = ()  # patterns of paths at which model files are test data


class CardRegistry(CardTerms):
    """The same of a folder for which the policy names cards of models: only then is there anything to hold against the tree."""

    file: bytes = b""  # the policy, in which the entries stand


class Before(Fact):
    """A card of the base that the change takes away, or of which it takes `generative: true` or a higher tier."""

    card: Card


class Added(Fact):
    """The paths that the base does not have: what is new there was of no card before. It triggers nothing."""

    paths: frozenset[bytes] = frozenset()
