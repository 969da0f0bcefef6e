"""What a reader of archives yields: members, what it could not read, and texts that the archive itself holds."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_genomic_guard.model import Stream


class Member:
    """One file of an archive. `stream` is at its beginning, and is to be read before the next member is asked for."""

    def __init__(self, number: int, name: bytes, stream: Stream, opener: Callable[[], Stream]) -> None:
        """Take the ordinal, a name that gives hints and is never shown, and how to open the member, now and once more."""
        self.number, self.name, self.stream, self.opener = number, name, stream, opener


class Lost:
    """A member that cannot be read, or with number 0 the archive itself, and why."""

    def __init__(self, number: int, reason: str) -> None:
        """Take the ordinal, and a key of `REASONS`."""
        self.number, self.reason = number, reason


class Note:
    """Text that stands beside the members: a comment, the target of a link."""

    def __init__(self, data: bytes, *steps: str) -> None:
        """Take the text and its place in the archive."""
        self.data, self.steps = data, steps
