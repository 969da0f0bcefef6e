"""One interface to find where rules match in a buffer; the engine does not know which matcher works behind it."""

from __future__ import annotations

from pytest_genomic_guard.matching.stdlib import StdlibMatcher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Protocol

    from pytest_genomic_guard.model import Rule

    class Matcher(Protocol):
        """Find matches of a fixed set of rules."""

        def scan(self, data: bytes) -> Mapping[str, Sequence[tuple[int, int]]]:
            """Return the (start, end) spans of matches in order, by the name of the rule; rules without a match are left out."""


def matcher(rules: Sequence[Rule]) -> Matcher:
    """Return the best matcher that this machine has. Raises ValueError when two rules share a name."""
    return StdlibMatcher(rules)
