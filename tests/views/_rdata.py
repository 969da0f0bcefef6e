"""A writer of R's serialisation, in each of its encodings."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from _schemas import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Value = Any  # None, a number, a text, bytes, a list of one of them, or Items


class Items:
    """A list of R with its attributes; `kind` says if it is one of pairs."""

    def __init__(self, values: Sequence[Value], attributes: Mapping[str, Value] | None = None) -> None:
        self.values, self.attributes = values, attributes or {}


class Vector(Items):
    """A vector of numbers with attributes."""


class Writer:
    """A writer of R's serialisation, in XDR, in ASCII, or as the machine has its numbers."""

    def __init__(self, form: str, version: int, *, big: bool = False) -> None:
        self.form, self.version = form, version
        self.order = ">" if form == "X" or big else "<"
        self.out: list[bytes] = [form.encode() + b"\n"]
        self.symbols: list[str] = []
        self.number(version, 0x40202, 0x20300 if version == 2 else 0x30500)
        if version == 3:
            self.text("UTF-8")

    def number(self, *values: int) -> None:
        """Write numbers."""
        for value in values:
            self.out.append(f"{value}\n".encode() if self.form == "A" else struct.pack(self.order + "i", value))

    def text(self, value: str) -> None:
        """Write a length, and a text, in which ASCII has escapes."""
        data = value.encode()
        self.number(len(data))
        if self.form == "A":
            names = {10: "\\n", 9: "\\t", 92: "\\\\", 34: '\\"', 39: "\\'", 63: "\\?"}
            data = "".join(names.get(c) or (f"\\{c:03o}" if c <= 32 or c > 126 else chr(c)) for c in data).encode() + b"\n"
        self.out.append(data)

    def symbol(self, name: str) -> None:
        """Write a symbol, or a reference to it."""
        if name in self.symbols:
            self.number((self.symbols.index(name) + 1) << 8 | 255)
        else:
            self.symbols.append(name)
            self.number(1, 0x40009)
            self.text(name)

    def pairs(self, values: Mapping[str, Value]) -> None:
        """Write a list of pairs, each with its tag."""
        for name, value in values.items():
            self.number(2 | 0x400)
            self.symbol(name)
            self.item(value)
        self.number(254)

    def item(self, value: Value) -> None:
        """Write anything."""
        if value is None:
            self.number(254)
        elif isinstance(value, Items):
            kind = 14 if isinstance(value, Vector) else 19
            self.number(kind | (0x300 if value.attributes else 0))
            self.number(len(value.values))
            for each in value.values:
                if isinstance(value, Vector):
                    assert isinstance(each, (int, float))
                    self.double(float(each))
                else:
                    self.item(each)
            if value.attributes:
                self.pairs(value.attributes)
        elif isinstance(value, bytes):
            self.number(24, len(value))
            self.out += [b"%02x\n" % byte for byte in value] if self.form == "A" else [value]
        elif isinstance(value, int):
            self.number(13, 1, value)
        elif isinstance(value, str):
            self.item([value])
        elif value and isinstance(value[0], float):
            self.item(Vector(value))
        else:
            self.number(16 if value and not isinstance(value[0], int) else 13, len(value))
            for part in value:
                self._element(part)

    def _element(self, part: object) -> None:
        if isinstance(part, int):
            self.number(part)
        elif part is None:
            self.number(9, -1)
        else:
            self.number(0x40009)
            self.text(str(part))

    def double(self, value: float) -> None:
        """Write a double."""
        self.out.append(f"{value}\n".encode() if self.form == "A" else struct.pack(self.order + "d", value))

    def file(self, value: Value = None, variables: Mapping[str, Value] | None = None) -> bytes:
        """Return a file of one object, or of variables."""
        if variables is None:
            self.item(value)
            return b"".join(self.out)
        self.pairs(variables)
        return f"RD{self.form}{self.version}\n".encode() + b"".join(self.out)


def frame(columns: Sequence[str] = COLUMNS, rows: int = 2) -> Items:
    """Return a data frame of texts, numbers, a factor and a list; its rows have names."""
    values: list[Value] = [["a value", "", None][:rows] if at % 2 else [1.5] * rows for at, _name in enumerate(columns)]
    values[-1] = Items([[1, 2], b"\1\2", None, "a value"])
    people: list[str | None] = [f"row_person_{each + 1}" for each in range(rows)]
    return Items(values, {"names": list(columns), "class": "data.frame", "row.names": people})
