"""What the policy says of released summary data: gates, and what the checks of aggregates are told of a table."""

from __future__ import annotations

from pytest_genomic_guard.policy import Bound, Gate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

# Half of all members told from others at a false-positive rate of 0.001: the bound of a release that names none.
_DEFAULT = Bound(metric="power", operator="<=", limit=0.5, text="<= 0.5")
_PAIR = ("warn_from", "block_from")  # thresholds that are set for one check and hold for all that have them
_FIRST = "GEN401"
INTERNAL = frozenset(
    ("released", "small_cell")
)  # options that carry what the policy says of `release` and `small-cell`; nobody sets or sees them


def releases(root: bytes, block: Mapping[str, Any]) -> Iterator[Gate]:
    """Yield the gates on releases of a project, whose tables lie below its root, or with an empty root those of the whole."""
    for name, item in block.get("release", {}).items():
        path = item.get("table", "").encode("utf-8", "surrogateescape")
        bounds = item.get("bounds")
        yield Gate(
            kind="release",
            name=name,
            root=root,
            file=b"%b/%b" % (root, path) if root and path else path,
            pointer="",
            bounds=tuple(_bound(metric, text, bounds.lines[metric]) for metric, text in bounds.items()) if bounds else (_DEFAULT,),
            decide=item.get("decide", "fail-if-proven"),
            confidence=item.get("confidence", 0.95),
            min_denominator=0,
            line=block["release"].lines[name],
            people=item["n"],
            reference=item.get("n-ref", 0),
            sensitive=item.get("sensitive", False),
        )


def _bound(metric: str, text: str, line: int) -> Bound:
    return Bound(metric=metric, operator="<=" if text.startswith("<=") else ">=", limit=float(text[2:]), text=text, line=line)


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
