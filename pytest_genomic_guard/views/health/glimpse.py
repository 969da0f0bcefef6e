"""Whether the beginning of a picture has metadata that may tell of a person: EXIF or XMP. No more is needed of those in texts."""

from __future__ import annotations

STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"II*\0", b"MM\0*")
LOOKED = 4096  # bytes of a picture in which it shows
_PARTS = 16  # segments of a JPEG before its metadata


def told(head: bytes) -> bool:
    """Tell it by the first `LOOKED` bytes; of a TIFF, by its being one."""
    if head.startswith(b"\xff\xd8\xff"):
        return _jpeg(head)
    if head.startswith(b"\x89PNG"):
        return b"eXIf" in head or b"XML:com.adobe.xmp" in head
    if head.startswith(b"RIFF"):
        return head[8:16] == b"WEBPVP8X" and len(head) > 20 and bool(head[20] & 0x0C)  # its flags: EXIF, XMP
    return head.startswith((b"II*\0", b"MM\0*"))


def _jpeg(head: bytes) -> bool:
    """Tell whether a segment APP1 comes before the image."""
    at = 2
    for _each in range(_PARTS):
        if at + 4 > len(head) or head[at] != 0xFF or head[at + 1] == 0xDA:
            return False
        if head[at + 1] == 0xE1:
            return True
        at += 2 + max(2, int.from_bytes(head[at + 2 : at + 4], "big"))
    return False
