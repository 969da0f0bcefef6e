"""What the tests of tables share: reading, rows made at run time, and a guard against work that grows faster than its input."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.views import tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

    from _typeshed import TraceFunction

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.tables import DataTable

HEADER = ["patient_id", "birth_date", "sex", "weight", "note"]
WANT = ("person-id", "birth-date", "sex", None, None)


def artifact() -> Artifact:
    """Return an artifact to hang a view on."""
    return Memory({b"x": b""}).entries()[0]


def people(count: int = 12) -> list[tuple[str, str, str, str, str]]:
    """Return rows of people that there are not."""
    return [
        (f"P{7 * each:04}", f"19{30 + each % 60}-0{1 + each % 9}-1{each % 10}", "mf"[each % 2], f"{50 + each}.5", f"a, {each}")
        for each in range(count)
    ]


def text(data: bytes | str, name: bytes = b"") -> list[DataTable]:
    """Return the tables of a text."""
    return list(tables.from_text(data.encode() if isinstance(data, str) else data, artifact(), ("gzip",), name))


def only(found: Sequence[DataTable], form: str) -> DataTable:
    """Return the one table, of the given format."""
    assert [table.format for table in found] == [form]
    return found[0]


def steps(data: bytes) -> int:
    """Return how many lines of our code run to read a text, twice: what grows with the square shows, on any machine."""
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
        for table in text(data):
            for _row in table.rows():
                pass
    finally:
        sys.settrace(before)
    return count
