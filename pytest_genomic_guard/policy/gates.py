"""The gates of a policy as typed records, from what was read of them."""

from __future__ import annotations

from pytest_genomic_guard.policy import Bound, Gate
from pytest_genomic_guard.policy.gaterules import limit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from pytest_genomic_guard.policy.schema import Block

_KINDS = ("fairness", "mia", "release")
_TYPED = ("bounds", "decide", "confidence", "min-denominator")  # what has fields of its own
# Keys whose values are files below the root of the project.
_FILES = {
    "fairness": ("data", "counts", "base", "against", "model"),
    "mia": ("scores", "references", "model"),
    "release": (
        *("scores", "synthetic", "training", "holdout", "frequencies"),
        *("members", "non-members", "reference"),
    ),
}
# Half of all members told from others at a false-positive rate of 0.001: the bound of a release that names none.
_POWER = Bound(metric="power", operator="<=", limit=0.5, text="<= 0.5")


def gates(root: bytes, block: Mapping[str, Any]) -> Iterator[Gate]:
    """Yield the gates of a project, whose files lie below its root, or with an empty root those of the whole."""
    for kind in _KINDS:
        for name, item in block.get(kind, {}).items():
            yield _gate(kind, name, root, item, block[kind].lines[name])


def _gate(kind: Any, name: str, root: bytes, item: Block, line: int) -> Gate:
    value, _hash, pointer = item.get("value", item.get("table", "")).partition("#")
    bounds = item.get("bounds")
    inputs = {key: _below(root, item[key]) for key in _FILES[kind] if key in item}
    if kind == "mia" and not _is_number(item.get("canary", "0")):
        inputs["canary"] = _below(root, item["canary"])
    return Gate(
        kind=kind,
        name=name,
        root=root,
        file=_below(root, value) if value else b"",
        pointer=pointer,
        inputs=inputs,
        options={key: each for key, each in item.items() if key not in (*_TYPED, *_FILES[kind], "value", "table")},
        bounds=tuple(bound(metric, text, bounds.lines[metric]) for metric, text in bounds.items()) if bounds else (_POWER,),
        decide=item.get("decide", "fail-if-proven"),
        confidence=item.get("confidence", 0.95),
        min_denominator=0 if kind == "release" else item.get("min-denominator", 20),
        line=line,
        people=item.get("n", 0),
        reference=item.get("n-ref", 0),
        sensitive=item.get("sensitive", False),
    )


def _below(root: bytes, path: str) -> bytes:
    name = path.encode("utf-8", "surrogateescape")
    return b"%b/%b" % (root, name) if root else name


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def bound(metric: str, given: str | Mapping[str, str], line: int = 0) -> Bound:
    """Return a bound from its text, or from the texts of its bands."""
    if isinstance(given, str):
        (operator, number), outer, text = limit(given), None, given
    else:
        (operator, number), outer = limit(given["pass"]), limit(given["recalibrate"])[1]
        text = f"{given['pass']}, recalibrate {given['recalibrate']}"
    return Bound(metric=metric, operator="<=" if operator == "<=" else ">=", limit=number, text=text, line=line, recalibrate=outer)
