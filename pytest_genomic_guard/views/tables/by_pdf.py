"""The text of a PDF's pages, read with pypdf in the child process: a table a page, of one column, a row a line."""

from __future__ import annotations

import io
from importlib import import_module

import pypdf

from pytest_genomic_guard.views.tables.values import Unsupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.tables.values import Sink

for _later in ("pypdf.filters", "pypdf._codecs._codecs", "encodings.mac_roman", "encodings.cp1252", "encodings.charmap"):
    import_module(_later)  # what the library loads when it is used, and could not load then
_PAGES = 1000  # pages of one file
_CONTENT = 16 << 20  # bytes of what they draw, taken together
_PAGE = 2 << 20  # bytes of one: more of it draws a figure
_FORMS = 500  # fields of a form, annotations


def read(data: bytes, kind: str, sink: Sink) -> None:  # noqa: ARG001 - one kind
    """Give the lines of all pages, then the values of forms; an encrypted file opens with no password or not at all."""
    book = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if book.is_encrypted and not book.decrypt(""):
        raise Unsupported
    left = _CONTENT
    for number, page in enumerate(book.pages):
        if number >= _PAGES or left < 0:
            raise Unsupported
        left -= _size(page)
        sink.give(("text",), _lines(page, sink))


def _size(page: pypdf.PageObject) -> int:
    try:
        drawn = page.get_contents()
        return len(drawn.get_data()) if drawn else 0
    except Exception:  # noqa: BLE001 - damaged; it will not be read either
        return 0


def _lines(page: pypdf.PageObject, sink: Sink) -> Iterator[list[list[str]]]:
    try:
        lines = [] if _size(page) > _PAGE else page.extract_text().splitlines()
        lines += _notes(page)
    except Exception:  # noqa: BLE001 - a page that is damaged; the others are read
        lines = []
        sink.lose()
    if lines:
        yield [lines]


def _notes(page: pypdf.PageObject) -> Iterator[str]:
    """Yield comments and the values of fields, which no text of the page shows."""
    for each in list(page.get("/Annots") or ())[:_FORMS]:
        note = each.get_object()
        for key in ("/Contents", "/V"):
            value = note.get(key)
            if isinstance(value, str) and value.strip():
                title = note.get("/T") if key == "/V" else None
                yield from (f"{title}: {value}" if isinstance(title, str) else value).splitlines()
