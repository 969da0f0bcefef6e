"""The verdicts of a gate from its rows or counts, where this run may read them."""

from __future__ import annotations

from contextlib import ExitStack

from pytest_genomic_guard.evidence.rowfiles import rows_of
from pytest_genomic_guard.gates import comparing, masking
from pytest_genomic_guard.gates.binding import model_of
from pytest_genomic_guard.gates.bound import outcome
from pytest_genomic_guard.gates.comparing import earlier
from pytest_genomic_guard.gates.evidence import Computed
from pytest_genomic_guard.gates.inputs import File
from pytest_genomic_guard.metrics.nouns import Unusable
from pytest_genomic_guard.report import GateVerdict
from pytest_genomic_guard.views.pointers import is_lfs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from pytest_genomic_guard.gates.evidence import Model
    from pytest_genomic_guard.gates.inputs import Source
    from pytest_genomic_guard.gates.masking import Layout
    from pytest_genomic_guard.metrics.nouns import Assessment, Earlier
    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.policy import Gate

_HEAD = 1024  # bytes in which a pointer of git-lfs ends
# Keys of files that a gate's figures are computed from.
_ROWS = {"fairness": ("data", "counts", "base"), "mia": ("scores", "references", "canary")}

__all__ = ["compute", "computed", "earlier", "here", "model_of", "told"]


def here(snapshot: Snapshot, gate: Gate) -> bool:
    """Tell whether this run has all files of a gate. One that cannot be opened is there: what it is, is told when it is read."""
    for path in gate.inputs.values():
        try:
            opened = rows_of(snapshot, path)
        except Unusable:
            continue
        if opened is None:
            return False
        with opened:
            pass
    return True


def compute(snapshot: Snapshot, gate: Gate, small: int, *, on_inconclusive: str, old: Snapshot | None = None) -> Computed | None:
    """Return what the rows of a gate say; None where this run has none of them. Raises `Unusable`.

    What the gate compares with is read from `old`, the state before a change, where that has it.
    """
    changed = comparing.rewritten(snapshot, old, gate)
    with ExitStack() as stack:
        inputs: dict[str, Source] = {}
        for key in _ROWS[gate.kind]:
            if key not in gate.inputs:
                continue
            opened = rows_of(comparing.state(snapshot, old, changed, key), gate.inputs[key])
            if opened is None:
                return None
            stack.enter_context(opened)
            head = opened.file.read(_HEAD)
            opened.file.seek(0)
            if is_lfs(head):
                return None
            inputs[key] = File(opened)
        figures = earlier(comparing.state(snapshot, old, changed, "against"), gate, small)
        found = computed(gate, inputs, small, on_inconclusive=on_inconclusive, earlier=figures, model=model_of(snapshot, gate))
    return found.replace(shown=[comparing.noted(each, changed) for each in found.shown])


def computed(  # noqa: PLR0913 - what a fixture or the command line gives besides
    gate: Gate,
    inputs: Mapping[str, Source],
    small: int,
    *,
    on_inconclusive: str,
    earlier: Mapping[str, Earlier] | None = None,
    model: Model | None = None,
) -> Computed:
    """Return the verdicts of a gate over opened inputs: as they are, and as they may be shown. Raises `Unusable`."""
    references = 0
    layout: Layout
    if gate.kind == "fairness":
        from pytest_genomic_guard.gates import fairness  # noqa: PLC0415 - for gates that are computed

        found, layout = fairness.assess(gate, inputs, small, earlier or {})
    else:
        from pytest_genomic_guard.gates import membership  # noqa: PLC0415 - as above

        found, layout, references = membership.assess(gate, inputs, small)
    source: Literal["rows", "counts"] = "counts" if "counts" in inputs else "rows"
    verdicts = told(gate, found, source=source, on_inconclusive=on_inconclusive)
    shown = masking.masked(verdicts, layout, small)
    return Computed(verdicts=verdicts, shown=shown, model=model, references=references, layout=layout)


def told(
    gate: Gate, found: Sequence[Assessment], *, source: Literal["rows", "counts", "recorded"], on_inconclusive: str
) -> list[GateVerdict]:
    """Return assessments of a gate's bounds, in their order, as verdicts."""
    return [
        GateVerdict(
            gate=gate.name,
            kind=gate.kind,
            metric=bound.metric,
            bound=bound.text,
            value=each.value,
            interval=each.interval,
            confidence=gate.confidence,
            n=each.n,
            verdict=each.verdict,
            outcome=outcome(each.verdict, gate, on_inconclusive, recalibrate=each.band == "recalibrate"),
            message=each.message,
            groups=each.groups,
            method=each.method,
            needed=each.needed,
            band=each.band,
            source=source,
        )
        for bound, each in zip(gate.bounds, found, strict=True)
    ]
