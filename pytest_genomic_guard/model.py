"""The nouns: what is scanned, what is seen in it, what is said about it. No I/O, no regex, no pytest."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._snapshot import REASONS, Artifact, Fact, Gap, Listed, Located, Snapshot, Span, Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, ClassVar, Generic, Literal

    from typing_extensions import TypeVar

    from pytest_genomic_guard import _snapshot

    Kind = _snapshot.Kind
    Origin = _snapshot.Origin
    Stream = _snapshot.Stream
    Severity = Literal["error", "warning", "note"]
    Confidence = Literal["high", "medium", "low"]
    Outcome = Literal["fail", "warn", "note", "waived", "baselined"]
    Verdict = Literal["pass", "fail", "inconclusive", "undefined", "refused", "error"]
    Face = Literal["plain", "lower", "shape", "run"]
    Known = Literal["", "public", "synthetic", "non-human", "declared", "unruled"]
    Coverage = Literal["full", "verdict-by-header", "partial", "opaque", "unread"]
    V_contra = TypeVar("V_contra", bound="View", contravariant=True)
    F = TypeVar("F", bound="Fact")
    O_contra = TypeVar("O_contra", bound="Options", contravariant=True, default="Options")

__all__ = [
    "BY_NAME",
    "COVERAGES",
    "FAMILIES",
    "REASONS",
    "Artifact",
    "Check",
    "Covered",
    "Fact",
    "Facts",
    "Finding",
    "Gap",
    "Identifiers",
    "Listed",
    "Located",
    "Location",
    "Mend",
    "NotStaged",
    "Options",
    "Relation",
    "Rule",
    "Rulebook",
    "Snapshot",
    "Span",
    "Unreadable",
    "View",
    "Whom",
    "Withheld",
]

# From best to worst: the coverage of a whole is that of its worst part.
COVERAGES: Sequence[Coverage] = ("full", "verdict-by-header", "opaque", "partial", "unread")

# The families of DESIGN 3: prefix of a code, and the word that people write.
FAMILIES: Mapping[str, str] = {
    "GEN": "genomic",
    "PHI": "phi",
    "SEC": "secrets",
    "COD": "code",
    "LIC": "licences",
    "CARD": "cards",
    "GOV": "data-use",
    "FAIR": "gates",
    "MIA": "gates",
    "RUN": "run",
}
BY_NAME = "file name"  # the key of a finding that is about what a file is called, and not about a value in its name


class Location(Record):
    """Where something is: 1-based line and column of the decoded text; the trail names types and ordinals only."""

    path: bytes
    trail: tuple[str, ...] = ()
    line: int | None = None
    column: int | None = None
    end: int | None = None  # last line, when it is not `line`


class Covered(Record):
    """How much of one artifact, or of one part of it, was read."""

    level: Coverage
    format: str = ""


class Withheld(Fact):
    """What a pre-commit configuration keeps from the hook: a staged entry; or, at itself, entries that cannot be told."""

    by: Literal["pattern", "types", "narrowed", "unclear"] = "pattern"


class NotStaged(Fact):
    """The policy file differs between work tree and index; the staged one is used."""


class View(Record):
    """An artifact, or a part of it, made readable."""

    artifact: Artifact
    trail: tuple[str, ...] = ()

    def locate(self, start: int = 0, end: int | None = None) -> Location:  # noqa: ARG002 - for subclasses
        """Return the place of a span of the payload; here, of the whole view."""
        return Location(path=self.artifact.path, trail=self.trail)

    def facts(self) -> Iterator[Fact]:
        """Yield what the format itself tells, for relations."""
        return iter(())

    def identifiers(self) -> Iterator[bytes]:
        """Yield values seen here, such as sample ids, that a path must not show. They stay in memory, and only for the run."""
        return iter(())


class Rule(Record):
    """One textual rule: where an anchor stands, the pattern is matched from its first byte.

    Anchors are looked for in a face of the text: ``plain`` as it is, ``lower`` in lower case, ``shape`` in lower case with every
    digit as ``0``, so that ``000-00-0000`` is an anchor. The pattern always sees the text as it is. An anchor of the face ``run``
    is a set of bytes: where nothing else stands for 35 bytes, the pattern is searched, as for rows of numbers.
    """

    name: str
    anchors: tuple[bytes, ...]
    pattern: bytes  # a regular expression over bytes, matched where an anchor begins, with re.MULTILINE
    face: Face = "plain"


class Whom(Record):
    """Of whom a finding is, in numbers, for what stands beside the file."""

    people: int = 0  # exactly as many; 0: the content does not tell
    variants: int = 0  # 0: as well
    named: bool = False  # each of them has a name there
    listed: bool = False  # they are listed, and no genotypes are with them
    beside: bool = False  # such a list as programs write beside genotypes, with a family or a person as they name that column


class Finding(Record):
    """What a check says: place, sentence, shape. It holds nothing of what was matched."""

    code: str
    location: Location
    message: str
    key: str = ""  # enclosing key or variable, when that is no value
    subject: str | None = None
    involves: tuple[bytes, ...] = ()  # further artifacts that a relation compared
    known: Known = ""  # why the data are nobody's secret, or no rule binds: then no more than a note
    human: bool = False  # by its contigs, and not known to be nobody's secret: no declaration in a policy makes it a note
    whom: Whom | None = None  # where files beside it can tell more of them


class Identifiers(Record):
    """Ids of people that a check saw, such as sample names. They stay in memory, for the run, so that a path cannot show them."""

    values: tuple[bytes, ...]


class Options(Record):
    """Options of a check; subclasses declare fields whose defaults give the types (int, float, bool or str)."""


class Mend(Record):
    """What to do, in one line for each state of the commit."""

    not_pushed: str
    pushed: str
    public: str


class Rulebook:
    """What every check and relation declares about itself; the class docstring is its manual."""

    code: ClassVar[str]
    name: ClassVar[str]  # reads as "allow <name>"
    severity: ClassVar[Severity] = "error"
    confidence: ClassVar[Confidence] = "high"
    stage: ClassVar[Literal["preview", "stable"]] = "stable"
    since: ClassVar[str]
    clauses: ClassVar[tuple[str, ...]] = ()
    mend: ClassVar[Mend | None] = None
    inline: ClassVar[bool] = False  # whether a comment beside the finding can allow it; never for data of people
    gives_way: ClassVar[tuple[str, ...]] = ()  # prefixes of codes that say more: where one has a finding, this has none
    Options: ClassVar[type[Options]] = Options

    def finding(
        self,
        at: Location,
        template: str,
        /,
        *,
        key: str = "",
        subject: str | None = None,
        involves: tuple[bytes, ...] = (),
        **shape: float,
    ) -> Finding:
        """Build a finding whose sentence can hold numbers only, so that no check can quote what it saw.

        `subject` is from a closed list, or is otherwise no value. Raises TypeError for a shape value that is no number.
        """
        for value in shape.values():
            if type(value) not in {int, bool, float} or value - value != 0:  # a subclass could be shown as anything; no infinity
                raise TypeError("the shape of a finding is made of numbers")
        message = template.format(**shape)
        return Finding(code=self.code, location=at, message=message, key=key, subject=subject, involves=involves)


if TYPE_CHECKING:

    class Check(Rulebook, Generic[V_contra, O_contra]):
        """What is wrong in one view. `Check[V]`'s parameter decides what it sees; `Check[V | W]` sees views of both kinds."""

        view: ClassVar[type[View]]
        also: ClassVar[tuple[type[View], ...]]
        rules: ClassVar[tuple[Rule, ...]]

        def look(self, view: V_contra, options: O_contra) -> Iterable[Finding | Fact | Identifiers]:
            """Yield findings and facts, and ids to mask: a pure function of the view and the options."""

    class Relation(Rulebook, Generic[O_contra]):
        """What is wrong between facts. Runs once; never opens anything."""

        needs: ClassVar[tuple[type[Fact], ...]]
        reach: ClassVar[Literal["folder", "above", "snapshot"]]  # where the facts lie that it compares with those of a changed file
        alone: ClassVar[bool]  # whether it judges a file with nothing beside it, too, as those of a history are
        standing: ClassVar[bool]  # whether it compares what the last of several commits holds, and no content that gave way
        rules: ClassVar[tuple[Rule, ...]]  # text rules: of a text in which one matches it gathers facts itself

        @staticmethod
        def looks_at(path: bytes) -> bool:
            """Tell of a file in a folder above a changed one, where that is its reach, whether its facts can matter."""

        def gathered(self, text: Any) -> Iterable[Fact]:  # a Text, which is a noun of the views
            """Yield facts of a text in which one of its rules matched, so that it depends on no check that may be ignored."""

        def look(self, facts: Facts, options: O_contra) -> Iterable[Finding]:
            """Yield findings over the facts of the whole snapshot."""

