"""What the repository promised: the policy file as typed values, each with its place."""

from __future__ import annotations

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, Literal

    from pytest_genomic_guard.model import Outcome
    from pytest_genomic_guard.policy.madeup import MadeUp
    from pytest_genomic_guard.policy.sampled import Declared

    Decide = Literal["fail-if-proven", "pass-if-proven", "point"]
    Inconclusive = Literal["fail", "warn", "note"]
    Place = tuple[bytes, tuple[str, ...], int]  # path, trail and line

FILE = b".genomic-guard.yaml"
PYPROJECT = b"pyproject.toml"  # its table [tool.genomic-guard] may say that the policy is another file
FOLDER = b".genomic-guard"  # beside it, with registers, the baseline and manifests of waivers
BASELINE = FOLDER + b"/baseline"
MANIFESTS = FOLDER + b"/waivers/"

# What a profile makes of content that was read in part, and of gates that could not decide. Severities are the same in all:
# an error fails, a warning warns, a note notes; a gap always fails.
PROFILES: Mapping[str, Mapping[str, Outcome]] = {
    "minimal": {"partial": "note"},
    "research": {"partial": "warn"},
    "strict": {"partial": "fail", "inconclusive": "fail"},
}
INCONCLUSIVE: Mapping[str, Inconclusive] = {"fairness": "warn", "mia": "fail", "release": "fail"}

# Only a waiver, bound to the content's hash, removes these; neither `ignore` nor an inline comment does.
WAIVER_ONLY = ("GEN", "PHI1", "PHI2", "GOV")

# Nothing removes these: a gate's outcome is changed by its bound or its figure, and what a run says of itself by mending that.
NEVER_WAIVED = ("RUN", "FAIR", "MIA")


# What a baseline can hold: debts of code, licences and cards. Data of people is never a debt.
BASELINED = ("SEC", "COD", "LIC", "CARD")
FOREIGN = "SEC"  # what the lists and comments of other tools are about

DECLARED = (
    "small-cell",
    "licences",
    "cards",
    "data-use",
    "vendors",
    "attestations",
)  # keys whose values are kept as they were typed

# What a project of a monorepo can have of its own.
SETTINGS = ("licences", "cards", "fairness", "mia", "release")


class PolicyError(Exception):
    """The text of the policy, or of a file beside it, is wrong, at a 1-based line and column. The message quotes nothing of it."""

    def __init__(self, message: str, line: int, column: int, file: bytes | None = None) -> None:
        """Keep the message and the place; `file` is one beside the policy."""
        super().__init__(message)
        self.message, self.line, self.column, self.file = message, line, column, file

    def within(self, file: bytes) -> PolicyError:
        """Return the same mistake as one of a file beside the policy."""
        return PolicyError(self.message, self.line, self.column, self.file or file)


class Waiver(Record):
    """An exception for one finding code in one file as it was reviewed."""

    code: str
    path: bytes
    sha256: str
    reason: str
    owner: str
    expires: str  # ISO 8601; the last day on which it holds
    line: int
    file: bytes | None = None  # the register in which it stands, where that is not the policy
    manifest: bytes | None = None  # the list of files that it is one line of
    entry: int = 0  # that line


class Reasoned(Record):
    """A pattern, or a code, and why."""

    what: str
    reason: str
    line: int = 0


class Bound(Record):
    """A bound on a metric."""

    metric: str
    operator: Literal["<=", ">="]
    limit: float
    text: str
    line: int = 0
    recalibrate: float | None = None  # where the middle of three bands ends


class Gate(Record):
    """A gate on figures of groups, on what an attack tells of members, or on what a release gives away."""

    kind: Literal["fairness", "mia", "release"]
    name: str
    root: bytes = b""  # the project that it is of; empty for the whole
    file: bytes = b""  # with figures that others computed; of a release: the table; empty where there is none
    pointer: str = ""  # RFC 6901, into that file
    inputs: Mapping[str, bytes] = {}  # the other files by their keys; a frozen record's default, never written to
    options: Mapping[str, Any] = {}  # all other keys that are there, typed
    bounds: tuple[Bound, ...]
    decide: Decide = "fail-if-proven"
    confidence: float = 0.95
    min_denominator: int = 20
    line: int = 0
    people: int = 0  # of a release: in the cohort, and in the reference of an attacker (0: any number)
    reference: int = 0
    sensitive: bool = False


