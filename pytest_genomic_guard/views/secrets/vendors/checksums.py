"""Checksums that vendors put into tokens, so that a scanner can tell a token that was given out from one that was made up.

GitHub: the last six characters are the CRC-32 of the thirty before them in base 62 (github.blog, "Behind GitHub's new
authentication token formats", 2021-04-05). npm: the same (github.blog changelog, "npm has a new access token format", 2021-09-23).
"""

from __future__ import annotations

_DIGITS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def base62(number: int, width: int = 6) -> bytes:
    """Return a number in base 62, with zeros before it."""
    made = bytearray()
    while number:
        number, left = divmod(number, 62)
        made.append(_DIGITS[left])
    return bytes(made[::-1]).rjust(width, b"0")


def crc62(token: bytes) -> bool:
    """Tell whether the last six of the 36 characters behind a prefix and an underscore are the checksum of the others."""
    import zlib  # noqa: PLC0415 - only where a token was found

    body = token.rpartition(b"_")[2]
    return len(body) == 36 and base62(zlib.crc32(body[:30])) == body[30:]
