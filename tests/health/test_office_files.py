"""Documents as python-docx, python-pptx, odfpy-like markup and reportlab write them: their text is read as that of a file."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pytest_genomic_guard.testing import samples, scan
from pytest_genomic_guard.views import documents

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_genomic_guard.report import Report


def lines() -> list[str]:
    """Return a discharge letter about an invented person."""
    return [
        "DISCHARGE SUMMARY",
        f"Patient: {samples.note_name('turned')}",
        f"DOB: {samples.note_day()}    MRN: {samples.note_number()}",
        "Admitted with chest pain. Diagnosis: atrial fibrillation.",
        "Discharged on apixaban 5 mg twice daily.",
    ]


def word(text: list[str]) -> bytes:
    """Return a letter whose lines are split into runs, as Word does when somebody edits them."""
    book = docx.Document()
    for line in text:
        paragraph = book.add_paragraph()
        for at in range(0, len(line), 7):
            paragraph.add_run(line[at : at + 7])
    return _saved(book.save)


def slides(text: list[str]) -> bytes:
    """Return a slide with a box."""
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    slide.shapes.add_textbox(0, 0, 100, 100).text_frame.text = "\n".join(text)
    return _saved(show.save)


def open_text(text: list[str]) -> bytes:
    """Return a text of OpenDocument, with spans and blanks as elements."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    body = "".join(
        "<text:p>" + line.replace("  ", "<text:s text:c='2'/>").replace("Patient", "<text:span>Pat</text:span>ient") + "</text:p>"
        for line in text
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml", f"<office:document-content xmlns:office='{space}office:1.0'>{body}</office:document-content>"
        )
    return out.getvalue()


def portable(text: list[str]) -> bytes:
    """Return a PDF with one page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number, line in enumerate(text):
        canvas.drawString(72, 760 - 16 * number, line)
    canvas.save()
    return out.getvalue()


def locked(text: list[str]) -> bytes:
    """Return the same with a password for its owner alone, which opens for everybody."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(portable(text))))
    writer.encrypt("", samples.hexadecimal(16).decode(), algorithm="RC4-128")
    return _saved(writer.write)


def commented(text: list[str]) -> bytes:
    """Return a workbook with a comment."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "x"
    sheet["A1"].comment = Comment("\n".join(text), "someone")
    return _saved(book.save)


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


_FORMS: dict[str, Callable[[list[str]], bytes]] = {
    "docx": word,
    "pptx": slides,
    "odt": open_text,
    "pdf": portable,
    "locked": locked,
    "xlsx": commented,
}


def notes(report: Report) -> list[str]:
    """Return the outcomes of notes about people."""
    return [each.outcome for each in report.findings if each.code == "PHI106"]


@pytest.mark.parametrize("form", _FORMS)
def test_letters(form: str) -> None:
    """A letter about somebody fails in each kind of document, whatever its name is."""
    report = scan({b"letter": _FORMS[form](lines())})
    assert notes(report) == ["fail"]
    assert report.gaps == ()


@pytest.mark.parametrize("form", _FORMS)
def test_quiet(form: str) -> None:
    """A document with no person in it is quiet."""
    report = scan({b"letter": _FORMS[form](["Methods", "Patients were admitted with chest pain and discharged on apixaban."])})
    assert [each.code for each in report.findings if each.code.startswith(("PHI", "GEN"))] == []


def test_tables_of_documents() -> None:
    """A table of a document is read as one."""
    book = docx.Document()
    rows = [["name", "dob", "ssn", "diagnosis"]]
    rows += [[samples.note_name(), samples.note_day(), samples.note_ssn(), "atrial fibrillation"] for _each in range(8)]
    table = book.add_table(rows=len(rows), cols=4)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    assert "fail" in {each.outcome for each in scan({b"a.docx": _saved(book.save)}).findings if each.code.startswith("PHI1")}


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/w:pttcr &#;x0123456789 \n='\"", max_size=300))
def test_any_markup(markup: str) -> None:
    """No markup makes the scan of tags raise, and it makes next to nothing longer."""
    assert len(documents.text(markup.encode())) <= 70 * len(markup) + 2


def test_bombs() -> None:
    """Repeated cells, numbers without end and tags without end stay within the bounds."""
    repeats = b"<table:table-cell table:number-columns-repeated='16384'/>" * 1000
    assert len(documents.text(repeats)) < 100_000
    assert documents.text(b"&#" + b"9" * 100_000 + b";")
    assert len(documents.text(b"<w:p" * 100_000)) <= 400_001


_PLACES = st.integers(0, 1 << 20)
_PAGE = portable(lines())


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_mutated(data: st.DataObject) -> None:
    """A damaged PDF is read in part, and never a gap."""
    whole = bytearray(_PAGE)
    for _each in range(data.draw(st.integers(1, 8))):
        whole[8 + data.draw(_PLACES) % (len(whole) - 8)] = data.draw(st.integers(0, 255))
    assert not [gap for gap in scan({b"a": bytes(whole)}).gaps if gap.reason in {"view-failed", "check-failed"}]
