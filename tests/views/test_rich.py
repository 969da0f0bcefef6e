"""Plots, tables and widgets in notebooks and pages: data as tables with their names, at a place that names types only.

Plotly, Bokeh and the widgets of R are large, so what they write is built here after their documented schemas.
"""

from __future__ import annotations

import base64
import gzip
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from _rich import AGES, IDS, SEXES, book, packed, places, shown, steps, table
from _views import read
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.views import typed
from pytest_genomic_guard.views.trees import Pieces, Trees, loads

if TYPE_CHECKING:
    from collections.abc import Callable

OUT = ("cell 1", "output 1")
TRACE = {"type": "scatter", "x": AGES, "y": AGES, "customdata": [[each, sex] for each, sex in zip(IDS, SEXES, strict=True)]}
SOURCE: dict[str, Any] = {"index": list(range(6)), "participant": IDS, "sex": SEXES}
RECORDS = [{"participant": each, "age": age} for each, age in zip(IDS, AGES, strict=True)]
PAGE = "<!DOCTYPE html><html><body>{}</body></html>"


def bokeh(data: Any) -> dict[str, Any]:
    """Return a document of Bokeh 3 with one source."""
    source = {"type": "object", "name": "ColumnDataSource", "id": "p1", "attributes": {"data": data}}
    figure = {"type": "object", "name": "Figure", "id": "p2", "attributes": {"renderers": [source, {"id": "p3"}]}}
    return {"d5-4a": {"version": "3.4.0", "title": "x", "roots": [figure]}}


def ndarray(**more: Any) -> dict[str, Any]:
    """Return an array as Bokeh 3 writes it."""
    data = {"type": "bytes", "data": packed("d", IDS)}
    return {"type": "ndarray", "array": data, "shape": [6], "dtype": "float64", "order": "little", **more}


DT = {
    "x": {
        "data": [[str(each) for each in range(1, 7)], IDS, SEXES],
        "container": "<table class='display'><thead><tr><th> </th><th>participant</th><th>sex</th></tr></thead></table>",
        "options": {"pageLength": 10},
    },
    "evals": [],
    "jsHooks": [],
}
WIDGETS = {
    "version_major": 2,
    "version_minor": 0,
    "state": {
        "a1": {
            "model_name": "DataGridModel",
            "state": {"_data": {"data": RECORDS, "schema": {"fields": []}}},
            "buffers": [],
        },
        "b2": {
            "model_name": "PlotModel",
            "state": {"x": {"dtype": "float64", "shape": [6]}},
            "buffers": [{"encoding": "base64", "path": ["x", "buffer"], "data": packed("d", IDS)}],
        },
    },
}
NUMBERED = table(list(SOURCE), range(6), IDS, SEXES)
PAIRS = table(("participant", "age"), IDS, AGES)
TRACED = table(("x", "y", "customdata 1", "customdata 2"), AGES, AGES, IDS, SEXES)
MAPPED = {"type": "map", "entries": [["index", list(range(6))], ["participant", ndarray()], ["sex", SEXES]]}
VALUES: dict[str, tuple[Any, tuple[str, ...], str]] = {
    "plotly": ({"data": [TRACE], "layout": {"title": "x"}}, ("plotly", "trace 1"), TRACED),
    "plotly, second trace": ({"data": [{"type": "bar"}, TRACE], "layout": {}}, ("plotly", "trace 2"), TRACED),
    "plotly, base64": (
        {"data": [{"type": "bar", "x": {"dtype": "i4", "bdata": packed("i", IDS)}, "text": SEXES}], "layout": {}},
        ("plotly", "trace 1"),
        table(("x", "text"), IDS, SEXES),
    ),
    "plotly, markers": (
        {"data": [{"type": "bar", "x": IDS, "marker": {"line": {"width": AGES}}}], "layout": {}},
        ("plotly", "trace 1"),
        table(("x", "marker.line.width"), IDS, AGES),
    ),
    "plotly table": (
        {"data": [{"type": "table", "header": {"values": ["id", "age"]}, "cells": {"values": [IDS, AGES]}}], "layout": {}},
        ("plotly", "trace 1"),
        table(("id", "age"), IDS, AGES),
    ),
    "vega-lite": (
        {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "datasets": {"data-1": RECORDS}, "mark": "point"},
        ("vega", "dataset 1"),
        PAIRS,
    ),
    "vega": (
        {"$schema": "https://vega.github.io/schema/vega/v5.json", "data": [{"name": "t", "values": RECORDS}]},
        ("vega", "dataset 1"),
        PAIRS,
    ),
    "bokeh 3": (bokeh(MAPPED), ("bokeh", "source 1"), NUMBERED),
    "bokeh 2": (
        bokeh({**SOURCE, "participant": {"__ndarray__": packed("d", IDS), "shape": [6], "dtype": "float64", "order": "little"}}),
        ("bokeh", "source 1"),
        NUMBERED,
    ),
    "htmlwidget": (DT, ("htmlwidget 1",), table(("", "participant", "sex"), range(1, 7), IDS, SEXES)),
    "plotly of R": (
        {"x": {"data": [TRACE], "layout": {}}, "evals": []},
        ("htmlwidget 1", "plotly", "trace 1"),
        TRACED,
    ),
    "reactable of R": (
        {"x": {"tag": {"attribs": {"data": SOURCE}}}, "evals": []},
        ("htmlwidget 1", "table 1"),
        NUMBERED,
    ),
    "widget": (WIDGETS, ("widget 1", "table 1"), PAIRS),
}


