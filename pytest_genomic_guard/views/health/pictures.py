"""What pictures, sounds and films tell beside what they show: EXIF, XMP, boxes of QuickTime, images of a slide's label.

Sources: JPEG (ITU T.81, B.1), EXIF 2.32 (JEITA CP-3451), PNG 3rd edition 11.3, RIFF, HEIF (ISO/IEC 23008-12), QuickTime file
format, the layouts of slide scanners as OpenSlide documents them. Pixels are not looked at.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import View
from pytest_genomic_guard.views.health import captions, exif

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.streams import Peek

PHOTOGRAPH, PICTURE, SLIDE, SOUND, FILM = "photograph", "picture", "slide", "sound recording", "film"
_LOOKED = 4 << 20  # bytes in which metadata of pictures stand, and boxes of films
_PIECES = 4096  # segments, chunks
_BLOCK = 1 << 20  # bytes of one of them
_SOUNDS = frozenset(("WAV", "Ogg", "FLAC", "MP3"))
_FILMS = frozenset(("AVI", "Matroska"))
_STILL = frozenset((b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis", b"heim", b"heis", b"hevc"))
_XMP_GPS = regex(rb"exif:GPSL(?:atitude|ongitude)(?:=[\"']|>)\s?+[0-9]{1,3}[,.]([0-9.,]{1,20})")
_XMP_OWNER = regex(rb"(?:aux|exifEX):(?:OwnerName|CameraOwnerName)(?:=[\"']|>)([^\"'<>]{2,80})")
_PLACE = regex(rb"(?:\xa9xyz.{4}|location\.ISO6709.{0,400}?)[+-][0-9]{2,6}\.[0-9]{1,8}[+-][0-9]{3,7}\.[0-9]{1,8}", re.DOTALL)
_LABEL = regex(r"(?:^|[\s|=_\"'>])(?:label|macro)(?:[\s|_\"'<]|image|$)", re.IGNORECASE)
_SCANNER = regex(r"aperio|iscan|<scn |pim_dp|hamamatsu|label[ _]image|leica|trestle|mirax|ventana|philips", re.IGNORECASE)


class Picture(View):
    """A picture, a sound or a film, with what its metadata tell. Names stay in memory."""

    format: str
    kind: str
    located: bool = False  # has coordinates
    camera: bool = False  # names its maker or model
    owner: str = ""  # of the camera, or who took it
    label: bool = False  # a slide with the image of its label
    texts: tuple[str, ...] = ()  # title, comment, description


def binary(name: str, stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Picture:
    """Return what a file of such a format tells. Damaged metadata tell less."""
    head = stream.peek(_LOOKED)[:_LOOKED]
    texts = captions.texts(name, head)
    if name in _SOUNDS or name in _FILMS:
        return Picture(artifact=artifact, trail=trail, format=name, kind=SOUND if name in _SOUNDS else FILM, texts=texts)
    if name == "MP4" and head[8:12] not in _STILL:
        kind = SOUND if head[8:11] == b"M4A" or head[8:11] == b"M4B" else FILM
        place = _PLACE.search(head) is not None
        return Picture(artifact=artifact, trail=trail, format=name, kind=kind, located=place, texts=texts)
    if name == "TIFF":
        tiff = exif.Tiff(_reach(stream))
        label = _label(tiff)
        xmp = tiff.own.get(700, b"")
        return _picture(name, artifact, trail, tiff, xmp, label=label)
    block, xmp = _BLOCKS[name](head)
    return _picture(name, artifact, trail, exif.Tiff(exif.of(block)), xmp, label=False)


def _picture(  # noqa: PLR0913 - the parts of a record
    name: str, artifact: Artifact, trail: tuple[str, ...], tiff: exif.Tiff, xmp: bytes, *, label: bool
) -> Picture:
    own = tiff.own
    camera = bool(own.get(exif.MAKE) or own.get(exif.MODEL))
    owner = exif.text(own.get(exif.OWNER, b""))
    if not owner and camera:
        owner = exif.text(own.get(exif.ARTIST, b"")) or exif.wide(own.get(exif.XP_AUTHOR, b""))
    named = _XMP_OWNER.search(xmp)
    place = _XMP_GPS.search(xmp)
    return Picture(
        artifact=artifact,
        trail=trail,
        format=name,
        kind=SLIDE if label else PHOTOGRAPH if camera else PICTURE,
        located=tiff.located() or bool(place and place[1].strip(b"0.,")),
        camera=camera,
        owner=owner or (named[1].decode("utf-8", "replace") if named else ""),
        label=label,
        texts=tuple(filter(None, (exif.text(own.get(exif.DESCRIPTION, b""))[:400], exif.wide(own.get(exif.XP_TITLE, b""))[:400]))),
    )


def _reach(stream: Peek) -> exif.Get:
    """Return what gives bytes of a stream by looking ahead, as far as may be held."""

    def get(at: int, size: int) -> bytes:
        end = at + size
        return stream.peek(end)[at:end] if end <= exif.REACH else b""

    return get


def _label(tiff: exif.Tiff) -> bool:
    """Tell whether a slide has the image of its label: by the descriptions of its images, or Hamamatsu's lens of -1."""
    told = [exif.text(each.get(exif.DESCRIPTION, b"")) for each in tiff.chain]
    scanned = any(_SCANNER.search(each) for each in told)
    lens = any(each.get(exif.NDPI_LENS, b"") in {b"\0\0\x80\xbf", b"\xbf\x80\0\0"} for each in tiff.chain)
    if lens or (scanned and any(_LABEL.search(each) for each in told)):
        return True
    aperio = bool(told) and told[0].startswith("Aperio")
    return aperio and (tiff.cut or any(tiff.number(each, exif.SUBFILE) in {1, 9} for each in tiff.chain[1:]))


