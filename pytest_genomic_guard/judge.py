"""What the policy makes of findings, gaps and evidence."""

from __future__ import annotations

import time

from pytest_genomic_guard import __version__
from pytest_genomic_guard.evidence.files import load
from pytest_genomic_guard.gates.bound import judge as judge_bound
from pytest_genomic_guard.model import COVERAGES, Facts, Finding, Located, Unreadable
from pytest_genomic_guard.policy import FILE, PROFILES
from pytest_genomic_guard.policy.globs import Glob
from pytest_genomic_guard.policy.mask import mask
from pytest_genomic_guard.registry import family
from pytest_genomic_guard.relations.run.facts import WaiverExpired, WaiverUnused, WaiverVoid
from pytest_genomic_guard.report import GateVerdict, Judged, Report, Unread, Used, WaiverRef, sha256_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pytest_genomic_guard.engine import Scanned
    from pytest_genomic_guard.model import Fact, Gap, Outcome, Snapshot
    from pytest_genomic_guard.policy import Policy, Waiver
    from pytest_genomic_guard.registry import Plan

CAP = 50  # findings told for one code in one file; the last one says how many there are
_OUTCOMES: dict[str, Outcome] = {"error": "fail", "warning": "warn", "note": "note"}
GATE_CODES = {"fairness": "FAIR101"}
_PIECE = 1 << 20


class Judge:
    """Applies one policy to what was seen in one snapshot."""

    def __init__(self, snapshot: Snapshot, policy: Policy, plan: Plan) -> None:
        """Compile the policy's patterns."""
        self._snapshot, self._policy, self._plan = snapshot, policy, plan
        self._exclude = [Glob(item.what) for item in policy.exclude]
        self._today = time.strftime("%Y-%m-%d")
        self._waivers: dict[tuple[str, bytes], list[Waiver]] = {}
        for waiver in policy.waivers:
            self._waivers.setdefault((waiver.code, waiver.path), []).append(waiver)
        self._states: dict[Waiver, type[Fact] | None] = {}
        self._digests: dict[bytes, str] = {}

    def excluded(self, path: bytes) -> bool:
        """Tell whether the policy keeps a path from being read."""
        text = path.decode("utf-8", "surrogateescape")
        return any(pattern.match(text) for pattern in self._exclude)

    def report(  # noqa: PLR0913 - all that a run gave
        self,
        scanned: Sequence[Scanned],
        related: Sequence[Finding],
        gaps: Sequence[Gap],
        *,
        own_facts: Sequence[Located],
        excluded: int,
        identifiers: Iterable[bytes],
    ) -> Report:
        """Judge all of it."""
        show = mask(identifiers)
        entries = {entry.path: number for number, entry in enumerate(self._snapshot.entries())}
        findings = [(found, at in each.working_copy) for each in scanned for at, found in enumerate(each.findings)]
        findings += [(found, False) for found in related]
        found = [(finding, self._outcome(finding, copy=copy), copy) for finding, copy in findings]
        own = self._own(own_facts)
        found += [(finding, self._outcome(finding, copy=False), False) for finding in own]
        found.sort(key=lambda item: (item[0].location.path, item[0].code, item[0].location.line or 0, item[0].location.trail))
        verdicts, used = self._gates()
        return Report(
            version=__version__,
            rules=self._rules(),
            policy_path=None if self._policy.path is None else show(self._policy.path),
            policy_sha256=self._policy.sha256,
            profile=self._policy.profile,
            source=self._snapshot.source,
            files=len(scanned) + excluded,
            bytes=sum(each.size for each in scanned),
            coverage={level: sum(each.covered.level == level for each in scanned) for level in COVERAGES},
            excluded=excluded,
            nothing_else=not scanned and all(self.excluded(path) for path in entries),
            modified=len(self._snapshot.changed.intersection(self._snapshot.modified)),
            findings=tuple(self._told(found, show, entries)),
            gaps=tuple(
                Unread(path=show(gap.path), trail=gap.trail, reason=gap.reason, where=gap.where, code=gap.code)
                for gap in [*(gap for each in scanned for gap in each.gaps), *gaps]
            ),
            applied=sum(state is None for state in self._states.values()),
            unused=self._references(WaiverUnused, show),
            expired=self._references(WaiverExpired, show),
            evidence=tuple(Used(path=show(path), sha256=digest) for path, digest in used),
            gates=tuple(verdicts),
        )

    def _outcome(self, finding: Finding, *, copy: bool) -> Outcome:
        rulebook = self._plan.registry.entries[finding.code].rulebook
        outcome = _OUTCOMES[rulebook.severity]
        if finding.code == "RUN102":
            return PROFILES[self._policy.profile]["partial"]
        for waiver in self._waivers.get((finding.code, finding.location.path), ()):
            state = self._state(waiver)
            self._states[waiver] = state
            if state is None:
                return "waived"
        return "warn" if copy and outcome == "fail" else outcome

    def _state(self, waiver: Waiver) -> type[Fact] | None:
        """Return what keeps a waiver from holding, or None when it holds."""
        if waiver.expires < self._today:
            return WaiverExpired
        return None if waiver.sha256 == self.digest(waiver.path) else WaiverVoid

    def digest(self, path: bytes) -> str:
        """Return the SHA-256 of the content that is judged at a path; empty when that cannot be read."""
        if path not in self._digests:
            self._digests[path] = digest(self._snapshot, path)
        return self._digests[path]

    def _own(self, facts: Sequence[Located]) -> Iterator[Finding]:
        """Yield the findings of RUN, among them those about the waivers."""
        here = self._policy.path or FILE
        located = [
            *facts,
            *(Located(path=here, fact=kind(line=waiver.line)) for kind, waiver in self._waiver_facts()),  # type: ignore[call-arg]
        ]
        known = Facts(located)
        for relation, options in self._plan.relations({type(item.fact).__name__ for item in located}, run=True):
            yield from relation.look(known, options)

    def _waiver_facts(self) -> Iterator[tuple[type[Fact], Waiver]]:
        paths = {entry.path for entry in self._snapshot.entries()}
        changed = self._snapshot.changed
        whole = len(changed) == len(paths)
        for waiver in self._policy.waivers:
            state = self._states.get(waiver)
            if state is not None:
                yield state, waiver
                continue
            looked = waiver not in self._states and waiver.code in self._plan.codes and not self.excluded(waiver.path)
            if looked and (waiver.path in changed or (whole and waiver.path not in paths)):
                self._states[waiver] = WaiverUnused
                yield WaiverUnused, waiver

    def _references(self, state: type[Fact], show: Callable[[bytes], str]) -> tuple[WaiverRef, ...]:
        return tuple(
            WaiverRef(code=waiver.code, path=show(waiver.path), line=waiver.line)
            for waiver in self._policy.waivers
            if self._states.get(waiver) is state
        )

    def _gates(self) -> tuple[list[GateVerdict], list[tuple[bytes, str | None]]]:
        """Judge the gates; where only a part is judged, those whose evidence or policy is in it."""
        verdicts: list[GateVerdict] = []
        used: dict[bytes, str | None] = {}
        changed = self._snapshot.changed
        whole = len(changed) == len(self._snapshot.entries())
        forced = PROFILES[self._policy.profile].get("inconclusive")
        for gate in self._policy.gates:
            if GATE_CODES[gate.kind] not in self._plan.codes:
                continue
            if not whole and not changed.intersection((gate.file, self._policy.path)):
                continue
            evidence = load(self._snapshot, gate.file, gate.pointer)
            used[gate.file] = evidence.sha256
            on_inconclusive = forced or self._policy.inconclusive[gate.kind]
            verdicts += [judge_bound(gate, bound, evidence, on_inconclusive=on_inconclusive) for bound in gate.bounds]
        return verdicts, sorted(used.items())

    def _told(
        self, found: Sequence[tuple[Finding, Outcome, bool]], show: Callable[[bytes], str], entries: dict[bytes, int]
    ) -> Iterator[Judged]:
        """Yield findings as they may be shown, with a cap for each code in each file."""
        equals: dict[tuple[str, ...], int] = {}
        for number, more in _capped(found):
            finding, outcome, copy = found[number]
            at = finding.location
            message = finding.message + ("; working copy only: the committed content does not have it" if copy else "") + more
            rulebook = self._plan.registry.entries[finding.code].rulebook
            path = show(at.path)
            identity = (finding.code, path, ">".join(at.trail), finding.key)
            equals[identity] = equals.get(identity, -1) + 1
            yield Judged(
                code=finding.code,
                name=rulebook.name,
                family=family(finding.code),
                severity=rulebook.severity,
                confidence=rulebook.confidence,
                outcome=outcome,
                path=path,
                entry=entries.get(at.path),
                trail=at.trail,
                line=at.line,
                column=at.column,
                subject=finding.subject,
                message=message,
                fingerprint=sha256_of("\0".join((*identity, str(equals[identity])))),
                clauses=rulebook.clauses,
                help=rulebook.mend.not_pushed if rulebook.mend else _instead(rulebook.__doc__),
            )

    def _rules(self) -> str:
        options = sorted((code, sorted(values.items())) for code, values in self._policy.checks.items())
        return repr((__version__, self._plan.codes, options))


