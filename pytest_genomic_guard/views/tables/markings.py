"""XML of office documents through expat: no document type, no entity and nothing external, as these documents have none."""

from __future__ import annotations

from xml.parsers import expat

from pytest_genomic_guard.model import Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Attributes = dict[str, str]

_PIECE = 1 << 20


class _Stop(Exception):  # noqa: N818 - ends a parse
    """The XML holds what a workbook cannot."""


class Parser:
    """Expat over one member: names without prefix, text only where it is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.EntityDeclHandler = _refuse
        self._parser.ExternalEntityRefHandler = _refuse
        self._parser.StartElementHandler = lambda name, attributes: self.start(name.rpartition(":")[2], attributes)
        self._parser.EndElementHandler = lambda name: self.end(name.rpartition(":")[2])
        self._parser.CharacterDataHandler = self.text

    def feed(self) -> Iterator[None]:
        """Parse piece by piece, yielding after each. Raises `Unreadable`: corrupt."""
        try:
            for at in range(0, len(self._data), _PIECE):
                self._parser.Parse(self._data[at : at + _PIECE], at + _PIECE >= len(self._data))
                yield
        except (expat.ExpatError, _Stop, ValueError, LookupError):
            raise Unreadable("corrupt") from None

    def all(self) -> None:
        """Parse all."""
        for _piece in self.feed():
            pass

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, data: str) -> None:
        """Take text."""


def _refuse(*_what: object) -> int:
    raise _Stop
