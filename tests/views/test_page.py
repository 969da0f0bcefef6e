"""HTML files: what a page shows is read as an output, at its place; markup that a program builds is left to be code."""

from __future__ import annotations

import io
from functools import partial

import pandas as pd
import pytest
from _rich import places, steps
from _views import read
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pytest_genomic_guard.testing import samples, scan
from pytest_genomic_guard.views import html
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
    assert [(each.code, each.trail) for each in report.findings] == [("GEN101", ("html", "table 1"))]
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


def rows(markup: str) -> list[list[list[str]]]:
    """Return the cells of each table."""
    found = [text for kind, text, _attributes in html.parts(markup) if kind == "table"]
    return [[line.split("\t") for line in text.split("\n")] for text in found]


FRAME = pd.DataFrame({"id": [7, 8, 9], "note": ["a & b", "x < y", "two words"]})
LEVELS = pd.MultiIndex.from_tuples([("A", "x"), ("A", "y"), ("B", "z")], names=["upper", "lower"])
DEEP = pd.DataFrame(
    [[1, 2, 3], [4, 5, 6], [7, 8, 9]], columns=LEVELS, index=pd.MultiIndex.from_tuples([("p", 1), ("p", 2), ("q", 1)])
)


def test_tables_as_pandas_writes_them() -> None:
    """The first row names the columns, of a plain frame, with a named index, with several levels; spans are filled."""
    body = [["0", "7", "a & b"], ["1", "8", "x < y"], ["2", "9", "two words"]]
    assert rows(FRAME.to_html()) == [[["", "id", "note"], *body]]
    assert rows(FRAME.rename_axis("row").to_html()) == [[["row", "id", "note"], *body]]
    assert rows(FRAME.to_html(index=False)) == [[["id", "note"], *(row[1:] for row in body)]]
    deep = [["p", "1", "1", "2", "3"], ["p", "2", "4", "5", "6"], ["q", "1", "7", "8", "9"]]
    assert rows(DEEP.to_html()) == [[["", "lower", "x", "y", "z"], *deep]]
    assert rows(DEEP.rename_axis(["one", "two"]).to_html()) == [[["one", "two", "x", "y", "z"], *deep]]
    assert "\tA\tA\tB" in html.plain(DEEP.to_html())


TABLES = {
    "kable": (
        (
            "<table><caption>Cap</caption><thead><tr>\n<th style='text-align:left;'> id </th><th> x </th>\n</tr></thead>"
            "<tbody><tr><td> 1 </td><td> a </td></tr></tbody></table>"
        ),
        [["id", "x"], ["1", "a"]],
        "Cap",
    ),
    "gt": (
        (
            '<table class="gt_table"><thead><tr class="gt_heading"><td colspan="2" class="gt_title">Title</td></tr>'
            '<tr><th rowspan="1" colspan="1">id</th><th rowspan="1" colspan="1">x</th></tr></thead>'
            '<tbody><tr><td colspan="2" class="gt_group_heading">Group</td></tr><tr><td>1</td><td>a</td></tr></tbody></table>'
        ),
        [["id", "x"], ["1", "a"]],
        "Title\nGroup",
    ),
    "DT": (
        (
            "<table><thead><tr><th>id</th><th>x</th></tr><tr><td><input type='search'/></td><td></td></tr></thead><tbody>"
            "<tr><td>1</td><td>a</td></tr></tbody><tfoot><tr><th>s</th><th>t</th></tr></tfoot></table>"
        ),
        [["id", "x"], ["1", "a"], ["s", "t"]],
        "",
    ),
    "esttab": (
        "<table border='0'><tr><td></td><td>(1)</td></tr><tr><td>age</td><td>0.5</td></tr></table>",
        [["", "(1)"], ["age", "0.5"]],
        "",
    ),
    "no end tags": ("<TABLE><TR><TH>a<TH>b<TR><TD>1<TD>2</TABLE>", [["a", "b"], ["1", "2"]], ""),
    "rows as labels": ("<table><tr><th>a</th><td>1</td></tr><tr><th>b</th><td>2</td></tr></table>", [["a", "1"], ["b", "2"]], ""),
    "spans": (
        "<table><tr><td rowspan=2 colspan='2'>s</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3<td>4<td>5</table>",
        [["s", "s", "1"], ["s", "s", "2"], ["3", "4", "5"]],
        "",
    ),
    "no table": ("<tr><td>1</td><td>2</td></tr>", [["1", "2"]], ""),
    "text between rows": (
        "<table>one<tr>two<td>1</td><td>2</td></tr>three<tr><td>4</td></tr></table>",
        [["1", "2"], ["4"]],
        "one\ntwo\nthree",
    ),
}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_tables_of_other_writers(name: str) -> None:
    """Names come first, titles and captions stand apart, and every cell is there."""
    markup, want, beside = TABLES[name]
    assert rows(markup) == [want]
    said = [text for kind, text, _attributes in html.parts(markup) if kind == "text"]
    assert "\n".join(line for text in said for line in text.split("\n") if line) == beside


