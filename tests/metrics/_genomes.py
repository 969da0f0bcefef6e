"""People that nobody is: genotypes drawn from allele frequencies."""

from __future__ import annotations

import numpy as np

TYPE_CHECKING = False
if TYPE_CHECKING:
    from numpy.typing import NDArray

    Calls = NDArray[np.int8]


class Population:
    """Strangers of one population, at independent variants."""

    def __init__(self, variants: int) -> None:
        """Draw its allele frequencies."""
        self.random = np.random.default_rng()
        self.frequencies = self.random.uniform(0.05, 0.5, variants)

    def draw(self, people: int) -> Calls:
        """Return genotypes: int8[people, variants]."""
        return self.random.binomial(2, self.frequencies, (people, len(self.frequencies))).astype(np.int8)
