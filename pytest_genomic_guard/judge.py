"""What the policy makes of findings, gaps and evidence."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from itertools import chain

from pytest_genomic_guard import __version__
from pytest_genomic_guard.evidence.files import digest
from pytest_genomic_guard.gates import decided
from pytest_genomic_guard.model import COVERAGES, Facts, Finding, Located
from pytest_genomic_guard.policy import BASELINED, FILE, NEVER_WAIVED, PROFILES, WAIVER_ONLY
from pytest_genomic_guard.policy.globs import Glob
from pytest_genomic_guard.policy.lists import compare, debt_of, escaped, is_debt
from pytest_genomic_guard.policy.madeup import MadeUps
from pytest_genomic_guard.policy.mask import mask
from pytest_genomic_guard.policy.sampled import Declarations
from pytest_genomic_guard.registry import family
from pytest_genomic_guard.relations.run.allow import Allowances
from pytest_genomic_guard.relations.run.facts import (
    AllowComment,
    BaselineChanged,
    ProjectMissing,
    WaiverExpired,
    WaiverUnused,
    WaiverVoid,
)
from pytest_genomic_guard.report import Judged, Report, Unread, Used, WaiverRef, capped, remedy, sha256_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pytest_genomic_guard.model import Artifact, Fact, Gap, Outcome, Snapshot
    from pytest_genomic_guard.outcomes import Outcomes
    from pytest_genomic_guard.policy import Policy, Waiver
    from pytest_genomic_guard.registry import Plan
    from pytest_genomic_guard.scanned import Scanned

    Judging = tuple[Finding, Outcome, bool, str | None]  # whether only the working copy has it, and the blob that does

_OUTCOMES: dict[str, Outcome] = {"error": "fail", "warning": "warn", "note": "note"}


class Judge:
    """Applies one policy to what was seen in one snapshot."""

    def __init__(self, snapshot: Snapshot, policy: Policy, plan: Plan) -> None:
        """Compile the policy's patterns."""
        self._snapshot, self._policy, self._plan = snapshot, policy, plan
        self._exclude = [Glob(item.what) for item in policy.exclude]
        self._today = time.strftime("%Y-%m-%d")
        self._declared, self._made_up = Declarations(policy, self._today), MadeUps(policy, self._today)
        self._waivers: dict[tuple[str, bytes], list[Waiver]] = {}
        for waiver in policy.waivers:
            self._waivers.setdefault((waiver.code, waiver.path), []).append(waiver)
        self._states: dict[Waiver, type[Fact] | None] = {}
        self._digests: dict[tuple[bytes, str | None], str] = {}
        self._clauses: dict[str, tuple[str, ...]] = {}

    def excluded(self, path: bytes) -> bool:
        """Tell whether the policy keeps a path from being read."""
        text = path.decode("utf-8", "surrogateescape")
        return any(pattern.match(text) for pattern in self._exclude)

    def kept(self, entry: Artifact) -> Artifact | None:
        """Return an artifact as it is judged, None where all of its paths are excluded: one is enough for a leak."""
        if not self._exclude or not self.excluded(entry.path):
            return entry
        path = next((path for path in self._snapshot.paths(entry) if not self.excluded(path)), None)
        other = None if path is None else self._snapshot.find(path)
        if path is None or (other and other.blob == entry.blob):  # which is judged itself
            return None
        return entry.replace(path=path)

    def report(  # noqa: PLR0913 - all that a run gave
        self,
        scanned: Outcomes,
        related: Sequence[Finding],
        gaps: Sequence[Gap],
        *,
        own_facts: Sequence[Located],
        excluded: int,
        beside: Sequence[Scanned] = (),
        identifiers: Iterable[bytes],
        names: Iterable[bytes] = (),
    ) -> Report:
        """Judge all of it; `names` are parts of names in which something was found."""
        show, levels = mask(identifiers, names), scanned.levels()
        found, counts = self._found(chain(scanned.telling(), beside), related, own_facts, show)
        told = {item[0].location.path for item in found}
        entries = {path: number for number, path in enumerate(self._snapshot.names()) if path in told} if told else {}
        judged, used = decided(self._snapshot, self._policy, self._plan.codes, show)
        return Report(
            version=__version__,
            rules=self.rules(),
            policy_path=None if self._policy.path is None else show(self._policy.path),
            policy_sha256=self._policy.sha256,
            profile=self._policy.profile,
            source=self._snapshot.source,
            files=len(scanned) + excluded,
            bytes=scanned.size(),
            coverage={level: levels[level] for level in COVERAGES},
            excluded=excluded,
            nothing_else=not scanned and all(map(self.excluded, self._snapshot.names())),
            modified=sum(path in self._snapshot.changed for path in self._snapshot.modified),
            findings=tuple(self._told(found, show, entries)),
            gaps=tuple(
                Unread(path=show(gap.path), trail=gap.trail, reason=gap.reason, where=gap.where, code=gap.code)
                for gap in [*(gap for each in chain(scanned.telling(), beside) for gap in each.gaps), *gaps]
            ),
            applied=sum(state is None for state in self._states.values()),
            unused=self._references(WaiverUnused, show),
            expired=self._references(WaiverExpired, show),
            evidence=tuple(Used(path=show(path), sha256=digest) for path, digest in [*self._policy.used, *used]),
            ignored=(*((item.what, item.reason) for item in self._policy.ignore), *self._left_out()),
            baseline=counts,
            gates=tuple(judged),
        )

    def _found(
        self, scanned: Iterable[Scanned], related: Sequence[Finding], own_facts: Sequence[Located], show: Callable[[bytes], str]
    ) -> tuple[list[Judging], dict[tuple[str, str, str], int]]:
        """Return all findings in order with their outcomes, and what a baseline would hold of them."""
        allowed = Allowances(item.fact for item in own_facts if isinstance(item.fact, AllowComment))
        findings = [(found, at in each.working_copy, each.blob) for each in scanned for at, found in enumerate(each.findings)]
        findings += [(found, False, None) for found in related]
        findings = [(self._as_declared(found, blob, copy=copy), copy, blob) for found, copy, blob in findings]
        found = [(finding, self._outcome(finding, allowed, copy=copy, blob=blob), copy, blob) for finding, copy, blob in findings]
        counts = self._debts(found, show)
        changed = self._baselined(found, counts, show)
        idle = allowed.void(self._plan.registry.entries, self._plan.codes, self._takes)
        own = self._own([*own_facts, *changed, *self._lost(), *(Located(path=fact.at.path, fact=fact) for fact in idle)])
        found += [(finding, self._outcome(finding, allowed), False, None) for finding in own]
        found.sort(key=lambda item: (item[0].location.path, item[0].code, item[0].location.line or 0, item[0].location.trail))
        return found, counts

    def _as_declared(self, finding: Finding, blob: str | None, *, copy: bool) -> Finding:
        """Return a finding with what the policy declares of its file."""
        found = self._declared.told(finding)
        return self._made_up.told(found, lambda: self.digest(found.location.path, blob), copy=copy)

    def _outcome(self, finding: Finding, allowed: Allowances, *, copy: bool = False, blob: str | None = None) -> Outcome:
        rulebook = self._plan.registry.entries[finding.code].rulebook
        outcome = "note" if self._declared.noted(finding) else _OUTCOMES[rulebook.severity]
        if finding.code == "RUN102":
            return PROFILES[self._policy.profile]["partial"]
        for waiver in self._waivers.get((finding.code, finding.location.path), ()):
            state = self._state(waiver, blob)
            self._states[waiver] = state if self._states.get(waiver, state) is not None else None
            if state is None:
                return "waived"
        if self._takes(finding.code) and allowed.cover(finding):
            return "waived"
        return "warn" if copy and outcome == "fail" else outcome

    def _takes(self, code: str) -> bool:
        """Tell whether a comment can allow a code: where its rule says so, and never for data of people, gates and RUN."""
        return self._plan.registry.entries[code].rulebook.inline and not code.startswith((*WAIVER_ONLY, *NEVER_WAIVED))

    def _debts(self, found: Sequence[Judging], show: Callable[[bytes], str]) -> dict[tuple[str, str, str], int]:
        """Count the findings that a baseline can hold: those that nothing excuses and that are committed or about to be."""
        own = (finding for finding, outcome, copy, _blob in found if outcome != "waived" and not copy)
        return dict(Counter(debt_of(finding, show) for finding in own if is_debt(finding, self._policy.baseline)))

    def _baselined(
        self, found: list[Judging], counts: dict[tuple[str, str, str], int], show: Callable[[bytes], str]
    ) -> list[Located]:
        """Give the findings that the baseline covers their outcome; return where it is not as the files are."""
        held = self._policy.baseline
        if held is None or held.places is not None:
            for number, (finding, outcome, copy, blob) in enumerate(found if held else ()):
                if is_debt(finding, held) and outcome != "waived" and not copy:
                    found[number] = (finding, "baselined", copy, blob)
            return []
        paths = set(self._snapshot.names())
        whole = len(self._snapshot.changed) == len(paths)
        judged = {escaped(show(path)) for path in self._snapshot.changed if not self.excluded(path)}
        kept = {escaped(show(path)) for path in paths if self.excluded(path)}
        covered, changed = compare(held, counts, lambda path: path in judged or (whole and path not in kept), self._plan.codes)
        for number, (finding, outcome, copy, blob) in enumerate(found):
            debt = finding.code.startswith(BASELINED) and outcome != "waived" and not copy
            if debt and debt_of(finding, show)[0] in covered:
                found[number] = (finding, "baselined", copy, blob)
        told = {line: "fewer" if fewer else "other" for line, fewer in changed}
        told |= {line: "unknown" for (_, code, _), (_, line) in held.entries.items() if code not in self._plan.registry.entries}
        return [Located(path=held.path, fact=BaselineChanged(line=line, why=why)) for line, why in sorted(told.items())]  # type: ignore[arg-type]

    def _state(self, waiver: Waiver, blob: str | None) -> type[Fact] | None:
        """Return what keeps a waiver from holding, or None when it holds."""
        if waiver.expires < self._today:
            return WaiverExpired
        return None if waiver.sha256 == self.digest(waiver.path, blob) else WaiverVoid

    def digest(self, path: bytes, blob: str | None = None) -> str:
        """Return the SHA-256 of the content that is judged at a path, of several that of `blob`; empty when that cannot be read."""
        key = (path, blob)
        if key not in self._digests:
            self._digests[key] = digest(self._snapshot, path, blob)
        return self._digests[key]

    def _own(self, facts: Sequence[Located]) -> Iterator[Finding]:
        """Yield the findings of RUN, among them those about the waivers."""
        states = dict.fromkeys((kind, *self._place(kind, waiver)) for kind, waiver in self._waiver_facts())
        located = [*facts, *(Located(path=path, fact=kind(line=line)) for kind, path, line in states)]  # type: ignore[call-arg]
        known = Facts(located)
        for relation, options in self._plan.relations({type(item.fact).__name__ for item in located}, run=True):
            yield from relation.look(known, options)

    def _place(self, kind: type[Fact], waiver: Waiver) -> tuple[bytes, int]:
        """Return where to tell of a waiver: at its line of a manifest, but that it has expired where it was written."""
        if waiver.manifest and kind is not WaiverExpired:
            return waiver.manifest, waiver.entry
        return waiver.file or self._policy.path or FILE, waiver.line

    def _waiver_facts(self) -> Iterator[tuple[type[Fact], Waiver]]:
        paths = set(self._snapshot.names()) if self._policy.waivers else ()
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

    def _lost(self) -> Iterator[Located]:
        """Yield the projects whose roots hold nothing, where all is judged, or the policy in a source that knows all."""
        projects, policy, changed = self._policy.projects, self._policy.path or FILE, self._snapshot.changed
        paths = list(self._snapshot.names()) if projects else []
        if len(changed) == len(paths) or (policy in changed and self._snapshot.source != "directory"):
            for project in projects:
                at = bisect_left(paths, project.root + b"/")
                if not (at < len(paths) and project.holds(paths[at])) and project.root not in paths:
                    yield Located(path=policy, fact=ProjectMissing(line=project.line))

    def _references(self, state: type[Fact], show: Callable[[bytes], str]) -> tuple[WaiverRef, ...]:
        return tuple(
            WaiverRef(code=waiver.code, path=show(waiver.path), line=waiver.line)
            for waiver in self._policy.waivers
            if self._states.get(waiver) is state
        )

    def _told(self, found: Sequence[Judging], show: Callable[[bytes], str], entries: dict[bytes, int]) -> Iterator[Judged]:
        """Yield findings as they may be shown, with a cap for each code in each file."""
        equals: dict[tuple[str, ...], int] = {}
        for number, more in capped([(finding, outcome) for finding, outcome, _copy, _blob in found]):
            finding, outcome, copy, blob = found[number]
            at = finding.location
            related = None if blob or family(finding.code) == "RUN" else self._snapshot.completed((at.path, *finding.involves))
            span = self._snapshot.span(blob) if blob else related
            message = finding.message + ("; working copy only: the committed content does not have it" if copy else "") + more
            rulebook = self._plan.registry.entries[finding.code].rulebook
            path = show(at.path)
            identity = (finding.code, path, ">".join(at.trail), finding.key)
            equals[identity] = equals.get(identity, -1) + 1
            yield Judged(
                code=finding.code,
                name=rulebook.name,
                family=family(finding.code),
                severity="note" if self._declared.noted(finding) else rulebook.severity,
                confidence=rulebook.confidence,
                outcome=outcome,
                path=path,
                entry=entries.get(at.path),
                trail=at.trail,
                line=at.line,
                column=at.column,
                commit=span,
                subject=finding.subject,
                message=message,
                fingerprint=sha256_of("\0".join((*identity, str(equals[identity])))),
                clauses=self._serves(finding.code),
                help=remedy(rulebook, at.trail),
            )

    def _serves(self, code: str) -> tuple[str, ...]:
        """Return the clauses of a code: its rule's own, those of the packs that the policy names, recommendations."""
        if code not in self._clauses:
            own = self._plan.registry.entries[code].rulebook.clauses
            self._clauses[code] = (*dict.fromkeys((*own, *self._policy.clauses(code, own))),)
        return self._clauses[code]

    def _left_out(self) -> Iterator[tuple[str, str]]:
        """Yield the families that the policy's `select` leaves out: nothing is looked for there, and that is told."""
        chosen = {family(code) for code in self._plan.codes}
        there = dict.fromkeys(family(code) for code in self._plan.registry.entries)
        if self._policy.select and (left := [name for name in there if name not in chosen]):
            yield ", ".join(left), "not among what its `select` names"

    def rules(self) -> str:
        """Return what decides which findings there can be."""
        options = sorted((code, sorted(values.items())) for code, values in self._policy.checks.items())
        return repr((__version__, self._plan.codes, options, self._policy.packs))
