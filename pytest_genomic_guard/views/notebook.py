"""Jupyter notebooks, read with ``json`` alone: source, every output, attachments' names left out, metadata.

Nothing is validated away: a field at an unexpected place is still text that leaves with a push, so every string is read.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.bounds import HELD
from pytest_genomic_guard.views.html import plain
from pytest_genomic_guard.views.text import Joiner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.streams import Peek
    from pytest_genomic_guard.views.text import Context, Text

    Trail = tuple[str, ...]

# What a trail may name: a closed list, because a notebook can call a MIME type whatever it likes.
_TYPES = frozenset({"text/plain", "text/html", "text/markdown", "text/latex", "application/json", "image/svg+xml"})
_ENCODED = ("image/", "audio/", "video/", "application/pdf")  # read by no check of this version, where it is base64
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")


def looks_like(path: bytes, head: bytes) -> bool:
    """Tell whether a text is meant to be a notebook: by its name, or by what only notebooks begin with."""
    return path.endswith(b".ipynb") or (head.lstrip().startswith(b"{") and b'"cells"' in head and b'"cell_type"' in head)


def read(stream: Peek, artifact: Artifact, trail: Trail) -> Text | None:
    """Return all texts of a notebook as one view, or None when it is empty. Raises `Unreadable`: notebook, too-large, too-deep."""
    data = stream.peek(HELD + 1)
    if len(data) > HELD:
        raise Unreadable("too-large")
    if not data.strip():
        return None
    import json  # noqa: PLC0415 - a hook on a commit without notebooks does not need it

    try:
        book = json.loads(data.decode("utf-8-sig", "replace"), object_pairs_hook=_object)
    except RecursionError:
        raise Unreadable("too-deep") from None
    except ValueError:
        raise Unreadable("notebook") from None
    if not isinstance(book, dict) or not isinstance(book.get("cells", book.get("worksheets")), list):
        raise Unreadable("notebook")
    out = Joiner()
    trail = (*trail, "notebook")
    try:
        for number, cell in enumerate(_cells(book), 1):
            _cell(out, cell, (*trail, f"cell {number}"))
        for holder in _holders(book):
            rest = {key: value for key, value in holder.items() if key not in {"cells", "worksheets"}}
            _strings(out, rest, (*trail, "metadata"))
    except RecursionError:
        raise Unreadable("too-deep") from None
    return out.text(artifact, trail)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):  # the value that loses would never be looked at, and is pushed all the same
        raise ValueError("a key is repeated")
    return found


def _cells(book: dict[str, Any]) -> Iterator[Any]:
    """Yield the cells of nbformat 4, and of nbformat 3's worksheets; what is no list of cells is one odd cell."""
    for holder in _holders(book):
        cells = holder.get("cells")
        if cells:
            yield from cells if isinstance(cells, list) else [[cells]]


def _holders(book: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what may hold cells: the notebook, and nbformat 3's worksheets; what is no mapping is held by one."""
    yield book
    sheets = book.get("worksheets") or []
    for sheet in sheets if isinstance(sheets, list) else [sheets]:
        yield sheet if isinstance(sheet, dict) else {"sheet": sheet}


def _cell(out: Joiner, cell: Any, trail: Trail) -> None:
    if not isinstance(cell, dict):
        _strings(out, cell, trail)
        return
    rest = dict(cell)
    for key in ("source", "input"):
        text = _text(rest.get(key))
        if text is not None:
            out.add(text, (*trail, "source"), "source")
            del rest[key]
    outputs = rest.pop("outputs", None)
    for number, output in enumerate(outputs if isinstance(outputs, list) else [outputs] if outputs else [], 1):
        _output(out, output, (*trail, f"output {number}"))
    _strings(out, rest, (*trail, "metadata"))


def _output(out: Joiner, output: Any, trail: Trail) -> None:
    if not isinstance(output, dict):
        _strings(out, output, trail)
        return
    rest = dict(output)
    text = _text(rest.get("text"))
    if text is not None:
        out.add(text, trail, "output")
        del rest["text"]
    data = rest.pop("data", None)
    _strings(out, [kind for kind in data if kind not in _TYPES] if isinstance(data, dict) else [], trail)
    for kind, value in data.items() if isinstance(data, dict) else ():
        place = (*trail, kind) if kind in _TYPES else trail
        text = _text(value)
        if text is None:
            _strings(out, value, place)
        elif kind == "text/html":
            out.add(plain(text), place, "output")
        elif not kind.startswith(_ENCODED) or not _BASE64.fullmatch(text):
            out.add(text, place, "output")
    if data is not None and not isinstance(data, dict):
        _strings(out, data, trail)
    _strings(out, rest, trail)


def _text(value: Any) -> str | None:
    """Return a multi-line string, which nbformat writes as one string or as a list of lines."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "".join(value)
    return None


def _strings(out: Joiner, value: Any, trail: Trail, context: Context = "output") -> None:
    """Add every string below a value, in order, as lines of one text; HTML in it is made plain too."""
    found: list[str] = []
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            found.append(plain(item) if "<t" in item else item)
        elif isinstance(item, dict):
            pending += reversed([*item.keys(), *item.values()])
        elif isinstance(item, list):
            text = _text(item)
            pending += [text] if text else reversed(item)
    if found:
        out.add("\n".join(found), trail, context)
