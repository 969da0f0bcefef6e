"""The record that every reader of a genomic format gives."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    # individual: it says something of each of some people; aggregate: it does not
    Level = Literal["individual", "aggregate"]
    Species = Literal["", "human", "other"]  # as the content tells, by the names and lengths of its sequences; "": it does not
    Setting = Literal["file", "output"]  # the content itself is of the format; or a saved output shows some of it


class Genomic(View):
    """Content of a genomic format. Subclasses say of which kind, and a check sees one of them.

    `format` is from our own lists and never from the content. `names` are those of people, kept in memory to mask paths that repeat
    them and to compare them with public ones.
    """

    format: str
    level: Level
    at: Location
    people: int = 0  # 0: it does not tell
    more: bool = False  # only its beginning was read, so that there may be more people than that
    variants: int = 0
    names: tuple[bytes, ...] = ()
    species: Species = ""
    setting: Setting = "file"
    final: bool = True  # what it is, is decided, and nothing else needs to be read; False: it is a text to be read as any other

    def locate(self, start: int = 0, end: int | None = None) -> Location:  # noqa: ARG002 - the contract of a view
        """Return the place of what told the format."""
        return self.at

    def identifiers(self) -> Iterator[bytes]:
        """Yield the names of people."""
        return iter(self.names)