def test_tables_in_tables() -> None:
    """A table in a cell is one of its own; lines between <pre> tags in a cell stay lines."""
    inner = "<table><tr><td>in</td><td>1</td></tr></table>"
    assert rows(f"<table><tr><td>a{inner}b</td><td>c</td></tr></table>") == [[["in", "1"]], [["a b", "c"]]]
    body = samples.vcf(samples=2).decode().replace("<", "&lt;")
    page = f"<table><tr><td><pre>1\n2</pre></td><td class='code'><pre>{body}</pre></td></tr></table>"
    assert [view.samples for view in read((HEAD + page).encode(), b"x.html").calls] == [2]


def test_output_blocks() -> None:
    """What knitr and Quarto print is text, with the tags of a highlighter in it."""
    text = MarkdownIt().render("```\n  id name\n1  7 x &lt; y\n```")
    found = places((HEAD + text.replace("name", "<span class='kw'>name</span>")).encode(), b"x.html")
    assert "  id name\n1  7 x &lt; y" in found[()]


_tags = st.sampled_from(
    [
        *("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "<th colspan=3>"),
        *("<td rowspan=2>", "<td rowspan='70000' colspan=99999>", "<thead>", "</thead>", "<tbody>", "<pre>", "</pre>", "<script>"),
        *("</script>", "<script type=json>", "<!-- -->", "<p>", "<br/>", "<b>", "</b>", "<"),
        *(">", "&", "&#9;", "&#x110000;", "&amp;", "\x02", "\x03", "\n"),
    ]
)
_word = st.integers(100, 999).map(lambda number: f"w{number}")


@given(st.lists(_tags | _word, max_size=40))
def test_no_word_is_lost(pieces: list[str]) -> None:
    """Whatever the tags, each word between them is in a part."""
    told = html.plain(" ".join(pieces))
    assert [piece for piece in pieces if piece.startswith("w") and piece not in told] == []


def _parts(markup: str) -> None:
    for _part in html.parts(markup):
        pass


UNITS = [
    *(
        "<table>",
        "</table>",
        "<table><tr><td>x",
        "<tr><td>x</td></tr>",
        "<td>",
        "<td colspan=9 rowspan=9>x",
        "<tr><td rowspan=999>",
    ),
    *(
        "<pre>",
        "<table><pre>",
        "<pre>\n</pre>",
        "<script>",
        "<script></script>",
        "<thead>",
        "<tbody>",
        "<tr><th>a",
        "<td <td ",
        " ",
    ),
]


@pytest.mark.parametrize("unit", UNITS)
def test_work_on_markup_is_linear(unit: str) -> None:
    """Five times as much of anything is no more than seven times the work, and spans make no more text than there is."""
    for before in ("", "<table>"):
        one, five = (steps(partial(_parts, before + unit * size)) for size in (300, 1500))
        assert five <= 7 * max(one, 100)
        assert len(html.plain(before + unit * 3000)) <= 3 * len(unit) * 3000 + (1 << 17)


def test_a_large_table() -> None:
    """A hundred thousand rows are told, the last one too."""
    count = 100_000
    body = "".join(f"<tr><td>{number}</td><td>x</td></tr>" for number in range(count))
    (found,) = rows(f"<table><tr><th>id</th><th>y</th></tr>{body}</table>")
    assert (len(found), found[0], found[-1]) == (count + 1, ["id", "y"], [str(count - 1), "x"])
