"""The nouns of data use: what names data under terms, what publishes a model, and what the register of the policy promises."""

from __future__ import annotations

from pytest_genomic_guard.model import Fact, Location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    # where it stands: code that can be run, a configuration, a card, or running text (a README, a paper), which cites and uses not
    Setting = Literal["code", "config", "card", "prose"]
    Level = Literal["controlled", "open", "unclear"]


class Accession(Fact):
    """An accession of an archive, or the name of a controlled source where it is used, as its canonical id."""

    at: Location
    # canonical: `phs000178.v11.p8`, `EGAD00001000001`, `uk-biobank`, `uk-biobank:12345`, `all-of-us`, `anvil:NAME`, `syn123`
    id: str
    system: str  # of a closed list: dbGaP, EGA, UK Biobank, TCGA, All of Us, AnVIL, Synapse, JGA ...
    level: Level = "controlled"
    setting: Setting = "code"
    named: bool = False  # a name, not an accession


class Publishes(Fact):
    """Code, or a workflow, that publishes a model: `push_to_hub`, a release, a model registry."""

    at: Location
    target: str  # of a closed list: Hugging Face Hub, GitHub release, MLflow registry ...
    models: tuple[str, ...] = ()  # what it names: ids of repositories or literal paths, as written


class Registered(Fact):
    """A file of the policy in which the register `data-use` can stand, among those that are judged."""

    at: Location
    sha256: str = ""  # of its text, by which it is known whether this very text is in force


class DataUse(Fact):
    """An entry of the policy's register `data-use`."""

    id: str
    line: int
    controlled: bool | None = None
    duo: tuple[str, ...] = ()  # abbreviations of the Data Use Ontology
    consent: tuple[str, ...] = ()  # consent groups as dbGaP writes them, such as GRU-NPU-MDS
    ai_training: str = ""  # allowed, forbidden; empty: not told
    share_models: str = ""  # allowed, paused, forbidden
    generative: str = ""  # whether generative models may be trained: allowed, forbidden
    closes: str = ""  # ISO 8601; the last day
    dua: str = ""
    dar: str = ""
    owner: str = ""
    approval: str = ""  # the archive's written approval to keep or share what was made from it
    small_cell: int | None = None
    irb: str = ""  # number of the approval of an ethics committee
    use: tuple[tuple[str, str], ...] = ()  # what the project does with it: keys and words of `policy.keys`
    limits: tuple[tuple[str, str], ...] = ()  # what the codes of its consent name: a disease, a region, a day ...
    paths: tuple[str, ...] = ()  # patterns of files that hold, or were made from, the data
    models: tuple[str, ...] = ()  # patterns of models that were trained on them
    aliases: tuple[str, ...] = ()  # other names under which the data set is found here
    files: tuple[bytes, ...] = ()  # files of the snapshot that `paths` match
    file: bytes = b""  # in which the entry stands


class Vendor(Fact):
    """An entry of the register `vendors`."""

    name: str
    line: int
    expires: str = ""
    file: bytes = b""


class Attestation(Fact):
    """An entry of the register `attestations`."""

    id: str
    line: int
    date: str = ""
    expires: str = ""
    link: bool = False
    file: bytes = b""


class Today(Fact):
    """The day of the run, and the packs that the policy names: relations know neither clock nor policy."""

    day: str  # ISO 8601
    policy: bytes = b""  # the file of the policy, which names what it declares
    whole: bool = False  # every file of the repository is judged, so that what is found nowhere is not there
    small_cell: int = -1  # up to which count of people a cell is small by the policy; -1: no rule binds
    packs: tuple[str, ...] = ()  # that the policy names; `policy.packs.rules.in_force` adds the newest of the other rule makers
    texts: tuple[str, ...] = ()  # digests of the policy in force and of the files beside it
