"""What the tests of schemas share: damage, and a guard against work that grows faster than its input."""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

from pytest_genomic_guard.views import tables

if TYPE_CHECKING:
    from types import FrameType

    from _typeshed import TraceFunction

COLUMNS = ["patient_id", "birth_date", "sex", "weight"]


def damaged(data: bytes, seed: int, count: int) -> bytes:
    """Return data of which some bytes are others, a piece stands twice or not at all, and the end may be gone."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    changed = bytearray(data)
    for _change in range(count):
        at = chance.randrange(len(changed))
        kind = chance.randrange(8)
        if kind == 0:
            changed[at : at + chance.randrange(9)] = b""
        elif kind == 1:
            changed[at:at] = changed[at : at + chance.randrange(64)]
        elif kind == 2:
            changed[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f"))
        else:
            changed[at] = chance.choice((0, 1, 2, 4, 19, 127, 128, 238, 255, chance.randrange(256)))
        if len(changed) < 2:
            break
    return bytes(changed[: chance.randrange(1, len(changed) + 1)] if chance.randrange(3) == 0 else changed)


def work(kind: str, data: bytes) -> int:
    """Return how many lines of our code run to read a schema: what grows with the square shows, on any machine."""
    count = 0

    def trace(frame: FrameType, event: str, _argument: object) -> TraceFunction | None:
        nonlocal count
        if "views/tables" not in frame.f_code.co_filename.replace("\\", "/"):
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        tables.schema_of(kind, data, data)
    finally:
        sys.settrace(before)
    return count


def is_linear(kind: str, data: bytes) -> bool:
    """Tell whether the work fits the length, and names do too."""
    names = tables.schema_of(kind, data, data)
    return work(kind, data) <= 40 * len(data) + 2000 and sum(map(len, names)) <= 64 * len(data) + 1000
