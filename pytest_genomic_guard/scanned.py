"""What the scan of one artifact gave."""

from __future__ import annotations

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Covered, Fact, Finding, Gap
    from pytest_genomic_guard.views.pointers import Target

    Empty = tuple[Covered, bool]  # how far what gave nothing was covered, and whether it was plain


class Scanned(Record):
    """All that one artifact gave."""

    path: bytes
    findings: tuple[Finding, ...]
    facts: tuple[Fact, ...]
    gaps: tuple[Gap, ...]
    covered: Covered
    size: int
    blob: str | None = None
    working_copy: frozenset[int] = frozenset()  # positions of findings that the committed content does not have
    target: Target | None = None  # what a push uploads besides, of a pointer
    plain: bool = False  # it gave nothing but facts, and nothing was seen that a path could repeat
