"""Directories of TIFF, which EXIF uses too: TIFF 6.0, section 2; EXIF 2.32, 4.6; BigTIFF. Each is bounded, and met once."""

from __future__ import annotations

from pytest_genomic_guard.views.bounds import HELD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Get = Callable[[int, int], bytes]  # bytes at an offset; fewer where there are none, or where it is beyond reach
    Directory = dict[int, bytes]

MAKE, MODEL, DESCRIPTION, SOFTWARE, ARTIST, EXIF, GPS = 0x010F, 0x0110, 0x010E, 0x0131, 0x013B, 0x8769, 0x8825
OWNER, SERIAL, XP_TITLE, XP_AUTHOR, SUBFILE = 0xA430, 0xA431, 0x9C9B, 0x9C9D, 0x00FE
NDPI_LENS = 65421
LATITUDE, LONGITUDE = 2, 4  # of the directory of GPS
_MOST = 64  # directories of one file
_ENTRIES = 512  # entries of one
_VALUE = 4096  # bytes of one value
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}


def of(data: bytes) -> Get:
    """Return what gives the bytes of a block held in memory."""
    return lambda at, size: data[at : at + size]


class Tiff:
    """A TIFF, or the block of EXIF that is one."""

    def __init__(self, get: Get) -> None:
        """Read its directories: `chain` as they follow each other, `own` with EXIF's put in, and `gps`."""
        self._get = get
        head = get(0, 16)
        self.valid = head[:4] in {b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"}
        self._order: str = "little" if head[:2] == b"II" else "big"
        self._big = b"+" in head[2:4]
        self.chain: list[dict[int, bytes]] = []
        self.gps: dict[int, bytes] = {}
        self.cut = False
        if self.valid:
            first = self._number(head[8:16] if self._big else head[4:8])
            self.chain = list(self._chain(first))
        self.own = dict(self.chain[0]) if self.chain else {}
        for tag, into in ((EXIF, self.own), (GPS, self.gps)):
            if tag in self.own:
                into.update(next(self._chain(self._number(self.own[tag])), {}))

    def _number(self, data: bytes) -> int:
        return int.from_bytes(data, self._order)  # type: ignore[arg-type]

    def _chain(self, at: int) -> Iterator[Directory]:
        met: set[int] = set()
        counted, each, wide = (8, 20, 8) if self._big else (2, 12, 4)
        while at and at not in met and len(met) < _MOST:
            met.add(at)
            count = self._get(at, counted)
            if len(count) < counted:
                self.cut = True
                return
            entries = min(self._number(count), _ENTRIES)
            block = self._get(at + counted, entries * each + wide)
            found: dict[int, bytes] = {}
            for start in range(0, min(entries * each, len(block) - each + 1), each):
                entry = block[start : start + each]
                tag, kind, number = self._number(entry[:2]), self._number(entry[2:4]), self._number(entry[4 : 4 + wide])
                size = _SIZES.get(kind, 0) * number
                value = entry[4 + wide : 4 + wide + size] if size <= wide else b""
                if wide < size <= _VALUE or (size > _VALUE and kind == 2):
                    value = self._get(self._number(entry[4 + wide :]), min(size, _VALUE))
                found.setdefault(tag, value)
            yield found
            at = self._number(block[entries * each : entries * each + wide])

    def number(self, directory: Directory, tag: int) -> int:
        """Return an entry that is a number; -1 where there is none."""
        return self._number(directory[tag]) if directory.get(tag) else -1

    def located(self) -> bool:
        """Tell whether there are coordinates, other than noughts."""
        return all(any(self.gps.get(tag, b"")[at] for at in _numerators(self._order, self.gps.get(tag, b""))) for tag in (2, 4))


def _numerators(order: str, value: bytes) -> list[int]:
    """Return where the bytes of the numerators of fractions stand: a denominator is never nought."""
    del order
    return [at for at in range(len(value)) if at % 8 < 4]


def text(value: bytes) -> str:
    """Return an ASCII entry, which programs write in UTF-8."""
    return value.split(b"\0")[0].decode("utf-8", "replace").strip()


def wide(value: bytes) -> str:
    """Return an entry of Windows, in UTF-16."""
    return value.decode("utf-16-le", "replace").split("\0")[0].strip()


REACH = HELD  # bytes from the beginning in which directories are looked for
