"""What the tests of notebooks and rich outputs share: notebooks made at run time, texts by their place, and counted work."""

from __future__ import annotations

import base64
import json
import struct
import sys
from typing import TYPE_CHECKING, Any

from _views import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

    from _typeshed import TraceFunction

    from pytest_genomic_guard.views.text import Text

IDS = [7 * 1000003 + 11 * each for each in range(6)]  # numbers of seven digits, of nobody
AGES = [31.5, 42.25, 53.0, 64.5, 75.75, 86.0]
SEXES = ["M", "F", "M", "F", "M", "F"]


def book(*outputs: Any, **more: Any) -> bytes:
    """Return a notebook with one cell that shows `outputs`."""
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "show()", "outputs": list(outputs)}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}).encode()


def display(**data: Any) -> dict[str, Any]:
    """Return an output that shows `data`; `_` in a name is `/`, and `__` is a dot."""
    shown = {kind.replace("__", ".").replace("_", "/"): value for kind, value in data.items()}
    return {"output_type": "display_data", "metadata": {}, "data": shown}


def shown(kind: str, value: Any) -> dict[str, Any]:
    """Return an output of one MIME type."""
    return {"output_type": "display_data", "metadata": {}, "data": {kind: value}}


def texts(view: Text) -> dict[tuple[str, ...], str]:
    """Return what a view says, by place."""
    found: dict[tuple[str, ...], str] = {}
    for number, segment in enumerate(view.segments):
        end = view.segments[number + 1].start if number + 1 < len(view.segments) else len(view.data)
        text = view.data[segment.start : end].decode().removesuffix("\n\n")
        found[segment.trail] = f"{found[segment.trail]}\n{text}" if segment.trail in found else text
    return found


def places(data: bytes, name: bytes = b"a.ipynb") -> dict[tuple[str, ...], str]:
    """Return what a whole notebook or page says, by place, without the first step."""
    decoded = read(data, name)
    assert not decoded.gaps
    return {trail[1:]: text for trail, text in texts(decoded.texts[0]).items()}


def table(names: Sequence[str], *columns: Sequence[object]) -> str:
    """Return a table as it must be told."""
    return "\n".join("\t".join(map(str, row)) for row in (names, *zip(*columns, strict=True)))


def packed(code: str, values: Sequence[float]) -> str:
    """Return numbers in base64, little-endian."""
    return base64.b64encode(struct.pack(f"<{len(values)}{code}", *values)).decode()


def steps(work: Callable[[], object]) -> int:
    """Return how many lines of the views run: what grows with the square shows, on any machine."""
    count = 0

    def trace(frame: FrameType, event: str, _argument: object) -> TraceFunction | None:
        nonlocal count
        if "pytest_genomic_guard" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
