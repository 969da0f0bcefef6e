"""HTML files: what a page shows is read as an output, at its place; markup that a program builds is left to be code."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from _views import read

from pytest_genomic_guard.testing import samples, scan
from pytest_genomic_guard.views.page import looks_like

HEAD = "<!DOCTYPE html>\n<html><head><title>report</title><style>td { color: red }</style></head><body>\n"


def calls(count: int) -> str:
    """Return a table of calls as pandas shows it in a page."""
    table = pd.read_csv(io.BytesIO(samples.vcf(samples=count, variants=5, header="columns")), sep="\t")
    return str(table.to_html())


@pytest.mark.parametrize("name", [b"report.html", b"report.txt"])
def test_a_report_with_a_table_of_calls(name: bytes) -> None:
    """A page with a table of calls shows people, once, whatever it is called."""
    report = scan({name: (HEAD + "<h1>Cohort</h1>" + calls(3) + "</body></html>").encode()})
    assert [(each.code, each.trail) for each in report.findings] == [("GEN101", ("html",))]
    assert "a saved output shows genotype columns of 3 people" in report.findings[0].message


@pytest.mark.parametrize(
    "before",
    ["", "\n\n", "<?xml version='1.0'?>\n", "<!-- made by a tool -->\n<!-- twice -->", "\ufeff"],
)
def test_what_a_page_begins_with(before: str) -> None:
    """Declarations, comments and a byte order mark may stand before a page; a fragment is one by its name too."""
    for body in (HEAD, "<HTML>"):
        assert looks_like(b"x", (before + body).encode())
    for body in ("<table border='1'>", "<div class='x'>", "<h1>"):
        assert looks_like(b"d/X.HTML", (before + body).encode())
        assert not looks_like(b"README.md", (before + body).encode())


@pytest.mark.parametrize(
    "text", ["def f():\n    return '<table>'\n", "# Title\n<table>\n", "<svg></svg>", "<!-- a --> text", "<tables>", ""]
)
def test_what_is_no_page(text: str) -> None:
    """Code, Markdown, pictures and comments alone are text as any other."""
    assert not looks_like(b"x.html", text.encode())


def test_lines_of_a_vcf_in_a_page() -> None:
    """Rows between <pre> tags, with entities for what markup reserves, count as printed."""
    body = samples.vcf(samples=2).decode().replace("<", "&lt;")
    found = read((HEAD + "<pre>" + body + "</pre>").encode(), b"x.html")
    assert [(view.samples, view.setting) for view in found.calls] == [(2, "output")]


def test_a_page_of_sites_is_quiet() -> None:
    """Sites and other tables in a page are nobody's."""
    table = pd.DataFrame({"chrom": ["1", "2"], "pos": [5, 6], "af": [0.1, 0.2], "reads": ["17/30", "4/11"]})
    body = samples.vcf(samples=0).decode().replace("<", "&lt;")
    assert not scan({b"x.html": (HEAD + table.to_html() + "<pre>" + body + "</pre>").encode()}).findings


def test_markup_keeps_its_embedded_files() -> None:
    """What a page holds in base64, in an attribute or a script, is read as well."""
    import base64  # noqa: PLC0415 - for this test alone

    data = base64.b64encode(samples.vcf(samples=2, variants=20)).decode()
    report = scan({b"x.html": f'{HEAD}<a href="data:text/plain;base64,{data}">download</a></body>'.encode()})
    assert [each.code for each in report.findings] == ["GEN101"]
    assert "base64" in report.findings[0].trail


def test_markdown_that_begins_with_markup_is_documentation() -> None:
    """A README with a logo on top that quotes a row warns, as any other does; it is no saved output."""
    row = samples.vcf(samples=1, variants=1, header="none").decode()
    report = scan(
        {b"README.md": f'<div align="center"><h1>tool</h1></div>\n\n{"Words of a guide. " * 30}\n\n```\n{row}```\n'.encode()}
    )
    assert [(each.code, each.outcome) for each in report.findings] == [("GEN102", "warn")]
