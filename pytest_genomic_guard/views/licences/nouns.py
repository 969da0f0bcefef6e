"""The nouns of licences: requirements, locks, metadata, conclusions. Names of packages are public; addresses are never kept."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.model import Fact, Location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    Ecosystem = Literal["python", "conda", "r", "node", "tool", "container"]
    Scope = Literal["runtime", "extra", "dev"]
    Class = Literal[
        "permissive",
        "weak-copyleft",
        "strong-copyleft",
        "network-copyleft",
        "non-commercial",
        "use-restricted",
        "proprietary",
        "unknown",
    ]
    Told = Literal["expression", "license", "classifiers", "file", "embedded", "lock", "clarified", "catalogue", "none"]

# From what asks least of those who pass a work on to what asks most; unknown can be any of them.
CLASSES = (
    "permissive",
    "weak-copyleft",
    "strong-copyleft",
    "network-copyleft",
    "use-restricted",
    "non-commercial",
    "proprietary",
    "unknown",
)


class Requirement(Record):
    """One requirement as somebody wrote it, or an edge of a lock."""

    name: str  # normalised: PEP 503 for Python; lower case for conda and npm; as written for R
    specifier: str = ""  # as written after the name, such as ``>=1.2,<2``; of an address nothing is kept
    extras: tuple[str, ...] = ()  # that are asked of it, normalised
    marker: str = ""  # PEP 508
    line: int = 0  # 1-based; 0: not known
    via: tuple[str, ...] = ()  # who asks for it, where a compiled list of pins says so (``# via``); "" is the project itself


class Group(Record):
    """Requirements that are installed together: those of the project, of an extra, of a dependency group."""

    name: str = ""  # of the extra or the group; empty for what is always installed
    scope: Scope = "runtime"
    requires: tuple[Requirement, ...] = ()


class Locked(Record):
    """A package in a lock."""

    name: str
    version: str = ""
    ecosystem: Ecosystem = "python"
    requires: tuple[Requirement, ...] = ()
    extras: tuple[tuple[str, tuple[Requirement, ...]], ...] = ()  # what an extra of it adds
    groups: tuple[str, ...] = ()  # in which the lock lists it, "" for the runtime; empty: it does not say
    marker: str = ""
    licence: str = ""  # as the lock has it
    line: int = 0
    own: bool = False  # the project itself, a member of its workspace or a folder of it: no third party


class Manifest(Fact):
    """A manifest or a lock, read."""

    form: str  # its kind, such as ``uv.lock``
    ecosystem: Ecosystem
    lock: bool = False  # names exact versions of all that is installed
    name: str = ""  # the project's own name, normalised
    licence: str = ""  # the project's own licence as declared
    groups: tuple[Group, ...] = ()  # what is required directly
    packages: tuple[Locked, ...] = ()  # what a lock holds
    includes: tuple[str, ...] = ()  # further lists that it names, relative to its folder
    limits: tuple[str, ...] = ()  # lists of constraints that it names: they require nothing
    unread: tuple[int, ...] = ()  # lines of requirements that could not be understood
    dynamic: bool = False  # requirements are computed by a program, which is not run
    damaged: bool = False  # it could not be parsed, and lies where that is no gap


class Metadata(Record):
    """What a distribution says of itself (core metadata, PEP 566, 639, 643)."""

    name: str  # normalised
    version: str
    expression: str = ""  # License-Expression
    licence: str = ""  # License, which may be a name or the whole text
    classifiers: tuple[str, ...] = ()  # those of licences alone, without ``License ::``
    files: tuple[str, ...] = ()  # License-File
    requires: tuple[Requirement, ...] = ()
    extras: tuple[str, ...] = ()  # Provides-Extra, normalised


class Conclusion(Record):
    """What is concluded of one package, or one text."""

    expression: str = ""  # SPDX; empty where nothing could be concluded
    kind: Class = "unknown"
    told: Told = "none"  # by what
    conflict: str = ""  # what another source of it says instead (SPDX), where the two cannot both be
    ambiguous: bool = False  # several classifiers that can be meant as a choice, and nothing that settles it
    bundled: tuple[str, ...] = ()  # copyleft of what is within, under another licence than the whole (SPDX)
    sources: int = 0  # source files within whose headers state such copyleft
    spellings: Mapping[str, str] = {}  # field of the metadata to what it was read as (SPDX or empty): never its text


class Package(Fact):
    """A package that the project, or a part of it, uses: what is concluded of it, and why it is there."""

    name: str
    version: str
    ecosystem: Ecosystem
    conclusion: Conclusion
    scope: Scope = "runtime"
    group: str = ""  # of the extra or the group that brings it
    direct: bool = False
    why: tuple[str, ...] = ()  # the shortest path from a direct requirement, extras shown: ``scanpy[leiden]``, ``igraph``
    through: tuple[str, ...] = ()  # extras that some way to it goes through; told where an exception of the policy is for one
    evidence: str = ""  # what told of it: ``environment``, ``licence lock``, ``uv.lock`` ...
    manifest: bytes = b""  # the file that leads to it, and where
    line: int = 0
    excepted: bool = False  # an exception of the policy holds for it
    allowed: bool = True  # the policy allows it where it stands
    against: tuple[str, ...] = ()  # of all that is concluded, the expressions that the policy does not allow here
    mild: str = ""  # what the policy makes of that instead of a failure: ``warn`` or ``note``
    unfit: bool = False  # the project's own licence cannot take it in
    beside: bool = False  # a program of its own, which runs beside the project


class Uncovered(Fact):
    """A package that is required, and of whose licence nothing here tells."""

    name: str
    version: str = ""
    ecosystem: Ecosystem = "python"
    scope: Scope = "runtime"
    why: tuple[str, ...] = ()
    line: int = 0
    mild: str = ""  # what the policy makes of it, where that is no failure: warn or note


class Hinted(Fact):
    """A package of which nothing told, and that a dated catalogue takes for strong or network copyleft: no evidence."""

    name: str
    version: str
    kind: Class
    scope: Scope = "runtime"
    group: str = ""
    why: tuple[str, ...] = ()
    line: int = 0


class Disagrees(Fact):
    """A package that a lock and the environment have in different versions, or that only the lock has."""

    name: str
    locked: str
    installed: str = ""  # empty: it is not
    line: int = 0


class Stale(Fact):
    """An entry of the licence lock that is of another version, or of another text of the licence, than what is used."""

    name: str
    version: str
    why: Literal["version", "text", "licence"] = "version"
    line: int = 0


class SetsDiffer(Fact):
    """How many distributions only we, or only pip-licenses, see in the environment."""

    ours: int
    theirs: int


class Broken(Fact):
    """How many folders of the environment look like distributions and say nothing of themselves."""

    count: int


class Elsewhere(Fact):
    """How many packages of a lock are for other platforms, or for extras that are not installed: nothing here tells of them.

    "record": they are here, and of the files in them nothing tells.
    """

    count: int
    why: Literal["platform", "extra", "dev", "tool", "record"] = "platform"


class Undeclared(Fact):
    """A package of the project's own environment that no manifest leads to."""

    name: str
    version: str
    conclusion: Conclusion


class Unclear(Fact):
    """How many requirements of a manifest could not be understood; 0: a program computes them, and nothing else names them."""

    lines: int = 0
    first: int = 0  # the first such line
    damaged: bool = False  # it could not be parsed at all
    missing: int = 0  # lists that it names and that are not in the repository


class Copied(Fact):
    """A block of a program of the repository that an installed package under strong or network copyleft has, too."""

    name: str
    version: str
    expression: str
    lines: int
    at: Location