@pytest.mark.parametrize("name", sorted(VALUES))
def test_json_in_outputs_and_pages(name: str) -> None:
    """The data of each library are a table with names, in an output by MIME type, in JSON of a page, and in a script."""
    value, place, told = VALUES[name]
    text = json.dumps(value)
    quoted = text.replace("\\", "\\\\").replace("'", "\\'")
    found = places(book(shown("application/vnd.any.v1+json", value)))[*OUT, *place]
    assert found.startswith(told)
    for script in (
        f'<script type="application/json" data-for="x">{text}</script>',
        f"<script>(function() {{ var one = {{two: 3}}; run('x', {text}, {{a: b}}); }})()</script>",
        f"<script>\n  const docs_json = '{quoted}';\n</script>",
    ):
        assert places(PAGE.format(script).encode(), b"x.html")[place].startswith(told)
        assert places(book(shown("text/html", script)))[*OUT, "text/html", *place].startswith(told)


def test_every_widget_and_its_buffers() -> None:
    """The state of widgets stands in the metadata of a notebook; a buffer is read as the array that it belongs to."""
    kind = "application/vnd.jupyter.widget-state+json"
    found = places(book(metadata={"widgets": {kind: WIDGETS}}))
    assert found["metadata", "widget 1", "table 1"] == PAIRS
    assert "\n".join(map(str, IDS)) in found["metadata", "widget 2"]
    assert kind in found["metadata",]


def test_calls_of_plotly_and_vega() -> None:
    """A list of traces in a call is Plotly's, the first argument of vegaEmbed Vega's; the script around them stays."""
    spec = json.dumps(VALUES["vega-lite"][0])
    page = f"""<div id="v"></div><script>Plotly.newPlot("v", {json.dumps([TRACE])}, {{"title": {{"text": "weights"}}}}); // one
      vegaEmbed("#v", {spec}, {{mode: "vega"}}).catch(console.error); /* two */</script>"""
    found = places(PAGE.format(page).encode(), b"x.html")
    assert found["plotly", "trace 1"].startswith(TRACED)
    assert found["vega", "dataset 1"] == PAIRS
    assert "// one" in found[()]
    assert "/* two */" in found[()]
    assert "weights" in found[()]


def test_a_repeated_template() -> None:
    """What every figure of Plotly repeats is told once in a notebook; a template that differs is told as well."""
    figures = [{"data": [TRACE], "layout": {"template": {"data": {"bar": [{"name": name}]}}}} for name in ("one", "one", "two")]
    found = places(book(*(shown("application/vnd.plotly.v1+json", each) for each in figures)))
    told = [any("name: " in text for place, text in found.items() if place[:2] == ("cell 1", f"output {at}")) for at in (1, 2, 3)]
    assert told == [True, False, True]
    assert found["cell 1", "output 3", "plotly", "trace 1"].startswith(TRACED)


