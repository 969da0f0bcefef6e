"""All gates of a policy: which are judged in a run, under which name, from rows, from evidence, or from figures of others."""

from __future__ import annotations

from pytest_genomic_guard.evidence.files import load
from pytest_genomic_guard.gates import committed as files
from pytest_genomic_guard.gates import masking
from pytest_genomic_guard.gates.bound import is_rate, judge, without
from pytest_genomic_guard.gates.evidence import Computed, disagreements, document, path
from pytest_genomic_guard.metrics.nouns import Unusable
from pytest_genomic_guard.policy import PROFILES
from pytest_genomic_guard.policy.smallcells import DEFAULT, NONE, threshold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence
    from typing import Any

    from pytest_genomic_guard.model import Snapshot, Verdict
    from pytest_genomic_guard.policy import Gate, Policy
    from pytest_genomic_guard.report import GateVerdict

    Show = Callable[[bytes], str]
    Key = tuple[str, bytes, str]  # of a gate: kind, project and name
    Judged = tuple[list[GateVerdict], list[tuple[bytes, str | None]]]

CODES = {"fairness": "FAIR101", "mia": "MIA101", "release": "MIA301"}
_NOTHING = "neither the rows nor committed evidence are here"
_RECORDED = "tests record this figure (the fixtures have `record`), and none did in this run"
_OTHER_MODEL = "the model is not the one that the evidence was computed for: compute it anew"
_NO_MODEL = "the evidence does not say of which model it is: compute it anew"


def verdicts(snapshot: Snapshot, policy: Policy, codes: Container[str], show: Show) -> Judged:
    """Judge the gates whose codes run; where only a part is judged, those whose inputs, evidence, model or policy are in it.

    Return the verdicts, and the evidence with its digests; rows of people have none, since a short list can be guessed from it.
    """
    found: dict[Key, list[GateVerdict]] = {}
    judged: list[Gate] = []
    used: dict[bytes, str | None] = {}
    changed = snapshot.changed
    whole = len(changed) == len(snapshot.entries())
    forced, small = PROFILES[policy.profile].get("inconclusive"), small_cell(policy)
    within = _within([project.root for project in policy.projects], show)
    for gate in policy.gates:
        touched = (gate.file, *gate.inputs.values(), path(gate), policy.path)
        if CODES[gate.kind] not in codes or not (whole or changed.intersection(touched)):
            continue
        judging = Judging(snapshot, gate, small, forced or policy.inconclusive[gate.kind])
        found[gate.kind, gate.root, gate.name] = judging.verdicts()
        judged.append(gate)
        used |= judging.used
    _hidden_alike(judged, found, small)
    told: list[GateVerdict] = []
    for gate in judged:
        name = within.get(gate.root, "") + gate.name
        lines = {bound.metric: bound.line or None for bound in gate.bounds}
        told += [verdict.replace(gate=name, line=lines[verdict.metric]) for verdict in found[gate.kind, gate.root, gate.name]]
    return told, sorted(used.items())


def _hidden_alike(judged: Sequence[Gate], found: dict[Key, list[GateVerdict]], small: int) -> None:
    """Hide in each gate what another one over the same rows and groups hides."""
    alike: dict[Any, list[Key]] = {}
    for gate in judged:
        rows = tuple(gate.inputs.get(key) for key in ("data", "counts", "scores"))
        if any(rows):
            alike.setdefault((gate.kind, rows, tuple(gate.options.get("groups", ()))), []).append((gate.kind, gate.root, gate.name))
    for keys in alike.values() if small else ():
        if len(keys) > 1:
            found |= zip(keys, masking.together([found[key] for key in keys], small), strict=True)


def small_cell(policy: Policy) -> int:
    """Return up to which number of people a count is masked; 0: none is."""
    said = threshold(policy)
    return DEFAULT if said == NONE else said


class Judging:
    """One gate in one snapshot."""

    def __init__(self, snapshot: Snapshot, gate: Gate, small: int, on_inconclusive: str) -> None:
        """Take what the policy says of it."""
        self._snapshot, self._gate, self._small, self._on = snapshot, gate, small, on_inconclusive
        self.used: dict[bytes, str | None] = {}

    def verdicts(self) -> list[GateVerdict]:
        """Return the verdict of each bound."""
        gate = self._gate
        if gate.kind == "release":
            return self._release()
        if gate.file:
            rate = is_rate(gate.bounds[0].metric)
            evidence = load(self._snapshot, gate.file, gate.pointer, rate=rate, confidence=gate.confidence)
            self.used[gate.file] = evidence.sha256
            return [judge(gate, bound, evidence, on_inconclusive=self._on) for bound in gate.bounds]
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
        if computed.model is not None and committed["model"] != computed.model:
            return self._all("refused", _OTHER_MODEL if committed["model"] else _NO_MODEL)
        now = document(self._gate, computed, self._small)
        return self._stale(computed, dict(disagreements(committed, now)))

    def _computed(self) -> Computed | None:
        from pytest_genomic_guard.gates import computing  # noqa: PLC0415 - for gates with rows

        self.used |= {each: None for key, each in self._gate.inputs.items() if key not in {"model", "against"}}
        found = computing.compute(self._snapshot, self._gate, self._small, on_inconclusive=self._on)
        if found and "model" in self._gate.inputs:
            self.used[self._gate.inputs["model"]] = found.model
        return found

    def _committed(self) -> tuple[dict[str, Any] | None, str]:
        """Return the committed evidence, or None; and why it is none where it is there."""
        place = path(self._gate)
        if self._snapshot.find(place) is None:
            return None, ""
        found = load(self._snapshot, place, "")
        self.used[place] = found.sha256
        if found.problem:
            return None, found.problem
        try:
            return files.read(found.value, self._gate), ""
        except files.Unfit as error:
            return None, str(error)

    def _of_evidence(self, committed: dict[str, Any] | None) -> list[GateVerdict]:
        gate = self._gate
        if committed is None:
            recorded = gate.options.get("recorded")
            if recorded:
                return [each.replace(source="recorded") for each in self._all("inconclusive", _RECORDED)]
            return self._all("error", _NOTHING)
        if "model" in gate.inputs:
            from pytest_genomic_guard.gates import computing  # noqa: PLC0415 - for gates with a model

            model = computing.model_of(self._snapshot, gate)
            self.used[gate.inputs["model"]] = model
            if not committed["model"]:
                return self._all("refused", _NO_MODEL)
            if model is not None and model != committed["model"]:
                return self._all("refused", _OTHER_MODEL)
        return files.judge(committed, gate, self._small, on_inconclusive=self._on)

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
        known = {each.metric: each for each in files.judge(committed, gate, self._small, on_inconclusive=self._on)}
        return [known[each.metric] if each.verdict == "error" else each for each in judged]

    def _all(self, verdict: Verdict, message: str) -> list[GateVerdict]:
        return [without(self._gate, bound, verdict, message, self._on) for bound in self._gate.bounds]


def _within(roots: Sequence[bytes], show: Show) -> dict[bytes, str]:
    """Return what stands before a gate's name by its project: the root as it may be shown, with a number where two look alike.

    The name of a gate has no blank, so the last ``: `` of the whole tells where it begins.
    """
    shown = [show(root) for root in roots]
    numbered = [f"{each} ({shown[:at].count(each) + 1})" if shown.count(each) > 1 else each for at, each in enumerate(shown)]
    return {root: f"{each}: " for root, each in zip(roots, numbered, strict=True)}