def _jpeg(head: bytes) -> tuple[bytes, bytes]:
    """Return the blocks of EXIF and XMP of a JPEG."""
    block = xmp = b""
    at = 2
    for _each in range(_PIECES):
        if at + 4 > len(head) or head[at] != 0xFF or head[at + 1] in {0xDA, 0xD9}:
            break
        size = int.from_bytes(head[at + 2 : at + 4], "big")
        part = head[at + 4 : at + 2 + size]
        if head[at + 1] == 0xE1 and part.startswith(b"Exif\0\0"):
            block = block or part[6:]
        elif head[at + 1] == 0xE1 and part.startswith(b"http://ns.adobe.com/"):
            xmp = xmp or part
        at += 2 + max(size, 2)
    return block, xmp


def _png(head: bytes) -> tuple[bytes, bytes]:
    """Return the blocks of a PNG: `eXIf`, and XMP as text; the hexadecimal form of older programs is not read."""
    block = xmp = b""
    at = 8
    for _each in range(_PIECES):
        if at + 8 > len(head):
            break
        size, kind = int.from_bytes(head[at : at + 4], "big"), head[at + 4 : at + 8]
        part = head[at + 8 : at + 8 + min(size, _BLOCK)]
        if kind == b"eXIf":
            block = block or part
        elif kind == b"iTXt" and part.startswith(b"XML:com.adobe.xmp"):
            xmp = xmp or part
        at += 12 + size
    return block, xmp


def _webp(head: bytes) -> tuple[bytes, bytes]:
    """Return the blocks of a WebP."""
    block = xmp = b""
    at = 12
    for _each in range(_PIECES):
        if at + 8 > len(head):
            break
        kind, size = head[at : at + 4], int.from_bytes(head[at + 4 : at + 8], "little")
        part = head[at + 8 : at + 8 + min(size, _BLOCK)]
        if kind == b"EXIF":
            block = block or part.removeprefix(b"Exif\0\0")
        elif kind == b"XMP ":
            xmp = xmp or part
        at += 8 + size + size % 2
    return block, xmp


def _heif(head: bytes) -> tuple[bytes, bytes]:
    """Return the item of EXIF, wherever it lies in what is looked at: its place is in tables that need not be right."""
    at = head.find(b"Exif\0\0")
    at = at if head[at + 6 : at + 8] in {b"II", b"MM"} else head.find(b"Exif\0\0", at + 1)
    start = head.find(b"<x:xmpmeta")
    xmp = head[start : start + _BLOCK] if start >= 0 else b""
    return (head[at + 6 : at + 6 + _BLOCK] if at >= 0 else b""), xmp


_BLOCKS = {"JPEG": _jpeg, "PNG": _png, "WebP": _webp, "MP4": _heif}
