"""What the policy says of released summary data: gates, and what the checks of aggregates are told of a table."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from pytest_genomic_guard.policy import Gate

_PAIR = ("warn_from", "block_from")  # thresholds that are set for one check and hold for all that have them
_FIRST = "GEN401"
INTERNAL = frozenset(
    ("released", "small_cell")
)  # options that carry what the policy says of `release` and `small-cell`; nobody sets or sees them


def options_of(gates: Iterable[Gate], checks: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the options that the checks of aggregates share: what is declared of tables, and the one pair of thresholds."""
    said = [
        (gate.file.decode("utf-8", "surrogateescape"), gate.people, gate.sensitive)
        for gate in gates
        if gate.kind == "release" and gate.file
    ]
    found: dict[str, Any] = {name: checks[_FIRST][name] for name in _PAIR if name in checks.get(_FIRST, {})}
    if said:
        import json  # noqa: PLC0415 - only a policy with releases needs it

        found["released"] = json.dumps(said)
    return found


def repeated(code: str, name: str) -> bool:
    """Tell whether an option of a check repeats what is said elsewhere, and told of there."""
    return name in INTERNAL or (name in _PAIR and code != _FIRST)
