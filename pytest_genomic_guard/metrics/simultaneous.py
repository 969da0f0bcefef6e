"""One critical value for all comparisons that a bound makes, so that the probability that any interval misses is bounded.

The bounds of a gate share the error evenly (Bonferroni). Within a bound, what is compared lies in blocks, one for each grouping and
rate: all pairs of independent figures (Tukey 1953; Kramer 1956 for unequal sizes), or comparisons of any dependence (Sidak 1967).
The critical value is the one at which the error of the blocks adds up to that of the bound.
"""

from __future__ import annotations

import functools
import math

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics import limits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Block(Record):
    """Comparisons that are simultaneous among themselves: all pairs of `count` independent figures, or `count` comparisons."""

    pairs: bool
    count: int

    @property
    def comparisons(self) -> int:
        """Return how many."""
        return self.count * (self.count - 1) // 2 if self.pairs else self.count

    def tail(self, z: float) -> float:
        """Return the probability that any of them misses at critical value `z`."""
        if self.pairs:
            return limits.studentised_range_tail(z, self.count)
        return -math.expm1(self.count * math.log1p(-limits.tail(z))) if z > 0 else 1.0


def critical(confidence: float, bounds: int, blocks: Sequence[Block]) -> float:
    """Return the critical value of the comparisons of one of `bounds` bounds; one comparison is assumed where there is none."""
    return _critical(confidence, bounds, tuple(block for block in blocks if block.comparisons) or (Block(pairs=False, count=1),))


@functools.lru_cache(maxsize=1024)
def _critical(confidence: float, bounds: int, blocks: tuple[Block, ...]) -> float:
    return limits.solve(lambda z: sum(block.tail(z) for block in blocks), (1 - confidence) / bounds)


def family(confidence: float, bounds: int, blocks: Sequence[Block], what: str, *, resamples: int = 0) -> str:
    """Return the family in words: "95 % simultaneous over 10 pairs (Tukey) and 2 bounds (Bonferroni)"."""
    made = sum(block.comparisons for block in blocks)
    tukey = any(block.pairs and block.count > 2 for block in blocks)
    over = [f"{made:,} {what}s" + ("" if resamples else " (Tukey)" if tukey else " (Sidak)")] if made > 1 else []
    if bounds > 1:
        over.append(f"{bounds} bounds" + ("" if resamples else " (Bonferroni)"))
    told = f"{confidence * 100:g} %" + (f" simultaneous over {' and '.join(over)}" if over else "")
    return f"{told}, by max-T of {resamples:,} resamples of the cells" if resamples else told