else:

    class _Parameterised(Rulebook):
        """Keep the first type parameter as `view`: ``typing.Generic`` costs an import that a hook does not need."""

        view = None
        also = ()
        rules = ()
        needs = ()
        reach = "folder"
        alone = False
        standing = False

        def __class_getitem__(cls, parameters: object) -> type:
            first = parameters[0] if isinstance(parameters, tuple) else parameters
            views = getattr(first, "__args__", (first,))
            return type(cls.__name__, (cls,), {"view": views[0], "also": views[1:], "__module__": cls.__module__})

    class Check(_Parameterised):
        """What is wrong in one view."""

    class Relation(_Parameterised):
        """What is wrong between facts."""

        @staticmethod
        def looks_at(_path: bytes) -> bool:
            """Take all: who reaches above says which."""
            return True

        def gathered(self, _text: object) -> tuple[()]:
            """Gather nothing: most relations compare what views and checks tell."""
            return ()

        def __class_getitem__(cls, parameters: object) -> type:
            return cls  # its parameter is the type of its options, and no view


class Facts:
    """The facts of a snapshot by type."""

    def __init__(self, located: Iterable[Located]) -> None:
        """Keep them in the order in which they were found, which is that of the paths."""
        self._located = tuple(located)

    def without(self, past: set[int]) -> Facts:
        """Return all but some, which are named by their identity: another content may tell the same."""
        return Facts(item for item in self._located if id(item.fact) not in past)

    def of(self, kind: type[F]) -> list[tuple[bytes, F]]:
        """Return the facts of one type, each with its path, in path order."""
        return [(item.path, item.fact) for item in self._located if isinstance(item.fact, kind)]
