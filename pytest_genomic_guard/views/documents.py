"""Texts of office documents: Office Open XML (ECMA-376), OpenDocument (ISO/IEC 26300). Their XML is scanned for tags, never parsed.

A paragraph is a line, a row of a table is a line with tabs between its cells. Deleted text of tracked changes, comments, notes,
headers and text in shapes are read as well: they leave with the document.
"""

from __future__ import annotations

import html
import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.views.streams import Peek, encoding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.model import Covered, Gap, View
    from pytest_genomic_guard.views.decode import Part

    Item = View | Gap | Covered
    Content = Callable[[Part, Peek], Iterator[Item]]

_MEMBER = regex(
    rb"(?:word/(?:document|comments|footnotes|endnotes|header|footer|glossary/document)[a-z]{0,10}[0-9]{0,4}\.xml"
    rb"|ppt/(?:slides|notesslides|comments|slidemasters|slidelayouts|handoutmasters)/[a-z_]{1,30}[0-9a-z_-]{0,60}\.xml"
    rb"|xl/(?:comments[0-9]{0,4}|(?:comments|threadedcomments|drawings)/[a-z]{1,30}[0-9]{0,6})\.xml"
    rb"|(?:object [0-9]{1,4}/)?(?:content|styles)\.xml)",
    re.IGNORECASE,
)
_SPACES = (b"openxmlformats.org/", b"purl.oclc.org/ooxml/", b"opendocument:xmlns", b"schemas.microsoft.com/office/")
_TAG = regex(r"<(/?)(?:[A-Za-z][A-Za-z0-9]{0,19}:)?([A-Za-z][A-Za-z0-9-]{0,39})([^<>]*+)>|<[!?][^<>]*+>")
_REPEATED = regex(r"(?:columns-repeated|text:c)=[\"']([0-9]{1,3})[\"']")
_LINES = frozenset(("p", "h", "comment", "si", "table-row", "tr", "list-item", "annotation"))  # that end one
_BREAKS = frozenset(("br", "cr", "line-break"))
_CELLS = frozenset(("tc", "table-cell", "covered-table-cell"))
_SILENT = frozenset(("instrText", "fldSimple"))
_REPEATS = 64
_NO_CHARACTER = regex(r"&#(?:[0-9]{8,}+|[xX][0-9A-Fa-f]{7,}+);?")  # the library makes numbers of any length


def takes(kind: str, name: bytes, head: bytes) -> bool:
    """Tell whether a member of an archive is a part of a document with text, by its name and its name spaces."""
    return kind == "zip" and _MEMBER.fullmatch(name) is not None and any(space in head[:20_000] for space in _SPACES)


def text(data: bytes) -> bytes:
    """Return what the XML of a part shows, in UTF-8. One linear pass; damaged markup is text."""
    wide = encoding(data[:4096])
    markup = data.decode(wide if wide and wide != "bytes" else "utf-8", "replace")
    out: list[str] = []
    at = cells = 0
    for found in _TAG.finditer(markup):
        if piece := markup[at : found.start()]:
            out.append(_piece(piece))
        at = found.end()
        local = found[2]
        if local:
            cells += (local in _CELLS and not found[3].endswith("/")) * (-1 if found[1] else 1)
            out.append(_sign(local, found[3], closing=bool(found[1]) or found[3].endswith("/"), inside=cells > 0))
    out.append(_piece(markup[at:]))
    lines = [line.rstrip() for line in "".join(out).split("\n")]
    return "\n".join(line for line in lines if line).encode("utf-8", "replace") + b"\n"


def _piece(piece: str) -> str:
    """Return the text between two tags; blanks with a line end are layout of the XML."""
    if piece.isspace():
        return "" if "\n" in piece else piece
    return html.unescape(_NO_CHARACTER.sub("\ufffd", piece.replace("\n", " "))) if "&" in piece else piece.replace("\n", " ")


def _sign(local: str, attributes: str, *, closing: bool, inside: bool) -> str:
    """Return what stands for a tag in the text. A paragraph in a cell ends no line."""
    if not closing:
        return ""
    if local in _CELLS:
        found = _REPEATED.search(attributes)
        return "\t" * min(int(found[1]), _REPEATS) if found else "\t"
    if local == "tab":
        return "\t"
    if local == "s":
        found = _REPEATED.search(attributes)
        return " " * min(int(found[1]), _REPEATS) if found else " "
    if local in _BREAKS or local in _LINES:
        return " " if inside and local not in {"tr", "table-row"} else "\n"
    return ""


def shown(part: Part, data: bytes, steps: tuple[str, ...], content: Content) -> Iterator[Item]:
    """Yield what there is to see in the text of a document, as in a file of text."""
    inner = part.inside(lambda: BytesStream(data), *steps, name=b"")
    yield from content(inner, Peek(BytesStream(data)))
