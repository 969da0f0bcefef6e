"""What the repository promised: the policy file as typed values, each with its place."""

from __future__ import annotations

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    from pytest_genomic_guard.model import Outcome

    Decide = Literal["fail-if-proven", "pass-if-proven", "point"]
    Inconclusive = Literal["fail", "warn", "note"]

FILE = b".genomic-guard.yaml"

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


class PolicyError(Exception):
    """The policy's text is wrong, at a 1-based line and column. The message quotes nothing of it."""

    def __init__(self, message: str, line: int, column: int) -> None:
        """Keep the message and the place."""
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


class Waiver(Record):
    """An exception for one finding code in one file as it was reviewed."""

    code: str
    path: bytes
    sha256: str
    reason: str
    owner: str
    expires: str  # ISO 8601; the last day on which it holds
    line: int


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


class Policy(Record):
    """The policy in force. The default is what holds where a repository has no policy file."""

    path: bytes | None = None
    sha256: str | None = None
    profile: str = "research"
    select: tuple[str, ...] = ()
    ignore: tuple[Reasoned, ...] = ()
    exclude: tuple[Reasoned, ...] = ()
    checks: Mapping[str, Mapping[str, int | bool | str]] = {}  # a frozen record's default, never written to
    waivers: tuple[Waiver, ...] = ()
    gates: tuple[Gate, ...] = ()
    inconclusive: Mapping[str, str] = INCONCLUSIVE
    plugins: tuple[str, ...] = ()