def _capped(found: Sequence[tuple[Finding, Outcome, bool]]) -> list[tuple[int, str]]:
    """Return the positions of the findings that are told, in order, each with what its message says of the others.

    The cap never hides that a file fails: of one code in one file the failing ones are told first.
    """
    groups: dict[tuple[bytes, str], list[int]] = {}
    for number, (finding, _outcome, _copy) in enumerate(found):
        groups.setdefault((finding.location.path, finding.code), []).append(number)
    told = []
    for group in groups.values():
        kept = sorted(sorted(group, key=lambda number: found[number][1] != "fail")[:CAP])
        told += [(number, "") for number in kept]
        if len(group) > CAP:
            told[-1] = (kept[-1], f" (the last of {CAP} told; {len(group)} in this file)")
    return sorted(told)


def digest(snapshot: Snapshot, path: bytes) -> str:
    """Return the SHA-256 of one artifact's bytes; empty when they cannot be read."""
    import hashlib  # noqa: PLC0415 - loads OpenSSL, which a run without findings does not need

    sha256 = hashlib.sha256()
    try:
        stream = snapshot.open(path)
        try:
            while part := stream.read(_PIECE):
                sha256.update(part)
        finally:
            stream.close()
    except Unreadable:
        return ""
    return sha256.hexdigest()


def _instead(manual: str | None) -> str:
    """Return the first paragraph under "What to do instead" as one line."""
    _before, _heading, after = (manual or "").partition("What to do instead\n")
    return " ".join(after.partition("\n")[2].strip().partition("\n\n")[0].split())
