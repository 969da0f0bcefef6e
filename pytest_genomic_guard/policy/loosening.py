"""What a change of the policy makes less strict, in closed words and numbers: no path, pattern, name or reason of it."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.policy import FILE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.policy import Policy

    Options = Callable[[str], Mapping[str, Any]]

# What a loosening can be of: keys of the policy, and parts of gates.
WORDS = (
    *(
        "policy removed",
        "policy-changes",
        "profile",
        "select",
        "ignore",
        "exclude",
        "checks",
        "samples",
        "synthetic",
        "packs",
        "plugins",
    ),
    *("small-cell", "waiver", "baseline", "on-inconclusive"),
    *("gate removed", "gate changed", "bound", "decide", "confidence", "min-denominator"),
    *("licences", "cards", "data-use", "vendors", "attestations"),
)
_TOLD = 8  # words of one loosening


class Loosening(Record):
    """One thing that the new policy is less strict in, or that nobody can order: then it counts too."""

    what: str  # one of `WORDS`
    shows: str  # the difference
    file: bytes
    line: int = 0  # 0: gone
    was: int = 0  # the line before the change; 0: it was not there


class Pair(Record):
    """Two policies, and the options of a rule with their defaults where those are known."""

    old: Policy
    new: Policy
    options: Options

    def told(self, what: str, shows: str, line: int, was: int = 0, file: bytes | None = None) -> Loosening:
        """Build a loosening; one without a file is of the policy itself."""
        return Loosening(what=what, shows=shows, file=file or self.new.path or self.old.path or FILE, line=line, was=was)

    def told_of(self, what: str, shows: str, key: str | None = None) -> Loosening:
        """Build a loosening of a key of the policy, by default the one that it is named for."""
        return self.told(what, shows, self.new.lines.get(key or what, 0), self.old.lines.get(key or what, 0))


def arrow(before: object, after: object) -> str:
    """Return a difference of two values that are words of a closed list, numbers, true or false; None is the default."""
    return f"{_shown(before)} -> {_shown(after)}"


def _shown(value: object) -> str:
    return "default" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def counted(number: int, one: str, more: str) -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else more}"


def few(words: Collection[str]) -> str:
    """Return words of a closed list in order, of many the first ones."""
    shown = sorted(words)
    more = len(shown) - _TOLD
    return ", ".join(shown[:_TOLD]) + (f" and {more} more" if more > 0 else "")


def milder(before: object, after: object, order: Sequence[object]) -> bool:
    """Tell whether a value comes later in an order from strict to lax; one that is not in it can be anything."""
    if before == after:
        return False
    if before in order and after in order:
        return order.index(after) > order.index(before)
    return after != order[0]
