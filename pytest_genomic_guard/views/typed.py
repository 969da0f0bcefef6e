"""Arrays of numbers that JSON holds as base64: Plotly's ``bdata``, Bokeh's ``ndarray``, the buffers of Jupyter's widgets.

They are decoded with ``array`` and ``struct`` alone, as numbers that JSON would have written.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views import formats

TYPE_CHECKING = False
if TYPE_CHECKING:
    from array import array
    from typing import Any

VALUES = 4 << 20  # numbers of one document that are decoded
_TYPE = regex(r"[<>|=]?(u|i|f|b|uint|int|float|bool)(\d{0,2})c?", re.ASCII)
_CODES = {"i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I", "i8": "q", "u8": "Q", "f4": "f", "f8": "d"}
_HOLDERS = {"bdata", "__ndarray__", "buffer", "data", "value", "array"}
_BESIDE = {"dtype", "shape", "order", "type"}
_HEAD = 1 << 10
_SHAPE = regex(r"[\d, ()\[\]]*")
_BASE64 = regex(r"[A-Za-z0-9+/\s]*={0,2}\s*")


_TEXT = bytes({*b"\t\n\r", *range(32, 127), *range(128, 256)})


class Numbers:
    """A decoded array: rows of numbers as text."""

    def __init__(self, values: array[Any], width: int) -> None:
        """Take the values in the order of rows."""
        self.values, self.width = values, width

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.values) // self.width

    def columns(self) -> list[list[str]]:
        """Return the cells of each column."""
        cells = _texts(self.values)
        return [cells[column :: self.width] for column in range(self.width)]

    def text(self) -> str:
        """Return the rows as lines."""
        cells = _texts(self.values)
        if self.width == 1:
            return "\n".join(cells)
        return "\n".join("\t".join(cells[at : at + self.width]) for at in range(0, len(cells), self.width))


class Decoder:
    """Decodes the arrays of one document, within a bound over all of them."""

    def __init__(self) -> None:
        """Begin."""
        self._left = VALUES

    def read(self, value: dict[str, Any]) -> tuple[Numbers, str] | None:
        """Return the numbers that an object stands for, and its base64 where that can be more; None when it stands for none.

        An object that says anything else is none of them, so that nothing is lost. Raises `Unreadable`: too-large.
        """
        holders = _HOLDERS.intersection(value)
        code = _code(value.get("dtype"))
        if not code or len(holders) != 1 or not holders | _BESIDE >= value.keys() or not _plain(value):
            return None
        data = value[holders.pop()]
        if isinstance(data, dict):
            data = data.get("data") if data.keys() == {"type", "data"} and data["type"] == "bytes" else None
        raw = _bytes(data) if isinstance(data, str) and _BASE64.fullmatch(data) else None
        if raw is None:
            return None
        values = _array(raw, code, big=value["dtype"][:1] == ">" or value.get("order") == "big")
        self._left -= len(values)
        if self._left < 0:
            raise Unreadable("too-large")
        more = code in "bB" or len(raw) % values.itemsize or formats.identify(raw) or _encoding(raw[:_HEAD])
        return Numbers(values, _width(value.get("shape"), len(values))), data if more else ""


def _encoding(head: bytes) -> bool:
    """Tell whether the numbers are a text, which nobody's are."""
    try:
        head[: head.rfind(b"\n") + 1 or None].decode()
    except UnicodeDecodeError:
        return False
    return not head.translate(None, _TEXT)


def _plain(value: dict[str, Any]) -> bool:
    """Tell whether what stands beside the numbers only tells how they are to be read."""
    shape = value.get("shape", "")
    shape = ",".join(shape) if isinstance(shape, list) and all(isinstance(size, str) for size in shape) else shape
    sure = isinstance(shape, str) and _SHAPE.fullmatch(shape)
    return bool(sure) and value.get("type", "ndarray") == "ndarray" and value.get("order", "little") in ("little", "big")


def _code(kind: object) -> str:
    """Return the type code of ``array`` for a type that numpy, Plotly or Bokeh names; "" for one that holds no numbers."""
    found = _TYPE.fullmatch(kind) if isinstance(kind, str) else None
    if not found:
        return ""
    letter, digits = found[1], found[2]
    size = int(digits or "1") // (8 if len(letter) > 1 and digits else 1)
    letter = "u" if letter in {"b", "bool"} else letter[0]
    return "e" if (letter, size) == ("f", 2) else _CODES.get(f"{letter}{size}", "")


def _bytes(text: str) -> bytes | None:
    """Decode base64, and gzip in it, which Bokeh writes."""
    import binascii  # noqa: PLC0415 - for typed arrays only
    import zlib  # noqa: PLC0415 - as above

    try:
        raw = binascii.a2b_base64(text)
    except ValueError:
        return None
    if not raw.startswith(b"\x1f\x8b\x08"):
        return raw
    unpacker = zlib.decompressobj(31)
    try:
        data = unpacker.decompress(raw, 8 * VALUES)
    except zlib.error:
        return raw
    if unpacker.unconsumed_tail:
        raise Unreadable("too-large")
    return data if unpacker.eof and not unpacker.unused_data else raw


def _array(raw: bytes, code: str, *, big: bool) -> array[Any]:
    import struct  # noqa: PLC0415 - for typed arrays only
    import sys  # noqa: PLC0415 - as above
    from array import array  # noqa: PLC0415 - as above

    if code == "e":
        whole = raw[: len(raw) // 2 * 2]
        return array("f", struct.unpack(f"{'>' if big else '<'}{len(whole) // 2}e", whole))
    values = array(code)
    values.frombytes(raw[: len(raw) // values.itemsize * values.itemsize])
    if big != (sys.byteorder == "big"):
        values.byteswap()
    return values


def _width(shape: object, count: int) -> int:
    """Return how many numbers make a row: all dimensions but the first."""
    sizes = re.findall(r"\d{1,9}", shape) if isinstance(shape, str) else shape
    width = 1
    for size in sizes[1:] if isinstance(sizes, list) else ():
        width *= int(size) if isinstance(size, str) and size.isascii() and size.isdecimal() and len(size) < 10 else 1
        if not 0 < width <= max(1, count):
            return 1
    return width if count % width == 0 else 1


def _texts(values: array[Any]) -> list[str]:
    """Return numbers as JSON spells them; lists are spelled much faster than their items."""
    if values.typecode == "f":
        return [f"{each:.9g}" for each in values]
    texts = repr(values.tolist())[1:-1]
    found = texts.split(", ") if texts else []
    return [each.removesuffix(".0") for each in found] if ".0" in texts else found
