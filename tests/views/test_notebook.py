"""Notebooks of every version, whole and broken: each part is read at its place, or the notebook is a gap."""

from __future__ import annotations

import base64
import gzip
import io
import json
import struct
import warnings
import zlib
from functools import partial
from typing import Any

import nbformat
import pandas as pd
import pytest
from _rich import IDS, book, places, shown, steps
from _views import people, read
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.testing import samples, scan

OUT = ("cell 1", "output 1")


def png() -> bytes:
    """Return a picture of one point."""
    parts = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]
    chunks = [struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def encoded(data: bytes) -> str:
    """Return base64 in lines, as notebooks hold pictures."""
    return base64.encodebytes(data).decode()


def written(version: int) -> bytes:
    """Return a notebook with a table of calls in each place, as the notebook library writes that version."""
    table = pd.read_csv(io.BytesIO(samples.vcf(samples=2, header="columns")), sep="\t")
    v4 = nbformat.v4
    outputs = [
        v4.new_output("display_data", data={"text/html": table.to_html()}),  # type: ignore[no-untyped-call]
        v4.new_output("stream", text=table.to_string()),  # type: ignore[no-untyped-call]
    ]
    cells = [v4.new_markdown_cell("# Title"), v4.new_code_cell("show()", outputs=outputs)]  # type: ignore[no-untyped-call]
    made = v4.new_notebook(cells=cells)  # type: ignore[no-untyped-call]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library deprecates what it can still write
        old = nbformat.convert(made, version)  # type: ignore[no-untyped-call]
        text: str = {3: nbformat.v3, 4: v4}[version].writes_json(old)
    return text.encode()


@pytest.mark.parametrize("version", [3, 4])
def test_versions_as_the_library_writes_them(version: int) -> None:
    """Both tables are found in nbformat 3 and 4, and the cells have their numbers."""
    report = scan({b"a.ipynb": written(version)})
    assert not report.gaps
    assert [(each.code, each.trail) for each in report.findings] == [
        ("GEN101", ("notebook", "cell 2", "output 1", "text/html", "table 1")),
        ("GEN101", ("notebook", "cell 2", "output 2")),
    ]


@pytest.mark.parametrize("minor", range(6))
def test_minor_versions(minor: int) -> None:
    """What the minor versions of nbformat 4 add changes nothing else: ids, attachments, custom MIME types."""
    data = json.loads(book(shown("text/plain", ["one\n", "two"])))
    data["nbformat_minor"] = minor
    data["cells"][0] |= {"id": "c4a2f00d"} if minor > 4 else {}
    found = places(json.dumps(data).encode())
    assert found[*OUT, "text/plain"] == "one\ntwo"
    assert found["cell 1", "source"] == "show()"


def test_version_2() -> None:
    """Worksheets and flat outputs of nbformat 2, HTML and JSON in them."""
    output = {"output_type": "display_data", "html": ["<table><tr><th>a</th><th>b</th></tr>\n", "<tr><td>1</td><td>2</td></tr>"]}
    plot = {"output_type": "pyout", "prompt_number": 3, "text": "shown", "json": json.dumps([{"a": 1, "b": 2}, {"a": 3, "b": 4}])}
    cell = {"cell_type": "code", "input": ["x = 1\n", "y"], "prompt_number": 3, "outputs": [output, plot], "language": "python"}
    sheet = {"cells": [cell, {"cell_type": "html", "source": "<b>y</b>"}]}
    found = places(json.dumps({"nbformat": 2, "metadata": {"name": "study"}, "worksheets": [sheet]}).encode())
    assert found["cell 1", "source"] == "x = 1\ny"
    assert found[*OUT, "text/html", "table 1"] == "a\tb\n1\t2"
    assert found["cell 1", "output 2"] == "shown"
    assert found["cell 1", "output 2", "application/json"] == "a\tb\n1\t2\n3\t4"
    assert "study" in found["metadata",]


ODD: dict[str, Any] = {
    "cells in a mapping": {"cells": [{"one": {"cell_type": "code", "source": "needle"}}]},
    "a cell that is a string": {"cells": ["needle"]},
    "a cell that is a number": {"cells": [{"cell_type": "code", "source": 5551234567, "outputs": []}], "needle": 1},
    "source in a mapping": {"cells": [{"source": {"text": "needle"}}]},
    "lines that are numbers": {"cells": [{"source": ["a", 1, None, "needle"]}]},
    "outputs in a mapping": {"cells": [{"outputs": {"output_type": "stream", "text": "needle"}}]},
    "outputs as text": {"cells": [{"outputs": "needle"}]},
    "an output that is a list": {"cells": [{"outputs": [["needle"]]}]},
    "data in a list": {"cells": [{"outputs": [{"data": ["needle"]}]}]},
    "data as text": {"cells": [{"outputs": [{"data": "needle"}]}]},
    "text in a mapping": {"cells": [{"outputs": [{"text": {"plain": "needle"}}]}]},
    "HTML in a mapping": {"cells": [{"outputs": [{"data": {"text/html": {"x": "needle"}}}]}]},
    "JSON as text": {"cells": [{"outputs": [{"data": {"application/json": "{needle"}}]}]},
    "a MIME type that says it": {"cells": [{"outputs": [{"data": {"needle/x": ""}}]}]},
    "metadata of an output": {"cells": [{"outputs": [{"metadata": {"x": {"y": ["needle"]}}}]}]},
    "a traceback": {"cells": [{"outputs": [{"output_type": "error", "ename": "E", "evalue": "", "traceback": ["x", "needle"]}]}]},
    "attachments in a list": {"cells": [{"attachments": ["needle"]}]},
    "an attachment as text": {"cells": [{"attachments": {"a.txt": "needle"}}]},
    "the name of an attachment": {"cells": [{"attachments": {"needle.png": {"image/png": encoded(png())}}}]},
    "SVG": {"cells": [{"attachments": {"a": {"image/svg+xml": "<svg><text>needle</text></svg>"}}}]},
    "text as a picture": {"cells": [{"outputs": [{"data": {"image/png": encoded(b"a,b\n1,needle\n")}}]}]},
    "gzip as a picture": {
        "cells": [{"outputs": [{"data": {"image/png": encoded(gzip.compress(b"needle " + bytes(range(256))))}}]}]
    },
    "no base64 as a picture": {"cells": [{"outputs": [{"data": {"image/png": "the needle"}}]}]},
    "a picture that is a table": {"cells": [{"outputs": [{"data": {"image/png": {"a": ["needle"]}}}]}]},
    "widgets that are none": {"cells": [], "metadata": {"widgets": {"application/x+json": {"needle": 1}, "x": 5}}},
    "old widgets": {"cells": [], "metadata": {"widgets": {"state": {"a": {"views": [{"cell_index": "needle"}]}}}}},
    "a worksheet that is text": {"worksheets": ["needle"]},
    "surrogates": {"cells": [{"source": "\ud800 needle \udfff"}]},
    "an attribute": {"cells": [{"outputs": [{"data": {"text/html": "<a title='needle'>x</a>"}}]}]},
    "a page in an attribute": {"cells": [{"outputs": [{"data": {"text/html": '<iframe srcdoc="&lt;p&gt;nee&lt;b&gt;dle">'}}]}]},
}


@pytest.mark.parametrize("name", sorted(ODD))
def test_broken_notebooks_are_read(name: str) -> None:
    """Whatever stands at an odd place is in some text."""
    decoded = read(json.dumps(ODD[name]).encode(), b"a.ipynb")
    assert not decoded.gaps
    assert any(b"needle" in view.data for view in decoded.texts)


def test_numbers_are_told() -> None:
    """A number is text that leaves too, as it is spelled, in metadata and outputs; those of cells and versions are not told."""
    value = {"weight": 71.50, "participant": IDS[0], "large": 8.25, "text": [IDS[1], IDS[2]]}
    data = book(shown("application/json", value)).replace(b"71.5,", b"7150e-2,").replace(b"8.25", b"8" * 5000)
    found = places(data)
    assert found[*OUT, "application/json"].split("\n")[:2] == ["weight: 7150e-2", f"participant: {IDS[0]}"]
    assert str(IDS[2]) in found[*OUT, "application/json"]
    assert not [place for place in found if place[-1] == "metadata"]


GAPS = {
    "a trailing comma": b'{"cells": [],}',
    "a repeated key": b'{"cells": [], "cells": []}',
    "a repeated key inside": b'{"cells": [{"source": "a", "source": "b"}]}',
    "no cells": b'{"nbformat": 4}',
    "no mapping": b"[1]",
    "cut": book(shown("text/plain", "x"))[:-20],
    "no JSON": b"<<<<<<< HEAD",
}


@pytest.mark.parametrize("name", sorted(GAPS))
def test_unreadable_notebooks(name: str) -> None:
    """What is no notebook, or holds what no reader would show, is a gap, and is read as text."""
    decoded = read(GAPS[name], b"a.ipynb")
    assert decoded.level == "gap notebook"
    assert decoded.texts[0].data == GAPS[name]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(encoding: str) -> None:
    """Notebooks in wide encodings and with a byte order mark are read; so are NaN and Infinity."""
    data = json.dumps({"cells": [{"cell_type": "code", "source": "größe", "metadata": {"x": [float("nan"), float("inf")]}}]})
    found = places(data.encode(encoding))
    assert found["cell 1", "source"] == "größe"
    assert "NaN\nInfinity" in found["cell 1", "metadata"]


def test_nested_too_deep() -> None:
    """JSON that is nested a hundred thousand deep is a gap and no crash; a few hundred are read."""
    for depth, level in ((100_000, "gap too-deep"), (300, "full")):
        for before, after in (("[", "]"), ('{"a":', "}")):
            data = f'{{"cells": [{before * depth}1{after * depth}]}}'.encode()
            assert read(data, b"a.ipynb").level == level


def test_many_cells() -> None:
    """A hundred thousand cells are read, each at its place; twice as many are twice the work."""
    cell = {"cell_type": "code", "source": "x", "outputs": [{"text": "y"}], "metadata": {}, "id": "c0ffee"}
    found = places(json.dumps({"cells": [cell] * 100_000}).encode())
    assert found["cell 100000", "output 1"] == "y"
    one, two = (steps(partial(read, json.dumps({"cells": [cell] * size}).encode(), b"a.ipynb")) for size in (500, 1000))
    assert two <= 2.2 * one


def test_pictures_are_passed_over() -> None:
    """A picture is not told, neither as an output nor as an attachment; what is called one and is not has been read above."""
    data = {"cells": [{"outputs": [shown("image/png", encoded(png()))], "attachments": {"a": {"image/jpeg": encoded(png())}}}]}
    assert encoded(png())[:30].encode() not in read(json.dumps(data).encode(), b"a.ipynb").texts[0].data


def test_calls_in_what_is_called_a_picture() -> None:
    """A call set, as text or packed, is found under the name of a picture, in outputs and attachments."""
    for data in (samples.vcf(samples=3), gzip.compress(samples.vcf(samples=3, variants=30))):
        for kind in ("image/png", "application/pdf", "audio/wav"):
            assert people(book(shown(kind, encoded(data))), b"a.ipynb") == 3
            cell = {"cell_type": "markdown", "source": "", "attachments": {"a": {kind: encoded(data)}}}
            assert people(json.dumps({"cells": [cell]}).encode(), b"a.ipynb") == 3


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (b"a.Rmd", "---\ntitle: x\n---\n\n```{r}\n# ", "\n```\n"),
        (b"a.qmd", "---\nformat: html\n---\n\n```{python}\n# ", "\n```\n"),
        (b"a.py", "# %% [markdown]\n# ", "\n# %%\nx = 1\n"),
        (b"b.py", "# Databricks notebook source\n# MAGIC %md\n# MAGIC ", "\n# COMMAND ----------\n"),
    ],
)
def test_notebooks_that_are_text(name: bytes, before: str, after: str) -> None:
    """R Markdown, Quarto, jupytext and Databricks sources are text as any other, at its lines."""
    decoded = read(f"{before}needle{after}".encode(), name)
    assert decoded.level == "full"
    assert b"needle" in decoded.texts[0].data


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.sampled_from(["needle", "a\tb\n1\t2\n"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["source", "outputs", "data", "text", "attachments", "text/html", "image/png", "metadata", "x+json"])
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)


@given(cells=_json, rest=_json)
def test_any_tree_is_a_notebook_or_a_gap(cells: Any, rest: Any) -> None:
    """No JSON at all makes reading fail otherwise, and every needle is in some text."""
    data = json.dumps({"cells": [cells], "metadata": rest, "worksheets": None}).encode()
    decoded = read(data, b"a.ipynb")
    assert decoded.level == "full"
    if b'"needle"' in data:
        assert any(b"needle" in view.data for view in decoded.texts)
