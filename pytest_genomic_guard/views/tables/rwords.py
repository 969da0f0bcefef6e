"""Numbers and texts as R serialises them: in binary, or as words of ASCII. A text is read up to what a name may have."""

from __future__ import annotations

import re
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 256  # bytes of a name
_WORDS = re.compile(rb"(?:\S++\s++){1024}")
_WORD = re.compile(rb"\s*+(\S++)\s")  # each ends a line, so one without an end was cut
_TEXTS = re.compile(rb"(?:\s*+\d++\s(?:0|-1|[1-9]\d*+\s\S++)\s){256}+")  # flags, a length, and a text if it has one
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"t": b"\t", b"v": b"\v", b"b": b"\b", b"r": b"\r", b"f": b"\f", b"a": b"\a"}


class Binary:
    """Numbers of 4 bytes, and texts with their length."""

    def __init__(self, data: bytes, at: int, order: str) -> None:
        self.data, self.at = data, at
        self._one, self._two = struct.Struct(order + "i"), struct.Struct(order + "ii")

    def number(self) -> int:
        """Return the next number."""
        value: int = self._one.unpack_from(self.data, self.at)[0]
        self.at += 4
        return value

    def text(self) -> bytes:
        """Return a text that begins with its length."""
        size = max(0, self.number())  # -1 is a text that is not there
        self.skip(size)
        return self.data[self.at - size : self.at][:_LONGEST]

    def skip(self, size: int) -> None:
        """Pass over bytes. Raises `ValueError`."""
        if size < 0 or self.at + size > len(self.data):
            raise ValueError("beyond the end")
        self.at += size

    def numbers(self, count: int, words: int) -> None:
        """Pass over a vector."""
        self.skip(count * (4 * words or 1))

    def texts(self, count: int, keep: Callable[[int, bytes], None] | None) -> None:
        """Pass over texts, each with its flags, or keep them."""
        if keep:
            for _each in range(count):
                keep(self.number(), self.text())
            return
        unpack, data, at = self._two.unpack_from, self.data, self.at
        for _each in range(count):
            size = unpack(data, at)[1]
            at += 8 + size if size > 0 else 8
        self.skip(at - self.at)


class Words:
    """The same in ASCII: a word each, without spaces in it."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def _word(self) -> bytes:
        found = _WORD.match(self.data, self.at)
        if not found:
            raise ValueError("beyond the end")
        self.at = found.end()
        return found[1]

    def number(self) -> int:
        """Return the next number; R writes NA for the least."""
        word = self._word()
        if len(word) > 20:
            raise ValueError("no number")
        return -1 << 31 if word == b"NA" else int(word)

    def text(self) -> bytes:
        """Return a text that begins with its length."""
        return _ESCAPE.sub(_unescaped, self._word()[: 4 * _LONGEST])[:_LONGEST] if self.number() > 0 else b""

    def numbers(self, count: int, words: int) -> None:
        """Pass over a vector."""
        left = count * ((words + 1) // 2 or 1)  # a double is a word, as an integer is
        while left:
            many = _WORDS.match(self.data, self.at) if left >= 1024 else None
            if many:
                self.at = many.end()
            else:
                self._word()
            left -= 1024 if many else 1

    def texts(self, count: int, keep: Callable[[int, bytes], None] | None) -> None:
        """Pass over texts, or keep them."""
        while count and not keep and (many := _TEXTS.match(self.data, self.at) if count >= 256 else None):
            self.at = many.end()
            count -= 256
        for _each in range(count):
            flags = self.number()
            if keep:
                keep(flags, self.text())
            elif self.number() > 0:
                self._word()


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes([int(code, 8) & 255]) if code.isdigit() else _LETTERS.get(code, code)
