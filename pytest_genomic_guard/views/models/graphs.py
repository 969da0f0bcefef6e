"""What an ONNX file says of itself (onnx/onnx, `onnx.proto`): who wrote it, its operators, inputs, outputs and initializers.

Weights are passed over and not read. What is damaged, or has more than is looked at, says nothing.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    # the number of a field, its kind (0 a number, 2 bytes), its number or where its bytes begin, and where they end
    Field = tuple[int, int, int, int]

_STEPS = 400_000
_TEXT = 200  # bytes of a name
_TYPES = dict(
    enumerate(
        (
            *("", "float32", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "float64"),
            *("uint32", "uint64", "", "", "bfloat16"),
        )
    )
)
_NAME = re.compile(r"[A-Za-z_][\w.:/-]{0,60}")
_SHOWN = 20  # inputs and outputs


class Graph(Record):
    """What is known of a graph; names are such as may be shown."""

    producer: str = ""
    opsets: tuple[tuple[str, int], ...] = ()
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    initializers: int = 0
    values: int = 0  # in the initializers


class _DamagedError(Exception):
    """It is no ONNX, or one that has too much."""


class _Reader:
    """Fields of protocol buffers, by their places in a file."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self.size, self._left = file, size, _STEPS

    def fields(self, at: int, end: int) -> Iterator[Field]:
        """Yield the fields between two places. Raises `_DamagedError`."""
        while at < end:
            key, at = self._number(at)
            kind, value = key & 7, 0
            if kind == 0:
                value, at = self._number(at)
                yield key >> 3, kind, value, at
                continue
            length = {1: 8, 5: 4}.get(kind)
            if length is None:
                if kind != 2:  # bytes; groups are of no such file
                    raise _DamagedError
                length, at = self._number(at)
            if length > end - at:
                raise _DamagedError
            yield key >> 3, kind, at, at + length
            at += length

    def text(self, start: int, end: int) -> str:
        """Return a name, empty for what is no name."""
        self._file.seek(start)
        found = self._file.read(min(end - start, _TEXT)).decode("utf-8", "replace")
        return found if end - start <= _TEXT else ""

    def numbers(self, start: int, end: int) -> Iterator[int]:
        """Yield packed numbers."""
        while start < end:
            value, start = self._number(start)
            yield value

    def _number(self, at: int) -> tuple[int, int]:
        self._left -= 1
        self._file.seek(at)
        value = 0
        for step, byte in enumerate(self._file.read(10)):
            value |= (byte & 127) << 7 * step
            if byte < 128:  # the last of a number
                if self._left < 0:
                    break
                return value, at + step + 1
        raise _DamagedError


def said(file: BinaryIO, size: int) -> Graph | None:
    """Return what an ONNX file says, None where it cannot be followed to its end."""
    reader = _Reader(file, size)
    try:
        return _model(reader)
    except (_DamagedError, OSError, RecursionError):
        return None


def _model(reader: _Reader) -> Graph:
    texts: dict[int, str] = {}
    opsets: list[tuple[str, int]] = []
    graph = Graph()
    for number, kind, start, end in reader.fields(0, reader.size):
        if number in {2, 3} and kind:
            texts[number] = _shown(reader.text(start, end))
        elif number == 7 and kind:  # the graph
            graph = _graph(reader, start, end)
        elif number == 8 and kind and len(opsets) < _SHOWN:  # a set of operators
            opsets.append(_opset(reader, start, end))
    return graph.replace(
        producer=" ".join(filter(None, (texts.get(2), texts.get(3)))) if texts.get(2) else "", opsets=tuple(opsets)
    )


def _graph(reader: _Reader, start: int, end: int) -> Graph:
    inputs, outputs = list[tuple[str, str]](), list[tuple[str, str]]()
    weights = set[str]()
    count = values = 0
    for number, kind, at, until in reader.fields(start, end):
        if number == 5 and kind:  # an initializer
            name, many = _tensor(reader, at, until)
            count, values = count + 1, values + many
            weights.add(name)
        elif number in {11, 12} and kind:
            (inputs if number == 11 else outputs).append(_value(reader, at, until))  # an input
    return Graph(
        inputs=tuple(told for name, told in inputs if name not in weights)[:_SHOWN],
        outputs=tuple(told for _name, told in outputs)[:_SHOWN],
        initializers=count,
        values=values,
    )


def _opset(reader: _Reader, start: int, end: int) -> tuple[str, int]:
    domain, version = "", 0
    for number, kind, at, until in reader.fields(start, end):
        if number == 1 and kind:
            domain = reader.text(at, until)
        elif number == 2 and not kind:  # the version
            version = at
    return _shown(domain), version if version < 1000 else 0  # more is damage


def _tensor(reader: _Reader, start: int, end: int) -> tuple[str, int]:
    """Return the name of a tensor and how many values it has."""
    name, many = "", 1
    for number, kind, at, until in reader.fields(start, end):
        if number == 1:
            for size in reader.numbers(at, until) if kind else (at,):
                many = min(many * size, 1 << 63)
        elif number == 8 and kind:  # the name
            name = reader.text(at, until)
    return name, many


def _value(reader: _Reader, start: int, end: int) -> tuple[str, str]:
    """Return the name of an input or output, and what is shown of it."""
    name, told = "", ""
    for number, kind, at, until in reader.fields(start, end):
        if number == 1 and kind:
            name = reader.text(at, until)
        elif number == 2 and kind:  # the type
            told = _type(reader, at, until)
    return name, " ".join(filter(None, (_shown(name), told)))


def _type(reader: _Reader, start: int, end: int) -> str:
    for number, kind, at, until in reader.fields(start, end):
        if number == 1 and kind:  # a tensor
            element, sizes = "", None
            for inner, its, begin, stop in reader.fields(at, until):
                if inner == 1 and not its:
                    element = _TYPES.get(begin, "")
                elif inner == 2 and its:  # the shape
                    sizes = [
                        _size(reader, first, last) for field, of, first, last in reader.fields(begin, stop) if field == 1 and of
                    ]
            return f"{element}[{', '.join(sizes)}]" if sizes is not None else element
    return ""


def _size(reader: _Reader, start: int, end: int) -> str:
    told = "?"
    for number, kind, at, until in reader.fields(start, end):
        if number == 1 and not kind:
            told = str(at) if at < 1 << 63 else "?"
        elif number == 2 and kind:  # a size with a name
            told = _shown(reader.text(at, until)) or "?"
    return told


def _shown(name: str) -> str:
    """Return a name as a draft may have it, empty for free text and what may be of a person."""
    from pytest_genomic_guard.views.models.headed import showable  # noqa: PLC0415 - where a name is shown only

    given = _NAME.fullmatch(name) or re.fullmatch(r"\d{1,4}(?:\.[\w+-]{1,20}){0,4}", name)
    return name if given and all(map(showable, filter(None, re.split(r"[/:]+", name)))) else ""
