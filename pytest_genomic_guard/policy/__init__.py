"""What the repository promised: the policy file as typed values, each with its place."""

from __future__ import annotations

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Literal

    from pytest_genomic_guard.model import Outcome

    Decide = Literal["fail-if-proven", "pass-if-proven", "point"]
    Inconclusive = Literal["fail", "warn", "note"]

FILE = b".genomic-guard.yaml"
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

# Keys that are read and held against their form, and that no rule of this version judges by.
UNJUDGED = (*("packs", "small-cell", "data-use", "vendors", "attestations", "licences", "cards", "mia", "release", "projects"),)


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


class Bound(Record):
    """A bound on a metric."""

    metric: str
    operator: Literal["<=", ">="]
    limit: float
    text: str


class Gate(Record):
    """A gate on a figure that stands in a committed evidence file."""

    kind: Literal["fairness"]
    name: str
    file: bytes
    pointer: str  # RFC 6901
    bounds: tuple[Bound, ...]
    decide: Decide
    confidence: float
    min_denominator: int


class Baseline(Record):
    """Findings that were there when it was written: the line on which each entry stands, by path as shown, code and key."""

    path: bytes
    entries: Mapping[tuple[str, str, str], tuple[int, int]]  # to the count and the line


class Policy(Record):
    """The policy in force. The default is what holds where a repository has no policy file."""

    path: bytes | None = None
    sha256: str | None = None
    profile: str = "research"
    select: tuple[str, ...] = ()
    ignore: tuple[Reasoned, ...] = ()
    exclude: tuple[Reasoned, ...] = ()
    public: tuple[str, ...] = ()  # resources whose sample names are in print
    checks: Mapping[str, Mapping[str, int | bool | str]] = {}  # a frozen record's default, never written to
    waivers: tuple[Waiver, ...] = ()
    gates: tuple[Gate, ...] = ()
    inconclusive: Mapping[str, str] = INCONCLUSIVE
    plugins: tuple[str, ...] = ()
    declared: Mapping[str, Any] = {}  # the values of `UNJUDGED` that are there, typed
    baseline: Baseline | None = None
    used: tuple[tuple[bytes, str], ...] = ()  # the files beside the policy that count, with their digests