class Baseline(Record):
    """Findings that were there when it was written: the line on which each entry stands, by path as shown, code and key."""

    path: bytes
    entries: Mapping[tuple[str, str, str], tuple[int, int]]  # to the count and the line
    places: frozenset[Place] | None = None  # of another tool's list: path, trail and line of what it holds


class Project(Record):
    """A part of a monorepo with settings of its own; an empty root is the whole."""

    root: bytes
    settings: Mapping[str, Any]  # by the keys of `SETTINGS`, typed
    line: int = 0

    def holds(self, path: bytes) -> bool:
        """Tell whether a path lies in it."""
        return not self.root or path == self.root or path.startswith(self.root + b"/")


class Policy(Record):
    """The policy in force. The default is what holds where a repository has no policy file."""

    path: bytes | None = None
    sha256: str | None = None
    profile: str = "research"
    select: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()  # sorted
    ignore: tuple[Reasoned, ...] = ()
    exclude: tuple[Reasoned, ...] = ()
    public: tuple[str, ...] | None = None  # resources whose sample names are a note; None: all
    simulated: bool = True  # whether made-up names are
    samples: tuple[Declared, ...] = ()  # data that are declared as nobody's
    checks: Mapping[str, Mapping[str, int | bool | str]] = {}  # a frozen record's default, never written to
    waivers: tuple[Waiver, ...] = ()
    projects: tuple[Project, ...] = ()
    gates: tuple[Gate, ...] = ()  # of the whole, then of each project
    inconclusive: Mapping[str, str] = INCONCLUSIVE
    plugins: tuple[str, ...] = ()
    synthetic: tuple[MadeUp, ...] = ()  # files that are declared as made up
    declared: Mapping[str, Any] = {}  # values that are there, typed: of `DECLARED`
    changes: Literal["refuse", "accept"] = "refuse"  # whether a range is judged by what its own commits make of the policy
    lines: Mapping[str, int] = {}  # where keys stand, and by "checks GEN101 max_samples" those below them
    baseline: Baseline | None = None
    used: tuple[tuple[bytes, str], ...] = ()  # the files beside the policy that count, with their digests

    @property
    def top(self) -> Project:
        """Return what is said of the whole as a project; its gates are in `gates` alone."""
        return Project(root=b"", settings={key: self.declared[key] for key in SETTINGS if key in self.declared})

    def project(self, path: bytes) -> Project:
        """Return the innermost project that a path lies in, or the whole."""
        return max(self._around(path), key=lambda project: len(project.root))

    def settings(self, key: str, path: bytes) -> Mapping[str, Any]:
        """Return `licences` or `cards` as they hold for a path.

        Of the projects around it an inner one overrides an outer one, and that the whole, value by value; lists are not joined.
        """
        found: dict[str, Any] = {}
        for project in sorted(self._around(path), key=lambda project: len(project.root)):
            found |= project.settings.get(key, {})
        return found

    def _around(self, path: bytes) -> Iterator[Project]:
        return (project for project in (self.top, *self.projects) if project.holds(path))

    def clauses(self, code: str, own: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return what the packs that it names add to the clauses of a code, `own`, and the recommendations that it serves."""
        from pytest_genomic_guard.policy.packs import guidance, rules  # noqa: PLC0415 - for findings only

        added = tuple(clause for name in self.packs for clause in rules.clauses(name, code))
        return (*added, *guidance.served(code, own))

    def pack_data(self, kind: str) -> tuple[Any, ...]:
        """Return the facts of a kind (`identifiers`, `limits` or `lists`) of all packs in force.

        What is looked for never depends on naming a pack: of a rule maker that the policy names none of, the newest is in force.
        """
        from pytest_genomic_guard.policy.packs.rules import data, in_force  # noqa: PLC0415 - for rules that ask for it

        return tuple(each for name in in_force(self.packs) for each in getattr(data(name), kind))
