"""Writers of files that nothing writes any more, or that only SAS writes."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

SAS_MAGIC = bytes.fromhex("000000000000000000000000c2ea8160b31411cfbd92080009c7318c181f1011")


def stata(release: int, order: str, columns: Sequence[str]) -> bytes:
    """Return a file of a release before 117, of numbers only, without rows."""
    width = 33 if release > 108 else 9
    count = len(columns)
    data = struct.pack(f"{order}BBBBH", release, 0 if release == 102 else 1 if order == ">" else 2, 1, 0, count)
    data += struct.pack(order + ("H" if release == 102 else "I"), 0) + b"label".ljust(81 if release > 105 else 32, b"\0")
    data += b"" if release < 105 else b"01 Jan 2020 00:00".ljust(18, b"\0")
    data += (b"d" if release < 111 else b"\xff") * count + b"".join(name.encode("cp1252").ljust(width, b"\0") for name in columns)
    data += bytes(2 * (count + 1)) + b"%9.0g".ljust(49 if release > 113 else 12 if release > 104 else 7, b"\0") * count
    data += bytes(width * count + (81 if release > 105 else 32) * count)
    return data + bytes(0 if release < 105 else 3 if release < 109 else 5)


class Sas:
    """A writer of SAS7BDAT without rows, by its description; pandas and ReadStat say whether it is right."""

    def __init__(self, columns: Sequence[str], *, wide: bool, order: Literal["<", ">"], rows: int = 0, page: int = 65536) -> None:
        self.order, self.size, self.wide = order, 8 if wide else 4, wide
        names = [name.encode() for name in columns]
        text = bytes(28) + b"".join(name.ljust(-(-len(name) // 4) * 4, b"\0") for name in names)
        offsets = [28 + sum(-(-len(name) // 4) * 4 for name in names[:at]) for at in range(len(names))]
        self.page = page
        self.parts = [
            self._rows(len(columns), rows),
            self.mark(0xF6F6F6F6) + self.word(len(columns)) + bytes(self.size),
            self.mark(0xFFFFFFFD) + self.half(len(text)) + text[2:] + bytes(self.size + 4),
            self._list(0xFFFFFFFF, b"".join(self.half(0, at, len(name), 0) for at, name in zip(offsets, names, strict=True))),
            self._list(
                0xFFFFFFFC, b"".join(self.word(8 * at) + struct.pack(order + "IHBB", 8, 4, 1, 0) for at in range(len(names)))
            ),
            *(self.mark(0xFFFFFBFE) + bytes(3 * self.size + 34) + bytes(14) for _name in names),
        ]

    def word(self, *values: int) -> bytes:
        """Return numbers of full size."""
        return struct.pack(self.order + ("Q" if self.wide else "I") * len(values), *values)

    def half(self, *values: int) -> bytes:
        """Return numbers of two bytes."""
        return struct.pack(self.order + "H" * len(values), *values)

    def mark(self, value: int) -> bytes:
        """Return the first bytes of a subheader; wide ones go on with ones, and the first two kinds with zeros."""
        if self.wide and value >> 24 < 0xF8:
            return struct.pack(self.order + "II", value, 0)
        return self.word(value | 0xFFFFFFFF << 32 if self.wide else value)

    def _rows(self, columns: int, rows: int) -> bytes:
        words = [0] * 95
        words[4], words[5], words[8], words[14] = 8 * columns, rows, columns, 0
        return self.mark(0xF7F7F7F7) + self.word(*words)[: (808 if self.wide else 480) - self.size]

    def _list(self, mark: int, body: bytes) -> bytes:
        return self.mark(mark) + self.half(len(body) + 8, 0, 0, 0) + body + bytes(self.size + 4)

    def data(self) -> bytes:
        """Return the file: a header, and one page of subheaders with their places before them."""
        head = bytearray(self.page)
        head[:32] = SAS_MAGIC
        head[32] = 0x33 if self.wide else 0x22
        head[35] = 0x33 if self.wide else 0x22
        head[37], head[39], head[70] = self.order == "<", 0x31, 20
        head[84:92], head[156:164] = b"SAS FILE", b"DATA    "
        more = 4 if self.wide else 0
        struct.pack_into(self.order + "dd", head, 164 + more, 0, 0)
        struct.pack_into(self.order + "II", head, 196 + more, len(head), self.page)
        struct.pack_into(self.order + ("Q" if self.wide else "I"), head, 204 + more, 1)
        head[216 + 2 * more : 224 + 2 * more] = b"9.0401M6"
        page = bytearray(self.page)
        mark = 32 if self.wide else 16
        page[mark : mark + 8] = self.half(0, len(self.parts), len(self.parts), 0)
        at, place = mark + 8, self.page
        for part in self.parts:
            place -= -(-len(part) // 8) * 8
            page[place : place + len(part)] = part
            entry = self.word(place, len(part)) + bytes(self.size)
            page[at : at + len(entry)] = entry
            at += len(entry)
        return bytes(head + page)