def test_tables_of_other_layouts() -> None:
    """Records, a table schema, pandas' split layout, and the options of a call that is no JSON as a whole."""
    resource = {"schema": {"fields": [{"name": "participant", "type": "integer"}]}, "data": RECORDS}
    split = {"columns": ["participant", "age"], "data": [list(row) for row in zip(IDS, AGES, strict=True)]}
    assert places(book(shown("application/json", RECORDS)))[*OUT, "application/json"] == PAIRS
    assert PAIRS in places(book(shown("application/vnd.dataresource+json", resource))).values()
    assert places(book(shown("application/json", split)))[*OUT, "application/json"].startswith(PAIRS)
    rows = json.dumps(split["data"])
    found = places(PAGE.format(f"<script>$('#t').DataTable({{data: {rows}, render: f}})</script>").encode(), b"x.html")
    assert f"{IDS[0]}\t{AGES[0]}" in found["script 1",]


def test_nested_records() -> None:
    """Properties inside of records, as of GeoJSON, are columns under a name with a dot; a short list is one cell."""
    features = [
        {"type": "Feature", "properties": {"participant": each}, "geometry": {"type": "Point", "coordinates": [1.5, 2.25]}}
        for each in IDS
    ]
    found = places(book(shown("application/geo+json", {"type": "FeatureCollection", "features": features})))
    names, first = found[*OUT, "table 1"].split("\n")[:2]
    assert names.split("\t") == ["type", "geometry.type", "geometry.coordinates", "properties.participant"]
    assert first.split("\t") == ["Feature", "Point", "1.5, 2.25", str(IDS[0])]


@pytest.mark.parametrize("code", ["i1", "u1", "i2", "u2", "i4", "u4", "f4", "f8", "float64", "uint32", ">f8"])
def test_typed_arrays(code: str) -> None:
    """Each type of number is told as JSON would spell it, in rows as its shape says."""
    big = code.startswith(">")
    short = {"float64": "d", "uint32": "I", ">f8": "d", "i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I"}
    values = [1, 2, 3, 4, 5, 100]
    raw = base64.b64decode(packed(short.get(code) or {"f4": "f", "f8": "d"}[code], values))
    raw = raw[::-1] if big else raw
    array = {"dtype": code, "bdata": base64.b64encode(raw).decode(), "shape": "3, 2"}
    found = places(book(shown("application/json", [array])))[*OUT, "application/json"]
    assert ("100\t5\n4\t3\n2\t1" if big else "1\t2\n3\t4\n5\t100") in found


def test_what_is_no_typed_array() -> None:
    """What says more than numbers, or has no base64, is told as any object is; gzip in an array is read as such."""
    words = "between the lines"
    for odd in ({"note": words}, {"shape": words}, {"order": words}, {"type": words}, {"data": words}):
        found = places(book(shown("application/json", {"dtype": "f8", "bdata": packed("d", AGES), **odd})))
        assert words in found[*OUT, "application/json"]
    inner = gzip.compress("\n".join(f"{each} words of a text" for each in range(7 * 10**6, 9 * 10**6, 9173)).encode(), mtime=0)
    array = {"dtype": "f8", "bdata": base64.b64encode(inner).decode()}
    decoded = read(book(shown("application/json", array)), b"a.ipynb")
    assert any(b"words of a text" in view.data for view in decoded.texts)


