"""What a run found and how it was judged: plain texts and numbers, nothing of what was matched. The exit code follows from it."""

from __future__ import annotations

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from pytest_genomic_guard.model import Confidence, Finding, Outcome, Rulebook, Severity, Span, Verdict

SCHEMA = "genomic-guard/report/1"
CAP = 50  # findings told for one code in one file; the last one says how many there are
CAPS = {"LIC": 1000}  # of dependencies all stand in one file, and each is a matter of its own
CLEAN, FAILED, USAGE, INCOMPLETE, INTERRUPTED = 0, 1, 2, 3, 130


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    import hashlib  # noqa: PLC0415 - loads OpenSSL, which costs a hook without findings more than scanning twenty files

    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


class Judged(Record):
    """A finding after the policy: `path` is as it may be shown, `entry` its ordinal among the snapshot's sorted paths."""

    code: str
    name: str
    family: str
    severity: Severity
    confidence: Confidence
    outcome: Outcome
    path: str
    entry: int | None
    trail: tuple[str, ...]
    line: int | None
    column: int | None
    commit: Span | None = None  # the first and the last commit that bring the content
    subject: str | None
    message: str
    fingerprint: str
    clauses: tuple[str, ...]
    help: str


class Unread(Record):
    """A gap as it may be shown."""

    path: str
    trail: tuple[str, ...]
    reason: str
    where: str | None
    code: str


class GroupFigure(Record):
    """A group's own figure in a gate: its rate, not its distance from others. A masked `n` is None, and so is what stands on it."""

    group: str
    n: int | None
    value: float | None
    interval: tuple[float, float] | None
    verdict: Verdict


class GateVerdict(Record):
    """A gate's bound and what the evidence says of it."""

    gate: str
    kind: str
    metric: str
    bound: str
    value: float | None
    interval: tuple[float, float] | None
    confidence: float
    n: int | None  # None: masked
    verdict: Verdict
    outcome: Literal["pass", "fail", "warn", "note"]
    message: str
    groups: tuple[GroupFigure, ...] = ()
    method: str = ""  # how the interval was made, and over what it is simultaneous
    needed: int | None = None  # the n of the smallest group that would decide
    band: Literal["", "pass", "recalibrate", "stop"] = ""  # where a bound has three
    source: Literal["", "rows", "counts", "evidence", "file", "recorded"] = ""  # what was judged
    line: int | None = None  # of the bound in the policy


class Used(Record):
    """An input that is no scanned content, with its digest."""

    path: str
    sha256: str | None
    what: str = ""  # of what it tells, and of how much


class WaiverRef(Record):
    """A waiver as the report names it."""

    code: str
    path: str
    line: int


class Report(Record):
    """One run."""

    version: str
    rules: str  # what decides which findings there can be: version, codes, options
    policy_path: str | None
    policy_sha256: str | None
    profile: str
    source: str
    files: int
    bytes: int
    coverage: Mapping[str, int]
    excluded: int
    nothing_else: bool = False  # what was to be judged is excluded, and so is all the rest that the source holds
    modified: int = 0  # judged as the work tree has them; what the index has of them was not judged
    findings: tuple[Judged, ...] = ()
    gaps: tuple[Unread, ...] = ()
    applied: int = 0
    unused: tuple[WaiverRef, ...] = ()
    expired: tuple[WaiverRef, ...] = ()
    evidence: tuple[Used, ...] = ()
    ignored: tuple[tuple[str, str], ...] = ()  # codes that the policy ignores, each with its reason
    baseline: Mapping[tuple[str, str, str], int] = {}  # what a baseline of this run would hold; a default, never written to
    gates: tuple[GateVerdict, ...] = ()

    @property
    def ruleset(self) -> str:
        """Return the digest of the rules, made when a format asks for it."""
        return sha256_of(self.rules)

    @property
    def exit_code(self) -> int:
        """0 clean, 1 a finding or gate failed, 3 something could not be read or decided and nothing failed."""
        if any(finding.outcome == "fail" for finding in self.findings):
            return FAILED
        if any(gate.outcome == "fail" and gate.verdict != "error" for gate in self.gates):
            return FAILED
        if self.gaps or self.nothing_read or any(gate.verdict == "error" for gate in self.gates):
            return INCOMPLETE
        return CLEAN

    @property
    def nothing_read(self) -> bool:
        """Tell whether the policy left nothing. A commit, or a batch of names, may be excluded whole, but not all there is."""
        unread = self.files > 0 and not sum(self.coverage.values())
        return unread and (self.source not in {"index", "range"} or self.nothing_else)

    @property
    def verdict(self) -> Literal["pass", "fail", "incomplete"]:
        """Return the exit code as a word."""
        code = self.exit_code
        return "pass" if code == CLEAN else "fail" if code == FAILED else "incomplete"


def capped(found: Sequence[tuple[Finding, Outcome]]) -> list[tuple[int, str]]:
    """Return the positions of the findings that are told, in order, each with what its message says of the others.

    The cap never hides that a file fails: of one code in one file the failing ones are told first.
    """
    groups: dict[tuple[bytes, str], list[int]] = {}
    for number, (finding, _outcome) in enumerate(found):
        groups.setdefault((finding.location.path, finding.code), []).append(number)
    told = []
    for group in groups.values():
        cap = CAPS.get(found[group[0]][0].code[:3], CAP)
        kept = sorted(sorted(group, key=lambda number: found[number][1] != "fail")[:cap])
        told += [(number, "") for number in kept]
        if len(group) > cap:
            told[-1] = (kept[-1], f" (the last of {cap} told; {len(group)} in this file)")
    return sorted(told)


def remedy(rulebook: type[Rulebook], trail: tuple[str, ...]) -> str:
    """Return what to do about a finding that is not pushed yet, in one line; of a saved output, how to clear it."""
    instead = rulebook.mend.not_pushed if rulebook.mend else _instead(rulebook.__doc__)
    if trail[:1] == ("notebook",) and any(step.startswith("output ") for step in trail):
        return f"clear that output (genomic-guard clean-notebook --only-findings FILE); {instead}"
    return instead


def _instead(manual: str | None) -> str:
    """Return the first paragraph under "What to do instead" as one line."""
    _before, _heading, after = (manual or "").partition("What to do instead\n")
    return " ".join(after.partition("\n")[2].strip().partition("\n\n")[0].split())
