"""The JSON of Plotly, Vega, Bokeh, htmlwidgets and Jupyter's widgets: which it is, and where its tables are."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.html import parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pytest_genomic_guard.views.trees import Trees

    Trail = tuple[str, ...]
    Next = Callable[[Trail, str], Trail]

_TEMPLATE = regex(r"([^<>=%{}]{1,80})[=:][ ]?%\{(?:customdata\[(\d{1,3})\]|([xy]))[^{}]{0,20}\}")  # eid=%{customdata[0]}
_LONGEST = 1 << 14


def tell(trees: Trees, value: Any, trail: Trail, number: Next) -> bool:
    """Add a value of a library that is known; False when it is of none."""
    if isinstance(value, list):
        traces = len(value) > 0 and all(_is_trace(each) for each in value)
        if traces:
            _plotly(trees, {"data": value}, (*trail, "plotly"), number)
        return traces
    if not isinstance(value, dict):
        return False
    schema = value.get("$schema")
    if isinstance(value.get("data"), list) and isinstance(value.get("layout"), dict):
        _plotly(trees, value, (*trail, "plotly"), number)
    elif isinstance(value.get("template"), dict):
        _plotly(trees, {"data": [], "layout": value}, (*trail, "plotly"), number)  # a layout, handed over on its own
    elif isinstance(schema, str) and "vega" in schema:
        trees.tell(value, (*trail, "vega"), "dataset")
    elif isinstance(value.get("state"), dict) and ("version_major" in value or "version" in value):
        _widgets(trees, value, trail, number)
    elif isinstance(value.get("x"), dict) and ("evals" in value or "container" in value["x"]):
        _htmlwidget(trees, value, number(trail, "htmlwidget"), number)
    elif any(isinstance(each, dict) and "roots" in each for each in (value, *value.values())):
        trees.tell(value, (*trail, "bokeh"), "source")
    else:
        return False
    return True


def _is_trace(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("type"), str)
        and ("x" in value or "y" in value or "hovertemplate" in value)
    )


def _plotly(trees: Trees, figure: dict[str, Any], trail: Trail, number: Next) -> None:
    rest = dict(figure)
    for trace in rest.pop("data"):
        place = number(trail, "trace")
        columns, others = _sheet(trace)
        if columns:
            trees.tell(columns, place)
        hovered = _hovered(trace)
        if hovered:
            trees.tell(hovered, place)
        trees.tell(others, place)
    layout = rest.get("layout")
    if isinstance(layout, dict) and "template" in layout:
        rest["layout"] = {key: value for key, value in layout.items() if key != "template"}
        trees.once(layout["template"], trail)  # colour scales, the same in every figure
    if rest:
        trees.tell(rest, trail)


def _sheet(trace: Any) -> tuple[dict[str, Any], Any]:
    """Return the columns of a trace that is a table under their names, which stand apart from them, and the rest of a trace."""
    cells = trace.get("cells") if isinstance(trace, dict) and trace.get("type") == "table" else None
    columns = cells.get("values") if isinstance(cells, dict) else None
    if not isinstance(cells, dict) or not isinstance(columns, list):
        return {}, trace
    header = trace.get("header")
    names = header.get("values") if isinstance(header, dict) else None
    rest = {**trace, "cells": {key: value for key, value in cells.items() if key != "values"}}
    return _named(columns, names if isinstance(names, list) else []), rest


def _hovered(trace: Any) -> dict[str, Any]:
    """Return the data that a trace shows at each point, as columns under the names that its template gives them."""
    data = trace.get("customdata") if isinstance(trace, dict) else None
    template = trace.get("hovertemplate") if isinstance(trace, dict) else None
    if not isinstance(data, list) or not isinstance(template, str) or not all(isinstance(row, list) for row in data):
        return {}
    found: dict[str, Any] = {}
    for name, number, axis in _TEMPLATE.findall(template[:_LONGEST]):
        values = trace.get(axis) if axis else [row[int(number)] if int(number) < len(row) else None for row in data]
        if isinstance(values, list) and len(values) == len(data):
            found.setdefault(name.strip(), values)
    return found


def _named(columns: list[Any], names: list[Any]) -> dict[str, Any]:
    """Return columns under their names, every one of them under one of its own."""
    found: dict[str, Any] = {}
    for number, column in enumerate(columns):
        name = names[number] if number < len(names) else ""
        name = " ".join(each for each in name if isinstance(each, str)) if isinstance(name, list) else name
        name = name if isinstance(name, str) else ""
        while name in found:
            name += f" {number + 1}"
        found[name] = column
    return found


def _htmlwidget(trees: Trees, widget: dict[str, Any], trail: Trail, number: Next) -> None:
    """Add a widget of R: a plot as such, the columns of a DT table under the names of its container."""
    x = widget["x"]
    rest = {key: value for key, value in widget.items() if key != "x"}
    data, container = x.get("data"), x.get("container")
    if isinstance(data, list) and isinstance(x.get("layout"), dict):
        _plotly(trees, x, (*trail, "plotly"), number)
    elif isinstance(data, list) and isinstance(container, str) and all(isinstance(column, list) for column in data):
        rows = [text for kind, text, _attributes in parts(container) if kind == "table"]
        trees.tell(_named(data, rows[0].partition("\n")[0].split("\t") if rows else []), trail)
        rest["x"] = {key: value for key, value in x.items() if key != "data"}
    else:
        rest["x"] = x
    trees.tell(rest, trail)


def _widgets(trees: Trees, value: dict[str, Any], trail: Trail, number: Next) -> None:
    """Add the state of Jupyter's widgets, each of them apart; their buffers are put where they belong."""
    for model in value["state"].values():
        trees.tell(_with_buffers(model), number(trail, "widget"))
    trees.tell({**value, "state": list(value["state"])}, trail)


def _with_buffers(model: Any) -> Any:
    """Return a model whose arrays hold their base64, as other libraries write them; what does not fit stays where it is."""
    state, buffers = (model.get("state"), model.get("buffers")) if isinstance(model, dict) else (None, None)
    if not isinstance(model, dict) or not isinstance(buffers, list) or not isinstance(state, dict):
        return model
    left = []
    for buffer in buffers:
        fits = isinstance(buffer, dict) and buffer.keys() == {"path", "encoding", "data"} and buffer["encoding"] == "base64"
        if not fits or not isinstance(buffer["path"], list) or not _put(state, buffer["path"], buffer["data"]):
            left.append(buffer)
    return {**model, "buffers": left}


def _put(holder: Any, path: list[Any], data: Any) -> bool:
    """Set what a path leads to, unless something is there; True when that was done."""
    for step in path[:-1]:
        if isinstance(holder, dict) and isinstance(step, str):
            holder = holder.get(step)
        elif isinstance(holder, list) and isinstance(step, str) and step.isascii() and step.isdecimal() and len(step) < 9:
            holder = holder[int(step)] if int(step) < len(holder) else None
        else:
            return False
    last = path[-1] if path else None
    if not isinstance(holder, dict) or not isinstance(data, str) or not isinstance(last, str) or holder.get(last) is not None:
        return False
    holder[last] = data
    return True