def test_too_many_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers beyond the bound are a gap, and nothing is read as if they were not there."""
    monkeypatch.setattr(typed, "VALUES", 100)
    array = {"dtype": "f8", "bdata": packed("d", AGES * 20)}
    for data, name in ((book(shown("application/json", array)), b"a.ipynb"), (book(shown("text/html", script(array))), b"b.ipynb")):
        assert read(data, name).level == "gap too-large"
    assert read(PAGE.format(script(array)).encode(), b"x.html").level == "gap too-large"


def script(value: Any) -> str:
    """Return a script of JSON."""
    return f'<script type="application/json">{json.dumps(value)}</script>'


# No control characters, no markup, no surrogates, and nothing that a typed array or a map of Bokeh is made of.
_words = st.text(st.characters(codec="utf-8", exclude_characters="<"), max_size=8)
_numbers = st.integers() | st.floats(allow_nan=True)
_scalars = _words | _numbers | st.booleans() | st.none()
_arrays = st.integers(3, 5).flatmap(
    lambda size: st.dictionaries(_words, st.lists(_scalars, min_size=size, max_size=size), min_size=1, max_size=3)
)
_records = st.lists(st.fixed_dictionaries({"a": _scalars, "b.c": _scalars}, optional={"b": _arrays | _scalars}), max_size=4)
_trees = st.recursive(
    _scalars | _arrays | _records,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_words, inner, max_size=4),
    max_leaves=20,
)


def leaves(value: Any) -> list[str]:
    """Return every key, string and number below a value of JSON, as it is spelled."""
    if isinstance(value, dict):
        return [*value, *(leaf for each in value.values() for leaf in leaves(each))]
    if isinstance(value, list):
        return [leaf for each in value for leaf in leaves(each)]
    return [value] if isinstance(value, str) else []


@given(value=_trees, apart=st.booleans())
def test_nothing_is_lost(value: Any, *, apart: bool) -> None:
    """Every key, string and number of any tree is in the text, whatever is made of it."""
    tree = loads(json.dumps(value))
    out = Pieces()
    Trees(out).tell(tree, (), apart=apart)
    view = out.text(read_artifact(), ())
    told = view.data.decode() if view else ""
    assert [leaf for leaf in leaves(tree) if leaf not in told] == []


STRUCTURE = {"data", "x", "values", "cells", "template", "base64", "encoding", "path"}  # what the trail says instead


@given(value=_trees, key=st.sampled_from(["data", "x", "state", "cells", "values", "roots", "$schema", "layout", "template"]))
def test_nothing_is_lost_by_libraries(value: Any, key: str) -> None:
    """What looks like the JSON of a library, and is odd, is told as well."""
    shapes: list[Any] = [
        {"data": [value, {"type": "table", "cells": {"values": value}, "header": value}], "layout": {key: value}},
        {"$schema": "vega", key: value},
        {
            "state": {"a": {"state": {key: value}, "buffers": [{"encoding": "base64", "path": [key], "data": value}, value]}},
            "version": value,
        },
        {"x": {"data": value, "container": "x"}, "evals": value, "roots": value},
        {"data": [[value], ["y"]], "x": {key: value, "data": [["p"]], "container": "<table><tr><th>n"}, "evals": value},
        {"one": {"roots": value}},
    ]
    for shape in shapes:
        tree = loads(json.dumps(shape))
        told = "\n".join(places(book(shown("application/x+json", shape))).values())
        assert [leaf for leaf in leaves(tree) if leaf not in told and "<" not in leaf and leaf not in STRUCTURE] == []


def read_artifact() -> Any:
    """Return an artifact to hang a view on."""
    from pytest_genomic_guard.sources.memory import Memory  # noqa: PLC0415 - for this helper alone

    return Memory({b"x": b""}).entries()[0]


UNITS: dict[str, Callable[[int], Any]] = {
    "keys": lambda size: {f"k{each}": each for each in range(size)},
    "records": lambda size: [{"a": each, "b": {"c": each}} for each in range(size)],
    "different records": lambda size: [{f"k{each}": each} for each in range(size)],
    "arrays": lambda size: {f"k{each}": [1, 2, 3] for each in range(size)},
    "lists of lists": lambda size: [[[each]] * 3 for each in range(size)],
    "traces": lambda size: {"data": [{"type": "bar", "x": [1, 2, 3], "y": [1, 2, 3]}] * size, "layout": {}},
    "nested": lambda size: json.loads('{"a":[' * (size // 10) + "]}" * (size // 10)),
}


@pytest.mark.parametrize("name", sorted(UNITS))
def test_work_on_json_is_linear(name: str) -> None:
    """Five times as much of anything is no more than seven times the work."""
    one, five = (steps(partial(places, book(shown("application/x+json", UNITS[name](size))))) for size in (400, 2000))
    assert five <= 7 * one


SCRIPTS = [
    "a = {",
    'a({"b": [',
    "[1,[1,",
    "x = '[{",
    '={"a":"b',
    '={"a":1}',
    ",[-1",
    'return {"k" :',
    "<script>",
    '</script><script>({"a":',
    "`[{\\",
]


@pytest.mark.parametrize("unit", SCRIPTS)
def test_work_on_scripts_is_linear(unit: str) -> None:
    """JSON that begins everywhere and ends nowhere is tried so often and no more; all of it is told."""
    one, five = (steps(partial(places, PAGE.format(f"<script>{unit * size}").encode(), b"x.html")) for size in (200, 1000))
    assert five <= 7 * max(one, 50)
    found = "".join(places(PAGE.format(f"<script>{unit * 1000}x-end").encode(), b"x.html").values())
    assert "x-end" in found
