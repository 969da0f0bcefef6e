"""All gates of a policy: which are judged in a run, under which name, from rows, from evidence, or from figures of others."""

from __future__ import annotations

from pytest_genomic_guard.evidence.files import load
from pytest_genomic_guard.gates import CODES, groups, masking
from pytest_genomic_guard.gates.bound import is_rate, without
from pytest_genomic_guard.gates.bound import judge as pointed
from pytest_genomic_guard.gates.evidence import Computed, disagreements, document, path
from pytest_genomic_guard.gates.touched import Changes
from pytest_genomic_guard.metrics.nouns import Unusable
from pytest_genomic_guard.policy import PROFILES
from pytest_genomic_guard.policy.smallcells import DEFAULT, NONE, threshold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.gates.masking import Layout
    from pytest_genomic_guard.model import Snapshot, Verdict
    from pytest_genomic_guard.policy import Gate, Policy
    from pytest_genomic_guard.report import GateVerdict

    Show = Callable[[bytes], str]
    Key = tuple[str, bytes, str]  # of a gate: kind, project and name
    Judged = tuple[list[GateVerdict], list[tuple[bytes, str | None]]]

_NOTHING = "neither the rows nor committed evidence are here"
_RECORDED = "tests record this figure (the fixtures have `record`), and none did in this run"


def verdicts(snapshot: Snapshot, policy: Policy, codes: Container[str], show: Show) -> Judged:
    """Judge the gates whose codes run; where only a part is judged, those whose inputs, evidence, model or policy are in it.

    Return the verdicts, and the evidence with its digests; rows of people have none, since a short list can be guessed from it.
    """
    found: dict[Key, list[GateVerdict]] = {}
    layouts: dict[Key, Layout] = {}
    judged: list[Gate] = []
    used: dict[bytes, str | None] = {}
    changed = snapshot.changed
    whole = len(changed) == len(snapshot.entries())
    forced, small = PROFILES[policy.profile].get("inconclusive"), small_cell(policy)
    changes = Changes(snapshot)
    within = _within([project.root for project in policy.projects], show)
    for gate in policy.gates:
        if CODES[gate.kind] not in codes or not (whole or changes.touch(gate, policy.path)):
            continue
        on_inconclusive = forced or policy.inconclusive[gate.kind]
        judging = Judging(snapshot, gate, small, on_inconclusive, accept=policy.changes == "accept")
        key = gate.kind, gate.root, gate.name
        found[key] = judging.verdicts()
        if judging.layout:
            layouts[key] = judging.layout
        judged.append(gate)
        used |= judging.used
    _hidden_alike(judged, found, layouts, small)
    told: list[GateVerdict] = []
    for gate in judged:
        name = within.get(gate.root, "") + gate.name
        lines = {bound.metric: bound.line or None for bound in gate.bounds}
        told += [verdict.replace(gate=name, line=lines[verdict.metric]) for verdict in found[gate.kind, gate.root, gate.name]]
    return told, sorted(used.items())


def _hidden_alike(judged: Sequence[Gate], found: dict[Key, list[GateVerdict]], layouts: Mapping[Key, Layout], small: int) -> None:
    """Hide in each gate what small counts could be told from by all gates over the same rows."""
    alike: dict[bytes, dict[Key, Gate]] = {}
    for gate in judged:
        key = gate.kind, gate.root, gate.name
        rows = next((gate.inputs[each] for each in ("data", "counts", "scores", "references") if each in gate.inputs), None)
        if rows and any(verdict.groups for verdict in found[key]):
            alike.setdefault(rows, {})[key] = gate
    for gates in alike.values() if small else ():
        if len(gates) > 1:
            known = [layouts.get(key) or _by_labels(gate, found[key]) for key, gate in gates.items()]
            of = [layouts.get(key) or _by_labels(gate, found[key], known) for key, gate in gates.items()]
            told = [
                (found[key], layout.replace(columns=_columns(gate))) for (key, gate), layout in zip(gates.items(), of, strict=True)
            ]
            found |= zip(gates, masking.together(told, small), strict=True)


