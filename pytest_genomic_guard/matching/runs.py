"""Where a text consists of few kinds of bytes for a while, as rows of numbers do.

Anchors of such rows would stand at every cell of any table of numbers, and each costs more than the whole of this. Of most texts
every eighth byte tells that there is no run at all.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.model import Rule

    Spans = list[tuple[int, int]]

LEAST = 35  # bytes of the shortest run that must be found
_STEP = 8
_TOLD, _WHOLE = b"\1" * (LEAST // _STEP), b"\1" * LEAST


class Runs:
    """The rules of the face ``run``, by the bytes of which their runs are made."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Take all rules; the others are left out."""
        found: dict[bytes, list[Rule]] = {}
        for rule in rules:
            if rule.face == "run":
                found.setdefault(b"".join(rule.anchors), []).append(rule)
        self._rules = [(bytes(int(byte in members) for byte in range(256)), some) for members, some in found.items()]

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self._rules)

    def of(self, data: bytes) -> list[tuple[Rule, Spans]]:
        """Return the rules for which there are runs, and where these begin and end."""
        if not self._rules or len(data) < LEAST:
            return []
        sample = data[::_STEP]
        told: list[tuple[Rule, Spans]] = []
        for table, some in self._rules:
            spans = _runs(data, table) if _TOLD in sample.translate(table) else []
            told += [(rule, spans) for rule in some if spans]
        return told


def _runs(data: bytes, table: bytes) -> Spans:
    seen = data.translate(table)
    spans: Spans = []
    begin = seen.find(_WHOLE)
    while begin >= 0:
        end = seen.find(b"\0", begin + LEAST)
        end = len(seen) if end < 0 else end
        spans.append((begin, end))
        begin = seen.find(_WHOLE, end)
    return spans
