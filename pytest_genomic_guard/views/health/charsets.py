"""Texts of DICOM in the character set that (0008,0005) names: PS3.3, C.12.1.1.2."""

from __future__ import annotations

_SETS = {
    "ISO_IR 13": "shift_jis",
    "ISO_IR 100": "latin-1",
    "ISO_IR 101": "iso8859-2",
    "ISO_IR 109": "iso8859-3",
    "ISO_IR 110": "iso8859-4",
    "ISO_IR 126": "iso8859-7",
    "ISO_IR 127": "iso8859-6",
    "ISO_IR 138": "iso8859-8",
    "ISO_IR 144": "iso8859-5",
    "ISO_IR 148": "iso8859-9",
    "ISO_IR 166": "tis-620",
    "ISO_IR 192": "utf-8",
    "ISO_IR 203": "iso8859-15",
    "GB18030": "gb18030",
    "GBK": "gbk",
    "ISO 2022 IR 87": "iso2022_jp",
    "ISO 2022 IR 149": "euc_kr",
}


def decoded(value: bytes, charset: str) -> str:
    """Return a value without its padding. Of several sets that change by escapes, the one that holds the most is taken."""
    value = value.rstrip(b"\0 ").lstrip(b" ")
    if value.isascii() and b"\x1b" not in value:
        return value.decode("ascii")
    named = [part.strip() for part in charset.split("\\")]
    for each in reversed(named):
        codec = _SETS.get(each) or _SETS.get(each.replace("ISO 2022 IR", "ISO_IR"))
        if codec:
            try:
                return value.decode(codec)
            except UnicodeDecodeError:
                continue
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