def _by_labels(gate: Gate, judged: Sequence[GateVerdict], known: Sequence[Layout] = ()) -> Layout:
    labels = [*dict.fromkeys(figure.group for verdict in judged for figure in verdict.groups)]
    return groups.told(labels, gate.options.get("groups", ()), gate.options.get("intersections", 1), known)


def _columns(gate: Gate) -> tuple[str, str]:
    """Return the columns that tell positives from negatives, and positive predictions from negative ones."""
    truth = gate.options.get("member", "member") if gate.kind == "mia" else gate.options.get("y-true", "y_true")
    return str(truth), str(gate.options.get("y-pred", "y_pred"))


def small_cell(policy: Policy) -> int:
    """Return up to which number of people a count is masked; 0: none is."""
    said = threshold(policy)
    return DEFAULT if said == NONE else said


class Judging:
    """One gate in one snapshot."""

    def __init__(self, snapshot: Snapshot, gate: Gate, small: int, on_inconclusive: str, *, accept: bool = False) -> None:
        """Take what the policy says of it; `accept` lets a change replace what it is compared with."""
        self._accept = accept
        self._snapshot, self._gate, self._small, self._on = snapshot, gate, small, on_inconclusive
        self.used: dict[bytes, str | None] = {}
        self.layout: Layout | None = None  # of groups of rows

    def verdicts(self) -> list[GateVerdict]:
        """Return the verdict of each bound."""
        gate = self._gate
        if gate.kind == "release":
            return self._release()
        if gate.file:
            rate = is_rate(gate.bounds[0].metric)
            evidence = load(self._snapshot, gate.file, gate.pointer, rate=rate, confidence=gate.confidence)
            self.used[gate.file] = evidence.sha256
            return [pointed(gate, bound, evidence, self._small, on_inconclusive=self._on) for bound in gate.bounds]
        committed, problem = self._committed()
        try:
            computed = None if gate.options.get("recorded") else self._computed()
        except Unusable as error:
            return self._all("error", str(error))
        if computed is None:
            return self._all("error", problem) if problem else self._of_evidence(committed)
        return self._of_rows(computed, committed, problem)

    def _of_rows(self, computed: Computed, committed: dict[str, Any] | None, problem: str) -> list[GateVerdict]:
        """Return what the rows say, if committed evidence is there only where that agrees and is of the same model."""
        if problem:
            return self._stale(computed, dict.fromkeys((bound.metric for bound in self._gate.bounds), problem))
        if committed is None:
            return [*computed.shown]
        from pytest_genomic_guard.gates.binding import differs  # noqa: PLC0415 - for gates with evidence

        if computed.model is not None and (other := differs(committed, computed.model)):
            return self._all(*other)
        now = document(self._gate, computed, self._small)
        return self._stale(computed, dict(disagreements(committed, now)))

    def _computed(self) -> Computed | None:
        from pytest_genomic_guard.gates import computing  # noqa: PLC0415 - for gates with rows

        self.used |= {each: None for key, each in self._gate.inputs.items() if key not in {"model", "against"}}
        found = computing.compute(self._snapshot, self._gate, self._small, on_inconclusive=self._on, old=self._before())
        self.layout = found.layout if found else None
        if found and found.model:
            self.used[self._gate.inputs["model"]] = found.model.sha256
        return found

    def _committed(self) -> tuple[dict[str, Any] | None, str]:
        """Return the committed evidence, or None; and why it is none where it is there."""
        place = path(self._gate)
        if self._snapshot.find(place) is None:
            return None, ""
        from pytest_genomic_guard.gates import committed  # noqa: PLC0415 - for gates with evidence

        found = load(self._snapshot, place, "")
        self.used[place] = found.sha256
        if found.problem:
            return None, found.problem
        try:
            return committed.read(found.value, self._gate, self._small), ""
        except committed.Unfit as error:
            return None, str(error)

    def _of_evidence(self, committed: dict[str, Any] | None) -> list[GateVerdict]:
        gate = self._gate
        if committed is None:
            recorded = gate.options.get("recorded")
            if recorded:
                return [each.replace(source="recorded") for each in self._all("inconclusive", _RECORDED)]
            return self._all("error", _NOTHING)
        from pytest_genomic_guard.gates.binding import differs, model_of  # noqa: PLC0415 - as above

        try:
            model = model_of(self._snapshot, gate)
            if model is not None:
                self.used[gate.inputs["model"]] = model.sha256
                if problem := differs(committed, model):
                    return self._all(*problem)
            return self._compared(committed)
        except Unusable as error:
            return self._all("error", str(error))

    def _compared(self, committed: dict[str, Any]) -> list[GateVerdict]:
        """Return what evidence says, held against what stood before a change. Raises `Unusable`."""
        from pytest_genomic_guard.gates import comparing  # noqa: PLC0415 - as above
        from pytest_genomic_guard.gates.committed import judge  # noqa: PLC0415 - as above

        gate, old = self._gate, self._before()
        changed = comparing.rewritten(self._snapshot, old, gate)
        doubt = {"change": comparing.REWRITTEN} if "base" in changed else {}
        then = comparing.earlier(comparing.state(self._snapshot, old, changed, "against"), gate, self._small)
        found = judge(committed, gate, self._small, on_inconclusive=self._on, earlier=then, doubt=doubt)
        return [comparing.noted(each, changed) for each in found]

    def _before(self) -> Snapshot | None:
        """Return the state before a change, for gates that compare with it, unless the policy lets a change replace that."""
        from pytest_genomic_guard.gates import comparing  # noqa: PLC0415 - as above

        compares = not self._accept and any(key in self._gate.inputs for key in comparing.KEYS)
        return self._snapshot.before() if compares else None

    def _stale(self, computed: Computed, differences: dict[str, str]) -> list[GateVerdict]:
        """Return what the rows say; of figures by which the committed evidence says otherwise, that they do not agree."""
        return [
            verdict.replace(
                verdict="fail", outcome="fail", message=f"the committed evidence disagrees with the rows: {told}; {verdict.message}"
            )
            if (told := differences.get(verdict.metric)) and verdict.verdict != "error"
            else verdict
            for verdict in computed.shown
        ]

    def _release(self) -> list[GateVerdict]:
        """Judge a release; figures whose genotypes are not here by committed evidence, where there is some."""
        from pytest_genomic_guard.gates import computing, release  # noqa: PLC0415 - only a policy with releases needs it
        from pytest_genomic_guard.metrics.release import measured  # noqa: PLC0415 - as above

        gate = self._gate
        judged, sha256 = release.verdicts(self._snapshot, gate, on_inconclusive=self._on, small_cell=self._small)
        self.used |= dict.fromkeys(gate.inputs.values())
        if gate.file:
            self.used[gate.file] = sha256
        committed, problem = self._committed()
        if committed is None and not problem:
            return judged
        computed = Computed(verdicts=judged, shown=judged)
        if committed is None:
            return self._stale(computed, dict.fromkeys((bound.metric for bound in gate.bounds), problem))
        if computing.here(self._snapshot, gate):
            return self._stale(computed, dict(disagreements(committed, document(gate, computed, self._small))))
        known = {each.metric: each for each in self._compared(committed)}
        rows = {each.metric for each in judged if each.verdict == "error" and measured(each.metric, gate.inputs)}
        return [known[each.metric] if each.metric in rows else each for each in judged]

    def _all(self, verdict: Verdict, message: str) -> list[GateVerdict]:
        return [without(self._gate, bound, verdict, message, self._on) for bound in self._gate.bounds]


def _within(roots: Sequence[bytes], show: Show) -> dict[bytes, str]:
    """Return what stands before a gate's name by its project: the root as it may be shown, with a number where two look alike.

    The name of a gate has no blank, so the last ``: `` of the whole tells where it begins.
    """
    shown = [show(root) for root in roots]
    numbered = [f"{each} ({shown[:at].count(each) + 1})" if shown.count(each) > 1 else each for at, each in enumerate(shown)]
    return {root: f"{each}: " for root, each in zip(roots, numbered, strict=True)}
