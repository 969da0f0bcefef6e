"""Numbers as JSON, YAML and TOML have them, of which only finite ones are figures."""

from __future__ import annotations

import math

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def finite(value: Any) -> float | None:
    """Return a finite number; None for anything else, and for true and false."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def whole(value: Any) -> int | None:
    """Return a count that is not negative; scikit-learn writes them with a fraction of zero."""
    number = finite(value)
    return int(number) if number is not None and number >= 0 and number == int(number) else None
